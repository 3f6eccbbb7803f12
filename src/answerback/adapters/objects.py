"""Reads the JSON object of a request or an answer field by field, whatever stands in it.

Values come from outside even when the signature is right: what is of the wrong kind counts as absent, what no database
keeps (NUL, half of a surrogate pair) is replaced, and what must be there and is not raises `Malformed` by its name.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from answerback.ports.errors import Malformed

LONGEST_ID = 120
LONGEST_DURATION = 7 * 24 * 3600
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_DIGITS = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Object:
    """One JSON object; `raw` is the whole of it, ready to be kept."""

    raw: Mapping[str, Any]

    def text(self, name: str) -> str:
        """The words of a field, a whole number as its digits; empty when it is absent."""
        value = self.raw.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return value if isinstance(value, str) else ""

    def need(self, name: str) -> str:
        """An id or word that must be there, of 1 to 120 characters."""
        value = self.text(name)
        if not value or len(value) > LONGEST_ID:
            raise Malformed(f"The field {name!r} must be there, with 1 to {LONGEST_ID} characters.")
        return value

    def inside(self, *names: str) -> "Object":
        """The object within, by its names from the outside in; an empty one when it is absent."""
        value: Any = self.raw
        for name in names:
            value = value.get(name) if isinstance(value, Mapping) else None
        return Object(value if isinstance(value, Mapping) else {})

    def each(self, name: str) -> Iterator["Object"]:
        """The objects of a list."""
        for item in self.items(name):
            if isinstance(item, Mapping):
                yield Object(item)

    def words(self, name: str) -> tuple[str, ...]:
        """The texts of a list, or one by itself."""
        alone = self.raw.get(name)
        return (alone,) if isinstance(alone, str) else tuple(item for item in self.items(name) if isinstance(item, str))

    def items(self, name: str) -> list[Any]:
        """A list as it stands; empty when it is absent."""
        value = self.raw.get(name)
        return value if isinstance(value, list) else []

    def seconds(self, name: str) -> int | None:
        """Whole seconds, None when the field is absent or says nothing sensible."""
        value = self.raw.get(name)
        if isinstance(value, str) and _DIGITS.fullmatch(value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LONGEST_DURATION:
            return None
        return int(value)

    def moment(self, name: str) -> datetime | None:
        """A moment in ISO 8601 or in seconds since 1970, in UTC; None when the field is absent or no moment."""
        value = self.raw.get(name)
        try:
            if isinstance(value, int | float) and not isinstance(value, bool):
                return datetime.fromtimestamp(value, UTC)
            said = datetime.fromisoformat(value) if isinstance(value, str) else None
            return None if said is None else said.replace(tzinfo=said.tzinfo or UTC).astimezone(UTC)
        except (ValueError, OverflowError, OSError):
            return None

    def __bool__(self) -> bool:
        return bool(self.raw)


def read(body: bytes) -> Object:
    """The one JSON object of a body; raises `Malformed`."""
    try:
        value = storable(json.loads(body, parse_constant=_no_constant))
    except (ValueError, RecursionError) as wrong:
        raise Malformed("The body must be one JSON object in UTF-8.") from wrong
    if not isinstance(value, dict):
        raise Malformed("The body must be one JSON object, not a list or a bare value.")
    return Object(value)


def storable(value: Any) -> Any:
    """PostgreSQL takes neither NUL nor lone surrogates; a customer's phone can send both."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(name): storable(item) for name, item in value.items()}
    return value


def span(start: datetime | None, end: datetime | None) -> int | None:
    """Whole seconds from one moment to another, None when one is not known or they are the wrong way round."""
    if start is None or end is None or not 0 <= (end - start).total_seconds() <= LONGEST_DURATION:
        return None
    return int((end - start).total_seconds())


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not JSON")
