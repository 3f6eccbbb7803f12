"""The list of leads behind a number: each lead, and what the whole list comes to, to hold against the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from answerback.console import words
from answerback.console.guard import Visit
from answerback.console.moments import Moment, moment
from answerback.console.reports import figures
from answerback.console.reports.naming import Services, part_name, services
from answerback.console.words import Chip
from answerback.engine.currency import amount
from answerback.store import ids
from answerback.store.queries import reports
from answerback.store.queries.reports import Behind, Count, Sum, Which
from answerback.workflow import reach, transaction

PAGE = 60

COUNTS: dict[Count, Promise] = {
    "leads": gettext_lazy("Leads"),
    "called": gettext_lazy("Callers that were missed"),
    "calls": gettext_lazy("Missed calls"),
    "texted": gettext_lazy("First text delivered"),
    "replied": gettext_lazy("Replied"),
    "qualified": pgettext_lazy("of several leads", "Qualified"),
    "replied_qualified": gettext_lazy("Replied, and qualified"),
    "qualified_by_label": gettext_lazy("Qualified only by somebody's mark"),
    "booked": gettext_lazy("Booked"),
    "booked_by_label": gettext_lazy("Booked only by somebody's mark"),
    "stands": gettext_lazy("Appointment stands"),
    "attended": gettext_lazy("Appointment took place"),
    "callbacks": gettext_lazy("Were promised a call"),
    "kept": gettext_lazy("Were reached by phone"),
    "sold": gettext_lazy("Sold"),
    "sold_by_label": gettext_lazy("Sold without an amount"),
    "relabelled": gettext_lazy("Marked more than once"),
    "lost": pgettext_lazy("of several leads", "Lost"),
    "silent": gettext_lazy("Neither replied nor booked nor bought"),
    "responded": gettext_lazy("Got a response"),
    "unanswered": gettext_lazy("Got no response"),
    "recovered": gettext_lazy("Brought money"),
    "not_ours": gettext_lazy("Brought money without us"),
    "taken_back": gettext_lazy("Money taken back"),
}
"""What stands over the list behind a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """One lead behind a number."""

    conversation: int
    who: str
    at: Moment
    chips: tuple[Chip, ...]
    money: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands over a list, and where it was opened from. `query` is what says which list, for its older pages."""

    title: str
    note: str
    back: str
    query: dict[str, Any]
    names_business: bool = False


def page(visit: Visit, which: Which, count: Count, head: Head) -> HttpResponse:
    """The leads behind a number, the newest first."""
    found = reports.behind(which, count, after=_after(visit), limit=PAGE + 1)
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    named = {business: services(business) for business in {row.business for row in shown}}
    lines = [_line(row, visit, named[row.business], head) for row in shown]
    context = {
        "head": head,
        "sum": in_words(reports.sum_behind(which, count)),
        "lines": _calls(shown, visit, head) if count == "calls" else lines,
        "older": urlencode(head.query | {"at": last.began_at.isoformat(), "id": last.lead}) if last else "",
        "reporting": True,
    }
    return visit.page("console/reports/leads.html", context)


def in_words(sums: Sequence[Sum]) -> str:
    """What a list comes to, so that it can be held against the number it was opened from. Currencies stand apart."""
    leads, calls = sum(each.leads for each in sums), sum(each.calls for each in sums)
    backs = sum(each.callbacks_made for each in sums)
    said = [
        ngettext("%s lead", "%s leads", leads) % leads,
        ngettext("%s missed call", "%s missed calls", calls) % calls,
        ngettext("%s call back", "%s calls back", backs) % backs,
    ]
    for each in sums:
        amounts = (
            (each.recovered, _("%s recovered")),
            (each.not_ours, _("%s without us")),
            (each.taken_back, _("%s taken back")),
        )
        said += [how % amount(cents, each.currency) for cents, how in amounts if cents]
    return ", ".join(said)


def _line(row: Behind, visit: Visit, named: Services, head: Head) -> LeadLine:
    service = part_name("service", row.service, named) if row.service else ""
    chips = [
        Chip(words=row.business_name, icon="store") if head.names_business else None,
        words.STATUSES.get(row.status),
        Chip(words=service, icon="wrench") if service else None,
    ]
    if row.response_seconds is not None:
        chips.append(Chip(words=capfirst(_("answered in %s") % figures.length(row.response_seconds)), icon="clock"))
    if row.calls > 1:
        chips.append(Chip(words=_("%s calls") % row.calls, icon="phone-missed"))
    if row.lost_reason:
        chips.append(Chip(words=part_name("lost", row.lost_reason, named)))
    if row.relabelled:
        chips.append(Chip(words=_("marked more than once"), tone="warn"))
    return LeadLine(
        conversation=row.conversation,
        who=words.who(row.name, row.number),
        at=moment(row.began_at, visit.now, visit.seat.zone),
        chips=tuple(chip for chip in chips if chip is not None),
        money=amount(row.recovered, row.currency) if row.recovered else "",
    )


def _calls(rows: Sequence[Behind], visit: Visit, head: Head) -> list[LeadLine]:
    """The missed calls of these leads, one a line, those of one lead together and the newest first."""
    calls = transaction.run(lambda cursor: reports.calls_of(cursor, [row.lead for row in rows]))
    return [
        LeadLine(
            conversation=row.conversation,
            who=words.who(row.name, row.number),
            at=moment(at, visit.now, visit.seat.zone),
            chips=(Chip(words=row.business_name, icon="store"),) if head.names_business else (),
            money="",
        )
        for row in rows
        for at in sorted(calls.get(row.lead, ()), reverse=True)
    ]


def _after(visit: Visit) -> tuple[datetime, int] | None:
    said: dict[str, Any] = visit.request.GET
    try:
        at = reach.moment(said.get("at", ""))
    except ValueError:
        return None
    id = ids.read(said.get("id"))
    return (at, id) if at.tzinfo and id is not None else None
