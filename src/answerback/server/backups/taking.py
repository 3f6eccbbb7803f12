"""Takes a backup while the product runs: one moment's state of the whole database, whatever is written meanwhile."""

import subprocess
import tempfile
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from answerback import __version__
from answerback.server.backups import file
from answerback.server.backups.file import FORMAT, VERSION, Backup, BackupError
from answerback.workflow import clock


def back_up(to: Path, *, with_secret: bool = False) -> Backup:
    """Write a backup to `to`, in the place of an older one there. Raises `BackupError`; then nothing is changed."""
    if not to.parent.is_dir():
        raise BackupError(f"There is no folder {to.parent}. Make it, or name another.")
    with tempfile.TemporaryDirectory(prefix=".answerback-backup-", dir=to.parent) as folder:
        dump = Path(folder) / file.DUMP
        about = _dump(dump)
        file.write(to, about, dump, settings.SECRET_KEY if with_secret else None)
    return about


def _dump(dump: Path) -> Backup:
    """Dump and count in one snapshot, so that the counts are those of the dump."""
    connection.close()
    connection.ensure_connection()
    raw: psycopg.Connection[tuple[object, ...]] = connection.connection
    raw.autocommit = True
    try:
        with raw.cursor() as cursor:
            # A dump may take long, and this transaction stands idle for as long as it does.
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
            cursor.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            about = _about(cursor)
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone() or ("",)
            _pg_dump(dump, str(snapshot))
            cursor.execute("COMMIT")
    finally:
        connection.close()
    return about


def _pg_dump(dump: Path, snapshot: str) -> None:
    arguments = ("--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--snapshot={snapshot}")
    running = file.run("pg_dump", *arguments, f"--file={dump}", stdin=subprocess.DEVNULL)
    _, said = running.communicate()
    if running.returncode:
        raise BackupError(f"PostgreSQL could not write the backup: {said.decode(errors='replace').strip()}")


def _about(cursor: "psycopg.Cursor[tuple[object, ...]]") -> Backup:
    cursor.execute("SELECT max(name) FROM django_migrations WHERE app = 'store'")
    (migration,) = cursor.fetchone() or ("",)
    return Backup(
        format=FORMAT,
        version=VERSION,
        answerback=__version__,
        migration=str(migration),
        taken_at=clock.now(),
        secret=file.fingerprint(),
        rows=rows(cursor),
    )


def rows(cursor: "psycopg.Cursor[tuple[object, ...]]") -> dict[str, int]:
    """How many rows each table has."""
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    counted: dict[str, int] = {}
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", str(name))))
        counted[str(name)] = int(str((cursor.fetchone() or (0,))[0]))
    return counted
