"""Decides what became of one call from the facts about it, whatever their order, number or lateness.

Only proof of a live person makes a call served, and such proof wins over everything else. What proves a person is
weighed in `answered`. Never here: what follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from answerback.engine.answered import Answered, who_answered
from answerback.engine.events import (
    Attestation,
    CallEnded,
    CallFact,
    CallRang,
    LegEnded,
    Screening,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.engine.hours import DayKind, day_kind
from answerback.engine.playbook import MissedReason
from answerback.engine.reading import Reading
from answerback.engine.receipt import Guard
from answerback.engine.rules import Rules

CallCame = Literal["waiting", "served", "missed", "noise"]

_SIMPLE: tuple[tuple[str, MissedReason], ...] = (
    ("busy", "busy"),
    ("abandoned", "abandoned"),
    ("no_answer", "no_answer"),
    ("failed", "failed"),
)
"""The outcomes that are reasons, most telling first: of two contradicting facts the first in this list is believed."""

_WAITING_STAGES = frozenset({"greeting", "menu", "queue", "voicemail"})
"""Who leaves here has met only machines: the call was given up before the menu or the voicemail came to its end."""

_ATTESTATIONS: tuple[Attestation, ...] = ("failed", "C", "B", "A")
_SCREENINGS: tuple[Screening, ...] = ("spam", "suspected", "clear")
"""Of several accounts of one call the most doubtful is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one call: when it came, when the last fact about it happened, and why nobody served it.

    `seen` is what the verdict rests on, as checks an owner can read: `passed` is False for what made the call missed.
    `sure` is False while a word still to come could show that a machine took the call and not a person.
    """

    call: str
    came: CallCame
    line: str
    at: datetime
    last_at: datetime
    reason: MissedReason = "unknown"
    why: str = ""
    voicemail: bool = False
    menu_choice: str | None = None
    readings: tuple[Reading, ...] = ()
    attestation: Attestation | None = None
    screening: Screening | None = None
    forwarded_from: tuple[str, ...] = ()
    seen: tuple[Guard, ...] = ()
    sure: bool = True

    @property
    def missed(self) -> bool:
        """Did somebody call whom nobody served?"""
        return self.came == "missed"


def is_over(fact: CallFact) -> bool:
    """Does this fact say that the caller's leg is over?"""
    return isinstance(fact, CallEnded | VoicemailLeft | VoicemailTranscribed)


def verdict(facts: Sequence[CallFact], rules: Rules, *, gave_up: bool = False) -> Verdict:
    """What the facts of one call (at least one) come to.

    `gave_up` judges a call whose end was never reported by what is known of it.
    """
    first = min(facts, key=lambda fact: (fact.at, fact.line))
    last_at = max(fact.at for fact in facts)
    answered = who_answered(facts, rules, first.line)
    if answered.by == "person":
        seen = (Guard(name="person", passed=True, evidence=answered.evidence),)
        return Verdict(
            call=first.call,
            came="served",
            line=first.line,
            at=first.at,
            last_at=last_at,
            seen=seen,
            sure=answered.sure,
        )
    if not gave_up and not any(is_over(fact) for fact in facts):
        return Verdict(call=first.call, came="waiting", line=first.line, at=first.at, last_at=last_at)
    return _unserved(facts, rules, first, last_at, answered)


def _unserved(
    facts: Sequence[CallFact], rules: Rules, first: CallFact, last_at: datetime, answered: Answered
) -> Verdict:
    settings = rules.settings
    left = _left_voicemail(facts, rules)
    outcomes = _outcomes(facts)
    seconds = _seconds_of_abandon(facts) if "abandoned" in outcomes and not left else None
    noise = "blocked" in outcomes or (seconds is not None and seconds < settings.noise_abandon_seconds)
    day = day_kind(rules.hours_on(first.line), first.at)
    short = seconds is not None and seconds < settings.short_abandon_seconds
    reason = "short_abandon" if short else _reason(outcomes, answered, opened=day == "open", left=left)
    rang = [fact for fact in facts if isinstance(fact, CallRang)]
    return Verdict(
        call=first.call,
        came="noise" if noise else "missed",
        line=first.line,
        at=first.at,
        last_at=last_at,
        reason=reason,
        why=_why_noise(outcomes) if noise else WHY[reason],
        voicemail=left,
        menu_choice=_menu_choice(facts),
        readings=tuple(fact.reading for fact in facts if isinstance(fact, VoicemailTranscribed) and fact.reading),
        attestation=next((a for a in _ATTESTATIONS if any(fact.attestation == a for fact in rang)), None),
        screening=next((s for s in _SCREENINGS if any(fact.screening == s for fact in rang)), None),
        forwarded_from=tuple(sorted({fact.forwarded_from for fact in rang if fact.forwarded_from})),
        seen=_seen(answered, outcomes, day, seconds, left=left),
    )


WHY: dict[MissedReason, str] = {
    "no_answer": "The call rang and nobody picked up.",
    "busy": "The line was busy.",
    "abandoned": "The caller hung up before anybody picked up.",
    "short_abandon": "The caller hung up after a few seconds.",
    "after_hours": "The call came while the business was closed.",
    "voicemail": "The caller left a voicemail.",
    "carrier_voicemail": "The phone's own voicemail took the call, not a person.",
    "answered_by_ai": "An assistant program took the call, not a person.",
    "failed": "The call could not be connected.",
    "unknown": "The phone system does not say that a person took the call.",
}


def _why_noise(outcomes: frozenset[str]) -> str:
    return "The phone system blocked the call." if "blocked" in outcomes else "The caller hung up at once."


_DAYS: dict[DayKind, str] = {
    "open": "It came in business hours.",
    "lunch": "It came in the lunch break.",
    "holiday": "It came on a holiday.",
    "closed": "It came while the business was closed.",
}


def _seen(
    answered: Answered, outcomes: frozenset[str], day: DayKind, seconds: int | None, *, left: bool
) -> tuple[Guard, ...]:
    """What the verdict rests on."""
    told = ", ".join(sorted(outcomes)).replace("_", " ") or "nothing"
    ended = f"The phone system says: {told}." + (f" The caller stayed {seconds} s." if seconds is not None else "")
    return (
        Guard(name="person", passed=False, evidence=answered.evidence),
        Guard(name="end", passed=False, evidence=ended),
        Guard(name="hours", passed=day == "open", evidence=_DAYS[day]),
        Guard(name="voicemail", passed=left, evidence="They left a voicemail." if left else "No voicemail was left."),
    )


def _left_voicemail(facts: Sequence[CallFact], rules: Rules) -> bool:
    """A voicemail counts when it is long enough to hold a word, or when its words came.

    Where the length is not told, a call that ended in the voicemail box counts as one that left something there.
    """
    if any(isinstance(fact, VoicemailTranscribed) and fact.text.strip() for fact in facts):
        return True
    lengths = [fact.seconds for fact in facts if isinstance(fact, VoicemailLeft)]
    if lengths:
        return max(lengths) >= rules.settings.voicemail_min_seconds
    return any(isinstance(fact, CallEnded) and fact.outcome == "voicemail" for fact in facts)


def _outcomes(facts: Sequence[CallFact]) -> frozenset[str]:
    """What the caller's leg ended as; how the attempts to reach somebody ended only where that is not known."""
    ends = [fact for fact in facts if isinstance(fact, CallEnded)]
    known = {fact.outcome for fact in ends if fact.outcome != "unknown"}
    if not known and any(fact.stage in _WAITING_STAGES for fact in ends):
        return frozenset({"abandoned"})
    return frozenset(known) or frozenset(fact.result for fact in facts if isinstance(fact, LegEnded))


def _reason(outcomes: frozenset[str], answered: Answered, *, opened: bool, left: bool) -> MissedReason:
    if not opened or "after_hours" in outcomes:
        return "after_hours"
    if left:
        return "voicemail"
    if answered.by == "carrier_voicemail":
        return "carrier_voicemail"
    if answered.by == "ai":
        return "answered_by_ai"
    if "answered" in outcomes:
        return "unknown"
    return next((reason for outcome, reason in _SIMPLE if outcome in outcomes), "unknown")


def _seconds_of_abandon(facts: Sequence[CallFact]) -> int | None:
    """How long the caller stayed, by the longest account; None where nobody says."""
    told = [
        (fact.rang_seconds or 0) + (fact.talked_seconds or 0)
        for fact in facts
        if isinstance(fact, CallEnded) and (fact.rang_seconds, fact.talked_seconds) != (None, None)
    ]
    if told:
        return max(told)
    rang = min((fact.at for fact in facts if isinstance(fact, CallRang)), default=None)
    ended = max((fact.at for fact in facts if isinstance(fact, CallEnded)), default=None)
    return None if rang is None or ended is None else int((ended - rang).total_seconds())


def _menu_choice(facts: Sequence[CallFact]) -> str | None:
    return max((fact.menu_choice for fact in facts if isinstance(fact, CallEnded) and fact.menu_choice), default=None)
