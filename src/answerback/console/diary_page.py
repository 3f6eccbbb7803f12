"""The page of the calendar: what stands on a day or in a week, of everybody or of one person.

A table of half hours to see and to drag in, and the same in words beneath it, where everything works with a thumb, a
keyboard and without JavaScript. Of many cards each leads to its form, on the page of that person's day; of more than
anybody reads to the end the page says how many there are, and leads to them. Never here: what is done with one
(`diary`, `own_entries`).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from answerback.console import lists, moments, taken, words
from answerback.console.diary_asked import WEEK, Asked
from answerback.console.guard import Visit
from answerback.console.refused import Refused
from answerback.console.time_grid import Column, Row, Stretch, grid
from answerback.store import ids, models
from answerback.store.queries import diary
from answerback.store.queries.busy import TIME_OFF
from answerback.store.queries.own_entries import OwnEntry
from answerback.workflow import built_in, own_entries, transaction

SHOWN = Q(status__in=("booked", "done", "no_show"))
NAMES = {"booked": "", "done": gettext_lazy("Took place"), "no_show": gettext_lazy("Nobody was there")}
MOST_FORMS, MOST_CARDS = 24, 60

_SHOWN_OF = (
    "conversation",
    "during",
    "name",
    "address",
    "service",
    "status",
    "hold_until",
    "member__name",
    "contact__name",
    "contact__number",
)
"""What `_entry` reads of an appointment: a day has forty of them, each with two dozen other fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One appointment as the calendar shows it; `written` is its start as a form holds it, on the business's clock."""

    id: int
    conversation: int
    start: datetime
    end: datetime
    written: str
    clock: str
    who: str
    tel: str
    address: str
    service: str
    member: int
    member_name: str
    status: str
    begun: bool

    @property
    def seen(self) -> str:
        """Where it stood for whoever moves it from this page."""
        return f"{self.written} {self.member}"

    @property
    def movable(self) -> bool:
        """Can it still be moved?"""
        return not self.status and not self.begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Time a person has something else: time off, or something in a calendar. At a `free` one they can be booked."""

    start: datetime
    end: datetime
    member: int
    words: str
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """One entry as the calendar shows it, on the business's clock; `seen` is the version a change is made to."""

    id: int
    member: int
    member_name: str
    start: datetime
    end: datetime
    clock: str
    title: str
    free: bool
    seen: str
    repeats: bool

    @property
    def start_written(self) -> str:
        """Its start as a form holds it."""
        return f"{self.start:%Y-%m-%dT%H:%M}"

    @property
    def end_written(self) -> str:
        """Its end as a form holds it."""
        return f"{self.end:%Y-%m-%dT%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShown:
    """One day of the calendar."""

    day: date
    name: str
    within: str
    today: bool
    entries: tuple[Entry, ...]
    own: tuple[Own, ...]

    @property
    def all(self) -> tuple[Entry | Own, ...]:
        """Whatever has a card."""
        return (*self.entries, *self.own)


def page(visit: Visit, asked: Asked, *, refused: Refused | None = None, near: Sequence[datetime] = ()) -> HttpResponse:
    """These days; with `refused` that form is open, and says what was wrong with it: `end` or `move` of an appointment,
    with the free times `near` the one that was written, `own` of something else, or `new`.
    """
    people = list(models.Member.objects.filter(business=visit.seat.business, left_at=None).order_by("name", "id"))
    person = _person(visit, people, asked.person)
    own = _own(visit, [person] if person else people, *_bounds(visit, asked.first, asked.count))
    days = _days(visit, asked.first, asked.count, person, own)
    count = sum(len(day.all) for day in days)
    has_forms = count <= MOST_FORMS or (person is not None and not asked.week)
    if refused and refused.form != "new":
        card = _card(refused, days)
        if card is None and person:  # it is somebody else's by now
            return page(visit, replace(asked, person="all"), refused=refused, near=near)
        if card is None:  # whose it was has left meanwhile: no card of theirs holds the form
            messages.error(visit.request, refused.problem)
        elif not has_forms:
            there = Asked(first=card.start.date(), person=str(card.member))
            return page(visit, there, refused=refused, near=near)
    shown = _shown(visit, asked.first, days, people, person, week=asked.week)
    away = _away(visit, asked.first, asked.count, person, own)
    columns = _columns(days, [person] if person else people, away, week=asked.week)
    shown |= {
        "columns": columns,
        "rows": _rows(columns, days, away, week=asked.week),
        "near": taken.free_near(near, asked.first),
        "has_forms": has_forms,
        "view": asked.view,
    }
    shown["parts"] = _parts(days, person, week=asked.week) if count > MOST_CARDS and not has_forms else []
    if refused and refused.form == "new":
        shown["new"] = refused.given
    return visit.page("console/diary.html", shown, refused=refused)


def _card(refused: Refused, days: list[DayShown]) -> Entry | Own | None:
    """The card with the form that was refused; an appointment and something else may have one number."""
    cards = (each for day in days for each in (day.own if refused.form == "own" else day.entries))
    return next((each for each in cards if each.id == refused.id), None)


def _person(visit: Visit, people: list[models.Member], asked: str) -> models.Member | None:
    """Whose days are asked for; who has left may still stand in an appointment that nobody else has taken yet."""
    found = next((each for each in people if str(each.id) == asked), None)
    if found is None and (id := ids.read(asked)):
        return models.Member.objects.filter(business=visit.seat.business, id=id).first()
    return found


def _parts(days: list[DayShown], person: Any, *, week: bool) -> list[tuple[str, str, int]]:
    """What a long page leads to: each day of a week, each person of a day, with how much stands there."""
    who = {"person": person.id if person else "all"}
    if week:
        counts = [(day.name, {"day": day.day, **who}, len(day.all)) for day in days]
    else:
        of = Counter((each.member_name, each.member) for each in days[0].all)
        counts = [(name, {"day": days[0].day, "person": id}, count) for (name, id), count in sorted(of.items())]
    return [(name, f"{reverse('console:diary')}?{urlencode(asked)}", count) for name, asked, count in counts if count]


def _columns(days: list[DayShown], people: list[Any], away: list[Away], *, week: bool) -> list[Column]:
    """A column for each day of a week; of a single day one for each person who works or has something that day.

    Who has left may still stand in an appointment that nobody else has taken yet.
    """
    if week:
        return [Column(key=f"{day.day}", words=moments.weekday_and_day(day.day), day=day.day) for day in days]
    busy = {entry.member for entry in days[0].entries} | {each.member for each in away}
    bookable = transaction.run(lambda cursor: {row.id for row in diary.people(cursor, [people[0].business_id])})
    there = [(each.id, each.name) for each in people if each.id in busy or each.id in bookable or len(people) == 1]
    known = {each.id for each in people}
    left = {entry.member: entry.member_name for entry in days[0].entries if entry.member not in known}
    return [Column(key=str(id), words=name, day=days[0].day, member=id) for id, name in [*there, *left.items()]]


def _rows(columns: list[Column], days: list[DayShown], away: list[Away], *, week: bool) -> tuple[Row, ...]:
    entries: list[Entry | Away] = [*(entry for day in days for entry in day.entries), *away]
    stretches = [
        Stretch(column=f"{each.start.date()}" if week else str(each.member), start=each.start, end=each.end, entry=each)
        for each in entries
    ]
    return grid(columns, stretches) if columns else ()


def _shown(
    visit: Visit, first: date, days: list[DayShown], people: list[Any], person: Any, *, week: bool
) -> dict[str, Any]:
    step, asked = timedelta(days=WEEK if week else 1), visit.request.GET

    def address(day: date, *, whole: bool = week) -> str:
        chosen = {"person": person.id} if person else {}
        wanted = {"day": day.isoformat(), "span": "week" if whole else "day", **chosen}
        return f"{reverse('console:diary')}?{urlencode(wanted)}"  # the page may be drawn by an act

    undo = ids.read(asked.get("undo"))
    return {
        "diary": True,
        "own": person is not None and person.id == visit.seat.member,
        "over": f"{visit.now.astimezone(visit.seat.zone):%Y-%m-%dT%H:%M}",
        "days": days,
        "people": people,
        "person": person,
        "week": week,
        "first": first,
        "today": visit.now.astimezone(visit.seat.zone).date(),
        "earlier": address(first - step),
        "later": address(first + step),
        "at_today": address(visit.now.astimezone(visit.seat.zone).date()),
        "range": _range(first, first + step - timedelta(days=1)),
        "anything": any(day.entries or day.own for day in days),
        "new": None,
        "as_day": address(first, whole=False),
        "as_week": address(first, whole=True),
        "undo": {"id": undo, **{each: asked.get(each, "") for each in ("start", "member", "seen")}} if undo else None,
    }


def _range(first: date, last: date) -> str:
    """The days shown, in words: `Thursday, March 12`, or `Mar 12 - 18, 2026`."""
    if first == last:
        return moments.date(first)
    return moments.span_of_days(first, last)


def _bounds(visit: Visit, first: date, count: int) -> tuple[datetime, datetime]:
    """From the first midnight to the last, on the business's clock."""
    begin, until = (datetime.combine(first + timedelta(days=step), time(), visit.seat.zone) for step in (0, count))
    return begin, until


def _days(visit: Visit, first: date, count: int, person: Any, own: list[Own]) -> list[DayShown]:
    zone = visit.seat.zone
    begin, until = _bounds(visit, first, count)
    kept = Q(status="held", hold_until__gt=visit.now)
    rows = models.Appointment.objects.filter(
        SHOWN | kept, business=visit.seat.business, during__startswith__gte=begin, during__startswith__lt=until
    ).filter(blocked__overlap=(begin, until))  # the time around it, which has the index
    rows = rows.select_related("member", "contact").only(*_SHOWN_OF)
    if person is not None:
        rows = rows.filter(member=person)
    entries = sorted((entry(row, visit) for row in rows), key=lambda each: (each.start, each.member_name))
    today = visit.now.astimezone(zone).date()
    days = [first + timedelta(days=step) for step in range(count)]
    return [
        DayShown(
            day=day,
            name=moments.date(day),
            within=moments.date(day, within=True),
            today=day == today,
            entries=tuple(each for each in entries if each.start.date() == day),
            own=tuple(each for each in own if max(each.start, begin).date() == day),
        )
        for day in days
    ]


def entry(row: models.Appointment, visit: Visit) -> Entry:
    start, end = (moment.astimezone(visit.seat.zone) for moment in (row.during.lower, row.during.upper))
    number = row.contact.number
    return Entry(
        id=row.id,
        conversation=row.conversation_id,
        start=start,
        end=end,
        written=f"{start:%Y-%m-%dT%H:%M}",
        clock=moments.span_of_day(start, end),
        who=row.name or row.contact.name or words.number(number),
        tel=words.tel(number),
        address=row.address,
        service=lists.service_name(row.service, visit),
        member=row.member_id,
        member_name=row.member.name,
        status=str(NAMES[row.status])
        if row.hold_until is None or row.status != "held"
        else _kept(row.hold_until, visit),
        begun=row.status == "booked" and start <= visit.now,
    )


def _kept(until: datetime, visit: Visit) -> str:
    """How long a time is kept for who is choosing."""
    return gettext("Kept until %(time)s") % {"time": moments.time_of_day(until.astimezone(visit.seat.zone))}


def _away(visit: Visit, first: date, count: int, person: Any, own: list[Own]) -> list[Away]:
    """What else people have, cut to the days shown; of calendars elsewhere we know no words."""
    zone = visit.seat.zone
    begin, until = _bounds(visit, first, count)
    rows = models.Busy.objects.filter(
        business=visit.seat.business, member__isnull=False, during__overlap=(begin, until)
    ).exclude(source__in=own_entries.sources(visit.seat.business))
    if person is not None:
        rows = rows.filter(member=person)
    found = [
        Away(start=start, end=end, member=each.member, words=each.title, free=each.free)
        for each in own
        for start, end in _by_day(max(each.start, begin.astimezone(zone)), min(each.end, until.astimezone(zone)))
    ]
    for row in rows:
        lower, upper = max(row.during.lower, begin).astimezone(zone), min(row.during.upper, until).astimezone(zone)
        for start, end in _by_day(lower, upper):
            off = row.source == TIME_OFF
            found.append(
                Away(start=start, end=end, member=row.member_id, words=gettext("Time off") if off else gettext("Busy"))
            )
    return found


def _by_day(start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """A stretch cut at midnight."""
    parts = []
    while start < end:
        midnight = datetime.combine(start.date() + timedelta(days=1), time(), start.tzinfo)
        parts.append((start, min(end, midnight)))
        start = midnight
    return parts


def _own(visit: Visit, members: list[Any], begin: datetime, until: datetime) -> list[Own]:
    """What these members have in their calendars between the two moments."""
    names = {each.id: each.name for each in members}
    return [_own_shown(row, names[row.member], visit) for row in own_entries.between(list(names), begin, until)]


def _own_shown(row: OwnEntry, name: str, visit: Visit) -> Own:
    start, end = (at.astimezone(visit.seat.zone) for at in (row.start, row.end))
    return Own(
        id=row.id,
        member=row.member,
        member_name=name,
        start=start,
        end=end,
        clock=moments.span_of_day(start, end),
        title=row.title,
        free=row.free,
        seen=built_in.version(row),
        repeats=row.repeats,
    )
