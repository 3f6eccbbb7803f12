"""Where the files of videos lie: a folder of the product, or an S3-compatible bucket; any machine reads what any wrote.

Files are never changed: a new one gets a new path. Never here: what a file is.
"""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages

from answerback.store import models
from answerback.workflow import clock

CHUNK = 256 * 1024


def put(video: int, role: str, source: Path, content_type: str, size: tuple[int, int] = (0, 0)) -> None:
    """Keep this file as the video's `role`; one that was there before is forgotten by the row and removed."""
    path = f"{video}/{role.replace(':', '-')}-{secrets.token_hex(4)}{source.suffix}"
    with source.open("rb") as opened:
        kept = _shelf().save(path, File(opened))
    before = models.VideoFile.objects.filter(video_id=video, role=role).values_list("path", flat=True).first()
    models.VideoFile.objects.update_or_create(
        video_id=video,
        role=role,
        defaults={
            "path": kept,
            "content_type": content_type,
            "bytes": source.stat().st_size,
            "width": size[0],
            "height": size[1],
            "created_at": clock.now(),
        },
    )
    if before:
        _shelf().delete(before)


def fetch(path: str, to: Path) -> Path:
    """A copy of this file for work on it."""
    with _shelf().open(path) as kept, to.open("wb") as copy:
        shutil.copyfileobj(kept, copy, CHUNK)
    return to


def opened(path: str) -> IO[bytes] | None:
    """This file to read from, None where it is not there any more."""
    try:
        return _shelf().open(path)
    except FileNotFoundError:
        return None


def lacking() -> list[str]:
    """The files of videos that are not where their rows say."""
    shelf = _shelf()
    rows = models.VideoFile.objects.filter(video__removed_at=None).order_by("id").values_list("path", flat=True)
    return [path for path in rows if not shelf.exists(path)]


def put_back(path: str, content: IO[bytes]) -> None:
    """Keep a file that was taken elsewhere under the path it had there."""
    _shelf().delete(path)
    _shelf().save(path, File(content))


def keep_piece(video: int, start: int, content: bytes) -> str:
    """Keep a piece of an upload; its path."""
    return _shelf().save(f"{video}/arriving/{start}-{secrets.token_hex(4)}", ContentFile(content))


def join(pieces: list[str], to: Path) -> Path:
    """The pieces as one file, which they no longer are afterwards (`forget`)."""
    with to.open("wb") as whole:
        for piece in pieces:
            with _shelf().open(piece) as kept:
                shutil.copyfileobj(kept, whole, CHUNK)
    return to


def forget(paths: list[str]) -> None:
    """Remove these files; one that is gone already is no trouble."""
    for path in paths:
        _shelf().delete(path)


def elsewhere(path: str) -> str:
    """An expiring address at which the storage itself serves this file; empty where we serve it."""
    shelf = _shelf()
    return "" if isinstance(shelf, FileSystemStorage) else str(shelf.url(path))


def part(path: str, start: int, length: int) -> Iterator[bytes]:
    """These bytes of the file, piece by piece."""
    kept: IO[bytes]
    with _shelf().open(path) as kept:
        kept.seek(start)
        while length > 0 and (piece := kept.read(min(CHUNK, length))):
            length -= len(piece)
            yield piece


def _shelf() -> Storage:
    return storages["videos"]
