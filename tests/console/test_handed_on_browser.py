"""In a browser: whoever writes in a colleague's place is told of each who has the conversation, not of the first."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models
from answerback.workflow import setup


def test_who_writes_is_told_of_the_next_who_has_it(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """Told that Alice has it, Bob could send the text in Sam's place unasked."""
    held = models.Conversation.objects.filter(id=day.id)
    held.update(held_by=models.Member.objects.get(business=day.business, name="Alice"))
    sam = setup.add_member(day.business_id, "Sam", "desk")
    page = _page(browser, live_server, bob)
    page.goto(f"/c/{day.id}")
    page.locator("#body").press_sequentially("On our way")
    told = page.locator("#held-told")
    expect(told).to_contain_text("Alice has this conversation.")
    expect(page.locator("#held-known")).to_have_value(str(models.Member.objects.get(name="Alice").id))
    held.update(held_by=sam)
    expect(page.locator("#talk-head")).to_have_attribute(
        "data-held", "Sam has this conversation. Send it only if you want to answer in their place."
    )
    expect(told).to_contain_text("Sam has this conversation.")
    expect(page.locator("#held-known")).to_have_value(str(sam.id))
    held.update(held_by=models.Member.objects.get(business=day.business, name="Bob"))
    expect(told).to_have_text("")
    expect(page.locator("#held-known")).to_be_disabled()
