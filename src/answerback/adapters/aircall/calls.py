"""Turns Aircall's reports about calls into facts. It never decides whether a call was missed.

`call.hungup` comes at once and `call.ended` some 30 seconds later with the reason: the first is acted on, the second
settles why. A voicemail says nothing of its own length, so it counts as long as the call.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from answerback.adapters.aircall.events import Told
from answerback.adapters.objects import span
from answerback.engine.events import (
    CallAnswered,
    CalledBack,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    CallStage,
    LegEnded,
    VoicemailLeft,
)
from answerback.ports.phone import Happened, Ignored

Facts = tuple[Happened | Ignored, ...]

REASONS: Mapping[str, tuple[CallOutcome, CallStage | None]] = {
    "out_of_opening_hours": ("after_hours", None),
    "short_abandoned": ("abandoned", None),
    "abandoned_in_ivr": ("abandoned", "menu"),
    "abandoned_in_classic": ("abandoned", "ringing"),
    "no_available_agent": ("no_answer", None),
    "agents_did_not_answer": ("no_answer", None),
}
"""Aircall's `missed_call_reason` as the outcome of the call and where the caller was."""


def call(told: Told) -> Facts:
    """The facts in one event about a call."""
    reader = _READERS.get(told.kind)
    if reader is None:
        return (told.ignored("This event says nothing about whether a call was answered."),)
    if told.line is None:
        return (told.ignored("It does not say which of our numbers was called."),)
    return reader(told)


def _rang(told: Told) -> Facts:
    if not told.is_incoming:
        return (told.ignored("An outgoing call that begins is nobody's missed call."),)
    return _one(told, "rang", lambda line: CallRang(at=told.at("started_at"), call=told.id, line=line))


def _answered(told: Told) -> Facts:
    if not told.is_incoming:
        return (told.ignored("An outgoing call is told at its end."),)
    return (_taken(told),)


def _declined(told: Told) -> Facts:
    agent = told.it.inside("user").text("id")
    if not agent:
        return (told.ignored("It does not say who declined the call."),)
    leg = f"{told.id}:{agent}"
    return _one(
        told,
        f"declined:{agent}",
        lambda line: LegEnded(at=told.sent, call=told.id, line=line, leg=leg, target=None, result="no_answer"),
    )


def _hungup(told: Told) -> Facts:
    """The call is over, by either of the two events or in the list of calls."""
    started, answered, ended = told.moments()
    if not told.is_incoming:
        return _called_back(told, answered, ended)
    if answered is not None:
        taken = _taken(told)
        return (taken, *_ended(told, "answered_human" if told.has_user else "unknown", None))
    outcome, stage = REASONS.get(told.it.text("missed_call_reason"), ("no_answer", None))
    return (*_ended(told, outcome, stage), *_voicemail_within(told, span(started, ended)))


def _voicemail(told: Told) -> Facts:
    started, _, ended = told.moments()
    facts = _voicemail_within(told, span(started, ended) or told.it.seconds("duration"))
    return facts or (told.ignored("There is no voicemail in it."),)


_READERS: Mapping[str, Callable[[Told], Facts]] = {
    "call.created": _rang,
    "call.answered": _answered,
    "call.agent_declined": _declined,
    "call.hungup": _hungup,
    "call.ended": _hungup,
    "call.voicemail_left": _voicemail,
}


def _taken(told: Told) -> Happened:
    started, answered, _ = told.moments()
    (fact,) = _one(
        told,
        "answered",
        lambda line: CallAnswered(
            at=told.at("answered_at"),
            call=told.id,
            line=line,
            by="person" if told.has_user else "unknown",
            evidence="phone_system",
            rang_seconds=span(started, answered),
        ),
    )
    return fact


def _ended(told: Told, outcome: CallOutcome, stage: CallStage | None) -> Facts:
    started, answered, ended = told.moments()
    return _one(
        told,
        f"ended:{outcome}:{stage or ''}",
        lambda line: CallEnded(
            at=told.at("ended_at"),
            call=told.id,
            line=line,
            outcome=outcome,
            rang_seconds=span(started, answered or ended),
            talked_seconds=span(answered, ended) if answered else 0,
            stage=stage,
        ),
    )


def _voicemail_within(told: Told, seconds: int | None) -> Facts:
    if not told.it.text("voicemail") and not told.it.text("asset").endswith("/voicemail"):
        return ()
    media = told.it.text("asset")[:2000] or told.it.text("voicemail")[:2000]
    at = told.at("ended_at")
    return _one(
        told,
        "voicemail",
        lambda line: VoicemailLeft(at=at, call=told.id, line=line, seconds=seconds or 0, media=media),
    )


def _called_back(told: Told, answered: datetime | None, ended: datetime | None) -> Facts:
    return _one(
        told,
        "called-back",
        lambda line: CalledBack(
            at=told.at("ended_at"),
            call=told.id,
            line=line,
            talked=None if answered else False,  # a voicemail box answers too
            talked_seconds=span(answered, ended) if answered else None,
            by=told.it.inside("user").text("name")[:80] or None,
        ),
    )


def _one(told: Told, what: str, make: Callable[[str], CallFact]) -> tuple[Happened]:
    line = told.line
    assert line is not None
    return (Happened(key=f"{told.id}:{what}"[:200], caller=told.customer, line=line, event=make(line), raw=told.kept),)
