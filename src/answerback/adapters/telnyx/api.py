"""Talks to Telnyx's API v2: JSON both ways, a bearer key, errors as a list.

What matters is telling apart what certainly did not happen (`Unavailable`), what may have (`Unclear`) and what never
will (`Refused`): no text is sent twice on a guess.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NoReturn
from urllib.parse import urlencode

import httpx

from answerback.adapters.lanes import Lanes, lanes
from answerback.adapters.telnyx.failures import FIXES, failure
from answerback.adapters.waits import retry_after
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unavailable, Unclear

API = "https://api.telnyx.com"

_TIMEOUT = {"connect": 5.0, "read": 15.0, "write": 15.0, "pool": 5.0}
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)

Method = Literal["GET", "POST", "PATCH"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An API key ready to be used: its address, its headers, the connections to it."""

    base: httpx.URL
    headers: tuple[tuple[bytes, bytes], ...]
    lanes: Lanes
    authorization: str


def key(connection: Connection) -> Key:
    """The API key of this connection; raises `Refused` when its settings cannot lead anywhere."""
    secret = connection.settings.get("api_key", "").strip()
    if not secret:
        says = f"This connection to Telnyx has no API key. {FIXES['10009']}"
        raise Refused(says, failure="sender_unregistered", code="10009")
    return _key(secret, (connection.settings.get("api_base") or API).rstrip("/"))


def create(at: Key, path: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Create something once; raises `Refused`, `Unavailable` or `Unclear`. Gives what is in `data`."""
    return _data(_exchange(at, "POST", path, fields))


def start(at: Key, path: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The same where the answer has no `data` around it."""
    return _exchange(at, "POST", path, fields)


def change(at: Key, path: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Change a resource to these values; doing it twice is as good as once. Raises `Refused` or `Unavailable`."""
    return _data(_again(at, "PATCH", path, fields))


def get(at: Key, path: str, query: dict[str, str] | None = None) -> dict[str, Any]:
    """Ask for one answer, whole; raises `Refused`, or `Unavailable` when it cannot be asked now."""
    return _again(at, "GET", path + (f"?{urlencode(query)}" if query else ""), None)


def _again(at: Key, method: Method, path: str, fields: dict[str, Any] | None) -> dict[str, Any]:
    try:
        return _exchange(at, method, path, fields)
    except Unclear as lost:  # asking again changes nothing, so a lost answer is only a failed question
        raise Unavailable(lost.detail) from lost


def _exchange(at: Key, method: Method, path: str, fields: dict[str, Any] | None) -> dict[str, Any]:
    body = json.dumps(fields).encode() if fields is not None else b""
    headers = [*at.headers, (b"Content-Length", b"%d" % len(body))] if body else list(at.headers)
    request = httpx.Request(method, at.base.join(path), headers=headers, content=body or None)
    request.extensions = {"timeout": _TIMEOUT}
    try:
        response = at.lanes.handle_request(request)
    except _NOT_SENT as failed:
        raise Unavailable(f"Telnyx could not be reached ({type(failed).__name__}).") from failed
    except httpx.HTTPError as lost:
        raise Unclear(f"The connection to Telnyx broke before its answer came ({type(lost).__name__}).") from lost
    said = _json(response.content)
    if response.status_code >= 300:
        _raise_for(response, said)
    if not said:
        raise Unclear("Telnyx took it but its answer could not be read.")
    return said


def _raise_for(response: httpx.Response, said: dict[str, Any]) -> NoReturn:
    status, code = response.status_code, _code(said)
    if status == 429 or code == "10011":
        raise Unavailable("Telnyx asks for fewer requests a second (429).", retry_after=retry_after(response.headers))
    if status >= 500 and (code or status == 503):
        raise Unavailable(f"Telnyx has trouble of its own ({status}).", retry_after=retry_after(response.headers))
    if status >= 500:
        raise Unclear(f"A gateway before Telnyx failed ({status}); the text may have gone through.")
    if status < 400:
        raise Unavailable(f"The API address answered with a redirect ({status}); check it.")
    if status in (401, 403) and failure(code) == "unknown":
        code = "10009"
    says = f"Telnyx refused with error {code or status}. {FIXES.get(code, '')}".strip()
    raise Refused(says, failure=failure(code), code=code)


@lru_cache(maxsize=256)
def _key(secret: str, base: str) -> Key:
    try:
        url = httpx.URL(base)
        headers = httpx.Headers(
            {
                "Host": url.netloc.decode("ascii"),
                "Authorization": f"Bearer {secret}",
                "Content-Type": "application/json",
                "Accept": "application/json",
                "User-Agent": "answerback",
            }
        )
    except (httpx.InvalidURL, ValueError) as wrong:
        raise Refused("The API key or the API address of this connection is none.", code="10009") from wrong
    return Key(base=url, headers=tuple(headers.raw), lanes=lanes(base), authorization=f"Bearer {secret}")


def _data(said: dict[str, Any]) -> dict[str, Any]:
    data = said.get("data")
    if not isinstance(data, dict):
        raise Unclear("Telnyx took it but its answer could not be read.")
    return data


def _code(said: dict[str, Any]) -> str:
    errors = said.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    return str(first.get("code") or "")[:10] if isinstance(first, dict) else ""


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
