"""How a text's times, and an instant held against each of them, look to the second reader (`second`).

The words stand as they are, but a time stands as its kind; of an instant little is seen but where it lies to each
time. So what is learnt of "not TIME but TIME" holds for all days and hours. It must never judge whether one suits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, TypeVar

from answerback.understanding.when.pieces import Days, Element, FromNow, Hours, Moment, Piece, Whole
from answerback.understanding.when.roles import pieces_of
from answerback.understanding.when.tokens import Token

LONGEST = 40
"""Tokens and times looked at; of a longer text those that stand nearest to its times."""

DAYS, FAR = 19, 60
"""Days tried in a row, and how far ahead a day that is named may lie to be tried."""

MOST = 24
"""Instants tried at most."""

_CLOCK = (480, 570, 630, 690, 750, 810, 870, 930, 990, 1050, 1110, 1200)
"""Minutes of a day that are tried whatever the hours named."""

_EARLIEST, _LATEST = 7 * 60, 21 * 60 + 30
"""At night nothing is tried: no slot lies there, and what is meant by it few texts tell."""

Stands = tuple[str, ...]
_Some = TypeVar("_Some", date, int)
_Item = tuple[str, str, Piece | None]
Pick = Callable[[Sequence[_Some]], _Some]


class Seen(NamedTuple):
    """A text as it is seen: a word and a kind for each place, and the times with the places they stand at."""

    words: list[str]
    kinds: list[str]
    pieces: list[Piece]
    places: list[int]


class Tried(NamedTuple):
    """An instant, where it stands to each time, what else is seen of it, and how many slots of a diary are like it."""

    instant: datetime
    stands: Stands
    beside: Stands
    alike: int


def seen(words: Sequence[Token], found: Iterable[Element]) -> Seen:
    """A text as it is seen; times that only point at another stand behind it."""
    begin: dict[int, list[Piece]] = defaultdict(list)
    covered: set[int] = set()
    for piece in pieces_of(list(found)):
        begin[piece.at[0] if piece.at[1] else len(words)].append(piece)
        covered.update(range(*piece.at))
    items: list[_Item] = []
    for place in range(len(words) + 1):
        for piece in begin[place]:
            named = " ".join(word.kind for word in words[slice(*piece.at)])
            items.append((named or "<pointed>", _kind(piece), piece))
        if place < len(words) and place not in covered:
            items.append((words[place].text or words[place].kind, words[place].kind, None))
    kept = _nearest(items)
    return Seen(
        words=[word for word, _, _ in kept],
        kinds=[kind for _, kind, _ in kept],
        pieces=[piece for _, _, piece in kept if piece],
        places=[place for place, (_, _, piece) in enumerate(kept) if piece],
    )


def _nearest(items: list[_Item]) -> list[_Item]:
    """As many as are looked at, in their order."""
    if len(items) <= LONGEST:
        return items
    timed = [place for place, (_, _, piece) in enumerate(items) if piece]
    far = {place: min((abs(place - each) for each in timed), default=place) for place in range(len(items))}
    near = sorted(range(len(items)), key=lambda place: (far[place], place))[:LONGEST]
    return [items[place] for place in sorted(near)]


def _kind(piece: Piece) -> str:
    """What kind of time it is; the first letter tells it from the kinds of words."""
    match piece:
        case Hours():
            shape = "part" if piece.part else "bare" if piece.bare else "about" if piece.about else ""
            return _flagged(
                "H", shape or ("exact" if piece.exact else "stretch"), piece.side, len(piece.likely) > 1, piece.ask
            )
        case Days():
            named = "weekday" if piece.weekday is not None else "weekdays" if piece.weekdays else ""
            shape = named or ("every" if piece.every else "stretch" if piece.stretch else "day")
            return _flagged("D", shape, piece.side, len(piece.spans) > 1, piece.ask)
        case Whole():
            return f"W {piece.kind}"
        case FromNow():
            return _flagged("F", "point" if piece.point else "", "", False, piece.ask)


def _flagged(letter: str, shape: str, side: str, many: bool, ask: bool) -> str:
    return f"{letter} {shape} {side}{' many' * many}{' ask' * ask}"


def tried(
    pieces: Sequence[Piece], moment: Moment, *, day_of: Pick[date] | None = None, minute_of: Pick[int] | None = None
) -> list[Tried]:
    """One instant for each way in which instants of the next weeks can stand to the times, `MOST` at most.

    `day_of` and `minute_of` choose among those that stand alike: the middle one, if not given.
    """
    days = _alike(_days(pieces, moment), [each for each in pieces if isinstance(each, Days)], _to_days)
    minutes = _alike(_minutes(pieces), [each for each in pieces if isinstance(each, Hours)], _to_hours)
    ways = [(some_days, some_minutes) for some_days in days for some_minutes in minutes]
    kept = [ways[place * len(ways) // MOST] for place in range(MOST)] if len(ways) > MOST else ways
    found = []
    for some_days, some_minutes in kept:
        day, minute = (day_of or _middle)(some_days), (minute_of or _middle)(some_minutes)
        instant = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=moment.now.tzinfo)
        if instant > moment.now:
            stands = tuple(stand(piece, instant) for piece in pieces)
            found.append(Tried(instant, stands, beside(instant, moment.now), len(some_days) * len(some_minutes)))
    return found


def _middle(some: Sequence[_Some]) -> _Some:
    return some[len(some) // 2]


def _alike(
    those: Sequence[_Some], pieces: Sequence[Piece], to: Callable[[Sequence[Piece], _Some], Stands]
) -> list[list[_Some]]:
    groups: dict[Stands, list[_Some]] = defaultdict(list)
    for each in those:
        groups[to(pieces, each)].append(each)
    return list(groups.values())


def _to_days(pieces: Sequence[Piece], day: date) -> Stands:
    return tuple(_to_day(piece, day) for piece in pieces if isinstance(piece, Days))


def _to_hours(pieces: Sequence[Piece], minute: int) -> Stands:
    return tuple(_to_hour(piece, minute) for piece in pieces if isinstance(piece, Hours))


def _days(pieces: Sequence[Piece], moment: Moment) -> list[date]:
    found = {moment.today + timedelta(days=ahead) for ahead in range(DAYS)}
    for piece in pieces:
        if isinstance(piece, Days):
            for edge in (edge for span in piece.spans for edge in span if edge):
                if abs((edge - moment.today).days) <= FAR:
                    found |= {edge + timedelta(days=away) for away in (-1, 0, 1)}
    return sorted(day for day in found if 0 <= (day - moment.today).days < FAR)


def _minutes(pieces: Sequence[Piece]) -> list[int]:
    found = set(_CLOCK)
    for piece in pieces:
        if isinstance(piece, Hours):
            found |= {edge + away for reading in piece.readings for edge in reading for away in (0, -30)}
    return sorted(minute for minute in found if _EARLIEST <= minute <= _LATEST)


def stand(piece: Piece, instant: datetime) -> str:
    """Where an instant (with the business's zone) stands to a time; empty where the time is none of the calendar."""
    match piece:
        case Days():
            return _to_day(piece, instant.date())
        case Hours():
            return _to_hour(piece, instant.hour * 60 + instant.minute)
        case FromNow():
            at = instant.astimezone(UTC)
            return (
                "before" if at < piece.since.astimezone(UTC) else "in" if at < piece.until.astimezone(UTC) else "after"
            )
        case Whole():
            return ""


def _to_day(piece: Days, day: date) -> str:
    where = ""
    for first, last in piece.spans:
        if (first is None or day >= first) and (last is None or day <= last):
            where = "in"
            break
        side = "before" if first is not None and day < first else "after"
        where = side if where in {"", side} else "between"
    if piece.weekdays:
        return f"{where} {'of' if day.weekday() in piece.weekdays else 'no'} weekdays"
    if piece.weekday is not None:
        return f"{where} {'the' if day.weekday() == piece.weekday else 'another'} weekday"
    if piece.every:
        return f"{where} {'of' if day.weekday() in piece.every else 'no'} refused"
    return where


def _to_hour(piece: Hours, minute: int) -> str:
    where = set()
    for place in piece.likely or (0,):
        begin, end = piece.readings[place]
        where.add("before" if minute < begin else "in" if minute < end else "after")
    other = any(begin <= minute < end for begin, end in piece.readings)
    return " ".join(sorted(where)) + " other" * (other and "in" not in where)


def beside(instant: datetime, now: datetime) -> Stands:
    """What else is seen of an instant: how far ahead, in which part of the day, which weekday, and when it was said."""
    ahead = (instant.date() - now.date()).days
    far = ("today", "tomorrow")[ahead] if ahead <= 1 else ("week", "next", "far")[min(ahead // 7, 2)]
    return f"ahead {far}", f"part {_part(instant.hour)}", f"weekday {instant.weekday()}", f"said {_part(now.hour)}"


def _part(hour: int) -> int:
    return sum(hour >= begin for begin in (8, 12, 15, 17, 20))
