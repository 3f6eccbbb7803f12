"""Which trace a thing that follows a turn goes on with. Every function takes a cursor of its caller's transaction."""

from answerback.store.queries.rows import Cursor


def of_copy(cursor: Cursor, kind: str, local: int, contact: int) -> str | None:
    """The trace of a text or a call that is copied, else of what this contact's last turn left."""
    own = _OWN.get(kind)
    if own is not None:
        cursor.execute(own, [local])
        row = cursor.fetchone()
        if row is not None and row[0] is not None:
            return str(row[0])
    return _last(cursor, _OF_CONTACT, contact)


def of_entry(cursor: Cursor, entry: int) -> str | None:
    """The trace of what the last turn of an appointment's conversation left."""
    return _last(cursor, _OF_ENTRY, entry)


def _last(cursor: Cursor, sql: str, id: int) -> str | None:
    cursor.execute(sql, [id])
    row = cursor.fetchone()
    return str(row[0]) if row else None


_OWN = {"text": "SELECT trace FROM message WHERE id = %s", "call": "SELECT trace FROM event WHERE id = %s"}

_OF_CONTACT = """
SELECT e.trace FROM event e JOIN conversation c ON c.id = e.conversation_id
WHERE c.contact_id = %s AND e.trace IS NOT NULL ORDER BY e.id DESC LIMIT 1
"""

_OF_ENTRY = """
SELECT e.trace FROM calendar_entry y JOIN appointment a ON a.id = y.appointment_id
JOIN event e ON e.conversation_id = a.conversation_id
WHERE y.id = %s AND e.trace IS NOT NULL ORDER BY e.id DESC LIMIT 1
"""
