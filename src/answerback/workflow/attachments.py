"""Fetches the pictures and recordings of texts and voicemails, and keeps them: made anew, never as they came.

Each is fetched by the adapter of the connection that told of it, with its credentials and from nowhere else, outside
any transaction. A provider that is away is asked again for a day; its other reports wait for none of this.
"""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from answerback.engine.asides import VOICE_MEMO
from answerback.ports.errors import PortError, Refused, Unavailable
from answerback.ports.phone import FetchesMedia, Media
from answerback.ports.registry import phone, studio
from answerback.store.queries import attachments
from answerback.store.queries.attachments import Kept, Kind, Waiting
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, directory, one_by_one, pictures, transaction
from answerback.workflow.pictures import NotAPicture

log = logging.getLogger("answerback.attachments")

MOST_BYTES = 12_000_000
"""Of one picture or recording; a provider takes no picture above 5 MB, and three minutes of WAV are 3 MB."""

AGAIN = (20, 60, 300, 900, 3600, 4 * 3600, 8 * 3600, 8 * 3600)
"""Seconds until the next try, by how many were made."""

LONGEST_RECORDING = 600
"""Seconds; what a caller says after that is not kept. Providers end a voicemail after two to five minutes."""

_SOUNDS = (
    (b"RIFF", 8, b"WAVE"),
    (b"ID3", 0, b""),
    (b"\xff\xfb", 0, b""),
    (b"\xff\xf3", 0, b""),
    (b"\xff\xf2", 0, b""),
    (b"OggS", 0, b""),
    (b"#!AMR", 0, b""),
    (b"caff", 0, b""),
    (b"", 4, b"ftyp"),
)
"""How a recording begins, and what stands at which byte: a provider's word for what it is is not taken."""

_STILLS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
"""Pictures that begin as recordings do."""


def fetch_due() -> int:
    """Fetch what is due; returns how many were asked for."""
    due = transaction.run(lambda cursor: attachments.claim(cursor, clock.now(), AGAIN))
    one_by_one.each(_settle, due, "attachment.broken id=%s", lambda one: one.id)
    return len(due)


def anew(kind: str, content: bytes) -> Kept:
    """This picture or recording made anew. Raises `NotAPicture`, `Refused`, or `Unavailable` when it took too long."""
    return pictures.anew(content) if kind == "picture" else _spoken_anew(content)


def _settle(one: Waiting) -> None:
    try:
        kind, kept = _made(one.kind, _fetch(one).content)
    except Unavailable as away:
        if one.tries >= len(AGAIN):
            _give_up(one, away.detail)
        log.info("attachment.away id=%s tries=%s", one.id, one.tries)
    except (PortError, NotAPicture) as problem:
        _give_up(one, str(problem))
        log.info("attachment.refused id=%s", one.id)
    else:
        transaction.run(lambda cursor: _keep(cursor, one, kept, kind))


def _keep(cursor: Cursor, one: Waiting, kept: Kept, kind: Kind) -> None:
    attachments.keep(cursor, one.id, kept, kind)
    if kind != one.kind:
        attachments.ask_to_listen(cursor, one.id, VOICE_MEMO)


def _made(kind: Kind, content: bytes) -> tuple[Kind, Kept]:
    """It made anew, and what it is: with a text comes a picture or a voice memo, and only its bytes say which."""
    spoken = kind == "picture" and _is_sound(content) and content[8:12] not in _STILLS
    told: Kind = "recording" if spoken else kind
    return told, anew(told, content)


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


def _spoken_anew(content: bytes) -> Kept:
    """The voice in this recording, and nothing else that may be in the file: what a stranger sent is never served."""
    if not _is_sound(content):
        raise Refused("What the provider handed out is no recording that can be played.")
    with TemporaryDirectory(prefix="answerback-") as folder:
        source = Path(folder) / "came"
        source.write_bytes(content)
        voice, _seconds = studio("ffmpeg").listen(source, Path(folder), LONGEST_RECORDING)
        return Kept(content=voice.read_bytes(), content_type="audio/mp4")


def _is_sound(content: bytes) -> bool:
    return any(content.startswith(begins) and content[at : at + len(says)] == says for begins, at, says in _SOUNDS)
