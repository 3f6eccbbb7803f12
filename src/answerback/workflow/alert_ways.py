"""The ways a member is alerted by: added, changed and removed by that member and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from django.utils.translation import gettext as _

from answerback.engine import wording
from answerback.ports import registry
from answerback.ports.push import Device
from answerback.store import models
from answerback.store.queries import alerts
from answerback.store.queries.access import NotYours
from answerback.store.secrets import seal
from answerback.workflow import clock, phones, push, transaction
from answerback.workflow.actors import NotAllowed
from answerback.workflow.handling import Undo

KINDS = ("lead", "reply", "todo", "appointment", "line_red")
"""What a member can hear of; urgent cases are pages, and never an alert."""

MOST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A way as a member filled it in; `address` counts for `apprise` only, `device` and its `name` for `push` only."""

    by: str
    address: str
    hears: Sequence[str]
    quiet_from: time | None
    quiet_to: time | None
    device: Device | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What came of the last alert of a way. `worked` is None while nobody knows; `waits` while an answer may come."""

    worked: bool | None
    says: str
    waits: bool = False


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
        raise NotAllowed(_("You have %(number)d ways already. Remove one first.") % {"number": MOST})
    chosen = _chosen(wanted)
    name, kept, device = _named(member, wanted)
    if device:
        _only_here(member, device)
    return models.AlertWay.objects.create(
        business_id=business,
        member_id=member,
        kind=wanted.by,
        name=name,
        sealed=kept,
        device=device,
        created_at=clock.now(),
        **chosen,
    )


def change(member: int, id: int, wanted: Wanted) -> None:
    """Hear of other things, or be quiet at other hours; the address stays."""
    models.AlertWay.objects.filter(id=one(member, id).id).update(**_chosen(wanted))


def remove(member: int, id: int) -> Undo:
    """Use this way no more. For an hour it can be had back, then its address is forgotten."""
    way = one(member, id)
    models.AlertWay.objects.filter(id=way.id).update(removed_at=clock.now())
    return Undo(act="alert_way", business=way.business_id, id=way.id)


def put_back(member: int | None, id: int) -> None:
    """A way this member removed is as it was. Raises `NotAllowed` once it is forgotten, or the browser has another."""
    if member is None or not transaction.run(lambda cursor: alerts.put_back(cursor, member, id, clock.now())):
        raise NotAllowed("It is there already, or forgotten by now. Add it again as a new one.")


def answer(way: models.AlertWay) -> Said:
    """What the provider says of the way's last alert: at once for most, as it comes for texts and calls."""
    return answers([way])[way.id]


def answers(ways: Sequence[models.AlertWay]) -> dict[int, Said]:
    """The same of several ways of one member, by their ids; asked for together."""
    said = {way.id: Said(worked=way.worked, says=way.said) for way in ways}
    waiting = [way for way in ways if way.last_key]
    if not waiting:
        return said
    business, keys = waiting[0].business_id, [way.last_key for way in waiting]
    texts, calls = transaction.run(
        lambda cursor: (alerts.text_answers(cursor, business, keys), alerts.call_answers(cursor, business, keys))
    )
    for way in waiting:
        if way.kind == "text":
            said[way.id] = _of_text(*texts.get(way.last_key, ("", "")), way.said)
        else:
            said[way.id] = _of_call(*calls.get(way.last_key, ("", "", "")), way.said)
    return said


def _of_text(status: str, detail: str, before: str) -> Said:
    match status:
        case "queued" | "sending":
            return Said(worked=None, says=before, waits=True)
        case "sent":
            return Said(worked=True, says=_("The provider took it; whether it arrived is not known yet."), waits=True)
        case "delivered":
            return Said(worked=True, says=_("The provider says that it arrived."))
        case "":
            return Said(worked=None, says=before)
        case _:
            return Said(worked=False, says=wording.joined(_("It did not arrive."), detail))


def _of_call(status: str, ended: str, detail: str, before: str) -> Said:
    if status in {"queued", "placing"}:
        return Said(worked=None, says=before, waits=True)
    if status == "ringing":
        return Said(worked=None, says=_("Your phone rings."), waits=True)
    if status == "over" and ended in {"completed", "talked"}:
        return Said(worked=True, says=_("The call was answered."))
    if status == "over":
        why = {"no_answer": _("Nobody picked up."), "busy": _("The line was busy.")}
        return Said(worked=False, says=why.get(ended) or wording.joined(_("The call could not be placed."), detail))
    return Said(worked=None, says=before)


def _named(member: int, wanted: Wanted) -> tuple[str, bytes, str]:
    """(what the page shows, what is kept of the address, the digest of a device). Raises `NotAllowed`."""
    match wanted.by:
        case "text" | "call":
            phone = phones.reachable(models.Member.objects.get(id=member))
            if not phone:
                raise NotAllowed(phones.why_not(member), "by")
            said = _("Text to %(phone)s") if wanted.by == "text" else _("Call to %(phone)s")
            return said % {"phone": wording.phone(phone)}, seal({}), ""
        case "push":
            if wanted.device is None:
                raise NotAllowed(
                    _("This browser gave no address. Allow notifications for this page and try again."), "by"
                )
            if problem := push.problem(wanted.device):
                raise NotAllowed(problem)
            return (_("This device: %(name)s") % {"name": wanted.name})[:60], *push.sealed(wanted.device)
        case "apprise":
            address = wanted.address.strip()
            service = registry.alerts("apprise")
            if problem := service.problem(address):
                raise NotAllowed(problem, "address")
            return service.name(address)[:60], seal({"address": address}), ""
        case _:
            raise NotAllowed(_("Choose how you want to be told."), "by")


def _only_here(member: int, device: str) -> None:
    """One browser alerts one person: whoever sets it up last, and by what they chose last."""
    user = models.Member.objects.get(id=member).user_id
    same = models.AlertWay.objects.filter(device=device, removed_at=None)
    same.exclude(member__user=user, member__user__isnull=False).update(removed_at=clock.now(), sealed=seal({}))
    same.filter(member=member).update(removed_at=clock.now(), sealed=seal({}))


def _chosen(wanted: Wanted) -> dict[str, object]:
    hears = [kind for kind in KINDS if kind in wanted.hears]
    if not hears:
        raise NotAllowed(_("Choose at least one thing you want to hear of."), "hears")
    if (wanted.quiet_from is None) != (wanted.quiet_to is None):
        raise NotAllowed(
            _("Quiet hours need both a beginning and an end."), "quiet_to" if wanted.quiet_to is None else "quiet_from"
        )
    return {"hears": hears, "quiet_from": wanted.quiet_from, "quiet_to": wanted.quiet_to}
