"""The database that answerback brings along: start it, find it running, keep it running, stop it.

A real PostgreSQL 18 in a folder of ours, reached through a Unix socket in a private folder with a password. Any number
of processes on the machine may call `start`: the first starts the server, the others find it. A server left behind by
a killed process is taken over; one that died is started again, and PostgreSQL recovers every committed row.

Never here: opening a parent folder's permissions, listening on a network, running anything as root, or guessing that a
server is dead: each of its processes holds the folder's `alive` lock until it ends.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo

from answerback.server.embedded_account import (
    ELSEWHERE,
    SYSTEM_FOLDER,
    Account,
    EmbeddedDatabaseError,
    find_account,
    find_programs,
)
from answerback.server.embedded_cluster import (
    check_version,
    make_cluster,
    remove_old_logs,
    replace_password,
    server_command,
    why_it_failed,
    write_settings,
)
from answerback.server.embedded_home import (
    PORT,
    ROLE,
    EmbeddedDatabase,
    alive_lock,
    any_process_alive,
    explained,
    one_at_a_time,
    prepare_folder,
    prepare_socket_folder,
)

__all__ = [
    "EmbeddedDatabase",
    "EmbeddedDatabaseError",
    "Running",
    "default_folder",
    "prepare_database",
    "start",
    "url_of_running",
]

RECOVERY_SECONDS = 600
UNREACHABLE_SECONDS = 10
ORPHAN_PATIENCE_SECONDS = 5
STOP_SECONDS = 60

Announce = Callable[[str], None]


def start(folder: Path | None = None, *, durable: bool = True, announce: Announce = lambda _: None) -> "Running":
    """Start the embedded database in `folder`, or find it running there; returns when it accepts connections.

    `announce` is told in plain words what takes longer. Raises `EmbeddedDatabaseError` with what to do.
    """
    if sys.platform == "win32":
        raise EmbeddedDatabaseError(
            "The embedded database does not run on Windows itself. Run answerback in WSL or Docker,"
            " or set DATABASE_URL to use a PostgreSQL (15 to 18) of your own."
        )
    database = EmbeddedDatabase((folder or default_folder()).expanduser().resolve(), durable)
    account = find_account()
    with explained(database.folder):
        prepare_folder(database.folder, account)
        with one_at_a_time(database, announce) as lock:
            if _is_serving(database, announce):
                return Running(database, started=False, process=None)
            process = _launch(database, account, announce, lock)
            return Running(database, started=True, process=process)


def default_folder() -> Path:
    """Where it lies by default: `postgres` in ANSWERBACK_VAR, else in ./var, or in /var/lib/answerback as root."""
    chosen = os.environ.get("ANSWERBACK_VAR")
    if chosen:
        return Path(chosen) / "postgres"
    return (SYSTEM_FOLDER if os.geteuid() == 0 else Path.cwd() / "var") / "postgres"


def url_of_running(folder: Path) -> str | None:
    """The URL of the embedded database in `folder` if it accepts connections, else None; starts and changes nothing."""
    database = EmbeddedDatabase(folder.expanduser().resolve())
    try:
        url = database.url()
        return url if database.password() and _ping(database) == pq.Ping.OK else None
    except OSError:
        return None


def prepare_database(url: str, name: str) -> str:
    """Create the database `name` on the server of `url` where it is missing; returns the URL that leads to it."""
    target = urlsplit(url)._replace(path=f"/{name}").geturl()
    try:
        connection = psycopg.connect(url, dbname="postgres", autocommit=True)
    except psycopg.OperationalError:
        # Some hosted servers let nobody into `postgres`; then the database has to be there already.
        psycopg.connect(target).close()
        return target
    with connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            statement = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(sql.Identifier(name))
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):  # Another was quicker.
                connection.execute(statement)
    return target


class Running:
    """A running embedded database. `started` says whether this call started it or found it running."""

    def __init__(self, database: EmbeddedDatabase, *, started: bool, process: "subprocess.Popen[bytes] | None") -> None:
        self.database = database
        self.started = started
        self.process = process
        self.pid = _postmaster_pid(database)
        """The process id of PostgreSQL's postmaster at the latest start."""

    @property
    def url(self) -> str:
        """The `postgresql://` URL of the database `answerback`; it holds the password, so never log it."""
        return self.database.url()

    def ensure_running(self, announce: Announce = lambda _: None) -> bool:
        """Start the server again if it died; True if it had to. Cheap enough to call every second."""
        if self.process is not None:
            self.process.poll()  # Or it would stay a zombie.
        if _is_postmaster(self.pid) and self.database.socket.exists():
            remove_old_logs(self.database)
            return False
        again = start(self.database.folder, durable=self.database.durable, announce=announce)
        self.process, self.pid = again.process, again.pid
        return again.started

    def stop(self, announce: Announce = lambda _: None) -> None:
        """Stop the server for every process that uses it; open transactions are rolled back."""
        with explained(self.database.folder), one_at_a_time(self.database, announce):
            _stop(self.database)
        if self.process is not None:
            self.process.wait()


def _is_serving(database: EmbeddedDatabase, announce: Announce) -> bool:
    """Wait until the server that is there accepts connections, or until nothing is left of it."""
    began, told = time.monotonic(), False
    while any_process_alive(database):
        waited = time.monotonic() - began
        pid, answer = _postmaster_pid(database), _ping(database)
        if answer == pq.Ping.OK and database.password():
            return True
        if _is_postmaster(pid):
            if waited > RECOVERY_SECONDS or (answer != pq.Ping.REJECT and waited > UNREACHABLE_SECONDS):
                announce("The database is running but cannot be reached; starting it again.")
                _stop(database)
        elif waited > ORPHAN_PATIENCE_SECONDS:
            _end_orphans(database, signal.SIGQUIT if waited < 2 * ORPHAN_PATIENCE_SECONDS else signal.SIGKILL)
        if waited > 2 and not told:
            announce("Waiting for the database that is already there (it may be starting, stopping or recovering).")
            told = True
        time.sleep(0.02)
    return False


def _launch(database: EmbeddedDatabase, account: Account, announce: Announce, lock: int) -> "subprocess.Popen[bytes]":
    programs = find_programs(account)
    # Nothing of the old server lives, so its process id may by now be that of a stranger, which PostgreSQL would fear.
    (database.data / "postmaster.pid").unlink(missing_ok=True)
    if not database.data.exists():
        announce(f"Making a new database in {database.folder} (once).")
        make_cluster(database, account, programs, lock=lock)
    check_version(database)
    if not database.password():
        announce("The database's password was lost; giving it a new one.")
        replace_password(database, account, programs, lock=lock)
    prepare_socket_folder(database, account)
    write_settings(database, account)
    remove_old_logs(database)
    process = _spawn(database, account, programs)
    _wait_until_ready(database, process, announce)
    return process


def _spawn(database: EmbeddedDatabase, account: Account, programs: Path) -> "subprocess.Popen[bytes]":
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW
    output = os.open(database.start_log, flags, 0o600)
    try:
        with alive_lock(database) as alive:
            return subprocess.Popen(
                server_command(database, programs),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=database.folder,
                pass_fds=(alive,),
                start_new_session=True,  # A Ctrl-C in the terminal is for answerback, which then stops the server.
                **account.spawn_options(),
            )
    finally:
        os.close(output)


def _wait_until_ready(database: EmbeddedDatabase, process: "subprocess.Popen[bytes]", announce: Announce) -> None:
    began, told = time.monotonic(), False
    while _ping(database) != pq.Ping.OK:
        if process.poll() is not None:
            raise why_it_failed(database)
        waited = time.monotonic() - began
        if waited > RECOVERY_SECONDS:
            raise EmbeddedDatabaseError(
                f"The database in {database.folder} is still not ready after {RECOVERY_SECONDS // 60} minutes."
                f" Its log in {database.log} says what it is doing; start again to go on waiting. {ELSEWHERE}"
            )
        if waited > 2 and not told:
            announce("The database is still starting: on a busy machine, or after a power cut, that takes longer.")
            told = True
        time.sleep(0.02)


def _stop(database: EmbeddedDatabase) -> None:
    pid = _postmaster_pid(database)
    for number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10)):
        if _is_postmaster(pid):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        if _gone_within(database, seconds):
            return
        if not _is_postmaster(pid):
            break
    _end_orphans(database, signal.SIGKILL)
    if not _gone_within(database, 10):
        raise EmbeddedDatabaseError(
            f"The database in {database.folder} does not stop. End its processes (ps aux | grep postgres) yourself."
        )


def _gone_within(database: EmbeddedDatabase, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while any_process_alive(database):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _end_orphans(database: EmbeddedDatabase, number: signal.Signals) -> None:
    """Signal every process of PostgreSQL that works in this data folder; PostgreSQL's own name and folder tell them."""
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error, ProcessLookupError):
            if process.info["name"] == "postgres" and process.cwd() == str(database.data):
                process.send_signal(number)


def _postmaster_pid(database: EmbeddedDatabase) -> int:
    """The process id that the server wrote down, 0 where there is none."""
    with suppress(OSError, ValueError, IndexError):
        return int((database.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    return 0


def _is_postmaster(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        process = psutil.Process(pid)
        return process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _ping(database: EmbeddedDatabase) -> pq.Ping:
    """Ask the server whether it accepts connections, without logging in."""
    conninfo = make_conninfo(
        host=str(database.socket_folder), port=PORT, user=ROLE, dbname="postgres", connect_timeout=5
    )
    return pq.Ping(pq.PGconn.ping(conninfo.encode()))
