"""Single sign-on believes an ID token that is signed, for us, of this sign-in and in time; each is forged here.

The provider is an HTTP server on this machine that signs what a test wants it to say.
"""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.test import Client
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from tests.console.test_single_sign_on import SAYS, at  # noqa: F401

from answerback.console.accounts import single
from answerback.store import models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _now() -> int:
    """The world's, by which tokens are over, too."""
    return int(time.time())  # noqa: TID251


BEGIN = "/account/single/oidc/single/login/"
BACK = "/account/single/oidc/single/login/callback/"
KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
CURVE = ec.generate_private_key(ec.SECP256R1())


class Provider:
    """Says who Alice is: `sign` makes the ID token of its claims; at paths of `hangs` nothing is answered."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {"sub": "alice", "email": "alice@example.com", "email_verified": True}
        self.sign: Callable[[dict[str, Any]], str | None] = signed_by(KEY)
        self.keys = [jwk(KEY, kid="one")]
        self.hangs: set[str] = set()
        self.over = threading.Event()
        self.challenge = ""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                if self.path in provider.hangs:
                    provider.over.wait(60)
                body = json.dumps(provider.answer(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def do_POST(self) -> None:
                said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                provider.challenge = said.get("code_verifier", [""])[0]
                self.do_GET()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str) -> Any:
        """What stands at one of its addresses."""
        if path == "/token":
            return {"access_token": "x", "token_type": "Bearer", "id_token": self.sign(self.claims)}
        places = {
            "authorization_endpoint": f"{self.url}/a", "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo", "issuer": self.url, "jwks_uri": f"{self.url}/keys",
        }  # fmt: skip
        return {"/keys": {"keys": self.keys}, "/userinfo": self.userinfo}.get(path, places)


def signed_by(key: Any, *, alg: str = "RS256", kid: str | None = "one") -> Callable[[dict[str, Any]], str]:
    return lambda claims: jwt.encode(claims, key, algorithm=alg, headers={"kid": kid} if kid else None)


def jwk(key: Any, **more: str) -> dict[str, Any]:
    kind = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    return kind.to_jwk(key.public_key(), as_dict=True) | more


@pytest.fixture
def provider(at: Any) -> Iterator[Provider]:  # noqa: F811
    made = Provider()
    running = threading.Thread(target=made.server.serve_forever, daemon=True)
    running.start()
    at(made.url)
    yield made
    made.over.set()
    made.server.shutdown()
    made.server.server_close()
    running.join()


def _come_in(provider: Provider, client: Client | None = None, **claims: Any) -> Any:
    """To the provider and back; a claim of None is left out. The page one ends up at."""
    client = client or Client()
    sent = client.get(BEGIN)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(sent["Location"]).query).items()}
    now = _now()
    usual = {
        "iss": provider.url, "aud": "answerback", "sub": "alice", "iat": now, "exp": now + 300,
        "nonce": asked.get("nonce"),
    }  # fmt: skip
    provider.claims = {name: value for name, value in (usual | claims).items() if value is not None}
    assert asked["code_challenge_method"] == "S256"
    return client.get(BACK, {"code": "c", "state": asked["state"]}, follow=True)


def _is_in(answer: Any) -> bool:
    return answer.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("alg", ["RS256", "PS256", "ES256"])
@pytest.mark.parametrize("kid", ["one", None])
def test_a_true_one_opens(shop: Any, provider: Provider, alg: str, kid: str | None) -> None:
    key = CURVE if alg == "ES256" else KEY
    provider.keys = [jwk(key, kid="one")]
    provider.sign = signed_by(key, alg=alg, kid=kid)
    assert _is_in(_come_in(provider))
    assert len(provider.challenge) >= 43  # PKCE: the verifier goes to the provider itself


FORGED: dict[str, dict[str, Any]] = {
    "of another provider": {"iss": "https://evil.example"},
    "for another program": {"aud": "somebody-else"},
    "for several, given out to another": {"aud": ["answerback", "somebody-else"], "azp": "somebody-else"},
    "of another sign-in": {"nonce": "0" * 64},
    "without the sign-in it is of": {"nonce": None},
    "over for an hour": {"exp": _now() - 3600},
    "without an end": {"exp": None},
    "about somebody else than the rest": {"sub": "bob"},
    "about nobody": {"sub": None},
}


@pytest.mark.parametrize("claims", FORGED.values(), ids=FORGED.keys())
def test_a_forged_one_opens_nothing(shop: Any, provider: Provider, claims: dict[str, Any]) -> None:
    """Its signature, its nonce and whom it is about were looked at by nobody."""
    answer = _come_in(provider, **claims)
    assert (_is_in(answer), SAYS in answer.text, answer.status_code) == (False, True, 401)


SIGNATURES: dict[str, Callable[[dict[str, Any]], str | None]] = {
    "by a key that is not the provider's": signed_by(OTHER_KEY),
    "by a key nobody knows": signed_by(KEY, kid="two"),
    "by nobody": lambda claims: jwt.encode(claims, None, algorithm="none"),
    "by what all know": lambda claims: jwt.encode(claims, json.dumps(jwk(KEY)), "HS256", {"kid": "one"}),
    "changed afterwards": lambda claims: signed_by(KEY)(claims)[:-9] + "AAAAAAAAA",
    "nonsense": lambda claims: "nonsense",  # noqa: ARG005
    "none at all": lambda claims: None,  # noqa: ARG005
}


@pytest.mark.parametrize("sign", SIGNATURES.values(), ids=SIGNATURES.keys())
def test_one_that_is_signed_wrongly_opens_nothing(
    shop: Any, provider: Provider, sign: Callable[[dict[str, Any]], str | None]
) -> None:
    provider.sign = sign
    answer = _come_in(provider)
    assert (_is_in(answer), SAYS in answer.text, answer.status_code) == (False, True, 401)


@pytest.mark.parametrize(
    "told",
    [
        {"email": "zoe@example.com"},
        {"email": "alice@example.com", "email_verified": False},
        {"email": ""},
    ],
    ids=["another address", "one that nobody verified", "no address"],
)
def test_who_was_not_invited_by_that_address_stays_outside(shop: Any, provider: Provider, told: dict[str, Any]) -> None:
    provider.userinfo |= told
    before = models.User.objects.count()
    answer = _come_in(provider)
    assert (_is_in(answer), models.User.objects.count()) == (False, before)
    assert "You are known there, not here" in answer.text


def test_who_comes_back_as_somebody_else_is_that_person_and_nobody_s_way_in_changes(
    shop: Any, provider: Provider
) -> None:
    """Alice is signed in; whoever sits there comes back from the provider as Bob."""
    client = Client()
    assert _is_in(_come_in(provider, client))
    provider.userinfo = {"sub": "bob", "email": "bob@example.com", "email_verified": True}
    answer = _come_in(provider, client, sub="bob")
    assert answer.wsgi_request.user.email == "bob@example.com"
    alice = models.User.objects.get(email="alice@example.com")
    assert list(alice.socialaccount_set.values_list("uid", flat=True)) == ["alice"]


def _kept() -> list[tuple[str, str, str]]:
    rows = models.AuditEntry.objects.filter(act="sign_in").order_by("id")
    return [(row.name, row.what, row.detail) for row in rows]


def _says(client: Client) -> list[tuple[str, str]]:
    shown = client.get("/history?act=sign_in").context["entries"]
    return [(each.says, each.detail) for each in reversed(shown)]


REFUSED = "Was not let in"


def test_the_log_says_at_which_provider_somebody_came_in_and_why_another_time_not(
    shop: Any, provider: Provider
) -> None:
    """A refused one left nothing: an owner could not see that somebody tried with the token of another program."""
    client = Client()
    _come_in(provider, client)
    for claims in ({"aud": "somebody-else"}, {"exp": _now() - 3600}, {"nonce": "0" * 64}, {"nonce": "0" * 64}):
        assert not _is_in(_come_in(provider, **claims))
    provider.sign = signed_by(OTHER_KEY)
    assert not _is_in(_come_in(provider))
    assert _kept() == [
        ("Alice", "door:connected", ""),
        ("Alice", "door:signed_in", "socialaccount"),
        ("Alice", "door:single_refused", "audience"),
        ("Alice", "door:single_refused", "over"),
        ("Alice", "door:single_refused", "nonce"),
        ("Alice", "door:single_refused", "unbelieved"),
    ]
    assert _says(client) == [
        ("Connected single sign-on", ""),
        ("Signed in", "single sign-on of Shop login"),
        (REFUSED, "single sign-on of Shop login: it was meant for another program"),
        (REFUSED, "single sign-on of Shop login: it was over"),
        (REFUSED, "single sign-on of Shop login: it was of another sign-in"),
        (REFUSED, "single sign-on of Shop login: it could not be believed"),
    ]


def test_whose_address_the_provider_has_not_verified_reads_of_it_and_a_stranger_leaves_nothing(
    shop: Any, alice: Client, provider: Provider
) -> None:
    models.AuditEntry.objects.all().delete()
    provider.userinfo |= {"email_verified": False}
    assert not _is_in(_come_in(provider))
    provider.userinfo |= {"email": "zoe@example.com", "email_verified": True}
    assert not _is_in(_come_in(provider))
    assert _kept() == [("Alice", "door:single_refused", "unverified")]
    says = "single sign-on of Shop login: the address is not verified there"
    assert _says(alice) == [(REFUSED, says)]


@pytest.mark.parametrize("place", ["/.well-known/openid-configuration", "/token", "/keys", "/userinfo"])
def test_a_provider_that_hangs_holds_nobody(
    shop: Any, provider: Provider, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Each step had five seconds of its own, and there are five."""
    monkeypatch.setattr(single, "EACH_SECONDS", 0.3)
    if place.startswith("/."):
        provider.hangs.add(place)
        answer = Client().get(BEGIN)
        assert (answer.status_code, SAYS in answer.text) == (502, True)
        return
    client = Client()
    client.get(BEGIN)
    provider.hangs.add(place)
    answer = _come_in(provider, client)
    assert (_is_in(answer), SAYS in answer.text) == (False, True)


def test_all_steps_together_have_their_time(shop: Any, provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single, "ALL_SECONDS", 0.0)
    answer = Client().get(BEGIN)
    assert (answer.status_code, SAYS in answer.text) == (502, True)
