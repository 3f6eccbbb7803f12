"""The place at which a page of a list begins, in the query of its address: read from it and written into it."""

from collections.abc import Mapping
from datetime import datetime

from answerback.store.queries.rows import Place
from answerback.workflow import reach

_DIGITS = 18
"""No id has more; one digit further the database could not read it."""


def asked(query: Mapping[str, str]) -> Place | None:
    """The place an address asks for; None where it names none, or one that nothing can stand at."""
    id, at = query.get("behind", ""), moment(query.get("before", ""))
    known = id.isascii() and id.isdecimal() and len(id) <= _DIGITS
    return Place(at, int(id) if known else 0) if at else None


def moment(written: str) -> datetime | None:
    """The moment an address names; None where it names none, or one that nothing can happen at."""
    try:
        at = reach.moment(written)
    except ValueError:
        return None
    return at if at.tzinfo else None


def behind(at: datetime, id: int) -> dict[str, str]:
    """The query of the page behind what stands at this moment with this id."""
    return {"before": at.isoformat(), "behind": str(id)}
