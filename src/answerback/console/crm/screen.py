"""What the page of a CRM shows: how it is doing, what waits, what was refused, where a person has to choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.console.guard import Visit
from answerback.console.moments import Moment, moment
from answerback.console.words import Chip
from answerback.ports import registry
from answerback.ports.crm import Choice, Field
from answerback.ports.sign_in import SignsIn
from answerback.store import models
from answerback.store.queries.access import NotYours
from answerback.workflow import crm_cards, crm_mapping, crms, described

MOST_SHOWN = 50

KINDS = {
    "contact": gettext_lazy("Contact"),
    "lead": gettext_lazy("Lead"),
    "call": gettext_lazy("Call"),
    "text": gettext_lazy("Text"),
    "note": gettext_lazy("Note"),
    "todo": gettext_lazy("To-do"),
    "appointment": gettext_lazy("Appointment"),
}

WAYS = {
    "out": gettext_lazy("Ours is written over theirs"),
    "fill": gettext_lazy("Ours, only where theirs is empty"),
    "in": gettext_lazy("Theirs counts"),
    "off": gettext_lazy("Not copied"),
}

WHY = {
    "waits": gettext_lazy("On its way"),
    "refused": gettext_lazy("Refused"),
    "which": gettext_lazy("Which record?"),
    "gone": gettext_lazy("Deleted there"),
    "changed_there": gettext_lazy("Changed there; ours is written again with its next change"),
    "theirs_stays": gettext_lazy("Theirs was there first and stays"),
    "unknown_value": gettext_lazy("We have no word for theirs"),
    "not_taken_over": gettext_lazy("Theirs counts, and is read within minutes"),
}

STATUSES = {
    "new": gettext_lazy("New"),
    "contacted": gettext_lazy("Contacted"),
    "qualified": gettext_lazy("Qualified"),
    "booked": gettext_lazy("Booked"),
    "won": gettext_lazy("Won"),
    "lost": gettext_lazy("Lost"),
    "not_served": gettext_lazy("Not served"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A copy that a person has to look at."""

    id: int
    kind: str
    who: str
    conversation: int
    problem: str
    since: Moment | None
    choices: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One line of the table of fields."""

    field: Field
    ways: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, str, str], ...]
    """Our word, what an owner calls it, and theirs."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A field of one lead, as it would be copied."""

    label: str
    ours: str
    way: str
    remote: str
    theirs: str


_THERE = Q(copied_at__isnull=False)
_WAITING = Q(due_at__isnull=False, choices__isnull=True)


def there(copies: QuerySet[models.CrmCopy]) -> QuerySet[models.CrmCopy]:
    """Those that stand there."""
    return copies.filter(_THERE)


def waiting(copies: QuerySet[models.CrmCopy]) -> QuerySet[models.CrmCopy]:
    """Those that are on their way."""
    return copies.filter(_WAITING)


def talks(rows: Iterable[models.CrmCopy]) -> dict[int, int]:
    """The newest conversation of each contact that these are about."""
    found = models.Conversation.objects.filter(contact_id__in=[row.contact_id for row in rows]).order_by("id")
    return {talk.contact_id: talk.id for talk in found}


def mine(visit: Visit) -> models.OutsideCrm:
    """The business's CRM, for those who set the business up; raises `NotYours`."""
    row = crms.of_business(visit.seat.business)
    if row is None:
        raise NotYours
    return row


def context(visit: Visit) -> dict[str, Any]:
    """What the page shows."""
    row = crms.of_business(visit.seat.business)
    kinds = [{"name": kind.name, "title": kind.title} for kind in crms.kinds()]
    if row is None:
        return {"crm": None, "kinds": kinds}
    kind = registry.crm_if_installed(row.provider)
    if kind is None:
        return {"crm": row, "kinds": kinds, "title": row.provider, "not_installed": True}
    copies = models.CrmCopy.objects.filter(crm=row)
    counted = copies.aggregate(there=Count("id", filter=_THERE), waiting=Count("id", filter=_WAITING))
    return {
        "crm": row,
        "title": kind.title,
        "chip": _chip(row),
        "signs_in": isinstance(kind, SignsIn),
        "has_app": bool(crms.app_settings(kind)),
        "read": _moment(visit, row.read_at),
        "again": _next_try(visit, row),
        "dead": _stuck(visit, copies.filter(dead_at__isnull=False)),
        "which": _stuck(visit, copies.filter(choices__isnull=False)),
        "report": models.CrmReport.objects.filter(crm=row).first(),
        "lacks": _lacks(kind),
        **counted,
    }


def table(
    crm: models.OutsideCrm, wanted: Mapping[str, Any], choices: Mapping[str, tuple[Choice, ...]]
) -> list[TableRow]:
    """The table of fields with what the owner chose."""
    return [
        TableRow(
            field=field,
            ways=tuple((way, str(WAYS[way])) for way in field.ways),
            values=tuple((our, str(STATUSES.get(our, our)), their) for our, their in field.values.items()),
            choices=choices.get(field.name, ()),
        )
        for field in crm_mapping.mapping(registry.crm(crm.provider), wanted).fields
    ]


def sample(crm: models.OutsideCrm, wanted: Mapping[str, Any]) -> tuple[str, list[Sample]]:
    """The newest lead as it would be copied with this table, and whose it is; nothing where there is none."""
    lead = (
        models.Lead.objects.filter(business=crm.business_id, contact__number__startswith="+")
        .select_related("contact", "line", "business")
        .order_by("-id")
        .first()
    )
    if lead is None:
        return "", []
    ours = crm_cards.person(lead.contact, lead)
    ours |= crm_cards.lead(lead, private=described.is_private(lead.business))
    fields = crm_mapping.mapping(registry.crm(crm.provider), wanted).fields
    return str(lead.contact), [_sample(field, ours.get(field.name, "")) for field in fields]


def _sample(field: Field, ours: str) -> Sample:
    written = field.values.get(ours, "") if field.valued else ours
    theirs = {"out": written, "fill": written, "in": _("read from there"), "off": "–"}[field.way]
    shown = str(STATUSES.get(ours, ours)) if field.valued else ours
    return Sample(label=field.label, ours=shown, way=str(WAYS[field.way]), remote=field.remote, theirs=theirs)


def _stuck(visit: Visit, copies: Any) -> list[Stuck]:
    rows = list(copies.select_related("contact").order_by("-id")[:MOST_SHOWN])
    conversations = talks(rows)
    return [
        Stuck(
            id=row.id,
            kind=str(KINDS.get(row.kind, row.kind)),
            who=str(row.contact),
            conversation=conversations.get(row.contact_id, 0),
            problem=row.problem,
            since=_moment(visit, row.dead_at),
            choices=tuple(row.choices or ()),
        )
        for row in rows
    ]


def _chip(row: models.OutsideCrm) -> Chip:
    if row.sign_in_needed:
        return Chip(words=_("Sign in"), tone="bad")
    if row.paused:
        return Chip(words=_("Paused"), tone="warn")
    if row.problem:
        return Chip(words=_("Trying again"), tone="warn")
    return Chip(words=_("Connected"), tone="good") if row.read_at else Chip(words=_("Beginning"), tone="accent")


def _lacks(kind: Any) -> list[str]:
    """What this CRM cannot hold."""
    abilities = kind.abilities
    missing = [str(KINDS[each]) for each in ("call", "text", "note") if each not in abilities.activities]
    missing += [] if abilities.todos else [_("To-dos")]
    missing += [] if abilities.appointments else [_("Appointments")]
    return missing + ([] if abilities.sales else [_("Money")])


def _next_try(visit: Visit, row: models.OutsideCrm) -> Moment | None:
    """When it is tried again, while that lies ahead."""
    ahead = row.rests_until is not None and row.rests_until > visit.now
    return _moment(visit, row.rests_until) if ahead and row.problem and not row.sign_in_needed else None


def _moment(visit: Visit, at: datetime | None) -> Moment | None:
    return moment(at, visit.now, visit.seat.zone) if at else None
