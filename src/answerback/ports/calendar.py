"""What a calendar must offer: keep entries, say when its owner is busy, say what has changed.

An adapter has one entry point in the group `answerback.calendar`. It turns our entries into requests
and what it is told into plain times; it decides nothing and keeps no words of other people's events. It raises only the
errors of `ports.errors`, and `Conflict`.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from answerback.ports.connection import Connection, Finding, Request, Setting
from answerback.ports.errors import Refused


class Conflict(Refused):
    """Somebody changed our entry in the calendar since we last saw it: read the changes, then write again."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A time from `starts_at` up to `ends_at`, both in UTC."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something as it shall stand in a calendar. `zone` is an IANA name, the one the business lives in.

    `key` never changes and holds 8 to 64 characters of 0-9 and a-f: calendars make their own id of it, so that writing
    twice makes one entry. `sequence` rises with every change, `changed_at` is when the last one happened.
    A `free` one is shown and makes nobody busy.
    """

    key: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    changed_at: datetime
    notes: str = ""
    place: str = ""
    sequence: int = 0
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where our entry stands in the calendar: the calendar's own `id` of it, and the `version` we have seen."""

    id: str
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing in the calendar as it is now: the times it makes its owner busy, none where it is free or over.

    `key` is ours where it is an entry of ours.
    """

    id: str
    spans: tuple[Span, ...]
    key: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since a cursor. `whole`: all there is in the window; what was known before is out of date."""

    changed: tuple[Changed, ...]
    gone: tuple[str, ...]
    cursor: str
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A subscription by which the calendar tells us of changes until `until`; `id` and `resource` are its own."""

    id: str
    resource: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a push said: `changed` (read the changes), `again` (subscribe anew), or an `answer` to give back as text."""

    changed: bool = False
    again: bool = False
    answer: str = ""


class Calendar(Protocol):
    """One kind of calendar. Every call may be made again without harm, from any thread.

    Besides what the adapter declares, the settings of a connection hold `zone`: the IANA name of the business's, and
    `member`: the id of whose it is.
    """

    name: str
    title: str
    settings: tuple[Setting, ...]
    """What must be known of each calendar."""

    def write(self, connection: Connection, entry: Entry, seen: Written | None = None) -> Written:
        """Make the entry, or change it where it stands; what its owner added to it stays.

        With `seen`, raises `Conflict` where somebody else changed it after that version. Raises `Refused`,
        `Unavailable`, `Unclear`, `SignInNeeded`.
        """

    def remove(self, connection: Connection, key: str, seen: Written | None = None) -> None:
        """Take the entry away; one that is gone already is well. Raises as `write`, but for `Conflict`."""

    def busy(self, connection: Connection, window: Span) -> tuple[Span, ...]:
        """When the owner is busy within the window, in order, joined where they touch; our own entries count too."""

    def changes(self, connection: Connection, cursor: str, window: Span) -> Changes:
        """What changed since `cursor`; everything in the window where it is empty, too old, or of another window.

        A window moves on only with a full read; give the one a cursor began with.
        """

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """Try the connection without leaving a trace: for the console's test button."""


@runtime_checkable
class TellsOfChanges(Protocol):
    """A calendar that can call us when something changed."""

    def subscribe(self, connection: Connection, url: str, secret: str, now: datetime) -> Subscription:
        """Ask for a push to `url` with every change, with `secret` in it."""

    def prolong(
        self, connection: Connection, standing: Subscription, url: str, secret: str, now: datetime
    ) -> Subscription:
        """The same subscription, or a new one in its place, for as long as the provider gives."""

    def unsubscribe(self, connection: Connection, standing: Subscription) -> None:
        """End a subscription; one that is over already is well."""

    def told(self, request: Request, subscription: str, secret: str) -> Told:
        """Understand a push for this subscription; raises `Forged` where `secret` is not in it, `Malformed`."""
