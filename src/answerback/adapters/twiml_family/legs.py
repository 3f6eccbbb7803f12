"""Facts about the phones that are rung for a call: which leg was picked up, by whom, and how it ended.

A leg's own From and To are not the caller and the line; those, and the moment it was dialled, stand in our own address,
which the provider signs with the rest.
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from answerback.adapters.numbers import e164
from answerback.adapters.twiml_family.calls import ENDINGS, WHOSE, Facts, is_machine, one
from answerback.adapters.twiml_family.fields import Fields
from answerback.engine.events import (
    AnsweredBy,
    AnswerEvidence,
    CallAnswered,
    CallEnded,
    CallFact,
    CallOutcome,
    LegEnded,
    LegResult,
)
from answerback.ports.phone import Happened

LONGEST_KEY = 180
"""A key with the name of a fact behind it has 200 characters at most."""

LEG_RESULTS: Mapping[str, LegResult] = {
    "no-answer": "no_answer",
    "busy": "busy",
    "canceled": "no_answer",
    "failed": "failed",
}


def reported(fields: Fields, now: datetime) -> Facts:
    """The status callback of one dialled number."""
    word = fields.get("CallStatus")
    if word in ("in-progress", "answered"):
        return picked_up(fields, now)
    if word != "completed" and word not in LEG_RESULTS:
        return (fields.ignored(f"leg-{word}", "A leg is on its way; only its answer and its end are facts."),)
    leg = fields.sid("CallSid")
    return one(
        fields,
        f"{leg}:leg:{word}",
        lambda line: LegEnded(
            at=fields.at(now),
            call=fields.call,
            line=line,
            leg=leg,
            target=e164(fields.get("To")),
            result=_result(word, fields),
            talked_seconds=fields.seconds("CallDuration") if word == "completed" else 0,
        ),
    )


def picked_up(fields: Fields, now: datetime) -> Facts:
    """Something picked up one of the phones; how long it rang tells a person from a voicemail later."""
    return _answered(fields, now, "unknown", None, f"{fields.sid('CallSid')}:picked-up")


def pressed_1(fields: Fields, now: datetime) -> Facts:
    """Whoever picked up pressed 1: a person."""
    return _answered(fields, now, "person", "press_1", f"{fields.sid('CallSid')}:press-1")


def listened_to(fields: Fields, now: datetime) -> Facts:
    """The provider listened to what picked up. What it takes for a person is not proof enough: it stays unknown."""
    heard = fields.need("AnsweredBy")
    by: AnsweredBy = "machine" if is_machine(fields) else "unknown"
    if by == "unknown" and heard not in ("human", "not_sure", "unknown"):
        return (fields.ignored(heard, "What it heard is not known here."),)
    return _answered(fields, now, by, "machine_detection", f"{fields.call}:answered-by:{by}")


def after_dial(fields: Fields, now: datetime, *, is_over: bool, refused: bool, menu_choice: str | None = None) -> Facts:
    """A Dial is over: what became of the leg, whether it was bridged and, if `is_over`, how the call ends with that.

    `refused`: a phone was picked up, and nobody pressed 1.
    """
    line, who = fields.line(), fields.caller()
    if line is None or who is None:
        return (fields.ignored("nobody", WHOSE),)
    word, bridged = fields.get("DialCallStatus"), fields.get("DialBridged").lower()
    by, result, outcome = _dial_said(word, bridged == "true", is_machine(fields), refused=refused)
    at, call, leg = fields.at(now), fields.call, fields.get("DialCallSid") and fields.sid("DialCallSid")
    talked = fields.seconds("DialCallDuration") if by else 0 if outcome != "unknown" else None
    rang = _rang_before(fields, at, talked)
    evidence: AnswerEvidence | None = {"person": "bridge", "machine": "machine_detection"}.get(by or "")  # type: ignore[assignment]
    facts: list[CallFact] = (
        [CallAnswered(at=at, call=call, line=line, by=by, evidence=evidence, rang_seconds=rang)] if by else []
    )
    if leg:
        facts.append(LegEnded(at=at, call=call, line=line, leg=leg, target=None, result=result, talked_seconds=talked))
    if is_over:
        facts.append(
            CallEnded(
                at=at,
                call=call,
                line=line,
                outcome=outcome,
                rang_seconds=None if by else rang,
                talked_seconds=talked if by or rang is not None else None,
                stage="ringing" if outcome == "abandoned" else "talking" if by == "person" else None,
                menu_choice=menu_choice,
            )
        )
    key = f"{call}:dial:{leg or 'none'}:{word[:40]}:{bridged[:8]}"
    if len(key) > LONGEST_KEY:
        key = f"dial:{sha256(key.encode()).hexdigest()[:40]}"
    made = tuple(
        Happened(key=f"{key}:{type(fact).__name__}", caller=who, line=line, event=fact, raw=fields.raw)
        for fact in facts
    )
    return made or (fields.ignored("dial", "A Dial is over, and the call goes on."),)


def _rang_before(fields: Fields, at: datetime, talked: int | None) -> int | None:
    """How long the phones rang before the talk, by the moment of dialling in our own address."""
    whole = fields.since("dialled", at)
    return None if whole is None else max(0, whole - (talked or 0))


def _answered(fields: Fields, now: datetime, by: AnsweredBy, evidence: AnswerEvidence | None, key: str) -> Facts:
    at = fields.at(now)
    return one(
        fields,
        key,
        lambda line: CallAnswered(
            at=at,
            call=fields.call,
            line=line,
            by=by,
            evidence=evidence,
            rang_seconds=fields.since("dialled", at) if by == "unknown" and evidence is None else None,
            target=e164(fields.get("To")) if fields.is_leg else None,
        ),
    )


def _dial_said(
    word: str, bridged: bool, machine: bool, *, refused: bool
) -> tuple[AnsweredBy | None, LegResult, CallOutcome]:
    if word not in ("completed", "answered"):
        return None, LEG_RESULTS.get(word, "unknown"), ENDINGS.get(word, "unknown")
    if machine:
        return "machine", "machine", "machine"
    if bridged:
        return "person", "answered", "answered_human"
    if refused:
        return None, "no_answer", "no_answer"
    return "unknown", "unknown", "unknown"


def _result(word: str, fields: Fields) -> LegResult:
    if word != "completed":
        return LEG_RESULTS[word]
    if is_machine(fields):
        return "machine"
    return "answered" if fields.get("AnsweredBy") == "human" else "unknown"
