"""In a real browser: the list of leads has even rows, and says how many are chosen and what can be done with them."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, and where there is none
    _page,
    browser,
    pytestmark,
)

from answerback.store import models

WIDE: Any = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US"}


def _five(shop: Any) -> None:
    models.Line.objects.update(source="Google Business Profile listing")
    shop.conversation(131, name="Maria", service="faucet", urgency="emergency")
    shop.conversation(132, name="Maximiliana Fernandez-Castellanos de la Vega", service="water_heater")
    shop.conversation(133, status="won", phase="closed")
    shop.conversation(134, status="new", urgency="emergency", service="water_heater")
    shop.conversation(135, status="booked")


def _list(browser: Browser, live_server: Any, client: Client, **wishes: Any) -> Page:  # noqa: F811
    page = _page(browser, live_server, client, **(WIDE | wishes))
    page.goto("/leads?as=list")
    return page


@pytest.mark.parametrize("language", ["en", "es"])
def test_rows_are_even_and_nothing_goes_over_the_edge(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    language: str,
) -> None:
    """A source of two words, two marks or no next step made each row another height."""
    _five(shop)
    models.User.objects.update(language=language)
    page = _list(browser, live_server, bob)
    high = page.locator(".leads-table tbody tr").evaluate_all(
        "all => all.map((it) => it.getBoundingClientRect().height)"
    )
    assert (len(high), len(set(high))) == (5, 1)
    assert page.locator(".table-box").evaluate("(it) => it.scrollWidth - it.clientWidth") == 0


def test_how_many_are_chosen_is_said_with_what_can_be_done(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    _five(shop)
    page = _list(browser, live_server, bob)
    told, acts = page.locator("#how-many"), page.get_by_text("Move to")
    boxes, every = page.locator(".pick input"), page.locator("#all-leads")
    place = page.locator(".leads-table").evaluate("(it) => it.getBoundingClientRect().top")
    expect(told).to_have_text("All on this page")
    expect(acts).to_be_hidden()
    boxes.nth(0).check()
    expect(told).to_have_text("1 chosen")
    expect(acts).to_be_visible()
    assert page.locator(".leads-table").evaluate("(it) => it.getBoundingClientRect().top") == place
    boxes.nth(3).click(modifiers=["Shift"])
    expect(told).to_have_text("4 chosen")
    assert every.evaluate("(it) => [it.checked, it.indeterminate]") == [False, True]
    page.get_by_role("button", name="Choose none").click()
    expect(told).to_have_text("All on this page")
    expect(every).to_be_focused()
    page.keyboard.press("Space")
    expect(told).to_have_text("5 chosen")
    page.get_by_role("button", name="Choose none").click()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(told).to_have_text("2 chosen")
    expect(page.locator(".leads-table tbody th a:focus")).to_have_count(1)
    acts.click()
    page.get_by_role("button", name="Lost").click()
    page.locator("#mark-these-lost").click()
    expect(page.locator(".leads-table .status-lost")).to_have_count(2)
    expect(told).to_have_text("All on this page")


def test_the_acts_stay_in_sight_below_a_long_list(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    for last in range(200, 230):
        shop.conversation(last)
    for width in (360, 1280):
        page = _list(browser, live_server, bob, viewport={"width": width, "height": 740})
        page.locator(".pick input").last.check()
        expect(page.get_by_text("Move to")).to_be_in_viewport()
        expect(page.locator("#how-many")).to_have_text("1 chosen")
