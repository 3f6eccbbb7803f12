"""A pretend Microsoft Graph calendar (v1.0) over real HTTP on loopback, after its published description.

It gives ids of its own, answers a second create with the same `transactionId` with 409, shows occurrences of a series
without what stands with their master, whole days as midnight UTC, and forgets delta links when told to.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from answerback.ports.calendar import Span
from answerback.testing.pretend_api import PretendApi, as_json, body_of
from answerback.testing.pretend_http import Ask, Reply

ZONE = "America/Chicago"
PAGE = 2

_PLAIN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?", re.ASCII)
_FILTER = re.compile(
    r"singleValueExtendedProperties/Any\(ep: ep/id eq '(String \{[0-9a-f-]{36}\} Name \w+)' and ep/value eq '(\w+)'\)"
)
_EVENTS = "/v1.0/me/calendar/events"
_LONGEST = timedelta(minutes=4230)


@dataclass(kw_only=True)
class PretendMicrosoft(PretendApi):
    """The server and everything it remembers."""

    rotates: bool = True
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    subscriptions: dict[str, dict[str, Any]] = field(default_factory=dict)
    oldest_link: int = 0
    _revision: int = 0

    def respond(self, ask: Ask) -> Reply:
        """Events, the calendar view with its delta, and subscriptions."""
        prefer = ask.headers.get(b"prefer", b"").decode()
        if 'outlook.timezone="UTC"' not in prefer or 'IdType="ImmutableId"' not in prefer:
            return _error(400, "TestPreferMissing")
        if ask.path == _EVENTS:
            return self._create(body_of(ask)) if ask.method == "POST" else self._filtered(ask.query)
        if ask.path.startswith("/v1.0/me/events/"):
            return self._one(ask, ask.path.removeprefix("/v1.0/me/events/"))
        if ask.path == "/v1.0/me/calendarView":
            return self._view(ask.query)
        if ask.path == "/v1.0/me/calendarView/delta":
            return self._delta(ask.query)
        if ask.path == "/v1.0/me/calendar":
            return as_json(200, {"id": "main", "name": "Calendar", "canEdit": True})
        if ask.path.startswith("/v1.0/subscriptions"):
            return self._subscriptions(ask)
        return _error(404, "ErrorItemNotFound")

    def failed(self, status: int) -> Reply:
        """Graph's own form, with the header that says how long to wait."""
        reply = _error(status, "TooManyRequests" if status == 429 else "ServiceNotAvailable")
        reply.headers = b"Retry-After: %s\r\n" % self.retry_after.encode() if status in {429, 503} else b""
        return reply

    def unknown_token(self) -> Reply:
        """401."""
        return _error(401, "InvalidAuthenticationToken")

    def outdate_links(self) -> None:
        """Delta links given until now are too old from here on."""
        self._revision += 1
        self.oldest_link = self._revision

    def keep(self, id: str, **fields: Any) -> None:
        """Put an event as the owner would, or change the fields of one."""
        standing = self.events.get(id, {"id": id, "type": "singleInstance", "showAs": "busy", "isAllDay": False})
        self._revision += 1
        stamp = {"@odata.etag": f'W/"{self._revision}"', "_revision": self._revision}
        self.events[id] = standing | fields | stamp
        self.removed.pop(id, None)

    def drop(self, id: str) -> None:
        """Delete an event as the owner would."""
        self._revision += 1
        del self.events[id]
        self.removed[id] = self._revision

    def _create(self, body: dict[str, Any]) -> Reply:
        if wrong := _wrong_with(body, whole=True):
            return _error(400, wrong)
        key = body.get("transactionId")
        if key and any(event.get("transactionId") == key for event in self.events.values()):
            return _error(409, "ErrorDuplicateTransactionId")
        id = f"AAMk{len(self.events) + len(self.removed) + 1:04d}="
        self.keep(id, **body)
        return as_json(201, _shown(self.events[id]))

    def _filtered(self, query: dict[str, str]) -> Reply:
        asked = _FILTER.fullmatch(query.get("$filter", ""))
        if asked is None:
            return _error(400, "BadRequest")
        wanted = {"id": asked[1], "value": asked[2]}
        found = [e for e in self.events.values() if wanted in e.get("singleValueExtendedProperties", [])]
        return as_json(200, {"value": [{"id": event["id"]} for event in found]})

    def _one(self, ask: Ask, id: str) -> Reply:
        event = self.events.get(id)
        if event is None:
            return _error(404, "ErrorItemNotFound")
        version = ask.headers.get(b"if-match", b"").decode()
        if version and version != event["@odata.etag"]:
            return _error(412, "ErrorIrresolvableConflict")
        if ask.method == "DELETE":
            self.drop(id)
            return Reply(204, b"")
        body = body_of(ask)
        if wrong := _wrong_with(body, whole=False) or ("transactionId" in body and "ErrorInvalidRequest"):
            return _error(400, str(wrong))
        self.keep(id, **body)
        return as_json(200, _shown(self.events[id]))

    def _view(self, query: dict[str, str]) -> Reply:
        found = [_shown(e) | _master(self.events, e) for e in self.events.values() if _is_between(e, query)]
        start = int(query.get("$skip", "0"))
        page: dict[str, Any] = {"value": [e for e in found if e["type"] != "seriesMaster"][start : start + PAGE]}
        if start + PAGE < len(found):
            bounds = f"startDateTime={query['startDateTime']}&endDateTime={query['endDateTime']}"
            page["@odata.nextLink"] = f"{self.url}/v1.0/me/calendarView?{bounds}&$skip={start + PAGE}"
        return as_json(200, page)

    def _delta(self, query: dict[str, str]) -> Reply:
        state = query.get("$deltatoken") or query.get("$skiptoken")
        if not state and not {"startDateTime", "endDateTime"} <= query.keys():
            return _error(400, "ErrorInvalidParameter")
        if {"$filter", "$select", "$expand", "$orderby", "$search"} & query.keys():
            return _error(400, "ErrorInvalidUrlQuery")
        kept: dict[str, Any] = json.loads(state) if state else {"since": -1, "at": 0, **query}
        if state and kept["since"] != -1 and kept["since"] < self.oldest_link:
            return _error(410, "SyncStateNotFound")
        changed = [e for e in self.events.values() if e["_revision"] > kept["since"] and _is_between(e, kept)]
        found = [_in_delta(event) for event in changed]
        if kept["since"] != -1:
            gone = [id for id, revision in self.removed.items() if revision > kept["since"]]
            found += [{"id": id, "@removed": {"reason": "deleted"}} for id in gone]
        page: dict[str, Any] = {"value": found[kept["at"] : kept["at"] + PAGE]}
        more = kept["at"] + PAGE < len(found)
        following = kept | ({"at": kept["at"] + PAGE} if more else {"since": self._revision, "at": 0})
        name, token = ("nextLink", "skiptoken") if more else ("deltaLink", "deltatoken")
        page[f"@odata.{name}"] = f"{self.url}/v1.0/me/calendarView/delta?${token}={_quoted(following)}"
        return as_json(200, page)

    def _subscriptions(self, ask: Ask) -> Reply:
        id, body = ask.path.removeprefix("/v1.0/subscriptions").strip("/"), body_of(ask)
        if ask.method != "POST" and id not in self.subscriptions:
            return _error(404, "ResourceNotFound")
        if ask.method == "DELETE":
            del self.subscriptions[id]
            return Reply(204, b"")
        until = datetime.fromisoformat(body.get("expirationDateTime", "2000-01-01T00:00:00Z"))
        if not NOW < until <= NOW + _LONGEST + timedelta(minutes=5):
            return _error(400, "InvalidRequest")
        if ask.method == "POST":
            needed = {"changeType", "notificationUrl", "resource", "expirationDateTime"}
            if not needed <= body.keys() or not body["notificationUrl"].startswith("https://"):
                return _error(400, "ValidationError")
            id = f"sub-{len(self.subscriptions) + 1}"
        self.subscriptions[id] = self.subscriptions.get(id, {}) | body
        return as_json(201 if ask.method == "POST" else 200, {"id": id, **self.subscriptions[id]})


NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
"""When it thinks it is, for the end of subscriptions."""


def span_of(event: dict[str, Any]) -> Span:
    """When an event takes place."""
    zone = ZoneInfo(ZONE) if event.get("isAllDay") else UTC
    edges = (datetime.fromisoformat(event[edge]["dateTime"][:19]) for edge in ("start", "end"))
    return Span(*(edge.replace(tzinfo=zone).astimezone(UTC) for edge in edges))


def _is_between(event: dict[str, Any], bounds: dict[str, Any]) -> bool:
    span = span_of(event)
    start, end = (datetime.fromisoformat(bounds[name]) for name in ("startDateTime", "endDateTime"))
    return span.ends_at > start and span.starts_at < end


def _in_delta(event: dict[str, Any]) -> dict[str, Any]:
    if event["type"] == "occurrence":
        return {name: event[name] for name in ("id", "type", "seriesMasterId", "start", "end")}
    return {name: one for name, one in _shown(event).items() if name != "singleValueExtendedProperties"}


def _master(events: dict[str, dict[str, Any]], event: dict[str, Any]) -> dict[str, Any]:
    master = events.get(event.get("seriesMasterId", ""))
    return {"showAs": master["showAs"]} if master else {}


def _wrong_with(body: dict[str, Any], *, whole: bool) -> str:
    for edge in ("start", "end"):
        if edge not in body:
            if whole:
                return "ErrorPropertyValidationFailure"
        elif not _PLAIN.fullmatch(body[edge].get("dateTime", "")) or "timeZone" not in body[edge]:
            return "ErrorInvalidParameter"
    return ""


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "_revision"}


def _quoted(state: dict[str, Any]) -> str:
    return json.dumps(state).replace("%", "%25").replace('"', "%22").replace(" ", "%20").replace("+", "%2B")


def _error(status: int, code: str) -> Reply:
    return as_json(status, {"error": {"code": code, "message": "As the service would say."}})
