"""Who is told what happens, and what they were told, as programs are told of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that is told what happens. `kinds` is empty where it hears everything. It fails since
    `failing_since`; `disabled_why` says why it was switched off.
    """

    id: int
    name: str
    url: str
    kinds: list[str]
    created_at: datetime
    arrived_at: datetime | None
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_why: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing a webhook was told, with every try. `status` is waiting, sending, sent, failed or held.

    At the receiver its name (`webhook-id`) is `msg_` and `key` without hyphens, the same at every try.
    """

    id: int
    webhook_id: int
    key: UUID
    kind: str
    subject_id: int | None
    conversation_id: int | None
    at: datetime
    status: str
    due_at: datetime
    tries: int
    attempts: list[dict[str, Any]]
    body: str
    sent_at: datetime | None


WEBHOOKS = Listing(
    shape=Webhook,
    select="""
SELECT t.id, t.name, t.url, t.kinds, t.created_at, t.arrived_at, t.failing_since, t.disabled_at, t.disabled_why
FROM target t""",
    id="t.id",
    business="t.business_id",
    always="t.removed_at IS NULL",
    json=frozenset({3}),
)

NOTICES = Listing(
    shape=Notice,
    select="""
SELECT n.id, n.target_id, n.key, n.kind, n.subject, n.thread, n.at, n.status, n.due_at, n.tries, n.attempts, n.body,
       n.sent_at
FROM notice n""",
    id="n.id",
    business="n.business_id",
    only={
        "webhook": "n.target_id = %(webhook)s",
        "status": "n.status = %(status)s",
        "kind": "n.kind = %(kind)s",
        "conversation": "n.thread = %(conversation)s",
    },
    json=frozenset({10}),
)
