"""In a real browser whose scripts have not come: what is pressed goes as a plain form, and is done once."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize, expect
from tests.console.test_desk_browser import browser, pytestmark  # noqa: F401  and where there is none

from answerback.store import models

PHONE: ViewportSize = {"width": 360, "height": 740}


def test_a_conversation_works_by_plain_forms(shop: Any, live_server: Any, browser: Browser, bob: Client) -> None:  # noqa: F811
    talk = shop.conversation(131, name="Maria")
    todo = shop.todo(shop.conversation(132, name="Tom"))
    page = _without_scripts(browser, live_server, bob)
    said = page.locator("#toasts")
    page.goto(f"/c/{talk.id}")
    page.click("#take-over")
    expect(said).to_contain_text("It is yours.")
    page.fill("#body", "On my way")
    page.click("#send")
    expect(said).to_contain_text("On its way.")
    page.fill("#body", "Gate code 4411")
    page.click("#as-note")
    expect(page.locator("#thread .memo")).to_contain_text("Gate code 4411")
    page.click("#hand-back")
    expect(said).to_contain_text("Handed back.")
    page.click("#more-acts summary")
    page.click("#more-acts form.finish button")
    expect(said).to_contain_text("Done.")
    page.goto("/todos")
    page.click(f"#settle-{todo.id} summary")
    page.click(f"#close-{todo.id}-reached")
    expect(page.locator(f"#settle-{todo.id}")).to_have_count(0)
    assert page.locator("h1").inner_text() == "To-dos"
    assert [each.body for each in models.Message.objects.filter(author="staff")] == ["On my way"]


def test_what_is_pressed_twice_by_plain_forms_is_done_once(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    talk = shop.conversation(131, name="Maria")
    page = _without_scripts(browser, live_server, bob)
    for button, words, says in (("#send", "On my way", "On its way."), ("#as-note", "Gate code", "Noted.")):
        page.goto(f"/c/{talk.id}")
        page.fill("#body", words)
        page.locator(button).dblclick()
        expect(page.locator("#toasts")).to_contain_text(says)
    assert [each.body for each in models.Message.objects.filter(author="staff")] == ["On my way"]
    assert [each.body for each in models.Note.objects.filter(kind="note")] == ["Gate code"]


def _without_scripts(browser: Browser, server: Any, client: Client) -> Page:  # noqa: F811
    context = browser.new_context(base_url=server.url, viewport=PHONE, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    return context.new_page()
