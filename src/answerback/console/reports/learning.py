"""Getting better: the weekly review, the replay of real conversations, and what texts really meant."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated_for
from answerback.console.reports import charts
from answerback.engine.reading import Intent, Urgency
from answerback.engine.replay import Ending
from answerback.store import models
from answerback.store.playbook_file import BadPlaybook, load
from answerback.store.queries import readings
from answerback.workflow import corrections, replaying, reviewing
from answerback.workflow.actors import NotAllowed
from answerback.workflow.replaying import Pair, Replayed

DAYS = (7, 14, 28)
SHOWN = 40
LONGEST_PLAYBOOK = 200_000

DIFFERS = {
    "texts": _lazy("other texts"),
    "status": _lazy("another outcome of the lead"),
    "phase": _lazy("another next step"),
    "service": _lazy("another service understood"),
    "urgency": _lazy("another urgency understood"),
    "linked": _lazy("a time offered, or none"),
    "pages": _lazy("somebody woken, or nobody"),
    "todos": _lazy("other to-dos"),
    "stopped": _lazy("taken as stop, or not"),
}

INTENTS = {each: words.tidy(each) for each in (*get_args(Intent), "spam")}
URGENCIES = {each: words.tidy(each) for each in get_args(Urgency)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Different:
    """One conversation that would have gone differently."""

    pair: Pair
    who: str
    differs: tuple[str, ...]
    sides: tuple[tuple[str, Ending], ...]


@require_safe
@seated_for("reports")
def review(visit: Visit) -> HttpResponse:
    """One week's review, last week's unless another Monday is named."""
    today = visit.now.astimezone(visit.seat.zone).date()
    last = today - timedelta(days=today.weekday() + 7)
    monday = _monday(visit.request.GET.get("week", ""), last)
    found = reviewing.review(visit.seat.business, monday)
    context = {
        "review": found,
        "sunday": monday + timedelta(days=6),
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7) if monday <= last else None,
        "hours": [(charts.hour_name(int(part.key)), part.totals.silent, part.totals.called) for part in found.hours],
    }
    return visit.page("console/reports/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@seated_for("playbook")
def replay(visit: Visit) -> HttpResponse:
    """The last days again, by an edited playbook or the reader as it is now. A POST because of its length: it changes
    nothing.
    """
    said = visit.request.POST
    days = int(said["days"]) if said.get("days", "") in {str(each) for each in DAYS} else DAYS[0]
    source = said.get("playbook", "")[:LONGEST_PLAYBOOK] or _source(visit)
    context: dict[str, object] = {"days": DAYS, "chosen": days, "source": source}
    if visit.request.method == "POST":
        try:
            context |= _shown(_run(visit, said.get("against", ""), source, days))
        except BadPlaybook as problem:
            context["problem"] = str(problem)
    return visit.page("console/reports/replay.html", context)


@require_safe
@seated_for("reports")
def texts(visit: Visit) -> HttpResponse:
    """What customers wrote lately, the least sure readings first, for people to correct."""
    since = visit.now - timedelta(days=28)
    context = {
        "texts": readings.read_texts(visit.seat.business, since, SHOWN),
        "score": corrections.score(visit.seat.business),
        "intents": INTENTS,
        "urgencies": URGENCIES,
        "may_export": visit.may("export"),
    }
    return visit.page("console/reports/texts.html", context)


@require_POST
@seated_for("work")
def correct(visit: Visit, id: int) -> HttpResponse:
    """Keep what a text really meant."""
    try:
        for about in corrections.ABOUT:
            if said := visit.request.POST.get(about, ""):
                corrections.correct(id, visit.seat.business, visit.actor, about, said)
        messages.success(visit.request, _("Thank you. It is kept, and counts when the reader is measured."))
    except NotAllowed as problem:
        if not models.Message.objects.filter(id=id, business_id=visit.seat.business).exists():
            return HttpResponse(status=404)
        messages.error(visit.request, str(problem))
    return redirect("console:reports:texts")


@require_safe
@seated_for("export")
def labelled(visit: Visit) -> HttpResponse:
    """Every correction as labelled data, one JSON object a line, as `make eval` and the scorer take it."""
    lines = [json.dumps(each, ensure_ascii=False) for each in corrections.labelled(visit.seat.business)]
    answer = HttpResponse("".join(f"{line}\n" for line in lines), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="answerback-corrections.jsonl"'
    return answer


def _run(visit: Visit, against: str, source: str, days: int) -> Replayed:
    if against == "reader":
        return replaying.against_reader(visit.seat.business, days)
    return replaying.against_playbook(visit.seat.business, load(source, "playbook.yaml"), days)


def _shown(found: Replayed) -> dict[str, object]:
    different = [
        Different(
            pair=pair,
            who=pair.who or words.number(pair.number),
            differs=tuple(str(DIFFERS[kind]) for kind in pair.differs),
            sides=((_("As it is"), pair.was), (_("As it would be"), pair.now)),
        )
        for pair in found.different[:SHOWN]
    ]
    return {
        "found": found,
        "different": different,
        "by_kind": [(DIFFERS[kind], many) for kind, many in found.by_kind],
    }


def _source(visit: Visit) -> str:
    row = models.PlaybookVersion.objects.filter(business_id=visit.seat.business).order_by("-number").first()
    return row.source if row else ""


def _monday(written: str, last: date) -> date:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return last
    return min(day - timedelta(days=day.weekday()), last + timedelta(days=7))
