"""Reads real conversations with everything that happened to them, for a replay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from answerback.store.queries import spoken


@dataclass(frozen=True, slots=True)
class Past:
    """One conversation of the last days. In the order of `_PAST`."""

    id: int
    playbook: int
    number: str
    name: str
    phase: str
    status: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of it, with the reading its text had then. In the order of `_HAPPENED`."""

    conversation: int
    id: int
    kind: str
    body: str
    reading: Any


def past(business: int, since: datetime, limit: int) -> list[Past]:
    """Conversations that began since then and whose words are kept, the newest first."""
    with connection.cursor() as cursor:
        cursor.execute(_PAST, {"business": business, "since": since, "limit": limit})
        return [Past(*row) for row in cursor.fetchall()]


def past_of(conversation: int) -> Past | None:
    """This conversation; None where nobody can say what its words were."""
    with connection.cursor() as cursor:
        cursor.execute(_PAST_OF, [conversation])
        row = cursor.fetchone()
    return Past(*row) if row else None


def happened(conversations: Sequence[int]) -> dict[int, list[Happened]]:
    """What happened to each, in order."""
    found: dict[int, list[Happened]] = {id: [] for id in conversations}
    with connection.cursor() as cursor:
        cursor.execute(_HAPPENED, [list(conversations)])
        for row in cursor.fetchall():
            found[row[0]].append(Happened(*row))
    return found


_AS_PAST = f"""
SELECT c.id, c.playbook_id, k.number, k.name, c.phase, COALESCE(l.status, ''), ({spoken.BEFORE})
FROM conversation c JOIN contact k ON k.id = c.contact_id LEFT JOIN lead l ON l.conversation_id = c.id
"""

_PAST_OF = f"{_AS_PAST} WHERE c.id = %s"

_PAST = f"""
{_AS_PAST} WHERE c.business_id = %(business)s AND c.opened_at >= %(since)s AND k.number <> 'withheld'
ORDER BY c.opened_at DESC LIMIT %(limit)s
"""

_HAPPENED = """
SELECT e.conversation_id, e.id, e.kind, e.body::text, m.reading
FROM event e LEFT JOIN message m ON m.conversation_id = e.conversation_id AND m.key = 'in:' || e.id
WHERE e.conversation_id = ANY(%s) AND e.kind NOT IN ('TimerDue', 'Ignored') ORDER BY e.conversation_id, e.due_at, e.id
"""
