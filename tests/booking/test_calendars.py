"""Members' calendars elsewhere, on a real CalDAV server: bookings go out, busy times come in, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from answerback.adapters import guard
from answerback.testing.calendar_server import CalendarServer

if TYPE_CHECKING:
    from tests.booking.conftest import Moment, Shop

FRIDAY_9 = datetime(2026, 3, 13, 14, 0, tzinfo=UTC)  # 9 AM in Chicago
STAMP = "DTSTAMP:20260301T000000Z\nSUMMARY:Nobody's business"


@pytest.fixture
def server() -> Iterator[CalendarServer]:
    with guard.allowing("127.0.0.1"), CalendarServer() as running:
        yield running


@pytest.fixture
def calendar(shop: Shop, server: CalendarServer) -> int:
    """Dan's; Eva, the other technician, is made somebody who cannot be booked."""
    from answerback.store import models
    from answerback.workflow import busy_times, calendars

    models.Member.objects.filter(name="Eva").update(role="desk")
    dan = models.Member.objects.get(name="Dan")
    connected = calendars.connect(dan.id, "caldav", server.settings())
    assert busy_times.read(connected)
    return connected


def test_booking_stands_in_the_calendar(shop: Shop, server: CalendarServer, calendar: int) -> None:
    from answerback.workflow import bookings, entries

    token = shop.customer().token
    bookings.book(token, FRIDAY_9)
    assert _waiting() == [("", 0)]
    assert entries.write_due() == 1
    assert _waiting() == []
    text = server.get(_key())
    assert "DTSTART:20260313T140000Z" in text
    assert "SUMMARY:Toilet: Maria" in text
    assert "LOCATION:12 Elm St" in text
    bookings.cancel(token)
    assert entries.write_due() == 1
    assert server.get(_key()) == ""
    assert entries.write_due() == 0


def test_task_is_deferred_with_the_booking(shop: Shop, calendar: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one transaction: no booking without it, and none of it without the booking."""
    from answerback.workflow import bell, bookings

    before = _tasks()
    customer = shop.customer()

    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(bell, "ring", break_down)
        with pytest.raises(ZeroDivisionError):
            bookings.book(customer.token, FRIDAY_9)
    assert (_tasks(), shop.calendar()) == (before, [])
    bookings.book(customer.token, FRIDAY_9)
    assert _tasks() == [*before, ("answerback.calendar", {"calendar": calendar})]


def test_task_brings_the_calendar_up_to_date(shop: Shop, server: CalendarServer, calendar: int, moment: Moment) -> None:
    from answerback.workflow import bookings, tasks

    bookings.book(shop.customer().token, FRIDAY_9)
    server.put("dentist", f"UID:dentist\n{STAMP}\nDTSTART:20260313T160000Z\nDTEND:20260313T170000Z")
    moment.after(minutes=6)
    tasks.calendar(calendar)
    assert _waiting() == []
    assert _busy() == [("2026-03-13T16:00:00+00:00", "2026-03-13T17:00:00+00:00")]
    tasks.calendars(0)
    assert _tasks()[-1] == ("answerback.calendar", {"calendar": calendar}), (
        "of the booking; the sweep found nothing due"
    )


def test_calendar_that_is_away_loses_no_booking(
    shop: Shop, server: CalendarServer, calendar: int, moment: Moment
) -> None:
    from answerback.workflow import bookings, entries

    server.away = True
    bookings.book(shop.customer().token, FRIDAY_9)
    assert shop.calendar() == [("booked", "Dan", "Fri 09:00")]
    waits = []
    for _ in range(9):
        assert entries.write_due() == 0
        problem, seconds = _waiting()[0]
        assert problem
        waits.append(seconds)
        moment.now += timedelta(seconds=seconds)
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    server.away = False
    assert entries.write_due() == 1
    assert "DTSTART:20260313T140000Z" in server.get(_key())
    assert _waiting() == []


def test_lost_answer_makes_one_entry(shop: Shop, server: CalendarServer, calendar: int, moment: Moment) -> None:
    from answerback.workflow import bookings, entries

    bookings.book(shop.customer().token, FRIDAY_9)
    server.lose_next = "PUT"
    assert entries.write_due() == 0
    moment.after(minutes=1)
    assert entries.write_due() == 1
    assert server.names() == [f"{_key()}.ics"]


def test_change_while_it_is_written_is_not_forgotten(shop: Shop, server: CalendarServer, calendar: int) -> None:
    from answerback.workflow import bookings, entries

    customer = shop.customer()
    bookings.book(customer.token, FRIDAY_9)

    def cancel(method: str, path: str) -> None:
        from django.db import connection

        bookings.cancel(customer.token)
        connection.close()

    server.before = cancel
    entries.write_due()
    assert server.get(_key()), "the first writing went through"
    assert entries.write_due() == 1
    assert server.get(_key()) == ""


def test_busy_time_that_appears_during_a_hold(
    shop: Shop, server: CalendarServer, calendar: int, moment: Moment
) -> None:
    """The hold asks for a fresh reading; whoever confirms after it is offered what is left."""
    from answerback.workflow import bookings, tasks

    moment.after(minutes=1)
    customer = shop.customer(name="")
    with pytest.raises(bookings.Unfinished):
        bookings.book(customer.token, FRIDAY_9)
    server.put("dentist", f"UID:dentist\n{STAMP}\nDTSTART:20260313T143000Z\nDTEND:20260313T153000Z")
    tasks.calendar(calendar)
    with pytest.raises(bookings.Taken) as raised:
        bookings.book(customer.token, FRIDAY_9, "Maria")
    friday = next(day for day in raised.value.offer.days if f"{day.day}" == "2026-03-13")
    assert [f"{start:%H:%M}" for start in friday.starts][:2] == ["08:00", "11:00"]
    server.delete("dentist")


def test_hold_asks_for_a_fresh_reading(shop: Shop, calendar: int, moment: Moment) -> None:
    from answerback.workflow import bookings

    before = _tasks()
    bookings.hold(shop.customer().token, FRIDAY_9)
    assert _tasks() == before, "it was read just now"
    moment.after(minutes=2)
    bookings.hold(shop.customer(132).token, FRIDAY_9 + timedelta(hours=2))
    assert _tasks() == [*before, ("answerback.calendar", {"calendar": calendar})]


def test_moved_and_deleted_entries_are_for_a_person(
    shop: Shop, server: CalendarServer, calendar: int, moment: Moment
) -> None:
    from answerback.workflow import bookings, busy_times, entries

    bookings.book(shop.customer().token, FRIDAY_9)
    entries.write_due()
    assert busy_times.read(calendar)
    assert (_todos(), _busy()) == ([], []), "our own entry is no busy time"
    server.change(_key(), "DTEND:20260313T150000Z", "DTEND:20260313T180000Z")
    server.change(_key(), "DTSTART:20260313T140000Z", "DTSTART:20260313T170000Z")
    moved = (
        "Dan's CalDAV (Nextcloud, iCloud, Fastmail, ...): Maria, Fri Mar 13 9:00 AM was moved to Fri Mar 13 12:00 PM. "
        "The customer does not know. Move or cancel it here if that is right."
    )
    for _ in range(2):
        busy_times.read(calendar)
        assert _todos() == [moved]
    assert _busy() == [("2026-03-13T17:00:00+00:00", "2026-03-13T18:00:00+00:00")], "both times are kept free"
    assert shop.calendar() == [("booked", "Dan", "Fri 09:00")]
    server.delete(_key())
    busy_times.read(calendar)
    assert len(_todos()) == 2
    assert "was deleted" in _todos()[1]
    assert _busy() == []


def test_what_the_customer_agreed_to_since_is_the_later_word(
    shop: Shop, server: CalendarServer, calendar: int, moment: Moment
) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, entries

    bookings.book(shop.customer().token, FRIDAY_9)
    entries.write_due()
    server.change(_key(), "DTEND:20260313T150000Z", "DTEND:20260313T180000Z")
    models.Appointment.objects.update(address="14 Elm St", updated_at=moment.now)
    assert entries.write_due() == 0, "its owner changed it: what they did is read first"
    assert entries.write_due() == 1
    assert "DTEND:20260313T150000Z" in server.get(_key())
    assert "LOCATION:14 Elm St" in server.get(_key())


def test_appointment_at_a_time_that_became_busy_is_told_once(
    shop: Shop, server: CalendarServer, calendar: int, moment: Moment
) -> None:
    from answerback.workflow import bookings, busy_times, entries

    bookings.book(shop.customer().token, FRIDAY_9)
    entries.write_due()
    server.put("dentist", f"UID:dentist\n{STAMP}\nDTSTART:20260313T143000Z\nDTEND:20260313T153000Z")
    busy_times.read(calendar)
    moment.after(days=1, hours=2)
    busy_times.read(calendar)
    assert _todos() == [
        "Dan is now busy elsewhere (CalDAV (Nextcloud, iCloud, Fastmail, ...)) at the time of this appointment."
    ]


def test_window_moves_on_and_heals(shop: Shop, server: CalendarServer, calendar: int, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import busy_times

    server.put("standup", f"UID:standup\n{STAMP}\nDTSTART:20260312T150000Z\nDTEND:20260312T153000Z\nRRULE:FREQ=DAILY")
    busy_times.read(calendar)
    last = _busy()[-1]
    models.Busy.objects.filter(key__endswith="#3").delete()
    busy_times.read(calendar)
    assert len(_busy()) == 117
    moment.after(days=1, hours=2)
    busy_times.read(calendar)
    assert _busy()[-1] > last
    assert len(_busy()) == 120


def test_lost_permission_waits_for_a_person(shop: Shop, server: CalendarServer, calendar: int, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, busy_times, calendars, entries, tasks

    calendars.change(calendar, {**server.settings(), "password": "old"})
    bookings.book(shop.customer().token, FRIDAY_9)
    assert not busy_times.read(calendar)
    row = models.OutsideCalendar.objects.get(id=calendar)
    assert row.sign_in_needed
    assert "does not accept" in row.problem
    assert "old" not in row.problem
    calendars.change(calendar, server.settings())
    tasks.calendar(calendar)
    row.refresh_from_db()
    assert (row.problem, row.sign_in_needed) == ("", False)
    assert _waiting() == []
    assert entries.write_due() == 0


def test_new_calendar_gets_what_is_still_to_come(shop: Shop, server: CalendarServer, calendar: int) -> None:
    from answerback.store import models
    from answerback.workflow import bookings, calendars, tasks

    bookings.book(shop.customer().token, FRIDAY_9)
    server.put("lunch", f"UID:lunch\n{STAMP}\nDTSTART:20260312T170000Z\nDTEND:20260312T180000Z")
    tasks.calendar(calendar)
    calendars.try_now(calendar)
    tasks.calendar(calendar)
    assert len(_busy()) == 1
    calendars.disconnect(calendar)
    assert (_busy(), _waiting(), models.Entry.objects.count()) == ([], [], 0)
    assert shop.calendar() == [("booked", "Dan", "Fri 09:00")]
    dan = models.Member.objects.get(name="Dan")
    tasks.calendar(calendars.connect(dan.id, "caldav", server.settings()))
    assert len([name for name in server.names() if name.startswith("ab")]) == 2


def test_secrets_are_sealed_and_never_shown(shop: Shop, server: CalendarServer, calendar: int) -> None:
    from answerback.store import models
    from answerback.workflow import calendars

    row = models.OutsideCalendar.objects.get(id=calendar)
    assert server.settings()["password"].encode() not in bytes(row.sealed)
    assert set(calendars.shown(row)) == {"url", "username", "calendar"}


def _waiting() -> list[tuple[str, int]]:
    """Entries that are due: the problem, and in how many seconds."""
    from answerback.store import models
    from answerback.workflow import clock

    rows = models.Entry.objects.filter(due_at__isnull=False).order_by("id")
    return [(row.problem, round((row.due_at - clock.now()).total_seconds())) for row in rows if row.due_at]


def _key() -> str:
    from answerback.store import models

    return models.Entry.objects.get().key


def _busy() -> list[tuple[str, str]]:
    from answerback.store import models

    rows = models.Busy.objects.order_by("during")
    return [(row.during.lower.isoformat(), row.during.upper.isoformat()) for row in rows]


def _todos() -> list[str]:
    from answerback.store import models

    return list(models.Todo.objects.filter(kind="review").order_by("id").values_list("title", flat=True))


def _tasks() -> list[tuple[str, dict[str, int]]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, args FROM procrastinate_jobs WHERE task_name = 'answerback.calendar' ORDER BY id"
        )
        import json

        return [(name, args if isinstance(args, dict) else json.loads(args)) for name, args in cursor.fetchall()]
