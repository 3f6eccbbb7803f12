"""Writes everything of a business, or of one contact, into an open format, and takes a business in again.

A zip of JSON Lines: `manifest.json` says what it is, `tables/NAME.jsonl` holds a table's rows, one JSON object a line,
`files/PATH` the files of videos (docs/export.md). A fresh installation that takes it in has every row with its number,
so nothing that points at anything is lost. It sends nothing until it is told to, and does nothing a second time
(`workflow.quieting`).
Never here: passwords of people, or anything of another business.
"""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any

import msgspec
from django.contrib.auth.hashers import make_password
from django.core.exceptions import SuspiciousFileOperation
from psycopg import DataError, IntegrityError

from answerback import __version__
from answerback.store import models
from answerback.store.queries import archive
from answerback.store.queries.rows import Cursor
from answerback.store.secrets import fingerprints
from answerback.workflow import clock, directory, quieting, shelf, transaction

FORMAT, VERSION = "answerback-business", 1
MANIFEST = "manifest.json"
FILES = "files/"
_ARCHIVE = "answerback archive"


class Unusable(Exception):
    """An archive cannot be taken in; the message says where it is wrong and what to do."""


class Held(msgspec.Struct, frozen=True):
    """One table in the archive: its columns with their types, and how many rows it holds."""

    columns: dict[str, str]
    rows: int


class Manifest(msgspec.Struct, frozen=True):
    """What an archive says of itself. `secret` is how the installation's secret is known again; `lost` are files of
    videos that were not found.
    """

    format: str
    version: int
    answerback: str
    exported_at: datetime
    about: str
    secret: str
    tables: dict[str, Held]
    files: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A business that was taken in, how many rows it has, whether its connections open here, by an old secret or the
    one as it is, and how many files its videos lack.
    """

    business: int
    name: str
    rows: int
    quieted: int
    opens: bool
    is_to_be_resealed: bool
    lost: int = 0


def write_business(business: int, to: IO[bytes]) -> Manifest:
    """Write everything of this business. Raises `Unusable` where there is none."""
    return _write(to, archive.of_business, business, f"business {business}")


def write_contact(contact: int, to: IO[bytes]) -> Manifest:
    """Write everything about this contact: what a person may ask for. Raises `Unusable` where there is none."""
    return _write(to, archive.of_contact, contact, f"contact {contact}")


def take_in(file: IO[bytes]) -> TakenIn:
    """Take a business into this installation, which must have none. Whole or not at all. Raises `Unusable`."""
    try:
        with zipfile.ZipFile(file) as packed:
            manifest = msgspec.json.decode(packed.read(MANIFEST), type=Manifest)
            _check(manifest)
            with _files_put_back(packed) as lost:
                done = transaction.run(lambda cursor: _take_in(cursor, packed, manifest))
    except (zipfile.BadZipFile, KeyError, msgspec.MsgspecError, SuspiciousFileOperation) as problem:
        raise Unusable(f"This is no whole archive of a business: {problem}.") from problem
    directory.forget()
    return replace(done, lost=lost)


def _write(to: IO[bytes], condition: Callable[[archive.Table], str | None], root: int, about: str) -> Manifest:
    def write(cursor: Cursor) -> Manifest:
        # One moment's state, however long it takes: nobody is locked out by it.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        to.seek(0)
        to.truncate()
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
            return _pack(cursor, packed, condition, root, about)

    manifest = transaction.run(write)
    with zipfile.ZipFile(to, "a") as packed:
        lacking = [path for path in _paths(packed) if not _pack_file(packed, path)]
        files = sum(each.startswith(FILES) for each in packed.namelist())
        manifest = msgspec.structs.replace(manifest, files=files, lost=len(lacking))
        packed.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)), zipfile.ZIP_DEFLATED)
    return manifest


def _paths(packed: zipfile.ZipFile) -> list[str]:
    """Where the files lie whose rows are in the archive."""
    return [msgspec.json.decode(line, type=dict[str, Any])["path"] for line in _lines(packed, "video_file")]


def _pack_file(packed: zipfile.ZipFile, path: str) -> bool:
    """As it is, videos are compressed already; False where it is not there any more."""
    kept = shelf.opened(path)
    if kept is None:
        return False
    with kept, packed.open(FILES + path, "w", force_zip64=True) as to:
        shutil.copyfileobj(kept, to, shelf.CHUNK)
    return True


@contextmanager
def _files_put_back(packed: zipfile.ZipFile) -> Iterator[int]:
    """The files of videos lie here for the block, and stay unless it fails; how many the archive lacks."""
    paths, names = _paths(packed), set(packed.namelist())
    if models.Business.objects.exists():  # which `_take_in` refuses: its files must not be touched
        paths = []
    put: list[str] = []
    try:
        for path in paths:
            if FILES + path in names:
                with packed.open(FILES + path) as content:
                    shelf.put_back(path, content)
                put.append(path)
        yield len(paths) - len(put)
    except BaseException:
        shelf.forget(put)
        raise


def _pack(
    cursor: Cursor,
    packed: zipfile.ZipFile,
    condition: Callable[[archive.Table], str | None],
    root: int,
    about: str,
) -> Manifest:
    held: dict[str, Held] = {}
    for table in archive.tables():
        if (rows := condition(table)) is None:
            continue
        name = archive.name(table)
        kept = {
            column: type_
            for column, type_ in archive.columns(table).items()
            if column not in archive.UNSAID.get(name, ())
        }
        with packed.open(f"tables/{name}.jsonl", "w", force_zip64=True) as file:
            count = 0
            for line in archive.read(cursor, table, rows, root):
                count += file.write(line + b"\n") > 0
        held[name] = Held(columns=kept, rows=count)
    if not any(table.rows for table in held.values()):
        raise Unusable(f"There is no {about}.")
    return Manifest(
        format=FORMAT,
        version=VERSION,
        answerback=__version__,
        exported_at=clock.now(),
        about=about,
        secret=fingerprints(_ARCHIVE)[0],
        tables=held,
    )


def _check(manifest: Manifest) -> None:
    if manifest.format != FORMAT or not manifest.about.startswith("business "):
        raise Unusable(f"This archive is of one {manifest.about.partition(' ')[0]}, not of a whole business.")
    if manifest.version > VERSION:
        raise Unusable(
            f"This archive was written by a newer answerback ({manifest.answerback}). Update answerback first."
        )
    ours = {archive.name(table): archive.columns(table) for table in archive.tables()}
    for name, held in manifest.tables.items():
        unknown = sorted(held.columns.keys() - ours.get(name, {}).keys())
        if held.rows and unknown:
            where = f"the table {name}" if name not in ours else f"columns {', '.join(unknown)} of the table {name}"
            raise Unusable(
                f"This answerback does not know {where}: the archive is of a newer one. Update answerback first."
            )


def _take_in(cursor: Cursor, packed: zipfile.ZipFile, manifest: Manifest) -> TakenIn:
    cursor.execute("SELECT name FROM business LIMIT 1")
    if row := cursor.fetchone():
        raise Unusable(
            f"There is a business here already ({row[0]}). Rows keep their numbers, so a whole business is taken in by "
            "an installation that has none: give it a database of its own."
        )
    archive.let_triggers(cursor, work=False)
    moved = {name: _match(cursor, packed, name, key) for name, key in (("account", "email"), ("agency", "name"))}
    rows = sum(len(found) for found in moved.values())
    for table in archive.tables():
        name = archive.name(table)
        held = manifest.tables.get(name)
        if held is None or not held.rows or name in moved:
            continue
        lines = _moved(_lines(packed, name), {c: moved[t] for t in moved for c in archive.keys_to(table, t)})
        try:
            written = archive.write(cursor, table, lines, held.columns)
        except (DataError, IntegrityError) as problem:
            raise Unusable(
                f"The rows of the table {name} do not fit: {_said(problem)}. Nothing was taken in."
            ) from problem
        if written != held.rows:
            raise Unusable(f"The table {name} has {written} rows and shall have {held.rows}: the archive was changed.")
        rows += written
    archive.let_triggers(cursor, work=True)
    archive.count_on(cursor)
    cursor.execute("SELECT id, name FROM business")
    (business, called) = cursor.fetchone() or (0, "")
    quieted = quieting.quiet(cursor, manifest.exported_at, clock.now(), business)
    cursor.execute(quieting.HOLD_EVERYTHING)
    prints = fingerprints(_ARCHIVE)
    return TakenIn(
        business=business,
        name=called,
        rows=rows,
        quieted=quieted,
        opens=manifest.secret in prints,
        is_to_be_resealed=manifest.secret in prints[1:],
    )


def _match(cursor: Cursor, packed: zipfile.ZipFile, table: str, key: str) -> dict[int, int]:
    """Rows that may be here already, by what they are called: their numbers there, and here."""
    found: dict[int, int] = {}
    for line in _lines(packed, table):
        row = msgspec.json.decode(line, type=dict[str, Any])
        cursor.execute(f"SELECT id FROM {table} WHERE lower({key}) = lower(%s)", [row[key]])  # noqa: S608  our own names
        here = cursor.fetchone()
        if here is None:
            cursor.execute(*_NEW[table](row))
            here = cursor.fetchone()
        found[row["id"]] = (here or (0,))[0]
    return found


_NEW: dict[str, Callable[[dict[str, Any]], tuple[str, list[Any]]]] = {
    # Nobody signs in by what an archive says: a new password is set by an invitation.
    "account": lambda row: (
        (
            "INSERT INTO account (email, name, is_active, is_superuser, password) VALUES (%s, %s, %s, false, %s) "
            "RETURNING id"
        ),
        [row["email"], row["name"], row["is_active"], make_password(None)],
    ),
    "agency": lambda row: ("INSERT INTO agency (name) VALUES (%s) RETURNING id", [row["name"]]),
}


def _lines(packed: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with packed.open(f"tables/{name}.jsonl") as file:
            for line in file:
                if line.strip():
                    yield line.rstrip(b"\n")
    except KeyError:
        return


def _moved(lines: Iterable[bytes], columns: dict[str, dict[int, int]]) -> Iterator[bytes]:
    """The lines with the numbers of rows that have another one here."""
    for line in lines:
        if not columns:
            yield line
            continue
        row = msgspec.json.decode(line, type=dict[str, Any])
        for column, numbers in columns.items():
            if row.get(column) is not None:
                row[column] = numbers.get(row[column])
        yield msgspec.json.encode(row)


def _said(problem: Exception) -> str:
    return str(problem).splitlines()[0]
