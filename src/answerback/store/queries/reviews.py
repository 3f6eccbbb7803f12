"""Reads a week's conversations for the review: our texts with what followed, and what was not understood."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the machine to a lead of the week. In the order of `_SAID`.

    `answered` within a day, or not lost all the same: they booked on the page, or bought.
    """

    conversation: int
    body: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Doubted:
    """A customer's text the reader was unsure of. In the order of `_DOUBTED`."""

    conversation: int
    text: str
    name: str
    answered_name: str
    at: datetime


def said(business: int, since: date, until: date, limit: int = 3000) -> Sequence[Said]:
    """Every automatic text to the leads that began on these days."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID, {"business": business, "since": since, "until": until, "limit": limit})
        return [Said(*row) for row in cursor.fetchall()]


def doubted(business: int, since: date, until: date, limit: int = 300) -> Sequence[Doubted]:
    """Texts of those leads that were read with little confidence."""
    with connection.cursor() as cursor:
        cursor.execute(_DOUBTED, {"business": business, "since": since, "until": until, "limit": limit})
        return [Doubted(*row) for row in cursor.fetchall()]


_LEADS = """
lead_measure w JOIN lead l ON l.id = w.lead_id JOIN message m ON m.conversation_id = l.conversation_id
WHERE w.business_id = %(business)s AND w.day BETWEEN %(since)s AND %(until)s AND w.excluded = ''
"""

_SAID = f"""
SELECT m.conversation_id, m.body,
       w.booked OR w.sold
       OR EXISTS (SELECT 1 FROM message r WHERE r.conversation_id = m.conversation_id AND r.author = 'customer'
                  AND r.created_at > m.sent_at AND r.created_at <= m.sent_at + interval '1 day')
FROM {_LEADS} AND m.author = 'machine' AND m.sent_at IS NOT NULL AND m.body <> ''
  AND m.purpose IN ('first_text', 'ask', 'again', 'link', 'times') ORDER BY m.id DESC LIMIT %(limit)s
"""

_DOUBTED = f"""
SELECT m.conversation_id, m.body, (SELECT k.name FROM contact k WHERE k.id = l.contact_id),
       COALESCE(l.answers ->> 'name', ''), m.created_at
FROM {_LEADS} AND m.author = 'customer' AND m.body <> '' AND COALESCE((m.reading ->> 'confidence')::float, 0) < 0.45
ORDER BY m.id DESC LIMIT %(limit)s
"""
