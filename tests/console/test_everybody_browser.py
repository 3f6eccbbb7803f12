"""In a real browser at 360 pixels: the list below what needs somebody holds each conversation once, whatever comes."""

from datetime import timedelta
from typing import Any

from django.test import Client
from playwright.sync_api import Page, expect
from tests.console.test_offline_browser import page, pytestmark  # noqa: F401  Bob's phone, and where there is none

from answerback.store import models

TWICE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((each) => each.id);
  return ids.length - new Set(ids).size;
}"""


def test_one_who_writes_moves_up_and_stands_there_alone(shop: Any, now: Any, page: Page) -> None:  # noqa: F811
    """In the part of the list that one had scrolled to they stood a second time, as they were."""
    for last in range(25):
        shop.conversation(last, name=f"Person {last}", at=now - timedelta(minutes=last))
    page.goto("/inbox")
    page.locator(".everybody").scroll_into_view_if_needed()
    lines = page.locator(".everybody .lines strong")
    page.locator(".everybody .lines li").nth(19).scroll_into_view_if_needed()
    expect(lines).to_have_count(25)
    last = models.Conversation.objects.get(contact__name="Person 22")
    models.Conversation.objects.filter(id=last.id).update(last_at=now + timedelta(minutes=1))
    shop.text(last, "t1", "machine", "Are you still there?", "sent", now + timedelta(minutes=1))
    expect(lines.first).to_have_text("Person 22")
    order = [22, *(at for at in range(25) if at != 22)]
    assert lines.all_text_contents() == [f"Person {at}" for at in order]
    assert page.evaluate(TWICE) == 0


def test_a_list_that_was_emptied_hears_of_who_comes_next(shop: Any, page: Page, bob: Client) -> None:  # noqa: F811
    """The only one there came to need somebody, was settled, and was not shown below again."""
    talk = shop.conversation(131, name="Maria")
    page.goto("/inbox")
    page.locator(".everybody").scroll_into_view_if_needed()
    below = page.locator(".everybody .lines strong")
    expect(below).to_have_text(["Maria"])
    todo = shop.todo(talk)
    expect(page.locator(".everybody")).to_contain_text("None yet.")
    expect(page.locator("#lists .lines strong")).to_have_text(["Maria"])
    bob.post(f"/todos/{todo.id}/close", {"outcome": "reached"})
    expect(below).to_have_text(["Maria"])
