"""Lets a customer with a booking link choose a time: what is offered, holding it, booking it, giving it up.

The link only says which conversation it is; everything else is looked up. The engine's rules decide whether this
conversation may book at all, `engine.openings` which times fit, and the database's constraint who gets one. Nobody is
told yes before the commit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Literal, TypeVar
from zoneinfo import ZoneInfo

from answerback.engine.events import AppointmentBooked, AppointmentCancelled, Event
from answerback.engine.guards import may_book
from answerback.engine.openings import openings
from answerback.engine.playbook import Playbook
from answerback.engine.state import State
from answerback.store import codec, models
from answerback.store.queries import calendar, ledger, turns
from answerback.store.queries.calendar import NewTime, Place, Standing
from answerback.store.queries.rows import Cursor
from answerback.workflow import bell, busy_times, clock, contacts, directory, entries, links, transaction
from answerback.workflow.directory import Known

LEAD_TIME = timedelta(hours=2)
HORIZON = timedelta(days=14)
STEP = timedelta(hours=1)
SHORT_STEP = timedelta(minutes=30)
HOLD_LIVES = timedelta(minutes=10)
PHASES_THAT_BOOK = frozenset({"offered", "booked", "callback", "resting"})
"""A lead that rests after its link was sent may still use it; one that a person has, or that is over, has to phone."""

_URGENCIES = {"emergency": "As soon as possible", "soon": "Soon", "can_wait": "It can wait"}

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)

Why = Literal["bad", "expired", "used", "with_a_person", "over", "nobody_to_book"]


class NotOffered(Exception):
    """This link cannot book; `why` in one word. `business` and `phone` are empty where the link is none of ours."""

    def __init__(self, why: Why, business: str = "", phone: str = "") -> None:
        super().__init__(why)
        self.why, self.business, self.phone = why, business, phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An appointment that stands. `starts_at` and `ends_at` are in the business's own zone."""

    appointment: int
    starts_at: datetime
    ends_at: datetime
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day with its openings, in the business's own zone, soonest first."""

    day: date
    starts: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a customer may choose from, and what we know already. `answers` are (what was asked, what was said)."""

    conversation: int
    business: str
    phone: str
    zone: ZoneInfo
    service: str
    minutes: int
    answers: tuple[tuple[str, str], ...]
    days: tuple[Day, ...]
    name: str
    address: str
    needs_name: bool
    needs_address: bool
    booked: Booked | None = None
    held: datetime | None = None


class Taken(Exception):
    """Somebody else has this time, or it can no longer be reached; `offer` holds what is left."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("taken")
        self.offer = offer


class Unfinished(Exception):
    """The time is held, but a name or an address is still needed; `offer` says which."""

    def __init__(self, offer: Offer) -> None:
        super().__init__("unfinished")
        self.offer = offer


def offered(token: str) -> Offer:
    """What this link offers now; changes nothing. Raises `NotOffered`."""
    now = clock.now()
    conversation = conversation_of(token, now)
    return transaction.run(lambda cursor: _offer(cursor, _case(cursor, conversation, now, lock=False), now))


def hold(token: str, start: datetime) -> Offer:
    """Keep this time for the customer for ten minutes. Raises `NotOffered`, and `Taken` with what is left."""
    return _write(token, lambda cursor, case, now: _hold(cursor, case, start, now))


def book(token: str, start: datetime, name: str = "", address: str = "") -> Booked:
    """Book this time. Posting again answers with what stands already, whatever it asks for.

    Raises `NotOffered`, `Taken` with what is left, `Unfinished` where a name or address is missing.
    """
    asked = _Wish(start=start, name=name.strip()[:120], address=address.strip()[:200])
    done = _write(token, lambda cursor, case, now: _book(cursor, case, asked, now))
    if isinstance(done, Offer):
        raise Unfinished(done)
    return done


def cancel(token: str) -> None:
    """Give up the appointment of this link, if one stands. Raises `NotOffered`."""
    _write(token, _cancel)


def conversation_of(token: str, now: datetime) -> int:
    """The conversation a link stands for. Raises `NotOffered`, with the business's phone where the link was ours."""
    try:
        return links.conversation_of(token, now)
    except links.BadLink:
        raise NotOffered("bad") from None
    except links.ExpiredLink:
        # The signature is right, only the days are over: good enough to say whom to phone.
        raise _sorry("expired", links.conversation_of(token, _BEGINNING)) from None


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    start: datetime
    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A conversation that may book, with its business's rules and the people who can be booked."""

    place: Place
    known: Known
    state: State
    members: list[int]
    standing: Standing | None

    @property
    def playbook(self) -> Playbook:
        return self.known.rules.playbook

    @property
    def zone(self) -> ZoneInfo:
        return self.known.rules.business.hours.zone

    @property
    def minutes(self) -> int:
        service = self.playbook.service(self.state.service)
        return service.minutes if service else 60

    @property
    def address(self) -> str:
        return self.state.answers.get("address", "")

    @property
    def needs_name(self) -> bool:
        return not self.place.name

    @property
    def needs_address(self) -> bool:
        return _visits(self.playbook) and not self.address

    @property
    def booked(self) -> Booked | None:
        return _booked(self.standing, self.zone) if self.standing and self.standing.status == "booked" else None


class _Gone(Exception):
    """The time cannot be had: nothing of this transaction shall stay."""


def _write(token: str, work: Callable[[Cursor, _Case, datetime], Result]) -> Result:
    """Do this in one transaction on the locked conversation. Raises `Taken` with what is left."""
    now = clock.now()
    conversation = conversation_of(token, now)
    try:
        return transaction.run(lambda cursor: work(cursor, _case(cursor, conversation, now, lock=True), now))
    except _Gone:
        raise Taken(offered(token)) from None


def _case(cursor: Cursor, conversation: int, now: datetime, *, lock: bool) -> _Case:
    place = calendar.place(cursor, conversation, lock=lock)
    if place is None:
        raise NotOffered("bad")
    known = directory.known(place.business, place.revision, place.playbook)
    case = _Case(
        place=place,
        known=known,
        state=codec.decode_state(place.state),
        members=calendar.bookable_members(cursor, place.business),
        standing=calendar.standing(cursor, conversation, now),
    )
    if why := _refusal(cursor, case, now):
        raise NotOffered(why, place.business_name, place.business_phone)
    return case


def _refusal(cursor: Cursor, case: _Case, now: datetime) -> Why | None:
    """Why this conversation may not book; an appointment that stands is always shown."""
    if case.booked is not None:
        return None
    if calendar.has_had_one(cursor, case.place.id, now):
        return "used"
    if case.place.phase == "human":
        return "with_a_person"
    if case.place.ended or case.place.phase not in PHASES_THAT_BOOK or not may_book(case.playbook, case.state):
        return "over"
    return None if case.members else "nobody_to_book"


def _sorry(why: Why, conversation: int) -> NotOffered:
    row = models.Conversation.objects.filter(id=conversation).select_related("business").first()
    return NotOffered(why, row.business.name, row.business.phone) if row else NotOffered("bad")


def _offer(cursor: Cursor, case: _Case, now: datetime) -> Offer:
    service = case.playbook.service(case.state.service)
    booked = case.booked
    held = case.standing.starts_at if case.standing and booked is None else None
    return Offer(
        conversation=case.place.id,
        business=case.place.business_name,
        phone=case.place.business_phone,
        zone=case.zone,
        service=_in_english(service.name) if service else "",
        minutes=case.minutes,
        answers=_answers(case),
        days=() if booked else _days(_free(cursor, case, now), case.zone),
        name=case.place.name,
        address=case.address,
        needs_name=case.needs_name,
        needs_address=case.needs_address,
        booked=booked,
        held=held.astimezone(case.zone) if held else None,
    )


def _free(cursor: Cursor, case: _Case, now: datetime) -> dict[datetime, list[int]]:
    """Every start that can be booked now, with the members who are free then, those with the most time first."""
    until = now + HORIZON + timedelta(days=1)
    busy = calendar.busy(cursor, case.members, now, until, besides=case.place.id)
    free: dict[datetime, list[int]] = {}
    for member in sorted(case.members, key=lambda each: (len(busy[each]), each)):
        for start in openings(
            hours=case.known.rules.business.hours,
            minutes=case.minutes,
            busy=busy[member],
            now=now,
            lead_time=LEAD_TIME,
            horizon=HORIZON,
            step=STEP if case.minutes >= 60 else SHORT_STEP,
        ):
            free.setdefault(start, []).append(member)
    return dict(sorted(free.items()))


def _days(starts: dict[datetime, list[int]], zone: ZoneInfo) -> tuple[Day, ...]:
    local = [start.astimezone(zone) for start in starts]
    return tuple(Day(day=day, starts=tuple(group)) for day, group in groupby(local, key=datetime.date))


def _hold(cursor: Cursor, case: _Case, start: datetime, now: datetime) -> Offer:
    if case.booked is None:
        _take(cursor, case, _Wish(start=start, name="", address=""), now, HOLD_LIVES)
    return _offer(cursor, _case(cursor, case.place.id, now, lock=True), now)


def _book(cursor: Cursor, case: _Case, wish: _Wish, now: datetime) -> Booked | Offer:
    if case.booked is not None:
        return case.booked
    if (case.needs_name and not wish.name) or (case.needs_address and not wish.address):
        return _hold(cursor, case, wish.start, now)
    taken = _take(cursor, case, wish, now, None)
    place = case.place
    if wish.name and not place.name:
        contacts.call_by_name(cursor, place.contact, wish.name)
    event = AppointmentBooked(
        at=now,
        appointment=str(taken.appointment),
        starts_at=taken.starts_at,
        service=case.state.service or "",
        by="customer",
    )
    _record(cursor, place, event, "The customer booked a time.", now)
    return taken


def _take(cursor: Cursor, case: _Case, wish: _Wish, now: datetime, lives: timedelta | None) -> Booked:
    """Write the time down for the first member who is free. Raises `_Gone` when nobody is, or a rival was faster."""
    start = wish.start.astimezone(UTC)
    members = _free(cursor, case, now).get(start, [])
    calendar.free_holds(cursor, case.members, case.place.id, now)
    new = NewTime(
        place=case.place,
        starts_at=start,
        ends_at=start + timedelta(minutes=case.minutes),
        name=wish.name or case.place.name,
        address=wish.address or case.address,
        service=case.state.service or "",
        hold_until=now + lives if lives else None,
    )
    for member in members:
        id = calendar.take(cursor, new, member, now)
        if id is not None:
            if lives:
                busy_times.look_again(cursor, member, now)
            return Booked(
                appointment=id,
                starts_at=start.astimezone(case.zone),
                ends_at=new.ends_at.astimezone(case.zone),
                name=new.name,
                address=new.address,
            )
    raise _Gone


def _cancel(cursor: Cursor, case: _Case, now: datetime) -> bool:
    booked = case.booked
    if booked is not None and calendar.give_up(cursor, booked.appointment):
        event = AppointmentCancelled(at=now, appointment=str(booked.appointment), by="customer")
        _record(cursor, case.place, event, "The customer gave the appointment up.", now)
    return True


def _record(cursor: Cursor, place: Place, event: Event, why: str, now: datetime) -> None:
    """Keep the event; what the machine was about to say is out of date with it."""
    turns.withdraw(cursor, {place.id: why})
    ledger.record(cursor, [ledger.Own(business=place.business, conversation=place.id, event=event, bump=1)], now)
    bell.ring(cursor, bell.TURN)
    if isinstance(event, AppointmentBooked | AppointmentCancelled):
        entries.follow(cursor, int(event.appointment))


def _booked(standing: Standing, zone: ZoneInfo) -> Booked:
    return Booked(
        appointment=standing.id,
        starts_at=standing.starts_at.astimezone(zone),
        ends_at=standing.ends_at.astimezone(zone),
        name=standing.name,
        address=standing.address,
    )


def _answers(case: _Case) -> tuple[tuple[str, str], ...]:
    """What the customer told us, besides the service, who they are and how they want to be reached."""
    shown = [
        learn
        for learn in case.playbook.learn
        if learn.kind not in {"service", "name", "address", "contact_pref"} and learn.slot in case.state.answers
    ]
    said = {learn.slot: case.state.answers[learn.slot] for learn in shown}
    return tuple((slot.replace("_", " ").capitalize(), _URGENCIES.get(answer, answer)) for slot, answer in said.items())


def _visits(playbook: Playbook) -> bool:
    """Does somebody drive to the customer? Playbooks of those who do ask where; a law firm only asks the county."""
    return playbook.privacy == "standard" and any(learn.kind in {"area", "address"} for learn in playbook.learn)


def _in_english(name: dict[str, str]) -> str:
    return name.get("en") or next(iter(name.values()), "")
