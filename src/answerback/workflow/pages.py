"""Wakes the people on call: one open page, and a text to each of them ahead of everything else on the line.

The text fits a lock screen. It says what is wrong and where to look, and never that it has been taken care of.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from answerback.engine.effects import PRIORITY, PageStaff
from answerback.store.queries import turns
from answerback.store.queries.receipts import Fate
from answerback.store.queries.rows import Cursor
from answerback.store.queries.turns import TextRow, Woken

PAGE_STALE_AFTER = timedelta(minutes=30)
TO = ":to:"


def open_page(cursor: Cursor, woken: Woken, page: PageStaff, now: datetime) -> None:
    """Open this page and queue its texts; a page that is open already is not opened again."""
    cursor.execute(
        """
        INSERT INTO page (business_id, conversation_id, key, reason, summary, opened_at)
        VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (conversation_id, key) DO NOTHING RETURNING id
        """,
        [woken.business, woken.id, page.key, page.reason[:60], page.summary[:300], now],
    )
    if cursor.fetchone():
        turns.write_texts(cursor, [_text(woken, page, member, phone, now) for member, phone in _on_call(cursor, woken)])


def pass_on(cursor: Cursor, failed: Sequence[Fate], now: datetime) -> int:
    """Page texts that did not arrive go to everybody else with a phone, once each; returns how many were queued."""
    queued = 0
    for fate in failed:
        key = fate.key.rpartition(TO)[0]
        cursor.execute(_TO_OTHERS, {"failed": fate.message, "key": key, "now": now, "stale": now + PAGE_STALE_AFTER})
        queued += cursor.rowcount
    return queued


def line_is_down(cursor: Cursor, business: int, line: int, summary: str, *, key: str, now: datetime) -> bool:
    """Wake people because a line does not do its work; True when texts were queued, over another line of the business.

    The page hangs on the line's latest conversation; without any it is seen on the page of the lines only.
    """
    key = f"{key}:{now:%Y%m%d%H%M}"
    cursor.execute(_DOWN, {"business": business, "line": line, "key": key, "says": summary, "now": now})
    cursor.execute(
        _TELL_OF_LINE,
        {
            "business": business,
            "line": line,
            "key": key,
            "body": f"{summary} {settings.PUBLIC_URL or settings.LOCAL_URL}/health",
            "priority": PRIORITY["urgent"],
            "now": now,
            "stale": now + PAGE_STALE_AFTER,
        },
    )
    return cursor.rowcount > 0


_DOWN = """
INSERT INTO page (business_id, conversation_id, key, reason, summary, opened_at)
SELECT %(business)s, o.id, %(key)s, 'line', %(says)s, %(now)s FROM conversation o
WHERE o.business_id = %(business)s AND (o.line_id = %(line)s OR EXISTS (
    SELECT 1 FROM message m WHERE m.conversation_id = o.id AND m.line_id = %(line)s))
ORDER BY o.last_at DESC LIMIT 1
ON CONFLICT (conversation_id, key) DO NOTHING
"""

# Over a line of another connection where there is one: what stops one number of a provider may stop them all.
_TELL_OF_LINE = """
INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class, body,
                     status, epoch, priority, due_at, stale_at, attempt, failure, detail, created_at)
SELECT p.business_id, p.conversation_id, c.contact_id, l.id, 'page', o.phone, p.key || ':to:' || o.id, 'page',
       'staff_alert', %(body)s, 'queued', c.epoch, %(priority)s, %(now)s, %(stale)s, 0, '', '', %(now)s
FROM page p JOIN conversation c ON c.id = p.conversation_id
JOIN LATERAL (SELECT n.id FROM line n JOIN line d ON d.id = %(line)s
              WHERE n.business_id = p.business_id AND n.id <> d.id AND n.texts_by_id IS NULL
              ORDER BY n.connection_id = d.connection_id, n.id LIMIT 1) l ON true
JOIN member o ON o.business_id = p.business_id AND o.phone <> '' AND (o.on_call OR o.role = 'owner')
WHERE p.business_id = %(business)s AND p.key = %(key)s
ON CONFLICT (conversation_id, key) DO NOTHING
"""

# Whoever was texted about this page already, at this phone, is not texted again: the key stands in the way.
_TO_OTHERS = """
INSERT INTO message (business_id, conversation_id, contact_id, line_id, author, "to", key, purpose, text_class, body,
                     status, epoch, priority, due_at, stale_at, attempt, failure, detail, created_at)
SELECT f.business_id, f.conversation_id, f.contact_id, f.line_id, 'page', o.phone, %(key)s || ':to:' || o.id, 'page',
       f.text_class, f.body, 'queued', f.epoch, f.priority, %(now)s, %(stale)s, 0, '', '', %(now)s
FROM message f JOIN member o ON o.business_id = f.business_id AND o.phone <> '' AND o.phone <> f."to"
JOIN page p ON p.conversation_id = f.conversation_id AND p.key = %(key)s AND p.taken_at IS NULL
WHERE f.id = %(failed)s
ON CONFLICT (conversation_id, key) DO NOTHING
"""


def _on_call(cursor: Cursor, woken: Woken) -> list[tuple[int, str]]:
    """Everybody on call with a phone; when nobody is, the owner and managers."""
    cursor.execute(
        """
        SELECT id, phone FROM member
        WHERE business_id = %s AND phone <> '' AND (on_call OR (role IN ('owner', 'manager') AND NOT EXISTS (
            SELECT 1 FROM member o WHERE o.business_id = member.business_id AND o.on_call AND o.phone <> '')))
        ORDER BY id
        """,
        [woken.business],
    )
    return list(cursor.fetchall())


def _text(woken: Woken, page: PageStaff, member: int, phone: str, now: datetime) -> TextRow:
    return TextRow(
        business=woken.business,
        conversation=woken.id,
        contact=woken.contact,
        line=woken.line,
        author="page",
        to=phone,
        key=f"{page.key}{TO}{member}",
        purpose="page",
        text_class="staff_alert",
        body=_body(woken, page),
        status="queued",
        epoch=woken.epoch,
        priority=PRIORITY["urgent"],
        due_at=now,
        stale_at=now + PAGE_STALE_AFTER,
        cooldown_until=None,
        detail="",
        media=None,
        created_at=now,
    )


def _body(woken: Woken, page: PageStaff) -> str:
    """What, who and where to look: all that is needed to call at once, short enough for a lock screen."""
    who = f"{woken.name} {woken.number}".strip()
    return f"{page.summary}. {who}. {settings.PUBLIC_URL or settings.LOCAL_URL}/c/{woken.id}"
