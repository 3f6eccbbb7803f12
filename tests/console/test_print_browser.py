"""In a real browser: what is printed is the whole of it, on paper that nobody can press or scroll."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models

PAPER: Any = {"viewport": {"width": 816, "height": 1056}, "locale": "en-US"}

CUT_OFF = """
() => [...document.querySelectorAll('.main, .main *')]
  .filter((each) => each.checkVisibility() && !each.matches('.unseen, svg, svg *'))
  .filter((each) => ['overflowX', 'overflowY'].some((way) => getComputedStyle(each)[way] !== 'visible'))
  .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
  .map((each) => each.className || each.localName)
"""
TO_PRESS = """
() => [...document.querySelectorAll('button, textarea, select, input')]
  .filter((each) => each.checkVisibility()).map((each) => each.outerHTML.slice(0, 90))
"""


@pytest.mark.parametrize("address", ["/c/{id}", "/diary", "/leads?as=list", "/calls", "/todos"])
def test_a_page_is_printed_whole_and_without_what_one_presses(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    address: str,
) -> None:
    """Of a lead a screenful of its texts was printed, with the box for a reply, and without whom they were from."""
    page = _page(browser, live_server, bob, **PAPER)
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(address.format(id=day.id))
    assert (page.evaluate(CUT_OFF), page.evaluate(TO_PRESS)) == ([], [])
    if address.startswith("/c/"):
        expect(page.locator("#thread > li").first).to_be_visible()
        expect(page.locator("#talk-facts")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollHeight > document.querySelector('#thread').offsetHeight")


@pytest.mark.parametrize("address", ["/", "/leads?as=list", "/calls", "/todos"])
def test_on_paper_whoever_has_a_name_stands_with_the_number_as_people_write_it(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    address: str,
) -> None:
    """It said tel:+15125550131, beside unnamed ones once more, and of to-dos and leads nothing."""
    page = _page(browser, live_server, bob, **PAPER)
    page.emulate_media(media="print")
    page.goto(address)
    printed = " ".join(page.locator(".main").inner_text().split())
    assert ("tel:" in printed, "Maria Lopez (512) 555-0131" in printed) == (False, True)
    assert ("(512) 555-0133 (512)" in printed, "All on this page" in printed) == (False, False)
    page.emulate_media(media="screen")
    assert "Maria Lopez (512)" not in " ".join(page.locator(".main").inner_text().split())


def test_a_page_on_paper_says_what_it_is_about_and_leads_nowhere(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """A list began on its second sheet, and whether every hour is covered was not printed; the way back was."""
    page = _page(browser, live_server, alice, **PAPER)
    page.emulate_media(media="print")
    page.goto("/on-call")
    expect(page.locator("[aria-labelledby=proof] > :is(.banner, .holes)")).to_be_visible()
    page.goto(f"/contacts/{day.contact_id}")
    expect(page.locator(".back-link")).to_be_hidden()
    page.goto("/leads?as=list")
    assert page.locator(".table-box").evaluate("(it) => getComputedStyle(it).breakInside") == "auto"
