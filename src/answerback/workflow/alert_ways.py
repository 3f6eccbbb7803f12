"""The ways a member is alerted by: added, changed and removed by that member and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from answerback.engine import wording
from answerback.ports import registry
from answerback.store import models
from answerback.store.queries.access import NotYours
from answerback.store.secrets import seal
from answerback.workflow import clock
from answerback.workflow.actors import NotAllowed

KINDS = ("lead", "reply", "todo", "appointment", "line_red")
"""What a member can hear of; urgent cases are pages, and never an alert."""

MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A way as a member filled it in; `address` counts for `apprise` only."""

    by: str
    address: str
    hears: Sequence[str]
    quiet_from: time | None
    quiet_to: time | None


def standing(member: int) -> list[models.AlertWay]:
    """The ways of this member, the oldest first."""
    return list(models.AlertWay.objects.filter(member=member, removed_at=None).order_by("id"))


def one(member: int, id: int) -> models.AlertWay:
    """One way of this member; raises `NotYours`."""
    way = models.AlertWay.objects.select_related("member").filter(id=id, member=member, removed_at=None).first()
    if way is None:
        raise NotYours
    return way


def add(business: int, member: int, wanted: Wanted) -> models.AlertWay:
    """One more way. Raises `NotAllowed` with what to put right."""
    if len(standing(member)) >= MOST:
        raise NotAllowed(f"You have {MOST} ways already. Remove one first.")
    name, address = _named(member, wanted)
    return models.AlertWay.objects.create(
        business_id=business,
        member_id=member,
        kind=wanted.by,
        name=name,
        sealed=seal({"address": address}),
        created_at=clock.now(),
        **_chosen(wanted),
    )


def change(member: int, id: int, wanted: Wanted) -> None:
    """Hear of other things, or be quiet at other hours; the address stays."""
    models.AlertWay.objects.filter(id=one(member, id).id).update(**_chosen(wanted))


def remove(member: int, id: int) -> None:
    """Never use this way again, and forget its address."""
    models.AlertWay.objects.filter(id=one(member, id).id).update(removed_at=clock.now(), sealed=seal({}))


def _named(member: int, wanted: Wanted) -> tuple[str, str]:
    if wanted.by == "text":
        phone = models.Member.objects.get(id=member).phone
        if not phone:
            raise NotAllowed("Your phone number is not known here. The owner can add it under People.")
        return f"Text to {wording.phone(phone)}", ""
    if wanted.by != "apprise":
        raise NotAllowed("Choose how you want to be told.")
    address = wanted.address.strip()
    service = registry.alerts("apprise")
    if problem := service.problem(address):
        raise NotAllowed(problem)
    return service.name(address)[:60], address


def _chosen(wanted: Wanted) -> dict[str, object]:
    hears = [kind for kind in KINDS if kind in wanted.hears]
    if not hears:
        raise NotAllowed("Choose at least one thing you want to hear of.")
    if (wanted.quiet_from is None) != (wanted.quiet_to is None):
        raise NotAllowed("Quiet hours need both a beginning and an end.")
    return {"hears": hears, "quiet_from": wanted.quiet_from, "quiet_to": wanted.quiet_to}
