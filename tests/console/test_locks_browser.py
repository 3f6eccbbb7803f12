"""In a real browser: what it keeps, where it is led and what it lets through, which Django's own client never shows.

A passkey is made and used by Chromium's own, with a pretended fingerprint.
"""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import PATIENCE, _page, browser, pytestmark  # noqa: F401
from tests.console.test_second_step import PASSWORD
from tests.console.test_single_sign_on import at  # noqa: F401

from answerback.store import models
from answerback.store.sessions import SessionStore
from answerback.workflow import people

ASK = "address => fetch(address).then((answer) => answer.status)"
RECORDS = "account_authentication_methods"
LOCAL = "localhost"
"""A passkey belongs to a name; none is made for an address such as 127.0.0.1."""


def _named(server: Any) -> str:
    return str(server.url).replace("127.0.0.1", LOCAL)


def _signs_in(browser: Browser, server: Any, email: str, **wishes: Any) -> Page:  # noqa: F811
    page = browser.new_context(base_url=_named(server), service_workers="block", **wishes).new_page()
    page.set_default_timeout(PATIENCE)
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.locator("#main").wait_for()
    page.wait_for_load_state()
    return page


def test_a_picture_is_shown_no_more_to_who_was_taken_out_nor_when_it_is_gone(
    shop: Any,
    browser: Browser,  # noqa: F811
    live_server: Any,
    bob: Client,
) -> None:
    """A browser that had seen it showed it for a week, whatever had become of the person or of the picture."""
    talk = shop.conversation(131, name="Maria")
    rows = [
        models.Attachment.objects.create(
            business=shop.business, conversation=talk, kind="picture", state="kept", content=b"a picture", n=n,
            content_type="image/jpeg", created_at=shop.business.created_at,
        )
        for n in range(2)
    ]  # fmt: skip
    page = _page(browser, live_server, bob)
    page.goto("/account")
    gone, kept = (f"/media/{row.id}" for row in rows)
    assert [page.evaluate(ASK, each) for each in (gone, kept, gone, kept)] == [200] * 4
    models.Attachment.objects.filter(id=rows[0].id).update(state="gone", content=None)
    assert [page.evaluate(ASK, each) for each in (gone, kept)] == [404, 200]
    people.let_go(models.Member.objects.get(name="Bob"))
    expect(page.locator("body")).to_contain_text("You belong to no business yet")  # the open page goes by itself
    assert [page.evaluate(ASK, each) for each in (gone, kept)] == [403, 403]


def test_the_open_page_of_who_was_taken_out_goes_at_once(
    shop: Any,
    browser: Browser,  # noqa: F811
    live_server: Any,
    bob: Client,
) -> None:
    """It was answered 403 each second, and went on showing the texts of customers."""
    shop.conversation(131, name="Maria")
    page = _page(browser, live_server, bob)
    page.goto("/inbox?tab=all")
    expect(page.locator("body")).to_contain_text("Maria")
    people.let_go(models.Member.objects.get(name="Bob"))
    expect(page.locator("body")).to_contain_text("You belong to no business yet")
    expect(page.locator("body")).not_to_contain_text("Maria")


def test_a_passkey_is_added_and_opens_without_a_password(
    shop: Any,
    browser: Browser,  # noqa: F811
    live_server: Any,
) -> None:
    page = _signs_in(browser, live_server, "bob@example.com")
    told = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    options = told | {"isUserVerified": True, "automaticPresenceSimulation": True}
    finger = {"authenticatorId": wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]}
    page.goto("/account/second-step/webauthn/add/")
    page.fill("[name=name]", "Front desk")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("body")).to_contain_text("10 of 10 are left")
    page.goto("/account/second-step/webauthn/")
    expect(page.locator("body")).to_contain_text("Front desk")
    page.context.clear_cookies()
    page.goto("/sign-in")
    wire.send("WebAuthn.setUserVerified", {**finger, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("body")).to_contain_text("No passkey was used")
    wire.send("WebAuthn.setUserVerified", {**finger, "isUserVerified": True})
    page.get_by_role("button", name="Use a passkey").click()
    page.locator("#main").wait_for()
    assert page.evaluate(ASK, "/inbox") == 200
    page.goto("/account/second-step/webauthn/")  # who came in by a passkey just now is not asked again who they are
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("body")).to_contain_text("None yet.")


@pytest.fixture
def elsewhere() -> Iterator[list[str]]:
    """A page on another host whose link leads to the address it is given; its own address comes first."""
    leads: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = f'<a href="{leads[-1]}">You have won</a>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        leads.append(f"http://127.0.0.1:{server.server_port}")
        running = threading.Thread(target=server.serve_forever, daemon=True)
        running.start()
        yield leads
        server.shutdown()
        running.join()


def _was_long_ago(page: Page) -> None:
    """Let it be long since they showed who they are."""
    (key,) = (each.get("value", "") for each in page.context.cookies() if each.get("name") == "sessionid")
    kept = SessionStore(key)
    kept[RECORDS] = [each | {"at": 0} for each in kept[RECORDS]]
    kept.save()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's, of the library it is made with
def test_nobody_is_connected_by_a_link_that_stands_elsewhere(
    shop: Any,
    browser: Browser,  # noqa: F811
    live_server: Any,
    at: Any,  # noqa: F811
    elsewhere: list[str],
) -> None:
    """Whoever was signed in at the provider came into this account from then on; nobody here had pressed anything."""
    stranger = User(sub="eve", claims={"email": "eve@example.com", "email_verified": True})
    with run_server_in_thread(user_claims=[stranger]) as server:
        at(f"http://localhost:{server.server_port}")
        page = _signs_in(browser, live_server, "bob@example.com")
        elsewhere.append(f"{_named(live_server)}/account/single/oidc/single/login/?process=connect")
        page.goto(elsewhere[0])
        page.get_by_text("You have won").click()
        expect(page.locator("h1")).to_have_text("Single sign-on")
        assert page.url == f"{_named(live_server)}/account/single/"
        _was_long_ago(page)
        page.get_by_text("Connect Shop login").click()  # a page of ours connects, for who shows once more who they are
        page.fill("[name=password]", PASSWORD)
        page.get_by_role("button", name="Go on").click()
        page.get_by_text("Connect Shop login").click()
        page.fill("[name=sub]", "eve")
        page.locator("button").first.click()
        expect(page.locator("body")).to_contain_text("You can sign in with it now.")
