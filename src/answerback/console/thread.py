"""The timeline of a conversation as the page shows it: days, bubbles, marks, and each text with its reasons."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from answerback.console import words
from answerback.console.guard import Visit
from answerback.console.moments import Moment, clock, day, moment
from answerback.console.reports.meant import INTENTS, URGENCIES
from answerback.console.retold import retold, whose
from answerback.console.whys import Why, by_hand, why, withdrawn
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
    "wake": "bell-ring",
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
    because: str
    """What hindered a text, in the reader's language."""
    meant: tuple[Promise | str, Promise | str]
    """What a text of theirs was taken to want, and how urgent it is."""
    is_emptied: bool
    """Is it a text whose words are kept no longer (`workflow.keeping`)?"""

    @property
    def number(self) -> int:
        """The id of what the row is about, in its own table."""
        return int(self.row.id.rpartition("-")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """A part of a timeline without a gap, up to `MOST` of weight. `earlier` is its first moment where it is not the
    beginning: what lies before it is the next portion.
    """

    entries: list[Entry]
    earlier: datetime | None


SHORTEST_KEPT = timedelta(days=30)
"""Words stay as long at least: a younger text without any came without them."""

ONE_ACT = timedelta(seconds=2)
"""What one act writes down is no further apart."""

MOST = 64_000
"""So many bytes of a page a portion is about; the rest of the page is 42,000, and none may have 150,000."""

FURTHEST = 5
"""So many portions more a page shows at once, for a row that somebody comes to see."""


def newest(rows: tuple[Row, ...], visit: Visit) -> Portion:
    """The end of the timeline: as much of it as a page may weigh."""
    return _portion(rows, visit, first=None)


def holding(rows: tuple[Row, ...], visit: Visit, at: str) -> Portion:
    """The end of the timeline, as far up as the row with this id where somebody comes to see it; one that is further up
    than `FURTHEST` is left to whoever goes on reading.
    """
    row = next((row for row in rows if row.id == at), None)
    part = newest(rows, visit)
    if row is None or part.earlier is None or row.at >= part.earlier:
        return part
    above = before(rows, visit, part.earlier)
    for _ in range(FURTHEST):
        if above.earlier is None or row.at >= above.earlier:
            return since(rows, visit, above.earlier or rows[0].at)
        above = before(rows, visit, above.earlier)
    return part


def since(rows: tuple[Row, ...], visit: Visit, first: datetime) -> Portion:
    """The timeline from this moment on: what a page goes on showing above which earlier portions may stand."""
    return _portion(rows, visit, first=first)


def before(rows: tuple[Row, ...], visit: Visit, moment: datetime) -> Portion:
    """The portion that ends before this moment."""
    return _portion(rows, visit, first=None, end=moment)


def _portion(rows: tuple[Row, ...], visit: Visit, *, first: datetime | None, end: datetime | None = None) -> Portion:
    texts = {row.text for row in rows if row.kind in {"text_out", "text_staff"}}
    about: dict[str, list[Row]] = {}
    for row in rows:
        if row.kind == "reason" and row.text in texts:
            about.setdefault(row.text, []).append(row)
    about |= {text: [reason] for text, reason in _said_again(rows).items()}
    beside = {reason.id for reasons in about.values() for reason in reasons}
    told = [row for row in _told_once(rows) if row.id not in beside and (end is None or row.at < end)]
    begin = _beginning(told, about) if first is None else bisect_left(told, first, key=lambda row: row.at)
    return Portion(
        entries=_entries(told[begin:], about, visit), earlier=told[begin].at if 0 < begin < len(told) else None
    )


def _said_again(rows: tuple[Row, ...]) -> dict[str, Row]:
    """By the text of theirs, the reason that says of it just what was said of the one before it.

    "A person has the conversation" stands once then, and not after every text; the others say it when they are asked.
    """
    again: dict[str, Row] = {}
    said: Row | None = None
    theirs = ""
    for row in rows:
        if row.kind == "text_in":
            theirs = row.id
        elif row.kind == "reason" and not row.text:
            same = said is not None and (row.rule, row.verdict, row.title) == (said.rule, said.verdict, said.title)
            if same and theirs:
                again[theirs] = row
            said, theirs = row, ""
        elif row.kind in _ACTS:
            said = None
    return again


_ACTS = frozenset({"staff", "desk", "wake"})


def _beginning(told: list[Row], about: dict[str, list[Row]]) -> int:
    """Where the portion begins that ends these rows; what happened in one moment is not torn apart."""
    begin, weight = len(told), 0
    while begin and (weight < MOST or told[begin - 1].at == told[begin].at):
        begin -= 1
        weight += _weight(told[begin], about)
    return begin


def _weight(row: Row, about: dict[str, list[Row]]) -> int:
    """About how many bytes of a page this row takes with its reasons."""
    reasons = _reasons(row, about)
    checks = [check for reason in reasons for check in reason.checks]
    words = sum(len(each) for each in (row.detail, row.draft, *(check.evidence for check in checks)))
    words += sum(120 + len(each) for each in row.understood.evidence) if row.understood else 0
    told = len(reasons) or row.kind in {"text_staff", "text_in"}
    return 1400 + 900 * told + 400 * len(checks) + words


def _reasons(row: Row, about: dict[str, list[Row]]) -> list[Row]:
    if row.kind == "reason":
        return [row]
    return about.get(row.id if row.kind == "text_in" else row.text, []) if row.kind in _SIDES else []


def _entries(told: list[Row], about: dict[str, list[Row]], visit: Visit) -> list[Entry]:
    """These rows as the page shows them; the reasons of a text stand with the text."""
    now, zone = visit.now, visit.seat.zone
    shown: list[Entry] = []
    last_day = ""
    for row in told:
        this_day = day(row.at.astimezone(zone), now)
        said = _whys(row, about, visit)
        shown.append(_entry(row, "" if this_day == last_day else this_day, said, now, zone))
        last_day = this_day
    return shown


def _whys(row: Row, about: dict[str, list[Row]], visit: Visit) -> tuple[Why, ...]:
    """Its reasons, with what nobody wrote a receipt of: that a person wrote it, or what took it back."""
    reasons = _reasons(row, about)
    said = tuple(why(each, visit) for each in reasons)
    if not said and row.kind == "text_staff" and row.text and row.status != "queued":
        said = (by_hand(row),)
    is_told = any(each.verdict == "withdrawn" for each in reasons)
    return (*said, withdrawn(row)) if row.status == "withdrawn" and row.why and not is_told else said


def _told_once(rows: tuple[Row, ...]) -> Iterator[Row]:
    """The rows; what is one thing stands in one row.

    Who marked a lead, the amount they named and the receipt of it are one; so are who took the conversation, handed
    it back or held a text back, and the receipt of that; and who took an emergency and so took the conversation over.
    """
    rows = _taken_once(_with_receipts(rows))
    marks = {row.at for row in rows if row.kind == "staff" and row.id.startswith("event-")}
    sold = {row.at: row for row in rows if row.kind == "money" and row.at in marks}
    for row in rows:
        if row.rule == "outcome" or row is sold.get(row.at):
            continue
        if row.kind == "staff" and row.at in sold:
            amount = sold[row.at]
            yield replace(row, kind="money", detail=amount.title, status=amount.status, open=amount.open)
        else:
            yield row


def _taken_once(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows; "Ana took it" of an emergency says what the row of her taking over says, which falls away."""
    acts = [row for row in rows if row.kind == "staff" and row.rule == "took over"]
    told: list[Row] = []
    same = set[str]()
    for row in rows:
        title = row.title.replace(" took it", " took over") if row.kind == "wake" else ""
        act = next((each for each in acts if each.title == title and abs(each.at - row.at) < ONE_ACT), None)
        if act is not None:
            same.add(act.id)
            told.append(replace(row, detail=act.detail))
        else:
            told.append(row)
    return tuple(row for row in told if row.id not in same)


def _with_receipts(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows, the receipt of a take-over, a hand-back or what was held back told in the row of the act itself."""
    told: dict[str, Row] = {}
    acts: dict[str, str] = {}
    for row in rows:
        if row.kind == "staff" and row.rule:
            acts[row.rule] = row.id
        elif row.kind == "reason" and row.rule in acts:
            act = told[acts.pop(row.rule)]
            if not act.title.startswith(row.title.rstrip(".")):
                told[act.id] = replace(act, detail=row.title)
            continue
        told[row.id] = row
    return tuple(told.values())


def waiting(rows: tuple[Row, ...], visit: Visit) -> list[Entry]:
    """The texts that will go out next, the soonest first."""
    now, zone = visit.now, visit.seat.zone
    queued = [row for row in rows if row.status == "queued" and row.kind in _SIDES]
    return [_entry(row, "", (), now, zone) for row in sorted(queued, key=lambda row: row.due_at or row.at)]


def _entry(row: Row, new_day: str, reasons: tuple[Why, ...], now: datetime, zone: ZoneInfo) -> Entry:
    side = _SIDES.get(row.kind, "note")
    return Entry(
        row=row,
        side=side,
        at=clock(row.at, zone),
        day=new_day,
        icon=_ICONS.get(row.kind, ""),
        mark=words.MARKS.get(row.status) if side == "out" or row.kind == "wake" else None,
        due=moment(row.due_at, now, zone) if row.due_at else None,
        ahead=row.due_at is not None and row.due_at > now,
        reasons=reasons,
        detail=str(words.MISSED.get(row.detail.replace(" ", "_"), row.detail)) if row.kind == "lead" else row.detail,
        because=retold(row.why) if row.status == "withdrawn" else whose(row.why),
        meant=_meant(row),
        is_emptied=side != "note" and not (row.detail or row.attached) and now - row.at > SHORTEST_KEPT,
    )


def _meant(row: Row) -> tuple[Promise | str, Promise | str]:
    if row.understood is None:
        return "", ""
    return INTENTS.get(row.understood.intent, INTENTS["other"]), URGENCIES.get(row.understood.urgency, "")
