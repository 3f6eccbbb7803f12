"""What every calendar must do, as tests: give it an owner who acts in the calendar with their own program, and run it.

    class TestCalDav(ElsewhereConformance):
        calendar = adapter

        def owner(self): ...

`CalendarConformance` is what every calendar must pass; `ElsewhereConformance` is that, and what a calendar that is
reached over a network must do when it is away, loses an answer or forgets a cursor.

Needs pytest.
"""

import random
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal, Protocol, runtime_checkable

import pytest

from answerback.ports.calendar import Calendar, Changes, Conflict, Entry, Span, Written
from answerback.ports.connection import Connection
from answerback.ports.errors import PortError, Refused, Unavailable, Unclear

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
WINDOW = Span(NOW, NOW + timedelta(days=40))
KEY = "ab12cd34ef56ab12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An entry of ours as the calendar's owner sees it."""

    span: Span
    title: str
    notes: str


class Owner(Protocol):
    """The calendar's owner, who has it open in a program of their own. Names are theirs."""

    connection: Connection

    def puts(self, name: str, span: Span, *, free: bool = False) -> None:
        """Put something into the calendar, or move it."""

    def puts_a_day(self, name: str, day: date) -> None:
        """Put a whole day into the calendar, in the zone America/Chicago."""

    def puts_a_series(self, name: str, span: Span, weeks: int) -> None:
        """Put the same time of `weeks` weeks into the calendar (America/Chicago's wall clock)."""

    def deletes(self, name: str) -> None:
        """Delete it."""

    def sees(self, key: str) -> tuple[Seen, ...]:
        """Our entries with this key."""

    def notes(self, key: str, words: str) -> None:
        """Write notes into our entry."""

    def moves(self, key: str, span: Span) -> None:
        """Move our entry."""

    def takes_away(self, key: str) -> None:
        """Delete our entry."""


@runtime_checkable
class OwnerElsewhere(Owner, Protocol):
    """The owner of a calendar that is reached over a network."""

    def outdates(self) -> None:
        """Let the cursors given until now be too old."""

    def fails(self, how: Literal["away", "lose", "barred"]) -> None:
        """Let what follows fail: the service away, one answer lost, our secret no longer good."""


class CalendarConformance:
    """The tests; a subclass says of which calendar."""

    calendar: Calendar

    def owner(self) -> AbstractContextManager[Owner]:
        """An empty calendar with its owner, for the length of the block."""
        raise NotImplementedError

    @pytest.fixture
    def owned(self) -> Iterator[Owner]:
        """An owner for one test."""
        with self.owner() as owner:
            yield owner

    # What we write.

    def test_entry_is_written_once(self, owned: Owner) -> None:
        first = self.calendar.write(owned.connection, ENTRY)
        again = self.calendar.write(owned.connection, ENTRY)
        assert again.id == first.id
        assert owned.sees(KEY) == (Seen(span=SPAN, title=ENTRY.title, notes=ENTRY.notes),)

    def test_entry_moves_and_keeps_its_owners_notes(self, owned: Owner) -> None:
        self.calendar.write(owned.connection, ENTRY)
        owned.notes(KEY, "Bring the long ladder")
        moved = self.calendar.write(owned.connection, MOVED)
        assert owned.sees(KEY) == (Seen(span=_span(MOVED), title=MOVED.title, notes="Bring the long ladder"),)
        assert self.calendar.write(owned.connection, replace(MOVED, sequence=2), moved).id == moved.id

    def test_owners_change_is_not_overwritten_unseen(self, owned: Owner) -> None:
        seen = self.calendar.write(owned.connection, ENTRY)
        theirs = Span(SPAN.starts_at + timedelta(hours=5), SPAN.ends_at + timedelta(hours=5))
        owned.moves(KEY, theirs)
        with pytest.raises(Conflict) as raised:
            self.calendar.write(owned.connection, MOVED, seen)
        assert raised.value.code == "changed"
        assert [each.span for each in owned.sees(KEY)] == [theirs]
        now = self._entry(self.calendar.changes(owned.connection, "", WINDOW), seen)
        self.calendar.write(owned.connection, MOVED, now)
        assert [each.span for each in owned.sees(KEY)] == [_span(MOVED)]

    def test_owners_deletion_is_noticed(self, owned: Owner) -> None:
        seen = self.calendar.write(owned.connection, ENTRY)
        owned.takes_away(KEY)
        with pytest.raises(Conflict) as raised:
            self.calendar.write(owned.connection, MOVED, seen)
        assert raised.value.code in {"gone", "changed"}
        self.calendar.write(owned.connection, MOVED)
        assert [each.span for each in owned.sees(KEY)] == [_span(MOVED)]

    def test_entry_is_removed_and_stays_removed(self, owned: Owner) -> None:
        seen = self.calendar.write(owned.connection, ENTRY)
        for _ in range(2):
            self.calendar.remove(owned.connection, KEY, seen)
            assert owned.sees(KEY) == ()
        self.calendar.remove(owned.connection, KEY)
        self.calendar.remove(owned.connection, "feedfeedfeedfeed")
        self.calendar.write(owned.connection, ENTRY)
        assert len(owned.sees(KEY)) == 1
        self.calendar.remove(owned.connection, KEY)
        assert owned.sees(KEY) == ()

    def test_entry_that_is_free_blocks_nothing(self, owned: Owner) -> None:
        self.calendar.write(owned.connection, replace(ENTRY, free=True))
        assert [each.span for each in owned.sees(KEY)] == [SPAN]
        assert self.calendar.busy(owned.connection, WINDOW) == ()
        self.calendar.write(owned.connection, ENTRY)
        assert self.calendar.busy(owned.connection, WINDOW) == (SPAN,)

    def test_times_are_right_on_both_sides_of_a_clock_change(self, owned: Owner) -> None:
        for day in (7, 8, 9):
            start = datetime(2026, 3, day, 14, 0, tzinfo=UTC)
            entry = replace(ENTRY, key=f"ab12cd34000{day}", starts_at=start, ends_at=start + timedelta(hours=1))
            self.calendar.write(owned.connection, entry)
            assert [each.span for each in owned.sees(entry.key)] == [_span(entry)]
        starts = [span.starts_at for span in self.calendar.busy(owned.connection, WINDOW)]
        assert starts == [datetime(2026, 3, day, 14, 0, tzinfo=UTC) for day in (7, 8, 9)]

    # What we read.

    def test_changes_are_told_once(self, owned: Owner) -> None:
        first = self.calendar.changes(owned.connection, "", WINDOW)
        assert (first.changed, first.gone, first.whole) == ((), (), True)
        for number in range(5):
            owned.puts(f"thing{number}", _later(number))
        second = self.calendar.changes(owned.connection, first.cursor, WINDOW)
        assert _spans(second) == [_later(number) for number in range(5)]
        assert not second.whole
        third = self.calendar.changes(owned.connection, second.cursor, WINDOW)
        assert (third.changed, third.gone, third.whole) == ((), (), False)
        owned.puts("thing1", _later(9))
        owned.deletes("thing2")
        fourth = self.calendar.changes(owned.connection, third.cursor, WINDOW)
        assert _spans(fourth) == [_later(9)]
        assert len(fourth.gone) == 1
        assert not {each.id for each in fourth.changed} & set(fourth.gone)

    def test_our_entry_is_known_as_ours(self, owned: Owner) -> None:
        cursor = self.calendar.changes(owned.connection, "", WINDOW).cursor
        seen = self.calendar.write(owned.connection, ENTRY)
        told = self.calendar.changes(owned.connection, cursor, WINDOW)
        assert [(each.id, each.key, each.spans) for each in told.changed] == [(seen.id, KEY, (SPAN,))]
        owned.moves(KEY, _span(MOVED))
        told = self.calendar.changes(owned.connection, told.cursor, WINDOW)
        assert [(each.id, each.key, each.spans) for each in told.changed] == [(seen.id, KEY, (_span(MOVED),))]
        assert told.changed[0].version != seen.version
        owned.takes_away(KEY)
        assert self.calendar.changes(owned.connection, told.cursor, WINDOW).gone == (seen.id,)

    def test_free_time_blocks_nothing(self, owned: Owner) -> None:
        owned.puts("birthday", _later(1), free=True)
        owned.puts("dentist", _later(3))
        assert _spans(self.calendar.changes(owned.connection, "", WINDOW)) == [_later(3)]
        assert self.calendar.busy(owned.connection, WINDOW) == (_later(3),)

    def test_whole_day_blocks_that_day_where_the_business_is(self, owned: Owner) -> None:
        owned.puts_a_day("off", date(2026, 3, 8))
        day = Span(datetime(2026, 3, 8, 6, tzinfo=UTC), datetime(2026, 3, 9, 5, tzinfo=UTC))
        assert _spans(self.calendar.changes(owned.connection, "", WINDOW)) == [day], "23 hours: the clocks change"

    def test_series_blocks_each_time(self, owned: Owner) -> None:
        start = datetime(2026, 3, 5, 15, tzinfo=UTC)
        owned.puts_a_series("standup", Span(start, start + timedelta(minutes=30)), 3)
        starts = [start, *(start + timedelta(days=7 * week, hours=-1) for week in (1, 2))]
        wanted = [Span(at, at + timedelta(minutes=30)) for at in starts]
        read = self.calendar.changes(owned.connection, "", WINDOW)
        assert _spans(read) == wanted
        assert list(self.calendar.busy(owned.connection, WINDOW)) == wanted
        owned.deletes("standup")
        told = self.calendar.changes(owned.connection, read.cursor, WINDOW)
        assert _spans(told) == []
        assert set(told.gone) >= {each.id for each in read.changed if each.spans}

    def test_outside_the_window_is_nothing(self, owned: Owner) -> None:
        cursor = self.calendar.changes(owned.connection, "", WINDOW).cursor
        owned.puts("long ago", Span(NOW - timedelta(days=300), NOW - timedelta(days=299)))
        owned.puts("some day", Span(NOW + timedelta(days=300), NOW + timedelta(days=301)))
        assert _spans(self.calendar.changes(owned.connection, cursor, WINDOW)) == []
        assert _spans(self.calendar.changes(owned.connection, "", WINDOW)) == []

    def test_foreign_cursor_reads_everything(self, owned: Owner) -> None:
        owned.puts("dentist", _later(3))
        cursor = self.calendar.changes(owned.connection, "", WINDOW).cursor
        moved_on = Span(WINDOW.starts_at, WINDOW.ends_at + timedelta(days=1))
        owned.puts("lunch", _later(4))
        read = self.calendar.changes(owned.connection, cursor, moved_on)
        assert (_spans(read), read.whole) == ([_later(3), _later(4)], True)
        read = self.calendar.changes(owned.connection, "nonsense", WINDOW)
        assert (_spans(read), read.whole) == ([_later(3), _later(4)], True)
        again = self.calendar.changes(owned.connection, read.cursor, WINDOW)
        assert (again.changed, again.whole) == ((), False)

    def test_changes_add_up_to_what_is_there(self, owned: Owner) -> None:
        """A random life of a calendar, read in steps, ends with what one full reading sees."""
        chance = random.Random(5)
        known: dict[str, tuple[Span, ...]] = {}
        cursor = ""
        standing: set[str] = set()
        for _ in range(5):
            for _ in range(chance.randint(0, 4)):
                name = f"thing{chance.randint(0, 5)}"
                if name in standing and chance.random() < 0.4:
                    owned.deletes(name)
                    standing.discard(name)
                else:
                    owned.puts(name, _later(chance.randint(0, 30)), free=chance.random() < 0.2)
                    standing.add(name)
            if chance.random() < 0.15:
                self._forget(owned)
            told = self.calendar.changes(owned.connection, cursor, WINDOW)
            known = _applied({} if told.whole else known, told)
            cursor = told.cursor
            assert known == _applied({}, self.calendar.changes(owned.connection, "", WINDOW))

    def _forget(self, owned: Owner) -> None:
        """Let cursors be too old, where that can be."""

    def _entry(self, read: Changes, seen: Written) -> Written:
        found = next(each for each in read.changed if each.id == seen.id)
        return Written(id=found.id, version=found.version)


class ElsewhereConformance(CalendarConformance):
    """The tests of a calendar that is reached over a network."""

    def owner(self) -> AbstractContextManager[OwnerElsewhere]:
        """An empty calendar with its owner, for the length of the block."""
        raise NotImplementedError

    def test_cursor_too_old_reads_everything(self, owned: OwnerElsewhere) -> None:
        owned.puts("dentist", _later(3))
        cursor = self.calendar.changes(owned.connection, "", WINDOW).cursor
        owned.puts("lunch", _later(4))
        owned.outdates()
        read = self.calendar.changes(owned.connection, cursor, WINDOW)
        assert (_spans(read), read.whole) == ([_later(3), _later(4)], True)

    def test_lost_answer_makes_one_entry(self, owned: OwnerElsewhere) -> None:
        owned.fails("lose")
        with suppress(Unclear, Unavailable):
            self.calendar.write(owned.connection, ENTRY)
        self.calendar.write(owned.connection, ENTRY)
        assert owned.sees(KEY) == (Seen(span=SPAN, title=ENTRY.title, notes=ENTRY.notes),)

    def test_service_that_is_away_is_unavailable(self, owned: OwnerElsewhere) -> None:
        owned.fails("away")
        for ask in (self._write, self._remove, self._busy, self._changes):
            with pytest.raises(Unavailable) as raised:
                ask(owned.connection)
            _says_nothing_secret(raised.value, owned.connection)
        assert [finding.ok for finding in self.calendar.check(owned.connection)] == [False]

    def test_secret_no_longer_good_asks_for_a_sign_in(self, owned: OwnerElsewhere) -> None:
        assert {finding.ok for finding in self.calendar.check(owned.connection)} == {True}
        owned.fails("barred")
        for ask in (self._write, self._remove, self._busy, self._changes):
            with pytest.raises(Refused) as raised:
                ask(owned.connection)
            assert type(raised.value).__name__ == "SignInNeeded"
            _says_nothing_secret(raised.value, owned.connection)
        found = self.calendar.check(owned.connection)
        assert [finding.ok for finding in found] == [False]
        assert found[0].fix

    def _write(self, connection: Connection) -> object:
        return self.calendar.write(connection, ENTRY)

    def _remove(self, connection: Connection) -> None:
        self.calendar.remove(connection, KEY)

    def _busy(self, connection: Connection) -> object:
        return self.calendar.busy(connection, WINDOW)

    def _changes(self, connection: Connection) -> object:
        return self.calendar.changes(connection, "", WINDOW)

    def _forget(self, owned: Owner) -> None:
        assert isinstance(owned, OwnerElsewhere)
        owned.outdates()


ENTRY = Entry(
    key=KEY,
    starts_at=datetime(2026, 3, 10, 15, 0, tzinfo=UTC),
    ends_at=datetime(2026, 3, 10, 16, 30, tzinfo=UTC),
    zone="America/Chicago",
    title="Water heater: Maria Peña",
    changed_at=NOW,
    notes="Leaking slowly, 40 gallons",
    place="1204 May St; Austin, TX",
)
SPAN = Span(ENTRY.starts_at, ENTRY.ends_at)
MOVED = replace(
    ENTRY,
    starts_at=ENTRY.starts_at + timedelta(days=1),
    ends_at=ENTRY.ends_at + timedelta(days=1),
    title="Water heater: Maria P.",
    sequence=1,
)


def _span(entry: Entry) -> Span:
    return Span(entry.starts_at, entry.ends_at)


def _later(number: int) -> Span:
    start = NOW + timedelta(days=2, hours=2 * number)
    return Span(start, start + timedelta(hours=1))


def _spans(read: Changes) -> list[Span]:
    return sorted(span for each in read.changed for span in each.spans)


def _applied(known: dict[str, tuple[Span, ...]], told: Changes) -> dict[str, tuple[Span, ...]]:
    after = {**known, **{each.id: each.spans for each in told.changed}}
    return {id: spans for id, spans in after.items() if id not in told.gone and spans}


def _says_nothing_secret(error: PortError, connection: Connection) -> None:
    for name in ("password", "client_secret", "access_token", "refresh_token"):
        value = connection.settings.get(name, "")
        assert not value or value not in str(error)
    assert "Maria" not in str(error)
