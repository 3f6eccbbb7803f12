"""What the pretend calendars of Google and Microsoft share: failures on demand, a sign-in (OAuth 2.0).

They bind to 127.0.0.1, know one person, and their secrets are pretend ones. A request that the real service would
refuse is refused, in its form.
"""

import base64
import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from answerback.testing.pretend_http import Ask, Loopback, Reply

CLIENT_ID, CLIENT_SECRET = "pretend-client", "pretend-client-secret"

Failure = Literal["rate_limit", "error", "drop", "lose", "not_now"]
"""rate_limit: 429 · error: 500 · drop: the connection ends before · lose: done, and the answer lost · not_now: 503."""


@dataclass(kw_only=True)
class PretendApi(Loopback):
    """One pretend service; subclasses say what it answers. Use it in a `with`."""

    counters: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    lose_next: str = ""
    """The method whose next answer is lost."""
    away: bool = False
    retry_after: str = "7"
    signed_in_as: str = "luis@example.com"
    refuses_sign_in: bool = False
    rotates: bool = False
    """A refresh gives another refresh token, as Microsoft does."""
    grants: str = ""
    """Scopes given, where the person left some out."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    access: set[str] = field(default_factory=set)
    refresh: set[str] = field(default_factory=set)
    _numbers: Any = field(default_factory=lambda: count(1))

    def settings(self, **more: str) -> dict[str, str]:
        """Settings of a connection whose owner has signed in."""
        access, refresh = self._tokens()
        return {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "access_token": access,
            "refresh_token": refresh,
            "access_until": "2099-01-01T00:00:00+00:00",
            "zone": "America/Chicago",
            "api_base": self.url,
            **more,
        }

    def consent(self, address: str) -> dict[str, str]:
        """The person follows the address, signs in and says yes: what comes back to us in the query."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["client_id"] == CLIENT_ID, asked
        assert asked["response_type"] == "code", asked
        assert asked["code_challenge_method"] == "S256", asked
        assert len(asked["code_challenge"]) == 43, asked
        self._asked_rightly(asked)
        code = f"code-{next(self._numbers)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def end_permission(self) -> None:
        """The person takes the permission back: no token is worth anything any more."""
        self.access.clear()
        self.refresh.clear()

    def answer(self, ask: Ask) -> Reply:
        """The reply to one request, or the failure that was asked for."""
        self.counters[f"{ask.method} {ask.path}"] += 1
        if self.away:
            return Reply(503, b"", b"Retry-After: 30\r\n")
        if ask.path.endswith("/token"):
            return self._token(ask)
        failure = self.failures.pop(0) if self.failures else None
        if failure == "drop":
            return Reply(0, then="close")
        if failure in {"rate_limit", "error", "not_now"}:
            return self.failed({"rate_limit": 429, "error": 500, "not_now": 503}[str(failure)])
        token = ask.headers.get(b"authorization", b"").decode().removeprefix("Bearer ")
        reply = self.respond(ask) if token in self.access else self.unknown_token()
        if failure == "lose" or ask.method == self.lose_next:
            self.lose_next = ""
            reply.then = "close"
        return reply

    def respond(self, ask: Ask) -> Reply:
        """The reply to a request of somebody who is signed in."""
        raise NotImplementedError

    def failed(self, status: int) -> Reply:
        """A failure in the service's form."""
        raise NotImplementedError

    def unknown_token(self) -> Reply:
        """The answer to a token that is none."""
        raise NotImplementedError

    def _asked_rightly(self, asked: dict[str, str]) -> None:
        """Assert what this service wants of a sign-in besides."""

    def _token(self, ask: Ask) -> Reply:
        form = dict(parse_qsl(ask.body.decode()))
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return as_json(401, {"error": "invalid_client"})
        if form.get("grant_type") == "authorization_code":
            return self._by_code(form)
        if form.get("refresh_token") not in self.refresh:
            return as_json(400, {"error": "invalid_grant"})
        access, refresh = self._tokens()
        given = {"access_token": access, "expires_in": 3599, "token_type": "Bearer"}
        return as_json(200, given | ({"refresh_token": refresh} if self.rotates else {}))

    def _by_code(self, form: dict[str, str]) -> Reply:
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            asked is None
            or asked["redirect_uri"] != form.get("redirect_uri")
            or asked["code_challenge"] != challenge.decode().rstrip("=")
        ):
            return as_json(400, {"error": "invalid_grant"})
        access, refresh = self._tokens()
        scope = self.grants or asked["scope"]
        given = {"access_token": access, "expires_in": 3599, "token_type": "Bearer", "scope": scope}
        return as_json(200, given | {"refresh_token": refresh})

    def _tokens(self) -> tuple[str, str]:
        number = next(self._numbers)
        access, refresh = f"access-{number}", f"refresh-{number}"
        self.access.add(access)
        self.refresh.add(refresh)
        return access, refresh


def as_json(status: int, value: Any, headers: bytes = b"") -> Reply:
    """A JSON answer."""
    return Reply(status, json.dumps(value).encode(), headers)


def body_of(ask: Ask) -> dict[str, Any]:
    """The JSON object of a request; empty where there is none."""
    try:
        value = json.loads(ask.body) if ask.body else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
