"""Puts a backup back: whole or not at all, without sending anything twice, without bringing back who was forgotten.

In this order: nobody else is connected; the tables are replaced in one transaction that also holds every line's texts;
the counts are compared with the backup's; the tables are brought up to date; then, in one transaction, stops said since
are kept, who was forgotten since is forgotten again, and what the copy would do a second time is quieted. Whatever
breaks off in between leaves texts held.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, cast

import psycopg
from django.db import Error, connection

from answerback.server import setting_up
from answerback.server.backups import file
from answerback.server.backups.file import Backup, BackupError
from answerback.server.backups.taking import rows
from answerback.store.queries import erasures, number_keys
from answerback.store.queries.erasures import Forgotten
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, directory, erasure, quieting, transaction

HOLD = timedelta(minutes=15)
"""How long texts are held: within it the workers have read from the providers' lists who said stop meanwhile."""

EMPTY = "SET client_min_messages = warning; DROP SCHEMA public CASCADE;"
HELD = "SET search_path = public;" + quieting.HOLD_EVERYTHING
"""The dump leaves the search path empty, and triggers name their tables without a schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back. `held_until` None means until `answerback resume`."""

    backup: Backup
    migrations: int
    forgotten: int
    stops: int
    quieted: int
    held_until: datetime | None

    @property
    def is_to_be_resealed(self) -> bool:
        """Was the backup made under an old secret?"""
        return self.backup.secret != file.fingerprint()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Since:
    """What the database that is replaced knew and the backup may not: who was forgotten, who said stop."""

    erasures: tuple[Forgotten, ...] = ()
    stops: tuple[tuple[int, str, datetime, str], ...] = ()
    number_keys: tuple[bytes, ...] = ()


def restore(path: Path, *, replace: bool = False, logs: Sequence[Path] = (), hold: bool = False) -> Restored:
    """Put the backup at `path` back. `replace` allows that there are businesses here, which go; `logs` are files of
    erasures made since; `hold` holds texts until somebody lets them go. Raises `BackupError`.
    """
    about, _ = file.read(path)
    _check(about, replace=replace)
    since = _since()
    forgotten = [*since.erasures, *(each for log in logs for each in erasure.kept_outside(log))]
    with file.dump_of(path) as dump:
        _replace(dump)
    _compare(about)
    ran = setting_up.migrate()
    directory.forget()
    return transaction.run(lambda cursor: _settle(cursor, about, ran, forgotten, since, hold=hold))


def _check(about: Backup, *, replace: bool) -> None:
    if about.secret not in file.fingerprints():
        raise BackupError(
            "This backup was made under another secret: its connections could not be opened, and who was forgotten "
            "could not be known again. Put the old secret in place (ANSWERBACK_SECRET, or the file `secret` in the var "
            "folder) and restore again; or name it in ANSWERBACK_OLD_SECRETS, restore, then run: answerback reseal"
        )
    if about.migration not in _our_migrations():
        raise BackupError(f"This backup is of a newer answerback ({about.answerback}). Update answerback first.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
                       "pg_backend_pid() AND backend_type = 'client backend'")  # fmt: skip
        (others,) = cursor.fetchone()
        if others:
            raise BackupError(f"{others} others are connected to this database. Stop answerback (web, workers) first.")
        cursor.execute("SELECT to_regclass('public.business') IS NOT NULL")
        if cursor.fetchone()[0] and not replace:
            cursor.execute("SELECT count(*) FROM business")
            if count := cursor.fetchone()[0]:
                raise BackupError(f"There are {count} businesses here already. To lose them for the backup: --replace.")


def _our_migrations() -> set[str]:
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415  slow, and only this needs it

    return {name for app, name in MigrationLoader(None).disk_migrations if app == "store"}


def _since() -> _Since:
    """Read what must outlive the database that is replaced; nothing where there is none of ours."""
    try:
        return transaction.run(_read_since)
    except Error:
        connection.close()
        return _Since()


def _read_since(cursor: Cursor) -> _Since:
    cursor.execute("SELECT business_id, number, at, evidence FROM suppression WHERE lifted_at IS NULL ORDER BY id")
    stops = tuple(cursor.fetchall())
    return _Since(erasures=tuple(erasures.log(cursor)), stops=stops, number_keys=tuple(number_keys.earlier(cursor)))


def _replace(dump: Path) -> None:
    """The tables of the dump in the place of ours, and every line's texts held, in one transaction."""
    connection.close()
    script = file.run("pg_restore", "--no-owner", "--no-privileges", "--file=-", dump, stdout=subprocess.PIPE)
    arguments = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--output={os.devnull}")
    commands = (f"--command={EMPTY}", "--file=-", f"--command={HELD}")
    psql = file.run("psql", *arguments, *commands, stdin=subprocess.PIPE)
    with suppress(BrokenPipeError):  # psql has ended early and says why
        _hand_on(cast("IO[bytes]", script.stdout), cast("IO[bytes]", psql.stdin))
    _, why = script.communicate()
    if script.returncode:  # psql would take the end of what it was given for the end of all, and commit
        psql.kill()
    _, said = psql.communicate()
    if psql.returncode or script.returncode:
        words = (why if script.returncode else said).decode(errors="replace").strip()
        raise BackupError(f"The backup could not be put back, and nothing was changed: {words}")


def _hand_on(script: IO[bytes], psql: IO[bytes]) -> None:
    """The script without the one setting that PostgreSQL 15 and 16 do not know."""
    for line in script:
        if not line.startswith(b"SET transaction_timeout"):
            psql.write(line)
        if line.startswith(b"CREATE"):
            break
    shutil.copyfileobj(script, psql)


def _compare(about: Backup) -> None:
    connection.ensure_connection()
    raw: psycopg.Connection[tuple[object, ...]] = connection.connection
    with psycopg.Cursor(raw) as cursor:
        found = rows(cursor)
    differing = sorted(name for name in about.rows.keys() | found.keys() if about.rows.get(name) != found.get(name))
    if differing:
        raise BackupError(
            f"These tables do not have as many rows as the backup says: {', '.join(differing)}. Texts are held. "
            "Restore another backup."
        )


def _settle(
    cursor: Cursor, about: Backup, ran: int, forgotten: Sequence[Forgotten], since: _Since, *, hold: bool
) -> Restored:
    now = clock.now()
    number_keys.keep(cursor, since.number_keys)
    stops = _keep_stops(cursor, since)
    again = erasure.again(cursor, forgotten)
    quieted = quieting.quiet(cursor, about.taken_at, now)
    if not hold:
        quieting.hold(cursor, now + HOLD)
    return Restored(
        backup=about,
        migrations=ran,
        forgotten=again,
        stops=stops,
        quieted=quieted,
        held_until=None if hold else now + HOLD,
    )


def _keep_stops(cursor: Cursor, since: _Since) -> int:
    """Who said stop since the backup has said so; returns how many."""
    kept = 0
    for stop in since.stops:
        cursor.execute(_KEEP_STOP, stop)
        kept += cursor.rowcount
    return kept


_KEEP_STOP = """
INSERT INTO suppression (business_id, number, at, evidence, lifted_by)
SELECT b.id, v.number, v.at, v.evidence, ''
FROM (VALUES (%s::bigint, %s::text, %s::timestamptz, %s::text)) AS v (business, number, at, evidence)
JOIN business b ON b.id = v.business
ON CONFLICT (business_id, number) WHERE lifted_at IS NULL DO NOTHING
"""
