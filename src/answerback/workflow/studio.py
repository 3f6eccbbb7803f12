"""Works on one video in the background: joins what was uploaded, converts or draws it, keeps what came out.

The work tells its progress into the row and stops when a person stopped it. A worker that dies leaves a row whose
`beat_at` stands still; the next round takes it up again. No transaction is open while files are worked on.
"""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from answerback.engine import wording
from answerback.engine.storyboard import Storyboard, cues, webvtt
from answerback.ports.errors import PortError
from answerback.ports.registry import studio
from answerback.ports.video import Brand, Cancelled, Film, Reel, Shape, Studio
from answerback.store import models
from answerback.store.storyboard_file import decode
from answerback.workflow import clock, shelf, transaction

log = logging.getLogger("answerback.studio")

NAME = "ffmpeg"

STUCK = timedelta(minutes=3)
"""Work whose row nobody has touched for so long is lost: its worker died."""

TELL_EVERY = 1.0

HEIGHT = 1920

COLOUR = "#1f5eff"
"""For a business that has not said its own."""


def missing() -> str:
    """What has to be installed before videos can be made, empty when everything is there."""
    try:
        return studio(NAME).missing()
    except LookupError as problem:
        return str(problem)


def lost() -> tuple[int, ...]:
    """The videos that wait for work nobody does: their task or their worker is gone."""
    since = clock.now() - STUCK
    rows = models.Video.objects.filter(state__in=("waiting", "working"), removed_at=None)
    return tuple(rows.exclude(beat_at__gt=since).filter(created_at__lt=since).values_list("id", flat=True))


def work(video: int, *, height: int = HEIGHT) -> None:
    """Do what this video waits for; what goes wrong stands in its row for the person who wants it."""
    if not _take(video):
        return
    row = models.Video.objects.select_related("business").get(id=video)
    progress = _Progress(video)
    with TemporaryDirectory(prefix="answerback-video-") as name:
        try:
            if row.made_by == "upload":
                _convert(row, Path(name), progress)
            else:
                _draw(row, Path(name), progress, height)
        except Cancelled:
            log.info("video.stopped video=%s", video)
        except PortError as problem:
            _fail(video, problem.detail)
        except Exception:
            log.exception("video.fault video=%s", video)
            _fail(video, "Something went wrong on our side. Try again; the worker's log says more.")


def _convert(row: models.Video, folder: Path, progress: "_Progress") -> None:
    upload = models.VideoUpload.objects.get(video=row)
    tools = studio(NAME)
    source = shelf.join(upload.pieces, folder / "original")
    tools.look(source)
    reel = tools.convert(source, folder, progress)
    shelf.put(row.id, "original", source, "application/octet-stream")
    _keep(row.id, reel)
    models.VideoUpload.objects.filter(id=upload.id).update(pieces=[])
    shelf.forget(upload.pieces)
    _done(row.id, reel)


def _draw(row: models.Video, folder: Path, progress: "_Progress", height: int) -> None:
    tools = studio(NAME)
    storyboard, files = _with_files(tools, row, folder)
    business = row.business
    brand = Brand(
        name=business.name,
        phone=wording.phone(business.phone),
        colour=storyboard.colour or COLOUR,
        logo=files.get("logo"),
    )
    film = Film(storyboard=storyboard, brand=brand, files=files, height=height)
    reels = tools.draw(film, folder, progress)
    for reel in reels:
        _keep(row.id, reel)
    _done(row.id, reels[0], webvtt(cues(storyboard)))


def _with_files(tools: Studio, row: models.Video, folder: Path) -> tuple[Storyboard, dict[str, Path]]:
    """The storyboard with what was added to it, fetched; voices are checked and measured."""
    found: dict[str, Path] = {}
    seconds: dict[str, float] = {}
    for file in models.VideoFile.objects.filter(video=row, role__startswith="scene:"):
        name = file.role.removeprefix("scene:")
        source = shelf.fetch(file.path, folder / f"{name}-as-it-came")
        if name.startswith("voice"):
            inside = folder / name
            inside.mkdir()
            found[name], seconds[name] = tools.listen(source, inside)
        else:
            found[name] = source
    return _voiced(decode(row.storyboard), seconds), found


def _voiced(storyboard: Storyboard, seconds: dict[str, float]) -> Storyboard:
    scenes = tuple(
        replace(scene, voice_seconds=seconds.get(scene.voice, 0.0)) if scene.voice else scene
        for scene in storyboard.scenes
    )
    return replace(storyboard, scenes=scenes)


def _keep(video: int, reel: Reel) -> None:
    size = (reel.footage.width, reel.footage.height)
    shape: Shape | str = reel.shape
    shelf.put(video, shape, reel.video, "video/mp4", size)
    shelf.put(video, f"{shape}_poster", reel.poster, "image/jpeg", size)


def _take(video: int) -> bool:
    """Take the work, if it waits or was lost by another."""
    now = clock.now()
    waiting = models.Video.objects.filter(id=video, removed_at=None)
    return bool(
        transaction.run(
            lambda _: (
                waiting.filter(state="waiting").update(state="working", beat_at=now, progress=0)
                or waiting.filter(state="working", beat_at__lt=now - STUCK).update(beat_at=now, progress=0)
            )
        )
    )


def _done(video: int, reel: Reel, captions: str = "") -> None:
    changes: dict[str, object] = {
        "state": "ready",
        "progress": 100,
        "problem": "",
        "seconds": reel.footage.seconds,
        "sound": reel.footage.sound,
    }
    if captions:
        changes["captions"] = captions
    transaction.run(lambda _: models.Video.objects.filter(id=video, state="working").update(**changes))


def _fail(video: int, why: str) -> None:
    transaction.run(
        lambda _: models.Video.objects.filter(id=video, state="working").update(state="failed", problem=why[:300])
    )


class _Progress:
    """Writes how far the work is into the row, at most once a second; False as soon as a person stopped it."""

    def __init__(self, video: int) -> None:
        self._video, self._next = video, 0.0

    def __call__(self, share: float) -> bool:
        """Go on?"""
        if monotonic() < self._next:
            return True
        self._next = monotonic() + TELL_EVERY
        now = clock.now()
        row = models.Video.objects.filter(id=self._video, state="working", removed_at=None)
        return bool(transaction.run(lambda _: row.update(progress=min(round(share * 100), 99), beat_at=now)))
