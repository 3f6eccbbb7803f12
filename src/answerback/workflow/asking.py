"""Asks the calendar what a turn's decisions want to know or to have written, and lets the engine decide on the answer.

All within the turn's one transaction: an offer, a hold or a booking is committed with the text that speaks of it, or
not at all. The diaries of a whole batch are loaded together. Never here: which times are free, or what is said.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from answerback.engine.booking_events import AppointmentMoved, OpeningHeld, OpeningLost, OpeningsFound
from answerback.engine.choosing import MOST_OFFERED
from answerback.engine.decide import decide
from answerback.engine.effects import FindOpenings, GiveUpAppointment, TakeOpening
from answerback.engine.events import (
    AppointmentBooked,
    AppointmentCancelled,
    Event,
)
from answerback.engine.offering import pick
from answerback.store.queries.rows import Cursor
from answerback.workflow import appointments, diary
from answerback.workflow.appointments import Who
from answerback.workflow.cases import case_of
from answerback.workflow.diary import Found, Want
from answerback.workflow.effects import Draft

ROUNDS = 3
"""A choice, its loss, a new offer: what one text can lead to. More would be a fault, and is left unasked."""

_SILENT = frozenset({"human", "closed"})


def settle(cursor: Cursor, drafts: Sequence[Draft], now: datetime) -> None:
    """Answer everything that these drafts ask of the calendar, and decide on each answer."""
    for _ in range(ROUNDS):
        # In one order everywhere, so that two workers never wait for each other's people.
        asking = sorted(
            (draft for draft in drafts if draft.asks is not None and draft.state.phase not in _SILENT),
            key=lambda draft: (draft.woken.business, draft.woken.id),
        )
        if not asking:
            return
        for draft, event in list(_answers(cursor, asking, now)):
            draft.asks = None
            draft.learn(event, decide(draft.known.rules, case_of(draft), event, now), now)


def _answers(cursor: Cursor, drafts: Sequence[Draft], now: datetime) -> Iterator[tuple[Draft, Event]]:
    # What is written comes first: what is offered to the others is then free of it.
    for draft in drafts:
        if isinstance(draft.asks, TakeOpening):
            yield draft, _take(cursor, draft, draft.asks, now)
        elif isinstance(draft.asks, GiveUpAppointment):
            appointments.give_up(cursor, int(draft.asks.appointment), now)
            yield draft, AppointmentCancelled(at=now, appointment=draft.asks.appointment, by="customer")
    looking = [draft for draft in drafts if isinstance(draft.asks, FindOpenings)]
    if looking:
        found = diary.look_up(cursor, [_want(draft) for draft in looking], now)
        for draft in looking:
            assert isinstance(draft.asks, FindOpenings)
            yield draft, _offer(found[draft.woken.id], draft.asks, draft.state.appointment_at, now)


def _offer(found: Found, asked: FindOpenings, has: datetime | None, now: datetime) -> OpeningsFound:
    """What is free and suits; never the time that somebody who moves has already."""
    starts = [opening.start for opening in found.openings(now) if opening.start != has]
    picked, fits = pick(starts, asked.wish, found.diary.hours.zone, MOST_OFFERED)
    return OpeningsFound(at=now, sought=asked.sought, starts=picked, fits=fits, said=asked.said, deposit=found.deposit)


def _take(cursor: Cursor, draft: Draft, asked: TakeOpening, now: datetime) -> Event:
    want, start = _want(draft), asked.starts_at
    if asked.appointment is not None:
        moved = appointments.move(cursor, want, int(asked.appointment), start, now)
        if moved is None:
            return OpeningLost(at=now, starts_at=start)
        return AppointmentMoved(at=now, appointment=asked.appointment, starts_at=moved.starts_at, by="customer")
    until = now + want.known.rules.settings.hold if asked.hold else None
    who = Who(contact=draft.woken.contact, name=asked.name, address=asked.address)
    taken = appointments.take(cursor, want, who, start, now, hold_until=until)
    if taken is None:
        return OpeningLost(at=now, starts_at=start)
    if until is not None:
        return OpeningHeld(at=now, starts_at=taken.starts_at, until=until)
    return AppointmentBooked(
        at=now,
        appointment=str(taken.appointment),
        starts_at=taken.starts_at,
        service=want.state.service or "",
        by="customer",
        deposit=taken.deposit,
    )


def _want(draft: Draft) -> Want:
    return Want(
        conversation=draft.woken.id,
        business=draft.woken.business,
        location=draft.known.locations.get(draft.woken.line),
        known=draft.known,
        state=draft.state,
    )
