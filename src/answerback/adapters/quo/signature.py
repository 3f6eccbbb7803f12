"""Decides whether Quo signed a request, in either of its two ways, on the body exactly as it came.

New webhooks (API version 2026-03-30): Standard Webhooks, HMAC-SHA256 over `id.timestamp.body`. Legacy ones: the header
`openphone-signature: hmac;1;<ms>;<base64>` over `timestamp.body`. It must never pass a request when no key is set.
Sources: quo.com/docs/webhooks, standardwebhooks.com.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator
from datetime import datetime

from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged

REPLAY_WINDOW_SECONDS = 300
PREFIX = "whsec_"


def check(connection: Connection, request: Request, now: datetime) -> None:
    """Pass if a signing key of this connection signed this request within the last 300 s, else raise `Forged`."""
    keys = tuple(_keys(connection.settings.get("webhook_secret", "")))
    if not keys:
        raise Forged("This connection has no signing secret, so no request can be checked. Add it in the settings.")
    signed, at, given = _new(request) if "webhook-id" in request.headers else _legacy(request)
    fits = False
    for key in keys:  # every one is tried, so that the time taken does not tell which was nearest
        expected = base64.b64encode(hmac.new(key, signed + request.body, hashlib.sha256).digest())
        fits |= any([hmac.compare_digest(expected, each) for each in given])  # noqa: C419  the same
    if not fits:
        raise Forged("The signature fits none of this connection's signing secrets.")
    if abs(now.timestamp() - at) > REPLAY_WINDOW_SECONDS:
        raise Forged(f"The request was signed more than {REPLAY_WINDOW_SECONDS} seconds from now: a replay.")


def sign(secret: str, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers of a new webhook, for the hook command and tests."""
    key = next(iter(_keys(secret)), b"")
    signed = f"{message}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {"webhook-id": message, "webhook-timestamp": str(timestamp), "webhook-signature": f"v1,{signature}"}


def sign_legacy(secret: str, milliseconds: int, body: bytes) -> dict[str, str]:
    """The header of a legacy webhook, for the hook command and tests."""
    key = next(iter(_keys(secret)), b"")
    digest = hmac.new(key, f"{milliseconds}.".encode() + body, hashlib.sha256).digest()
    return {"openphone-signature": f"hmac;1;{milliseconds};{base64.b64encode(digest).decode()}"}


def _keys(secrets: str) -> Iterator[bytes]:
    """Each webhook at Quo has a key of its own, so there may be several, parted by spaces or commas."""
    for word in secrets.replace(",", " ").split():
        try:
            key = base64.b64decode(word.removeprefix(PREFIX), validate=True)
        except (binascii.Error, ValueError):
            continue
        if key:
            yield key


def _new(request: Request) -> tuple[bytes, float, list[bytes]]:
    message, timestamp = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "")
    given = [
        word.partition(",")[2].encode("utf-8", "replace")
        for word in request.headers.get("webhook-signature", "").split()
        if word.startswith("v1,")
    ]
    return f"{message}.{timestamp}.".encode("utf-8", "replace"), _seconds(timestamp), given


def _legacy(request: Request) -> tuple[bytes, float, list[bytes]]:
    parts = request.headers.get("openphone-signature", "").split(";")
    if len(parts) != 4 or parts[:2] != ["hmac", "1"]:
        raise Forged("The request carries neither Quo's webhook-signature nor its openphone-signature.")
    timestamp, given = parts[2], parts[3].encode("utf-8", "replace")
    return f"{timestamp}.".encode("utf-8", "replace"), _seconds(timestamp) / 1000, [given]


def _seconds(timestamp: str) -> float:
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 15):
        raise Forged("The time of signing is not a number of seconds.")
    return float(timestamp)
