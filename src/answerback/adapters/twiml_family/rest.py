"""Talks to a REST API of the family: hands a text over, asks for a resource, changes one.

Sending is the hot path, so requests are put together by hand and go straight to a kept connection: no cookies, no
redirects, and no client log line that would carry a phone number. What matters is telling apart what certainly did not
happen (`Unavailable`), what may have (`Unclear`) and what never will (`Refused`): no text is sent twice on a guess.
"""

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn
from urllib.parse import urlencode

import httpx

from answerback.adapters.lanes import Lanes, lanes
from answerback.adapters.twiml_family.dialect import Dialect
from answerback.adapters.waits import retry_after
from answerback.ports.errors import Refused, Unavailable, Unclear

_TIMEOUT = {"connect": 5.0, "read": 15.0, "write": 15.0, "pool": 5.0}
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account ready to be talked to: its address, its headers, the connections to it.

    `path` is where its resources are, such as /2010-04-01/Accounts/AC1.
    """

    dialect: Dialect
    base: httpx.URL
    path: str
    messages: httpx.URL
    sid: str
    headers: tuple[tuple[bytes, bytes], ...]
    lanes: Lanes

    @property
    def authorization(self) -> str:
        """What opens the account."""
        return next(value.decode() for name, value in self.headers if name.lower() == b"authorization")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back, whole."""

    status: int
    body: bytes
    retry_after: float | None = None


def account(dialect: Dialect, sid: str, secret: str, base: str, path: str) -> Account:
    """The account `sid` at `base`, whose resources are below `path`; raises `Refused` when this can lead nowhere."""
    if not sid or not secret:
        raise _no_credentials(dialect)
    found = _accounts.get((dialect.provider, sid, secret, base, path))
    return found or _open(dialect, sid, secret, base, path)


def post_message(at: Account, fields: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Create a message and give the provider's description of it; raises `Refused`, `Unavailable` or `Unclear`."""
    body = urlencode(fields).encode()
    reply = _exchange(at, httpx.Request("POST", at.messages, headers=[*at.headers, _length(body)], content=body))
    if reply.status >= 300:
        _raise_for(at.dialect, reply)
    message = _json(reply.body)
    if not isinstance(message.get("sid"), str):
        raise Unclear(f"{at.dialect.title} took the text but its answer could not be read.")
    return message


def create(at: Account, path: str, fields: dict[str, str]) -> dict[str, Any]:
    """Create a resource that must not be made twice on a guess; raises `Refused`, `Unavailable` or `Unclear`."""
    body = urlencode(fields).encode()
    request = httpx.Request("POST", at.base.join(path), headers=[*at.headers, _length(body)], content=body)
    reply = _exchange(at, request)
    if reply.status >= 300:
        _raise_for(at.dialect, reply)
    made = _json(reply.body)
    if not isinstance(made.get("sid"), str):
        raise Unclear(f"{at.dialect.title} took it but its answer could not be read.")
    return made


def get(at: Account, path: str, query: dict[str, str] | None = None) -> dict[str, Any]:
    """Ask for one resource below the API's address; raises `Refused`, or `Unavailable` when it cannot be asked now."""
    url = at.base.join(path + (f"?{urlencode(query)}" if query else ""))
    return _asked(at, httpx.Request("GET", url, headers=list(at.headers)))


def update(at: Account, path: str, fields: dict[str, str]) -> dict[str, Any]:
    """Change a resource to these values; raises like `get`, as doing it twice is as good as once."""
    body = urlencode(fields).encode()
    return _asked(at, httpx.Request("POST", at.base.join(path), headers=[*at.headers, _length(body)], content=body))


def pages(at: Account, path: str, query: dict[str, str], part: str, most_pages: int) -> Iterator[dict[str, Any]]:
    """Every item of a list, page after page; `part` names the list inside a page. Raises like `get`."""
    for _ in range(most_pages):
        page = get(at, path, query)
        items = page.get(part)
        if not isinstance(items, list):
            raise Unavailable(f"{at.dialect.title}'s list of {part} could not be read.")
        yield from (item for item in items if isinstance(item, dict))
        path, query = str(page.get("next_page_uri") or ""), {}
        if not path.startswith("/") or path.startswith("//"):
            return


def elsewhere(at: Account, host: str) -> Account:
    """The same account at another host of its provider; at a pretend provider all hosts are one."""
    if not str(at.base.host).startswith("api."):
        return at
    base = at.base.copy_with(host=host)
    headers = [(name, host.encode() if name.lower() == b"host" else value) for name, value in at.headers]
    return replace(at, base=base, headers=tuple(headers), lanes=lanes(str(base).rstrip("/")))


def _asked(at: Account, request: httpx.Request) -> dict[str, Any]:
    try:
        reply = _exchange(at, request)
        if reply.status >= 300:
            _raise_for(at.dialect, reply)
    except Unclear as lost:  # asking again changes nothing, so a lost answer is only a failed question
        raise Unavailable(lost.detail) from lost
    return _json(reply.body)


def _exchange(at: Account, request: httpx.Request) -> Reply:
    request.extensions = {"timeout": _TIMEOUT}
    try:
        response = at.lanes.handle_request(request)
    except _NOT_SENT as failed:
        raise Unavailable(f"{at.dialect.title} could not be reached ({type(failed).__name__}).") from failed
    except httpx.HTTPError as lost:
        raise Unclear(
            f"The connection to {at.dialect.title} broke before its answer came ({type(lost).__name__})."
        ) from lost
    return Reply(status=response.status_code, body=response.content, retry_after=retry_after(response.headers))


def _raise_for(dialect: Dialect, reply: Reply) -> NoReturn:
    said = _json(reply.body)
    code = str(said.get("code") or "")
    if reply.status == 429 or code == "20429":
        raise Unavailable(f"{dialect.title} asks for fewer requests a second (429).", retry_after=reply.retry_after)
    if reply.status >= 500:
        _raise_for_server(dialect, reply, code)
    if reply.status < 400:
        raise Unavailable(f"The API address answered with a redirect ({reply.status}); check it.")
    if reply.status in (401, 403) and code not in dialect.fixes and dialect.failure(code) == "unknown":
        code = "20003"
    if reply.status == 404 and not code:
        code = "20404"
    said_words = f"{dialect.title} refused with error {code or reply.status}."
    fix = dialect.fixes.get(code, "")
    raise Refused(f"{said_words} {fix}".strip(), failure=dialect.failure(code), code=code)


def _raise_for_server(dialect: Dialect, reply: Reply, code: str) -> NoReturn:
    """An error of the provider's own says that it did not happen; one from a gateway on the way says nothing of it."""
    if code or reply.status == 503:
        raise Unavailable(f"{dialect.title} has trouble of its own ({reply.status}).", retry_after=reply.retry_after)
    raise Unclear(f"A gateway before {dialect.title} failed ({reply.status}); the text may have gone through.")


def _no_credentials(dialect: Dialect) -> Refused:
    return Refused(
        f"This connection to {dialect.title} has no account or no secret. {dialect.fixes.get('20003', '')}".strip(),
        failure="sender_unregistered",
        code="20003",
    )


_accounts: dict[tuple[str, ...], Account] = {}
MOST_ACCOUNTS = 1000


def _open(dialect: Dialect, sid: str, secret: str, base: str, path: str) -> Account:
    try:
        url = httpx.URL(base.rstrip("/"))
        headers = httpx.Headers(
            {
                "Host": url.netloc.decode("ascii"),
                "Authorization": "Basic " + b64encode(f"{sid}:{secret}".encode()).decode(),
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
                "User-Agent": "answerback",
            }
        )
        messages = url.join(f"{path}/Messages.json")
    except (httpx.InvalidURL, ValueError) as wrong:
        raise Refused("The account or the API address of this connection is no address.", code="20404") from wrong
    made = Account(
        dialect=dialect,
        base=url,
        path=path,
        messages=messages,
        sid=sid,
        headers=tuple(headers.raw),
        lanes=lanes(base.rstrip("/")),
    )
    if len(_accounts) >= MOST_ACCOUNTS:
        _accounts.clear()
    _accounts[dialect.provider, sid, secret, base, path] = made
    return made


def _length(body: bytes) -> tuple[bytes, bytes]:
    return b"Content-Length", b"%d" % len(body)


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
