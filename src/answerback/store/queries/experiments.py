"""Reads which variants were told and what followed, and writes that down as leads are measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db import connection

from answerback.engine.variants import chosen_in
from answerback.store.queries.rows import Cursor, as_json

Did = Literal["told", "replied", "stopped", "complained"]
"""What people did who were told a variant."""


@dataclass(frozen=True, slots=True)
class Told:
    """How one variant has done. In the order of `_COUNTS`."""

    place: str
    language: str
    variant: str
    since: datetime
    people: int
    replied: int
    stopped: int
    complained: int


@dataclass(frozen=True, slots=True)
class Arm:
    """What came of those who were texted at once, or late. In the order of `_ARMS`."""

    arm: str
    people: int
    booked: int
    sold: int
    recovered: int
    since: datetime


def write(cursor: Cursor, leads: Sequence[int]) -> None:
    """Write down anew what these leads were told."""
    cursor.execute("DELETE FROM lead_wording WHERE lead_id = ANY(%s)", [list(leads)])
    cursor.execute(_TOLD, [list(leads)])
    rows = [
        {
            "lead": lead, "business": business, "place": chosen.place, "language": chosen.language,
            "variant": chosen.digest, "said_at": said_at, "replied": replied, "stopped": stopped,
            "complained": complained,
        }
        for lead, business, evidence, said_at, replied, stopped, complained in cursor.fetchall()
        if (chosen := chosen_in(evidence)) is not None
    ]  # fmt: skip
    if rows:
        cursor.execute(_WRITE, [as_json(rows)])


def counts(business: int, until: datetime) -> list[Told]:
    """How each variant did with those who were told it before then; from when on all variants of a place were told."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"business": business, "until": until})
        return [Told(*row) for row in cursor.fetchall()]


def behind_variant(business: int, until: datetime, of: tuple[str, str, str], did: Did) -> tuple[int, ...]:
    """The leads behind one number of a variant, which is `of` (place, language, variant)."""
    place, language, variant = of
    values: dict[str, Any] = {
        "business": business,
        "until": until,
        "place": place,
        "language": language,
        "variant": variant,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND_VARIANT.format(did=_DID[did]), values)
        return tuple(row[0] for row in cursor.fetchall())


def behind_arm(business: int, until: datetime, arm: str, *, booked: bool) -> tuple[int, ...]:
    """The leads of one side of the hold-out, or those of them that booked."""
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND_ARM, {"business": business, "until": until, "arm": arm, "booked": booked})
        return tuple(row[0] for row in cursor.fetchall())


def arms(business: int, until: datetime) -> list[Arm]:
    """What came of the hold-out, of leads that began before then."""
    with connection.cursor() as cursor:
        cursor.execute(_ARMS, {"business": business, "until": until})
        return [Arm(*row) for row in cursor.fetchall()]


_TOLD = """
SELECT l.id, l.business_id, g ->> 'evidence', m.sent_at,
       EXISTS (SELECT 1 FROM message r WHERE r.conversation_id = m.conversation_id AND r.author = 'customer'
               AND r.created_at > m.sent_at AND r.created_at <= m.sent_at + interval '1 day'),
       EXISTS (SELECT 1 FROM message r WHERE r.conversation_id = m.conversation_id AND r.author = 'customer'
               AND r.created_at > m.sent_at AND r.created_at <= m.sent_at + interval '3 days'
               AND (r.reading ->> 'opt_out')::bool),
       EXISTS (SELECT 1 FROM message r WHERE r.conversation_id = m.conversation_id AND r.author = 'customer'
               AND r.created_at > m.sent_at AND r.created_at <= m.sent_at + interval '3 days'
               AND r.reading ->> 'intent' = 'complaint')
FROM lead l JOIN decision_receipt d ON d.conversation_id = l.conversation_id AND d.verdict = 'sent'
CROSS JOIN LATERAL jsonb_array_elements(d.guards) g
JOIN message m ON m.conversation_id = d.conversation_id AND m.key = d.text
WHERE l.id = ANY(%s) AND g ->> 'name' = 'variant' AND m.sent_at IS NOT NULL ORDER BY m.sent_at, m.id
"""

_WRITE = """
INSERT INTO lead_wording (lead_id, business_id, place, language, variant, said_at, replied, stopped, complained)
SELECT lead, business, place, language, variant, said_at, replied, stopped, complained
FROM json_to_recordset(%s::json) AS v (lead bigint, business bigint, place text, language text, variant text,
     said_at timestamptz, replied bool, stopped bool, complained bool)
ON CONFLICT (lead_id, place) DO NOTHING
"""

# Variants are compared over the time in which all of them ran: what came before is another time of the year.
_TOGETHER = """
WITH first AS (
    SELECT place, language, variant, min(said_at) AS began FROM lead_wording WHERE business_id = %(business)s
    GROUP BY 1, 2, 3),
together AS (SELECT place, language, max(began) AS began FROM first GROUP BY 1, 2 HAVING count(*) > 1)
"""
_COMPARED = """
FROM lead_wording w JOIN together t ON t.place = w.place AND t.language = w.language
WHERE w.business_id = %(business)s AND w.said_at >= t.began AND w.said_at < %(until)s
"""

_COUNTS = f"""
{_TOGETHER} SELECT w.place, w.language, w.variant, t.began, count(*), count(*) FILTER (WHERE w.replied),
       count(*) FILTER (WHERE w.stopped), count(*) FILTER (WHERE w.complained)
{_COMPARED} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3
"""

_BEHIND_VARIANT = f"""
{_TOGETHER} SELECT w.lead_id {_COMPARED}
AND w.place = %(place)s AND w.language = %(language)s AND w.variant = %(variant)s AND {{did}}
"""

_DID: dict[Did, str] = {"told": "true", "replied": "w.replied", "stopped": "w.stopped", "complained": "w.complained"}

_BEHIND_ARM = """
SELECT lead_id FROM lead_measure
WHERE business_id = %(business)s AND arm = %(arm)s AND began_at < %(until)s AND (booked OR NOT %(booked)s)
"""

_ARMS = """
SELECT arm, count(*), count(*) FILTER (WHERE booked), count(*) FILTER (WHERE sold), COALESCE(sum(recovered), 0)::bigint,
       min(began_at)
FROM lead_measure WHERE business_id = %(business)s AND arm <> '' AND began_at < %(until)s GROUP BY 1
"""
