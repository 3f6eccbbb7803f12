"""Puts together what openings are found in: who works where and when, what they are taken by, what a visit needs.

Any number of customers at once in a few set queries, so that a turn pays for its whole batch once. Never here: which
times are free (`engine.openings`), or writing anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from answerback.engine.choosing import comes_to_them
from answerback.engine.diary import Diary, Opening, Person, Taken, Taker, Thing, Visit
from answerback.engine.openings import openings
from answerback.engine.playbook import Playbook
from answerback.engine.rules import Hours, Span
from answerback.engine.state import State
from answerback.store import codec
from answerback.store.queries import diary as rows
from answerback.store.queries.busy import TIME_OFF
from answerback.store.queries.calendar import Place
from answerback.store.queries.diary import PersonRow, TakenRow, ThingRow, TypeRow
from answerback.store.queries.rows import Cursor
from answerback.workflow import directory
from answerback.workflow.directory import Known

NO_TYPE = TypeRow(0, "", None, 0, 0, None, None, None, [], "", None, active=True)
"""What an appointment needs where the owner said nothing: what the playbook and the settings say."""

LONG = 60
SHORT_STEP, LONG_STEP = 30, 60
"""Minutes between starts, for visits shorter than an hour and for longer ones, unless the owner says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """Somebody who would like to book: where they belong and what is known of them."""

    conversation: int
    business: int
    location: int | None
    known: Known
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The diary of a customer's place, and their visit with what it costs to keep it (in cents, None for nothing)."""

    diary: Diary
    visit: Visit
    deposit: int | None = None

    def openings(self, now: datetime) -> tuple[Opening, ...]:
        """Every time this customer can book now."""
        return openings(self.diary, self.visit, now)


def look_up(cursor: Cursor, wants: Sequence[Want], now: datetime) -> dict[int, Found]:
    """The diary and the visit of each of these customers, by conversation."""
    businesses = sorted({want.business for want in wants})
    types = rows.types(cursor, businesses)
    visits = {want.conversation: _visit(want, _type(types, want)) for want in wants}
    people, things = rows.people(cursor, businesses), rows.things(cursor, businesses)
    ways = rows.ways(cursor, businesses)
    places = {place.id: place for place in rows.places(cursor, businesses)}
    horizon = max((visit.horizon for visit in visits.values()), default=timedelta(0))
    taken = rows.taken(
        cursor,
        [person.id for person in people],
        [thing.id for thing in things],
        now - timedelta(days=1),
        now + horizon + timedelta(days=2),
    )
    found = {}
    for want in wants:
        hours = _hours_of(want, places)
        diary = Diary(
            hours=hours,
            people=_people(want, people, types, hours, taken),
            things=_things(want, things, taken),
            travel=want.known.rules.settings.travel,
            ways={
                frozenset({way.one, way.other}): timedelta(minutes=way.minutes)
                for way in ways
                if way.business == want.business
            },
        )
        found[want.conversation] = Found(
            diary=diary, visit=visits[want.conversation], deposit=_type(types, want).deposit
        )
    return found


def want_of(place: Place) -> Want:
    """What somebody in this conversation would like to book, by what is known of them."""
    return Want(
        conversation=place.id,
        business=place.business,
        location=place.location,
        known=directory.known(place.business, place.revision, place.playbook),
        state=codec.decode_state(place.state),
    )


def may_be_booked(cursor: Cursor, want: Want) -> bool:
    """Does the owner let customers book this service by themselves?"""
    return _type(rows.types(cursor, [want.business]), want).active


def usual(want: Want, minutes: int | None) -> Visit:
    """The visit by the playbook and the rules alone, and by how many minutes it takes where that is said."""
    return _visit(want, replace(NO_TYPE, minutes=minutes))


def area_of(playbook: Playbook, state: State) -> str | None:
    """The area a visit takes place in, None where the customer comes."""
    if not comes_to_them(playbook):
        return None
    slots = [learn.slot for learn in playbook.learn if learn.kind == "area"]
    said = next((state.answers[slot] for slot in slots if slot in state.answers), "")
    return " ".join(said.split()).casefold()[:80] or None


def weekly(zone: ZoneInfo, spans: Sequence[Sequence[Any]], like: Hours | None = None) -> Hours:
    """Hours from how they are stored, `[weekday, "HH:MM", "HH:MM"]`; closed days and holidays are `like`'s."""
    return Hours(
        zone=zone,
        spans=tuple(
            Span(weekday=weekday, start=time.fromisoformat(start), end=time.fromisoformat(end))
            for weekday, start, end in spans
        ),
        closed=like.closed if like else frozenset(),
        holidays=like.holidays if like else frozenset(),
    )


def _type(types: dict[tuple[int, str], TypeRow], want: Want) -> TypeRow:
    default = types.get((want.business, ""), NO_TYPE)
    return types.get((want.business, want.state.service or ""), default)


def _visit(want: Want, kind: TypeRow) -> Visit:
    rules, state = want.known.rules, want.state
    service = rules.playbook.service(state.service)
    minutes = kind.minutes or (service.minutes if service else LONG)
    step = kind.step or (LONG_STEP if minutes >= LONG else SHORT_STEP)
    notice, horizon = kind.lead_minutes, kind.horizon_days
    return Visit(
        service=state.service or "",
        minutes=minutes,
        before=timedelta(minutes=kind.before),
        after=timedelta(minutes=kind.after),
        step=timedelta(minutes=step),
        lead_time=rules.settings.booking_notice if notice is None else timedelta(minutes=notice),
        horizon=rules.settings.booking_horizon if horizon is None else timedelta(days=horizon),
        needs=kind.needs,
        area=area_of(rules.playbook, state),
    )


def _hours_of(want: Want, places: dict[int, rows.PlaceRow]) -> Hours:
    """The hours of the customer's location, or the business's where it has none of its own."""
    business = want.known.rules.business.hours
    place = places.get(want.location) if want.location is not None else None
    if place is None or (place.hours is None and not place.zone):
        return business
    zone = ZoneInfo(place.zone) if place.zone else business.zone
    if place.hours is None:
        return Hours(zone=zone, spans=business.spans, closed=business.closed, holidays=business.holidays)
    return weekly(zone, place.hours, business)


def _people(
    want: Want,
    people: Sequence[PersonRow],
    types: dict[tuple[int, str], TypeRow],
    hours: Hours,
    taken: Sequence[TakenRow],
) -> tuple[Person, ...]:
    theirs = _taken_of(want, taken, lambda row: row.member)
    return tuple(
        Person(
            id=row.id,
            name=row.name,
            hours=None if row.hours is None else weekly(hours.zone, row.hours),
            services=_skills(want, row.id, types),
            taken=tuple(theirs.get(row.id, ())),
        )
        for row in people
        if row.business == want.business and _is_there(row.location, want.location)
    )


def _skills(want: Want, member: int, types: dict[tuple[int, str], TypeRow]) -> frozenset[str] | None:
    """What this member does: everything, less the services that name others."""
    service = want.state.service or ""
    named = types.get((want.business, service), types.get((want.business, ""), NO_TYPE)).members
    return None if not named or member in named else frozenset()


def _things(want: Want, things: Sequence[ThingRow], taken: Sequence[TakenRow]) -> tuple[Thing, ...]:
    theirs = _taken_of(want, taken, lambda row: row.resource)
    return tuple(
        Thing(id=row.id, name=row.name, kind=row.kind, taken=tuple(theirs.get(row.id, ())))
        for row in things
        if row.business == want.business and _is_there(row.location, want.location)
    )


def _is_there(location: int | None, wanted: int | None) -> bool:
    return location is None or wanted is None or location == wanted


def _taken_of(want: Want, taken: Sequence[TakenRow], whose: Any) -> dict[int, list[Taken]]:
    """What each is taken by, leaving out what this customer has: they may move it or hold another time instead."""
    found: dict[int, list[Taken]] = {}
    for row in taken:
        if row.conversation != want.conversation and whose(row) is not None:
            each = Taken(start=row.start, end=row.end, by=_taker(row.status), area=row.area or None)
            found.setdefault(whose(row), []).append(each)
    return found


def _taker(status: str) -> Taker:
    if status == "booked":
        return "appointment"
    if status == "held":
        return "hold"
    return "time_off" if status == TIME_OFF else "outside"
