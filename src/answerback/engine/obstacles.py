"""Answers "why is this time not offered?" with the rule that stands in the way, by the same rules as `openings`.

A time without an obstacle is an opening, and the other way round; a property test holds the two together. The words are
for the people of the business. Never here: which times are offered instead.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from answerback.engine.diary import Diary, Person, Taken, Taker, Visit
from answerback.engine.obstacle_words import Clock, Day, Moment, Said, stretch, told
from answerback.engine.obstacle_words import marked as _
from answerback.engine.openings import Stretch, first_of_day, worked

Rule = Literal[
    "past",
    "notice",
    "horizon",
    "holiday",
    "closed",
    "nobody",
    "skill",
    "hours",
    "too_long",
    "grid",
    "appointment",
    "hold",
    "time_off",
    "outside",
    "buffer",
    "travel",
    "resource",
]
"""What can stand in the way: the whole place first, then each person, then the things needed."""


_NONE = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One rule that keeps a time from being offered, and how it is said; `person` is whom it concerns, None for all."""

    rule: Rule
    said: Said
    person: int | None = None

    @property
    def words(self) -> str:
        """What stands in the way, in English."""
        return told(self.said)


def obstacles(diary: Diary, visit: Visit, now: datetime, start: datetime) -> tuple[Obstacle, ...]:
    """Everything that keeps this time from being offered: one for all, or one for each person; none for an opening."""
    general = _clock(diary, visit, now, start) or _door(diary, visit, now, start)
    if general is not None:
        return (general,)
    found = []
    for person in diary.people:
        theirs = _in_the_way_of(person, diary, visit, now, start)
        if theirs is None:
            nothing_free = _things(diary, visit, start)
            return (nothing_free,) if nothing_free is not None else ()
        found.append(theirs)
    return tuple(found)


def _clock(diary: Diary, visit: Visit, now: datetime, start: datetime) -> Obstacle | None:
    zone = diary.hours.zone
    if start < now:
        return Obstacle(rule="past", said=Said(_("%(moment)s is over."), {"moment": Moment(start.astimezone(zone))}))
    if start < now + visit.lead_time:
        words = _("It is too soon: %(length)s of notice are needed, so not before %(moment)s.")
        first = Moment((now + visit.lead_time).astimezone(zone))
        return Obstacle(rule="notice", said=Said(words, {"length": visit.lead_time, "moment": first}))
    if start > now + visit.horizon:
        words = _("It is too far away: times are offered %(length)s ahead, until %(moment)s.")
        last = Moment((now + visit.horizon).astimezone(zone))
        return Obstacle(rule="horizon", said=Said(words, {"length": visit.horizon, "moment": last}))
    return None


def _door(diary: Diary, visit: Visit, now: datetime, start: datetime) -> Obstacle | None:
    """Is the place open, from the first minute to the last?"""
    if not diary.people:
        words = _("There is nobody who can be booked. Add a technician, or make a member bookable.")
        return Obstacle(rule="nobody", said=Said(words))
    if not any(person.does(visit.service) for person in diary.people):
        return Obstacle(rule="skill", said=Said(_("Nobody does this service. Say in its appointment type who does.")))
    local = start.astimezone(diary.hours.zone)
    stretch = _around(worked(diary.hours, Person(id=0, name=""), now, now + visit.horizon), start)
    if stretch is not None:
        return _too_long(stretch, diary, visit, start, None)
    if local.date() in diary.hours.holidays:
        return Obstacle(rule="holiday", said=Said(_("%(day)s is a holiday."), {"day": Day(local)}))
    if local.date() in diary.hours.closed:
        return Obstacle(rule="closed", said=Said(_("%(day)s is marked as closed."), {"day": Day(local)}))
    return Obstacle(rule="closed", said=Said(_("The business is closed at %(moment)s."), {"moment": Moment(local)}))


def _in_the_way_of(person: Person, diary: Diary, visit: Visit, now: datetime, start: datetime) -> Obstacle | None:
    if not person.does(visit.service):
        words = Said(_("%(who)s does not do this service."), {"who": person.name})
        return Obstacle(rule="skill", said=words, person=person.id)
    stretch = _around(worked(diary.hours, person, now, now + visit.horizon), start)
    if stretch is None:
        when = Moment(start.astimezone(diary.hours.zone))
        words = Said(_("%(who)s does not work at %(moment)s."), {"who": person.name, "moment": when})
        return Obstacle(rule="hours", said=words, person=person.id)
    return (
        _too_long(stretch, diary, visit, start, person)
        or _off_the_grid(person, stretch, diary, visit, start)
        or _busy(person, diary, visit, start)
    )


def _too_long(stretch: Stretch, diary: Diary, visit: Visit, start: datetime, person: Person | None) -> Obstacle | None:
    if start.timestamp() + visit.minutes * 60 <= stretch[1]:
        return None
    end = Clock(datetime.fromtimestamp(stretch[1], diary.hours.zone))
    if person is None:
        words = _("The business closes at %(clock)s, before the %(minutes)s minutes are over.")
        return Obstacle(rule="too_long", said=Said(words, {"clock": end, "minutes": visit.minutes}))
    words = _("%(who)s stops at %(clock)s, before the %(minutes)s minutes are over.")
    said = Said(words, {"who": person.name, "clock": end, "minutes": visit.minutes})
    return Obstacle(rule="too_long", said=said, person=person.id)


def _off_the_grid(person: Person, stretch: Stretch, diary: Diary, visit: Visit, start: datetime) -> Obstacle | None:
    zone = diary.hours.zone
    first = first_of_day(stretch, int(start.timestamp()), zone)
    if (start.timestamp() - first) % visit.step.total_seconds() == 0:
        return None
    begin = Clock(datetime.fromtimestamp(first, zone))
    words = _("Appointments with %(who)s begin every %(length)s from %(clock)s.")
    said = Said(words, {"who": person.name, "length": visit.step, "clock": begin})
    return Obstacle(rule="grid", said=said, person=person.id)


_TAKEN_BY: dict[Taker, str] = {
    "appointment": _("%(who)s has an appointment %(when)s"),
    "hold": _("%(who)s is kept for a customer who is choosing right now %(when)s"),
    "time_off": _("%(who)s has time off %(when)s"),
    "outside": _("%(who)s is busy in their own calendar %(when)s"),
}


def _busy(person: Person, diary: Diary, visit: Visit, start: datetime) -> Obstacle | None:
    """The first thing that person is taken by, and whether it is the appointment itself or what is kept free around."""
    for taken in sorted(person.taken, key=lambda each: (each.start, each.end)):
        way = diary.way(taken.area, visit.area)
        if not taken.start < taken.end or not _touches(taken, visit, start, way=way, buffers=True):
            continue
        when = stretch(taken.start, taken.end, diary.hours.zone)
        what = Said(_TAKEN_BY[taken.by], {"who": person.name, "when": when})
        if _touches(taken, visit, start, way=_NONE, buffers=False):
            return Obstacle(rule=taken.by, said=Said("%(what)s.", {"what": what}), person=person.id)
        if _touches(taken, visit, start, way=_NONE, buffers=True):
            words = _("%(what)s, and %(before)s before and %(after)s after this service are kept free.")
            said = Said(words, {"what": what, "before": visit.before, "after": visit.after})
            return Obstacle(rule="buffer", said=said, person=person.id)
        words = _("%(what)s in %(area)s, and the way to %(other)s takes %(length)s.")
        here, there = _titled(taken.area), _titled(visit.area)
        said = Said(words, {"what": what, "area": here, "other": there, "length": way})
        return Obstacle(rule="travel", said=said, person=person.id)
    return None


def _things(diary: Diary, visit: Visit, start: datetime) -> Obstacle | None:
    if not visit.needs:
        return None
    things = [thing for thing in diary.things if thing.kind == visit.needs]
    for thing in things:
        if not any(
            taken.start < taken.end and _touches(taken, visit, start, way=_NONE, buffers=True) for taken in thing.taken
        ):
            return None
    if not things:
        words = _("This service needs a %(thing)s, and there is none.")
        return Obstacle(rule="resource", said=Said(words, {"thing": visit.needs}))
    words = _("Every %(thing)s is taken then: %(names)s.")
    names = ", ".join(thing.name for thing in things)
    return Obstacle(rule="resource", said=Said(words, {"thing": visit.needs, "names": names}))


def _touches(taken: Taken, visit: Visit, start: datetime, *, way: timedelta, buffers: bool) -> bool:
    before, after = (visit.before, visit.after) if buffers else (_NONE, _NONE)
    return start - before < taken.end + way and taken.start - way < start + visit.length + after


def _around(stretches: list[Stretch], start: datetime) -> Stretch | None:
    second = start.timestamp()
    return next((stretch for stretch in stretches if stretch[0] <= second < stretch[1]), None)


def _titled(area: str | None) -> str:
    """Areas are kept in small letters, to be compared."""
    return " ".join(word[:1].upper() + word[1:] for word in (area or "").split())
