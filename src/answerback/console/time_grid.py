"""The calendar as a table of half hours: a column for each day or each person, appointments as tall as they are long.

A table, because it needs no style written into the page, prints, and reads aloud in order. Pure: rows in, rows out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

STEP = timedelta(minutes=30)
EARLIEST, LATEST = 8, 18
"""The hours always shown, so that a free day is not an empty page; earlier and later ones where something stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Something that takes time: `start` and `end` on the business's clock. `entry` is what the page shows of it."""

    column: str
    start: datetime
    end: datetime
    entry: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: a day, and the person it is of where it is one person's."""

    key: str
    words: str
    day: date
    member: int | None = None


@dataclass(slots=True)
class Cell:
    """One cell: what begins in it and how many rows that takes, or nothing, from `start` on."""

    column: Column
    start: datetime
    rows: int = 1
    entries: list[object] = field(default_factory=list)

    @property
    def written(self) -> str:
        """When it begins, as a form holds it: `2026-03-12T09:30`."""
        return f"{self.start:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Half an hour: `clock` stands at full hours only; cells that a taller one covers are left out."""

    clock: str
    cells: tuple[Cell, ...]


def grid(columns: Sequence[Column], stretches: Sequence[Stretch]) -> tuple[Row, ...]:
    """The rows of the table, from the first hour shown to the last."""
    first, last = _hours(stretches)
    starts = [_of_day(timedelta(hours=first) + STEP * step) for step in range((last - first) * 2)]
    cells = {column.key: _cells(column, starts, stretches) for column in columns}
    return tuple(
        Row(
            clock=_clock(start) if start.minute == 0 else "",
            cells=tuple(cells[column.key][place] for column in columns if place in cells[column.key]),
        )
        for place, start in enumerate(starts)
    )


def _hours(stretches: Sequence[Stretch]) -> tuple[int, int]:
    begins = [stretch.start.hour for stretch in stretches]
    ends = [
        24 if stretch.end.date() > stretch.start.date() else -(-_minutes(stretch.end) // 60) for stretch in stretches
    ]
    return min([EARLIEST, *begins]), max([LATEST, *ends])


def _cells(column: Column, starts: Sequence[time], stretches: Sequence[Stretch]) -> dict[int, Cell]:
    """The cells of one column by row; stretches that touch the same half hour share one cell."""
    found: dict[int, Cell] = {}
    free = 0
    for first, last, entries in _runs(column, starts, stretches):
        found |= {place: _free(column, starts[place]) for place in range(free, first)}
        found[first] = replace(_free(column, starts[first]), rows=last - first, entries=entries)
        free = last
    return found | {place: _free(column, starts[place]) for place in range(free, len(starts))}


def _runs(column: Column, starts: Sequence[time], stretches: Sequence[Stretch]) -> list[tuple[int, int, list[object]]]:
    """Stretches of rows that something stands in: the first row, the one after the last, and what stands there."""
    begin = _minutes(starts[0])
    runs: list[tuple[int, int, list[object]]] = []
    for stretch in sorted((one for one in stretches if one.column == column.key), key=lambda one: one.start):
        over_midnight = stretch.end.date() > stretch.start.date()
        first = (_minutes(stretch.start) - begin) // 30
        last = len(starts) if over_midnight else max(first + 1, -(-(_minutes(stretch.end) - begin) // 30))
        if runs and first < runs[-1][1]:
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]), [*runs[-1][2], stretch.entry])
        else:
            runs.append((first, min(last, len(starts)), [stretch.entry]))
    return runs


def _free(column: Column, start: time) -> Cell:
    """A half hour that nothing stands in; its start is the wall clock's, as a form writes it."""
    return Cell(column=column, start=datetime.combine(column.day, start))


def _of_day(since_midnight: timedelta) -> time:
    minutes = int(since_midnight / timedelta(minutes=1))
    return time(minutes // 60, minutes % 60)


def _minutes(moment: datetime | time) -> int:
    return moment.hour * 60 + moment.minute


def _clock(start: time) -> str:
    return f"{start.hour % 12 or 12} {'AM' if start.hour < 12 else 'PM'}"
