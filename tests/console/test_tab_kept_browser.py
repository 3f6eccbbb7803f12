"""In a browser without scripts: whoever acts on a conversation keeps the tab of the inbox they came from."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models


def test_acts_without_scripts_keep_the_tab(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """Each led to the conversation alone, and from there Back to another list."""
    page = _page(browser, live_server, bob, java_script_enabled=False, viewport={"width": 360, "height": 740})
    page.goto("/inbox?tab=all")
    page.locator(f"#line-{day.id}").click()
    here = f"{live_server.url}/c/{day.id}?tab=all"
    expect(page).to_have_url(here)
    for press in ("#hand-back", "#send", "#as-note"):
        if page.locator("#body").count():
            page.locator("#body").fill("On our way")
        page.locator(press).click()
        expect(page).to_have_url(here)
    page.locator(".talk-head .back").click()
    expect(page).to_have_url(f"{live_server.url}/inbox?tab=all")


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("note", {"body": "The gate is open"}),
        ("reply", {"body": "On our way"}),
        ("take-over", {}),
        ("done", {}),
        ("snooze", {"until": "1h"}),
        ("assign", {"member": ""}),
        ("called", {"talked": "yes"}),
        ("stop", {}),
    ],
)
def test_every_act_of_a_conversation_leads_back_to_its_tab(
    day: models.Conversation,  # noqa: F811
    bob: Client,
    act: str,
    told: dict[str, str],
) -> None:
    before = f"http://testserver/c/{day.id}?tab=mine"
    answer = bob.post(f"/c/{day.id}/{act}", told, HTTP_REFERER=before)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/c/{day.id}?tab=mine")


def test_a_tab_that_there_is_not_is_not_taken_up(day: models.Conversation, bob: Client) -> None:  # noqa: F811
    answer = bob.post(f"/c/{day.id}/take-over", HTTP_REFERER=f"http://testserver/c/{day.id}?tab=%26x%3D1")
    assert answer.headers["Location"] == f"/c/{day.id}"


def test_others_below_the_first_tab_are_no_tab_to_lead_back_to(day: models.Conversation, bob: Client) -> None:  # noqa: F811
    answer = bob.post(f"/c/{day.id}/take-over", HTTP_REFERER=f"http://testserver/c/{day.id}?tab=others")
    assert answer.headers["Location"] == f"/c/{day.id}"
