"""BottleCRM as `ports.crm.Crm` wants it: contacts, deals, interactions and comments.

Its check for duplicates reads numbers however they are written, and sees at once what was just made. A deal's name must
be unique there, so ours ends with the lead's key and cannot be made twice. It says neither what changed nor, of a task,
under which id it made it: those are left out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import phonenumbers

from answerback.adapters.bottlecrm.api import BOTTLE, ask
from answerback.adapters.numbers import e164
from answerback.ports.connection import Connection, Finding, Setting
from answerback.ports.crm import (
    Abilities,
    Activity,
    AppointmentCard,
    Changes,
    Choice,
    Conflict,
    Field,
    LeadCard,
    Limit,
    Person,
    PersonCard,
    Record,
    Sale,
    Sales,
    Stands,
    TodoCard,
)
from answerback.ports.errors import PortError, Refused, SignInNeeded

NAME = "name"
PAGE = 100

_STAGES = {"new": "PROSPECTING", "contacted": "PROSPECTING", "qualified": "QUALIFICATION", "booked": "PROPOSAL"}
_CLOSED = {"won": "", "lost": "", "not_served": ""}
"""A deal is closed there with its date and its money, which are theirs to say."""

_OUTCOMES = {"answered": "connected", "no_answer": "no_answer", "busy": "busy", "voicemail": "voicemail"}
_NOBODY: Mapping[str, list[str]] = {"assigned_to": [], "teams": [], "tags": []}
"""Has to be said, even where it is nothing."""


class BottleCrm:
    """The adapter."""

    name = "bottlecrm"
    title = BOTTLE
    settings = (
        Setting(name="url", label="Address", help="Where its API answers, such as https://crm.example.com"),
        Setting(
            name="token",
            label="Personal access token",
            help="Of a member who may see and change contacts and deals. It begins with bcrm_pat_.",
            secret=True,
        ),
    )
    abilities = Abilities(
        activities=frozenset({"call", "text", "note"}),
        todos=False,
        appointments=False,
        changes=False,
        sales=True,
        own_keys=False,
        search_lag=0.0,
        limit=Limit(requests=120, seconds=60.0),
    )
    fields = (
        Field(name="name", label="Name", record="person", remote=NAME, way="fill", ways=("out", "fill", "off")),
        Field(name="email", label="E-mail", record="person", remote="email", way="fill", ways=("out", "fill", "off")),
        Field(name="number", label="Phone number", record="person", remote="phone", way="fill", ways=("fill", "off")),
        Field(
            name="status",
            label="Status of the lead",
            record="lead",
            remote="stage",
            way="out",
            ways=("out", "fill", "off"),
            valued=True,
            values=_STAGES | _CLOSED,
        ),
        Field(
            name="answers",
            label="What they answered",
            record="lead",
            remote="description",
            way="fill",
            ways=("out", "fill", "off"),
        ),
        Field(name="amount", label="Money", record="lead", remote="amount", way="in", ways=("in", "off")),
    )

    def prepare(self, connection: Connection) -> None:
        """Nothing has to be made there."""

    def choices(self, connection: Connection) -> Mapping[str, tuple[Choice, ...]]:
        """The stages of the pipelines."""
        said = ask(connection, "GET", "/opportunities/pipelines/")
        found = {
            str(stage["code"]): str(stage.get("label") or stage["code"])
            for pipeline in said.get("pipelines", said.get("results", ()))
            for stage in pipeline.get("stages", ())
        }
        return {"status": tuple(Choice(value=code, label=label) for code, label in found.items())}

    def find(self, connection: Connection, number: str) -> tuple[Person, ...]:
        """By its own check for duplicates; who only nearly matches is left out."""
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
        said = ask(connection, "POST", "/contacts/duplicates/", body={"phone": number})
        hits = [each for each in said.get("duplicates", ()) if e164(str(each.get("phone", "")), region) == number]
        if len(hits) < 2:
            return tuple(Person(id=str(each["id"]), numbers=(number,), name=str(each["name"])) for each in hits)
        people = [self._person(connection, str(each["id"]), number) for each in hits]
        return tuple(sorted(people, key=lambda each: (each.created_at or datetime.max.replace(tzinfo=UTC), each.id)))

    def create(self, connection: Connection, card: PersonCard) -> str:
        """Make the contact; both names must be there, so a number stands in for the one that is not known."""
        first, last = _names(card.fields.get(NAME, ""))
        written = {name: value for name, value in card.fields.items() if name != NAME and value}
        names = {"first_name": first, "last_name": last or card.number}
        body: dict[str, Any] = {"phone": card.number, **written, **names, **_NOBODY}
        return str(ask(connection, "POST", "/contacts/", body=body)["id"])

    def update(self, connection: Connection, id: str, card: PersonCard) -> None:
        """Write these fields."""
        written: dict[str, str] = {name: value for name, value in card.fields.items() if name != NAME}
        if NAME in card.fields:
            first, last = _names(card.fields[NAME])
            written |= {"first_name": first, "last_name": last or card.number}
        if written:
            ask(connection, "PATCH", f"/contacts/{id}/", body=written)

    def write_lead(self, connection: Connection, card: LeadCard, id: str = "", *, unsure: bool = False) -> str:
        """Make the deal, or write its fields; a second one of the same name is refused there, and found."""
        if id:
            if card.fields:
                ask(connection, "PATCH", f"/opportunities/{id}/", body=dict(card.fields))
            return id
        body = {"name": f"{card.title[:200]} [{card.key}]", "contacts": [card.person], **card.fields, **_NOBODY}
        if unsure and (made := self._deal(connection, card.key)):
            return made
        try:
            return str(ask(connection, "POST", "/opportunities/", body=body)["id"])
        except Conflict as problem:
            made = self._deal(connection, card.key) if problem.code == "exists" else ""
            if not made:
                raise
            return made

    def append(self, connection: Connection, activity: Activity, *, unsure: bool = False) -> str:
        """Log a call or a text as an interaction, a note as a comment."""
        if activity.kind == "note":
            return self._note(connection, activity, unsure=unsure)
        kind = "sms" if activity.kind == "text" else "call"
        if unsure and (standing := self._logged(connection, activity, kind)):
            return standing
        body: dict[str, Any] = {
            "kind": kind,
            "direction": "inbound" if activity.inbound else "outbound",
            "occurred_at": _iso(activity.at),
            "subject": activity.title[:200],
            "body": activity.body[:10_000],
            "contact": activity.person,
        }
        if kind == "call":
            body |= {"outcome": _OUTCOMES.get(activity.outcome, ""), "duration_seconds": activity.seconds or 0}
        return str(ask(connection, "POST", "/interactions/", body=body)["id"])

    def write_todo(self, connection: Connection, card: TodoCard, id: str = "", *, unsure: bool = False) -> str:
        """Not: it does not say under which id it made a task."""
        del connection, card, id, unsure
        raise Refused(f"{BOTTLE} is not given tasks.", code="todo")

    def write_appointment(
        self, connection: Connection, card: AppointmentCard, id: str = "", *, unsure: bool = False
    ) -> str:
        """Not: it has no appointments."""
        del connection, card, id, unsure
        raise Refused(f"{BOTTLE} has no appointments.", code="appointment")

    def look(self, connection: Connection, record: Record, ids: Sequence[str]) -> tuple[Stands, ...]:
        """One by one; those that are gone are left out."""
        found = []
        for id in ids:
            try:
                found.append(self._stands(connection, record, id))
            except Conflict:
                continue
        return tuple(found)

    def changes(self, connection: Connection, cursor: str, begin: datetime) -> Changes:
        """It does not say what changed."""
        del connection, begin
        return Changes(changed=(), cursor=cursor)

    def sales(self, connection: Connection, cursor: str, begin: datetime) -> Sales:
        """Every deal that is won, compared with those known: the cursor is each known one's amount by its id."""
        known = _known(cursor)
        won = {str(each["id"]): each for each in self._won(connection) if _closed_on(each) >= begin.date().isoformat()}
        sold = tuple(_sale(each) for id, each in won.items() if known.get(id) != str(each.get("amount")))
        return Sales(
            sold=tuple(sale for sale in sold if sale.cents > 0),
            undone=tuple(id for id in known if id not in won),
            cursor=json.dumps({id: str(each.get("amount")) for id, each in won.items()}),
        )

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Look at the pipelines and at one contact."""
        try:
            ask(connection, "GET", "/opportunities/pipelines/")
            ask(connection, "GET", "/contacts/", query={"limit": "1"})
        except PortError as problem:
            fix = "Enter a current token." if isinstance(problem, SignInNeeded) else "Look at the address, then test."
            return (Finding(name="sign-in", ok=False, says=problem.detail, fix=fix),)
        return (Finding(name="sign-in", ok=True, says=f"{BOTTLE} answers, and shows contacts and deals."),)

    def _person(self, connection: Connection, id: str, number: str) -> Person:
        said = ask(connection, "GET", f"/contacts/{id}/").get("contact_obj", {})
        made = said.get("created_at")
        return Person(id=id, numbers=(number,), name=_full_name(said), created_at=_moment(made) if made else None)

    def _stands(self, connection: Connection, record: Record, id: str) -> Stands:
        if record == "person":
            said = ask(connection, "GET", f"/contacts/{id}/").get("contact_obj", {})
            read = {name: str(said.get(name) or "") for name in ("email", "phone", "first_name", "last_name")}
            return Stands(record=record, id=id, fields=read | {NAME: _full_name(said)})
        said = ask(connection, "GET", f"/opportunities/{id}/").get("opportunity_obj", {})
        read = {name: str(said.get(name) or "") for name in ("name", "stage", "amount", "description", "closed_on")}
        return Stands(record=record, id=id, fields=read)

    def _deal(self, connection: Connection, key: str) -> str:
        """The deal whose name ends with this key, empty where there is none."""
        for each in ask(connection, "GET", "/opportunities/", query={"search": f"[{key}]"}).get("opportunities", ()):
            if str(each.get("name", "")).endswith(f"[{key}]"):
                return str(each["id"])
        return ""

    def _logged(self, connection: Connection, activity: Activity, kind: str) -> str:
        query = {"contact": activity.person, "limit": "200"}
        for each in ask(connection, "GET", "/interactions/", query=query).get("interactions", ()):
            same = each.get("kind") == kind and each.get("body") == activity.body[:10_000]
            if same and _moment(each["occurred_at"]) == activity.at:
                return str(each["id"])
        return ""

    def _note(self, connection: Connection, activity: Activity, *, unsure: bool) -> str:
        words = f"{activity.title}\n{activity.body}".strip()
        at = f"/contacts/{activity.person}/"
        said = ask(connection, "GET", at) if unsure else {}
        if not any(each.get("comment") == words for each in said.get("comments", ())):
            said = ask(connection, "POST", at, body={"comment": words})
        return next((str(each["id"]) for each in said.get("comments", ()) if each.get("comment") == words), "")

    def _won(self, connection: Connection) -> Iterator[Mapping[str, Any]]:
        offset = 0
        while True:
            query = {"stage": "CLOSED_WON", "limit": str(PAGE), "offset": str(offset)}
            page = list(ask(connection, "GET", "/opportunities/", query=query).get("opportunities", ()))
            yield from (each for each in page if each.get("stage") == "CLOSED_WON")
            offset += len(page)
            if len(page) < PAGE:
                return


def _names(name: str) -> tuple[str, str]:
    first, _, last = name.strip().partition(" ")
    return first or "Caller", last.strip()


def _full_name(said: Mapping[str, Any]) -> str:
    return f"{said.get('first_name') or ''} {said.get('last_name') or ''}".strip()


def _sale(said: Mapping[str, Any]) -> Sale:
    return Sale(
        id=str(said["id"]),
        people=tuple(str(each["id"]) for each in said.get("contacts") or ()),
        cents=round(float(said.get("amount") or 0) * 100),
        currency=str(said.get("currency") or ""),
        sold_at=datetime.fromisoformat(f"{_closed_on(said)}T12:00:00+00:00"),
        title=str(said.get("name") or ""),
        lead=str(said["id"]) if "[answerback-lead-" in str(said.get("name")) else "",
    )


def _closed_on(said: Mapping[str, Any]) -> str:
    return str(said.get("closed_on") or str(said.get("updated_at") or said.get("created_at") or "1970-01-01"))[:10]


def _known(cursor: str) -> dict[str, str]:
    try:
        kept = json.loads(cursor) if cursor else {}
    except ValueError:
        return {}
    return {str(id): str(amount) for id, amount in kept.items()} if isinstance(kept, dict) else {}


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()
