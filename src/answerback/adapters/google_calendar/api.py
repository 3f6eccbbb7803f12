"""Talks to Google Calendar's REST API (v3) and knows which of its answers mean "later", "never" and "sign in again"."""

from collections.abc import Mapping
from typing import Any

from answerback.adapters import rest
from answerback.adapters.rest import Reply
from answerback.adapters.sign_in import Door, bearer
from answerback.ports.connection import Connection
from answerback.ports.errors import PortError, Refused, SignInNeeded, Unavailable

GOOGLE = "Google"
API = "https://www.googleapis.com/calendar/v3"
ACCOUNTS = "https://accounts.google.com"
TOKENS = "https://oauth2.googleapis.com"

EVENTS = "https://www.googleapis.com/auth/calendar.events"
FREE_BUSY = "https://www.googleapis.com/auth/calendar.freebusy"

_LATER = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "backendError"})


def door(connection: Connection) -> Door:
    """Where Google signs people in. `prompt=consent`, or a second sign-in would give no refresh token."""
    base = connection.settings.get("api_base")
    return Door(
        provider=GOOGLE,
        authorise=f"{base or ACCOUNTS}/o/oauth2/v2/auth",
        token=f"{base or TOKENS}/token",
        scopes=(EVENTS, FREE_BUSY),
        needed=(EVENTS,),
        more={"access_type": "offline", "prompt": "consent"},
    )


def ask(
    connection: Connection,
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    version: str = "",
    expected: frozenset[int] = frozenset(),
) -> Reply:
    """One request below the API's address; answers of 300 and more raise, but for those `expected`."""
    base = connection.settings.get("api_base")
    url = rest.address(f"{base}/calendar/v3" if base else API, path, query)
    headers = bearer(connection) | ({"If-Match": version} if version else {})
    reply = rest.ask(GOOGLE, method, url, body=body, headers=headers)
    if reply.status >= 300 and reply.status not in expected:
        raise _error(reply)
    return reply


def _error(reply: Reply) -> PortError:
    reason = _reason(reply)
    if reply.status == 403 and reason in _LATER:
        return Unavailable(f"Google asks for fewer requests ({reason}).", retry_after=reply.retry_after)
    if later := rest.trouble(GOOGLE, reply):
        return later
    if reply.status == 401:
        return SignInNeeded("Google no longer accepts our sign-in. Sign in again.", code="401")
    if reply.status == 404:
        return Refused("Google knows no such calendar. Look at its ID in the settings.", code="404")
    if reply.status == 403:
        return Refused(f"Google does not allow it ({reason or 403}). Sign in with the calendar's owner.", code=reason)
    return Refused(f"Google refuses the request ({reason or reply.status}).", code=reason or str(reply.status))


def _reason(reply: Reply) -> str:
    problem = reply.said.get("error")
    every = problem.get("errors") if isinstance(problem, dict) else None
    first = every[0] if isinstance(every, list) and every else None
    return str(first.get("reason", "")) if isinstance(first, dict) else ""
