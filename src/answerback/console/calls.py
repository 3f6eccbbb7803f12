"""Calls: every call with its verdict, the reason for it, and one tap for whoever knows better."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.console.taught import Teaches, teaches
from answerback.console.whys import why
from answerback.store import ids, models
from answerback.store.queries import access, calls_list, learned, news, timeline, timeline_events
from answerback.store.queries.calls_list import Call
from answerback.store.queries.learned import Knows

MOST_LEARNED = 5
"""Lines whose learned voicemail stands above the list; the health page has all."""

VERDICTS = {
    "": gettext_lazy("All"),
    "missed": pgettext_lazy("of several calls", "Missed"),
    "answered": pgettext_lazy("of several calls", "Answered"),
    "noise": pgettext_lazy("of several calls", "Not counted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One call as it is shown; `id` stays the same while other calls come.

    `reasons` asks for the decisions about it, how the verdict was come by and what followed; empty where there are
    none. `teaches` what putting it right would do
    to later calls; `number_is` is empty for a customer's.
    """

    id: int
    conversation: int
    call: str
    who: str
    tel: str
    at: Moment
    source: str
    missed: bool | None
    noise: bool
    verdict: str
    detail: str
    teaches: Teaches
    number_is: str
    reasons: str


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The calls; `verdict` chooses which, `before` the older ones."""
    return visit.page("console/calls.html", _context(visit))


@require_safe
@seated
def live(visit: Visit) -> HttpResponse:
    """The calls again; 204 while the version the page has (`v`) is still right."""
    return visit.news("console/calls_shown.html", _context)


@require_safe
@seated
def reasons(visit: Visit, id: int) -> HttpResponse:
    """Why a call of this conversation was taken for what it was: the decisions `d` asks for, when somebody looks."""
    conversation = access.conversation_for(visit.user, id)
    asked = [each for each in map(ids.read, visit.request.GET.getlist("d")[: calls_list.MOST_RECEIPTS]) if each]
    rows = timeline.reasons(conversation.id, asked)
    talk, there = reverse("console:conversation", args=[conversation.id]), visit.at(conversation.business_id)
    return render(visit.request, "console/call_reasons.html", {"reasons": [why(row, there, talk) for row in rows]})


def _context(visit: Visit) -> dict[str, Any]:
    asked = visit.request.GET
    version = news.version(visit.seat.business, visit.seat.member, visit.now)
    verdict = asked.get("verdict", "") if asked.get("verdict", "") in VERDICTS else ""
    before = ids.read(asked.get("before"))
    rows = calls_list.listed(visit.seat.business, verdict, before=before)
    shown = rows[: calls_list.ROWS]
    here = {"verdict": verdict} | ({} if before is None else {"before": before})
    marked = models.KnownNumber.objects.filter(business=visit.seat.business, number__in={row.number for row in shown})
    knows = learned.of_lines(visit.seat.business)
    whose = dict(marked.values_list("number", "number_is"))
    return {
        "calls": [_shown(row, whose.get(row.number, ""), knows, visit) for row in shown],
        "one_source": len({row.source for row in shown}) == 1,
        "learned": _learned(knows),
        "may_forget": visit.may("lines"),
        "verdicts": [(key, name, key == verdict) for key, name in VERDICTS.items()],
        "older": urlencode(here | {"before": shown[-1].id}) if len(rows) > calls_list.ROWS else "",
        "query": urlencode(here),
        "chosen": verdict,
        "polls": before is None,
        "version": version,
    }


def _learned(knows: Mapping[str, Knows]) -> list[tuple[int, str, int]]:
    """What corrections have taught of lines: which, and after how many seconds its own voicemail picks up."""
    taught = [(each.line, each.source or words.number(number), each.point) for number, each in knows.items()]
    return [(line, name, point) for line, name, point in taught if point is not None][:MOST_LEARNED]


def _shown(row: Call, number_is: str, knows: Mapping[str, Knows], visit: Visit) -> Shown:
    parts = [_("rang %(length)s") % {"length": _lasted(row.rang_seconds)}] if row.rang_seconds else []
    if row.talked_seconds and not (row.missed or row.noise):
        parts.append(_("talked %(length)s") % {"length": _lasted(row.talked_seconds)})
    return Shown(
        id=row.id,
        conversation=row.conversation,
        call=row.call,
        who=words.who(row.name, row.number),
        tel=words.tel(row.number),
        at=moment(row.at, visit.now, visit.seat.zone),
        source=row.source,
        missed=row.missed,
        noise=row.noise,
        verdict=_verdict(row),
        detail=", ".join(parts),
        teaches=teaches(row, knows.get(row.line), visit.now, visit.seat.zone),
        number_is="" if number_is == "customer" else number_is,
        reasons=urlencode({"d": row.decisions}, doseq=True),
    )


def _lasted(seconds: int) -> str:
    return timeline_events.length(seconds).replace(" ", "\N{NO-BREAK SPACE}")  # a phone's row ended before the unit


def _verdict(row: Call) -> str:
    if row.missed is None:
        return _("Not judged")
    if row.noise:
        return _("Blocked") if row.outcome == "blocked" else _("Hung up at once")
    return words.MISSED.get(row.reason, _("Missed")) if row.missed else _("Answered")
