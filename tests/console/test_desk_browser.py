"""In a real browser: every daily page passes axe in light and dark, the inbox works by keys alone, cards are moved."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from scripts.browser import CHROMIUM, HOW
from tests.served import let_go

from answerback.store import models

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PATIENCE = 25_000
"""Milliseconds until a page counts as stuck: a busy machine is no failure, and waiting ends with what is waited for."""
HEAVIEST = 150_000
"""Bytes of a page, its stylesheet and scripts left out: those are fetched once."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=HOW),
]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # Playwright runs a loop in this thread; the rows are made in it too.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        expect.set_options(timeout=PATIENCE)  # else it is what the test before left, or five seconds
        yield browser
        browser.close()
        connection.close()  # Inside Playwright's loop this thread has a connection of its own.
    let_go()


def _page(browser: Browser, server: Any, client: Client, **wishes: Any) -> Page:
    """A browser of whoever this client is signed in as; what a process reads once, such as the playbook, is read.

    Without the service worker, unless it is wished for: of what goes through one that has just come, a busy browser
    tells nobody, so what a test holds back would pass by it, and what it waits for would never come.
    """
    client.get("/leads")
    context = browser.new_context(base_url=server.url, **{"service_workers": "block", **wishes})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@pytest.fixture
def day(shop: Any, now: Any) -> models.Conversation:
    """One of everything a day at the desk holds."""
    maria = shop.conversation(131, name="Maria Lopez", phase="human", service="water_heater", missed_reason="no_answer")
    shop.missed_call(maria, now - timedelta(minutes=9))
    shop.text(maria, "t1", "machine", "Sorry we missed you", "delivered", now - timedelta(minutes=8))
    shop.text(maria, "t2", "machine", "Are you still there?", "queued", now + timedelta(hours=1))
    shop.text(maria, "in:1", "customer", "water heater is leaking", "received", now - timedelta(minutes=7))
    shop.todo(maria)
    shop.page(shop.conversation(132, name="Ann", urgency="emergency"))
    shop.text(shop.conversation(133, status="booked"), "t1", "machine", "See you", "undelivered")
    shop.conversation(134, status="won", phase="closed")
    models.Note.objects.create(business=shop.business, conversation=maria, body="Gate code 4411", at=now)
    models.Decision.objects.create(
        business=shop.business, conversation=maria, at=now - timedelta(minutes=8), rule="first_text", verdict="sent",
        why="The call was missed.", text="t1", would_change="A person answering.",
        guards=[{"name": "quiet_hours", "passed": True, "evidence": "It is 9:52."}],
    )  # fmt: skip
    return maria  # type: ignore[no-any-return]


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark"), (1280, "light")])
def test_no_page_breaks_a_rule_of_accessibility(  # noqa: PLR0917  three fixtures and a case
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client, width: int, scheme: Any
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": width, "height": 800}, color_scheme=scheme)
    broken: dict[tuple[str, str], list[str]] = {}
    for address in ("/", "/inbox", f"/c/{day.id}", "/leads", "/leads?as=list", "/calls", "/todos", "/snippets"):
        answer = page.goto(address)
        assert answer is not None
        assert len(answer.body()) < HEAVIEST, address
        if page.locator("details.whys").count():
            page.locator("details.whys summary").first.click()
        found = Axe().run(page).response["violations"]
        broken |= {(address, each["id"]): [node["html"][:160] for node in each["nodes"]][:3] for each in found}
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert broken == {}


def test_inbox_works_by_keys_alone(day: models.Conversation, live_server: Any, browser: Browser, bob: Client) -> None:
    models.Line.objects.update(media=True)
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800})
    page.goto("/inbox")
    page.keyboard.press("?")
    expect(page.locator("#keys[open]")).to_have_count(1)
    page.keyboard.press("?")
    page.keyboard.press("j")
    page.keyboard.press("j") if page.evaluate("document.activeElement.id") != f"line-{day.id}" else None
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#talk[data-conversation='{day.id}']")
    page.keyboard.press("x")
    page.wait_for_selector("text=Held back. It is not sent.")
    page.keyboard.press("r")
    page.keyboard.type("Luis is on his way")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".bubble:has-text('Luis is on his way')")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    expect(page.locator("#toasts")).to_contain_text("Taken back.")
    assert models.Message.objects.get(author="staff").status == "withdrawn"
    expect(page.locator("#body")).to_have_value("Luis is on his way")
    for name, kind, told in (
        ("offer.pdf", "application/pdf", "This is no picture that can be sent."),
        ("a.png", "image/png", ""),
    ):
        page.set_input_files("#picture", {"name": name, "mimeType": kind, "buffer": b"x"})
        expect(page.locator("#picture-problem")).to_have_text(re.compile(f"^{told}"))
        expect(page.locator(".picture-field.is-set")).to_have_count(0 if told else 1)
    page.keyboard.press("e")
    page.wait_for_selector("#open-again")
    assert models.Conversation.objects.get(id=day.id).done_at is not None


def test_two_people_on_one_thread_see_each_other(
    day: models.Conversation, live_server: Any, browser: Browser, alice: Client, bob: Client
) -> None:
    hers, his = (_page(browser, live_server, each, viewport={"width": 360, "height": 740}) for each in (alice, bob))
    hers.goto(f"/c/{day.id}")
    his.goto(f"/c/{day.id}")
    his.fill("#body", "Hi Maria")
    hers.wait_for_selector("text=Bob is writing", timeout=PATIENCE)
    his.reload()
    expect(his.locator("#body")).to_have_value("Hi Maria")


def test_a_card_one_person_moves_moves_on_the_others_board(
    day: models.Conversation, live_server: Any, browser: Browser, alice: Client, bob: Client
) -> None:
    """The clock stands, so it is the next look that shows it and not the next minute."""
    hers, his = (_page(browser, live_server, each, viewport={"width": 1280, "height": 800}) for each in (alice, bob))
    hers.goto("/leads")
    his.goto("/leads")
    his.wait_for_load_state()  # keys are heard once the page's script has come
    his.focus(f"#lead-{day.id}")
    his.keyboard.press("]")
    for page in (his, hers):
        expect(page.locator(f".column[data-status='qualified'] .lead-card[data-lead='{day.id}']")).to_have_count(1)


def test_a_new_call_shows_by_itself_and_nothing_open_is_lost(
    shop: Any, day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    models.Conversation.objects.filter(id=day.id).update(state={"judged": ["a"]})
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740})
    page.goto("/calls")
    page.click(".calls .whys summary")
    expect(page.locator(".calls .whys[open] .reason-body")).to_have_count(1)
    shop.missed_call(shop.conversation(135, name="Nora Quick"))
    expect(page.locator("#calls")).to_have_attribute("hx-trigger", "every 1s")
    expect(page.locator(".calls .who").first).to_have_text("Nora Quick")
    expect(page.locator(".calls .whys[open] .reason-body")).to_have_count(1)
    expect(page.locator(".calls .whys[open] summary")).to_be_focused()
    page.click(".calls .corrects:has(button[value=voicemail]) summary")
    shop.missed_call(shop.conversation(136, name="Zed Late"))
    page.wait_for_timeout(2500)  # two looks for news: a menu that is open does not move under a finger
    expect(page.locator(".calls .who").first).to_have_text("Nora Quick")
    page.click(".calls button[value=voicemail]")
    expect(page.locator("#toasts")).to_contain_text("voicemail took it")
    assert page.url.endswith(f"/calls?verdict=#call-{models.Event.objects.get(kind='CallEnded', conversation=day).id}")
    expect(page.locator(".calls .who").first).to_have_text("Zed Late")


def test_card_is_moved_by_drag_and_by_key(
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800})
    page.goto("/leads")
    page.drag_and_drop(f".lead-card[data-lead='{day.id}'] .lead-top", ".column[data-status='qualified'] h2")
    page.wait_for_selector(f".column[data-status='qualified'] .lead-card[data-lead='{day.id}']")
    expect(page.locator("#toasts")).to_contain_text("Moved.")
    assert models.Lead.objects.get(conversation=day).status == "qualified"
    page.wait_for_load_state()  # keys are heard once the page's script has come
    page.focus(f"#lead-{day.id}")
    page.keyboard.press("[")
    page.wait_for_selector(f".column[data-status='contacted'] .lead-card[data-lead='{day.id}']")


def test_card_is_moved_by_its_menu_and_taken_back(
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    """With a finger at 360 px: neither dragged nor by a key."""
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, has_touch=True)
    page.goto("/leads")
    page.tap(f"#menu-{day.id}")
    page.tap(f".lead-card[data-lead='{day.id}'] button[value='{day.id}:contacted>lost']")
    expect(page.locator("#why-lost")).to_be_focused()
    page.select_option("#why-lost", "price")
    page.tap("#mark-these-lost")
    expect(page.locator(f".column[data-status='lost'] .lead-card[data-lead='{day.id}']")).to_have_count(1)
    expect(page.locator("#toasts")).to_contain_text("Moved.")
    assert models.Lead.objects.get(conversation=day).status == "lost"
    page.tap("#toasts button")
    expect(page.locator("#toasts")).to_contain_text("Taken back.")
    expect(page.locator(f".column[data-status='contacted'] .lead-card[data-lead='{day.id}']")).to_have_count(1)


def test_what_waits_for_a_network_covers_no_menu(
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, has_touch=True)
    page.goto("/leads")
    page.wait_for_load_state()
    page.context.set_offline(True)
    expect(page.locator(".offline-bar")).to_be_visible()
    page.tap(f"#menu-{day.id}")
    page.tap(f".lead-card[data-lead='{day.id}'] button[value='{day.id}:contacted>not_served']")
    expect(page.locator(".offline-bar")).to_contain_text("Waiting to be sent: 1.")
    ann = models.Lead.objects.get(contact__name="Ann").conversation_id
    nameless = models.Lead.objects.get(status="booked").conversation_id
    for card, key in ((ann, "["), (nameless, "]")):
        page.focus(f"#lead-{card}")
        page.keyboard.press(key)
    expect(page.locator(".offline-bar")).to_contain_text("Waiting to be sent: 3.Not served …Ann …")
    page.context.set_offline(False)
    for card, status in ((day.id, "not_served"), (ann, "new"), (nameless, "won")):
        expect(page.locator(f".column[data-status='{status}'] .lead-card[data-lead='{card}']")).to_have_count(1)


def test_board_on_a_phone_goes_to_a_column_and_stays_there(
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    """A link above leads to its column and is marked; news leave the board where it was; a card opens anywhere."""
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740}, has_touch=True)
    models.Lead.objects.filter(conversation=day).update(status="won")
    page.goto("/leads")
    current = page.locator(".jumps a[aria-current=true]")
    expect(current).to_have_count(1)
    begun_at = current.get_attribute("href") or ""
    assert begun_at != "#column-new"  # it is empty, so it stands last
    page.set_viewport_size({"width": 1280, "height": 800})
    heading = page.get_by_role("heading", name="Won")
    expect(heading).to_have_css("clip-path", "none")
    expect(current).to_have_attribute("href", "#column-new")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(current).to_have_attribute("href", begun_at)
    page.tap(".jumps a[href='#column-won']")
    expect(current).to_have_attribute("href", "#column-won")
    expect(page.locator(f"#lead-{day.id}")).to_be_in_viewport()
    page.evaluate("htmx.ajax('GET', '/leads/live', {target: '#leads', swap: 'outerHTML'})")
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    expect(current).to_have_attribute("href", "#column-won")
    expect(page.locator(f"#lead-{day.id}")).to_be_in_viewport()
    expect(heading).to_have_css("clip-path", "inset(50%)")  # the link above says it: only for who listens
    heading.get_by_role("link").focus()
    expect(heading).to_have_css("clip-path", "none")
    page.tap(f".lead-card[data-lead='{day.id}']", position={"x": 40, "y": 60})
    page.wait_for_url(f"**/c/{day.id}")


def test_menu_of_a_conversation_is_its_own_and_stays(
    day: models.Conversation, shop: Any, live_server: Any, browser: Browser, bob: Client
) -> None:
    """After an act, and in the conversation opened beside the list, the menu speaks of what is shown."""
    ann = models.Conversation.objects.get(contact__name="Ann")
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800})
    page.goto(f"/c/{day.id}")
    page.click("#called-yes")
    expect(page.locator("#toasts")).to_contain_text("Noted")
    expect(page.locator("#assign-me")).to_have_count(1)
    page.keyboard.press("a")
    expect(page.locator("#more-acts[open] #assign-me")).to_be_focused()
    shop.text(day, "in:2", "customer", "Are you coming?", "received")
    expect(page.locator("#thread")).to_contain_text("Are you coming?")
    expect(page.locator("#more-acts[open] #assign-me")).to_be_focused()
    page.click("#assign-me")
    expect(page.locator("#toasts")).to_contain_text("Assigned.")
    expect(page.locator("#more-acts")).not_to_have_attribute("open", "")
    expect(page.locator("#more-acts button[value='']")).to_have_count(1)
    page.click(f"#line-{ann.id}")
    expect(page.locator(f"#talk[data-conversation='{ann.id}']")).to_be_visible()
    expect(page.locator("#more-acts form[action$='/assign']")).to_have_attribute("action", f"/c/{ann.id}/assign")


def test_news_that_come_during_an_act_do_not_nest_the_page_in_itself(
    day: models.Conversation, shop: Any, live_server: Any, browser: Browser, bob: Client
) -> None:
    """News replace the form an act was sent from; its answer, a whole page, was then shown inside the conversation."""
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800})
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"/live\?v="), hold, times=1)
    with page.expect_request(re.compile(r"/live\?v=")):
        page.goto(f"/c/{day.id}")
    shop.text(day, "in:2", "customer", "Are you coming?", "received")
    page.route("**/called", hold, times=1)
    with page.expect_request("**/called"):
        page.click("#called-yes")
    news, act = held
    news.fulfill(response=news.fetch())
    act.continue_()
    expect(page.locator("#toasts")).to_contain_text("Noted")
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("#thread")).to_contain_text("Are you coming?")


def test_who_was_refused_can_reload_and_go_back(
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    """The address of an act stood in the history after an answer that is no redirect: reloading it was a 405."""
    page = _page(browser, live_server, bob)
    page.goto(f"/c/{day.id}")
    page.fill("#talk textarea", "We’ll be there — soon")
    page.click("#talk button[formaction$='/plain']")
    expect(page.locator("#talk textarea")).to_have_value("We'll be there - soon")
    assert page.url == f"{live_server.url}/c/{day.id}"
    answer = page.reload()
    assert answer is not None
    assert answer.status == 200


def test_what_was_typed_is_kept_though_the_next_page_is_opened_at_once(
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    """What is sent while a page goes may be lost where a service worker stands between: four of five drafts were."""
    page = _page(browser, live_server, bob, service_workers="allow")
    page.goto(f"/c/{day.id}")
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")  # it takes over who is there already
    for words in ("Running late", "Running late, 20 minutes", "There in a minute"):
        page.goto(f"/c/{day.id}")
        page.fill("#body", words)
        page.click("nav a[href='/leads']")
        page.wait_for_url("**/leads")
        page.goto(f"/c/{day.id}")
        expect(page.locator("#body")).to_have_value(words)


def test_the_first_conversation_opened_beside_the_list_has_a_skeleton_until_it_comes(
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    """ "Choose a conversation" stood there, as if nothing had been chosen."""
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800})
    page.goto("/inbox")
    page.wait_for_load_state()
    held: list[Route] = []
    page.route(re.compile(r"/c/\d+"), lambda route: held.append(route))  # noqa: PLW0108  playwright marks it
    page.locator(f"#line-{day.id}").click()
    expect(page.locator("#talk .talk-bones .bubble-bone").first).to_be_visible()
    expect(page.get_by_text("Choose a conversation")).to_be_hidden()
    held[0].continue_()
    expect(page.locator("#body")).to_be_visible()
    expect(page.locator(".talk-bones")).to_have_count(0)


def test_a_number_is_whole_above_the_long_words_of_another_language(
    shop: Any, live_server: Any, browser: Browser, bob: Client
) -> None:
    nameless = shop.conversation(135)
    shop.todo(nameless)
    models.User.objects.filter(email="bob@example.com").update(language="es")
    page = _page(browser, live_server, bob, viewport={"width": 360, "height": 740})
    page.goto(f"/c/{nameless.id}")
    assert page.inner_text(".to-facts") == "1 por hacer, detalles"
    assert (
        page.evaluate(
            "(() => { const h1 = document.querySelector('#talk-head h1'); return h1.scrollWidth - h1.clientWidth; })()"
        )
        == 0
    )


def test_why_a_lead_is_lost_is_read_whole(
    day: models.Conversation, live_server: Any, browser: Browser, bob: Client
) -> None:
    """Beside its button "Too expensive" had room for four letters."""
    page = _page(browser, live_server, bob, viewport={"width": 1280, "height": 800})
    page.goto(f"/c/{day.id}")
    script = """select => {
        const pen = document.createElement("canvas").getContext("2d")
        pen.font = getComputedStyle(select).font
        const longest = Math.max(...[...select.options].map(each => pen.measureText(each.textContent).width))
        return select.clientWidth - longest > 40
    }"""
    assert page.locator("#reason").evaluate(script)
