"""Booking from the conversation: what is offered, held and confirmed is what every other booking is made of."""

import html
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from answerback.console.moments import weekday_and_time
from answerback.store import models
from answerback.workflow import clock


@pytest.fixture
def maria(shop: Any) -> models.Conversation:
    shop.member("Miguel", "technician")
    found: models.Conversation = shop.conversation(131, name="Maria", phase="human")
    return found


def _first(client: Client, talk: models.Conversation, service: str = "drain") -> str:
    days = client.get(f"/c/{talk.id}/openings?service={service}").context["days"]
    return str(days[0][1][0][0])


def test_time_is_held_and_then_booked(shop: Any, maria: models.Conversation, bob: Client, now: Any) -> None:
    start = _first(bob, maria)
    held = bob.post(f"/c/{maria.id}/hold", {"service": "drain", "start": start}).context
    row = models.Appointment.objects.get()
    assert (row.status, row.service, held["openings"].standing.id) == ("held", "drain", row.id)
    asked = {"service": "drain", "start": start, "name": "Maria Lopez"}
    refused = bob.post(f"/c/{maria.id}/book", asked)
    page = refused.content.decode()
    assert (refused.status_code, "Write the address" in page, 'value="Maria Lopez"' in page) == (409, True, True)
    assert re.findall(r'data-beside="([^"]*)"', page) == ["address"]
    done = bob.post(f"/c/{maria.id}/book", asked | {"address": "1 Mill Road"}, follow=True)
    row = models.Appointment.objects.exclude(status="cancelled").get()
    assert (row.status, row.name, row.address, row.during.lower.isoformat()) == (
        "booked",
        "Maria Lopez",
        "1 Mill Road",
        row.during.lower.isoformat(),
    )
    assert "Booked for" in done.content.decode()
    event = models.Event.objects.get(kind="AppointmentBooked")
    assert (event.body["by"], event.body["appointment"]) == ("staff", str(row.id))
    assert bob.get(f"/c/{maria.id}/openings").context["booked"]
    twice = bob.post(f"/c/{maria.id}/book", asked | {"address": "1 Mill Road"})  # a second press of the button
    assert (twice.status_code, models.Appointment.objects.exclude(status="cancelled").count()) == (302, 1)
    another = (row.during.lower + timedelta(hours=1)).isoformat()
    again = bob.post(f"/c/{maria.id}/book", asked | {"start": another, "address": "1 Mill Road"}).content.decode()
    assert f"This customer has appointment {row.id} already." in again


def test_a_held_time_is_in_sight_when_one_comes_back_to_the_conversation(
    maria: models.Conversation, bob: Client, now: Any
) -> None:
    """It stood in a folded part, and the times to tap were gone: nobody could tell that it waits to be booked."""
    start = datetime.fromisoformat(_first(bob, maria))
    assert 'id="book-fold">' in bob.get(f"/c/{maria.id}").content.decode()
    bob.post(f"/c/{maria.id}/hold", {"service": "drain", "start": start.isoformat()})
    page = bob.get(f"/c/{maria.id}").content.decode()
    assert ['id="book-fold" open>' in page, f"Held: {weekday_and_time(start, now)}</a>" in page] == [True, True]
    with clock.using(lambda: now + timedelta(minutes=11)):
        over = bob.get(f"/c/{maria.id}").content.decode()
    assert ['id="book-fold">' in over, "Held:" in over] == [True, False]


def test_held_time_is_given_free_and_nobody_else_is_offered_it_meanwhile(
    shop: Any, maria: models.Conversation, bob: Client
) -> None:
    start, other = _first(bob, maria), shop.conversation(132, name="Sam", phase="human")
    bob.post(f"/c/{maria.id}/hold", {"service": "drain", "start": start})
    assert _first(bob, other) != start
    taken = bob.post(f"/c/{other.id}/hold", {"service": "drain", "start": start}).context["problem"]
    assert taken == "Somebody else has this time by now. Choose another one."
    bob.post(f"/c/{maria.id}/let-go")
    assert _first(bob, other) == start


def test_a_time_that_was_sold_meanwhile_keeps_what_was_typed_and_offers_others(
    shop: Any, maria: models.Conversation, bob: Client, now: Any
) -> None:
    start = _first(bob, maria)
    bob.post(f"/c/{maria.id}/hold", {"service": "drain", "start": start})
    models.Appointment.objects.update(hold_until=now - timedelta(minutes=1))
    other = shop.conversation(132, name="Sam", phase="human")
    bob.post(f"/c/{other.id}/book", {"service": "drain", "start": start, "name": "Sam", "address": "2 Hill Road"})
    typed = {"service": "drain", "start": start, "name": "Maria Lopez", "address": "1 Mill Road"}
    for by_script in ({}, {"HX-Request": "true"}):
        answer = bob.post(f"/c/{maria.id}/book", typed, headers=by_script)
        page = html.unescape(answer.content.decode())
        assert (answer.status_code, "Somebody else has this time by now. Choose another one." in page) == (409, True)
        assert ('name="name" value="Maria Lopez"' in page, 'name="address" value="1 Mill Road"' in page) == (True, True)
        assert start not in re.findall(r'name="start" value="([^"]*)"', page)
    (free, *_others) = re.findall(r'name="start" value="([^"]*)"', page)
    held = bob.post(f"/c/{maria.id}/hold", typed | {"start": free}).content.decode()
    assert ('value="Maria Lopez"' in held, 'value="1 Mill Road"' in held) == (True, True)


def test_by_the_pages_script_a_booking_leads_back_to_the_conversation(maria: models.Conversation, bob: Client) -> None:
    asked = {"service": "drain", "start": _first(bob, maria), "name": "Maria", "address": "1 Mill Road"}
    answer = bob.post(f"/c/{maria.id}/book", asked, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/c/{maria.id}")


def test_conversation_that_is_over_books_nothing(maria: models.Conversation, bob: Client, now: Any) -> None:
    start = _first(bob, maria)
    models.Conversation.objects.update(ended_at=now)
    assert "Take it over first" in bob.get(f"/c/{maria.id}/openings").content.decode()
    assert "Take it over first" in bob.post(f"/c/{maria.id}/book", {"start": start}, follow=True).content.decode()
    assert not models.Appointment.objects.exists()


def test_services_are_named_in_the_readers_language(maria: models.Conversation, bob: Client) -> None:
    english = dict(bob.get(f"/c/{maria.id}/openings").context["services"])
    models.User.objects.update(language="es")
    spanish = dict(bob.get(f"/c/{maria.id}/openings", headers={"Accept-Language": "es"}).context["services"])
    assert (english["drain"], spanish["drain"]) == ("Drain cleaning", "Destape de drenajes")


def test_a_slip_of_the_hand_is_taken_back_on_the_toast(maria: models.Conversation, bob: Client) -> None:
    asked = {"service": "drain", "start": _first(bob, maria), "name": "Maria", "address": "1 Mill Road"}
    held = bob.post(f"/c/{maria.id}/hold", asked, headers={"HX-Request": "true"})
    assert 'id="toasts" class="toasts" role="status" hx-swap-oob="true"' in held.content.decode()
    for act in ("let-go", "book"):
        page = bob.post(f"/c/{maria.id}/{act}", asked, follow=True)
        bob.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
        assert [row.status for row in models.Appointment.objects.exclude(status="cancelled")] == ["held"]
    bob.post("/undo", {"undo": list(held.context["messages"])[-1].extra_tags})
    assert not models.Appointment.objects.exclude(status="cancelled").exists()


def test_a_refused_booking_is_a_look_at_its_conversation(maria: models.Conversation, bob: Client) -> None:
    """What it answers with is the page with what the customer wrote."""
    for act in ("book", "hold"):
        bob.post(f"/c/{maria.id}/{act}", {"start": "soon"})
        looks = models.AuditEntry.objects.filter(act="view", what="console:conversation", subject=maria.id)
        assert looks.count() == 1
