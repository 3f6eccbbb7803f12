"""Reads what happened to leads in a few set queries, and writes down what it came to.

Every function takes a cursor inside a transaction that `workflow.measuring` opened. Nothing here decides what counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby

import msgspec

from answerback.engine.events import NumberIs
from answerback.engine.history import History, Money, Owed, Sent, Turned, Visit
from answerback.engine.reading import Intent
from answerback.store.models.conversations import AT_ONCE
from answerback.store.queries import undone
from answerback.store.queries.rows import Cursor, as_json


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lead belongs in every breakdown. In the order of `_PLACES`."""

    lead: int
    business: int
    line: int
    service: str
    reason: str
    language: str
    member: int | None
    labelled_by: int | None
    wording: str
    arm: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A lead, where it belongs and what happened to it."""

    place: Place
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One lead measured, as it is stored; the fields are the columns of `lead_measure`."""

    lead_id: int
    business_id: int
    version: int
    began_at: datetime
    day: date
    hour: int
    line_id: int
    service: str
    reason: str
    language: str
    member_id: int | None
    labelled_by_id: int | None
    wording: str
    arm: str
    excluded: str
    calls: int
    texted: bool
    response_seconds: int | None
    replied: bool
    qualified: bool
    qualified_by_label: bool
    booked: bool
    booked_by_label: bool
    stands: bool
    attended: bool
    callbacks_owed: int
    callbacks_made: int
    sold: bool
    sold_by_label: bool
    relabelled: bool
    lost_reason: str
    recovered: int
    not_ours: int
    taken_back: int


def hold(cursor: Cursor, business: int) -> None:
    """Nobody else measures this business until the commit."""
    cursor.execute("SELECT 1 FROM measured_up_to WHERE business_id = %s FOR UPDATE", [business])


def lock(cursor: Cursor, business: int) -> datetime | None:
    """Up to when this business is measured, None for never; nobody else measures it until the commit."""
    cursor.execute(
        "INSERT INTO measured_up_to (business_id, at) VALUES (%s, '-infinity') ON CONFLICT DO NOTHING", [business]
    )
    cursor.execute("SELECT NULLIF(at, '-infinity') FROM measured_up_to WHERE business_id = %s FOR UPDATE", [business])
    row = cursor.fetchone()
    return row[0] if row else None


def move_on(cursor: Cursor, business: int, at: datetime) -> None:
    """From here on only what happens after this moment has to be measured."""
    cursor.execute("UPDATE measured_up_to SET at = %s WHERE business_id = %s", [at, business])


def changed_since(cursor: Cursor, business: int, since: datetime | None, untexted_since: datetime) -> list[int]:
    """Leads that something happened to since then, or whose first text may have been delivered meanwhile."""
    values = {"business": business, "since": since, "untexted_since": untexted_since}
    cursor.execute(_CHANGED, values)
    return [row[0] for row in cursor.fetchall()]


def told(cursor: Cursor, leads: Sequence[int]) -> Iterator[Told]:
    """What happened to these leads."""
    cursor.execute(_PLACES, [list(leads)])
    for row in cursor.fetchall():
        yield Told(place=Place(*row[:11]), history=_history(msgspec.json.decode(row[11], type=_Stored)))


def write(cursor: Cursor, rows: Sequence[MeasureRow]) -> None:
    """Write what these leads came to, in the place of what was written before."""
    if rows:
        cursor.execute(_WRITE, [as_json(rows)])


def differing(cursor: Cursor, rows: Sequence[MeasureRow]) -> list[int]:
    """Leads for which something else is stored, or nothing."""
    cursor.execute(_DIFFERING, [as_json(rows)])
    return [row[0] for row in cursor.fetchall()]


def leads_of(cursor: Cursor, business: int, after: int, limit: int) -> list[int]:
    """The next leads of this business by id."""
    cursor.execute(
        "SELECT id FROM lead WHERE business_id = %s AND id > %s ORDER BY id LIMIT %s", [business, after, limit]
    )
    return [row[0] for row in cursor.fetchall()]


def businesses(cursor: Cursor) -> list[int]:
    """Every business that has a lead."""
    cursor.execute("SELECT b.id FROM business b WHERE EXISTS (SELECT 1 FROM lead l WHERE l.business_id = b.id)")
    return [row[0] for row in cursor.fetchall()]


class _Turned(msgspec.Struct):
    at: datetime
    status: str
    by_person: bool
    reason: str | None


class _Visit(msgspec.Struct):
    booked_at: datetime
    over_at: datetime
    status: str
    elsewhere: bool


class _Owed(msgspec.Struct):
    at: datetime
    reached: bool


class _Money(msgspec.Struct):
    at: datetime
    cents: int
    reversed: bool
    kept: int


class _Stored(msgspec.Struct):
    began_at: datetime
    calls: list[datetime]
    texts: list[datetime | None]
    replies: list[datetime]
    talks: list[datetime]
    turns: list[_Turned]
    visits: list[_Visit]
    owed: list[_Owed]
    money: list[_Money]
    intents: list[Intent]
    number_is: NumberIs | None
    wrong_party: bool
    marks: int


def _history(stored: _Stored) -> History:
    return History(
        began_at=stored.began_at,
        calls=tuple(stored.calls),
        texts=tuple(Sent(delivered_at=at) for at in stored.texts),
        replies=tuple(stored.replies),
        talks=tuple(stored.talks),
        turns=tuple(
            Turned(at=turn.at, status=turn.status, by_person=turn.by_person, reason=turn.reason or "")  # type: ignore[arg-type]
            for _, (turn, *_) in groupby(stored.turns, lambda each: each.status)  # back to where it stood is no turn
        ),
        visits=tuple(
            Visit(booked_at=visit.booked_at, over_at=visit.over_at, status=visit.status, elsewhere=visit.elsewhere)  # type: ignore[arg-type]
            for visit in stored.visits
        ),
        owed=tuple(Owed(due_at=owed.at, reached=owed.reached) for owed in stored.owed),
        money=tuple(
            Money(at=paid.at, cents=paid.cents, reversed=paid.reversed, kept=paid.kept) for paid in stored.money
        ),
        intents=frozenset(stored.intents),
        number_is=stored.number_is,
        wrong_party=stored.wrong_party,
        marks=stored.marks,
    )


# The index `conversation_recent` finds the few that changed; of the rest only those are looked at whose receipt is due.
# All leads of a person are measured together: an appointment or a mark on the number concerns each of them.
_CHANGED = """
SELECT l.id FROM conversation c JOIN lead l ON l.contact_id = c.contact_id
WHERE c.business_id = %(business)s AND (%(since)s::timestamptz IS NULL OR c.last_at >= %(since)s)
UNION
SELECT m.lead_id FROM lead_measure m
WHERE m.business_id = %(business)s AND m.day >= %(untexted_since)s::date AND NOT m.texted
"""

_TALKS = f"""
SELECT json_agg(e.at ORDER BY e.at) FROM event e WHERE e.conversation_id = c.id AND (
    (e.kind = 'CalledBack' AND (e.body ->> 'talked')::bool AND NOT EXISTS (
        SELECT 1 FROM note n WHERE n.conversation_id = c.id AND n.kind = 'uncalled' AND n.body = e.body ->> 'call'))
    OR (e.kind = 'CallEnded' AND e.body ->> 'outcome' = 'answered_human')
    OR (e.kind = 'CallAnswered' AND e.body ->> 'by' = 'person')
    OR (e.kind = 'TodoClosed' AND e.body ->> 'outcome' = 'reached' AND NOT {undone.closed("e")}))
"""

# A mark is written with the act, and by its turn where it came from elsewhere (a CRM).
_TURNS = f"""
SELECT json_agg(json_build_object('at', t.at, 'status', t.status, 'by_person', e.id IS NOT NULL,
    'reason', e.body ->> 'reason') ORDER BY t.at, t.id)
FROM lead_turn t LEFT JOIN LATERAL (
    SELECT e.id, e.body FROM event e WHERE e.conversation_id = c.id AND e.kind = 'OutcomeMarked'
        AND t.at IN (e.handled_at, (e.body ->> 'at')::timestamptz)
        AND e.body ->> 'status' = t.status ORDER BY e.id DESC LIMIT 1) e ON true
WHERE t.lead_id = l.id AND NOT {undone.came("t", "c.id")}
"""

_VISITS = f"""
SELECT json_agg(json_build_object('booked_at', a.created_at, 'status', a.status,
    'over_at', CASE WHEN a.status = 'cancelled' THEN a.updated_at ELSE upper(a.during) END,
    'elsewhere', a.conversation_id <> c.id) ORDER BY a.id)
FROM appointment a WHERE a.contact_id = c.contact_id AND a.status <> 'held' AND NOT {undone.booking("a")}
"""

# A call made again because nobody picked up keeps the same promise (`engine.handoff` names those to-dos so).
_OWED = """
SELECT json_agg(json_build_object('at', t.due_at, 'reached', t.outcome = 'reached' OR (
    t.outcome IN ('no_answer', 'left_voicemail') AND EXISTS (
        SELECT 1 FROM todo a WHERE a.conversation_id = c.id AND a.id > t.id AND a.outcome = 'reached'
            AND a.kind IN ('callback', 'call_now') AND a.key LIKE 'again:%%'))) ORDER BY t.id)
FROM todo t WHERE t.conversation_id = c.id AND t.kind IN ('callback', 'call_now') AND t.key NOT LIKE 'again:%%'
"""

# Of what was given back by mistake stands in its place what was entered again.
_MONEY = f"""
SELECT json_agg(json_build_object('at', r.at, 'cents', r.cents, 'reversed', EXISTS (
    SELECT 1 FROM revenue_entry x WHERE x.reverses_id = r.id), 'kept', COALESCE((
    SELECT COALESCE(y.cents, x.cents) FROM revenue_entry x
    LEFT JOIN revenue_entry y ON y.instead_of_id = x.id AND {undone.money("x")}
    WHERE x.instead_of_id = r.id), 0)) ORDER BY r.id)
FROM revenue_entry r WHERE r.lead_id = l.id AND r.reverses_id IS NULL AND NOT {undone.money("r")}
"""

_MEMBER = f"""
COALESCE(c.held_by_id, m.member,
    (SELECT t.closed_by_id FROM todo t WHERE t.conversation_id = c.id AND t.closed_by_id IS NOT NULL
     ORDER BY t.closed_at DESC LIMIT 1),
    (SELECT r.member_id FROM revenue_entry r WHERE r.lead_id = l.id AND r.member_id IS NOT NULL
         AND r.evidence <> '{AT_ONCE}' AND NOT {undone.money("r")}
     ORDER BY r.id DESC LIMIT 1))
"""

_WORDING = f"""
SELECT g ->> 'evidence' FROM decision_receipt d CROSS JOIN LATERAL jsonb_array_elements(d.guards) g
WHERE d.conversation_id = c.id AND d.rule = 'first_text' AND d.verdict = 'sent' AND g ->> 'name' = 'variant'
    AND NOT {undone.correction("d")}
ORDER BY d.id LIMIT 1
"""

_ARM = f"""
SELECT substr(d.rule, 10) FROM decision_receipt d
WHERE d.conversation_id = c.id AND d.rule IN ('hold_out.late', 'hold_out.at_once')
    AND NOT {undone.correction("d")} ORDER BY d.id LIMIT 1
"""

_PLACES = f"""
SELECT l.id, l.business_id, l.line_id, l.service, l.missed_reason, COALESCE(c.state ->> 'language', 'en'), {_MEMBER},
       (SELECT w.id FROM member w WHERE w.business_id = l.business_id AND w.name = marks.by ORDER BY w.id LIMIT 1),
       COALESCE(({_WORDING}), ''), COALESCE(({_ARM}), ''), b.zone,
       json_build_object(
           'began_at', COALESCE((c.state -> 'misses' -> 0 ->> 'at')::timestamptz, l.created_at),
           'calls', COALESCE(jsonb_path_query_array(c.state, '$.misses[*].at'), '[]'),
           'texts', COALESCE(m.texts, '[]'), 'replies', COALESCE(m.replies, '[]'),
           'intents', COALESCE(m.intents, '[]'),
           'talks', COALESCE(({_TALKS}), '[]'), 'turns', COALESCE(({_TURNS}), '[]'),
           'visits', COALESCE(({_VISITS}), '[]'), 'owed', COALESCE(({_OWED}), '[]'),
           'money', COALESCE(({_MONEY}), '[]'), 'marks', COALESCE(marks.n, 0),
           'wrong_party', EXISTS (SELECT 1 FROM todo t WHERE t.conversation_id = c.id AND t.outcome = 'wrong_number'
                                  AND t.closed_by_id IS NOT NULL),
           'number_is', (SELECT o.number_is FROM known_number o JOIN contact k ON k.id = l.contact_id
                         WHERE o.business_id = l.business_id AND o.number = k.number))::text
FROM lead l JOIN conversation c ON c.id = l.conversation_id JOIN business b ON b.id = l.business_id
CROSS JOIN LATERAL (
    SELECT (array_agg(m.member_id ORDER BY m.id DESC) FILTER (
               WHERE m.member_id IS NOT NULL AND m.status <> 'withdrawn'))[1] AS member,
           json_agg(m.delivered_at ORDER BY m.id) FILTER (
               WHERE m.author IN ('machine', 'staff') AND m.sent_at IS NOT NULL) AS texts,
           json_agg(m.created_at ORDER BY m.id) FILTER (WHERE m.author = 'customer') AS replies,
           json_agg(m.reading ->> 'intent') FILTER (WHERE m.reading ->> 'intent' IS NOT NULL) AS intents
    FROM message m WHERE m.conversation_id = c.id) m
CROSS JOIN LATERAL (
    SELECT count(*) AS n, (array_agg(e.body ->> 'member' ORDER BY e.id DESC))[1] AS by
    FROM event e WHERE e.conversation_id = c.id AND e.kind = 'OutcomeMarked' AND NOT {undone.mark("e")}) marks
WHERE l.id = ANY(%s)
"""

_COLUMNS = [field.name for field in fields(MeasureRow)]
_TYPES = {
    "lead_id": "bigint", "business_id": "bigint", "version": "smallint", "began_at": "timestamptz", "day": "date",
    "hour": "smallint", "line_id": "bigint", "calls": "smallint", "texted": "bool", "response_seconds": "int",
    "replied": "bool", "qualified": "bool", "qualified_by_label": "bool", "booked": "bool", "booked_by_label": "bool",
    "stands": "bool", "attended": "bool", "callbacks_owed": "smallint", "callbacks_made": "smallint", "sold": "bool",
    "sold_by_label": "bool", "relabelled": "bool", "member_id": "bigint", "labelled_by_id": "bigint",
    "recovered": "bigint", "not_ours": "bigint", "taken_back": "bigint",
}  # fmt: skip
_RECORD = ", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in _COLUMNS)

_WRITE = f"""
INSERT INTO lead_measure ({", ".join(_COLUMNS)})
SELECT {", ".join(_COLUMNS)} FROM json_to_recordset(%s::json) AS v ({_RECORD})
ON CONFLICT (lead_id) DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in _COLUMNS[1:])}
"""


def _both(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in _COLUMNS[1:])


_DIFFERING = f"""
SELECT v.lead_id FROM json_to_recordset(%s::json) AS v ({_RECORD})
LEFT JOIN lead_measure m ON m.lead_id = v.lead_id
WHERE ({_both("v")}) IS DISTINCT FROM ({_both("m")})
ORDER BY v.lead_id
"""
