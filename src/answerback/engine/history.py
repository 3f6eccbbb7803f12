"""What happened to one lead, and what it adds to each measure.

A lead is measured from what happened to it, not from what somebody says of it: where only a person's label says so,
that is counted apart. Never here: the definitions (`engine.measures`) or adding up many leads
(`store.queries.reports`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from answerback.engine.effects import LeadStatus
from answerback.engine.events import NumberIs
from answerback.engine.measures import LOST_REASONS, Excluded
from answerback.engine.reading import Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A text of ours: when it was delivered, None while no receipt says so."""

    delivered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """The lead came to this status, by its history or by a person's label, who may have given a reason."""

    at: datetime
    status: LeadStatus
    by_person: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An appointment that was confirmed once. It stands from `booked_at` to `over_at`: its end, or its cancellation.

    `elsewhere` is one of another conversation with the same person.
    """

    booked_at: datetime
    over_at: datetime
    status: Literal["booked", "cancelled", "done", "no_show"]
    elsewhere: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A phone call that was promised."""

    due_at: datetime
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An entry of the revenue ledger; `reversed` when a later entry took it back. Amounts in cents.

    `kept` is what was entered instead of one that was taken back: what is left of it, or the right amount.
    """

    at: datetime
    cents: int
    reversed: bool
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened to one lead. `began_at` is the first missed call, or the moment the lead was made without one.

    `calls` are the moments of its missed calls, `number_is` whose number a person says it is, `marks` how often a
    person said what became of the lead. `wrong_party` where a person called and found that it is the wrong number.
    """

    began_at: datetime
    calls: tuple[datetime, ...] = ()
    texts: tuple[Sent, ...] = ()
    replies: tuple[datetime, ...] = ()
    talks: tuple[datetime, ...] = ()
    turns: tuple[Turned, ...] = ()
    visits: tuple[Visit, ...] = ()
    owed: tuple[Owed, ...] = ()
    money: tuple[Money, ...] = ()
    intents: frozenset[Intent] = frozenset()
    number_is: NumberIs | None = None
    wrong_party: bool = False
    marks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one lead adds to each measure. Amounts in cents; a moment is None where it never came.

    Money is ours from `ours_from` on: our first word, or never where they had booked before it. `qualified_by_label`
    and `booked_by_label` are set where nothing but a person's label says so, `sold_by_label` where a sale has no
    amount, `relabelled` where somebody marked the lead more than once.
    """

    excluded: Excluded | None = None
    calls: int = 0
    texted_at: datetime | None = None
    responded_at: datetime | None = None
    ours_from: datetime | None = None
    replied_at: datetime | None = None
    qualified_at: datetime | None = None
    qualified_by_label: bool = False
    booked_at: datetime | None = None
    booked_by_label: bool = False
    stands: bool = False
    attended: bool = False
    callbacks_owed: int = 0
    callbacks_made: int = 0
    sold_at: datetime | None = None
    sold_by_label: bool = False
    relabelled: bool = False
    lost_reason: str = ""
    recovered: int = 0
    not_ours: int = 0
    taken_back: int = 0


def measured(history: History) -> Measured:
    """What this lead adds to each measure."""
    texted_at = _first(text.delivered_at for text in history.texts)
    responded_at = _first((texted_at, *(at for at in history.talks if at >= history.began_at)))
    visits = [visit for visit in history.visits if not visit.elsewhere]
    qualified, labelled = _reached(history, _QUALIFIED), _reached(history, _BOOKED)
    booked_at = _first(visit.booked_at for visit in visits)
    sold_at = _sold_at(history)
    elsewhere_first = booked_at is not None and (responded_at is None or booked_at < responded_at)
    ours_from = None if elsewhere_first else responded_at
    return Measured(
        excluded=_excluded(history),
        calls=len(counted_calls(history)),
        texted_at=texted_at,
        responded_at=responded_at,
        ours_from=ours_from,
        replied_at=_first(at for at in history.replies if texted_at is not None and at >= texted_at),
        qualified_at=_first((qualified.at if qualified else None, booked_at)),
        qualified_by_label=qualified is not None and qualified.by_person and booked_at is None,
        booked_at=booked_at or (labelled.at if labelled else None),
        booked_by_label=booked_at is None and labelled is not None,
        stands=_stands(history, visits, labelled),
        attended=any(visit.status == "done" for visit in visits),
        callbacks_owed=len(history.owed),
        callbacks_made=sum(owed.reached for owed in history.owed),
        sold_at=sold_at,
        sold_by_label=sold_at is not None and not any(not entry.reversed for entry in history.money),
        relabelled=history.marks > 1,
        lost_reason=_lost_reason(history),
        recovered=_sum(history, lambda entry: is_ours(entry.at, ours_from)),
        not_ours=_sum(history, lambda entry: not is_ours(entry.at, ours_from)),
        taken_back=sum(max(0, entry.cents - entry.kept) for entry in history.money if entry.reversed),
    )


def counted_calls(history: History) -> tuple[datetime, ...]:
    """The moments of its missed calls that count: not those while an appointment of theirs stood."""
    return tuple(at for at in history.calls if not _is_customer(history, at))


def is_ours(at: datetime, ours_from: datetime | None) -> bool:
    """Did money that came at this moment come after our text or call had led to it?"""
    return ours_from is not None and ours_from <= at


_QUALIFIED: frozenset[LeadStatus] = frozenset({"qualified", "booked", "won"})
_BOOKED: frozenset[LeadStatus] = frozenset({"booked"})
_NOBODY: tuple[Excluded, ...] = ("vendor", "job_seeker", "wrong_number")
_MARKED: dict[NumberIs, Excluded] = {"spam": "spam", "staff": "staff", "supplier": "vendor"}


def _excluded(history: History) -> Excluded | None:
    """What a person said of the number goes before what was read out of its texts."""
    if history.number_is is not None and history.number_is in _MARKED:
        return _MARKED[history.number_is]
    if _is_customer(history, history.began_at):
        return "customer"
    if history.number_is == "customer":
        return None
    if history.wrong_party:
        return "wrong_number"
    return next((intent for intent in _NOBODY if intent in history.intents), None)


def _is_customer(history: History, at: datetime) -> bool:
    """Did an appointment of this person stand at that moment?"""
    return any(visit.booked_at <= at < visit.over_at for visit in history.visits)


def _reached(history: History, statuses: frozenset[LeadStatus]) -> Turned | None:
    """The first time the lead came to one of these; what its history says goes before what a person says."""
    came = sorted((turn for turn in history.turns if turn.status in statuses), key=lambda turn: turn.at)
    return next((turn for turn in came if not turn.by_person), came[0] if came else None)


def _stands(history: History, visits: list[Visit], labelled: Turned | None) -> bool:
    if visits:
        return any(visit.status in {"booked", "done"} for visit in visits)
    return labelled is not None and history.turns[-1].status in {"booked", "won"}


def _sold_at(history: History) -> datetime | None:
    """When the lead was won, if it is won now; the last label counts."""
    if not history.turns or history.turns[-1].status != "won":
        return None
    return _first(turn.at for turn in history.turns if turn.status == "won")


def _lost_reason(history: History) -> str:
    """Why the lead is lost, if it is lost now; what nobody gave a reason for is `unknown`."""
    if not history.turns or history.turns[-1].status not in {"lost", "not_served"}:
        return ""
    last = history.turns[-1]
    if last.status == "not_served" and not last.reason:
        return "not_offered"
    if not last.reason:
        return "no_need" if "decline" in history.intents and not last.by_person else "unknown"
    return last.reason if last.reason in LOST_REASONS else "other"


def _sum(history: History, counts: Callable[[Money], bool]) -> int:
    return sum(entry.cents for entry in history.money if not entry.reversed and counts(entry))


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
