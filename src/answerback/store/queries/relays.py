"""Passes customers' texts on to the phones of the people who have their conversations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.engine.effects import PRIORITY
from answerback.store import codec
from answerback.store.queries.rows import Cursor

STALE_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Case:
    """What somebody who has just taken a case needs to know. In the order of `case`."""

    name: str
    number: str
    privacy: str
    later: int
    told: bool


def case(cursor: Cursor, conversation: int) -> Case:
    """The customer of a conversation, and whether the last text to them in a person's name waits or left."""
    cursor.execute(
        """
        SELECT k.name, k.number, COALESCE(v.body ->> 'privacy', 'standard'),
               COALESCE((b.settings ->> 'page_later_minutes')::int, 20),
               EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.author = 'staff'
                       AND m.status = 'queued')
        FROM conversation c JOIN contact k ON k.id = c.contact_id JOIN business b ON b.id = c.business_id
        JOIN playbook_version v ON v.id = c.playbook_id WHERE c.id = %s
        """,
        [conversation],
    )
    return Case(*(cursor.fetchone() or ("", "", "standard", 20, False)))


def forward(
    cursor: Cursor, conversations: Sequence[int], keys: Sequence[str], words: dict[str, dict[str, str]], now: datetime
) -> int:
    """Queue each of these texts (conversation and key, side by side) for the member who has the conversation and
    answers it from their own phone; a clinic's patient is not named and not quoted. Returns how many.

    `words` are, by language, what stands for a `customer` without a name, a `picture`, and a patient's text (`clinic`).
    """
    cursor.execute(
        _FORWARD,
        {
            "conversations": list(conversations),
            "keys": list(keys),
            "words": codec.encode(words),
            "now": now,
            "stale": now + STALE_AFTER,
            "priority": PRIORITY["reply"],
        },
    )
    return cursor.rowcount


_FORWARD = """
INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class, body,
                     status, epoch, priority, due_at, stale_at, attempt, failure, detail, created_at)
SELECT m.business_id, m.conversation_id, m.contact_id, COALESCE(l.texts_by_id, l.id), 'page', h.phone,
       'relay:' || m.key, 'relay', 'staff_alert',
       CASE WHEN p.body ->> 'privacy' = 'clinic' THEN '#' || c.id || ': ' || (w.said ->> 'clinic')
            ELSE '#' || c.id || ' ' || COALESCE(NULLIF(k.name, ''), w.said ->> 'customer') || ': '
            || COALESCE(NULLIF(m.body, ''), w.said ->> 'picture') END,
       'queued', c.epoch, %(priority)s, %(now)s, %(stale)s, 0, '', '', %(now)s
FROM unnest(%(conversations)s::bigint[], %(keys)s::text[]) AS v (conversation, key)
JOIN message m ON m.conversation_id = v.conversation AND m.key = v.key
JOIN conversation c ON c.id = m.conversation_id
JOIN contact k ON k.id = c.contact_id
JOIN member h ON h.id = c.held_by_id AND h.phone <> '' AND h.confirmed = h.phone AND h.stopped_at IS NULL
JOIN business b ON b.id = h.business_id
LEFT JOIN account u ON u.id = h.user_id
JOIN line l ON l.id = c.line_id
JOIN playbook_version p ON p.id = c.playbook_id
CROSS JOIN LATERAL (SELECT COALESCE(%(words)s::jsonb -> COALESCE(NULLIF(u.language, ''), b.language),
                                    %(words)s::jsonb -> 'en') AS said) w
WHERE c.phase = 'human' AND (c.relayed OR h.relays)
ON CONFLICT (conversation_id, key) DO NOTHING
"""
