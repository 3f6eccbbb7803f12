"""In a real browser: what fails on an open page is said there, and what is typed stays and can be sent once more."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import PATIENCE, browser, pytestmark  # noqa: F401  the browser, and where there is none

from answerback.console import conversation
from answerback.store import models

PASSWORD = "a long password"
TYPED = "We come at nine."


@pytest.fixture
def page(browser: Browser, live_server: Any, shop: Any) -> Page:  # noqa: F811
    """Bob at the desk, with a conversation open and a text half written."""
    context = browser.new_context(base_url=live_server.url, locale="en-US")
    context.set_default_timeout(PATIENCE)
    talk, page = shop.conversation(131), context.new_page()
    page.goto(f"/sign-in?next=/c/{talk.id}")
    page.fill("#email", "bob@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.wait_for_url(f"**/c/{talk.id}")
    page.fill("#body", TYPED)
    return page


def test_a_page_that_was_open_too_long_sends_with_the_next_press(page: Page) -> None:
    page.context.clear_cookies(name="csrftoken")
    send = page.locator("form[action$='/reply'] button.strong")
    send.click()
    expect(page.locator("#went-wrong")).to_contain_text("This page was open for too long. Nothing was done.")
    expect(page.locator("#body")).to_have_value(TYPED)
    page.locator("h1").click()
    expect(page.locator("#went-wrong")).to_have_count(0)
    send.click()
    expect(page.locator("#thread")).to_contain_text(TYPED)
    assert models.Message.objects.filter(author="staff").count() == 1


def test_a_fault_of_ours_leaves_the_page_as_it_is(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation.desk, "text", lambda *_args, **_more: 1 / 0)
    page.locator("form[action$='/reply'] button.strong").click()
    expect(page.locator("#went-wrong")).to_contain_text("Something went wrong on our side.")
    expect(page.locator("#body")).to_have_value(TYPED)
