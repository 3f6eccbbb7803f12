"""Who of a business gets a letter: where to, their name and their language."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person who is mailed. In the order of `AGGREGATED`."""

    address: str
    name: str
    language: str


AGGREGATED = """array_agg(COALESCE(NULLIF(m.email, ''), u.email) ORDER BY m.id), array_agg(m.name ORDER BY m.id),
       array_agg(COALESCE(NULLIF(u.language, ''), b.language) ORDER BY m.id)"""
"""Three columns over members `m`, their accounts `u` and the business `b`: what `of` reads."""


def of(columns: Sequence[Any]) -> tuple[Recipient, ...]:
    """The people in the three columns of `AGGREGATED`; nobody where they are NULL."""
    addresses, names, languages = (each or () for each in columns)
    return tuple(Recipient(*each) for each in zip(addresses, names, languages, strict=True))
