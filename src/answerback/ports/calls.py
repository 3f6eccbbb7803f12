"""Calls we place ourselves, to people of the business: to wake them, or to join them with a customer.

The adapter places the call and writes down what it is told to say; what a key means is decided in `workflow.ringing`.
Every step is asked for at an address of ours that the provider signs, and carries the key of the call.
"""

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from answerback.ports.connection import Connection
from answerback.ports.phone import Answer

CallStep = Literal["picked_up", "key", "joined", "over"]
"""They picked up; pressed a key (or none, in time); stopped talking with the customer; are gone."""

CallEnd = Literal["talked", "completed", "no_answer", "busy", "failed"]
"""How a call, or the customer's leg of it, ended. `talked` is only said of a leg that was joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OurCall:
    """What a provider reports of a call of ours. Seconds are whole, None where it does not say.

    `to` is the phone that was rung, where what the provider signs says so: it must be the call's.
    """

    call: str
    step: CallStep
    to: str = ""
    digits: str = ""
    end: CallEnd | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingCall:
    """A call to place: `hooks_url` is where its steps are asked for, without the last part."""

    call: str
    sender: str
    to: str
    hooks_url: str
    ring_seconds: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The provider has the call, under its own id."""

    provider_call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Say this, in this language, and wait for one key."""

    words: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Say this, then ring the customer and join the two; the customer sees `sender`."""

    words: str
    to: str
    sender: str
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bye:
    """Say this and hang up."""

    words: str = ""
    language: str = "en"


Next = Ask | Join | Bye


@runtime_checkable
class PlacesCalls(Protocol):
    """An adapter whose provider can place calls; ask with `isinstance`."""

    def place(self, connection: Connection, call: OutgoingCall) -> Placed:
        """Place this call; raises `Refused`, `Unavailable` or `Unclear`."""

    def go_on(self, connection: Connection, call: OurCall, then: Next, hooks_url: str) -> Answer:
        """The document that lets this call go on like that."""
