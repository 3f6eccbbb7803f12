"""Customers who book on Cal.com: led there with their lead, and the loop closed on it when Cal.com reports."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from answerback.adapters.pages_elsewhere import signature

if TYPE_CHECKING:
    from tests.booking.conftest import Customer, Moment, Shop

SECRET = "a-webhook-secret-of-a-test"
FRIDAY_9 = datetime(2026, 3, 13, 14, 0, tzinfo=UTC)


@pytest.fixture
def page(shop: Shop) -> int:
    from answerback.store import models
    from answerback.workflow import outside_bookings

    given = {"page": "https://cal.com/rivera/visit", "secret": SECRET}
    assert [finding.ok for finding in outside_bookings.use(shop.business.id, "calcom", given)] == [True]
    models.Member.objects.filter(name="Dan").update(email="dan@example.com")
    return models.BookingPage.objects.get().id


def test_link_leads_to_the_page_with_the_lead_on_it(shop: Shop, page: int) -> None:
    customer = shop.customer()
    answer = Client().get(f"/b/{customer.token}")
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer["Location"]).query)
    assert (query["name"], query["attendeePhoneNumber"]) == (["Maria"], ["+15125550131"])
    assert customer.token not in answer["Location"], "what opens our page stays with us"
    closed = shop.customer(132, phase="human")
    assert Client().get(f"/b/{closed.token}").status_code == 409, "who may not book here may not book there"


def test_booking_there_is_an_appointment_here(shop: Shop, page: int, moment: Moment) -> None:
    from answerback.store import models

    customer = shop.customer(name="")
    assert _report(page, "BOOKING_CREATED", customer) == 200
    assert shop.calendar() == [("booked", "Dan", "Fri 09:00")]
    assert customer.events() == ["AppointmentBooked"]
    event = models.Event.objects.get(kind="AppointmentBooked")
    assert event.body["by"] == "outside"
    contact = models.Contact.objects.get()
    assert (contact.name, contact.email) == ("Maria", "maria@example.com")
    shown = Client().get(f"/b/{customer.token}")
    assert (shown.status_code, "9:00 AM" in shown.content.decode()) == (200, True)
    assert _report(page, "BOOKING_CREATED", customer) == 200
    assert customer.events() == ["AppointmentBooked"], "told twice, booked once"


def test_move_and_cancel_are_followed_and_an_old_word_undoes_nothing(shop: Shop, page: int, moment: Moment) -> None:
    customer = shop.customer()
    _report(page, "BOOKING_CREATED", customer, minutes=0)
    moved = {"uid": "two", "rescheduleUid": "one", "metadata": {}, "startTime": "2026-03-13T16:00:00Z"}
    _report(page, "BOOKING_RESCHEDULED", customer, minutes=1, endTime="2026-03-13T17:00:00Z", **moved)
    assert shop.calendar() == [("cancelled", "Dan", "Fri 09:00"), ("booked", "Dan", "Fri 11:00")]
    _report(page, "BOOKING_CREATED", customer, minutes=0)
    _report(page, "BOOKING_CANCELLED", customer, minutes=0, uid="two")
    assert [row[0] for row in shop.calendar()] == ["cancelled", "booked"]
    _report(page, "BOOKING_CANCELLED", customer, minutes=2, uid="two")
    assert [row[0] for row in shop.calendar()] == ["cancelled", "cancelled"]
    assert customer.events() == ["AppointmentBooked", "AppointmentBooked", "AppointmentCancelled"]


def test_time_that_somebody_has_is_kept_and_told_to_a_person(shop: Shop, page: int, moment: Moment) -> None:
    from answerback.store import models

    first, second = shop.customer(), shop.customer(132, name="Pat")
    _report(page, "BOOKING_CREATED", first)
    _report(page, "BOOKING_CREATED", second, uid="other")
    assert len(shop.calendar()) == 1
    assert second.events() == ["AppointmentBooked"], "at Cal.com it stands, so the customer is right to come"
    todo = models.Todo.objects.get()
    assert (todo.conversation_id, todo.title[:12]) == (second.conversation.id, "Booked twice")
    _report(page, "BOOKING_CANCELLED", second, uid="other", minutes=5)
    assert second.events() == ["AppointmentBooked", "AppointmentCancelled"]


def test_what_is_changed_here_is_asked_to_be_changed_there(shop: Shop, page: int, moment: Moment) -> None:
    from answerback.store import models
    from answerback.workflow import bookings

    customer = shop.customer()
    _report(page, "BOOKING_CREATED", customer)
    bookings.move(customer.token, FRIDAY_9 + timedelta(hours=2))
    bookings.cancel(customer.token)
    asked = list(models.Todo.objects.order_by("id").values_list("title", flat=True))
    assert asked == ["Cal.com still has this appointment at its old time. Move or cancel it there too."] * 2
    _report(page, "BOOKING_CANCELLED", customer, minutes=5)
    assert (models.Todo.objects.count(), shop.calendar()) == (2, [("cancelled", "Dan", "Fri 11:00")])


def test_lead_is_found_by_phone_where_no_reference_came_back(shop: Shop, page: int, moment: Moment) -> None:
    customer = shop.customer()
    number = {"attendeePhoneNumber": {"value": "(512) 555-0131"}}
    assert _report(page, "BOOKING_CREATED", customer, metadata={}, responses=number) == 200
    assert customer.events() == ["AppointmentBooked"]
    assert _report(page, "BOOKING_CREATED", customer, uid="x", metadata={"answerback": "guessed"}) == 200
    assert len(shop.calendar()) == 1, "nobody we know"


def test_report_of_another_business_reaches_no_lead_of_ours(shop: Shop, page: int, moment: Moment) -> None:
    from tests.booking.conftest import PACK

    from answerback.store import models
    from answerback.workflow import setup

    other = setup.open_business(
        setup.NewBusiness(name="Other", zone="America/Chicago", phone="+12125550100", playbook=PACK)
    )
    models.BookingPage.objects.update(business=other)
    customer = shop.customer()
    assert _report(page, "BOOKING_CREATED", customer) == 200
    assert (shop.calendar(), customer.events()) == ([], [])


def test_what_is_not_signed_is_turned_away(shop: Shop, page: int) -> None:
    from answerback.store import models

    client = Client()
    path = f"/hooks/bookings/{page}"
    assert client.post(path, b"{}", content_type="application/json").status_code == 403
    assert client.get(path).status_code == 405
    assert client.post("/hooks/bookings/999", b"{}", content_type="application/json").status_code == 404
    body = b"{}"
    headers = {"X-Cal-Signature-256": signature(SECRET, body)}
    assert client.post(path, body, content_type="application/json", headers=headers).status_code == 200
    assert [event.kind for event in models.SecurityEvent.objects.all()] == ["forged"]


def test_appointment_made_there_is_not_written_into_the_hosts_calendar(shop: Shop, page: int, moment: Moment) -> None:
    """The page has put it there itself; ours would stand beside it."""
    from answerback.store import models

    dan = models.Member.objects.get(name="Dan")
    models.OutsideCalendar.objects.create(
        business=shop.business, member=dan, provider="caldav", sealed=b"", created_at=moment.now
    )
    _report(page, "BOOKING_CREATED", shop.customer())
    models.Appointment.objects.update(notes="Bring a ladder", updated_at=moment.now)
    assert models.Entry.objects.count() == 0


def _report(page: int, kind: str, customer: Customer, *, minutes: int = 0, **more: Any) -> int:
    from answerback.workflow import clock, links

    payload: dict[str, Any] = {
        "uid": "one",
        "startTime": FRIDAY_9.isoformat(),
        "endTime": (FRIDAY_9 + timedelta(hours=1)).isoformat(),
        "organizer": {"email": "Dan@Example.com"},
        "attendees": [{"name": "Maria", "email": "maria@example.com"}],
        "metadata": {"answerback": links.reference(customer.conversation.id)},
        "status": "ACCEPTED",
        **more,
    }
    at = clock.now() + timedelta(minutes=minutes)
    body = json.dumps({"triggerEvent": kind, "createdAt": at.isoformat(), "payload": payload}).encode()
    headers = {"X-Cal-Signature-256": signature(SECRET, body)}
    return Client().post(f"/hooks/bookings/{page}", body, content_type="application/json", headers=headers).status_code
