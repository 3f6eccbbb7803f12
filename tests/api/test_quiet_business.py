"""A business that was quiet for long reads its own texts, not those that others wrote since: by count of blocks."""

import json
from typing import Any

import pytest
from django.db import connection

from answerback.store import models
from answerback.store.queries.told.talk import MESSAGES

OTHERS = 40_000
OWN = 600


@pytest.fixture
def quiet(shop: Any) -> Any:
    """A shop with 600 texts in 60 conversations, and 40,000 of others that came after all of them."""
    talks = [shop.conversation(number) for number in range(100, 160)]
    line, contact = shop.line.id, talks[0].contact_id
    loud = models.Business.objects.create(name="Loud", zone="America/Chicago", created_at=talks[0].opened_at)
    insert = """
    INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class,
                         body, status, epoch, priority, attempt, failure, detail, created_at)
    SELECT %s, (%s::bigint[])[1 + n %% %s], %s, %s, CASE n %% 2 WHEN 0 THEN 'customer' ELSE 'machine' END, '', %s || n,
           '', '', 'words', CASE n %% 2 WHEN 0 THEN 'received' ELSE 'delivered' END, 0, 3, 0, '', '', now()
    FROM generate_series(1, %s) n
    """
    theirs = models.Conversation.objects.filter(id=talks[0].id).values().get()
    del theirs["id"]
    caller = models.Contact.objects.create(business=loud, number="+15125559999", created_at=talks[0].opened_at)
    other = models.Conversation.objects.create(**{**theirs, "business_id": loud.id, "contact_id": caller.id})
    with connection.cursor() as cursor:
        ids = [each.id for each in talks]
        cursor.execute(insert, [shop.business.id, ids, len(ids), contact, line, "own", OWN])
        cursor.execute(insert, [loud.id, [other.id], 1, caller.id, line, "other", OTHERS])
        models.Message.objects.filter(key="own599").update(status="queued")
        models.Message.objects.filter(key="own597").update(status="sending")
        cursor.execute("ANALYZE message")
    return shop


def _read(shop: Any, only: dict[str, object], before: int | None = None) -> tuple[list[int], float]:
    """The ids of a page, and how many rows of texts PostgreSQL looked at for it."""
    said: list[tuple[str, Any]] = []

    def kept(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        said.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(kept):
        found = MESSAGES.page(shop.business.id, only, before=before, rows=50)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {said[0][0]}", said[0][1])
        plan = cursor.fetchone()[0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return [each.id for each in found], sum(_rows_of(plan[0]["Plan"]))


def _rows_of(node: dict[str, Any]) -> list[float]:
    own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    looked = [own] if node.get("Relation Name") == "message" else []
    return [*looked, *(each for child in node.get("Plans", ()) for each in _rows_of(child))]


@pytest.mark.parametrize("only", [{}, {"author": "customer"}, {"author": "machine"}, {"status": "queued"}])
def test_a_page_reads_its_own_texts(quiet: Any, only: dict[str, object]) -> None:
    ours = models.Message.objects.filter(business=quiet.business, **only).order_by("-id")
    found, looked = _read(quiet, only)
    assert found == list(ours.values_list("id", flat=True)[:50])
    assert looked < 2 * OWN


def test_so_does_a_later_page(quiet: Any) -> None:
    ours = list(models.Message.objects.filter(business=quiet.business).order_by("-id").values_list("id", flat=True))
    found, looked = _read(quiet, {}, before=ours[299])
    assert found == ours[300:350]
    assert looked < 200


def test_and_a_conversation_reads_only_itself(quiet: Any) -> None:
    talk = models.Message.objects.get(key="own30").conversation_id
    ours = models.Message.objects.filter(conversation=talk).order_by("-id").values_list("id", flat=True)
    found, looked = _read(quiet, {"conversation": talk})
    assert found == list(ours)
    assert looked < 60
