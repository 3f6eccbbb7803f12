"""What corrections of calls teach of a line: after how many seconds of ringing its own voicemail picks up.

One word teaches a line that knows nothing; what it knows is given up only once two calls spoke against it, said on two
days. Whatever was learned is taken back with what taught it. Never here: what became of a call (`engine.calls`).
"""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from answerback.engine.answered import EARLY_SECONDS, LATE_SECONDS
from answerback.store import models
from answerback.store.queries import learned
from answerback.store.queries.learned import NO_VOICEMAIL, Knows
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction
from answerback.workflow.actors import Actor, NotAllowed
from answerback.workflow.handling import Undo
from answerback.workflow.line_health import EARLIEST_BOX

Took = Literal["person", "voicemail", "nobody"]

Lesson = Literal["nothing", "known", "too_soon", "learned", "doubted", "moved", "forgotten"]
"""What one correction does: nothing to learn from, known already, too soon for a voicemail, learned, against what is
known and the first to say so, another point instead of the known one, none any more."""

DOUBTED_FOR = timedelta(days=30)
"""How long one word against what a line knows waits for a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person says of one call: who took it, which was picked up after `seconds` (None where nobody says)."""

    call: str
    took: Took
    seconds: int | None
    at: datetime
    by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What was learned by a correction; `seconds` are after how long such a call is picked up."""

    lesson: Lesson
    seconds: int


def lesson(knows: Knows | None, told: Told, zone: ZoneInfo) -> tuple[Lesson, Knows | None]:
    """What this teaches, and what the line knows then. Days are those of this zone."""
    if knows is None or told.took == "nobody" or not told.seconds:
        return "nothing", knows and _without_doubt_about(knows, told.call)
    if told.took == "person":
        return _person(knows, told, told.seconds, zone)
    return _voicemail(knows, told, told.seconds, zone)


def learn(cursor: Cursor, business: int, number: str, told: Told) -> tuple[Lesson, Knows | None, Knows | None]:
    """Have the line of this number learn it: what was learned, what it knew, and what it knows."""
    was = learned.of_number(cursor, business, number)
    came, now = lesson(was, told, _zone(business))
    if now is not None and now != was:
        _keep(cursor, now)
    return came, was, now


def kept(came: Lesson, seconds: int | None, was: Knows | None, now: Knows | None) -> tuple[str, ...]:
    """A lesson as an undo holds it."""
    knew, knows = (msgspec.json.encode(each).decode() for each in (was, now))
    return came, str(seconds or 0), knew, knows


def taught(fields: tuple[str, ...]) -> Taught:
    """The lesson that an undo holds."""
    came, seconds, *_rest = fields
    return Taught(lesson=msgspec.convert(came, Lesson), seconds=int(seconds))


def unlearn(cursor: Cursor, fields: tuple[str, ...]) -> None:
    """The line knows what it knew before; what it has learned since stays."""
    was, now = (msgspec.json.decode(each, type=Knows | None) for each in fields[2:])
    if was is None or was == now:
        return
    if learned.of_line(cursor, was.line) == now:
        _keep(cursor, was)


def forget(line: int, actor: Actor) -> Undo:
    """This line's voicemail picks up at no known time. Raises `NotAllowed` where nothing was learned."""
    return transaction.run(lambda cursor: _settle(cursor, line, actor, Knows(line=line)))


def keep(line: int, actor: Actor) -> Undo:
    """What spoke against what this line knows was a mistake. Raises `NotAllowed` where nothing did."""
    return transaction.run(lambda cursor: _settle(cursor, line, actor, None))


def as_before(asked: Undo) -> None:
    """Take back what an owner settled of what a line has learned."""
    transaction.run(lambda cursor: unlearn(cursor, asked.fields))


def recognises(knows: Knows, seconds: int) -> bool:
    """Is what picks up after so many seconds taken for this line's voicemail?"""
    return knows.point is not None and knows.point - EARLY_SECONDS <= seconds <= knows.point + LATE_SECONDS


def _person(knows: Knows, told: Told, seconds: int, zone: ZoneInfo) -> tuple[Lesson, Knows]:
    if not recognises(knows, seconds):
        return "known", _without_doubt_about(knows, told.call)
    if _is_second(knows, told, NO_VOICEMAIL, zone):
        return "forgotten", Knows(line=knows.line)
    return "doubted", _doubted(knows, told, NO_VOICEMAIL)


def _voicemail(knows: Knows, told: Told, seconds: int, zone: ZoneInfo) -> tuple[Lesson, Knows]:
    if seconds < EARLIEST_BOX:
        return "too_soon", _without_doubt_about(knows, told.call)
    anew = Knows(line=knows.line, point=seconds, taught_at=told.at, taught_by=told.by)
    if knows.point is None:
        return "learned", anew
    if recognises(knows, seconds):
        return "known", _without_doubt(knows)
    if _is_second(knows, told, seconds, zone):
        return "moved", anew
    return "doubted", _doubted(knows, told, seconds)


def _is_second(knows: Knows, told: Told, point: int, zone: ZoneInfo) -> bool:
    """Was the same said of another call on an earlier day, not long ago?"""
    at, before = knows.doubted_at, knows.doubted_for
    if at is None or before is None or knows.doubted_call == told.call or told.at - at > DOUBTED_FOR:
        return False
    return _speak_alike(before, point) and at.astimezone(zone).date() < told.at.astimezone(zone).date()


def _doubted(knows: Knows, told: Told, point: int) -> Knows:
    """The first to say so counts, so that a second on the same day does not put the day off."""
    at, before = knows.doubted_at, knows.doubted_for
    stands = at is not None and before is not None and told.at - at <= DOUBTED_FOR and _speak_alike(before, point)
    return knows if stands else replace(knows, doubted_at=told.at, doubted_call=told.call, doubted_for=point)


def _speak_alike(one: int, other: int) -> bool:
    """Do two words against a point speak for the same, given how far a voicemail may be off its time?"""
    if NO_VOICEMAIL in {one, other}:
        return one == other
    return abs(one - other) <= LATE_SECONDS


def _without_doubt_about(knows: Knows, call: str) -> Knows:
    return _without_doubt(knows) if knows.doubted_call == call else knows


def _without_doubt(knows: Knows) -> Knows:
    return replace(knows, doubted_at=None, doubted_call="", doubted_for=None)


def _settle(cursor: Cursor, line: int, actor: Actor, wanted: Knows | None) -> Undo:
    was = learned.of_line(cursor, line) or Knows(line=line)
    now = wanted or _without_doubt(was)
    if was == now:
        raise NotAllowed("Somebody has settled this meanwhile, so nothing was changed.")
    _keep(cursor, now)
    fields = kept("forgotten" if wanted else "known", was.point, was, now)
    business = models.Line.objects.values_list("business_id", flat=True).get(id=line)
    return Undo(act="learned", business=business, id=line, member=actor.member, at=clock.now(), fields=fields)


def _keep(cursor: Cursor, knows: Knows) -> None:
    """For every line of this number: a business may have it by two connections."""
    cursor.execute(
        """
        UPDATE line SET voicemail_after = %(point)s, taught_at = %(taught_at)s, taught_by_id = %(taught_by)s,
            doubted_at = %(doubted_at)s, doubted_call = %(doubted_call)s, doubted_for = %(doubted_for)s
        WHERE (business_id, number) = (SELECT business_id, number FROM line WHERE id = %(line)s)
        """,
        asdict(knows),
    )


def _zone(business: int) -> ZoneInfo:
    return ZoneInfo(models.Business.objects.values_list("zone", flat=True).get(id=business))
