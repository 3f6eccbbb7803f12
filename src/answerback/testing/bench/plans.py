"""What one request asks of PostgreSQL, whoever asks in it, and what each statement reads by which index."""

import time as stopwatch
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import psycopg
from django.db import ProgrammingError, connection, transaction
from psycopg import errors

BIG = 10_000
"""So many rows make a table big."""
IN_A_ROW = 1_000
"""So many rows of a big table read one after the other, past every index, are told; the first few that come are not."""
EXPLAINED = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")


@dataclass(slots=True)
class Statements:
    """Each statement with its values and how long it took in ms, Django's and those of `workflow.transaction` alike."""

    asked: list[tuple[str, Any, float]] = field(default_factory=list)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While this lasts, each statement of this process is written down."""
        plain = psycopg.Cursor.execute

        def execute(cursor: Any, query: Any, params: Any = None, **how: Any) -> Any:
            began = stopwatch.perf_counter()
            try:
                return plain(cursor, query, params, **how)
            finally:
                self.asked.append((str(query), params, (stopwatch.perf_counter() - began) * 1000))

        with patch.object(psycopg.Cursor, "execute", execute):
            yield


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How PostgreSQL answered one statement: `ms` it took, `blocks` of 8 kB and `rows` it read, by which `indexes`;
    `scans` are big tables read row after row.
    """

    sql: str
    ms: float
    blocks: int
    rows: int
    indexes: tuple[str, ...]
    scans: tuple[str, ...]


def plans(asked: Sequence[tuple[str, Any, float]]) -> list[Plan]:
    """Each of these statements run once more, counted by PostgreSQL; what they would write is taken back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [BIG])
        big = {row[0] for row in cursor.fetchall()}
    found = [_plan(sql, params, big) for sql, params, _ in asked if sql.lstrip().upper().startswith(EXPLAINED)]
    return [each for each in found if each is not None]


def _plan(sql: str, params: Any, big: set[str]) -> Plan | None:
    """None for a statement about a table of its request's own, which is gone."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}", params)
            told = cursor.fetchone()[0][0]
            transaction.set_rollback(True)
    except ProgrammingError as problem:
        if isinstance(problem.__cause__, errors.UndefinedTable):
            return None
        raise
    top, nodes = told["Plan"], list(_nodes(told["Plan"]))
    read = [(node, _rows(node)) for node in nodes if "Relation Name" in node]
    in_a_row = {
        node["Relation Name"]
        for node, rows in read
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in big and rows > IN_A_ROW
    }
    return Plan(
        sql=" ".join(sql.split()),
        ms=told["Execution Time"],
        blocks=top["Shared Hit Blocks"] + top["Shared Read Blocks"],
        rows=sum(rows for _, rows in read),
        indexes=tuple(sorted({node["Index Name"] for node in nodes if "Index Name" in node})),
        scans=tuple(sorted(in_a_row)),
    )


def _rows(node: dict[str, Any]) -> int:
    """How many rows this step took from its table, those it did not want among them."""
    each = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int(each * node["Actual Loops"] + 0.5)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from _nodes(each)
