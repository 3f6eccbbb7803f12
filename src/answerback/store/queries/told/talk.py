"""Conversations, their texts, calls and reasons, as programs are told of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerback.store.queries.calls import MISSED
from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Conversation:
    """All calls and texts of a contact about one lead. `phase` says where it stands: while it is `human` a person has
    it (`held_by`) and the machine is silent. `ended_at` is null while it is open. At the desk it is
    `assigned_to_id`'s, out of the way until `snoozed_until`, and nothing is left to do since `done_at`.
    """

    id: int
    contact_id: int
    lead_id: int | None
    name: str
    number: str
    line: str
    phase: str
    held_by: str | None
    opened_at: datetime
    last_at: datetime
    ended_at: datetime | None
    assigned_to_id: int | None
    snoozed_until: datetime | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """One text. `author` is customer, machine, staff, or page (a text that wakes the person on call).

    `status` of theirs is received; of ours queued, sending, sent, delivered, undelivered, withdrawn, refused or
    unclear, with why in `failure` and `detail`.
    """

    id: int
    conversation_id: int
    contact_id: int
    author: str
    member: str
    number: str
    line: str
    body: str
    media: list[str]
    status: str
    purpose: str
    failure: str
    detail: str
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Call:
    """One call that is over, as the phone system told it. `missed` is what we took it for, by our own rule; null while
    it is being judged. `call` is its key, by which a person corrects it.
    """

    id: int
    conversation_id: int
    call: str
    number: str
    line: str
    at: datetime
    outcome: str
    rang_seconds: int | None
    talked_seconds: int | None
    missed: bool | None


@dataclass(frozen=True, slots=True)
class Voicemail:
    """A voicemail of so many seconds."""

    id: int
    conversation_id: int
    call: str
    number: str
    line: str
    at: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or a recording. `state` is waiting, kept, failed (with the `problem`), or gone; a kept one has a file.
    `message_id` is the text of ours that takes it out, null for what came.
    """

    id: int
    conversation_id: int
    message_id: int | None
    kind: str
    state: str
    problem: str
    content_type: str
    width: int
    height: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """Our word on why a text was sent or not: the rule, what it looked at, and what would have changed it."""

    id: int
    conversation_id: int
    at: datetime
    rule: str
    verdict: str
    why: str
    guards: list[dict[str, Any]]
    would_change: str


CONVERSATIONS = Listing(
    shape=Conversation,
    select="""
SELECT c.id, c.contact_id, l.id, k.name, k.number, n.number, c.phase, h.name, c.opened_at, c.last_at, c.ended_at,
       c.assigned_to_id, c.snoozed_until, c.done_at
FROM conversation c JOIN contact k ON k.id = c.contact_id JOIN line n ON n.id = c.line_id
LEFT JOIN lead l ON l.conversation_id = c.id LEFT JOIN member h ON h.id = c.held_by_id""",
    id="c.id",
    business="c.business_id",
    always="k.number <> 'staff'",
    only={
        "contact": "c.contact_id = %(contact)s",
        "number": "k.number = %(number)s",
        "phase": "c.phase = %(phase)s",
        "open": "(c.ended_at IS NULL) = %(open)s",
        "changed_since": "c.last_at >= %(changed_since)s",
    },
)

MESSAGES = Listing(
    shape=Message,
    select="""
SELECT m.id, m.conversation_id, m.contact_id, m.author, COALESCE(b.name, ''),
       CASE m.author WHEN 'customer' THEN k.number ELSE m.to END, n.number, m.body, COALESCE(m.media, '[]'::jsonb),
       m.status, m.purpose, m.failure, m.detail, m.created_at, m.sent_at, m.delivered_at
FROM message m JOIN contact k ON k.id = m.contact_id JOIN line n ON n.id = m.line_id
LEFT JOIN member b ON b.id = m.member_id""",
    id="m.id",
    business="m.business_id",
    only={
        "conversation": "m.conversation_id = %(conversation)s",
        "author": "m.author = %(author)s",
        "status": "m.status = %(status)s",
        "since": "m.created_at >= %(since)s",
    },
    table="message m",
    # Those on their way are few, and in indexes of their own (`message_outbox`, `message_sending`).
    parts=(
        "NOT (m.status IN ('queued', 'sending'))",
        "m.status = 'queued' AND m.line_id IN (SELECT id FROM line WHERE business_id = %(business)s)",
        "m.status = 'sending'",
    ),
    found=frozenset({"conversation"}),
    json=frozenset({8}),
)

CALLS = Listing(
    shape=Call,
    select=f"""
SELECT e.id, e.conversation_id, e.body ->> 'call', k.number, e.body ->> 'line', e.at, e.body ->> 'outcome',
       (e.body ->> 'rang_seconds')::int, (e.body ->> 'talked_seconds')::int,
       CASE WHEN {MISSED.format(call="(e.body ->> 'call')")} THEN true
            WHEN c.state -> 'judged' ? (e.body ->> 'call') OR c.state -> 'noise' ? (e.body ->> 'call') THEN false END
FROM event e JOIN conversation c ON c.id = e.conversation_id JOIN contact k ON k.id = c.contact_id""",
    id="e.id",
    business="e.business_id",
    only={"conversation": "e.conversation_id = %(conversation)s", "since": "e.at >= %(since)s"},
    always="e.kind = 'CallEnded'",
)

ATTACHMENTS = Listing(
    shape=Attachment,
    select="SELECT a.id, a.conversation_id, a.message_id, a.kind, a.state, a.problem, a.content_type, a.width, "
    "a.height, a.created_at FROM attachment a",
    id="a.id",
    business="a.business_id",
    only={"conversation": "a.conversation_id = %(conversation)s", "kind": "a.kind = %(kind)s"},
)

RECEIPTS = Listing(
    shape=Receipt,
    select="SELECT d.id, d.conversation_id, d.at, d.rule, d.verdict, d.why, d.guards, d.would_change "
    "FROM decision_receipt d",
    id="d.id",
    business="d.business_id",
    only={"conversation": "d.conversation_id = %(conversation)s", "since": "d.at >= %(since)s"},
    json=frozenset({6}),
)

VOICEMAILS = Listing(
    shape=Voicemail,
    select="""
SELECT e.id, e.conversation_id, e.body ->> 'call', k.number, e.body ->> 'line', e.at,
       COALESCE((e.body ->> 'seconds')::int, 0)
FROM event e JOIN conversation c ON c.id = e.conversation_id JOIN contact k ON k.id = c.contact_id""",
    id="e.id",
    business="e.business_id",
    always="e.kind = 'VoicemailLeft'",
)
