"""In a real browser: the board of leads at a desk's width shows every column up to Won whole."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from tests.console.test_desk_browser import browser, pytestmark  # noqa: F401  the browser, and where there is none
from tests.console.test_two_shops_browser import PASSWORD, context  # noqa: F401

STATUSES = ("new", "contacted", "qualified", "booked", "won", "lost", "not_served")
ENDS = """() => [...document.querySelectorAll('.column')].map(
    each => [each.dataset.status, each.getBoundingClientRect().right <= document.documentElement.clientWidth]
)"""
CUT = """() => [...document.querySelectorAll('.lead-top > *')].filter(
    each => each.scrollWidth > each.clientWidth && each.clientWidth
).map(each => each.textContent)"""


@pytest.mark.parametrize("empty", [set[str](), {"new", "qualified"}])
def test_won_is_whole_at_1280(shop: Any, context: BrowserContext, empty: set[str]) -> None:  # noqa: F811
    """It was cut in the middle of the amounts, wherever leads stood in more than two columns."""
    for at, status in enumerate(STATUSES):
        if status not in empty:
            shop.conversation(131 + at, name="Alexandria Featherstonehaugh", status=status, value_cents=123_400)
            shop.conversation(151 + at, status=status)
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/sign-in?next=/leads")
    page.fill("#email", "bob@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.wait_for_url("**/leads")
    page.locator(".board").wait_for()
    whole = dict(page.evaluate(ENDS))
    assert [status for status in STATUSES[:5] if not whole[status]] == []
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
