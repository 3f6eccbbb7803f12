"""The library: what videos there are, how far each is, what people did with it, and publishing it.

Everybody in the office sees it; owners and managers change it.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import paging, said
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Form, Outdated
from answerback.console.videos.kinds import KINDS
from answerback.store import models
from answerback.store.queries import access, watched
from answerback.workflow import library as shelf
from answerback.workflow import reach, video_links
from answerback.workflow import studio as workshop
from answerback.workflow.handling import Undo
from answerback.workflow.library import NotPossible

ROWS = 12
"""So many videos a page shows: their pictures are half of what it weighs."""

STATES: dict[str, Promise] = {
    "arriving": _("Uploading"),
    "draft": _("Draft"),
    "waiting": _("Waiting for the studio"),
    "working": _("In the studio"),
    "ready": _("Ready"),
    "failed": _("Did not work"),
    "stopped": _("Stopped"),
}

LANGUAGES: dict[str, Promise] = {"en": _("English"), "es": _("Spanish")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One video as the library shows it; `preview` is the token of a member's own look, empty while there is none."""

    id: int
    title: str
    kind: Promise
    language: Promise
    service: str
    place: str
    state: str
    state_words: Promise
    progress: int
    problem: str
    seconds: int
    sound: bool
    published: bool
    drawn: bool
    preview: str
    width: int
    height: int
    figures: watched.Figures

    @property
    def moves(self) -> bool:
        """Does something still happen to it by itself?"""
        return self.state in {"waiting", "working"}


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """Every video of the business."""
    return visit.page("console/videos/library.html", _all(visit))


@require_safe
@seated
def live(visit: Visit) -> HttpResponse:
    """The list again, while something in it moves."""
    return visit.page("console/videos/list.html", _all(visit))


@require_safe
@seated_for("videos")
def show_one(visit: Visit, id: int) -> HttpResponse:
    """One video in the frame of a phone, with what can be done with it."""
    return _page(visit, access.video_for(visit.user, id))


def _page(visit: Visit, row: models.Video, refused: Refused | None = None) -> HttpResponse:
    releases = list(row.releases.filter(withdrawn_at=None).select_related("member"))
    typed = {"captions": row.captions, "form": _captions(row)}
    more = {"row": row, "releases": releases, "today": visit.now.date(), "is_testimonial": row.kind == "testimonial"}
    return visit.page(
        "console/videos/video.html", {"video": _shown(visit, row), "videos": True, **typed, **more}, refused=refused
    )


def _captions(row: models.Video) -> Form:
    return Form({"captions": row.captions}, {"captions": gettext("Captions")})


@require_safe
@seated_for("videos")
def live_one(visit: Visit, id: int) -> HttpResponse:
    """How far it is; the whole page once it is done."""
    shown = _shown(visit, access.video_for(visit.user, id))
    answer = visit.page("console/videos/progress.html", {"video": shown})
    if not shown.moves:
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
@seated_for("videos")
def act(visit: Visit, id: int) -> HttpResponse:
    """Publish it, take it back, stop the work, try again, take a release back, or remove it."""
    row = access.video_for(visit.user, id)
    what = visit.request.POST.get("do", "")
    try:
        match what:
            case "publish":
                words = gettext("Published. It goes out where the playbook's rules say so.")
                _say(visit, words, undo := shelf.publish(row), did=undo is not None)
            case "unpublish":
                words = gettext("It is sent to nobody from now on.")
                _say(visit, words, undo := shelf.unpublish(row), did=undo is not None)
            case "stop":
                at = shelf.stop(row)
                undo = shelf.undo_of_stop(row, at) if at is not None else None
                _say(visit, gettext("Stopped."), undo, did=at is not None)
            case "again":
                shelf.again(row)
            case "withdraw":
                shelf.withdraw_release(row)
                messages.success(visit.request, gettext("The release is taken back; nobody can watch it any more."))
            case "remove":
                shelf.remove(row)
                messages.success(visit.request, gettext("Removed. Who was sent it sees how to call you instead."))
                return redirect("console:videos")
            case _:
                messages.error(visit.request, gettext("That is nothing a video can do."))
    except NotPossible as problem:
        messages.error(visit.request, str(problem))
    return redirect("console:video", id=id)


def _say(visit: Visit, words: str, undo: Undo | None, *, did: bool) -> None:
    if did:
        said.done(visit.request, words, undo)
        return
    visit.trace.is_idle = True
    messages.info(visit.request, gettext("It is so already. Nothing was changed."))


@require_POST
@seated_for("videos")
def captions(visit: Visit, id: int) -> HttpResponse:
    """Keep typed captions: plain text is spread over the video, WebVTT is taken as it is."""
    row = access.video_for(visit.user, id)
    try:
        told = _captions(row).told(visit.request.POST)
    except Outdated as problem:
        return _page(visit, row, Refused.of(problem, visit.request.POST, "captions"))
    shelf.add_captions(row, str(told.get("captions", "")))
    messages.success(visit.request, gettext("Captions kept."))
    return redirect("console:video", id=id)


@require_POST
@seated_for("videos")
def release(visit: Visit, id: int) -> HttpResponse:
    """Keep who allowed to be shown, when, and for what."""
    row = access.video_for(visit.user, id)
    given = visit.request.POST
    try:
        signed_on = reach.day(given.get("signed_on", ""))
        shelf.release(row, visit.seat.member, given.get("person", ""), signed_on, given.get("scope", ""))
    except ValueError:
        undated = NotPossible(gettext("Say on which day it was signed."), "signed_on")
        return _page(visit, row, Refused.of(undated, given, "release"))
    except NotPossible as problem:
        return _page(visit, row, Refused.of(problem, given, "release"))
    messages.success(visit.request, gettext("The release is kept."))
    return redirect("console:video", id=id)


def _all(visit: Visit) -> dict[str, object]:
    rows = models.Video.objects.filter(business_id=visit.seat.business, removed_at=None).select_related("location")
    figures = watched.of_videos(visit.seat.business)
    part, further = paging.part(list(rows.prefetch_related("files").order_by("-id")), visit.request.GET, ROWS)
    shown = [_shown(visit, row, figures) for row in part]
    moves = any(each.moves for each in shown)
    listed = {"shown": shown, "moves": moves, "here": visit.request.GET.get("after", ""), "further": further}
    return listed | {"videos": True, "missing": workshop.missing()}


def _shown(visit: Visit, row: models.Video, figures: dict[int, watched.Figures] | None = None) -> Shown:
    files = {file.role: file for file in row.files.all()}
    finished = files.get("vertical") or files.get("as_shot")
    known = figures if figures is not None else watched.of_videos(row.business_id, row.id)
    return Shown(
        id=row.id,
        title=row.title,
        kind=KINDS.get(row.kind, KINDS["explainer"]),
        language=LANGUAGES.get(row.language, LANGUAGES["en"]),
        service=row.service.replace("_", " "),
        place=row.location.name if row.location else "",
        state=row.state,
        state_words=STATES[row.state],
        progress=row.progress,
        problem=row.problem,
        seconds=round(row.seconds),
        sound=row.sound,
        published=row.published_at is not None,
        drawn=row.made_by == "studio",
        preview=video_links.preview(row.id, visit.now) if finished else "",
        width=finished.width if finished else 0,
        height=finished.height if finished else 0,
        figures=known.get(row.id, watched.Figures()),
    )
