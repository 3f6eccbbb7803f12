"""Hands texts to a program of the business's own, by the same signed JSON that it calls us with.

The address is one that somebody typed, so every request goes through the guard. A text carries our id: the program is
asked by it whether it has the text, and must take an id that comes twice as one text.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast, get_args
from urllib.parse import urlencode

import httpx

from answerback.adapters import guard, signed_json
from answerback.adapters.objects import Object, read
from answerback.adapters.waits import retry_after
from answerback.engine.events import Failure
from answerback.ports.errors import Malformed, Refused, Unavailable, Unclear

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
MOST_BYTES = 4 * 1024 * 1024
TIMEOUT = 15.0
"""Seconds, for each step and for all of them."""


def post(url: str, secret: str, body: Mapping[str, Any], now: datetime) -> Object:
    """Do something once; raises `Refused`, `Unavailable`, or `Unclear` when it may have been done."""
    content = json.dumps(body).encode()
    signed = signed_json.signed_headers(secret=secret, url=url, body=content, at=now)
    return _said(_exchange("POST", url, {"Content-Type": "application/json", **signed}, content))


def ask(url: str, secret: str, query: Mapping[str, str], now: datetime) -> Object | None:
    """Ask about one text: what is said of it, None for "never heard of it" (404); raises `Refused` or `Unavailable`."""
    whole = f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"
    signed = signed_json.signed_headers(secret=secret, url=whole, body=b"", at=now)
    try:
        response = _exchange("GET", whole, signed, b"", accepting={404})
        return None if response.status_code == 404 else _said(response)
    except Unclear as lost:
        raise Unavailable(lost.detail) from lost


def fetch(url: str, headers: Mapping[str, str]) -> httpx.Response:
    """A list, of at most 4 MiB; raises `Refused` or `Unavailable`."""
    try:
        response = _exchange("GET", url, headers, b"")
    except Unclear as lost:
        raise Unavailable(lost.detail) from lost
    if len(response.content) > MOST_BYTES:
        raise Refused("The list is over 4 MiB: let it hold only what came since the moment it is asked for.")
    return response


def _exchange(
    method: str,
    url: str,
    headers: Mapping[str, str],
    content: bytes,
    accepting: frozenset[int] | set[int] = frozenset(),
) -> httpx.Response:
    try:
        with (
            guard.client(timeout=TIMEOUT, within=TIMEOUT) as client,
            client.stream(method, url, headers=headers, content=content) as got,
        ):
            body = b""
            for piece in got.iter_bytes():
                body += piece
                if len(body) > MOST_BYTES:
                    break
            response = httpx.Response(got.status_code, headers=_plain(got.headers), content=body)
    except guard.Blocked as blocked:
        raise Refused(str(blocked), failure="sender_unregistered", code="blocked") from blocked
    except (*_NOT_SENT, httpx.InvalidURL) as failed:
        raise Unavailable(f"The program at the other end could not be reached ({type(failed).__name__}).") from failed
    except httpx.HTTPError as lost:
        raise Unclear(f"The connection broke before an answer came ({type(lost).__name__}).") from lost
    if response.status_code >= 300 and response.status_code not in accepting:
        _raise_for(response)
    return response


def _raise_for(response: httpx.Response) -> None:
    status = response.status_code
    if status in {429, 503}:
        raise Unavailable(
            f"The program at the other end asks to wait ({status}).", retry_after=retry_after(response.headers)
        )
    if status >= 500:
        raise Unclear(f"The program at the other end failed ({status}): it may have been done.")
    if status < 400:
        raise Unavailable(f"The address answers with a redirect ({status}); give the one it leads to.")
    said = _or_nothing(response)
    word, otherwise = said.text("failure"), "sender_unregistered" if status in {401, 403} else "unknown"
    failure = cast("Failure", word if word in get_args(Failure) else otherwise)
    raise Refused(f"The program at the other end refused with {status}.", failure=failure, code=str(status))


def _said(response: httpx.Response) -> Object:
    try:
        return read(response.content)
    except Malformed as wrong:
        raise Unclear("It was taken, but the answer is not a JSON object.") from wrong


def _or_nothing(response: httpx.Response) -> Object:
    try:
        return read(response.content)
    except Malformed:
        return Object({})


def _plain(headers: httpx.Headers) -> dict[str, str]:
    """What we look at; the rest (how it was packed) no longer fits the unpacked body."""
    return {name: headers[name] for name in ("content-type", "retry-after") if name in headers}
