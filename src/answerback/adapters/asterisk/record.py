"""Reads the one record a hangup handler writes when a caller's channel is over: all facts of a call in one line.

It comes as an event, out of Asterisk's own database after we were away, or as the form of an HTTP request. `dial` and
`peer` say whether somebody was joined to the caller; what only picked up (a menu, a voicemail box) is not a person.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from answerback.adapters.asterisk.numbers import Plan
from answerback.adapters.numbers import e164
from answerback.engine.events import (
    CallAnswered,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    CallStage,
    ForwardedBecause,
    VoicemailLeft,
)
from answerback.ports.errors import Malformed
from answerback.ports.phone import Happened, Ignored

OUTCOMES: Mapping[str, CallOutcome] = {
    "NOANSWER": "no_answer",
    "BUSY": "busy",
    "CANCEL": "abandoned",
    "CHANUNAVAIL": "failed",
    "CONGESTION": "failed",
    "INVALIDARGS": "failed",
    "DONTCALL": "blocked",
    "TORTURE": "blocked",
}
"""DIALSTATUS of the last attempt to ring somebody."""

QUEUE_GAVE_UP = frozenset({"TIMEOUT", "FULL", "JOINEMPTY", "LEAVEEMPTY", "JOINUNAVAIL", "LEAVEUNAVAIL"})

BECAUSE: Mapping[str, ForwardedBecause] = {
    "cfnr": "no_answer",
    "cfb": "busy",
    "cfu": "always",
    "unavailable": "unreachable",
    "out_of_order": "unreachable",
}
"""REDIRECTING(reason) of a call that was forwarded to us."""


def fields(line: str) -> dict[str, str]:
    """The record as it is written in an event or in the database: like the query of an address."""
    return dict(parse_qsl(line, keep_blank_values=True, max_num_fields=60)) if line.count("&") < 60 else {}


def facts(said: Mapping[str, str], plan: Plan, now: datetime) -> tuple[Happened | Ignored, ...]:
    """The facts in one record; raises `Malformed` when it does not name its call."""
    call = said.get("call", "")
    if not 0 < len(call) <= 120:
        raise Malformed("The record must name its call: call=${CHANNEL(linkedid)}.")
    line = plan.line(said.get("did", ""), said.get("context") or next(iter(plan.trunks), ""))
    if line is None:
        why = "This was not a call to one of the connection's lines."
        return (Ignored(key=f"ignored:{call}", kind="hangup", why=why, raw=dict(said)),)
    customer = plan.customer(said.get("from", ""), said.get("pres", ""))
    ended = min(_moment(said.get("at")) or now, now)
    began = min(_moment(said.get("began")) or ended, ended)
    events = _events(said, call, line, began, ended)
    return tuple(
        Happened(key=f"{call}:{what}", caller=customer, line=line, event=event, raw=dict(said))
        for what, event in events
    )


def _events(
    said: Mapping[str, str], call: str, line: str, began: datetime, ended: datetime
) -> list[tuple[str, CallFact]]:
    """The facts by what is to be in their keys."""
    dial, whole = said.get("dial", "").upper(), int((ended - began).total_seconds())
    rang_all, talked = _seconds(said.get("dialed")), _seconds(said.get("answered"))
    forwarded = e164(said.get("rdnis", ""), "US")
    rang = CallRang(
        at=began,
        call=call,
        line=line,
        forwarded_from=forwarded,
        forwarded_because=BECAUSE.get(said.get("rdreason", "").lower(), "unknown") if forwarded else None,
    )
    events: list[tuple[str, CallFact]] = [("rang", rang)]
    if dial == "ANSWER" or said.get("peer"):
        before = max(0, rang_all - talked) if rang_all is not None and talked is not None else None
        answered = CallAnswered(
            at=ended, call=call, line=line, by="person", evidence="bridge", rang_seconds=before, target=None
        )
        over = CallEnded(
            at=ended, call=call, line=line, outcome="answered_human", rang_seconds=before, talked_seconds=talked
        )
        return [*events, ("record:answered", answered), ("record:ended", over)]
    outcome, stage = _outcome(dial, said.get("queue", "").upper())
    events.append(
        (
            "record:ended",
            CallEnded(
                at=ended, call=call, line=line, outcome=outcome, rang_seconds=whole, talked_seconds=0, stage=stage
            ),
        )
    )
    if said.get("vm", "").upper() == "SUCCESS":
        left = VoicemailLeft(at=ended, call=call, line=line, seconds=max(0, whole - (rang_all or 0)))
        events.append(("voicemail", left))
    return events


def _outcome(dial: str, queue: str) -> tuple[CallOutcome, CallStage | None]:
    """How a call ended that nobody was joined to. Without any attempt to ring somebody the caller left the menu."""
    if queue in QUEUE_GAVE_UP:
        return "no_answer", "queue"
    if not dial:
        return "abandoned", "menu"
    return OUTCOMES.get(dial, "unknown"), "ringing" if dial == "CANCEL" else None


def _seconds(word: str | None) -> int | None:
    fits = word is not None and word.isascii() and word.isdigit() and len(word) < 7
    return int(word) if fits and word is not None else None


def _moment(word: str | None) -> datetime | None:
    seconds = (word or "").partition(".")[0]
    fits = seconds.isascii() and seconds.isdigit() and len(seconds) < 12
    return datetime.fromtimestamp(int(seconds), UTC) if fits else None
