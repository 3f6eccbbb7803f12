"""What an adapter may offer for setting up a line: settings of its own, and a provider that can be told our addresses.

Asked with `isinstance`; an adapter without any of it is set up by hand, as its page in docs/connect says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from answerback.ports.connection import Connection, Setting
from answerback.ports.lines import OurLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value at a provider that is not as we need it: what it is, what it is now, what it should be."""

    what: str
    now: str
    wanted: str


@runtime_checkable
class HasLineSettings(Protocol):
    """An adapter whose lines can be told how to behave: whom to ring, what to say."""

    line_settings: tuple[Setting, ...]

    def line_problems(self, line: OurLine) -> Mapping[str, str]:
        """What is wrong with this line's settings, by name, in words for the owner; empty when all is well."""

    def disclosure(self, line: OurLine) -> str:
        """What callers of this line are told about texts before one leaves; empty where they are told nothing."""


@runtime_checkable
class SetsUpNumbers(Protocol):
    """An adapter whose provider can be told where our hooks are."""

    def planned(self, connection: Connection, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
        """What would have to change at the provider for this line; empty when nothing. Changes nothing.

        `hooks_url` is the address above this connection's hooks, without a slash at its end. Raises `Refused` (also
        when the account has no such number) or `Unavailable`.
        """

    def set_up(self, connection: Connection, line: OurLine, hooks_url: str) -> tuple[Change, ...]:
        """Make those changes and return them; doing it again changes nothing."""


@runtime_checkable
class ToldByHand(Protocol):
    """An adapter whose provider is told by a person where our hooks are, on a page of its own.

    `hook` is the last part of the address that is entered there, `hook_says` what to choose beside it, in words for the
    owner, `hook_secret` the setting for the secret the provider shows then; empty where it shows none.
    """

    settings: tuple[Setting, ...]
    hook: str
    hook_says: str
    hook_secret: str


@runtime_checkable
class FailsOpen(Protocol):
    """An adapter whose provider can ring the shop by itself while we are down."""

    def fallback(self, connection: Connection, line: OurLine) -> str:
        """The document to keep at the provider: it rings the shop and knows nothing of us."""


@runtime_checkable
class PlacesTestCalls(Protocol):
    """An adapter whose provider can place a call, to try out whether the shop's forwarding leads back to us."""

    def place_test_call(self, connection: Connection, line: str, to: str, hooks_url: str) -> str:
        """Call this number from this line, with the line's number shown; returns the provider's id of the call.

        Whoever picks up hears a moment of silence, and it is over. Raises `Refused` or `Unavailable`.
        """
