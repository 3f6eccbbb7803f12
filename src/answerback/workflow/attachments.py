"""Fetches the pictures and recordings of texts and voicemails, and keeps them; never as they came where they are
pictures.

Each is fetched by the adapter of the connection that told of it, with its credentials and from nowhere else, outside
any transaction. A provider that is away is asked again for a day; its other reports wait for none of this.
"""

import logging
from datetime import datetime, timedelta

from answerback.ports.errors import PortError, Refused, Unavailable
from answerback.ports.phone import FetchesMedia, Media
from answerback.ports.registry import phone
from answerback.store.queries import attachments
from answerback.store.queries.attachments import Kept, Waiting
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, directory, pictures, transaction
from answerback.workflow.pictures import NotAPicture

log = logging.getLogger("answerback.attachments")

MOST_BYTES = 12_000_000
"""Of one picture or recording; a provider takes no picture above 5 MB, and three minutes of WAV are 3 MB."""

AGAIN = (20, 60, 300, 900, 3600, 4 * 3600, 8 * 3600, 8 * 3600)
"""Seconds until the next try, by how many were made."""

PICTURES_KEPT = timedelta(days=365)
RECORDINGS_KEPT = timedelta(days=90)

_SOUNDS = (
    (b"RIFF", 8, b"WAVE", "audio/wav"),
    (b"ID3", 0, b"", "audio/mpeg"),
    (b"\xff\xfb", 0, b"", "audio/mpeg"),
    (b"\xff\xf3", 0, b"", "audio/mpeg"),
    (b"\xff\xf2", 0, b"", "audio/mpeg"),
    (b"OggS", 0, b"", "audio/ogg"),
    (b"", 4, b"ftyp", "audio/mp4"),
)
"""How a recording begins, what stands at which byte, and what it is then: a provider's word for it is not taken."""


def fetch_due() -> int:
    """Fetch what is due; returns how many were asked for."""
    due = transaction.run(lambda cursor: attachments.claim(cursor, clock.now(), AGAIN))
    for one in due:
        _settle(one)
    return len(due)


def forget(cursor: Cursor, now: datetime) -> None:
    """Forget pictures after twelve months and recordings after ninety days."""
    attachments.forget(cursor, pictures_before=now - PICTURES_KEPT, recordings_before=now - RECORDINGS_KEPT)


def _settle(one: Waiting) -> None:
    try:
        kept = _kept(one, _fetch(one))
    except Unavailable as away:
        if one.tries >= len(AGAIN):
            _give_up(one, away.detail)
        log.info("attachment.away id=%s tries=%s", one.id, one.tries)
    except (PortError, NotAPicture) as problem:
        _give_up(one, str(problem))
        log.info("attachment.refused id=%s", one.id)
    else:
        transaction.run(lambda cursor: attachments.keep(cursor, one.id, kept))


def _give_up(one: Waiting, why: str) -> None:
    transaction.run(lambda cursor: attachments.give_up(cursor, one.id, why))


def _fetch(one: Waiting) -> Media:
    ours = directory.account(one.connection)
    if ours is None:
        raise Refused("The connection it came by is there no more.")
    adapter = phone(ours.connection.provider)
    if not isinstance(adapter, FetchesMedia):
        raise Refused(f"{adapter.title} does not hand out pictures or recordings.")
    return adapter.fetch(ours.connection, one.link, MOST_BYTES)


def _kept(one: Waiting, came: Media) -> Kept:
    if one.kind == "picture":
        return pictures.anew(came.content)
    for begins, at, says, kind in _SOUNDS:
        if came.content.startswith(begins) and came.content[at : at + len(says)] == says:
            return Kept(content=came.content, content_type=kind)
    raise Refused("What the provider handed out is no recording that can be played.")
