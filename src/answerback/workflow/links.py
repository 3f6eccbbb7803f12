"""Makes and reads booking links: short, signed, expiring, one per conversation. They hold nothing about the person.

The token is the conversation's number, the day it expires and 16 bytes of HMAC-SHA256 over both, in URL-safe base 64.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings

from answerback.engine import wording
from answerback.workflow import ways_in

LINK_LIVES = timedelta(days=7)
_DAY_ZERO = datetime(2020, 1, 1, tzinfo=UTC)
_SIGNATURE_BYTES = 16


class BadLink(Exception):
    """This is no link of ours, or somebody changed it."""


class ExpiredLink(Exception):
    """This was a link of ours; its days are over."""


def fill(body: str, conversation: int, business: int, now: datetime) -> str:
    """The text with `{link}` replaced by the booking address of this conversation with this business."""
    if "{link}" not in body:
        return body
    return wording.addressed(body, "link", address(conversation, business, now))


def address(conversation: int, business: int, now: datetime) -> str:
    """The booking address of a conversation with this business, good for a week."""
    return f"{ways_in.root(business=business)}/b/{token(conversation, now)}"


def token(conversation: int, now: datetime) -> str:
    """The signed part of a booking address."""
    expires = (now + LINK_LIVES - _DAY_ZERO).days
    content = conversation.to_bytes(6) + expires.to_bytes(2)
    return base64.urlsafe_b64encode(content.lstrip(b"\0") + _sign(content)).decode().rstrip("=")


def conversation_of(token: str, now: datetime) -> int:
    """The conversation a token stands for; raises `BadLink` or `ExpiredLink`."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError as problem:
        raise BadLink from problem
    content, signature = raw[:-_SIGNATURE_BYTES].rjust(8, b"\0"), raw[-_SIGNATURE_BYTES:]
    if len(content) != 8 or not hmac.compare_digest(_sign(content), signature):
        raise BadLink
    if _DAY_ZERO + timedelta(days=int.from_bytes(content[6:]) + 1) <= now:
        raise ExpiredLink
    return int.from_bytes(content[:6])


def reference(conversation: int) -> str:
    """How a booking page elsewhere is told which conversation it is for. It opens nothing here."""
    content = conversation.to_bytes(6)
    return base64.urlsafe_b64encode(content.lstrip(b"\0") + _sign_reference(content)).decode().rstrip("=")


def referred(reference: str) -> int:
    """The conversation of a reference; raises `BadLink`."""
    try:
        raw = base64.urlsafe_b64decode(reference + "=" * (-len(reference) % 4))
    except ValueError as problem:
        raise BadLink from problem
    content, signature = raw[:-_SIGNATURE_BYTES].rjust(6, b"\0"), raw[-_SIGNATURE_BYTES:]
    if len(content) != 6 or not hmac.compare_digest(_sign_reference(content), signature):
        raise BadLink
    return int.from_bytes(content)


def _sign_reference(content: bytes) -> bytes:
    key = hashlib.sha256(b"answerback reference" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, content, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def _sign(content: bytes) -> bytes:
    key = hashlib.sha256(b"answerback booking link" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, content, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
