"""Videos: those there are, new ones drawn from a storyboard or uploaded in pieces, and what customers may be sent."""

from dataclasses import dataclass
from typing import Annotated, get_args

from ninja import Query, Router
from pydantic import Field

from answerback.api.door import ApiRequest
from answerback.api.fields import Asked, Day, Id, Name, RowId, Sentence, Word
from answerback.api.operations import acts, page_of, reads
from answerback.api.paging import Paged, page
from answerback.api.problems import NOT_FOUND, Problem
from answerback.engine.storyboard import VideoKind, faults
from answerback.store import models
from answerback.store.queries.told.setup import LOCATIONS
from answerback.store.queries.told.videos import VIDEOS, Video
from answerback.store.storyboard_file import decode, dump, load
from answerback.workflow import library
from answerback.workflow.library import MOST_CAPTIONS, About, SceneFile

router = Router(tags=["Videos"])

MOST_PIECE = 512 * 1024
"""Bytes of one piece that is uploaded here; a request may have at most twice that."""

Yaml = Annotated[str, Field(min_length=1, max_length=60_000, pattern=r"^[^\u0000]*$")]
Language = Annotated[str, Field(pattern=r"^(en|es)$", max_length=2)]
Captions = Annotated[str, Field(max_length=MOST_CAPTIONS, pattern=r"^[^\u0000]*$")]
At = Annotated[int, Query(ge=0, le=library.MOST_BYTES)]
Title = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\u0000]*[^\s\u0000][^\u0000]*$")]
Kind = Annotated[str, Field(json_schema_extra={"enum": list(get_args(VideoKind))}, max_length=12)]


class WhichVideos(Paged):
    """Which videos."""

    published: bool | None = None


class NewVideo(Asked):
    """A video that is drawn from this storyboard (docs/videos.md)."""

    storyboard: Yaml
    location_id: RowId | None = None


class NewUpload(Asked):
    """A file that is about to come in pieces, and what it shows."""

    title: Title
    kind: Kind
    language: Language = "en"
    service: Word = ""
    location_id: RowId | None = None
    name: Name = ""
    bytes: Annotated[int, Field(ge=1, le=library.MOST_BYTES)]


class Received(Asked):
    """How many bytes are here."""

    received: int
    bytes: int


@dataclass(frozen=True, slots=True)
class StoryboardFault:
    """What is wrong with a storyboard; only one that `stops` keeps it from being made."""

    where: str
    says: str
    fix: str
    stops: bool


class StoryboardText(Asked):
    """What a video is drawn from, as YAML, and what is wrong with it."""

    storyboard: str
    faults: list[StoryboardFault]


class StoryboardChange(Asked):
    """The whole storyboard as YAML."""

    storyboard: Yaml


class SceneFileWanted(Asked):
    """What the file is, and for which scene, the first being 0. The end of its `name` says its format."""

    what: SceneFile
    scene: Annotated[int, Field(ge=0, le=100)] = 0
    name: Name = ""


class CaptionText(Asked):
    """WebVTT, or plain sentences, one a line, which are spread over the video."""

    captions: Captions


class NewRelease(Asked):
    """Who allowed to be shown, on which day they signed it, and for what."""

    person: Title
    signed_on: Day
    scope: Annotated[Sentence, Field(min_length=1)]


@reads(router, "/videos", "videos:read", page_of(Video))
def list_videos(request: ApiRequest, which: Query[WhichVideos]) -> dict[str, object]:
    """The videos of the business, the newest first."""
    return page(VIDEOS, request.auth.business, which, published=which.published)


@reads(router, "/videos/{int:id}", "videos:read", Video)
def get_video(request: ApiRequest, id: Id) -> Video:
    """One video, with how far it is."""
    return VIDEOS.one(request.auth.business, id)


@acts(router, "/videos", "videos:write", Video, status=201)
def draft_video(request: ApiRequest, new: NewVideo) -> Video:
    """Begin a video from a storyboard. `make` lets it be drawn."""
    board = load(new.storyboard)
    about = About(
        title=board.title,
        kind=board.kind,
        language=board.language,
        service=board.service,
        location=_location(request, new.location_id),
    )
    made = library.draft(request.auth.business, request.auth.actor.member or 0, about, board)
    return VIDEOS.one(request.auth.business, made.id)


@reads(router, "/videos/{int:id}/storyboard", "videos:read", StoryboardText)
def get_storyboard(request: ApiRequest, id: Id) -> dict[str, object]:
    """What a video is drawn from."""
    board = decode(_drawn(request, id).storyboard)
    wrong = [StoryboardFault(each.where, each.says, each.fix, each.stops) for each in faults(board)]
    return {"storyboard": dump(board), "faults": wrong}


@acts(router, "/videos/{int:id}/storyboard", "videos:write", StoryboardText, method="PUT")
def change_storyboard(request: ApiRequest, id: Id, change: StoryboardChange) -> dict[str, object]:
    """Keep a storyboard as it was changed; what was drawn before stays until it is drawn again."""
    library.redraft(_drawn(request, id), load(change.storyboard))
    return get_storyboard(request, id)


@acts(router, "/videos/{int:id}/scene-file", "videos:write", StoryboardText, method="PUT")
def set_scene_file(request: ApiRequest, id: Id, what: Query[SceneFileWanted]) -> dict[str, object]:
    """Give a scene a photo or a recorded voice, or the video its logo: the file is the body."""
    library.add_scene_file(_drawn(request, id), what.what, what.scene, request.body, what.name)
    return get_storyboard(request, id)


@acts(router, "/videos/{int:id}/make", "videos:write", Video)
def make_video(request: ApiRequest, id: Id) -> Video:
    """Let a video be drawn. Refused where its storyboard has a fault that stops it."""
    if stops := library.make(_drawn(request, id)):
        raise Problem(409, "bad_storyboard", " ".join(f"{each.where}: {each.says} {each.fix}" for each in stops))
    return VIDEOS.one(request.auth.business, id)


@acts(router, "/videos/uploads", "videos:write", Video, status=201)
def begin_upload(request: ApiRequest, new: NewUpload) -> Video:
    """Say that a file comes; send it in pieces then."""
    about = About(
        title=new.title,
        kind=new.kind,
        language=new.language,
        service=new.service,
        location=_location(request, new.location_id),
    )
    made = library.begin_upload(request.auth.business, request.auth.actor.member or 0, about, new.name, new.bytes)
    return VIDEOS.one(request.auth.business, made.id)


@reads(router, "/videos/{int:id}/upload", "videos:read", Received)
def get_upload(request: ApiRequest, id: Id) -> dict[str, int]:
    """How much of a file is here: go on from there."""
    upload = _upload(request, id)
    return {"received": upload.received, "bytes": upload.size}


@acts(router, "/videos/{int:id}/upload", "videos:write", Received, method="PATCH")
def send_piece(request: ApiRequest, id: Id, start: At) -> dict[str, int]:
    """Send the bytes from `start` on, at most 512 KiB, as the body. The last piece lets the video be worked on."""
    upload = _upload(request, id)
    if not 0 < len(request.body) <= MOST_PIECE:
        raise Problem(409, "not_possible", f"Send 1 to {MOST_PIECE} bytes at a time.")
    return {"received": library.take_piece(upload.video, start, request.body), "bytes": upload.size}


@acts(router, "/videos/{int:id}/publish", "videos:write", Video)
def publish_video(request: ApiRequest, id: Id) -> Video:
    """Let a finished video be sent where the playbook says so."""
    library.publish(_video(request, id))
    return VIDEOS.one(request.auth.business, id)


@acts(router, "/videos/{int:id}/unpublish", "videos:write", Video)
def unpublish_video(request: ApiRequest, id: Id) -> Video:
    """Send a video to nobody from now on; who has it can still watch it."""
    library.unpublish(_video(request, id))
    return VIDEOS.one(request.auth.business, id)


@acts(router, "/videos/{int:id}/stop", "videos:write", Video)
def stop_video(request: ApiRequest, id: Id) -> Video:
    """Stop the work on a video."""
    library.stop(_video(request, id))
    return VIDEOS.one(request.auth.business, id)


@acts(router, "/videos/{int:id}/again", "videos:write", Video)
def try_video_again(request: ApiRequest, id: Id) -> Video:
    """Try again what did not work or was stopped."""
    library.again(_video(request, id))
    return VIDEOS.one(request.auth.business, id)


@acts(router, "/videos/{int:id}/captions", "videos:write", Video, method="PUT")
def set_captions(request: ApiRequest, id: Id, text: CaptionText) -> Video:
    """Give a video captions."""
    library.add_captions(_video(request, id), text.captions)
    return VIDEOS.one(request.auth.business, id)


@acts(router, "/videos/{int:id}/releases", "videos:write", Video, status=201)
def keep_release(request: ApiRequest, id: Id, new: NewRelease) -> Video:
    """Keep that somebody allowed to be shown. A testimonial is not published without."""
    member = request.auth.actor.member or 0
    library.release(_video(request, id), member, new.person, new.signed_on, new.scope)
    return VIDEOS.one(request.auth.business, id)


@acts(router, "/videos/{int:id}/releases", "videos:write", None, method="DELETE", status=204)
def withdraw_releases(request: ApiRequest, id: Id) -> None:
    """They took their permission back: nobody is sent it, and nobody can watch it any more."""
    library.withdraw_release(_video(request, id))


@acts(router, "/videos/{int:id}", "videos:write", None, method="DELETE", status=204)
def remove_video(request: ApiRequest, id: Id) -> None:
    """Remove a video. Who was sent it sees how to call instead."""
    library.remove(_video(request, id))


def _video(request: ApiRequest, id: int) -> models.Video:
    return models.Video.objects.get(id=VIDEOS.one(request.auth.business, id).id)


def _drawn(request: ApiRequest, id: int) -> models.Video:
    row = _video(request, id)
    if row.made_by != "studio":
        raise NOT_FOUND
    return row


def _upload(request: ApiRequest, id: int) -> models.VideoUpload:
    row = models.VideoUpload.objects.select_related("video").filter(video=_video(request, id)).first()
    if row is None:
        raise NOT_FOUND
    return row


def _location(request: ApiRequest, id: int | None) -> int | None:
    return None if id is None else LOCATIONS.one(request.auth.business, id).id
