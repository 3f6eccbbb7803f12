"""What a colleague saves in the very moment somebody saves is theirs: no undo of somebody else takes it back."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from answerback.store import models

PATIENCE = 60
NAMED = {"phone": "(512) 555-0100", "zone": "America/Chicago", "language": "en", "currency": "USD"}


@contextmanager
def _colleague() -> Iterator[psycopg.Connection]:
    """Somebody who saves in a process of their own."""
    with psycopg.connect(connection.connection.info.dsn, password=connection.connection.info.password) as other:
        yield other


def _waits(other: psycopg.Connection) -> bool:
    """Does anybody wait for what the colleague has not committed yet?"""
    me = other.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [me])
        return bool(cursor.fetchone()[0])


def _await(other: psycopg.Connection) -> None:
    """Until somebody waits for the colleague."""
    until = time.monotonic() + PATIENCE
    while not _waits(other):
        assert time.monotonic() < until, "nobody waited for the colleague"
        time.sleep(0.02)


def _meanwhile(client: Client, address: str, given: dict[str, str], says: str) -> Any:
    """The answer to a form that was read while a colleague saved, and had to wait for them."""

    def post() -> Any:
        try:
            return client.post(address, given, follow=True)
        finally:
            connection.close()

    with ThreadPoolExecutor() as people, _colleague() as other:  # who waits for the colleague goes on when they end
        other.execute(says)
        answer = people.submit(post)
        _await(other)
        other.commit()
        return answer.result()


@pytest.mark.parametrize(
    ("form", "says", "query", "stands"),
    [
        (
            ("/settings/rules/save", {"texts_per_day": "5"}),
            """UPDATE business SET settings = '{"unanswered_per_day": 3}' WHERE phone = '+15125550100'""",
            "SELECT settings::text FROM business WHERE phone = '+15125550100'",
            [('{"texts_per_day": 5, "unanswered_per_day": 3}',), ('{"unanswered_per_day": 3}',)],
        ),
        (
            ("/settings/business", NAMED | {"name": "Rivera & Sons"}),
            "UPDATE business SET hours = '[]' WHERE phone = '+15125550100'",
            "SELECT name, hours::text FROM business WHERE phone = '+15125550100'",
            [("Rivera & Sons", "[]"), ("Rivera Plumbing", "[]")],
        ),
    ],
)
def test_what_a_colleague_saved_meanwhile_is_theirs(
    alice: Client, form: tuple[str, dict[str, str]], says: str, query: str, stands: list[Any]
) -> None:
    page = _meanwhile(alice, *form, says)
    assert _row(query) == stands[0]
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    done = alice.post("/undo", {"undo": toast}, follow=True)
    assert [str(each) for each in done.context["messages"]] == ["Taken back."]
    assert _row(query) == stands[1]


def test_what_a_colleague_made_under_the_same_name_meanwhile_is_had_back(shop: Any, alice: Client) -> None:
    """It counted as made by this form: its undo took it out."""
    page = _meanwhile(
        alice,
        "/snippets/save",
        {"name": "way", "body": "Right"},
        "INSERT INTO snippet (business_id, name, body, created_at) "
        f"VALUES ({shop.business.id}, 'way', 'Left', '2026-01-01Z')",
    )
    query = "SELECT name, body FROM snippet WHERE removed_at IS NULL"
    assert _row(query) == ("way", "Right")
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    alice.post("/undo", {"undo": toast}, follow=True)
    assert _row(query) == ("way", "Left")


def test_a_role_that_a_colleague_gave_meanwhile_stays(shop: Any, alice: Client) -> None:
    """Who only wrote the phone gave back the role they had seen."""
    bob = models.Member.objects.get(business=shop.business, name="Bob")
    assert bob.role == "desk"
    _meanwhile(
        alice,
        f"/people/{bob.id}/change",
        {"role": "desk", "phone": "(512) 555-0191"},
        f"UPDATE member SET role = 'manager' WHERE id = {bob.id}",
    )
    assert _row(f"SELECT role, phone FROM member WHERE id = {bob.id}") == ("manager", "+15125550191")


def _row(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()


def test_what_a_colleague_took_out_meanwhile_is_no_fault(shop: Any, alice: Client) -> None:
    place = models.Location.objects.create(business=shop.business, name="North").id
    connection.ensure_connection()
    answer = _meanwhile(
        alice,
        f"/settings/locations/{place}/change",
        {"name": "South", "zone": "", "address": ""},
        f"DELETE FROM location WHERE id = {place}",
    )
    assert answer.status_code == 404


def test_a_text_waits_for_who_is_handed_the_conversation_in_that_second(shop: Any, alice: Client, bob: Client) -> None:
    """What the page was told of who has it is compared in the transaction that writes the text."""
    maria = shop.conversation(131, name="Maria", phase="human")
    alice.post(f"/c/{maria.id}/reply", {"body": "I am on it"})
    first = models.Conversation.objects.get(id=maria.id).held_by_id
    shop.member("Sam", "desk")
    sam = models.Member.objects.get(business=shop.business, name="Sam").id
    answer = _meanwhile(
        bob,
        f"/c/{maria.id}/reply",
        {"body": "So am I", "sure": str(first)},
        f"UPDATE conversation SET held_by_id = {sam} WHERE id = {maria.id}",
    )
    assert answer.status_code == 409
    assert f'name="sure" value="{sam}"' in answer.content.decode()
    assert list(maria.messages.filter(author="staff").values_list("body", flat=True)) == ["I am on it"]
