"""Writes appointments into the calendars of those who do them, and takes them out again.

The row says what is due (a trigger on appointments sets it), so whatever dies here is done by the next one. An outside
calendar that is away delays an entry and never an appointment. Writing twice is harmless: calendars know the key.
"""

import logging
from datetime import datetime

from answerback.ports import registry
from answerback.ports.calendar import Conflict, Entry, Written
from answerback.ports.errors import PortError, SignInNeeded
from answerback.store.queries import booked_elsewhere, outside
from answerback.store.queries import traces as carried
from answerback.store.queries.outside import Ask, EntryRow
from answerback.store.queries.rows import Cursor
from answerback.workflow import busy_times, calendars, clock, described, queue, traces, transaction
from answerback.workflow.calendars import NotThere, Opened

log = logging.getLogger("answerback.entries")

AT_ONCE = 200


def write_due(calendar: int | None = None) -> int:
    """Write every entry that is due, or those of one calendar; returns how many were settled."""
    now = clock.now()
    due = transaction.run(lambda cursor: outside.entries_due(cursor, now, AT_ONCE, calendar))
    away: set[int] = set()
    settled = 0
    for entry, of in due:
        if of in away:
            continue
        if write(entry):
            settled += 1
        else:
            away.add(of)  # the others of this calendar wait for its turn: it is asked once, not two hundred times
    return settled


def follow(cursor: Cursor, appointment: int) -> None:
    """This appointment has changed in this transaction: calendars, and the customer, hear of it after the commit."""
    for calendar in outside.calendars_to_write(cursor, appointment):
        queue.defer_calendar(calendar)
    if outside.has_invitation_due(cursor, appointment):
        queue.defer_invitations()
    _ask_about_the_page(cursor, appointment)


def write(entry: int) -> bool:
    """Bring one entry up to date; False where its calendar could not be asked."""
    now = clock.now()
    row = transaction.run(lambda cursor: outside.entry(cursor, entry))
    if row is None:
        return True
    try:
        with _step(row):
            calendars.ask(row.calendar, lambda opened: _settle(opened, row, now))
    except NotThere:
        return True
    except Conflict:
        _after_reading(row, now)
        return False
    except PortError as problem:
        _later(row, problem, now)
        return False
    return True


def _ask_about_the_page(cursor: Cursor, appointment: int) -> None:
    """A page elsewhere knows nothing of what was changed here: a person changes it there too."""
    there = booked_elsewhere.still_there(cursor, appointment)
    if there is None:
        return
    kind = registry.booking_page_if_installed(there.provider)
    page = kind.title if kind else there.provider
    ask = Ask(
        conversation=there.conversation,
        key=f"page:{there.id}:{there.version}",
        title=f"{page} still has this appointment at its old time. Move or cancel it there too.",
    )
    outside.open_todos(cursor, there.business, [ask], clock.now())


def _step(row: EntryRow) -> traces.step:
    """This entry for whoever traces: it goes on with what the last turn of its conversation left."""
    trace = transaction.run(lambda cursor: carried.of_entry(cursor, row.id)) if traces.told() else None
    return traces.step("enter", "client", trace, calendar=row.calendar, entry=row.id)


def _settle(opened: Opened, row: EntryRow, now: datetime) -> None:
    seen = Written(id=row.remote, version=row.seen) if row.remote else None
    if row.stands:
        written = opened.calendar.write(opened.connection, _as_entry(row, opened), seen if row.seen else None)
    else:
        opened.calendar.remove(opened.connection, row.key, seen)
        written = Written(id="")
    transaction.run(lambda cursor: outside.entry_is_written(cursor, row, written.id, written.version, now))
    log.info("entry.written calendar=%s entry=%s", row.calendar, row.id)


def _as_entry(row: EntryRow, opened: Opened) -> Entry:
    private = described.is_private(opened.row.business)
    words = described.appointment(
        service=row.service, name=row.name, number=row.number, notes=row.notes, private=private
    )
    return Entry(
        key=row.key,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=opened.connection.settings["zone"],
        title=words.title,
        changed_at=row.changed_at,
        notes=words.notes,
        place=row.place,
        sequence=row.version,
    )


def _after_reading(row: EntryRow, now: datetime) -> None:
    """Its owner changed the entry: read what they did, which asks a person where it matters, then write over it.

    What was agreed with the customer since is the later word.
    """
    busy_times.read(row.calendar)
    transaction.run(lambda cursor: outside.forget_version(cursor, row.id))
    transaction.run(lambda cursor: outside.entry_failed(cursor, row, "It was changed in the calendar.", now))


def _later(row: EntryRow, problem: PortError, now: datetime) -> None:
    if isinstance(problem, SignInNeeded):
        calendars.failed(row.calendar, problem, now, row.tries)
    again = now + calendars.pause(row.tries, getattr(problem, "retry_after", None))
    transaction.run(lambda cursor: outside.entry_failed(cursor, row, problem.detail, again))
    log.warning("entry.waits calendar=%s entry=%s problem=%s", row.calendar, row.id, type(problem).__name__)
