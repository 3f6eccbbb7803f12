"""What people of the business do with appointments: move, give up, say what became of them.

A person may overrule hours, notice and the way between areas; never the constraints: nobody is in two places at once.
The customer hears of it as of any other change. Never here: who may act.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from answerback.engine.booking_events import AppointmentEnded, AppointmentMoved, AppointmentReopened
from answerback.engine.desk_events import OutcomeMarked
from answerback.engine.effects import LeadStatus
from answerback.engine.events import AppointmentCancelled, Event
from answerback.engine.evidence import of_appointment
from answerback.store import models
from answerback.store.models.conversations import AT_ONCE
from answerback.store.queries import calendar, leaving, ledger, turns
from answerback.store.queries.calendar import InTheWay, Kept
from answerback.store.queries.rows import Cursor
from answerback.workflow import acting, appointments, bell, clock, entries, revenue, transaction
from answerback.workflow.actors import Actor
from answerback.workflow.refusals import Refusal
from answerback.workflow.revenue import Money


class NotPossible(Refusal):
    """This cannot be done; the message says why and what to do instead, `field` what of it to write anew."""


class Taken(NotPossible):
    """Somebody has that time already; `by` is what they have, None where it is free again by now."""

    def __init__(self, says: str, by: InTheWay | None) -> None:
        super().__init__(says, "start")
        self.by = by


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What stood before somebody said what became of an appointment, and the revenue entry that was made of it."""

    business: int
    lead: LeadStatus | None
    cents: int | None
    entry: int | None


def move(appointment: int, member: int, start: datetime) -> Kept:
    """Move an appointment to this start and member; returns what it was before. Raises `NotPossible`."""
    return transaction.run(lambda cursor: _move(cursor, appointment, member, start))


def in_the_way(member: int, start: datetime, end: datetime, *, other: int = 0) -> InTheWay | None:
    """The first appointment this member has in this time, if any, or what the appointment `other` needs; never that."""
    return transaction.run(lambda cursor: calendar.in_the_way(cursor, member, start, end, now=clock.now(), other=other))


def give_up(appointment: int) -> None:
    """Cancel an appointment. Raises `NotPossible` when it stood no longer."""
    transaction.run(lambda cursor: _give_up(cursor, appointment))


def end(appointment: int, *, kept: bool, cents: int | None = None, by: Actor | None = None, job: str = "") -> Before:
    """Say that it took place, and what it cost, or that nobody was there; what was before. Raises `NotPossible`.

    A price that a person (`by`) names makes the lead won and stands in the revenue ledger, with the appointment and
    `job`, the number of an invoice or a receipt, as what shows it.
    """
    return transaction.run(lambda cursor: _end(cursor, appointment, kept=kept, cents=cents, by=by, job=job))


def reopen(appointment: int, actor: Actor, before: Before) -> None:
    """It was said by mistake: the appointment stands as before, and so do the lead and the money.

    Raises `NotPossible` where it stands already, or somebody has that time by now.
    """
    transaction.run(lambda cursor: _reopen(cursor, appointment, actor, before))


def _move(cursor: Cursor, appointment: int, member: int, start: datetime) -> Kept:
    now = clock.now()
    kept = _standing(cursor, appointment)
    if start <= now:
        raise NotPossible("That time is over. Choose one that is still to come.", "start")
    if models.Member.objects.filter(id=member).exclude(left_at=None).exists():
        raise NotPossible("That person has left. Choose another one.", "member")
    calendar.free_holds(cursor, kept.business, kept.conversation, now)
    if not calendar.shift(cursor, kept, member, start, now):
        by = calendar.in_the_way(
            cursor, member, start, start + (kept.ends_at - kept.starts_at), now=now, other=appointment
        )
        raise Taken("Somebody has that time already. Choose another one, or another person.", by)
    entries.follow(cursor, appointment)
    leaving.kept(cursor, appointment, now)
    _record(cursor, kept, AppointmentMoved(at=now, appointment=str(appointment), starts_at=start, by="staff"), now)
    return kept


def _give_up(cursor: Cursor, appointment: int) -> None:
    now = clock.now()
    kept = _standing(cursor, appointment)
    appointments.give_up(cursor, appointment, now)
    _record(cursor, kept, AppointmentCancelled(at=now, appointment=str(appointment), by="staff"), now)


def _end(cursor: Cursor, appointment: int, *, kept: bool, cents: int | None, by: Actor | None, job: str) -> Before:
    now = clock.now()
    standing = _standing(cursor, appointment)
    if standing.starts_at > now:
        raise NotPossible("It has not begun yet. Move it or give it up instead.")
    lead, old = calendar.worth(cursor, appointment)
    calendar.end(cursor, appointment, "done" if kept else "no_show", cents, now)
    leaving.kept(cursor, appointment, now)
    _record(cursor, standing, AppointmentEnded(at=now, appointment=str(appointment), kept=kept), now)
    entry = None
    if kept and cents and by is not None:
        here = ZoneInfo(models.Business.objects.get(id=standing.business).zone)
        shown = of_appointment(appointment, standing.starts_at.astimezone(here).date())
        entry = revenue.enter(cursor, standing.conversation, by, Money(cents=cents, job=job, evidence=shown), now)
        _record(cursor, standing, OutcomeMarked(at=now, member=by.name, status="won", reason=shown), now)
    return Before(business=standing.business, lead=cast("LeadStatus | None", lead), cents=old, entry=entry)


def _reopen(cursor: Cursor, appointment: int, actor: Actor, before: Before) -> None:
    now = clock.now()
    ended = calendar.ended(cursor, appointment)
    if ended is None:
        raise NotPossible("Nobody has said what became of this appointment. Look at the calendar again.")
    if not calendar.reopen(cursor, ended, before.cents, now):
        raise NotPossible("Somebody has that time by now. Say again what became of the appointment.")
    if (place := acting.lock(cursor, ended.conversation)).ended:
        acting.open_again(cursor, place)
    if before.entry is not None:
        revenue.taken_back(cursor, before.entry, actor, AT_ONCE)
    start, lead = ended.starts_at, before.lead
    event = AppointmentReopened(at=now, appointment=str(appointment), starts_at=start, lead=lead)
    _record(cursor, ended, event, now)


def _standing(cursor: Cursor, appointment: int) -> Kept:
    kept = calendar.kept(cursor, appointment)
    if kept is None:
        raise NotPossible("This appointment stands no longer. Look at the calendar again.")
    return kept


def _record(cursor: Cursor, kept: Kept, event: Event, now: datetime) -> None:
    turns.withdraw(cursor, {kept.conversation: "The appointment was changed at the desk."})
    ledger.record(
        cursor, [ledger.Own(business=kept.business, conversation=kept.conversation, event=event, bump=1)], now
    )
    bell.ring(cursor, bell.TURN)
