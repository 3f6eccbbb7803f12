"""In a real browser, as on a phone: pages seen last open without a network, and are forgotten when they must be."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright
from scripts.browser import CHROMIUM, HOW
from tests.console.test_offline_browser import QUIET, _sent, _signs_in, _waiting, talk  # noqa: F401

from answerback.store import models
from answerback.workflow import erasure

pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason=HOW)]

KEPT = """async () => {
  const name = (await caches.keys()).find((each) => each.startsWith('pages-'));
  const pages = name ? await (await caches.open(name)).keys() : [];
  const urls = pages.map((each) => new URL(each.url)).filter(({pathname}) => pathname !== '/kept/of');
  return urls.map((each) => each.pathname + each.search);
}"""
LET_AGE = """async (milliseconds) => {
  const pages = await caches.open((await caches.keys()).find((each) => each.startsWith('pages-')));
  for (const request of await pages.keys()) {
    const page = await pages.match(request), headers = new Headers(page.headers);
    if (!headers.has('Kept-At')) continue;
    headers.set('Kept-At', Number(headers.get('Kept-At')) - milliseconds);
    await pages.put(request, new Response(await page.text(), {headers}));
  }
}"""
DAY = 86_400_000
IN_LANGUAGE = """async (language) => {
  const names = await caches.keys();
  const has = (begin) => names.some((each) => each.startsWith(begin) && new RegExp(`-${language}[0-9]+$`).test(each));
  const it = await navigator.serviceWorker.ready;
  if (!has('pages-')) it.active.postMessage({keeps: true});
  return has('shell-') && has('pages-');
}"""


@pytest.fixture
def phone(
    monkeypatch: pytest.MonkeyPatch, live_server: Any, bob: Client, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Bob's phone, on which the service worker runs; with `False` it is a desk's computer."""
    bob.get("/leads")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread; rows are made in it.
    with sync_playwright() as playwright:
        connection.close()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        is_phone = getattr(request, "param", True)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 360, "height": 740}, has_touch=is_phone, is_mobile=is_phone
        )
        context.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        page = context.new_page()
        _signs_in(page, bob, live_server.url)
        page.goto("/account")  # none that is kept
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        if is_phone:
            has = "async () => (await caches.keys()).some((each) => each.startsWith('pages-'))"
            assert _until(page, lambda: bool(page.evaluate(has)))
        yield page
        browser.close()
        connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )


def _until(page: Page, is_so: Callable[[], bool]) -> bool:
    """Whether it is so, sooner or later: what is kept is kept beside the page. A promise would count as true."""
    for _ in range(100):
        if is_so():
            return True
        page.wait_for_timeout(100)
    return False


def _kept(page: Page, *paths: str) -> None:
    """Exactly these are kept."""
    assert _until(page, lambda: sorted(page.evaluate(KEPT)) == sorted(paths)), page.evaluate(KEPT)


def _sees(page: Page, *paths: str) -> None:
    for path in paths:
        page.goto(path)
        page.wait_for_load_state()
    assert _until(page, lambda: {*paths} <= {*page.evaluate(KEPT)}), page.evaluate(KEPT)


LOOKS = """() => [...document.styleSheets].some((each) => each.href?.includes('answerback'))"""


def _offline_shows(page: Page, path: str, words: str) -> None:
    page.goto(path)
    expect(page.locator("main")).to_contain_text(words)


@pytest.mark.parametrize(
    ("language", "says", "words"),
    [
        ("en", r"As seen at 1?\d:\d\d\s[AP]M\. No network\.", ("From calls to jobs", "No network")),
        ("es", r"Como estaba a las [12]?\d:\d\d(\s[ap]\.\sm\.)?\. Sin red\.", ("De llamadas a trabajos", "Sin red")),
    ],
)
def test_pages_seen_last_open_without_a_network_and_say_since_when(
    talk: models.Conversation,  # noqa: F811
    phone: Page,
    language: str,
    says: str,
    words: tuple[str, str],
) -> None:
    """Only a page that says "No network" did."""
    models.User.objects.filter(email="bob@example.com").update(language=language)
    phone.goto("/account")
    assert _until(phone, lambda: bool(phone.evaluate(IN_LANGUAGE, language)))
    _sees(phone, "/", "/inbox?tab=all", "/leads", f"/c/{talk.id}")
    phone.goto("/contacts")
    phone.context.set_offline(True)
    for path in ("/", "/inbox?tab=all", "/leads", f"/c/{talk.id}", f"/c/{talk.id}?tab=all"):
        _offline_shows(phone, path, words[0] if path == "/" else "Maria")
        expect(phone.locator("[data-says]")).to_have_text(re.compile(says))
        assert phone.evaluate(LOOKS)
    _offline_shows(phone, "/contacts", words[1])
    phone.goto("/leads")
    phone.context.set_offline(False)  # it gives way to the page as it is now
    phone.wait_for_function("() => !document.documentElement.dataset.keptAt")
    expect(phone.locator("[data-offline]")).to_be_hidden()


def test_what_is_done_on_a_page_that_was_kept_waits_and_is_done_once(
    talk: models.Conversation,  # noqa: F811
    phone: Page,
) -> None:
    _sees(phone, f"/c/{talk.id}")
    phone.context.set_offline(True)
    phone.goto(f"/c/{talk.id}")
    phone.fill("#body", "Luis is on his way")
    phone.click("#send")
    phone.click("#take-over")
    assert _waiting(phone) == ["reply", "take-over"]
    phone.reload()
    expect(phone.locator(".bubble.is-pending")).to_contain_text("Luis is on his way")
    expect(phone.locator("#talk-head .chip.is-pending")).to_have_text("Take over: Waits for the network")
    phone.context.set_offline(False)
    _sent(phone)
    assert [each.body for each in models.Message.objects.filter(author="staff")] == ["Luis is on his way"]


def test_a_form_that_leads_to_a_page_that_was_kept_has_not_arrived(
    talk: models.Conversation,  # noqa: F811
    shop: Any,
    phone: Page,
) -> None:
    """A network that is only said to be there: the page that it came back to looked like one it had led to."""
    todo = shop.todo(talk)
    phone.add_init_script("Object.defineProperty(Navigator.prototype, 'onLine', {get: () => true})")
    _sees(phone, "/todos")
    phone.context.set_offline(True)
    phone.click(f"#settle-{todo.id} summary")
    phone.click(f"#close-{todo.id}-reached")
    phone.wait_for_function("() => document.documentElement.dataset.keptAt")
    assert _waiting(phone) == ["close"]
    expect(phone.locator("[data-says]")).to_contain_text("No network. Waiting to be sent: 1.")
    phone.context.set_offline(False)
    _sent(phone)
    assert models.AuditEntry.objects.filter(what="console:close_todo").count() == 1


def _signs_out(page: Page) -> None:
    page.evaluate("document.querySelector(\"form[action='/sign-out']\").submit()")


def test_who_signs_out_leaves_nothing_with_a_network_or_without(talk: models.Conversation, phone: Page) -> None:  # noqa: F811
    _sees(phone, "/", f"/c/{talk.id}")
    phone.goto("/account")
    phone.context.set_offline(True)
    _signs_out(phone)
    expect(phone.locator("h1")).to_have_text("No network")
    _kept(phone)
    phone.context.set_offline(False)
    phone.wait_for_function("() => !document.querySelector('[data-no-network]')")
    _sees(phone, "/", f"/c/{talk.id}")
    phone.goto("/account")
    _signs_out(phone)
    phone.wait_for_url("**/sign-in*")
    _kept(phone)
    phone.context.set_offline(True)
    _offline_shows(phone, f"/c/{talk.id}", "No network")


def test_nothing_is_kept_of_somebody_else(
    talk: models.Conversation,  # noqa: F811
    alice: Client,
    phone: Page,
    live_server: Any,
) -> None:
    _sees(phone, "/", f"/c/{talk.id}")
    _signs_in(phone, alice, live_server.url)
    phone.goto("/leads")
    _kept(phone, "/leads")


def test_a_sign_in_that_was_ended_from_elsewhere_ends_what_was_kept_with_the_first_answer(
    talk: models.Conversation,  # noqa: F811
    bob: Client,
    phone: Page,
) -> None:
    _sees(phone, "/", f"/c/{talk.id}")
    phone.context.set_offline(True)
    phone.goto(f"/c/{talk.id}")
    phone.click("#take-over")
    bob.session.flush()
    assert _waiting(phone) == ["take-over"]
    phone.context.set_offline(False)
    phone.wait_for_url("**/sign-in*")
    _kept(phone)
    assert _waiting(phone) == ["take-over"]  # what was done is kept for whose it is


def test_whoever_was_erased_or_lost_their_role_ends_what_was_kept(
    talk: models.Conversation,  # noqa: F811
    shop: Any,
    phone: Page,
) -> None:
    _sees(phone, "/", "/inbox?tab=all", f"/c/{talk.id}")
    erasure.erase(shop.business.id, "+15125550131")
    phone.goto("/leads")
    _kept(phone, "/leads")
    models.Member.objects.filter(name="Bob").update(role="technician")
    phone.goto("/todos")
    _kept(phone, "/todos")
    _sees(phone, f"/c/{talk.id}")
    models.Conversation.objects.filter(id=talk.id).update(
        business=models.Business.objects.exclude(id=shop.business.id).get()
    )
    phone.goto(f"/c/{talk.id}")
    _kept(phone, "/todos")


def test_a_page_is_kept_for_a_day_and_thirty_at_most(talk: models.Conversation, phone: Page) -> None:  # noqa: F811
    for number in range(32):
        _sees(phone, f"/leads?n={number}")
    _kept(phone, *(f"/leads?n={number}" for number in range(2, 32)))
    phone.evaluate(LET_AGE, DAY - 60_000)
    phone.context.set_offline(True)
    _offline_shows(phone, "/leads?n=31", "Maria")
    expect(phone.locator("[data-says]")).to_contain_text("day")  # which one
    phone.evaluate(LET_AGE, 60_000)
    _offline_shows(phone, "/leads?n=31", "No network")
    _kept(phone)


@pytest.mark.parametrize("phone", [False], indirect=True)
def test_nothing_is_kept_at_a_desk(talk: models.Conversation, phone: Page) -> None:  # noqa: F811
    for path in ("/", f"/c/{talk.id}"):
        phone.goto(path)
        phone.wait_for_load_state()
    _kept(phone)
    phone.context.set_offline(True)
    _offline_shows(phone, f"/c/{talk.id}", "No network")
