"""Booking from the conversation: what is offered, held and confirmed is what every other booking is made of."""

from typing import Any

import pytest
from django.test import Client

from answerback.store import models


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
    refused = bob.post(f"/c/{maria.id}/book", asked, follow=True).content.decode()
    assert "Write the address" in refused
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
    again = bob.post(f"/c/{maria.id}/book", asked | {"address": "1 Mill Road"}, follow=True).content.decode()
    assert f"This customer has appointment {row.id} already." in again


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
    held = bob.post(f"/c/{maria.id}/hold", asked)
    assert 'id="toasts" class="toasts" role="status" hx-swap-oob="true"' in held.content.decode()
    for act in ("let-go", "book"):
        page = bob.post(f"/c/{maria.id}/{act}", asked, follow=True)
        bob.post("/undo", {"undo": list(page.context["messages"])[-1].extra_tags})
        assert [row.status for row in models.Appointment.objects.exclude(status="cancelled")] == ["held"]
    bob.post("/undo", {"undo": list(held.context["messages"])[-1].extra_tags})
    assert not models.Appointment.objects.exclude(status="cancelled").exists()
