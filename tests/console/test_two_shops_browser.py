"""In a real browser: two tabs of one person in two businesses. A plain link never leads into the other one unsaid."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.console.test_desk_browser import PATIENCE, browser, pytestmark  # noqa: F401  the browser, and where there is none

from answerback.store import models

PASSWORD = "a long password"


@pytest.fixture
def context(browser: Browser, live_server: Any) -> BrowserContext:  # noqa: F811
    context = browser.new_context(base_url=live_server.url, locale="en-US")
    context.set_default_timeout(PATIENCE)
    return context


def _choose(tab: Page, business: str) -> None:
    tab.click("details.menu summary")
    tab.click(f"details.menu button:has-text('{business}')")
    tab.wait_for_url("**/")


@pytest.mark.usefixtures("shop")
def test_a_tab_says_that_another_one_chose_another_business(context: BrowserContext) -> None:
    other = models.Business.objects.get(name="Other Plumbing")
    bob = models.User.objects.get(email="bob@example.com")
    models.Member.objects.create(business=other, user=bob, name="Bob", role="desk", email=bob.email)
    a = context.new_page()
    a.goto("/sign-in")
    a.fill("#email", "bob@example.com")
    a.fill("#password", PASSWORD)
    a.click("form[action='/sign-in'] button")
    a.wait_for_url("**/")
    shown = a.locator("details.menu .menu-name")
    if shown.text_content() != "Rivera Plumbing":
        _choose(a, "Rivera Plumbing")
    b = context.new_page()
    b.goto("/")
    _choose(b, "Other Plumbing")
    expect(b.locator("#other-shop")).to_be_hidden()
    a.click("nav.sections a[href='/inbox']")
    said = a.locator("#other-shop")
    expect(said).to_be_visible()
    expect(said).to_contain_text("This tab showed Rivera Plumbing. The link led to Other Plumbing")
    a.click("#back-to-shop")
    expect(shown).to_have_text("Rivera Plumbing")
    expect(a.locator("#other-shop")).to_be_hidden()
    a.click("nav.sections a[href='/inbox']")
    expect(shown).to_have_text("Rivera Plumbing")
    expect(a.locator("#other-shop")).to_be_hidden()
