"""A Google calendar: entries under an id of our own, changes by sync token, pushes through channels.

A full reading may be narrowed to a window, an incremental one may not: Google then still tells of everything that
changed, so what lies outside the window is cut off here. It answers 410 for a sync token that is too old; then all is
read anew.
"""

import hmac
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from answerback.adapters import sign_in
from answerback.adapters.google_calendar.api import ask, door
from answerback.ports.calendar import Changed, Changes, Conflict, Entry, Span, Subscription, Told, Written
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Forged, Malformed, PortError, SignInNeeded
from answerback.ports.sign_in import SignInAsked
from answerback.ports.windows import cursor_of, cut, joined, token_of

PAGE = "250"
CHANNEL_LIVES = timedelta(days=7)

_FREE_KINDS = frozenset({"workingLocation", "birthday"})
_GONE = frozenset({404, 410})


class GoogleCalendar:
    """The adapter."""

    name = "google_calendar"
    title = "Google Calendar"
    app_settings = sign_in.APP_SETTINGS
    settings = (
        Setting(
            name="calendar",
            label="Calendar ID",
            help="“primary” is the main calendar of whoever signs in. Others: see Settings, Integrate calendar.",
            default="primary",
        ),
    )

    def write(self, connection: Connection, entry: Entry, seen: Written | None = None) -> Written:
        """Insert under our own id, so that a second insert is a 409, or patch, which leaves the owner's notes alone."""
        if seen is not None:
            return self._patch(connection, entry, seen)
        body = _body(entry) | {"id": entry.key, "description": entry.notes}
        reply = ask(connection, "POST", _events(connection), query=_QUIET, body=body, expected=frozenset({409}))
        return self._patch(connection, entry, None) if reply.status == 409 else _written(reply.said)

    def remove(self, connection: Connection, key: str, seen: Written | None = None) -> None:
        """Delete it; Google keeps the id as a cancelled event, which an insert finds and a patch revives."""
        id = seen.id if seen else key
        ask(connection, "DELETE", f"{_events(connection)}/{quote(id, safe='')}", query=_QUIET, expected=_GONE)

    def busy(self, connection: Connection, window: Span) -> tuple[Span, ...]:
        """By the free/busy query."""
        calendar = _calendar(connection)
        asked = {"timeMin": _iso(window.starts_at), "timeMax": _iso(window.ends_at), "items": [{"id": calendar}]}
        found = ask(connection, "POST", "/freeBusy", body=asked).said.get("calendars", {})
        # “primary” comes back under the address it stands for.
        of: Mapping[str, Any] = found.get(calendar) or next(iter(found.values()), {})
        return joined((Span(_parsed(each["start"]), _parsed(each["end"])) for each in of.get("busy", ())), window)

    def changes(self, connection: Connection, cursor: str, window: Span) -> Changes:
        """By sync token, from page to page."""
        token = token_of(cursor, window)
        query = {"singleEvents": "true", "maxResults": PAGE}
        if token:
            pages = list(self._pages(connection, query | {"syncToken": token}))
            if pages[-1] is not None:
                return _changes(pages, window, whole=False)
        bounds = {"timeMin": _iso(window.starts_at), "timeMax": _iso(window.ends_at)}
        return _changes(list(self._pages(connection, query | bounds)), window, whole=True)

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Read one event's worth of the calendar."""
        try:
            said = ask(connection, "GET", _events(connection), query={"maxResults": "1"}).said
        except PortError as problem:
            fix = "Sign in again." if isinstance(problem, SignInNeeded) else "Look at the calendar ID, then test again."
            return (Finding(name="calendar", ok=False, says=problem.detail, fix=fix),)
        may_write = said.get("accessRole", "owner") in {"owner", "writer"}
        says = f"Signed in to Google, calendar “{said.get('summary', _calendar(connection))}”."
        fix = (
            "" if may_write else "This account may only read the calendar. Ask its owner for “Make changes to events”."
        )
        return (Finding(name="calendar", ok=may_write, says=says, fix=fix),)

    def sign_in_address(self, connection: Connection, asked: SignInAsked) -> str:
        """Google's consent page."""
        return sign_in.address(door(connection), connection, asked)

    def signed_in(self, connection: Connection, asked: SignInAsked, code: str, now: datetime) -> Mapping[str, str]:
        """Trade the code for tokens."""
        return sign_in.trade(door(connection), connection, asked, code, now)

    def renewed(self, connection: Connection, now: datetime) -> Mapping[str, str] | None:
        """New tokens, where those we have run out."""
        return sign_in.renewed(door(connection), connection, now)

    def subscribe(self, connection: Connection, url: str, secret: str, now: datetime) -> Subscription:
        """Open a channel; Google may give it less time than we ask for."""
        lives = str(int(CHANNEL_LIVES.total_seconds()))
        body = {
            "id": secrets.token_hex(16),
            "type": "web_hook",
            "address": url,
            "token": secret,
            "params": {"ttl": lives},
        }
        said = ask(connection, "POST", f"{_events(connection)}/watch", body=body).said
        until = datetime.fromtimestamp(int(said["expiration"]) / 1000, UTC) if "expiration" in said else now
        return Subscription(id=str(said["id"]), resource=str(said["resourceId"]), until=until)

    def prolong(
        self, connection: Connection, standing: Subscription, url: str, secret: str, now: datetime
    ) -> Subscription:
        """Channels cannot be prolonged: open a new one, then close the old one, so that no change falls between."""
        fresh = self.subscribe(connection, url, secret, now)
        self.unsubscribe(connection, standing)
        return fresh

    def unsubscribe(self, connection: Connection, standing: Subscription) -> None:
        """Close a channel."""
        body = {"id": standing.id, "resourceId": standing.resource}
        ask(connection, "POST", "/channels/stop", body=body, expected=_GONE)

    def told(self, request: Request, subscription: str, secret: str) -> Told:
        """A push is headers only. `sync` is the first one of a channel and says nothing."""
        if not secret or not hmac.compare_digest(
            request.headers.get("x-goog-channel-token", "").encode(), secret.encode()
        ):
            raise Forged("The push does not carry the token of this calendar's channel.")
        state = request.headers.get("x-goog-resource-state", "")
        if state not in {"sync", "exists", "not_exists"}:
            raise Malformed(f"A push of Google says sync, exists or not_exists; this one says {state[:20]!r}.")
        # A channel that was replaced may speak on until it is closed; what it says is as true.
        return Told(changed=state != "sync" or request.headers.get("x-goog-channel-id") != subscription)

    def _patch(self, connection: Connection, entry: Entry, seen: Written | None) -> Written:
        id = seen.id if seen else entry.key
        body = _body(entry) | ({} if seen else {"status": "confirmed"})
        reply = ask(
            connection,
            "PATCH",
            f"{_events(connection)}/{quote(id, safe='')}",
            query=_QUIET,
            body=body,
            version=seen.version if seen else "",
            expected=frozenset({404, 410, 412}) if seen else frozenset(),
        )
        if reply.status == 412:
            raise Conflict("The entry was changed in Google Calendar.", code="changed")
        if reply.status in _GONE:
            raise Conflict("The entry was deleted in Google Calendar.", code="gone")
        return _written(reply.said)

    def _pages(self, connection: Connection, query: Mapping[str, str]) -> Iterator[Mapping[str, Any] | None]:
        """Every page of a listing; ends with None where Google no longer knows the sync token."""
        page = ""
        while True:
            more = {"pageToken": page} if page else {}
            reply = ask(connection, "GET", _events(connection), query={**query, **more}, expected=frozenset({410}))
            if reply.status == 410:
                yield None
                return
            yield reply.said
            page = str(reply.said.get("nextPageToken", ""))
            if not page:
                return


_QUIET = {"sendUpdates": "none"}
"""The customer hears of the appointment from us, in the words of the business."""


def _calendar(connection: Connection) -> str:
    return connection.settings.get("calendar") or "primary"


def _events(connection: Connection) -> str:
    return f"/calendars/{quote(_calendar(connection), safe='')}/events"


def _body(entry: Entry) -> dict[str, Any]:
    return {
        "summary": entry.title,
        "location": entry.place,
        "start": {"dateTime": _iso(entry.starts_at), "timeZone": entry.zone},
        "end": {"dateTime": _iso(entry.ends_at), "timeZone": entry.zone},
        "transparency": "transparent" if entry.free else "opaque",
        "extendedProperties": {"private": {"answerback": entry.key}},
    }


def _written(said: Mapping[str, Any]) -> Written:
    return Written(id=str(said["id"]), version=str(said.get("etag", "")))


def _changes(pages: list[Mapping[str, Any] | None], window: Span, *, whole: bool) -> Changes:
    found = [page for page in pages if page is not None]
    zone = ZoneInfo(str(found[-1].get("timeZone") or "UTC"))
    changed = [_changed(item, window, zone) for page in found for item in page.get("items", ())]
    token = str(found[-1].get("nextSyncToken", ""))
    return Changes(
        changed=tuple(each for each in changed if each is not None),
        gone=tuple(str(item["id"]) for page in found for item in page.get("items", ()) if _is_gone(item)),
        cursor=cursor_of(token, window),
        whole=whole,
    )


def _is_gone(item: Mapping[str, Any]) -> bool:
    return item.get("status") == "cancelled"


def _changed(item: Mapping[str, Any], window: Span, zone: ZoneInfo) -> Changed | None:
    if _is_gone(item):
        return None
    span = Span(_edge(item["start"], zone), _edge(item["end"], zone))
    key = item.get("extendedProperties", {}).get("private", {}).get("answerback", "")
    return Changed(
        id=str(item["id"]),
        spans=cut([span], window) if _is_busy(item) else (),
        key=str(key),
        version=str(item.get("etag", "")),
    )


def _is_busy(item: Mapping[str, Any]) -> bool:
    declined = any(one.get("self") and one.get("responseStatus") == "declined" for one in item.get("attendees", ()))
    is_free = item.get("transparency") == "transparent" or item.get("eventType") in _FREE_KINDS
    return not declined and not is_free


def _edge(edge: Mapping[str, str], zone: ZoneInfo) -> datetime:
    """A time, or a whole day, which begins at midnight of the calendar's own zone."""
    if "dateTime" in edge:
        return _parsed(edge["dateTime"])
    return datetime.fromisoformat(edge["date"]).replace(tzinfo=zone).astimezone(UTC)


def _parsed(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
