"""The eight measures as cards: the number, both honest denominators in words, and the lists behind them."""

from collections.abc import Callable
from dataclasses import dataclass

from answerback.console import words
from answerback.engine.measures import MEASURES, Measure
from answerback.store.queries.reports import Count, Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A number in words that opens the leads behind it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One measure: its value, what it was over the time before, and the numbers it is made of."""

    measure: Measure
    value: str
    href: str
    before: Link
    made_of: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the leads behind a number are listed: of these days, of those before, and the calls nobody could keep."""

    now: Callable[[Count], str]
    before: Callable[[Count], str]
    hidden: str


def cards(now: Totals, before: Totals, hidden: int, links: Links) -> list[Card]:
    """The eight measures in their order."""
    return [_card(measure, now, before, hidden, links) for measure in MEASURES]


def share(part: int, whole: int) -> str:
    """A share in percent, or a dash where there is nothing to share."""
    return f"{100 * part / whole:.0f}%" if whole else "–"


def length(seconds: int | None) -> str:
    """A time to wait, as short as it can be said."""
    if seconds is None:
        return "–"
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.0f} h"


def _card(measure: Measure, now: Totals, before: Totals, hidden: int, links: Links) -> Card:
    value, was, count, made_of = _VALUES[measure.name](now, before)
    parts = [Link(words=said, href=links.now(each)) for said, each in made_of]
    if measure.name == "captured" and hidden:
        parts.append(Link(words=f"of {now.calls + hidden}; {hidden} hid their number", href=links.hidden))
    return Card(
        measure=measure,
        value=value,
        href=links.now(count),
        before=Link(words=was, href=links.before(count)),
        made_of=tuple(parts),
    )


Value = tuple[str, str, Count, list[tuple[str, Count]]]


def _captured(now: Totals, before: Totals) -> Value:
    made_of: list[tuple[str, Count]] = [(f"from {now.called} people", "called")]
    return f"{now.calls}", f"{before.calls}", "called", made_of


def _replied(now: Totals, before: Totals) -> Value:
    made_of: list[tuple[str, Count]] = [
        (f"{now.replied} of {now.texted} texted", "texted"),
        (f"{share(now.replied, now.called)} of all {now.called} missed", "called"),
    ]
    return share(now.replied, now.texted), share(before.replied, before.texted), "replied", made_of


def _qualified(now: Totals, before: Totals) -> Value:
    made_of: list[tuple[str, Count]] = [
        (f"{now.qualified} of {now.replied} who replied", "replied"),
        (f"{share(now.qualified, now.leads)} of all {now.leads} leads", "leads"),
        *_by_label(now.qualified_by_label, "qualified_by_label"),
    ]
    return share(now.qualified, now.replied), share(before.qualified, before.replied), "qualified", made_of


def _booked(now: Totals, before: Totals) -> Value:
    made_of: list[tuple[str, Count]] = [
        (f"{now.stands} still stand", "stands"),
        (f"{now.attended} took place", "attended"),
        (f"{share(now.booked, now.qualified)} of {now.qualified} qualified", "qualified"),
        *_by_label(now.booked_by_label, "booked_by_label"),
    ]
    return f"{now.booked}", f"{before.booked}", "booked", made_of


def _callbacks(now: Totals, before: Totals) -> Value:
    made_of: list[tuple[str, Count]] = [
        (f"{now.callbacks_made} of {now.callbacks_owed} promised calls", "callbacks"),
        (f"{share(now.callbacks_made, now.callbacks_owed)} kept", "kept"),
    ]
    return f"{now.callbacks_made}", f"{before.callbacks_made}", "kept", made_of


def _sold(now: Totals, before: Totals) -> Value:
    made_of: list[tuple[str, Count]] = [
        (f"{share(now.sold, now.leads)} of {now.leads} leads", "leads"),
        (f"{now.attended} visits took place", "attended"),
    ]
    if now.sold_by_label:
        made_of.append((f"{now.sold_by_label} without an amount", "sold_by_label"))
    return f"{now.sold}", f"{before.sold}", "sold", made_of


def _response(now: Totals, before: Totals) -> Value:
    made_of: list[tuple[str, Count]] = [
        (f"9 of 10 within {length(now.p90_seconds)}", "responded"),
        (f"{now.called - now.responded} got none yet", "unanswered"),
    ]
    return length(now.median_seconds), length(before.median_seconds), "responded", made_of


def _revenue(now: Totals, before: Totals) -> Value:
    made_of: list[tuple[str, Count]] = [(f"{words.money(now.not_ours)} came without us", "not_ours")]
    if now.taken_back:
        made_of.append((f"{words.money(now.taken_back)} taken back", "taken_back"))
    return words.money(now.recovered), words.money(before.recovered), "recovered", made_of


def _by_label(count: int, name: Count) -> list[tuple[str, Count]]:
    return [(f"{count} only because somebody marked it", name)] if count else []


_VALUES: dict[str, Callable[[Totals, Totals], Value]] = {
    "captured": _captured,
    "replied": _replied,
    "qualified": _qualified,
    "booked": _booked,
    "callbacks": _callbacks,
    "sold": _sold,
    "response": _response,
    "revenue": _revenue,
}
