"""The built-in calendar: every member has it from the first minute, and outside calendars come beside it.

It keeps what a member has besides appointments, behind the same port as calendars elsewhere, so it is read as they are.
Appointments are never copied into it: they are rows of the same database. It stands here and not among the adapters
because it is a table of ours, which only `workflow` writes.
"""

import hashlib
import json
from datetime import UTC

from answerback.ports.calendar import Changed, Changes, Conflict, Entry, Span, Written
from answerback.ports.connection import Connection, Finding, Setting
from answerback.ports.windows import cursor_of, joined, token_of
from answerback.store.queries import own_entries
from answerback.store.queries.own_entries import OwnEntry
from answerback.store.queries.rows import Cursor
from answerback.workflow import transaction


class BuiltIn:
    """The adapter. A cursor of it holds what was seen, so it is never too old, and nothing gone must be remembered."""

    name = "built_in"
    title = "Built-in calendar"
    settings: tuple[Setting, ...] = ()

    def write(self, connection: Connection, entry: Entry, seen: Written | None = None) -> Written:
        """Make the entry, or change it where it stands as it was `seen`."""
        member = _member(connection)

        def work(cursor: Cursor) -> OwnEntry:
            own_entries.lock(cursor, member)
            _as_seen(own_entries.one(cursor, member, entry.key), seen)
            own_entries.put(
                cursor,
                member,
                entry.key,
                start=entry.starts_at,
                end=entry.ends_at,
                title=entry.title,
                notes=entry.notes,
                place=entry.place,
                free=entry.free,
                changed_at=entry.changed_at,
            )
            written = own_entries.one(cursor, member, entry.key)
            assert written is not None
            return written

        row = transaction.run(work)
        return Written(id=row.key, version=version(row))

    def remove(self, connection: Connection, key: str, seen: Written | None = None) -> None:  # noqa: ARG002
        """Take the entry away."""
        transaction.run(lambda cursor: own_entries.remove(cursor, _member(connection), key))

    def busy(self, connection: Connection, window: Span) -> tuple[Span, ...]:
        """The times of what is not free."""
        return joined((_span(row) for row in _rows(connection, window) if not row.free), window)

    def changes(self, connection: Connection, cursor: str, window: Span) -> Changes:
        """What differs from what the cursor saw."""
        seen = _seen(cursor, window)
        rows = {row.key: row for row in _rows(connection, window)}
        now = {key: version(row) for key, row in rows.items()}
        before = seen or {}
        return Changes(
            changed=tuple(
                Changed(id=key, key=key, version=now[key], spans=() if row.free else joined([_span(row)], window))
                for key, row in rows.items()
                if before.get(key) != now[key]
            ),
            gone=tuple(sorted(before.keys() - now.keys())),
            cursor=cursor_of(json.dumps(now), window),
            whole=seen is None,
        )

    def check(self, connection: Connection) -> tuple[Finding, ...]:
        """It is where everything else is."""
        _member(connection)
        return (Finding(name="calendar", ok=True, says="The built-in calendar is there."),)


def version(row: OwnEntry) -> str:
    """What tells this state of an entry from every other."""
    said = (*(at.astimezone(UTC).isoformat() for at in (row.start, row.end)), row.title, row.notes, row.place, row.free)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def _as_seen(row: OwnEntry | None, seen: Written | None) -> None:
    if seen is None or not seen.version:
        return
    if row is None:
        raise Conflict("Somebody took it out of the calendar.", code="gone")
    if version(row) != seen.version:
        raise Conflict("Somebody changed it in the calendar.", code="changed")


def _rows(connection: Connection, window: Span) -> list[OwnEntry]:
    return transaction.run(
        lambda cursor: own_entries.between(cursor, [_member(connection)], window.starts_at, window.ends_at)
    )


def _seen(cursor: str, window: Span) -> dict[str, str] | None:
    """The versions a cursor saw in this very window, None where it is empty or of another window."""
    token = token_of(cursor, window)
    return dict(json.loads(token)) if token else None


def _span(row: OwnEntry) -> Span:
    return Span(row.start.astimezone(UTC), row.end.astimezone(UTC))


def _member(connection: Connection) -> int:
    return int(connection.settings["member"])


adapter = BuiltIn()
