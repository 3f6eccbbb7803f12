"""Which of our fields stand in which of HubSpot's, and the fields of our own that HubSpot needs for them.

`KEYS` are unique there: a record is found by ours at once, past the search that lags, and cannot be made twice.
"""

from collections.abc import Mapping
from typing import Any

from answerback.ports.crm import Field

NAME = "name"
"""Stands for first and last name together; HubSpot keeps them apart."""

KEYS: Mapping[str, str] = {"contacts": "answerback_phone", "deals": "answerback_lead"}

GROUP = {"name": "answerback", "label": "answerback"}

_TEXT = {"type": "string", "fieldType": "text", "groupName": GROUP["name"]}
_LONG = _TEXT | {"fieldType": "textarea"}
_YES_NO = {
    "type": "enumeration",
    "fieldType": "booleancheckbox",
    "groupName": GROUP["name"],
    "options": [
        {"label": "Yes", "value": "true", "displayOrder": 0, "hidden": False},
        {"label": "No", "value": "false", "displayOrder": 1, "hidden": False},
    ],
}

_OF_A_LEAD: Mapping[str, tuple[str, str]] = {
    "service": ("Service", "Service asked for"),
    "urgency": ("Urgency", "Urgency"),
    "source": ("Line that was called", "Line that was called"),
    "answers": ("What they answered", "What they answered"),
}
"""What only we know of a lead: what it is called here, and what its field in HubSpot is."""

OWN: Mapping[str, tuple[dict[str, Any], ...]] = {
    "contacts": (
        _TEXT | {"name": KEYS["contacts"], "label": "Number at answerback", "hasUniqueValue": True},
        _YES_NO | {"name": "answerback_opted_out", "label": "Said stop to texts"},
    ),
    "deals": (
        _TEXT | {"name": KEYS["deals"], "label": "Lead at answerback", "hasUniqueValue": True},
        *(
            (_LONG if name == "answers" else _TEXT) | {"name": f"answerback_{name}", "label": label}
            for name, (_, label) in _OF_A_LEAD.items()
        ),
    ),
}
"""Fields of our own, by kind of record, as HubSpot is asked to make them."""

_LEAD_STATUS = {
    "new": "NEW",
    "contacted": "ATTEMPTED_TO_CONTACT",
    "qualified": "IN_PROGRESS",
    "booked": "OPEN_DEAL",
    "won": "CONNECTED",
    "lost": "BAD_TIMING",
    "not_served": "UNQUALIFIED",
}
_STAGES = {
    "new": "appointmentscheduled",
    "contacted": "appointmentscheduled",
    "qualified": "qualifiedtobuy",
    "booked": "presentationscheduled",
    "won": "closedwon",
    "lost": "closedlost",
    "not_served": "closedlost",
}


def _ours(name: str, label: str) -> Field:
    """A field of our own at a lead, which nobody but us writes."""
    return Field(
        name=name, label=label, record="lead", remote=f"answerback_{name}", way="out", ways=("out", "off"), ours=True
    )


FIELDS = (
    Field(name="name", label="Name", record="person", remote=NAME, way="fill", ways=("out", "fill", "in", "off")),
    Field(name="email", label="E-mail", record="person", remote="email", way="fill", ways=("out", "fill", "in", "off")),
    Field(name="number", label="Phone number", record="person", remote="phone", way="fill", ways=("fill", "off")),
    Field(
        name="opted_out",
        label="Said stop",
        record="person",
        remote="answerback_opted_out",
        way="out",
        ways=("out",),
        ours=True,
    ),
    Field(
        name="contact_status",
        label="Status of the contact",
        record="person",
        remote="hs_lead_status",
        way="out",
        ways=("out", "fill", "off"),
        valued=True,
        values=_LEAD_STATUS,
    ),
    Field(name="owner", label="Owner", record="person", remote="hubspot_owner_id", way="in", ways=("in", "off")),
    Field(
        name="status",
        label="Status of the lead",
        record="lead",
        remote="dealstage",
        way="out",
        ways=("out", "fill", "in", "off"),
        valued=True,
        values=_STAGES,
    ),
    *(_ours(name, label) for name, (label, _) in _OF_A_LEAD.items()),
    Field(name="amount", label="Money", record="lead", remote="amount", way="in", ways=("in", "off")),
)

TO_PERSON: Mapping[str, int] = {"deals": 3, "calls": 194, "communications": 81, "notes": 202, "tasks": 204} | {
    "meetings": 200
}
TO_LEAD: Mapping[str, int] = {"calls": 206, "communications": 85, "notes": 214, "tasks": 216, "meetings": 212}
"""HubSpot's numbers for "belongs to this contact" and "belongs to this deal", by what belongs."""


def split(fields: Mapping[str, str]) -> dict[str, str]:
    """Our fields as HubSpot's: a name becomes a first and a last one."""
    written = {name: value for name, value in fields.items() if name != NAME}
    if NAME in fields:
        first, _, last = fields[NAME].strip().partition(" ")
        written |= {"firstname": first, "lastname": last.strip()}
    return written


def joined(properties: Mapping[str, Any]) -> dict[str, str]:
    """HubSpot's fields with the name in one, empty ones as empty text."""
    read = {name: "" if value is None else str(value) for name, value in properties.items()}
    read[NAME] = f"{read.get('firstname', '')} {read.get('lastname', '')}".strip()
    return read


def names(wanted: Mapping[str, Any] | tuple[str, ...]) -> list[str]:
    """The names under which HubSpot keeps these fields."""
    return [each for name in wanted for each in (("firstname", "lastname") if name == NAME else (name,))]
