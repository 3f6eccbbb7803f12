"""What a booking page elsewhere must offer: a link for one lead, and its word on what came of it.

Customers of a business that books on such a page are led there by our own short link, and what they do there comes back
as a signed request. An adapter is one directory with one entry point in the group `answerback.booking_page`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from answerback.ports.connection import Connection, Finding, Request, Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """The lead that is sent there: `reference` must come back with the booking, the rest fills the form in."""

    reference: str
    name: str = ""
    email: str = ""
    number: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedThere:
    """A booking stands. `at` is when its provider says it happened, `instead_of` the booking it was moved from.

    `reference` is empty where none came back; then the customer's `number` (E.164) may still say who it is.
    """

    uid: str
    at: datetime
    starts_at: datetime
    ends_at: datetime
    reference: str = ""
    number: str = ""
    email: str = ""
    name: str = ""
    host_email: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledThere:
    """A booking was given up."""

    uid: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """A request that changes nothing here, and why."""

    why: str


Said = BookedThere | CancelledThere | Passing


class BookingPage(Protocol):
    """One kind of booking page."""

    name: str
    title: str
    settings: tuple[Setting, ...]

    def link(self, connection: Connection, guest: Guest) -> str:
        """Where to send this lead, the form filled in as far as we know. Raises `Refused` where no page is set."""

    def verify(self, connection: Connection, request: Request, now: datetime) -> None:
        """Pass if the provider signed this request lately, else raise `Forged`. Refuses when no secret is set."""

    def hear(self, connection: Connection, request: Request) -> Said:
        """What a verified request says; raises `Malformed`."""

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Look over the settings; nothing is asked of the provider."""
