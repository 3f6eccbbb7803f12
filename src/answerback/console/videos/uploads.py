"""Takes files that are too large for one request: in pieces, which go on after a lost connection where they stopped.

The protocol is the core of tus 1.0 (tus.io/protocols/resumable-upload): create, ask how much is here, append. Without
JavaScript the whole file comes in one form.
"""

from base64 import b64decode
from binascii import Error as NotBase64

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.videos.about import about_of
from answerback.console.videos.studio import choosing
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.access import NotYours
from answerback.workflow import library as shelf
from answerback.workflow.library import MOST_BYTES, PIECE, NotPossible

VERSION = "1.0.0"
READ = 256 * 1024


@require_http_methods(["POST", "OPTIONS"])
@seated_for("videos")
def begin(visit: Visit) -> HttpResponse:
    """POST: a file of `Upload-Length` bytes is about to come; its address. OPTIONS: what is spoken here."""
    if visit.request.method == "OPTIONS":
        return _tus(HttpResponse(status=204), {"Tus-Extension": "creation", "Tus-Max-Size": str(MOST_BYTES)})
    told = _metadata(visit.request.headers.get("Upload-Metadata", ""))
    size = visit.request.headers.get("Upload-Length", "")
    try:
        about = about_of(visit, told)
        video = shelf.begin_upload(
            visit.seat.business, visit.seat.member, about, told.get("filename", ""), ids.whole(size, 0, ids.MOST) or 0
        )
    except NotPossible as problem:
        return _tus(HttpResponse(str(problem), status=413, content_type="text/plain; charset=utf-8"))
    return _tus(HttpResponse(status=201), {"Location": reverse("console:video_piece", args=[video.id])})


@require_http_methods(["HEAD", "PATCH"])
@seated_for("videos")
def piece(visit: Visit, id: int) -> HttpResponse:
    """HEAD: how many bytes are here. PATCH: the bytes from `Upload-Offset` on."""
    video = access.video_for(visit.user, id)
    upload = models.VideoUpload.objects.filter(video=video).first()
    if upload is None:
        raise NotYours
    if visit.request.method == "HEAD":
        there = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.size), "Cache-Control": "no-store"}
        return _tus(HttpResponse(status=200), there)
    start = ids.whole(visit.request.headers.get("Upload-Offset"), 0, ids.MOST)
    if start is None:
        return _tus(HttpResponse("Upload-Offset is missing.", status=400))
    try:
        received = shelf.take_piece(video, start, _body(visit.request))
    except NotPossible as problem:
        return _tus(HttpResponse(str(problem), status=409, content_type="text/plain; charset=utf-8"))
    return _tus(HttpResponse(status=204), {"Upload-Offset": str(received)})


@require_POST
@seated_for("videos")
def whole(visit: Visit) -> HttpResponse:
    """The whole file in one form, for browsers without JavaScript."""
    sent = visit.request.FILES.get("file")
    if not isinstance(sent, UploadedFile) or not sent.size:
        first = NotPossible(gettext("Choose a video first."), "file")
        return choosing(visit, Refused.of(first, visit.request.POST, "upload"))
    try:
        about = about_of(visit, visit.request.POST)
        video = shelf.begin_upload(visit.seat.business, visit.seat.member, about, sent.name or "", sent.size)
        start = 0
        for part in sent.chunks(PIECE):
            start = shelf.take_piece(video, start, part)
    except NotPossible as problem:
        return choosing(visit, Refused.of(problem, visit.request.POST, "upload"))
    return redirect("console:video", id=video.id)


def _body(request: HttpRequest) -> bytes:
    """The bytes of one piece; more than a piece may have is not read."""
    found = bytearray()
    while len(found) < PIECE and (part := request.read(min(READ, PIECE - len(found)))):
        found += part
    return bytes(found)


def _metadata(header: str) -> dict[str, str]:
    """`Upload-Metadata`: pairs of a name and its value in base 64, with commas."""
    found: dict[str, str] = {}
    for pair in header.split(",")[:12]:
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value).decode("utf-8")[:300]
        except (NotBase64, ValueError):
            continue
    return found


def _tus(answer: HttpResponse, headers: dict[str, str] | None = None) -> HttpResponse:
    answer.headers["Tus-Resumable"] = VERSION
    answer.headers["Tus-Version"] = VERSION
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer
