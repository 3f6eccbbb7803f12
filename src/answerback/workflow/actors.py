"""Who acts for a business, and the refusal of what may not be done."""

from dataclasses import dataclass


class NotAllowed(Exception):
    """A person asked for something that may not be done; the message says why and what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The member who acts."""

    member: int
    name: str
