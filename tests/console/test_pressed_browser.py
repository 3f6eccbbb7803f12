"""In a real browser: what is pressed while news come is done."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, a day at the desk, and where there is none
    _page,
    browser,
    day,
    pytestmark,
)

from answerback.store import models


def test_a_press_that_news_come_into_is_no_lost_press(
    shop: Any,
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """A finger is on a button for a tenth of a second or more: when it went up, another one was in its place."""
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800})
    page.goto(f"/c/{day.id}")
    page.hover("#done")
    page.mouse.down()
    with page.expect_response(lambda answer: "/live?" in answer.url and answer.status == 200):
        shop.text(day, "in:2", "customer", "Hello?", "received")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    page.mouse.up()
    page.wait_for_selector("#open-again")
    assert models.Conversation.objects.get(id=day.id).done_at is not None
    expect(page.locator(".bubble", has_text="Hello?")).to_be_visible()
