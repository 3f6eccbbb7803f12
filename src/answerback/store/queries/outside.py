"""What outside calendars need of the tables: what is due, entries as they shall stand, readings written down.

Every function takes a cursor inside a transaction of `workflow`. Nothing here decides what anything means.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor, as_json

BUILT_IN = "built_in"
"""The provider of the calendar every member has."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry, and the appointment it shall show. In the order of `_ENTRY`. `stands`: shall it be there at all?"""

    id: int
    calendar: int
    key: str
    remote: str
    seen: str
    wanted: int
    tries: int
    stands: bool
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    service: str
    name: str
    number: str
    place: str
    notes: str
    version: int


@dataclass(frozen=True, slots=True)
class Ours:
    """An entry as a reading meets it. In the order of `_OURS`. `pending`: we are about to write it ourselves."""

    id: int
    key: str
    remote: str
    seen: str
    pending: bool
    appointment: int
    version: int
    conversation: int
    customer: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A to-do about an appointment and its calendar. Its `key` is asked once and never again, closed or not."""

    conversation: int
    key: str
    title: str


def entries_due(cursor: Cursor, now: datetime, limit: int, calendar: int | None) -> list[tuple[int, int]]:
    """Entries whose calendar does not show them as they are: their id and their calendar's, longest waiting first."""
    cursor.execute(
        """
        SELECT id, calendar_id FROM calendar_entry
        WHERE due_at <= %s AND calendar_id = COALESCE(%s::bigint, calendar_id) ORDER BY due_at LIMIT %s
        """,
        [now, calendar, limit],
    )
    return [(row[0], row[1]) for row in cursor.fetchall()]


def entry(cursor: Cursor, id: int) -> EntryRow | None:
    """This entry, if there is something to be done about it."""
    cursor.execute(_ENTRY, [id])
    row = cursor.fetchone()
    return EntryRow(*row) if row else None


def entry_is_written(cursor: Cursor, row: EntryRow, remote: str, seen: str, now: datetime) -> None:
    """It stands in the calendar, or is gone from it, as it was wanted; a change asked for since stays due."""
    cursor.execute(
        """
        UPDATE calendar_entry SET remote = %s, seen = %s, written_at = %s, problem = '', tries = 0,
               due_at = CASE WHEN wanted = %s THEN NULL ELSE due_at END
        WHERE id = %s
        """,
        [remote[:600], seen[:300], now, row.wanted, row.id],
    )


def entry_failed(cursor: Cursor, row: EntryRow, problem: str, again_at: datetime) -> None:
    """It could not be written; it is tried again then."""
    cursor.execute(
        "UPDATE calendar_entry SET problem = %s, tries = LEAST(tries + 1, 1000), due_at = %s WHERE id = %s",
        [problem[:300], again_at, row.id],
    )


def forget_version(cursor: Cursor, entry: int) -> None:
    """Write over whatever stands in the calendar, the next time."""
    cursor.execute("UPDATE calendar_entry SET seen = '' WHERE id = %s", [entry])


def ask_again(cursor: Cursor, calendar: int, now: datetime) -> int:
    """Whatever waits for this calendar is tried now; returns how many entries wait."""
    cursor.execute(
        "UPDATE calendar_entry SET due_at = %s, tries = 0 WHERE calendar_id = %s AND due_at IS NOT NULL",
        [now, calendar],
    )
    waiting = cursor.rowcount
    cursor.execute("UPDATE outside_calendar SET read_due_at = %s, tries = 0 WHERE id = %s", [now, calendar])
    return waiting


def read_soon(cursor: Cursor, calendars: Sequence[int], now: datetime) -> list[int]:
    """Let these be read now; returns those that were not due already."""
    cursor.execute(
        """
        UPDATE outside_calendar SET read_due_at = %s
        WHERE id = ANY(%s) AND NOT sign_in_needed AND (read_due_at IS NULL OR read_due_at > %s) RETURNING id
        """,
        [now, list(calendars), now],
    )
    return [row[0] for row in cursor.fetchall()]


def read_before(cursor: Cursor, member: int, moment: datetime) -> list[int]:
    """Calendars of this member that were last read before then."""
    cursor.execute(
        "SELECT id FROM outside_calendar WHERE member_id = %s AND (read_at IS NULL OR read_at < %s)", [member, moment]
    )
    return [row[0] for row in cursor.fetchall()]


def calendars_to_write(cursor: Cursor, appointment: int) -> list[int]:
    """Calendars that do not show this appointment as it is."""
    cursor.execute(
        "SELECT calendar_id FROM calendar_entry WHERE appointment_id = %s AND due_at IS NOT NULL", [appointment]
    )
    return [row[0] for row in cursor.fetchall()]


def has_invitation_due(cursor: Cursor, appointment: int) -> bool:
    """Has the customer not yet heard by e-mail of how this appointment stands?"""
    cursor.execute("SELECT 1 FROM invitation WHERE appointment_id = %s AND due_at IS NOT NULL", [appointment])
    return cursor.fetchone() is not None


def due(cursor: Cursor, now: datetime) -> list[int]:
    """Calendars for which there is something to do: an entry to write, or their turn to be read."""
    cursor.execute(
        """
        SELECT calendar_id FROM calendar_entry WHERE due_at <= %s
        UNION SELECT id FROM outside_calendar WHERE read_due_at <= %s AND NOT sign_in_needed
        """,
        [now, now],
    )
    return [row[0] for row in cursor.fetchall()]


def write_standing(cursor: Cursor, calendar: int, now: datetime) -> None:
    """Put every appointment that is still to come into a calendar that was just connected."""
    cursor.execute(_STANDING, {"calendar": calendar, "now": now})


def ours(cursor: Cursor, calendar: int, keys: Sequence[str], remotes: Sequence[str]) -> list[Ours]:
    """Which of these things in the calendar are entries of ours, for appointments that stand."""
    cursor.execute(_OURS, {"calendar": calendar, "keys": list(keys), "remotes": list(remotes)})
    return [Ours(*row) for row in cursor.fetchall()]


def seen(cursor: Cursor, versions: Sequence[tuple[int, str, str]]) -> None:
    """Remember where entries stand and which version of each we have read: (entry, remote, version)."""
    rows = [{"id": id, "remote": remote[:600], "seen": version[:300]} for id, remote, version in versions]
    cursor.execute(
        """
        UPDATE calendar_entry e SET remote = v.remote, seen = v.seen
        FROM json_to_recordset(%s::json) AS v (id bigint, remote text, seen text) WHERE e.id = v.id
        """,
        [as_json(rows)],
    )


def free(cursor: Cursor, member: int, source: str, things: Sequence[str]) -> None:
    """Forget every busy time of these things; the times of one thing are told apart behind a #."""
    cursor.execute(
        "DELETE FROM busy WHERE member_id = %s AND source = %s AND split_part(key, '#', 1) = ANY(%s)",
        [member, source, list(things)],
    )


def clashes(cursor: Cursor, member: int, source: str, things: Sequence[str], now: datetime) -> list[tuple[int, ...]]:
    """Appointments that stand while one of these things makes the member busy: (appointment, version, conversation)."""
    cursor.execute(_CLASHES, {"member": member, "source": source, "things": list(things), "now": now})
    return cursor.fetchall()


def open_todos(cursor: Cursor, business: int, asks: Sequence[Ask], now: datetime) -> None:
    """Ask a person; what was asked before, with this very key, is not asked again."""
    if asks:
        rows = [{"conversation": ask.conversation, "key": ask.key[:120], "title": ask.title[:200]} for ask in asks]
        cursor.execute(_ASK, {"business": business, "now": now, "rows": as_json(rows)})


_ENTRY = """
SELECT e.id, e.calendar_id, e.key, e.remote, e.seen, e.wanted, e.tries,
       a.status IN ('booked', 'done', 'no_show') AND a.member_id = c.member_id,
       lower(a.during), upper(a.during), a.updated_at, a.service, a.name, k.number, a.address, a.notes, a.version
FROM calendar_entry e JOIN outside_calendar c ON c.id = e.calendar_id JOIN appointment a ON a.id = e.appointment_id
JOIN contact k ON k.id = a.contact_id
WHERE e.id = %s AND e.due_at IS NOT NULL
"""

_STANDING = """
INSERT INTO calendar_entry (business_id, appointment_id, calendar_id, key, remote, seen, wanted, due_at, tries, problem)
SELECT a.business_id, a.id, c.id, 'ab' || md5(gen_random_uuid()::text), '', '', 1, %(now)s, 0, ''
FROM outside_calendar c JOIN appointment a ON a.member_id = c.member_id
WHERE c.id = %(calendar)s AND c.writes AND a.status = 'booked' AND upper(a.during) > %(now)s
ON CONFLICT DO NOTHING
"""

_OURS = """
SELECT e.id, e.key, e.remote, e.seen, e.due_at IS NOT NULL, a.id, a.version, a.conversation_id,
       COALESCE(NULLIF(a.name, ''), k.number), lower(a.during), upper(a.during)
FROM calendar_entry e JOIN appointment a ON a.id = e.appointment_id JOIN contact k ON k.id = a.contact_id
WHERE e.calendar_id = %(calendar)s AND (e.key = ANY(%(keys)s) OR (e.remote <> '' AND e.remote = ANY(%(remotes)s)))
  AND a.status = 'booked'
"""

_CLASHES = """
SELECT DISTINCT a.id, a.version, a.conversation_id
FROM busy b JOIN appointment a ON a.member_id = b.member_id AND a.during && b.during AND a.status = 'booked'
WHERE b.member_id = %(member)s AND b.source = %(source)s AND split_part(b.key, '#', 1) = ANY(%(things)s)
  AND upper(a.during) > %(now)s AND NOT EXISTS (SELECT 1 FROM outside_booking o WHERE o.appointment_id = a.id)
ORDER BY a.id
"""

_ASK = """
INSERT INTO todo (business_id, conversation_id, key, kind, title, urgent, due_at, opened_at, outcome)
SELECT %(business)s, v.conversation, v.key, 'review', v.title, false, %(now)s, %(now)s, ''
FROM json_to_recordset(%(rows)s::json) AS v (conversation bigint, key text, title text)
WHERE NOT EXISTS (SELECT 1 FROM todo t WHERE t.conversation_id = v.conversation AND t.key = v.key)
"""
