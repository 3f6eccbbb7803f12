"""Talks to HubSpot's REST API and knows which of its answers mean "later", "never", "it is there" and "sign in again".

The paths carry a date (2026-03): HubSpot keeps each version for a time it announces, and numbered ones (v3, v4) are on
their way out.
"""

import re
from collections.abc import Mapping
from typing import Any

from answerback.adapters import rest
from answerback.adapters.pace import Pace
from answerback.adapters.rest import Reply
from answerback.adapters.sign_in import Door
from answerback.ports.connection import Connection
from answerback.ports.crm import Conflict, Limit
from answerback.ports.errors import PortError, Refused, SignInNeeded, Unavailable

HUBSPOT = "HubSpot"
API = "https://api.hubapi.com"
APP = "https://app.hubspot.com"
VERSION = "2026-03"

LIMIT = Limit(requests=100, seconds=10)
"""The burst of a private app below Professional; a day has 250,000 more, whose end HubSpot tells by itself."""

SEARCHES = Limit(requests=5, seconds=1)

SCOPES = (
    *(f"crm.objects.{what}.{may}" for what in ("contacts", "deals") for may in ("read", "write")),
    *(f"crm.schemas.{what}.{may}" for what in ("contacts", "deals") for may in ("read", "write")),
    "crm.objects.owners.read",
)

_DAY_IS_USED_UP = 3600.0
_SOON = {"SECONDLY": 1.0, "TEN_SECONDLY_ROLLING": 10.0, "DAILY": _DAY_IS_USED_UP}
_EXISTING = re.compile(r"Existing ID: ?(\d+)")
_LATER = frozenset({423, 477})
"""Locked, and the account being moved to another of HubSpot's data centres."""

_pace = Pace(HUBSPOT, LIMIT)
_search_pace = Pace(HUBSPOT, SEARCHES)


def door(connection: Connection) -> Door:
    """Where HubSpot signs people in."""
    base = connection.settings.get("api_base")
    return Door(
        provider=HUBSPOT,
        authorise=f"{base or APP}/oauth/authorize",
        token=f"{base or API}/oauth/v1/token",
        scopes=SCOPES,
        needed=(),  # HubSpot grants all or nothing, and says so on its own page.
        more={},
        over=frozenset({"BAD_REFRESH_TOKEN", "BAD_REFRESH_TOKEN_CLIENT_ID"}),
    )


def ask(
    connection: Connection,
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    body: Mapping[str, Any] | None = None,
    expected: frozenset[int] = frozenset(),
) -> Reply:
    """One request; answers of 300 and more raise, but for those `expected`."""
    settings = connection.settings
    token = settings.get("token") or settings.get("access_token", "")
    if not token:
        raise SignInNeeded("Nobody has signed in to HubSpot yet, and no token is set.", code="never")
    (_search_pace if path.endswith("/search") else _pace).take(f"{connection.id}:{token[-8:]}")
    url = rest.address(settings.get("api_base") or API, path, query)
    reply = rest.ask(HUBSPOT, method, url, body=body, headers={"Authorization": f"Bearer {token}"})
    if reply.status >= 300 and reply.status not in expected:
        raise error(reply)
    return reply


def objects(kind: str, *more: str) -> str:
    """The path of a kind of record, or below it."""
    return "/".join(("/crm/objects", VERSION, kind, *more))


def properties(kind: str, *more: str) -> str:
    """The path of the fields of a kind of record."""
    return "/".join(("/crm/properties", VERSION, kind, *more))


def error(reply: Reply) -> PortError:
    """What an answer that is none means. Repeats none of HubSpot's sentences: they quote what was sent."""
    said = reply.said
    word = str(said.get("category") or said.get("errorType") or reply.status)
    if reply.status == 429:
        policy = str(said.get("policyName", ""))
        wait = reply.retry_after or _SOON.get(policy, 10.0)
        of_the_day = " The day's requests are used up." if policy == "DAILY" else ""
        return Unavailable(f"HubSpot asks for fewer requests (429).{of_the_day}", retry_after=wait)
    if reply.status in _LATER:
        return Unavailable(f"HubSpot has this locked for the moment ({reply.status}).", retry_after=reply.retry_after)
    if later := rest.trouble(HUBSPOT, reply):
        return later
    if reply.status == 401:
        return SignInNeeded("HubSpot no longer accepts our token. Enter a current one, or sign in again.", code=word)
    if reply.status == 403:
        scopes = ", ".join(_scopes(said)[:6])
        wants = f" It lacks: {scopes}." if scopes else ""
        return SignInNeeded(f"HubSpot does not let our token do this.{wants} Add the scopes to the app.", code=word)
    if reply.status == 404:
        return Conflict("HubSpot has no such record any more.", code="gone")
    if reply.status == 409:
        found = _EXISTING.search(str(said.get("message", "")))
        return Conflict("HubSpot has a record with this already.", code="exists", id=found[1] if found else "")
    names = ", ".join(_fields(said)[:3])
    which = f" It is about: {names}." if names else ""
    return Refused(f"HubSpot refuses what we wrote ({word}).{which}", code=word)


def is_taken(problem: Refused) -> bool:
    """Was it refused because a value that must be unique is there already?"""
    return problem.code in {"exists", "VALIDATION_ERROR"}


def _scopes(said: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for each in said.get("errors") or ():
        context = each.get("context") if isinstance(each, dict) else None
        for names in (context or {}).values() if isinstance(context, dict) else ():
            found += [str(name) for name in names] if isinstance(names, list) else []
    return found


def _fields(said: Mapping[str, Any]) -> list[str]:
    """The names of the fields an error is about, in either of the two forms HubSpot writes them."""
    quoted = re.findall(r'"name":"([\w.]{1,80})"', str(said.get("message", "")))
    named = []
    for each in said.get("errors") or ():
        context = each.get("context") if isinstance(each, dict) else None
        named += [str(name) for name in (context or {}).get("propertyName", ())] if isinstance(context, dict) else []
    return list(dict.fromkeys([*named, *quoted]))
