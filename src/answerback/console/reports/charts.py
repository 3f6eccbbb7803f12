"""Charts as numbers a template draws as SVG: bars over time, the week's heat, how long people waited.

Positions are in the units of the drawing's own box. Nothing here is coloured: the stylesheet does that, so that
charts read well in dark and on paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from answerback.console.moments import month, month_and_day
from answerback.engine.measures import WAITS
from answerback.store import ids
from answerback.store.queries.reports import Count, Dimension, Part, Totals
from answerback.workflow import week

HEIGHT = 120
LEFT = 26
"""Where the hours of a day begin in the heat map, right of its name."""

WIDTH = 640


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar and the part of it that counts: captured, and of those booked."""

    x: float
    width: float
    y: float
    height: float
    inner_y: float
    inner_height: float
    title: str
    name: str
    label: str
    key: str
    leads: int
    booked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One hour of the week: how many calls were missed in it, and how dark it is drawn (0 to 9)."""

    left: int
    heat: int
    title: str
    key: int
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatDay:
    """One day of the week, a row of the heat map with its 24 hours."""

    top: int
    short: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How many leads waited this long; `wide` is its bar in percent of the widest."""

    key: str
    name: str
    leads: int
    wide: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How many leads came this far; `wide` is its bar in percent of the widest, `share` how many of the callers."""

    count: Count
    name: str
    leads: int
    wide: float
    share: str


def step(since: date, until: date) -> Dimension:
    """Days for a month, weeks for half a year, months for longer."""
    apart = (until - since).days
    return "day" if apart <= 45 else "week" if apart <= 200 else "month"


def over_time(parts: Sequence[Part], since: date, until: date, by: Dimension) -> list[Bar]:
    """Leads and bookings over time; a time without any is drawn as such."""
    found = {date.fromisoformat(part.key): part for part in parts}
    starts = list(_starts(since, until, by))
    most = max((part.totals.leads for part in parts), default=0) or 1
    wide = WIDTH / max(len(starts), 1)
    bars = []
    for at, start in enumerate(starts):
        part = found.get(start)
        leads, booked = (part.totals.leads, part.totals.booked) if part else (0, 0)
        tall, inner = HEIGHT * leads / most, HEIGHT * booked / most
        bars.append(
            Bar(
                x=round(at * wide, 2),
                width=round(wide * 0.8, 2),
                y=round(HEIGHT - tall, 2),
                height=round(tall, 2),
                inner_y=round(HEIGHT - inner, 2),
                inner_height=round(inner, 2),
                title=ngettext(
                    "%(when)s: %(leads)s lead, %(booked)s booked", "%(when)s: %(leads)s leads, %(booked)s booked", leads
                )
                % {"when": _named(start, by), "leads": leads, "booked": booked},
                name=_named(start, by),
                leads=leads,
                booked=booked,
                label=_named(start, by) if at % max(1, len(starts) // 6) == 0 else "",
                key=start.isoformat(),
            )
        )
    return bars


def heat(parts: Iterable[Part]) -> list[HeatDay]:
    """When calls are missed: every hour of the week, in the business's own clock."""
    calls = {int(part.key): part.totals.calls for part in parts}
    most = max(calls.values(), default=0) or 1
    cells = [
        Cell(
            left=LEFT + 11 * (hour % 24),
            heat=-(-9 * calls.get(hour, 0) // most),
            title=_("%(hour)s: %(calls)s missed") % {"hour": week.hour_name(hour), "calls": calls.get(hour, 0)},
            calls=calls.get(hour, 0),
            key=hour,
        )
        for hour in range(168)
    ]
    return [
        HeatDay(top=11 * day, short=week.short_day(day), cells=tuple(cells[24 * day : 24 * day + 24]))
        for day in range(7)
    ]


def heat_table(days: Sequence[HeatDay]) -> list[tuple[str, tuple[Cell, ...]]]:
    """The same as a table: each hour of the day in which a call was missed, with that hour of every day."""
    hours = [(week.clock_hour(hour), tuple(day.cells[hour] for day in days)) for hour in range(24)]
    return [(name, cells) for name, cells in hours if any(cell.calls for cell in cells)]


def heat_hours() -> list[tuple[str, int]]:
    """The hours under it, each with its place."""
    return [(week.clock_hour(hour), LEFT + 11 * hour) for hour in range(0, 24, 6)]


def waits(parts: Sequence[Part]) -> list[Wait]:
    """How many people waited how long for us, the quickest first, and who got no answer yet."""
    leads = {part.key: part.totals.leads for part in parts}
    most = max(leads.values(), default=0) or 1
    keys = [str(bound) for bound in WAITS] + ["longer", "none"]
    return [
        Wait(
            key=key,
            name=wait_name(key),
            leads=leads.get(key, 0),
            wide=round(100 * leads.get(key, 0) / most, 1),
        )
        for key in keys
    ]


def funnel(totals: Totals) -> list[Stage]:
    """From the missed call to the job: how many leads came how far, and how many of a hundred that is.

    No stage is cut out of the one before: who books by phone never replied, and who texts first was never missed.
    """
    counts: tuple[tuple[Count, str, int], ...] = (
        ("called", pgettext("of several leads", "Missed"), totals.called),
        ("texted", _("Got our text"), totals.texted),
        ("replied", _("Replied"), totals.replied),
        ("qualified", pgettext("of several leads", "Qualified"), totals.qualified),
        ("booked", _("Booked"), totals.booked),
        ("attended", _("Took place"), totals.attended),
        ("sold", _("Sold"), totals.sold),
    )
    most = max(leads for _count, _name, leads in counts) or 1
    return [
        Stage(
            count=count,
            name=name,
            leads=leads,
            wide=round(100 * leads / most, 1),
            share=f"{100 * leads / totals.leads:.0f}%" if totals.leads else "",
        )
        for count, name, leads in counts
    ]


def wait_name(key: str) -> str:
    """How long a part of the waiting times is, in words."""
    if (wait := ids.whole(key, 0, max(WAITS))) in WAITS:
        return _("up to %s") % _(WAITS[wait])
    return {"longer": _("longer"), "none": _("no answer yet")}.get(key, "")


def _starts(since: date, until: date, by: Dimension) -> Iterable[date]:
    at = since
    if by == "week":
        at -= timedelta(days=at.weekday())
    elif by == "month":
        at = at.replace(day=1)
    while at <= until:
        yield at
        if by == "month":
            at = (at + timedelta(days=32)).replace(day=1)
        else:
            at += timedelta(days=7 if by == "week" else 1)


def _named(start: date, by: Dimension) -> str:
    return month(start, short=True) if by == "month" else month_and_day(start)
