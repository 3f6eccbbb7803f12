"""Turns Quo's reports about calls into facts. It never decides whether a call was missed.

Quo says which of its users took a call, which is its word for a person; its own AI agent is told apart by `aiHandled`.
Keys are made of the call and what became of it, not of the webhook, so that both generations of webhooks and the list
of calls say one thing once.
"""

from collections.abc import Callable, Mapping

from answerback.adapters.objects import span
from answerback.adapters.quo.events import Told
from answerback.engine.events import (
    AnsweredBy,
    CallAnswered,
    CalledBack,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.ports.phone import Happened, Ignored

Facts = tuple[Happened | Ignored, ...]

ENDINGS: Mapping[str, CallOutcome] = {
    "missed": "no_answer",
    "no-answer": "no_answer",
    "completed": "no_answer",
    "busy": "busy",
    "abandoned": "abandoned",
    "canceled": "abandoned",
    "failed": "failed",
}
"""What the status of a call that nobody answered means; `completed` with nobody answering is a call that rang out."""

NOBODY = "It does not say who called which of our numbers. Add the number's id under Numbers in this connection."


def call(told: Told) -> Facts:
    """The facts in one event about a call."""
    reader = _READERS.get(told.kind)
    if reader is None:
        return (told.ignored("This event says nothing about whether a call was answered."),)
    if told.line is None or told.customer is None:
        return (told.ignored(NOBODY),)
    return reader(told)


def _rang(told: Told) -> Facts:
    if not told.is_incoming:
        return (told.ignored("An outgoing call that rings is nobody's missed call."),)
    at, forwarded = told.at("createdAt"), told.it.text("forwardedFrom")
    return _one(
        told,
        "rang",
        lambda line: CallRang(
            at=at, call=told.call, line=line, forwarded_from=forwarded if forwarded.startswith("+") else None
        ),
    )


def _answered(told: Told) -> Facts:
    if not told.is_incoming:
        return (told.ignored("Quo reports outgoing calls as answered by a voicemail box too; their end says more."),)
    return (_taken(told),)


def _missed(told: Told) -> Facts:
    return _ended(told, "no_answer") if told.is_incoming else (told.ignored("An outgoing call misses nobody."),)


def _completed(told: Told) -> Facts:
    """A call is over, by webhook or in the list of calls."""
    if not told.is_incoming:
        return _called_back(told)
    if told.it.text("status") == "forwarded":
        return _ended(told, "unknown")
    if told.it.moment("answeredAt") is None:
        facts = _ended(told, ENDINGS.get(told.it.text("status"), "unknown"))
        return (*facts, *_voicemail_within(told))
    taken = _taken(told)
    return (taken, *_ended(told, "answered_ai" if _who(told) == "ai" else "answered_human"))


def _voicemail(told: Told) -> Facts:
    seconds = told.it.seconds("duration")
    if seconds is None:
        return (told.ignored("It does not say how long the voicemail is."),)
    media = told.it.text("recordingUrl")[:2000] or None
    at, words = told.at("createdAt"), told.it.text("transcript")
    facts = _one(
        told, "voicemail", lambda line: VoicemailLeft(at=at, call=told.call, line=line, seconds=seconds, media=media)
    )
    return (*facts, *(_said(told, words) if words.strip() else ()))


_READERS: Mapping[str, Callable[[Told], Facts]] = {
    "call.ringing": _rang,
    "call.answered": _answered,
    "call.missed": _missed,
    "call.completed": _completed,
    "call.voicemail.completed": _voicemail,
}


def _said(told: Told, words: str) -> Facts:
    at = told.at("updatedAt", "createdAt")
    return _one(told, "words", lambda line: VoicemailTranscribed(at=at, call=told.call, line=line, text=words))


def _voicemail_within(told: Told) -> Facts:
    """Legacy webhooks carry the voicemail in the call itself."""
    box = told.it.inside("voicemail")
    seconds = box.seconds("duration")
    if seconds is None:
        return ()
    at, media = told.at("completedAt", "createdAt"), box.text("url")[:2000] or None
    return _one(
        told, "voicemail", lambda line: VoicemailLeft(at=at, call=told.call, line=line, seconds=seconds, media=media)
    )


def _taken(told: Told) -> Happened | Ignored:
    by = _who(told)
    (fact,) = _one(
        told,
        f"answered:{by}",
        lambda line: CallAnswered(
            at=told.at("answeredAt", "createdAt"),
            call=told.call,
            line=line,
            by=by,
            evidence="phone_system",
            rang_seconds=span(told.it.moment("createdAt"), told.it.moment("answeredAt")),
        ),
    )
    return fact


def _who(told: Told) -> AnsweredBy:
    if told.it.text("aiHandled") or told.it.raw.get("handledByAiAgent") is True:
        return "ai"
    return "machine" if told.it.raw.get("hasVoicemail") is True else "person"


def _ended(told: Told, outcome: CallOutcome) -> Facts:
    created, answered, ended = (told.it.moment(name) for name in ("createdAt", "answeredAt", "completedAt"))
    talked = (span(answered, ended) or told.it.seconds("duration")) if answered else 0
    return _one(
        told,
        f"ended:{outcome}",
        lambda line: CallEnded(
            at=told.at("completedAt", "updatedAt"),
            call=told.call,
            line=line,
            outcome=outcome,
            rang_seconds=span(created, answered or ended),
            talked_seconds=talked if outcome != "unknown" else None,
        ),
    )


def _called_back(told: Told) -> Facts:
    answered = told.it.moment("answeredAt")
    talked = span(answered, told.it.moment("completedAt")) or told.it.seconds("duration")
    return _one(
        told,
        "called-back",
        lambda line: CalledBack(
            at=told.at("completedAt", "createdAt"),
            call=told.call,
            line=line,
            talked=None if answered else False,  # a voicemail box answers too
            talked_seconds=talked if answered else None,
            by=told.it.text("initiatedBy")[:80] or told.context.text("userId")[:80] or None,
        ),
    )


def _one(told: Told, what: str, make: Callable[[str], CallFact]) -> tuple[Happened]:
    line, customer = told.line, told.customer
    assert line is not None
    assert customer is not None
    key = f"{told.call}:{what}"
    return (Happened(key=key, caller=customer, line=line, event=make(line), raw=told.envelope.raw),)
