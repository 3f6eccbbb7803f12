"""Makes and reads the addresses videos are watched at: short, signed, expiring, without a word about the person.

The token is the conversation's number, the video's, the day it expires, and 12 bytes of HMAC-SHA256 over them, in
URL-safe base 64. With conversation 0 it is a member's own preview, which counts for nothing.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answerback.engine import wording
from answerback.store.secrets import content_of, signed
from answerback.workflow import ways_in

LIVES = timedelta(days=30)
PREVIEW_LIVES = timedelta(days=1)

_DAY_ZERO = datetime(2020, 1, 1, tzinfo=UTC)
_SIGNATURE_BYTES = 12
_VIDEO = b"answerback video link"
_CONTENT_BYTES = 12


class BadVideoLink(Exception):
    """This is no link of ours, somebody changed it, or its days are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a token stands for; `conversation` is 0 for a preview."""

    conversation: int
    video: int


def fill(body: str, conversation: int, business: int, video: int | None, now: datetime) -> str:
    """The text with `{video}` replaced by the address this person watches this business's video at."""
    if video is None or "{video}" not in body:
        return body
    return wording.addressed(body, "video", address(conversation, business, video, now))


def file(conversation: int, video: int, name: str, now: datetime) -> str:
    """Where the provider fetches a file that goes along with the text."""
    return f"{ways_in.public()}/v/{token(conversation, video, now + LIVES)}/{name}"


def address(conversation: int, business: int, video: int, now: datetime) -> str:
    """Where this person watches this video of the business, for a month."""
    return f"{ways_in.root(business=business)}/v/{token(conversation, video, now + LIVES)}"


def preview(video: int, now: datetime) -> str:
    """The token of a member's own look at a video, for a day."""
    return token(0, video, now + PREVIEW_LIVES)


def token(conversation: int, video: int, until: datetime) -> str:
    """The signed part of an address."""
    content = conversation.to_bytes(6) + video.to_bytes(4) + (until - _DAY_ZERO).days.to_bytes(2)
    return signed(content, _VIDEO, _SIGNATURE_BYTES)


def read(token: str, now: datetime) -> Link:
    """What a token stands for; raises `BadVideoLink`."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError as problem:
        raise BadVideoLink from problem
    content = content_of(raw, _VIDEO, _SIGNATURE_BYTES, long=_CONTENT_BYTES)
    if content is None or _DAY_ZERO + timedelta(days=int.from_bytes(content[10:]) + 1) <= now:
        raise BadVideoLink
    return Link(conversation=int.from_bytes(content[:6]), video=int.from_bytes(content[6:10]))
