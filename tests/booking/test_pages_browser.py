"""In a real browser: a time chosen by thumb on a phone, with and without JavaScript, in both languages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import PATIENCE, browser, pytestmark  # noqa: F401  where there is no browser

if TYPE_CHECKING:
    from tests.booking.conftest import Shop

THUMB = 44
SAID = {
    "en": ("Soon", "More days", "Book this time", "You are booked", "Another time", "Move to this time"),
    "es": ("Pronto", "Más días", "Reservar esta hora", "Su cita está reservada", "Otra hora", "Cambiar a esta hora"),
}


@pytest.mark.parametrize(("language", "script"), [("en", True), ("es", False)])
def test_a_time_is_booked_and_moved_by_thumb(
    shop: Shop,
    live_server: Any,
    browser: Browser,  # noqa: F811
    language: str,
    script: bool,
) -> None:
    told, more, book, booked, other, move = SAID[language]
    page, token = _phone(browser, live_server, script=script), _customer(shop, language)
    page.goto(f"/b/{token}")
    _looked_at(page, f"choose-{language}")
    expect(page.locator(".told")).to_contain_text(told)
    page.get_by_text(more).tap()
    _looked_at(page, f"more-{language}")
    last = page.locator(".more-days .day-card").last
    last.locator("summary").tap()
    last.locator("label.time").first.tap()
    page.fill("#name", "Maria Lopez")
    page.fill("#address", "12 Elm St")
    page.get_by_role("button", name=book).tap()
    expect(page.locator("h1")).to_contain_text(booked)
    _looked_at(page, f"booked-{language}")
    first = shop.calendar()
    page.get_by_role("link", name=other).tap()
    _looked_at(page, f"move-{language}")
    card = page.locator(".day-card").first
    card.locator("label.time").first.tap()
    page.get_by_role("button", name=move).tap()
    expect(page.locator("h1")).to_contain_text(booked)
    second = shop.calendar()
    assert ([each[0] for each in first], len(second), first != second) == (["booked"], 1, True)


def _phone(browser: Browser, server: Any, *, script: bool) -> Page:  # noqa: F811
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        is_mobile=True,
        java_script_enabled=script,
    )
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def _customer(shop: Shop, language: str) -> str:
    made = shop.customer(name="", address="")
    made.conversation.state = {**(made.conversation.state or {}), "language": language}
    made.conversation.save()
    return made.token


def _looked_at(page: Page, name: str) -> None:
    """Nothing stands beside the screen, and what is tapped is as large as a thumb."""
    expect(page.locator("h1")).to_be_visible()
    for each in page.locator("button:visible, summary:visible, label.time:visible, .acts a:visible").all():
        box = each.bounding_box()
        assert box is not None
        assert box["height"] >= THUMB, (name, each.inner_text(), box)
        assert box["x"] >= 0, (name, each.inner_text())
        assert box["x"] + box["width"] <= 360, (name, each.inner_text())
    if folder := os.environ.get("SHOTS"):
        for width, scheme in ((360, "light"), (1280, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=f"{folder}/page-{name}-{width}-{scheme}.png", full_page=True)
        page.set_viewport_size({"width": 360, "height": 740})
