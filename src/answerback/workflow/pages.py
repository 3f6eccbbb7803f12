"""Wakes the people on call: one open page, and a text to each of them ahead of everything else on the line.

The text fits a lock screen. It says what is wrong and where to look, and never that it has been taken care of.
"""

from datetime import datetime, timedelta

from django.conf import settings

from answerback.engine.effects import PRIORITY, PageStaff
from answerback.store.queries import turns
from answerback.store.queries.rows import Cursor
from answerback.store.queries.turns import TextRow, Woken

PAGE_STALE_AFTER = timedelta(minutes=30)


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
        key=f"{page.key}:to:{member}",
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
