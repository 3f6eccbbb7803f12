"""In a real browser: the set-up in Spanish on a phone, and an act made without a network that is applied once."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright
from scripts.browser import CHROMIUM, HOW
from tests.served import let_go

from answerback.store import models
from answerback.workflow import clock, people

PICTURES = os.environ.get("PICTURES_OF_NAMES")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PATIENCE = 25_000
"""Milliseconds until a page counts as stuck: a busy machine is no failure."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=HOW),
]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Page]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop in this thread; rows are made in it.
    with sync_playwright() as playwright:
        connection.close()  # In here Django sees a connection of its own, which the last browser test may have ended.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        locale = getattr(request, "param", "en-US")
        opened = browser.new_page(viewport={"width": 360, "height": 740}, locale=locale, service_workers="block")
        opened.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)  # else it is what the test before left
        refused: list[str] = []
        opened.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
        yield opened
        browser.close()
        connection.close()
        assert refused == []
    let_go()


def test_an_act_without_a_network_waits_and_is_applied_once(shop: Any, live_server: Any, page: Page) -> None:
    todo = shop.todo(shop.conversation(131, name="Maria"))
    page.goto(f"{live_server.url}/sign-in?next=/todos")
    page.fill("#email", "bob@example.com")
    page.fill("#password", "a long password")
    page.click("form[action='/sign-in'] button")
    form = page.locator(f"form[action*='/todos/{todo.id}/close']").first
    form.wait_for()
    page.wait_for_load_state()
    page.context.set_offline(True)
    form.locator("summary").click()
    form.locator("button[value='reached']").click()
    expect(page.locator("[data-says]")).to_contain_text("Waiting to be sent: 1.")
    assert models.Todo.objects.get(id=todo.id).closed_at is None
    held = page.evaluate("() => localStorage.getItem('acts')")
    with page.expect_event("load"):  # once it is sent the page loads itself anew
        page.context.set_offline(False)
    expect(page.locator("[data-offline]")).to_be_hidden()
    assert models.Todo.objects.get(id=todo.id).closed_at is not None
    page.evaluate("held => localStorage.setItem('acts', held)", held)  # the answer was lost: it is sent again
    with page.expect_response(lambda answer: answer.url.endswith(f"/todos/{todo.id}/close")):
        page.reload(wait_until="commit")  # and a second time by itself, whenever the answer is there
    expect(page.locator("[data-offline]")).to_be_hidden()
    (kept,) = page.context.storage_state()["origins"]
    assert [each["value"] for each in kept["localStorage"] if each["name"] == "acts"] == ["[]"]
    assert models.AuditEntry.objects.filter(what="console:close_todo").count() == 1


LONG = "Wolfeschlegelsteinhausenbergerdorff"
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_a_name_of_one_long_word_widens_no_page(shop: Any, live_server: Any, page: Page) -> None:
    talk = shop.conversation(131, name=LONG, service="Water heater", status="won")
    shop.todo(talk)
    for last, name in ((132, f"{LONG} {LONG}"), (133, f"{LONG} {LONG}")):
        shop.conversation(last, name=name)
    models.ContactPerson.objects.create(
        business=shop.business, contact_id=talk.contact_id, name=LONG, added_at=shop.business.created_at
    )
    page.goto(f"{live_server.url}/sign-in")
    page.fill("#email", "alice@example.com")
    page.fill("#password", "a long password")
    page.click("form[action='/sign-in'] button")
    page.locator("#main").wait_for()
    there = (
        "/contacts",
        f"/contacts/{talk.contact_id}",
        "/contacts/duplicates",
        f"/c/{talk.id}",
        "/leads",
        "/",
        "/todos",
    )
    wider = {}
    for address in there:
        page.goto(live_server.url + address)
        assert LONG in page.content(), address
        page.evaluate("() => document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        wider[address] = page.evaluate(WIDER)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{address.replace('/', '_')}.png", full_page=True)
    assert wider == dict.fromkeys(there, 0)


def test_a_file_is_sent_once_and_the_page_says_that_it_is_read(shop: Any, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/sign-in?next=/contacts/import")
    page.fill("#email", "alice@example.com")
    page.fill("#password", "a long password")
    page.click("form[action='/sign-in'] button")
    page.locator("#import-file").wait_for()
    page.wait_for_load_state()  # what is deferred runs after the field is there
    sends = "new Event('submit', {cancelable: true, bubbles: true})"
    press = f"() => document.querySelector('form[enctype]').dispatchEvent({sends})"
    expect(page.locator(".busy-words")).to_be_hidden()
    assert page.evaluate(press) is True
    expect(page.locator(".busy-words")).to_be_visible()
    assert page.evaluate(press) is False


@pytest.mark.parametrize("page", ["es-MX"], indirect=True)
def test_the_set_up_in_spanish_at_360(now: Any, transactional_db: None, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/join/{people.make_first_link('nora@example.com')}")
    page.get_by_label("Su nombre").fill("Nora")
    page.get_by_label("Elija una contraseña").fill("plenty of water heaters")
    page.get_by_role("button", name="Unirse").click()
    page.get_by_label("Nombre, como lo conocen los clientes").fill("Plomería Nora")
    page.get_by_label("Teléfono al que llaman los clientes").fill("(512) 555-0142")
    page.get_by_text("Plomería", exact=True).click()
    page.get_by_role("button", name="Continuar").click()
    page.wait_for_url("**/set-up/hours")
    page.locator("[type=time]").first.fill("18:00")
    page.get_by_role("button", name="Guardar y continuar").click()
    expect(page.get_by_role("alert")).to_contain_text("Martes")  # Monday's night would reach into it
    assert page.url.endswith("/set-up/hours")  # not where the form was sent, so that Back and Reload lead to a page
    page.locator("[type=time]").first.fill("08:00")
    for heading, button in (
        ("¿Cuándo hay alguien para contestar?", "Guardar y continuar"),
        ("¿A qué teléfono llaman los clientes?", "Conectar"),
        ("¿A qué teléfono llaman los clientes?", "Continuar"),
        ("Desvíe aquí las llamadas perdidas", "Continuar"),
    ):
        expect(page.locator("h1")).to_have_text(heading)
        page.get_by_role("button", name=button, exact=True).click()
    page.get_by_label("Su propio teléfono").fill("(512) 555-0143")
    page.get_by_role("button", name="Guardar y continuar").click()
    page.wait_for_url("**/set-up/wording")
    page.get_by_role("button", name="Guardar y continuar").click()
    page.get_by_role("button", name="Continuar", exact=True).click()
    expect(page.locator("h1")).to_have_text("Ahora una llamada real")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    row = models.Business.objects.get()
    assert row.lines.get().source == "Línea principal"
    models.Business.objects.filter(id=row.id).update(
        set_up={**row.set_up, "since": clock.now().isoformat(), "caller": ""}  # type: ignore[dict-item]
    )
    page.reload()
    _answered(row)  # and the page finds out by itself
    page.get_by_role("button", name="Terminar").click()
    page.wait_for_url("**/")
    assert models.Business.objects.get().set_up is None


def _answered(business: models.Business) -> None:
    """A call came and its text has left, as the workers write it down."""
    line = models.Line.objects.get()
    at = clock.now()
    contact = models.Contact.objects.create(business=business, number="+15125550199", created_at=at)
    talk = models.Conversation.objects.create(
        business=business, contact=contact, line=line, playbook_id=models.Business.objects.get().playbook_id,
        opened_at=at, last_at=at,
    )  # fmt: skip
    models.Message.objects.create(
        business=business, conversation=talk, contact=contact, line=line, author="machine", to=contact.number,
        key="first_text:1", purpose="first_text", text_class="first_reply", body="Hola", status="sent", created_at=at,
        due_at=at,
    )  # fmt: skip


def test_an_address_to_be_entered_elsewhere_stands_whole_on_a_phone(
    live_server: Any, page: Page, alice: Client
) -> None:
    """It was cut off in a field, and had to be copied letter by letter."""
    url = live_server.url
    page.context.add_cookies([{"name": "sessionid", "value": alice.cookies["sessionid"].value, "url": url}])
    page.goto(f"{url}/calendars/apps/google_calendar")
    shown = page.locator("code.whole")
    expect(shown).to_contain_text("/calendars/")
    asked = "each => [each.getBoundingClientRect().right <= innerWidth, getComputedStyle(each).userSelect]"
    assert shown.evaluate(asked) == [True, "all"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
