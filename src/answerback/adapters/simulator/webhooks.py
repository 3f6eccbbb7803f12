"""The pretend provider's queue of webhooks: planned, due, claimed by one deliverer, retried, given up.

A row is claimed for a while by a conditional UPDATE, so any number of deliverers in any number of processes hand each
one over once; a claim whose holder died runs out. It is signed when claimed, so that a retry is never a replay.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from answerback.adapters.signed_json import signed_headers
from answerback.adapters.simulator import faults
from answerback.adapters.simulator.tables import Tables, moment_of, stamp

CLAIM_TIME = timedelta(seconds=150)
"""Longer than a batch of slow deliveries can take (10 posts of at most 10 s), or one would go out twice."""

BATCH = 10
ATTEMPTS = 8
"""After 1, 2, 4 ... 64 seconds, about two minutes in all, the pretend provider gives up, as real ones do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One signed request that is ready to be posted to `url`; `id` is what to report back."""

    id: int
    connection: int
    what: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    attempt: int


class Webhooks:
    """The queue of one world."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def due(self, now: datetime, limit: int = BATCH) -> tuple[Webhook, ...]:
        """Claim and sign the webhooks whose time has come, oldest first."""
        if not self._any_due(now):
            return ()
        with self._tables.write() as db:
            rows = db.execute(
                "SELECT webhook.*, secret FROM webhook JOIN account USING (connection) "
                "WHERE state = 'waiting' AND due_at <= ? AND free_at <= ? ORDER BY due_at, id LIMIT ?",
                (stamp(now), stamp(now), limit),
            ).fetchall()
            return tuple(_signed(row, now) for row in rows if _claimed(db, row["id"], now))

    def delivered(self, webhook: int, status: int = 204) -> None:
        """Our side took it; a webhook ordered twice becomes due once more."""
        with self._tables.write() as db:
            db.execute(
                "UPDATE webhook SET times = times - 1, answer = ?, free_at = 0, "
                "state = CASE WHEN times > 1 THEN 'waiting' ELSE 'delivered' END WHERE id = ? AND state = 'waiting'",
                (status, webhook),
            )

    def failed(self, webhook: int, now: datetime, status: int = 0) -> None:
        """Our side did not take it (0: no answer at all): try again later, at last give up."""
        with self._tables.write() as db:
            row = db.execute("SELECT attempts FROM webhook WHERE id = ?", (webhook,)).fetchone()
            again = now + timedelta(seconds=2 ** max(0, row["attempts"] - 1))
            db.execute(
                "UPDATE webhook SET answer = ?, due_at = ?, free_at = 0, state = ? WHERE id = ? AND state = 'waiting'",
                (status, stamp(again), "lost" if row["attempts"] >= ATTEMPTS else "waiting", webhook),
            )

    def next_due(self) -> datetime | None:
        """When the next webhook wants to be delivered, None when none waits."""
        with self._tables.read() as db:
            row = db.execute("SELECT min(max(due_at, free_at)) AS at FROM webhook WHERE state = 'waiting'").fetchone()
        return None if row["at"] is None else moment_of(row["at"])

    def counts(self) -> Mapping[str, int]:
        """How many webhooks are waiting, delivered, lost, and refused: tried at least once and to be sent again."""
        state = "CASE WHEN state = 'waiting' AND answer NOT BETWEEN 200 AND 299 THEN 'refused' ELSE state END"
        with self._tables.read() as db:
            rows = db.execute(f"SELECT {state} AS state, count(*) AS many FROM webhook GROUP BY 1").fetchall()  # noqa: S608  ours
        return {"waiting": 0, "delivered": 0, "lost": 0, "refused": 0} | {row["state"]: row["many"] for row in rows}

    def _any_due(self, now: datetime) -> bool:
        """A look without a lock, so that idle deliverers never hold up a writer."""
        waiting = "SELECT 1 FROM webhook WHERE state = 'waiting' AND due_at <= ? AND free_at <= ? LIMIT 1"
        with self._tables.read() as db:
            return db.execute(waiting, (stamp(now), stamp(now))).fetchone() is not None


def plan(
    db: sqlite3.Connection,
    *,
    connection: int,
    what: str,
    url: str,
    subject: str,
    at: datetime,
    fields: Mapping[str, Any],
    tag: str,
) -> None:
    """Queue one fact about `subject` for the moment it happens; `fields` is its JSON without id and time."""
    row = db.execute("SELECT coalesce(max(id), 0) + 1 AS id FROM webhook").fetchone()
    body = {"id": f"{tag}-fact-{row['id']}", "at": at.astimezone(UTC).isoformat()} | dict(fields)
    db.execute(
        "INSERT INTO webhook (id, connection, what, url, subject, body, due_at, times) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row["id"],
            connection,
            what,
            url,
            subject,
            json.dumps(body).encode(),
            stamp(at),
            1 if faults.take(db, "twice") is None else 2,
        ),
    )


def unplan(db: sqlite3.Connection, *, subject: str, after: datetime) -> None:
    """Drop the facts about `subject` that were planned for later than `after`: it went another way."""
    db.execute(
        "UPDATE webhook SET state = 'dropped' WHERE subject = ? AND state = 'waiting' AND attempts = 0 AND due_at > ?",
        (subject, stamp(after)),
    )


def _claimed(db: sqlite3.Connection, webhook: int, now: datetime) -> bool:
    changed = db.execute(
        "UPDATE webhook SET free_at = ?, attempts = attempts + 1 WHERE id = ? AND state = 'waiting' AND free_at <= ?",
        (stamp(now + CLAIM_TIME), webhook, stamp(now)),
    )
    return changed.rowcount == 1


def _signed(row: sqlite3.Row, now: datetime) -> Webhook:
    signed = signed_headers(secret=row["secret"], url=row["url"], body=row["body"], at=now)
    return Webhook(
        id=row["id"],
        connection=row["connection"],
        what=row["what"],
        url=row["url"],
        headers=signed | {"content-type": "application/json"},
        body=row["body"],
        attempt=row["attempts"] + 1,
    )
