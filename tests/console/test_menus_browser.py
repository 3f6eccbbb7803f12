"""In a real browser: a menu opens where all of it can be pressed, and what unfolds comes into sight."""

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, a day at the desk, and where there is none
    _page,
    browser,
    day,
    pytestmark,
)

from answerback.store import models
from answerback.workflow import setup

if TYPE_CHECKING:
    from answerback.testing.world import World

PHONE: Any = {"width": 360, "height": 740}
DESK: Any = {"width": 1280, "height": 800}
UNREACHED = """() => {
  const found = [], high = document.documentElement.clientHeight;
  for (const menu of document.querySelectorAll("details.pop")) {
    if (!menu.checkVisibility()) continue;
    menu.scrollIntoView({ block: "end" });
    menu.open = true;
    menu.dispatchEvent(new Event("toggle"));
    const body = menu.querySelector(".pop-body"), { top, bottom } = body.getBoundingClientRect();
    const named = menu.querySelector("summary").getAttribute("aria-label") || menu.textContent.trim().slice(0, 30);
    if (top < 0 || bottom > high) found.push([named, Math.round(top), Math.round(bottom)]);
    const acts = [...body.querySelectorAll("button, a")].filter((each) => each.checkVisibility());
    for (const act of [acts[0], acts.at(-1)]) {
      body.scrollTop = act === acts[0] ? 0 : body.scrollHeight;
      const box = act.getBoundingClientRect();
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (!act.contains(hit)) found.push([named, act.textContent.trim()]);
    }
    menu.open = false;
  }
  return found;
}"""
"""Menus that leave the window at the top or the foot, and first and last acts of one that something else lies over."""
OFFSETS = """(all) => all.map((row) => {
  const [name, value] = [...row.children].map((each) => {
    const words = document.createRange(), texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (texts.currentNode.data.trim()) break;
    words.selectNodeContents(texts.currentNode);
    return words.getClientRects()[0].top;
  });
  return Math.round(Math.abs(name - value));
})"""
"""By how many pixels the words of a row's value begin above or below those of its name."""


def _opened(browser: Browser, live_server: Any, client: Client, screen: Any) -> Page:  # noqa: F811
    return _page(browser, live_server, client, viewport=screen, locale="en-US", reduced_motion="reduce")


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_every_act_of_every_menu_can_be_pressed(  # noqa: PLR0917  four fixtures and a case
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
    screen: Any,
) -> None:
    """Those of the chosen leads ended under the sections at the thumb; a phone's snippets opened above its edge."""
    for last in range(160, 180):
        shop.conversation(last)
    page = _opened(browser, live_server, bob, screen)
    unreached: dict[str, list[Any]] = {}
    for address in ("/", "/leads", "/leads?as=list", f"/c/{day.id}"):
        page.goto(address)
        if "list" in address:
            page.locator(".pick input").first.check()
        assert page.locator("details.pop").count()
        if found := page.evaluate(UNREACHED):
            unreached[address] = found
    assert unreached == {}


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_the_menu_of_a_low_call_opens_inside_the_window(
    world: "World",
    live_server: Any,
    browser: Browser,  # noqa: F811
    as_person: Any,
    screen: Any,
) -> None:
    setup.add_member(world.shop.business, "Bob", "desk", email="bob@example.com", password="a long password")
    for last in range(130, 146):
        world.call(f"+15125550{last}", 20, "no_answer" if last % 2 else "answered")
        world.run(minutes=2)
    page = _opened(browser, live_server, as_person("bob@example.com"), screen)
    page.goto("/calls")
    assert page.locator("details.corrects").count() == 16
    assert page.evaluate(UNREACHED) == []


def test_what_is_unfolded_at_the_foot_of_a_desk_comes_into_sight(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _opened(browser, live_server, bob, DESK)
    page.goto(f"/c/{day.id}")
    plan = page.locator("#plan-fold")
    foot = plan.locator("summary").evaluate("(it) => Math.ceil(it.getBoundingClientRect().bottom)")
    page.set_viewport_size(DESK | {"height": foot + 8})
    plan.locator("summary").click()
    expect(page.locator("#keep-plan")).to_be_in_viewport(ratio=1)
    plan.locator("summary").click()
    expect(plan.locator("summary")).to_be_in_viewport(ratio=1)


def test_choosing_a_lead_on_a_phone_moves_nothing_and_nothing_chosen_leaves_no_gap(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _opened(browser, live_server, bob, PHONE)
    page.goto("/leads?as=list")
    bar = page.locator(".bulk")
    high = bar.evaluate("(it) => it.offsetHeight")
    assert high <= 56
    page.locator(".pick input").first.check()
    expect(page.get_by_text("Move to")).to_be_visible()
    assert bar.evaluate("(it) => it.offsetHeight") == high


def test_lines_of_a_phone_are_even_where_some_are_links(
    day: models.Conversation,  # noqa: F811
    now: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """The room around a link for a finger pushed its line down, away from the name before it."""
    checks = [{"name": each, "passed": True, "evidence": "So it is."} for each in ("hours", "open_conversation")]
    models.Decision.objects.create(
        business=day.business, conversation=day, at=now, rule="nudge", verdict="sent",
        why="Nobody answered.", text="t2", would_change="An answer.", guards=checks,
    )  # fmt: skip
    page = _opened(browser, live_server, alice, PHONE)
    page.goto(f"/c/{day.id}")
    assert set(page.locator("#talk-facts dl > div").evaluate_all(OFFSETS)) <= {0, 1}
    page.locator("#thread .whys:has(.checks) summary").last.click()
    rows = page.locator("#thread .checks").last.locator("li")
    linked = rows.evaluate_all("all => all.map((it) => [Boolean(it.querySelector('a')), it.offsetHeight])")
    assert (sorted(link for link, _ in linked), len({high for _, high in linked})) == ([False, True], 1)
