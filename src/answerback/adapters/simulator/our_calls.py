"""Calls the product places in the pretend world: whoever is called picks up and presses what was planned for them.

Each step is a webhook like any other; what the product answers to it says what comes next. Nobody picks up whose phone
nothing was planned for.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, assert_never

from answerback.adapters.simulator.tables import Tables, stamp
from answerback.adapters.simulator.webhooks import Webhook, plan
from answerback.engine.events import Failure
from answerback.ports.calls import Ask, Bye, Join, Next, OurCall, OutgoingCall, Placed
from answerback.ports.errors import Malformed, Refused
from answerback.ports.phone import Answer

PICKS_UP_AFTER = timedelta(seconds=6)
PRESSES_AFTER = timedelta(seconds=3)
TALKS = timedelta(seconds=90)


class OurCalls:
    """The calls of one world that the product placed."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._keys: dict[str, list[str]] = {}
        self._placed: dict[str, OutgoingCall] = {}

    def picks_up(self, number: str, keys: tuple[str, ...]) -> None:
        """The next call to this phone is picked up, and these keys are pressed when asked, one after the other."""
        self._keys[number] = list(keys)

    def place(self, call: OutgoingCall, connection: int, now: datetime) -> Placed:
        """Ring this phone; raises `Refused` for one that cannot be reached."""
        with self._tables.read() as db:
            row = db.execute("SELECT failure FROM handset WHERE number = ?", (call.to,)).fetchone()
        if row is not None and row["failure"] is not None:
            raise Refused("The phone cannot be reached.", failure=_failure(row["failure"]))
        self._placed[call.call] = call
        if call.to in self._keys:
            self._plan(call, connection, now + PICKS_UP_AFTER, {"step": "picked_up"})
        else:
            ends_at = now + timedelta(seconds=call.ring_seconds)
            self._plan(call, connection, ends_at, {"step": "over", "end": "no_answer"})
        return Placed(provider_call=f"simulated-{call.call}")

    def answered(self, webhook: Webhook, body: bytes, now: datetime) -> None:
        """What the product answered to a step: the call goes on like that."""
        told = json.loads(webhook.body)
        call = self._placed.get(str(told.get("call", "")))
        if call is None or not body or told.get("step") == "over":
            return
        then = json.loads(body)
        match then.get("do"):
            case "ask":
                self._press(call, webhook.connection, now)
            case "join":
                self._join(call, webhook.connection, str(then["to"]), now)
            case _:
                self._plan(call, webhook.connection, now, {"step": "over", "end": "completed"})

    def _press(self, call: OutgoingCall, connection: int, now: datetime) -> None:
        keys = self._keys.get(call.to, [])
        if not keys:
            self._plan(call, connection, now + PRESSES_AFTER, {"step": "over", "end": "completed"})
            return
        self._plan(call, connection, now + PRESSES_AFTER, {"step": "key", "digits": keys.pop(0)})

    def _join(self, call: OutgoingCall, connection: int, customer: str, now: datetime) -> None:
        """The customer picks up too, unless nothing was planned for their phone."""
        there = customer in self._keys
        end, after = ("talked", TALKS) if there else ("no_answer", timedelta(seconds=30))
        fields = {"step": "joined", "end": end, "seconds": int(TALKS.total_seconds()) if there else 0}
        self._plan(call, connection, now + after, fields)

    def _plan(self, call: OutgoingCall, connection: int, at: datetime, fields: Mapping[str, Any]) -> None:
        with self._tables.write() as db:
            row = db.execute("SELECT hooks_url FROM line WHERE number = ?", (call.sender,)).fetchone()
            plan(
                db,
                connection=connection,
                what="our-call",
                url=f"{row['hooks_url'] if row else call.hooks_url}/our-call",
                subject=call.call,
                at=at,
                fields={"kind": "our_call", "call": call.call, **fields},
                tag=f"our-{stamp(at)}",
            )


def heard(body: bytes) -> OurCall:
    """The step one webhook reports; raises `Malformed`."""
    try:
        told = json.loads(body)
        return OurCall(
            call=str(told["call"]),
            step=told["step"],
            digits=str(told.get("digits", "")),
            end=told.get("end"),
            seconds=told.get("seconds"),
        )
    except (ValueError, KeyError, TypeError) as wrong:
        raise Malformed("This is no step of a call of ours.") from wrong


def go_on(then: Next) -> Answer:
    """What the pretend provider is told to do next."""
    match then:
        case Ask(words=words):
            said: dict[str, str] = {"do": "ask", "words": words}
        case Join(words=words, to=to, sender=sender):
            said = {"do": "join", "words": words, "to": to, "sender": sender}
        case Bye(words=words):
            said = {"do": "bye", "words": words}
        case _:
            assert_never(then)
    return Answer(status=200, content_type="application/json", body=json.dumps(said))


def _failure(word: str) -> Failure:
    return "landline" if word == "landline" else "unreachable"
