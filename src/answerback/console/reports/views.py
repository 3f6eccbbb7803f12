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
from answerback.console.guard import Visit, seated
from answerback.console.moments import Moment, moment
from answerback.console.reports import charts, figures
from answerback.console.reports.asked import BREAKDOWNS, SPANS, Asked, asked, part_of
from answerback.console.reports.estimate import estimate
from answerback.console.words import Chip
from answerback.store.queries import reports
from answerback.store.queries.reports import Behind, Count, Dimension, Part, Totals

PAGE = 100

COLUMNS: tuple[tuple[Count, str], ...] = (
    ("leads", "Leads"),
    ("replied", "Replied"),
    ("qualified", "Qualified"),
    ("booked", "Booked"),
    ("sold", "Sold"),
)

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
    response: str
    money: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """One lead behind a number."""

    conversation: int
    who: str
    at: Moment
    chips: tuple[Chip, ...]
    money: str


@require_safe
@seated
def show(visit: Visit) -> HttpResponse:
    """The report."""
    report = asked(visit)
    now, before = reports.totals(report.span), reports.totals(report.before)
    by_time = charts.step(report.since, report.until)
    counts = reports.responses(report.span, [seconds for seconds, _ in charts.WAITS])
    context = {
        "report": report,
        "spans": SPANS,
        "breakdowns": BREAKDOWNS,
        "query": report.query(),
        "cards": figures.cards(now, before, _hidden(visit, report), lambda count: _link(report, count)),
        "bars": charts.over_time(reports.breakdown(report.span, by_time), report.since, report.until, by_time),
        "time_by": by_time,
        "heat": charts.heat(reports.breakdown(report.span, "hour")),
        "waits": charts.waits(counts),
        "rows": _rows(visit, report),
        "columns": COLUMNS,
        "left_out": reports.left_out(report.span),
        "totals": now,
        "estimate": (guess := estimate(now, visit.request.GET)),
        "estimated": words.money(guess.cents // 100 * 100),
        "up_to": _up_to(visit),
        "reporting": True,
    }
    return visit.page("console/reports/report.html", context)


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
        "lines": [_line(row, visit) for row in shown],
        "older": report.query(**more, at=last.began_at.isoformat(), id=last.conversation) if last else "",
        "reporting": True,
    }
    return visit.page("console/reports/leads.html", context)


@require_safe
@seated
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


_FIELDS = (
    "leads", "called", "calls", "texted", "replied", "qualified", "qualified_by_label", "booked", "booked_by_label",
    "stands", "attended", "callbacks_owed", "callbacks_made", "sold", "responded", "median_seconds", "p90_seconds",
    "recovered", "not_ours", "taken_back",
)  # fmt: skip


def neutral(cell: str) -> str:
    """A cell no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _link(report: Asked, count: Count, by: Dimension | None = None, part: str = "") -> str:
    more = {"count": count} | ({"in": by, "part": part} if by else {})
    return f"{reverse('console:reports:leads')}?{report.query(**more)}"


def _rows(visit: Visit, report: Asked) -> list[Row]:
    return [
        Row(
            name=_name(visit, report.by, part),
            cells=tuple(
                (_number(part.totals, count), _link(report, count, report.by, part.key)) for count, _ in COLUMNS
            ),
            response=figures.length(part.totals.median_seconds),
            money=words.money(part.totals.recovered) if part.totals.recovered else "–",
        )
        for part in reports.breakdown(report.span, report.by)
    ]


def _number(totals: Totals, count: Count) -> int:
    return int(getattr(totals, count))


def _name(visit: Visit, by: Dimension, part: Part) -> str:
    return _part_name(visit, by, part.key) if by in {"service", "reason", "language"} else part.name or "No location"


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
    return LeadLine(
        conversation=row.conversation,
        who=row.name or words.number(row.number),
        at=moment(row.began_at, visit.now, visit.seat.zone),
        chips=tuple(chip for chip in chips if chip is not None),
        money=words.money(row.recovered) if row.recovered else "",
    )


def _hidden(visit: Visit, report: Asked) -> int:
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
