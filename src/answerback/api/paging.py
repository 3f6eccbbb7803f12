"""Pages of lists: at most so many rows, and a cursor that says where the next page begins.

A cursor is the id of the last row shown, so rows that come meanwhile never shift a page. Programs must not look inside.
"""

import base64
from collections.abc import Sequence
from typing import Annotated, Any

from ninja import Query, Schema

from answerback.api.problems import Problem
from answerback.store.queries.told.listing import MOST_ROWS, Listing

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="How many rows a page has at most.")]
Cursor = Annotated[str | None, Query(max_length=60, description="`next` of the page before.")]

_MARK = "v1:"


class Paged(Schema):
    """How much of a list is asked for."""

    limit: Limit = 50
    cursor: Cursor = None


def page(listing: Listing[Any], business: int, paged: Paged, **only: object) -> dict[str, Any]:
    """This page of the list, narrowed to what is not None."""
    rows = listing.page(business, only, before=after(paged.cursor), rows=paged.limit + 1)
    return {"items": rows[: paged.limit], "next": _next(rows, paged.limit)}


def after(cursor: str | None) -> int | None:
    """The id a cursor stands for. Raises `Problem` for one we did not give."""
    if cursor is None:
        return None
    try:
        said = base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode()
        id = int(said.removeprefix(_MARK)) if said.startswith(_MARK) else 0
    except ValueError:
        id = 0
    if not 0 < id < 2**63:
        raise Problem(404, "bad_cursor", "This cursor is none of ours. Begin again without one.")
    return id


def _next(rows: Sequence[Any], limit: int) -> str | None:
    if len(rows) <= limit:
        return None
    return base64.urlsafe_b64encode(f"{_MARK}{rows[limit - 1].id}".encode()).decode().rstrip("=")
