"""Hands alerts to the push services of browsers: RFC 8030, signed as RFC 8292 asks (VAPID), through our guard.

A browser names its push service itself, so the address is as little trusted as any that a person typed.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx
import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from answerback.adapters import guard
from answerback.adapters.webpush import encryption
from answerback.ports.alerts import Answer, Words
from answerback.ports.push import Device, Keys

TIMEOUT = 8.0
MOST_SAID = 200
LONGEST = 1000

KEPT = timedelta(hours=12)
"""How long a push service keeps what it cannot deliver, a phone without a network for one."""

SIGNED_FOR = timedelta(hours=12)
"""RFC 8292 allows 24 hours."""

GONE = frozenset({404, 410})
"""The browser has given the subscription up, or its owner has taken the permission back (RFC 8030, 7.3)."""

NO_ADDRESS = "This browser gave no address it can be reached at. Allow notifications for this page and try again."


class WebPush:
    """Every browser that speaks the Push API."""

    def new_keys(self) -> Keys:
        """A pair on the curve RFC 8292 names."""
        pair = ec.generate_private_key(encryption.CURVE)
        private = pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        return Keys(public=encryption.encoded(encryption.point(pair.public_key())), private=private)

    def problem(self, device: Device) -> str:
        """Judges what the browser handed out; whether its host may be reached is judged at every connection."""
        try:
            parts = urlsplit(device.endpoint)
            host, _ = parts.hostname or "", parts.port
            encryption.encrypted(b"", device.p256dh, device.auth)
            fits = len(encryption.decoded(device.auth)) == 16
        except ValueError:
            return NO_ADDRESS
        if not host or not fits or not device.endpoint.isascii() or len(device.endpoint) > LONGEST or parts.username:
            return NO_ADDRESS
        if parts.scheme != "https" and not (parts.scheme == "http" and guard.is_named(host)):
            return NO_ADDRESS
        return ""

    def send(self, device: Device, words: Words, *, keys: Keys, contact: str, tag: str, now: datetime) -> Answer:
        """Encrypt it and hand it over once."""
        if problem := self.problem(device):
            return Answer(arrived=False, says=problem)
        headers = {
            "Authorization": _signed(device.endpoint, keys, contact, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(KEPT.total_seconds())),
            "Urgency": "high",
        }
        content = encryption.encrypted(_message(words, tag), device.p256dh, device.auth)
        service = urlsplit(device.endpoint).hostname
        try:
            with (
                guard.client(timeout=TIMEOUT, within=TIMEOUT) as client,
                client.stream("POST", device.endpoint, content=content, headers=headers) as got,
            ):
                return _answer(service or "", got)
        except guard.Blocked as blocked:
            return Answer(arrived=False, says=str(blocked))
        except (httpx.HTTPError, httpx.InvalidURL) as failed:
            return Answer(arrived=False, says=f"{service} gave no answer: {type(failed).__name__}.")


def _answer(service: str, got: httpx.Response) -> Answer:
    if got.is_success:
        return Answer(arrived=True, says=f"{service} took it ({got.status_code}).")
    if got.status_code in GONE:
        says = f"{service} says that this browser takes no notifications any more ({got.status_code})."
        return Answer(arrived=False, says=says, gone=True)
    began = next(got.iter_raw(MOST_SAID), b"")[:MOST_SAID].decode("utf-8", "replace")
    said = " ".join(began.replace("\0", "").split())
    return Answer(arrived=False, says=f"{service} refused it ({got.status_code}){f': {said}' if said else '.'}")


def _message(words: Words, tag: str) -> bytes:
    """What the service worker reads; so long it fits the one record, whatever letters it is made of."""
    told = {"title": words.title[:100], "body": words.body[:500], "link": words.link[:300], "tag": tag}
    return msgspec.json.encode(told)


def _signed(endpoint: str, keys: Keys, contact: str, now: datetime) -> str:
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int((now + SIGNED_FOR).timestamp()), "sub": contact}
    return f"vapid t={jwt.encode(claims, keys.private, algorithm='ES256')}, k={keys.public}"
