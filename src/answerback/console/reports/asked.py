"""What a report is asked for: which days, which breakdown, which assumptions; read from the address, never trusted."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from answerback.console.guard import Visit
from answerback.store.queries.reports import Count, Dimension, Span

SPANS = {"7": "7 days", "28": "4 weeks", "91": "13 weeks", "365": "A year"}
USUAL = "28"
LONGEST = timedelta(days=3 * 366)

BREAKDOWNS: dict[Dimension, str] = {
    "line": "Source",
    "service": "Service",
    "reason": "Why it was missed",
    "language": "Language",
    "location": "Location",
    "member": "Member",
    "wait": "Time to first response",
    "lost": "Why it was lost",
    "wording": "First text",
    "week": "Week",
    "month": "Month",
}
"""The breakdowns a person may choose, with the word over their first column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One report: of this business, these days, broken down by this."""

    business: int
    since: date
    until: date
    days: str
    by: Dimension

    @property
    def span(self) -> Span:
        """All leads of the report."""
        return Span(businesses=(self.business,), since=self.since, until=self.until)

    @property
    def before(self) -> "Asked":
        """The same report of as many days right before."""
        apart = self.until - self.since + timedelta(days=1)
        return replace(self, since=self.since - apart, until=self.since - timedelta(days=1))

    def query(self, **more: Any) -> str:
        """The same report as the end of an address, with more said."""
        said = {"from": self.since.isoformat(), "to": self.until.isoformat(), "by": self.by}
        return urlencode(said | more)


def asked(visit: Visit) -> Asked:
    """The report this visit asks for; what makes no sense is taken as not said."""
    said = visit.request.GET
    today = visit.now.astimezone(visit.seat.zone).date()
    days = said.get("days", "")
    since, until = _date(said.get("from", "")), _date(said.get("to", ""))
    if days in SPANS or since is None or until is None or not since <= until <= since + LONGEST:
        days = days if days in SPANS else USUAL
        since, until = today - timedelta(days=int(days) - 1), today
    by = said.get("by", "")
    chosen: Dimension = by if by in BREAKDOWNS else "line"
    return Asked(business=visit.seat.business, since=since, until=until, days=days, by=chosen)


def part_of(visit: Visit, report: Asked) -> tuple[Span, Count]:
    """The leads a number's link asks for: one part of a breakdown or all, and which of them."""
    said = visit.request.GET
    count = said.get("count", "")
    by, part = said.get("in", ""), said.get("part", "")[:80]
    span = report.span
    if by in get_args(Dimension) and by != "business":
        span = Span(businesses=span.businesses, since=span.since, until=span.until, by=by, part=part)  # type: ignore[arg-type]
    return span, count if count in get_args(Count) else "leads"  # type: ignore[return-value]


def _date(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
