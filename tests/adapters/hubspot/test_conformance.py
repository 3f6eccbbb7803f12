"""HubSpot keeps every promise of a CRM, against a pretend one that refuses what the real one would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Literal

from answerback.adapters.hubspot import adapter, fields
from answerback.ports import crm as port
from answerback.ports.connection import Connection
from answerback.ports.crm import Record
from answerback.testing.crm_conformance import CrmConformance, SeenActivity
from answerback.testing.pretend_hubspot import PretendHubSpot

_WORDS = {"calls": "hs_call_body", "communications": "hs_communication_body", "notes": "hs_note_body"}
_KINDS = {"calls": "call", "communications": "text", "notes": "note"}
_OUTCOMES = {"SCHEDULED": "booked", "COMPLETED": "done", "NO_SHOW": "no_show", "CANCELED": "cancelled"}


class Office:
    """People with HubSpot open in their browser."""

    def __init__(self, hubspot: PretendHubSpot) -> None:
        self.hubspot = hubspot
        self.connection = Connection(id=hubspot.port, provider="hubspot", settings=hubspot.settings())

    def puts_person(self, number: str, name: str, email: str = "") -> str:
        given = fields.split({"name": name}) | ({"email": email} if email else {})
        return self.hubspot.keep("contacts", phone=number, **given)

    def people(self) -> int:
        return len(self.hubspot.of("contacts"))

    def field(self, record: Record, id: str, name: str) -> str:
        remote = next(each.remote for each in adapter.fields if (each.record, each.name) == (record, name))
        return fields.joined(self.hubspot.records[id].properties).get(remote, "")

    def edits(self, record: Record, id: str, name: str, value: str) -> None:
        remote = next(each.remote for each in adapter.fields if (each.record, each.name) == (record, name))
        self.hubspot.edit(id, **fields.split({remote: value}))

    def deletes_person(self, id: str) -> None:
        self.hubspot.drop(id)

    def timeline(self, person: str) -> tuple[SeenActivity, ...]:
        kept = sorted(
            (each for kind in _KINDS for each in self.hubspot.timeline(person, kind)),
            key=lambda each: each.properties["hs_timestamp"],
        )
        return tuple(SeenActivity(kind=_KINDS[each.kind], words=each.properties[_WORDS[each.kind]]) for each in kept)

    def leads(self, person: str) -> tuple[str, ...]:
        return tuple(each.id for each in self.hubspot.of("deals") if ("contacts", person) in each.belongs)

    def todos(self, person: str) -> tuple[tuple[str, bool], ...]:
        kept = [each.properties for each in self.hubspot.timeline(person, "tasks")]
        return tuple((each["hs_task_subject"], each["hs_task_status"] == "COMPLETED") for each in kept)

    def appointments(self, person: str) -> tuple[tuple[datetime, str], ...]:
        kept = [each.properties for each in self.hubspot.timeline(person, "meetings")]
        return tuple(
            (datetime.fromisoformat(each["hs_meeting_start_time"]), _OUTCOMES[each["hs_meeting_outcome"]])
            for each in kept
        )

    def sells(self, lead: str, cents: int) -> None:
        self.hubspot.edit(lead, dealstage="closedwon", amount=f"{cents / 100:.2f}", closedate="2026-03-04T12:00:00Z")

    def unsells(self, lead: str) -> None:
        self.hubspot.edit(lead, dealstage="contractsent")

    def waits(self) -> None:
        self.hubspot.catch_up()

    def fails(self, how: Literal["away", "lose", "slow_down", "barred"]) -> None:
        match how:
            case "away":
                self.hubspot.away = True
            case "lose":
                self.hubspot.failures = ["lose"]
            case "slow_down":
                self.hubspot.burst = 1
            case "barred":
                self.hubspot.end_permission()


class TestHubSpot(CrmConformance):
    crm: port.Crm = adapter

    @contextmanager
    def office(self) -> Iterator[Office]:
        with PretendHubSpot() as hubspot:
            yield Office(hubspot)
            assert hubspot.refused == [], "HubSpot would refuse what we send."
