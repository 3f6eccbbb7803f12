"""Where browsers make no passkeys (plain http, or an address that is no name), pages say so and offer the app first."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.console.test_second_step import PASSWORD

SAYS = "Passkeys do not work at this address"
STEP, ADD = "/account/second-step/", "/account/second-step/webauthn/add/"


def _at(host: str, *, tls: bool) -> Client:
    """Alice, signed in by her password at this address."""
    client = Client(HTTP_HOST=host, headers={"accept-language": "en"})
    told = {"email": "alice@example.com", "password": PASSWORD}
    assert client.post("/sign-in", told, secure=tls).status_code == 302
    return client


def _order(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*>\s*(Passkey|Authenticator app)", page)


@pytest.mark.parametrize(
    ("host", "tls", "public", "there"),
    [
        ("192.168.1.5:8000", False, "", ""),
        ("192.168.1.5", True, "", ""),
        ("shop.lan:8000", False, "", ""),
        ("127.0.0.2:8000", False, "", "http://localhost:8000"),
        ("[::1]:8000", False, "", "http://localhost:8000"),
        ("192.168.1.5:8000", False, "https://shop.example", "https://shop.example"),
    ],
)
@pytest.mark.parametrize("days", [0, 7], ids=["owed", "wished for"])
def test_the_app_comes_first_where_a_passkey_cannot_be_made(  # noqa: PLR0917
    shop: Any, settings: Any, host: str, tls: bool, public: str, there: str, days: int
) -> None:
    """A passkey stood first, and its button led to a computer that was not there: `localhost`, on a phone."""
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL, settings.SECOND_STEP_DAYS = ["*"], public, days
    client = _at(host, tls=tls)
    page = client.get(STEP, secure=tls).content.decode()
    assert (_order(page), page.count(SAYS)) == (["Authenticator app", "Passkey"], 1)
    assert ["mfa_webauthn_add" in page, f'href="{ADD}"' in page] == [False, False]
    assert re.findall(r'href="(http[^"]+)"', page) == ([f"{there}{STEP}"] if there else [])
    add = client.get(ADD, secure=tls).content.decode()
    assert [add.count(SAYS), "mfa_webauthn_add" in add, reverse("mfa_activate_totp") in add] == [1, False, True]
    client.post("/sign-out")
    door = client.get("/sign-in", secure=tls).content.decode()
    assert [door.count(SAYS), "passkey_login" in door] == [1, False]


@pytest.mark.parametrize(
    ("host", "tls", "public"),
    [
        ("localhost:8000", False, ""),
        ("shop.localhost:8000", False, ""),
        ("shop.example", True, ""),
        ("shop.example", False, "https://shop.example"),
    ],
)
def test_a_passkey_comes_first_where_it_can_be_made(
    shop: Any, settings: Any, host: str, tls: bool, public: str
) -> None:
    settings.ALLOWED_HOSTS, settings.PUBLIC_URL, settings.SECOND_STEP_DAYS = ["*"], public, 0
    page = _at(host, tls=tls).get(STEP, secure=tls).content.decode()
    assert (_order(page), SAYS in page, "mfa_webauthn_add" in page) == (["Passkey", "Authenticator app"], False, True)
