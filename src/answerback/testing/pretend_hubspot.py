"""A pretend HubSpot: it keeps what is written, refuses what the real one would, and has its traps.

The traps: a search sees a record only after `catch_up` (the real index lags by ten to sixty seconds), numbers are
searched by their national digits, a unique field refuses a second record, contacts are unique by e-mail, batches
answer 207 and leave out what is gone, merged records answer under their old id, a burst of requests is a 429 with its
policy. Requests are held to HubSpot's public guides (`pretend_hubspot_rules`); its specification files are not used.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import unquote

from answerback.testing import pretend_hubspot_rules as rules
from answerback.testing.pretend_api import PretendApi, as_json, body_of
from answerback.testing.pretend_http import Ask, Reply
from answerback.testing.pretend_hubspot_rules import Kept, Known
from answerback.workflow import clock

VERSION = "2026-03"
_BODY_KEYS = {
    "search": {"filterGroups", "properties", "sorts", "limit", "after"},
    "create": {"properties", "associations"},
    "update": {"properties"},
    "read": {"properties", "propertiesWithHistory", "inputs", "idProperty"},
}


@dataclass(kw_only=True)
class PretendHubSpot(PretendApi):
    """One account. `records` is what is there, `seen_by_search` what the search index has got so far."""

    records: dict[str, Kept] = field(default_factory=dict)
    fields: dict[str, dict[str, Known]] = field(default_factory=rules.standard)
    groups: set[tuple[str, str]] = field(default_factory=set)
    seen_by_search: dict[str, dict[str, str]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Every request that was refused, with the reason: tests look that there is none they do not expect."""
    burst: int = 0
    """How many more requests are answered before HubSpot asks for patience; 0 is no limit."""
    missing_scope: str = ""
    _ids: Any = field(default_factory=lambda: count(101))
    _ticks: Any = field(default_factory=count)

    def settings(self, **more: str) -> dict[str, str]:
        """Settings of a connection with a private app's token."""
        self.access.add("pat-na1-pretend")
        return {"token": "pat-na1-pretend", "pipeline": "default", "api_base": self.url, **more}

    # What the account's owner does, in HubSpot's own pages.

    def keep(self, kind: str, *, belongs_to: str = "", **properties: str) -> str:
        """Make a record by hand; the search knows it already."""
        kept = self._new(kind, properties)
        if belongs_to:
            self._tie(kept, self.records[belongs_to])
        self.catch_up()
        return kept.id

    def edit(self, id: str, **properties: str) -> None:
        """Change a record by hand."""
        self._write(self.records[id], properties)
        self.catch_up()

    def drop(self, id: str) -> None:
        """Delete a record by hand."""
        self.records[id].archived = True
        self.catch_up()

    def merge(self, id: str, into: str) -> None:
        """Merge one contact into another by hand; the first one's id leads to the second from then on."""
        gone, stays = self.records[id], self.records[into]
        gone.archived = True
        self.merged[id] = into
        for other in self.records.values():
            if (gone.kind, id) in other.belongs:
                self._tie(other, stays)
        known = [each for each in stays.properties.get("hs_merged_object_ids", "").split(";") if each]
        self._write(stays, {"hs_merged_object_ids": ";".join([*known, id])})
        self.catch_up()

    def catch_up(self) -> None:
        """The search index has got everything by now."""
        self.seen_by_search = {id: dict(kept.properties) for id, kept in self.records.items() if not kept.archived}

    def of(self, kind: str) -> list[Kept]:
        """Every record of a kind that is there."""
        return [kept for kept in self.records.values() if kept.kind == kind and not kept.archived]

    def timeline(self, id: str, kind: str) -> list[Kept]:
        """What stands on a contact's timeline, in the order it happened."""
        found = [kept for kept in self.of(kind) if ("contacts", id) in kept.belongs]
        return sorted(found, key=lambda kept: (kept.properties["hs_timestamp"], int(kept.id)))

    # What its API answers.

    def respond(self, ask: Ask) -> Reply:
        """One request of somebody whose token is good."""
        if self.burst:
            self.burst -= 1
            if self.burst == 0:
                self.burst = 1  # until a test says otherwise
                return self.failed(429)
        if self.missing_scope:
            context = {"requiredGranularScopes": [self.missing_scope]}
            return _error(403, "MISSING_SCOPES", "One or more scopes are missing.", [{"context": context}])
        if ask.method in {"POST", "PATCH"} and ask.headers.get(b"content-type") != b"application/json":
            return self._no(ask, 415, "UNSUPPORTED_MEDIA_TYPE", "A body must be JSON.")
        match [unquote(part) for part in ask.path.strip("/").split("/")]:
            case ["crm", "objects", version, kind, *rest] if version == VERSION and kind in rules.KINDS:
                return self._objects(ask, kind, rest)
            case ["crm", "properties", version, kind, *rest] if version == VERSION and kind in rules.KINDS:
                return self._properties(ask, kind, rest)
            case ["crm", "pipelines", version, "deals", "default"] if version == VERSION and ask.method == "GET":
                stages = [{"id": id, "label": id, "displayOrder": n} for n, id in enumerate(rules.STAGES)]
                return as_json(200, {"id": "default", "label": "Sales", "stages": stages})
            case ["account-info", version, "details"] if version == VERSION and ask.method == "GET":
                return as_json(200, {"portalId": 4711, "accountType": "STANDARD", "companyCurrency": "USD"})
        return self._no(ask, 404, "OBJECT_NOT_FOUND", "There is nothing at this address.")

    def failed(self, status: int) -> Reply:
        """A failure in HubSpot's form."""
        if status == 429:
            body = {"status": "error", "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING"}
            return as_json(429, body | {"message": "You have reached your ten_secondly_rolling limit."})
        return _error(status, "INTERNAL_ERROR", "Something went wrong.")

    def unknown_token(self) -> Reply:
        """The answer to a token that is none."""
        return _error(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.")

    def _objects(self, ask: Ask, kind: str, rest: list[str]) -> Reply:
        body = body_of(ask)
        match [ask.method, *rest]:
            case ["POST"]:
                return self._keys(ask, body, "create") or self._create(ask, kind, body)
            case ["POST", "search"]:
                return self._keys(ask, body, "search", every=True) or self._search(ask, kind, body)
            case ["POST", "batch", "read"]:
                return self._keys(ask, body, "read") or self._batch(kind, body)
            case ["GET", id]:
                kept = self._found(kind, id, ask.query.get("idProperty", ""))
                return (
                    self._read(kept, ask) if kept else self._no(ask, 404, "OBJECT_NOT_FOUND", "Not there.", quiet=True)
                )
            case ["PATCH", id]:
                kept = self._found(kind, id)
                if kept is None:
                    return self._no(ask, 404, "OBJECT_NOT_FOUND", "Not there.", quiet=True)
                return self._keys(ask, body, "update") or self._update(ask, kept, body)
        return self._no(ask, 405, "METHOD_NOT_ALLOWED", "This cannot be done here.")

    def _properties(self, ask: Ask, kind: str, rest: list[str]) -> Reply:
        body = body_of(ask)
        match [ask.method, *rest]:
            case ["GET", name] if name in self.fields[kind]:
                options = [{"value": value, "label": value} for value in self.fields[kind][name].options]
                return as_json(200, {"name": name, "options": options})
            case ["POST", "groups"]:
                there = (kind, str(body.get("name"))) in self.groups
                self.groups.add((kind, str(body.get("name"))))
                return (
                    _error(409, "OBJECT_ALREADY_EXISTS", "A group of this name exists.")
                    if there
                    else as_json(201, body)
                )
            case ["POST"]:
                return self._new_field(ask, kind, body)
        return self._no(ask, 404, "OBJECT_NOT_FOUND", "No such field.")

    def _new_field(self, ask: Ask, kind: str, body: Mapping[str, Any]) -> Reply:
        if lacking := {"name", "label", "type", "fieldType", "groupName"} - body.keys():
            return self._no(ask, 400, "VALIDATION_ERROR", f"Missing: {sorted(lacking)}")
        if body["name"] in self.fields[kind]:
            return _error(409, "OBJECT_ALREADY_EXISTS", "A field of this name exists.")
        if (kind, body["groupName"]) not in self.groups:
            return self._no(ask, 400, "VALIDATION_ERROR", "There is no such group.")
        options = tuple(str(each["value"]) for each in body.get("options", ()))
        unique = bool(body.get("hasUniqueValue"))
        self.fields[kind][str(body["name"])] = Known(type=str(body["type"]), options=options, unique=unique)
        return as_json(201, dict(body))

    def _create(self, ask: Ask, kind: str, body: Mapping[str, Any]) -> Reply:
        written = body.get("properties")
        if not isinstance(written, dict) or not isinstance(body.get("associations", []), list):
            return self._no(ask, 400, "VALIDATION_ERROR", "Properties and associations are needed.")
        lacking = [name for name in rules.NEEDED.get(kind, ()) if not written.get(name)]
        if kind == "contacts" and not any(written.get(name) for name in ("email", "firstname", "lastname")):
            lacking = ["email, firstname or lastname"]
        if lacking:
            return self._no(ask, 400, "VALIDATION_ERROR", f"Missing: {lacking}")
        if problem := self._refusal(ask, kind, written):
            return problem
        others = []
        for link in body.get("associations", []):
            other = self.records.get(str(link.get("to", {}).get("id")))
            numbers = [each.get("associationTypeId") for each in link.get("types", ())]
            if other is None or other.archived:
                return self._no(ask, 400, "VALIDATION_ERROR", "An associated record is not there.")
            if numbers != [rules.BELONGS.get((kind, other.kind))]:
                return self._no(ask, 400, "VALIDATION_ERROR", f"{numbers} does not join {kind} to {other.kind}")
            others.append(other)
        kept = self._new(kind, written)
        for other in others:
            self._tie(kept, other)
        return as_json(201, self._shown(kept, list(kept.properties)))

    def _update(self, ask: Ask, kept: Kept, body: Mapping[str, Any]) -> Reply:
        written = body.get("properties") or {}
        if problem := self._refusal(ask, kept.kind, written, kept.id):
            return problem
        self._write(kept, written)
        return as_json(200, self._shown(kept, list(kept.properties)))

    def _refusal(self, ask: Ask, kind: str, written: Mapping[str, Any], id: str = "") -> Reply | None:
        """Why these values are not taken, None where they are."""
        known = self.fields[kind]
        wrong = list(rules.wrong_values(known, written))
        if wrong:
            told = [{"isValid": False, "message": "no", "error": word, "name": name} for name, word in wrong]
            said = f"Property values were not valid: {json.dumps(told, separators=(',', ':'))}"
            return self._no(ask, 400, "VALIDATION_ERROR", said)
        for name, value in written.items():
            clash = [k for k in self.of(kind) if value and k.id != id and k.properties.get(name) == value]
            if known[name].unique and clash:
                if name == "email":
                    return _error(409, "CONFLICT", f"Contact already exists. Existing ID: {clash[0].id}")
                told = [{"isValid": False, "message": "taken", "error": "CONFLICTING_UNIQUE_VALUE", "name": name}]
                return _error(400, "VALIDATION_ERROR", f"Property values were not valid: {json.dumps(told)}")
        return None

    def _search(self, ask: Ask, kind: str, body: Mapping[str, Any]) -> Reply:
        groups = body["filterGroups"]
        every = [each for group in groups for each in group.get("filters", ())]
        if len(groups) > 5 or len(every) > 18 or any(len(group.get("filters", ())) > 6 for group in groups):
            return self._no(ask, 400, "VALIDATION_ERROR", "Too many filters.")
        if any(each.get("operator") not in rules.OPERATORS for each in every):
            return self._no(ask, 400, "VALIDATION_ERROR", "No such operator.")
        if any(each.get("propertyName") not in self.fields[kind] for each in every):
            return self._no(ask, 400, "VALIDATION_ERROR", "There was a problem with the request.")
        after, limit = int(body["after"]), int(body["limit"])
        if limit > 200 or after + limit > 10_000:
            return self._no(ask, 400, "VALIDATION_ERROR", "Too deep, or too much at once.")
        seen = {id: fields for id, fields in self.seen_by_search.items() if self.records[id].kind == kind}
        found = [id for id, fields in seen.items() if any(rules.fits(group["filters"], fields) for group in groups)]
        order = str(body["sorts"][0]["propertyName"])
        found.sort(key=lambda id: (seen[id].get(order, ""), int(id)))
        page = found[after : after + limit]
        said: dict[str, Any] = {"total": len(found)}
        said["results"] = [self._shown(self.records[id], body["properties"], seen[id]) for id in page]
        if after + limit < len(found):
            said["paging"] = {"next": {"after": str(after + limit)}}
        return as_json(200, said)

    def _batch(self, kind: str, body: Mapping[str, Any]) -> Reply:
        asked = [str(each["id"]) for each in body.get("inputs", ())]
        found = [kept for id in asked if (kept := self.records.get(id)) and kept.kind == kind and not kept.archived]
        said = {"status": "COMPLETE", "results": [self._shown(kept, body["properties"]) for kept in found]}
        return as_json(200 if len(found) == len(asked) else 207, said)

    def _read(self, kept: Kept, ask: Ask) -> Reply:
        wanted = [name for name in ask.query.get("properties", "").split(",") if name]
        said = self._shown(kept, wanted)
        for other_kind in filter(None, ask.query.get("associations", "").split(",")):
            tied = [other.id for other in self.of(other_kind) if (kept.kind, kept.id) in other.belongs] or [
                id for kind, id in kept.belongs if kind == other_kind
            ]
            if tied:
                said.setdefault("associations", {})[other_kind] = {"results": [{"id": id} for id in tied]}
        return as_json(200, said)

    def _found(self, kind: str, id: str, by: str = "") -> Kept | None:
        if by:
            unique = by in self.fields[kind] and self.fields[kind][by].unique
            same = [kept for kept in self.of(kind) if unique and kept.properties.get(by) == id]
            return same[0] if same else None
        kept = self.records.get(self.merged.get(id, id))
        return kept if kept and kept.kind == kind and not kept.archived else None

    def _new(self, kind: str, properties: Mapping[str, str]) -> Kept:
        now = clock.now()
        kept = Kept(id=str(next(self._ids)), kind=kind, created=now, changed=now)
        kept.properties = {"hs_object_id": kept.id, "createdate": self._tick()}
        self.records[kept.id] = kept
        self._write(kept, properties)
        return kept

    def _write(self, kept: Kept, properties: Mapping[str, str]) -> None:
        kept.properties |= properties
        at = self._tick()
        if kept.kind == "contacts":
            kept.properties["lastmodifieddate"] = at
            for name, of in (("phone_number", "phone"), ("mobile_number", "mobilephone")):
                kept.properties[f"hs_searchable_calculated_{name}"] = rules.national(kept.properties.get(of, ""))
        if kept.kind == "deals":
            kept.properties["hs_lastmodifieddate"] = at
            kept.properties["hs_is_closed_won"] = str(kept.properties.get("dealstage") == "closedwon").lower()

    def _tie(self, kept: Kept, other: Kept) -> None:
        kept.belongs.add((other.kind, other.id))

    def _tick(self) -> str:
        """A moment, a millisecond later than the last one, as HubSpot writes it."""
        at = clock.now() + timedelta(milliseconds=next(self._ticks))
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _shown(self, kept: Kept, wanted: list[str], seen: Mapping[str, str] | None = None) -> dict[str, Any]:
        values = kept.properties if seen is None else seen
        shown = {name: values.get(name) or None for name in dict.fromkeys(["hs_object_id", *wanted])}
        at = {"createdAt": kept.created.isoformat(), "updatedAt": kept.changed.isoformat()}
        url = f"https://app.hubspot.com/contacts/4711/record/{kept.id}"
        return {"id": kept.id, "properties": shown, "archived": kept.archived, "url": url} | at

    def _keys(self, ask: Ask, body: Mapping[str, Any], what: str, *, every: bool = False) -> Reply | None:
        allowed = _BODY_KEYS[what]
        if body.keys() - allowed or (every and allowed - body.keys()):
            return self._no(ask, 400, "VALIDATION_ERROR", f"The body of {what} has {sorted(allowed)}.")
        return None

    def _no(self, ask: Ask, status: int, word: str, says: str, *, quiet: bool = False) -> Reply:
        if not quiet:
            self.refused.append(f"{ask.method} {ask.path}: {says}")
        return _error(status, word, says)


def _error(status: int, word: str, says: str, errors: list[dict[str, Any]] | None = None) -> Reply:
    body = {"status": "error", "message": says, "correlationId": "00000000-0000-0000-0000-000000000000"}
    return as_json(status, body | {"category": word} | ({"errors": errors} if errors else {}))
