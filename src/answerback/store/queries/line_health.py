"""What the rows say about how lines are doing: calls that came, answers, texts that left and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerback.store.queries.recipients import AGGREGATED, Recipient, of
from answerback.store.queries.rows import Cursor, as_json


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a line since some moment. In the order of `_TEXTS`."""

    sent: int
    silent: int
    filtered: int
    blocked: int
    blocked_at: datetime | None
    delivered_at: datetime | None
    blocked_conversation: int | None
    blocked_says: str


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of a line since some moment. In the order of `_CALLS`."""

    calls: int
    last_at: datetime | None
    forwarded: int
    always: int


def texts(cursor: Cursor, line: int, since: datetime, silent_before: datetime) -> Texts:
    """The texts of this line since then. `silent` ones were sent before `silent_before` and no receipt came."""
    cursor.execute(_TEXTS, {"line": line, "since": since, "silent_before": silent_before})
    (row,) = cursor.fetchall()
    return Texts(*row)


def calls(cursor: Cursor, connection: int, number: str, since: datetime) -> Calls:
    """The calls that came in on this number since then."""
    cursor.execute(_CALLS, {"connection": connection, "line": number, "since": since})
    (row,) = cursor.fetchall()
    return Calls(*row)


def rings_before_answer(cursor: Cursor, connection: int, number: str, since: datetime) -> list[tuple[int, int, int]]:
    """How often something answered after so many seconds, and how many of those talks were short: by seconds."""
    cursor.execute(_RINGS, {"connection": connection, "line": number, "since": since})
    return [(row[0], row[1], row[2]) for row in cursor.fetchall()]


def write(cursor: Cursor, findings: Sequence[dict[str, Any]], now: datetime) -> None:
    """Write down what was found, one row for each line and name; `since` stays while the level does."""
    cursor.execute(_WRITE, {"rows": as_json(findings), "now": now})


def to_alarm(cursor: Cursor, finding: int | None = None) -> list[tuple[int, int, int, str, str, str, str]]:
    """Red findings nobody was told of, all or this one: (id, business, line, number, name, says, fix); locked."""
    cursor.execute(_TO_ALARM, {"finding": finding})
    return list(cursor.fetchall())


def alarmed(cursor: Cursor, id: int, now: datetime) -> None:
    """People were told of it."""
    cursor.execute("UPDATE line_finding SET alarmed_at = %s WHERE id = %s", [now, id])


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A red finding people were alarmed about, for those who are to have it by e-mail."""

    finding: int
    business: str
    number: str
    says: str
    fix: str
    alarmed_at: datetime
    business_id: int
    to: tuple[Recipient, ...]


def to_mail(cursor: Cursor, since: datetime) -> list[Alarm]:
    """Red findings people were alarmed about since then and left by no e-mail yet, for owners and managers."""
    cursor.execute(_TO_MAIL, [since])
    names = ("finding", "business", "number", "says", "fix", "alarmed_at", "business_id")
    return [Alarm(**dict(zip(names, row[:7], strict=True)), to=of(row[7:])) for row in cursor.fetchall()]


def mailed(cursor: Cursor, id: int, now: datetime) -> None:
    """People have it by e-mail."""
    cursor.execute("UPDATE line_finding SET mailed_at = %s WHERE id = %s", [now, id])


_TO_MAIL = f"""
SELECT f.id, b.name, l.number, f.says, f.fix, f.alarmed_at, b.id, p.addresses, p.names, p.languages
FROM line_finding f JOIN line l ON l.id = f.line_id JOIN business b ON b.id = f.business_id
CROSS JOIN LATERAL (
    SELECT {AGGREGATED}
    FROM member m LEFT JOIN account u ON u.id = m.user_id
    WHERE m.business_id = f.business_id AND m.role IN ('owner', 'manager') AND m.left_at IS NULL
      AND COALESCE(NULLIF(m.email, ''), u.email, '') <> '') p (addresses, names, languages)
WHERE f.level = 'red' AND f.alarmed_at >= %s AND (f.mailed_at IS NULL OR f.mailed_at < f.alarmed_at)
ORDER BY f.id
"""

_TEXTS = """
SELECT count(*) FILTER (WHERE m.sent_at IS NOT NULL),
       count(*) FILTER (WHERE m.status = 'sent' AND m.sent_at < %(silent_before)s),
       count(*) FILTER (WHERE m.failure = 'filtered'),
       count(*) FILTER (WHERE m.failure = 'sender_unregistered'),
       max(m.claimed_at) FILTER (WHERE m.failure = 'sender_unregistered'),
       max(m.sent_at) FILTER (WHERE m.status = 'delivered'),
       (array_agg(m.conversation_id ORDER BY m.claimed_at DESC) FILTER (WHERE m.failure = 'sender_unregistered'))[1],
       COALESCE(
           (array_agg(m.detail ORDER BY m.claimed_at DESC) FILTER (WHERE m.failure = 'sender_unregistered'))[1], '')
FROM message m WHERE m.line_id = %(line)s AND m.author <> 'customer' AND m.created_at >= %(since)s
"""

_CALLS = """
SELECT count(DISTINCT e.body->>'call'), max(e.at),
       count(*) FILTER (WHERE e.body->>'forwarded_from' IS NOT NULL),
       count(*) FILTER (WHERE e.body->>'forwarded_because' = 'always')
FROM event e WHERE e.connection_id = %(connection)s AND e.at >= %(since)s AND e.body->>'line' = %(line)s
  AND e.kind IN ('CallRang', 'CallEnded', 'CallAnswered')
"""

_RINGS = """
SELECT (e.body->>'rang_seconds')::int, count(*), count(*) FILTER (WHERE COALESCE((
    SELECT max((o.body->>'talked_seconds')::int) FROM event o WHERE o.connection_id = e.connection_id
      AND o.kind = 'CallEnded' AND o.body->>'call' = e.body->>'call'), 0) < 15)
FROM event e WHERE e.connection_id = %(connection)s AND e.at >= %(since)s AND e.kind = 'CallAnswered'
  AND e.body->>'line' = %(line)s AND e.body->>'rang_seconds' IS NOT NULL
  AND COALESCE(e.body->>'evidence', '') NOT IN ('press_1', 'phone_system')
GROUP BY 1 ORDER BY 1
"""

_WRITE = """
INSERT INTO line_finding (business_id, line_id, name, level, says, fix, since, checked_at)
SELECT v.business, v.line, v.name, v.level, v.says, v.fix, %(now)s, %(now)s
FROM json_to_recordset(%(rows)s::json) AS v (business bigint, line bigint, name text, level text, says text, fix text)
ON CONFLICT (line_id, name) DO UPDATE SET
    level = EXCLUDED.level, says = EXCLUDED.says, fix = EXCLUDED.fix, checked_at = EXCLUDED.checked_at,
    since = CASE WHEN line_finding.level = EXCLUDED.level THEN line_finding.since ELSE EXCLUDED.since END,
    alarmed_at = CASE WHEN EXCLUDED.level = 'red' THEN line_finding.alarmed_at END
"""

_TO_ALARM = """
SELECT f.id, f.business_id, f.line_id, l.number, f.name, f.says, f.fix
FROM line_finding f JOIN line l ON l.id = f.line_id
WHERE f.level = 'red' AND f.alarmed_at IS NULL AND f.id = COALESCE(%(finding)s, f.id)
ORDER BY f.id FOR UPDATE OF f SKIP LOCKED
"""
