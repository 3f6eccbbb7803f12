"""In a real browser: what was said is found by keys alone, on a phone, in Spanish; nobody loses where they type."""

import re
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.engine.events import VoicemailTranscribed
from answerback.store import models

WIDE: Any = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def said(day: models.Conversation, shop: Any, now: Any) -> models.Message:  # noqa: F811
    """Maria wrote about a boiler once, and much was said since."""
    shop.text(day, "in:0", "customer", "The boiler in Elm Street is cold", "received", now - timedelta(days=3))
    for n in range(80):
        at = now - timedelta(days=2) + timedelta(minutes=n)
        shop.text(day, f"in:9{n}", "customer", f"And then {n} " + "more of it " * 30, "received", at)
    eve = shop.conversation(140, name="Boiler Eve", at=now)
    shop.text(eve, "in:0", "customer", "My boiler too", "received", now - timedelta(days=1))
    return models.Message.objects.get(conversation=day, key="in:0")


def test_by_keys_alone_what_was_said_is_found_and_come_back_from(
    said: models.Message,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, **WIDE)
    page.goto("/inbox")
    page.keyboard.press("/")
    expect(page.locator("#find-q")).to_be_focused()
    page.keyboard.type("boil")
    expect(page.locator(".found mark")).to_have_text(["boil", "boil"])
    expect(page.locator("#find-q")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/find\?q=boil$"))
    page.keyboard.type("er elm")
    expect(page.locator(".found mark")).to_have_text(["boiler", "Elm"])
    expect(page).to_have_url(re.compile(r"/find\?q=boiler\+elm$"))
    expect(page.locator("#find-says")).to_have_text("1 thing that was said")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator(f"#at-text-{said.id}.sought")).to_be_in_viewport()
    expect(page.locator(".found li.chosen")).to_have_count(1)
    expect(page).to_have_url(re.compile(rf"/c/{said.conversation_id}\?find=boiler\+elm&at=text-{said.id}$"))
    page.reload()
    expect(page.locator(f"#at-text-{said.id}.sought")).to_be_in_viewport()
    expect(page.locator(".found mark")).to_have_text(["boiler", "Elm"])
    page.evaluate("void setTimeout(() => history.back())")
    expect(page.locator("#talk.nothing")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/find\?q=boiler\+elm$"))
    page.wait_for_load_state()
    page.evaluate("void setTimeout(() => history.back())")
    page.wait_for_url("**/inbox")
    expect(page.locator(".tabs")).to_have_count(1)


def test_an_emptied_field_is_the_inbox_again(
    said: models.Message,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/find?q=boiler&behind={said.id + 1000}..")
    expect(page.locator("#find-q")).to_have_value("boiler")
    page.locator("#find-q").fill("")
    expect(page.locator("#lists .tabs a[aria-current]")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"/inbox$"))
    expect(page.locator("#find-q")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_in_spanish_it_is_three_taps_and_nothing_is_wider(
    said: models.Message,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    scheme: Any,
) -> None:
    models.User.objects.update(language="es")
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, color_scheme=scheme)
    page.goto("/inbox")
    page.get_by_placeholder("Nombres, números, palabras").fill("boiler")
    expect(page.locator(".found mark")).to_have_text(["boiler", "boiler"])
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".found-said a").last.click()
    expect(page.locator(f"#at-text-{said.id}.sought")).to_be_in_viewport()
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Volver a lo encontrado").click()
    page.wait_for_url("**/find?q=boiler")
    page.locator("#find-q").fill("nada de esto")
    expect(page.get_by_role("heading", name="No se encontró nada")).to_be_visible()
    assert Axe().run(page).response["violations"] == []


def test_it_is_found_without_a_script(
    said: models.Message,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.goto("/inbox")
    page.locator("#find-q").fill("boiler elm")
    page.locator("#find-q").press("Enter")
    page.wait_for_url("**/find?q=boiler+elm")
    page.locator(".found-said a").click()
    page.wait_for_url("**/c/*")
    expect(page.locator(f"#at-text-{said.id}.sought")).to_be_in_viewport()


def test_the_words_of_a_voicemail_stand_out_where_they_lead_to(  # noqa: PLR0917  fixtures
    day: models.Conversation,  # noqa: F811
    shop: Any,
    now: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    heard = VoicemailTranscribed(at=now, call="a", line=shop.line.number, text="Hi, the gate squeaks")
    shop.event(day, heard)
    found = models.Event.objects.get(kind="VoicemailTranscribed")
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740})
    page.goto("/find?q=squeaks")
    page.locator(".found-said a").click()
    stands = page.locator(f"#at-event-{found.id}.sought")
    expect(stands).to_be_in_viewport()
    assert stands.evaluate("it => getComputedStyle(it.querySelector('p')).outlineStyle") == "solid"


def test_people_who_were_looked_for_are_there_after_a_reload_and_on_the_way_back(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    now: Any,
) -> None:
    eve = shop.conversation(140, name="Boiler Eve", at=now)
    shop.conversation(141, name="Somebody Else", at=now)
    page = _page(browser, live_server, bob, **WIDE)
    rows = page.locator(".contact-list strong")
    page.goto("/contacts")
    page.locator("#contact-q").fill("eve")
    expect(rows).to_have_text(["Boiler Eve"])
    expect(page).to_have_url(re.compile(r"/contacts\?q=eve$"))
    page.reload()
    expect(rows).to_have_text(["Boiler Eve"])
    rows.click()
    expect(page).to_have_url(re.compile(rf"/contacts/{eve.contact_id}$"))
    page.go_back()
    expect(rows).to_have_text(["Boiler Eve"])
    expect(page.locator("#contact-q")).to_have_value("eve")
    page.locator("#contact-q").fill("")
    expect(rows).to_have_count(2)
    expect(page).to_have_url(re.compile(r"/contacts$"))
