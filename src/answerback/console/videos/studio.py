"""The studio: a storyboard as a form of scenes or as YAML, photos and voices for them, and "make the video".

What cannot be made stays in the form with what is wrong, scene by scene. Only owners and managers come in.
"""

from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.shown import Form, Outdated
from answerback.console.videos.about import about_of
from answerback.console.videos.kinds import DRAWINGS, KINDS
from answerback.console.videos.library import LANGUAGES
from answerback.engine.storyboard import (
    ICONS,
    LOOKS,
    MOST_SCENES,
    Fault,
    Icon,
    Look,
    Scene,
    Storyboard,
    VideoKind,
    faults,
    filled,
    lengths,
)
from answerback.engine.video_facts import facts
from answerback.store import ids, models
from answerback.store.queries import access
from answerback.store.queries.access import NotYours
from answerback.store.storyboard_file import BadStoryboard, decode, dump, load, starter, starters_for
from answerback.workflow import directory
from answerback.workflow import library as shelf
from answerback.workflow import studio as workshop
from answerback.workflow.library import MOST_FILE_BYTES, NotPossible, SceneFile

LOOK_WORDS: dict[str, Promise] = {
    "brand": _("Your colour"),
    "light": _("Light"),
    "dark": _("Dark"),
    "photo": _("A photo"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One scene in the form, with what is wrong in it."""

    number: int
    scene: Scene
    lines: str
    seconds: str
    faults: tuple[Fault, ...]


@require_safe
@seated_for("videos")
def choose(visit: Visit) -> HttpResponse:
    """Two ways to a video: upload one, or start from a storyboard."""
    return choosing(visit)


def choosing(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The page with both ways; `refused` is what was typed in `start` or `upload`."""
    known = _known(visit)
    services = [(each.id, words.named(each.name, each.id)) for each in known.rules.playbook.services]
    return visit.page(
        "console/videos/new.html",
        {
            "starters": [
                (each, words.named(each.name), words.INDUSTRIES.get(each.industry, words.tidy(each.industry)))
                for each in starters_for(known.rules.playbook.industry)
            ],
            "services": services,
            "locations": models.Location.objects.filter(business_id=visit.seat.business).order_by("name"),
            "kinds": KINDS.items(),
            "languages": LANGUAGES.items(),
            "missing": workshop.missing(),
            "videos": True,
        },
        refused=refused,
    )


@require_POST
@seated_for("videos")
def start(visit: Visit) -> HttpResponse:
    """A draft from a starter, filled with the business's own facts; or an empty one."""
    given = visit.request.POST
    known = _known(visit)
    language, service = given.get("language", "en"), given.get("service", "")
    found = starter(given.get("starter", ""))
    if found is not None and language in LANGUAGES:
        board = filled(found.storyboards[language], facts(known.rules, language, service))
    else:
        board = Storyboard(title=gettext("A new video"), scenes=(Scene(heading=""),))
    kept = service if known.rules.playbook.service(service) else ""
    board = replace(board, service=kept, colour=_last_colour(visit))
    told = {**given.dict(), "kind": board.kind, "title": board.title, "language": language}
    try:
        video = shelf.draft(visit.seat.business, visit.seat.member, about_of(visit, told), board)
    except NotPossible as problem:
        return choosing(visit, Refused.of(problem, given, "start"))
    return redirect("console:storyboard", id=video.id)


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("videos")
def edit(visit: Visit, id: int) -> HttpResponse:
    """The storyboard as a form; POST keeps it, and with `make` lets it be drawn."""
    row = _drawn(visit, id)
    board = decode(row.storyboard)
    if visit.request.method != "POST":
        return _form(visit, row, board)
    given = visit.request.POST
    typed = _with_files_of(board, _typed(given))
    wanted = _changed(typed, given.get("do", ""))
    try:
        board = _told(row, given, wanted)
    except Outdated as problem:
        return _form(visit, row, typed, refused=Refused.of(problem, given, "board"))
    shelf.redraft(row, board)
    if given.get("do") != "make":
        return redirect("console:storyboard", id=id)
    row.storyboard = access.video_for(visit.user, id).storyboard
    if shelf.make(row):
        messages.error(visit.request, gettext("It cannot be made yet: see what is marked below."))
        return _form(visit, row, board, status=409)
    return redirect("console:video", id=id)


@require_POST
@seated_for("videos")
def as_yaml(visit: Visit, id: int) -> HttpResponse:
    """The whole storyboard as it was typed in YAML."""
    row = _drawn(visit, id)
    typed = visit.request.POST.get("yaml", "").replace("\r\n", "\n")
    try:
        shelf.redraft(row, _told(row, visit.request.POST, load(typed)))
    except (BadStoryboard, Outdated) as problem:
        refused = Refused(problem=str(problem), field="yaml", given=visit.request.POST, form="yaml")
        return _form(visit, row, decode(row.storyboard), refused=refused)
    messages.success(visit.request, gettext("Saved."))
    return redirect("console:storyboard", id=id)


@require_POST
@seated_for("videos")
def scene_file(visit: Visit, id: int) -> HttpResponse:
    """A photo or a recorded voice for one scene, or the logo. What it really is, the studio looks at."""
    row = _drawn(visit, id)
    given = visit.request.POST
    what, number = given.get("what", ""), ids.whole(given.get("scene", "0"), 0, MOST_SCENES)
    sent = visit.request.FILES.get("file")
    try:
        if what not in get_args(SceneFile) or sent is None or number is None:
            raise NotPossible("", "file")
        content = sent.read() if (sent.size or 0) <= MOST_FILE_BYTES else b""
        shelf.add_scene_file(row, cast("SceneFile", what), number, content, sent.name or "")
    except NotPossible:
        says = gettext("Choose a file of at most 20 MB for one of the scenes.")
        refused = Refused(problem=says, field="file", given=given, form="file")
        return _form(visit, row, decode(row.storyboard), refused=refused)
    if visit.request.headers.get("X-Requested-With") == "recorder":
        return HttpResponse(status=204)
    return redirect("console:storyboard", id=id)


def _told(row: models.Video, given: QueryDict, wanted: Storyboard) -> Storyboard:
    """The storyboard to keep, decided as a whole: scenes that were moved are no longer where they stood. Raises
    `Outdated`.
    """
    asked, mine = given.copy(), _as_sent(wanted)
    asked["yaml"] = mine
    kept = _standing(row, wanted).told(asked)
    return wanted if kept["yaml"] == mine else decode(row.storyboard)


def _standing(row: models.Video, *others: Storyboard) -> Form:
    """The storyboard as it stands; people know it, and these others, by the headings."""
    board = decode(row.storyboard)
    words = {_as_sent(each): " · ".join(scene.heading for scene in each.scenes) for each in (board, *others)}
    return Form({"yaml": _as_sent(board)}, {"yaml": gettext("Storyboard")}, {"yaml": words})


def _as_sent(board: Storyboard) -> str:
    """As the form sends it that nobody touched: with the colour it showed."""
    return dump(replace(board, colour=board.colour or workshop.COLOUR)).strip()


def _last_colour(visit: Visit) -> str:
    """The colour of the business's newest storyboard: a brand has one, and nobody likes to choose it twice."""
    rows = models.Video.objects.filter(business_id=visit.seat.business, made_by="studio").order_by("-id")
    newest = rows.values_list("storyboard", flat=True).first()
    return decode(newest).colour if newest else ""


def _form(
    visit: Visit, row: models.Video, board: Storyboard, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    wrong = faults(board)
    seconds = lengths(board)
    parts = [
        Part(
            number=number,
            scene=scene,
            lines="\n".join(scene.lines),
            seconds=f"{scene.seconds:g}" if scene.seconds else "",
            faults=tuple(fault for fault in wrong if fault.where == f"scene {number + 1}"),
        )
        for number, scene in enumerate(board.scenes)
    ]
    answer = visit.page(
        "console/videos/storyboard.html",
        {
            "row": row,
            "board": board,
            "parts": list(zip(parts, seconds, strict=True)),
            "total": round(sum(seconds)),
            "wrong": [fault for fault in wrong if not fault.where.startswith("scene ")],
            "icons": DRAWINGS.items(),
            "looks": [(look, LOOK_WORDS[look]) for look in LOOKS],
            "kinds": KINDS.items(),
            "languages": LANGUAGES.items(),
            "yaml": dump(board),
            "form": _standing(row),
            "room": len(parts) < MOST_SCENES,
            "colour": board.colour or workshop.COLOUR,
            "has_logo": row.files.filter(role="scene:logo").exists(),
            "missing": workshop.missing(),
            "videos": True,
        },
        status=status,
        refused=refused,
    )
    # The one page of the console that may ask for the microphone: to record a scene's voice.
    answer.headers["Permissions-Policy"] = "camera=(), microphone=(self), geolocation=()"
    return answer


def _typed(given: QueryDict) -> Storyboard:
    """The storyboard as the form says it."""
    count = ids.whole(given.get("count"), 0, MOST_SCENES) or 0
    scenes = tuple(_scene(given, number) for number in range(count))
    kind, language = given.get("kind", ""), given.get("language", "en")
    return Storyboard(
        title=given.get("title", "").strip()[:120],
        language=language if language in LANGUAGES else "en",
        kind=cast("VideoKind", kind if kind in KINDS else "explainer"),
        service=given.get("service", "")[:60],
        scenes=scenes,
        captions="separate" if given.get("captions") == "separate" else "burnt",
        colour=given.get("colour", "")[:9],
    )


def _scene(given: QueryDict, number: int) -> Scene:
    def said(name: str) -> str:
        return " ".join(given.get(f"{name}-{number}", "").split())[:300]

    lines = (" ".join(line.split()) for line in given.get(f"lines-{number}", "").splitlines())
    icon, look, seconds = said("icon"), said("look"), said("seconds").replace(",", ".")
    return Scene(
        heading=said("heading"),
        lines=tuple(line[:300] for line in lines if line)[:6],
        say=said("say"),
        icon=_icon(icon),
        look=_look(look),
        seconds=float(seconds) if seconds.replace(".", "", 1).isdigit() else 0.0,
        photo=said("photo"),
        voice=said("voice"),
    )


def _icon(name: str) -> Icon:
    return next((icon for icon in ICONS if icon == name), "")


def _look(name: str) -> Look:
    return next((look for look in LOOKS if look == name), "brand")


def _with_files_of(before: Storyboard, after: Storyboard) -> Storyboard:
    """Only files that were added to this video may be named: the form cannot invent one."""
    known = {name for scene in before.scenes for name in (scene.photo, scene.voice) if name}
    scenes = tuple(
        replace(s, photo=s.photo if s.photo in known else "", voice=s.voice if s.voice in known else "")
        for s in after.scenes
    )
    return replace(after, scenes=scenes)


def _changed(board: Storyboard, do: str) -> Storyboard:
    """One scene more, one less, or one further up."""
    scenes = list(board.scenes)
    what, _, number = do.partition("-")
    at = ids.whole(number, 0, MOST_SCENES)
    at = -1 if at is None else at
    if what == "add" and len(scenes) < MOST_SCENES:
        scenes.append(Scene(heading=""))
    elif what == "drop" and 0 <= at < len(scenes):
        del scenes[at]
    elif what == "up" and 0 < at < len(scenes):
        scenes[at - 1], scenes[at] = scenes[at], scenes[at - 1]
    return replace(board, scenes=tuple(scenes))


def _drawn(visit: Visit, id: int) -> models.Video:
    row = access.video_for(visit.user, id)
    if row.made_by != "studio":
        raise NotYours
    return row


def _known(visit: Visit) -> Any:
    seat = visit.seat
    if seat.playbook is None:
        raise NotYours
    return directory.known(seat.business, seat.revision, seat.playbook)
