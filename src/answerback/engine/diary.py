"""What openings are found in: the people and things of one place, when they work, and what they are taken by.

Values only, handed in whole: nothing here knows where they come from. Never here: which times are free (`openings`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from answerback.engine.rules import Hours

Taker = Literal["appointment", "hold", "time_off", "outside"]
"""What a time is taken by: one of our appointments or holds, time off, or an entry of an outside calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Somebody or something is taken from `start` to before `end`, with all that is kept free around it.

    `area` is where an appointment takes place, None where nobody has to travel from it.
    """

    start: datetime
    end: datetime
    by: Taker = "appointment"
    area: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member who can be booked. `hours` are the place's where None; `services` is None for somebody who does all."""

    id: int
    name: str
    hours: Hours | None = None
    services: frozenset[str] | None = None
    taken: tuple[Taken, ...] = ()

    def does(self, service: str) -> bool:
        """Can this person do this service?"""
        return self.services is None or service in self.services


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A resource: a chair, a room, a truck."""

    id: int
    name: str
    kind: str
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """One place: when it is open, who works there, what there is.

    `ways` are the ways between two areas that somebody has measured, `travel` that between any other two.
    """

    hours: Hours
    people: tuple[Person, ...]
    things: tuple[Thing, ...] = ()
    travel: timedelta = timedelta(0)
    ways: Mapping[frozenset[str], timedelta] = field(default_factory=dict)

    def way(self, one: str | None, other: str | None) -> timedelta:
        """How long the way between two areas takes: none within one, or where nobody has to go."""
        if one is None or other is None or one == other:
            return timedelta(0)
        return self.ways.get(frozenset({one, other}), self.travel)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a customer would like to book, and on what terms.

    `before` and `after` are kept free of everything else but need not lie within the hours. `needs` is a kind of
    resource, empty for none. Starts lie every `step` from the beginning of each stretch that a person works, counted
    anew from midnight, from `lead_time` to `horizon` from now. `area` is where it would take place, None where the
    customer comes.
    """

    service: str = ""
    minutes: int = 60
    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)
    step: timedelta = timedelta(minutes=30)
    lead_time: timedelta = timedelta(hours=2)
    horizon: timedelta = timedelta(days=14)
    needs: str = ""
    area: str | None = None

    def __post_init__(self) -> None:
        if self.minutes <= 0 or self.step < timedelta(minutes=1):
            raise ValueError(
                f"An appointment of {self.minutes} minutes every {self.step} cannot be offered: "
                "it takes at least a minute, and starts are at least a minute apart."
            )

    @property
    def length(self) -> timedelta:
        """How long the appointment itself takes."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A time that can be booked now, in UTC: with any of these people, the least busy first, and any of these."""

    start: datetime
    people: tuple[int, ...] = field(default=())
    things: tuple[int, ...] = field(default=())
