"""Turns our entries into iCalendar (RFC 5545) and iCalendar into busy times.

Series are expanded here, not by the server: not every one can, and ours has to agree with itself. Of other people's
events nothing but their times leaves this module.
"""

import logging
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event, vPeriod

from answerback.ports.calendar import Entry, Span
from answerback.ports.windows import cut

log = logging.getLogger("answerback.caldav")

PRODUCT = "-//answerback//appointments//EN"
OURS = "@answerback"
"""What the UID of each entry of ours ends in."""


def written(entry: Entry) -> str:
    """A new calendar object that holds this entry."""
    calendar, event = Calendar(), Event()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    event.add("uid", entry.key + OURS)
    event.add("created", entry.changed_at.astimezone(UTC))
    _fill(event, entry)
    if entry.notes:
        event.add("description", entry.notes)
    calendar.add_component(event)
    return _text(calendar)


def rewritten(text: str, entry: Entry) -> str:
    """The same object with our times, title and place in it; notes and alarms that its owner added stay."""
    calendar = _parsed(text)
    event = next((each for each in calendar.walk("VEVENT") if str(each.get("uid")) == entry.key + OURS), None)
    if event is None:
        return written(entry)
    for name in ("dtstamp", "dtstart", "dtend", "duration", "summary", "location", "sequence", "status", "transp"):
        event.pop(name, None)
    _fill(event, entry)
    return _text(calendar)


def key_of(text: str) -> str:
    """Our key, where the object is an entry of ours."""
    for event in _parsed(text).walk("VEVENT"):
        uid = str(event.get("uid", ""))
        return uid.removesuffix(OURS) if uid.endswith(OURS) else ""
    return ""


def spans(text: str, window: Span, zone: ZoneInfo) -> tuple[Span, ...]:
    """The times within the window at which this object makes its owner busy; a day in full is one of `zone`."""
    try:
        found = recurring_ical_events.of(_parsed(text)).between(window.starts_at, window.ends_at)
        return cut((_span(event, zone) for event in found if _is_busy(event)), window)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:  # other programs write odd things
        log.warning("caldav.unreadable problem=%s", type(problem).__name__)
        return ()


def free_busy(text: str) -> tuple[Span, ...]:
    """The busy times of a VFREEBUSY, in whichever of its spellings."""
    return tuple(
        Span(period.start.astimezone(UTC), period.end.astimezone(UTC))
        for answer in _parsed(text).walk("VFREEBUSY")
        for period in _periods(answer.get("freebusy", []))
        if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE"
    )


def _fill(event: Event, entry: Entry) -> None:
    # In UTC, which needs no VTIMEZONE: the one icalendar 7.3 makes for Chicago ends in 1971, and a server that reads it
    # puts the summer's appointments an hour late into its free/busy report. Radicale did.
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("dtstart", entry.starts_at.astimezone(UTC))
    event.add("dtend", entry.ends_at.astimezone(UTC))
    event.add("summary", entry.title)
    event.add("sequence", entry.sequence)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.free else "OPAQUE")
    if entry.place:
        event.add("location", entry.place)


def _text(calendar: Calendar) -> str:
    return str(calendar.to_ical().decode("utf-8"))


def _parsed(text: str) -> Any:
    return Calendar.from_ical(text)


def _is_busy(event: Any) -> bool:
    is_free = str(event.get("transp", "OPAQUE")).upper() == "TRANSPARENT"
    return not is_free and str(event.get("status", "")).upper() != "CANCELLED"


def _span(event: Any, zone: ZoneInfo) -> Span:
    start, end = event.start, event.end
    if not isinstance(start, datetime) and start == end:
        end = start + timedelta(days=1)
    return Span(_moment(start, zone), _moment(end, zone))


def _moment(at: date, zone: ZoneInfo) -> datetime:
    """A day begins at midnight of `zone`; a time without a zone is of that zone too (RFC 5545, floating time)."""
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _periods(value: Any) -> list[vPeriod]:
    every = value if isinstance(value, list) else [value]
    return [period for each in every for period in (each.dts if hasattr(each, "dts") else [each])]
