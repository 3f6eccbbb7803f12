"""OAuth 2.0 with PKCE (RFC 6749, RFC 7636) as Google, Microsoft and HubSpot speak it: where to send a person, how to
trade a code for tokens, how to renew them.

The settings of a connection hold `refresh_token`, `access_token` and `access_until` (ISO). They are secrets: the store
seals them, and no error here repeats them.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from answerback.adapters import rest
from answerback.ports.connection import Connection, Setting
from answerback.ports.errors import Refused, SignInNeeded
from answerback.ports.sign_in import SignInAsked

EARLY = timedelta(minutes=5)
"""A token is renewed this long before it runs out: a request on its way must not outlive it."""

APP_SETTINGS = (
    Setting(name="client_id", label="Client ID"),
    Setting(name="client_secret", label="Client secret", secret=True),
)

_OVER = frozenset({"invalid_grant", "interaction_required", "consent_required", "login_required"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where one provider signs people in. `more` goes with every person who is sent there."""

    provider: str
    authorise: str
    token: str
    scopes: tuple[str, ...]
    needed: tuple[str, ...]
    """Scopes without which nothing works; a person may untick them."""
    more: Mapping[str, str]
    over: frozenset[str] = frozenset()
    """The provider's own words for "the permission has ended", beside the standard's."""


def address(door: Door, connection: Connection, asked: SignInAsked) -> str:
    """Where to send the person; `asked.verifier` itself stays with us."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asked.verifier.encode()).digest()).decode().rstrip("=")
    query = {
        "client_id": connection.settings.get("client_id", ""),
        "redirect_uri": asked.returns_to,
        "response_type": "code",
        "scope": " ".join(door.scopes),
        "state": asked.state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **door.more,
    }
    return f"{door.authorise}?{urlencode(query)}"


def trade(door: Door, connection: Connection, asked: SignInAsked, code: str, now: datetime) -> dict[str, str]:
    """Tokens for a code. Raises `Refused` where the person gave less than is needed or the code is not good."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked.returns_to,
        "code_verifier": asked.verifier,
    }
    reply = _token(door, connection, form)
    if reply.status != 200:
        raise Refused(
            f"{door.provider} did not accept the sign-in ({reply.said.get('error', reply.status)}). "
            "Start it again; a code works once and for some minutes only.",
            code=str(reply.said.get("error", reply.status)),
        )
    granted = str(reply.said.get("scope", "")).split()
    if missing := [scope for scope in door.needed if granted and scope not in granted]:
        raise Refused(
            f"{door.provider} was not given every permission ({', '.join(missing)}). "
            "Sign in again and leave every box ticked.",
            code="scope",
        )
    if not reply.said.get("refresh_token"):
        raise Refused(
            f"{door.provider} gave no lasting permission. Remove this app from the account's connected apps, then "
            "sign in again.",
            code="no_refresh_token",
        )
    return _kept(reply, now)


def renewed(door: Door, connection: Connection, now: datetime) -> dict[str, str] | None:
    """New tokens where those we have run out soon. Raises `SignInNeeded` when the permission is over."""
    until = connection.settings.get("access_until", "")
    if connection.settings.get("access_token") and until and datetime.fromisoformat(until) - EARLY > now:
        return None
    refresh = connection.settings.get("refresh_token", "")
    if not refresh:
        raise SignInNeeded(f"Nobody has signed in to {door.provider} yet.", code="never")
    reply = _token(door, connection, {"grant_type": "refresh_token", "refresh_token": refresh})
    word = str(reply.said.get("error") or reply.said.get("status", ""))
    if word in _OVER | door.over:
        raise SignInNeeded(f"{door.provider} has ended the permission. Sign in again.", code=word)
    if reply.status != 200:
        raise Refused(
            f"{door.provider} does not know this client ID and secret ({reply.said.get('error', reply.status)}). "
            "Compare them with the provider's page.",
            code=str(reply.said.get("error", reply.status)),
        )
    return {"refresh_token": refresh, **_kept(reply, now)}


def bearer(connection: Connection) -> dict[str, str]:
    """The header that shows who we are."""
    return {"Authorization": f"Bearer {connection.settings.get('access_token', '')}"}


def _token(door: Door, connection: Connection, form: dict[str, str]) -> rest.Reply:
    app = {name: connection.settings.get(name, "") for name in ("client_id", "client_secret")}
    reply = rest.ask(door.provider, "POST", door.token, form=form | {name: one for name, one in app.items() if one})
    if later := rest.trouble(door.provider, reply):
        raise later
    return reply


def _kept(reply: rest.Reply, now: datetime) -> dict[str, str]:
    lives = timedelta(seconds=float(reply.said.get("expires_in", 3600)))
    kept = {"access_token": str(reply.said.get("access_token", "")), "access_until": (now + lives).isoformat()}
    if refresh := reply.said.get("refresh_token"):  # Microsoft gives a new one each time, Google only the first
        kept["refresh_token"] = str(refresh)
    return kept
