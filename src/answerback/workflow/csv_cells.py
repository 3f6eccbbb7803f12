"""Reads spreadsheets that people saved as CSV: whatever encoding and separator, row by row, cell by cell.

Each kind of cell says in the owner's words what it cannot read. A file is streamed, never held whole. Never here: what
becomes of a row (`workflow.csv_imports`).
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, dropwhile
from typing import IO, Any, TypeAlias
from zoneinfo import ZoneInfo

from answerback.engine.currency import MOST, USUAL, bare, hundredths, named, too_large
from answerback.ports import numbers
from answerback.ports.mail import is_address
from answerback.workflow import reach

LOOKED_AT = 64 * 1024
DELIMITERS = ",;\t|"
FEWEST_DIGITS = 2
"""Where there are so many, something of a number is meant."""

_SAYS_SEPARATOR = re.compile(r"(?i)sep=([,;\t|])\r?\n?")
"""A first line that Excel writes and reads; nothing of the table is in it."""

_LOOKED_THROUGH = 20
_FORMULAS, _BLANKS = frozenset("=+-@＝＋－＠"), frozenset("\t\r\n")

LOST = "\ufffd"
"""Stands where a byte is no letter."""

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
    if "\0" in text or text.startswith("%PDF"):  # A picture's first row may be read, and tells nobody what is wrong.
        raise Unreadable("This is no CSV file. Save the table as CSV first.")
    delimiter = _delimiter(text)
    columns = next(_table(file, encoding, delimiter), [])
    names = tuple(name.strip() or f"Column {at}" for at, name in enumerate(columns, start=1))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise Unreadable(f"Two columns are called {twice[0]!r}. Give each its own name in the first row.")
    if somebodys := next(filter(_is_somebodys, names), ""):
        raise Unreadable(
            f"{somebodys} stands in the first row, where the names of the columns belong. Write a row such as "
            f"Name{delimiter} Phone above it, and choose the file again."
        )
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


def _is_somebodys(head: str) -> bool:
    """Is it a phone or an address: the table has no names of columns, and its first row would be lost as those?"""
    found = numbers.typed(head)
    return is_address(head) or (found is not None and numbers.exists(found))


def guarded(cell: str) -> str:
    """With an apostrophe in front where a spreadsheet would take it for a formula, wide letters included (OWASP)."""
    return f"'{cell}" if _is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """Without the apostrophe that `guarded` put in front."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    plain = cell.lstrip("'")  # one that stood there before gets a second one, or the way back would lose it
    return plain[:1] in _BLANKS or plain.lstrip()[:1] in _FORMULAS


def number(cell: str, ground: Ground) -> str:
    """A phone number, however it is written, in E.164."""
    found = numbers.typed(cell, ground.region)
    if found is not None and numbers.exists(found):
        return found
    plain = numbers.plainly(cell)
    if re.fullmatch(r"[\d.,]+[eE][+]?\d+", plain):
        raise Unreadable(
            f"{cell} is a number that a spreadsheet has cut short. Format the column as text and enter it anew."
        )
    if found is None and re.search(r"[a-zA-Z]{2,}", plain):
        raise Unreadable(f"{cell!r} holds more than a phone number. Leave only the number.")
    if found is None and len(re.sub(r"\D", "", plain)) < FEWEST_DIGITS:
        raise Unreadable(f"{cell!r} is no phone number.")
    raise Unreadable(f"{cell!r} is no phone number that exists. Is a digit missing, or two numbers in one cell?")


def text(longest: int) -> Reader:
    """Words, at most so many characters."""

    def read(cell: str, ground: Ground) -> str:  # noqa: ARG001  every kind of cell is read with the same two
        if len(cell) > longest:
            raise Unreadable(f"This has {len(cell)} characters; {longest} fit.")
        return cell

    return read


def email(cell: str, ground: Ground) -> str:  # noqa: ARG001
    """An e-mail address."""
    if not is_address(cell):
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
    if not 1970 <= read.year <= reach.LAST_YEAR:
        raise Unreadable(f"{cell!r} is no date. Write 2026-03-10, or 2026-03-10 14:30.")
    return read if read.tzinfo else read.replace(tzinfo=ground.zone)


def _as_written_here(cell: str, region: str) -> datetime:
    plain = re.sub(r"\s+", " ", cell.replace(",", " ").upper()).strip()
    dotted = re.match(r"\d{1,2}\.\d{1,2}\.", plain) is not None
    plain = re.sub(r"(?<=\d)\.(?=\d)", "/", plain).replace(".", "")
    orders = ("%m/%d/%Y", "%m/%d/%y"), ("%d/%m/%Y", "%d/%m/%y")
    first, second = orders if region in reach.MONTH_FIRST and not dotted else orders[::-1]
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
        return "utf-8-sig" if _is_mostly_utf8(file) else "cp1252"
    return "utf-8-sig"


def _is_mostly_utf8(file: IO[bytes]) -> bool:
    """Do more letters than not come out right? One byte that was pasted in must not spoil the others."""
    right = wrong = 0
    file.seek(0)
    for text in io.TextIOWrapper(io.BufferedReader(_Kept(file), LOOKED_AT), encoding="utf-8", errors="replace"):
        lost = text.count(LOST)
        wrong += lost
        right += len(text) - lost - len(text.encode("ascii", "ignore"))
    return right > wrong


def _delimiter(text: str) -> str:
    """What separates cells: as the file says itself, else what cuts its first lines into as many cells each."""
    if said := _SAYS_SEPARATOR.match(text):
        return said[1]
    lines = text.lstrip(" \r\n").splitlines(keepends=True)[: _LOOKED_THROUGH + 1]
    if len(lines) > _LOOKED_THROUGH:
        lines.pop()  # perhaps the half of one
    outside = re.sub(r'"[^"]*"|\([^)]*\)', "", lines[0])
    return max(DELIMITERS, key=lambda each: (_alike(lines, each), outside.count(each)))


def _alike(lines: Sequence[str], delimiter: str) -> int:
    """How many rows have as many cells as the first, which has several."""
    rows = [len(cells) for cells in csv.reader(lines, delimiter=delimiter, skipinitialspace=True) if cells]
    return rows.count(rows[0]) if rows and rows[0] > 1 else 0


def _table(file: IO[bytes], encoding: str, delimiter: str) -> Iterator[Sequence[str]]:
    """The rows from the first that is not empty, whose cells are the columns' names."""
    return dropwhile(lambda cells: not any(cell.strip() for cell in cells), _rows(file, encoding, delimiter))


def _rows(file: IO[bytes], encoding: str, delimiter: str) -> Iterator[Sequence[str]]:
    file.seek(0)
    lines = io.TextIOWrapper(io.BufferedReader(_Kept(file), LOOKED_AT), encoding=encoding, errors="replace", newline="")
    first = next(lines, "").removeprefix("\ufeff")
    skipped = _SAYS_SEPARATOR.fullmatch(first) is not None
    quotes = _Quotes(lines if skipped else chain([first], lines))
    reader = csv.reader(quotes, delimiter=delimiter, skipinitialspace=True)
    while True:
        line = reader.line_num + 1 + skipped
        quotes.open = False
        try:
            cells = next(reader, None)
        except csv.Error as problem:
            raise _unclosed(line) from problem
        if quotes.open:
            raise _unclosed(line)
        if cells is None:
            return
        if any("\0" in cell for cell in cells):
            raise Unreadable("This is no CSV file. Save the table as CSV first.")
        yield cells


def _unclosed(line: int) -> Unreadable:
    return Unreadable(
        f"Line {line}: a cell begins with a quote that is closed nowhere, so that all behind it is read as one cell. "
        "Take the quote out or write a second one at the end of the cell, and choose the file again."
    )


class _Quotes:
    """The lines of the file; says whether a quote is open at the end of the last one that was taken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.open = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.open ^= line.count('"') % 2 == 1
        return line


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
