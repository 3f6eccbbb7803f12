"""What the pretend HubSpot refuses, and in which words: fields it has, values they take, who may belong to whom.

Written from HubSpot's public guides and from errors people have posted; none of its specification files is used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import phonenumbers

KINDS = ("contacts", "deals", "calls", "communications", "notes", "tasks", "meetings")

BELONGS: Mapping[tuple[str, str], int] = {
    ("deals", "contacts"): 3,
    ("calls", "contacts"): 194,
    ("calls", "deals"): 206,
    ("communications", "contacts"): 81,
    ("communications", "deals"): 85,
    ("notes", "contacts"): 202,
    ("notes", "deals"): 214,
    ("tasks", "contacts"): 204,
    ("tasks", "deals"): 216,
    ("meetings", "contacts"): 200,
    ("meetings", "deals"): 212,
}

OPERATORS = frozenset(
    {"EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY"}
    | {"CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"}
)

STAGES = (
    "appointmentscheduled",
    "qualifiedtobuy",
    "presentationscheduled",
    "decisionmakerboughtin",
    "contractsent",
    "closedwon",
    "closedlost",
)


@dataclass(slots=True, kw_only=True)
class Known:
    """A field the account has."""

    type: str = "string"
    options: tuple[str, ...] = ()
    unique: bool = False
    read_only: bool = False


def standard() -> dict[str, dict[str, Known]]:
    """The fields an account has before anybody made one."""
    return {
        "contacts": {
            **_texts("firstname", "lastname", "phone", "mobilephone", "hs_whatsapp_phone_number"),
            "email": Known(unique=True),
            "hs_lead_status": _one_of(*_LEAD_STATUS),
            "hs_searchable_calculated_phone_number": Known(read_only=True),
            "hs_searchable_calculated_mobile_number": Known(read_only=True),
            "hs_merged_object_ids": Known(read_only=True),
            "lastmodifieddate": Known(type="datetime", read_only=True),
            **_every(),
        },
        "deals": {
            **_texts("dealname", "pipeline", "deal_currency_code"),
            "dealstage": _one_of(*STAGES),
            "amount": Known(type="number"),
            "closedate": Known(type="datetime"),
            "hs_is_closed_won": Known(read_only=True),
            "hs_merged_object_ids": Known(read_only=True),
            "hs_lastmodifieddate": Known(type="datetime", read_only=True),
            **_every(),
        },
        **_activities(),
    }


def _activities() -> dict[str, dict[str, Known]]:
    return {
        "calls": {
            **_texts("hs_call_title", "hs_call_body"),
            "hs_call_direction": _one_of("INBOUND", "OUTBOUND"),
            "hs_call_status": _one_of("COMPLETED", "NO_ANSWER", "BUSY", "FAILED", "MISSED"),
            "hs_call_duration": Known(type="number"),
            **_every(),
        },
        "communications": {
            "hs_communication_channel_type": _one_of("SMS", "WHATS_APP", "LINKEDIN_MESSAGE"),
            "hs_communication_logged_from": _one_of("CRM"),
            **_texts("hs_communication_body"),
            **_every(),
        },
        "notes": {**_texts("hs_note_body"), **_every()},
        "tasks": {
            **_texts("hs_task_subject"),
            "hs_task_status": _one_of("NOT_STARTED", "IN_PROGRESS", "COMPLETED"),
            "hs_task_priority": _one_of("NONE", "LOW", "MEDIUM", "HIGH"),
            "hs_task_type": _one_of("TODO", "CALL", "EMAIL"),
            **_every(),
        },
        "meetings": {
            **_texts("hs_meeting_title", "hs_meeting_body", "hs_meeting_location"),
            "hs_meeting_start_time": Known(type="datetime"),
            "hs_meeting_end_time": Known(type="datetime"),
            "hs_meeting_outcome": _one_of("SCHEDULED", "COMPLETED", "RESCHEDULED", "NO_SHOW", "CANCELED"),
            **_every(),
        },
    }


def _every() -> dict[str, Known]:
    """What every kind of record has."""
    made = Known(type="datetime", read_only=True)
    return {
        "hs_object_id": Known(read_only=True),
        "createdate": made,
        "hs_timestamp": Known(type="datetime"),
        "hubspot_owner_id": Known(),
    }


def _texts(*names: str) -> dict[str, Known]:
    return {name: Known() for name in names}


def _one_of(*options: str) -> Known:
    return Known(type="enumeration", options=options)


_LEAD_STATUS = (
    *("NEW", "OPEN", "IN_PROGRESS", "OPEN_DEAL"),
    *("UNQUALIFIED", "ATTEMPTED_TO_CONTACT", "CONNECTED", "BAD_TIMING"),
)

NEEDED: Mapping[str, tuple[str, ...]] = {
    "deals": ("dealname", "dealstage"),
    "calls": ("hs_timestamp",),
    "communications": ("hs_timestamp", "hs_communication_channel_type", "hs_communication_logged_from"),
    "notes": ("hs_timestamp",),
    "tasks": ("hs_timestamp",),
    "meetings": ("hs_timestamp",),
}


@dataclass(slots=True, kw_only=True)
class Kept:
    """A record."""

    id: str
    kind: str
    properties: dict[str, str] = field(default_factory=dict)
    created: datetime
    changed: datetime
    belongs: set[tuple[str, str]] = field(default_factory=set)
    archived: bool = False


def wrong_values(known: Mapping[str, Known], written: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What HubSpot would say is wrong with these values: (field, its word for it)."""
    for name, value in written.items():
        if name not in known:
            yield name, "PROPERTY_DOESNT_EXIST"
        elif known[name].read_only:
            yield name, "READ_ONLY_VALUE"
        elif not isinstance(value, str):
            yield name, "INVALID_TYPE"
        elif value and (word := _wrong(known[name], value)):
            yield name, word


def _wrong(known: Known, value: str) -> str:
    if known.type == "enumeration" and value not in known.options:
        return "INVALID_OPTION"
    if known.type == "number":
        try:
            float(value)
        except ValueError:
            return "INVALID_NUMBER"
    if known.type == "datetime" and not value.isdecimal():
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return "INVALID_DATE"
    return "VALUE_TOO_LONG" if len(value) > 65_536 else ""


def national(written: str) -> str:
    """A phone number as HubSpot lets it be searched: national digits without the country's."""
    try:
        return phonenumbers.national_significant_number(phonenumbers.parse(written, "US"))
    except phonenumbers.NumberParseException:
        return "".join(filter(str.isdigit, written))


def fits(filters: list[dict[str, Any]], properties: Mapping[str, str]) -> bool:
    """Does a record fit every filter of a group?"""
    return all(
        _fits(each["operator"], properties.get(each["propertyName"], ""), each.get("value", "")) for each in filters
    )


def _fits(operator: str, value: str, wanted: str) -> bool:
    match operator:
        case "EQ":
            return value == wanted
        case "HAS_PROPERTY":
            return value != ""
        case "GTE":
            return value != "" and datetime.fromisoformat(value) >= datetime.fromisoformat(wanted)
    raise NotImplementedError(operator)
