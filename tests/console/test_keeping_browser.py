"""In a real browser: what replaces a part of a page, or the page, takes nothing away that somebody made there."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TookTooLong
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

from answerback.store import models

WIDE: Any = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"}
FOCUSED = "document.activeElement.localName"
STANDS = "() => document.readyState === 'complete' && document.activeElement !== document.body"
BUSY = "form.htmx-request, .htmx-swapping, .htmx-settling"


def _acted(page: Page, said: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(said)
    expect(page.locator(BUSY)).to_have_count(0)


ACTS = {
    "Escape x": "Held back",
    "Escape t": "Handed back",
    "Escape z Enter": "Back ",
    "Escape A": "Assigned",
    "#called-yes": "Noted",
    "#mark-qualified": "Marked",
}


def test_words_typed_a_moment_before_another_act_stay_in_the_box(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """The draft is kept at the server some moments after one typed; what an act answers with is older than it."""
    page = _page(browser, live_server, bob, **WIDE)
    page.route("**/here", lambda route: route.abort())  # as slow as can be
    lost = []
    for act, said in ACTS.items():
        page.goto(f"/c/{day.id}")
        page.wait_for_load_state()
        page.fill("#body", "Luis can be there at")
        page.locator("#body").press_sequentially(" two")
        if act.startswith("#"):
            page.click(act)
        else:
            for key in act.split():
                page.keyboard.press(key)
        _acted(page, said)
        if page.input_value("#body") != "Luis can be there at two":
            lost.append(act)
    assert lost == []


def test_an_act_keeps_what_is_half_filled_in_other_forms_and_where_one_is(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/c/{day.id}")
    page.click("#plan-fold summary")
    page.fill("#step", "Send the offer")
    page.select_option("#owner", label="Bob")
    page.click("#book-fold summary")
    page.locator("#book select, #book p").first.wait_for()
    expect(page.locator("#book .skeleton")).to_have_count(0)
    page.fill("#amount", "480")
    page.fill("#job", "J-7")
    page.evaluate("document.querySelector('.facts').scrollTop = 120")
    page.fill("#body", "On our way")
    page.keyboard.press("Control+Enter")
    _acted(page, "On its way.")
    expect(page.locator("#body")).to_have_value("")
    expect(page.locator("#body")).to_be_focused()
    for field, value in (("#step", "Send the offer"), ("#amount", "480"), ("#job", "J-7")):
        expect(page.locator(field)).to_have_value(value)
    expect(page.locator("#owner option:checked")).to_have_text("Bob")
    expect(page.locator("#plan-fold[open], #book-fold[open]")).to_have_count(2)
    assert page.locator("#book .skeleton").count() == 0
    assert page.evaluate("document.querySelector('.facts').scrollTop") == 120
    page.fill("#amount", "what it was worth")
    page.fill("#body", "See you")
    page.click("#mark-won")  # refused: that is no amount
    expect(page.locator("#amount")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(BUSY)).to_have_count(0)
    expect(page.locator("#amount")).to_have_value("what it was worth")
    expect(page.locator("#body")).to_have_value("See you")
    page.fill("#amount", "480")
    page.click("#mark-won")
    _acted(page, "Marked")
    expect(page.locator("#amount")).to_have_value("")
    expect(page.locator("#step")).to_have_count(0)  # what is won asks for no next step


def test_taking_an_act_back_keeps_what_is_typed_though_the_page_is_another_one(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/c/{day.id}")
    page.click("#called-yes")
    _acted(page, "Noted")
    page.fill("#amount", "480")
    page.fill("#body", "Luis can be there")
    page.click("#toasts button")
    _acted(page, "Taken back")
    expect(page.locator("#amount")).to_have_value("480")
    expect(page.locator("#body")).to_have_value("Luis can be there")
    assert page.evaluate(FOCUSED) != "body"


def test_leads_that_are_chosen_stay_chosen_through_news(  # noqa: PLR0917  as many fixtures
    day: models.Conversation,  # noqa: F811
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    bob: Client,
) -> None:
    ann = models.Lead.objects.get(contact__name="Ann").conversation_id
    page = _page(browser, live_server, bob, **WIDE)
    page.goto("/leads?as=list&status=contacted")
    expect(page.locator("[name=lead]")).to_have_count(2)
    page.check(f"#choose-{day.id}")
    page.check(f"#choose-{ann}")
    shop.conversation(135, name="New caller")
    alice.post("/leads/move", {"lead": ann, "status": "lost", "reason": "price"})
    expect(page.locator(".leads-table")).to_contain_text("New caller")
    expect(page.locator(f"#choose-{ann}")).to_have_count(0)
    expect(page.locator("[name=lead]:checked")).to_have_count(1)
    expect(page.locator(f"#choose-{day.id}")).to_be_checked()
    assert page.evaluate(FOCUSED) != "body"
    page.click("summary:has-text('Move to')")
    page.click("button[name=status][value=qualified]")
    _acted(page, "Moved.")
    assert models.Lead.objects.get(conversation=day).status == "qualified"
    expect(page.locator("[name=lead]:checked")).to_have_count(0)


def test_a_card_that_is_moved_keeps_the_focus_and_goes_as_far_as_the_key_is_pressed(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, **WIDE)
    page.goto("/leads")
    page.wait_for_load_state()
    page.focus(f"#lead-{day.id}")
    for key, status in (("]", "qualified"), ("[", "contacted")):
        page.keyboard.press(key)
        _acted(page, "Moved.")
        expect(page.locator(f".column[data-status='{status}'] #lead-{day.id}")).to_be_focused()
    page.keyboard.press("]")
    page.keyboard.press("]")
    expect(page.locator(f".column[data-status='booked'] #lead-{day.id}")).to_be_focused()
    expect(page.locator(BUSY)).to_have_count(0)
    expect(page.locator(f".column[data-status='booked'] #lead-{day.id}")).to_be_focused()
    assert models.Lead.objects.get(conversation=day).status == "booked"


KEYS = {
    "/c/TALK": [
        "x Control+z", "x", "u", "r", "r Escape", "s", "s Escape", "t", "t Control+z", "e", "e Control+z", "z",
        "z Escape", "a", "a Enter", "A", "c", "m", "w", "?", "r Escape ? ?", "2",
    ],
    "/": ["j", "k", "1", "?", "/", "g i", "g l", "g c", "g d"],
    "/inbox": ["j", "k", "o", "1", "2", "?", "/", "u"],
    "/todos": ["j", "k", "o", "?"],
    "/leads": ["j", "k", "o", "]", "[", "?"],
    "/leads?as=list": ["j", "k", "o", "?"],
    "/calls": ["j", "k", "o", "?", "g t"],
    "/contacts": ["j", "k", "o", "/", "?"],
}  # fmt: skip


def test_no_key_loses_the_focus(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """Of whoever was somewhere: a link that `j` leads to, or the content of the page."""
    page = _page(browser, live_server, bob, **WIDE)
    page.add_init_script(
        "onclick = (e) => e.target.closest('a[href^=tel]') && e.preventDefault()"
    )  # no dialog of the OS
    lost = []
    for address, keys in ((address, keys) for address, offered in KEYS.items() for keys in offered):
        page.goto(address.replace("TALK", str(day.id)))
        page.wait_for_load_state()
        if address.startswith("/c/"):
            page.locator(".desk-list .tabs a").first.wait_for()  # the list comes by itself
        elif keys not in {"j", "k"}:
            page.keyboard.press("j")
        for key in keys.split():
            page.keyboard.press(key)
            page.wait_for_timeout(60)
            page.wait_for_load_state()
            expect(page.locator(BUSY)).to_have_count(0)
        try:
            page.wait_for_function(STANDS)
        except TookTooLong:
            lost.append((address, keys))
    assert lost == []


@pytest.mark.parametrize("address", ["/", "/todos"])
def test_who_settles_something_stands_at_what_is_next(  # noqa: PLR0917  as many fixtures
    day: models.Conversation,  # noqa: F811
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    address: str,
) -> None:
    later = shop.conversation(136, name="Next caller")
    next_one = shop.todo(later)
    first = models.Todo.objects.exclude(id=next_one.id).get()
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(address)
    page.wait_for_load_state()
    form = page.locator(f"form[action$='/todos/{first.id}/close']")
    form.locator("summary").focus()
    page.keyboard.press("Enter")
    form.locator("button[value=reached]").focus()
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(page.locator(f"#todo-{next_one.id}")).to_be_focused()
