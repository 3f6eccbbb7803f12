"""In a real browser: each key that `?` lists does what it says, the focus is where one expects it, the tab stays."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import (  # noqa: F401  the browser, a day at the desk, and where there is none
    _page,
    browser,
    day,
    pytestmark,
)

from answerback.store import models

TAKEN_BACK = re.compile("Taken back|Deshecho")
WIDE: Any = {"viewport": {"width": 1280, "height": 900}}
NO_DIALER = "onclick = (e) => e.target.closest('a[href^=tel]') && (e.preventDefault(), window.rang = true)"


class Desk:
    """A conversation beside its list, in the tab *All*; each act begins there anew."""

    def __init__(self, page: Page, talk: models.Conversation) -> None:
        self.page, self.talk = page, talk

    def at(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_load_state()

    def begin(self) -> None:
        self.at(f"/c/{self.talk.id}?tab=all")
        self.page.locator(".desk-list .lines a").first.wait_for()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self, place: str) -> None:
        expect(self.page.locator(place).first).to_be_focused()

    def seen(self, place: str, *, count: int = 1) -> None:
        expect(self.page.locator(place)).to_have_count(count)


def _down_up(desk: Desk) -> None:
    first = desk.page.locator(".desk-list .lines li.chosen")
    was = first.get_attribute("id") or ""
    desk.press("k")
    desk.seen(f".lines li.chosen:not(#{was})")
    desk.press("j")
    desk.seen(f".lines li.chosen#{was}")
    desk.focused(f"#{was} a")


def _opens(desk: Desk) -> None:
    for key in ("o", "Enter"):
        desk.at("/inbox?tab=all")
        desk.press("j", key)
        desk.seen("#talk[data-conversation]")
        assert "tab=all" in desk.page.url


def _goes_back(desk: Desk) -> None:
    desk.press("u")
    desk.page.wait_for_url("**/inbox*")


def _tabs(desk: Desk) -> None:
    for key, tab in enumerate(("needs", "mine", "all", "done"), 1):
        desk.press(str(key))
        desk.page.wait_for_url(f"**/inbox?tab={tab}")


def _replies(desk: Desk) -> None:
    desk.press("r")
    desk.focused("#body")


def _sends(desk: Desk) -> None:
    desk.press("r")
    desk.page.keyboard.type("On my way")
    desk.press("Control+Enter")
    expect(desk.page.locator(".bubble.out", has_text="On my way")).to_be_visible()


def _keeps(desk: Desk) -> None:
    desk.press("r")
    desk.page.keyboard.type("Dog in the yard")
    desk.press("Control+Shift+Enter")
    expect(desk.page.locator(".memo", has_text="Dog in the yard")).to_be_visible()


def _snippets(desk: Desk) -> None:
    desk.press("s")
    desk.seen(".reply .pop[open]")
    desk.press("s")
    desk.seen(".reply .pop[open]", count=0)
    desk.focused("#snippets-open")


def _takes(desk: Desk) -> None:
    models.Conversation.objects.filter(id=desk.talk.id).update(phase="learning", held_by=None)
    desk.begin()
    desk.page.fill("#body", "half a word")
    desk.press("Escape", "t")
    desk.seen("#hand-back")
    expect(desk.page.locator("#body")).to_have_value("half a word")
    assert desk.page.url.endswith(f"/c/{desk.talk.id}?tab=all")
    expect(desk.page.locator(".desk-list .tabs a[aria-current]")).to_have_id("tab-all")
    desk.page.fill("#body", "")
    desk.press("Escape", "t")
    desk.seen("#toasts .toast")


def _done(desk: Desk) -> None:
    desk.press("e")
    desk.seen("#open-again")
    desk.press("e")
    desk.seen("#done")
    assert desk.page.url.endswith(f"/c/{desk.talk.id}?tab=all")


def _aside_and_assign(desk: Desk) -> None:
    desk.press("z")
    desk.focused("#more-acts [name=until]")
    desk.press("z", "a")
    desk.focused("#assign-me")
    desk.press("Enter")
    expect(desk.page.locator("#talk-head .chips")).to_contain_text("Bob")


def _to_me(desk: Desk) -> None:
    models.Conversation.objects.filter(id=desk.talk.id).update(assigned_to=None)
    desk.begin()
    desk.press("Shift+A")
    expect(desk.page.locator("#talk-head .chips")).to_contain_text("Bob")


def _calls(desk: Desk) -> None:
    desk.press("c")
    desk.page.wait_for_function("window.rang")
    desk.focused("#call")


def _sold(desk: Desk) -> None:
    desk.press("m")
    desk.focused("#amount")


def _called(desk: Desk) -> None:
    models.Todo.objects.update(closed_at=None)
    desk.press("Shift+Y")
    expect(desk.page.locator("#toasts .toast")).to_have_count(1)
    desk.press("Control+z")
    expect(desk.page.locator("#toasts")).to_contain_text(TAKEN_BACK)


def _talked(desk: Desk) -> None:
    desk.press("y")
    expect(desk.page.locator("#toasts .toast")).to_have_count(1)
    desk.press("Control+z")
    expect(desk.page.locator("#toasts")).to_contain_text(TAKEN_BACK)


def _books(desk: Desk) -> None:
    desk.press("b")
    desk.focused("#book [name=start]:enabled")
    desk.press("Enter")
    expect(desk.page.locator("#book-address, #book-confirm").first).to_be_focused()
    if desk.page.locator("#book-address:focus").count():
        desk.page.keyboard.type("12 Oak St")
    desk.press("Enter")
    desk.seen("#where-to")
    desk.page.wait_for_load_state()  # the whole page came anew, and what listens to keys comes last
    assert desk.page.url.endswith(f"/c/{desk.talk.id}?tab=all")
    desk.press("Control+z")
    expect(desk.page.locator("#toasts")).to_contain_text(TAKEN_BACK)


def _plans(desk: Desk) -> None:
    desk.press("p")
    desk.focused("#step")
    desk.press("Escape", "p")
    desk.seen("#plan-fold[open]", count=0)


def _lost(desk: Desk) -> None:
    desk.press("Shift+M")
    desk.focused("#reason")


def _qualifies(desk: Desk) -> None:
    desk.press("q")
    expect(desk.page.locator("#toasts .toast")).to_have_count(1)
    desk.press("Shift+Q")
    desk.seen("#mark-open")
    desk.press("q")
    desk.seen("#mark-qualified")


def _not_for_us(desk: Desk) -> None:
    desk.press("Shift+Q")
    desk.seen("#mark-open")
    desk.press("Control+z")
    desk.seen("#mark-qualified")


def _picture(desk: Desk) -> None:
    with desk.page.expect_file_chooser():
        desk.press("i")


def _corrects(desk: Desk) -> None:
    desk.press("f")
    desk.focused("#wrong-fold button")
    desk.press("f")
    desk.focused("#wrong-fold > summary")
    talk = models.Conversation.objects.get(id=desk.talk.id)
    models.Conversation.objects.filter(id=talk.id).update(state={**(talk.state or {}), "judged": ["a"]})
    desk.at("/calls")
    desk.press("j", "f")
    desk.focused(".calls .corrects[open] button")
    desk.press("f")
    desk.focused(".calls .corrects > summary")


def _stops(desk: Desk) -> None:
    desk.press("Shift+S")
    desk.focused("#stop-fold button")
    desk.press("Shift+S")
    desk.focused("#stop-fold > summary")


def _why(desk: Desk) -> None:
    desk.press("w")
    desk.seen("#thread details[open]")
    desk.focused("#thread details[open] > summary")


def _holds_back(desk: Desk) -> None:
    models.Message.objects.filter(key="t2").update(status="queued")  # what was done before has withdrawn it
    desk.begin()
    desk.seen("[id^=hold-back-]")
    desk.press("x")
    desk.seen("[id^=hold-back-]", count=0)


def _takes_back(desk: Desk) -> None:
    desk.press("e")
    desk.seen("#open-again")
    desk.press("Control+z")
    desk.seen("#done")


def _searches(desk: Desk) -> None:
    desk.press("/")
    desk.focused("#find-q")


def _goes(desk: Desk) -> None:
    for key, place in (("i", "/inbox"), ("l", "/leads"), ("c", "/calls"), ("d", "/diary"), ("t", "/")):
        desk.press("g", key)
        desk.page.wait_for_url(f"**{place}")


def _moves(desk: Desk) -> None:
    desk.at("/leads")
    card = f"#lead-{desk.talk.id}"
    desk.page.focus(card)
    desk.press("]")
    desk.seen(f".column[data-status=qualified] {card}")
    desk.focused(card)
    desk.press("[")
    desk.seen(f".column[data-status=contacted] {card}")


def _chooses(desk: Desk) -> None:
    desk.at("/leads?as=list")
    desk.press("j", "x")
    desk.seen(".pick input:checked")


def _gets_out(desk: Desk) -> None:
    desk.press("r", "Escape")
    desk.focused("#talk .scroll")
    desk.press("z", "Escape")
    desk.seen("#more-acts[open]", count=0)


def _lists(desk: Desk) -> None:
    desk.press("?")
    desk.seen("#keys[open]")
    desk.press("?")
    desk.seen("#keys[open]", count=0)


DOES: dict[str, Callable[[Desk], None]] = {
    "j k": _down_up, "Enter o": _opens, "u": _goes_back, "1 4": _tabs, "r": _replies, "Ctrl Enter": _sends,
    "Ctrl Shift Enter": _keeps, "s": _snippets, "t": _takes, "e": _done, "z a": _aside_and_assign, "Shift a": _to_me,
    "c": _calls, "m": _sold, "y": _talked, "Shift y": _called, "b": _books, "p": _plans, "Shift m": _lost,
    "q": _qualifies, "Shift q": _not_for_us, "i": _picture, "f": _corrects, "Shift s": _stops,
    "w": _why, "x": _holds_back, "Ctrl z": _takes_back, "/": _searches,
    "g t i l c d": _goes, "[ ]": _moves, "x (list)": _chooses, "Esc": _gets_out, "?": _lists,
}  # fmt: skip
"""What each row of the list promises; `x` stands there twice, for a conversation and for a lead of the list."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_key_that_is_listed_does_what_it_says(  # noqa: PLR0917  as many fixtures
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Browser,  # noqa: F811
    shop: Any,
    as_person: Any,
    language: str,
) -> None:
    """`t` and every other act dropped the tab from the address, so that the list was another one on coming back."""
    shop.member("Miguel", "technician")
    models.Line.objects.update(media=True)
    models.User.objects.update(language=language)
    page = _page(browser, live_server, as_person("bob@example.com"), **WIDE)
    page.add_init_script(NO_DIALER)
    # Asked for only when the key is pressed, Chromium may have opened (and dropped) the chooser already.
    page.on("filechooser", lambda _chooser: None)
    desk = Desk(page, day)
    desk.begin()
    listed = page.locator("#keys dl > div").evaluate_all(
        "all => all.map((row) => [...row.querySelectorAll('kbd')].map((key) => key.textContent).join(' '))"
    )
    listed = [key if key not in listed[:at] else f"{key} (list)" for at, key in enumerate(listed)]
    assert sorted(listed) == sorted(DOES)
    for does in DOES.values():
        desk.begin()
        does(desk)
