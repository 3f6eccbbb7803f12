"""What fields of requests may hold, told in the description too: whoever sends something else gets a clear 422."""

from datetime import datetime
from typing import Annotated

import phonenumbers
from ninja import Path, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

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
Cents = Annotated[int, Field(ge=1, le=1_000_000_000_00)]


def _within_years(moment: datetime) -> datetime:
    if not 2000 <= moment.year <= 2200:
        raise ValueError("This moment must lie between the years 2000 and 2200.")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_within_years)]
"""A moment with its zone, such as 2026-03-10T10:00:00Z."""


def _e164(written: str) -> str:
    try:
        parsed = phonenumbers.parse(written, "US")
    except phonenumbers.NumberParseException:
        raise ValueError("This is no phone number. Write it like +15125550131.") from None
    if not phonenumbers.is_possible_number(parsed):
        raise ValueError("Nobody can call this number. Write it like +15125550131.")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


Number = Annotated[
    str,
    Field(max_length=40, description="A phone number, best in E.164: +15125550131. Others are read as in the US."),
    AfterValidator(_e164),
]


class Asked(Schema):
    """A body of a request: fields nobody knows are refused, so that a typing error is never silently ignored."""

    model_config = ConfigDict(extra="forbid")
