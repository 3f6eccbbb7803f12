"""Follows calls through the events of the manager interface, channel by channel, and tells the facts.

Decided at the hangup of the caller's own channel (its Uniqueid is the Linkedid): a queue that rings one phone twice
ends four dials. A person is proved by the caller and another channel in one bridge, never by ANSWERED. What ended
while we were not connected ends as unknown, unless a hangup handler wrote it down (`record`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from answerback.adapters.asterisk.ami import Message
from answerback.adapters.asterisk.numbers import Plan, hides
from answerback.adapters.asterisk.record import OUTCOMES
from answerback.adapters.objects import span
from answerback.engine.events import (
    CallAnswered,
    CalledBack,
    CallEnded,
    CallFact,
    CallOutcome,
    CallRang,
    LegEnded,
    LegResult,
    VoicemailLeft,
)
from answerback.ports.phone import WITHHELD, Happened

MOST_CALLS = 5000
"""A switchboard with more calls at once is not a shop's: the oldest is forgotten rather than memory filled."""

RESULTS: Mapping[str, LegResult] = {
    "ANSWER": "answered",
    "NOANSWER": "no_answer",
    "CANCEL": "no_answer",
    "BUSY": "busy",
    "CHANUNAVAIL": "failed",
    "CONGESTION": "failed",
}


@dataclass(slots=True, kw_only=True)
class Followed:
    """One call in progress. `incoming` is False for one that somebody here makes."""

    id: str
    incoming: bool
    customer: str
    line: str
    by: str
    began: datetime
    told: bool = False
    adopted: bool = False
    status: str = ""
    answered: datetime | None = None
    voicemail: bool = False
    queue: bool = False
    legs: dict[str, datetime] = field(default_factory=dict)
    bridges: dict[str, set[str]] = field(default_factory=dict)


class Tracker:
    """The calls of one connection, kept over a broken line."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.calls: dict[str, Followed] = {}
        self.unkept: list[Happened] = []
        """Facts that were told and could not be kept yet."""

    def heard(self, message: Message, now: datetime) -> list[Happened]:
        """The facts that follow from one event."""
        reader = _READERS.get(message.get("Event", ""))
        at = min(_stamp(message) or now, now)
        return reader(self, message, at) if reader else []

    def present(self, channels: Iterable[Message], now: datetime) -> list[Happened]:
        """After a break: these channels exist now. Calls we followed that are gone have ended unseen."""
        there = list(channels)
        living = {message.get("Linkedid", "") for message in there}
        facts = [
            fact for id in [*self.calls] if id not in living for fact in self._over(self.calls.pop(id), now, lost=True)
        ]
        for message in there:
            if message.get("Uniqueid") not in self.calls:
                self._began(message, now)
                self._adopt(message)
        for bridge, members in _bridges(there).items():
            for message in members:
                facts += self._joined({**message, "BridgeUniqueid": bridge}, now)
        return facts

    def _began(self, message: Message, at: datetime) -> list[Happened]:
        """A channel; only the first of a call is a caller's or that of somebody who dials out."""
        id = message.get("Uniqueid", "")
        if not id or len(id) > 120 or id != message.get("Linkedid"):
            return []
        dialled, context = message.get("Exten", ""), message.get("Context", "")
        line, shown = self.plan.line(dialled, context), message.get("CallerIDNum", "")
        outside = None if line else self.plan.outside(dialled)
        if line is None and (outside is None or context in self.plan.trunks or not self.plan.default_line):
            return []
        if len(self.calls) >= MOST_CALLS:
            del self.calls[next(iter(self.calls))]
        self.calls[id] = Followed(
            id=id,
            incoming=line is not None,
            customer=self.plan.customer(shown) if line else outside or WITHHELD,
            line=line or self.plan.default_line,
            by=shown,
            began=at,
        )
        return []

    def _adopt(self, message: Message) -> None:
        """A call that was under way when we came: what was tried before is not known."""
        if call := self.calls.get(message.get("Uniqueid", "")):
            call.adopted = True

    def _caller_shown(self, message: Message, _: datetime) -> list[Happened]:
        call = self.calls.get(message.get("Uniqueid", ""))
        if call and call.incoming and hides(message.get("CID-CallingPres", "")):
            call.customer = WITHHELD
        return []

    def _dialling(self, message: Message, at: datetime) -> list[Happened]:
        call = self._call(message)
        if call is None:
            return []
        call.legs[message.get("DestUniqueid", "")[:120]] = at
        return self._rang(call)

    def _dialled(self, message: Message, at: datetime) -> list[Happened]:
        call, leg = self._call(message), message.get("DestUniqueid", "")[:120]
        if call is None:
            return []
        word = message.get("DialStatus", "").upper()
        call.status = word or call.status
        if not call.incoming or not leg:
            return []
        result = RESULTS.get(word, "unknown")
        target = message.get("DestCallerIDNum", "").replace("<unknown>", "")[:40] or None
        rang = span(call.legs.get(leg), at)
        event = LegEnded(at=at, call=call.id, line=call.line, leg=leg, target=target, result=result, rang_seconds=rang)
        return [*self._rang(call), self._fact(call, f"leg:{leg}:{result}", event, message)]

    def _joined(self, message: Message, at: datetime) -> list[Happened]:
        call, channel = self._call(message), message.get("Uniqueid", "")
        if call is None:
            return []
        inside = call.bridges.setdefault(message.get("BridgeUniqueid", ""), set())
        inside.add(channel)
        if call.id not in inside or len(inside) < 2 or call.answered:
            return []
        call.answered = at
        if not call.incoming:
            return []
        leg = next((each for each in inside if each != call.id), "")
        event = CallAnswered(
            at=at, call=call.id, line=call.line, by="person", evidence="bridge",
            rang_seconds=span(call.legs.get(leg) or call.began, at),
        )  # fmt: skip
        return [*self._rang(call), self._fact(call, "answered", event, message)]

    def _left(self, message: Message, _: datetime) -> list[Happened]:
        call = self._call(message)
        if call is not None:
            call.bridges.get(message.get("BridgeUniqueid", ""), set()).discard(message.get("Uniqueid", ""))
        return []

    def _set(self, message: Message, _: datetime) -> list[Happened]:
        call = self._call(message)
        if call and message.get("Variable") == "VMSTATUS" and message.get("Value") == "SUCCESS":
            call.voicemail = True
        return []

    def _queued(self, message: Message, _: datetime) -> list[Happened]:
        call = self._call(message)
        if call is not None:
            call.queue = True
        return []

    def _hung_up(self, message: Message, at: datetime) -> list[Happened]:
        call = self.calls.pop(message.get("Uniqueid", ""), None)
        return self._over(call, at, raw=message) if call else []

    def _over(self, call: Followed, at: datetime, *, lost: bool = False, raw: Message | None = None) -> list[Happened]:
        if not call.incoming:
            return [self._fact(call, "called-back", _called_back(call, at), raw)]
        outcome: CallOutcome = "answered_human" if call.answered else "unknown" if lost else _outcome(call)
        event = CallEnded(
            at=at,
            call=call.id,
            line=call.line,
            outcome=outcome,
            rang_seconds=span(call.began, call.answered or at),
            talked_seconds=span(call.answered, at) if call.answered else None if lost else 0,
            stage="queue" if call.queue and outcome != "answered_human" else None,
        )
        facts = [*self._rang(call), self._fact(call, f"ended:{outcome}", event, raw)]
        if call.voicemail:
            left = VoicemailLeft(at=at, call=call.id, line=call.line, seconds=span(call.began, at) or 0)
            facts.append(self._fact(call, "voicemail", left, raw))
        return facts

    def _call(self, message: Message) -> Followed | None:
        return self.calls.get(message.get("Linkedid", "") or message.get("Uniqueid", ""))

    def _rang(self, call: Followed) -> list[Happened]:
        """That it rang is told with the next fact: by then it is known whether the caller hides the number."""
        if call.told or not call.incoming:
            return []
        call.told = True
        return [self._fact(call, "rang", CallRang(at=call.began, call=call.id, line=call.line), None)]

    def _fact(self, call: Followed, what: str, event: CallFact, raw: Message | None) -> Happened:
        key = f"{call.id}:{what}"[:200]
        return Happened(key=key, caller=call.customer, line=call.line, event=event, raw=dict(raw or {}))


Reader = Callable[[Tracker, Message, datetime], list[Happened]]

_READERS: Mapping[str, Reader] = {
    "Newchannel": Tracker._began,  # noqa: SLF001  the table of the class above
    "NewCallerid": Tracker._caller_shown,  # noqa: SLF001
    "DialBegin": Tracker._dialling,  # noqa: SLF001
    "DialEnd": Tracker._dialled,  # noqa: SLF001
    "BridgeEnter": Tracker._joined,  # noqa: SLF001
    "BridgeLeave": Tracker._left,  # noqa: SLF001
    "VarSet": Tracker._set,  # noqa: SLF001
    "QueueCallerJoin": Tracker._queued,  # noqa: SLF001
    "Hangup": Tracker._hung_up,  # noqa: SLF001
}


def _outcome(call: Followed) -> CallOutcome:
    """How a call ended that nobody was joined to; without any dial the caller left during the greeting or menu."""
    if call.status:
        return OUTCOMES.get(call.status, "unknown")
    return "unknown" if call.adopted else "abandoned"


def _called_back(call: Followed, at: datetime) -> CalledBack:
    answered = call.answered is not None
    return CalledBack(
        at=at,
        call=call.id,
        line=call.line,
        talked=None if answered else False,  # a voicemail box answers too
        talked_seconds=span(call.answered, at),
        by=call.by[:40] or None,
    )


def _bridges(channels: Iterable[Message]) -> dict[str, list[Message]]:
    """Channels by the bridge they are in."""
    found: dict[str, list[Message]] = {}
    for message in channels:
        if message.get("BridgeId"):
            found.setdefault(message["BridgeId"], []).append(message)
    return found


def _stamp(message: Message) -> datetime | None:
    """The moment Asterisk gives an event with `timestampevents = yes`."""
    try:
        return datetime.fromtimestamp(float(message["Timestamp"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):
        return None
