"""The place at which a page of a list begins, in the query of its address: read from it and written into it."""

from collections.abc import Mapping
from datetime import datetime

from answerback.store import ids
from answerback.store.queries.rows import Place
from answerback.workflow import reach


def asked(query: Mapping[str, str]) -> Place | None:
    """The place an address asks for; None where it names none, or one that nothing can stand at."""
    id = ids.read(query.get("behind")) or 0
    try:
        at = reach.moment(query.get("before", ""))
    except ValueError:
        return None
    return Place(at, id) if at.tzinfo else None


def behind(at: datetime, id: int) -> dict[str, str]:
    """The query of the page behind what stands at this moment with this id."""
    return {"before": at.isoformat(), "behind": str(id)}
