"""In a real browser: that a time is taken is said while somebody chooses it, not only once they have sent it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import _page, browser, pytestmark  # noqa: F401  and where there is none

from answerback.store import models

THURSDAY_9 = datetime.fromisoformat("2026-03-12T09:00-05:00")
HOUR = timedelta(hours=1)


def _booked(shop: Any, last: int, name: str, start: datetime, member: models.Member) -> models.Appointment:
    talk = shop.conversation(last, name=name, phase="booked", status="booked")
    return models.Appointment.objects.create(
        business=shop.business, member=member, conversation=talk, contact=talk.contact, during=(start, start + HOUR),
        blocked=(start, start + HOUR), service="drain", status="booked", name=name, created_at=start - HOUR,
        updated_at=start - HOUR,
    )  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
def test_who_has_a_time_is_said_as_it_is_chosen(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    width: int,
) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    models.Member.objects.filter(id__in=(dan.id, eva.id)).update(hours=shop.business.hours)
    row = _booked(shop, 131, "Maria", THURSDAY_9, dan)
    _booked(shop, 132, "Tom", THURSDAY_9 + 2 * HOUR, eva)
    page = _page(browser, live_server, bob, viewport={"width": width, "height": 800}, locale="en-US")
    page.goto("/diary?day=2026-03-12")
    card = page.locator(f"#appointment-{row.id}")
    card.locator("summary").click()
    told = card.locator("[role=status]")
    page.locator(f"#start-{row.id}").fill("2026-03-12T11:30")
    expect(told).to_be_empty()  # Dan is free then
    page.focus(f"#member-{row.id}")
    page.select_option(f"#member-{row.id}", str(eva.id))
    expect(told).to_contain_text("Eva is with Tom then, from 11:00 AM to 12:00 PM.")
    expect(page.locator(f"#member-{row.id}")).to_be_focused()
    page.locator(f"#start-{row.id}").fill("2026-03-12T13:00")
    expect(told).to_be_empty()
    page.locator(f"#start-{row.id}").fill("2026-03-12T11:00")
    told.get_by_role("button", name="12:00 PM").click()
    page.wait_for_selector("text=Undo the move")
    row.refresh_from_db()
    assert (row.member_id, row.during.lower) == (eva.id, THURSDAY_9 + 3 * HOUR)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_something_else_hears_whose_appointment_stands_there(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    dan = shop.member("Dan", "technician")
    _booked(shop, 131, "Maria", THURSDAY_9, dan)
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 800}, locale="en-US")
    page.goto("/diary?day=2026-03-12")
    page.locator("#new-entry summary").click()
    page.fill("#new-title", "Training")
    page.select_option("#new-member", str(dan.id))
    told = page.locator("#new-entry [role=status]")
    expect(told).to_contain_text("Dan is with Maria then, from 9:00 AM to 10:00 AM. That appointment stays")
    page.locator("#new-entry [name=free]").check()
    expect(told).to_be_empty()


def test_a_time_sold_meanwhile_is_struck_where_it_stands(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """Nothing moves under the finger: the others stay where they were."""
    shop.member("Dan", "technician")
    talk, other = (shop.conversation(last, phase="human", service="drain") for last in (131, 132))
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 800}, locale="en-US")
    page.goto(f"/c/{talk.id}#book")
    times = page.locator("#book-times button[name=start]")
    expect(times.nth(1)).to_be_visible()
    start = times.first.get_attribute("value")
    times.last.focus()
    before = times.last.bounding_box()
    bob.post(f"/c/{other.id}/hold", {"service": "drain", "start": start})
    expect(times.first).to_be_disabled()
    expect(page.locator("#book-times [role=status]")).to_have_text("Struck through: no longer free.")
    expect(times.last).to_be_focused()
    assert times.last.bounding_box() == before
