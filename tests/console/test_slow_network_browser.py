"""In a real browser, on a slow network: what comes by and by has its place, and what was pressed works once."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""A phone at the edge of town: bytes a second, and milliseconds before the first one."""

MOST_SHIFT = 0.05
"""Of the window, in all; a person notices more than this."""

WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts.push({
    value: each.value,
    moved: each.sources.map(({ node, previousRect, currentRect }) => [
      node && (node.id ? "#" + node.id : (node.localName || node.nodeName) + "." + (node.className || "")),
      [previousRect.top, previousRect.height].join(" "), [currentRect.top, currentRect.height].join(" "),
    ].join(" ")),
  });
}).observe({ type: "layout-shift", buffered: true });
"""

PAGES = ("/", "/inbox", "/c/{talk}", "/leads", "/leads?as=list", "/calls", "/reports")
WIDTHS = [360, 1280]


def _slow(browser: Browser, server: Any, client: Client, width: int) -> Page:  # noqa: F811
    page = _page(browser, server, client, viewport={"width": width, "height": 800}, locale="en-US")
    told = page.context.new_cdp_session(page)
    told.send("Network.enable")
    told.send("Network.emulateNetworkConditions", SLOW)
    page.add_init_script(WATCH)
    return page


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_while_a_page_comes(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    width: int,
) -> None:
    page = _slow(browser, live_server, alice, width)
    moved = {}
    for address in PAGES:
        page.goto(address.format(talk=day.id))
        page.wait_for_load_state("networkidle") if address == "/reports" else page.wait_for_timeout(4000)
        shifts = page.evaluate("window.shifts")
        if sum(each["value"] for each in shifts) > MOST_SHIFT:
            moved[address] = shifts
    assert moved == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_times_to_book_have_their_place_before_they_come(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    width: int,
) -> None:
    """Three thin lines stood where two days of times came, and all below it jumped."""
    page = _slow(browser, live_server, alice, width)
    page.goto(f"/c/{day.id}")
    page.wait_for_timeout(3000)
    held: list[Route] = []
    page.route(re.compile(r"/openings$"), lambda route: held.append(route))  # noqa: PLW0108  it asks for its names
    page.locator("#book-fold > summary").click()
    expect(page.locator("#book .skeleton").first).to_be_visible()
    (asked,) = held
    asked.continue_()
    expect(page.locator("#book-times")).to_be_visible()
    assert _shift(page) <= MOST_SHIFT


def _shift(page: Page) -> float:
    return float(page.evaluate("window.shifts.reduce((sum, each) => sum + each.value, 0)"))


@pytest.mark.parametrize(
    ("address", "press"),
    [
        ("/c/{talk}", "#send"),
        ("/c/{talk}", "#as-note"),
        ("/c/{talk}", "#hand-back"),
        ("/c/{talk}", "#soonest button"),
    ],
)
def test_what_was_pressed_says_so_and_is_done_once(  # noqa: PLR0917  three fixtures and a case
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    address: str,
    press: str,
) -> None:
    page = _slow(browser, live_server, alice, 360)
    page.goto(address.format(talk=day.id))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route) if route.request.method == "POST" else route.continue_()

    page.route(lambda url: not url.endswith("/here"), hold)  # the answer comes once it was pressed twice
    if "send" in press or "note" in press:
        page.locator("#body").fill("On our way")
    button = page.locator(press).locator("visible=true").first
    button.click(no_wait_after=True)
    busy = page.locator("form[aria-busy=true]")
    expect(busy).to_have_count(1)
    button.click(no_wait_after=True, force=True)
    page.wait_for_timeout(2000)
    assert len(held) == 1
    held[0].continue_()
    expect(busy).to_have_count(0)
    page.wait_for_timeout(2000)
    assert len(held) == 1


PRESS_TWICE = """
(button) => {
  button.click();
  const says = button.form.getAttribute("aria-busy");
  button.click();
  return says;
}
"""


def test_what_leaves_with_its_page_says_so_and_is_done_once(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """Today stood still until the next page came, as if nothing had been pressed."""
    page = _slow(browser, live_server, alice, 360)
    page.goto("/")
    sent: list[str] = []
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    button = page.locator(".needs form button").locator("visible=true").first
    assert button.evaluate(PRESS_TWICE) == "true"
    page.wait_for_url(f"{live_server.url}/c/*")
    assert len(sent) == 1
