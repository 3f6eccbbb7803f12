"""What an appointment for each service needs, as the owner sets it; a preview, and why a time is not offered.

A preview looks at the calendar as a customer's conversation would, without one. Nothing here books anything.
"""

from dataclasses import dataclass
from datetime import datetime

from answerback.engine.diary import Visit
from answerback.engine.obstacles import Obstacle, obstacles
from answerback.engine.state import State
from answerback.store import models
from answerback.workflow import clock, diary, directory, saved, transaction
from answerback.workflow.diary import Found, Want
from answerback.workflow.handling import Undo

NOBODY = 0
"""No conversation has this number: what stands in the calendar is all others'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the owner may set for one service; None is as the playbook or the business's settings say."""

    minutes: int | None
    before: int
    after: int
    step: int | None
    lead_minutes: int | None
    horizon_days: int | None
    members: tuple[int, ...]
    needs: str
    deposit: int | None
    active: bool


def save(business: int, service: str, terms: Terms) -> Undo | None:
    """Set what an appointment for this service needs; an empty service is the default for all others."""
    theirs = set(models.Member.objects.filter(business=business, id__in=terms.members).values_list("id", flat=True))
    wanted = {
        "minutes": terms.minutes,
        "before": terms.before,
        "after": terms.after,
        "step": terms.step,
        "lead_minutes": terms.lead_minutes,
        "horizon_days": terms.horizon_days,
        "members": sorted(theirs),
        "needs": terms.needs[:40],
        "deposit": terms.deposit,
        "active": terms.active,
    }
    return saved.putting(models.AppointmentType, {"business_id": business, "service": service}, wanted)


def preview(business: int, service: str, most: int) -> tuple[datetime, ...]:
    """The next openings a customer would be offered for this service, in the business's own zone."""
    found, now = look(business, service), clock.now()
    return tuple(opening.start.astimezone(found.diary.hours.zone) for opening in found.openings(now)[:most])


def why_not(business: int, service: str, start: datetime) -> tuple[Obstacle, ...]:
    """What keeps this time from being offered for this service; nothing where it is offered."""
    found = look(business, service)
    return obstacles(found.diary, found.visit, clock.now(), start)


def left_empty(business: int, service: str, minutes: int | None) -> Visit:
    """The visit for this service where the owner leaves every field empty, or says only how many minutes it takes."""
    return diary.usual(_want(business, service), minutes)


def look(business: int, service: str) -> Found:
    """The diary of the business and the visit for this service, as somebody sees them who has nothing booked."""
    want = _want(business, service)
    return transaction.run(lambda cursor: diary.look_up(cursor, [want], clock.now())[NOBODY])


def _want(business: int, service: str) -> Want:
    row = models.Business.objects.get(id=business)
    known = directory.known(row.id, row.revision, row.playbook_id or 0)
    return Want(
        conversation=NOBODY, business=business, location=None, known=known, state=State(service=service or None)
    )
