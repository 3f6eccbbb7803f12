"""The embedded database's folder: what lies where, whose it is, who may enter, and the locks that hold it.

    postgres/            0700, owned by the account that runs the server
      data/              PostgreSQL's own
      log/               start.log and the server's rotated logs
      socket/            the Unix socket, where its path is short enough; else `socket-folder` names a private one
      password           0600
      lock               held while somebody starts or stops the server
      alive              held by every process of the server for as long as it lives, so that it cannot be mistaken

Never here: opening a parent's permissions, following a link that somebody put into the folder, or starting anything.
"""

import errno
import os
import secrets
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from answerback.server.embedded_account import ELSEWHERE, Account, EmbeddedDatabaseError, make_folders, owner_name

if sys.platform != "win32":
    import fcntl

ROLE = "answerback"
PORT = 5432  # Names the socket file; nothing listens on the network.
FREE_BYTES_TO_CREATE = 200 * 1024 * 1024
LOCK_SECONDS = 600
# The kernel keeps a socket's path in a fixed field: 108 bytes on Linux, 104 elsewhere, one of them for the end.
LONGEST_SOCKET_PATH = 107 if sys.platform == "linux" else 103


@dataclass(frozen=True, slots=True)
class EmbeddedDatabase:
    """One embedded database by its folder; `durable=False` trades safety for speed and is for tests only."""

    folder: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The folder of the server's logs."""
        return self.folder / "log"

    @property
    def start_log(self) -> Path:
        """What the server said before its own log was open, at the latest start."""
        return self.log / "start.log"

    @property
    def socket_folder(self) -> Path:
        """The folder of the Unix socket: the recorded one where our own path is too long."""
        own = self.folder / "socket"
        if _possible(own):
            return own
        with suppress(FileNotFoundError):
            return Path((self.folder / "socket-folder").read_text(encoding="utf-8"))
        return own

    @property
    def socket(self) -> Path:
        """The Unix socket itself."""
        return self.socket_folder / f".s.PGSQL.{PORT}"

    def password(self) -> str | None:
        """The password of our role, or None before it was made or after it was lost."""
        with suppress(FileNotFoundError):
            return (self.folder / "password").read_text(encoding="utf-8").strip() or None
        return None

    def url(self, name: str = ROLE) -> str:
        """A `postgresql://` URL for the database `name`, with the password in it: never log it."""
        where = (
            f"host={quote(str(self.socket_folder), safe='')}&port={PORT}"  # Said outright: PGPORT may say otherwise.
        )
        return f"postgresql://{ROLE}:{self.password() or ''}@/{name}?{where}"


def prepare_folder(folder: Path, account: Account) -> None:
    """Make the folder or check the one that is there: ours, private, writable, and within the account's reach."""
    make_folders([*reversed(folder.parents)])
    if not folder.exists():
        folder.mkdir(mode=0o700)
    _claim(folder, account)
    if stat.S_IMODE(folder.stat().st_mode) != 0o700:
        folder.chmod(0o700)
    if not account.can("sh", "-c", 'cd "$1" && test -w . && test -x .', "sh", folder):
        raise EmbeddedDatabaseError(_unreachable(folder, account))
    for child in (folder / "log", folder / "socket"):
        own_folder(child, account)


def own_folder(folder: Path, account: Account) -> None:
    """Make a private folder of the account's inside of the database's folder."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if account.handed_over:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)


def write_private(path: Path, text: str, account: Account) -> None:
    """Put `text` where `path` is, whole or not at all, readable by the account only."""
    scratch = path.with_name(f".{path.name}.new")
    scratch.unlink(missing_ok=True)
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
        if account.handed_over:
            os.fchown(descriptor, account.uid, account.gid)
    scratch.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on disk, so that a power cut cannot undo a rename."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_password(database: EmbeddedDatabase, account: Account) -> str:
    """Make a new password for our role and keep it in the folder."""
    password = secrets.token_urlsafe(32)
    write_private(database.folder / "password", password + "\n", account)
    return password


def prepare_socket_folder(database: EmbeddedDatabase, account: Account) -> None:
    """Make sure of a private folder for the socket, and clear what a dead server left in it."""
    socket_folder = database.socket_folder
    if not _possible(socket_folder) or not _private(socket_folder, account):
        socket_folder = _private_folder_with_a_short_path(account)
        write_private(database.folder / "socket-folder", str(socket_folder), account)
    for leftover in (socket_folder / f".s.PGSQL.{PORT}", socket_folder / f".s.PGSQL.{PORT}.lock"):
        leftover.unlink(missing_ok=True)


def check_free_space(folder: Path) -> None:
    """Refuse to create a database on a disk where it would not fit."""
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES_TO_CREATE:
        raise EmbeddedDatabaseError(
            f"The disk of {folder} is full: {free // 1024**2} MB are free and a new database needs"
            f" {FREE_BYTES_TO_CREATE // 1024**2} MB. Free some space and start again. {ELSEWHERE}"
        )


@contextmanager
def one_at_a_time(database: EmbeddedDatabase, announce: Callable[[str], None]) -> Iterator[int]:
    """Hold the folder's lock while starting or stopping; yields its descriptor. Waits for whoever holds it."""
    descriptor = _open_lock(database.folder / "lock")
    try:
        if not _lock_within(descriptor, seconds=0.5):
            announce("Another process is starting or stopping the database; waiting for it.")
            if not _lock_within(descriptor, seconds=LOCK_SECONDS):
                raise EmbeddedDatabaseError(
                    f"Another process has held {database.folder / 'lock'} for {LOCK_SECONDS // 60} minutes. Find it"
                    f" (lsof {database.folder / 'lock'}), end it, and start again."
                )
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def alive_lock(database: EmbeddedDatabase) -> Iterator[int]:
    """Hold the lock that the server shall inherit and keep for as long as any of its processes lives."""
    descriptor = _open_lock(database.folder / "alive")
    try:
        if not _lock_within(descriptor, seconds=2):
            raise EmbeddedDatabaseError(
                f"A PostgreSQL is still running on {database.data} and could not be ended. Look for it with"
                " `ps aux | grep postgres`, end it, and start again."
            )
        yield descriptor
    finally:
        os.close(descriptor)


def any_process_alive(database: EmbeddedDatabase) -> bool:
    """Whether any process of the server lives: its postmaster or, after a kill -9 of that, an orphan of it."""
    descriptor = _open_lock(database.folder / "alive")
    try:
        return not _lock_within(descriptor, seconds=0)
    finally:
        os.close(descriptor)


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the operating system refuses into words for the person who runs answerback."""
    try:
        yield
    except OSError as error:
        where = _nearest_existing(Path(error.filename or folder))
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            wrong = f"The disk of {where} is full. Free some space and start again."
        elif error.errno == errno.EROFS:
            wrong = f"The disk of {where} is mounted read-only. Make it writable and start again."
        elif error.errno in {errno.EACCES, errno.EPERM}:
            me = owner_name(os.geteuid())
            wrong = f"The user {me} may not write to {where}. Give {me} a folder there and start again."
        elif error.errno in {errno.ENOTDIR, errno.EEXIST}:
            wrong = f"{where} is in the way: the database needs a folder at {folder}. Move it and start again."
        else:
            wrong = f"The database's folder {folder} cannot be used: {error}."
        raise EmbeddedDatabaseError(f"{wrong} {ELSEWHERE}") from error


def _nearest_existing(path: Path) -> Path:
    return next((place for place in (path, *path.parents) if os.path.lexists(place)), path)


def _claim(folder: Path, account: Account) -> None:
    owner, entries = folder.stat().st_uid, {entry.name for entry in folder.iterdir()}
    if owner != account.uid and account.handed_over and owner == 0 and not entries:
        os.chown(folder, account.uid, account.gid)
    elif owner != account.uid:
        raise EmbeddedDatabaseError(
            f"The database's folder {folder} belongs to {owner_name(owner)}, and the database runs as {account.name}."
            f" Start answerback as {owner_name(owner)}, or hand it over: chown -R {account.name} {folder}. {ELSEWHERE}"
        )
    if entries and not entries & {"data", "lock", "log", "socket"}:
        raise EmbeddedDatabaseError(
            f"The folder {folder} holds other things and no database of answerback. Empty or move it. {ELSEWHERE}"
        )


def _unreachable(folder: Path, account: Account) -> str:
    def closed(parent: Path) -> bool:
        return not account.can("test", "-x", parent)

    wall = next((parent for parent in reversed(folder.parents) if closed(parent)), folder)
    return (
        f"The user {account.name}, who runs the database, cannot enter {wall}, so it cannot use {folder}."
        f" Choose a place that it can reach, such as ANSWERBACK_VAR=/var/lib/answerback. {ELSEWHERE}"
    )


def _possible(socket_folder: Path) -> bool:
    # libpq takes a comma for the border between two hosts.
    path = os.fsencode(socket_folder / f".s.PGSQL.{PORT}")
    return len(path) <= LONGEST_SOCKET_PATH and b"," not in path


def _private(folder: Path, account: Account) -> bool:
    try:
        seen = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(seen.st_mode) and seen.st_uid == account.uid and stat.S_IMODE(seen.st_mode) == 0o700


def _private_folder_with_a_short_path(account: Account) -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    usable = runtime and not account.handed_over and len(runtime) < 60 and _private(Path(runtime), account)
    folder = Path(tempfile.mkdtemp(prefix="answerback-", dir=runtime if usable else "/tmp"))  # noqa: S108 - short, and private by mkdtemp
    if account.handed_over:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    return folder


def _open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _lock_within(descriptor: int, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
        time.sleep(0.02)
