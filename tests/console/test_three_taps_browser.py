"""In a real browser at 360 px: whatever a technician does takes three taps at most, from *Today* and from the inbox."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, and where there is none
    _page,
    browser,
    pytestmark,
)
from tests.console.test_within_reach_browser import REACHED

from answerback.store import models
from answerback.workflow import snippets

PHONE: Any = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
THUMB = 44
MOST = 3


def _drawn() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "#5aa7d6").save(written, "PNG")
    return written.getvalue()


PART = _drawn()


class Thumb:
    """Taps what is in sight and as large as a thumb, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def __call__(self, place: str) -> None:
        wanted: Locator = self.page.locator(place).first
        expect(wanted).to_be_in_viewport(ratio=0.5)
        self.page.wait_for_function(REACHED, arg=place) if place.startswith("#") else None
        wanted.tap()
        self.taps += 1

    def writes(self, field: str, words: str) -> None:
        """Type where the last tap has put the cursor."""
        expect(self.page.locator(field)).to_be_focused()
        self.page.keyboard.type(words)


def _sees(thumb: Thumb) -> None:
    expect(thumb.page.locator("#thread")).to_contain_text("water in the kitchen")


def _calls(thumb: Thumb) -> None:
    expect(thumb.page.locator("#call")).to_have_attribute("href", "tel:+15125550131")
    expect(thumb.page.locator("#call")).to_be_in_viewport()
    thumb.taps += 1  # a phone would ring


def _finds_the_way(thumb: Thumb) -> None:
    thumb(".to-facts")
    way = thumb.page.locator("#where-to a:has-text('Way there')")
    expect(way).to_have_attribute(
        "href", "https://www.google.com/maps/search/?api=1&query=12%20O%27Neil%20St%20%26%205th"
    )
    expect(way).to_be_in_viewport()
    thumb.taps += 1  # a map would open


def _hands_over(thumb: Thumb) -> None:
    thumb("#more-acts > summary")
    thumb("#more-acts button.unmarked")
    expect(thumb.page.locator("#toasts")).to_contain_text("Assigned.")


def _is_on_the_way(thumb: Thumb) -> None:
    thumb(".quick button:has-text('On my way')")
    expect(thumb.page.locator("#body")).to_have_value(
        "Hi Maria, this is Dan from Rivera Plumbing. I am on my way to you now."
    )
    thumb("#send")
    expect(thumb.page.locator(".bubble.out")).to_contain_text("I am on my way")


def _takes_over(thumb: Thumb) -> None:
    thumb("#take-over")
    expect(thumb.page.locator("#hand-back")).to_be_visible()


def _replies(thumb: Thumb) -> None:
    thumb("#body")
    thumb.writes("#body", "Turn the valve off")
    thumb("#send")
    expect(thumb.page.locator(".bubble.out")).to_contain_text("Turn the valve off")


def _notes(thumb: Thumb) -> None:
    thumb("#body")
    thumb.writes("#body", "Gate code 4411")
    thumb("#as-note")
    expect(thumb.page.locator(".memo")).to_contain_text("Gate code 4411")


def _sells(thumb: Thumb) -> None:
    thumb(".quick a[href='#amount']")
    thumb.writes("#amount", "480")
    thumb("#mark-won")
    expect(thumb.page.locator("#toasts")).to_contain_text("Marked: Won.")
    expect(thumb.page.locator(".to-facts")).to_have_text("Details")
    assert models.RevenueEntry.objects.get().cents == 48_000


def _books(thumb: Thumb) -> None:
    thumb("#soonest button")
    thumb.writes("#book-address", "1 Mill Road")
    thumb("#book-confirm")
    expect(thumb.page.locator("#toasts")).to_contain_text("Booked for")
    expect(thumb.page.locator("#soonest")).to_be_hidden()
    assert models.Appointment.objects.exclude(status="cancelled").get().address == "1 Mill Road"


def _sends_a_photo(thumb: Thumb) -> None:
    with thumb.page.expect_file_chooser() as chosen:
        thumb("label.picture-field")
    chosen.value.set_files({"name": "part.png", "mimeType": "image/png", "buffer": PART})
    expect(thumb.page.locator("#picture-picked canvas")).to_have_attribute("height", "48")
    thumb("#send")
    expect(thumb.page.get_by_role("img", name="Picture we sent; opens large")).to_be_visible()


def _puts_aside(thumb: Thumb) -> None:
    thumb("#more-acts > summary")
    thumb("#more-acts button[value='tomorrow']")
    expect(thumb.page.locator("#toasts")).to_contain_text("Back ")


def _is_done(thumb: Thumb) -> None:
    thumb("#more-acts > summary")
    thumb("#more-acts .finish button")
    expect(thumb.page.locator("#toasts")).to_contain_text("Done")


OF_ANYBODY: tuple[Callable[[Thumb], None], ...] = (
    _calls, _hands_over, _is_on_the_way, _replies, _notes, _sends_a_photo, _puts_aside, _is_done,
)  # fmt: skip
ACTS: tuple[Callable[[Thumb], None], ...] = (
    _sees, _finds_the_way, _takes_over, _sells, _books, *OF_ANYBODY,
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__.strip("_"))
@pytest.mark.parametrize("start", ["/", "/inbox"])
def test_three_taps_are_enough(  # noqa: PLR0917  as many fixtures, and the case
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    as_person: Any,
    start: str,
    act: Callable[[Thumb], None],
) -> None:
    """Booking took four from both, and so did a word from the road and what a job brought."""
    dan = shop.member("Dan", "technician")
    models.Line.objects.update(media=True)
    talk = shop.conversation(131, name="Maria", service="faucet", urgency="emergency")
    shop.text(talk, "in:1", "customer", "There is water in the kitchen", "received")
    models.Lead.objects.update(answers={"address": "12 O'Neil St & 5th"})
    shop.todo(talk, urgent=True)
    snippets.begin_with(shop.business.id, dan.id)
    page = _page(browser, live_server, as_person("dan@example.com"), **PHONE)
    page.goto(start)
    thumb = Thumb(page)
    thumb(".needs p a, .lines a")
    expect(page.locator("#talk h1")).to_have_text("Maria")
    act(thumb)
    assert thumb.taps <= MOST


@pytest.mark.parametrize("act", OF_ANYBODY, ids=lambda act: act.__name__.strip("_"))
@pytest.mark.parametrize("start", ["/", "/inbox"])
def test_three_taps_are_enough_for_whoever_needs_nothing(  # noqa: PLR0917  as many fixtures, and the case
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    as_person: Any,
    start: str,
    act: Callable[[Thumb], None],
) -> None:
    """They stood in the inbox behind a tab, which made a photo five taps, and six where the desk had texted them."""
    dan, desk = shop.member("Dan", "technician"), shop.member("Dora", "desk")
    models.Line.objects.update(media=True)
    talk = shop.conversation(131, name="Maria", phase="human")
    models.Conversation.objects.filter(id=talk.id).update(held_by=desk)
    snippets.begin_with(shop.business.id, dan.id)
    page = _page(browser, live_server, as_person("dan@example.com"), **PHONE)
    page.goto(start)
    thumb = Thumb(page)
    page.locator(".everybody").scroll_into_view_if_needed()
    thumb(".everybody .lines a")
    expect(page.locator("#talk h1")).to_have_text("Maria")
    act(thumb)
    assert thumb.taps <= MOST
