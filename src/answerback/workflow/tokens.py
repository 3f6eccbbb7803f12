"""Lets programs of a business in: makes tokens, knows them again, ends them.

A token is a secret that is shown once; the table holds only a digest of it. It can do what its scopes say and never
more than the owner or manager who made it: once they are neither, it is worth nothing. Never here: HTTP.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerback.store import models
from answerback.store.queries.access import MANAGES
from answerback.workflow import clock
from answerback.workflow.actors import Actor, NotAllowed

SCOPES = {
    "leads:read": "See leads, what they brought, and why a text was sent or not",
    "leads:write": "Make leads, say what became of them, enter money",
    "conversations:read": "See conversations, texts, calls and to-dos",
    "conversations:write": "Text customers, take conversations over, hand them back, note, sort, close to-dos",
    "contacts:read": "See contacts and who said stop",
    "contacts:write": "Change, merge, import and pause contacts, note that one said stop; an owner's token also erases",
    "calendar:read": "See appointments, openings and members' calendars elsewhere",
    "calendar:write": "Make, move and give up appointments, say what became of them, connect calendars",
    "playbooks:read": "See playbooks and check new ones",
    "playbooks:write": "Change the draft, publish playbooks, compare wordings",
    "videos:read": "See videos",
    "videos:write": "Make, upload, publish and remove videos",
    "reports:read": "See reports",
    "reports:write": "Hand out links to a report",
    "settings:read": "See hours, rules, locations, lines, members and how the CRM is doing",
    "settings:write": "Change hours, rules, locations, lines and the CRM",
    "members:write": "Invite people and change what they may do: only in the name of an owner",
    "webhooks:read": "See which programs are told what happens, and what they were told",
    "webhooks:write": "Change which programs are told, of what the token's other scopes let it see",
    "export:read": "Take everything out, in bulk",
    "audit:read": "Read the audit log: only in the name of an owner",
}
"""What a program may be allowed to do, in words for the owner."""

PREFIX = "ab_"
"""Makes a token that leaked into a repository or a log recognisable."""

NOTED_EVERY = timedelta(minutes=1)
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A program that was let in: for which business, in whose name and role, and what it may do."""

    token: int
    business: int
    actor: Actor
    role: str
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        """Is this within its scopes? Who may write may read."""
        return not scope or scope in self.scopes or scope.replace(":read", ":write") in self.scopes


class Unknown(Exception):
    """This is no token that works; the message says why."""


def make(
    business: int, member: int, name: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[models.Token, str]:
    """A new token and its secret, which nobody can ever read again. Raises `NotAllowed` with what to put right."""
    now, name = clock.now(), " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise NotAllowed("Give the token a name, so that you know later what it is for.", "name")
    if not scopes:
        raise NotAllowed("Choose at least one thing the token may do.", "scope")
    if unknown := sorted(set(scopes) - SCOPES.keys()):
        raise NotAllowed(f"There is no scope {', '.join(unknown)}. There are: {', '.join(SCOPES)}.", "scope")
    if expires_at is not None and expires_at <= now:
        raise NotAllowed("A token must expire in the future.", "lasts")
    if not models.Member.objects.filter(id=member, business=business, role__in=MANAGES, left_at=None).exists():
        raise NotAllowed("Only an owner or a manager can make tokens.")
    secret = PREFIX + secrets.token_urlsafe(32)
    row = models.Token.objects.create(
        business_id=business,
        member_id=member,
        name=name,
        digest=_digest(secret),
        hint=secret[:9],
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=expires_at,
    )
    return row, secret


def revoke(token: int) -> bool:
    """End a token at once; False when it had ended before."""
    return models.Token.objects.filter(id=token, revoked_at=None).update(revoked_at=clock.now()) > 0


def known(secret: str) -> Caller:
    """Who this token lets in. Raises `Unknown`."""
    now = clock.now()
    row = models.Token.objects.select_related("member").filter(digest=_digest(secret)).first()
    if row is None:
        raise Unknown("This token is not known here. Make one under Settings, API.")
    if row.revoked_at is not None:
        raise Unknown("This token was revoked. Make a new one under Settings, API.")
    if row.expires_at is not None and row.expires_at <= now:
        raise Unknown("This token has expired. Make a new one under Settings, API.")
    if row.member.role not in MANAGES or row.member.left_at is not None:
        raise Unknown("Who made this token is no owner or manager any more. Let one make a new token.")
    if row.used_at is None or now - row.used_at >= NOTED_EVERY:
        models.Token.objects.filter(id=row.id).update(used_at=now)
    actor = Actor(member=row.member_id, name=f"{row.member.name} ({row.name})")
    return Caller(
        token=row.id, business=row.business_id, actor=actor, role=row.member.role, scopes=frozenset(row.scopes)
    )


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
