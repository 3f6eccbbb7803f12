"""The place at which a page of a list begins, in the query of its address: read from it and written into it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from answerback.store import ids
from answerback.store.queries.rows import Place
from answerback.workflow import reach


class Numbered(Protocol):
    """What stands in a list and has an id."""

    @property
    def id(self) -> int:
        """It."""


Each = TypeVar("Each", bound=Numbered)


def asked(query: Mapping[str, str]) -> Place | None:
    """The place an address asks for; None where it names none, or one that nothing can stand at."""
    id, at = ids.read(query.get("behind")) or 0, moment(query.get("before", ""))
    return Place(at, id) if at else None


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


def part(
    rows: Sequence[Each], query: Mapping[str, str], most: int, *, holding: int | None = None
) -> tuple[list[Each], str]:
    """So many of the rows behind the one that the address names (`after`), or those with the row `holding`; and the
    query of the next part, empty where there is none.
    """
    ids = [str(row.id) for row in rows]
    asked = query.get("after", "")
    begin = (
        ids.index(str(holding)) // most * most if str(holding) in ids else ids.index(asked) + 1 if asked in ids else 0
    )
    return list(rows[begin : begin + most]), f"after={ids[begin + most - 1]}" if len(ids) > begin + most else ""
