"""In a real browser: who was signed out while they typed signs in again, and their words stand where they were."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.console.conftest import PASSWORD
from tests.console.test_desk_browser import _page, browser, pytestmark  # noqa: F401  and where there is none

SCREENS: list[Any] = [{"viewport": {"width": 360, "height": 740}}, {"viewport": {"width": 1280, "height": 800}}]


def _sign_in_again(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("You were signed out meanwhile, so nothing was kept.")
    page.fill("[name=email]", "bob@example.com")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("screen", SCREENS)
def test_words_of_a_form_that_was_sent_too_late_stand_in_it_again(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
    screen: Any,
) -> None:
    page = _page(browser, live_server, bob, **screen, locale="en-US")
    contact = shop.conversation(131, name="Maria").contact_id
    page.goto(f"/contacts/{contact}")
    form = page.locator(f"form[action='/contacts/{contact}/people/add']")
    page.locator("summary", has_text="Also call from this number").click()
    form.locator("[name=name]").fill("Tom Lopez")
    form.locator("[name=note]").fill("her husband")
    page.route("**/counted*", lambda route: route.abort())  # the page itself would find out, if it were given a second
    Session.objects.all().delete()
    form.locator("button").click()
    _sign_in_again(page)
    expect(form.locator("[name=name]")).to_have_value("Tom Lopez")
    expect(form.locator("[name=note]")).to_have_value("her husband")
    assert page.evaluate("location.pathname") == f"/contacts/{contact}"
    form.locator("button").click()
    expect(page.locator("#main")).to_contain_text("Tom Lopez her husband")


def test_words_stay_when_the_page_itself_finds_out(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    """A conversation asks each second what is new, and was moved to the door with what was being typed."""
    talk = shop.conversation(131, name="Maria", phase="human")
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800}, locale="en-US")
    page.goto(f"/c/{talk.id}")
    page.locator("#plan-fold summary").click()
    page.fill("#step", "Send the offer")
    Session.objects.all().delete()
    page.wait_for_url("**/sign-in?next=**")
    page.fill("[name=email]", "bob@example.com")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#step")).to_have_value("Send the offer")
    expect(page.locator("#step")).to_be_visible()


def test_who_signs_in_again_in_one_tab_is_let_in_in_the_others(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    """Each tab had been moved to the door; its form was refused, as a page that was open for too long."""
    talk = shop.conversation(131, name="Maria", phase="human")
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800}, locale="en-US")
    other = page.context.new_page()
    page.goto("/contacts")
    other.goto(f"/c/{talk.id}")
    other.locator("#plan-fold summary").click()
    other.fill("#step", "Send the offer")
    Session.objects.all().delete()
    for each in (page, other):
        each.wait_for_url("**/sign-in?next=**")
    page.fill("[name=email]", "bob@example.com")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts")
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # a browser without a window shows all tabs
    expect(other.locator("#step")).to_have_value("Send the offer")
    assert other.evaluate("location.pathname") == f"/c/{talk.id}"


def test_who_signs_out_themselves_leaves_no_words_in_the_browser(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    """The next one at the same browser could read them in its storage, until somebody signed in there."""
    talk = shop.conversation(131, name="Maria", phase="human")
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800}, locale="en-US")
    page.goto(f"/c/{talk.id}")
    page.locator("#plan-fold summary").click()
    page.fill("#step", "Send the offer")
    page.fill("#body", "We come at nine")
    page.locator("form[action='/sign-out'] button").first.evaluate("(button) => button.click()")
    page.wait_for_url(re.compile("/sign-in"))
    kept = page.evaluate("JSON.stringify({ ...sessionStorage, ...localStorage })")
    assert [each for each in ("Send the offer", "We come at nine") if each in kept] == []


def test_words_that_were_left_long_ago_do_not_wait_at_the_door(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    """Every look at the door let them wait for a quarter of an hour more, whenever they had been typed."""
    talk = shop.conversation(131, name="Maria", phase="human")
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800}, locale="en-US")
    page.goto(f"/c/{talk.id}")
    page.locator("#plan-fold summary").click()
    page.fill("#step", "Send the offer")
    Session.objects.all().delete()
    page.wait_for_url("**/sign-in?next=**")
    page.reload()
    assert "Send the offer" in page.evaluate("sessionStorage.getItem('left-behind')")
    page.evaluate(
        """() => {
            const left = JSON.parse(sessionStorage.getItem("left-behind"));
            sessionStorage.setItem("left-behind", JSON.stringify({ ...left, when: left.when - 1_000_000 }));
        }"""
    )
    page.reload()
    assert page.evaluate("sessionStorage.getItem('left-behind')") is None
