"""Reads how customers' texts were read, and what people say they meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

NEWEST = 500
"""So many conversations are looked through: a business with more than that in four weeks corrects the latest first."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """One customer's text as it was read, and what people said it means, empty if nothing. In the order of `_READ`."""

    message: int
    conversation: int
    at: datetime
    text: str
    intent: str
    urgency: str
    confidence: float
    said_intent: str
    said_urgency: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text that people corrected: by their last word, else as it was read. In the order of `_LABELLED`."""

    message: int
    text: str
    intent: str
    urgency: str
    asked: str
    sensitive: Sequence[str]


def read_texts(business: int, since: datetime, limit: int) -> Sequence[ReadText]:
    """Customers' texts since then, the least sure readings first; looked for in the newest conversations."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, {"business": business, "since": since, "limit": limit, "newest": NEWEST})
        return [ReadText(*row) for row in cursor.fetchall()]


def these_texts(business: int, messages: Sequence[int]) -> Sequence[ReadText]:
    """These texts, in the same order."""
    with connection.cursor() as cursor:
        cursor.execute(_THESE, {"business": business, "messages": list(messages)})
        return [ReadText(*row) for row in cursor.fetchall()]


def labelled(business: int) -> list[Labelled]:
    """Every text with a correction and words."""
    with connection.cursor() as cursor:
        cursor.execute(_LABELLED, {"business": business})
        return [Labelled(*row) for row in cursor.fetchall()]


def _last(about: str) -> str:
    of_message = f"FROM correction x WHERE x.message_id = m.id AND x.about = '{about}'"
    return f"(SELECT x.said {of_message} ORDER BY x.id DESC LIMIT 1)"


_AS_READ = f"""
SELECT m.id, m.conversation_id, m.created_at, m.body, COALESCE(m.reading ->> 'intent', 'other'),
       COALESCE(m.reading ->> 'urgency', 'unknown'), COALESCE((m.reading ->> 'confidence')::float, 0),
       COALESCE({_last("intent")}, ''), COALESCE({_last("urgency")}, '')
FROM message m"""

_READ = f"""
{_AS_READ} JOIN (SELECT c.id FROM conversation c WHERE c.business_id = %(business)s AND c.last_at >= %(since)s
      ORDER BY c.last_at DESC LIMIT %(newest)s) c ON c.id = m.conversation_id
WHERE m.business_id = %(business)s AND m.author = 'customer' AND m.created_at >= %(since)s
  AND m.body NOT IN ('', '(erased)')
ORDER BY 7, m.id DESC LIMIT %(limit)s
"""

_THESE = f"{_AS_READ} WHERE m.business_id = %(business)s AND m.id = ANY(%(messages)s) ORDER BY 7, m.id DESC"

_LABELLED = f"""
SELECT m.id, m.body, COALESCE({_last("intent")}, m.reading ->> 'intent', 'other'),
       COALESCE({_last("urgency")}, m.reading ->> 'urgency', 'unknown'),
       (SELECT x.asked FROM correction x WHERE x.message_id = m.id ORDER BY x.id DESC LIMIT 1),
       ARRAY(SELECT jsonb_array_elements_text(COALESCE(m.reading -> 'sensitive', '[]')))
FROM message m WHERE m.id IN (SELECT message_id FROM correction WHERE business_id = %(business)s) AND m.body <> ''
ORDER BY m.id
"""
