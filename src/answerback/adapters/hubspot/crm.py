"""HubSpot as `ports.crm.Crm` wants it: contacts, deals, communications, calls, notes, tasks and meetings.

A contact carries our number in a unique field, a deal our lead's key: both are read back by it at once, where a search
would lag by up to a minute. What stands on a timeline has no such field; where an answer was lost, the contact's
own list is read before anything is written again.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from answerback.adapters import sign_in
from answerback.adapters.hubspot import reading
from answerback.adapters.hubspot.api import HUBSPOT, LIMIT, VERSION, ask, door, is_taken, objects, properties
from answerback.adapters.hubspot.fields import FIELDS, GROUP, KEYS, OWN, TO_LEAD, TO_PERSON, split
from answerback.ports.connection import Connection, Finding, Setting
from answerback.ports.crm import (
    Abilities,
    Activity,
    AppointmentCard,
    Changes,
    Choice,
    Conflict,
    LeadCard,
    Person,
    PersonCard,
    Record,
    Sales,
    Stands,
    TodoCard,
)
from answerback.ports.errors import PortError, Refused, SignInNeeded
from answerback.ports.sign_in import SignInAsked

SEARCH_LAGS = 60.0
"""Seconds: a new record is found after about ten, a changed one after up to sixty."""

_NOT_THERE = frozenset({404})
_THERE = frozenset({409})
_CALL_STATUS = {"answered": "COMPLETED", "no_answer": "NO_ANSWER", "busy": "BUSY", "voicemail": "NO_ANSWER"}
_MEETING = {"booked": "SCHEDULED", "done": "COMPLETED", "no_show": "NO_SHOW", "cancelled": "CANCELED"}


class HubSpot:
    """The adapter."""

    name = "hubspot"
    title = HUBSPOT
    app_settings = sign_in.APP_SETTINGS
    settings = (
        Setting(
            name="token",
            label="Access token",
            help="Of a private app: Settings, Integrations, Private apps. Leave empty to sign in instead.",
            secret=True,
            required=False,
        ),
        Setting(
            name="pipeline",
            label="Pipeline",
            help="The ID of the deal pipeline that leads go into.",
            default="default",
        ),
    )
    abilities = Abilities(
        activities=frozenset({"call", "text", "note"}),
        todos=True,
        appointments=True,
        changes=True,
        sales=True,
        own_keys=True,
        search_lag=SEARCH_LAGS,
        limit=LIMIT,
    )
    fields = FIELDS

    def prepare(self, connection: Connection) -> None:
        """Make our group of fields and our fields; those that stand already are left as they are."""
        for kind, own in OWN.items():
            ask(connection, "POST", properties(kind, "groups"), body=GROUP | {"displayOrder": -1}, expected=_THERE)
            for each in own:
                ask(connection, "POST", properties(kind), body=each, expected=_THERE)

    def choices(self, connection: Connection) -> Mapping[str, tuple[Choice, ...]]:
        """The stages of the pipeline, and what a contact's lead status can be."""
        stages = reading.stages(connection)
        said = ask(connection, "GET", properties("contacts", "hs_lead_status")).said
        options = [each for each in said.get("options", ()) if not each.get("hidden")]
        return {
            "status": tuple(Choice(value=str(each["id"]), label=str(each["label"])) for each in stages),
            "contact_status": tuple(Choice(value=str(each["value"]), label=str(each["label"])) for each in options),
        }

    def find(self, connection: Connection, number: str) -> tuple[Person, ...]:
        """By our unique field first, which does not lag; then by the searches for numbers somebody else entered."""
        return reading.find(connection, number)

    def create(self, connection: Connection, card: PersonCard) -> str:
        """Make the contact; one of a name and an e-mail address must be there, so a number stands in for a name."""
        written = {"lastname": card.number} | split(card.fields) | {KEYS["contacts"]: card.number}
        if not any(written.get(name) for name in ("firstname", "lastname", "email")):
            written["lastname"] = card.number
        return self._make(connection, "contacts", written, [])

    def update(self, connection: Connection, id: str, card: PersonCard) -> None:
        """Write the fields, and our number where it is not yet."""
        written = split(card.fields) | {KEYS["contacts"]: card.number}
        try:
            ask(connection, "PATCH", objects("contacts", id), body={"properties": written})
        except Conflict:
            raise
        except Refused as problem:
            standing = reading.by_key(connection, "contacts", card.number) if is_taken(problem) else None
            if standing is None or standing["id"] == id:
                raise
            raise Conflict(
                "Another contact in HubSpot has this number from us.", code="exists", id=standing["id"]
            ) from problem

    def write_lead(self, connection: Connection, card: LeadCard, id: str = "", *, unsure: bool = False) -> str:
        """Make the deal, or write its fields; its name is its owner's from then on."""
        del unsure  # the key says whether it was made
        if id:
            if card.fields:
                ask(connection, "PATCH", objects("deals", id), body={"properties": split(card.fields)})
            return id
        pipeline = connection.settings.get("pipeline") or "default"
        written = {"dealname": card.title, "pipeline": pipeline, KEYS["deals"]: card.key} | split(card.fields)
        if not written.get("dealstage"):
            written["dealstage"] = str(reading.stages(connection)[0]["id"])
        return self._make(connection, "deals", written, [_link(card.person, TO_PERSON["deals"])])

    def append(self, connection: Connection, activity: Activity, *, unsure: bool = False) -> str:
        """Log a call, a text message or a note."""
        kind, written = _activity(activity)
        return self._put(connection, kind, written, (activity.person, activity.lead), unsure=unsure)

    def write_todo(self, connection: Connection, card: TodoCard, id: str = "", *, unsure: bool = False) -> str:
        """Make the task, or change it."""
        written = {
            "hs_timestamp": _iso(card.due_at),
            "hs_task_subject": card.title,
            "hs_task_status": "COMPLETED" if card.done else "NOT_STARTED",
            "hs_task_priority": "HIGH" if card.urgent else "NONE",
            "hs_task_type": "CALL",
        }
        return self._write(connection, "tasks", written, card, id, unsure=unsure)

    def write_appointment(
        self, connection: Connection, card: AppointmentCard, id: str = "", *, unsure: bool = False
    ) -> str:
        """Make the meeting, or change it."""
        written = {
            "hs_timestamp": _iso(card.starts_at),
            "hs_meeting_title": card.title,
            "hs_meeting_body": card.notes,
            "hs_meeting_location": card.place,
            "hs_meeting_start_time": _iso(card.starts_at),
            "hs_meeting_end_time": _iso(card.ends_at),
            "hs_meeting_outcome": _MEETING[card.status],
        }
        return self._write(connection, "meetings", written, card, id, unsure=unsure)

    def look(self, connection: Connection, record: Record, ids: Sequence[str]) -> tuple[Stands, ...]:
        """Read them by the batch."""
        return reading.look(connection, record, ids)

    def changes(self, connection: Connection, cursor: str, begin: datetime) -> Changes:
        """By when they were changed last, of those that carry our key."""
        return reading.changes(connection, cursor, begin)

    def sales(self, connection: Connection, cursor: str, begin: datetime) -> Sales:
        """Deals that are closed and won, and those that no longer are."""
        return reading.sales(connection, cursor, begin)

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Who we are signed in as, and whether the pipeline is there."""
        try:
            said = ask(connection, "GET", f"/account-info/{VERSION}/details").said
            stages = reading.stages(connection)
        except PortError as problem:
            signs_in = isinstance(problem, SignInNeeded)
            fix = "Enter a current token, or sign in." if signs_in else "Look at the settings, then test again."
            return (Finding(name="sign-in", ok=False, says=problem.detail, fix=fix),)
        says = f"Signed in to HubSpot account {said.get('portalId', '')}, {len(stages)} stages in the pipeline."
        return (Finding(name="sign-in", ok=True, says=says),)

    def sign_in_address(self, connection: Connection, asked: SignInAsked) -> str:
        """HubSpot's consent page."""
        return sign_in.address(door(connection), connection, asked)

    def signed_in(self, connection: Connection, asked: SignInAsked, code: str, now: datetime) -> Mapping[str, str]:
        """Trade the code for tokens."""
        return sign_in.trade(door(connection), connection, asked, code, now)

    def renewed(self, connection: Connection, now: datetime) -> Mapping[str, str] | None:
        """New tokens, where those we have run out; a private app's token does not."""
        return None if connection.settings.get("token") else sign_in.renewed(door(connection), connection, now)

    def _make(self, connection: Connection, kind: str, written: Mapping[str, str], links: list[dict[str, Any]]) -> str:
        """Make a record with a key of ours; where it was made before, that one."""
        body = {"properties": dict(written), "associations": links}
        try:
            return str(ask(connection, "POST", objects(kind), body=body).said["id"])
        except Refused as problem:
            if not is_taken(problem):
                raise
            standing = reading.by_key(connection, kind, written[KEYS[kind]])
            if standing is None:
                raise
            return str(standing["id"])

    def _write(
        self,
        connection: Connection,
        kind: str,
        written: Mapping[str, str],
        card: TodoCard | AppointmentCard,
        id: str,
        *,
        unsure: bool,
    ) -> str:
        if id:
            body = {"properties": dict(written)}
            reply = ask(connection, "PATCH", objects(kind, id), body=body, expected=_NOT_THERE)
            if reply.status != 404:
                return id
        # Somebody deleted it there: their wish for the past, but it has changed since and is to be seen.
        return self._put(connection, kind, written, (card.person, card.lead), unsure=unsure and not id)

    def _put(
        self, connection: Connection, kind: str, written: Mapping[str, str], whose: tuple[str, str], *, unsure: bool
    ) -> str:
        person, lead = whose
        if unsure and (standing := reading.on_timeline(connection, kind, person, written)):
            return standing
        links = [_link(person, TO_PERSON[kind])] + ([_link(lead, TO_LEAD[kind])] if lead else [])
        body = {"properties": dict(written), "associations": links}
        return str(ask(connection, "POST", objects(kind), body=body).said["id"])


def _activity(activity: Activity) -> tuple[str, dict[str, str]]:
    """The kind of record and its fields. HubSpot keeps no direction of a text, so its words say who wrote."""
    at = {"hs_timestamp": _iso(activity.at)}
    if activity.kind == "text":
        return "communications", at | {
            "hs_communication_channel_type": "SMS",
            "hs_communication_logged_from": "CRM",
            "hs_communication_body": f"{activity.title}: {activity.body}",
        }
    if activity.kind == "note":
        return "notes", at | {"hs_note_body": f"{activity.title}\n{activity.body}".strip()[:65_000]}
    return "calls", at | {
        "hs_call_title": activity.title,
        "hs_call_body": activity.body,
        "hs_call_direction": "INBOUND" if activity.inbound else "OUTBOUND",
        "hs_call_status": _CALL_STATUS.get(activity.outcome, "COMPLETED"),
        "hs_call_duration": str((activity.seconds or 0) * 1000),
    }


def _link(id: str, number: int) -> dict[str, Any]:
    return {"to": {"id": id}, "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": number}]}


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
