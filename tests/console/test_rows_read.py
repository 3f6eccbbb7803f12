"""Pages that once read every row of a large table read but a few of them, counted by PostgreSQL, never timed."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.db.transaction import atomic

from answerback.store import models
from answerback.store.queries import agencies, arrivals, inbox, watched
from answerback.store.queries.told import talk
from answerback.testing.bench import seed
from answerback.workflow import set_up

TALKS, TEXTS = 60, 4


@pytest.fixture
def long_ago(shop: Any, now: Any) -> Any:
    """A shop with many texts that failed days ago, and a line by which each of them left."""
    for last in range(TALKS):
        talk = shop.conversation(last, at=now - timedelta(days=3))
        for number in range(TEXTS):
            shop.text(talk, f"t{number}", "machine", "See you", "undelivered", now - timedelta(days=3))
    with connection.cursor() as cursor:
        # What PostgreSQL counted in them during the tests before this one would choose other plans.
        cursor.execute("ANALYZE message, conversation, lead")
    return shop


def _read(act: Callable[[], object]) -> dict[str, int]:
    """How many rows of each table were read by this."""

    def counted() -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT relname, seq_tup_read + COALESCE(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables")
            return dict(cursor.fetchall())

    # In one transaction: PostgreSQL counts anew from one to the next.
    with atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # of so few rows none is worth an index otherwise
        before = counted()
        act()
        after = counted()
    return {table: rows - before.get(table, 0) for table, rows in after.items() if rows > before.get(table, 0)}


def test_an_agency_reads_no_text_of_days_ago(long_ago: Any, now: Any) -> None:
    agency = models.Agency.objects.create(name="North Star").id
    models.Business.objects.filter(id=long_ago.business.id).update(agency=agency)
    with connection.cursor() as cursor:
        read = _read(lambda: agencies.shapes(cursor.cursor, agency, now))
    assert {table: read.get(table, 0) for table in ("message", "conversation")} == {"message": 0, "conversation": 0}


def test_comparing_videos_reads_no_decision_about_anything_else(now: Any, transactional_db: None) -> None:
    """It read each of every lead of a quarter: 50,000 of the 81,000 blocks the page took with 100,000 leads there."""
    business = seed.open_business("Videos", "+15125550100", "videos@example.com").id
    seed.fill(business, seed.Size(leads=TALKS, texts_each=TEXTS), now, quiet=True)
    models.LeadMeasure.objects.update(replied=True, excluded="", service="drain")
    models.Video.objects.create(business_id=business, title="Us", kind="welcome", language="en", created_at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        read = _read(lambda: watched.compared(cursor.cursor, business, now - seed.YEARS))
    assert (models.Decision.objects.count(), read.get("decision_receipt", 0)) == (5 * TALKS, 0)
    assert read["lead_measure"] >= TALKS


def test_a_program_of_a_quiet_business_reads_no_texts_and_reasons_of_others(now: Any, transactional_db: None) -> None:
    """It read those of everybody from the newest back: all two million for a business that had none of that kind."""
    quiet = seed.open_business("Quiet", "+15125550100", "quiet@example.com").id
    seed.fill(quiet, seed.Size(leads=3, texts_each=TEXTS), now, quiet=True)
    busy = seed.open_business("Busy", "+15125550200", "busy@example.com").id
    seed.fill(busy, seed.Size(leads=500, texts_each=20), now, quiet=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    own = {"message": len(talk.MESSAGES.page(quiet, {})), "decision_receipt": len(talk.RECEIPTS.page(quiet, {}))}
    assert own == {"message": 10, "decision_receipt": 15}
    for only in ({}, {"since": now - timedelta(days=1)}):
        # each of its own is looked at once by what left or came, and once by what is on its way
        assert _read(partial(talk.MESSAGES.page, quiet, only)).get("message", 0) <= 2 * own["message"], only
        assert _read(partial(talk.RECEIPTS.page, quiet, only)).get("decision_receipt", 0) < 2 * 15, only
    read = _read(lambda: talk.MESSAGES.page(busy, {"author": "page"}))
    assert read.get("message", 0) <= PEEKED


def test_a_program_reads_no_reasons_of_who_was_busier_since(now: Any, transactional_db: None) -> None:
    """With 100,000 leads it read the 40,000 that others had come to since, before the newest of its own."""
    large = seed.open_business("Large", "+15125550100", "large@example.com").id
    seed.fill(large, seed.Size(leads=120, texts_each=TEXTS), now, quiet=True)
    since = seed.open_business("Since", "+15125550200", "since@example.com").id
    seed.fill(since, seed.Size(leads=100, texts_each=TEXTS), now, quiet=True)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    shown = len(talk.RECEIPTS.page(large, {}))
    assert _read(partial(talk.RECEIPTS.page, large, {})).get("decision_receipt", 0) <= shown + PEEKED


PEEKED = 2
"""Rows at the ends of an index that PostgreSQL's planner looks at."""


def test_a_new_caller_is_not_sought_among_all_who_said_stop(now: Any, transactional_db: None) -> None:
    business = seed.open_business("Stops", "+15125550100", "stops@example.com").id
    stops = [
        models.Suppression(business_id=business, number=f"+1512556{number:04}", at=now, evidence="STOP")
        for number in range(TALKS)
    ]
    models.Suppression.objects.bulk_create(stops)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        read = _read(lambda: arrivals.know_again(cursor.cursor, [(business, "+15125557777")]))
    assert read.get("suppression", 0) <= PEEKED


def test_the_list_of_what_failed_reads_no_text_of_days_ago(long_ago: Any, now: Any) -> None:
    day = (now - timedelta(days=1), now)
    read = _read(lambda: inbox.behind(long_ago.business.id, "failed", *day))
    assert {table: read.get(table, 0) for table in ("message", "conversation")} == {"message": 0, "conversation": 0}


def test_whether_a_line_is_used_reads_one_row(long_ago: Any) -> None:
    read = _read(lambda: set_up.is_used(long_ago.line))
    assert {table: rows for table, rows in read.items() if rows > 1 and table != "line"} == {}  # of lines there are few
    assert set(read) & {"conversation", "lead", "message", "call"} != set()


def test_the_numbers_of_a_week_read_one_text_of_a_lead(long_ago: Any, now: Any) -> None:
    talks = models.Conversation.objects.filter(business=long_ago.business)
    talks.update(last_at=now)
    for each in talks:
        for number in range(TEXTS):
            long_ago.text(each, f"c{number}", "customer", "Hello", "received", now)
    week = (now - timedelta(days=7), now + timedelta(days=1))
    found: list[inbox.Numbers] = []
    read = _read(lambda: found.extend(inbox.numbers(long_ago.business.id, week)))
    assert (found[0].leads["replied"], read["message"]) == (TALKS, TALKS)
