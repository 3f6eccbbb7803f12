"""What fields of requests may hold, told in the description too: whoever sends something else gets a clear 422."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, TypeVar

from ninja import Path, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field
from pydantic_core import PydanticCustomError

from answerback.engine import currency
from answerback.workflow import reach

MOST = 2**63 - 1

_NO_NUL = r"^[^\u0000]*$"
_SOME = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"

Id = Annotated[int, Path(ge=1, le=MOST)]
RowId = Annotated[int, Field(ge=1, le=MOST)]
Word = Annotated[str, Field(max_length=60, pattern=_NO_NUL)]
Sentence = Annotated[str, Field(max_length=300, pattern=_NO_NUL)]
Name = Annotated[str, Field(max_length=120, pattern=_NO_NUL)]
Body = Annotated[str, Field(min_length=1, max_length=1600, pattern=_SOME)]
Email = Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s\u0000]+@[^@\s\u0000]+\.[^@\s\u0000]+$")]
Cents = Annotated[int, Field(ge=1, le=currency.MOST)]


DayOrMoment = TypeVar("DayOrMoment", date, datetime)

EARLIEST = datetime(reach.FIRST_YEAR, 1, 1, tzinfo=UTC)
LATEST = datetime(reach.LAST_YEAR + 1, 1, 1, tzinfo=UTC)


def _reached(moment: DayOrMoment) -> DayOrMoment:
    """Refuses what nobody means: a slip of the finger must not become another day."""
    if not reach.within(moment):
        raise PydanticCustomError(
            "out_of_reach",
            "the year must be between {first} and {last}",
            {"first": reach.FIRST_YEAR, "last": reach.LAST_YEAR},
        )
    return moment


def _within_years(moment: datetime) -> datetime:
    """Nothing of ours lies outside: since the beginning of time is since our first day."""
    return min(max(moment, EARLIEST), LATEST)


_YEARS = Field(json_schema_extra={"pattern": "^(20[0-9]{2}|2100)-"})

Moment = Annotated[AwareDatetime, _YEARS, AfterValidator(_reached)]
"""A moment with its zone, such as 2026-03-10T10:00:00Z; of the years 2000 to 2100."""

Day = Annotated[date, _YEARS, AfterValidator(_reached)]
"""A day, such as 2026-03-10; of the years 2000 to 2100."""

Bound = Annotated[AwareDatetime, AfterValidator(_within_years)]
"""A moment from which on, or before which, rows are asked for: any, as many programs begin with the year 1."""


def _e164(written: str) -> str:
    digits = re.sub(r"[^0-9]", "", written)
    return f"+{digits}" if _E164.match(written) else f"+1{digits[-10:]}"


_E164 = re.compile(r"^\+[1-9][0-9]{6,14}$")
_WRITTEN = r"^(\+[1-9][0-9]{6,14}|(\+?1[ .-]?)?(\([2-9][0-9]{2}\)|[2-9][0-9]{2})[ .-]?[0-9]{3}[ .-]?[0-9]{4})$"

Number = Annotated[
    str,
    Field(max_length=40, pattern=_WRITTEN, description="E.164, such as +15125550131, or as people write it in the US."),
    AfterValidator(_e164),
]


class Asked(Schema):
    """A body of a request: fields nobody knows are refused, so that a typing error is never silently ignored."""

    model_config = ConfigDict(extra="forbid")
