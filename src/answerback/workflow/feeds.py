"""A member's built-in calendar to subscribe to (iCalendar, RFC 5545): appointments and the rest, at a secret address.

Whoever knows the address can read it and nothing more; the table holds only a digest of it. It can be revoked at once.
Never here: other people's busy times, or anything of an appointment that was given up.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event

from answerback.store import models
from answerback.store.queries.own_entries import OwnEntry
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, described, own_entries, transaction

KEPT = timedelta(days=30)
"""How far back a feed goes."""

AHEAD = timedelta(days=366)
"""How far ahead it shows what is no appointment: as far as a series can go."""

REFRESH = timedelta(minutes=15)
"""How often programs are asked to look; many look when they like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A feed's text, and the mark by which a program knows that nothing has changed."""

    text: bytes
    mark: str


def make(member: int) -> str:
    """A new address for this member, which ends the old one; returns its secret part, which is shown once."""
    token, now = secrets.token_urlsafe(24), clock.now()
    row = models.Member.objects.get(id=member)

    def write(cursor: Cursor) -> None:  # noqa: ARG001  the transaction is what matters
        models.Feed.objects.filter(member=row, revoked_at=None).update(revoked_at=now)
        models.Feed.objects.create(business_id=row.business_id, member=row, digest=_digest(token), created_at=now)

    transaction.run(write)
    return token


def revoke(member: int) -> bool:
    """End this member's address; False when there was none."""
    standing = models.Feed.objects.filter(member=member, revoked_at=None)
    return standing.update(revoked_at=clock.now()) > 0


def read(token: str) -> Answer | None:
    """The appointments behind this address, None when it is none or was revoked."""
    now = clock.now()
    feed = models.Feed.objects.select_related("member__business").filter(digest=_digest(token), revoked_at=None).first()
    if feed is None:
        return None
    if feed.read_at is None or now - feed.read_at > timedelta(hours=1):
        models.Feed.objects.filter(id=feed.id).update(read_at=now)
    text = _text(feed.member, now)
    return Answer(text=text, mark=hashlib.sha256(text).hexdigest()[:32])


def _text(member: models.Member, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//answerback//feed//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{member.name}, {member.business.name}")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    private = described.is_private(member.business)
    rows = models.Appointment.objects.select_related("contact").filter(
        member=member, status__in=("booked", "done", "no_show"), during__endswith__gt=now - KEPT
    )
    for row in rows.order_by("during"):
        calendar.add_component(_event(row, private=private))
    for entry in own_entries.between([member.id], now - KEPT, now + AHEAD):
        calendar.add_component(_own(entry))
    return bytes(calendar.to_ical())


def _event(row: models.Appointment, *, private: bool) -> Event:
    words = described.appointment(
        service=row.service,
        name=row.name or row.contact.name,
        number=row.contact.number,
        notes=row.notes,
        private=private,
    )
    event = _new_event(f"appointment-{row.id}", row.updated_at, row.during.lower, row.during.upper)
    event.add("summary", words.title)
    event.add("sequence", row.version)
    if words.notes:
        event.add("description", words.notes)
    if row.address:
        event.add("location", row.address)
    return event


def _own(entry: OwnEntry) -> Event:
    event = _new_event(f"own-{entry.id}", entry.changed_at, entry.start, entry.end)
    event.add("summary", entry.title)
    event.add("transp", "TRANSPARENT" if entry.free else "OPAQUE")
    return event


def _new_event(name: str, changed_at: datetime, start: datetime, end: datetime) -> Event:
    event = Event()
    event.add("uid", f"{name}@{_host()}")
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("status", "CONFIRMED")
    return event


def _host() -> str:
    return settings.PUBLIC_URL.partition("://")[2] or "answerback"


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
