"""Makes and reads booking links: short, signed, expiring, one per conversation. They hold nothing about the person.

The token is the conversation's number, the day it expires and 16 bytes of HMAC-SHA256 over both, in URL-safe base 64.
"""

import base64
from datetime import UTC, datetime, timedelta

from answerback.engine import wording
from answerback.store.secrets import content_of, signed
from answerback.workflow import ways_in

LINK_LIVES = timedelta(days=7)
_DAY_ZERO = datetime(2020, 1, 1, tzinfo=UTC)
_SIGNATURE_BYTES = 16
_BOOKING, _REFERENCE = b"answerback booking link", b"answerback reference"


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
    return signed(content, _BOOKING, _SIGNATURE_BYTES)


def conversation_of(token: str, now: datetime) -> int:
    """The conversation a token stands for; raises `BadLink` or `ExpiredLink`."""
    content = _content(token, _BOOKING, long=8)
    if _DAY_ZERO + timedelta(days=int.from_bytes(content[6:]) + 1) <= now:
        raise ExpiredLink
    return int.from_bytes(content[:6])


def reference(conversation: int) -> str:
    """How a booking page elsewhere is told which conversation it is for. It opens nothing here."""
    return signed(conversation.to_bytes(6), _REFERENCE, _SIGNATURE_BYTES)


def referred(reference: str) -> int:
    """The conversation of a reference; raises `BadLink`."""
    return int.from_bytes(_content(reference, _REFERENCE, long=6))


def _content(written: str, of: bytes, *, long: int) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
    except ValueError as problem:
        raise BadLink from problem
    content = content_of(raw, of, _SIGNATURE_BYTES, long=long)
    if content is None:
        raise BadLink
    return content
