"""A pretend Google Calendar (API v3) over real HTTP on loopback, after its published description.

It keeps events, hands out sync tokens that can be outdated, keeps deleted ids as cancelled events, refuses a sync token
together with bounds, and wants an `If-Match` to fit. `owner` in tests means the person with Google's own page open.
"""

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
"""So few on a page that every listing has several."""

_ID = re.compile(r"[0-9a-v]{5,1024}", re.ASCII)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)
_EVENTS = "/calendar/v3/calendars/primary/events"


@dataclass(kw_only=True)
class PretendGoogle(PretendApi):
    """The server and everything it remembers."""

    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    channel_seconds: int = 604800
    oldest_token: int = 0
    _revision: int = 0

    def respond(self, ask: Ask) -> Reply:
        """Events, free/busy and channels of the one calendar."""
        if ask.path == _EVENTS:
            return self._insert(ask) if ask.method == "POST" else self._list(ask.query)
        if ask.path == f"{_EVENTS}/watch":
            return self._watch(body_of(ask))
        if ask.path == "/calendar/v3/channels/stop":
            return self._stop(body_of(ask))
        if ask.path == "/calendar/v3/freeBusy":
            return self._free_busy(body_of(ask))
        if ask.path.startswith(f"{_EVENTS}/"):
            return self._one(ask, ask.path.removeprefix(f"{_EVENTS}/"))
        return _error(404, "notFound")

    def failed(self, status: int) -> Reply:
        """Google's own form; too many requests come as 403 as often as 429."""
        reply = _error(status, "rateLimitExceeded" if status == 429 else "backendError")
        reply.headers = b"Retry-After: %s\r\n" % self.retry_after.encode() if status in {429, 503} else b""
        return reply

    def unknown_token(self) -> Reply:
        """401."""
        return _error(401, "authError")

    def outdate_tokens(self) -> None:
        """Sync tokens given until now are too old from here on."""
        self._touch()
        self.oldest_token = self._revision

    def keep(self, id: str, **fields: Any) -> None:
        """Put an event as the owner would, or change the fields of one."""
        standing = self.events.get(id, {"id": id, "status": "confirmed", "transparency": "opaque"})
        self.events[id] = standing | fields | self._stamp()

    def drop(self, id: str) -> None:
        """Delete an event as the owner would."""
        self.events[id] = {"id": id, "status": "cancelled"} | self._stamp()

    def _asked_rightly(self, asked: dict[str, str]) -> None:
        assert asked["access_type"] == "offline", asked
        assert asked["prompt"] == "consent", asked

    def _touch(self) -> int:
        self._revision += 1
        return self._revision

    def _stamp(self) -> dict[str, Any]:
        revision = self._touch()
        return {"etag": f'"{revision}"', "_revision": revision}

    def _insert(self, ask: Ask) -> Reply:
        body = body_of(ask)
        if wrong := _wrong_with(body, whole=True):
            return _error(400, wrong)
        id = body.get("id") or f"g{self._revision:08d}"
        if id in self.events:
            return _error(409, "duplicate")
        self.events[id] = {"status": "confirmed", **body, "id": id} | self._stamp()
        return as_json(200, _shown(self.events[id]))

    def _one(self, ask: Ask, id: str) -> Reply:
        event = self.events.get(id)
        if event is None:
            return _error(404, "notFound")
        version = ask.headers.get(b"if-match", b"").decode()
        if version and version != event["etag"]:
            return _error(412, "conditionNotMet")
        if ask.method == "DELETE":
            if event["status"] == "cancelled":
                return _error(410, "deleted")
            self.drop(id)
            return Reply(204, b"")
        if wrong := _wrong_with(body_of(ask), whole=False):
            return _error(400, wrong)
        self.events[id] = event | body_of(ask) | self._stamp()
        return as_json(200, _shown(self.events[id]))

    def _list(self, query: dict[str, str]) -> Reply:
        token = query.get("syncToken")
        if token and {"timeMin", "timeMax", "q", "orderBy", "updatedMin"} & query.keys():
            return _error(400, "invalid")
        if any(not _RFC3339.fullmatch(query[name]) for name in ("timeMin", "timeMax") if name in query):
            return _error(400, "badRequest")
        since = int(token.removeprefix("sync-")) if token else -1
        if token and since < self.oldest_token:
            return _error(410, "fullSyncRequired")
        found = [event for event in self.events.values() if event["_revision"] > since]
        if not token:
            found = [event for event in found if event["status"] != "cancelled" and _is_between(event, query)]
        start = int(query.get("pageToken", "0"))
        page: dict[str, Any] = {"summary": "Luis", "timeZone": ZONE, "accessRole": "owner"}
        page |= {"items": [_shown(event) for event in found[start : start + PAGE]]}
        if start + PAGE < len(found):
            return as_json(200, page | {"nextPageToken": str(start + PAGE)})
        return as_json(200, page | {"nextSyncToken": f"sync-{self._revision}"})

    def _free_busy(self, body: dict[str, Any]) -> Reply:
        if not all(_RFC3339.fullmatch(body.get(name, "")) for name in ("timeMin", "timeMax")) or not body.get("items"):
            return _error(400, "badRequest")
        busy = [
            {"start": span.starts_at.isoformat(), "end": span.ends_at.isoformat()}
            for event in self.events.values()
            if event["status"] != "cancelled" and event.get("transparency") != "transparent"
            for span in [span_of(event)]
            if _is_between(event, body)
        ]
        return as_json(200, {"kind": "calendar#freeBusy", "calendars": {self.signed_in_as: {"busy": busy}}})

    def _watch(self, body: dict[str, Any]) -> Reply:
        if body.get("type") != "web_hook" or not str(body.get("address", "")).startswith("https://"):
            return _error(400, "push.webhookUrlNotHttps")
        if (
            not body.get("id")
            or len(body["id"]) > 64
            or body["id"] in self.channels
            or len(body.get("token", "")) > 256
        ):
            return _error(400, "channelIdNotUnique")
        self.channels[body["id"]] = body | {"resourceId": "the-events"}
        until = int((NOW + timedelta(seconds=self.channel_seconds)).timestamp() * 1000)
        return as_json(200, {"id": body["id"], "resourceId": "the-events", "expiration": str(until)})

    def _stop(self, body: dict[str, Any]) -> Reply:
        channel = self.channels.get(body.get("id", ""))
        if channel is None or channel["resourceId"] != body.get("resourceId"):
            return _error(404, "channelUnknown")
        del self.channels[body["id"]]
        return Reply(204, b"")


NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
"""When it thinks it is, for the end of channels."""


def span_of(event: dict[str, Any]) -> Span:
    """When an event takes place."""
    return Span(*(_moment(event[edge]) for edge in ("start", "end")))


def _moment(edge: dict[str, str]) -> datetime:
    if "dateTime" in edge:
        return datetime.fromisoformat(edge["dateTime"]).astimezone(UTC)
    return datetime.fromisoformat(edge["date"]).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def _is_between(event: dict[str, Any], bounds: dict[str, Any]) -> bool:
    span = span_of(event)
    after = "timeMin" not in bounds or span.ends_at > datetime.fromisoformat(bounds["timeMin"])
    return after and ("timeMax" not in bounds or span.starts_at < datetime.fromisoformat(bounds["timeMax"]))


def _wrong_with(body: dict[str, Any], *, whole: bool) -> str:
    if "id" in body and not _ID.fullmatch(body["id"]):
        return "invalid"
    for edge in ("start", "end"):
        if edge not in body:
            if whole:
                return "required"
        elif not _RFC3339.fullmatch(body[edge].get("dateTime", "")) and "date" not in body[edge]:
            return "parseError"
    private = body.get("extendedProperties", {}).get("private", {})
    return "" if all(isinstance(value, str) for value in private.values()) else "invalid"


def _shown(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "_revision"}


def _error(status: int, reason: str) -> Reply:
    return as_json(status, {"error": {"code": status, "errors": [{"domain": "global", "reason": reason}]}})
