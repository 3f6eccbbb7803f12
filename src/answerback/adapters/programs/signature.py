"""Signs by Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, one signature for each secret that is good now.

Also checks such signatures, for programs that command us by them. Never here: sending.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime

PREFIX = "whsec_"
BYTES = 32
"""Within the 24 to 64 bytes the specification asks for."""

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


def new_secret() -> str:
    """A new secret, as its holder is shown it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signed_headers(key: str, body: bytes, at: datetime, with_secrets: Sequence[str]) -> dict[str, str]:
    """The headers of this notice; one signature for each secret, so that a receiver may still hold the old one."""
    timestamp = str(int(at.timestamp()))
    signatures = " ".join(f"v1,{_signature(secret, key, timestamp, body)}" for secret in with_secrets)
    return {ID: key, TIMESTAMP: timestamp, SIGNATURE: signatures}


def _signature(secret: str, key: str, timestamp: str, body: bytes) -> str:
    signed = f"{key}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.digest(_key(secret), signed, hashlib.sha256)).decode()


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        return secret.encode()
