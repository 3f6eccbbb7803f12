"""One of our lines as an adapter sees it: what its owner set, and when the business is open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from answerback.engine.hours import is_open
from answerback.engine.rules import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class OurLine:
    """A line of a connection. `number` is E.164, `settings` holds what differs from the defaults the adapter declares.

    `business` is the name customers know; `hours` are those of the line's business, None where they are not known.
    """

    number: str
    business: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    hours: Hours | None = None

    def is_open(self, now: datetime) -> bool:
        """Is the business open now? Yes where nobody says: a phone that rings too often is the lesser evil."""
        return self.hours is None or is_open(self.hours, now)
