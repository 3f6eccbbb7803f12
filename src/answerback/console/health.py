"""How each line is doing, in red, amber and green with what to do; and what to dial so that missed calls come to it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.console.retold import retold
from answerback.engine import forwarding
from answerback.engine.forwarding import Step
from answerback.ports import registry
from answerback.store import ids, models
from answerback.workflow import line_behind

ORDER = {"red": 0, "amber": 1, "green": 2}
WORDS = {"red": gettext_lazy("Needs you"), "amber": gettext_lazy("Look at it"), "green": gettext_lazy("Well")}
NAMES = {
    "calls": gettext_lazy("Calls reach us"),
    "forwarding": gettext_lazy("Forwarding, tried out"),
    "voicemail": gettext_lazy("Carrier's voicemail"),
    "connection": gettext_lazy("Connection"),
    "texting": gettext_lazy("Texting"),
    "filtering": gettext_lazy("Filtering"),
    "receipts": gettext_lazy("Receipts"),
    "provider": gettext_lazy("Provider"),
    "number": gettext_lazy("Number"),
}
USUAL_RING = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    name: str
    level: str
    word: str
    says: str
    fix: str
    since: Moment
    behind: str
    """The list of what the sentence counts; empty where it counts nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCard:
    """One line as the page shows it."""

    id: int
    number: str
    shown: str
    source: str
    provider: str
    texts_by: str
    level: str
    word: str
    findings: tuple[Finding, ...]


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """All lines of the business, the worst first, and the codes for forwarding."""
    lines = _lines(visit)
    chosen = forwarding.carrier(visit.request.GET.get("carrier", ""))
    to = visit.request.GET.get("to", "")
    to = to if to in {line.number for line in lines} else (lines[0].number if lines else "")
    steps: tuple[Step, ...] = forwarding.steps(chosen, to, _ring(visit)) if to else ()
    context = {"lines": lines, "carriers": forwarding.CARRIERS, "chosen": chosen, "to": to, "steps": steps}
    return visit.page(
        "console/health.html",
        {**context, "may_add": visit.may("settings"), "ring": _ring(visit), "looking_at_health": True},
    )


def _ring(visit: Visit) -> int:
    asked = ids.whole(visit.request.GET.get("ring"), 0, 99)
    return forwarding.round_ring(USUAL_RING if asked is None else asked)


def _lines(visit: Visit) -> tuple[LineCard, ...]:
    rows = models.Line.objects.filter(business=visit.seat.business).select_related("connection", "texts_by")
    found: dict[int, list[models.LineFinding]] = {}
    for finding in models.LineFinding.objects.filter(business=visit.seat.business):
        found.setdefault(finding.line_id, []).append(finding)
    cards = [_card(visit, row, found.get(row.id, [])) for row in rows.order_by("id")]
    return tuple(sorted(cards, key=lambda card: ORDER[card.level]))


def _card(visit: Visit, row: models.Line, found: list[models.LineFinding]) -> LineCard:
    findings = [
        Finding(
            name=str(NAMES.get(each.name, each.name)),
            level=each.level,
            word=str(WORDS[each.level]),
            says=each.says,
            fix=each.fix if each.level != "green" else "",
            since=moment(each.since, visit.now, visit.seat.zone),
            behind=reverse("console:finding_behind", args=[each.id]) if line_behind.counts(each) else "",
        )
        for each in sorted(found, key=lambda each: (ORDER[each.level], each.id))
    ]
    level = min((each.level for each in findings), key=ORDER.__getitem__, default="amber")
    return LineCard(
        id=row.id,
        number=row.number,
        shown=words.number(row.number),
        source=row.source,
        provider=_provider(row.connection),
        texts_by=words.number(row.texts_by.number) if row.texts_by else "",
        level=level,
        word=str(WORDS[level]) if findings else _("Not looked at yet"),
        findings=tuple(findings),
    )


def _provider(row: models.Connection) -> str:
    """What its people call it; else what it is, in words."""
    kind = registry.phone_if_installed(row.provider)
    title = kind.title if kind else row.provider
    return retold(title) if not row.name or title.startswith(row.name) else row.name
