"""Pictures and recordings of conversations, for those who may see the conversation; nobody else learns that they exist.

What is answered with is what we made anew (`workflow.pictures`, `workflow.attachments`), under a type of ours.
"""

from collections.abc import Iterator
from typing import cast

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from answerback.console.guard import Visit, seated
from answerback.store import models
from answerback.store.queries import access
from answerback.workflow import ranged

_ENDS = {"image/jpeg": "jpg", "audio/wav": "wav", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/mp4": "m4a"}


@require_safe
@seated
def show(visit: Visit, id: int) -> HttpResponse:
    """The picture, or the recording; a player may ask for a part of it."""
    row = access.attachment_for(visit.user, id)
    return _answer(visit, row, row.content, f"{row.kind}-{row.id}")


@require_safe
@seated
def show_small(visit: Visit, id: int) -> HttpResponse:
    """The picture as small as a list shows it."""
    row = access.attachment_for(visit.user, id)
    return _answer(visit, row, row.small, f"{row.kind}-{row.id}-small")


def _answer(visit: Visit, row: models.Attachment, content: bytes | memoryview | None, name: str) -> HttpResponse:
    if row.state != "kept" or content is None:
        raise Http404("It is not here yet, or no more.")
    whole = bytes(content)

    def read(start: int, length: int) -> Iterator[bytes]:
        yield whole[start : start + length]

    answer: HttpResponseBase = ranged.answer(
        visit.request, tag=name, size=len(whole), content_type=row.content_type, read=read
    )
    # A browser asks each time whether it may still show it: who was taken out, or erased, is so at once.
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.{_ENDS.get(row.content_type, "bin")}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return cast("HttpResponse", answer)  # a streamed one, which the guard passes on as it is
