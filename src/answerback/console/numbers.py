"""The money line: what came of leads in some days, whenever they began; each number a link to the list behind it.

Yesterday's sold are the jobs sold yesterday. The reports count otherwise, by the day a lead began (docs/measures.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from answerback.console.guard import Visit
from answerback.engine.currency import amount
from answerback.store.queries import inbox

NAMES: dict[str, Promise] = {
    "captured": _("Captured"),
    "replied": _("Replied"),
    "qualified": pgettext_lazy("of several leads", "Qualified"),
    "booked": _("Booked"),
    "sold": _("Sold"),
}

LISTED: dict[str, Promise] = NAMES | {"failed": _("Failed texts")}
"""What the inbox lists the conversations of."""

SPANS: dict[str, Promise] = {
    "week": _("this week"),
    "yesterday": _("yesterday"),
    "day": _("last 24 hours"),
    "seven": _("last 7 days"),
}


HOURS = {"day": timedelta(days=1), "seven": timedelta(days=7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Some days, from `since` until before `until`, in the business's own clock."""

    key: str
    name: Promise
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number as it is shown. `share` is how many of the largest of them it is, in percent."""

    key: str
    name: Promise
    count: int
    note: str
    href: str
    share: int


def span(key: str, visit: Visit) -> Span:
    """This week (from Monday), yesterday, or so many hours until now."""
    if key in HOURS:
        soon = visit.now + timedelta(days=1)  # what came since the page was asked for belongs to it
        return Span(key=key, name=SPANS[key], since=visit.now - HOURS[key], until=soon)
    today = visit.now.astimezone(visit.seat.zone).date()
    if key == "yesterday":
        first, last = today - timedelta(days=1), today
    else:
        key, first = "week", today - timedelta(days=today.weekday())
        last = first + timedelta(days=7)
    midnight = [datetime.combine(day, time(), visit.seat.zone) for day in (first, last)]
    return Span(key=key, name=SPANS[key], since=midnight[0], until=midnight[1])


def of(spans: Sequence[Span], visit: Visit) -> list[tuple[Span, list[Number]]]:
    """The numbers of each of these spans of days."""
    found = inbox.numbers(visit.seat.business, *((days.since, days.until) for days in spans))
    return [(days, _shown(days, numbers, visit)) for days, numbers in zip(spans, found, strict=True)]


def beside(money: Sequence[tuple[Span, list[Number]]]) -> list[tuple[Promise, int, list[tuple[Span, Number]]]]:
    """Each number of all these spans beside one another: its name, its share of the last span, and one cell a span."""
    spans = [days for days, _ in money]
    rows = zip(*(shown for _, shown in money), strict=True)
    return [(row[-1].name, row[-1].share, list(zip(spans, row, strict=True))) for row in rows]


def _shown(days: Span, found: inbox.Numbers, visit: Visit) -> list[Number]:
    address, most = reverse("console:inbox"), max(found.leads.values())
    return [
        Number(
            key=key,
            name=name,
            count=found.leads[key],
            note=amount(found.cents, visit.seat.currency) if key == "sold" and found.cents else "",
            href=f"{address}?{urlencode({'number': key, 'span': days.key})}",
            share=round(100 * found.leads[key] / most) if most else 0,
        )
        for key, name in NAMES.items()
    ]
