"""What a colleague saves in the very moment somebody saves is the colleague's: no undo of somebody else takes it back."""

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


def _meanwhile(client: Client, address: str, given: dict[str, str], says: str) -> Any:
    """The answer to a form that was read while a colleague saved, and had to wait for them."""

    def post() -> Any:
        try:
            return client.post(address, given, follow=True)
        finally:
            connection.close()

    with _colleague() as other, ThreadPoolExecutor() as people:
        other.execute(says)  # type: ignore[arg-type]
        answer = people.submit(post)
        for _ in range(200):
            if _waits(other):
                break
            time.sleep(0.02)
        other.commit()
        return answer.result()


@pytest.mark.parametrize(
    ("address", "given", "says", "query", "saved", "after"),
    [
        (
            "/settings/rules/save",
            {"texts_per_day": "5"},
            """UPDATE business SET settings = '{"unanswered_per_day": 3}' WHERE phone = '+15125550100'""",
            "SELECT settings::text FROM business WHERE phone = '+15125550100'",
            '{"texts_per_day": 5, "unanswered_per_day": 3}',
            '{"unanswered_per_day": 3}',
        ),
        (
            "/settings/business",
            NAMED | {"name": "Rivera & Sons"},
            "UPDATE business SET hours = '[]' WHERE phone = '+15125550100'",
            "SELECT name, hours::text FROM business WHERE phone = '+15125550100'",
            ("Rivera & Sons", "[]"),
            ("Rivera Plumbing", "[]"),
        ),
    ],
)
def test_what_a_colleague_saved_meanwhile_is_theirs(
    shop: Any, alice: Client, address: str, given: dict[str, str], says: str, query: str, saved: Any, after: Any
) -> None:
    page = _meanwhile(alice, address, given, says)
    assert _row(query) == saved
    (toast,) = [each.extra_tags for each in page.context["messages"]]
    done = alice.post("/undo", {"undo": toast}, follow=True)
    assert [str(each) for each in done.context["messages"]] == ["Taken back."]
    assert _row(query) == after


def _row(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchone()
    return found if len(found) > 1 else found[0]


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
