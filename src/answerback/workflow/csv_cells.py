"""Reads spreadsheets that people saved as CSV: whatever encoding and separator, row by row, cell by cell.

Each kind of cell says in the owner's words what it cannot read. A file is streamed, never held whole. Never here: what
becomes of a row (`workflow.csv_imports`).
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, dropwhile
from typing import IO, Any, TypeAlias
from zoneinfo import ZoneInfo

import phonenumbers

from answerback.engine.currency import MOST, USUAL, bare, hundredths, named, too_large

LOOKED_AT = 64 * 1024
DELIMITERS = ",;\t|"

_SAYS_SEPARATOR = re.compile(r"(?i)sep=([,;\t|])\r?\n?")
"""A first line that Excel writes and reads; nothing of the table is in it."""

_MONTH_FIRST = frozenset({"US", "CA", "PH", "PR", "VI", "GU", "AS", "MP"})
"""Where 03/04/2026 is the fourth of March. With dots it is the third of April everywhere."""

Value: TypeAlias = str | int | datetime | None


class Unreadable(Exception):
    """A cell does not hold what its column should; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Ground:
    """How cells are to be read here: where numbers without a country are from, whose clock times are on, and the
    currency of amounts.
    """

    region: str
    zone: ZoneInfo
    currency: str = USUAL


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was looked at: how it is encoded and separated, and its columns in their order."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


Reader: TypeAlias = Callable[[str, Ground], Value]


def look_at(file: IO[bytes]) -> Sheet:
    """How this file is written. Raises `Unreadable` where it is no table of text."""
    file.seek(0)
    begin = file.read(LOOKED_AT)
    if begin.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("This is an Excel file. Save it as CSV first: File, Save as, CSV UTF-8.")
    encoding = _encoding(file, begin)
    text = begin.decode(encoding, errors="ignore").removeprefix("\ufeff")
    if not text.strip():
        raise Unreadable("This file is empty.")
    delimiter = _delimiter(text)
    columns = next(_table(file, encoding, delimiter), [])
    names = tuple(name.strip() or f"Column {at}" for at, name in enumerate(columns, start=1))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Unreadable(f"Two columns are called {twice[0]!r}. Give each its own name in the first row.")
    return Sheet(encoding, delimiter, names)


def rows(file: IO[bytes], sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its number in the table (the header is 1); empty rows are passed over. Raises `Unreadable`."""
    reader = _table(file, sheet.encoding, sheet.delimiter)
    next(reader, None)
    for number, cells in enumerate(reader, start=2):
        if len(cells) > len(sheet.columns) and any(cell.strip() for cell in cells[len(sheet.columns) :]):
            raise Unreadable(
                f"Row {number} has {len(cells)} cells and the first row names {len(sheet.columns)} columns. "
                "A cell with a separator in it must stand in quotes."
            )
        if any(cell.strip() for cell in cells):
            yield number, dict(zip(sheet.columns, (cell.strip() for cell in cells), strict=False))


def number(cell: str, ground: Ground) -> str:
    """A phone number, however it is written, in E.164."""
    plain = re.sub(r"^'|\.0$", "", cell)
    if re.fullmatch(r"[\d.,]+[eE][+]?\d+", plain):
        raise Unreadable(
            f"{cell} is a number that a spreadsheet has cut short. Format the column as text and enter it anew."
        )
    if re.search(r"[a-zA-Z]{2,}", re.sub(r"(?i)\s*(ext\.?|x)\s*\d+$", "", plain)):
        raise Unreadable(f"{cell!r} holds more than a phone number. Leave only the number.")
    try:
        parsed = phonenumbers.parse(plain, ground.region)
    except phonenumbers.NumberParseException:
        raise Unreadable(f"{cell!r} is no phone number.") from None
    if not phonenumbers.is_valid_number(parsed):
        raise Unreadable(f"{cell!r} is no phone number that exists. Is a digit missing, or two numbers in one cell?")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def text(longest: int) -> Reader:
    """Words, at most so many characters."""

    def read(cell: str, ground: Ground) -> str:  # noqa: ARG001  every kind of cell is read with the same two
        if len(cell) > longest:
            raise Unreadable(f"This has {len(cell)} characters; {longest} fit.")
        # An apostrophe in front is how our own export keeps a cell from being a formula.
        return cell[1:] if re.match(r"'\s*[=+\-@＝＋－＠\t\r\n]", cell) else cell

    return read


def email(cell: str, ground: Ground) -> str:  # noqa: ARG001
    """An e-mail address."""
    if not re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+", cell) or len(cell) > 254:
        raise Unreadable(f"{cell!r} is no e-mail address.")
    return cell


def one_of(**words: str) -> Reader:
    """One of a few things, by any of the words for it: `won="won sold closed_won"`."""
    known = {word: value for value, said in words.items() for word in said.split()}

    def read(cell: str, ground: Ground) -> str:  # noqa: ARG001
        found = known.get(re.sub(r"[\s-]+", "_", cell.lower()))
        if found is None:
            raise Unreadable(f"{cell!r} is none of: {', '.join(name.replace('_', ' ') for name in words)}.")
        return found

    return read


def money(cell: str, ground: Ground) -> int:
    """An amount in cents: `$1,234.50`, `1234.5`, `(50)` for money given back."""
    if named(cell) not in {None, ground.currency}:
        raise Unreadable(f"{cell!r} is in {named(cell)}. The money of this business is in {ground.currency}.")
    plain = re.sub(r"\s", "", bare(cell))
    minus = plain.startswith("(") and plain.endswith(")")
    plain = plain.strip("()")
    cents = hundredths(plain)
    if cents is None:
        raise Unreadable(f"{cell!r} is no amount. Write 1234.50.")
    if abs(cents) > MOST:
        raise Unreadable(too_large(ground.currency))
    return -cents if minus else cents


def moment(cell: str, ground: Ground) -> datetime:
    """A day, with or without a time: `2026-03-10 14:30`, `3/10/2026 2:30 PM`. Without a zone it is the business's."""
    try:
        read = datetime.fromisoformat(cell)
    except ValueError:
        read = _as_written_here(cell, ground.region)
    if not 1970 <= read.year <= 2200:
        raise Unreadable(f"{cell!r} is no date. Write 2026-03-10, or 2026-03-10 14:30.")
    return read if read.tzinfo else read.replace(tzinfo=ground.zone)


def _as_written_here(cell: str, region: str) -> datetime:
    plain = re.sub(r"\s+", " ", cell.replace(",", " ").upper()).strip()
    dotted = re.match(r"\d{1,2}\.\d{1,2}\.", plain) is not None
    plain = re.sub(r"(?<=\d)\.(?=\d)", "/", plain).replace(".", "")
    orders = ("%m/%d/%Y", "%m/%d/%y"), ("%d/%m/%Y", "%d/%m/%y")
    first, second = orders if region in _MONTH_FIRST and not dotted else orders[::-1]
    for day in (*first, *second, "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y", "%Y/%m/%d"):
        for time in ("", " %H:%M", " %I:%M %p", " %H:%M:%S", " %I:%M:%S %p", " %I %p"):
            try:
                return datetime.strptime(plain, day + time)  # noqa: DTZ007  the business's zone is put on it
            except ValueError:
                continue
    raise Unreadable(f"{cell!r} is no date. Write 2026-03-10, or 2026-03-10 14:30.")


def _encoding(file: IO[bytes], begin: bytes) -> str:
    if begin.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for encoding, every_second in (("utf-16-le", begin[1::2]), ("utf-16-be", begin[0::2])):
        if every_second and every_second.count(0) > len(every_second) / 2:
            return encoding
    file.seek(0)
    try:
        for _ in io.TextIOWrapper(io.BufferedReader(_Kept(file), LOOKED_AT), encoding="utf-8-sig", newline=""):
            pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(text: str) -> str:
    """What separates cells: as the file says itself, else what its first line has most of outside quotes."""
    if said := _SAYS_SEPARATOR.match(text):
        return said[1]
    plain = re.sub(r'"[^"]*"', "", text).lstrip(" \r\n")
    return max(DELIMITERS, key=(plain.splitlines() or [""])[0].count)


def _table(file: IO[bytes], encoding: str, delimiter: str) -> Iterator[Sequence[str]]:
    """The rows from the first that is not empty, whose cells are the columns' names."""
    return dropwhile(lambda cells: not any(cell.strip() for cell in cells), _rows(file, encoding, delimiter))


def _rows(file: IO[bytes], encoding: str, delimiter: str) -> Iterator[Sequence[str]]:
    file.seek(0)
    lines = io.TextIOWrapper(io.BufferedReader(_Kept(file), LOOKED_AT), encoding=encoding, errors="replace", newline="")
    first = next(lines, "").removeprefix("\ufeff")
    table = lines if _SAYS_SEPARATOR.fullmatch(first) else chain([first], lines)
    reader = csv.reader(table, delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            if any("\0" in cell for cell in cells):
                raise Unreadable("This is no CSV file. Save the table as CSV first.")
            yield cells
    except csv.Error as problem:
        raise Unreadable(f"Row {reader.line_num}: {problem}. Is a quote missing at the end of a cell?") from problem


class _Kept(io.RawIOBase):
    """The file, which a text reader over it must not close when it goes."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        read = self._file.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)
