"""In a real browser: the console is live through whatever stands between, and loses nothing when that is ill."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from tests.between import Proxy, between
from tests.console.test_desk_browser import PATIENCE, _page, browser, pytestmark  # noqa: F401  and where there is none

from answerback.store import models

WIDE = {"viewport": {"width": 1280, "height": 800}, "locale": "en-US"}
PHONE = {"viewport": {"width": 360, "height": 740}, "locale": "en-US"}

KINDS: dict[str, dict[str, Any]] = {
    "holds each answer back until it has the whole of it": {},
    "cuts every answer after five seconds": {"longest": 5},
    "resets a line on which nothing is said for two seconds": {"idle": 2, "rude": True},
    "speaks HTTP/1.0 only": {"old": True},
    "compresses": {"squeezes": True},
}


@pytest.fixture
def talk(shop: Any) -> models.Conversation:
    made = shop.conversation(131, name="Maria", phase="human")
    shop.text(made, "in:1", "customer", "hello?", "received")
    return made  # type: ignore[no-any-return]


@contextmanager
def _typing(
    words: str, proxy: Proxy, talk: models.Conversation, chromium: Browser, seated: Client, **kind: Any
) -> Iterator[Page]:
    """The page of a conversation behind this proxy, with these words in its box."""
    with between(proxy):
        page = _page(chromium, proxy, seated, **kind)
        page.goto(f"/c/{talk.id}")
        page.fill("#body", words)
        yield page
        page.context.close()


def _has_gone_out_once(page: Page, *, patience: int = PATIENCE) -> None:
    """The text stands in the conversation, and nothing waits any more."""
    expect(page.locator(".bubble", has_text="In ten minutes")).to_be_visible(timeout=patience)
    expect(page.locator("[data-offline]")).to_be_hidden()
    assert models.Message.objects.filter(author="staff").count() == 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_console_is_live_through_a_proxy_that(  # noqa: PLR0917  fixtures and a case
    shop: Any,
    talk: models.Conversation,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
    kind: dict[str, Any],
) -> None:
    with between(Proxy(live_server.url, **kind)) as proxy:
        page = _page(browser, proxy, bob, **WIDE)
        loads: list[str] = []
        page.goto(f"/c/{talk.id}")
        page.on("framenavigated", lambda frame: loads.append(frame.url))
        page.fill("#body", "half a senten")
        for n in (2, 3):
            shop.text(talk, f"in:{n}", "customer", f"are you coming, {n}?", "received")
            expect(page.locator("#thread")).to_contain_text(f"are you coming, {n}?")
        expect(page.locator("#body")).to_have_value("half a senten")
        expect(page.locator("#body")).to_be_focused()
        assert loads == []
        page.fill("#body", "In ten minutes")
        page.click("#send")
        expect(page.locator(".bubble", has_text="In ten minutes")).to_be_visible()
        page.goto("/inbox?tab=all")
        shop.conversation(132, name="Tom")
        expect(page.locator("#lists")).to_contain_text("Tom")
        expect(page.locator("#went-wrong")).to_have_count(0)
        assert proxy.refused == []
        assert proxy.hung_up > 0 or kind != {}
        assert models.Message.objects.filter(author="staff").count() == 1
        page.context.close()


def _watched(page: Page, seconds: int) -> None:
    """Look on for that long: what is counted then is what was asked meanwhile."""
    page.wait_for_timeout(seconds * 1000)


def test_a_restart_behind_a_proxy_is_sat_out_without_a_storm(
    shop: Any,
    talk: models.Conversation,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """502 for some seconds: what is typed stays, each part is asked for no oftener than before, and news come after."""
    proxy = Proxy(live_server.url)
    with _typing("half a senten", proxy, talk, browser, bob, **WIDE) as page:
        began, proxy.away = monotonic(), True
        _watched(page, 6)
        lasted, counted = monotonic() - began, proxy.counted(began)
        assert {asked: n for asked, n in counted.items() if n > lasted + 2} == {}
        shop.text(talk, "in:2", "customer", "are you coming?", "received")
        proxy.away = False
        expect(page.locator("#thread")).to_contain_text("are you coming?")
        expect(page.locator("#body")).to_have_value("half a senten")
        expect(page.locator("#body")).to_be_focused()


def test_a_text_sent_during_a_restart_waits_and_goes_out_once(
    talk: models.Conversation,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """The proxy's answer said nothing of ours, so nothing at all was said, and the text stayed in its box."""
    proxy = Proxy(live_server.url)
    with _typing("In ten minutes", proxy, talk, browser, bob, **PHONE) as page:
        proxy.away = True
        page.click("#send")
        expect(page.locator("[data-says]")).to_contain_text("Waiting to be sent: 1.")
        expect(page.locator("#body")).to_have_value("")
        proxy.away = False
        _has_gone_out_once(page)


def test_an_answer_that_is_cut_off_is_asked_for_again_and_the_text_goes_out_once(
    talk: models.Conversation,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    cut: list[str] = []

    def is_cut(asked: str) -> bool:
        return asked.endswith("/reply") and not cut and (cut.append(asked) or True)

    with _typing("In ten minutes", Proxy(live_server.url, cuts=is_cut), talk, browser, bob, **PHONE) as page:
        page.click("#send")
        _has_gone_out_once(page)
        assert cut == [f"POST /c/{talk.id}/reply"]


def test_news_that_are_never_answered_are_asked_for_again(
    shop: Any,
    talk: models.Conversation,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """A line that is dead without a word, as after a change of network, kept the page still for minutes."""
    proxy = Proxy(live_server.url)
    with _typing("half a senten", proxy, talk, browser, bob, **PHONE) as page:
        proxy.holds = lambda asked: "/live" in asked and not proxy.held
        page.wait_for_function("() => document.querySelector('#thread.htmx-request')")
        shop.text(talk, "in:2", "customer", "are you coming?", "received")
        expect(page.locator("#thread")).to_contain_text("are you coming?")
        expect(page.locator("#body")).to_have_value("half a senten")
        assert len(proxy.held) == 1


def test_a_text_that_is_never_answered_waits_and_goes_out_once(
    talk: models.Conversation,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """The server is away when it is given up, or the next news would send it before anybody has read that it waits."""
    proxy = Proxy(live_server.url)
    with _typing("In ten minutes", proxy, talk, browser, bob, **PHONE) as page:
        proxy.holds = lambda asked: asked.endswith("/reply") and not proxy.held
        with page.expect_request("**/reply"):
            page.click("#send")
        while not proxy.held:
            _watched(page, 1)
        proxy.away = True
        expect(page.locator("[data-says]")).to_contain_text("Waiting to be sent: 1.", timeout=60_000)
        proxy.away = False
        _has_gone_out_once(page, patience=60_000)
        assert len(proxy.held) == 1


def test_what_leaves_with_its_page_comes_back_from_a_restart(
    shop: Any,
    talk: models.Conversation,
    live_server: Any,
    browser: Browser,  # noqa: F811
    bob: Client,
) -> None:
    """The proxy's own page stood there, with no way back but to know it, and an act was gone with its tab."""
    todo = shop.todo(talk)
    with between(Proxy(live_server.url)) as proxy:
        page = _page(browser, proxy, bob, **PHONE, service_workers="allow")
        page.goto("/todos")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.goto("/todos")
        proxy.away = True
        page.click(f"#settle-{todo.id} summary")
        page.click(f"#close-{todo.id}-reached")
        expect(page.locator("h1")).to_have_text("The server does not answer")
        expect(page.locator("[data-says]")).to_have_text("Waiting to be sent: 1.")
        began = monotonic()
        _watched(page, 4)
        lasted, counted = monotonic() - began, proxy.counted(began)
        assert {asked: n for asked, n in counted.items() if n > lasted + 2} == {}
        proxy.away = False
        expect(page.locator("h1")).to_have_text("To-dos")
        expect(page.locator("[data-offline]")).to_be_hidden()
        assert models.AuditEntry.objects.filter(what="console:close_todo").count() == 1
        page.context.close()
