"""What people keep at the desk, as programs are told of it: notes, snippets, and who did what."""

from dataclasses import dataclass
from datetime import datetime

from answerback.store.queries.told.listing import Listing


@dataclass(frozen=True, slots=True)
class Note:
    """Words one of the business's people wrote into a conversation; a customer never sees them."""

    id: int
    conversation_id: int
    member: str
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Snippet:
    """Words that are sent often, under a short name. `{name}`, `{business}` and `{me}` are blanks to fill in."""

    id: int
    name: str
    body: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who looked at, took out or changed what; never edited. `subject` is the row it was about, `about` its kind, and
    `named` what it was called, where it is no customer's. `place` is the network address it was asked from. `detail`
    says by which way somebody signed in (`password+totp`), or which role became which (`desk>manager`).
    """

    id: int
    at: datetime
    name: str
    act: str
    what: str
    about: str
    subject: int | None
    seen_as: str
    named: str
    place: str
    detail: str


NOTES = Listing(
    shape=Note,
    select="""
SELECT n.id, n.conversation_id, COALESCE(m.name, ''), n.body, n.at
FROM note n LEFT JOIN member m ON m.id = n.member_id""",
    id="n.id",
    business="n.business_id",
    only={"conversation": "n.conversation_id = %(conversation)s", "since": "n.at >= %(since)s"},
    always="n.kind = 'note' AND n.removed_at IS NULL",
)

SNIPPETS = Listing(
    shape=Snippet,
    select="SELECT s.id, s.name, s.body, s.created_at FROM snippet s",
    id="s.id",
    business="s.business_id",
    only={"name": "s.name = %(name)s"},
    always="s.removed_at IS NULL",
)

AUDIT_ENTRIES = Listing(
    shape=AuditEntry,
    select="""
SELECT e.id, e.at, e.name, e.act, e.what, e.about, e.subject, e.seen_as, e.named, e.place, e.detail
FROM audit_entry e""",
    id="e.id",
    business="e.business_id",
    only={"since": "e.at >= %(since)s"},
)
