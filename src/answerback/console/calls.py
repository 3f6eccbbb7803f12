"""Calls: every call with its verdict, the reason for it, and one tap for whoever knows better."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.console.whys import Why, why
from answerback.store.queries import calls_list, timeline
from answerback.store.queries.calls_list import Call
from answerback.store.queries.timeline import Row

VERDICTS = {
    "": gettext_lazy("All"),
    "missed": gettext_lazy("Missed"),
    "answered": gettext_lazy("Answered"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One call as it is shown; `reason` is the decision that followed, None where there is none."""

    conversation: int
    call: str
    who: str
    tel: str
    at: Moment
    source: str
    missed: bool | None
    verdict: str
    detail: str
    reason: Why | None


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The calls; `verdict` chooses which, `before` the older ones."""
    asked = visit.request.GET
    verdict = asked.get("verdict", "") if asked.get("verdict", "") in VERDICTS else ""
    written = asked.get("before", "")
    before = int(written) if written.isdecimal() and len(written) < 18 else None
    rows = calls_list.listed(visit.seat.business, verdict, before=before)
    shown = rows[: calls_list.ROWS]
    older = urlencode({"verdict": verdict, "before": shown[-1].id}) if len(rows) > calls_list.ROWS else ""
    reasons = timeline.reasons([row.decision for row in shown if row.decision])
    context = {
        "calls": [_shown(row, reasons.get(row.decision or 0), visit) for row in shown],
        "verdicts": [(key, name, key == verdict) for key, name in VERDICTS.items()],
        "older": older,
    }
    return visit.page("console/calls.html", context)


def _shown(row: Call, reason: Row | None, visit: Visit) -> Shown:
    parts = [_("rang %(seconds)s s") % {"seconds": row.rang_seconds}] if row.rang_seconds else []
    if row.talked_seconds and not row.missed:
        parts.append(_("talked %(seconds)s s") % {"seconds": row.talked_seconds})
    return Shown(
        conversation=row.conversation,
        call=row.call,
        who=row.name or words.number(row.number),
        tel=row.number if row.number.startswith("+") else "",
        at=moment(row.at, visit.now, visit.seat.zone),
        source=row.source,
        missed=row.missed,
        verdict=_verdict(row),
        detail=", ".join(parts),
        reason=why(reason, visit) if reason else None,
    )


def _verdict(row: Call) -> str:
    if row.missed is None:
        return _("Not judged")
    return words.MISSED.get(row.reason, _("Missed")) if row.missed else _("Answered")
