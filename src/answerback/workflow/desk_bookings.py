"""What staff and programs of the business book for a customer: what is free, and taking it.

The same openings and the same constraints as for the customer's own link; only who asks differs. Never here: who may
ask.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from answerback.engine.choosing import comes_to_them
from answerback.engine.events import AppointmentBooked
from answerback.engine.state import State, changed
from answerback.store import codec, models
from answerback.store.queries import calendar, ledger, turns
from answerback.store.queries.calendar import Place, Standing
from answerback.store.queries.rows import Cursor
from answerback.workflow import (
    appointments,
    bell,
    clock,
    contacts,
    diary,
    directory,
    mistakes,
    transaction,
    unbooking,
)
from answerback.workflow.appointments import Who, Written
from answerback.workflow.calendar_desk import NotPossible
from answerback.workflow.diary import Want
from answerback.workflow.handling import Undo


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A time for a customer, and who they are where that is not known; `service` where it is another than they said."""

    start: datetime
    service: str = ""
    name: str = ""
    address: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Free:
    """A time that can be booked now, and the members who are free then."""

    start: datetime
    end: datetime
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What a person at the desk may offer the customer they talk to, soonest first.

    `standing` is what they have already: an appointment, or a hold. `services` are (id, name by language). `deposit` is
    in cents, None where none is asked.
    """

    zone: ZoneInfo
    service: str
    services: tuple[tuple[str, Mapping[str, str]], ...]
    minutes: int
    starts: tuple[datetime, ...]
    standing: Standing | None
    name: str
    address: str
    needs_address: bool
    deposit: int | None


def openings(business: int, *, service: str = "", conversation: int | None = None) -> Sequence[Free]:
    """The times that can be booked now, for this service or what this conversation is about, soonest first."""
    now = clock.now()

    def look(cursor: Cursor) -> Sequence[Free]:
        want = _want_of(cursor, conversation) if conversation is not None else _want_for(business, service)
        if want is None:
            return ()
        found = diary.look_up(cursor, [want], now)[want.conversation]
        length = found.visit.length
        return [Free(start=at.start, end=at.start + length, members=tuple(at.people)) for at in found.openings(now)]

    return transaction.run(look)


def offered(conversation: int, service: str = "") -> Offered:
    """What can be offered now. Raises `NotPossible` for a conversation that is over."""
    return transaction.run(lambda cursor: _offered(cursor, conversation, service))


def standing(conversation: int) -> Standing | None:
    """What this conversation has in the calendar from now on: its appointment, else its running hold."""
    return transaction.run(lambda cursor: calendar.standing(cursor, conversation, clock.now()))


def held(conversation: int, standing: Standing | None) -> datetime | None:
    """The time that is held for this conversation and waits to be booked, in its place's own zone; None where none is
    or nothing can be booked any more.
    """
    if standing is None or standing.status != "held":
        return None
    starts_at = standing.starts_at

    def look(cursor: Cursor) -> datetime | None:
        try:
            return starts_at.astimezone(_offered(cursor, conversation, "").zone)
        except NotPossible:
            return None

    return transaction.run(look)


def hold(conversation: int, wanted: Wanted) -> Undo:
    """Keep this time while the customer thinks. Raises `NotPossible` when somebody else has it."""
    return transaction.run(lambda cursor: _hold(cursor, conversation, wanted))


def let_go(conversation: int) -> Undo | None:
    """Give the time that is held for this conversation free; None where none was."""
    return transaction.run(lambda cursor: _let_go(cursor, conversation))


def book(conversation: int, wanted: Wanted) -> Undo:
    """Book this opening for the customer; the `id` of what takes it back is the appointment. Raises `NotPossible`."""
    return transaction.run(lambda cursor: _book(cursor, conversation, wanted))


def _book(cursor: Cursor, conversation: int, wanted: Wanted) -> Undo:
    now = clock.now()
    want, place = _there(cursor, conversation, wanted.service)
    standing = calendar.standing(cursor, conversation, now)
    if standing is not None and standing.status == "booked":
        raise NotPossible(f"This customer has appointment {standing.id} already. Move that one.")
    stood = mistakes.standing(cursor, place.business, conversation)
    name = wanted.name.strip() or place.name or want.state.answers.get("name", "")
    address = wanted.address.strip() or want.state.answers.get("address", "")
    who = Who(contact=place.contact, name=name, address=address)
    taken = _take(cursor, want, who, wanted.start, now)
    said = contacts.introduce(cursor, place.contact, name=wanted.name.strip(), email=wanted.email)
    event = AppointmentBooked(
        at=now,
        appointment=str(taken.appointment),
        starts_at=taken.starts_at,
        service=want.state.service or "",
        by="staff",
        deposit=taken.deposit,
    )
    turns.withdraw(cursor, {conversation: "An appointment was booked."})
    ledger.record(cursor, [ledger.Own(business=place.business, conversation=conversation, event=event, bump=1)], now)
    bell.ring(cursor, bell.TURN)
    return Undo(
        act="booked",
        business=place.business,
        id=taken.appointment,
        at=taken.starts_at,
        ids=stood.texts,
        fields=(stood.lead,),
        words=str(standing.id) if standing is not None else "",
        then=(
            stood.again(),
            unbooking.introduced(place.business, said),
        ),
    )


def _offered(cursor: Cursor, conversation: int, service: str) -> Offered:
    now = clock.now()
    want, place = _open(cursor, conversation, service)
    found = diary.look_up(cursor, [want], now)[conversation]
    playbook, answers = want.known.rules.playbook, want.state.answers
    standing = calendar.standing(cursor, conversation, now)
    return Offered(
        zone=found.diary.hours.zone,
        service=want.state.service or "",
        services=tuple((each.id, each.name) for each in playbook.services),
        minutes=found.visit.minutes,
        starts=tuple(each.start for each in found.openings(now)) if standing is None else (),
        standing=standing,
        name=place.name or answers.get("name", ""),
        address=answers.get("address", ""),
        needs_address=comes_to_them(playbook),
        deposit=found.deposit,
    )


def _hold(cursor: Cursor, conversation: int, wanted: Wanted) -> Undo:
    now = clock.now()
    want, place = _open(cursor, conversation, wanted.service)
    before = calendar.standing(cursor, conversation, now)
    who = Who(contact=place.contact, name=place.name, address=want.state.answers.get("address", ""))
    until = now + want.known.rules.settings.hold
    taken = _take(cursor, want, who, wanted.start, now, hold_until=until)
    earlier = (before.id,) if before is not None and before.status == "held" else ()
    return Undo(act="held", business=want.business, id=taken.appointment, ids=earlier)


def _let_go(cursor: Cursor, conversation: int) -> Undo | None:
    now = clock.now()
    want, _place = _open(cursor, conversation, "")
    before = calendar.standing(cursor, conversation, now)
    calendar.free_holds(cursor, want.business, conversation, now)
    if before is None or before.status != "held":
        return None
    return Undo(act="let_go", business=want.business, id=before.id)


def _open(cursor: Cursor, conversation: int, service: str) -> tuple[Want, Place]:
    want, place = _there(cursor, conversation, service)
    if place.ended:
        raise NotPossible("This conversation is over. Take it over first, then book.")
    return want, place


def _there(cursor: Cursor, conversation: int, service: str) -> tuple[Want, Place]:
    want, place = _want_of(cursor, conversation, service), calendar.place(cursor, conversation, lock=True)
    if want is None or place is None:
        raise NotPossible("This conversation does not exist.")
    return want, place


def _take(
    cursor: Cursor, want: Want, who: Who, start: datetime, now: datetime, *, hold_until: datetime | None = None
) -> Written:
    """Book or hold this opening. Raises `NotPossible` when somebody else has it."""
    taken = appointments.take(cursor, want, who, start, now, hold_until=hold_until)
    if taken is None:
        raise NotPossible("Somebody else has this time by now. Choose another one.", "start")
    return taken


def _want_of(cursor: Cursor, conversation: int, service: str = "") -> Want | None:
    place = calendar.place(cursor, conversation, lock=False)
    if place is None:
        return None
    known, state = directory.known(place.business, place.revision, place.playbook), codec.decode_state(place.state)
    if known.rules.playbook.service(service) is not None:
        state = changed(state, service=service)
    return Want(conversation=place.id, business=place.business, location=place.location, known=known, state=state)


def _want_for(business: int, service: str) -> Want | None:
    row = models.Business.objects.get(id=business)
    if row.playbook_id is None:
        return None
    known = directory.known(row.id, row.revision, row.playbook_id)
    return Want(conversation=0, business=row.id, location=None, known=known, state=State(service=service or None))
