"""The eight measures as cards: the number, both honest denominators in words, and the lists behind them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerback.console import words
from answerback.console.reports.definitions import Definition, defined
from answerback.engine.currency import amount
from answerback.engine.measures import MEASURES, Measure, MeasureName
from answerback.store.queries.reports import Count, Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A number in words that opens the leads behind it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One measure: its value, what it was over the time before (if it was anything), and the numbers it is made of."""

    name: MeasureName
    definition: Definition
    value: str
    href: str
    before: Link | None
    made_of: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the leads behind a number are listed: of these days, of those before, and the calls nobody could keep."""

    now: Callable[[Count], str]
    before: Callable[[Count], str]
    hidden: str


NONE = "–"
"""What is shown where there is nothing to share or to wait for."""
NOWHERE = Links(now=lambda _count: "", before=lambda _count: "", hidden="")
"""For who sees the numbers and no list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the cards are made of: these days, those before, calls of hidden numbers, and the currency of the money."""

    now: Totals
    before: Totals
    hidden: int
    currency: str


def cards(figures: Figures, links: Links) -> list[Card]:
    """The eight measures in their order."""
    return [_card(measure, figures, links) for measure in MEASURES]


def share(part: int, whole: int) -> str:
    """A share in percent, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.0f}%" if whole else NONE


def length(seconds: int | None) -> str:
    """A time to wait, as short as it can be said."""
    if seconds is None:
        return NONE
    if seconds < 120:
        return f"{seconds} s"
    return words.length(round(seconds / 60))


def _card(measure: Measure, figures: Figures, links: Links) -> Card:
    count, said, made_of = _SAID[measure.name]
    before = said(figures.before, figures.currency)
    parts = [Link(words=words, href=links.now(each)) for words, each in made_of(figures)]
    if measure.name == "captured" and figures.hidden:
        words = _("of %(all)s; %(hidden)s hid their number") % {
            "all": figures.now.calls + figures.hidden,
            "hidden": figures.hidden,
        }
        parts.append(Link(words=words, href=links.hidden))
    return Card(
        name=measure.name,
        definition=defined(measure),
        value=said(figures.now, figures.currency),
        href=links.now(count),
        before=Link(words=before, href=links.before(count)) if before != NONE else None,
        made_of=tuple(parts),
    )


Made = list[tuple[str, Count]]
"""Numbers in words, each with the leads it counts."""


def _captured(of: Figures) -> Made:
    return [(ngettext("from %s person", "from %s people", of.now.called) % of.now.called, "called")]


def _replied(of: Figures) -> Made:
    now = of.now
    return [
        (_("%(n)s of %(all)s texted") % {"n": now.replied, "all": now.texted}, "texted"),
        (_("%(share)s of all %(all)s leads") % _of(now.replied, now.leads), "leads"),
    ]


def _qualified(of: Figures) -> Made:
    now = of.now
    return [
        (_("%(n)s of %(all)s who replied") % {"n": now.replied_qualified, "all": now.replied}, "replied"),
        (
            _("%(n)s in all, %(share)s of %(all)s leads") % (_of(now.qualified, now.leads) | {"n": now.qualified}),
            "qualified",
        ),
        *_by_label(now.qualified_by_label, "qualified_by_label"),
    ]


def _booked(of: Figures) -> Made:
    now = of.now
    return [
        (_("%s still stand") % now.stands, "stands"),
        (_("%s took place") % now.attended, "attended"),
        (_("%(share)s of %(all)s qualified") % _of(now.booked, now.qualified), "qualified"),
        *_by_label(now.booked_by_label, "booked_by_label"),
    ]


def _callbacks(of: Figures) -> Made:
    made, owed = of.now.callbacks_made, of.now.callbacks_owed
    return [
        (_("%(n)s of %(all)s promised calls") % {"n": made, "all": owed}, "callbacks"),
        (_("%s kept") % share(made, owed), "kept"),
    ]


def _sold(of: Figures) -> Made:
    now = of.now
    unpaid: Made = [(_("%s without an amount") % now.sold_by_label, "sold_by_label")] if now.sold_by_label else []
    return [
        (_("%(share)s of %(all)s leads") % _of(now.sold, now.leads), "leads"),
        (_("%s visits took place") % now.attended, "attended"),
        *unpaid,
    ]


def _response(of: Figures) -> Made:
    now = of.now
    return [
        (_("9 of 10 within %s") % length(now.p90_seconds), "responded"),
        (_("%s got none yet") % (now.called - now.responded), "unanswered"),
    ]


def _revenue(of: Figures) -> Made:
    now = of.now
    made_of: Made = [(_("%s came without us") % amount(now.not_ours, of.currency), "not_ours")]
    if now.taken_back:
        made_of.append((_("%s taken back") % amount(now.taken_back, of.currency), "taken_back"))
    return made_of


def _by_label(count: int, name: Count) -> Made:
    return [(_("%s only because somebody marked it") % count, name)] if count else []


def _of(part: int, whole: int) -> dict[str, object]:
    return {"share": share(part, whole), "all": whole}


# Of each measure which leads its value opens, how the value is said, and what it is made of.
_SAID: dict[MeasureName, tuple[Count, Callable[[Totals, str], str], Callable[[Figures], Made]]] = {
    "captured": ("calls", lambda of, _currency: f"{of.calls}", _captured),
    "replied": ("replied", lambda of, _currency: share(of.replied, of.texted), _replied),
    "qualified": ("replied_qualified", lambda of, _currency: share(of.replied_qualified, of.replied), _qualified),
    "booked": ("booked", lambda of, _currency: f"{of.booked}", _booked),
    "callbacks": ("kept", lambda of, _currency: f"{of.callbacks_made}", _callbacks),
    "sold": ("sold", lambda of, _currency: f"{of.sold}", _sold),
    "response": ("responded", lambda of, _currency: length(of.median_seconds), _response),
    "revenue": ("recovered", lambda of, currency: amount(of.recovered, currency), _revenue),
}
