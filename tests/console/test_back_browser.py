"""In a real browser: Back after a form was sent does nothing again and shows nothing that is over."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models


def _posts(page: Page) -> list[str]:
    """What is sent from now on, the looks of who is on the page left out."""
    sent: list[str] = []
    page.on(
        "request", lambda each: sent.append(each.url) if each.method == "POST" and "/here" not in each.url else None
    )
    return sent


def test_back_after_an_act_of_a_conversation_shows_what_is(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto("/inbox")
    page.get_by_role("link", name="Maria Lopez").first.click()
    page.fill("#body", "Luis can be there at two")
    page.click("#send")
    expect(page.locator(".bubble", has_text="Luis can be there at two")).to_be_visible()
    page.fill("#amount", "480")
    page.click("#mark-won")
    expect(page.locator("#talk-facts")).to_contain_text("480")
    sent = _posts(page)
    page.go_back()
    page.wait_for_load_state()
    page.go_forward()
    page.wait_for_load_state()
    expect(page.locator("#talk-facts")).to_contain_text("480")
    expect(page.locator("#body")).to_have_value("")
    page.reload()
    expect(page.locator("#talk-facts")).to_contain_text("480")
    assert sent == []
    assert models.RevenueEntry.objects.count() == 1
    assert models.Message.objects.filter(author="staff").count() == 1


def test_back_to_a_to_do_that_was_settled_does_not_offer_it_again(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    todo = models.Todo.objects.get()
    page.goto("/todos")
    page.locator(f"#settle-{todo.id} summary").click()
    page.click(f"#close-{todo.id}-reached")
    expect(page.locator("#toasts")).not_to_have_text("")
    page.wait_for_load_state()  # left before its script ran, nobody knew whether it had arrived, and it was sent again
    expect(page.locator(f"#settle-{todo.id}")).to_have_count(0)
    page.goto("/leads")
    sent = _posts(page)
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator("h1")).to_have_text("To-dos")
    expect(page.locator(f"#settle-{todo.id}")).to_have_count(0)
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator(f"#settle-{todo.id}")).to_have_count(0)
    assert sent == []
    assert models.AuditEntry.objects.filter(what="console:close_todo").count() == 1


def test_back_to_a_form_that_was_sent_finds_it_empty(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    dan = shop.member("Dan", "technician")
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto("/diary?day=2026-03-12")
    page.locator("#new-entry summary").click()
    page.fill("#new-title", "Training")
    page.select_option("#new-member", str(dan.id))
    page.get_by_role("button", name="Put it in").click()
    expect(page.locator("#toasts")).to_contain_text("Saved.")
    page.wait_for_load_state()
    page.go_back()
    page.wait_for_load_state()
    expect(page.locator("#new-title")).to_have_value("")  # it is in: the same words waited to be sent again
    sent = _posts(page)
    page.go_forward()
    page.wait_for_load_state()
    expect(page.locator(".own-entry", has_text="Training")).to_have_count(1)
    page.reload()
    expect(page.locator(".own-entry", has_text="Training")).to_have_count(1)
    assert sent == []
    assert models.OwnEntry.objects.count() == 1
