"""The days for a second step are over: what a page that stands open is told, and what waits on a phone."""

from typing import Any

import pytest
from django.test import Client

from answerback.store import models
from answerback.workflow import clock
from answerback.workflow.sign_ins import grace

STEP = "/account/second-step/"


@pytest.fixture
def overdue(shop: Any, alice: Client) -> Any:
    """Alice, an owner, whose days are over."""
    models.User.objects.filter(email="alice@example.com").update(second_step_due=clock.now() - grace())
    return alice


def test_a_page_that_polls_is_moved_as_a_whole(overdue: Client) -> None:
    """Its part was sent the whole page of the second step, which stood within the list then."""
    answer = overdue.get("/inbox/live", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (200, STEP)
    answer = overdue.get(
        "/inbox/live", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/inbox?tab=all"}
    )
    assert answer.headers["HX-Redirect"] == f"{STEP}?next=%2Finbox%3Ftab%3Dall"


def test_who_is_sent_there_is_told_why_and_that_nothing_is_lost(overdue: Client) -> None:
    """The page explained what a second step is, and not why nothing else opened."""
    assert overdue.get("/leads")["Location"] == f"{STEP}?next=%2Fleads"
    page = overdue.get(STEP).content.decode()
    assert page.count("One more step, then everything opens") == 1
    assert page.count("This account can read what customers write and send texts") == 1


def test_an_act_is_told_that_it_was_not_done(overdue: Client) -> None:
    before = models.Snippet.objects.count()
    answer = overdue.post("/snippets/save", {"name": "way", "body": "Past the mill"})
    assert (answer.status_code, answer["Location"]) == (302, STEP)
    assert models.Snippet.objects.count() == before
    assert "That was not done: your second step comes first." in overdue.get(STEP).content.decode()
