"""Empties what was said too long ago, business by business; that something was said stays, and when.

The function runs inside a transaction of its caller.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.rows import Cursor

GONE = "(no longer kept)"
"""What stands where words were that must not be missing altogether."""

ERASED = "(erased)"
"""The same of a person who was forgotten (`workflow.erasure`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """From when on a business keeps what was said, by kind; what is older goes."""

    business: int
    words: datetime
    pictures: datetime
    recordings: datetime


def forget(cursor: Cursor, bounds: Iterable[Bounds]) -> None:
    """Empty what is older in each of these businesses; no CRM is told again of what is emptied here."""
    rows = list(bounds)
    values = {
        "businesses": [row.business for row in rows],
        "words": [row.words for row in rows],
        "pictures": [row.pictures for row in rows],
        "recordings": [row.recordings for row in rows],
        "gone": GONE,
        "erased": ERASED,
    }
    cursor.execute("SET LOCAL answerback.forgetting = 'on'")
    for statement in _STATEMENTS:
        cursor.execute(statement, values)
    cursor.execute("SET LOCAL answerback.forgetting = 'off'")


_WORDS = "unnest(%(businesses)s::bigint[], %(words)s::timestamptz[]) AS kept (business, since)"

_STATEMENTS = (
    f"""
    UPDATE event e SET raw = NULL,
        body = CASE WHEN e.kind IN ('TextReceived', 'VoicemailTranscribed', 'StaffTexted') AND e.body ? 'text'
                    THEN jsonb_set(e.body, '{{text}}', '""')
                    WHEN e.kind = 'FormSent' THEN e.body || '{{"title": "", "answers": {{}}}}' ELSE e.body END
    FROM {_WORDS} WHERE e.business_id = kept.business AND e.at < kept.since
      AND (e.raw IS NOT NULL OR e.kind = 'StaffTexted' AND e.body ->> 'text' <> ''
           OR e.kind = 'FormSent' AND e.body -> 'answers' <> '{{}}')
    """,
    f"""
    UPDATE receipt r SET raw = NULL FROM {_WORDS} JOIN connection c ON c.business_id = kept.business
    WHERE r.connection_id = c.id AND r.at < kept.since AND r.raw IS NOT NULL
    """,
    f"""
    UPDATE advice a SET proposal = NULL FROM {_WORDS}
    WHERE a.business_id = kept.business AND a.asked_at < kept.since AND a.proposal IS NOT NULL
    """,
    f"""
    UPDATE message m SET body = '', reading = m.reading - ARRAY['draft', 'evidence', 'slots', 'times']
    FROM {_WORDS} WHERE m.business_id = kept.business AND m.created_at < kept.since
      AND (m.body <> '' OR m.author = 'customer' AND m.reading ?| ARRAY['draft', 'evidence', 'slots', 'times'])
    """,
    f"""
    UPDATE lead l SET answers = l.answers - 'message' FROM {_WORDS}
    WHERE l.business_id = kept.business AND l.created_at < kept.since AND l.answers ? 'message'
    """,
    f"""
    UPDATE conversation c SET state = c.state #- '{{answers,message}}' FROM {_WORDS}
    WHERE c.business_id = kept.business AND c.last_at < kept.since AND c.state -> 'answers' ? 'message'
    """,
    f"""
    UPDATE todo t SET title = %(gone)s FROM {_WORDS}
    WHERE t.business_id = kept.business AND t.opened_at < kept.since AND t.closed_at IS NOT NULL
      AND t.title NOT IN (%(gone)s, %(erased)s)
    """,
    f"""
    UPDATE page p SET summary = %(gone)s FROM {_WORDS}
    WHERE p.business_id = kept.business AND p.opened_at < kept.since AND p.taken_at IS NOT NULL
      AND p.summary NOT IN (%(gone)s, %(erased)s)
    """,
    """
    UPDATE attachment a SET state = 'gone', content = NULL, small = NULL, link = '', due_at = NULL
    FROM unnest(%(businesses)s::bigint[], %(pictures)s::timestamptz[], %(recordings)s::timestamptz[])
        AS kept (business, pictures, recordings)
    WHERE a.business_id = kept.business AND a.state <> 'gone'
      AND a.created_at < CASE a.kind WHEN 'recording' THEN kept.recordings ELSE kept.pictures END
    """,
)
