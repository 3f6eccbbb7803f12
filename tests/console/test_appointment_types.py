"""Appointment types: the owner changes what an appointment needs and sees the openings that gives, or why not."""

import re
from typing import Any

from django.test import Client

from answerback.store import models


def _page(client: Client, **asked: str) -> str:
    return client.get("/diary/types", asked).content.decode()


def test_what_is_saved_shows_in_the_openings(shop: Any, alice: Client) -> None:
    shop.member("Dan", "technician")
    assert "12:00 PM" in _page(alice, service="toilet")
    alice.post("/diary/types/save", {"service": "toilet", "minutes": "30", "lead_minutes": "0", "active": "yes"})
    assert "10:30 AM" in _page(alice, service="toilet")
    row = models.AppointmentType.objects.get()
    assert (row.service, row.minutes, row.lead_minutes, row.members, row.active) == ("toilet", 30, 0, [], True)


def test_why_a_time_is_not_offered(shop: Any, alice: Client) -> None:
    shop.member("Dan", "technician")
    assert "The business is closed" in _page(alice, service="toilet", at="2026-03-12T21:00")
    assert "begin every 1 hour from 8:00 AM" in _page(alice, service="toilet", at="2026-03-12T09:10")
    assert "This time is offered." in _page(alice, service="toilet", at="2026-03-12T09:00")


def test_bad_numbers_are_named(shop: Any, alice: Client) -> None:
    answer = alice.post("/diary/types/save", {"service": "toilet", "minutes": "a lot"}, follow=True)
    assert "Minutes it takes: write a number from 5 to 720" in answer.content.decode()
    assert not models.AppointmentType.objects.exists()


def test_only_who_is_in_charge_changes_it(shop: Any, bob: Client) -> None:
    assert bob.post("/diary/types/save", {"service": "toilet", "minutes": "30"}).status_code == 404
    assert bob.get("/diary/types").status_code == 200
    assert not models.AppointmentType.objects.exists()


def _grey(page: str) -> dict[str, str]:
    """What the empty fields say holds."""
    return dict(re.findall(r'name="(\w+)" inputmode="numeric" value="" placeholder="(\d+)"', page))


def test_what_is_left_empty_shows_the_number_that_holds(shop: Any, alice: Client) -> None:
    """Eight empty fields said nothing of what customers are offered."""
    of_all = {"before": "0", "after": "0", "lead_minutes": "120", "horizon_days": "14"}
    assert _grey(_page(alice, service="toilet")) == of_all | {"minutes": "60", "step": "60"}
    assert _grey(_page(alice)) == of_all  # each service has its own length
    alice.post("/diary/types/save", {"service": "toilet", "minutes": "30", "lead_minutes": "0", "active": "yes"})
    left = {name: of_all[name] for name in ("horizon_days",)}
    assert _grey(_page(alice, service="toilet")) == left | {"step": "30"}
