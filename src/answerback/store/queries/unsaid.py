"""What came of a correction of a call that a person takes back, and taking away what nobody else has used since.

Every function takes a cursor inside a transaction that `workflow` opened, with the conversation locked. What came of it
is what its turn wrote; where more has come, it may be wanted by that too, and nothing is taken away.
"""

from datetime import datetime

from answerback.store.queries import rollup
from answerback.store.queries.rows import Cursor


def came_at(cursor: Cursor, conversation: int, said_at: datetime) -> tuple[datetime | None, bool]:
    """When the turn wrote what came of what was said then, None while none has; and has anything else come, with it
    or since?
    """
    cursor.execute(_CAME_AT, {"id": conversation, "said_at": said_at})
    return cursor.fetchone() or (None, False)


def texted(cursor: Cursor, conversation: int, at: datetime, why: str) -> bool:
    """Take back the automatic texts of that moment that wait, and write down why; has another of them left?"""
    cursor.execute(
        """
        UPDATE message SET status = 'withdrawn', detail = %s
        WHERE conversation_id = %s AND created_at = %s AND author = 'machine' AND status = 'queued'
        """,
        [why[:300], conversation, at],
    )
    cursor.execute(
        """
        SELECT 1 FROM message WHERE conversation_id = %s AND created_at = %s AND author = 'machine'
            AND status NOT IN ('queued', 'withdrawn', 'refused') LIMIT 1
        """,
        [conversation, at],
    )
    return cursor.fetchone() is not None


def no_todos(cursor: Cursor, conversation: int, at: datetime, now: datetime) -> None:
    """What was asked for at that moment and is not done is asked for no more, and nobody is woken about it either."""
    cursor.execute(
        "DELETE FROM todo WHERE conversation_id = %s AND opened_at = %s AND closed_at IS NULL", [conversation, at]
    )
    cursor.execute(
        """
        UPDATE page SET taken_at = %s, ended = 'closed'
        WHERE conversation_id = %s AND opened_at = %s AND taken_at IS NULL
        """,
        [now, conversation, at],
    )


def no_lead(cursor: Cursor, conversation: int, at: datetime) -> bool:
    """Take away a lead that was made at that moment; False where one stays that people, a CRM or a program know of."""
    cursor.execute(_UNKNOWN_LEAD, {"id": conversation, "at": at})
    row = cursor.fetchone()
    if row is None:
        cursor.execute("SELECT NOT EXISTS (SELECT 1 FROM lead WHERE conversation_id = %s)", [conversation])
        [has_none] = cursor.fetchone() or (False,)
        return bool(has_none)
    lead, business = row
    cursor.execute("SELECT 1 FROM measured_up_to WHERE business_id = %s FOR UPDATE", [business])
    days = rollup.days_of(cursor, [lead])
    for table in ("lead_measure", "lead_wording", "lead_turn"):
        cursor.execute(f"DELETE FROM {table} WHERE lead_id = %s", [lead])
    cursor.execute("DELETE FROM lead WHERE id = %s", [lead])
    rollup.make(cursor, days)
    return True


_CAME_AT = """
SELECT e.handled_at, EXISTS (
    SELECT 1 FROM event o WHERE o.conversation_id = e.conversation_id AND o.handled_at >= e.handled_at
        AND o.id <> e.id AND o.kind NOT IN ('TimerDue', 'LineTypeLearned'))
FROM event e
WHERE e.conversation_id = %(id)s AND e.kind = 'VerdictCorrected' AND (e.body ->> 'at')::timestamptz = %(said_at)s
    AND e.handled_at IS NOT NULL
"""

_UNKNOWN_LEAD = """
SELECT l.id, l.business_id FROM lead l
WHERE l.conversation_id = %(id)s AND l.created_at = %(at)s
    AND l.owner_id IS NULL AND l.own_step = '' AND l.own_step_at IS NULL AND l.value_cents IS NULL
    AND NOT EXISTS (SELECT 1 FROM revenue_entry r WHERE r.lead_id = l.id)
    AND NOT EXISTS (SELECT 1 FROM appointment a WHERE a.conversation_id = l.conversation_id)
    AND NOT EXISTS (SELECT 1 FROM event e WHERE e.conversation_id = l.conversation_id AND e.kind = 'OutcomeMarked')
    AND NOT EXISTS (SELECT 1 FROM crm_copy c WHERE c.kind = 'lead' AND c.local = l.id AND c.remote <> '')
    AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.business_id = l.business_id AND n.subject = l.id
        AND n.kind LIKE 'lead.%%' AND n.sent_at IS NOT NULL)
FOR UPDATE
"""
