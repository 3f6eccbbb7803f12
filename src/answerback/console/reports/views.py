"""The report page, and the list behind each of its numbers.

Reading a report changes nothing: leads are measured in the background (`workflow.measuring`), and the page says up to
when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from answerback.console.guard import Visit, seated_for
from answerback.console.moments import Moment, moment
from answerback.console.reports import charts, figures, listing
from answerback.console.reports.asked import BREAKDOWNS, SPANS, Asked, asked, begin_of, part_of, span_in_words
from answerback.console.reports.drawn import drawn
from answerback.console.reports.estimate import estimate
from answerback.console.reports.figures import Figures, Link
from answerback.console.reports.listing import COUNTS, Head, LeadLine
from answerback.console.reports.naming import Services, part_name, row_name, services
from answerback.engine.currency import amount
from answerback.store.queries import reports
from answerback.store.queries.reports import Count, Dimension, HiddenCall, Part, Totals

COLUMNS: tuple[tuple[Count, Promise], ...] = (
    ("leads", gettext_lazy("Leads")),
    ("replied", gettext_lazy("Replied")),
    ("qualified", pgettext_lazy("of several leads", "Qualified")),
    ("booked", gettext_lazy("Booked")),
    ("sold", gettext_lazy("Sold")),
)

ROWS = 20
"""Rows of the breakdown on one page."""

LABELS: tuple[tuple[Count, Promise], ...] = (
    ("qualified_by_label", pgettext_lazy("of several leads", "Qualified")),
    ("booked_by_label", gettext_lazy("Booked")),
    ("sold_by_label", gettext_lazy("Sold")),
    ("relabelled", gettext_lazy("Marked again")),
)
"""What a mark alone may make of a lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the breakdown: its name, its numbers with what they link to, and money."""

    name: str
    cells: tuple[tuple[int, str], ...]
    response: Link
    money: Link


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
    parts, begin = reports.breakdown(report.span, report.by), begin_of(visit)
    links = figures.Links(
        now=lambda count: _link(report, count),
        before=lambda count: _link(report.before, count),
        hidden=f"{reverse('console:reports:hidden')}?{report.query()}",
    )
    seen = Figures(now=now, before=before, hidden=len(_hidden(visit, report)), currency=report.currency)
    context = {
        "report": report,
        "spans": SPANS,
        "breakdowns": BREAKDOWNS,
        "query": report.query(),
        "behind": escape(f"{reverse('console:reports:leads')}?{report.query()}"),
        "cards": figures.cards(seen, links),
        "funnel": [(stage, _link(report, stage.count)) for stage in charts.funnel(now)],
        "rows": _rows(report, parts[begin : begin + ROWS]),
        "earlier": report.query(begin=max(0, begin - ROWS)) if begin else "",
        "later": report.query(begin=begin + ROWS) if begin + ROWS < len(parts) else "",
        "columns": COLUMNS,
        "labels": _labels(report),
        "label_columns": LABELS,
        "relabelled": (now.relabelled, _link(report, "relabelled")),
        "totals": now,
        "estimate": (guess := estimate(now, visit.request.GET)),
        "estimated": amount(guess.cents // 100 * 100, report.currency),
        "silent": _link(report, "silent"),
        "up_to": _up_to(visit),
        "reporting": True,
        "may_export": visit.may("export"),
    }
    return visit.page("console/reports/report.html", context | drawn(report, _link))


@require_safe
@seated_for("reports")
def leads(visit: Visit) -> HttpResponse:
    """The leads behind one number of a report."""
    report = asked(visit)
    span, count = part_of(visit, report)
    part = part_name(span.by, span.part, services(report.business))
    head = Head(
        title=f"{COUNTS[count]}: {part}" if part else str(COUNTS[count]),
        note=span_in_words(report),
        back=f"{reverse('console:reports:show')}?{report.query()}",
        query=report.said | {"in": span.by or "", "part": span.part, "count": count},
    )
    return listing.page(visit, span, count, head)


@require_safe
@seated_for("reports")
def hidden(visit: Visit) -> HttpResponse:
    """The missed calls of people who hide their number: no lead can be kept of them."""
    report = asked(visit)
    lines = [
        LeadLine(
            conversation=call.conversation,
            who=_("Withheld number"),
            at=moment(call.at, visit.now, visit.seat.zone),
            chips=(),
            money="",
        )
        for call in _hidden(visit, report)
    ]
    head = Head(
        title=_("Callers who hid their number"),
        note=span_in_words(report),
        back=f"{reverse('console:reports:show')}?{report.query()}",
        query={},
    )
    said = ngettext("%s call", "%s calls", len(lines)) % len(lines)
    return visit.page("console/reports/leads.html", {"head": head, "lines": lines, "sum": said, "reporting": True})


def _link(report: Asked, count: Count, by: Dimension | None = None, part: str = "") -> str:
    more = {"count": count} | ({"in": by, "part": part} if by else {})
    return f"{reverse('console:reports:leads')}?{report.query(**more)}"


def _rows(report: Asked, parts: Sequence[Part]) -> list[Row]:
    named = services(report.business)
    return [_row(report, part, named) for part in parts]


def _row(report: Asked, part: Part, named: Services) -> Row:
    now = part.totals
    return Row(
        name=row_name(report.by, part, named),
        cells=tuple((_number(now, count), _link(report, count, report.by, part.key)) for count, _name in COLUMNS),
        response=Link(words=figures.length(now.median_seconds), href=_link(report, "responded", report.by, part.key)),
        money=Link(
            words=amount(now.recovered, report.currency) if now.recovered else "–",
            href=_link(report, "recovered", report.by, part.key),
        ),
    )


def _labels(report: Asked) -> list[Labels]:
    return [
        Labels(
            name=part.name,
            cells=tuple(
                (_number(part.totals, count), _link(report, count, "label", part.key)) for count, _name in LABELS
            ),
        )
        for part in reports.breakdown(report.span, "label", waits=False)
    ]


def _number(totals: Totals, count: Count) -> int:
    return int(getattr(totals, count))


def _hidden(visit: Visit, report: Asked) -> list[HiddenCall]:
    start = datetime.combine(report.since, time(), visit.seat.zone)
    end = datetime.combine(report.until + timedelta(days=1), time(), visit.seat.zone)
    return reports.hidden(report.business, start, end)


def _up_to(visit: Visit) -> Moment | None:
    at = reports.up_to((visit.seat.business,))
    return moment(at, visit.now, visit.seat.zone) if at else None
