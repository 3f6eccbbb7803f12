"""In a real browser: an address to enter elsewhere is seen whole on a phone, and one press copies it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.console.test_browser_people import page, pytestmark  # noqa: F401  the browser, and where there is none

from answerback.store import models

HERE = "https://answers-of-a-shop-with-a-long-name.example.com"


@pytest.fixture
def address(shop: Any, live_server: Any, page: Page, settings: Any) -> str:  # noqa: F811
    settings.PUBLIC_URL = HERE
    models.Connection.objects.filter(id=shop.line.connection_id).update(provider="asterisk")
    page.goto(f"{live_server.url}/sign-in?next=/lines/{shop.line.id}")
    page.fill("#email", "alice@example.com")
    page.fill("#password", "a long password")
    page.click("form[action='/sign-in'] button")
    expect(page.locator("#by-hand")).to_be_visible()
    page.wait_for_load_state()
    return f"{HERE}/hooks/asterisk/{shop.line.connection_id}/hangup"


def test_it_is_seen_whole_and_copied_by_one_press(address: str, page: Page) -> None:  # noqa: F811
    field = page.get_by_label("The address for calls and texts")
    expect(field).to_have_value(address)
    assert field.evaluate("each => each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight")
    page.evaluate("() => delete Navigator.prototype.clipboard")  # as where the console is reached without TLS
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_focused()
    source = page.get_by_label("Where callers find it")
    source.fill("")
    source.press("Control+v")
    expect(source).to_have_value(address)


def test_where_a_browser_lets_nobody_copy_it_is_marked(address: str, page: Page) -> None:  # noqa: F811
    page.evaluate("() => { document.execCommand = () => false; delete Navigator.prototype.clipboard }")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="It is marked: copy it")).to_be_visible()
    marked = "() => { const at = document.activeElement; return at.value.slice(at.selectionStart, at.selectionEnd) }"
    assert page.evaluate(marked) == address
