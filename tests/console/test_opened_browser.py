"""In a real browser: whatever can be opened on a page stays inside the window, in English and in Spanish."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.console.test_desk_browser import _page, browser, pytestmark  # noqa: F401  and where there is none
from tests.console.test_every_page import LONG, _pages, open_book  # noqa: F401
from tests.console.test_isolation import strangers, visitor  # noqa: F401

from answerback.store import models

OPENED = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  const named = (each) => `${each.localName}#${each.id}.${each.className} ${each.textContent.trim().slice(0, 40)}`;
  const scrolls = ".wide-table, .table-box, .board, .unseen, svg, .set-nav, .tabs, .time-grid, .jumps";
  const isOut = (each) => each.getBoundingClientRect().right > wide + 1 && !each.closest(scrolls);
  const menus = "details.pop, details.menu, details.more-sections";
  for (const each of document.querySelectorAll("details")) if (!each.matches(menus)) each.open = true;
  const { scrollWidth } = document.documentElement;
  const out = [...document.querySelectorAll("body *")].filter(isOut).map(named).slice(-1);
  if (scrollWidth > wide) found.push([scrollWidth, ...out]);
  for (const menu of document.querySelectorAll(menus)) {
    if (!menu.checkVisibility()) continue;
    menu.open = true;
    menu.dispatchEvent(new Event("toggle"));
    const { left, right } = menu.lastElementChild.getBoundingClientRect();
    if (right > wide + 1 || left < -1) found.push(["menu", Math.round(left), Math.round(right), named(menu)]);
    menu.open = false;
  }
  return found;
}"""
EMPTY = """() => [...document.querySelectorAll("th")]
  .filter((each) => !each.textContent.trim() && !each.querySelector("[aria-label]"))
  .map((each) => each.closest("table").className)"""


@pytest.mark.usefixtures("open_book")
@pytest.mark.parametrize(("width", "language"), [(360, "en"), (360, "es"), (1280, "en")])
def test_whatever_is_opened_stays_inside_the_window(
    visitor: Any,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    width: int,
    language: str,
) -> None:
    client = visitor("owner")
    pages = [each for each in _pages(client) if each not in LONG]
    models.Business.objects.update(language=language)
    models.User.objects.update(language=language)
    page: Page = _page(browser, live_server, client, viewport={"width": width, "height": 800}, reduced_motion="reduce")
    found: dict[str, list[Any]] = {}
    for address in pages:
        page.goto(address, wait_until="domcontentloaded")
        if wrong := [*page.evaluate(OPENED), *page.evaluate(EMPTY)]:
            found[address] = wrong
    assert found == {}
