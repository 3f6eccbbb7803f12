"""Writes what is learned about a contact: said stop, said start, cannot be texted, a name."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from answerback.engine.effects import ConsentState, MarkUntextable, PauseSender, Suppress, Unsuppress
from answerback.store.models.people import OF_ANOTHER_NUMBER
from answerback.store.queries.rows import Cursor
from answerback.store.queries.turns import Woken


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """What was written down of who a contact is: the contacts that have this name since, the merges that remember it,
    and the e-mail address, empty where one stood already.
    """

    contact: int
    name: str = ""
    email: str = ""
    named: tuple[int, ...] = ()
    merges: tuple[int, ...] = ()


def remember(
    cursor: Cursor, woken: Woken, effect: Suppress | Unsuppress | MarkUntextable | PauseSender, now: datetime
) -> None:
    """Write one of these down for the whole business."""
    match effect:
        case Suppress():
            suppress(cursor, woken.business, woken.number, effect.evidence, now)
        case Unsuppress():
            lift(cursor, woken.business, woken.number, effect.evidence, now)
        case MarkUntextable():
            cursor.execute("UPDATE contact SET untextable = %s WHERE id = %s", [effect.reason[:60], woken.contact])
        case PauseSender():
            pause(cursor, woken.business, effect.line, effect.reason, effect.until)
        case _:
            assert_never(effect)


def suppress(  # noqa: PLR0917  who said it, when, and who entered it
    cursor: Cursor, business: int, number: str, evidence: str, now: datetime, member: int | None = None
) -> int | None:
    """This person said stop to this business: under this number, and under those merged with it.

    Once is enough: None where a stop stands. `member` is who entered it. What the customer says themselves takes the
    place of what a person had entered, and of what was only concluded from another number: nobody takes that back.
    """
    said = {
        "business": business,
        "number": number,
        "now": now,
        "evidence": evidence[:300],
        "member": member,
        "concluded": OF_ANOTHER_NUMBER,
    }
    if member is None:
        cursor.execute(_THEIR_OWN, said)
    cursor.execute(_STOP, said)
    row = cursor.fetchone()
    cursor.execute(_STOP_MERGED, said)
    return row[0] if row else None


def entered_by_mistake(cursor: Cursor, suppression: int, name: str, now: datetime) -> datetime | None:
    """Lift a stop that a person entered; when it was entered, None where it stands no longer or is the customer's."""
    why = f"{name}: entered by mistake"[:300]
    cursor.execute(
        """
        UPDATE suppression SET lifted_at = %s, lifted_by = %s
        WHERE id = %s AND lifted_at IS NULL AND member_id IS NOT NULL RETURNING at, business_id, number
        """,
        [now, why, suppression],
    )
    row = cursor.fetchone()
    if row is None:
        return None
    _lift_merged(cursor, row[1], row[2], why, now)
    at: datetime = row[0]
    return at


def lift_concluded(cursor: Cursor, contacts: list[int], why: str, now: datetime) -> None:
    """Lift what was concluded for these contacts and their numbers, where none of those says stop itself any more."""
    cursor.execute(_LIFT, {"now": now, "why": why, "concluded": OF_ANOTHER_NUMBER, "contacts": contacts})


def _lift_merged(cursor: Cursor, business: int, number: str, why: str, now: datetime) -> None:
    cursor.execute(
        "SELECT COALESCE(merged_into_id, id) FROM contact WHERE business_id = %s AND number = %s", [business, number]
    )
    lift_concluded(cursor, [row[0] for row in cursor.fetchall()], why[:300], now)


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


def introduce(cursor: Cursor, contact: int, *, name: str = "", email: str = "") -> Introduced:
    """The contact said who they are; what staff wrote stays. A name is that of all their numbers."""
    named: list[int] = []
    merges: list[int] = []
    if name:
        said = {"name": name[:120], "contact": contact}
        cursor.execute(_SAID_SINCE, said)
        merges = [row[0] for row in cursor.fetchall()]
        cursor.execute(_NAMED, said)
        named = [row[0] for row in cursor.fetchall()]
    if email:
        cursor.execute("UPDATE contact SET email = %s WHERE id = %s AND email = ''", [email[:254], contact])
    written = email[:254] if email and cursor.rowcount else ""
    return Introduced(contact=contact, name=name[:120], email=written, named=tuple(named), merges=tuple(merges))


def not_introduced(cursor: Cursor, said: Introduced) -> None:
    """They said nothing of the kind: what was written down then goes, except where somebody has changed it since."""
    values = [list(said.named), said.name]
    cursor.execute("UPDATE contact SET name = '' WHERE id = ANY(%s) AND name = %s", values)
    cursor.execute(_NOT_SAID_SINCE, [list(said.merges), said.name])
    cursor.execute(
        "UPDATE contact SET email = '' WHERE id = %s AND email = %s AND email <> ''", [said.contact, said.email]
    )


def lift(cursor: Cursor, business: int, number: str, evidence: str, now: datetime) -> None:
    """They said start under this number: its stop is over, and with it what was concluded from it alone."""
    cursor.execute(
        """
        UPDATE suppression SET lifted_at = %s, lifted_by = %s
        WHERE business_id = %s AND number = %s AND lifted_at IS NULL
        """,
        [now, evidence[:300], business, number],
    )
    _lift_merged(cursor, business, number, evidence, now)


_STOP = """
INSERT INTO suppression AS s (business_id, number, at, evidence, lifted_by, member_id)
VALUES (%(business)s, %(number)s, %(now)s, %(evidence)s, '', %(member)s)
ON CONFLICT (business_id, number) WHERE lifted_at IS NULL DO UPDATE SET at = EXCLUDED.at, evidence = EXCLUDED.evidence
WHERE s.evidence = %(concluded)s AND EXCLUDED.member_id IS NULL
RETURNING id
"""

_STOP_MERGED = """
WITH k AS (SELECT id, merged_into_id FROM contact WHERE business_id = %(business)s AND number = %(number)s)
INSERT INTO suppression AS s (business_id, number, at, evidence, lifted_by)
SELECT o.business_id, o.number, %(now)s, %(concluded)s, '' FROM contact o
WHERE (o.id = (SELECT merged_into_id FROM k) OR o.merged_into_id = (SELECT COALESCE(merged_into_id, id) FROM k))
  AND o.id <> (SELECT id FROM k)
ON CONFLICT (business_id, number) WHERE lifted_at IS NULL DO UPDATE SET evidence = EXCLUDED.evidence, member_id = NULL
WHERE s.member_id IS NOT NULL AND %(member)s::bigint IS NULL
"""

# Only what was concluded from another number, and only where none of the numbers that are theirs said it: a stop they
# said themselves, before or since, stays.
_LIFT = """
UPDATE suppression s SET lifted_at = %(now)s, lifted_by = %(why)s
FROM contact k
WHERE (k.id = ANY(%(contacts)s) OR k.merged_into_id = ANY(%(contacts)s))
  AND s.business_id = k.business_id AND s.number = k.number AND s.lifted_at IS NULL AND s.evidence = %(concluded)s
  AND NOT EXISTS (
      SELECT 1 FROM contact o JOIN suppression t ON t.business_id = o.business_id AND t.number = o.number
      WHERE o.business_id = k.business_id AND t.lifted_at IS NULL AND t.evidence <> %(concluded)s
        AND COALESCE(o.merged_into_id, o.id) = COALESCE(k.merged_into_id, k.id))
"""

_THEIR_OWN = """
UPDATE suppression SET lifted_at = %(now)s, lifted_by = 'The customer said stop themselves.'
WHERE business_id = %(business)s AND number = %(number)s AND lifted_at IS NULL AND member_id IS NOT NULL
"""

_NAMED = """
UPDATE contact SET name = %(name)s WHERE name = '' AND (
    id = %(contact)s OR id = (SELECT merged_into_id FROM contact WHERE id = %(contact)s)
    OR merged_into_id = (SELECT COALESCE(merged_into_id, id) FROM contact WHERE id = %(contact)s))
RETURNING id
"""

# When the merge is undone, a number that had no name then keeps the one that was said under it, and the other number,
# which is called so only because of that, has it no more; unless it was said under that one as well.
_SAID_SINCE = """
WITH own AS (
    UPDATE contact_merge m SET filled = m.filled - 'name' FROM contact k
    WHERE k.id = %(contact)s AND m.kept_id = k.id AND k.name = %(name)s AND m.undone_at IS NULL)
UPDATE contact_merge m SET gone_name = %(name)s,
    filled = CASE WHEN k.name = '' THEN m.filled || '["name"]'::jsonb ELSE m.filled END
FROM contact k
WHERE k.id = m.kept_id AND m.gone_id = %(contact)s AND m.gone_name = '' AND m.undone_at IS NULL
RETURNING m.id
"""

_NOT_SAID_SINCE = """
UPDATE contact_merge SET gone_name = '', filled = filled - 'name' WHERE id = ANY(%s) AND gone_name = %s
"""
