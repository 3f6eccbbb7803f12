"""Decides whether Telnyx signed a request: Ed25519 over its time and its raw body, no older than five minutes.

The address is not part of what is signed, so a body cannot be trusted for what an address says of it; see `phone`.
Raises `Forged` and nothing else. Source: developers.telnyx.com, webhook signing; the SDK's `lib.webhook_verification`.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from datetime import datetime
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from answerback.ports.connection import Request
from answerback.ports.errors import Forged

OLDEST_SECONDS = 300

SIGNATURE = "telnyx-signature-ed25519"
TIMESTAMP = "telnyx-timestamp"


def check(public_key: str, request: Request, now: datetime) -> None:
    """Pass if the holder of this key signed this body within the last minutes, else raise `Forged`."""
    if not public_key:
        raise Forged("This connection has no public key, so no request can be checked. Add it in the settings.")
    signature, timestamp = request.headers.get(SIGNATURE, ""), request.headers.get(TIMESTAMP, "")
    if not signature or not timestamp:
        raise Forged(f"The request carries no {SIGNATURE} or no {TIMESTAMP}: it was not sent by Telnyx.")
    try:
        _key(public_key).verify(b64decode(signature, validate=True), timestamp.encode() + b"|" + request.body)
    except (InvalidSignature, NotBase64, ValueError) as wrong:
        raise Forged(
            "The signature does not fit. Either Telnyx did not send this, or the public key of this connection is not "
            "that of the account."
        ) from wrong
    if not _is_fresh(timestamp, now):
        raise Forged(f"The request was signed over {OLDEST_SECONDS} s ago, or this machine's clock is wrong.")


@lru_cache(maxsize=256)
def _key(written: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(b64decode(written.strip(), validate=True))


def _is_fresh(timestamp: str, now: datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return False
    return abs(now.timestamp() - int(timestamp)) <= OLDEST_SECONDS
