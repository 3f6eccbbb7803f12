"""Talks to a BottleCRM's REST API and knows which of its answers mean "later", "never", "taken" and "sign in again".

Its address is typed in by people, so every connection passes the guard.
"""

from collections.abc import Mapping
from typing import Any

import httpx

from answerback.adapters import guard
from answerback.adapters.guard import Blocked
from answerback.ports.connection import Connection
from answerback.ports.crm import Conflict
from answerback.ports.errors import PortError, Refused, SignInNeeded, Unavailable, Unclear

BOTTLE = "BottleCRM"

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


def ask(
    connection: Connection,
    method: str,
    path: str,
    *,
    body: Mapping[str, Any] | None = None,
    query: Mapping[str, str] | None = None,
) -> Mapping[str, Any]:
    """One request below `/api`; every answer of 300 and more raises."""
    base = connection.settings.get("url", "").strip().rstrip("/")
    token = connection.settings.get("token", "")
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json", "User-Agent": "answerback"}
    try:
        with guard.client() as client:
            answer = client.request(method, f"{base}/api{path}", json=body, params=query, headers=headers)
    except Blocked as problem:
        raise Refused(str(problem), code="private_address") from problem
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as problem:
        raise Refused("This is no web address. Write it with https://.", code="address") from problem
    except _NOT_SENT as problem:
        raise Unavailable(f"{BOTTLE} could not be reached ({type(problem).__name__}).") from problem
    except httpx.HTTPError as problem:
        raise Unclear(f"{BOTTLE} did not answer to the end ({type(problem).__name__}).") from problem
    if answer.status_code == 404:
        _still_signed_in(connection)
    if answer.status_code >= 300:
        raise _error(answer, writes=method in {"POST", "PATCH"})
    return _object(answer)


def _still_signed_in(connection: Connection) -> None:
    """Raises `SignInNeeded` where the token ended: seen on a real server, it then finds nothing instead of saying so,
    and a contact taken for deleted would be made a second time.
    """
    ask(connection, "GET", "/contacts/", query={"limit": "1"})


def _error(answer: httpx.Response, *, writes: bool) -> PortError:
    status = answer.status_code
    if status >= 500 and writes:  # seen: it has made the record, and then could not reach its queue
        return Unclear(f"{BOTTLE} failed ({status}): it may have been done.")
    if status == 429 or status >= 500:
        says = "asks for fewer requests" if status == 429 else "has trouble of its own"
        return Unavailable(f"{BOTTLE} {says} ({status}).", retry_after=_seconds(answer))
    if status == 401:
        return SignInNeeded(f"{BOTTLE} does not accept this token. Enter a current one.", code="401")
    if status == 403:
        return SignInNeeded(f"{BOTTLE} does not accept this token for this. Enter one that may do it.", code="403")
    if status == 404:
        return Conflict(f"{BOTTLE} has no such record any more.", code="gone")
    if status < 400:
        return Refused(f"The address of {BOTTLE} answers with a redirect. Enter the one it leads to.", code="address")
    wrong = _object(answer).get("errors")
    names = [str(name) for name in wrong] if isinstance(wrong, dict) else []
    taken = isinstance(wrong, dict) and any("already" in str(says) for says in wrong.values())
    if taken:
        return Conflict(f"{BOTTLE} has this already ({', '.join(names[:3])}).", code="exists")
    return Refused(f"{BOTTLE} refuses what we wrote. It is about: {', '.join(names[:3]) or status}.", code=str(status))


def _seconds(answer: httpx.Response) -> float | None:
    try:
        return max(0.0, float(answer.headers["retry-after"]))
    except (KeyError, ValueError):
        return 60.0 if answer.status_code == 429 else None


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
