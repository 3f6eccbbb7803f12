"""In a real browser: the numbers beside the sections follow what comes, and words that are marked stay so."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import _page, browser, pytestmark  # noqa: F401  the browser, and where none is

from answerback.store import models

BADGES = "window.badges = []; Object.assign(navigator, { setAppBadge: async (many) => { window.badges.push(many); } });"


def test_a_page_without_news_of_its_own_counts_what_comes(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    page = _page(browser, live_server, alice, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.add_init_script(BADGES)
    maria = shop.conversation(131, name="Maria Lopez")
    page.goto("/people")
    count = page.locator(".sections .count-todos")
    expect(count).to_be_hidden()
    page.fill("#invite [name=name]", "Pat Ro")
    shop.todo(maria, urgent=True)
    expect(count).to_have_text("1")
    expect(page.locator(".sections .count-needs")).to_have_text("1")
    assert page.evaluate("[badges, document.activeElement.value]") == [[0, 1], "Pat Ro"]
    models.Todo.objects.update(closed_at=shop.business.created_at)
    expect(count).to_be_hidden()


def test_words_that_are_marked_stay_marked_when_a_text_comes(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    now: Any,
) -> None:
    """An address being copied out of a text, say."""
    maria = shop.conversation(131, name="Maria Lopez")
    shop.text(maria, "t1", "machine", "Where is it? We come at nine.", "sent")
    page = _page(browser, live_server, alice, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(f"/c/{maria.id}")
    page.locator("#thread .bubble p", has_text="Where is it").dblclick(position={"x": 8, "y": 8})
    marked = page.evaluate("String(getSelection())").strip()
    assert marked == "Where"
    shop.text(maria, "t2", "machine", "And bring a ladder.", "sent")
    expect(page.get_by_text("And bring a ladder.").first).to_be_visible()
    assert page.evaluate("String(getSelection())").strip() == marked


def test_a_menu_that_is_left_open_holds_news_back_for_seconds_only(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """On a screen at the desk whose menu nobody closed, Today stood still for as long."""
    first = shop.todo(shop.conversation(131, name="Maria Lopez"), urgent=True)
    page = _page(browser, live_server, alice, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.clock.install()
    page.goto("/")
    page.click(f"#settle-{first.id}")
    shop.todo(shop.conversation(132, name="Tom Reyes"), urgent=True)
    with page.expect_response("**/live?*"):
        page.clock.run_for(1500)
    page.clock.run_for(1500)
    expect(page.locator("#today")).not_to_contain_text("Tom Reyes")
    page.clock.run_for(12_000)
    expect(page.locator("#today")).to_contain_text("Tom Reyes")
    assert page.locator(f"details:has(> #settle-{first.id})").get_attribute("open") is not None
