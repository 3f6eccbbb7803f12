"""The timeline of a conversation as the page shows it: days, bubbles, marks, and each text with its reasons."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from answerback.console import words
from answerback.console.guard import Visit
from answerback.console.moments import Moment, clock, day, moment
from answerback.console.whys import Why, why
from answerback.console.words import Chip
from answerback.store.queries.timeline import Row

Side = Literal["in", "out", "note"]

_ICONS = {
    "call": "phone-incoming",
    "missed_call": "phone-missed",
    "voicemail": "voicemail",
    "lead": "flag",
    "todo": "list-todo",
    "page": "siren",
    "appointment": "calendar-check",
    "money": "dollar-sign",
    "staff": "user",
    "video": "clapperboard",
    "reason": "info",
    "note": "sticky-note",
    "desk": "user",
}

_SIDES: dict[str, Side] = {"text_in": "in", "text_out": "out", "text_staff": "out"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row with all that is shown of it. `day` is set on the first of a day, `reasons` say why or why not."""

    row: Row
    side: Side
    at: Moment
    day: str
    icon: str
    mark: Chip | None
    due: Moment | None
    ahead: bool
    reasons: tuple[Why, ...]
    detail: str
    """What stands beside the title of a mark in the timeline."""

    @property
    def number(self) -> int:
        """The id of what the row is about, in its own table."""
        return int(self.row.id.rpartition("-")[2])


def entries(rows: tuple[Row, ...], visit: Visit) -> list[Entry]:
    """These rows as the page shows them; the reasons of a text stand with the text."""
    now, zone = visit.now, visit.seat.zone
    texts = {row.text for row in rows if row.kind in {"text_out", "text_staff"}}
    about: dict[str, list[Row]] = {}
    for row in rows:
        if row.kind == "reason" and row.text in texts:
            about.setdefault(row.text, []).append(row)
    shown: list[Entry] = []
    last_day = ""
    for row in _told_once(rows):
        if row.kind == "reason" and row.text in texts:
            continue
        this_day = day(row.at.astimezone(zone), now)
        reasons = about.get(row.text, []) if row.kind in _SIDES else [row] if row.kind == "reason" else []
        said = tuple(why(each, visit) for each in reasons)
        shown.append(_entry(row, "" if this_day == last_day else this_day, said, now, zone))
        last_day = this_day
    return shown


def _told_once(rows: tuple[Row, ...]) -> Iterator[Row]:
    """The rows; who marked a lead, the amount they named and the receipt of it are one thing and stand in one row."""
    marks = {row.at for row in rows if row.kind == "staff" and row.id.startswith("event-")}
    sold = {row.at: row for row in rows if row.kind == "money" and row.at in marks}
    for row in rows:
        if row.rule == "outcome" or row is sold.get(row.at):
            continue
        if row.kind == "staff" and row.at in sold:
            amount = sold[row.at]
            yield replace(row, kind="money", detail=amount.title, open=amount.open)
        else:
            yield row


def waiting(rows: tuple[Row, ...], visit: Visit) -> list[Entry]:
    """The texts that will go out next, the soonest first."""
    now, zone = visit.now, visit.seat.zone
    queued = [row for row in rows if row.status == "queued"]
    return [_entry(row, "", (), now, zone) for row in sorted(queued, key=lambda row: row.due_at or row.at)]


def _entry(row: Row, new_day: str, reasons: tuple[Why, ...], now: datetime, zone: ZoneInfo) -> Entry:
    side = _SIDES.get(row.kind, "note")
    return Entry(
        row=row,
        side=side,
        at=clock(row.at, zone),
        day=new_day,
        icon=_ICONS.get(row.kind, ""),
        mark=words.MARKS.get(row.status) if side == "out" else None,
        due=moment(row.due_at, now, zone) if row.due_at else None,
        ahead=row.due_at is not None and row.due_at > now,
        reasons=reasons if side != "in" else (),
        detail=str(words.MISSED.get(row.detail.replace(" ", "_"), row.detail)) if row.kind == "lead" else row.detail,
    )
