"""Writes what is learned about a contact: said stop, said start, cannot be texted, a name."""

from datetime import datetime
from typing import assert_never

from answerback.engine.effects import ConsentState, MarkUntextable, PauseSender, Suppress, Unsuppress
from answerback.store.queries.rows import Cursor
from answerback.store.queries.turns import Woken


def remember(
    cursor: Cursor, woken: Woken, effect: Suppress | Unsuppress | MarkUntextable | PauseSender, now: datetime
) -> None:
    """Write one of these down for the whole business."""
    match effect:
        case Suppress():
            suppress(cursor, woken.business, woken.number, effect.evidence, now)
        case Unsuppress():
            _lift(cursor, woken.business, woken.number, effect.evidence, now)
        case MarkUntextable():
            cursor.execute("UPDATE contact SET untextable = %s WHERE id = %s", [effect.reason[:60], woken.contact])
        case PauseSender():
            pause(cursor, woken.business, effect.line, effect.reason, effect.until)
        case _:
            assert_never(effect)


def suppress(  # noqa: PLR0917  who said it, when, and who entered it
    cursor: Cursor, business: int, number: str, evidence: str, now: datetime, member: int | None = None
) -> int | None:
    """This number said stop to this business; once is enough: None where a stop stands. `member` is who entered it.

    What the customer says themselves takes the place of what a person had entered, so that nobody takes that back.
    """
    if member is None:
        cursor.execute(_THEIR_OWN, {"business": business, "number": number, "now": now})
    cursor.execute(
        """
        INSERT INTO suppression (business_id, number, at, evidence, lifted_by, member_id)
        VALUES (%s, %s, %s, %s, '', %s)
        ON CONFLICT (business_id, number) WHERE lifted_at IS NULL DO NOTHING RETURNING id
        """,
        [business, number, now, evidence[:300], member],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def entered_by_mistake(cursor: Cursor, suppression: int, name: str, now: datetime) -> datetime | None:
    """Lift a stop that a person entered; when it was entered, None where it stands no longer or is the customer's."""
    cursor.execute(
        """
        UPDATE suppression SET lifted_at = %s, lifted_by = %s
        WHERE id = %s AND lifted_at IS NULL AND member_id IS NOT NULL RETURNING at
        """,
        [now, f"{name}: entered by mistake"[:300], suppression],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def consent_before(cursor: Cursor, business: int, number: str, at: datetime) -> tuple[ConsentState, datetime | None]:
    """Why this number could be texted before this moment, and since when."""
    cursor.execute(
        "SELECT state, at FROM consent WHERE business_id = %s AND number = %s AND at < %s ORDER BY id DESC LIMIT 1",
        [business, number, at],
    )
    return cursor.fetchone() or ("none", None)


def pause(cursor: Cursor, business: int, line: str, reason: str, until: datetime) -> None:
    """The carrier refuses this line's texts: the line that sends them, itself or another, sends none until then."""
    cursor.execute(
        """
        UPDATE line l SET paused_until = %s, sender_says = %s FROM line o
        WHERE o.business_id = %s AND o.number = %s AND l.id = COALESCE(o.texts_by_id, o.id)
        """,
        [until, reason[:300], business, line],
    )


def introduce(cursor: Cursor, contact: int, *, name: str = "", email: str = "") -> None:
    """The contact said who they are; what staff wrote stays."""
    if name:
        cursor.execute("UPDATE contact SET name = %s WHERE id = %s AND name = ''", [name[:120], contact])
    if email:
        cursor.execute("UPDATE contact SET email = %s WHERE id = %s AND email = ''", [email[:254], contact])


def _lift(cursor: Cursor, business: int, number: str, evidence: str, now: datetime) -> None:
    cursor.execute(
        """
        UPDATE suppression SET lifted_at = %s, lifted_by = %s
        WHERE business_id = %s AND number = %s AND lifted_at IS NULL
        """,
        [now, evidence[:300], business, number],
    )


_THEIR_OWN = """
UPDATE suppression SET lifted_at = %(now)s, lifted_by = 'The customer said stop themselves.'
WHERE business_id = %(business)s AND number = %(number)s AND lifted_at IS NULL AND member_id IS NOT NULL
"""
