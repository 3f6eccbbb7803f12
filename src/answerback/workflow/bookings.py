"""Lets a customer with a booking link choose a time: what is offered, holding it, booking it, moving it, giving it up.

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

from answerback.engine.booking_events import AppointmentMoved
from answerback.engine.choosing import comes_to_them
from answerback.engine.events import AppointmentBooked, AppointmentCancelled, Event
from answerback.engine.guards import may_book
from answerback.engine.playbook import Playbook
from answerback.store import models
from answerback.store.queries import calendar, ledger, turns
from answerback.store.queries.calendar import Place, Standing
from answerback.store.queries.rows import Cursor
from answerback.workflow import appointments, bell, clock, contacts, diary, links, transaction
from answerback.workflow.appointments import Who, Written
from answerback.workflow.diary import Found, Want

PHASES_THAT_BOOK = frozenset({"offered", "booked", "callback", "resting"})
"""A lead that rests after its link was sent may still use it; one that a person has, or that is over, has to phone."""

_URGENCIES = {"emergency": "As soon as possible", "soon": "Soon", "can_wait": "It can wait"}

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)

Why = Literal["bad", "expired", "used", "with_a_person", "over", "nobody_to_book", "too_late"]


class NotOffered(Exception):
    """This link cannot book; `why` in one word. The rest is empty where the link is none of ours."""

    def __init__(self, why: Why, business: str = "", phone: str = "", language: str = "") -> None:
        super().__init__(why)
        self.why, self.business, self.phone, self.language = why, business, phone, language


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An appointment that stands, in the place's own zone. `version` rises when it moves."""

    appointment: int
    starts_at: datetime
    ends_at: datetime
    name: str
    address: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day with its openings, in the place's own zone, soonest first."""

    day: date
    starts: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a customer may choose from, and what we know already. `answers` are (what was asked, what was said).

    `deposit` is in hundredths of `currency`, None where none is asked. `number` is the customer's own, to tell where
    they may be. A `discreet` business is not named together with what it does. `gave_up` says that they had an
    appointment and gave it up.
    """

    conversation: int
    business: str
    phone: str
    zone: ZoneInfo
    language: str
    number: str
    service: str
    minutes: int
    answers: tuple[tuple[str, str], ...]
    days: tuple[Day, ...]
    name: str
    address: str
    email: str
    needs_name: bool
    needs_address: bool
    currency: str
    discreet: bool = False
    deposit: int | None = None
    booked: Booked | None = None
    held: datetime | None = None
    gave_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a customer posted: the start they chose, and what they wrote of themselves."""

    start: datetime
    name: str = ""
    address: str = ""
    email: str = ""


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


def offered(token: str, *, moving: bool = False) -> Offer:
    """What this link offers now; while an appointment stands only when `moving`. Raises `NotOffered`."""
    now = clock.now()
    conversation = conversation_of(token, now)
    return transaction.run(lambda cursor: _offer(cursor, _case(cursor, conversation, now, lock=False), now, moving))


def hold(token: str, start: datetime) -> Offer:
    """Keep this time for the customer for ten minutes. Raises `NotOffered`, and `Taken` with what is left."""
    return _write(token, lambda cursor, case, now: _hold(cursor, case, Wish(start=start), now))


def book(token: str, start: datetime, name: str = "", address: str = "", email: str = "") -> Booked:
    """Book this time. Posting again answers with what stands already, whatever it asks for.

    Raises `NotOffered`, `Taken` with what is left, `Unfinished` where a name or address is missing.
    """
    wish = Wish(start=start, name=name.strip()[:120], address=address.strip()[:200], email=email)
    done = _write(token, lambda cursor, case, now: _book(cursor, case, wish, now))
    if isinstance(done, Offer):
        raise Unfinished(done)
    return done


def move(token: str, start: datetime) -> Booked:
    """Move the appointment of this link; it stands unmoved where that is not possible.

    Raises `NotOffered`, and `Taken` with what is left.
    """
    return _write(token, lambda cursor, case, now: _move(cursor, case, start, now), moving=True)


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
        # The signature is right, only the days are over: good enough for its appointment, or to say whom to phone.
        conversation = links.conversation_of(token, _BEGINNING)
        if models.Appointment.objects.filter(
            conversation=conversation, status="booked", during__endswith__gt=now
        ).exists():
            return conversation
        raise _sorry("expired", conversation) from None


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """A conversation that may book, with what it wants and what it has."""

    place: Place
    want: Want
    standing: Standing | None

    @property
    def playbook(self) -> Playbook:
        return self.want.known.rules.playbook

    @property
    def address(self) -> str:
        return self.want.state.answers.get("address", "")

    @property
    def name(self) -> str:
        return self.place.name or self.want.state.answers.get("name", "")

    @property
    def needs_address(self) -> bool:
        return comes_to_them(self.playbook) and not self.address

    @property
    def booked(self) -> Standing | None:
        return self.standing if self.standing is not None and self.standing.status == "booked" else None


class _Gone(Exception):
    """The time cannot be had: nothing of this transaction shall stay."""


def _write(token: str, work: Callable[[Cursor, _Case, datetime], Result], *, moving: bool = False) -> Result:
    """Do this in one transaction on the locked conversation. Raises `Taken` with what is left."""
    now = clock.now()
    conversation = conversation_of(token, now)
    try:
        return transaction.run(lambda cursor: work(cursor, _case(cursor, conversation, now, lock=True), now))
    except _Gone:
        raise Taken(offered(token, moving=moving)) from None


def _case(cursor: Cursor, conversation: int, now: datetime, *, lock: bool) -> _Case:
    place = calendar.place(cursor, conversation, lock=lock)
    if place is None:
        raise NotOffered("bad")
    case = _Case(place=place, want=diary.want_of(place), standing=calendar.standing(cursor, conversation, now))
    if why := _refusal(cursor, case, now):
        raise _not_offered(case, why)
    return case


def _refusal(cursor: Cursor, case: _Case, now: datetime) -> Why | None:
    """Why this conversation may not book; an appointment that stands is always shown."""
    if case.booked is not None:
        return None
    if calendar.has_had_one(cursor, case.place.id, now):
        return "used"
    if case.place.phase == "human":
        return "with_a_person"
    if case.place.ended or case.place.phase not in PHASES_THAT_BOOK or not may_book(case.playbook, case.want.state):
        return "over"
    return None if diary.may_be_booked(cursor, case.want) else "nobody_to_book"


def _sorry(why: Why, conversation: int) -> NotOffered:
    row = models.Conversation.objects.filter(id=conversation).select_related("business").first()
    if row is None:
        return NotOffered("bad")
    return NotOffered(why, row.business.name, row.business.phone, str((row.state or {}).get("language", "")))


def _not_offered(case: _Case, why: Why) -> NotOffered:
    return NotOffered(why, case.place.business_name, case.place.business_phone, case.want.state.language)


def _offer(cursor: Cursor, case: _Case, now: datetime, moving: bool = False) -> Offer:
    found = diary.look_up(cursor, [case.want], now)[case.place.id]
    if not found.diary.people and case.booked is None:
        raise _not_offered(case, "nobody_to_book")
    zone, booked = found.diary.hours.zone, case.booked
    held = case.standing.starts_at if case.standing and booked is None else None
    service, language = case.playbook.service(case.want.state.service), case.want.state.language
    return Offer(
        conversation=case.place.id,
        business=case.place.business_name,
        phone=case.place.business_phone,
        zone=zone,
        language=language,
        number=case.place.number,
        service=_in_language(service.name, language) if service else "",
        minutes=found.visit.minutes,
        answers=_answers(case),
        days=_days(found, now, booked) if booked is None or moving else (),
        name=case.name,
        address=case.address,
        email=case.place.email,
        needs_name=not case.name,
        needs_address=case.needs_address,
        discreet=case.playbook.privacy != "standard",
        deposit=found.deposit,
        currency=case.want.known.rules.business.currency,
        booked=_shown(booked, zone) if booked else None,
        held=held.astimezone(zone) if held else None,
        gave_up=booked is None and calendar.gave_up(cursor, case.place.id),
    )


def _days(found: Found, now: datetime, booked: Standing | None) -> tuple[Day, ...]:
    """The days with what is free on them; never the time that somebody who moves has already."""
    starts = [opening.start for opening in found.openings(now) if booked is None or opening.start != booked.starts_at]
    local = [start.astimezone(found.diary.hours.zone) for start in starts]
    return tuple(Day(day=day, starts=tuple(group)) for day, group in groupby(local, key=datetime.date))


def _hold(cursor: Cursor, case: _Case, wish: Wish, now: datetime) -> Offer:
    if case.booked is None:
        _take(cursor, case, wish, now, case.want.known.rules.settings.hold)
    return _offer(cursor, _case(cursor, case.place.id, now, lock=True), now)


def _book(cursor: Cursor, case: _Case, wish: Wish, now: datetime) -> Booked | Offer:
    zone = case.want.known.rules.business.hours.zone
    if case.booked is not None:
        return _shown(case.booked, zone)
    if (not case.name and not wish.name) or (case.needs_address and not wish.address):
        return _hold(cursor, case, wish, now)
    taken = _take(cursor, case, wish, now, None)
    contacts.introduce(cursor, case.place.contact, name=wish.name, email=wish.email)
    event = AppointmentBooked(
        at=now,
        appointment=str(taken.appointment),
        starts_at=taken.starts_at,
        service=case.want.state.service or "",
        by="customer",
        deposit=taken.deposit,
        address=wish.address,
    )
    _record(cursor, case.place, event, "The customer booked a time.", now)
    return Booked(
        appointment=taken.appointment,
        starts_at=taken.starts_at.astimezone(zone),
        ends_at=taken.ends_at.astimezone(zone),
        name=wish.name or case.name,
        address=wish.address or case.address,
    )


def _take(cursor: Cursor, case: _Case, wish: Wish, now: datetime, lives: timedelta | None) -> Written:
    """Write the time down for the first member who is free. Raises `_Gone` when nobody is, or a rival was faster."""
    who = Who(contact=case.place.contact, name=wish.name or case.name, address=wish.address or case.address)
    until = now + lives if lives else None
    taken = appointments.take(cursor, case.want, who, wish.start, now, hold_until=until)
    if taken is None:
        raise _Gone
    return taken


def _move(cursor: Cursor, case: _Case, start: datetime, now: datetime) -> Booked:
    booked, zone = case.booked, case.want.known.rules.business.hours.zone
    if booked is None:
        raise _not_offered(case, "over")
    if booked.starts_at == start:
        return _shown(booked, zone)
    if booked.starts_at <= now:
        raise _not_offered(case, "too_late")
    moved = appointments.move(cursor, case.want, booked.id, start, now, prefer=booked.member)
    if moved is None:
        raise _Gone
    event = AppointmentMoved(at=now, appointment=str(booked.id), starts_at=moved.starts_at, by="customer")
    _record(cursor, case.place, event, "The customer moved the appointment.", now)
    return Booked(
        appointment=booked.id,
        starts_at=moved.starts_at.astimezone(zone),
        ends_at=moved.ends_at.astimezone(zone),
        name=booked.name,
        address=booked.address,
        version=booked.version + 1,
    )


def _cancel(cursor: Cursor, case: _Case, now: datetime) -> bool:
    if (booked := case.booked) is not None and appointments.give_up(cursor, booked.id, now):
        event = AppointmentCancelled(at=now, appointment=str(booked.id), by="customer")
        _record(cursor, case.place, event, "The customer gave the appointment up.", now)
    return True


def _record(cursor: Cursor, place: Place, event: Event, why: str, now: datetime) -> None:
    """Keep the event; what the machine was about to say is out of date with it."""
    turns.withdraw(cursor, {place.id: why})
    ledger.record(cursor, [ledger.Own(business=place.business, conversation=place.id, event=event, bump=1)], now)
    bell.ring(cursor, bell.TURN)


def _shown(booked: Standing, zone: ZoneInfo) -> Booked:
    return Booked(
        appointment=booked.id,
        starts_at=booked.starts_at.astimezone(zone),
        ends_at=booked.ends_at.astimezone(zone),
        name=booked.name,
        address=booked.address,
        version=booked.version,
    )


def _answers(case: _Case) -> tuple[tuple[str, str], ...]:
    """What the customer told us, besides the service, who they are and how they want to be reached."""
    answers = case.want.state.answers
    shown = [
        learn
        for learn in case.playbook.learn
        if learn.kind not in {"service", "name", "address", "contact_pref"} and learn.slot in answers
    ]
    said = {learn.slot: answers[learn.slot] for learn in shown}
    return tuple((slot.replace("_", " ").capitalize(), _URGENCIES.get(answer, answer)) for slot, answer in said.items())


def _in_language(name: dict[str, str], language: str) -> str:
    return name.get(language) or name.get("en") or next(iter(name.values()), "")
