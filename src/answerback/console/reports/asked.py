"""What a report is asked for: which days, which breakdown, which assumptions; read from the address, never trusted."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, get_args
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.console.guard import Visit
from answerback.console.moments import dated
from answerback.store import ids
from answerback.store.queries.reports import Count, Dimension, Span
from answerback.workflow import reach

SPANS = {
    "7": gettext_lazy("7 days"),
    "28": gettext_lazy("4 weeks"),
    "91": gettext_lazy("13 weeks"),
    "365": gettext_lazy("A year"),
}
USUAL = "28"
LONGEST = timedelta(days=3 * 366)

BREAKDOWNS: dict[Dimension, Promise] = {
    "line": gettext_lazy("Source"),
    "service": gettext_lazy("Service"),
    "reason": gettext_lazy("Why it was missed"),
    "language": gettext_lazy("Language"),
    "location": gettext_lazy("Location"),
    "member": gettext_lazy("Member"),
    "wait": gettext_lazy("Time to first response"),
    "lost": gettext_lazy("Why it was lost"),
    "wording": gettext_lazy("First text"),
    "week": gettext_lazy("Week"),
    "month": gettext_lazy("Month"),
}
"""The breakdowns a person may choose, with the word over their first column."""

USUAL_BREAKDOWN: Dimension = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One report: of this business, these days, broken down by this, its money in this currency."""

    business: int
    currency: str
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

    @property
    def said(self) -> dict[str, str]:
        """What an address says to ask for it."""
        days = {"from": self.since.isoformat(), "to": self.until.isoformat()}
        return days if self.by == USUAL_BREAKDOWN else days | {"by": self.by}

    def query(self, **more: Any) -> str:
        """The same report as the end of an address, with more said; `in` says `by` too where they are the same."""
        said = self.said | more
        if said.get("by") == more.get("in"):
            said.pop("by", None)
        return urlencode(said)


def asked(visit: Visit) -> Asked:
    """The report this visit asks for; what makes no sense is taken as not said."""
    said = visit.request.GET
    today = visit.now.astimezone(visit.seat.zone).date()
    days = said.get("days", "")
    since, until = _date(said.get("from", "")), _date(said.get("to", ""))
    if days in SPANS or since is None or until is None or not since <= until <= since + LONGEST:
        days = days if days in SPANS else USUAL
        since, until = today - timedelta(days=int(days) - 1), today
    by = said.get("by") or said.get("in", "")
    chosen: Dimension = by if by in BREAKDOWNS else USUAL_BREAKDOWN
    return Asked(
        business=visit.seat.business, currency=visit.seat.currency, since=since, until=until, days=days, by=chosen
    )


def span_in_words(report: Asked) -> str:
    """Which days a report is about."""
    return _("%(since)s to %(until)s") % {
        "since": dated(report.since),
        "until": dated(report.until),
    }


def part_of(visit: Visit, report: Asked) -> tuple[Span, Count]:
    """The leads a number's link asks for: one part of a breakdown or all, and which of them."""
    said = visit.request.GET
    by, part = said.get("in", ""), said.get("part", "")[:80]
    span = report.span
    if by in get_args(Dimension) and by != "business":
        span = Span(businesses=span.businesses, since=span.since, until=span.until, by=by, part=part)  # type: ignore[arg-type]
    return span, count_of(visit)


def begin_of(visit: Visit) -> int:
    """After how many rows of a table this page of it begins."""
    return ids.whole(visit.request.GET.get("begin"), 0, 99_999) or 0


def count_of(visit: Visit) -> Count:
    """Which leads a number's link asks for; of an hour, where it does not say, the missed calls: a page has 336 such
    links, and would be 5 kB heavier.
    """
    said = visit.request.GET
    count, usual = said.get("count", ""), "calls" if said.get("in") == "hour" else "leads"
    return count if count in get_args(Count) else usual  # type: ignore[return-value]


def _date(written: str) -> date | None:
    try:
        return reach.day(written)
    except ValueError:
        return None
