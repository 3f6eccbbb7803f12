"""Two people on one conversation, in two browsers, who press within the same second: neither is told what is not so."""

from typing import Any

from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models

HERS = "Alice has this conversation. Send it only if you want to answer in their place."


def _opened(browser: Browser, server: Any, client: Client, talk: models.Conversation) -> Page:  # noqa: F811
    """A page that hears nothing more until it is told to, as in the second in which both press."""
    page = _page(browser, server, client)
    page.goto(f"/c/{talk.id}")
    page.route("**/live?*", lambda route: route.fulfill(status=204))
    return page


def test_who_answers_a_moment_later_is_told_by_name_and_only_for_as_long(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    bob: Client,
) -> None:
    """He was told that "has this conversation", and still so after she had handed it back."""
    page = _opened(browser, live_server, bob, day)
    page.type("#body", "Bob says two")
    models.Conversation.objects.filter(id=day.id).update(held_by=None)
    alice.post(f"/c/{day.id}/reply", {"body": "Alice says one"})
    page.click("#send")
    asked = page.locator("#held-asked")
    expect(asked).to_have_text(HERS)
    expect(page.locator("#body")).to_have_value("Bob says two")
    page.unroute("**/live?*")
    alice.post(f"/c/{day.id}/hand-back")
    expect(asked).to_have_count(0)
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    page.click("#send")
    expect(page.locator(".bubble.out", has_text="Bob says two")).to_have_count(1)
    assert [each.body for each in models.Message.objects.filter(author="staff").order_by("id")] == [
        "Alice says one",
        "Bob says two",
    ]


def test_who_takes_over_a_moment_later_is_told_who_has_it(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    bob: Client,
) -> None:
    """Both were told "It is yours", and it was taken from her without a word to either."""
    talk = shop.conversation(140, name="Sam")
    page = _opened(browser, live_server, bob, talk)
    alice.post(f"/c/{talk.id}/take-over")
    page.click("#take-over")
    expect(page.locator("#toasts")).to_contain_text("Alice has taken this conversation over meanwhile.")
    held = models.Conversation.objects.get(id=talk.id).held_by
    assert held is not None
    assert held.name == "Alice"
