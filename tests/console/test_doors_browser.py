"""In a real browser: the ways in besides a password: a passkey, and single sign-on at an OpenID Connect provider."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Page, expect
from tests.console.test_desk_browser import PATIENCE, browser, pytestmark  # noqa: F401  the browser, and where there is none

from answerback.store import models

PASSWORD = "a long password"
NOT_HERE = "You are known there, not here"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A phone that asks for a finger and gets it."""


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Page:  # noqa: F811
    context = browser.new_context(base_url=live_server.url, locale="en-US")
    context.set_default_timeout(PATIENCE)
    return context.new_page()


@pytest.fixture
def provider(settings: Any) -> Iterator[str]:
    """A provider at which Bob and a stranger have accounts, and somebody says to be Bob without proof."""
    people = [
        User(sub="bob", claims={"email": "bob@example.com", "email_verified": True}),
        User(sub="stranger", claims={"email": "stranger@example.com", "email_verified": True}),
        User(sub="claims-to-be-bob", claims={"email": "bob@example.com", "email_verified": False}),
    ]
    with run_server_in_thread(user_claims=people) as server:
        url = f"http://localhost:{server.server_port}"
        app = {"provider_id": "single", "name": "Shop login", "client_id": "answerback", "secret": "a secret"}
        settings.SINGLE_SIGN_ON = {"url": url, "client": "answerback", "secret": "a secret", "name": "Shop login"}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": url}}]}
        }
        yield url


def test_an_owner_makes_a_passkey_and_comes_in_with_it_alone(shop: Any, page: Page) -> None:
    wallet = page.context.new_cdp_session(page)
    wallet.send("WebAuthn.enable")
    wallet.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto("/sign-in?next=/account/second-step/webauthn/add/")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.wait_for_url("**/account/second-step/webauthn/add/")
    expect(page.get_by_label("Let it open without a password too")).to_be_checked()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/account/second-step/recovery-codes/**")
    page.context.clear_cookies()
    page.goto("/sign-in?next=/todos")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/todos")
    expect(page.locator("h1")).to_have_text("To-dos")


def _wallet(page: Page, **differs: bool) -> Any:
    wallet = page.context.new_cdp_session(page)
    wallet.send("WebAuthn.enable")
    wallet.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR | differs})
    return wallet


def _ask(page: Page) -> Any:
    page.get_by_role("button", name=re.compile("Use a passkey|Usar una llave|Go on")).click()
    return expect(page.get_by_role("alert"))


CANCELLED = (
    "No passkey was used: it was cancelled, or this device has none for this page. Press the button to try again."
)


def test_who_has_a_passkey_alone_is_asked_for_it_first_and_for_no_app(shop: Any, page: Page) -> None:
    """The page asked for the code of an app that was never set up, with the passkey below it."""
    wallet = page.context.new_cdp_session(page)
    wallet.send("WebAuthn.enable")
    wallet.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto("/sign-in?next=/account/second-step/webauthn/add/")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.get_by_role("button", name="Go on").wait_for()
    page.wait_for_load_state()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    expect(page.locator("h1")).to_have_text("Second step")
    expect(page.locator("main")).not_to_contain_text("authenticator app")
    expect(page.get_by_label("Recovery code")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Today")


def test_who_has_a_passkey_alone_is_told_what_opens_where_none_can_be_used(
    shop: Any, page: Page, live_server: Any
) -> None:
    """The button was there, and nothing it could do."""
    _wallet(page)
    page.goto("/sign-in?next=/account/second-step/webauthn/add/")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.get_by_role("button", name="Go on").wait_for()
    page.wait_for_load_state()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    code = re.findall(r"\b\d{8}\b", page.locator("main").inner_text())[0]
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/sign-in")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    expect(page.get_by_text("Passkeys do not work at this address.")).to_be_visible()
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    expect(page.get_by_text("Here only one of your recovery codes opens.")).to_be_visible()
    page.get_by_label("Recovery code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("h1")).to_have_text("Today")


def test_a_passkey_that_does_not_come_is_said_beside_the_button(shop: Any, page: Page) -> None:
    _wallet(page, isUserVerified=False)  # asked for a finger, and says no
    page.goto("/sign-in")
    _ask(page).to_have_text(CANCELLED)
    page.goto("/sign-in")
    page.evaluate("document.querySelector('#mfa_login').action = '/no-such-page'")
    _ask(page).to_have_text("The passkey could not be asked for. Look whether the network is there, then try again.")


@pytest.mark.parametrize(
    ("thrown", "says"),
    [
        ("TimeoutError", "That took too long"),
        ("NotSupportedError", "This browser or device knows no passkeys"),
        ("InvalidStateError", "This device has a passkey for this page already"),
        ("ConstraintError", "This device has no screen lock"),
        ("AbortError", "No passkey was used"),
    ],
)
def test_each_reason_of_a_browser_has_words(shop: Any, page: Page, thrown: str, says: str) -> None:
    refusal = f"() => Promise.reject(new DOMException('no', '{thrown}'))"
    page.add_init_script(f"CredentialsContainer.prototype.get = {refusal}")
    page.goto("/sign-in")
    _ask(page).to_contain_text(says)


def test_a_browser_without_passkeys_and_an_address_without_a_name(shop: Any, page: Page, live_server: Any) -> None:
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/sign-in")
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    there = page.get_by_text("Passkeys do not work at this address.").get_by_role("link")
    assert there.get_attribute("href") == f"{live_server.url}/sign-in"
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto("/sign-in")
    _ask(page).to_contain_text("This browser or device knows no passkeys.")


def test_making_one_is_said_too_and_in_spanish(shop: Any, browser: Browser, live_server: Any) -> None:  # noqa: F811
    models.User.objects.filter(email="alice@example.com").update(language="es")
    page = browser.new_context(base_url=live_server.url, locale="es-MX").new_page()
    _wallet(page, isUserVerified=False)
    page.goto("/sign-in?next=/account/second-step/webauthn/add/")
    page.fill("#email", "alice@example.com")
    page.fill("#password", PASSWORD)
    page.click("form[action='/sign-in'] button")
    page.locator("#mfa_webauthn_add").wait_for()
    page.wait_for_load_state()
    page.click("#mfa_webauthn_add")
    expect(page.get_by_role("alert")).to_contain_text("No se usó ninguna llave")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's, of the library it is made with
def test_single_sign_on_lets_in_who_has_an_account_and_nobody_else(shop: Any, page: Page, provider: str) -> None:
    for who, sees in (("stranger", NOT_HERE), ("claims-to-be-bob", NOT_HERE), ("bob", "To-dos")):
        page.goto("/sign-in?next=/todos")
        page.get_by_role("link", name="Shop login").click()
        page.locator(f"button[value='{who}']").click()  # its words differ with the provider's version
        expect(page.locator("h1")).to_have_text(sees)
    assert models.User.objects.filter(email__startswith="stranger").count() == 0
