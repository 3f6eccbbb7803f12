"""Without days of grace, as an installation is: an owner's first sign-in leads to the second step and nowhere else."""

from typing import Any

import pytest
from django.test import Client
from tests.console.test_second_step import _set_up, _sign_in

from answerback.store import models
from answerback.workflow import people

STEP = "/account/second-step/"
PASSWORD = "a long password"


@pytest.fixture(autouse=True)
def at_once(settings: Any) -> None:
    """No day of grace."""
    settings.SECOND_STEP_DAYS = 0


def test_an_owner_is_led_there_at_the_first_sign_in_and_back_where_they_were_going(shop: Any) -> None:
    client = Client()
    assert client.post("/sign-in?next=/leads", {"email": "alice@example.com", "password": PASSWORD, "next": "/leads"})
    assert client.get("/leads")["Location"] == f"{STEP}?next=%2Fleads"
    assert "One more step, then everything opens" in client.get(f"{STEP}?next=%2Fleads").content.decode()
    _set_up(client)
    assert 'href="/leads">I have kept them: go on' in client.get(f"{STEP}recovery-codes/").content.decode()
    assert client.get("/leads").status_code == 200


def test_a_page_elsewhere_is_none_to_go_on_to(shop: Any) -> None:
    client = Client()
    _sign_in(client)
    client.get(f"{STEP}?next=//evil.example")
    _set_up(client)
    assert 'href="/">I have kept them: go on' in client.get(f"{STEP}recovery-codes/").content.decode()


def test_who_was_signed_in_already_when_it_became_so_is_led_there_too(shop: Any, alice: Client) -> None:
    assert alice.get("/")["Location"] == STEP
    page = alice.get(STEP, HTTP_HOST="localhost").content.decode()
    assert "mfa_webauthn_add" not in page  # who they are is asked first
    assert f'href="{STEP}webauthn/add/"' in page


@pytest.mark.parametrize("role", ["manager", "desk", "technician"])
def test_the_others_come_in_as_before(shop: Any, role: str) -> None:
    shop.member("Kim", role)
    client = Client()
    _sign_in(client, "kim@example.com")
    assert client.get("/").status_code == 200


def test_who_becomes_an_owner_owes_it_from_then_on(shop: Any, bob: Client) -> None:
    assert bob.get("/").status_code == 200
    people.set_role(models.Member.objects.get(name="Bob"), "owner")
    assert bob.get("/")["Location"] == STEP


def test_a_day_that_was_told_holds(shop: Any, settings: Any, now: Any) -> None:
    """An installation that gave days, or gave them before it was upgraded, keeps its word."""
    settings.SECOND_STEP_DAYS = 7
    client = Client()
    _sign_in(client)
    settings.SECOND_STEP_DAYS = 0
    assert client.get("/").status_code == 200


def test_who_sets_a_business_up_does_it_first_and_then_goes_on(now: Any, transactional_db: None) -> None:
    """It came amid the set-up, where the business had just got its name."""
    client = Client()
    token = people.make_first_link("dana@example.com")
    told = {"name": "Dana", "password": "a plumber's long word"}
    assert client.post(f"/join/{token}", told, follow=True).redirect_chain[-1] == (STEP, 302)
    for address in ("/set-up/new", "/"):
        assert client.get(address)["Location"].partition("?")[0] == STEP
    _set_up(client)
    assert client.get("/")["Location"] == "/set-up/new"
    assert client.get("/set-up/new").status_code == 200


def test_its_language_is_chosen_there(now: Any, transactional_db: None) -> None:
    client = Client()
    token = people.make_first_link("dana@example.com")
    client.post(f"/join/{token}", {"name": "Dana", "password": "a plumber's long word"})
    assert client.post(f"{STEP}language", {"language": "es"})["Location"] == STEP
    page = client.get(STEP)
    assert (page.headers["Content-Language"], ">English</button>" in page.content.decode()) == ("es", True)
    client.post(f"{STEP}language", {"language": "xx"})
    assert models.User.objects.get().language == "es"
    _set_up(client)
    assert client.get("/set-up/new").headers["Content-Language"] == "es"


def test_who_lost_the_step_sets_a_new_one_up_at_the_next_sign_in(shop: Any) -> None:
    from answerback.console.accounts import second_step

    client = Client()
    _sign_in(client)
    _set_up(client)
    second_step.take_away(models.User.objects.get(email="alice@example.com").id)
    again = Client()
    _sign_in(again)
    assert again.get("/")["Location"] == STEP
