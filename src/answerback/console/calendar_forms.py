"""The forms of calendars: drawn from what an adapter declares, so that a new kind of calendar needs none of its own.

A secret is never shown again; left empty, the one that is kept stays.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerback.console.calendar_sign_in import return_address
from answerback.console.calendars import mine, of
from answerback.console.guard import Visit, seated
from answerback.ports import registry
from answerback.ports.calendar import Calendar, SignsIn
from answerback.ports.phone import Setting
from answerback.workflow import calendars


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def new(visit: Visit) -> HttpResponse:
    """Connect a calendar of one member."""
    asked = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    member = of(visit, int(asked["member"]) if asked.get("member", "").isdecimal() else visit.seat.member)
    kind = _kind(asked.get("provider", ""))
    if isinstance(kind, SignsIn) and not calendars.app(member.business_id, kind.name):
        messages.error(
            visit.request, _("First enter the registration of answerback at %(kind)s.") % {"kind": kind.title}
        )
        return redirect("console:calendar_app", provider=kind.name)
    if visit.request.method != "POST":
        return _form(visit, kind, kind.settings, {}, title=f"{member.name}: {kind.title}", member=member.id)
    if missing := calendars.missing(kind.settings, asked):
        return _form(
            visit,
            kind,
            kind.settings,
            asked,
            title=f"{member.name}: {kind.title}",
            member=member.id,
            problem=_missing(missing),
        )
    connected = calendars.connect(member.id, kind.name, _given(kind.settings, asked))
    return _then(visit, kind, connected)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def change(visit: Visit, id: int) -> HttpResponse:
    """Change a calendar's settings."""
    row = mine(visit, id)
    kind = registry.calendar(row.provider)
    title = f"{row.member.name}: {kind.title}"
    if visit.request.method != "POST":
        return _form(visit, kind, kind.settings, calendars.shown(row), title=title, calendar=id, keeps=True)
    asked = visit.request.POST
    needed = tuple(each for each in kind.settings if not each.secret)
    if missing := calendars.missing(needed, asked):
        problem = _missing(missing)
        return _form(visit, kind, kind.settings, asked, title=title, calendar=id, keeps=True, problem=problem)
    calendars.change(id, _given(kind.settings, asked))
    return _then(visit, kind, id)


@require_http_methods(["GET", "HEAD", "POST"])
@seated
def app(visit: Visit, provider: str) -> HttpResponse:
    """The business's registration at a provider whose calendars are signed in to."""
    kind = _kind(provider)
    if not isinstance(kind, SignsIn) or not visit.may("settings"):
        raise Http404("There is nothing here that you may see.")
    standing = calendars.app(visit.seat.business, provider)
    title = f"answerback at {kind.title}"
    if visit.request.method != "POST":
        shown = {each.name: standing.get(each.name, "") for each in kind.app_settings if not each.secret}
        return _form(visit, kind, kind.app_settings, shown, title=title, app=provider, keeps=bool(standing))
    asked = visit.request.POST
    needed = tuple(each for each in kind.app_settings if not (each.secret and standing.get(each.name)))
    if missing := calendars.missing(needed, asked):
        return _form(
            visit, kind, kind.app_settings, asked, title=title, app=provider, keeps=True, problem=_missing(missing)
        )
    calendars.set_app(visit.seat.business, provider, _given(kind.app_settings, asked))
    messages.success(visit.request, _("Kept. Members can now connect %(kind)s.") % {"kind": kind.title})
    return redirect("console:calendars")


def _then(visit: Visit, kind: Calendar, connected: int) -> HttpResponse:
    """A calendar that is signed in to asks for that next; another one is tried at once."""
    if isinstance(kind, SignsIn):
        return redirect("console:calendar_sign_in", id=connected)
    for finding in calendars.check(connected):
        level = messages.SUCCESS if finding.ok else messages.ERROR
        messages.add_message(visit.request, level, f"{finding.says} {finding.fix}".strip())
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
    problem: str = "",
) -> HttpResponse:
    shown = {
        "title": title,
        "fields": [
            {
                "setting": each,
                "value": "" if each.secret else values.get(each.name, each.default),
                "needed": each.required and not (each.secret and keeps),
            }
            for each in settings
        ],
        "member": member,
        "provider": kind.name,
        "calendar": calendar,
        "app": app,
        "keeps": keeps,
        "problem": problem,
        "returns_to": return_address(visit.request) if app else "",
        "action": _action(calendar, app),
        "page": "calendars",
    }
    return visit.page("console/calendar_form.html", shown, status=400 if problem else 200)


def _action(calendar: int, app: str) -> str:
    if calendar:
        return reverse("console:calendar", args=[calendar])
    return reverse("console:calendar_app", args=[app]) if app else reverse("console:new_calendar")


def _kind(provider: str) -> Calendar:
    kinds = {kind.name: kind for kind in calendars.kinds()}
    if provider not in kinds:
        raise Http404("There is no such kind of calendar.")
    return kinds[provider]


def _given(settings: tuple[Setting, ...], asked: Mapping[str, Any]) -> dict[str, str]:
    return {each.name: str(asked.get(each.name, ""))[:1000] for each in settings}


def _missing(settings: tuple[Setting, ...]) -> str:
    return f"Fill in: {', '.join(each.label for each in settings)}."
