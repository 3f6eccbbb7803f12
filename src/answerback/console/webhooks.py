"""Where an owner or manager says which programs are told what happens, tries them, and sees what they were told."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from answerback.console import said
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.refused import Refused
from answerback.console.shown import Form, Value
from answerback.console.words import Chip
from answerback.store import models
from answerback.store.queries import access
from answerback.workflow import saved, targets
from answerback.workflow.actors import NotAllowed
from answerback.workflow.kinds import KINDS
from answerback.workflow.refusals import Refusal
from answerback.workflow.targets import Wanted

SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTarget:
    """One address as the pages show it."""

    id: int
    name: str
    url: str
    kinds: list[str]
    chip: Chip
    arrived: Moment | None
    failing: Moment | None
    off: bool
    why: str
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNotice:
    """One notice as the log shows it."""

    id: int
    kind: str
    at: Moment
    chip: Chip
    again: Moment | None
    tries: list[dict[str, Any]]
    body: str
    conversation: int | None
    may_replay: bool


@require_safe
@seated_for("settings")
def show(visit: Visit) -> HttpResponse:
    """Every program that is told."""
    return _page(visit)


@require_POST
@seated_for("settings")
def add(visit: Visit) -> HttpResponse:
    """Tell one more program; its secret is shown this once."""
    given = visit.request.POST
    try:
        row, secret = targets.add(visit.seat.business, _wanted(given))
    except NotAllowed as problem:
        return _page(visit, Refused.of(problem, given))
    visit.trace.changed.append(("webhook", row.id))
    return _one(visit, row, secret=secret)


@require_safe
@seated_for("settings")
def show_one(visit: Visit, id: int) -> HttpResponse:
    """One program, and what it was told."""
    return _one(visit, access.target_for(visit.user, id))


@require_POST
@seated_for("settings")
def change(visit: Visit, id: int) -> HttpResponse:
    """Change where it is and what it hears."""
    row = access.target_for(visit.user, id)
    given: QueryDict = visit.request.POST
    try:
        given = _form(row).told(given)
        wanted = _wanted(given)
        undo = saved.saving(row, lambda _: targets.change(row.id, wanted))
    except Refusal as problem:
        return _one(visit, row, Refused.of(problem, given))
    said.done(visit.request, _("Saved."), undo)
    return redirect("console:webhook", id=id)


@require_POST
@seated_for("settings")
def rotate(visit: Visit, id: int) -> HttpResponse:
    """A new secret, shown this once."""
    row = access.target_for(visit.user, id)
    try:
        secret = targets.rotate(row.id, visit.request.POST.get("seen"))
    except NotAllowed as problem:
        said.refused(visit.request, problem)
        return _one(visit, row, status=409)
    row.refresh_from_db()
    return _one(visit, row, secret=secret, rotated=True)


@require_POST
@seated_for("settings")
def test(visit: Visit, id: int) -> HttpResponse:
    """Send a test notice."""
    row = access.target_for(visit.user, id)
    try:
        targets.try_out(row.id)
        messages.success(visit.request, _("A test is on its way. See below what came of it."))
    except NotAllowed as problem:
        messages.error(visit.request, str(problem))
    return redirect("console:webhook", id=id)


@require_POST
@seated_for("settings")
def switch(visit: Visit, id: int) -> HttpResponse:
    """Switch it off, or on again."""
    row = access.target_for(visit.user, id)
    if visit.request.POST.get("to") == "off":
        targets.switch_off(row.id)
        messages.success(visit.request, _("Switched off. What happens meanwhile is held for 30 days."))
    else:
        targets.switch_on(row.id, with_held=visit.request.POST.get("held") == "yes")
        messages.success(visit.request, _("Switched on."))
    return redirect("console:webhook", id=id)


@require_POST
@seated_for("settings")
def remove(visit: Visit, id: int) -> HttpResponse:
    """Tell it nothing any more."""
    row = access.target_for(visit.user, id)
    said.done(visit.request, _("%(name)s is told nothing any more.") % {"name": row.name}, targets.remove(row.id))
    return redirect("console:webhooks")


@require_POST
@seated_for("settings")
def replay(visit: Visit, id: int) -> HttpResponse:
    """Send one notice again."""
    notice = access.notice_for(visit.user, id)
    try:
        targets.replay(notice.id)
        messages.success(visit.request, _("It is sent again."))
    except NotAllowed as problem:
        messages.error(visit.request, str(problem))
    return redirect("console:webhook", id=notice.target_id)


@require_POST
@seated_for("settings")
def replay_failed(visit: Visit, id: int) -> HttpResponse:
    """Send everything again that was given up."""
    row = access.target_for(visit.user, id)
    many = targets.replay_failed(row.id)
    words = ngettext("%(many)d notice is sent again.", "%(many)d notices are sent again.", many)
    messages.success(visit.request, words % {"many": many})
    return redirect("console:webhook", id=id)


def _page(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    rows = models.Target.objects.filter(business=visit.seat.business, removed_at=None).order_by("-id")
    waiting = _waiting(rows)
    context = {
        "targets": [_shown(row, waiting.get(row.id, 0), visit) for row in rows],
        "kinds": KINDS,
        "given": _wanted(refused.given) if refused else Wanted(name="", url=""),
    }
    return visit.page("console/webhooks.html", context, refused=refused)


def _one(
    visit: Visit,
    row: models.Target,
    refused: Refused | None = None,
    *,
    secret: str = "",
    rotated: bool = False,
    status: int = 200,
) -> HttpResponse:
    there = visit.at(row.business_id)
    only = visit.request.GET.get("only", "")
    notices = models.Notice.objects.filter(target=row).order_by("-id")
    if only in _STATES:
        notices = notices.filter(status__in=_WAITS if only == "waiting" else [only])
    context = {
        "target": _shown(row, _waiting([row]).get(row.id, 0), there),
        "form": _form(row),
        "seen": targets.mark_of(row),
        "typed": _wanted(refused.given) if refused else Wanted(name=row.name, url=row.url, kinds=tuple(row.kinds)),
        "kinds": KINDS,
        "secret": secret,
        "rotated": rotated,
        "old_good": row.old_until is not None and row.old_until > visit.now,
        "old_until": moment(row.old_until, visit.now, there.seat.zone) if row.old_until else None,
        "notices": [_notice(each, there) for each in notices[:SHOWN]],
        "failed": models.Notice.objects.filter(target=row, status="failed").count(),
        "only": only,
    }
    return there.page("console/webhook.html", context, status=status, refused=refused)


_STATES: dict[str, Chip] = {
    "waiting": Chip(words="waits", tone="warn"),
    "sending": Chip(words="on its way"),
    "sent": Chip(words="arrived", tone="good"),
    "failed": Chip(words="given up", tone="bad"),
    "held": Chip(words="held"),
}


_WAITS = ("waiting", "held")
"""The notices that are neither told nor given up."""


def _waiting(rows: Iterable[models.Target]) -> dict[int, int]:
    """How many notices wait for each of these."""
    waits = models.Notice.objects.filter(target__in=[row.id for row in rows], status__in=_WAITS)
    return dict(waits.order_by().values_list("target").annotate(count=Count("id")))


def _shown(row: models.Target, waiting: int, visit: Visit) -> ShownTarget:
    zone = visit.seat.zone
    if row.disabled_at:
        chip = Chip(words=_("off"), tone="bad")
    elif row.failing_since:
        chip = Chip(words=_("failing"), tone="warn")
    else:
        chip = Chip(words=_("works"), tone="good") if row.arrived_at else Chip(words=_("not told yet"))
    return ShownTarget(
        id=row.id,
        name=row.name,
        url=row.url,
        kinds=row.kinds,
        chip=chip,
        arrived=moment(row.arrived_at, visit.now, zone) if row.arrived_at else None,
        failing=moment(row.failing_since, visit.now, zone) if row.failing_since else None,
        off=row.disabled_at is not None,
        why=row.disabled_why,
        waiting=waiting,
    )


def _notice(row: models.Notice, visit: Visit) -> ShownNotice:
    zone, waits = visit.seat.zone, row.status == "waiting"
    return ShownNotice(
        id=row.id,
        kind=row.kind,
        at=moment(row.at, visit.now, zone),
        chip=_STATES[row.status],
        again=moment(row.due_at, visit.now, zone) if waits and row.tries and row.due_at > visit.now else None,
        tries=row.attempts,
        body=json.dumps(json.loads(row.body), indent=2, ensure_ascii=False) if row.body else "",
        conversation=row.thread,
        may_replay=row.status in {"sent", "failed", "held"},
    )


def _form(row: models.Target) -> Form:
    """What a program is told as the form shows it: everything, or the kinds that are ticked."""
    values: dict[str, Value] = {"name": row.name, "url": row.url}
    values |= {"hears": "some" if row.kinds else "all", "kind": list(row.kinds)}
    hears = _("What is it told?")
    return Form(values, {"name": _("Who is told?"), "url": _("Address"), "hears": hears, "kind": hears})


def _wanted(given: QueryDict) -> Wanted:
    everything = given.get("hears") != "some"
    kinds = () if everything else tuple(str(each) for each in given.getlist("kind"))
    if not everything and not kinds:
        kinds = ("nothing",)
    return Wanted(name=str(given.get("name", "")), url=str(given.get("url", "")), kinds=kinds)
