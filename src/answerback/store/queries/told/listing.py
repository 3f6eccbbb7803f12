"""Reads rows of one kind for a program: one by its id, or the newest first, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import connection

from answerback.store import codec
from answerback.store.queries.access import NotYours

Shape = TypeVar("Shape")

MOST_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Shape]):
    """`select` gives the fields of `shape` in their order, without a WHERE; `id` and `business` name its columns.

    `only` holds a condition for each thing a list can be narrowed to, `always` one that holds for every row.
    Columns numbered in `json` hold JSON. Where a business's rows lie among many of others, `parts` are conditions that
    part the rows of `table` so that the newest of each part are found along an index of its own; a list narrowed to one
    of `found` needs none.
    """

    shape: type[Shape]
    select: str
    id: str
    business: str
    only: Mapping[str, str] = field(default_factory=dict)
    always: str = "true"
    json: frozenset[int] = frozenset()
    table: str = ""
    parts: tuple[str, ...] = ()
    found: frozenset[str] = frozenset()

    def one(self, business: int, id: int) -> Shape:
        """The row with this id; raises `NotYours` where this business has none."""
        found = self._rows(f"{self.id} = %(id)s", {"business": business, "id": id, "rows": 1})
        if not found:
            raise NotYours
        return found[0]

    def page(
        self, business: int, only: Mapping[str, object], *, before: int | None = None, rows: int = 50
    ) -> list[Shape]:
        """At most so many rows, the newest first, beginning after the row with the id `before`.

        What `only` names with None does not narrow the list.
        """
        wanted = {name: value for name, value in only.items() if value is not None}
        where = [self.only[name] for name in wanted]
        if before is not None:
            where.append(f"{self.id} < %(before)s")
        values = {**wanted, "business": business, "before": before, "rows": rows}
        narrowed = " AND ".join(where) or "true"
        return self._rows(narrowed if self.found & wanted.keys() else self._among(narrowed), values)

    def _among(self, where: str) -> str:
        """The same rows, sought part by part.

        PostgreSQL is not told whose they are until it has planned: for a business with much it would read the newest
        of everybody, as if one of its own were never far.
        """
        if not self.parts:
            return where
        newest = (
            f"(SELECT {self.id} FROM {self.table} WHERE {self.business} = (SELECT %(business)s::bigint) "
            f"AND {part} AND {where} ORDER BY {self.id} DESC LIMIT %(rows)s)"
            for part in self.parts
        )
        return f"{self.id} IN ({' UNION ALL '.join(newest)})"

    def _rows(self, where: str, values: Mapping[str, Any]) -> list[Shape]:
        sql = (
            f"{self.select} WHERE {self.business} = %(business)s AND {self.always} AND {where} "
            f"ORDER BY {self.id} DESC LIMIT %(rows)s"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return [self.shape(*self._decoded(row)) for row in cursor.fetchall()]

    def _decoded(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self.json:
            return row
        return [
            codec.plain(value) if n in self.json and isinstance(value, str) else value for n, value in enumerate(row)
        ]
