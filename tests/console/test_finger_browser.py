"""In a real browser with a finger, at 360 px and on a tablet: what is shown whole, and what is dragged."""

from collections.abc import Iterator
from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none
from tests.console.test_diary import THURSDAY_9, _appointment, _stands

from answerback.store import models

PHONE: Any = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
TABLET: Any = {"viewport": {"width": 1180, "height": 820}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
LONG_PRESS = 900
"""Milliseconds."""


def _cut(page: Page, selector: str) -> list[str]:
    """What of these does not stand whole."""
    script = "(all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent)"
    return list(page.locator(selector).evaluate_all(script))


def test_the_number_of_a_handset_stands_whole(live_server: Any, browser: Browser, alice: Client) -> None:  # noqa: F811
    page = _page(browser, live_server, alice, **PHONE)
    page.goto("/phone/15125550131/")
    expect(page.locator(".bar small")).to_contain_text("(512) 555-0131")
    assert _cut(page, ".bar .who small, .bar .who strong") == []


def test_a_view_that_was_saved_is_in_sight(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """The row of filters stayed scrolled to where its form had been, and the new view stood outside."""
    page = _at("/leads?service=water_heater", browser, live_server, alice, **PHONE)
    page.get_by_text("Save view").tap()
    page.wait_for_function("() => document.querySelector('.filters').scrollLeft > 0")
    page.fill("#view-name", "Heaters")
    page.get_by_role("button", name="Save").tap()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    view = page.locator(".filters .view[aria-current]")
    expect(view).to_have_text("Heaters")
    expect(view).to_be_in_viewport(ratio=1)
    page.wait_for_load_state()
    expect(view).to_be_in_viewport(ratio=1)


def _at(address: str, chromium: Browser, live_server: Any, who: Client, **device: Any) -> Page:
    page = _page(chromium, live_server, who, **device)
    page.goto(address)
    page.wait_for_load_state()
    return page


def _fingers(page: Page) -> Any:
    return page.context.new_cdp_session(page)


def _middle(place: Locator) -> dict[str, float]:
    box = place.bounding_box()
    assert box is not None
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def _steps(start: dict[str, float], end: dict[str, float], many: int = 12) -> Iterator[dict[str, float]]:
    for at in range(1, many + 1):
        yield {each: start[each] + (end[each] - start[each]) * at / many for each in ("x", "y")}


def _press(page: Page, what: Locator) -> tuple[Any, dict[str, float]]:
    """A long press of a finger."""
    hand, start = _fingers(page), _middle(what)
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [start]})
    expect(page.locator(".held-up")).to_have_count(1)
    return hand, start


def _on(page: Page, hand: Any, start: dict[str, float], end: dict[str, float], many: int = 12) -> None:
    for at in _steps(start, end, many):
        hand.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
        page.wait_for_timeout(20)


def _let_go(hand: Any) -> None:
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def _moved(page: Page, talk: models.Conversation, status: str) -> None:
    expect(page.locator(f".column[data-status='{status}'] .lead-card[data-lead='{talk.id}']")).to_have_count(1)
    expect(page.locator("#toasts")).to_contain_text("Moved.")
    expect(page.locator(".held-up, .dragged, .over")).to_have_count(0)
    assert models.Lead.objects.get(conversation=talk).status == status


def test_a_card_is_dragged_by_a_finger(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _at("/leads", browser, live_server, bob, **TABLET)
    hand, start = _press(page, page.locator(f".lead-card[data-lead='{day.id}'] .lead-top"))
    _on(page, hand, start, _middle(page.locator(".column[data-status='qualified'] h2")))
    expect(page.locator(".column[data-status='qualified'].over")).to_have_count(1)
    _let_go(hand)
    _moved(page, day, "qualified")


def test_a_card_is_dragged_on_a_phone_to_a_column_beyond_the_screen(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _at("/leads", browser, live_server, bob, **PHONE)
    card = page.locator(f".lead-card[data-lead='{day.id}'] .lead-top")
    hand, start = _press(page, card)
    edge = start | {"x": 352}
    _on(page, hand, start, edge)
    booked = ".jumps a[aria-current][href='#column-booked']"
    page.wait_for_function("(it) => Boolean(document.querySelector(it))", arg=booked)  # looks at each frame
    _on(page, hand, edge, edge | {"x": 180}, many=1)  # away before the board has gone on to the next column
    expect(page.locator(booked)).to_have_count(1)
    _let_go(hand)
    _moved(page, day, "booked")


def test_a_finger_that_scrolls_or_taps_drags_nothing(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _at("/leads", browser, live_server, bob, **PHONE)
    card = page.locator(f".lead-card[data-lead='{day.id}'] .lead-top")
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)  # a busy browser's finger is no slow one
    hand, start = _fingers(page), _middle(card)
    hand.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [start]})
    _on(page, hand, start, start | {"x": start["x"] - 150})
    page.clock.run_for(LONG_PRESS)
    expect(page.locator(".held-up, .dragged")).to_have_count(0)
    _let_go(hand)
    page.clock.resume()
    page.locator(f"#lead-{day.id}").tap()
    expect(page).to_have_url(f"{live_server.url}/c/{day.id}")
    assert models.Lead.objects.get(conversation=day).status == "contacted"


def test_an_appointment_is_dragged_by_a_finger(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    dan = shop.member("Dan", "technician")
    row = _appointment(shop, 131, "Maria", THURSDAY_9, dan)
    page = _at("/diary?day=2026-03-12", browser, live_server, bob, **TABLET)
    hand, start = _press(page, page.locator(".block[draggable]"))
    _on(page, hand, start, _middle(page.locator(f"td[data-start='2026-03-12T11:00'][data-member='{dan.id}']")))
    expect(page.locator("td.over-it")).to_have_attribute("data-start", "2026-03-12T11:00")
    _let_go(hand)
    expect(page.locator("#toasts")).to_contain_text("Moved.")
    assert _stands(row) == ("booked", "Dan", "Thu 11:00")
