"""Writes what is learned about a contact: said stop, said start, cannot be texted, a name."""

from datetime import datetime
from typing import assert_never

from answerback.engine.effects import MarkUntextable, PauseSender, Suppress, Unsuppress
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


OF_ANOTHER_NUMBER = "The same person said stop from another number."
"""The evidence of a stop that stands under a number because the person it is shown as said it under another one."""


def suppress(cursor: Cursor, business: int, number: str, evidence: str, now: datetime) -> None:
    """This person said stop to this business: under this number, and under those merged with it.

    Once is enough; but what they say themselves takes the place of what was only concluded from another number, so
    that undoing the merge cannot lift it.
    """
    cursor.execute(_STOP, [business, number, now, evidence[:300], OF_ANOTHER_NUMBER])
    cursor.execute(_STOP_MERGED, {"business": business, "number": number, "now": now, "evidence": OF_ANOTHER_NUMBER})


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
    """The contact said who they are; what staff wrote stays. A name is that of all their numbers."""
    if name:
        cursor.execute(_NAMED, {"name": name[:120], "contact": contact})
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


_STOP = """
INSERT INTO suppression AS s (business_id, number, at, evidence, lifted_by) VALUES (%s, %s, %s, %s, '')
ON CONFLICT (business_id, number) WHERE lifted_at IS NULL DO UPDATE SET at = EXCLUDED.at, evidence = EXCLUDED.evidence
WHERE s.evidence = %s
"""

_STOP_MERGED = """
WITH k AS (SELECT id, merged_into_id FROM contact WHERE business_id = %(business)s AND number = %(number)s)
INSERT INTO suppression (business_id, number, at, evidence, lifted_by)
SELECT o.business_id, o.number, %(now)s, %(evidence)s, '' FROM contact o
WHERE (o.id = (SELECT merged_into_id FROM k) OR o.merged_into_id = (SELECT COALESCE(merged_into_id, id) FROM k))
  AND o.id <> (SELECT id FROM k)
ON CONFLICT (business_id, number) WHERE lifted_at IS NULL DO NOTHING
"""

_NAMED = """
UPDATE contact SET name = %(name)s WHERE name = '' AND (
    id = %(contact)s OR id = (SELECT merged_into_id FROM contact WHERE id = %(contact)s)
    OR merged_into_id = (SELECT COALESCE(merged_into_id, id) FROM contact WHERE id = %(contact)s))
"""
