"""What a backup's file holds, and how it is read and written.

    backup.json     what it is, of when, of which version, and how many rows each table had
    database.dump   PostgreSQL's custom format (`pg_dump -Fc`), which its own tools read without us
    secret          the installation's secret, only when it was asked for

A tar, readable by its owner alone. Never here: a password on a command line, or a file that is only half there.
"""

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection

from answerback.server.embedded_account import client_programs
from answerback.store import secrets

FORMAT = "answerback-backup"
VERSION = 1
ABOUT, DUMP, SECRET = "backup.json", "database.dump", "secret"


class BackupError(Exception):
    """A backup cannot be made or put back; the message says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup says of itself. `rows` counts each table's; `secret` is how its secret is known again."""

    format: str
    version: int
    answerback: str
    migration: str
    taken_at: datetime
    secret: str
    rows: dict[str, int]


def fingerprint() -> str:
    """How this installation's secret is known again; too little to guess it from."""
    return fingerprints()[0]


def fingerprints() -> list[str]:
    """By which the backups are known that open here: those under this secret, and under old ones that are known."""
    return secrets.fingerprints("answerback backup")


def write(to: Path, about: Backup, dump: Path, secret: str | None) -> None:
    """Put the parts together in one file: whole, on disk and private, or not there at all."""
    descriptor, draft = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                _add(tar, ABOUT, msgspec.json.format(msgspec.json.encode(about)), about.taken_at)
                if secret is not None:
                    _add(tar, SECRET, secret.encode(), about.taken_at)
                tar.add(dump, DUMP, filter=_nobodys)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(to)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def read(path: Path) -> tuple[Backup, str | None]:
    """What it is, and its secret where it holds one. Raises `BackupError` for a file that is no backup of ours."""
    try:
        with tarfile.open(path) as tar:
            about = msgspec.json.decode(_part(tar, ABOUT), type=Backup)
            secret = _part(tar, SECRET).decode() if SECRET in tar.getnames() else None
            dump = tar.getmember(DUMP)
    except (OSError, tarfile.TarError, KeyError, msgspec.MsgspecError) as problem:
        raise BackupError(f"{path} is no backup of answerback, or was cut off: {problem}.") from problem
    if about.format != FORMAT or about.version > VERSION:
        raise BackupError(f"{path} was written by a newer answerback ({about.answerback}). Update answerback first.")
    if path.stat().st_size < dump.offset_data + dump.size:
        raise BackupError(f"{path} was cut off: its end is missing. Take another backup.")
    return about, secret


@contextmanager
def dump_of(path: Path) -> Iterator[Path]:
    """The dump inside as a file of its own, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="answerback-restore-") as folder, tarfile.open(path) as tar:
        tar.extract(tar.getmember(DUMP), folder, filter="data")
        yield Path(folder) / DUMP


def run(program: str, *arguments: str | Path, stdin: Any = None, stdout: Any = None) -> "subprocess.Popen[bytes]":
    """Start one of PostgreSQL's tools on our database, its password in no command line."""
    return subprocess.Popen(
        [client_programs() / program, *arguments],
        env={**os.environ, **_where(connection.settings_dict)},
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def _where(settings: Mapping[str, Any]) -> dict[str, str]:
    """Where our database is, in the variables PostgreSQL's tools read."""
    options = settings["OPTIONS"]
    known = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGSSLMODE": options.get("sslmode", ""),
        "PGSSLROOTCERT": options.get("sslrootcert", ""),
        "PGAPPNAME": "answerback backup",
    }
    return {name: str(value) for name, value in known.items() if value}


def _add(tar: tarfile.TarFile, name: str, content: bytes, at: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(content), 0o600, int(at.astimezone(UTC).timestamp())
    tar.addfile(member, io.BytesIO(content))


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def _part(tar: tarfile.TarFile, name: str) -> bytes:
    part = tar.extractfile(name)
    if part is None:
        raise KeyError(name)
    return part.read()
