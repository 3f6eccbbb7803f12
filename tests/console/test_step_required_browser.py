"""In a real browser: an owner's first sign-in at 360 pixels, and one who is led to the second step amid something."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import PATIENCE, browser, pytestmark  # noqa: F401  the browser, and where there is none
from tests.console.test_locks_browser import _named
from tests.console.test_second_step import PASSWORD

from answerback.store import models
from answerback.workflow import people

STEP = "/account/second-step/"
TOLD = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
WORDS = {
    "en": ("Set a passkey up", "I have kept them: go on", "Set up a business"),
    "es": ("Crear una llave de acceso", "Ya los guardé: continuar", "Configurar un negocio"),
}


def _opened(browser: Browser, server: Any, **wishes: Any) -> Page:  # noqa: F811
    page = browser.new_context(base_url=_named(server), service_workers="block", **wishes).new_page()
    page.set_default_timeout(PATIENCE)
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": TOLD})
    return page


@pytest.mark.usefixtures("now", "transactional_db")
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_new_owner_needs_one_tap_for_it_and_goes_on_to_the_set_up(
    settings: Any,
    browser: Browser,  # noqa: F811
    live_server: Any,
    language: str,
) -> None:
    settings.SECOND_STEP_DAYS = 0
    tap, on, begin = WORDS[language]
    page = _opened(browser, live_server, viewport={"width": 360, "height": 740}, locale=language)
    page.goto(f"/join/{people.make_first_link('dana@example.com')}")
    page.fill("#name", "Dana")
    page.fill("#password", "a plumber's long word")
    page.click("button.strong")
    page.wait_for_url(f"**{STEP}")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name=tap).click()
    expect(page.locator("ol.recovery li")).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("link", name=on).click()
    expect(page.locator("h1")).to_have_text(begin)


def test_what_was_being_typed_is_there_again_afterwards(
    shop: Any,
    settings: Any,
    browser: Browser,  # noqa: F811
    live_server: Any,
) -> None:
    """The installation was upgraded, or another owner took the step away, while the page stood open."""
    page = _opened(browser, live_server)
    page.goto("/sign-in?next=/snippets")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.locator("#main").wait_for()
    page.wait_for_load_state()
    page.fill("[name=name]", "way")
    page.fill("[name=body]", "Past the mill")
    settings.SECOND_STEP_DAYS = 0
    models.User.objects.filter(email="alice@example.com").update(second_step_due=None)
    page.locator("form:has([name=body]) button").first.click()
    expect(page.locator("body")).to_contain_text("That was not done: your second step comes first.")
    page.get_by_role("button", name="Set a passkey up").click()
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page.locator("[name=body]")).to_have_value("Past the mill")
    expect(page.locator("[name=name]")).to_have_value("way")
    assert not models.Snippet.objects.exists()
