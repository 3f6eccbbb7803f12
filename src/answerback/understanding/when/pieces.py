"""The pieces of a wish for a time that one place in a text can name: days, hours, a stretch from now, and the rest.

Values only. A piece keeps every reading its words have; which one is meant is settled where pieces meet (`groups`).
`at` is where its words stand among the tokens, the end excluded; it is empty for a time that is only pointed at.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Side = Literal["", "before", "after"]
"""Is it all that lies before or after something, or the thing itself?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days, both ends included; several spans are alternatives.

    `weekdays` filters the spans; `every` are those a refusal of it takes from every week. `weekday` marks one that was
    only named ("friday"): a week beside it says which. `stretch` marks a week, a weekend or a month, of which a day may
    be named; `inside` is the one in which a weekday was found.
    """

    spans: tuple[tuple[date | None, date | None], ...] = ((None, None),)
    weekdays: tuple[int, ...] = ()
    every: tuple[int, ...] = ()
    weekday: int | None = None
    stretch: bool = False
    side: Side = ""
    ask: bool = False
    inside: tuple[date, date] | None = field(default=None, compare=False)
    at: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def named(self) -> tuple[int, ...]:
        """The weekdays these days are named by; none where they are named otherwise."""
        return self.weekdays or self.every or (() if self.weekday is None else (self.weekday,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of a day as minutes, `end` excluded: every reading of the words, and which of them are likely.

    `exact` is one moment and `about` one of which it says "around"; `part` is a part of the day such as the morning,
    `bare` a number that is an hour only in company ("friday 2").
    """

    readings: tuple[tuple[int, int], ...]
    likely: tuple[int, ...] = (0,)
    exact: bool = False
    about: bool = False
    part: bool = False
    bare: bool = False
    side: Side = ""
    ask: bool = False
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FromNow:
    """A stretch of instants counted from now, `until` excluded. `point` is the one moment meant."""

    since: datetime
    until: datetime
    point: datetime | None = None
    ask: bool = False
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Any time, the soonest, the hour an appointment had ("same time"), or a day not named at all ("another day").

    The last has to be asked, and so has the hour where no appointment was told of.
    """

    kind: Literal["any", "asap", "same_hour", "unnamed"]
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A word between pieces that says how they belong together: `or`, `not`, `but`, a comma, the end of a sentence."""

    kind: str


Piece = Days | Hours | FromNow | Whole
Element = Piece | Mark


@dataclass(slots=True)
class Group:
    """Days and hours that belong together; each list holds alternatives.

    `hours_first`: the hours were named before the days; `trailing`: behind a comma, so for days named before it too;
    `closed`: the next day named begins another one.
    """

    days: list[Days] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    stretches: list[FromNow] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)
    join: str = "then"
    hours_first: bool = False
    trailing: bool = False
    closed: bool = False
    ask: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a text is read at: the wall-clock time of the business, and the language its dates are written in.

    `day_first`: 3/12 may be in december, as in Spanish.
    """

    now: datetime
    day_first: bool = False

    @property
    def today(self) -> date:
        """The business's day."""
        return self.now.date()

    @property
    def day_leads(self) -> bool:
        """Is 3/12 in december where the business is, whatever the language?"""
        return getattr(self.now.tzinfo, "key", "").startswith(_DAY_LEADS)


_DAY_LEADS = (
    *("Europe/", "Africa/", "Australia/", "GB", "Eire", "NZ", "Pacific/Auckland", "Atlantic/Canary", "Asia/Kolkata"),
    *("America/Argentina/", "America/Bogota", "America/Lima", "America/Santiago", "America/Montevideo"),
)
"""Zones of countries that write the day ahead of the month and no longer otherwise. Mexico lies too close to the United
States for that: Spanish there is asked.
"""
