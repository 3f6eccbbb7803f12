"""The report page, the list behind each of its numbers, and its table as CSV.

Reading a report changes nothing: leads are measured in the background (`workflow.measuring`), and the page says up to
when.
"""

import csv
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from answerback.console import lists, words
from answerback.console.guard import Visit, seated, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.reports import charts, figures
from answerback.console.reports.asked import BREAKDOWNS, SPANS, Asked, asked, part_of
from answerback.console.reports.estimate import estimate
from answerback.console.reports.figures import Link
from answerback.console.words import Chip
from answerback.engine.measures import EXCLUDED, LOST_REASONS
from answerback.store.queries import reports
from answerback.store.queries.reports import Behind, Count, Dimension, HiddenCall, Part, Sum, Totals
from answerback.store.queries.rollup import SUMS

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
@seated
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
        "rows": _rows(visit, report),
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
    return visit.page("console/reports/report.html", context | _charts(report))


@require_safe
@seated
def leads(visit: Visit) -> HttpResponse:
    """The leads behind one number of a report."""
    report = asked(visit)
    span, count = part_of(visit, report)
    found = reports.behind(span, count, after=_after(visit), limit=PAGE + 1)
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    more = {"in": span.by or "", "part": span.part, "count": count}
    context = {
        "title": COUNTS[count],
        "part": _part_name(visit, span.by, span.part),
        "report": report,
        "query": report.query(),
        "sum": _sum(reports.sum_behind(span, count)),
        "lines": [_line(row, visit) for row in shown],
        "older": report.query(**more, at=last.began_at.isoformat(), id=last.conversation) if last else "",
        "reporting": True,
    }
    return visit.page("console/reports/leads.html", context)


@require_safe
@seated
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


@require_safe
@seated_for("export")
def table(visit: Visit) -> HttpResponse:
    """The breakdown as CSV, with every number a report shows, so that rates can be recomputed."""
    report = asked(visit)
    out = StringIO()
    write = csv.writer(out)
    write.writerow([BREAKDOWNS[report.by], *_FIELDS])
    for part in reports.breakdown(report.span, report.by):
        write.writerow([neutral(_name(visit, report.by, part)), *(getattr(part.totals, field) for field in _FIELDS)])
    answer = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"answerback-{report.by}-{report.since}-{report.until}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


_FIELDS = (*SUMS, "median_seconds", "p90_seconds")


def neutral(cell: str) -> str:
    """A cell no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _link(report: Asked, count: Count, by: Dimension | None = None, part: str = "") -> str:
    more = {"count": count} | ({"in": by, "part": part} if by else {})
    return f"{reverse('console:reports:leads')}?{report.query(**more)}"


def _charts(report: Asked) -> dict[str, Any]:
    """What the charts are drawn from."""
    by_time = charts.step(report.since, report.until)
    over_time = reports.breakdown(report.span, by_time, waits=False)
    left_out = reports.breakdown(report.span, "left_out", waits=False)
    return {
        "bars": charts.over_time(over_time, report.since, report.until, by_time),
        "time_by": by_time,
        "heat": charts.heat(reports.breakdown(report.span, "hour", waits=False)),
        "waits": charts.waits(reports.breakdown(report.span, "wait", waits=False)),
        "left_out": [
            (EXCLUDED.get(part.key, part.key), part.totals.leads, _link(report, "leads", "left_out", part.key))  # type: ignore[call-overload]
            for part in left_out
        ],
    }


def _rows(visit: Visit, report: Asked) -> list[Row]:
    return [_row(visit, report, part) for part in reports.breakdown(report.span, report.by)]


def _row(visit: Visit, report: Asked, part: Part) -> Row:
    now = part.totals
    return Row(
        name=_name(visit, report.by, part),
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


def _name(visit: Visit, by: Dimension, part: Part) -> str:
    if by in {"service", "reason", "language", "wait", "lost"}:
        return _part_name(visit, by, part.key)
    return part.name or {"member": "Nobody, the machine alone"}.get(by, "No location")


def _part_name(visit: Visit, by: Dimension | None, key: str) -> str:
    match by:
        case None:
            return ""
        case "service":
            return lists.service_names(visit).get(key, words.tidy(key)) or "Not known yet"
        case "reason":
            return words.MISSED.get(key, "They texted first" if not key else words.tidy(key))
        case "language":
            return {"en": "English", "es": "Spanish"}.get(key, key or "Not known")
        case "wait":
            return charts.wait_name(key)
        case "lost":
            return LOST_REASONS.get(key, "No reason given")
        case "left_out":
            return {str(why): said for why, said in EXCLUDED.items()}.get(key, "")
        case "hour":
            return f"{charts.DAYS[int(key) // 24]}, {int(key) % 24}:00" if key.isdigit() and int(key) < 168 else ""
        case _:
            return key if by in {"day", "week", "month"} else ""


def _line(row: Behind, visit: Visit) -> LeadLine:
    status = words.STATUSES.get(row.status)
    service = _part_name(visit, "service", row.service) if row.service else ""
    chips = [status, Chip(words=service, icon="wrench") if service else None]
    if row.response_seconds is not None:
        chips.append(Chip(words=f"answered in {figures.length(row.response_seconds)}", icon="clock"))
    if row.calls > 1:
        chips.append(Chip(words=f"{row.calls} calls", icon="phone-missed"))
    if row.lost_reason:
        chips.append(Chip(words=_part_name(visit, "lost", row.lost_reason)))
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
