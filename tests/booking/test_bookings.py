"""Booking: what is offered, that a time is sold once, that posting twice books once, what a dead link says."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from answerback.workflow import bookings, links
from answerback.workflow.bookings import Booked, NotOffered, Offer, Taken, Unfinished

ZONE = ZoneInfo("America/Chicago")
THURSDAY_9 = datetime(2026, 3, 12, 9, tzinfo=ZONE)


def _first_day(offer: Offer) -> list[str]:
    return [f"{start:%a %H:%M}" for start in offer.days[0].starts]


def test_offer_holds_what_is_known_and_what_is_free(shop: Any) -> None:
    offer = bookings.offered(shop.customer(name="", address="").token)
    assert (offer.business, offer.phone, offer.service, offer.minutes) == (
        "Rivera Plumbing",
        "+15125550100",
        "Toilet repair",
        60,
    )
    assert offer.answers == (("Urgency", "Soon"), ("Area", "Austin 78704"))
    assert (offer.needs_name, offer.needs_address) == (True, True)
    assert _first_day(offer) == ["Wed 12:00", "Wed 13:00", "Wed 14:00", "Wed 15:00", "Wed 16:00"]
    assert [f"{day.day:%a %d}" for day in offer.days] == [
        "Wed 11",
        "Thu 12",
        "Fri 13",
        "Mon 16",
        "Tue 17",
        "Wed 18",
        "Thu 19",
        "Fri 20",
        "Mon 23",
        "Tue 24",
        "Wed 25",
    ]


def test_booked_time_is_recorded_and_wakes_the_conversation(shop: Any, moment: Any) -> None:
    maria = shop.customer(name="", address="")
    booked = _book(maria.token, THURSDAY_9, name="Maria Lopez", address="12 Elm St")
    assert (booked.starts_at, booked.ends_at) == (THURSDAY_9, THURSDAY_9 + timedelta(hours=1))
    assert (booked.name, booked.address) == ("Maria Lopez", "12 Elm St")
    assert shop.calendar() == [("booked", "Dan", "Thu 09:00")]
    maria.conversation.refresh_from_db()
    assert (maria.conversation.epoch, maria.conversation.wake_at) == (1, moment.now)
    maria.conversation.contact.refresh_from_db()
    assert maria.conversation.contact.name == "Maria Lopez"
    assert bookings.offered(maria.token).booked == booked


def test_booking_and_cancelling_reach_the_customer_in_words(shop: Any) -> None:
    from answerback.store import models
    from answerback.workflow import turn

    def said() -> tuple[str, list[tuple[str, bool]]]:
        turn.run()
        maria.conversation.refresh_from_db()
        texts = models.Message.objects.filter(conversation=maria.conversation, status="queued")
        return maria.conversation.phase, [(text.purpose, "Mar 12, 9:00 AM" in text.body) for text in texts]

    maria = shop.customer()
    _book(maria.token, THURSDAY_9)
    assert said() == ("booked", [("booked", True)])
    assert models.Lead.objects.get(conversation=maria.conversation).status == "booked"
    bookings.cancel(maria.token)
    assert said() == ("offered", [("cancelled", True)])
    assert _book(maria.token, THURSDAY_9).starts_at == THURSDAY_9


def test_who_cancels_and_books_again_is_not_asked_where_they_live_again(shop: Any) -> None:
    from answerback.workflow import turn

    maria = shop.customer(address="")
    _book(maria.token, THURSDAY_9, address="12 Elm St")
    turn.run()
    bookings.cancel(maria.token)
    turn.run()
    offer = bookings.offered(maria.token)
    assert (offer.gave_up, offer.address, offer.needs_address) == (True, "12 Elm St", False)
    assert _book(maria.token, THURSDAY_9).address == "12 Elm St"


def test_same_person_booking_twice_books_once(shop: Any) -> None:
    maria = shop.customer()
    first = _book(maria.token, THURSDAY_9)
    assert _book(maria.token, THURSDAY_9) == first
    assert _book(maria.token, THURSDAY_9 + timedelta(hours=3)) == first
    assert shop.calendar() == [("booked", "Dan", "Thu 09:00")]
    assert maria.events() == ["AppointmentBooked"]


def test_time_of_all_members_taken_offers_the_rest(shop: Any) -> None:
    for last in (1, 2):
        _book(shop.customer(last).token, THURSDAY_9)
    tom = shop.customer(3)
    with pytest.raises(Taken) as refused:
        _book(tom.token, THURSDAY_9)
    assert shop.calendar() == [("booked", "Dan", "Thu 09:00"), ("booked", "Eva", "Thu 09:00")]
    thursday = [f"{start:%H:%M}" for start in refused.value.offer.days[1].starts]
    assert thursday == ["08:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00", "16:00"]
    assert tom.events() == []


@pytest.mark.parametrize(
    "start",
    [
        THURSDAY_9 - timedelta(days=2),  # past
        THURSDAY_9 - timedelta(hours=22),  # too soon
        THURSDAY_9 + timedelta(days=60),  # too far
        THURSDAY_9 + timedelta(minutes=7),  # not a start
        THURSDAY_9 + timedelta(hours=12),  # at night
    ],
)
def test_time_that_was_not_offered_is_refused(shop: Any, start: datetime) -> None:
    with pytest.raises(Taken):
        _book(shop.customer().token, start)
    assert shop.calendar() == []


def test_two_people_at_once_for_the_last_time(shop: Any) -> None:
    _book(shop.customer(1).token, THURSDAY_9)  # Only Eva is left.
    people = [shop.customer(last) for last in (2, 3, 4, 5)]
    results = _at_once([lambda person=person: _book(person.token, THURSDAY_9) for person in people])
    assert sorted(type(result).__name__ for result in results) == ["Booked", "Taken", "Taken", "Taken"]
    assert shop.calendar() == [("booked", "Dan", "Thu 09:00"), ("booked", "Eva", "Thu 09:00")]
    told_yes = [person for person, result in zip(people, results, strict=True) if isinstance(result, Booked)]
    assert [person.events() for person in people].count(["AppointmentBooked"]) == len(told_yes) == 1
    for result in results:
        if isinstance(result, Taken):
            assert THURSDAY_9 not in result.offer.days[1].starts
            assert THURSDAY_9 + timedelta(hours=1) in result.offer.days[1].starts


def test_the_same_person_at_once_from_two_tabs(shop: Any) -> None:
    maria = shop.customer()
    starts = [THURSDAY_9, THURSDAY_9 + timedelta(hours=2)]
    first, second = _at_once([lambda start=start: _book(maria.token, start) for start in starts])
    assert isinstance(first, Booked)
    assert first == second
    assert len(shop.calendar()) == 1
    assert maria.events() == ["AppointmentBooked"]


def test_missing_name_holds_the_time_for_ten_minutes(shop: Any, moment: Any) -> None:
    _book(shop.customer(1).token, THURSDAY_9)
    maria, tom = shop.customer(2, name=""), shop.customer(3)
    with pytest.raises(Unfinished) as unfinished:
        _book(maria.token, THURSDAY_9)
    assert (unfinished.value.offer.held, unfinished.value.offer.needs_name) == (THURSDAY_9, True)
    with pytest.raises(Taken):
        _book(tom.token, THURSDAY_9)
    moment.after(minutes=9)
    assert _book(maria.token, THURSDAY_9, name="Maria").starts_at == THURSDAY_9
    assert shop.calendar()[-1] == ("booked", "Eva", "Thu 09:00")


def test_hold_that_ran_out_frees_the_time(shop: Any, moment: Any) -> None:
    _book(shop.customer(1).token, THURSDAY_9)
    assert bookings.hold(shop.customer(2).token, THURSDAY_9).held == THURSDAY_9
    moment.after(minutes=11)
    assert _book(shop.customer(3).token, THURSDAY_9).starts_at == THURSDAY_9
    assert shop.calendar() == [
        ("booked", "Dan", "Thu 09:00"),
        ("cancelled", "Eva", "Thu 09:00"),
        ("booked", "Eva", "Thu 09:00"),
    ]


def test_hold_that_ran_out_is_in_the_way_of_nobody_at_the_desk(shop: Any, moment: Any) -> None:
    from answerback.store import models
    from answerback.workflow import calendar_desk

    appointment = _book(shop.customer(1).token, THURSDAY_9).appointment
    bookings.hold(shop.customer(2).token, THURSDAY_9)
    eva = models.Member.objects.get(name="Eva").id
    with pytest.raises(calendar_desk.NotPossible):
        calendar_desk.move(appointment, eva, THURSDAY_9)
    moment.after(minutes=11)
    calendar_desk.move(appointment, eva, THURSDAY_9)
    assert sorted(shop.calendar()) == [("booked", "Eva", "Thu 09:00"), ("cancelled", "Eva", "Thu 09:00")]


def test_cancelled_time_is_free_again(shop: Any) -> None:
    maria = shop.customer()
    _book(maria.token, THURSDAY_9)
    bookings.cancel(maria.token)
    bookings.cancel(maria.token)
    assert maria.events() == ["AppointmentBooked", "AppointmentCancelled"]
    assert _book(shop.customer(2).token, THURSDAY_9).starts_at == THURSDAY_9
    assert bookings.offered(maria.token).booked is None


def test_owner_is_booked_where_there_is_no_technician(shop: Any) -> None:
    from answerback.store import models

    models.Member.objects.filter(role="technician").update(role="desk")
    _book(shop.customer().token, THURSDAY_9)
    assert shop.calendar() == [("booked", "Olga", "Thu 09:00")]


def test_link_that_cannot_book_says_why(shop: Any, moment: Any) -> None:
    held, closed, early = (
        shop.customer(1, phase="human"),
        shop.customer(2, phase="closed"),
        shop.customer(3, answers={"service": "toilet"}),
    )
    fresh = shop.customer(4)
    stranger = links.token(999_999, moment.now)
    assert [_why(token) for token in (held.token, closed.token, early.token, stranger, "nonsense", "")] == [
        ("with_a_person", "+15125550100"),
        ("over", "+15125550100"),
        ("over", "+15125550100"),
        ("bad", ""),
        ("bad", ""),
        ("bad", ""),
    ]
    assert _why(fresh.token.swapcase()) == ("bad", "")
    moment.after(days=9)
    assert _why(fresh.token) == ("expired", "+15125550100")


def test_link_of_an_appointment_that_is_over(shop: Any, moment: Any) -> None:
    maria = shop.customer()
    _book(maria.token, THURSDAY_9)
    moment.after(days=2)
    assert _why(maria.token) == ("used", "+15125550100")


def _book(token: str, start: datetime, **known: str) -> Booked:
    return bookings.book(token, start, **known)


def _why(token: str) -> tuple[str, str]:
    with pytest.raises(NotOffered) as problem:
        bookings.offered(token)
    return problem.value.why, problem.value.phone


def _at_once(acts: list[Callable[[], Booked]]) -> list[Booked | Exception]:
    """Do these at the same moment, each on a connection of its own."""
    gate = threading.Barrier(len(acts))
    results: list[Booked | Exception] = [RuntimeError("not run")] * len(acts)

    def run(place: int) -> None:
        connection.ensure_connection()
        gate.wait()
        try:
            results[place] = acts[place]()
        except Exception as problem:  # noqa: BLE001  what was raised is a result here
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results
