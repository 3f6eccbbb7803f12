"""Reads HubSpot: by our key, by searches that lag, from a person's own list, and what changed since a cursor.

A cursor is `{"contacts": [since, after], "deals": [since, after]}`: `since` is a moment, `after` the next page below
it. A search shows a change up to a minute late, so each reading begins a little before the last one's end.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import phonenumbers

from answerback.adapters.hubspot.api import VERSION, ask, objects
from answerback.adapters.hubspot.fields import FIELDS, KEYS, NAME, joined, names
from answerback.adapters.numbers import e164
from answerback.ports.connection import Connection
from answerback.ports.crm import Changes, Person, Record, Sale, Sales, Stands
from answerback.ports.errors import Refused

PAGE = 100
DEEPEST = 9_900
"""HubSpot's searches end at ten thousand results: from here on a later moment is searched from."""

OVERLAP = timedelta(seconds=90)

_CHANGED = {"contacts": "lastmodifieddate", "deals": "hs_lastmodifieddate"}
_KINDS: Mapping[Record, str] = {"person": "contacts", "lead": "deals"}
_PHONES = ("phone", "mobilephone", "hs_whatsapp_phone_number")
_PERSON = ("firstname", "lastname", "createdate", *_PHONES, KEYS["contacts"])
_SALE = ("dealname", "amount", "deal_currency_code", "closedate", "hs_is_closed_won", KEYS["deals"])
_TELLING = (
    "hs_timestamp",
    "hs_communication_body",
    "hs_note_body",
    "hs_call_direction",
    "hs_task_subject",
    "hs_meeting_title",
)
"""By which two things on a timeline are told apart: when it was, and its words."""

_NOT_THERE = frozenset({404})


def find(connection: Connection, number: str) -> tuple[Person, ...]:
    """Everybody with this number, oldest first."""
    ours = by_key(connection, "contacts", number, _PERSON)
    parsed = phonenumbers.parse(number)
    national = phonenumbers.national_significant_number(parsed)
    region = phonenumbers.region_code_for_number(parsed)
    groups = [
        _only(("hs_searchable_calculated_phone_number", "EQ", national)),
        _only(("hs_searchable_calculated_mobile_number", "EQ", national)),
        _only(("phone", "EQ", number)),
        _only(("mobilephone", "EQ", number)),
    ]
    found = _search(connection, "contacts", groups, _PERSON, "createdate").get("results", ())
    every = (*found, *([ours] if ours else []))
    people = {person.id: person for person in (_person(each, region, number) for each in every)}
    same = [each for each in people.values() if number in each.numbers]
    return tuple(sorted(same, key=lambda each: (each.created_at or datetime.max.replace(tzinfo=UTC), each.id)))


def by_key(connection: Connection, kind: str, key: str, fields: Sequence[str] = ()) -> Mapping[str, Any] | None:
    """The record that carries this key of ours; read, not searched for, so it does not lag."""
    query = {"idProperty": KEYS[kind], "properties": ",".join([*fields, KEYS[kind]])}
    reply = ask(connection, "GET", objects(kind, _quoted(key)), query=query, expected=_NOT_THERE)
    return None if reply.status == 404 else reply.said


def on_timeline(connection: Connection, kind: str, person: str, written: Mapping[str, str]) -> str:
    """The id of what stands on this person's timeline with the same moment and words, empty where nothing does."""
    told = ask(connection, "GET", objects("contacts", person), query={"associations": kind}, expected=_NOT_THERE).said
    linked = told.get("associations", {}).get(kind, {}).get("results", ())
    ids = list(dict.fromkeys(str(each["id"]) for each in linked))
    for start in range(0, len(ids), PAGE):
        for each in _batch(connection, kind, ids[start : start + PAGE], ["hs_timestamp", *written]):
            if all(_same(name, each["properties"].get(name), written[name]) for name in _TELLING if name in written):
                return str(each["id"])
    return ""


def stages(connection: Connection) -> list[Mapping[str, Any]]:
    """The stages of the pipeline that leads go into, in order; raises `Refused` where there is none."""
    wanted = connection.settings.get("pipeline") or "default"
    reply = ask(connection, "GET", f"/crm/pipelines/{VERSION}/deals/{_quoted(wanted)}", expected=_NOT_THERE)
    found = sorted(reply.said.get("stages", ()), key=lambda each: each.get("displayOrder", 0))
    if reply.status == 404 or not found:
        raise Refused("HubSpot knows no such deal pipeline. Look at its ID in the settings.", code="pipeline")
    return [each for each in found if not each.get("archived")]


def look(connection: Connection, record: Record, ids: Sequence[str]) -> tuple[Stands, ...]:
    """These records as they stand."""
    wanted = _read_fields(record)
    return tuple(
        _stands(each, record)
        for start in range(0, len(ids), PAGE)
        for each in _batch(connection, _KINDS[record], ids[start : start + PAGE], wanted)
    )


def changes(connection: Connection, cursor: str, begin: datetime) -> Changes:
    """One page of each kind."""
    at = _cursor(cursor, ("contacts", "deals"), begin)
    changed: list[Stands] = []
    more = False
    for record, kind in _KINDS.items():
        ours = (KEYS[kind], "HAS_PROPERTY", "")
        page, at[kind], further = _page(connection, kind, at[kind], [ours], _read_fields(record))
        changed += [_stands(each, record) for each in page]
        more |= further
    changed.sort(key=lambda each: each.at or begin)
    return Changes(changed=tuple(changed), cursor=json.dumps(at), more=more)


def sales(connection: Connection, cursor: str, begin: datetime) -> Sales:
    """One page of deals that changed: won ones, and those that are not."""
    at = _cursor(cursor, ("deals",), begin)
    page, at["deals"], more = _page(connection, "deals", at["deals"], [], _SALE)
    won = [each for each in page if each["properties"].get("hs_is_closed_won") == "true"]
    return Sales(
        sold=tuple(sale for each in won if (sale := _sale(connection, each)) is not None),
        undone=tuple(str(each["id"]) for each in page if each not in won),
        cursor=json.dumps(at),
        more=more,
    )


def _page(
    connection: Connection,
    kind: str,
    at: list[str],
    filters: list[tuple[str, str, str]],
    fields: Sequence[str],
) -> tuple[list[Mapping[str, Any]], list[str], bool]:
    """The next page of what changed, where to go on, and whether there is more by now."""
    since, after = at
    group = _only((_CHANGED[kind], "GTE", since), *filters)
    said = _search(connection, kind, [group], [*fields, _CHANGED[kind]], _CHANGED[kind], after=after)
    page = list(said.get("results", ()))
    following = str(said.get("paging", {}).get("next", {}).get("after", ""))
    newest = str(page[-1]["properties"].get(_CHANGED[kind]) or since) if page else since
    if following and int(following) < DEEPEST:
        return page, [since, following], True
    if following:
        return page, [newest, ""], True
    reached = max(_moment(newest) - OVERLAP, _moment(since)) if page else _moment(since)
    return page, [_iso(reached), ""], False


def _search(
    connection: Connection,
    kind: str,
    groups: list[dict[str, Any]],
    fields: Sequence[str],
    order: str,
    *,
    after: str = "",
) -> Mapping[str, Any]:
    body = {
        "filterGroups": groups,
        "properties": list(dict.fromkeys(fields)),
        "sorts": [{"propertyName": order, "direction": "ASCENDING"}],
        "limit": PAGE,
        "after": after or "0",
    }
    return ask(connection, "POST", objects(kind, "search"), body=body).said


def _batch(connection: Connection, kind: str, ids: Sequence[str], fields: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Records by their ids; HubSpot answers 207 where some are gone, and leaves them out."""
    if not ids:
        return
    body = {
        "properties": list(dict.fromkeys(fields)),
        "propertiesWithHistory": [],
        "inputs": [{"id": id} for id in ids],
    }
    yield from ask(connection, "POST", objects(kind, "batch", "read"), body=body).said.get("results", ())


def _only(*filters: tuple[str, str, str]) -> dict[str, Any]:
    return {
        "filters": [
            {"propertyName": name, "operator": operator} | ({"value": value} if value else {})
            for name, operator, value in filters
        ]
    }


def _person(said: Mapping[str, Any], region: str | None, asked: str) -> Person:
    """A contact found by this number. Some accounts show numbers as `+1******0142`: what HubSpot matched is it then."""
    fields = said["properties"]
    written = [str(fields[name]) for name in (KEYS["contacts"], *_PHONES) if fields.get(name)]
    numbers = [asked if "*" in each else e164(each, region) for each in written]
    created = fields.get("createdate") or said.get("createdAt")
    return Person(
        id=str(said["id"]),
        numbers=tuple(dict.fromkeys(number for number in numbers if number)),
        name=joined(fields)[NAME],
        created_at=_moment(str(created)) if created else None,
        url=str(said.get("url", "")),
    )


def _stands(said: Mapping[str, Any], record: Record) -> Stands:
    fields = joined(said["properties"])
    at = fields.get(_CHANGED[_KINDS[record]]) or str(said.get("updatedAt") or "")
    merged = [id for id in fields.get("hs_merged_object_ids", "").split(";") if id]
    return Stands(
        record=record,
        id=str(said["id"]),
        fields=fields,
        at=_moment(at) if at else None,
        was=tuple(merged),
        url=str(said.get("url", "")),
    )


def _sale(connection: Connection, said: Mapping[str, Any]) -> Sale | None:
    """A deal that was won; one without money in it is none."""
    fields = said["properties"]
    cents = round(float(fields.get("amount") or 0) * 100)
    if cents <= 0:
        return None
    told = ask(connection, "GET", objects("deals", str(said["id"])), query={"associations": "contacts"}).said
    linked = told.get("associations", {}).get("contacts", {}).get("results", ())
    return Sale(
        id=str(said["id"]),
        people=tuple(dict.fromkeys(str(each["id"]) for each in linked)),
        cents=cents,
        currency=str(fields.get("deal_currency_code") or ""),
        sold_at=_moment(str(fields.get("closedate") or said.get("updatedAt"))),
        title=str(fields.get("dealname") or ""),
        lead=str(said["id"]) if fields.get(KEYS["deals"]) else "",
        url=str(said.get("url", "")),
    )


def _read_fields(record: Record) -> list[str]:
    kind = _KINDS[record]
    ours = tuple(each.remote for each in FIELDS if each.record == record)
    return [*names(ours), _CHANGED[kind], KEYS[kind], "hs_merged_object_ids", *(_PHONES if record == "person" else ())]


def _cursor(cursor: str, kinds: Sequence[str], begin: datetime) -> dict[str, list[str]]:
    """Where each kind goes on; what cannot be read begins anew."""
    try:
        kept = json.loads(cursor) if cursor else {}
        return {kind: [_iso(_moment(kept[kind][0])), str(kept[kind][1])] for kind in kinds}
    except (ValueError, KeyError, TypeError, IndexError):
        return {kind: [_iso(begin), ""] for kind in kinds}


def _same(name: str, theirs: Any, ours: str) -> bool:
    if name.endswith(("timestamp", "_time")):
        return bool(theirs) and _moment(str(theirs)) == _moment(ours)
    return str(theirs or "") == ours


def _moment(written: str) -> datetime:
    """A moment as HubSpot writes it: ISO 8601, or milliseconds since 1970."""
    if written.isdecimal():
        return datetime.fromtimestamp(int(written) / 1000, UTC)
    return datetime.fromisoformat(written).astimezone(UTC)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _quoted(part: str) -> str:
    return quote(part, safe="")
