"""Reads our documented JSON (docs/connect/webhook.md) into the facts of `ports.phone`.

Unknown fields are kept in `raw`; unknown kinds are `Ignored` with a reason; unknown values of a known field become
`unknown`, never a guess. What cannot be stored (NUL, half of a surrogate pair) is replaced before anybody sees it.
Never here: whether the request is genuine (`signed_json`), and what follows from a fact (the engine).
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast, get_args

from answerback.engine.events import (
    AnsweredBy,
    AnswerEvidence,
    Attestation,
    CallAnswered,
    CalledBack,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    CallStage,
    Failure,
    ForwardedBecause,
    LegEnded,
    LegResult,
    LineType,
    LineTypeLearned,
    ProviderKeyword,
    Screening,
    StaffTexted,
    TextReceived,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.ports.errors import Malformed
from answerback.ports.phone import WITHHELD, Happened, Heard, Ignored, ReceiptCame, ReceiptStatus

LONGEST_ID = 200
LONGEST_DURATION = 7 * 24 * 3600
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def hear_payload(body: bytes) -> Heard:
    """The one fact in a verified body; raises `Malformed` naming the field that is missing or wrong."""
    return Heard(facts=(understood(_parsed(body)),))


def understood(raw: Mapping[str, Any]) -> Happened | ReceiptCame | Ignored:
    """The fact one object says; raises `Malformed` naming the field that is missing or wrong."""
    payload = Payload(raw)
    key, kind = payload.word("id"), payload.word("kind")
    if kind == "receipt":
        return _receipt(key, payload)
    read = _READERS.get(kind)
    if read is None:
        why = f"Kinds known here are {', '.join(sorted((*_READERS, 'receipt')))}."
        return Ignored(key=key, kind=kind, why=why, raw=payload.raw)
    event = read(payload)
    return Happened(key=key, caller=payload.caller(), line=payload.number("line"), event=event, raw=payload.raw)


class Payload:
    """One JSON object, read field by field; every reader raises `Malformed` with the field's name."""

    __slots__ = ("raw",)

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw

    def word(self, name: str) -> str:
        """A short text that must be there."""
        value = self.raw.get(name)
        if not isinstance(value, str) or not value or len(value) > LONGEST_ID:
            raise Malformed(f"The field {name!r} must be a text of 1 to {LONGEST_ID} characters.")
        return value

    def words(self, name: str, otherwise: str | None = None) -> str:
        """A text of any length; missing only if there is a value to take instead."""
        value = self.raw.get(name, otherwise)
        if not isinstance(value, str):
            raise Malformed(f"The field {name!r} must be a text.")
        return value

    def optional(self, name: str) -> str | None:
        """A text, or None where the field is missing or null."""
        return None if self.raw.get(name) is None else self.words(name)

    def list_of_words(self, name: str) -> tuple[str, ...]:
        """A list of texts, or one by itself; empty where the field is missing."""
        value = self.raw.get(name) or []
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Malformed(f"The field {name!r} must be a list of texts.")
        return tuple(value)

    def number(self, name: str) -> str:
        """A phone number in E.164."""
        value = self.raw.get(name)
        if not isinstance(value, str) or not _E164.fullmatch(value):
            raise Malformed(f"The field {name!r} must be a phone number like +15125550131.")
        return value

    def caller(self) -> str:
        """The customer's number, or `WITHHELD` where the field is null."""
        if "caller" not in self.raw:
            raise Malformed("The field 'caller' must be there: a phone number, or null for a withheld one.")
        return WITHHELD if self.raw["caller"] in (None, WITHHELD) else self.number("caller")

    def moment(self) -> datetime:
        """When it happened, in UTC."""
        value = self.raw.get("at")
        try:
            moment = datetime.fromisoformat(cast("str", value))
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            pass
        raise Malformed("The field 'at' must be an ISO 8601 moment with a zone, like 2026-03-10T16:00:20Z.")

    def seconds(self, name: str) -> int | None:
        """A whole number of seconds, also as a text of digits (form tools send nothing else); None where missing."""
        value = self.raw.get(name)
        if value is None:
            return None
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LONGEST_DURATION:
            raise Malformed(f"The field {name!r} must be a whole number of seconds.")
        return value

    def truth(self, name: str) -> bool:
        """True or false, also as a word."""
        value = self.raw.get(name)
        if value in ("true", "false"):
            return bool(value == "true")
        if not isinstance(value, bool):
            raise Malformed(f"The field {name!r} must be true or false.")
        return value

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        """One of the known words, else `unknown`."""
        value = self.raw.get(name)
        return value if isinstance(value, str) and value in known else "unknown"

    def known(self, name: str, known: tuple[str, ...]) -> str | None:
        """One of the known words, else None: nobody looked, or the answer means nothing to us."""
        word = self.choice(name, known)
        return None if word == "unknown" else word


def _parsed(body: bytes) -> Mapping[str, Any]:
    try:
        parsed = json.loads(body, parse_constant=_no_constant)
        cleaned = _storable(parsed)
    except (ValueError, RecursionError) as wrong:
        raise Malformed("The body must be one JSON object in UTF-8.") from wrong
    if not isinstance(cleaned, dict):
        raise Malformed("The body must be one JSON object, not a list or a bare value.")
    return cleaned


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def _storable(value: Any) -> Any:
    """PostgreSQL takes neither NUL nor lone surrogates; a customer's phone can send both."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    return value


def _ringing(payload: Payload) -> CallRang:
    return CallRang(
        at=payload.moment(),
        call=payload.word("call"),
        line=payload.number("line"),
        forwarded_from=payload.optional("forwarded_from"),
        forwarded_because=cast(
            "ForwardedBecause | None", payload.known("forwarded_because", get_args(ForwardedBecause))
        ),
        attestation=cast("Attestation | None", payload.known("attestation", get_args(Attestation))),
        screening=cast("Screening | None", payload.known("screening", get_args(Screening))),
        caller_name=payload.optional("caller_name"),
    )


def _leg(payload: Payload) -> LegEnded:
    return LegEnded(
        at=payload.moment(),
        call=payload.word("call"),
        line=payload.number("line"),
        leg=payload.word("leg"),
        target=payload.optional("target"),
        result=cast("LegResult", payload.choice("result", get_args(LegResult))),
        rang_seconds=payload.seconds("rang_seconds"),
        talked_seconds=payload.seconds("talked_seconds"),
    )


def _answered(payload: Payload) -> CallAnswered:
    return CallAnswered(
        at=payload.moment(),
        call=payload.word("call"),
        line=payload.number("line"),
        by=cast("AnsweredBy", payload.choice("by", get_args(AnsweredBy))),
        evidence=cast("AnswerEvidence | None", payload.known("evidence", get_args(AnswerEvidence))),
        rang_seconds=payload.seconds("rang_seconds"),
        target=payload.optional("target"),
    )


def _ended(payload: Payload) -> CallEnded:
    return CallEnded(
        at=payload.moment(),
        call=payload.word("call"),
        line=payload.number("line"),
        outcome=cast("CallOutcome", payload.choice("outcome", get_args(CallOutcome))),
        rang_seconds=payload.seconds("rang_seconds"),
        talked_seconds=payload.seconds("talked_seconds"),
        menu_choice=payload.optional("menu_choice"),
        stage=cast("CallStage | None", payload.known("stage", get_args(CallStage))),
    )


def _voicemail(payload: Payload) -> VoicemailLeft:
    seconds = payload.seconds("seconds")
    if seconds is None:
        raise Malformed("The field 'seconds' must say how long the voicemail is.")
    return VoicemailLeft(
        at=payload.moment(),
        call=payload.word("call"),
        line=payload.number("line"),
        seconds=seconds,
        media=payload.optional("media"),
    )


def _transcript(payload: Payload) -> VoicemailTranscribed:
    return VoicemailTranscribed(
        at=payload.moment(), call=payload.word("call"), line=payload.number("line"), text=payload.words("text")
    )


def _called_back(payload: Payload) -> CalledBack:
    return CalledBack(
        at=payload.moment(),
        call=payload.word("call"),
        line=payload.number("line"),
        talked=None if payload.raw.get("talked") is None else payload.truth("talked"),
        talked_seconds=payload.seconds("talked_seconds"),
        by=payload.optional("by"),
    )


def _staff_texted(payload: Payload) -> StaffTexted:
    return StaffTexted(
        at=payload.moment(),
        member=payload.words("member", "the office phone"),
        line=payload.number("line"),
        text=payload.words("text"),
        message=payload.words("message", ""),
    )


def _line_type(payload: Payload) -> LineTypeLearned:
    return LineTypeLearned(
        at=payload.moment(),
        line_type=cast("LineType", payload.choice("line_type", get_args(LineType))),
        carrier=payload.words("carrier", ""),
    )


def _text(payload: Payload) -> TextReceived:
    keyword = payload.choice("keyword", get_args(ProviderKeyword))
    return TextReceived(
        at=payload.moment(),
        line=payload.number("line"),
        text=payload.words("text"),
        media=payload.list_of_words("media"),
        keyword=None if keyword == "unknown" else cast("ProviderKeyword", keyword),
    )


def _receipt(key: str, payload: Payload) -> ReceiptCame | Ignored:
    status = payload.choice("status", get_args(ReceiptStatus))
    if status == "unknown":
        why = f"Statuses known here are {', '.join(get_args(ReceiptStatus))}."
        return Ignored(key=key, kind="receipt", why=why, raw=payload.raw)
    failed = payload.raw.get("failure") is not None or status == "undelivered"
    return ReceiptCame(
        key=key,
        message=payload.word("message"),
        status=cast("ReceiptStatus", status),
        at=payload.moment(),
        failure=cast("Failure", payload.choice("failure", get_args(Failure))) if failed else None,
        detail=payload.words("detail", ""),
        line_type=cast("LineType | None", payload.known("line_type", get_args(LineType))),
        raw=payload.raw,
    )


_READERS: Mapping[str, Callable[[Payload], CallFact | TextReceived | StaffTexted | LineTypeLearned]] = {
    "ringing": _ringing,
    "leg": _leg,
    "answered": _answered,
    "ended": _ended,
    "voicemail": _voicemail,
    "transcript": _transcript,
    "called_back": _called_back,
    "text": _text,
    "staff_text": _staff_texted,
    "line_type": _line_type,
}
"""How each kind of fact is read."""
