"""Decides what became of one call from the facts about it, whatever their order, number or lateness.

Only proof of a live person makes a call served, and such proof wins over everything else. Never here: what follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from answerback.engine.events import (
    CallAnswered,
    CalledBack,
    CallEnded,
    CallFact,
    CallRang,
    LegEnded,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.engine.hours import is_open
from answerback.engine.playbook import MissedReason
from answerback.engine.reading import Reading
from answerback.engine.rules import Hours, Settings

CallCame = Literal["waiting", "served", "missed", "noise"]

_SIMPLE: tuple[tuple[str, MissedReason], ...] = (
    ("busy", "busy"),
    ("abandoned", "abandoned"),
    ("no_answer", "no_answer"),
    ("failed", "failed"),
)
"""The outcomes that are reasons, most telling first: of two contradicting facts the first in this list is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one call: when it came, when the last fact about it happened, and why nobody served it."""

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

    @property
    def missed(self) -> bool:
        """Did somebody call whom nobody served?"""
        return self.came == "missed"


def is_person(fact: CallFact) -> bool:
    """Does this fact alone prove that a live person spoke with the caller?"""
    match fact:
        case CallAnswered(by="person") | CallEnded(outcome="answered_human") | CalledBack(talked=True):
            return True
        case _:
            return False


def is_over(fact: CallFact) -> bool:
    """Does this fact say that the caller's leg is over?"""
    return isinstance(fact, CallEnded | VoicemailLeft | VoicemailTranscribed)


def verdict(facts: Sequence[CallFact], hours: Hours, settings: Settings, *, gave_up: bool = False) -> Verdict:
    """What the facts of one call (at least one) come to.

    `gave_up` judges a call whose end was never reported by what is known of it.
    """
    first = min(facts, key=lambda fact: (fact.at, fact.line))
    last_at = max(fact.at for fact in facts)
    if any(is_person(fact) for fact in facts):
        return Verdict(call=first.call, came="served", line=first.line, at=first.at, last_at=last_at)
    if not gave_up and not any(is_over(fact) for fact in facts):
        return Verdict(call=first.call, came="waiting", line=first.line, at=first.at, last_at=last_at)
    return _unserved(facts, first, last_at, hours, settings)


def _unserved(
    facts: Sequence[CallFact], first: CallFact, last_at: datetime, hours: Hours, settings: Settings
) -> Verdict:
    left = _left_voicemail(facts, settings)
    outcomes = _outcomes(facts)
    seconds = _seconds_of_abandon(facts) if "abandoned" in outcomes and not left else None
    noise = "blocked" in outcomes or (seconds is not None and seconds < settings.noise_abandon_seconds)
    reason = _reason(outcomes, seconds, is_open(hours, first.at), settings, left=left)
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
    )


WHY: dict[MissedReason, str] = {
    "no_answer": "The call rang and nobody picked up.",
    "busy": "The line was busy.",
    "abandoned": "The caller hung up before anybody picked up.",
    "short_abandon": "The caller hung up after a few seconds.",
    "after_hours": "The call came while the business was closed.",
    "voicemail": "The caller left a voicemail.",
    "failed": "The call could not be connected.",
    "unknown": "The phone system does not say that a person took the call.",
}


def _why_noise(outcomes: frozenset[str]) -> str:
    return "The phone system blocked the call." if "blocked" in outcomes else "The caller hung up at once."


def _left_voicemail(facts: Sequence[CallFact], settings: Settings) -> bool:
    """A voicemail counts when it is long enough to hold a word, or when its words came."""
    return any(
        (isinstance(fact, VoicemailLeft) and fact.seconds >= settings.voicemail_min_seconds)
        or (isinstance(fact, VoicemailTranscribed) and bool(fact.text.strip()))
        or (isinstance(fact, CallEnded) and fact.outcome == "voicemail")
        for fact in facts
    )


def _outcomes(facts: Sequence[CallFact]) -> frozenset[str]:
    """What the caller's leg ended as; how the attempts to reach somebody ended only where that is not known."""
    ended = frozenset(fact.outcome for fact in facts if isinstance(fact, CallEnded) and fact.outcome != "unknown")
    return ended or frozenset(fact.result for fact in facts if isinstance(fact, LegEnded))


def _reason(
    outcomes: frozenset[str], seconds: int | None, opened: bool, settings: Settings, *, left: bool
) -> MissedReason:
    if seconds is not None and seconds < settings.short_abandon_seconds:
        return "short_abandon"
    if not opened or "after_hours" in outcomes:
        return "after_hours"
    if left:
        return "voicemail"
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
