"""Who is on call: open pages, who would be woken now, the proof for the next two weeks, the rota, the fire drill.

Never here: who is woken (`engine.rota`), or what an answer does.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerback.console import lists, paging, said, words
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.moments import Moment, day, moment, time_of_day
from answerback.console.refused import Refused
from answerback.console.shown import Form
from answerback.console.written import Unreadable, local_moment
from answerback.engine import coverage
from answerback.engine.coverage import Gap
from answerback.engine.rota import HOLIDAY, Rota, Scope, last_resort, on_duty
from answerback.store import ids, models
from answerback.store.models.tenancy import WORKS_HERE
from answerback.store.queries import access, inbox
from answerback.workflow import drills, on_call, rotas
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Undo

SHIFT = {"start": "18:00", "end": "06:00", "rung": "1"}
"""What the form of a new shift holds to begin with."""

MOST_GAPS = 40
MOST_WAYS = 20
ANY_DAY = date(2000, 1, 1)
DAYS = {
    "all": tuple(range(7)),
    "weekdays": tuple(range(5)),
    "weekend": (5, 6),
    **{str(number): (number,) for number in range(7)},
    "holidays": (HOLIDAY,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One place or service, and who is on call for it now, rung by rung."""

    name: str
    rungs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """A stretch in which a page would reach nobody, or one person only."""

    where: str
    day: str
    hours: str
    span: str
    who: str
    nobody: bool
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One shift or override as a row."""

    id: int
    who: str
    hours: str
    rung: int
    where: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day of the week with its shifts."""

    name: str
    shifts: tuple[Turn, ...]


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """Everything about who is on call."""
    return _page(visit)


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The page; of a refused `shift` or `override` the form is open with what was typed."""
    business = visit.seat.business
    plan = rotas.rota(business, visit.seat.revision)
    places = dict(models.Location.objects.filter(business=business).order_by("id").values_list("id", "name"))
    services = lists.service_names(visit)
    scopes = coverage.scopes(plan, places, services)
    members = models.Member.objects.filter(business=business, left_at=None).exclude(phone="").order_by("id")
    without = models.Member.objects.filter(WORKS_HERE, business=business, phone="").order_by("id")
    woken_by, more = paging.part(list(members), visit.request.GET, MOST_WAYS)
    found = coverage.gaps(plan, scopes, visit.now.replace(second=0, microsecond=0))
    most = len(found) if visit.request.GET.get("holes") == "all" else MOST_GAPS
    context = {
        **lists.woken_first(inbox.pages(business), visit),
        "posts": [_post(plan, scope, visit, places, services) for scope in scopes],
        "last": ", ".join(each.name for each in last_resort(plan)),
        "holes": [_hole(gap, visit, places, services) for gap in found[:most]],
        "more_holes": max(0, len(found) - most),
        "days": (week := _week(business, places, services)),
        "spans": _spans([each.name for each in week]),
        "overrides": _overrides(visit, places, services),
        "drills": [_drill(drill, visit) for drill in drills.report(business)],
        "drill_runs": models.Page.objects.filter(business=business, drill=True, taken_at=None).exists(),
        "people": [each for each in plan.people if each.phone],
        "ways": [(each, words.number(each.phone), _ways_form(each)) for each in woken_by],
        "more": more,
        "without_phone": list(without.values_list("name", flat=True)),
        "unconfirmed": [each.name for each in plan.people if each.phone and not each.confirmed],
        "places": places,
        "services": services,
        "may_change": visit.may("settings"),
        "has_rota": bool(plan.shifts),
        "usual": SHIFT,
    }
    if refused and not context["people"]:  # nobody can be woken, so no form is there to say it in
        messages.error(visit.request, refused.problem)
    return visit.page("console/on_call.html", context, refused=refused)


@require_POST
@seated_for("settings")
def add_shift(visit: Visit) -> HttpResponse:
    """Put somebody on call every week."""
    asked = visit.request.POST
    try:
        added = on_call.add_shift(
            visit.seat.business,
            ids.read(asked.get("member")) or 0,
            DAYS.get(asked.get("days", ""), ()),
            _clock(asked, "start"),
            _clock(asked, "end"),
            rung=ids.whole(asked.get("rung"), 1, 999) or 1,
            location=ids.read(asked.get("location")),
            service=asked.get("service", "")[:60],
        )
    except NotAllowed as problem:
        return _page(visit, Refused.of(problem, asked, "shift"))
    else:
        visit.trace.changed += [("shift", row.id) for row in added[:1]]
        taken_back = Undo(act="no_shift", business=visit.seat.business, id=0, ids=tuple(row.id for row in added))
        said.done(visit.request, _("The shift is in the rota."), taken_back)
    return redirect("console:on_call")


@require_POST
@seated_for("settings")
def remove_shift(visit: Visit, id: int) -> HttpResponse:
    """Take a shift out of the week."""
    shift = access.shift_for(visit.user, id)
    visit.at(shift.business_id)
    undo = on_call.remove_shift(shift.id)
    said.done(visit.request, _("The shift is gone. See below whether every minute is still covered."), undo)
    return redirect("console:on_call")


@require_POST
@seated_for("settings")
def add_override(visit: Visit) -> HttpResponse:
    """For once somebody else."""
    asked = visit.request.POST
    try:
        added = on_call.add_override(
            visit.seat.business,
            ids.read(asked.get("member")),
            _moment(asked, "starts_at", visit),
            _moment(asked, "ends_at", visit),
            rung=ids.whole(asked.get("rung"), 1, 999) or 1,
            location=ids.read(asked.get("location")),
            service=asked.get("service", "")[:60],
            reason=asked.get("reason", "")[:120],
        )
    except NotAllowed as problem:
        return _page(visit, Refused.of(problem, asked, "override"))
    else:
        visit.trace.changed.append(("override", added.id))
        undo = Undo(act="no_override", business=visit.seat.business, id=added.id)
        said.done(visit.request, _("The override counts before the week."), undo)
    return redirect("console:on_call")


@require_POST
@seated_for("settings")
def remove_override(visit: Visit, id: int) -> HttpResponse:
    """Let the week hold again."""
    override = access.override_for(visit.user, id)
    visit.at(override.business_id)
    undo = on_call.remove_override(override.id)
    said.done(visit.request, _("The week holds again."), undo)
    return redirect("console:on_call")


@require_POST
@seated_for("settings")
def set_ways(visit: Visit, id: int) -> HttpResponse:
    """How somebody is woken: by text, or by a call as well; and whether customers' texts reach their own phone."""
    member = access.member_for(visit.user, id)
    visit.at(member.business_id)
    asked = _ways_form(member).told(visit.request.POST)  # of a box that is ticked or not, two can only want the same
    undo = on_call.set_ways(member.id, rings=asked.get("rings") == "yes", relays=asked.get("relays") == "yes")
    words = _("Saved: how %(name)s is woken.") % {"name": member.name}
    said.done_or_so_already(visit, words, undo, _("It says so already."))
    return redirect("console:on_call")


def _ways_form(member: models.Member) -> Form:
    values = {"rings": ["yes"] if member.rings else [], "relays": ["yes"] if member.relays else []}
    return Form(values, {"rings": _("Ring as well"), "relays": _("Pass on customers' texts")})


@require_POST
@seated_for("settings")
def drill(visit: Visit) -> HttpResponse:
    """Start a fire drill, or stop the one that runs."""
    try:
        if visit.request.POST.get("stop"):
            drills.stop(visit.seat.business)
            messages.success(visit.request, _("The fire drill is over."))
        else:
            code = drills.start(visit.seat.business)
            texted = _("Fire drill %(code)s: whoever is on call has been texted. Answers appear below.")
            messages.success(visit.request, texted % {"code": code})
    except NotAllowed as refused:
        messages.error(visit.request, str(refused))
    return redirect("console:on_call")


Names = dict[int, str]


def _where(location: int | None, service: str, places: Names, services: dict[str, str]) -> str:
    named = [places.get(location or 0, ""), services.get(service, words.tidy(service)) if service else ""]
    return " · ".join(part for part in named if part) or _("Everything")


def _post(plan: Rota, scope: Scope, visit: Visit, places: Names, services: dict[str, str]) -> Post:
    rungs = on_duty(plan, visit.now, scope)
    return Post(
        name=_where(scope.location, scope.service, places, services),
        rungs=tuple(", ".join(each.name for each in rung) for rung in rungs),
    )


def _hole(gap: Gap, visit: Visit, places: Names, services: dict[str, str]) -> Hole:
    zone = visit.seat.zone
    start, end = gap.starts_at.astimezone(zone), gap.ends_at.astimezone(zone)
    ends = time_of_day(end) if end - start < timedelta(hours=24) else f"{day(end, visit.now)} {time_of_day(end)}"
    return Hole(
        where=_where(gap.scope.location, gap.scope.service, places, services),
        day=day(start, visit.now),
        hours=f"{time_of_day(start)} – {ends}",
        span=words.length(gap.minutes),
        who=gap.only.name if gap.only else "",
        nobody=gap.only is None and not gap.fallback,
        fix=gap.fix,
    )


def _week(business: int, places: Names, services: dict[str, str]) -> list[Day]:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"), _("Holidays"))
    rows = models.Shift.objects.filter(business=business).select_related("member").order_by("rung", "start", "id")
    found: dict[int, list[Turn]] = {}
    for row in rows:
        where = _where(row.location_id, row.service, places, services) if row.location_id or row.service else ""
        hours = f"{_said(row.start)} – {_said(row.end)}"
        turn = Turn(id=row.id, who=row.member.name, hours=hours, rung=row.rung, where=where)
        found.setdefault(row.weekday, []).append(turn)
    return [Day(name=name, shifts=tuple(found.get(number, ()))) for number, name in enumerate(names)]


def _spans(days: list[str]) -> list[tuple[str, str]]:
    """The choices of when a shift is, by their keys in `DAYS`."""
    together = (_("Every day"), _("Monday to Friday"), _("Saturday and Sunday"))
    return [*zip(DAYS, [*together, *days], strict=True)]


def _overrides(visit: Visit, places: Names, services: dict[str, str]) -> list[Turn]:
    rows = models.ShiftOverride.objects.filter(business=visit.seat.business, ends_at__gt=visit.now)
    zone = visit.seat.zone
    return [
        Turn(
            id=row.id,
            who=row.member.name if row.member else _("Nobody"),
            hours=f"{_stands(row.starts_at.astimezone(zone), visit)} – {_stands(row.ends_at.astimezone(zone), visit)}",
            rung=row.rung,
            where=_where(row.location_id, row.service, places, services),
            reason=row.reason,
        )
        for row in rows.select_related("member").order_by("starts_at")
    ]


def _drill(drill: drills.Drill, visit: Visit) -> dict[str, Any]:
    at: Moment = moment(drill.opened_at, visit.now, visit.seat.zone)
    return {
        "code": drill.code,
        "at": at,
        "ended": drill.ended,
        "taken_by": drill.taken_by,
        "took": _seconds(drill.took),
        "answers": [
            {"name": each.name, "by": each.by, "state": each.state, "took": _seconds(each.took)}
            for each in drill.answers
        ],
    }


def _seconds(took: timedelta | None) -> str:
    if took is None:
        return ""
    minutes, seconds = divmod(int(took.total_seconds()), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _stands(local: datetime, visit: Visit) -> str:
    return f"{day(local, visit.now)} {time_of_day(local)}"


def _said(at: time) -> str:
    return time_of_day(datetime.combine(ANY_DAY, at))


def _clock(asked: QueryDict, field: str) -> time:
    try:
        return time.fromisoformat(asked.get(field, ""))
    except ValueError:
        raise NotAllowed(_("Write a time of day, such as 18:00."), field) from None


def _moment(asked: QueryDict, field: str, visit: Visit) -> datetime:
    try:
        found = local_moment(asked.get(field, ""), visit.seat.zone)
    except Unreadable as problem:
        raise NotAllowed(str(problem), field) from None
    if found is None:
        raise NotAllowed(_("Choose a day and a time for the beginning and the end."), field)
    return found
