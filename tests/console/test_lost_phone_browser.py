"""In a real browser on a phone: an owner takes the lost second step of another away, in English and Spanish."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import PATIENCE, browser, pytestmark  # noqa: F401  the browser, and where there is none
from tests.console.test_second_step import PASSWORD, _set_up, _sign_in

from answerback.store import models


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Phone lost", "Take it away")), ("es", ("Perdió el teléfono", "Quitarlo"))]
)
def test_it_is_taken_away_at_360_pixels(
    shop: Any,
    browser: Browser,  # noqa: F811
    live_server: Any,
    language: str,
    words: tuple[str, str],
) -> None:
    """The button said whose it was, in one line, and the page was wider than the phone."""
    (lost, take), kim, client = words, shop.member("Kim", "owner"), Client()
    _sign_in(client, "kim@example.com")
    _set_up(client)
    models.User.objects.filter(email="alice@example.com").update(language=language)
    page = browser.new_context(base_url=live_server.url, viewport={"width": 360, "height": 740}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/sign-in?next=/people")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    slip = page.locator("li.slip", has_text="kim@example.com")
    slip.locator("summary").first.click()
    slip.get_by_text(lost).click()
    button = slip.get_by_role("button", name=take)
    expect(button).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    button.click()
    expect(page.get_by_role("status").filter(has_text="Kim")).to_be_visible()
    slip.locator("summary").first.click()
    expect(slip.get_by_text(lost)).to_have_count(0)
    assert models.AuditEntry.objects.filter(what="console:take_step", subject=kim.id).count() == 1
