"""The calendar as a table: every half hour of every column stands in it once, as tall as it is long."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from answerback.console.time_grid import Column, Stretch, grid

ZONE = ZoneInfo("America/Chicago")
DAY = date(2026, 3, 12)
DAN, EVA = Column(key="1", words="Dan", day=DAY, member=1), Column(key="2", words="Eva", day=DAY, member=2)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 12, hour, minute, tzinfo=ZONE)


def stretch(column: Column, start: datetime, end: datetime, entry: str = "x") -> Stretch:
    return Stretch(column=column.key, start=start, end=end, entry=entry)


def test_an_empty_day_shows_its_hours() -> None:
    rows = grid([DAN, EVA], [])
    assert [row.clock for row in rows][::2] == [
        "8 AM", "9 AM", "10 AM", "11 AM", "12 PM", "1 PM", "2 PM", "3 PM", "4 PM", "5 PM"
    ]  # fmt: skip
    assert {len(row.cells) for row in rows} == {2}


def test_what_is_longer_takes_more_rows_and_covers_those_below() -> None:
    rows = grid([DAN, EVA], [stretch(DAN, at(9), at(10, 30), "Maria")])
    cell = rows[2].cells[0]
    assert (cell.entries, cell.rows, cell.start) == (["Maria"], 3, datetime(2026, 3, 12, 9))  # noqa: DTZ001
    assert [len(row.cells) for row in rows[2:6]] == [2, 1, 1, 2]


def test_two_that_touch_the_same_half_hour_share_a_cell() -> None:
    rows = grid([DAN], [stretch(DAN, at(9), at(9, 45), "Maria"), stretch(DAN, at(9, 45), at(10, 15), "Tom")])
    assert (rows[2].cells[0].entries, rows[2].cells[0].rows) == (["Maria", "Tom"], 3)


def test_early_and_late_ones_stretch_the_day() -> None:
    rows = grid([DAN], [stretch(DAN, at(6, 15), at(7)), stretch(DAN, at(22), at(22) + timedelta(hours=3))])
    assert (rows[0].clock, len(rows)) == ("6 AM", 36)


@given(
    st.lists(
        st.tuples(st.sampled_from([DAN, EVA]), st.integers(0, 23 * 60), st.integers(5, 300)),
        max_size=8,
    )
)
def test_every_half_hour_of_every_column_stands_once_and_nothing_is_lost(
    drawn: list[tuple[Column, int, int]],
) -> None:
    midnight = at(0)
    stretches = [
        stretch(column, midnight + timedelta(minutes=start), midnight + timedelta(minutes=start + length), str(number))
        for number, (column, start, length) in enumerate(drawn)
    ]
    rows = grid([DAN, EVA], stretches)
    for column in (DAN, EVA):
        cells = [cell for row in rows for cell in row.cells if cell.column is column]
        assert sum(cell.rows for cell in cells) == len(rows)
        shown = [entry for cell in cells for entry in cell.entries]
        assert sorted(map(str, shown)) == [str(n) for n, one in enumerate(drawn) if one[0] is column]
