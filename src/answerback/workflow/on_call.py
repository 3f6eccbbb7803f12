"""Changes who is on call: shifts of the week, overrides, whose phone rings. Each is said back in words when refused.

Never here: who is on call at a moment (`engine.rota`).
"""

from datetime import datetime, time
from typing import Any

import msgspec

from answerback.engine.rota import HOLIDAY
from answerback.store import models
from answerback.workflow import saved, transaction
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Act, Undo

RUNGS = range(1, 10)
SHIFT = ("member_id", "weekday", "start", "end", "rung", "location_id", "service")
OVERRIDE = ("member_id", "starts_at", "ends_at", "rung", "location_id", "service", "reason")


def add_shift(
    business: int,
    member: int,
    days: tuple[int, ...],
    start: time,
    end: time,
    *,
    rung: int = 1,
    location: int | None = None,
    service: str = "",
) -> tuple[models.Shift, ...]:
    """Put a member on call on these days (0 is Monday, 7 a holiday); an `end` no later than `start` is the next day's.

    Raises `NotAllowed` for days or rungs there are not, and for a member without a phone.
    """
    if not days or not set(days) <= set(range(HOLIDAY + 1)):
        raise NotAllowed("Choose at least one day.", "days")
    _check(business, member, rung, location)
    return transaction.run(
        lambda _: tuple(
            models.Shift.objects.create(
                business_id=business,
                member_id=member,
                weekday=day,
                start=start,
                end=end,
                rung=rung,
                location_id=location,
                service=service,
            )
            for day in days
        )
    )


def remove_shift(shift: int) -> Undo | None:
    """Take a shift out of the week; None where it was out already."""
    undo = _undo("shift", models.Shift.objects.filter(id=shift).first(), SHIFT)
    transaction.run(lambda _: models.Shift.objects.filter(id=shift).delete())
    return undo


def again(kind: type[models.Shift | models.ShiftOverride], asked: Undo) -> None:
    """A shift or an override that was taken out stands again. Raises `NotAllowed` where it does already."""
    values = {"business_id": asked.business, **msgspec.json.decode(asked.words, type=dict[str, Any])}
    if not transaction.run(lambda _: kind.objects.get_or_create(id=asked.id, defaults=values))[1]:
        raise NotAllowed("It is there already. Look at the page again.")


def add_override(
    business: int,
    member: int | None,
    starts_at: datetime,
    ends_at: datetime,
    *,
    rung: int = 1,
    location: int | None = None,
    service: str = "",
    reason: str = "",
) -> models.ShiftOverride:
    """For once let this member have the rung (None: nobody); raises `NotAllowed` for a stretch that ends too soon."""
    if ends_at <= starts_at:
        raise NotAllowed("This ends before it begins. Choose a later end.", "ends_at")
    if member is not None:
        _check(business, member, rung, location)
    return transaction.run(
        lambda _: models.ShiftOverride.objects.create(
            business_id=business,
            member_id=member,
            starts_at=starts_at,
            ends_at=ends_at,
            rung=rung,
            location_id=location,
            service=service,
            reason=reason,
        )
    )


def remove_override(override: int) -> Undo | None:
    """Let the week hold again; None where it does already."""
    undo = _undo("override", models.ShiftOverride.objects.filter(id=override).first(), OVERRIDE)
    transaction.run(lambda _: models.ShiftOverride.objects.filter(id=override).delete())
    return undo


def set_ways(member: int, *, rings: bool, relays: bool) -> Undo | None:
    """How this member is woken, and whether texts of customers they have are passed on to their phone. None where that
    is so already.
    """
    row = models.Member.objects.get(id=member)
    return saved.saving(row, lambda _: models.Member.objects.filter(id=member).update(rings=rings, relays=relays))


def _undo(act: Act, row: Any, columns: tuple[str, ...]) -> Undo | None:
    """What writes these columns of a row again, as JSON in its words."""
    if row is None:
        return None
    values = {column: getattr(row, column) for column in columns}
    return Undo(act=act, business=row.business_id, id=row.id, words=msgspec.json.encode(values).decode())


def _check(business: int, member: int, rung: int, location: int | None) -> None:
    row = models.Member.objects.filter(business=business, id=member).first()
    if row is None:
        raise NotAllowed("This person does not work here.", "member")
    if not row.phone:
        raise NotAllowed(f"{row.name} has no phone number, so a page could not reach them. Add one first.", "member")
    if rung not in RUNGS:
        raise NotAllowed(f"There are rungs {RUNGS[0]} to {RUNGS[-1]}.", "rung")
    if location is not None and not models.Location.objects.filter(business=business, id=location).exists():
        raise NotAllowed("There is no such location.", "location")
