"""In a real browser: the preview of a wording fills its blanks in the language the wording is written in."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models


def test_a_spanish_wording_is_shown_with_a_spanish_day(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """ "su cita es el Tue Mar 10, 9:00 AM" stood there."""
    page = _page(browser, live_server, alice)
    page.goto("/playbooks/edit/say")
    bubble = page.locator("[data-bubble]")
    for language, text, shown in (
        ("es", "su cita es el {when}", "su cita es el mar 10 mar, 9:00 AM"),
        ("en", "you are booked for {when}", "you are booked for Tue Mar 10, 9:00 AM"),
    ):
        page.locator(f'textarea[data-preview][lang="{language}"]').first.fill(text)
        expect(bubble).to_have_text(shown)
        expect(bubble).to_have_attribute("lang", language)
