"""Writes appointments: takes an opening, moves to another, gives one up. For the link, the texts and the desk alike.

What is free is looked up again under a lock, and the database's constraints have the last word: whoever gets a time
here has it once the transaction commits. Every function takes the cursor of a use case's one transaction. Never here:
who may book, or telling anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from answerback.engine.diary import Opening
from answerback.store.queries import calendar, leaving
from answerback.store.queries.calendar import NewTime
from answerback.store.queries.rows import Cursor
from answerback.workflow import busy_times, diary, entries
from answerback.workflow.diary import Found, Want


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Whom an appointment is for."""

    contact: int
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A time that was written into the calendar, in UTC, the member who has it, and the deposit asked for in cents."""

    appointment: int
    member: int
    starts_at: datetime
    ends_at: datetime
    deposit: int | None = None


def take(
    cursor: Cursor, want: Want, who: Who, start: datetime, now: datetime, *, hold_until: datetime | None = None
) -> Written | None:
    """Hold or book this start for whoever is free then, the least busy first; None when it is no opening any more."""
    found = _free(cursor, want, now)
    opening = _opening(found, start, now)
    if opening is None:
        return None
    new = _new(want, found, who, opening.start, hold_until)
    for member, thing in _ways(opening):
        id = calendar.take(cursor, new, member, thing, now)
        if id is not None:
            if hold_until is None:
                entries.follow(cursor, id)
            else:
                busy_times.look_again(cursor, member, now)
            return Written(
                appointment=id,
                member=member,
                starts_at=new.starts_at,
                ends_at=new.ends_at,
                deposit=found.deposit,
            )
    return None


def move(
    cursor: Cursor, want: Want, appointment: int, start: datetime, now: datetime, *, prefer: int | None = None
) -> Written | None:
    """Move an appointment that stands to this start, with the member preferred where free; None when it cannot be."""
    found = _free(cursor, want, now)
    opening = _opening(found, start, now)
    if opening is None:
        return None
    new = _new(want, found, Who(contact=0, name="", address=""), opening.start, None)
    for member, thing in sorted(_ways(opening), key=lambda way: way[0] != prefer):
        if calendar.move(cursor, appointment, new, member=member, resource=thing, now=now):
            entries.follow(cursor, appointment)
            leaving.kept(cursor, appointment, now)
            return Written(appointment=appointment, member=member, starts_at=new.starts_at, ends_at=new.ends_at)
    return None


def give_up(cursor: Cursor, appointment: int, now: datetime) -> bool:
    """Cancel an appointment that stands and free its time; False when it stood no longer."""
    gone = calendar.give_up(cursor, appointment, now)
    if gone:
        entries.follow(cursor, appointment)
        leaving.kept(cursor, appointment, now)
    return gone


def _free(cursor: Cursor, want: Want, now: datetime) -> Found:
    """What is free, looked up while nobody else of this business can write a time down."""
    calendar.lock_people(cursor, [want.business])
    calendar.free_holds(cursor, want.business, want.conversation, now)
    return diary.look_up(cursor, [want], now)[want.conversation]


def _opening(found: Found, start: datetime, now: datetime) -> Opening | None:
    wanted = start.astimezone(UTC)
    return next((opening for opening in found.openings(now) if opening.start == wanted), None)


def _ways(opening: Opening) -> Iterator[tuple[int, int | None]]:
    """Every person with every thing that is free then."""
    return ((member, thing) for member in opening.people for thing in opening.things or (None,))


def _new(want: Want, found: Found, who: Who, start: datetime, hold_until: datetime | None) -> NewTime:
    visit = found.visit
    end = start + visit.length
    return NewTime(
        business=want.business,
        conversation=want.conversation,
        contact=who.contact,
        location=want.location,
        starts_at=start,
        ends_at=end,
        blocked=(start - visit.before, end + visit.after),
        name=who.name,
        address=who.address,
        area=visit.area or "",
        service=visit.service,
        hold_until=hold_until,
    )
