"""Single sign-on at a provider on this machine: who comes in, the second step with it, and a provider that fails."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread
from tests.console.test_second_step import _set_up, _sign_in

from answerback.store import models
from answerback.workflow import clock
from answerback.workflow.sign_ins import grace

LATER = datetime(2100, 1, 1, tzinfo=UTC)
SAYS = "provider is away, did not let you in, or answered something we cannot read"


@pytest.fixture
def at(settings: Any) -> Any:
    """Single sign-on at this address."""

    def at(url: str) -> None:
        app = {"provider_id": "single", "name": "Shop login", "client_id": "answerback", "secret": "a secret"}
        settings.SINGLE_SIGN_ON = {"url": url, "client": "answerback", "secret": "a secret", "name": "Shop login"}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": url}}]}
        }

    return at


class Broken:
    """A provider whose answers are these, whatever is asked."""

    def __init__(self) -> None:
        self.status, self.body = 200, b""
        broken = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(broken.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(broken.body)))
                self.end_headers()
                self.wfile.write(broken.body)

            def do_POST(self) -> None:
                self.do_GET()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def broken() -> Iterator[Broken]:
    made = Broken()
    running = threading.Thread(target=made.server.serve_forever, daemon=True)
    running.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    running.join()


@pytest.mark.parametrize(
    ("status", "body"),
    [(503, b"away"), (200, b"<html>not json"), (200, b"[]"), (200, b"{}"), (404, b"{}")],
)
def test_a_provider_that_answers_nonsense_is_said_so(
    shop: Any, at: Any, broken: Broken, status: int, body: bytes
) -> None:
    at(broken.url)
    broken.status, broken.body = status, body
    page = Client().get("/account/single/oidc/single/login/", follow=True)
    assert (page.status_code, "h1" in page.content.decode(), SAYS in page.content.decode()) == (502, True, True)


def test_a_provider_that_is_away_is_said_so(shop: Any, at: Any) -> None:
    at("http://127.0.0.1:1")
    page = Client().get("/account/single/oidc/single/login/", follow=True)
    assert (page.status_code, SAYS in page.content.decode()) == (502, True)


def test_a_provider_that_loses_its_head_on_the_way_back_is_said_so(shop: Any, at: Any, broken: Broken) -> None:
    at(broken.url)
    found = {
        "authorization_endpoint": f"{broken.url}/a", "token_endpoint": f"{broken.url}/t",
        "userinfo_endpoint": f"{broken.url}/u", "issuer": broken.url, "jwks_uri": f"{broken.url}/j",
    }  # fmt: skip
    broken.body = json.dumps(found).encode()
    client = Client()
    sent = client.get("/account/single/oidc/single/login/")["Location"]
    state = sent.partition("state=")[2].partition("&")[0]
    assert "code_challenge=" in sent
    broken.body = b'{"access_token": "x", "id_token": "nonsense"}'
    page = client.get("/account/single/oidc/single/login/callback/", {"code": "c", "state": state}, follow=True)
    assert (page.status_code, SAYS in page.content.decode()) == (502, True)


@pytest.fixture
def provider(at: Any) -> Iterator[None]:
    """One that knows Alice and Bob."""
    known = [
        User(sub=each, claims={"email": f"{each}@example.com", "email_verified": True}) for each in ("alice", "bob")
    ]
    with run_server_in_thread(user_claims=known) as server:
        at(f"http://localhost:{server.server_port}")
        yield


def _come_in(client: Client, who: str, begin: str = "/account/single/oidc/single/login/") -> Any:
    """Over HTTP: to the provider, as this person there, and back; our answer."""
    sent = client.get(begin)["Location"]
    with httpx.Client(timeout=60) as browser:
        back = browser.post(sent, data={"sub": who}).headers["Location"]
    return client.get("/account/single/oidc/single/login/callback/?" + back.partition("?")[2])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's, of the library it is made with
@pytest.mark.usefixtures("provider")
def test_the_second_step_holds_with_single_sign_on_too(shop: Any) -> None:
    """Nobody could set one up who came this way: they were answered that it is for other people than them."""
    desk, owner, again = Client(), Client(), Client()
    assert _come_in(desk, "bob")["Location"] == "/"
    assert desk.get("/").context["second_step"] is None
    assert _come_in(owner, "alice")["Location"] == "/"
    assert "Add a second sign-in step by " in owner.get("/").content.decode()
    due = clock.now() + grace()
    with clock.using(lambda: due):
        assert owner.get("/")["Location"] == "/account/second-step/"
    codes = _set_up(owner)
    assert _come_in(again, "alice")["Location"].startswith("/account/second-step/authenticate/")
    assert again.get("/")["Location"].startswith("/sign-in")
    assert again.post("/account/second-step/authenticate/", {"code": codes[0]})["Location"] == "/"
    assert again.get("/").status_code == 200


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.usefixtures("provider")
def test_who_came_long_ago_is_asked_there_again_before_a_second_step_is_set_up(shop: Any) -> None:
    owner, add = Client(), "/account/second-step/totp/activate/"
    _come_in(owner, "alice")
    with clock.using(lambda: LATER):
        sent = owner.get(add)
    assert (sent.status_code, sent["Location"].partition("?")[0]) == (302, "/account/single/oidc/single/login/")
    assert _come_in(owner, "alice", sent["Location"])["Location"] == add
    assert owner.get(add).status_code == 200


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("sub", "verified"), [("bob", False), ("eve", True)])
def test_who_is_known_there_and_not_here_is_told_why(shop: Any, at: Any, sub: str, verified: bool) -> None:
    """It said that nobody signs up, to somebody who has an account and whose provider had not verified the address."""
    known = User(sub=sub, claims={"email": f"{sub}@example.com", "email_verified": verified})
    with run_server_in_thread(user_claims=[known]) as server:
        at(f"http://localhost:{server.server_port}")
        client = Client()
        assert "or it has not verified that address" in _come_in(client, sub).content.decode()
        assert client.get("/").status_code == 302


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.usefixtures("provider")
def test_who_had_a_password_is_told_that_it_opens_no_more(shop: Any) -> None:
    _sign_in(Client(), "bob@example.com")
    desk, says = Client(), "You come in with Shop login from now on: the password you had opens no more."
    _come_in(desk, "bob")
    assert desk.get("/").content.decode().count(says) == 1
    assert [each.is_this for each in desk.get("/account").context["browsers"]] == [True]
    assert _sign_in(Client(), "bob@example.com").status_code == 403
    _come_in(desk, "bob")
    assert says not in desk.get("/").content.decode()
    told = {"password1": "plenty of water heaters", "password2": "plenty of water heaters"}
    assert desk.post("/account/password/set", told).status_code == 302
    assert models.User.objects.get(email="bob@example.com").check_password("plenty of water heaters")
