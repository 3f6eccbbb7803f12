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
