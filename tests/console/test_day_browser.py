"""In a real browser: a full day at the desk, a technician's emergency by thumb, and a network that crawls."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, a day at the desk, and where there is none
    _page,
    browser,
    day,
    pytestmark,
)
from tests.console.test_within_reach_browser import REACHED

from answerback.adapters.simulator import keepsakes
from answerback.engine.events import VoicemailLeft
from answerback.store import models
from answerback.workflow import attachments

THUMB = 44
"""Pixels a thumb needs."""

SPOKEN = "https://recordings.example/3.wav"
HEARD = """(it, until) => new Promise((done) => {
  const look = () => { if (it.readyState && it.currentTime >= until) done(it.duration); };
  for (const each of ["loadedmetadata", "timeupdate", "ended"]) it.addEventListener(each, look);
  look();
})"""
"""How long a recording is, once it was played so far (seconds)."""


def test_a_full_day_at_the_desk(day: models.Conversation, live_server: Any, browser: Browser, bob: Client) -> None:  # noqa: F811
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 900}, locale="en-US")
    toasts = page.locator("#toasts")
    page.goto("/")
    expect(page.locator(".needs")).to_contain_text("Pipe burst")
    page.locator(".needs").get_by_role("link", name="Maria Lopez").first.click()
    expect(page.locator("#talk h1")).to_have_text("Maria Lopez")
    page.fill("#body", "Luis can be there at two")
    page.click("#send")
    expect(page.locator(".bubble", has_text="Luis can be there at two")).to_be_visible()
    page.fill("#body", "Wants it before school is out")
    page.click("#as-note")
    expect(page.locator(".memo", has_text="Wants it before school is out")).to_be_visible()
    page.click("#called-yes")
    expect(toasts).to_contain_text("Noted")
    page.fill("#amount", "480")
    page.click("#mark-won")
    expect(page.locator("#talk-facts")).to_contain_text("480")
    page.click("#open-again")
    page.click("#done")
    expect(page.locator("#open-again")).to_be_visible()
    toasts.get_by_role("button", name="Undo").last.click()
    expect(page.locator("#done")).to_be_visible()
    page.goto("/calls")
    expect(page.locator("main")).to_contain_text("Maria Lopez")
    sold = models.RevenueEntry.objects.get()
    assert (sold.lead.conversation_id, sold.cents) == (day.id, 48_000)


def test_a_technician_takes_an_emergency_in_three_taps(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    as_person: Any,
) -> None:
    shop.member("Dan", "technician")
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
    page = _page(browser, live_server, as_person("dan@example.com"), **phone)
    page.goto("/")
    take = page.get_by_role("button", name="I have it")
    box = take.bounding_box()
    assert box is not None
    assert (box["height"] >= THUMB, box["y"] + box["height"] <= 740) == (True, True)
    take.tap()
    expect(page.locator("#talk h1")).to_have_text("Ann")
    expect(page.locator("#toasts")).to_contain_text("It is yours.")
    expect(page.locator("#call")).to_be_in_viewport()
    assert page.locator("#call").get_attribute("href") == "tel:+15125550132"
    page.locator(".to-facts").tap()
    page.locator("#called-yes").tap()
    expect(page.locator("#toasts")).to_contain_text("Noted")
    woken = models.Page.objects.get()
    assert (woken.taken_by.name if woken.taken_by else None) == "Dan"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_technician_books_in_three_taps(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    as_person: Any,
    language: str,
) -> None:
    """From where the alert leads to; every button is as large as a thumb, and each brings the next into sight."""
    shop.member("Dan", "technician")
    models.User.objects.update(language=language)
    talk = shop.conversation(131, name="Maria", phase="human", service="faucet", urgency="emergency")
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
    page = _page(browser, live_server, as_person("dan@example.com"), **phone)
    page.goto(f"/c/{talk.id}")
    for place in (".to-book", "#book-times button[name=start] >> nth=0", "#book-confirm"):
        reached = page.locator(place)
        expect(reached).to_be_in_viewport(ratio=1)
        box = reached.bounding_box()
        assert box is not None
        assert box["height"] >= THUMB
        if place == "#book-confirm":
            expect(page.locator("#book-address")).to_be_focused()
            expect(page.locator("#toasts .toast")).to_be_visible()
            assert page.evaluate(REACHED, "#book-address")  # a long toast of Spanish lay over it
            assert page.evaluate(REACHED, "#toasts .toast button")
            page.keyboard.type("1 Mill Road")
        reached.tap()
    expect(page.locator("#toasts")).to_contain_text({"en": "Booked for", "es": "Reservado para"}[language])
    assert models.Appointment.objects.exclude(status="cancelled").get().address == "1 Mill Road"


def test_on_a_crawling_network_nothing_typed_is_lost(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto(f"/c/{day.id}")
    wire = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 600, "downloadThroughput": 20_000, "uploadThroughput": 10_000}
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", slow)
    page.locator("#body").press_sequentially("We are on our way", delay=60)
    with page.expect_response(lambda answer: "/live?" in answer.url):
        pass
    expect(page.locator("#body")).to_have_value("We are on our way")
    page.goto("/inbox", wait_until="commit")  # left before it was sent
    page.goto(f"/c/{day.id}")
    expect(page.locator("#body")).to_have_value("We are on our way")
    page.click("#send")
    expect(page.locator(".bubble", has_text="We are on our way")).to_be_visible()
    expect(page.locator("#body")).to_have_value("")
    assert models.Message.objects.filter(author="staff").count() == 1


def test_a_voicemail_is_played(  # noqa: PLR0917  as many fixtures
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    now: datetime,
    bob: Client,
) -> None:
    """What the pretend phones recorded, encoded anew as every provider's recording is, heard by pressing play."""
    shop.event(day, VoicemailLeft(at=now, call="a", line=shop.line.number, seconds=3, media=SPOKEN))
    event = models.Event.objects.get(kind="VoicemailLeft")
    kept = attachments.anew("recording", keepsakes.fetch(SPOKEN).content)
    models.Attachment.objects.create(
        business=shop.business, conversation=day, event=event, kind="recording", state="kept", created_at=now,
        content=kept.content, content_type=kept.content_type,
    )  # fmt: skip
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto(f"/c/{day.id}")
    player = page.locator("audio.recording")
    player.scroll_into_view_if_needed()
    assert round(player.evaluate(HEARD, 0)) == 3
    box = player.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
    player.evaluate(HEARD, 0.3)
