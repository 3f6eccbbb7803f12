"""How the installation is doing, read in a few statements that indexes answer: what waits, for how long, who works.

Nothing here names a person, a number or a word; the labels are statuses and providers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.store.queries.rows import Cursor

BEATS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What is due and not done. Lags are in seconds, 0 where nothing waits."""

    events: int
    event_lag: float
    texts: dict[str, int]
    text_lag: float
    stuck: int
    pages: int


@dataclass(frozen=True, slots=True)
class ConnectorLag:
    """How many seconds ago this connection of a provider was last looked after, or its oldest copy has been waiting.

    `kind` is `phone`, `calendar` or `crm`.
    """

    kind: str
    provider: str
    id: int
    seconds: float
    in_trouble: bool


def spill(cursor: Cursor) -> None:
    """Write a megabyte to the database's disk and throw it away; raises `DiskFull` where it finds no room.

    A temporary file: a row that is rolled back would find room in a page that is there already, and leave the rest.
    """
    cursor.execute("SET LOCAL work_mem = '64kB'")
    cursor.execute("SELECT count(*) FROM unnest(array_fill(repeat(' ', 1000), ARRAY[1000]))")


def beat(cursor: Cursor, name: str, version: str, now: datetime) -> None:
    """This worker works; those not heard of for a day are forgotten."""
    cursor.execute(
        """
        INSERT INTO worker_beat (name, version, started_at, at) VALUES (%(name)s, %(version)s, %(now)s, %(now)s)
        ON CONFLICT (name) DO UPDATE SET at = %(now)s, version = %(version)s
        """,
        {"name": name, "version": version, "now": now},
    )
    cursor.execute("DELETE FROM worker_beat WHERE at < %s", [now - BEATS_KEPT])


def ended(cursor: Cursor, name: str) -> None:
    """This worker was asked to end and has ended."""
    cursor.execute("DELETE FROM worker_beat WHERE name = %s", [name])


def workers(cursor: Cursor, now: datetime) -> list[float]:
    """Seconds since each worker was last heard of, the freshest first."""
    cursor.execute("SELECT EXTRACT(epoch FROM %s - at)::float FROM worker_beat ORDER BY at DESC", [now])
    return [max(0.0, row[0]) for row in cursor.fetchall()]


def backlog(cursor: Cursor, now: datetime) -> Backlog:
    """What is due and waits, over all businesses."""
    cursor.execute(_BACKLOG, {"now": now})
    (events, event_lag, text_lag, stuck, pages) = cursor.fetchone() or (0, 0, 0, 0, 0)
    cursor.execute(_TEXTS)
    return Backlog(
        events=events,
        event_lag=event_lag,
        texts={"queued": 0, "sending": 0, **dict(cursor.fetchall())},
        text_lag=text_lag,
        stuck=stuck,
        pages=pages,
    )


def connector_lags(cursor: Cursor, now: datetime) -> list[ConnectorLag]:
    """How long ago each connection and outside calendar was looked after, and how long a CRM's oldest copy waits."""
    cursor.execute(_CONNECTORS, {"now": now})
    return [ConnectorLag(*row) for row in cursor.fetchall()]


def tasks(cursor: Cursor) -> dict[str, int]:
    """Background tasks that are not done, by status."""
    cursor.execute(
        "SELECT status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1"
    )
    return {"todo": 0, "doing": 0, "failed": 0, **dict(cursor.fetchall())}


_BACKLOG = """
SELECT count(*), COALESCE(GREATEST(EXTRACT(epoch FROM %(now)s - min(wake_at)), 0), 0)::float,
    (SELECT COALESCE(GREATEST(EXTRACT(epoch FROM %(now)s - min(due_at)), 0), 0)::float
     FROM message WHERE status = 'queued' AND due_at <= %(now)s),
    (SELECT count(*) FROM conversation WHERE stuck > 0 AND wake_at IS NOT NULL),
    (SELECT count(*) FROM page WHERE taken_at IS NULL)
FROM conversation WHERE wake_at <= %(now)s
"""

_TEXTS = """
SELECT 'queued', count(*) FROM message WHERE status = 'queued'
UNION ALL SELECT 'sending', count(*) FROM message WHERE status = 'sending'
"""

_CONNECTORS = """
SELECT 'phone', c.provider, c.id, GREATEST(EXTRACT(epoch FROM %(now)s - w.beat_at), 0)::float, w.trouble <> ''
FROM watch w JOIN connection c ON c.id = w.connection_id
UNION ALL
SELECT 'calendar', provider, id, GREATEST(EXTRACT(epoch FROM %(now)s - COALESCE(read_at, created_at)), 0)::float,
    problem <> ''
FROM outside_calendar
UNION ALL
SELECT 'crm', provider, id, COALESCE(GREATEST(EXTRACT(epoch FROM %(now)s - (
        SELECT min(y.due_at) FROM crm_copy y WHERE y.crm_id = x.id AND y.due_at <= %(now)s)), 0), 0)::float,
    problem <> '' OR sign_in_needed OR EXISTS (
        SELECT 1 FROM crm_copy y WHERE y.crm_id = x.id AND y.dead_at IS NOT NULL)
FROM outside_crm x WHERE NOT paused
ORDER BY 1, 2, 3
"""
