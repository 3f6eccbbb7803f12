"""In a real browser at 360 pixels: every act of a conversation's page, made without a network, is done exactly once."""

from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.console.test_offline_browser import (  # noqa: F401  Bob's phone, and where there is none
    _goes_offline,
    _sent,
    _waiting,
    page,
    pytestmark,
    talk,
)

from answerback.store import models

MARKED = """() => [...document.querySelectorAll('.chip.is-pending')].map((each) => {
  const entry = each.closest('li.bubble, li.memo, li.note');
  if (entry?.matches('.is-pending')) return entry.querySelector('.words, strong').textContent;
  return each.closest('form')?.getAttribute('action').replace(/[0-9]+/, 'N') || (entry || each).textContent;
})"""


def _press(page: Page, *selectors: str) -> None:  # noqa: F811
    """What stands in a fold or a menu too: how it opens is told elsewhere."""
    for selector in selectors:
        if selector in {"#as-note", "#send"}:
            page.fill("#body", f"By {selector}")
        page.locator(selector).first.evaluate("(it) => it.click()")


def _done() -> dict[str, int]:
    """How often each act was done since this was asked last."""
    rows = models.AuditEntry.objects.filter(act="edit")
    found = Counter(what.removeprefix("console:") for what in rows.values_list("what", flat=True))
    rows.delete()
    return dict(found)


def test_every_act_of_a_conversation_waits_is_shown_and_is_done_once(
    talk: models.Conversation,  # noqa: F811
    shop: Any,
    page: Page,  # noqa: F811
) -> None:
    todo = shop.todo(talk)
    text = models.Message.objects.get(author="machine")
    _goes_offline(page, f"/c/{talk.id}")
    page.locator("#plan-fold").evaluate("(it) => { it.open = true }")
    page.fill("#step", "Send the offer")
    page.fill("#amount", "480")
    _press(
        page, f"#hold-back-{text.id}", "#take-over", "#as-note", "#assign-me", "#keep-plan", "#called-yes",
        "#mark-qualified", f"#close-{todo.id}-reached", "#send", "[name=until]", "#done", "#mark-won",
    )  # fmt: skip
    assert page.evaluate(MARKED) == [
        "/c/N/done", "/c/N/snooze", "/c/N/assign", "Take over: Waits for the network", "Done: Waits for the network",
        "Take over", "By #as-note", "Me", "Save", "I called, we talked",
        "Qualified", "By #send", "An hour", "Done", "Mark won",
        "/texts/N/hold-back", "/todos/N/close", "/c/N/called", "/c/N/plan", "/c/N/mark", "/c/N/mark",
    ]  # fmt: skip
    page.context.set_offline(False)
    _sent(page)
    assert _done() == dict.fromkeys(
        ("hold_back", "take_over", "note", "assign", "plan", "called", "close_todo", "reply", "snooze", "done"), 1
    ) | {"mark": 2}
    note, (money,) = models.Note.objects.get(kind="note"), models.RevenueEntry.objects.all()
    _goes_offline(page, f"/c/{talk.id}")
    page.locator(f"#amount-{money.id}").evaluate("(it) => { it.closest('details').open = true }")
    page.fill(f"#amount-{money.id}", "500")
    _press(
        page, f"form[action='/notes/{note.id}/remove'] button", f"#correct-{money.id}", "#open-again", "#mark-open",
        "#hand-back", "[value=supplier]", "#stop-fold button",
    )  # fmt: skip
    assert page.evaluate(MARKED) == [
        "/c/N/open-again", "Open again: Waits for the network", "Hand back: Waits for the network",
        "/notes/N/remove", "Open again", "It is open after all", "Hand back", "A supplier",
        "Stop all texts to (512) 555-0131", "/money/N/correct", "/c/N/mark",
        "/c/N/whose", "/c/N/stop",
    ]  # fmt: skip
    page.context.set_offline(False)
    _sent(page)
    assert _done() == dict.fromkeys(
        ("remove_note", "correct_money", "mark", "open_again", "hand_back", "whose", "stop"), 1
    )


@pytest.mark.parametrize(
    ("language", "take_over", "words"),
    [("en", "Take over", "Waits for the network"), ("es", "Tomar", "Espera la red")],
)
def test_a_lead_that_is_marked_says_so_at_the_button_that_was_pressed(
    talk: models.Conversation,  # noqa: F811
    page: Page,  # noqa: F811
    language: str,
    take_over: str,
    words: str,
) -> None:
    """Its button was only paler; what waited was said in the thread, which is far away on a phone."""
    models.User.objects.filter(email="bob@example.com").update(language=language)
    _goes_offline(page, f"/c/{talk.id}")
    for button in ("#mark-qualified", "#mark-lost", "#called-no"):
        _press(page, button)
        beside = page.locator(f"{button} + .chip.is-pending")
        expect(beside).to_have_text(words)
        for each in (beside, page.locator(f":has(> {button} + .chip.is-pending)")):
            expect(each).to_have_css("opacity", "1")
    _press(page, "#take-over")
    expect(page.locator("#talk-head .chip.is-pending")).to_have_text(f"{take_over}: {words}")
    page.locator("#mark-qualified").scroll_into_view_if_needed()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    marked = page.locator("#talk-ending .chip.is-pending, #talk-facts .chip.is-pending, #talk-head .chip.is-pending")
    expect(marked).to_have_count(4)
    models.Lead.objects.update(status="contacted")
    page.context.set_offline(False)
    _sent(page)
    expect(page.locator(".is-pending")).to_have_count(0)


def test_an_undo_waits_at_its_button_and_is_done_once(talk: models.Conversation, page: Page) -> None:  # noqa: F811
    """Nothing on the page said that it waited, and the button could be pressed again."""
    page.goto(f"/c/{talk.id}")
    page.click("#take-over")
    expect(page.locator("#toasts button[name=undo]")).to_have_count(1)
    page.wait_for_load_state()
    page.context.set_offline(True)
    _press(page, "#toasts button[name=undo]", "#toasts button[name=undo]")
    assert _waiting(page) == ["undo"]
    assert page.evaluate(MARKED) == ["/undo"]
    page.context.set_offline(False)
    _sent(page)
    assert _done() == {"take_over": 1, "undo": 1}
