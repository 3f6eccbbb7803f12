"""In a real browser: a box in which nothing can be sent any more keeps notes, by its button and by its key."""

from typing import Any

from django.test import Client
from playwright.sync_api import Page, expect
from tests.console.test_offline_browser import page, pytestmark  # noqa: F401  Bob's phone, and where there is none

from answerback.store import models


def test_a_stop_that_comes_meanwhile_leaves_notes(shop: Any, page: Page, alice: Client) -> None:  # noqa: F811
    """What is typed stays; Ctrl and Enter, which sent it, keeps it as a note, and was refused as a text."""
    talk = shop.conversation(131, name="Maria")
    page.goto(f"/c/{talk.id}")
    expect(page.locator("#body")).to_have_attribute("placeholder", "Reply as Bob")
    page.type("#body", "She wants no texts")
    alice.post(f"/c/{talk.id}/stop")
    expect(page.locator("#send")).to_be_hidden()
    expect(page.locator("#body")).to_have_attribute("placeholder", "Write a note: only your people see it")
    expect(page.locator("#body")).to_have_value("She wants no texts")
    page.locator("#body").press("Control+Enter")
    expect(page.locator("#thread .memo")).to_contain_text("She wants no texts")
    assert list(models.Note.objects.exclude(member=None).filter(kind="note").values_list("body", flat=True)) == [
        "She wants no texts"
    ]


def test_a_hidden_number_is_offered_no_words_to_send(shop: Any, page: Page, bob: Client) -> None:  # noqa: F811
    talk = shop.conversation(131, name="Maria")
    bob.post("/snippets/save", {"name": "On my way", "body": "I am on my way."})
    models.Line.objects.update(media=True)
    page.goto(f"/c/{talk.id}")
    offered = ".quick [data-insert], #snippets-open, .picture-field, #send"
    expect(page.locator(offered).locator("visible=true")).to_have_count(4)
    models.Contact.objects.update(number="withheld")
    page.goto(f"/c/{talk.id}")
    expect(page.locator(offered).locator("visible=true")).to_have_count(0)
    expect(page.locator("#as-note")).to_be_visible()
