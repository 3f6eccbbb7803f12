"""Makes and reads the addresses at which a provider fetches a picture staff send: signed, for a week, saying nothing.

The token is the attachment's number and the day it expires, signed by Django's `Signer` under a salt of its own.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer

LIVES = timedelta(days=7)
"""A provider fetches at once; a text that waits for its line's allowance goes within days or not at all."""

_DAY_ZERO = datetime(2020, 1, 1, tzinfo=UTC)


class BadPictureLink(Exception):
    """This is no link of ours, somebody changed it, or its days are over."""


def address(attachment: int, now: datetime) -> str:
    """Where a provider fetches this picture."""
    return f"{settings.PUBLIC_URL or settings.LOCAL_URL}/hooks/pictures/{token(attachment, now + LIVES)}.jpg"


def token(attachment: int, until: datetime) -> str:
    """The signed part of an address."""
    return _signer().sign(f"{attachment}-{(until - _DAY_ZERO).days}")


def read(token: str, now: datetime) -> int:
    """The attachment a token stands for; raises `BadPictureLink`."""
    try:
        attachment, _, day = _signer().unsign(token).partition("-")
    except BadSignature as problem:
        raise BadPictureLink from problem
    if _DAY_ZERO + timedelta(days=int(day) + 1) <= now:
        raise BadPictureLink
    return int(attachment)


def _signer() -> Signer:
    return Signer(sep=".", salt="answerback picture")
