"""Weighs who took a call: a live person, a cell phone's own voicemail, another machine, an assistant program, nobody.

`completed` proves only that *something* answered, and two joined legs prove a person only where no machine joins legs
just as well: a cell phone's own voicemail picks up after always the same time of ringing (the line's known voicemail
point). Never here: what follows from who answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from answerback.engine.events import CallAnswered, CalledBack, CallEnded, CallFact, LegEnded
from answerback.engine.rules import Rules

By = Literal["person", "carrier_voicemail", "machine", "ai", "nobody"]

EARLY_SECONDS = 1
LATE_SECONDS = 3
"""How far from its known point a carrier's voicemail may pick up: networks are rarely early and often late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Who took the call, and in one plain sentence what that rests on.

    `sure` is False where a word still to come (the carrier heard a machine) could show that it was not a person.
    """

    by: By
    evidence: str
    sure: bool = True


def who_answered(facts: Sequence[CallFact], rules: Rules, line: str) -> Answered:
    """Who took this call, from all facts about it, in whatever order they came. Proof of a person wins."""
    person = _person(facts, rules, line)
    if person is not None:
        return Answered(by="person", evidence=person, sure=person not in _DOUBTFUL)
    if any(_is_joined(fact) for fact in facts):
        return Answered(by="carrier_voicemail", evidence=_why_no_bridge(facts))
    said = {fact.by for fact in facts if isinstance(fact, CallAnswered)}
    ended = {fact.outcome for fact in facts if isinstance(fact, CallEnded)}
    if "ai" in said or "answered_ai" in ended:
        return Answered(by="ai", evidence="An assistant program took the call.")
    if "machine" in said or "machine" in ended:
        return Answered(by="machine", evidence="A machine picked up, not a person.")
    return Answered(by="nobody", evidence="Nothing proves that a person took the call.")


def did_talk(event: CalledBack, rules: Rules) -> bool:
    """Did the person of the business who phoned speak with the customer, as far as we can know?

    Where the phone system says only that something answered, a call shorter than a voicemail greeting proves nothing.
    """
    if event.talked is not None:
        return event.talked
    return (event.talked_seconds or 0) >= rules.settings.call_back_seconds


_PROOFS = {
    "press_1": "A person pressed a key to take the call.",
    "phone_system": "The phone system says which person took the call.",
    "machine_detection": "The carrier listened and heard a person.",
    "bridge": "Both ends were joined.",
    None: "The phone system says that a person took the call.",
    "end": "The phone system says at the end that a person took the call.",
}

_DOUBTFUL = {_PROOFS["bridge"], _PROOFS["end"]}
"""What a word still to come may show to have been a machine."""


def _person(facts: Sequence[CallFact], rules: Rules, line: str) -> str | None:
    """What proves that a person spoke with the caller, None when nothing does."""
    if any(isinstance(fact, CalledBack) and did_talk(fact, rules) for fact in facts):
        return "A person called them back and they talked."
    answers = [fact for fact in facts if isinstance(fact, CallAnswered) and fact.by == "person"]
    for evidence in ("press_1", "phone_system", "machine_detection"):
        if any(fact.evidence == evidence for fact in answers):
            return _PROOFS[evidence]
    for weak in (None, "bridge"):
        told = [fact for fact in answers if fact.evidence == weak]
        if any(not _looks_like_voicemail(fact, facts, rules, line) for fact in told):
            return _PROOFS[weak]
    # The word at the end of a call rests on the same bridge, so it proves no more than the bridge did.
    ends = [fact for fact in facts if isinstance(fact, CallEnded) and _is_joined(fact)] if not answers else []
    return _PROOFS["end"] if any(not _looks_like_voicemail(fact, facts, rules, line) for fact in ends) else None


def _is_joined(fact: CallFact) -> bool:
    """Does this fact say that something was joined with the caller, as a phone's own voicemail is too?"""
    if isinstance(fact, CallEnded):
        return fact.outcome == "answered_human"
    return isinstance(fact, CallAnswered) and fact.by == "person"


def _looks_like_voicemail(joined: CallAnswered | CallEnded, facts: Sequence[CallFact], rules: Rules, line: str) -> bool:
    """Is this something that the phone's own voicemail would have done as well?"""
    if _talked(facts) >= rules.settings.voicemail_longest_seconds:
        return False  # no voicemail box records for so long, whatever a machine that listened took it for
    heard = any(isinstance(f, CallAnswered) and f.by == "machine" and f.evidence == "machine_detection" for f in facts)
    if heard and isinstance(joined, CallAnswered) and joined.evidence == "bridge":
        return True
    point, rang = rules.line(line).voicemail_after, _rang(joined, facts)
    if point is None or rang is None:
        return False
    return point - EARLY_SECONDS <= rang <= point + LATE_SECONDS


def _rang(joined: CallAnswered | CallEnded, facts: Sequence[CallFact]) -> int | None:
    """How long it rang before that; many phone systems tell so only at the end of the call."""
    if joined.rang_seconds is not None:
        return joined.rang_seconds
    told = [fact.rang_seconds for fact in facts if isinstance(fact, CallEnded) and _is_joined(fact)]
    return max((rang for rang in told if rang is not None), default=None)


def _talked(facts: Sequence[CallFact]) -> int:
    return max((fact.talked_seconds or 0 for fact in facts if isinstance(fact, CallEnded | LegEnded)), default=0)


def _why_no_bridge(facts: Sequence[CallFact]) -> str:
    rang = max((_rang(fact, facts) or 0 for fact in facts if isinstance(fact, CallAnswered | CallEnded)), default=0)
    if any(isinstance(f, CallAnswered) and f.by == "machine" for f in facts):
        return "Both ends were joined, but the carrier listened and heard a machine."
    return f"It was picked up after {rang} s, which is when this phone's own voicemail picks up."
