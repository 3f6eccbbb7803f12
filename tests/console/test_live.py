"""In a real browser: a new text appears by itself and nothing typed is lost; an appointment is dragged."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect, sync_playwright
from scripts.browser import CHROMIUM, HOW
from tests.served import let_go

from answerback.store import models

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--use-fake-device-for-media-stream",
]  # fmt: skip
PATIENCE = 25_000
"""Milliseconds until a page counts as stuck: a busy machine is no failure."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=HOW),
]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setenv(
        "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
    )  # Playwright runs a loop in this thread; the rows are made in it too.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        expect.set_options(timeout=PATIENCE)  # else it is what the test before left
        yield browser.new_page(viewport={"width": 360, "height": 740}, service_workers="block")
        connection.close()  # The rows' own connection is another one inside the loop, and is cut off below.
        browser.close()
    let_go()


def test_new_text_appears_and_nothing_typed_is_lost(shop: Any, live_server: Any, page: Page, now: Any) -> None:
    conversation = shop.conversation(131, name="Maria")
    shop.text(conversation, "t1", "machine", "Sorry we missed you", "sent")
    models.Decision.objects.create(
        business=shop.business,
        conversation=conversation,
        at=now,
        rule="first_text",
        verdict="sent",
        why="The call was missed.",
        text="t1",
    )
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{live_server.url}/sign-in?next=/c/{conversation.id}")
    page.fill("#email", "bob@example.com")
    page.fill("#password", "a long password")
    page.click("text=Sign in >> nth=-1")
    page.click("details.whys summary")
    page.fill("#body", "half a senten")
    shop.text(conversation, "in:1", "customer", "are you coming?", "received")
    expect(page.locator("#thread")).to_contain_text("are you coming?")
    expect(page.locator("#body")).to_have_value("half a senten")
    expect(page.locator("#body")).to_be_focused()
    expect(page.locator("details.whys[open]")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert refused == []


def test_an_appointment_is_dragged_to_another_person_and_time(
    shop: Any, live_server: Any, page: Page, now: Any
) -> None:
    dan, eva = shop.member("Dan", "technician"), shop.member("Eva", "technician")
    start = (now + timedelta(days=1)).replace(hour=14)  # 9 AM in Chicago
    talk = shop.conversation(132, name="Maria", phase="booked", status="booked")
    row = models.Appointment.objects.create(
        business=shop.business,
        member=dan,
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
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/sign-in?next=/diary?day={start.date()}")
    page.fill("#email", "bob@example.com")
    page.fill("#password", "a long password")
    page.click("text=Sign in >> nth=-1")
    target = f'td[data-start="{start.date()}T14:00"][data-member="{eva.id}"]'
    page.wait_for_selector(".time-grid[data-on]")  # its script has come
    page.drag_and_drop("a.block:has-text('Maria')", target)
    page.wait_for_selector("text=Undo the move")
    row.refresh_from_db()
    assert (row.member_id, row.during.lower) == (eva.id, start + timedelta(hours=5))
    page.click("text=Undo the move")
    expect(page.get_by_text("Undo the move")).to_have_count(0)
    row.refresh_from_db()
    assert (row.member_id, row.during.lower) == (dan.id, start)


def test_a_page_that_was_opened_before_its_lead_was_made_can_end_it(
    shop: Any, live_server: Any, page: Page, now: Any
) -> None:
    """A call rings, the desk opens it, and the lead comes with its end."""
    maria = models.Contact.objects.create(business=shop.business, number="+15125550131", name="Maria", created_at=now)
    conversation = models.Conversation.objects.create(
        business=shop.business,
        contact=maria,
        line=shop.line,
        playbook_id=shop.business.playbook_id,
        phase="quiet",
        opened_at=now,
        last_at=now,
    )
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/sign-in?next=/c/{conversation.id}")
    page.fill("#email", "bob@example.com")
    page.fill("#password", "a long password")
    page.click("text=Sign in >> nth=-1")
    page.fill("#body", "half a senten")
    expect(page.locator("#mark-won")).to_have_count(0)
    models.Lead.objects.create(
        business=shop.business,
        contact=maria,
        conversation=conversation,
        line=shop.line,
        status="contacted",
        created_at=now,
        updated_at=now,
    )
    shop.text(conversation, "in:1", "customer", "are you coming?", "received")
    expect(page.locator("#thread")).to_contain_text("are you coming?")
    expect(page.locator(".quick a[href='#amount']")).to_have_count(1)
    expect(page.locator("#body")).to_have_value("half a senten")
    page.fill("#amount", "480")
    shop.text(conversation, "in:2", "customer", "hello?", "received")
    expect(page.locator("#thread")).to_contain_text("hello?")
    expect(page.locator("#amount")).to_have_value("480")
    assert troubles == []
