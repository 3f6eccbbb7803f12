"""The page a video is watched on: poster first, captions, a button to book and one to call. It sets no cookie.

The address holds nothing about the person. Looking changes nothing but the count of looks; programs that look at
links are not counted. There is no session here, so there is nothing another site could borrow and no CSRF token.
"""

from collections.abc import Callable, Iterator
from functools import partial, wraps
from hashlib import sha256
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from answerback.engine import wording
from answerback.store.queries import agencies
from answerback.watch.robots import is_robot
from answerback.watch.words import LANGUAGES, tongue
from answerback.workflow import ranged, shelf, watching
from answerback.workflow.watching import MARKS, Gone

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """The view with a link's privacy: the address goes nowhere, no robot keeps it, and a dead link says what to do."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: str, **kwargs: str) -> HttpResponseBase:
        try:
            answer = view(request, token, *args, **kwargs)
        except Gone as problem:
            answer = _gone(request, problem)
        answer.headers["Referrer-Policy"] = "no-referrer"
        answer.headers["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


@require_safe
@private
def show(request: HttpRequest, token: str) -> HttpResponseBase:
    """The video's page, in the language of the video; what it says to a member of their own look, in the `reader`'s."""
    found = watching.showable(token)
    setattr(request, agencies.SHOWN, found.agency)
    if not is_robot(request.method or "", request.headers):
        watching.mark(token, "opened")
    say = tongue(found.language)
    asked = request.GET.get("reader", "")
    reader = asked if asked in LANGUAGES else found.language
    shown = {
        "reader": reader,
        "preview": tongue(reader)["preview"],
        "token": token,
        "video": found,
        "say": say,
        "tall": found.height > found.width,
        "call": say["call"].format(phone=wording.phone(found.phone)),
        "plays": say["plays"].format(seconds=round(found.seconds)),
    }
    answer = render(request, "watch/show.html", shown)
    if origin := _origin(watching.file(token, "video.mp4").elsewhere):
        answer.headers["Content-Security-Policy"] = _policy(origin)
    return answer


@require_safe
@private
def file(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """The video or its poster. A first part of the video that a person's player asks for is a play."""
    if name not in watching.FILES:
        raise Http404("There is no such file.")
    kept = watching.file(token, name)
    begins = request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    if name.endswith(".mp4") and begins and not is_robot(request.method or "", request.headers):
        watching.mark(token, "played")
    if name == watching.SMALL:
        return _small(request, kept.path)
    if kept.elsewhere:
        return redirect(kept.elsewhere)
    tag = sha256(kept.path.encode()).hexdigest()[:20]
    read = partial(shelf.part, kept.path)
    return ranged.answer(request, tag=tag, size=kept.bytes, content_type=kept.content_type, read=read)


def _small(request: HttpRequest, path: str) -> HttpResponseBase:
    drawn = watching.small(path)
    tag = f"{sha256(path.encode()).hexdigest()[:20]}-small"

    def read(start: int, length: int) -> Iterator[bytes]:
        yield drawn[start : start + length]

    return ranged.answer(request, tag=tag, size=len(drawn), content_type="image/webp", read=read)


@require_safe
@private
def captions(request: HttpRequest, token: str) -> HttpResponseBase:  # noqa: ARG001  a view is handed its request
    """The captions as WebVTT."""
    return HttpResponse(watching.captions(token), content_type="text/vtt; charset=utf-8")


@csrf_exempt
@require_POST
@private
def seen(request: HttpRequest, token: str) -> HttpResponseBase:
    """How far they watched, told by the page's own script."""
    what = request.POST.get("what", "")
    if what not in MARKS:
        return HttpResponse(status=400)
    if not is_robot("POST", request.headers):
        watching.mark(token, what)
    return HttpResponse(status=204)


def _gone(request: HttpRequest, problem: Gone) -> HttpResponse:
    setattr(request, agencies.SHOWN, problem.agency)
    spanish = request.headers.get("Accept-Language", "").lower().startswith("es")
    say = tongue("es" if spanish else "en")
    shown = {
        "say": say,
        "language": "es" if spanish else "en",
        "business": problem.business,
        "tel": problem.phone,
        "call": say["call"].format(phone=wording.phone(problem.phone)),
    }
    return render(request, "watch/gone.html", shown, status=410 if problem.business else 404)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme else ""


def _policy(origin: str) -> str:
    """The strict policy, with the one other place from which this page's video comes."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
        f"base-uri 'none'; frame-ancestors 'none'; img-src 'self' data: {origin}; media-src 'self' {origin}"
    )
