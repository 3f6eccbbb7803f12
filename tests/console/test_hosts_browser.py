"""In a real browser: an agency's admin reads on both of its pages that its host name leads here no more."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from tests.console.conftest import NOW
from tests.console.test_desk_browser import PATIENCE, browser, pytestmark  # noqa: F401  the browser, and where there is none
from tests.console.test_second_step import PASSWORD

from answerback.store import models
from answerback.store.queries import agencies
from answerback.workflow import people


@pytest.mark.parametrize(("language", "says"), [("en", "does not lead here any more"), ("es", "ya no lleva aquí")])
@pytest.mark.parametrize("wide", [360, 1280])
def test_it_stands_on_both_pages(  # noqa: PLR0917  what it is tried with
    shop: Any,
    browser: Browser,  # noqa: F811
    live_server: Any,
    language: str,
    says: str,
    wide: int,
) -> None:
    agency = models.Agency.objects.create(
        name="North", domain="calls.a-long-name.north-star-agency.example", domain_reached_at=NOW, domain_lost_at=NOW
    )
    models.Business.objects.filter(id=shop.business.id).update(agency=agency)
    kim = models.User.objects.create_user("kim@example.com", PASSWORD, name="Kim", language=language)
    people.add_agency_admin(agency.id, kim.id, "Kim")
    agencies.forget()
    page = browser.new_context(base_url=live_server.url, viewport={"width": wide, "height": 800}).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/sign-in?next=/agency")
    page.fill("#email", "kim@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    for address in ("/agency", "/agency/looks"):
        page.goto(address)
        expect(page.locator("#host-lost")).to_contain_text(says)
        assert page.evaluate("document.documentElement.scrollWidth") == wide
        assert Axe().run(page).response["violations"] == []
