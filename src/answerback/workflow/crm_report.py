"""Compares ours with a CRM, field by field, and says what differs and why.

It reads and writes nothing there. A difference is no fault by itself: a field may be theirs to decide, or a change may
be on its way; the reason says which.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Literal

from answerback.ports.crm import Field, Record, Stands
from answerback.ports.errors import PortError
from answerback.store import models
from answerback.store.queries import crm as rows
from answerback.store.queries.crm import Linked
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, crm_cards, crm_mapping, crms, described, queue, transaction
from answerback.workflow.crms import Opened

log = logging.getLogger("answerback.crm_report")

Why = Literal["waits", "refused", "which", "gone", "changed_there", "theirs_stays", "unknown_value", "not_taken_over"]
"""waits: it is on its way · refused: the CRM will not have it · which: a person must choose a record · gone: the record
was deleted there · changed_there: somebody changed our field there · theirs_stays: ours only fills what is empty ·
unknown_value: we have no word for theirs · not_taken_over: theirs counts and was not read yet."""

_RECORDS: Mapping[str, Record] = {"contact": "person", "lead": "lead"}

BATCH = 100
MOST_LINES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that differs."""

    why: Why
    kind: str
    who: str
    conversation: int
    field: str = ""
    ours: str = ""
    theirs: str = ""
    says: str = ""
    url: str = ""


def ask_for(crm: int) -> None:
    """Let a comparison be made."""
    now = clock.now()

    def write(_: object) -> None:
        models.CrmReport.objects.update_or_create(
            crm_id=crm, defaults={"asked_at": now, "made_at": None, "problem": ""}
        )
        queue.defer_comparison(crm)

    transaction.run(write)


def make(crm: int) -> None:
    """Compare, and keep what was found; a CRM that cannot be asked is said so."""
    lines: list[Line] = []
    compared, problem = 0, ""
    try:
        for count, found in crms.ask(crm, lambda opened: list(_compare(opened))):
            compared += count
            lines += found
    except crms.NotThere:
        return
    except PortError as failed:
        problem = failed.detail[:300]
    now = clock.now()
    kept = {"compared": compared, "lines": [asdict(each) for each in lines[:MOST_LINES]], "problem": problem}
    models.CrmReport.objects.update_or_create(crm_id=crm, defaults=kept | {"asked_at": now, "made_at": now})
    log.info("crm.compared crm=%s compared=%s differing=%s", crm, compared, len(lines))


def _compare(opened: Opened) -> Iterator[tuple[int, list[Line]]]:
    """Batch by batch: how many records were compared, and what differs."""
    yield 0, list(_not_there(opened))
    private = described.is_private(opened.row.business)
    for kind, record in _RECORDS.items():
        after = 0
        while batch := transaction.run(partial(_batch, crm=opened.id, kind=kind, after=after)):
            there = _there(opened, record, batch)
            values = _ours(kind, batch, private=private)
            yield len(batch), [line for each in batch for line in _differences(opened, each, there, values)]
            after = batch[-1].id


def _batch(cursor: Cursor, crm: int, kind: str, after: int) -> list[Linked]:
    return rows.every_linked(cursor, crm, kind, after, BATCH)


def _there(opened: Opened, record: Record, batch: Sequence[Linked]) -> dict[str, Stands]:
    found = opened.crm.look(opened.connection, record, [each.remote for each in batch])
    return {id: stands for stands in found for id in (stands.id, *stands.was)}


def _ours(kind: str, batch: Sequence[Linked], *, private: bool) -> dict[int, tuple[str, int, Mapping[str, str]]]:
    """Who each is, their conversation, and our values by our field names."""
    ids = [each.local for each in batch]
    if kind == "lead":
        leads = models.Lead.objects.filter(id__in=ids).select_related("contact", "line")
        return {
            each.id: (str(each.contact), each.conversation_id, crm_cards.lead(each, private=private)) for each in leads
        }
    newest: dict[int, models.Lead] = {}
    for lead in models.Lead.objects.filter(contact_id__in=ids).order_by("id"):
        newest[lead.contact_id] = lead
    contacts = models.Contact.objects.filter(id__in=ids)
    return {
        each.id: (
            str(each),
            newest[each.id].conversation_id if each.id in newest else 0,
            crm_cards.person(each, newest.get(each.id)),
        )
        for each in contacts
    }


def _differences(
    opened: Opened,
    linked: Linked,
    there: Mapping[str, Stands],
    values: Mapping[int, tuple[str, int, Mapping[str, str]]],
) -> Iterator[Line]:
    if linked.local not in values:
        return
    who, talk, ours = values[linked.local]
    stands = there.get(linked.remote)
    if stands is None:
        yield Line(why="gone", kind=linked.kind, who=who, conversation=talk)
        return
    for field in opened.table.of(_RECORDS[linked.kind]):
        theirs = stands.fields.get(field.remote, "")
        wanted = ours.get(field.name, "")
        wanted = field.values.get(wanted, "") if field.valued else wanted
        why = _why(field, wanted, theirs, linked)
        if why:
            yield Line(
                why=why,
                kind=linked.kind,
                who=who,
                conversation=talk,
                field=field.label,
                ours=wanted,
                theirs=theirs,
                url=stands.url,
            )


def _why(field: Field, ours: str, theirs: str, linked: Linked) -> Why | None:
    """Why this field differs; None where it does not, or where nobody says that it should be the same."""
    if field.way == "off" or (ours == theirs and field.way != "in"):
        return None
    if field.way == "out":
        return "waits" if linked.written.get(field.remote, "") == theirs else "changed_there"
    if field.way == "fill":
        return "theirs_stays" if theirs and ours else None
    if theirs and field.valued and crm_mapping.ours(field, theirs) is None:
        return "unknown_value"
    return "not_taken_over" if theirs != linked.theirs.get(field.remote, theirs) else None


def _not_there(opened: Opened) -> Iterator[Line]:
    """What is not there yet, and why."""
    copies = models.CrmCopy.objects.filter(crm_id=opened.id, contact__number__startswith="+")
    waiting = (
        copies.filter(dead_at__isnull=False)
        | copies.filter(choices__isnull=False)
        | copies.filter(due_at__isnull=False, tries__gt=0)
    )
    for each in waiting.select_related("contact").order_by("id")[:MOST_LINES]:
        why: Why = "refused" if each.dead_at else ("which" if each.choices is not None else "waits")
        talk = (
            models.Conversation.objects.filter(contact_id=each.contact_id).order_by("-id").values_list("id", flat=True)
        )
        yield Line(why=why, kind=each.kind, who=str(each.contact), conversation=talk.first() or 0, says=each.problem)
