"""Seeing the console as somebody else ends after an hour, with a word, and both its ends stand in the audit log."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from answerback.store import models
from answerback.workflow import clock, tasks

HOUR = timedelta(hours=1)
WORD = "The hour is over: you see the console with your own eyes again."


@pytest.fixture
def seeing(shop: Any, alice: Client) -> Client:
    """Alice, who sees as Bob."""
    bob = models.Member.objects.get(name="Bob")
    assert alice.post(f"/people/{bob.id}/see-as").status_code == 302
    return alice


def _ends() -> list[tuple[str, str, str]]:
    rows = models.AuditEntry.objects.filter(act="see_as").order_by("id")
    return list(rows.values_list("name", "what", "seen_as"))


BOTH = [("Alice", "console:see_as", "Bob"), ("Alice", "console:see_as_myself", "Bob")]


def test_it_ends_after_an_hour_with_a_word(seeing: Client, now: datetime) -> None:
    with clock.using(lambda: now + HOUR - timedelta(seconds=1)):
        assert seeing.get("/").context["sees_as"] == "Bob"
    with clock.using(lambda: now + HOUR):
        page = seeing.get("/")
        assert (page.context["sees_as"], page.context["seat"].name) == ("", "Alice")
        assert WORD in page.content.decode()
        assert WORD not in seeing.get("/").content.decode()
    assert _ends() == BOTH


def test_a_page_that_polls_begins_anew_and_an_act_is_not_done(seeing: Client, now: datetime) -> None:
    """What stood there was drawn for Bob: pressed after the hour it would be done by Alice."""
    with clock.using(lambda: now + HOUR):
        sent = {"name": "way", "body": "Past the mill"}
        came = {"Referer": "http://testserver/snippets"}
        assert seeing.post("/snippets/save", sent, headers=came)["Location"] == "/snippets"
    assert not models.Snippet.objects.exists()
    assert _ends() == BOTH


def test_a_page_that_polls_is_moved_as_a_whole(seeing: Client, now: datetime) -> None:
    polls = {"HX-Request": "true", "HX-Current-URL": "http://testserver/inbox?tab=all"}
    with clock.using(lambda: now + HOUR):
        assert seeing.get("/inbox/live", headers=polls)["HX-Redirect"] == "/inbox?tab=all"
        assert WORD in seeing.get("/inbox?tab=all").content.decode()


def test_who_does_not_come_back_has_it_ended_all_the_same(seeing: Client, now: datetime) -> None:
    """The browser was closed: only the beginning stood there."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ProcrastinateJob.objects.get(task_name="answerback.end_of_seeing")
    with clock.using(lambda: now + HOUR):
        tasks.end_of_seeing(**job.args)
        assert _ends() == BOTH
        seeing.get("/")
        seeing.post("/sign-out")
    assert _ends() == BOTH


def test_one_that_was_ended_by_hand_is_ended_once(seeing: Client, now: datetime) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    with clock.using(lambda: now + timedelta(minutes=1)):
        seeing.post("/see-as-myself")
    with clock.using(lambda: now + HOUR):
        tasks.end_of_seeing(**ProcrastinateJob.objects.get(task_name="answerback.end_of_seeing").args)
        assert seeing.get("/").context["sees_as"] == ""
    assert _ends() == BOTH
