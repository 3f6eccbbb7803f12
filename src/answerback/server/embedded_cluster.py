"""The embedded database's content: making a new one, its settings and access rules, and reading why it did not start.

The role `answerback` owns the product's databases and is no superuser. The superuser has no password, so that nobody
can log in as it; what needs it is done in PostgreSQL's single-user mode, while no server runs.

Never here: starting the server. A half-made database is never used: it is built aside and moved into place whole.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from answerback.server.embedded_account import ELSEWHERE, MAJOR_VERSION, Account, EmbeddedDatabaseError
from answerback.server.embedded_home import (
    PORT,
    ROLE,
    EmbeddedDatabase,
    check_free_space,
    make_password,
    own_folder,
    sync_folder,
    write_private,
)

LOG_FILES_KEPT = 5
ACCESS_RULES = "# Written by answerback at every start.\nlocal all all scram-sha-256\n"
SETTINGS = """\
# Written by answerback at every start; change a setting with ALTER SYSTEM, which comes after this file.
include 'postgresql.conf'

# A small box that also runs the web and the workers.
max_connections = 200
shared_buffers = 128MB
effective_cache_size = 512MB
work_mem = 8MB
maintenance_work_mem = 64MB
random_page_cost = 1.1
jit = off

# Every commit is on disk before a webhook is answered.
fsync = on
full_page_writes = on
synchronous_commit = on
wal_buffers = 16MB
wal_compression = pglz
min_wal_size = 128MB
max_wal_size = 1GB
checkpoint_timeout = 15min

# The outbox and the wake-up column change all the time: vacuum little and often.
autovacuum_naptime = 10s
autovacuum_vacuum_threshold = 200
autovacuum_vacuum_scale_factor = 0.02
autovacuum_analyze_threshold = 200
autovacuum_analyze_scale_factor = 0.02
autovacuum_vacuum_cost_limit = 1000

timezone = 'UTC'
log_timezone = 'UTC'

# No statement, parameter or row reaches the log: they hold phone numbers and what people wrote.
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_checkpoints = off
log_line_prefix = '%m [%p] '
logging_collector = on
log_directory = '../log'
log_filename = 'postgres-%Y%m%d-%H%M%S.log'
log_file_mode = 0600
log_rotation_age = 0
log_rotation_size = 10MB
"""
UNSAFE_SETTINGS = """
# For tests: nothing here survives a power cut.
fsync = off
full_page_writes = off
synchronous_commit = off
io_method = sync
"""


def make_cluster(database: EmbeddedDatabase, account: Account, programs: Path, *, lock: int) -> None:
    """Make a new database beside its place and move it there; `lock` stays held by initdb should we die meanwhile."""
    scratch = database.folder / "data.new"
    if scratch.exists():
        shutil.rmtree(scratch)
    check_free_space(database.folder)
    own_folder(scratch, account)
    arguments = ["--username=postgres", "--encoding=UTF8", "--no-locale", "--auth=reject", "--no-instructions"]
    if not database.durable:
        arguments.append("--no-sync")
    _run([programs / "initdb", *arguments, "-D", scratch], database, account, lock=lock)
    password = database.password() or make_password(database, account)
    statements = [
        f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'",
        f"GRANT pg_monitor, pg_checkpoint, pg_signal_backend TO {ROLE}",
        f"CREATE DATABASE {ROLE} OWNER {ROLE}",
    ]
    _run_single_user(statements, scratch, database, account, programs, lock=lock)
    scratch.rename(database.data)
    sync_folder(database.folder)


def replace_password(database: EmbeddedDatabase, account: Account, programs: Path, *, lock: int) -> None:
    """Give our role a new password after the file with the old one was lost; no server may be running."""
    statement = f"ALTER ROLE {ROLE} PASSWORD '{make_password(database, account)}'"
    _run_single_user([statement], database.data, database, account, programs, lock=lock)


def check_version(database: EmbeddedDatabase) -> None:
    """Refuse data that another major version of PostgreSQL wrote: it would not start, and must not be touched."""
    file = database.data / "PG_VERSION"
    found = file.read_text(encoding="ascii").strip() if file.exists() else ""
    if found != str(MAJOR_VERSION):
        whose = f"was written by PostgreSQL {found}" if found else "is damaged: its file PG_VERSION is missing"
        raise EmbeddedDatabaseError(
            f"The database in {database.data} {whose}, and answerback brings PostgreSQL {MAJOR_VERSION}. Nothing was"
            " changed. Move the folder away and restore a backup (pg_dump) into a new one, or start the answerback"
            f" that wrote it. {ELSEWHERE}"
        )


def write_settings(database: EmbeddedDatabase, account: Account) -> None:
    """Write the settings and access rules of this version of answerback; the person's own ALTER SYSTEM stays."""
    settings = SETTINGS if database.durable else SETTINGS + UNSAFE_SETTINGS
    write_private(database.data / "answerback.conf", settings, account)
    write_private(database.data / "answerback_hba.conf", ACCESS_RULES, account)


def server_command(database: EmbeddedDatabase, programs: Path) -> list[str]:
    """The command that runs the server; what keeps strangers out stands here, where no setting can undo it."""
    quoted_folder = '"' + str(database.socket_folder).replace('"', '""') + '"'  # The setting is a list; commas part it.
    options = {
        "config_file": database.data / "answerback.conf",
        "hba_file": database.data / "answerback_hba.conf",
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": quoted_folder,
        "unix_socket_permissions": "0777",  # The folder around it is private; some systems ignore a socket's own mode.
        "password_encryption": "scram-sha-256",
    }
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    return [str(programs / "postgres"), "-D", str(database.data), *settings]


def remove_old_logs(database: EmbeddedDatabase) -> None:
    """Keep the newest few logs; together they stay below some 50 MB."""
    for old in sorted(database.log.glob("postgres-*.log"))[:-LOG_FILES_KEPT]:
        old.unlink(missing_ok=True)


def why_it_failed(database: EmbeddedDatabase) -> EmbeddedDatabaseError:
    """Read the reason for a failed start out of the logs, in words for the person who runs answerback."""
    newest = max(database.log.glob("postgres-*.log"), default=None)
    logs = [database.start_log] if newest is None else [database.start_log, newest]
    said = "".join(path.read_text(encoding="utf-8", errors="replace")[-4000:] for path in logs if path.exists())
    return explain_output(said, database, doing="start", more=f" The whole log is in {database.log}.")


def explain_output(said: str, database: EmbeddedDatabase, *, doing: str, more: str = "") -> EmbeddedDatabaseError:
    """What PostgreSQL's own words mean for the person who has to repair it."""
    if "shared memory segment" in said and "No space left on device" in said:
        wrong = "The system has no shared memory left for PostgreSQL. In a container, raise --shm-size to 256m."
    elif "No space left on device" in said or "Disk quota exceeded" in said:
        wrong = f"The disk of {database.folder} is full. Free some space and start again."
    elif "Read-only file system" in said:
        wrong = f"The disk of {database.folder} is mounted read-only. Make it writable and start again."
    elif "Permission denied" in said or "has wrong ownership" in said or "invalid permissions" in said:
        wrong = f"Something in {database.folder} has another owner or other permissions than PostgreSQL needs."
    else:
        wrong = f"The database in {database.folder} did not {doing}."
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "PANIC" in line or "error:" in line]
    quoted = f" PostgreSQL said: {(telling or lines)[-1]}" if lines else ""
    return EmbeddedDatabaseError(f"{wrong}{quoted}{more} {ELSEWHERE}")


def _run_single_user(
    statements: Sequence[str], data: Path, database: EmbeddedDatabase, account: Account, programs: Path, *, lock: int
) -> None:
    safety = "on" if database.durable else "off"
    options = ["--single", "-c", "exit_on_error=true", "-c", f"fsync={safety}", "-D", str(data)]
    # By its input, as the statements hold a password and every user may read a program's arguments.
    lines = "".join(f"{statement}\n" for statement in statements)
    _run([programs / "postgres", *options, "postgres"], database, account, lock=lock, said=lines)


def _run(
    command: Sequence[str | Path], database: EmbeddedDatabase, account: Account, *, lock: int, said: str = ""
) -> None:
    done = subprocess.run(
        command,
        check=False,
        input=said,
        capture_output=True,
        text=True,
        cwd=database.folder,
        pass_fds=(lock,),
        **account.spawn_options(),
    )
    if done.returncode != 0:
        raise explain_output(done.stderr, database, doing="come into being")
