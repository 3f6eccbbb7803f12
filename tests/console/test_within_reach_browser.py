"""In a real browser: what somebody needs next is never covered or cut, by day and by thumb."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, a day at the desk, and where there is none
    _page,
    browser,
    day,
    pytestmark,
)

from answerback.store import models

REACHED = """(name) => {
  const it = document.querySelector(name), box = it.getBoundingClientRect(), parts = [0.15, 0.5, 0.85];
  const hit = (x, y) => it.contains(document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
  return parts.every((x) => hit(x, 0.5)) && hit(0.5, 0.2) && hit(0.5, 0.8);
}"""
"""Whether a press on this thing reaches it, wherever on it."""

WRITING = ("#body", "#send", "#as-note", "#snippets-open")


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_what_was_just_done_never_covers_what_is_written_next(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    width: int,
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": width, "height": 740}, locale="en-US")
    page.goto(f"/c/{day.id}")
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    expect(page.locator("#toasts")).to_contain_text("On its way.")
    assert {name: page.evaluate(REACHED, name) for name in WRITING} == dict.fromkeys(WRITING, True)
    assert page.evaluate(REACHED, "#toasts .toast button")


def test_what_was_refused_can_be_put_away(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto(f"/c/{day.id}")
    models.Suppression.objects.create(
        business=day.business, number=day.contact.number, at=day.opened_at, evidence="stop"
    )
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    refused = page.locator("#toasts .toast.error")
    expect(refused).to_contain_text("said stop")
    refused.get_by_role("button", name="Put away").click()
    expect(refused).to_have_count(0)
    expect(page.locator("#body")).to_have_value("Luis is on his way")


def test_a_number_stands_whole_beside_what_is_to_be_done(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    unnamed = shop.conversation(141, urgency="emergency")
    shop.todo(unnamed)
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto(f"/c/{unnamed.id}")
    head = page.locator("#talk h1")
    expect(head).to_have_text("(512) 555-0141")
    assert head.evaluate("(it) => it.scrollWidth <= it.clientWidth")
    assert page.evaluate("() => document.documentElement.scrollHeight") == 740  # a conversation does not wobble


def test_what_was_done_at_the_desk_lies_over_nothing(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    long = shop.member("Maximiliana Fernandez de la Vega y Montenegro", "desk")
    for member in (long.id, ""):
        bob.post(f"/c/{day.id}/assign", {"member": member})
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800}, locale="en-US")
    page.goto(f"/c/{day.id}")
    rows = page.locator("#thread > li.note")
    expect(rows.filter(has_text="gave it to nobody")).to_have_count(1)
    over = "(all) => all.filter((it) => it.scrollHeight > it.clientHeight + 1).map((it) => it.innerText)"
    assert rows.evaluate_all(over) == []


def test_where_nothing_may_be_sent_only_notes_are_written(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto(f"/c/{day.id}")
    expect(page.locator("#send")).to_be_visible()
    hidden = shop.conversation(151)
    models.Contact.objects.filter(id=hidden.contact_id).update(number="withheld")
    stopped = shop.conversation(152)
    models.Suppression.objects.create(
        business=day.business, number=stopped.contact.number, at=day.opened_at, evidence="stop"
    )
    for conversation, said in ((hidden, "They hide their number"), (stopped, "said stop")):
        page.goto(f"/c/{conversation.id}")
        expect(page.locator("#talk-stopped")).to_contain_text(said)
        expect(page.locator("#send")).to_be_hidden()
        page.fill("#body", "Called from a hidden number")
        page.click("#as-note")
        expect(page.locator(".memo")).to_contain_text("Called from a hidden number")


@pytest.mark.parametrize("width", [360, 1280])
def test_one_thing_stands_out_sending_once_something_is_written(
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    bob: Client,
    width: int,
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": width, "height": 740}, locale="en-US")
    page.goto(f"/c/{shop.conversation(142).id}")
    colour = "(it) => getComputedStyle(it).backgroundColor"
    stands_out = page.locator("#take-over").evaluate(colour)
    send = page.locator("#send")
    assert send.evaluate(colour) != stands_out
    page.fill("#body", "Luis is on his way")
    expect(send).to_have_css("background-color", stands_out)


def test_a_long_name_of_the_list_of_leads_shows_that_it_is_cut(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    models.Contact.objects.filter(id=day.contact_id).update(name="Maximiliana Fernandez-Castellanos de la Vega")
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, locale="en-US")
    page.goto("/leads?as=list")
    name = page.locator(".leads-table tbody th").filter(has_text="Maximiliana")
    assert name.evaluate("(it) => it.scrollWidth > it.clientWidth")
    # Of a box of its own nothing is left out with dots.
    expect(name.locator("a")).to_have_css("display", "inline")


def test_who_reads_letters_twice_as_large_loses_nothing(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
) -> None:
    page = _page(browser, live_server, alice, viewport={"width": 360, "height": 740}, locale="en-US")
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    wide = "() => document.documentElement.scrollWidth"
    seen = [
        "/",
        "/inbox",
        "/calls",
        "/lines",
        "/settings/hours",
        "/history",
        "/diary/types",
        "/playbooks",
        f"/c/{day.id}",
    ]
    assert {address: (page.goto(address), page.evaluate(wide))[1] for address in seen} == dict.fromkeys(seen, 360)
    assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.locator("#talk h1").evaluate("(it) => it.clientWidth > 180")


@pytest.mark.parametrize("locale", ["en-US", "es-MX"])
def test_every_word_of_the_navigation_stands_whole_on_a_tablet(
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    alice: Client,
    locale: str,
) -> None:
    """Also a long name of one word beside a conversation."""
    talk = shop.conversation(131, name="Donaudampfschifffahrtsgesellschaftskapitaensmuetzenfabrik" * 2)
    page = _page(browser, live_server, alice, viewport={"width": 768, "height": 1024}, locale=locale)
    page.goto("/")
    cut = page.eval_on_selector_all(
        ".sections a", "all => all.filter((a) => a.scrollWidth > a.clientWidth).map((a) => a.innerText)"
    )
    assert (page.locator(".sections a").count() > 10, cut) == (True, [])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/c/{talk.id}")
    page.locator("#talk .facts details:not([open]) > summary").evaluate_all("all => all.forEach((s) => s.click())")
    out = "all => all.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML)"
    assert page.eval_on_selector_all("#talk .facts p, #talk .facts button", out) == []
