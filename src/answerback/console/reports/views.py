"""The report page, and the list behind each of its numbers.

Reading a report changes nothing: leads are measured in the background (`workflow.measuring`), and the page says up to
when.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from answerback.console import words
from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.reports import figures
from answerback.console.reports.asked import BREAKDOWNS, SPANS, Asked, asked, part_of
from answerback.console.reports.drawn import drawn
from answerback.console.reports.estimate import estimate
from answerback.console.reports.figures import Link
from answerback.console.reports.naming import Services, part_name, row_name, services
from answerback.console.words import Chip
from answerback.store.queries import reports
from answerback.store.queries.reports import Behind, Count, Dimension, HiddenCall, Part, Sum, Totals

PAGE = 100

COLUMNS: tuple[tuple[Count, str], ...] = (
    ("leads", "Leads"),
    ("replied", "Replied"),
    ("qualified", "Qualified"),
    ("booked", "Booked"),
    ("sold", "Sold"),
)

LABELS: tuple[tuple[Count, str], ...] = (
    ("qualified_by_label", "Qualified"),
    ("booked_by_label", "Booked"),
    ("sold_by_label", "Sold"),
    ("relabelled", "Marked again"),
)
"""What a mark alone may make of a lead."""

COUNTS: dict[Count, str] = {
    "leads": "Leads",
    "called": "Callers that were missed",
    "texted": "First text delivered",
    "replied": "Replied",
    "qualified": "Qualified",
    "qualified_by_label": "Qualified only by somebody's mark",
    "booked": "Booked",
    "booked_by_label": "Booked only by somebody's mark",
    "stands": "Appointment stands",
    "attended": "Appointment took place",
    "callbacks": "Were promised a call",
    "kept": "Were reached by phone",
    "sold": "Sold",
    "sold_by_label": "Sold without an amount",
    "relabelled": "Marked more than once",
    "lost": "Lost",
    "silent": "Neither replied nor booked nor bought",
    "responded": "Got a response",
    "unanswered": "Got no response",
    "recovered": "Brought money",
    "not_ours": "Brought money without us",
    "taken_back": "Money taken back",
}
"""What stands over the list behind a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the breakdown: its name, its numbers with what they link to, and money."""

    name: str
    cells: tuple[tuple[int, str], ...]
    response: Link
    money: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """One lead behind a number."""

    conversation: int
    who: str
    at: Moment
    chips: tuple[Chip, ...]
    money: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """How many leads a member's mark alone makes qualified, booked or sold, with what each number links to."""

    name: str
    cells: tuple[tuple[int, str], ...]


@require_safe
@seated_for("reports")
def show(visit: Visit) -> HttpResponse:
    """The report."""
    report = asked(visit)
    now, before = reports.totals(report.span), reports.totals(report.before.span)
    links = figures.Links(
        now=lambda count: _link(report, count),
        before=lambda count: _link(report.before, count),
        hidden=f"{reverse('console:reports:hidden')}?{report.query()}",
    )
    context = {
        "report": report,
        "spans": SPANS,
        "breakdowns": BREAKDOWNS,
        "query": report.query(),
        "cards": figures.cards(now, before, len(_hidden(visit, report)), links),
        "rows": _rows(report),
        "columns": COLUMNS,
        "labels": _labels(report),
        "label_columns": LABELS,
        "relabelled": (now.relabelled, _link(report, "relabelled")),
        "totals": now,
        "estimate": (guess := estimate(now, visit.request.GET)),
        "estimated": words.money(guess.cents // 100 * 100),
        "silent": _link(report, "silent"),
        "up_to": _up_to(visit),
        "reporting": True,
    }
    return visit.page("console/reports/report.html", context | drawn(report, _link))


@require_safe
@seated_for("reports")
def leads(visit: Visit) -> HttpResponse:
    """The leads behind one number of a report."""
    report = asked(visit)
    span, count = part_of(visit, report)
    found = reports.behind(span, count, after=_after(visit), limit=PAGE + 1)
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    more = {"in": span.by or "", "part": span.part, "count": count}
    named = services(report.business)
    context = {
        "title": COUNTS[count],
        "part": part_name(span.by, span.part, named),
        "report": report,
        "query": report.query(),
        "sum": _sum(reports.sum_behind(span, count)),
        "lines": [_line(row, visit, named) for row in shown],
        "older": report.query(**more, at=last.began_at.isoformat(), id=last.conversation) if last else "",
        "reporting": True,
    }
    return visit.page("console/reports/leads.html", context)


@require_safe
@seated_for("reports")
def hidden(visit: Visit) -> HttpResponse:
    """The missed calls of people who hide their number: no lead can be kept of them."""
    report = asked(visit)
    lines = [
        LeadLine(
            conversation=call.conversation,
            who="Withheld number",
            at=moment(call.at, visit.now, visit.seat.zone),
            chips=(),
            money="",
        )
        for call in _hidden(visit, report)
    ]
    context = {"title": "Callers who hid their number", "report": report, "query": report.query(), "lines": lines}
    return visit.page("console/reports/leads.html", context | {"sum": f"{len(lines)} calls", "reporting": True})


def _link(report: Asked, count: Count, by: Dimension | None = None, part: str = "") -> str:
    more = {"count": count} | ({"in": by, "part": part} if by else {})
    return f"{reverse('console:reports:leads')}?{report.query(**more)}"


def _rows(report: Asked) -> list[Row]:
    named = services(report.business)
    return [_row(report, part, named) for part in reports.breakdown(report.span, report.by)]


def _row(report: Asked, part: Part, named: Services) -> Row:
    now = part.totals
    return Row(
        name=row_name(report.by, part, named),
        cells=tuple((_number(now, count), _link(report, count, report.by, part.key)) for count, _ in COLUMNS),
        response=Link(words=figures.length(now.median_seconds), href=_link(report, "responded", report.by, part.key)),
        money=Link(
            words=words.money(now.recovered) if now.recovered else "–",
            href=_link(report, "recovered", report.by, part.key),
        ),
    )


def _labels(report: Asked) -> list[Labels]:
    return [
        Labels(
            name=part.name,
            cells=tuple((_number(part.totals, count), _link(report, count, "label", part.key)) for count, _ in LABELS),
        )
        for part in reports.breakdown(report.span, "label", waits=False)
    ]


def _sum(found: Sum) -> str:
    """What a list comes to, so that it can be held against the number it was opened from."""
    said = [f"{found.leads} leads", f"{found.calls} missed calls", f"{found.callbacks_made} calls back"]
    amounts = ((found.recovered, "recovered"), (found.not_ours, "without us"), (found.taken_back, "taken back"))
    said += [f"{words.money(cents)} {what}" for cents, what in amounts if cents]
    return ", ".join(said)


def _number(totals: Totals, count: Count) -> int:
    return int(getattr(totals, count))


def _line(row: Behind, visit: Visit, named: Services) -> LeadLine:
    status = words.STATUSES.get(row.status)
    service = part_name("service", row.service, named) if row.service else ""
    chips = [status, Chip(words=service, icon="wrench") if service else None]
    if row.response_seconds is not None:
        chips.append(Chip(words=f"answered in {figures.length(row.response_seconds)}", icon="clock"))
    if row.calls > 1:
        chips.append(Chip(words=f"{row.calls} calls", icon="phone-missed"))
    if row.lost_reason:
        chips.append(Chip(words=part_name("lost", row.lost_reason, named)))
    if row.relabelled:
        chips.append(Chip(words="marked more than once", tone="warn"))
    return LeadLine(
        conversation=row.conversation,
        who=row.name or words.number(row.number),
        at=moment(row.began_at, visit.now, visit.seat.zone),
        chips=tuple(chip for chip in chips if chip is not None),
        money=words.money(row.recovered) if row.recovered else "",
    )


def _hidden(visit: Visit, report: Asked) -> list[HiddenCall]:
    start = datetime.combine(report.since, time(), visit.seat.zone)
    end = datetime.combine(report.until + timedelta(days=1), time(), visit.seat.zone)
    return reports.hidden(report.business, start, end)


def _up_to(visit: Visit) -> Moment | None:
    at = reports.up_to((visit.seat.business,))
    return moment(at, visit.now, visit.seat.zone) if at else None


def _after(visit: Visit) -> tuple[datetime, int] | None:
    said: dict[str, Any] = visit.request.GET
    try:
        at, id = datetime.fromisoformat(said.get("at", "")), int(said.get("id", ""))
    except ValueError:
        return None
    return (at, id) if at.tzinfo else None
