"""A calendar at Microsoft: entries under a key of ours, changes by the delta of a calendar view, pushes by
subscriptions.

What its answers leave out: a day in full comes as midnight UTC whatever zone is meant, and an occurrence of a series
in a delta names its times and its master only, so that whether it blocks stands with the master.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from answerback.adapters import sign_in
from answerback.adapters.microsoft.api import ask, door
from answerback.ports.calendar import Changed, Changes, Conflict, Entry, Span, Subscription, Told, Written
from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Forged, Malformed, PortError, Refused, SignInNeeded
from answerback.ports.sign_in import SignInAsked
from answerback.ports.windows import cursor_of, cut, joined, token_of

PROPERTY = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name answerback"
"""Our key on an event, as a named property in the set that is open to everybody (PS_PUBLIC_STRINGS is not in Graph)."""

SUBSCRIPTION_LIVES = timedelta(minutes=4200)
"""Graph takes 4,230 minutes for events at most."""

_FREE = frozenset({"free", "workingElsewhere"})
_GONE = frozenset({404, 410})
_CONFLICTS = frozenset({409, 412})


class MicrosoftCalendar:
    """The adapter."""

    name = "microsoft"
    title = "Microsoft 365 and Outlook.com"
    app_settings = (
        *sign_in.APP_SETTINGS,
        Setting(
            name="tenant",
            label="Tenant",
            help="The ID of your organisation, where the registration is for it alone. Empty: any account.",
            required=False,
        ),
    )
    settings = (Setting(name="calendar", label="Calendar ID", help="Empty: the main calendar.", required=False),)

    def write(self, connection: Connection, entry: Entry, seen: Written | None = None) -> Written:
        """Look the key up, then create or patch: a created event cannot be given an id of ours."""
        if seen is not None:
            return self._patch(connection, entry, seen)
        standing = self._find(connection, entry.key)
        if standing is not None:
            return self._patch(connection, entry, Written(id=standing))
        body = _body(entry) | {
            "body": {"contentType": "text", "content": entry.notes},
            "transactionId": entry.key,
            "singleValueExtendedProperties": [{"id": PROPERTY, "value": entry.key}],
        }
        reply = ask(connection, "POST", _at(connection, "/events"), body=body, expected=frozenset({409}))
        if reply.status != 409:
            return _written(reply.said)
        # The first try came through although its answer was lost.
        standing = self._find(connection, entry.key)
        if standing is None:
            raise Refused("Microsoft says the entry is there, and does not find it.", code="409")
        return self._patch(connection, entry, Written(id=standing))

    def remove(self, connection: Connection, key: str, seen: Written | None = None) -> None:
        """Delete it, by the id we know or the one its key leads to."""
        id = seen.id if seen else self._find(connection, key)
        if id is not None:
            ask(connection, "DELETE", _event(id), expected=_GONE)

    def busy(self, connection: Connection, window: Span) -> tuple[Span, ...]:
        """From the calendar view: `getSchedule` is not there for private accounts."""
        query = _bounds(window) | {"$select": "start,end,isAllDay,isCancelled,showAs", "$top": "200"}
        items = (item for page in _pages(connection, _at(connection, "/calendarView"), query) for item in page["value"])
        zone = _zone(connection)
        return joined((_span(item, zone) for item in items if _is_busy(item)), window)

    def changes(self, connection: Connection, cursor: str, window: Span) -> Changes:
        """By delta link; `410 Gone` asks for a full reading."""
        link = token_of(cursor, window)
        pages: list[Mapping[str, Any]] = list(_pages(connection, link, {}, delta=True)) if link else []
        whole = not pages
        if whole:
            pages = list(_pages(connection, _at(connection, "/calendarView/delta"), _bounds(window), delta=True))
        items = [item for page in pages for item in page.get("value", ())]
        return Changes(
            changed=_changed(items, window, _zone(connection)),
            gone=tuple(str(item["id"]) for item in items if "@removed" in item),
            cursor=cursor_of(str(pages[-1].get("@odata.deltaLink", "")), window),
            whole=whole,
        )

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Read the calendar's name and whether it may be written."""
        try:
            said = ask(connection, "GET", _at(connection, "")).said
        except PortError as problem:
            fix = "Sign in again." if isinstance(problem, SignInNeeded) else "Look at the settings, then test again."
            return (Finding(name="calendar", ok=False, says=problem.detail, fix=fix),)
        may_write = said.get("canEdit", True) is True
        says = f"Signed in to Microsoft, calendar “{said.get('name', '')}”."
        fix = "" if may_write else "This account may only read the calendar. Choose one of its own."
        return (Finding(name="calendar", ok=may_write, says=says, fix=fix),)

    def sign_in_address(self, connection: Connection, asked: SignInAsked) -> str:
        """Microsoft's sign-in page."""
        return sign_in.address(door(connection), connection, asked)

    def signed_in(self, connection: Connection, asked: SignInAsked, code: str, now: datetime) -> Mapping[str, str]:
        """Trade the code for tokens."""
        return sign_in.trade(door(connection), connection, asked, code, now)

    def renewed(self, connection: Connection, now: datetime) -> Mapping[str, str] | None:
        """New tokens, the lasting one too: Microsoft gives another each time, and the old one dies in the end."""
        return sign_in.renewed(door(connection), connection, now)

    def subscribe(self, connection: Connection, url: str, secret: str, now: datetime) -> Subscription:
        """Subscribe; Graph asks at once whether `url` is ours, so it must be reachable from outside."""
        body = {
            "changeType": "created,updated,deleted",
            "notificationUrl": url,
            "lifecycleNotificationUrl": url,
            "resource": _at(connection, "/events").lstrip("/"),
            "expirationDateTime": _iso(now + SUBSCRIPTION_LIVES),
            "clientState": secret,
        }
        return _subscription(ask(connection, "POST", "/subscriptions", body=body).said)

    def prolong(
        self, connection: Connection, standing: Subscription, url: str, secret: str, now: datetime
    ) -> Subscription:
        """Move its end; one that Graph has dropped is made anew."""
        body = {"expirationDateTime": _iso(now + SUBSCRIPTION_LIVES)}
        reply = ask(connection, "PATCH", f"/subscriptions/{quote(standing.id)}", body=body, expected=_GONE)
        return self.subscribe(connection, url, secret, now) if reply.status in _GONE else _subscription(reply.said)

    def unsubscribe(self, connection: Connection, standing: Subscription) -> None:
        """End the subscription."""
        ask(connection, "DELETE", f"/subscriptions/{quote(standing.id)}", expected=_GONE)

    def told(self, request: Request, subscription: str, secret: str) -> Told:  # noqa: ARG002
        """A validation is answered with its token; a notification has to carry our secret as `clientState`."""
        if token := dict(request.query).get("validationToken"):
            return Told(answer=token)
        every = _notifications(request.body)
        if not secret or not all(_is_ours(each, secret) for each in every):
            raise Forged("The push does not carry the secret of this calendar's subscription.")
        words = {str(each.get("lifecycleEvent", "")) for each in every}
        return Told(changed="" in words or "missed" in words, again=bool(words & {"subscriptionRemoved", _REAUTHORISE}))

    def _find(self, connection: Connection, key: str) -> str | None:
        wanted = f"singleValueExtendedProperties/Any(ep: ep/id eq '{PROPERTY}' and ep/value eq '{key}')"
        query = {"$filter": wanted, "$select": "id", "$top": "1"}
        found = ask(connection, "GET", _at(connection, "/events"), query=query).said.get("value", [])
        return str(found[0]["id"]) if found else None

    def _patch(self, connection: Connection, entry: Entry, seen: Written) -> Written:
        reply = ask(
            connection,
            "PATCH",
            _event(seen.id),
            body=_body(entry),
            version=seen.version,
            expected=_CONFLICTS | _GONE,
        )
        if reply.status in _CONFLICTS:
            raise Conflict("The entry was changed in the Microsoft calendar.", code="changed")
        if reply.status in _GONE:
            raise Conflict("The entry was deleted in the Microsoft calendar.", code="gone")
        return _written(reply.said)


_REAUTHORISE = "reauthorizationRequired"


def _at(connection: Connection, path: str) -> str:
    calendar = connection.settings.get("calendar", "")
    root = f"/me/calendars/{quote(calendar, safe='')}" if calendar else "/me/calendar"
    # The view of the main calendar, and its delta, stand at the mailbox itself.
    return f"/me{path}" if not calendar and path.startswith("/calendarView") else root + path


def _event(id: str) -> str:
    return f"/me/events/{quote(id, safe='')}"


def _body(entry: Entry) -> dict[str, Any]:
    return {
        "subject": entry.title,
        "start": {"dateTime": _plain(entry.starts_at), "timeZone": "UTC"},
        "end": {"dateTime": _plain(entry.ends_at), "timeZone": "UTC"},
        "location": {"displayName": entry.place},
        "showAs": "free" if entry.free else "busy",
    }


def _pages(
    connection: Connection, path: str, query: Mapping[str, str], *, delta: bool = False
) -> Iterator[Mapping[str, Any]]:
    """Every page from here on; none where Graph says that the delta is over."""
    prefer = "odata.maxpagesize=200" if delta else ""
    expected = frozenset({410}) if delta else frozenset()
    while path:
        reply = ask(connection, "GET", path, query=query, prefer=prefer, expected=expected)
        if reply.status == 410:
            return
        yield reply.said
        path, query = str(reply.said.get("@odata.nextLink", "")), {}


def _changed(items: list[Mapping[str, Any]], window: Span, zone: ZoneInfo) -> tuple[Changed, ...]:
    masters = {item["id"]: item for item in items if item.get("type") == "seriesMaster"}
    found: dict[str, Changed] = {}
    for item in items:
        if "@removed" in item or item.get("type") == "seriesMaster":
            continue
        whole = {**_inherited(masters.get(item.get("seriesMasterId"), {})), **item}
        spans = cut([_span(whole, zone)], window) if _is_busy(whole) else ()
        id, key = str(item["id"]), str(item.get("transactionId") or "")
        found[id] = Changed(id=id, spans=spans, key=key, version=str(item.get("@odata.etag", "")))
    return tuple(found.values())


def _inherited(master: Mapping[str, Any]) -> dict[str, Any]:
    return {name: master[name] for name in ("showAs", "isAllDay", "isCancelled") if name in master}


def _is_busy(item: Mapping[str, Any]) -> bool:
    declined = (item.get("responseStatus") or {}).get("response") == "declined"
    return item.get("showAs") not in _FREE and item.get("isCancelled") is not True and not declined


def _span(item: Mapping[str, Any], zone: ZoneInfo) -> Span:
    of = zone if item.get("isAllDay") is True else UTC
    return Span(_moment(item["start"], of), _moment(item["end"], of))


def _moment(edge: Mapping[str, str], zone: ZoneInfo | Any) -> datetime:
    return datetime.fromisoformat(edge["dateTime"][:19]).replace(tzinfo=zone).astimezone(UTC)


def _bounds(window: Span) -> dict[str, str]:
    return {"startDateTime": _iso(window.starts_at), "endDateTime": _iso(window.ends_at)}


def _written(said: Mapping[str, Any]) -> Written:
    return Written(id=str(said["id"]), version=str(said.get("@odata.etag", "")))


def _subscription(said: Mapping[str, Any]) -> Subscription:
    until = datetime.fromisoformat(str(said["expirationDateTime"])[:19]).replace(tzinfo=UTC)
    return Subscription(id=str(said["id"]), resource=str(said.get("resource", "")), until=until)


def _notifications(body: bytes) -> list[Mapping[str, Any]]:
    try:
        value = json.loads(body)["value"]
    except (ValueError, KeyError, TypeError) as problem:
        raise Malformed("A push of Microsoft is a JSON object with a list `value`.") from problem
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        raise Malformed("A push of Microsoft holds at least one notification.")
    return value


def _is_ours(notification: Mapping[str, Any], secret: str) -> bool:
    return hmac.compare_digest(str(notification.get("clientState", "")).encode(), secret.encode())


def _zone(connection: Connection) -> ZoneInfo:
    return ZoneInfo(connection.settings.get("zone") or "UTC")


def _plain(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _iso(at: datetime) -> str:
    return _plain(at) + "Z"
