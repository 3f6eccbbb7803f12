"""An undo takes back one's own act and never what a colleague did after it; pressed again it changes nothing more."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.console.conftest import signed_in

from answerback.store import models

SINCE = "Somebody has changed this since, so it stays as it is. Look at the page again."
TAKEN = "Somebody else has taken this conversation since, so it stays with them."

TALK = "SELECT assigned_to_id, snoozed_until, done_at FROM conversation"
LEAD = "SELECT owner_id, own_step, own_step_at, value_cents FROM lead"
CONTACT = "SELECT name, email FROM contact"
SNIPPETS = "SELECT name, body FROM snippet WHERE removed_at IS NULL"
VIEWS = "SELECT name, query FROM saved_view"
WAYS = "SELECT rings, relays FROM member ORDER BY id"

ACTS: tuple[tuple[tuple[str, dict[str, str]], tuple[str, dict[str, str]], str], ...] = (
    (("/c/{talk}/assign", {"member": "{bob}"}), ("/c/{talk}/assign", {"member": "{alice}"}), TALK),
    (("/c/{talk}/snooze", {"until": "1h"}), ("/c/{talk}/snooze", {"until": "3h"}), TALK),
    (("/c/{talk}/done", {}), ("/c/{talk}/open-again", {}), TALK),
    (
        ("/c/{talk}/plan", {"step": "Send the offer"}),
        ("/c/{talk}/plan", {"step": "Call again"}),
        LEAD,
    ),
    (("/contacts/{contact}/name", {"name": "Mary"}), ("/contacts/{contact}/name", {"name": "Marie"}), CONTACT),
    (
        ("/snippets/save", {"name": "way", "body": "Left"}),
        ("/snippets/save", {"name": "way", "body": "Right"}),
        SNIPPETS,
    ),
    (
        ("/leads/views/save", {"name": "hot", "query": "late=1"}),
        ("/leads/views/save", {"name": "hot", "query": "a=1"}),
        VIEWS,
    ),
    (("/on-call/people/{bob}", {"rings": "yes"}), ("/on-call/people/{bob}", {"relays": "yes"}), WAYS),
)
"""What Alice does, what a colleague does after her, and where it stands."""


@pytest.mark.parametrize("act", ACTS, ids=[each[0][0] for each in ACTS])
def test_what_a_colleague_did_since_stays(shop: Any, alice: Client, bob: Client, act: Any) -> None:
    hers, theirs, query = act
    ids = _ids(shop)
    models.Member.objects.filter(id=ids["bob"]).update(role="manager")
    toast = _did(alice, hers, ids)
    _did(bob, theirs, ids)
    stands = _rows(query)
    assert _pressed(alice, toast) == SINCE
    assert _rows(query) == stands


@pytest.mark.parametrize(("hers", "query"), [(each[0], each[2]) for each in ACTS], ids=[each[0][0] for each in ACTS])
def test_an_undo_that_is_pressed_twice_does_nothing_more(shop: Any, alice: Client, hers: Any, query: str) -> None:
    ids = _ids(shop)
    before = _rows(query)
    toast = _did(alice, hers, ids)
    assert _rows(query) != before
    assert _pressed(alice, toast) == "Taken back."
    assert _rows(query) == before
    assert _pressed(alice, toast) == SINCE
    assert _rows(query) == before


@pytest.mark.parametrize(
    ("kept", "removed", "query"),
    [
        (("/snippets/save", {"name": "way", "body": "Left"}), "/snippets/{id}/remove", SNIPPETS),
        (("/leads/views/save", {"name": "hot", "query": "late=1"}), "/leads/views/{id}/remove", VIEWS),
    ],
)
def test_what_was_written_anew_under_the_same_name_stays(
    alice: Client, bob: Client, kept: Any, removed: str, query: str
) -> None:
    """What Bob had written under the name since was overwritten by what Alice had removed."""
    toast = _did(alice, kept, {})
    kind = models.Snippet if "snippets" in removed else models.SavedView
    row = kind.objects.get()
    toast = _did(alice, (removed, {}), {"id": row.id})
    address, given = kept
    _did(bob, (address, {name: f"{value}1" if name != "name" else value for name, value in given.items()}), {})
    stands = _rows(query)
    says = "Something else stands on it, or in its place, by now. It stays as it is: look at the page again."
    assert _pressed(alice, toast) == says
    assert _rows(query) == stands


def test_a_conversation_that_a_colleague_has_taken_since_stays_with_them(shop: Any, alice: Client, bob: Client) -> None:
    """Alice handed it back, Bob took it: her undo took it from him."""
    ids = _ids(shop)
    _did(alice, ("/c/{talk}/take-over", {}), ids)
    toast = _did(alice, ("/c/{talk}/hand-back", {}), ids)
    _did(bob, ("/c/{talk}/take-over", {}), ids)
    assert _pressed(alice, toast) == TAKEN
    assert models.Conversation.objects.get().held_by_id == ids["bob"]


def test_what_was_taken_from_a_colleague_is_not_given_to_them_once_a_third_has_it(
    shop: Any, alice: Client, bob: Client
) -> None:
    ids = _ids(shop)
    shop.member("Sam", "desk")
    _did(bob, ("/c/{talk}/take-over", {}), ids)
    toast = _did(alice, ("/c/{talk}/take-over", {}), ids)
    _did(signed_in("sam@example.com"), ("/c/{talk}/take-over", {}), ids)
    assert _pressed(alice, toast) == TAKEN
    assert models.Conversation.objects.get().held_by.name == "Sam"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("hers", "theirs"),
    [
        ([(0, "take-over"), (0, "hand-back")], [(1, "take-over"), (1, "hand-back")]),  # with the machine, as it was
        ([(1, "take-over"), (0, "take-over")], [(2, "take-over"), (0, "take-over")]),  # with Alice, as it was
        ([(0, "take-over")], [(1, "take-over"), (0, "take-over")]),
        ([(0, "take-over")], [(1, "take-over"), (1, "hand-back"), (0, "take-over")]),
    ],
)
def test_a_conversation_that_a_colleague_had_in_between_stays_as_it_is(
    shop: Any, alice: Client, bob: Client, hers: Any, theirs: Any
) -> None:
    """Only who has it by now was compared, and what had come of it since was taken back with it."""
    ids = _ids(shop)
    shop.member("Sam", "desk")
    people = (alice, bob, signed_in("sam@example.com"))
    toast = [_did(people[who], (f"/c/{{talk}}/{act}", {}), ids) for who, act in hers][-1]
    for who, act in theirs:
        _did(people[who], (f"/c/{{talk}}/{act}", {}), ids)
    stands = _rows(f"{TALK.replace('SELECT', 'SELECT held_by_id, phase,')}")
    assert _pressed(alice, toast) == TAKEN
    assert _rows(f"{TALK.replace('SELECT', 'SELECT held_by_id, phase,')}") == stands


def test_ones_own_moves_in_between_keep_no_undo_from_being_done(shop: Any, alice: Client) -> None:
    ids = _ids(shop)
    toast = _did(alice, ("/c/{talk}/take-over", {}), ids)
    _did(alice, ("/c/{talk}/hand-back", {}), ids)
    _did(alice, ("/c/{talk}/take-over", {}), ids)
    assert _pressed(alice, toast) == "Taken back."
    assert models.Conversation.objects.get().held_by_id is None


def test_a_lead_that_a_colleague_gave_the_same_member_since_stays_theirs(shop: Any, alice: Client, bob: Client) -> None:
    ids = _ids(shop)
    models.Member.objects.filter(id=ids["bob"]).update(role="manager")
    toast = _did(alice, ("/leads/move", {"lead": "{talk}", "owner": "{bob}"}), ids)
    _did(bob, ("/leads/move", {"lead": "{talk}", "owner": "{alice}"}), ids)
    _did(bob, ("/leads/move", {"lead": "{talk}", "owner": "{bob}"}), ids)
    _pressed(alice, toast)
    assert models.Lead.objects.get().owner_id == ids["bob"]


@pytest.mark.parametrize(
    ("hers", "query"),
    [
        (("/contacts/{contact}/name", {"name": "", "email": ""}), "SELECT name, email FROM contact"),
        (("/contacts/{contact}/people/remove", {"person": "{person}"}), "SELECT name, note FROM contact_person"),
    ],
)
def test_nothing_of_somebody_who_was_erased_since_is_had_back(shop: Any, alice: Client, hers: Any, query: str) -> None:
    """The name somebody had taken out stood there again, and so did whoever called from their number too."""
    ids = _ids(shop)
    contact = models.Contact.objects.get(id=ids["contact"])
    person = models.ContactPerson.objects.create(
        business=shop.business, contact=contact, name="Ann", note="her sister", added_at=shop.business.created_at
    )
    toast = _did(alice, hers, ids | {"person": person.id})
    alice.post(f"/contacts/{contact.id}/erase", {"digits": contact.number[-4:]}, follow=True)
    stands = _rows(query)
    assert _pressed(alice, toast) == SINCE
    assert _rows(query) == stands


def test_the_name_of_somebody_who_is_shown_as_another_by_now_stays(shop: Any, alice: Client) -> None:
    ids = _ids(shop)
    toast = _did(alice, ("/contacts/{contact}/name", {"name": "Mary"}), ids)
    other = shop.conversation(60, name="Mary").contact_id
    models.Contact.objects.filter(id=ids["contact"]).update(merged_into=other)
    assert _pressed(alice, toast) == SINCE
    assert models.Contact.objects.get(id=ids["contact"]).name == "Mary"


def test_the_words_of_a_snippet_that_was_removed_since_stay(alice: Client, bob: Client) -> None:
    """The page said "Taken back.", and nothing was."""
    _did(alice, ("/snippets/save", {"name": "way", "body": "Left"}), {})
    toast = _did(alice, ("/snippets/save", {"name": "way", "body": "Right"}), {})
    _did(bob, ("/snippets/{id}/remove", {}), {"id": models.Snippet.objects.get().id})
    assert _pressed(alice, toast) == SINCE
    assert models.Snippet.objects.get().body == "Right"


def test_a_conversation_is_not_given_back_to_somebody_who_has_left_since(shop: Any, alice: Client, bob: Client) -> None:
    ids = _ids(shop)
    _did(bob, ("/c/{talk}/take-over", {}), ids)
    toast = _did(alice, ("/c/{talk}/take-over", {}), ids)
    models.Member.objects.filter(id=ids["bob"]).update(left_at=shop.business.created_at)
    assert _pressed(alice, toast) == "There is no such person in this business. Choose one of the list."
    assert models.Conversation.objects.get().held_by_id == ids["alice"]


def _ids(shop: Any) -> dict[str, int]:
    talk = shop.conversation(131, name="Maria")
    members = dict(models.Member.objects.filter(business=shop.business).values_list("name", "id"))
    models.Member.objects.filter(name="Bob").update(phone="+15125550191", confirmed="+15125550191")
    return {"talk": talk.id, "contact": talk.contact_id, "alice": members["Alice"], "bob": members["Bob"]}


def _did(client: Client, act: tuple[str, dict[str, str]], ids: dict[str, int]) -> str:
    """The undo of this act."""
    address, given = act
    sent = {name: value.format(**ids) for name, value in given.items()}
    page = client.post(address.format(**ids), sent, follow=True)
    said = [(str(each), each.extra_tags) for each in page.context["messages"]]
    assert [bool(undo) for _words, undo in said] == [True], said
    return str(said[0][1])


def _pressed(client: Client, toast: str) -> str:
    (says,) = client.post("/undo", {"undo": toast}, follow=True).context["messages"]
    return str(says)


def _rows(query: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
