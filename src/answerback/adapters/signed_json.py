"""Signs the JSON of our documented webhook, in both directions, and checks such signatures.

The scheme (docs/connect/webhook.md): HMAC-SHA256 over `timestamp.url.body`, hex, in
one header, the Unix timestamp in another. A request older or newer than the window is a replay. Never here: what a
request says (`facts_json`), and never a comparison that takes longer the better a forgery is.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from answerback.ports.errors import Forged

TIMESTAMP_HEADER = "x-answerback-timestamp"
SIGNATURE_HEADER = "x-answerback-signature"
VERSION = "v1="
REPLAY_WINDOW_SECONDS = 300


def signed_headers(*, secret: str, url: str, body: bytes, at: datetime) -> dict[str, str]:
    """The headers that prove that a request to `url` with `body` was made at `at` by a holder of `secret`."""
    timestamp = str(int(at.timestamp()))
    return {TIMESTAMP_HEADER: timestamp, SIGNATURE_HEADER: VERSION + _digest(secret, timestamp, url, body)}


def check_signature(*, secret: str, url: str, body: bytes, headers: Mapping[str, str], now: datetime) -> None:
    """Pass if these headers (lower-case names) sign this request within the window, else raise `Forged`."""
    if not secret:
        raise Forged("This connection has no signing secret: set one in its settings, and the same one at the sender.")
    timestamp = headers.get(TIMESTAMP_HEADER, "")
    given = headers.get(SIGNATURE_HEADER, "")
    if not given or not timestamp:
        raise Forged(f"The headers {TIMESTAMP_HEADER} and {SIGNATURE_HEADER} must both be there.")
    expected = VERSION + _digest(secret, timestamp, url, body)
    if not hmac.compare_digest(_as_bytes(expected), _as_bytes(given)):
        raise Forged(f"The signature does not match the secret, the address {url} and the body.")
    if not _is_fresh(timestamp, now):
        raise Forged(f"The request was signed more than {REPLAY_WINDOW_SECONDS} seconds from now: a replay.")


def _digest(secret: str, timestamp: str, url: str, body: bytes) -> str:
    signed = _as_bytes(f"{timestamp}.{url}.") + body
    return hmac.new(_as_bytes(secret), signed, hashlib.sha256).hexdigest()


def _is_fresh(timestamp: str, now: datetime) -> bool:
    readable = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= len("9999999999")
    return readable and abs(now.timestamp() - int(timestamp)) <= REPLAY_WINDOW_SECONDS


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
