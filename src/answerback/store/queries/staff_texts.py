"""Keeps what people of the business text to its own numbers, and finds what their words are about.

These texts hang on a conversation of the business with itself (`OWN`), never on a customer's, so that none of them is
ever taken for a customer's words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from answerback.engine.segments import make_plain
from answerback.store.queries.rows import Cursor, as_json
from answerback.store.queries.turns import TextRow

OWN = "staff"
"""The number of the contact that stands for the business's own people."""


class Text(Protocol):
    """What is kept of a text."""

    @property
    def business(self) -> int: ...
    @property
    def connection(self) -> int: ...
    @property
    def member(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def body(self) -> msgspec.Raw: ...
    @property
    def raw(self) -> msgspec.Raw: ...


@dataclass(frozen=True, slots=True)
class Member:
    """Who wrote. In the order of `member`."""

    id: int
    name: str
    phone: str
    business: int


@dataclass(frozen=True, slots=True)
class Handset:
    """The conversation of the business with its own people."""

    conversation: int
    contact: int


@dataclass(frozen=True, slots=True)
class Held:
    """A conversation a member has. In the order of `held`."""

    conversation: int
    name: str
    number: str


def keep(cursor: Cursor, text: Text, now: datetime) -> bool:
    """Keep this text once, without a conversation; False when it is known already."""
    row = as_json([{"body": text.body, "raw": text.raw}])
    cursor.execute(
        """
        INSERT INTO event (business_id, connection_id, provider_key, kind, at, due_at, handled_at, body, raw)
        SELECT %s, %s, %s, 'StaffWrote', %s, %s, %s, v.body, v.raw
        FROM json_to_recordset(%s::json) AS v (body jsonb, raw jsonb) ON CONFLICT DO NOTHING RETURNING id
        """,
        [text.business, text.connection, text.key, text.at, now, now, row],
    )
    return cursor.fetchone() is not None


def member(cursor: Cursor, id: int) -> Member:
    """Who this is."""
    cursor.execute("SELECT id, name, phone, business_id FROM member WHERE id = %s", [id])
    return Member(*(cursor.fetchone() or (id, "", "", 0)))


def own_thread(cursor: Cursor, business: int, line: int, playbook: int, now: datetime) -> Handset:
    """The conversation of the business with its own people; made the first time. It never takes a turn."""
    cursor.execute(
        """
        INSERT INTO contact (business_id, number, name, created_at) VALUES (%s, %s, 'Our own people', %s)
        ON CONFLICT DO NOTHING
        """,
        [business, OWN, now],
    )
    cursor.execute("SELECT id FROM contact WHERE business_id = %s AND number = %s", [business, OWN])
    contact = (cursor.fetchone() or (0,))[0]
    cursor.execute(
        """
        INSERT INTO conversation
            (business_id, contact_id, line_id, playbook_id, phase, epoch, opened_at, last_at, stuck)
        VALUES (%s, %s, %s, %s, 'quiet', 0, %s, %s, 0)
        ON CONFLICT (business_id, contact_id) WHERE ended_at IS NULL DO NOTHING
        """,
        [business, contact, line, playbook, now, now],
    )
    cursor.execute("SELECT id FROM conversation WHERE contact_id = %s AND ended_at IS NULL", [contact])
    return Handset(conversation=(cursor.fetchone() or (0,))[0], contact=contact)


def was_helped(cursor: Cursor, member: int, since: datetime) -> datetime | None:
    """When this member was last told how to write to us, since then."""
    cursor.execute(
        """
        SELECT max(created_at) FROM message m JOIN member o ON o.id = %s AND o.business_id = m.business_id
        WHERE m.author = 'page' AND m.purpose = 'help' AND m."to" = o.phone AND m.created_at > %s
        """,
        [member, since],
    )
    row = cursor.fetchone()
    return row[0] if row else None


def held(cursor: Cursor, member: int) -> list[Held]:
    """The conversations this member has, the newest first."""
    cursor.execute(
        """
        SELECT c.id, k.name, k.number FROM conversation c JOIN contact k ON k.id = c.contact_id
        WHERE c.held_by_id = %s AND c.ended_at IS NULL ORDER BY c.last_at DESC
        """,
        [member],
    )
    return [Held(*row) for row in cursor.fetchall()]


def callbacks(cursor: Cursor, member: int, conversation: int | None) -> list[Held]:
    """Whom this member may be connected with without having the conversation: open callbacks they were told of, or the
    one of this conversation.
    """
    cursor.execute(
        """
        SELECT c.id, k.name, k.number FROM todo t JOIN member m ON m.id = %(member)s AND m.business_id = t.business_id
        JOIN conversation c ON c.id = t.conversation_id JOIN contact k ON k.id = c.contact_id
        WHERE t.kind = 'callback' AND t.closed_at IS NULL AND c.ended_at IS NULL AND CASE
            WHEN %(conversation)s::bigint IS NOT NULL THEN c.id = %(conversation)s
            WHEN t.reminded = 0 THEN false
            ELSE t.owner_id = m.id OR m.role IN ('owner', 'manager')
                OR t.owner_id IS NULL AND (
                    m.role = COALESCE(NULLIF(t.team, ''), 'desk') OR t.team = 'on_call' AND m.on_call)
            END
        ORDER BY t.due_at, t.id
        """,
        {"member": member, "conversation": conversation},
    )
    return [Held(*row) for row in cursor.fetchall()]


def to_staff(
    *,
    business: int,
    conversation: int,
    contact: int,
    line: int,
    to: str,
    key: str,
    purpose: str,
    body: str,
    priority: int,
    now: datetime,
    stale_after: timedelta,
    epoch: int = 0,
) -> TextRow:
    """A text to somebody of the business, due at once; after `stale_after` it is worth nothing any more.

    Its letters are plain: one accent that GSM-7 lacks would cost as much as three texts.
    """
    return TextRow(
        business=business,
        conversation=conversation,
        contact=contact,
        line=line,
        author="page",
        to=to,
        key=key,
        purpose=purpose,
        text_class="staff_alert",
        body=make_plain(body),
        status="queued",
        epoch=epoch,
        priority=priority,
        due_at=now,
        stale_at=now + stale_after,
        cooldown_until=None,
        detail="",
        media=None,
        created_at=now,
    )
