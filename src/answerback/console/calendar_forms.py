"""The forms of calendars: the settings of one, and our registration at a provider that is signed in to."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerback.console import said
from answerback.console.calendar_sign_in import SIGN_IN
from answerback.console.calendars import mine, of
from answerback.console.connecting import PREFIX, fields, form_of, gaps, given, tell
from answerback.console.guard import Visit, seated_for
from answerback.console.refused import Refused
from answerback.console.retold import retold
from answerback.console.shown import Form, Outdated
from answerback.ports import registry
from answerback.ports.calendar import Calendar
from answerback.ports.connection import Setting
from answerback.ports.sign_in import SignsIn
from answerback.store import ids
from answerback.workflow import calendars, connecting, saved


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("book")
def new(visit: Visit) -> HttpResponse:
    """Connect a calendar of one member."""
    asked = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    member = of(visit, ids.read(asked.get("member")) or visit.seat.member)
    kind = _kind(asked.get("provider", ""))
    if isinstance(kind, SignsIn) and not connecting.app(member.business_id, kind.name):
        messages.error(
            visit.request,
            _("First enter the registration of %(brand)s at %(kind)s.")
            % {"brand": visit.brand, "kind": retold(kind.title)},
        )
        return redirect("console:calendar_app", provider=kind.name)
    if visit.request.method != "POST":
        return _form(visit, kind, kind.settings, {}, title=f"{member.name}: {retold(kind.title)}", member=member.id)
    if missing := connecting.missing(kind.settings, asked):
        return _form(
            visit,
            kind,
            kind.settings,
            asked,
            title=f"{member.name}: {retold(kind.title)}",
            member=member.id,
            refused=gaps(missing, asked),
        )
    connected = calendars.connect(member.id, kind.name, given(kind.settings, asked))
    return _then(visit, kind, connected)


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("book")
def change(visit: Visit, id: int) -> HttpResponse:
    """Change a calendar's settings."""
    row = mine(visit, id)
    kind = registry.calendar(row.provider)
    title = f"{row.member.name}: {retold(kind.title)}"
    shown = calendars.shown(row)
    form = form_of(kind.settings, shown, calendars.marks(row))
    draw = partial(_form, visit, kind, kind.settings, title=title, calendar=id, keeps=True, form=form)
    if visit.request.method != "POST":
        return draw(shown)
    try:
        asked = form.told(visit.request.POST)
    except Outdated as problem:
        return draw(problem.given, refused=Refused.of(problem, visit.request.POST, prefix=PREFIX))
    needed = tuple(each for each in kind.settings if not each.secret)
    if missing := connecting.missing(needed, given(needed, asked)):
        return draw(asked, refused=gaps(missing, asked))
    wanted = given(kind.settings, asked)
    undo = saved.saving(row, lambda cursor: calendars.changed(cursor, id, wanted), "mine")
    said.done(visit.request, _("Saved."), undo)
    return _then(visit, kind, id)


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("settings")
def app(visit: Visit, provider: str) -> HttpResponse:
    """The business's registration at a provider whose calendars are signed in to."""
    kind = _kind(provider)
    if not isinstance(kind, SignsIn):
        raise Http404("There is nothing here that you may see.")
    standing = connecting.app(visit.seat.business, provider)
    title = _("%(brand)s at %(crm)s") % {"brand": visit.brand, "crm": retold(kind.title)}
    shown = {each.name: standing.get(each.name, "") for each in kind.app_settings if not each.secret}
    marks = connecting.app_marks(kind.app_settings, standing, visit.seat.business, kind.name)
    form = form_of(kind.app_settings, shown, marks)
    draw = partial(_form, visit, kind, kind.app_settings, title=title, app=provider, keeps=bool(standing), form=form)
    if visit.request.method != "POST":
        return draw(shown)
    try:
        asked = form.told(visit.request.POST)
    except Outdated as problem:
        return draw(problem.given, refused=Refused.of(problem, visit.request.POST, prefix=PREFIX))
    needed = tuple(each for each in kind.app_settings if not (each.secret and standing.get(each.name)))
    if missing := connecting.missing(needed, given(needed, asked)):
        return draw(asked, refused=gaps(missing, asked))
    connecting.set_app(visit.seat.business, provider, kind.app_settings, given(kind.app_settings, asked))
    messages.success(visit.request, _("Saved. Members can now connect %(kind)s.") % {"kind": retold(kind.title)})
    return redirect("console:calendars")


def _then(visit: Visit, kind: Calendar, connected: int) -> HttpResponse:
    """A calendar that is signed in to asks for that next; another one is tried at once."""
    if isinstance(kind, SignsIn):
        return redirect("console:calendar_sign_in", id=connected)
    tell(visit.request, calendars.check(connected))
    return redirect("console:calendars")


def _form(
    visit: Visit,
    kind: Calendar,
    settings: tuple[Setting, ...],
    values: Mapping[str, Any],
    *,
    title: str,
    member: int = 0,
    calendar: int = 0,
    app: str = "",
    keeps: bool = False,
    form: Form | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    shown = {
        "title": title,
        "fields": fields(settings, values, keeps=keeps),
        "member": member,
        "provider": kind.name,
        "calendar": calendar,
        "app": app,
        "keeps": keeps,
        "form": form,
        "returns_to": SIGN_IN.return_address(visit.request) if app else "",
        "action": _action(calendar, app),
        "page": "calendars",
    }
    return visit.page("console/calendar_form.html", shown, refused=refused)


def _action(calendar: int, app: str) -> str:
    if calendar:
        return reverse("console:calendar", args=[calendar])
    return reverse("console:calendar_app", args=[app]) if app else reverse("console:new_calendar")


def _kind(provider: str) -> Calendar:
    kinds = {kind.name: kind for kind in calendars.kinds()}
    if provider not in kinds:
        raise Http404("There is no such kind of calendar.")
    return kinds[provider]
