"""The business's videos: made, uploaded, published, removed. Every change of a video by a person goes through here.

A video that was sent stays watchable by those who have it, until it is removed; its rows stay for ever. Never here:
looking at or drawing videos (`studio`), and who may do it (`console.guard`).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import msgspec

from answerback.engine.storyboard import Fault, Storyboard, faults, spread, webvtt
from answerback.store import models
from answerback.store.storyboard_file import decode, encode
from answerback.workflow import clock, queue, shelf, transaction
from answerback.workflow.actors import Actor
from answerback.workflow.handling import Undo
from answerback.workflow.refusals import Refusal

MOST_BYTES = 1024 * 1024 * 1024
MOST_CAPTIONS = 20_000
MOST_FILE_BYTES = 20 * 1024 * 1024
PIECE = 4 * 1024 * 1024
"""Bytes of one piece of an upload: what is lost at most when a phone goes through a tunnel."""


PATIENCE = timedelta(days=3)
"""How long an upload that was broken off can go on where it stopped."""

SceneFile = Literal["photo", "voice", "logo"]


class NotPossible(Refusal):
    """It cannot be done; the message says why and what to do, for the person who asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a person says a video is."""

    title: str
    kind: str
    language: str
    service: str = ""
    location: int | None = None


def begin_upload(business: int, member: int, about: About, name: str, size: int) -> models.Video:
    """A file of this name and size is about to come; raises `NotPossible`."""
    if not 0 < size <= MOST_BYTES:
        raise NotPossible(
            f"The file has {size // 2**20} MB; at most {MOST_BYTES // 2**20} are taken. Trim it first.", "file"
        )

    def work(_: object) -> models.Video:
        video = _new(business, member, about, made_by="upload", state="arriving")
        models.VideoUpload.objects.create(video=video, name=name[:200], size=size)
        return video

    return transaction.run(work)


def take_piece(video: models.Video, start: int, content: bytes) -> int:
    """Take the piece that begins at this byte; returns how many bytes are here now. A repeated one changes nothing.

    Raises `NotPossible` for a piece that does not fit. The last one lets the video be worked on.
    """
    path = shelf.keep_piece(video.id, start, content)

    def work(_: object) -> int | None:
        upload = models.VideoUpload.objects.select_for_update().get(video=video)
        if upload.received != start or start + len(content) > upload.size or not content:
            return None
        received = start + len(content)
        models.VideoUpload.objects.filter(id=upload.id).update(received=received, pieces=[*upload.pieces, path])
        if received == upload.size:
            models.Video.objects.filter(id=video.id, state="arriving").update(state="waiting", progress=0)
            queue.defer_video(video.id)
        return received

    received = transaction.run(work)
    if received is None:
        shelf.forget([path])
        raise NotPossible("This piece does not follow what is here. Ask where to go on.")
    return received


def give_up_unfinished() -> int:
    """Take the pieces of uploads off the shelf that nobody goes on with; returns how many there were."""
    since = clock.now() - PATIENCE
    waiting = models.VideoUpload.objects.filter(video__state__in=("arriving", "stopped"), video__created_at__lt=since)
    given_up = list(waiting.exclude(pieces=[]))
    for upload in given_up:
        transaction.run(partial(_give_up, upload))
        shelf.forget(upload.pieces)
    return len(given_up)


def _give_up(upload: models.VideoUpload, _: object) -> None:
    models.VideoUpload.objects.filter(id=upload.id).update(pieces=[], received=0)
    models.Video.objects.filter(id=upload.video_id, state="arriving").update(
        state="failed", problem="The rest of the file did not come within three days. Upload it again."
    )


def draft(business: int, member: int, about: About, storyboard: Storyboard) -> models.Video:
    """A new video to be drawn from this storyboard."""

    def work(_: object) -> models.Video:
        video = _new(business, member, about, made_by="studio", state="draft")
        models.Video.objects.filter(id=video.id).update(storyboard=encode(storyboard))
        return video

    return transaction.run(work)


def redraft(video: models.Video, storyboard: Storyboard) -> None:
    """Keep the storyboard as it was changed; what was drawn before stays until it is drawn again."""
    transaction.run(
        lambda _: models.Video.objects.filter(id=video.id).update(
            storyboard=encode(storyboard),
            title=storyboard.title[:120],
            kind=storyboard.kind,
            service=storyboard.service[:60],
            language=storyboard.language,
        )
    )


def make(video: models.Video) -> tuple[Fault, ...]:
    """Let it be drawn; returns what is in the way, if anything is."""
    stops = tuple(fault for fault in faults(decode(video.storyboard)) if fault.stops)
    if not stops:

        def work(_: object) -> None:
            models.Video.objects.filter(id=video.id).exclude(state__in=("waiting", "working")).update(
                state="waiting", progress=0, problem="", published_at=None
            )
            queue.defer_video(video.id)

        transaction.run(work)
    return stops


def stop(video: models.Video) -> datetime | None:
    """Stop the work on it; when that was, None where nothing was going on."""
    now = clock.now()
    changes = {"state": "stopped", "problem": "Stopped by a person.", "beat_at": now}
    going = models.Video.objects.filter(id=video.id, state__in=("arriving", "waiting", "working"))
    return now if transaction.run(lambda _: going.update(**changes)) else None


def undo_of_stop(video: models.Video, at: datetime) -> Undo | None:
    """What takes this stop back, and no later one; None where the work cannot begin again."""
    return _undo(video, Did(what="stopped", at=at)) if _has_all(video) else None


class Did(msgspec.Struct, frozen=True, kw_only=True):
    """What an undo carries of a video: what was done and when; of what is published no more, since when it was and
    when the work on it was last seen.
    """

    what: Literal["published", "unpublished", "stopped"]
    at: datetime
    since: datetime | None = None
    beat_at: datetime | None = None


def _undo(video: models.Video, did: Did) -> Undo:
    return Undo(act="video", business=video.business_id, id=video.id, words=msgspec.json.encode(did).decode())


def publish(video: models.Video) -> Undo | None:
    """From now on it may be sent; None where it might already. Raises `NotPossible`."""
    _may_be_published(video)
    now = clock.now()
    rows = models.Video.objects.filter(id=video.id, published_at=None)
    if not transaction.run(lambda _: rows.update(published_at=now)):
        return None
    return _undo(video, Did(what="published", at=now))


def _may_be_published(video: models.Video) -> None:
    if video.state != "ready":
        raise NotPossible("It is not finished yet.")
    if video.kind == "testimonial" and not video.releases.filter(withdrawn_at=None).exists():
        raise NotPossible("A testimonial needs the release of the person in it: fill it in first.")


def unpublish(video: models.Video) -> Undo | None:
    """It is sent to nobody from now on; who has it can still watch it. None where it was sent to nobody."""
    now = clock.now()

    def work(_: object) -> Did | None:
        row = models.Video.objects.select_for_update().get(id=video.id)
        if row.published_at is None:
            return None
        models.Video.objects.filter(id=row.id).update(published_at=None)
        return Did(what="unpublished", at=now, since=row.published_at, beat_at=row.beat_at)

    did = transaction.run(work)
    return _undo(video, did) if did else None


def as_before(asked: Undo, _actor: Actor) -> None:
    """What somebody did with a video by mistake: it is published again, sent to nobody, or worked on once more.

    Raises `NotPossible`, also where somebody has changed it since.
    """
    did = msgspec.json.decode(asked.words, type=Did)
    row = models.Video.objects.filter(id=asked.id, business=asked.business, removed_at=None).first()
    if row is None:
        raise NotPossible("It is not there any more.")
    if not (
        again(row, stopped_at=did.at) if did.what == "stopped" else transaction.run(partial(_as_published, row, did))
    ):
        raise NotPossible("Somebody has changed this since, so it stays as it is. Look at the page again.")


def _as_published(video: models.Video, did: Did, _: object) -> bool:
    """Is it published as before what was done? Not where it was published, drawn or a release taken back since."""
    row = models.Video.objects.select_for_update().get(id=video.id)
    if did.what == "published":
        stands = row.published_at == did.at
    else:
        withdrawn = row.releases.filter(withdrawn_at__gte=did.at).exists()
        stands = (row.published_at, row.beat_at, withdrawn) == (None, did.beat_at, False)
        if stands:
            _may_be_published(row)
    return stands and models.Video.objects.filter(id=row.id).update(published_at=did.since) == 1


def remove(video: models.Video) -> None:
    """Take it out of the library and its files off the shelf; who was sent it sees that it is gone, and how to call."""
    now = clock.now()
    paths = list(video.files.values_list("path", flat=True))
    upload = models.VideoUpload.objects.filter(video=video).first()

    def work(_: object) -> None:
        models.Video.objects.filter(id=video.id).update(removed_at=now, published_at=None)
        models.VideoFile.objects.filter(video_id=video.id).delete()

    transaction.run(work)
    shelf.forget([*paths, *(upload.pieces if upload else [])])


def release(video: models.Video, member: int, person: str, signed_on: date, scope: str) -> None:
    """Keep a person's permission to show them; raises `NotPossible` where it does not say who and for what."""
    now = clock.now()
    if not person.strip() or not scope.strip():
        raise NotPossible("Say who signed it and what for.", "scope" if person.strip() else "person")
    if signed_on > now.date():
        raise NotPossible("It cannot have been signed on a day that is still to come.", "signed_on")
    transaction.run(
        lambda _: models.Release.objects.create(
            video=video,
            person=person.strip()[:120],
            signed_on=signed_on,
            scope=scope.strip()[:300],
            member_id=member,
            at=now,
        )
    )


def withdraw_release(video: models.Video) -> None:
    """They took their permission back: it is sent to nobody and can be watched by nobody from now on."""
    now: datetime = clock.now()

    def work(_: object) -> None:
        models.Video.objects.filter(id=video.id).update(published_at=None)
        models.Release.objects.filter(video=video, withdrawn_at=None).update(withdrawn_at=now)

    transaction.run(work)


def add_captions(video: models.Video, captions: str) -> None:
    """Keep these captions: WebVTT as it is; plain sentences, one a line, are spread over the video."""
    typed = captions.replace("\r\n", "\n").strip()[:MOST_CAPTIONS]
    written = typed if typed.startswith("WEBVTT") or not typed else webvtt(spread(typed, video.seconds))
    _set(video, captions=written)


def add_file(video: models.Video, role: str, content: bytes, name: str) -> None:
    """Keep a photo, logo or voice for a scene; what it really is, is looked at when the video is drawn."""
    suffix = Path(name).suffix[:6] or ".bin"
    with TemporaryDirectory() as folder:
        source = Path(folder) / f"file{suffix}"
        source.write_bytes(content)
        shelf.put(video.id, role, source, "application/octet-stream")


def add_scene_file(video: models.Video, what: SceneFile, scene: int, content: bytes, name: str) -> None:
    """Keep a photo or a recorded voice for one scene (from 0), or the logo, and let the storyboard name it.

    Raises `NotPossible` where there is no such scene, or the file is too large.
    """
    board = decode(video.storyboard)
    if not 0 < len(content) <= MOST_FILE_BYTES or (what != "logo" and not 0 <= scene < len(board.scenes)):
        raise NotPossible(f"Choose a file of at most {MOST_FILE_BYTES // 2**20} MB for one of the scenes.", "file")
    called = what if what == "logo" else f"{what}-{scene}"
    add_file(video, f"scene:{called}", content, name)
    if what == "logo":
        return
    scenes = list(board.scenes)
    at = scenes[scene]
    scenes[scene] = replace(at, photo=called, look="photo") if what == "photo" else replace(at, voice=called)
    redraft(video, replace(board, scenes=tuple(scenes)))


def _set(video: models.Video, **changes: object) -> None:
    transaction.run(lambda _: models.Video.objects.filter(id=video.id).update(**changes))


def _new(business: int, member: int, about: About, *, made_by: str, state: str) -> models.Video:
    return models.Video.objects.create(
        business_id=business,
        location_id=about.location,
        title=about.title.strip()[:120] or "A video",
        kind=about.kind,
        service=about.service[:60],
        language=about.language,
        made_by=made_by,
        state=state,
        created_by_id=member,
        created_at=clock.now(),
    )


def again(video: models.Video, *, stopped_at: datetime | None = None) -> bool:
    """Try once more what did not work or was stopped; False where it is neither, or was not stopped at that time but
    since. An upload that never came whole cannot be tried: raises `NotPossible`.
    """
    if not _has_all(video):
        raise NotPossible("The file never arrived whole, or is used up. Upload it again.")

    def work(_: object) -> bool:
        found = models.Video.objects.filter(id=video.id, state__in=("failed", "stopped"))
        if stopped_at is not None:
            found = found.filter(state="stopped", beat_at=stopped_at)
        if not found.update(state="waiting", progress=0, problem=""):
            return False
        queue.defer_video(video.id)
        return True

    return transaction.run(work)


def _has_all(video: models.Video) -> bool:
    """Is everything here that the work on it begins with?"""
    upload = models.VideoUpload.objects.filter(video=video).first()
    return video.made_by != "upload" or (upload is not None and bool(upload.pieces) and upload.received >= upload.size)
