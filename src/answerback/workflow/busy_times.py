"""Reads calendars: what makes a member busy goes into `busy`, what somebody did to our entries to a person.

Nothing here moves or cancels an appointment: a calendar says what its owner did, not what the customer agreed to.
"""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from answerback.ports.calendar import Changed, Changes, Span, TellsOfChanges
from answerback.ports.errors import PortError
from answerback.store import models
from answerback.store.queries import busy, outside
from answerback.store.queries.busy import BusyTime
from answerback.store.queries.outside import BUILT_IN, Ask, Ours
from answerback.store.queries.rows import Cursor
from answerback.workflow import calendars, clock, queue, transaction
from answerback.workflow.calendars import NotThere, Opened

log = logging.getLogger("answerback.calendars")

AHEAD = timedelta(days=120)
BACK = timedelta(days=1)
"""How far a reading looks; it covers the longest horizon openings are offered for."""

READ_EVERY = timedelta(minutes=5)
READ_EVERY_WHERE_TOLD = timedelta(minutes=30)
"""How often to look without being told: a push can be lost."""

PROLONG_BEFORE = timedelta(hours=30)
"""A subscription that ends sooner than this is prolonged."""

JUST_NOW = timedelta(seconds=5)


def read_due(calendar: int | None = None) -> int:
    """Read every calendar whose turn it is, or this one; returns how many were read."""
    now = clock.now()
    due = models.OutsideCalendar.objects.filter(read_due_at__lte=now, sign_in_needed=False).order_by("read_due_at")
    chosen = [calendar] if calendar is not None else list(due.values_list("id", flat=True)[:200])
    return sum(read(each) for each in chosen)


def read(calendar: int) -> bool:
    """Read what changed and write it down; False where the calendar could not be asked."""
    now = clock.now()
    try:
        opened, window, told = calendars.ask(calendar, lambda opened: _ask_for_changes(opened, now))
        _subscribe(opened, now)
    except NotThere:
        return False
    except PortError as problem:
        _failed(calendar, problem, now)
        return False
    transaction.run(lambda cursor: _write(cursor, opened, told, window, now))
    log.info("calendar.read calendar=%s changed=%s whole=%s", calendar, len(told.changed), told.whole)
    return True


def look_again(cursor: Cursor, member: int, now: datetime) -> None:
    """Somebody is about to book this member: read their calendars unless that was just done, right after the commit."""
    for calendar in outside.read_soon(cursor, outside.read_before(cursor, member, now - JUST_NOW), now):
        queue.defer_calendar(calendar)


def _ask_for_changes(opened: Opened, now: datetime) -> tuple[Opened, Span, Changes]:
    window = _window(opened.row, now)
    return opened, window, opened.calendar.changes(opened.connection, opened.row.cursor, window)


def _window(row: models.OutsideCalendar, now: datetime) -> Span:
    """The window the cursor was begun with; a new one once a day, which makes a full reading."""
    if row.window_from and row.window_to and now - row.window_from < BACK + timedelta(days=1):
        return Span(row.window_from, row.window_to)
    start = (now - BACK).replace(minute=0, second=0, microsecond=0)
    return Span(start, start + AHEAD)


def _write(cursor: Cursor, opened: Opened, told: Changes, window: Span, now: datetime) -> None:
    """One reading: busy times, versions of our entries, what a person must be asked."""
    source = calendars.source(opened.id)
    entries = outside.ours(
        cursor, opened.id, [each.key for each in told.changed if each.key], [*_ids(told.changed), *told.gone]
    )
    asks = _ours(cursor, opened, told, entries, window)
    pairs = _paired(told.changed, entries)
    settled = {each.id for each, entry in pairs if entry.pending or _is_as_agreed(each, entry, window)}
    theirs = [each for each in told.changed if each.id not in settled]
    times = [time for each in theirs for time in _times(each)]
    if told.whole:
        busy.replace(cursor, opened.member, source, times, now)
    else:
        outside.free(cursor, opened.member, source, [_hash(id) for id in [*_ids(told.changed), *told.gone]])
        busy.put(cursor, opened.member, source, times, now)
    foreign = [each for each in theirs if each.id not in {ours.id for ours, _ in pairs}]
    asks += _clashes(cursor, opened, source, foreign, now)
    outside.open_todos(cursor, opened.business, asks, now)
    pushed = opened.row.subscription != ""
    models.OutsideCalendar.objects.filter(id=opened.id).update(
        cursor=told.cursor,
        window_from=window.starts_at,
        window_to=window.ends_at,
        read_at=now,
        read_due_at=now + (READ_EVERY_WHERE_TOLD if pushed else READ_EVERY),
        tries=0,
        problem="",
        sign_in_needed=False,
    )


def _ours(cursor: Cursor, opened: Opened, told: Changes, entries: Sequence[Ours], window: Span) -> list[Ask]:
    """What its owner did to our entries: moved or deleted ones are for a person, the rest is only noted."""
    zone = ZoneInfo(opened.connection.settings["zone"])
    asks = []
    pairs = _paired(told.changed, entries)
    for each, entry in pairs:
        if not entry.pending and not _is_as_agreed(each, entry, window):
            moved = f" to {_moment(each.spans[0].starts_at, zone)}" if each.spans else ""
            asks.append(_ask(opened, entry, f"moved{moved}" if moved else "set to free", each.version, zone))
    deleted = [entry for entry in _deleted(told, entries, pairs) if not entry.pending]
    asks += [_ask(opened, entry, "deleted", "gone", zone) for entry in deleted]
    outside.seen(cursor, [(entry.id, each.id, each.version) for each, entry in pairs if not entry.pending])
    return asks


def _ask(opened: Opened, entry: Ours, did: str, version: str, zone: ZoneInfo) -> Ask:
    when = _moment(entry.starts_at, zone)
    title = (
        f"{opened.member_name}'s {opened.calendar.title}: {entry.customer}, {when} was {did}. "
        "The customer does not know. Move or cancel it here if that is right."
    )
    return Ask(
        conversation=entry.conversation, key=f"calendar:{entry.id}:{entry.version}:{_hash(version)}", title=title
    )


def _clashes(cursor: Cursor, opened: Opened, source: str, theirs: Sequence[Changed], now: datetime) -> list[Ask]:
    """Appointments that stand at a time which has now become busy outside."""
    found = outside.clashes(cursor, opened.member, source, [_hash(each.id) for each in theirs], now)
    if opened.calendar.name == BUILT_IN:
        has = "has something else in the calendar"
    else:
        has = f"is now busy elsewhere ({opened.calendar.title})"
    title = f"{opened.member_name} {has} at the time of this appointment."
    return [
        Ask(conversation=conversation, key=f"clash:{appointment}:{version}:{opened.id}", title=title)
        for appointment, version, conversation in found
    ]


def _paired(changed: Sequence[Changed], entries: Sequence[Ours]) -> list[tuple[Changed, Ours]]:
    by_key = {entry.key: entry for entry in entries}
    by_remote = {entry.remote: entry for entry in entries if entry.remote}
    pairs = [(each, by_key.get(each.key) or by_remote.get(each.id)) for each in changed]
    return [(each, entry) for each, entry in pairs if entry is not None]


def _deleted(told: Changes, entries: Sequence[Ours], pairs: Sequence[tuple[Changed, Ours]]) -> list[Ours]:
    there = {entry.id for _, entry in pairs}
    return [entry for entry in entries if entry.remote in told.gone and entry.id not in there]


def _is_as_agreed(each: Changed, entry: Ours, window: Span) -> bool:
    agreed = Span(max(entry.starts_at, window.starts_at), min(entry.ends_at, window.ends_at))
    return each.spans == (agreed,) or entry.ends_at <= window.starts_at


def _times(each: Changed) -> list[BusyTime]:
    return [
        BusyTime(key=f"{_hash(each.id)}#{number}", start=span.starts_at, end=span.ends_at)
        for number, span in enumerate(each.spans)
    ]


def _ids(changed: Sequence[Changed]) -> list[str]:
    return [each.id for each in changed]


def _hash(id: str) -> str:
    """Ids elsewhere may be of any length."""
    return hashlib.sha256(id.encode()).hexdigest()[:40]


def _moment(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%a} {local:%b} {local.day} {local.hour % 12 or 12}:{local:%M} {local:%p}"


def _failed(calendar: int, problem: PortError, now: datetime) -> None:
    row = models.OutsideCalendar.objects.filter(id=calendar).first()
    if row is None:
        return
    calendars.failed(calendar, problem, now, row.tries)
    log.warning("calendar.away calendar=%s problem=%s", calendar, type(problem).__name__)


def _subscribe(opened: Opened, now: datetime) -> None:
    """Be told of changes where that is possible, and go on being told. Without it the calendar is looked at oftener."""
    adapter, url = opened.calendar, calendars.push_address(opened.id)
    if not isinstance(adapter, TellsOfChanges) or not url:
        return
    until = opened.row.subscribed_until
    if opened.row.subscription and until is not None and until - PROLONG_BEFORE > now:
        return
    secret = opened.connection.settings.get("push_secret", "")
    try:
        if opened.row.subscription:
            kept = adapter.prolong(opened.connection, calendars.standing(opened.row), url, secret, now)
        else:
            kept = adapter.subscribe(opened.connection, url, secret, now)
    except PortError as problem:
        log.warning("calendar.not_subscribed calendar=%s problem=%s", opened.id, type(problem).__name__)
        return
    opened.row.subscription = kept.id
    models.OutsideCalendar.objects.filter(id=opened.id).update(
        subscription=kept.id, subscription_resource=kept.resource, subscribed_until=kept.until
    )
