"""What can happen to a conversation around its time in the calendar, besides that an appointment stands or falls.

These are events like all others (`engine.events` lists them); what follows from one is decided elsewhere.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SoughtFor = Literal["offer", "wish", "taken", "move"]
"""Why openings were looked for: the first offer, words of the customer's, a time just taken, another time instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningsFound:
    """The calendar was looked at for this customer: up to three openings, soonest first.

    `fits` is False where none fits what they asked for, and these are the next there are. `said` is what the text with
    the offer begins with, `deposit` what is asked for, in cents.
    """

    at: datetime
    sought: SoughtFor
    starts: tuple[datetime, ...]
    fits: bool = True
    said: str = ""
    deposit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHeld:
    """A time is kept for this customer until `until`, while a name or an address is asked for."""

    at: datetime
    starts_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningLost:
    """The time this customer chose is no opening any more; nobody was told yes."""

    at: datetime
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentMoved:
    """An appointment that stands was moved to another time."""

    at: datetime
    appointment: str
    starts_at: datetime
    by: Literal["customer", "staff", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentEnded:
    """A person said what became of an appointment: it took place, or nobody was there."""

    at: datetime
    appointment: str
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentReopened:
    """A person took back what they had said became of an appointment: it stands as before, and so does the lead."""

    at: datetime
    appointment: str
    starts_at: datetime
    lead: Literal["new", "contacted", "qualified", "booked", "won", "lost", "not_served"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentTakenBack:
    """A person took back that they had booked an appointment, before the customer was told of it.

    `texts` are the keys of those that may leave after all.
    """

    at: datetime
    appointment: str
    texts: tuple[str, ...] = ()


BookingEvent = (
    OpeningsFound
    | OpeningHeld
    | OpeningLost
    | AppointmentMoved
    | AppointmentEnded
    | AppointmentReopened
    | AppointmentTakenBack
)
