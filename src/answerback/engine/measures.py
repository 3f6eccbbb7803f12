"""The eight measures: their definitions as data, and what one lead's history comes to.

The definitions are read by the reports and printed into docs/measures.md; whoever changes what a measure counts raises
`VERSION`. A lead is measured from what happened to it, not from what somebody says of it: where only a person's
label says so, that is counted apart. Never here: adding up many leads (`store.queries.reports` does that).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from answerback.engine.effects import LeadStatus
from answerback.engine.reading import Intent

VERSION = 1
"""Rises with every change of what a measure counts; a report says which version it was made with."""

MeasureName = Literal["captured", "replied", "qualified", "booked", "callbacks", "sold", "response", "revenue"]

Excluded = Literal["vendor", "job_seeker", "wrong_number", "spam"]
"""Why a lead is no chance to sell and counts in no measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure in the words of its definition."""

    name: MeasureName
    title: str
    counts: str
    out_of: tuple[str, ...]
    window: str
    left_out: str
    twice: str


_WHENEVER = "By the day of the lead's first missed call or text; what follows counts whenever it comes."
_NO_CHANCE = "Sellers, job seekers, wrong numbers and calls a person marked as spam."
_ONE_LEAD = "Several calls of one person are one lead; a job that is given up and sold again counts once."

MEASURES: tuple[Measure, ...] = (
    Measure(
        name="captured",
        title="Missed calls captured",
        counts="Missed calls that belong to a lead.",
        out_of=("All missed calls of callers who are no customers with an appointment",),
        window="By the day of the lead's first missed call or text.",
        left_out=f"{_NO_CHANCE} Staff and own numbers are no missed calls.",
        twice="Each call counts once; repeats add calls, not leads.",
    ),
    Measure(
        name="replied",
        title="Reply rate",
        counts="Leads that texted us after our first text.",
        out_of=("Leads whose first text was delivered", "All leads that began with a missed call"),
        window=_WHENEVER,
        left_out=_NO_CHANCE,
        twice=_ONE_LEAD,
    ),
    Measure(
        name="qualified",
        title="Qualified rate",
        counts="Leads whose need is understood: every required answer known, or a person marked it so (shown apart).",
        out_of=("Leads that replied", "All leads"),
        window=_WHENEVER,
        left_out=_NO_CHANCE,
        twice=_ONE_LEAD,
    ),
    Measure(
        name="booked",
        title="Appointments booked",
        counts="Leads with an appointment: gross is ever booked, net still stands, attended took place.",
        out_of=("Leads that are qualified", "All leads"),
        window=_WHENEVER,
        left_out=f"{_NO_CHANCE} Holds that were never confirmed.",
        twice="An appointment moved to another time stays one.",
    ),
    Measure(
        name="callbacks",
        title="Human callbacks completed",
        counts="Promised phone calls in which a person reached the customer.",
        out_of=("All promised phone calls that were due",),
        window=_WHENEVER,
        left_out=_NO_CHANCE,
        twice="Each promise counts once, however often somebody dialled.",
    ),
    Measure(
        name="sold",
        title="Jobs sold",
        counts="Leads that are won now; a sale taken back is none.",
        out_of=("All leads",),
        window=_WHENEVER,
        left_out=_NO_CHANCE,
        twice=_ONE_LEAD,
    ),
    Measure(
        name="response",
        title="Time to first response",
        counts="From the missed call to the first delivered text or the first talk with a person: median and p90.",
        out_of=("Leads that got a response; those without one are counted beside it",),
        window="By the day of the lead's first missed call.",
        left_out=f"{_NO_CHANCE} A text the provider never reported as delivered is no response.",
        twice="The first missed call of a lead.",
    ),
    Measure(
        name="revenue",
        title="Revenue recovered",
        counts="Money of jobs sold after our text or a person's call reached the customer.",
        out_of=("All money entered; what came without us and what was taken back stand beside it",),
        window=_WHENEVER,
        left_out=_NO_CHANCE,
        twice="One job number counts once, however many numbers or channels the person used.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A text of ours: when it was delivered, None while no receipt says so."""

    delivered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """The lead came to this status, by its history or by a person's label."""

    at: datetime
    status: LeadStatus
    by_person: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An appointment that was confirmed once."""

    booked_at: datetime
    status: Literal["booked", "cancelled", "done", "no_show"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A phone call that was promised."""

    due_at: datetime
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An entry of the revenue ledger; `reversed` when a later entry took it back. Amounts in cents."""

    at: datetime
    cents: int
    reversed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What happened to one lead. `began_at` is the first missed call, or the moment the lead was made without one."""

    began_at: datetime
    calls: int = 0
    texts: tuple[Sent, ...] = ()
    replies: tuple[datetime, ...] = ()
    talks: tuple[datetime, ...] = ()
    turns: tuple[Turned, ...] = ()
    visits: tuple[Visit, ...] = ()
    owed: tuple[Owed, ...] = ()
    money: tuple[Money, ...] = ()
    intents: frozenset[Intent] = frozenset()
    spam: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one lead adds to each measure. Amounts in cents; a moment is None where it never came.

    `qualified_by_label` and `booked_by_label` are set where nothing but a person's label says so.
    """

    excluded: Excluded | None = None
    calls: int = 0
    texted_at: datetime | None = None
    responded_at: datetime | None = None
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
    recovered: int = 0
    not_ours: int = 0
    taken_back: int = 0


def measured(history: History) -> Measured:
    """What this lead adds to each measure."""
    texted_at = _first(text.delivered_at for text in history.texts)
    responded_at = _first((texted_at, *(at for at in history.talks if at >= history.began_at)))
    qualified = _reached(history, _QUALIFIED)
    booked_at = _first(visit.booked_at for visit in history.visits)
    labelled = _reached(history, _BOOKED)
    return Measured(
        excluded=_excluded(history),
        calls=history.calls,
        texted_at=texted_at,
        responded_at=responded_at,
        replied_at=_first(at for at in history.replies if texted_at is not None and at >= texted_at),
        qualified_at=_first((qualified.at if qualified else None, booked_at)),
        qualified_by_label=qualified is not None and qualified.by_person and booked_at is None,
        booked_at=booked_at or (labelled.at if labelled else None),
        booked_by_label=booked_at is None and labelled is not None,
        stands=_stands(history, labelled),
        attended=any(visit.status == "done" for visit in history.visits),
        callbacks_owed=len(history.owed),
        callbacks_made=sum(owed.reached for owed in history.owed),
        sold_at=_sold_at(history),
        recovered=_sum(history, lambda entry: _ours(entry, responded_at)),
        not_ours=_sum(history, lambda entry: not _ours(entry, responded_at)),
        taken_back=sum(entry.cents for entry in history.money if entry.reversed),
    )


_QUALIFIED: frozenset[LeadStatus] = frozenset({"qualified", "booked", "won"})
_BOOKED: frozenset[LeadStatus] = frozenset({"booked"})
_NOBODY: tuple[Excluded, ...] = ("vendor", "job_seeker", "wrong_number")


def _excluded(history: History) -> Excluded | None:
    if history.spam:
        return "spam"
    return next((intent for intent in _NOBODY if intent in history.intents), None)


def _reached(history: History, statuses: frozenset[LeadStatus]) -> Turned | None:
    """The first time the lead came to one of these; what its history says goes before what a person says."""
    came = sorted((turn for turn in history.turns if turn.status in statuses), key=lambda turn: turn.at)
    return next((turn for turn in came if not turn.by_person), came[0] if came else None)


def _stands(history: History, labelled: Turned | None) -> bool:
    if history.visits:
        return any(visit.status in {"booked", "done"} for visit in history.visits)
    return labelled is not None and history.turns[-1].status in {"booked", "won"}


def _sold_at(history: History) -> datetime | None:
    """When the lead was won, if it is won now; the last label counts."""
    if not history.turns or history.turns[-1].status != "won":
        return None
    return _first(turn.at for turn in history.turns if turn.status == "won")


def _ours(entry: Money, responded_at: datetime | None) -> bool:
    return responded_at is not None and responded_at <= entry.at


def _sum(history: History, counts: Callable[[Money], bool]) -> int:
    return sum(entry.cents for entry in history.money if not entry.reversed and counts(entry))


def _first(moments: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in moments if at is not None), default=None)
