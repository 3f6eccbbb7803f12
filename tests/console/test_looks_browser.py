"""In a real browser: how pages are laid out, where a phone has little room and a desk has much."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from scripts.browser import CHROMIUM
from tests.console.test_desk_browser import _page, browser, pytestmark  # noqa: F401  the browser, and where none is

from answerback.store import models

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
LINES = """(name) => {
  const words = document.createRange();
  words.selectNodeContents(document.querySelector(name));
  return new Set([...words.getClientRects()].map((box) => Math.round(box.top))).size;
}"""
"""How many lines the words of a thing take."""
ROWS = """(name) => new Set([...document.querySelectorAll(name)]
  .filter((each) => each.checkVisibility()).map((each) => Math.round(each.getBoundingClientRect().top))).size"""
"""How many rows of things there are."""
STRAYS = """() => [...document.querySelectorAll(".row-form label[for]:not(.unseen)")].filter((each) => {
  const fields = [...each.closest("form").querySelectorAll("input:not([type=hidden]), select")];
  const own = document.getElementById(each.htmlFor), before = fields[fields.indexOf(own) - 1];
  if (!before || before.getBoundingClientRect().left !== own.getBoundingClientRect().left) return false;
  const { top, bottom } = each.getBoundingClientRect();
  return own.getBoundingClientRect().top - bottom >= top - before.getBoundingClientRect().bottom;
}).map((each) => each.textContent)"""
"""Labels that stand as near to the field before as to their own."""


OBSCURED = """() => {
  const it = document.activeElement, { left, top, width, height } = it.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  return over?.closest(".save-bar") && !it.closest(".save-bar") ? it.name : null;
}"""
"""What has the focus and lies under the bar at the foot of its form."""


def _opened(browser: Browser, server: Any, client: Client, language: str, screen: Any) -> Page:  # noqa: F811
    models.User.objects.update(language=language)
    return _page(browser, server, client, viewport=screen, reduced_motion="reduce")


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_nags_takes_one_line_of_a_phone(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    language: str,
) -> None:
    page = _opened(browser, live_server, alice, language, PHONE)
    page.goto("/todos")
    assert page.evaluate(LINES, ".nag span") == 1
    page.click(".nag")
    assert page.url.endswith("/account/second-step/")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_calendar_begins_below_two_rows_of_controls_on_a_phone(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    language: str,
) -> None:
    page = _opened(browser, live_server, alice, language, PHONE)
    page.goto("/diary?span=day")
    assert page.evaluate(ROWS, ".diary-bar .button.icon, .diary-bar :is(input:not([type=hidden]), select, button)") == 2
    assert page.evaluate(ROWS, ".diary-bar .button.icon, .switch a") == 1
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    page.select_option("#person", "all")
    page.locator(".diary-who button").click()
    page.wait_for_url("**person=all*")


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_a_label_belongs_to_the_field_below_it(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    screen: Any,
) -> None:
    page = _opened(browser, live_server, alice, "en", screen)
    strays = {}
    for address in ("/people", "/settings", "/set-up/team", "/set-up/phone"):
        page.goto(address)
        assert page.locator(".row-form label[for]").count()
        strays[address] = page.evaluate(STRAYS)
    assert {address: found for address, found in strays.items() if found} == {}


def test_short_fields_share_a_line_of_a_desk_and_not_of_a_phone(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    page = _opened(browser, live_server, alice, "en", DESK)
    page.goto("/people")
    fields = "#invite :is(input:not([type=hidden]), select)"
    assert page.evaluate(ROWS, fields) == 2
    page.set_viewport_size(PHONE)
    assert page.evaluate(ROWS, fields) == 4


def test_a_day_of_hours_is_two_rows_of_a_phone(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    page = _opened(browser, live_server, alice, "es", PHONE)
    page.goto("/settings/hours")
    tall = page.evaluate("[...document.querySelectorAll('.weekday')].map((each) => each.offsetHeight)")
    shifts = page.evaluate(
        "[...document.querySelectorAll('.weekday')].map((e) => e.querySelectorAll(':scope > .span').length)"
    )
    copies = page.evaluate(
        "[...document.querySelectorAll('.weekday')].map((e) => e.querySelectorAll('.same-days').length)"
    )
    rows = zip(tall, shifts, copies, strict=True)
    assert [each for each, many, copied in rows if each > 52 + 52 * many + 32 * copied] == []
    assert copies == [1, 0, 0, 0, 0, 0, 0], "Monday's shifts until Friday"


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_what_has_the_focus_stands_clear_of_the_bar_that_saves(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    screen: Any,
) -> None:
    page = _opened(browser, live_server, alice, "es", screen)
    page.goto("/settings/rules")
    page.focus("main form :is(input:not([type=hidden]), select)")
    obscured = []
    for _ in range(60):
        page.keyboard.press("Tab")
        obscured.append(page.evaluate(OBSCURED))
    assert [each for each in obscured if each] == []


def test_letters_twice_as_large_need_no_more_width_of_a_phone(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """As somebody has set who sees badly; a button stayed on one line, and the page was as wide as that."""
    alice.post("/snippets/save", {"name": "On my way", "body": "Hi {name}, this is {me}."})
    large = browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--blink-settings=defaultFontSize=32"]
    )
    page = _opened(large, live_server, alice, "es", PHONE)
    wide = {}
    for address in (
        "/",
        "/people",
        "/snippets",
        "/lines",
        "/settings/hours",
        "/diary",
        "/playbooks",
        "/account/password",
        "/videos/new",
        "/api/docs",
    ):
        page.goto(address)
        wide[address] = page.evaluate("document.documentElement.scrollWidth")
    large.close()
    assert {address: width for address, width in wide.items() if width > PHONE["width"]} == {}


def test_a_link_a_key_goes_to_is_in_sight_in_a_row_beyond_the_screen(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """Of the last column's name one pixel was."""
    shop.conversation(131, name="Maria")
    page = _opened(browser, live_server, alice, "es", PHONE)
    page.goto("/leads")
    page.focus(".jumps a")
    cut = []
    for _ in page.locator(".jumps a").all():
        left, right, name = page.evaluate(
            "[...['left', 'right'].map((side) => document.activeElement.getBoundingClientRect()[side]), "
            "document.activeElement.innerText]"
        )
        if left < 0 or right > PHONE["width"]:
            cut.append(name)
        page.keyboard.press("Tab")
    assert cut == []
