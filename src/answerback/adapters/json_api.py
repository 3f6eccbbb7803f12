"""Talks JSON to a provider's REST API: one exchange, and what its failure means.

What matters is telling apart what certainly did not happen (`Unavailable`), what may have (`Unclear`) and what never
will (`Refused`): no text is sent twice on a guess. Never here: what a provider's error codes mean (the adapter says).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

import httpx

from answerback.adapters.lanes import Lanes, lanes
from answerback.adapters.objects import Object, read
from answerback.adapters.waits import retry_after
from answerback.ports.errors import Malformed, Refused, Unavailable, Unclear

_TIMEOUT = {"connect": 5.0, "read": 15.0, "write": 15.0, "pool": 5.0}
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)

Refusal = Callable[[int, Object], Refused]
"""Makes the refusal out of an answer of 400 to 499: its status and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """A provider's API, with the headers that sign us in."""

    title: str
    base: httpx.URL
    headers: tuple[tuple[bytes, bytes], ...]
    lanes: Lanes
    refusal: Refusal


def api(title: str, base: str, headers: Mapping[str, str], refusal: Refusal) -> Api:
    """The API under this address; raises `Refused` when the address or a header is none."""
    return _api(title, base.rstrip("/"), tuple(headers.items()), refusal)


def post(at: Api, path: str, body: Mapping[str, object]) -> Object:
    """Do something once; raises `Refused`, `Unavailable`, or `Unclear` when it may have been done."""
    content = json.dumps(body).encode()
    headers = [*at.headers, (b"Content-Type", b"application/json"), (b"Content-Length", b"%d" % len(content))]
    return _exchange(at, httpx.Request("POST", at.base.join(path), headers=headers, content=content))


def get(at: Api, path: str, query: Sequence[tuple[str, str]] = ()) -> Object:
    """Ask; raises `Refused`, or `Unavailable` when it cannot be asked now."""
    url = at.base.join(path + (f"?{urlencode(query)}" if query else ""))
    try:
        return _exchange(at, httpx.Request("GET", url, headers=list(at.headers)))
    except Unclear as lost:  # asking again changes nothing, so a lost answer is only a failed question
        raise Unavailable(lost.detail) from lost


def _exchange(at: Api, request: httpx.Request) -> Object:
    request.extensions = {"timeout": _TIMEOUT}
    try:
        response = at.lanes.handle_request(request)
    except _NOT_SENT as failed:
        raise Unavailable(f"{at.title} could not be reached ({type(failed).__name__}).") from failed
    except httpx.HTTPError as lost:
        raise Unclear(f"The connection to {at.title} broke before its answer came ({type(lost).__name__}).") from lost
    if response.status_code >= 300:
        _raise_for(at, response)
    return _said(response, Unclear(f"{at.title} took it, but its answer could not be read."))


def _raise_for(at: Api, response: httpx.Response) -> None:
    status = response.status_code
    if status in {429, 503}:
        says = "asks for fewer requests a second" if status == 429 else "is away for the moment"
        raise Unavailable(f"{at.title} {says} ({status}).", retry_after=retry_after(response.headers))
    if status >= 500:
        raise Unclear(f"{at.title}, or a gateway before it, failed ({status}): it may have been done.")
    if status < 400:
        raise Unavailable(f"The API address of {at.title} answered with a redirect ({status}); check api_base.")
    raise at.refusal(status, _said(response, None))


def _said(response: httpx.Response, otherwise: Unclear | None) -> Object:
    try:
        return read(response.content)
    except Malformed as wrong:
        if otherwise is not None and response.content:
            raise otherwise from wrong
        return Object({})


@lru_cache(maxsize=256)
def _api(title: str, base: str, headers: tuple[tuple[str, str], ...], refusal: Refusal) -> Api:
    try:
        url = httpx.URL(base)
        ours = {"Host": url.netloc.decode("ascii"), "Accept": "application/json", "User-Agent": "answerback"}
        raw = httpx.Headers({**ours, **dict(headers)}).raw
    except (httpx.InvalidURL, ValueError) as wrong:
        raise Refused(
            "The API key or the API address of this connection cannot be used.", failure="sender_unregistered"
        ) from wrong
    return Api(title=title, base=url, headers=tuple(raw), lanes=lanes(base), refusal=refusal)
