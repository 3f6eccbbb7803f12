"""What stands behind a video's address: the video, its files, the buttons beside it; and what the person did with it.

Never here: HTTP, and whether a request came from a person (`watch.robots`).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from answerback.store import models
from answerback.store.queries import showings
from answerback.workflow import bookings, clock, links, pictures, shelf, transaction, video_links
from answerback.workflow.video_links import BadVideoLink, Link

Mark = Literal["opened", "played", "quarter", "half", "most", "finished"]
MARKS: tuple[Mark, ...] = get_args(Mark)

SMALL = "small.webp"
"""The poster as the library lists it: drawn from it, and kept nowhere."""

FILES = {
    "video.mp4": ("vertical", "as_shot"),
    "square.mp4": ("square",),
    "poster.jpg": ("vertical_poster", "as_shot_poster"),
    "square.jpg": ("square_poster",),
    SMALL: ("vertical_poster", "as_shot_poster"),
}
"""The files of a video by the name in its address, and the roles that may stand behind it."""


class Gone(Exception):
    """It cannot be watched; `business` and `phone` are empty where the address is none of ours."""

    def __init__(self, business: str = "", phone: str = "", agency: int | None = None) -> None:
        super().__init__(business)
        self.business, self.phone, self.agency = business, phone, agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Showable:
    """A video as its page shows it. `book` is the booking address, empty where nothing may be booked."""

    title: str
    language: str
    business: str
    phone: str
    width: int
    height: int
    seconds: float
    captions: str
    captions_shown: bool
    book: str
    preview: bool
    agency: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One file on the shelf. `elsewhere` is where the storage serves it, empty where we do."""

    path: str
    content_type: str
    bytes: int
    elsewhere: str


def showable(token: str) -> Showable:
    """What this address shows; raises `Gone`."""
    link, row = _found(token)
    file = row.files.filter(role__in=FILES["video.mp4"]).first()
    if file is None:
        raise Gone(row.business.name, row.business.phone, row.business.agency_id)
    return Showable(
        title=row.title,
        language=row.language,
        business=row.business.name,
        phone=row.business.phone,
        width=file.width,
        height=file.height,
        seconds=row.seconds,
        captions=row.captions,
        # What is burnt into a drawn picture need not be shown twice.
        captions_shown=row.made_by == "upload",
        book=_book(link) if link.conversation else "",
        preview=not link.conversation,
        agency=row.business.agency_id,
    )


def file(token: str, name: str) -> Kept:
    """The file of this name behind this address; raises `Gone`."""
    _, row = _found(token)
    kept = row.files.filter(role__in=FILES.get(name, ())).first()
    if kept is None:
        raise Gone(row.business.name, row.business.phone, row.business.agency_id)
    return Kept(path=kept.path, content_type=kept.content_type, bytes=kept.bytes, elsewhere=shelf.elsewhere(kept.path))


@lru_cache(maxsize=256)
def small(path: str) -> bytes:
    """This poster of ours, small; a file on the shelf never changes."""
    kept = shelf.opened(path)
    if kept is None:
        raise Gone
    with kept:
        return pictures.tiny(kept.read())


def captions(token: str) -> str:
    """The captions behind this address, as WebVTT; raises `Gone`."""
    return str(_found(token)[1].captions)


def mark(token: str, what: Mark) -> None:
    """They did this with it. A member's preview, or a video never sent there, counts for nothing; raises `Gone`."""
    link, _ = _found(token)
    now = clock.now()
    if link.conversation:
        transaction.run(lambda cursor: showings.mark(cursor, link.conversation, link.video, what, now))


def _found(token: str) -> tuple[Link, models.Video]:
    try:
        link = video_links.read(token, clock.now())
    except BadVideoLink:
        raise Gone from None
    row = models.Video.objects.select_related("business").filter(id=link.video).first()
    if row is None:
        raise Gone
    if row.removed_at is not None or row.releases.filter(withdrawn_at__isnull=False).exists():
        raise Gone(row.business.name, row.business.phone, row.business.agency_id)
    return link, row


def _book(link: Link) -> str:
    """Their booking address, only where it would let them book: never before the required answers."""
    token = links.token(link.conversation, clock.now())
    try:
        bookings.offered(token)
    except bookings.NotOffered:
        return ""
    return f"/b/{token}"
