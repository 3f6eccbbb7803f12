"""What an act that a person took back leaves in the tables, so that no number counts it: pieces of SQL.

Nothing is deleted when something is taken back. Each piece is a condition on the row it names. Never here: what counts.
"""

from answerback.store.models.conversations import AT_ONCE

# What the index `event_of_marks` holds, said so that it is used: these are few among what happened in a conversation.
_MARKS = "u.kind IN ('OutcomeMarked', 'SaidByMistake', 'AppointmentTakenBack')"

_CAME = """(u.kind = 'OutcomeMarked' AND (u.body ->> 'undoes')::timestamptz = {row}.at
    OR u.kind = 'AppointmentTakenBack' AND {row}.at = (
        SELECT b.handled_at FROM event b
        WHERE b.conversation_id = u.conversation_id AND b.kind = 'AppointmentBooked'
            AND b.body ->> 'appointment' = u.body ->> 'appointment' LIMIT 1))"""

_WENT_BACK = """((u.kind <> 'OutcomeMarked' OR u.body ->> 'undoes' IS NOT NULL)
    AND (u.body ->> 'at')::timestamptz = {row}.at)"""


def came(row: str, conversation: str) -> str:
    """Did the lead come to this status only by an act that was taken back?

    `row` is a `lead_turn`, `conversation` the id of its lead's conversation. A mark is written with the act, a booking
    by its turn.
    """
    return f"""EXISTS (SELECT FROM event u WHERE u.conversation_id = {conversation} AND {_MARKS}
        AND {_CAME.format(row=row)})"""


def turn(row: str, conversation: str) -> str:
    """Is this `lead_turn` one of an act that was taken back, or the way back to where the lead had stood?"""
    return f"""EXISTS (SELECT FROM event u WHERE u.conversation_id = {conversation} AND {_MARKS}
        AND ({_CAME.format(row=row)} OR {_WENT_BACK.format(row=row)}))"""


def mark(row: str) -> str:
    """Was this `OutcomeMarked` taken back, or does it take one back?"""
    return f"""({row}.body ->> 'undoes' IS NOT NULL OR EXISTS (
        SELECT FROM event u WHERE u.conversation_id = {row}.conversation_id AND {_MARKS} AND u.kind = 'OutcomeMarked'
            AND (u.body ->> 'undoes')::timestamptz = ({row}.body ->> 'at')::timestamptz))"""


def closed(row: str) -> str:
    """Was this `TodoClosed` taken back?"""
    return f"""EXISTS (SELECT FROM event u WHERE u.conversation_id = {row}.conversation_id AND u.kind = 'TodoReopened'
        AND u.body ->> 'todo' = {row}.body ->> 'todo'
        AND (u.body ->> 'closed_at')::timestamptz = ({row}.body ->> 'at')::timestamptz)"""


def correction(row: str) -> str:
    """Is this `decision_receipt` one of a correction of a call that was taken back before a text left because of it?"""
    return f"""EXISTS (SELECT FROM event u JOIN event s ON s.conversation_id = u.conversation_id
        WHERE u.conversation_id = {row}.conversation_id AND {_MARKS} AND u.body ->> 'what' = 'call'
            AND NOT (u.body ->> 'texted')::bool AND s.kind = 'VerdictCorrected'
            AND s.body ->> 'at' = u.body ->> 'said_at' AND s.handled_at = {row}.at)"""


def booking(row: str) -> str:
    """Was this appointment booked by mistake, before the customer was told of it?"""
    return f"""EXISTS (SELECT FROM event u WHERE u.conversation_id = {row}.conversation_id
        AND {_MARKS} AND u.kind = 'AppointmentTakenBack' AND u.body ->> 'appointment' = {row}.id::text)"""


def money(row: str) -> str:
    """Was this entry of the revenue ledger taken back at once?"""
    return f"EXISTS (SELECT FROM revenue_entry u WHERE u.reverses_id = {row}.id AND u.evidence = '{AT_ONCE}')"
