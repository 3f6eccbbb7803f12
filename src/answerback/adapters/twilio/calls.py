"""Turns Twilio's requests about calls into facts. It never decides whether a call was missed.

`completed` proves only that something picked up: our greeting, a menu, a cell phone's voicemail. The one proof of a
person is a Dial whose two legs were bridged (`DialBridged`). What is not known is said to be unknown, never guessed.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from answerback.adapters.numbers import e164
from answerback.adapters.twilio.fields import Fields
from answerback.engine.events import (
    AnsweredBy,
    CallAnswered,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    LegEnded,
    LegResult,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.ports.errors import Malformed
from answerback.ports.phone import Happened, Ignored

Facts = tuple[Happened | Ignored, ...]
Making = Callable[[str], CallFact]
"""Makes a fact once the line it belongs to is known."""

BEGINNING = frozenset({"queued", "initiated", "ringing"})

ENDINGS: Mapping[str, CallOutcome] = {
    "no-answer": "no_answer",
    "busy": "busy",
    "canceled": "abandoned",
    "failed": "failed",
}
"""What the final CallStatus of the caller's own leg says; `completed` needs more and is judged apart."""

LEG_RESULTS: Mapping[str, LegResult] = {
    "no-answer": "no_answer",
    "busy": "busy",
    "canceled": "no_answer",
    "failed": "failed",
}

ATTESTATIONS: Mapping[str, str] = {
    "TN-Validation-Passed-A": "A",
    "TN-Validation-Passed-B": "B",
    "TN-Validation-Passed-C": "C",
}

_WHOSE = (
    "The request does not say who called which of our numbers. Put both into the address given to Twilio, as in "
    ".../recording?line=%2B15125550100&caller=%2B15125550131."
)


def voice(fields: Fields, now: datetime, greets: bool) -> Facts:
    """A call comes in, or a Dial is over. `greets` says that our own greeting picks up this connection's calls."""
    if fields.get("DialCallStatus"):
        return _after_dial(fields, now)
    if fields.get("CallStatus") == "in-progress" and not fields.is_leg and not _outgoing(fields):
        return _rang(fields, now)  # the number's flow hands an already accepted call over to us
    return status(fields, now, greets)


def status(fields: Fields, now: datetime, greets: bool) -> Facts:
    """The status callback of a number, of one dialled leg, or of the detection of machines."""
    if fields.is_leg:
        return _leg(fields, now)
    if _outgoing(fields):
        return (fields.ignored("outgoing", "An outgoing call of this account is nobody's missed call."),)
    word = fields.get("CallStatus")
    if word in BEGINNING:
        return _rang(fields, now)
    if fields.get("AnsweredBy") and word in ("", "in-progress"):
        return _picked_up(fields, now)
    if word == "in-progress":
        return (fields.ignored("in-progress", "Something picked up; this does not say whether it was a person."),)
    fields.need("CallStatus")
    return _ended(fields, now, greets)


def recording(fields: Fields, now: datetime) -> Facts:
    """A Record is over or its file is ready: both name the same recording, so they are one fact."""
    state, source = fields.get("RecordingStatus"), fields.get("RecordingSource")
    if state not in ("", "completed"):
        return (fields.ignored(state, "There is no finished recording yet, or there never will be."),)
    if source not in ("", "RecordVerb"):
        return (fields.ignored(source, "This is the recording of a conversation, not a voicemail."),)
    seconds = fields.seconds("RecordingDuration")
    if seconds is None:
        raise Malformed("A Twilio request to .../recording must have RecordingDuration.")
    link = fields.get("RecordingUrl")
    key = fields.sid("RecordingSid")
    return _one(
        fields,
        key,
        lambda line: VoicemailLeft(
            at=fields.at(now), call=fields.call, line=line, seconds=seconds, media=link[:2000] or None
        ),
    )


def transcription(fields: Fields, now: datetime) -> Facts:
    """The words of a voicemail arrived, or Twilio could not make any out."""
    if fields.get("TranscriptionStatus") != "completed":
        return (fields.ignored(fields.get("TranscriptionStatus"), "Twilio could not transcribe this recording."),)
    words = fields.get("TranscriptionText")
    key = fields.sid("TranscriptionSid", "RecordingSid")
    return _one(
        fields,
        f"{key}:words",
        lambda line: VoicemailTranscribed(at=fields.at(now), call=fields.call, line=line, text=words),
    )


def _rang(fields: Fields, now: datetime) -> Facts:
    verdict = fields.get("StirVerstat")
    attestation = "failed" if verdict.startswith("TN-Validation-Failed") else ATTESTATIONS.get(verdict)
    return _one(
        fields,
        f"{fields.call}:rang",
        lambda line: CallRang(
            at=fields.at(now),
            call=fields.call,
            line=line,
            forwarded_from=e164(fields.get("ForwardedFrom")),
            attestation=attestation,  # type: ignore[arg-type]  # the table holds nothing else
        ),
    )


def _picked_up(fields: Fields, now: datetime) -> Facts:
    by: AnsweredBy = "machine" if _is_machine(fields) else "unknown"
    return _one(
        fields,
        f"{fields.call}:answered-by:{by}",
        lambda line: CallAnswered(at=fields.at(now), call=fields.call, line=line, by=by),
    )


def _ended(fields: Fields, now: datetime, greets: bool) -> Facts:
    word = fields.get("CallStatus")
    if word != "completed" and word not in ENDINGS:
        return _end(fields, now, "unknown")
    if word != "completed":
        # CallDuration is 0 for calls nobody picked up, however long they rang: it says nothing here.
        return _end(fields, now, ENDINGS[word])
    seconds = fields.seconds("CallDuration")
    if _is_machine(fields):
        return _end(fields, now, "machine", talked=seconds)
    if greets:
        # Our greeting picked up, so all of the call is time the caller waited; a person is proved by the Dial alone.
        return _end(fields, now, "abandoned", rang=seconds, talked=0)
    return _end(fields, now, "unknown", talked=seconds)


def _end(
    fields: Fields, now: datetime, outcome: CallOutcome, *, rang: int | None = None, talked: int | None = None
) -> Facts:
    return _one(
        fields,
        f"{fields.call}:{fields.get('CallStatus')[:40]}",
        lambda line: CallEnded(
            at=fields.at(now), call=fields.call, line=line, outcome=outcome, rang_seconds=rang, talked_seconds=talked
        ),
    )


def _after_dial(fields: Fields, now: datetime) -> Facts:
    """A Dial is over: what became of the leg, whether a person had it, and with that how the call ends."""
    line, who = fields.line(), fields.caller()
    if line is None or who is None:
        return (fields.ignored("nobody", _WHOSE),)
    word, bridged = fields.get("DialCallStatus"), fields.get("DialBridged").lower()
    by, result, outcome = _dial_said(word, bridged, _is_machine(fields))
    at, call, leg = fields.at(now), fields.call, fields.get("DialCallSid") and fields.sid("DialCallSid")
    talked = fields.seconds("DialCallDuration") if by else 0 if outcome != "unknown" else None
    facts: list[CallFact] = [CallAnswered(at=at, call=call, line=line, by=by)] if by else []
    if leg:
        facts.append(LegEnded(at=at, call=call, line=line, leg=leg, target=None, result=result))
    facts.append(CallEnded(at=at, call=call, line=line, outcome=outcome, talked_seconds=talked))
    key = f"{call}:dial:{leg or 'none'}:{word[:40]}:{bridged[:8]}"
    return tuple(
        Happened(key=f"{key}:{type(fact).__name__}", caller=who, line=line, event=fact, raw=fields.raw)
        for fact in facts
    )


def _dial_said(word: str, bridged: str, machine: bool) -> tuple[AnsweredBy | None, LegResult, CallOutcome]:
    if word not in ("completed", "answered"):
        return None, LEG_RESULTS.get(word, "unknown"), ENDINGS.get(word, "unknown")
    if bridged == "true" and not machine:
        return "person", "answered", "answered_human"
    if machine:
        return "machine", "machine", "machine"
    if bridged == "false":  # somebody or a voicemail picked up and did not press 1
        return None, "machine", "no_answer"
    return "unknown", "unknown", "unknown"


def _leg(fields: Fields, now: datetime) -> Facts:
    """The status callback of one dialled Number: From and To are the leg's own, our line is only in our address."""
    word = fields.get("CallStatus")
    leg = fields.sid("CallSid")
    if word != "completed" and word not in LEG_RESULTS:
        return (fields.ignored(f"leg-{word}", "A leg is on its way; only its end is a fact."),)
    return _one(
        fields,
        f"{leg}:leg:{word}",
        lambda line: LegEnded(
            at=fields.at(now),
            call=fields.call,
            line=line,
            leg=leg,
            target=e164(fields.get("To")),
            result=_leg_result(word, fields),
        ),
    )


def _leg_result(word: str, fields: Fields) -> LegResult:
    if word != "completed":
        return LEG_RESULTS[word]
    if _is_machine(fields):
        return "machine"
    return "answered" if fields.get("AnsweredBy") == "human" else "unknown"


def _is_machine(fields: Fields) -> bool:
    return fields.get("AnsweredBy").startswith(("machine", "fax"))


def _outgoing(fields: Fields) -> bool:
    return fields.get("Direction").startswith("outbound")


def _one(fields: Fields, key: str, make: Making) -> Facts:
    line, who = fields.line(), fields.caller()
    if line is None or who is None:
        return (fields.ignored("nobody", _WHOSE),)
    return (Happened(key=key, caller=who, line=line, event=make(line), raw=fields.raw),)
