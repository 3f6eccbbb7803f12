"""People: how they come in, what they may do afterwards, how they leave, and what is written down about it."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from answerback.store import models
from answerback.store.roles import ACTS, MATRIX, ROLES, SECOND_STEP, may
from answerback.workflow import clock, once, people

INVITED = {"name": "Luis", "email": "Luis@Example.com", "role": "desk", "phone": "(512) 555-0191"}
PASSWORD = "plenty of water heaters"


def _invite(alice: Client, **changed: str) -> str:
    """The address of the join link the page shows."""
    page = alice.post("/people/invite", {**INVITED, **changed}).content.decode()
    found = re.search(r">http://testserver(/join/[^<]+)</textarea>", page)
    assert found, page
    return found[1]


def _audit() -> list[tuple[str, str, str, str]]:
    return list(models.AuditEntry.objects.order_by("id").values_list("name", "act", "what", "seen_as"))


def test_a_link_lets_one_person_in_once(alice: Client) -> None:
    address = _invite(alice)
    guest = Client()
    assert "Join Rivera Plumbing" in guest.get(address).content.decode()
    assert guest.post(address, {"name": "Luis Ortega", "password": PASSWORD})["Location"] == "/"
    seat = guest.get("/").context["seat"]
    assert (seat.name, seat.role, seat.business_name) == ("Luis Ortega", "desk", "Rivera Plumbing")
    assert Client().get(address).status_code == 404
    assert models.Member.objects.get(name="Luis Ortega").phone == "+15125550191"
    assert guest.get("/people").status_code == 404


def test_a_phone_without_a_country_is_from_where_the_business_is(alice: Client) -> None:
    models.Business.objects.filter(name="Rivera Plumbing").update(phone="+442079460100")
    _invite(alice, phone="020 7946 0958")
    assert models.Member.objects.get(name="Luis").phone == "+442079460958"


def test_whoever_was_entered_without_an_address_is_given_a_sign_in(shop: Any, alice: Client) -> None:
    luis = models.Member.objects.create(business=shop.business, name="Luis", role="desk")
    assert f'id="email-{luis.id}"' in alice.get("/people").content.decode()
    for email, status in (
        ("nowhere", 409),
        ("Alice@example.com", 409),
        ("Luis@Example.com", 200),
        ("l@x.example", 409),
    ):
        answer = alice.post(f"/people/{luis.id}/link", {"email": email})
        assert (email, answer.status_code) == (email, status)
        if status == 200:
            page = answer.content.decode()
    found = re.search(r">http://testserver(/join/[^<]+)</textarea>", page)
    assert found is not None
    guest = Client()
    guest.post(found[1], {"name": "Luis", "password": PASSWORD})
    assert (guest.get("/").context["seat"].member, models.Member.objects.get(id=luis.id).email) == (
        luis.id,
        "luis@example.com",
    )


@pytest.mark.parametrize("password", ["short", "password123", "12345678901", "luis@example.com"])
def test_a_weak_password_is_refused_and_loses_nothing(alice: Client, password: str) -> None:
    address = _invite(alice)
    answer = Client().post(address, {"name": "Luis", "password": password})
    assert answer.status_code == 409
    assert 'value="Luis"' in answer.content.decode()
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize(
    ("told", "field"),
    [({"name": " "}, "name"), ({"email": "luis@x"}, "email"), ({"email": "bob@example.com"}, "email"),
     ({"phone": "12"}, "phone"), ({"phone": "+15125550100"}, "phone")],
)  # fmt: skip
def test_who_invites_is_told_which_field_is_wrong(alice: Client, shop: Any, told: dict[str, str], field: str) -> None:
    models.Line.objects.filter(id=shop.line.id).update(number="+15125550100")
    models.Member.objects.filter(name="Bob").update(email="bob@example.com")
    answer = alice.post(
        "/people/invite", {"name": "Luis", "email": "l@example.com", "role": "desk", "phone": "", **told}
    )
    assert (answer.status_code, f'data-beside="i-{field}"' in answer.content.decode()) == (409, True)


def test_an_old_link_does_not_work(alice: Client) -> None:
    address = _invite(alice)
    at = clock.now() + timedelta(days=7)
    with clock.using(lambda: at):
        assert Client().get(address).status_code == 404


def test_a_new_link_replaces_the_old_one(alice: Client) -> None:
    address = _invite(alice)
    member = models.Member.objects.get(name="Luis")
    assert alice.post(f"/people/{member.id}/link").status_code == 200
    assert Client().get(address).status_code == 404


def test_who_has_an_account_accepts_with_it_and_nobody_else_can(alice: Client, charlie: Client) -> None:
    address = _invite(alice, email="charlie@example.com", role="manager")
    assert Client().post(address, {"password": PASSWORD}).status_code == 409
    assert alice.post(address).status_code == 409
    assert charlie.post(address)["Location"] == "/"
    assert charlie.get("/").context["seat"].business_name == "Rivera Plumbing"


def test_the_last_owner_stays(alice: Client, shop: Any) -> None:
    her = models.Member.objects.get(name="Alice")
    assert alice.post(f"/people/{her.id}/change", {"role": "desk"}).status_code == 409
    assert alice.post(f"/people/{her.id}/let-go").status_code == 409
    bob = models.Member.objects.get(name="Bob")
    alice.post(f"/people/{bob.id}/change", {"role": "owner"})
    assert alice.post(f"/people/{her.id}/change", {"role": "desk"}).status_code == 302


def test_who_is_let_go_is_out_at_once(alice: Client, bob: Client) -> None:
    member = models.Member.objects.get(name="Bob")
    assert bob.get("/").status_code == 200
    alice.post(f"/people/{member.id}/let-go")
    assert bob.get("/").status_code == 403
    assert [person.name for person in alice.get("/people").context["people"]] == ["Alice"]


def test_what_was_looked_at_taken_out_and_changed_is_written_down(alice: Client, bob: Client, shop: Any) -> None:
    talk = shop.conversation(131)
    bob.get(f"/c/{talk.id}")
    bob.get(f"/c/{talk.id}/live?v=older")
    bob.post(f"/c/{talk.id}/take-over")
    alice.get("/reports/table.csv")
    assert _audit() == [
        ("Bob", "view", "console:conversation", ""),
        ("Bob", "edit", "console:take_over", ""),
        ("Alice", "export", "console:reports:table", ""),
    ]
    page = alice.get("/history?act=view").content.decode()
    assert (page.count("<li><svg"), f'href="/c/{talk.id}"' in page) == (1, True)
    assert bob.get("/history").status_code == 404


def test_an_entry_says_whose_and_which_with_a_link(alice: Client, bob: Client, shop: Any) -> None:
    named, nameless = shop.conversation(131, name="Maria Lopez"), shop.conversation(132)
    todo, her = shop.todo(named), models.Member.objects.get(name="Bob")
    alice.get(f"/c/{named.id}")
    alice.get(f"/c/{nameless.id}")
    alice.post(f"/todos/{todo.id}/close", {"outcome": "done"})
    alice.post(f"/people/{her.id}/change", {"role": "manager", "name": "Bob"})
    alice.get(f"/contacts/{nameless.contact_id}/everything")
    alice.post(f"/c/{named.id}/mark", {"status": "abc"})
    alice.post(f"/c/{named.id}/correct", {"came": "abc"})
    alice.post("/undo", {"undo": "abc"})
    shown = [(entry.says, entry.about, entry.href) for entry in alice.get("/history").context["entries"]]
    assert shown == [
        ("Saw a conversation", "Maria Lopez", f"/c/{named.id}"),  # what the refused mark answered with
        ("Took data out: Everything about a contact", "(512) 555-0132", f"/contacts/{nameless.contact_id}"),
        ("Changed somebody's role or name", "Bob", "/people"),
        ("Closed a to-do", "Maria Lopez", f"/c/{named.id}"),
        ("Saw a conversation", "(512) 555-0132", f"/c/{nameless.id}"),
        ("Saw a conversation", "Maria Lopez", f"/c/{named.id}"),
    ]
    assert f'<a href="/c/{named.id}">Maria Lopez</a>' in alice.get("/history").content.decode()


def test_moving_leads_and_taking_it_back_say_which(alice: Client, shop: Any) -> None:
    talks = [shop.conversation(last, name=f"Ann {last}") for last in (131, 132)]
    alice.post("/leads/move", {"lead": [str(talk.id) for talk in talks], "status": "lost", "reason": "price"})
    page = alice.get("/leads")
    undo = re.search(r'name="undo" value="([^"]+)"', page.content.decode())
    assert undo
    alice.post("/undo", {"undo": undo[1]})
    said = [(entry.says, entry.about) for entry in alice.get("/history?act=edit").context["entries"]]
    assert sorted(said) == sorted(
        (says, f"Ann {last}") for says in ("Moved leads", "Took something back") for last in (131, 132)
    )


def test_a_part_of_a_conversation_is_a_view_of_it(bob: Client, shop: Any) -> None:
    talk = shop.conversation(131)
    shop.text(talk, "t1", "customer", "My drain", "received")
    bob.get(f"/c/{talk.id}/live")
    bob.get(f"/c/{talk.id}/live?v=older")
    bob.post(f"/c/{talk.id}/plain", {"body": "Hello"})
    models.Suppression.objects.create(
        business=shop.business, number=talk.contact.number, at=talk.opened_at, evidence="They texted STOP."
    )
    assert bob.post(f"/c/{talk.id}/reply", {"body": "Hello"}).status_code == 409
    assert _audit() == [("Bob", "view", "console:conversation", "")] * 3


def test_an_audit_entry_is_never_edited(alice: Client, shop: Any) -> None:
    alice.get(f"/c/{shop.conversation(131).id}")
    with pytest.raises(Exception, match="never edited"):
        models.AuditEntry.objects.update(name="Bob")


def test_seeing_as_somebody_else_is_looking_only(alice: Client, shop: Any) -> None:
    talk, bob = shop.conversation(131), models.Member.objects.get(name="Bob")
    alice.post(f"/people/{bob.id}/see-as")
    page = alice.get("/")
    assert (page.context["seat"].name, page.context["sees_as"]) == ("Bob", "Bob")
    assert alice.get("/people").status_code == 404
    assert alice.post(f"/c/{talk.id}/take-over").status_code == 403
    assert models.Conversation.objects.get(id=talk.id).held_by is None
    alice.get(f"/c/{talk.id}")
    alice.post("/see-as-myself")
    assert alice.get("/").context["seat"].name == "Alice"
    assert _audit() == [
        ("Alice", "see_as", "console:see_as", "Bob"),
        ("Alice", "view", "console:inbox", "Bob"),
        ("Alice", "view", "console:conversation", "Bob"),
        ("Alice", "see_as", "console:see_as_myself", "Bob"),
        ("Alice", "view", "console:inbox", ""),
    ]


def test_nobody_sees_as_who_left_or_as_an_agencys_admin(shop: Any, alice: Client) -> None:
    """Neither has a button; the address took them, and showed the links to the agency's pages."""
    bob, admin = models.Member.objects.get(name="Bob"), shop.member("Kim", "agency")
    people.let_go(bob)
    assert [alice.post(f"/people/{each.id}/see-as").status_code for each in (bob, admin)] == [404, 404]
    assert alice.get("/").context["sees_as"] == ""


def test_an_act_that_arrives_twice_is_done_once(bob: Client, shop: Any) -> None:
    todo = shop.todo(shop.conversation(131))
    told = {"outcome": "done", "once": "a-key"}
    first, second = (bob.post(f"/todos/{todo.id}/close", told) for _ in range(2))
    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, second["Location"])
    assert [act for _, act, _, _ in _audit()] == ["edit"]


def test_a_key_is_ones_own_and_a_failed_act_may_be_tried_again(alice: Client, bob: Client, shop: Any) -> None:
    talk = shop.conversation(131)
    assert bob.post("/todos/0/close", {"outcome": "done", "once": "k"}).status_code == 404
    for client in (bob, alice):
        assert client.post(f"/c/{talk.id}/take-over", {"once": "k"}).status_code == 302
    assert models.ActOnce.objects.count() == 2


def test_an_act_that_is_being_done_is_not_begun_again(bob: Client, shop: Any) -> None:
    user = models.User.objects.get(email="bob@example.com")

    def act() -> tuple[str, bool]:
        with pytest.raises(once.BeingDone):
            once.done(user.id, "k", lambda: ("", True))
        return "/there", True

    assert once.done(user.id, "k", act) == ("/there", True)
    assert once.done(user.id, "k", act) == ("/there", False)


@pytest.mark.django_db(transaction=True)
def test_a_second_press_waits_for_what_the_first_comes_to(bob: Client, shop: Any) -> None:
    user = models.User.objects.get(email="bob@example.com")
    begun, waits = Event(), Event()

    def first() -> tuple[str, bool]:
        begun.set()
        assert waits.wait(30)
        return "/there", True

    def press() -> tuple[str, bool]:
        try:
            return once.done(user.id, "k", first, patience=timedelta(seconds=30))
        finally:
            connection.close()

    with ThreadPoolExecutor() as people:
        one = people.submit(press)
        assert begun.wait(30)
        two = people.submit(press)
        with pytest.raises(once.BeingDone):
            once.done(user.id, "k", first)
        waits.set()
        assert (one.result(), two.result()) == (("/there", True), ("/there", False))


def test_the_matrix_is_whole() -> None:
    assert (MATRIX.keys(), {role for roles in MATRIX.values() for role in roles}) == (ACTS.keys(), ROLES.keys())
    assert {"owner", "agency"} <= SECOND_STEP
    assert not may("ghost", "work")


def test_who_has_left_is_in_no_list_and_has_nothing_in_hand(alice: Client, shop: Any) -> None:
    bob = models.Member.objects.get(name="Bob")
    talk = shop.conversation(131)
    alice.post(f"/c/{talk.id}/assign", {"member": bob.id})
    models.Lead.objects.filter(conversation=talk).update(owner=bob)
    alice.post(f"/people/{bob.id}/let-go")
    assert models.Conversation.objects.get(id=talk.id).assigned_to is None
    assert models.Lead.objects.get(conversation=talk).owner is None
    offering = (f"/c/{talk.id}", "/leads", "/appointment-types", "/calendars/")
    assert [address for address in offering if ">Bob<" in alice.get(address).content.decode()] == []
    alice.post(f"/c/{talk.id}/assign", {"member": bob.id})
    assert models.Conversation.objects.get(id=talk.id).assigned_to is None


def test_nobody_is_asked_to_go_on_with_what_is_over(alice: Client, bob: Client, shop: Any) -> None:
    """What somebody held who leaves is others' to go on with, except where the lead was won, lost or not for us."""
    for last, status in ((131, "contacted"), (132, "won"), (133, "lost"), (134, "not_served")):
        bob.post(f"/c/{shop.conversation(last, name=status, status=status).id}/take-over")
    alice.post(f"/people/{models.Member.objects.get(name='Bob').id}/let-go")
    asked = models.Todo.objects.filter(title="Bob has left: go on with this customer")
    assert [todo.conversation.contact.name for todo in asked] == ["contacted"]
    assert not models.Conversation.objects.exclude(held_by=None).exists()


def test_what_is_refused_of_who_has_no_form_for_it_any_more_is_said_once(shop: Any, alice: Client) -> None:
    """Who asked for a new link for somebody who had joined meanwhile saw the page again, and no word of why."""
    joined, kim = models.Member.objects.get(name="Bob"), shop.member("Kim", "agency")
    for address, told, says in (
        (f"/people/{joined.id}/link", {}, "Bob can sign in already"),
        (f"/people/{joined.id}/link", {"email": "bob2@example.com"}, "Bob has an e-mail address to sign in with"),
        (f"/people/{kim.id}/change", {"role": "desk"}, "An agency's admins are looked after on the agency's page."),
    ):
        answer = alice.post(address, told)
        assert (answer.status_code, html.unescape(answer.content.decode()).count(says)) == (409, 1)
