"""In a real browser: longer words have their room too, above all in Spanish."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, a day at the desk, and where there is none
    _page,
    browser,
    day,
    pytestmark,
)

from answerback.store import models
from answerback.workflow import address_book, measuring

PHONE: Any = {"width": 360, "height": 740}
DESK: Any = {"width": 1280, "height": 800}
TOPS = "(all) => [...new Set(all.map((each) => Math.round(each.getBoundingClientRect().top)))]"
CHOSEN = """(all) => all.map((each) => {
  const style = getComputedStyle(each), pen = document.createElement("canvas").getContext("2d");
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const arrow = 20, room = each.clientWidth - parseFloat(style.paddingLeft) - arrow;
  return pen.measureText(each.selectedOptions[0].text).width <= room || each.selectedOptions[0].text;
})"""
"""Whether what is chosen stands whole before the arrow, or what is cut."""
SPILLS = """(it) => {
  const words = document.createRange();
  words.selectNodeContents(it);
  const { top, bottom } = words.getBoundingClientRect(), box = it.getBoundingClientRect();
  return top - box.top < 3 || box.bottom - bottom < 3;
}"""
"""Whether the words of a button touch its edge."""


def _spanish(browser: Browser, live_server: Any, client: Client, screen: Any) -> Page:  # noqa: F811
    models.User.objects.update(language="es")
    return _page(browser, live_server, client, viewport=screen, locale="es-MX", reduced_motion="reduce")


@pytest.mark.parametrize("screen", [PHONE, DESK])
def test_what_is_chosen_and_pressed_in_a_conversation_stands_whole(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    screen: Any,
) -> None:
    """It said "Demasiado c" at a phone and "Dema" at a desk; two lines of a button touched its edges."""
    page = _spanish(browser, live_server, alice, screen)
    page.goto(f"/c/{day.id}")
    assert page.locator(".outcome > select").evaluate_all(CHOSEN) == [True]
    stops = page.locator(".fold:has(.danger)")
    stops.locator("summary").click()
    assert not stops.locator(".danger").evaluate(SPILLS)


def test_sections_at_the_thumb_stand_on_one_line(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    page = _spanish(browser, live_server, alice, PHONE)
    page.goto("/")
    expect(page.locator(".thumbs > a").nth(3)).to_have_text("Clientes")
    assert len(page.locator(".thumbs svg:visible").evaluate_all(TOPS)) == 1


def test_acts_of_the_account_menu_begin_at_the_same_edge(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    page = _spanish(browser, live_server, alice, DESK)
    page.goto("/")
    page.locator(".menu > summary").click()
    acts = page.locator(".menu-body :is(.button, button) > svg")
    left = acts.evaluate_all("(all) => [...new Set(all.map((each) => Math.round(each.getBoundingClientRect().left)))]")
    assert (acts.count() > 1, len(left)) == (True, 1)


def test_the_bars_of_a_report_have_room_beside_long_words_on_a_phone(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """They were one pixel wide."""
    measuring.refresh(day.business_id)
    page = _spanish(browser, live_server, alice, PHONE)
    page.goto("/reports/")
    wide = page.locator(".waits svg").evaluate_all("(all) => all.map((each) => each.clientWidth)")
    assert (len(wide) > 5, min(wide, default=0) > 60) == (True, True)
    assert page.locator(".spans").first.evaluate("(it) => it.scrollWidth - it.clientWidth") == 0


@pytest.mark.usefixtures("day")
def test_paper_is_as_wide_as_paper_and_shows_no_empty_boxes(
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """The list of leads went over its edge; what is folded left its frame behind."""
    page = _spanish(browser, live_server, alice, {"width": 720, "height": 960})
    page.emulate_media(media="print")
    contact = models.Contact.objects.get(name="Maria Lopez")
    for address in ("/leads?as=list", "/leads", f"/contacts/{contact.id}", "/history"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 720, address
        assert page.locator(".main :is(details, .set-nav):visible").count() == 0, address


def test_a_service_stands_whole_in_the_list_of_leads(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """It said "Calentador ..." beside columns with room to spare."""
    page = _spanish(browser, live_server, alice, DESK)
    page.goto("/leads?as=list")
    service = page.locator(".leads-table").get_by_text("Calentador de agua", exact=True)
    whole = "(it) => [it, it.closest('td')].every((each) => each.scrollWidth <= each.clientWidth + 1)"
    assert service.evaluate(whole)


@pytest.mark.usefixtures("day")
def test_numbers_of_what_videos_did_are_in_sight_on_a_phone(
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """Of five columns a Spanish phone showed the words alone."""
    page = _spanish(browser, live_server, alice, PHONE)
    page.goto("/reports/videos")
    row = page.locator(".compared tbody tr").first.locator(".num")
    for at in range(2):
        expect(row.nth(at)).to_be_in_viewport(ratio=1)


def test_whose_phone_it_is_stands_whole_beside_its_number(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    """At a desk the number itself was cut off ("(512) 555-700…") once somebody else had the same phone."""
    address_book.add_person(day.contact_id, "Theodora", "")
    page = _page(browser, live_server, alice, viewport=DESK)
    page.goto("/contacts")
    words = page.locator(".contact-list .line-words", has_text="Theodora")
    expect(words).to_have_count(1)
    assert words.evaluate("(it) => it.scrollWidth <= it.clientWidth")


def test_the_time_of_an_appointment_does_not_reach_into_the_name(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    alice: Client,
    now: Any,
) -> None:
    """ "10:00 AM" filled its column and more."""
    talk = shop.conversation(131, name="Maria", phase="booked", status="booked")
    start = now.replace(hour=15, minute=0)  # 10 AM in Chicago
    models.Appointment.objects.create(
        business=shop.business,
        member=shop.member("Dan", "technician"),
        conversation=talk,
        contact=talk.contact,
        during=(start, start + timedelta(hours=1)),
        blocked=(start, start + timedelta(hours=1)),
        service="drain",
        status="booked",
        name="Maria",
        created_at=now,
        updated_at=now,
    )
    page = _page(browser, live_server, alice, viewport=PHONE, locale="en-US")
    page.goto("/")
    widths = page.locator(".stops strong").evaluate("(it) => [it.scrollWidth, it.clientWidth]")
    assert widths[0] <= widths[1]
