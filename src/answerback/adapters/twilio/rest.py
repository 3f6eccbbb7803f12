"""Talks to Twilio's REST API: hands a text over, looks one up, tries a connection.

Sending is the hot path, so requests are put together by hand and go straight to a kept connection: no cookies, no
redirects, and no client log line that would carry a phone number. What matters is telling apart what certainly did not
happen (`Unavailable`), what may have (`Unclear`) and what never will (`Refused`): no text is sent twice on a guess.
"""

import json
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn
from urllib.parse import urlencode

import httpx

from answerback.adapters.lanes import Lanes, lanes
from answerback.adapters.twilio.failures import FIXES, failure
from answerback.ports.errors import Refused, Unavailable, Unclear
from answerback.ports.phone import Connection

API = "https://api.twilio.com"

_TIMEOUT = {"connect": 5.0, "read": 15.0, "write": 15.0, "pool": 5.0}
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A Twilio account ready to be talked to: its address, its headers, the connections to it."""

    base: httpx.URL
    messages: httpx.URL
    sid: str
    headers: tuple[tuple[bytes, bytes], ...]
    lanes: Lanes


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back, whole."""

    status: int
    body: bytes
    retry_after: float | None = None


def account(connection: Connection) -> Account:
    """The account of this connection; raises `Refused` when its settings cannot lead anywhere."""
    settings = connection.settings
    sid, token = settings.get("account_sid", ""), settings.get("auth_token", "")
    if not sid or not token:
        raise _no_credentials()
    return _account(sid, token, (settings.get("api_base") or API).rstrip("/"))


def post_message(at: Account, fields: dict[str, str]) -> dict[str, Any]:
    """Create a message and give Twilio's description of it; raises `Refused`, `Unavailable` or `Unclear`."""
    body = urlencode(fields).encode()
    reply = _exchange(at, httpx.Request("POST", at.messages, headers=[*at.headers, _length(body)], content=body))
    if reply.status >= 300:
        _raise_for(reply)
    message = _json(reply.body)
    if not isinstance(message.get("sid"), str):
        raise Unclear("Twilio took the text but its answer could not be read.")
    return message


def get(at: Account, path: str, query: dict[str, str] | None = None) -> dict[str, Any]:
    """Ask for one resource below the API's address; raises `Refused`, or `Unavailable` when it cannot be asked now."""
    url = at.base.join(path + (f"?{urlencode(query)}" if query else ""))
    try:
        reply = _exchange(at, httpx.Request("GET", url, headers=list(at.headers)))
        if reply.status >= 300:
            _raise_for(reply)
    except Unclear as lost:  # asking again changes nothing, so a lost answer is only a failed question
        raise Unavailable(lost.detail) from lost
    return _json(reply.body)


def _exchange(at: Account, request: httpx.Request) -> Reply:
    request.extensions = {"timeout": _TIMEOUT}
    try:
        response = at.lanes.handle_request(request)
    except _NOT_SENT as failed:
        raise Unavailable(f"Twilio could not be reached ({type(failed).__name__}).") from failed
    except httpx.HTTPError as lost:
        raise Unclear(f"The connection to Twilio broke before its answer came ({type(lost).__name__}).") from lost
    return Reply(status=response.status_code, body=response.content, retry_after=_retry_after(response.headers))


def _raise_for(reply: Reply) -> NoReturn:
    said = _json(reply.body)
    code = str(said.get("code") or "")
    if reply.status == 429 or code == "20429":
        raise Unavailable("Twilio asks for fewer requests a second (429).", retry_after=reply.retry_after)
    if reply.status >= 500:
        _raise_for_server(reply, code)
    if reply.status < 400:
        raise Unavailable(f"The API address answered with a redirect ({reply.status}); check api_base.")
    if reply.status in (401, 403) and code not in FIXES and failure(code) == "unknown":
        code = "20003"
    if reply.status == 404 and not code:
        code = "20404"
    said_words = f"Twilio refused with error {code or reply.status}."
    raise Refused(f"{said_words} {FIXES.get(code, '')}".strip(), failure=failure(code), code=code)


def _raise_for_server(reply: Reply, code: str) -> NoReturn:
    """An error of Twilio's own says that it did not happen; one from a gateway on the way says nothing of the kind."""
    if code or reply.status == 503:
        raise Unavailable(f"Twilio has trouble of its own ({reply.status}).", retry_after=reply.retry_after)
    raise Unclear(f"A gateway before Twilio failed ({reply.status}); the text may have gone through.")


def _no_credentials() -> Refused:
    return Refused(
        "This connection has no account SID or no auth token. Add them in its settings.",
        failure="sender_unregistered",
        code="20003",
    )


@lru_cache(maxsize=256)
def _account(sid: str, token: str, base: str) -> Account:
    try:
        url = httpx.URL(base)
        headers = httpx.Headers(
            {
                "Host": url.netloc.decode("ascii"),
                "Authorization": "Basic " + b64encode(f"{sid}:{token}".encode()).decode(),
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
                "User-Agent": "answerback",
            }
        )
        messages = url.join(f"/2010-04-01/Accounts/{sid}/Messages.json")
    except (httpx.InvalidURL, ValueError) as wrong:
        raise Refused("The account SID or api_base of this connection is no address.", code="20404") from wrong
    return Account(base=url, messages=messages, sid=sid, headers=tuple(headers.raw), lanes=lanes(base))


def _length(body: bytes) -> tuple[bytes, bytes]:
    return b"Content-Length", b"%d" % len(body)


def _retry_after(headers: httpx.Headers) -> float | None:
    try:
        return max(0.0, float(headers["retry-after"]))
    except (KeyError, ValueError):
        return None


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
