"""The on-call page and the to-do list: how each is woken, who is dialled, and that our own people are no customers."""

import re
from typing import Any

import pytest
from django.test import Client

from answerback.store import models
from answerback.workflow import desk, drills


def said(client: Client, address: str) -> list[str]:
    return [str(message) for message in client.get(address).context["messages"]]


def test_how_each_is_woken_is_kept_and_shown(shop: Any, alice: Client, bob: Client) -> None:
    luis = models.Member.objects.get(name="Bob")
    models.Member.objects.filter(id=luis.id).update(phone="+15125550191", confirmed="+15125550191")
    alice.post(f"/on-call/people/{luis.id}", {"rings": "yes"})
    luis.refresh_from_db()
    assert (luis.rings, luis.relays) == (True, False)
    shown = alice.get("/on-call").content.decode()
    assert shown.count('name="rings" value="yes" checked') == 1
    alice.post(f"/on-call/people/{luis.id}", {"relays": "yes"})
    luis.refresh_from_db()
    assert (luis.rings, luis.relays) == (False, True)
    assert bob.post(f"/on-call/people/{luis.id}", {"rings": "yes"}).status_code == 404
    luis.refresh_from_db()
    assert luis.rings is False


def test_a_callback_is_dialled_from_the_list_of_to_dos(shop: Any, alice: Client) -> None:
    todo = shop.todo(shop.conversation(131, name="Maria"))
    button = f'id="connect-{todo.id}"'
    assert button not in alice.get("/todos").content.decode()  # nobody can ring a member without a phone
    models.Member.objects.filter(name="Alice").update(phone="+15125550190", confirmed="+15125550190")
    assert button in alice.get("/todos").content.decode()
    answer = alice.post(f"/c/{todo.conversation_id}/connect", {"back": "todos"})
    assert answer["Location"] == "/todos"
    assert said(alice, "/todos") == ["Your phone rings in a moment. Press 1 to be connected."]
    assert list(models.OurCall.objects.values_list("stage", "to", "customer")) == [
        ("bridge", "+15125550190", "+15125550131")
    ]


def test_our_own_people_are_in_no_list(shop: Any, alice: Client) -> None:
    code = drills.start(shop.business.id)
    assert models.Contact.objects.get(business=shop.business).name == "Our own people"
    for address in ("/contacts", "/contacts?q=own+people", "/inbox?tab=all", "/inbox", "/leads"):
        assert "Our own people" not in alice.get(address).content.decode(), address
    assert f"{code}" in alice.get("/on-call").content.decode()
    assert desk.may_be_rung(alice_at(shop)) is False


def alice_at(shop: Any) -> Any:
    from answerback.workflow.actors import Actor

    return Actor(member=models.Member.objects.get(business=shop.business, name="Alice").id, name="Alice")


def test_nobody_is_on_call_until_the_year_9999(shop: Any, alice: Client) -> None:
    """In another zone that is the year 10000, which the database driver cannot read: every page and turn stopped."""
    luis = models.Member.objects.filter(business=shop.business).first()
    assert luis is not None
    told = {"member": luis.id, "starts_at": "2026-03-10T18:00", "ends_at": "9999-12-31T23:59"}
    page = alice.post("/on-call/overrides/add", told, follow=True)
    assert (page.status_code, "between 2000 and 2100" in page.content.decode()) == (409, True)
    assert alice.get("/diary?day=9999-12-31").status_code == 200
    assert alice.get("/diary?day=0001-01-01").status_code == 200


def test_somebody_else_for_once_may_be_for_one_place_and_service(shop: Any, alice: Client) -> None:
    """The form had neither, though programs could say both: an override was for every place."""
    bob = models.Member.objects.get(name="Bob")
    models.Member.objects.filter(id=bob.id).update(phone="+15125550191", confirmed="+15125550191")
    north = models.Location.objects.create(business=shop.business, name="North side")
    page = alice.get("/on-call").content.decode()
    form = next(each for each in page.split("<form") if 'action="/on-call/overrides/add"' in each)
    assert (form.count('<select name="location">'), form.count('<select name="service">')) == (1, 1)
    told = {"member": bob.id, "location": north.id, "service": "drain", "starts_at": "2026-03-12T18:00"}
    wrong = alice.post("/on-call/overrides/add", {**told, "ends_at": "2026-03-11T18:00"}).content.decode()
    form = next(each for each in wrong.split("<form") if 'action="/on-call/overrides/add"' in each)
    assert f'<option value="{north.id}" selected>' in form
    alice.post("/on-call/overrides/add", {**told, "ends_at": "2026-03-13T18:00"})
    assert list(models.ShiftOverride.objects.values_list("location", "service")) == [(north.id, "drain")]
    assert "North side" in alice.get("/on-call").content.decode().partition('id="once"')[2].partition("<form")[2]


@pytest.mark.parametrize("refused", ["shift", "override"])
def test_of_a_refused_turn_nothing_stands_in_the_other_form(shop: Any, alice: Client, refused: str) -> None:
    """The form of a shift had lost its hours, and had the person and the rung that were meant for once."""
    models.Member.objects.update(phone="+15125550190", confirmed="+15125550190")
    page = alice.post(f"/on-call/{refused}s/add", {"member": "", "start": "", "end": "", "rung": "3"}).content.decode()
    forms = {
        name: re.findall(r'name="(start|end|rung)" [^>]*?value="([^"]*)"', form)
        for name, form in re.findall(r'action="/on-call/(shift|override)s/add"(.*?)</form>', page, re.DOTALL)
    }
    rung = {"shift": "1", "override": "1"} | {refused: "3"}
    hours = [("start", ""), ("end", "")] if refused == "shift" else [("start", "18:00"), ("end", "06:00")]
    assert forms == {
        "shift": [*hours, ("rung", rung["shift"])],
        "override": [("rung", rung["override"])],
    }
