"""In a real browser: the board of leads at a desk's width shows every column up to Won whole."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from tests.console.test_desk_browser import browser, pytestmark  # noqa: F401  the browser, and where there is none
from tests.console.test_two_shops_browser import PASSWORD, context  # noqa: F401

from answerback.store import models

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
    page = _board(context)
    whole = dict(page.evaluate(ENDS))
    assert [status for status in STATUSES[:5] if not whole[status]] == []
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_card_is_moved_wherever_in_a_column_it_is_let_go(shop: Any, context: BrowserContext) -> None:  # noqa: F811
    """Under a short column nothing heard of it, and "Moved." of the card before stood there all the while."""
    ann, ben = (shop.conversation(131 + at, name=name).id for at, name in enumerate(("Ann", "Ben")))
    page = _board(context)
    for id, status, y in ((ann, "qualified", 640), (ann, "won", 170), (ann, "booked", 400), (ben, "booked", 500)):
        _drag(page, id, status, y)
        page.locator(f".column[data-status='{status}'] .lead-card[data-lead='{id}']:not([aria-busy])").wait_for()
        expect(page.locator("#toasts")).to_contain_text("Moved.")
        assert models.Lead.objects.get(conversation=id).status == status


def test_while_a_card_is_on_its_way_nothing_says_that_it_was_moved(
    shop: Any,
    context: BrowserContext,  # noqa: F811
) -> None:
    """Of a second card "Moved." was said before the server had heard of it: it was the word about the first."""
    ann, ben = (shop.conversation(131 + at, name=name).id for at, name in enumerate(("Ann", "Ben")))
    page = _board(context)
    _drag(page, ann, "qualified", 170)
    expect(page.locator("#toasts")).to_contain_text("Moved.")
    held: list[Route] = []
    page.route("**/leads/move", lambda route: held.append(route))  # noqa: PLW0108  it asks for the names of what it calls
    with page.expect_request("**/leads/move"):
        _drag(page, ben, "qualified", 500)
    expect(page.locator(f".lead-card[data-lead='{ben}'][aria-busy]")).to_have_count(1)
    expect(page.locator("#toasts .toast")).to_have_count(0)
    assert models.Lead.objects.get(conversation=ben).status == "contacted"
    held[0].continue_()
    expect(page.locator("#toasts")).to_contain_text("Moved.")
    expect(page.locator(".lead-card[aria-busy]")).to_have_count(0)
    assert models.Lead.objects.get(conversation=ben).status == "qualified"


def test_a_card_that_could_not_be_moved_stands_where_it_was(
    shop: Any,
    context: BrowserContext,  # noqa: F811
) -> None:
    """After an answer that says what went wrong it stood in the new column, until somebody else moved something."""
    ann = shop.conversation(131, name="Ann").id
    page = _board(context)
    page.route("**/leads/move", lambda route: route.fulfill(status=500, content_type="text/plain", body="It failed."))
    _drag(page, ann, "qualified", 170)
    expect(page.locator("#toasts")).to_contain_text("It failed.")
    expect(page.locator(f".column[data-status='contacted'] .lead-card[data-lead='{ann}']")).to_have_count(1)
    page.unroute("**/leads/move")
    _drag(page, ann, "booked", 170)
    expect(page.locator("#toasts")).to_contain_text("Moved.")
    assert models.Lead.objects.get(conversation=ann).status == "booked"


def _board(context: BrowserContext) -> Page:  # noqa: F811
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/sign-in?next=/leads")
    page.fill("#email", "bob@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.wait_for_url("**/leads")
    page.locator(".board").wait_for()
    page.wait_for_load_state()
    return page


def _drag(page: Page, id: int, status: str, y: int) -> None:
    """With the mouse, from the middle of the card to this height of the column."""
    card = page.locator(f".lead-card[data-lead='{id}']").bounding_box()
    column = page.locator(f".column[data-status='{status}']").bounding_box()
    assert card is not None
    assert column is not None
    page.mouse.move(card["x"] + 30, card["y"] + card["height"] / 2)
    page.mouse.down()
    page.mouse.move(column["x"] + column["width"] / 2, y, steps=8)
    page.mouse.up()
