"""What is said of a contact, a lead, a call, a text, a to-do or an appointment in a CRM: cards, made from our rows.

Where the playbook asks for privacy (clinics, lawyers) no words of the customer leave the house: a text is told, not
what it said. Never here: which field goes where (`crm_mapping`), or talking to a CRM.
"""

from dataclasses import dataclass
from typing import Any

from answerback.ports.crm import Activity, AppointmentCard, TodoCard
from answerback.store import models
from answerback.workflow import described

_OUTCOMES = {"no_answer": "no_answer", "busy": "busy", "abandoned": "no_answer", "voicemail": "voicemail"}
_CALL_WORDS = {
    "no_answer": "nobody answered",
    "busy": "the line was busy",
    "abandoned": "they hung up",
    "voicemail": "voicemail took it",
    "completed": "somebody took it",
}
_LONGEST = 9_000
"""What every CRM takes; a conversation's longest text has 1,600."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a card goes: the contact's record there, and the lead's, empty where it is not there yet."""

    person: str
    lead: str
    private: bool


def person(contact: models.Contact, lead: models.Lead | None) -> dict[str, str]:
    """What we know of a contact, by our field names."""
    stopped = models.Suppression.objects.filter(
        business_id=contact.business_id, number=contact.number, lifted_at=None
    ).exists()
    return {
        "name": contact.name,
        "email": contact.email,
        "number": contact.number,
        "opted_out": "true" if stopped else "false",
        "contact_status": lead.status if lead else "",
    }


def lead(row: models.Lead, *, private: bool) -> dict[str, str]:
    """What we know of a lead, by our field names."""
    said = "" if private else "\n".join(f"{name.replace('_', ' ')}: {value}" for name, value in row.answers.items())
    return {
        "status": row.status,
        "service": "" if private else row.service.replace("_", " "),
        "urgency": row.urgency if row.urgency != "unknown" else "",
        "source": row.line.source or row.line.number,
        "answers": said[:_LONGEST],
    }


def title(row: models.Lead, *, private: bool) -> str:
    """What the lead's record is called when it is made."""
    who = row.contact.name or row.contact.number
    what = "" if private else row.service.replace("_", " ")
    return f"{who}: {what}" if what else f"{who}: missed call"


def activity(kind: str, local: int, place: Place) -> Activity | None:
    """A call, a text or a note; None where there is nothing to tell (any more)."""
    match kind:
        case "text":
            return _text(models.Message.objects.select_related("contact").filter(id=local).first(), place)
        case "call":
            return _call(models.Event.objects.filter(id=local).first(), place)
        case _:
            return _stop(models.Suppression.objects.filter(id=local).first(), place)


def todo(row: models.Todo, place: Place) -> TodoCard:
    """A to-do."""
    return TodoCard(
        key=f"answerback-todo-{row.id}",
        person=place.person,
        lead=place.lead,
        title=row.title,
        due_at=row.due_at,
        done=row.closed_at is not None,
        urgent=row.urgent,
    )


def appointment(row: models.Appointment, place: Place) -> AppointmentCard:
    """An appointment."""
    words = described.appointment(
        service=row.service,
        name=row.name,
        number=row.contact.number,
        notes="" if place.private else row.notes,
        private=place.private,
    )
    return AppointmentCard(
        key=f"answerback-appointment-{row.id}",
        person=place.person,
        lead=place.lead,
        title=words.title,
        starts_at=row.during.lower,
        ends_at=row.during.upper,
        status=row.status if row.status in {"booked", "done", "no_show"} else "cancelled",
        place=row.address,
        notes=words.notes,
    )


def _text(row: models.Message | None, place: Place) -> Activity | None:
    if row is None:
        return None
    inbound = row.author == "customer"
    who = {"customer": "They wrote", "machine": "answerback wrote", "staff": "We wrote"}.get(row.author, "We wrote")
    words = "(kept in answerback)" if place.private else row.body
    return Activity(
        key=f"answerback-text-{row.id}",
        kind="text",
        person=place.person,
        lead=place.lead,
        at=row.sent_at or row.created_at,
        title=who,
        body=words[:_LONGEST],
        inbound=inbound,
    )


def _call(row: models.Event | None, place: Place) -> Activity | None:
    """One line for each call, however many facts were told of it: the first end of it speaks for all."""
    if row is None:
        return None
    fact: dict[str, Any] = row.body
    earlier = models.Event.objects.filter(conversation=row.conversation, kind=row.kind, id__lt=row.id)
    if earlier.filter(body__call=fact.get("call")).exists():
        return None
    ours = row.kind == "CalledBack"
    outcome = str(fact.get("outcome", ""))
    if ours:
        says, told = ("They talked", "answered") if fact.get("talked") else ("Nobody picked up", "no_answer")
    else:
        rang = fact.get("rang_seconds")
        says = f"Rang {rang} seconds, " if rang is not None else "Called, "
        says, told = f"{says}{_CALL_WORDS.get(outcome, outcome)}.", _OUTCOMES.get(outcome, "answered")
    return Activity(
        key=f"answerback-call-{row.id}",
        kind="call",
        person=place.person,
        lead=place.lead,
        at=row.at,
        title="Call back" if ours else ("Call" if told == "answered" else "Missed call"),
        body=says,
        inbound=not ours,
        seconds=fact.get("talked_seconds") or 0,
        outcome=told,
    )


def _stop(row: models.Suppression | None, place: Place) -> Activity | None:
    if row is None:
        return None
    return Activity(
        key=f"answerback-note-{row.id}",
        kind="note",
        person=place.person,
        lead=place.lead,
        at=row.at,
        title="Said stop: no more texts",
        body="" if place.private else row.evidence,
    )
