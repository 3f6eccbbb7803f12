"""The booking page beside the plain case: deposits, another time, a file for the calendar, what the owner set."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from answerback.store import models

ZONE = ZoneInfo("America/Chicago")
THURSDAY_9 = datetime(2026, 3, 12, 9, tzinfo=ZONE)


@pytest.fixture
def client() -> Client:
    return Client(enforce_csrf_checks=True)


def test_deposit_has_to_be_known_of(shop: Any, client: Client) -> None:
    models.AppointmentType.objects.create(business=shop.business, service="toilet", deposit=5000)
    maria = shop.customer()
    assert "deposit of $50 is due" in client.get(f"/b/{maria.token}").content.decode()
    refused = client.post(f"/b/{maria.token}", {"start": THURSDAY_9.isoformat()})
    assert (refused.status_code, shop.calendar()) == (400, [])
    client.post(f"/b/{maria.token}", {"start": THURSDAY_9.isoformat(), "deposit": "yes"})
    assert shop.calendar() == [("booked", "Dan", "Thu 09:00")]


def test_another_time_and_the_old_one_is_free_again(shop: Any, client: Client) -> None:
    maria = shop.customer(1)
    client.post(f"/b/{maria.token}", {"start": THURSDAY_9.isoformat()})
    page = client.get(f"/b/{maria.token}?move=1").content.decode()
    assert "Thursday, March 12, 9:00 AM" in page
    later = THURSDAY_9 + timedelta(hours=5)
    client.post(f"/b/{maria.token}", {"start": later.isoformat(), "move": "1"})
    assert shop.calendar() == [("booked", "Dan", "Thu 14:00")]
    assert maria.events() == ["AppointmentBooked", "AppointmentMoved"]
    client.post(f"/b/{maria.token}", {"start": (THURSDAY_9 + timedelta(minutes=7)).isoformat(), "move": "1"})
    assert shop.calendar() == [("booked", "Dan", "Thu 14:00")]


def test_file_for_the_calendar(shop: Any, client: Client) -> None:
    maria = shop.customer()
    assert client.get(f"/b/{maria.token}/appointment.ics").status_code == 410
    client.post(f"/b/{maria.token}", {"start": THURSDAY_9.isoformat()})
    answer = client.get(f"/b/{maria.token}/appointment.ics")
    lines = answer.content.decode().split("\r\n")
    assert answer["Content-Type"].startswith("text/calendar")
    assert {"DTSTART:20260312T140000Z", "DTEND:20260312T150000Z", "SUMMARY:Toilet repair\\, Rivera Plumbing"} <= {
        *lines
    }


def test_email_is_kept_for_an_invitation_and_must_be_one(shop: Any, client: Client) -> None:
    maria = shop.customer()
    bad = client.post(f"/b/{maria.token}", {"start": THURSDAY_9.isoformat(), "email": "maria at home"})
    assert (bad.status_code, shop.calendar()) == (400, [])
    client.post(f"/b/{maria.token}", {"start": THURSDAY_9.isoformat(), "email": "maria@example.com"})
    assert models.Contact.objects.get(id=maria.conversation.contact_id).email == "maria@example.com"


def _thursday(shop: Any) -> list[str]:
    from answerback.workflow import bookings

    days = bookings.offered(shop.customer(77).token).days
    models.Conversation.objects.filter(contact__number="+15125550077").delete()
    models.Contact.objects.filter(number="+15125550077").delete()
    return [f"{start:%H:%M}" for day in days if day.day == THURSDAY_9.date() for start in day.starts]


def test_hours_skills_and_chairs_of_the_calendar_are_kept(shop: Any) -> None:
    models.Member.objects.filter(name="Dan").update(hours=[[3, "09:00", "12:00"]])
    models.Member.objects.filter(name="Eva").update(bookable=False)
    assert _thursday(shop) == ["09:00", "10:00", "11:00"]
    chair = models.Resource.objects.create(business=shop.business, kind="truck", name="Truck 1")
    kind = models.AppointmentType.objects.create(
        business=shop.business, service="toilet", minutes=30, after=30, needs="truck", lead_minutes=0
    )
    assert _thursday(shop) == ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
    models.AppointmentType.objects.filter(id=kind.id).update(members=[models.Member.objects.get(name="Olga").id])
    assert _thursday(shop) == []
    models.AppointmentType.objects.filter(id=kind.id).update(members=[])
    models.Resource.objects.filter(id=chair.id).update(active=False)
    assert _thursday(shop) == []
