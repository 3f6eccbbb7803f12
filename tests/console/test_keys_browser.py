"""In a real browser: keys act on the conversation that is shown, and on none behind what is open before it."""

import re
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect
from tests.console.test_desk_browser import _page, browser, day, pytestmark  # noqa: F401  and where there is none

import answerback
from answerback.store import models

STATIC = Path(answerback.__file__).parent / "console" / "static" / "console"
WIDE: Any = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"}
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
ACTS = ["j", "k", "o", "u", "r", "s", "t", "e", "z", "a", "A", "c", "m", "w", "x", "[", "]", "/", "1", "2", "3", "4",
        "b", "p", "y", "Y", "M", "q", "Q", "i", "f", "S"]  # fmt: skip


def _slow(page: Page, seconds: float = 0.4) -> None:
    """A network on which whole conversations take their time."""

    def later(route: Route) -> None:
        sleep(seconds)
        route.continue_()

    page.route(lambda address: "/c/" in address and "tab=" in address, later)


def _names(page: Page) -> list[tuple[str, str]]:
    """The lines of the list: id of the conversation and who it is."""
    lines = page.locator(".desk-list .lines a")
    return [(line.get_attribute("id") or "", line.locator("strong").inner_text()) for line in lines.all()]


def _is_shown(page: Page, line: str, who: str) -> None:
    number = line.removeprefix("line-")
    expect(page.locator(f"#talk[data-conversation='{number}']")).to_be_visible()
    page.wait_for_url(f"**/c/{number}?*")
    expect(page).to_have_title(f"{who} · Rivera Plumbing")
    expect(page.locator(f"#{line}")).to_be_focused()
    expect(page.locator(".lines li.chosen")).to_have_id(f"at-{number}")


def test_the_conversation_chosen_last_is_shown_however_fast_one_goes(
    day: models.Conversation,  # noqa: F811
    shop: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """Three clicks 60 ms apart left the first in the pane under the title of the third."""
    page = _page(browser, live_server, bob, **WIDE)
    _slow(page)
    page.goto(f"/c/{day.id}?tab=all")
    page.wait_for_selector(".desk-list .lines a")
    lines = _names(page)
    for line, _who in lines[:3]:
        page.locator(f"#{line}").click(no_wait_after=True)
        page.wait_for_timeout(60)
    _is_shown(page, *lines[2])
    page.keyboard.press("k")
    page.keyboard.press("k")
    _is_shown(page, *lines[0])
    page.keyboard.press("j")
    page.keyboard.press("e")  # meant for the one that is on its way
    page.wait_for_selector("#open-again")
    done = models.Conversation.objects.filter(done_at__isnull=False).values_list("id", flat=True)
    assert [f"line-{each}" for each in done] == [lines[1][0]]
    page.keyboard.press("j")
    page.keyboard.type("rSee you")
    expect(page.locator("#body")).to_have_value("See you")
    assert list(models.Conversation.objects.filter(done_at__isnull=False).values_list("id", flat=True)) == list(done)


@pytest.mark.parametrize("opened", ["#keys", "#more-acts", ".reply .pop"])
def test_no_key_acts_behind_what_is_open(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    opened: str,
) -> None:
    """`?` and then `e`, to read on, marked the conversation done behind the list of keys."""
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/c/{day.id}")
    page.wait_for_selector(".desk-list .lines a")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate("document.querySelector('#body').removeAttribute('hx-post')")
    closing = {"#more-acts": {"z", "a"}, ".reply .pop": {"s"}}.get(opened, set())
    state = (
        "() => [location.href, document.querySelectorAll('details[open], dialog[open]').length, "
        "document.activeElement.closest('.write, .talk-acts, dialog, body').className]"
    )
    for key in [each for each in ACTS if each not in closing]:
        page.evaluate(
            "(at) => { const it = document.querySelector(at);"
            " it.localName == 'dialog' ? (it.open || it.showModal()) : (it.open = true) }",
            opened,
        )
        page.locator(f"{opened} button, {opened} summary").first.focus()
        before = page.evaluate(state)
        page.keyboard.press(key)
        assert page.evaluate(state) == before, key
    assert [each for each in sent if not each.endswith("/here")] == []


def test_no_key_acts_while_a_modifier_is_held_nor_again_while_it_is(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/c/{day.id}")
    page.wait_for_load_state()
    heard = (
        "(init) => !document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {bubbles: true, cancelable: true, ...init}))"
    )
    for key in ACTS:
        for held in ("ctrlKey", "metaKey", "altKey"):
            assert not page.evaluate(heard, {"key": key, held: True}), (key, held)
        if key not in "jk[]":
            assert not page.evaluate(heard, {"key": key, "repeat": True}), key
    assert not page.evaluate(heard, {"key": "e", "isComposing": True})
    assert not models.Conversation.objects.filter(done_at__isnull=False).exists()


def test_what_is_read_stands_still_while_texts_come(  # noqa: PLR0917  as many fixtures
    day: models.Conversation,  # noqa: F811
    shop: Any,
    now: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """A note of 450 letters moved what one was reading by 226 px."""
    for at in range(40):
        shop.text(day, f"in:old{at}", "customer", f"word {at} " * 6, "received", now - timedelta(hours=9, minutes=-at))
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/c/{day.id}")
    read = page.locator("#thread > .bubble", has_text="word 20 ")
    at = "(it) => Math.round(it.getBoundingClientRect().top)"
    page.locator("#talk .scroll").evaluate("it => it.scrollTo(0, -900)")
    page.evaluate(TWO_FRAMES)  # by then it is known that it was scrolled
    before = read.evaluate(at)
    models.Note.objects.create(business=shop.business, conversation=day, body="A long note. " * 40, at=now)
    expect(page.locator("#thread")).to_contain_text("A long note.")
    assert read.evaluate(at) == before
    expect(page.locator("#newer")).to_be_hidden()
    shop.text(day, "in:2", "customer", "Are you coming?", "received")
    expect(page.locator("#newer")).to_have_text("1 new text")
    assert read.evaluate(at) == before
    shop.text(day, "in:3", "customer", "Hello?", "received")
    expect(page.locator("#newer")).to_have_text("2 new texts")
    page.click("#newer")
    expect(page.locator("#newer")).to_be_hidden()
    shop.text(day, "in:4", "customer", "Last one", "received")
    expect(page.locator("#thread > .bubble", has_text="Last one")).to_be_in_viewport()
    expect(page.locator("#newer")).to_be_hidden()


def test_on_a_slow_network_send_says_that_it_is_under_way_and_sends_once(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/c/{day.id}")
    page.wait_for_load_state()
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/reply", hold)
    box = "(it) => JSON.stringify(it.getBoundingClientRect())"
    page.fill("#body", "On our way")
    place = page.locator("#send").evaluate(box)
    expect(page.locator("#send")).to_have_text("Send", use_inner_text=True)
    with page.expect_request("**/reply"):
        page.click("#send")
    expect(page.locator(".reply")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#send")).to_have_text("Sending…", use_inner_text=True)
    assert page.locator("#send").evaluate(box) == place
    expect(page.locator("#under-way")).to_have_text("Under way…")
    page.click("#send")
    page.keyboard.press("Control+Enter")
    page.evaluate(TWO_FRAMES)  # a second one would be on its way by then
    assert len(waiting) == 1
    waiting[0].continue_()
    expect(page.locator(".bubble", has_text="On our way")).to_be_visible()
    expect(page.locator("#send")).to_have_text("Send", use_inner_text=True)
    expect(page.locator("#under-way")).to_have_text("")
    assert models.Message.objects.filter(author="staff").count() == 1


HIDE = "() => { Object.defineProperty(document, 'hidden', {get: () => true}); return performance.now(); }"
ASKED = """(path) => performance.getEntriesByType("resource")
  .filter((each) => each.name.includes(path)).map((each) => each.startTime)"""
"""When, as the browser tells it: what we hear of it may come late."""


def test_a_page_asks_for_news_each_second_and_seldom_where_nobody_sees_it(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """Every two seconds and the way there and back could not keep what was promised: two seconds."""
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/c/{day.id}")
    assert page.get_attribute("#thread", "hx-trigger") == "every 1s"
    with page.expect_request(f"**/c/{day.id}/live*"):
        pass
    hidden = page.evaluate(HIDE)
    page.wait_for_timeout(5700)
    asked = [at for at in page.evaluate(ASKED, f"/c/{day.id}/live") if at > hidden]
    assert [later - at for at, later in pairwise(asked) if later - at < 4_500] == []


def test_what_happened_earlier_comes_above_what_is_read(  # noqa: PLR0917  as many fixtures
    day: models.Conversation,  # noqa: F811
    shop: Any,
    now: Any,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """Nothing moves, news leave it there, and the button that came last leads further back."""
    for at in range(230):
        shop.text(day, f"in:old{at}", "customer", f"word {at} " * 6, "received", now - timedelta(hours=9, minutes=-at))
    page = _page(browser, live_server, bob, **WIDE)
    page.goto(f"/c/{day.id}")
    of = ".pile .bubble.in"
    first = page.locator(of).first
    words = first.locator(".words").inner_text()
    page.emulate_media(media="print")
    expect(page.locator("#before .on-paper:visible")).to_have_text(
        "What came before is not on this paper: show it first, then print."
    )
    page.emulate_media(media="screen")
    expect(page.locator("#before .on-paper")).to_be_hidden()
    page.locator("#earlier").scroll_into_view_if_needed()
    page.evaluate(TWO_FRAMES)  # by then it is known that it was scrolled
    read = page.locator(of, has_text=words)
    before = read.evaluate("(it) => Math.round(it.getBoundingClientRect().top)")
    page.click("#earlier")
    expect(page.locator(of).first).not_to_have_text(words)
    assert read.evaluate("(it) => Math.round(it.getBoundingClientRect().top)") == before
    expect(page.locator("#earlier")).to_be_focused()
    shop.text(day, "in:new", "customer", "Are you coming?", "received")
    expect(page.locator("#newer")).to_have_text("1 new text")
    while page.locator("#earlier").count():
        shown = page.locator(of).count()
        page.click("#earlier")
        expect(page.locator(of)).not_to_have_count(shown)
    told = page.locator(f"{of} .words").all_inner_texts()
    assert [words.split()[1] for words in told if words.startswith("word")] == [str(at) for at in range(230)]


def test_every_key_that_works_is_listed_and_every_one_listed_works() -> None:
    """Read from the script and from the list itself: what is in one of them alone is a key nobody finds, or a lie."""
    script = (STATIC / "answerback.js").read_text()
    listed = re.findall(r"<kbd>([^<]+)</kbd>", (STATIC.parents[1] / "templates/console/keys.html").read_text())
    table = script.partition("const KEYS = {")[2].partition("\n  };")[0]
    acts = re.findall(r'^    "?([^\s":]+)"?: \(\) =>', table, re.MULTILINE)
    places = re.findall(r'([a-z]): "/', script.partition("const PLACES = {")[2].partition("}")[0])
    others = {"g", "1", "4", "Enter", "Ctrl", "Shift", "Esc"}  # of their own in the script, or the browser's
    assert set(listed) == {each.lower() for each in acts} | set(places) | others


def test_a_slash_leads_to_the_search_from_a_page_that_has_none(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    page = _page(browser, live_server, bob, **WIDE)
    page.goto("/calls")
    page.keyboard.press("/")
    page.wait_for_url("**/inbox#find-q")
    expect(page.locator("#find-q")).to_be_focused()
    page.keyboard.type("Lopez")
    expect(page.locator("#find-q")).to_have_value("Lopez")


def test_who_marks_a_sale_by_keys_sees_where_they_stand_afterwards(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """The money that was entered stands above the field, which was pushed out of sight with the cursor in it."""
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800}, locale="en-US")
    page.goto(f"/c/{day.id}")
    page.keyboard.press("m")
    page.keyboard.type("250")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("Marked: Won.")
    expect(page.locator("#amount")).to_be_focused()
    expect(page.locator("#amount")).to_be_in_viewport()
