"""Whether anything came since a page was drawn: a short word that changes when a list or a conversation may have.

Pages ask for it each second, so its price is that of a few index entries. It must never stay the same when something
that a page shows has changed; it may change when nothing has.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zlib import crc32

from django.db import connection

from answerback.store.queries.inbox import ROWS


def version(business: int, member: int, now: datetime) -> str:
    """Changes when anything in the lists may have changed as this member sees them, and once a minute because times are
    shown in words.
    """
    return _digest(_VERSION, business, now, member=member)


def version_of(conversation: int, businesses: Sequence[int], now: datetime) -> str:
    """Changes when anything on the conversation's page may have changed, and once a minute; empty where it is of none
    of these businesses.
    """
    return _digest(_VERSION_OF, conversation, now, businesses=list(businesses))


def _digest(sql: str, id: int, now: datetime, **values: Any) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"id": id, **values})
        row: tuple[Any, ...] | None = cursor.fetchone()
    return f"{crc32(repr((row, f'{now:%d%H%M}')).encode()):08x}" if row else ""


# Every act of staff and every turn but idle ones moves `last_at`, rarely beyond all others: a provider's clock may be
# ahead, and of two who act at once the later one may be the first to commit. So the newest conversations are looked
# at one by one, as many as the inbox shows, with what changes beside them: the lead (its first text has left), the
# name, and what the reader typed there and has not sent. A text that did not arrive is an event and moves `last_at`;
# one that did is shown by no list. What moves without `last_at` (a to-do closed, a page taken, what people do with it
# at the desk) is counted, or writes a note.
_VERSION = f"""
SELECT (SELECT string_agg(
            concat_ws(':', c.id, c.last_at, c.epoch, c.phase, c.held_by_id, l.status, l.updated_at, k.name,
                      d.typed_at), ',')
        FROM (SELECT * FROM conversation o WHERE o.business_id = %(id)s
              ORDER BY o.last_at DESC, o.id DESC LIMIT {ROWS}) c
        JOIN contact k ON k.id = c.contact_id
        LEFT JOIN lead l ON l.conversation_id = c.id
        LEFT JOIN looking d ON d.conversation_id = c.id AND d.member_id = %(member)s),
       (SELECT count(*) || ':' || COALESCE(max(t.id), 0) FROM todo t
        WHERE t.business_id = %(id)s AND t.closed_at IS NULL),
       (SELECT count(*) || ':' || COALESCE(max(p.id), 0) FROM page p
        WHERE p.business_id = %(id)s AND p.taken_at IS NULL),
       (SELECT max(n.id) FROM note n WHERE n.business_id = %(id)s),
       (SELECT count(*) || ':' || COALESCE(max(f.since)::text, '') FROM line_finding f
        WHERE f.business_id = %(id)s AND f.level <> 'green')
"""

_VERSION_OF = """
SELECT c.last_at, c.epoch, c.phase, c.held_by_id, k.name,
       (SELECT max(e.id) FROM event e WHERE e.conversation_id = c.id),
       (SELECT string_agg(m.id || m.status, ',' ORDER BY m.id) FROM message m WHERE m.conversation_id = c.id),
       (SELECT max(d.id) FROM decision_receipt d WHERE d.conversation_id = c.id),
       (SELECT count(*) || ':' || count(t.closed_at) FROM todo t WHERE t.conversation_id = c.id),
       (SELECT count(*) || ':' || count(p.taken_at) FROM page p WHERE p.conversation_id = c.id),
       (SELECT string_agg(concat_ws(':', w.id, w.state, o.status, o.stage), ',' ORDER BY w.id)
        FROM page p JOIN wake w ON w.page_id = p.id LEFT JOIN our_call o ON o.wake_id = w.id
        WHERE p.conversation_id = c.id),
       (SELECT string_agg(a.id || a.status, ',' ORDER BY a.id) FROM appointment a WHERE a.conversation_id = c.id),
       (SELECT l.updated_at FROM lead l WHERE l.conversation_id = c.id),
       (SELECT count(*) FROM revenue_entry r JOIN lead l ON l.id = r.lead_id WHERE l.conversation_id = c.id),
       (SELECT max(n.id) FROM note n WHERE n.conversation_id = c.id),
       (SELECT string_agg(f.id || f.state, ',' ORDER BY f.id) FROM attachment f WHERE f.conversation_id = c.id),
       EXISTS (SELECT 1 FROM suppression s
               WHERE s.business_id = c.business_id AND s.number = k.number AND s.lifted_at IS NULL)
FROM conversation c JOIN contact k ON k.id = c.contact_id
WHERE c.id = %(id)s AND c.business_id = ANY(%(businesses)s)
"""
