"""A calendar behind CalDAV: finds it, writes entries with ETags, reads changes with sync tokens (RFC 6578).

Where a server has no sync tokens each reading is a full one of the window. A limit on results is never asked for:
servers cut the answer, and their token then skips what was cut off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from zoneinfo import ZoneInfo

from caldav.elements import dav
from caldav.lib import error

from answerback.adapters.caldav import events
from answerback.adapters.caldav.session import at_the_rim, is_unknown_here, open_client
from answerback.ports.calendar import Changed, Changes, Conflict, Entry, Span, Written
from answerback.ports.connection import Connection, Finding, Setting
from answerback.ports.errors import PortError, Refused, Unavailable
from answerback.ports.windows import cursor_of, joined, token_of

TRIES = 4
AT_ONCE = 100
"""Objects fetched in one request."""

GONE = frozenset({404, 410})


class CalDav:
    """The adapter."""

    name = "caldav"
    title = "CalDAV (Nextcloud, iCloud, Fastmail, ...)"
    settings = (
        Setting(
            name="url",
            label="Address",
            help="Of the server or of one calendar, such as https://cloud.example.com/remote.php/dav. "
            "iCloud: https://caldav.icloud.com",
        ),
        Setting(name="username", label="User name"),
        Setting(
            name="password",
            label="Password",
            help="Use an app password where the provider has them; iCloud and Fastmail insist on one.",
            secret=True,
        ),
        Setting(
            name="calendar",
            label="Calendar",
            help="Its name, where the account has more than one. Empty: the first.",
            required=False,
        ),
    )

    def write(self, connection: Connection, entry: Entry, seen: Written | None = None) -> Written:
        """Make or change the entry under `If-None-Match` or `If-Match`, so that nobody's change is lost."""
        with at_the_rim(_server(connection)):
            at = _open(connection)
            for _ in range(TRIES):
                written = _try_to_write(at, entry, seen)
                if written is not None:
                    return written
        raise Unavailable("The entry changes all the time, so it could not be written.")

    def remove(self, connection: Connection, key: str, seen: Written | None = None) -> None:  # noqa: ARG002
        """Delete the entry, whatever its owner made of it."""
        with at_the_rim(_server(connection)):
            at = _open(connection)
            answer = at.client.request(at.address(key), "DELETE")
            if answer.status >= 300 and answer.status not in GONE:
                raise _said(answer.status, _server(connection))

    def busy(self, connection: Connection, window: Span) -> tuple[Span, ...]:
        """The server's own free/busy report, else our reading of its events."""
        with at_the_rim(_server(connection)):
            at = _open(connection)
            try:
                report = at.calendar.freebusy_request(window.starts_at, window.ends_at)
                return joined(events.free_busy(report.data), window)
            except (error.ReportError, error.ResponseError, error.AuthorizationError, ValueError, AttributeError):
                found = (span for each in _within(at, window) for span in each.spans)
                return joined(found, window)

    def changes(self, connection: Connection, cursor: str, window: Span) -> Changes:
        """By sync token where the server has them; a token it no longer knows makes a full reading."""
        with at_the_rim(_server(connection)):
            at = _open(connection)
            token = token_of(cursor, window)
            if token:
                try:
                    return _since(at, token, window)
                except (error.ReportError, error.AuthorizationError, error.NotFoundError) as problem:
                    if is_unknown_here(problem):
                        raise
            # The token first: what changes between the two is then read once more, never missed.
            token = _token_now(at)
            return Changes(changed=tuple(_within(at, window)), gone=(), cursor=cursor_of(token, window), whole=True)

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Sign in, find the calendar, and see whether it may be written."""
        server = _server(connection)
        try:
            with at_the_rim(server):
                _opened.cache_clear()
                at = _open(connection)
                name = at.calendar.get_display_name() or at.path
                token = _token_now(at)
        except PortError as problem:
            return (Finding(name="calendar", ok=False, says=problem.detail, fix=_FIXES.get(type(problem), _FIX)),)
        ways = "Changes are read as they come." if token else "It has no sync tokens, so it is read in full each time."
        return (Finding(name="calendar", ok=True, says=f"Signed in to {server}, calendar “{name}”. {ways}"),)


@dataclass(frozen=True, slots=True)
class _At:
    """A calendar that was found, ready to be talked to. The library's types allow for its asynchronous twin; ours say
    Any.
    """

    client: Any
    calendar: Any
    url: str
    zone: ZoneInfo

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.url).path)

    def address(self, key: str) -> str:
        return f"{self.url}{quote(key)}.ics"


def _open(connection: Connection) -> _At:
    settings = connection.settings
    return _opened(
        settings.get("url", "").strip(),
        settings.get("username", ""),
        settings.get("password", ""),
        settings.get("calendar", "").strip(),
        settings.get("zone", "UTC"),
    )


@lru_cache(maxsize=256)
def _opened(url: str, username: str, password: str, name: str, zone: str) -> _At:
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise Refused("The address of the calendar is no web address. Write it with https://.", code="address")
    client = open_client(url, username, password)
    calendar = _find(client, url, name)
    return _At(client, calendar, str(calendar.url).rstrip("/") + "/", ZoneInfo(zone))


def _find(client: Any, url: str, name: str) -> Any:
    if not name and (given := _itself(client, url)) is not None:
        return given
    every = [each for each in client.principal().get_calendars() if _takes_events(each)]
    found = [each for each in every if not name or (each.get_display_name() or "").lower() == name.lower()]
    if not found:
        names = ", ".join(filter(None, (each.get_display_name() for each in every))) or "none"
        raise Refused(f"The account has no calendar called “{name}”. It has: {names}.", code="404")
    return found[0]


def _itself(client: Any, url: str) -> Any | None:
    """The calendar at this very address, if one is there."""
    calendar = client.calendar(url=url)
    try:
        kinds = calendar.get_properties([dav.ResourceType()], parse_props=False)
    except (error.NotFoundError, error.PropfindError):
        return None
    kind = kinds.get(dav.ResourceType.tag)
    is_calendar = kind is not None and any(child.tag.endswith("}calendar") for child in kind)
    return calendar if is_calendar else None


def _takes_events(calendar: Any) -> bool:
    try:
        return "VEVENT" in calendar.get_supported_components()
    except (error.DAVError, KeyError):  # it does not say; RFC 4791 takes that for everything
        return True


def _try_to_write(at: _At, entry: Entry, seen: Written | None) -> Written | None:
    """One try; None where somebody was faster and it has to be read anew."""
    address = at.address(entry.key)
    standing = at.client.request(address, "GET")
    if standing.status in GONE:
        if seen is not None:
            raise Conflict("The entry was deleted in the calendar.", code="gone")
        answer = _put(at, address, events.written(entry), {"If-None-Match": "*"})
    elif standing.status >= 300:
        raise _said(standing.status, urlsplit(at.url).hostname or "")
    else:
        version = standing.headers.get("etag", "")
        if seen is not None and seen.version and version and seen.version != version:
            raise Conflict("The entry was changed in the calendar.", code="changed")
        text = events.rewritten(standing.raw, entry)
        answer = _put(at, address, text, {"If-Match": version} if version else {})
    if answer.status in {409, 412}:
        return None
    if answer.status >= 300:
        raise _said(answer.status, urlsplit(at.url).hostname or "")
    version = answer.headers.get("etag") or at.client.request(address, "GET").headers.get("etag", "")
    return Written(id=_path(address), version=version)


def _put(at: _At, address: str, text: str, headers: dict[str, str]) -> Any:
    return at.client.request(address, "PUT", text, {"Content-Type": "text/calendar; charset=utf-8", **headers})


def _within(at: _At, window: Span) -> Iterable[Changed]:
    found = at.calendar.search(start=window.starts_at, end=window.ends_at, event=True, expand=False)
    return [_changed(at, each, window) for each in found]


def _since(at: _At, token: str, window: Span) -> Changes:
    found = at.calendar.get_objects_by_sync_token(token, load_objects=False, disable_fallback=True)
    paths = {_path(str(each.url)): each.url for each in found if _path(str(each.url)) != at.path}
    addresses = list(paths.values())
    changed: list[Changed] = []
    for first in range(0, len(addresses), AT_ONCE):
        loaded = at.calendar.multiget(addresses[first : first + AT_ONCE], raise_notfound=False)
        changed += [_changed(at, each, window) for each in loaded if each.data]
    gone = tuple(sorted(paths.keys() - {each.id for each in changed}))
    return Changes(changed=tuple(changed), gone=gone, cursor=cursor_of(str(found.sync_token), window))


def _changed(at: _At, found: Any, window: Span) -> Changed:
    return Changed(
        id=_path(str(found.url)),
        spans=events.spans(found.data, window, at.zone),
        key=events.key_of(found.data),
        version=str(found.props.get(dav.GetEtag.tag, "")),
    )


def _token_now(at: _At) -> str:
    return str(at.calendar.get_property(dav.SyncToken(), use_cached=False) or "")


def _path(url: str) -> str:
    return unquote(urlsplit(url).path)


def _server(connection: Connection) -> str:
    return urlsplit(connection.settings.get("url", "")).hostname or "The calendar server"


def _said(status: int, server: str) -> PortError:
    if status >= 500 or status == 423:
        return Unavailable(f"{server} has trouble of its own ({status}).")
    return Refused(f"{server} refuses the entry ({status}).", code=str(status))


_FIX = "Look at the address, the user name and the password, then test again."
_FIXES: dict[type[PortError], str] = {
    Unavailable: "Try again in some minutes. Does the address open in a browser?",
}
