"""In a real browser without a network: every act waits once, as whose it is, and none is lost without a word."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, Response, expect, sync_playwright
from scripts.browser import CHROMIUM, HOW
from tests.served import let_go

from answerback.store import models

PATIENCE = 25_000
"""Milliseconds until a page counts as stuck: a busy machine is no failure."""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SAYS_THERE_IS_ONE = "Object.defineProperty(Navigator.prototype, 'onLine', {get: () => true})"
KEPT_IN = """async (language) => {
  while (!new RegExp(`^shell-[^,]*-${language}[0-9]+$`).test((await caches.keys()).join())) {
    await new Promise((done) => setTimeout(done, 100));
  }
}"""
LIES_OVER = """() => [...document.querySelectorAll('.main a, .main button, .main summary')].filter((each) => {
  if (!each.checkVisibility()) return false;
  each.scrollIntoView({block: 'nearest'});
  const {left, top, width, height} = each.getBoundingClientRect();
  const bar = document.querySelector('.offline-bar').getBoundingClientRect();
  return width && top + height > bar.top + 1 && top < bar.bottom;
}).map((each) => each.outerHTML.slice(0, 120))"""

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=HOW)]

with_a_worker = pytest.mark.parametrize("page", ["allow"], indirect=True)


@pytest.fixture
def page(
    monkeypatch: pytest.MonkeyPatch, live_server: Any, bob: Client, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Bob's phone; with the service worker where a test asks for it: what it lets through passes by what is held."""
    bob.get("/leads")  # what a process reads once, such as the playbook, is read before a browser loses its patience
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread; rows are made in it.
    with sync_playwright() as playwright:
        connection.close()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": 360, "height": 740},
            service_workers=getattr(request, "param", "block"),
        )
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)  # else it is what the test before left
        opened = context.new_page()
        _signs_in(opened, bob, live_server.url)
        refused: list[str] = []
        opened.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
        yield opened
        browser.close()
        connection.close()
        assert refused == []
    let_go()


@pytest.fixture
def talk(shop: Any, now: Any) -> models.Conversation:
    """A conversation with a text that waits."""
    maria = shop.conversation(131, name="Maria")
    shop.text(maria, "t2", "machine", "Are you still there?", "queued", now + timedelta(hours=1))
    return maria  # type: ignore[no-any-return]


def _signs_in(page: Page, client: Client, url: str) -> None:
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def _waiting(page: Page) -> list[str]:
    acts = json.loads(page.evaluate("localStorage.getItem('acts') || '[]'"))
    assert len({act["key"] for act in acts}) == len(acts)
    return [act["address"].rsplit("/", 1)[1] for act in acts]


def _goes_offline(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_load_state()
    page.context.set_offline(True)


def _sent(page: Page) -> None:
    page.wait_for_function("() => localStorage.getItem('acts') === '[]'")
    expect(page.locator("[data-offline]")).to_be_hidden()


def test_what_is_done_in_a_conversation_waits_once_and_the_box_is_empty(talk: models.Conversation, page: Page) -> None:
    _goes_offline(page, f"/c/{talk.id}")
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    expect(page.locator("#body")).to_have_value("")
    page.fill("#body", "Gate code 4411")
    page.click("#as-note")
    expect(page.locator("#body")).to_have_value("")
    page.dblclick("#take-over")
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/here")):
        page.evaluate("address => { htmx.ajax('POST', address, {target: '#here'}) }", f"/c/{talk.id}/here")
    assert _waiting(page) == ["reply", "note", "take-over"]
    expect(page.locator("[data-says]")).to_contain_text("Waiting to be sent: 3.")
    page.context.set_offline(False)
    _sent(page)
    expect(page.locator(".bubble:has-text('Luis is on his way')")).to_have_count(1)
    expect(page.locator("#body")).to_have_value("")
    assert list(models.Message.objects.filter(author="staff").values_list("body", flat=True)) == ["Luis is on his way"]
    assert list(models.Note.objects.values_list("body", flat=True)) == ["Gate code 4411"]
    assert models.Conversation.objects.get(id=talk.id).phase == "human"
    assert not models.AuditEntry.objects.filter(what="console:take_over").exists(), "their answer took it over before"


def test_a_text_that_waits_is_not_in_its_box_again_after_loading(talk: models.Conversation, page: Page) -> None:
    page.goto(f"/c/{talk.id}")
    with page.expect_response("**/here"):
        page.type("#body", "On my way")
    page.wait_for_load_state()
    page.context.set_offline(True)
    page.click("#send")
    page.route("**/reply", lambda route: route.fulfill(status=503))
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#body")).to_have_value("")
    assert _waiting(page) == ["reply"]


@with_a_worker
def test_acts_leave_from_the_page_without_network_too(talk: models.Conversation, page: Page) -> None:
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    _goes_offline(page, f"/c/{talk.id}")
    page.click("#take-over")
    page.goto("/leads")
    expect(page.locator("h1")).to_have_text("No network")
    expect(page.locator("[data-says]")).to_contain_text("Waiting to be sent: 1.")
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("Leads")
    _sent(page)
    assert models.AuditEntry.objects.filter(what="console:take_over").count() == 1


@with_a_worker
def test_the_page_without_network_gives_way_when_another_tab_has_sent(talk: models.Conversation, page: Page) -> None:
    """It waited for what it held to be sent, and was not told that another tab had done so."""
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    other = page.context.new_page()
    other.route("**/take-over", lambda route: route.abort())  # so that it is the first tab that sends
    _goes_offline(page, f"/c/{talk.id}")
    page.click("#take-over")
    other.goto("/leads")
    expect(other.locator("h1")).to_have_text("No network")
    page.context.set_offline(False)
    _sent(page)
    expect(other.locator("h1")).to_have_text("Leads")


@with_a_worker
def test_the_page_without_network_follows_the_language_of_its_reader(talk: models.Conversation, page: Page) -> None:
    """It was kept in the language it was first fetched in."""
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    for language, heading in (("es", "Sin red"), ("en", "No network")):
        models.User.objects.filter(email="bob@example.com").update(language=language)
        page.goto("/")
        page.evaluate(KEPT_IN, language)
        page.context.set_offline(True)
        page.goto("/leads")
        expect(page.locator("h1")).to_have_text(heading)
        assert page.locator("html").get_attribute("lang") == language
        page.context.set_offline(False)
        expect(page.locator("h1")).to_have_text("Leads" if language == "en" else "Clientes potenciales")


def test_a_403_throws_nothing_away(talk: models.Conversation, page: Page) -> None:
    """A token that is too old is fetched anew; where that does not help the act waits."""
    _goes_offline(page, f"/c/{talk.id}")
    page.click("#take-over")
    page.route("**/take-over", lambda route: route.fulfill(status=403))
    tried: list[Response] = []
    page.on("response", lambda one: tried.append(one) if one.url.endswith("/take-over") else None)
    with page.expect_event("response", lambda _one: len(tried) == 2):  # the second one with a new token
        page.context.set_offline(False)
    expect(page.locator("[data-says]")).to_have_text("Waiting to be sent: 1.")
    page.unroute("**/take-over")
    page.evaluate("for (const each of document.querySelectorAll('[name=csrfmiddlewaretoken]')) each.value = 'old'")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    _sent(page)
    assert models.AuditEntry.objects.filter(what="console:take_over").count() == 1


def test_what_was_refused_stays_with_its_reason(
    talk: models.Conversation, shop: Any, alice: Client, page: Page
) -> None:
    """One refusal is a redirect with a word at its end, the other a page with status 409."""
    text = models.Message.objects.get(author="machine")
    _goes_offline(page, f"/c/{talk.id}")
    page.click(f"#hold-back-{text.id}")
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    assert _waiting(page) == ["hold-back", "reply"]
    models.Message.objects.update(status="sent")
    alice.post(f"/c/{talk.id}/take-over")
    page.context.set_offline(False)
    expect(page.locator("[data-says]")).to_have_text("Refused: 2.")
    lines = page.locator("[data-acts] li")
    expect(lines.nth(0)).to_contain_text("Hold back ✕ This text does not wait any more")
    expect(lines.nth(1)).to_contain_text("Send ✕ Alice has this conversation.")
    expect(lines.nth(1).locator("blockquote")).to_have_text("Luis is on his way")
    expect(lines.nth(1).locator("a")).to_have_attribute("href", f"/c/{talk.id}")
    expect(lines.nth(0)).to_be_visible()  # it opens by itself until it was seen
    page.click(".offline-bar summary")
    page.reload()
    expect(page.locator("[data-says]")).to_have_text("Refused: 2.")
    expect(lines.nth(0)).to_be_hidden()
    page.click(".offline-bar summary")
    page.click("[data-drop]")
    expect(page.locator("[data-offline]")).to_be_hidden()


def test_nobody_sends_what_somebody_else_did(
    talk: models.Conversation, alice: Client, bob: Client, live_server: Any, page: Page
) -> None:
    _goes_offline(page, f"/c/{talk.id}")
    page.click("#take-over")
    _signs_in(page, alice, live_server.url)
    page.context.set_offline(False)
    page.wait_for_timeout(500)
    page.goto("/")
    expect(page.locator("[data-says]")).to_have_text("Of somebody else, until they sign in: 1.")
    expect(page.locator("[data-acts]")).to_have_text("")
    assert models.AuditEntry.objects.filter(what="console:take_over").count() == 0
    _signs_in(page, bob, live_server.url)
    page.goto("/")
    _sent(page)
    assert models.AuditEntry.objects.get(what="console:take_over").name == "Bob"


@with_a_worker
def test_a_network_that_is_only_said_to_be_there_loses_nothing(
    talk: models.Conversation, shop: Any, page: Page
) -> None:
    """A text by htmx stays on its page; a form that leaves its page is kept by the next one."""
    todo = shop.todo(talk)
    page.add_init_script(SAYS_THERE_IS_ONE)
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    other = page.context.new_page()
    other.add_init_script(SAYS_THERE_IS_ONE)
    other.goto("/todos")
    _goes_offline(page, f"/c/{talk.id}")
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    away = "The server does not answer. What stands here may be old."
    expect(page.locator("[data-says]")).to_have_text(f"{away} Waiting to be sent: 1.")
    expect(page.locator("#body")).to_have_value("")
    other.click(f"#settle-{todo.id} summary")
    other.click(f"#close-{todo.id}-reached")
    expect(other.locator("h1")).to_have_text("No network")
    expect(other.locator("[data-says]")).to_have_text("No network. Waiting to be sent: 2.")
    page.context.set_offline(False)
    _sent(page)
    assert models.Message.objects.filter(author="staff").count() == 1
    assert models.AuditEntry.objects.filter(what="console:close_todo").count() == 1


def test_what_is_being_done_already_is_asked_about_soon(talk: models.Conversation, page: Page) -> None:
    """A page that is left while it sends leaves an act in work: the next page waited half a minute to ask once more."""
    _goes_offline(page, f"/c/{talk.id}")
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    expect(page.locator("[data-says]")).to_contain_text("Waiting to be sent: 1.")
    early: list[str] = []

    def answer(route: Any) -> None:
        early.append(route.request.url)
        if len(early) == 1:
            route.fulfill(status=425, content_type="text/plain", body="This is being done already.")
        else:
            route.continue_()

    page.route("**/reply", answer)
    page.context.set_offline(False)
    _sent(page)
    assert len(early) == 2


def test_a_picture_does_not_wait_and_that_is_said(talk: models.Conversation, page: Page) -> None:
    models.Line.objects.update(media=True)
    _goes_offline(page, f"/c/{talk.id}")
    page.fill("#body", "Look at this")
    page.set_input_files("#picture", {"name": "a.png", "mimeType": "image/png", "buffer": b"x"})
    page.click("#send")
    expect(page.locator("[data-says]")).to_contain_text("A picture cannot wait on this phone.")
    expect(page.locator("#body")).to_have_value("Look at this")
    assert _waiting(page) == []


def test_a_button_that_is_pressed_twice_is_one_act(talk: models.Conversation, shop: Any, page: Page) -> None:
    """Where there is a network: both bear one key."""
    todo = shop.todo(talk)
    page.goto("/todos")
    page.wait_for_load_state()
    keys = page.evaluate(
        """id => {
      const form = document.querySelector(`#close-${id}-reached`).form, keys = [];
      form.addEventListener('submit', (event) => { event.preventDefault(); keys.push(form.elements.once.value); });
      for (const key of ['reached', 'reached', 'no_answer']) form.requestSubmit(form.querySelector(`[value=${key}]`));
      return keys;
    }""",
        todo.id,
    )
    assert (keys[0] == keys[1], keys[1] == keys[2]) == (True, False)


def test_what_arrived_is_not_sent_again(talk: models.Conversation, shop: Any, page: Page) -> None:
    todo = shop.todo(talk)
    page.goto("/todos")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.url.endswith("/close") else None)
    page.click(f"#settle-{todo.id} summary")
    page.click(f"#close-{todo.id}-reached")
    expect(page.locator("#toasts")).not_to_have_text("")
    page.goto("/")
    assert (len(posts), page.evaluate("sessionStorage.getItem('leaving')")) == (1, None)


def test_the_bar_lies_over_nothing_and_hears_of_other_tabs(
    talk: models.Conversation, shop: Any, now: Any, page: Page
) -> None:
    for last in range(140, 150):
        shop.todo(shop.conversation(last, name=f"Ann {last}"))
    _goes_offline(page, "/")
    expect(page.locator("[data-offline]")).to_be_visible()
    assert page.evaluate(LIES_OVER) == []
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto("/")
    _goes_offline(page, f"/c/{talk.id}")
    page.click("#take-over")
    expect(other.locator("[data-says]")).to_contain_text("Waiting to be sent: 1.")
    page.context.set_offline(False)
    _sent(page)
    expect(other.locator("[data-offline]")).to_be_hidden()


def test_what_was_refused_stands_there_in_full_to_be_tried_again_or_dropped(
    shop: Any, page: Page, alice: Client
) -> None:
    talk = shop.conversation(131, name="Maria", phase="human")
    words = "Luis can be there at two, and he brings the part that was missing on Monday, with the bill"
    page.goto(f"/c/{talk.id}")
    page.wait_for_load_state()
    page.context.set_offline(True)
    for body in (words, "See you"):
        page.fill("#body", body)
        page.click("#send")
    expect(page.locator("[data-says]")).to_contain_text("Waiting to be sent: 2.")
    alice.post(f"/c/{talk.id}/stop")
    page.context.set_offline(False)
    expect(page.locator("[data-says]")).to_contain_text("Refused: 2.")
    page.set_viewport_size({"width": 1280, "height": 800})  # it lay under the navigation there, out of reach
    bar = page.locator("[data-acts] li")
    expect(bar.nth(0).locator("blockquote")).to_have_text(words)
    bar.nth(1).get_by_role("button", name="Drop it").click()
    expect(bar).to_have_count(1)
    expect(page.get_by_role("button", name="Forget what was refused")).to_be_hidden()  # it has a button of its own
    models.Suppression.objects.all().delete()
    bar.nth(0).get_by_role("button", name="Try again").click()
    expect(page.locator("[data-offline]")).to_be_hidden()
    assert [each.body for each in models.Message.objects.filter(author="staff")] == [words]


def test_nobody_is_connected_later(shop: Any, page: Page, bob: Client) -> None:
    """A call that connects somebody minutes after they pressed rings two people who do not expect it."""
    talk = shop.conversation(131, name="Maria", phase="human")
    models.Member.objects.filter(name="Bob").update(phone="+15125550191", confirmed="+15125550191")
    shop.todo(talk)
    for address in (f"/c/{talk.id}", "/todos"):
        page.goto(address)
        page.wait_for_load_state()
        page.context.set_offline(True)
        page.locator("[formaction$='/connect'], form[action$='/connect'] button").first.click()
        expect(page.locator("[data-says]")).to_contain_text("a call is not placed later")
        expect(page.get_by_role("link", name="Call from your own phone")).to_have_attribute("href", "tel:+15125550131")
        assert page.evaluate("() => localStorage.getItem('acts')") in {None, "[]"}
        page.context.set_offline(False)
        expect(page.locator("[data-says]")).not_to_contain_text("No network.")
    user = models.User.objects.get(email="bob@example.com").id
    late = bob.post(f"/c/{talk.id}/connect", {"once": "k1"}, headers={"Waited-For": str(user)})
    assert (late.status_code, "not placed later" in late.content.decode()) == (422, True)
    assert not models.OurCall.objects.exists()


@with_a_worker
def test_bar_stands_at_the_foot_of_the_page_without_network(
    talk: models.Conversation, page: Page, live_server: Any
) -> None:
    """It hung above the room of a navigation that this page has not."""
    page.goto(f"/c/{talk.id}")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.evaluate(KEPT_IN, "en")
    page.context.set_offline(True)
    page.goto("/leads")
    expect(page.locator("h1")).to_have_text("No network")
    expect(page.locator(".offline-bar")).to_be_visible()
    assert page.evaluate("innerHeight - document.querySelector('.offline-bar').getBoundingClientRect().bottom") == 0


def test_the_page_without_network_stays_when_it_is_what_was_asked_for(page: Page) -> None:
    came: list[str] = []
    page.on("framenavigated", lambda frame: came.append(frame.url))
    page.goto("/offline")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    assert len(came) == 1


def test_what_waits_is_not_made_twice_by_impatience(talk: models.Conversation, shop: Any, page: Page) -> None:
    """However long it waits: pressed again it is the same act, not a second one."""
    todo = shop.todo(shop.conversation(132, name="Tom"))
    _goes_offline(page, f"/c/{talk.id}")
    page.evaluate("() => { const now = Date.now; let ahead = 0; Date.now = () => now() + (ahead += 5000) }")
    page.fill("#amount", "480")
    for _ in range(3):
        page.click("#mark-won")
    page.click("#take-over")
    page.click("#mark-won")
    assert _waiting(page) == ["mark", "take-over", "mark"]  # after something else it may well be meant anew
    page.evaluate("localStorage.setItem('acts', JSON.stringify(JSON.parse(localStorage.getItem('acts')).slice(0, 2)))")
    page.context.set_offline(False)
    _sent(page)
    assert [each.cents for each in models.RevenueEntry.objects.all()] == [48000]
    _goes_offline(page, "/todos")
    page.click(f"#settle-{todo.id} summary")
    page.click(f"#close-{todo.id}-reached")
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 5000 }")
    expect(page.locator(f"#close-{todo.id}-reached")).to_be_hidden()
    page.click(f"#settle-{todo.id} summary")
    page.click(f"#close-{todo.id}-reached")
    assert _waiting(page) == ["close"]
    page.context.set_offline(False)
    _sent(page)
    assert models.AuditEntry.objects.filter(what="console:close_todo").count() == 1


@with_a_worker
def test_acts_outlive_their_tab_and_two_tabs_send_them_once(talk: models.Conversation, shop: Any, page: Page) -> None:
    todo = shop.todo(shop.conversation(132, name="Tom"))
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    other = page.context.new_page()
    other.goto("/todos")
    _goes_offline(page, f"/c/{talk.id}")
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    page.click("#take-over")
    page.fill("#amount", "480")
    page.click("#mark-won")
    other.click(f"#settle-{todo.id} summary")
    other.click(f"#close-{todo.id}-reached")
    context = page.context
    assert _waiting(other) == ["reply", "take-over", "mark", "close"]
    page.close()
    other.close()
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        tab.goto("/")
        expect(tab.locator("[data-says]")).to_contain_text("Waiting to be sent: 4.")
    context.set_offline(False)
    for tab in tabs:
        _sent(tab)
    assert models.Message.objects.filter(author="staff").count() == 1
    assert [each.cents for each in models.RevenueEntry.objects.all()] == [48000]
    assert models.AuditEntry.objects.filter(what="console:close_todo").count() == 1


def test_a_session_that_ended_meanwhile_loses_no_act(
    talk: models.Conversation, bob: Client, page: Page, live_server: Any
) -> None:
    """Whoever signs in again sends what waited; until then the door says that it waits."""
    _goes_offline(page, f"/c/{talk.id}")
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    page.context.clear_cookies(name="sessionid")
    page.context.set_offline(False)
    page.wait_for_url("**/sign-in*")
    expect(page.locator("[data-says]")).to_have_text("Waits on this phone until you sign in: 1.")
    expect(page.locator("[data-acts]")).to_have_text("")
    _signs_in(page, bob, live_server.url)
    page.goto("/")
    _sent(page)
    assert [each.body for each in models.Message.objects.filter(author="staff")] == ["Luis is on his way"]


@with_a_worker
def test_what_waits_is_shown_where_it_was_done_until_it_is_applied(
    talk: models.Conversation, shop: Any, page: Page
) -> None:
    """The bar counted it, and the thread and the board were as if nothing had been done."""
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    _goes_offline(page, f"/c/{talk.id}")
    page.fill("#body", "Luis is on his way")
    page.click("#send")
    waits = page.locator(".bubble.is-pending:has-text('Luis is on his way')")
    expect(waits).to_contain_text("Waits for the network")
    page.reload()
    expect(page.locator("h1")).to_have_text("No network")
    expect(waits).to_have_count(1)
    page.route("**/reply", lambda route: route.fulfill(status=503))
    page.context.set_offline(False)
    page.goto(f"/c/{talk.id}")
    expect(page.locator("#thread > .is-pending:last-child")).to_contain_text("Luis is on his way")
    page.unroute("**/reply")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    _sent(page)
    expect(page.locator(".bubble:has-text('Luis is on his way')")).to_have_count(1)
    expect(page.locator(".is-pending")).to_have_count(0)


def test_a_lead_that_is_moved_without_a_network_waits_in_its_new_column(talk: models.Conversation, page: Page) -> None:
    _goes_offline(page, "/leads")
    page.click(f"#menu-{talk.id}")
    page.click(".card-menu[open] button:has-text('Qualified')")
    moved = page.locator(f".column[data-status='qualified'] [data-lead='{talk.id}']")
    expect(moved).to_contain_text("Waits for the network")
    page.route("**/leads/move", lambda route: route.fulfill(status=503))
    page.context.set_offline(False)
    page.reload()
    expect(moved).to_contain_text("Waits for the network")
    page.unroute("**/leads/move")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    _sent(page)
    expect(moved).not_to_contain_text("Waits for the network")
    assert models.Lead.objects.get(conversation=talk).status == "qualified"


IN_COLUMN = ".column[data-status='{}'] [data-lead='{}']"


def _moves(page: Page, id: int, *statuses: str) -> None:
    for status in statuses:
        page.click(f"#menu-{id}")
        page.click(f".card-menu[open] button:has-text('{status}')")


def test_a_move_that_is_refused_is_put_back_with_its_reason(
    talk: models.Conversation, alice: Client, page: Page
) -> None:
    """The card stood where nobody had put it until the board was drawn anew, and only the bar said why."""
    page.route("**/leads/live*", lambda route: route.fulfill(status=204))
    _goes_offline(page, "/leads")
    _moves(page, talk.id, "Qualified", "Booked")
    expect(page.locator(IN_COLUMN.format("booked", talk.id))).to_contain_text("Waits for the network")
    alice.post("/leads/move", {"lead": f"{talk.id}:contacted", "status": "won"})
    page.context.set_offline(False)
    expect(page.locator("[data-says]")).to_have_text("Refused: 2.")
    back = page.locator(IN_COLUMN.format("contacted", talk.id))
    expect(back.locator(".why-not").first).to_have_text(re.compile("Maria: Alice has marked this lead .Won. meanwhile"))
    expect(back).not_to_contain_text("Waits for the network")
    page.unroute("**/leads/live*")
    drawn = page.locator(IN_COLUMN.format("won", talk.id))
    expect(drawn.locator(".why-not")).to_have_count(2)
    page.locator(".offline-bar details").evaluate("(it) => { it.open = true }")
    page.click("[data-drop]")
    expect(page.locator(".why-not")).to_have_count(0)
    expect(drawn).to_have_count(1)
    assert models.Lead.objects.get(conversation=talk).status == "won"


def test_a_lead_that_is_moved_twice_without_a_network_comes_where_it_was_put_last(
    talk: models.Conversation, page: Page
) -> None:
    """The second move bore what was seen before the first, and was refused because of it; so was a mark of its page."""
    _goes_offline(page, "/leads")
    _moves(page, talk.id, "Qualified", "Qualified", "Booked")
    assert _waiting(page) == ["move", "move"]
    page.context.set_offline(False)
    _sent(page)
    assert models.Lead.objects.get(conversation=talk).status == "booked"
    _goes_offline(page, f"/c/{talk.id}")
    page.fill("#amount", "480")
    page.click("#mark-won")
    page.click("#mark-lost")
    page.context.set_offline(False)
    _sent(page)
    assert models.Lead.objects.get(conversation=talk).status == "lost"
