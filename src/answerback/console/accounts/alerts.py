"""Where a member says how they want to hear of what happens, of what, and when not; everybody sees only their own."""

from dataclasses import dataclass, replace
from datetime import time

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.console.refused import Refused
from answerback.console.shown import Form, Outdated
from answerback.ports.push import Device
from answerback.store import models
from answerback.store.queries.rows import Cursor
from answerback.workflow import alert_ways, phones, push, saved
from answerback.workflow import alerts as sending
from answerback.workflow.actors import NotAllowed
from answerback.workflow.alert_ways import KINDS, Said, Wanted

HEARD: dict[str, Promise] = {
    "lead": gettext_lazy("A new lead"),
    "reply": gettext_lazy("A customer writes and waits for a person"),
    "todo": gettext_lazy("A to-do opens for me or my team"),
    "appointment": gettext_lazy("An appointment is booked"),
    "line_red": gettext_lazy("A line turns red (owners and managers)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWay:
    """One way as the page shows it."""

    id: int
    name: str
    by: str
    hears: list[str]
    words: list[Promise]
    quiet_from: str
    quiet_to: str
    worked: bool | None
    said: str
    waits: bool
    said_at: Moment | None
    form: Form


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """One's own ways."""
    return _page(visit)


@require_POST
@seated
def confirm_phone(visit: Visit) -> HttpResponse:
    """The code from one's own phone, or another text with one."""
    code = visit.request.POST.get("code", "")
    try:
        if code.strip():
            phones.enter(visit.seat.member, code)
            messages.success(visit.request, _("Your phone is confirmed."))
        else:
            phones.ask(visit.seat.member)
            messages.success(visit.request, _("A text with a code is on its way to you."))
    except NotAllowed as problem:
        return _page(visit, Refused.of(problem, visit.request.POST, "code"))
    return redirect("console:alerts")


@require_POST
@seated
def add(visit: Visit) -> HttpResponse:
    """One more way."""
    try:
        wanted = _wanted(visit, visit.request.POST)
        made: list[models.AlertWay] = []

        def add_it(_cursor: Cursor) -> list[models.AlertWay]:
            made[:] = [alert_ways.add(visit.seat.business, visit.seat.member, wanted)]
            return made

        before = {each.id for each in alert_ways.standing(visit.seat.member)}
        undo = saved.making(add_it, "mine")
        if before - {each.id for each in alert_ways.standing(visit.seat.member)}:
            undo = None  # this browser was one of them: it has no other way to go back to
    except NotAllowed as problem:
        return _page(visit, Refused.of(problem, visit.request.POST, "add"))
    said.done(visit.request, _("%(name)s is set up. Send yourself a test.") % {"name": made[0].name}, undo)
    return redirect("console:alerts")


@require_POST
@seated
def push_key(visit: Visit) -> HttpResponse:  # noqa: ARG001  whoever is signed in may have it
    """The key a browser subscribes with; made the first time anybody asks."""
    return JsonResponse({"key": push.public_key()})


@require_POST
@seated
def change(visit: Visit, id: int) -> HttpResponse:
    """What is heard by it, and when not."""
    way = alert_ways.one(visit.seat.member, id)
    given: QueryDict = visit.request.POST
    try:
        given = _form(way).told(given)
        wanted = _wanted(visit, given)
        undo = saved.saving(way, lambda _: alert_ways.change(visit.seat.member, way.id, wanted), "mine")
    except (Outdated, NotAllowed) as problem:
        return _page(visit, Refused.of(problem, given, "change", way.id))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:alerts")


@require_POST
@seated
def test(visit: Visit, id: int) -> HttpResponse:
    """Send a test now, and show what the service answered."""
    answer = sending.test(alert_ways.one(visit.seat.member, id))
    (messages.success if answer.arrived else messages.error)(visit.request, answer.says)
    return redirect("console:alerts")


@require_safe
@seated
def answer(visit: Visit, id: int) -> HttpResponse:
    """What is known by now of the last alert of one's own way; asked for while an answer may still come."""
    standing = alert_ways.one(visit.seat.member, id)
    way = _shown(standing, alert_ways.answer(standing), visit)
    return render(visit.request, "console/accounts/alert_said.html", {"way": way})


@require_POST
@seated
def remove(visit: Visit, id: int) -> HttpResponse:
    """Use it no more."""
    said.done(visit.request, _("Removed."), alert_ways.remove(visit.seat.member, id))
    return redirect("console:alerts")


def _wanted(visit: Visit, given: QueryDict) -> Wanted:
    """What was filled in. Raises `NotAllowed` for a time that is none."""
    return Wanted(
        by=given.get("by", ""),
        address=given.get("address", ""),
        hears=given.getlist("hears"),
        quiet_from=_time(given, "quiet_from"),
        quiet_to=_time(given, "quiet_to"),
        device=_device(visit),
        name=_browser(visit.request.headers.get("User-Agent", "")),
    )


def _device(visit: Visit) -> Device | None:
    """What the browser handed out when its owner allowed notifications; None where it has not."""
    given = visit.request.POST
    if not given.get("endpoint"):
        return None
    return Device(endpoint=given["endpoint"], p256dh=given.get("p256dh", ""), auth=given.get("auth", ""))


def _browser(agent: str) -> str:
    """What its owner will know this browser by. Each name hides further names behind its own, so order counts."""
    names = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
    systems = (
        *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows")),
        *(("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")),
    )
    browser = next((name for mark, name in names if mark in agent), _("a browser"))
    system = next((name for mark, name in systems if mark in agent), "")
    return f"{browser}, {system}" if system else browser


def _time(given: QueryDict, field: str) -> time | None:
    said = str(given.get(field, ""))
    try:
        return time.fromisoformat(said).replace(tzinfo=None) if said else None
    except ValueError:
        raise NotAllowed(_("Write times like 21:30."), field) from None


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The ways; `refused` is what was typed of one (`change`), of a new one (`add`) or as the phone's `code`."""
    phone_is = phones.standing(models.Member.objects.get(id=visit.seat.member))
    if refused and refused.form == "code" and phone_is != "waits":  # it has no form then
        messages.error(visit.request, refused.problem)
    given = refused.given if refused and refused.form == "add" else QueryDict()
    ways = alert_ways.standing(visit.seat.member)
    answers = alert_ways.answers(ways)
    context = {
        "ways": [_typed(_shown(way, answers[way.id], visit), refused) for way in ways],
        "phone_is": phone_is,
        "kinds": HEARD.items(),
        "chosen": given.getlist("hears") if given else [kind for kind in KINDS if kind != "line_red"],
        "given": given,
        "section": "alerts",
    }
    return visit.page("console/accounts/alerts.html", context, refused=refused)


def _shown(way: models.AlertWay, answered: Said, visit: Visit) -> ShownWay:
    return ShownWay(
        id=way.id,
        name=way.name,
        by=way.kind,
        hears=way.hears,
        words=[HEARD[kind] for kind in way.hears if kind in HEARD],
        quiet_from=f"{way.quiet_from:%H:%M}" if way.quiet_from else "",
        quiet_to=f"{way.quiet_to:%H:%M}" if way.quiet_to else "",
        worked=answered.worked,
        said=answered.says,
        waits=answered.waits,
        said_at=moment(way.said_at, visit.now, visit.seat.zone) if way.said_at else None,
        form=_form(way),
    )


def _typed(way: ShownWay, refused: Refused | None) -> ShownWay:
    """With what was typed into its form, where it was refused."""
    if refused is None or not refused.about("change", way.id):
        return way
    start, end = (str(refused.given.get(each, "")) for each in ("quiet_from", "quiet_to"))
    return replace(way, hears=refused.given.getlist("hears"), quiet_from=start, quiet_to=end)


def _form(way: models.AlertWay) -> Form:
    quiet = {each: f"{at:%H:%M}" if (at := getattr(way, each)) else "" for each in ("quiet_from", "quiet_to")}
    names = {
        "hears": _("What do you want to hear of?"),
        "quiet_from": _("Quiet from"),
        "quiet_to": _("Quiet until"),
    }
    return Form({"hears": way.hears, **quiet}, names, {"hears": HEARD})
