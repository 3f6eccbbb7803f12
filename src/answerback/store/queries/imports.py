"""Writes rows that come from a file, a batch in a few statements: contacts, leads, stops, appointments, revenue.

Every function takes a cursor inside the one transaction of an import, adds what is not there yet and says how many
rows were there already. Nothing that is there is replaced: only what is empty is filled in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from answerback.store.models.people import OF_ANOTHER_NUMBER
from answerback.store.queries.arrivals import know_again
from answerback.store.queries.rows import Cursor, as_json

Rows = Sequence[dict[str, Any]]

NO_LINE = "This business has no line yet, so a lead has nowhere to belong. Add a line first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Whose rows these are, when they are written, what file they come from, and who took it in."""

    business: int
    now: datetime
    source: str
    zone: str
    by: str = ""


@dataclass(slots=True)
class Written:
    """How many rows were new, how many were there already, and which could not be: (row, why).

    Of contacts also how many that were there got a name, an address or another person that they lacked (`updated`), how
    many other people were added to shared numbers (`people`), and the ids of the new ones. `fates` are the rows of
    each: `new`, `updated`, `people`.
    """

    added: int = 0
    known: int = 0
    updated: int = 0
    people: int = 0
    made: tuple[int, ...] = ()
    refused: list[tuple[int, str]] = field(default_factory=list)
    fates: dict[str, list[int]] = field(default_factory=dict)


def look_contacts(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    """What `write_contacts` would come to: it is done in tables of its own, so that no row of ours is locked and no
    index built only to be taken back.
    """
    cursor.execute(_COMING_CONTACTS)
    cursor.execute(_COMING_PEOPLE)
    cursor.execute(_HERE, _values(ours, rows))
    return _merged(cursor, ours, rows, _CONTACTS_LOOKED_AT, _PEOPLE_LOOKED_AT)


def look_leads(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    """What `write_leads` would come to; nothing is written."""
    if not _has_line(cursor, ours):
        return Written(refused=[(row["row"], NO_LINE) for row in rows])
    return _look(cursor, ours, rows, _NEW_LEADS)


def look_stops(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    """What `write_stops` would come to; nothing is written."""
    return _look(cursor, ours, rows, _NEW_STOPS)


def write_contacts(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    """People by their numbers; a name or an address that is there stays, and a second name is somebody else there."""
    return _contacts(cursor, ours, rows)


def write_stops(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    """Numbers that said stop. There need be no contact; should they call, they are known."""
    written = _look(cursor, ours, rows, _NEW_STOPS)
    cursor.execute(_STOPS, _values(ours, rows))
    cursor.execute(_STOPS_OF_MERGED, _values(ours, rows) | {"concluded": OF_ANOTHER_NUMBER})
    return written


def write_leads(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    """Leads of the past, each in a conversation that has ended: the next call begins a new one."""
    if not _has_line(cursor, ours):
        return Written(refused=[(row["row"], NO_LINE) for row in rows])
    _contacts(cursor, ours, rows)
    written = _look(cursor, ours, rows, _NEW_LEADS)
    cursor.execute(_LEADS, _values(ours, rows))
    return written


def write_appointments(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    """Booked times; one that somebody else has by then is refused, never sold twice. Nobody is sent an invitation."""
    if not _has_line(cursor, ours):
        return Written(refused=[(row["row"], NO_LINE) for row in rows])
    _contacts(cursor, ours, rows)
    done = Written()
    for row in rows:
        _appointment(cursor, ours, row, done)
    return done


def write_revenue(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    """Money of leads, each once; the lead is the newest of that number before the money came."""
    done = Written()
    for row in rows:
        shown = f"{row.get('evidence') or ''} {ours.source}, row {row['row']}".strip()
        values = {**_one(ours, row), "evidence": shown, "job": row.get("job") or "", "author": ours.by[:120]}
        cursor.execute(_LEAD_OF, values)
        lead = cursor.fetchone()
        if lead is None:
            done.refused.append((row["row"], "There is no lead with this number. Import it under Leads first."))
            continue
        cursor.execute(_MONEY, {**values, "lead": lead[0]})
        done.added += cursor.rowcount
        done.fates.setdefault("new", []).extend([row["row"]] * cursor.rowcount)
        done.known += 1 - cursor.rowcount
        if cursor.rowcount:
            cursor.execute(_WON, {**values, "lead": lead[0]})
    return done


def _contacts(cursor: Cursor, ours: Ours, rows: Rows) -> Written:
    written = _merged(cursor, ours, rows, _CONTACTS, _PEOPLE)
    cursor.execute("SELECT number FROM contact WHERE id = ANY(%s)", [list(written.made)])
    know_again(cursor, [(ours.business, row[0]) for row in cursor.fetchall()])
    return written


def _merged(cursor: Cursor, ours: Ours, rows: Rows, contacts: str, people: str) -> Written:
    cursor.execute(contacts, _values(ours, rows))
    found = cursor.fetchall()
    made = {id: number for id, is_new, number in found if is_new}
    cursor.execute(people, _values(ours, rows))
    joined = cursor.fetchall()
    there = {id: number for id, _new, number in found} | {id: number for id, number, _name in joined}
    changed = {id: number for id, number in there.items() if id not in made}
    fates = {
        "new": _firsts(rows, made.values()),
        "updated": _firsts(rows, changed.values()),
        "people": _firsts(rows, {(number, name) for _id, number, name in joined}, named=True),
    }
    return Written(
        added=len(made), known=len(rows) - len(made), updated=len(changed), people=len(joined),
        made=tuple(sorted(made)), fates=fates,
    )  # fmt: skip


def _firsts(rows: Rows, wanted: Collection[Any], *, named: bool = False) -> list[int]:
    """The first row of each of these numbers, or of each number with a name."""
    found: dict[Any, int] = {}
    for row in rows:
        found.setdefault((row["number"], row.get("name")) if named else row["number"], row["row"])
    return [found[each] for each in wanted if each in found]


def _look(cursor: Cursor, ours: Ours, rows: Rows, new: str) -> Written:
    cursor.execute(_COMING)
    cursor.execute(new, _values(ours, rows))
    first = [row[0] for row in cursor.fetchall()]
    return Written(added=len(first), known=len(rows) - len(first), fates={"new": first})


def _has_line(cursor: Cursor, ours: Ours) -> bool:
    cursor.execute(
        "SELECT 1 FROM line l JOIN business b ON b.id = l.business_id WHERE b.id = %s AND b.playbook_id IS NOT NULL",
        [ours.business],
    )
    return cursor.fetchone() is not None


def _appointment(cursor: Cursor, ours: Ours, row: dict[str, Any], done: Written) -> None:
    values = _one(ours, row)
    cursor.execute(_MEMBER, values)
    member = cursor.fetchone()
    if member is None:
        who = values["member"]
        said = f"Nobody here is called {who!r}." if who else "This business has no members yet."
        done.refused.append((row["row"], f"{said} Write the name or the e-mail address of a member."))
        return
    if values["until"] is not None and values["until"] <= values["at"]:
        done.refused.append((row["row"], "It ends before it begins."))
        return
    values["member"] = member[0]
    cursor.execute(_CONVERSATION, values)
    cursor.execute(_APPOINTMENT_KNOWN, values)
    if cursor.fetchone():
        done.known += 1
        return
    cursor.execute(_APPOINTMENT, values)
    made = cursor.fetchone()
    if made is None:
        done.refused.append((row["row"], f"{member[1]} has an appointment then already."))
        return
    # They were told when they booked; an invitation now would be a second word about the same.
    cursor.execute("DELETE FROM invitation WHERE appointment_id = %s AND NOT sent", [made[0]])
    done.added += 1
    done.fates.setdefault("new", []).append(row["row"])


def _values(ours: Ours, rows: Rows) -> dict[str, Any]:
    return {"rows": as_json(rows), "business": ours.business, "now": ours.now, "source": ours.source}


def _one(ours: Ours, row: dict[str, Any]) -> dict[str, Any]:
    given = {"at": None, "until": None, "member": None, "service": None, "address": None, "name": None, "cents": None}
    return {**given, **row, "business": ours.business, "now": ours.now, "source": ours.source}


_IN = """
json_to_recordset(%(rows)s::json) AS i ("row" int, number text, name text, email text, service text, status text,
    at timestamptz, evidence text)
"""

# The first name of a number counts, in its fullest spelling (Ann Smith rather than Ann), and only what is empty is
# filled; (xmax = 0) tells a new row from one that was there.
_CONTACTS_INTO = f"""
INSERT INTO {{contact}} AS k (business_id, number, name, email, created_at, consent)
SELECT %(business)s::bigint, i.number, CASE WHEN cardinality(i.names) > 1 THEN (
        SELECT n FROM unnest(i.names) WITH ORDINALITY AS u (n, at) WHERE name_words(n) @> name_words(i.names[1])
        ORDER BY length(n) DESC, at LIMIT 1)
    ELSE COALESCE(i.names[1], '') END, COALESCE(i.email, ''), %(now)s::timestamptz, 'none'
FROM (SELECT i.number, array_agg(i.name ORDER BY i."row") FILTER (WHERE i.name <> '') AS names,
        (array_agg(i.email ORDER BY i."row") FILTER (WHERE i.email <> ''))[1] AS email
    FROM {_IN} GROUP BY i.number) i ORDER BY i.number
ON CONFLICT (business_id, number) DO UPDATE SET
    name = COALESCE(NULLIF(k.name, ''), EXCLUDED.name), email = COALESCE(NULLIF(k.email, ''), EXCLUDED.email)
WHERE k.name = '' AND EXCLUDED.name <> '' OR k.email = '' AND EXCLUDED.email <> ''
RETURNING k.id, xmax = 0, k.number
"""

# Ann and Ann Smith are one; Ann and Ben share the phone.
_PEOPLE_INTO = f"""
INSERT INTO {{person}} (business_id, contact_id, name, note, added_at)
SELECT DISTINCT ON (k.id, plain_name(i.name)) %(business)s::bigint, k.id, i.name, '', %(now)s::timestamptz
FROM {_IN} JOIN {{contact}} k ON k.business_id = %(business)s::bigint AND k.number = i.number
WHERE i.name <> '' AND i.name <> k.name
  AND NOT (name_words(i.name) <@ name_words(k.name) OR name_words(k.name) <@ name_words(i.name))
  AND NOT EXISTS (SELECT 1 FROM {{person}} p WHERE p.contact_id = k.id AND name_words(i.name) <@ name_words(p.name))
ORDER BY k.id, plain_name(i.name), i."row"
RETURNING contact_id, (SELECT k.number FROM {{contact}} k WHERE k.id = contact_id), name
"""

_OURS = {"contact": "contact", "person": "contact_person"}
_COMING_ONES = {"contact": "coming_contact", "person": "coming_person"}
_CONTACTS, _PEOPLE = _CONTACTS_INTO.format(**_OURS), _PEOPLE_INTO.format(**_OURS)
_CONTACTS_LOOKED_AT, _PEOPLE_LOOKED_AT = _CONTACTS_INTO.format(**_COMING_ONES), _PEOPLE_INTO.format(**_COMING_ONES)

_COMING_CONTACTS = """
CREATE TEMPORARY TABLE IF NOT EXISTS coming_contact (id bigint GENERATED ALWAYS AS IDENTITY, business_id bigint,
    number text, name text, email text, created_at timestamptz, consent text, UNIQUE (business_id, number))
ON COMMIT DROP
"""

_COMING_PEOPLE = """
CREATE TEMPORARY TABLE IF NOT EXISTS coming_person (business_id bigint, contact_id bigint, name text, note text,
    added_at timestamptz, UNIQUE (contact_id, name))
ON COMMIT DROP
"""

_HERE = f"""
WITH here AS (
    INSERT INTO coming_contact (business_id, number, name, email)
    SELECT k.business_id, k.number, k.name, k.email FROM contact k
    WHERE k.business_id = %(business)s::bigint AND k.number IN (SELECT i.number FROM {_IN})
    ON CONFLICT DO NOTHING RETURNING id, business_id, number)
INSERT INTO coming_person (business_id, contact_id, name)
SELECT h.business_id, h.id, p.name FROM here h
JOIN contact k ON k.business_id = h.business_id AND k.number = h.number JOIN contact_person p ON p.contact_id = k.id
ON CONFLICT DO NOTHING
"""

# Seen in the file, for as long as it is looked at.
_COMING = """
CREATE TEMPORARY TABLE IF NOT EXISTS coming ("row" int, number text, at timestamptz,
    UNIQUE NULLS NOT DISTINCT (number, at)) ON COMMIT DROP
"""

_NEW_LEADS = f"""
INSERT INTO coming ("row", number, at) SELECT i."row", i.number, COALESCE(i.at, k.created_at, %(now)s::timestamptz)
FROM {_IN} LEFT JOIN contact k ON k.business_id = %(business)s::bigint AND k.number = i.number
WHERE NOT EXISTS (SELECT 1 FROM lead l WHERE l.contact_id = k.id AND l.created_at = COALESCE(i.at, k.created_at))
ORDER BY i."row" ON CONFLICT DO NOTHING RETURNING "row"
"""

_NEW_STOPS = f"""
INSERT INTO coming ("row", number) SELECT i."row", i.number FROM {_IN}
WHERE NOT EXISTS (SELECT 1 FROM suppression s
    WHERE s.business_id = %(business)s::bigint AND s.number = i.number AND s.lifted_at IS NULL)
ORDER BY i."row" ON CONFLICT DO NOTHING RETURNING "row"
"""

_STOPS = f"""
INSERT INTO suppression (business_id, number, at, evidence, lifted_by)
SELECT DISTINCT ON (i.number) %(business)s::bigint, i.number, COALESCE(i.at, %(now)s::timestamptz),
    left(COALESCE(i.evidence || ' (' || %(source)s::text || ')', 'Imported from ' || %(source)s::text || '.'), 300), ''
FROM {_IN} ORDER BY i.number, i.at
ON CONFLICT (business_id, number) WHERE lifted_at IS NULL DO NOTHING
"""

_STOPS_OF_MERGED = f"""
INSERT INTO suppression (business_id, number, at, evidence, lifted_by)
SELECT DISTINCT ON (m.number) %(business)s::bigint, m.number, %(now)s::timestamptz, %(concluded)s::text, ''
FROM {_IN} JOIN contact k ON k.business_id = %(business)s::bigint AND k.number = i.number
CROSS JOIN LATERAL (
    SELECT o.number FROM contact o
    WHERE (o.id = k.merged_into_id OR o.merged_into_id = COALESCE(k.merged_into_id, k.id)) AND o.id <> k.id) m
ORDER BY m.number ON CONFLICT (business_id, number) WHERE lifted_at IS NULL DO NOTHING
"""

_LINE_AND_PLAYBOOK = """
(SELECT min(l.id) FROM line l WHERE l.business_id = %(business)s::bigint) AS line,
(SELECT playbook_id FROM business WHERE id = %(business)s::bigint) AS playbook
"""

_LEADS = f"""
WITH coming AS (
    SELECT DISTINCT ON (k.id, COALESCE(i.at, k.created_at)) nextval(pg_get_serial_sequence('conversation', 'id')) AS id,
        k.id AS contact, COALESCE(i.at, k.created_at) AS at, COALESCE(i.service, '') AS service,
        COALESCE(i.status, 'new') AS status, {_LINE_AND_PLAYBOOK}
    FROM {_IN} JOIN contact k ON k.business_id = %(business)s::bigint AND k.number = i.number
    WHERE NOT EXISTS (SELECT 1 FROM lead l WHERE l.contact_id = k.id AND l.created_at = COALESCE(i.at, k.created_at))
), talks AS (
    INSERT INTO conversation (id, business_id, contact_id, line_id, playbook_id, phase, epoch, opened_at, last_at,
        ended_at, stuck)
    SELECT id, %(business)s::bigint, contact, line, playbook, 'closed', 0, at, at, at, 0 FROM coming
)
INSERT INTO lead (business_id, contact_id, conversation_id, line_id, status, service, urgency, missed_reason,
    priority, answers, next_step, created_at, updated_at)
SELECT %(business)s::bigint, contact, id, line, status, service, 'unknown', '', 0, '{{}}', '', at, at FROM coming
"""

_MEMBER = """
SELECT id, name FROM member WHERE business_id = %(business)s
  AND (%(member)s::text IS NULL OR lower(name) = lower(%(member)s) OR lower(email) = lower(%(member)s))
ORDER BY (bookable IS NOT FALSE) DESC, role = 'technician' DESC, id LIMIT 1
"""

_CONVERSATION = f"""
INSERT INTO conversation (business_id, contact_id, line_id, playbook_id, phase, epoch, opened_at, last_at, ended_at,
    stuck)
SELECT %(business)s::bigint, k.id, v.line, v.playbook, 'closed', 0, %(now)s, %(now)s, %(now)s, 0
FROM contact k CROSS JOIN (SELECT {_LINE_AND_PLAYBOOK}) v
WHERE k.business_id = %(business)s::bigint AND k.number = %(number)s
  AND NOT EXISTS (SELECT 1 FROM conversation c WHERE c.contact_id = k.id)
"""

_APPOINTMENT_KNOWN = """
SELECT 1 FROM appointment a JOIN contact k ON k.id = a.contact_id
WHERE k.business_id = %(business)s AND k.number = %(number)s AND a.member_id = %(member)s
  AND lower(a.during) = %(at)s AND a.status <> 'cancelled'
"""

_APPOINTMENT = """
INSERT INTO appointment (business_id, member_id, conversation_id, contact_id, during, blocked, service, status, name,
    address, area, notes, version, created_at, updated_at)
SELECT %(business)s::bigint, %(member)s::bigint, (SELECT max(c.id) FROM conversation c WHERE c.contact_id = k.id), k.id,
    tstzrange(%(at)s, v.until), tstzrange(%(at)s, v.until), COALESCE(%(service)s, ''),
    CASE WHEN v.until <= %(now)s::timestamptz THEN 'done' ELSE 'booked' END, COALESCE(%(name)s, k.name),
    COALESCE(%(address)s, ''), '', left('From ' || %(source)s::text, 500), 0, %(now)s::timestamptz, %(now)s::timestamptz
FROM contact k
CROSS JOIN (SELECT COALESCE(%(until)s::timestamptz, %(at)s::timestamptz + interval '1 hour') AS until) v
WHERE k.business_id = %(business)s::bigint AND k.number = %(number)s
ON CONFLICT DO NOTHING RETURNING id
"""

_LEAD_OF = """
SELECT l.id FROM lead l JOIN contact k ON k.id = l.contact_id
WHERE k.business_id = %(business)s AND k.number = %(number)s
ORDER BY l.created_at <= COALESCE(%(at)s::timestamptz, %(now)s::timestamptz) DESC, l.created_at DESC LIMIT 1
"""

_MONEY = """
INSERT INTO revenue_entry (business_id, lead_id, cents, currency, at, author, entered_at, evidence, job, round)
SELECT %(business)s::bigint, %(lead)s::bigint, %(cents)s::bigint,
    (SELECT currency FROM business WHERE id = %(business)s::bigint),
    COALESCE(%(at)s::timestamptz, %(now)s::timestamptz), %(author)s::text, %(now)s::timestamptz,
    left(%(evidence)s::text, 300), %(job)s::text,
    (SELECT count(*) FROM revenue_entry r WHERE r.business_id = %(business)s::bigint AND r.job = %(job)s::text
        AND r.job <> '' AND r.reverses_id IS NOT NULL)
WHERE %(job)s::text <> '' OR NOT EXISTS (
    SELECT 1 FROM revenue_entry r WHERE r.lead_id = %(lead)s::bigint AND r.cents = %(cents)s::bigint
        AND (r.at = %(at)s::timestamptz OR %(at)s::timestamptz IS NULL))
ON CONFLICT (business_id, job, round) WHERE reverses_id IS NULL AND NOT job = '' DO NOTHING
"""

_WON = """
WITH moved AS (
    UPDATE lead SET status = 'won', updated_at = %(now)s::timestamptz
    WHERE id = %(lead)s::bigint AND status <> 'won' AND %(cents)s::bigint > 0)
UPDATE conversation c SET last_at = GREATEST(c.last_at, %(now)s::timestamptz)
FROM lead l WHERE l.id = %(lead)s::bigint AND c.id = l.conversation_id
"""
