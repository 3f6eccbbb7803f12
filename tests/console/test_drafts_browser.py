"""In a real browser: what somebody typed and has not sent, at the desk and on their phone."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models


def test_what_was_typed_on_another_device_since_stands_in_the_box(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """The desk, opened again within a minute, put its own older words over those of the phone."""
    desk, phone = (_page(browser, live_server, bob) for _ in range(2))
    _types(desk, day, "There at two")
    phone.goto(f"/c/{day.id}")
    expect(phone.locator("#body")).to_have_value("There at two")
    _types(phone, day, "There at three, the road is closed")
    desk.goto(f"/c/{day.id}")
    desk.wait_for_load_state()
    expect(desk.locator("#body")).to_have_value("There at three, the road is closed")


def _types(page: Page, talk: models.Conversation, words: str) -> None:
    page.goto(f"/c/{talk.id}")
    box = page.locator("#body")
    box.fill("")
    with page.expect_response(lambda answer: words.rsplit(maxsplit=1)[-1] in (answer.request.post_data or "")):
        box.press_sequentially(words)
    page.wait_for_timeout(200)
