"""Turns requests about calls into facts. It never decides whether a call was missed.

`completed` proves only that something picked up: our greeting, a menu, a cell phone's voicemail. Proof of a person is a
pressed 1; that two legs were bridged (`DialBridged`) is told as what it is. What is not known is said to be unknown.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from answerback.adapters.numbers import e164
from answerback.adapters.twiml_family.fields import Fields
from answerback.engine.events import (
    Attestation,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    CallStage,
    Screening,
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

ATTESTATIONS: Mapping[str, Attestation] = {
    "TN-Validation-Passed-A": "A",
    "TN-Validation-Passed-B": "B",
    "TN-Validation-Passed-C": "C",
    "A": "A",
    "B": "B",
    "C": "C",
}

WHOSE = (
    "The request does not say who called which of our numbers. Put both into the address given to the provider, as in "
    ".../recording?line=%2B15125550100&caller=%2B15125550131."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """What `completed` means on a line whose calls we pick up ourselves: an outcome, and where the caller was.

    `waited` says that all of the call is time the caller waited.
    """

    outcome: CallOutcome
    stage: CallStage | None = None
    waited: bool = False


UNTOLD = Completed(outcome="unknown")


def rang(fields: Fields, now: datetime) -> Facts:
    """A call comes in."""
    return one(
        fields,
        f"{fields.call}:rang",
        lambda line: CallRang(
            at=fields.at(now),
            call=fields.call,
            line=line,
            forwarded_from=e164(fields.get("ForwardedFrom")),
            attestation=_attestation(fields),
            screening=_screening(fields.get("AddOns")),
            caller_name=fields.get("CallerName")[:80] or None,
        ),
    )


def ended(fields: Fields, now: datetime, completed: Completed = UNTOLD) -> Facts:
    """The caller's own leg is over."""
    word, seconds = fields.get("CallStatus"), fields.seconds("CallDuration")
    if word == "completed" and is_machine(fields):
        return _end(fields, now, "machine", talked=seconds)
    if word == "completed" and completed.waited:
        return _end(fields, now, completed.outcome, rang=seconds, talked=0, stage=completed.stage)
    if word == "completed":
        return _end(fields, now, completed.outcome, talked=seconds, stage=completed.stage)
    # CallDuration is 0 for calls nobody picked up, however long they rang: it says nothing here.
    outcome = ENDINGS.get(word, "unknown")
    if completed is not UNTOLD and outcome == "no_answer":
        outcome = "abandoned"  # we would have picked up ourselves in the end: it was the caller who left
    return _end(fields, now, outcome, stage="ringing" if outcome == "abandoned" else None)


def recording(fields: Fields, now: datetime) -> Facts:
    """A Record is over or its file is ready: both name the same recording, so they are one fact."""
    state, source = fields.get("RecordingStatus"), fields.get("RecordingSource")
    if state not in ("", "completed"):
        return (fields.ignored(state, "There is no finished recording yet, or there never will be."),)
    if source not in ("", "RecordVerb"):
        return (fields.ignored(source, "This is the recording of a conversation, not a voicemail."),)
    seconds = fields.seconds("RecordingDuration")
    if seconds is None:
        raise Malformed(f"A {fields.title} request to .../recording must have RecordingDuration.")
    link = fields.get("RecordingUrl")
    key = fields.sid("RecordingSid")
    return one(
        fields,
        key,
        lambda line: VoicemailLeft(
            at=fields.at(now), call=fields.call, line=line, seconds=seconds, media=link[:2000] or None
        ),
    )


def transcription(fields: Fields, now: datetime) -> Facts:
    """The words of a voicemail arrived, or the provider could not make any out."""
    if fields.get("TranscriptionStatus") != "completed":
        why = f"{fields.title} could not transcribe this recording."
        return (fields.ignored(fields.get("TranscriptionStatus"), why),)
    words = fields.get("TranscriptionText")
    key = fields.sid("TranscriptionSid", "RecordingSid")
    return one(
        fields,
        f"{key}:words",
        lambda line: VoicemailTranscribed(at=fields.at(now), call=fields.call, line=line, text=words),
    )


def hung_up(
    fields: Fields, now: datetime, outcome: CallOutcome, *, stage: CallStage, menu_choice: str | None = None
) -> Facts:
    """The end of a call that we end ourselves, told at once: nothing more happens to the caller on the phone."""
    return one(
        fields,
        f"{fields.call}:hung-up",
        lambda line: CallEnded(
            at=fields.at(now), call=fields.call, line=line, outcome=outcome, stage=stage, menu_choice=menu_choice
        ),
    )


def one(fields: Fields, key: str, make: Making) -> Facts:
    """One fact under this key, or the reason why nobody can say whose it is."""
    line, who = fields.line(), fields.caller()
    if line is None or who is None:
        return (fields.ignored("nobody", WHOSE),)
    return (Happened(key=key, caller=who, line=line, event=make(line), raw=fields.raw),)


def is_machine(fields: Fields) -> bool:
    """Did the provider hear a machine pick up?"""
    return fields.get("AnsweredBy").startswith(("machine", "fax"))


def is_outgoing(fields: Fields) -> bool:
    """Is this a call the account placed itself?"""
    return fields.get("Direction").startswith("outbound")


def _end(
    fields: Fields,
    now: datetime,
    outcome: CallOutcome,
    *,
    rang: int | None = None,
    talked: int | None = None,
    stage: CallStage | None = None,
) -> Facts:
    return one(
        fields,
        f"{fields.call}:{fields.get('CallStatus')[:40]}",
        lambda line: CallEnded(
            at=fields.at(now),
            call=fields.call,
            line=line,
            outcome=outcome,
            rang_seconds=rang,
            talked_seconds=talked,
            stage=stage,
        ),
    )


def _attestation(fields: Fields) -> Attestation | None:
    verdict = fields.get("StirVerstat") or fields.get("ShakenStirAttestation")
    failed = verdict.startswith("TN-Validation-Failed") or fields.get("ShakenStirValidated").lower() == "false"
    return "failed" if failed and verdict else ATTESTATIONS.get(verdict)


def _screening(add_ons: str) -> Screening | None:
    """What a spam add-on says: Nomorobo's score is 1 for a robocaller, 0 for nobody it knows."""
    if not add_ons.isprintable() or '"nomorobo_spamscore"' not in add_ons:
        return None
    try:
        score = json.loads(add_ons)["results"]["nomorobo_spamscore"]["result"]["score"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return {1: "spam", 0: "clear"}.get(score) if isinstance(score, int) else None  # type: ignore[return-value]
