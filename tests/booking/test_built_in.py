"""The built-in calendar keeps every promise of a calendar, and what is put into it keeps customers away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from answerback.ports import calendar as port
from answerback.ports import registry
from answerback.ports.calendar import Span
from answerback.testing.calendar_conformance import CalendarConformance, Seen

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from tests.booking.conftest import Moment, Shop

    from answerback.store import models
    from answerback.workflow.own_entries import Thing

ZONE = ZoneInfo("America/Chicago")
FRIDAY_9 = datetime(2026, 3, 13, 9, tzinfo=ZONE)
HOUR = timedelta(hours=1)


class Owner:
    """Dan, who has his built-in calendar open."""

    def __init__(self, member: models.Member) -> None:
        from answerback.workflow import calendars

        self.member = member
        self.connection = calendars.ready(calendars.built_in(member)).connection

    def puts(self, name: str, span: Span, *, free: bool = False) -> None:
        self._rows().update_or_create(
            member=self.member,
            key=name,
            defaults={
                "business": self.member.business,
                "during": (span.starts_at, span.ends_at),
                "title": name,
                "free": free,
                "changed_at": span.starts_at,
            },
        )

    def puts_a_day(self, name: str, day: date) -> None:
        start, end = (datetime.combine(day + timedelta(days=more), time(), ZONE) for more in (0, 1))
        self.puts(name, Span(start, end))

    def puts_a_series(self, name: str, span: Span, weeks: int) -> None:
        for week in range(weeks):
            start, end = (at.astimezone(ZONE) + timedelta(weeks=week) for at in (span.starts_at, span.ends_at))
            self.puts(f"{name}/{week}", Span(start, end))

    def deletes(self, name: str) -> None:
        self._rows().filter(key__startswith=name).delete()

    def sees(self, key: str) -> tuple[Seen, ...]:
        return tuple(
            Seen(
                span=Span(row.during.lower.astimezone(UTC), row.during.upper.astimezone(UTC)),
                title=row.title,
                notes=row.notes,
            )
            for row in self._rows().filter(key=key)
        )

    def notes(self, key: str, words: str) -> None:
        self._rows().filter(key=key).update(notes=words)

    def moves(self, key: str, span: Span) -> None:
        self._rows().filter(key=key).update(during=(span.starts_at, span.ends_at))

    def takes_away(self, key: str) -> None:
        self._rows().filter(key=key).delete()

    def _rows(self) -> QuerySet[models.OwnEntry]:
        from answerback.store import models

        return models.OwnEntry.objects.filter(member=self.member)


class TestBuiltIn(CalendarConformance):
    calendar: port.Calendar = registry.calendar("built_in")

    @pytest.fixture(autouse=True)
    def _at(self, shop: Shop) -> None:
        self.shop = shop

    @contextmanager
    def owner(self) -> Iterator[Owner]:
        yield Owner(_dan())


def test_what_is_put_in_keeps_customers_away(shop: Shop) -> None:
    from answerback.workflow import bookings, own_entries

    _only_dan()
    own_entries.put(_dan(), _thing("School run"))
    own_entries.put(_dan(), _thing("Birthday", hours=2, free=True))
    token = shop.customer().token
    assert _starts(token)[:2] == ["Fri 10:00", "Fri 11:00"]
    with pytest.raises(bookings.Taken):
        bookings.book(token, FRIDAY_9)
    assert shop.calendar() == []
    (school, birthday) = own_entries.between([_dan().id], FRIDAY_9, FRIDAY_9 + timedelta(days=1))
    assert (school.title, birthday.title) == ("School run", "Birthday")
    own_entries.take_out(school)
    assert _starts(token)[:2] == ["Fri 09:00", "Fri 10:00"]


def test_each_week_has_it_on_both_sides_of_a_clock_change(shop: Shop, moment: Moment) -> None:
    from answerback.workflow import own_entries

    saturday_before = datetime(2026, 10, 24, 9, tzinfo=ZONE)
    moment.now = saturday_before - timedelta(days=1)
    own_entries.put(_dan(), _thing("Training", start=saturday_before), weeks=3)
    rows = own_entries.between([_dan().id], saturday_before, saturday_before + timedelta(days=30))
    assert [f"{row.start.astimezone(ZONE):%b %d %H:%M}" for row in rows] == [
        "Oct 24 09:00",
        "Oct 31 09:00",
        "Nov 07 09:00",
    ]
    assert _busy() == 3
    assert own_entries.take_out(rows[1], and_later=True) == rows[1:]
    assert _busy() == 1


def test_appointment_that_stands_already_is_for_a_person(shop: Shop) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, own_entries

    _only_dan()
    bookings.book(shop.customer().token, FRIDAY_9)
    for _ in range(2):
        own_entries.put(_dan(), _thing("School run"))
    asked = list(models.Todo.objects.filter(key__startswith="clash:").values_list("title", flat=True))
    assert asked == ["Dan has something else in the calendar at the time of this appointment."]
    assert shop.calendar() == [("booked", "Dan", "Fri 09:00")]


def test_two_people_do_not_overwrite_each_other(shop: Shop) -> None:
    from answerback.workflow import built_in, own_entries

    own_entries.put(_dan(), _thing("School run"))
    (row,) = own_entries.between([_dan().id], FRIDAY_9, FRIDAY_9 + HOUR)
    seen = built_in.version(row)
    own_entries.change(row, _thing("School run", hours=3), seen)
    with pytest.raises(own_entries.NotPossible, match="Somebody changed it meanwhile"):
        own_entries.change(row, _thing("Dentist"), seen)
    (row,) = own_entries.between([_dan().id], FRIDAY_9, FRIDAY_9 + HOUR)
    assert (row.title, row.end - row.start) == ("School run", 3 * HOUR)


def test_feed_shows_it_beside_the_appointments(shop: Shop) -> None:
    from answerback.workflow import feeds, own_entries

    own_entries.put(_dan(), _thing("School run"))
    own_entries.put(_dan(), _thing("Birthday", free=True))
    answer = feeds.read(feeds.make(_dan().id))
    assert answer is not None
    events = Calendar.from_ical(answer.text.decode()).walk("VEVENT")
    shown = [(str(each["summary"]), str(each["transp"]), each.start.astimezone(ZONE)) for each in events]
    assert shown == [("School run", "OPAQUE", FRIDAY_9), ("Birthday", "TRANSPARENT", FRIDAY_9)]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": ""}, "Write what it is"),
        ({"hours": -1}, "It ends before it begins"),
        ({"hours": 24 * 32}, "longer than a month"),
        ({"start": FRIDAY_9 - timedelta(days=30)}, "That time is over"),
    ],
)
def test_what_cannot_be_says_why(shop: Shop, change: dict[str, object], says: str) -> None:
    from answerback.workflow import own_entries

    with pytest.raises(own_entries.NotPossible, match=says):
        own_entries.put(_dan(), _thing(**{"title": "School run"} | change))
    assert _busy() == 0


def _thing(title: str, *, start: datetime = FRIDAY_9, hours: int = 1, free: bool = False) -> Thing:
    from answerback.workflow.own_entries import Thing

    return Thing(title=title, start=start, end=start + hours * HOUR, free=free)


def _dan() -> models.Member:
    from answerback.store import models

    return models.Member.objects.select_related("business").get(name="Dan")


def _only_dan() -> None:
    from answerback.store import models

    models.Member.objects.filter(name="Eva").update(role="desk")


def _busy() -> int:
    from answerback.store import models

    return models.Busy.objects.count()


def _starts(token: str) -> list[str]:
    from answerback.workflow import bookings

    return [f"{start:%a %H:%M}" for day in bookings.offered(token).days for start in day.starts if start >= FRIDAY_9]
