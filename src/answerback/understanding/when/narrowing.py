"""Days and hours said more closely: a weekday within a week named beside it, a range within next week, two open ends.

It must never allow more than either of the two says.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from answerback.engine.times import DAY
from answerback.understanding.when.pieces import Days, Hours


def is_dated(days: Days) -> bool:
    """Is it one day that was not named by its weekday?"""
    return days.weekday is None and not days.side and len(days.spans) == 1 and days.spans[0][0] == days.spans[0][1]


def named_weekdays(days: Days) -> tuple[int, ...]:
    """The weekdays days are named by and nothing else; none where a date, a week or a side was named with them."""
    if days.side or days.inside or (days.stretch and not days.every):
        return ()
    return days.named if not days.weekdays or days.spans == ((None, None),) else ()


def from_then_on(side: Days, days: Days) -> Days | None:
    """ "Starting june 28, mondays": those weekdays from that day on."""
    named = named_weekdays(days)
    open_end = side.spans[0][0] is not None and side.spans[0][1] is None and len(side.spans) == 1
    return Days(spans=side.spans, weekdays=named, ask=side.ask) if named and open_end else None


def told_more(days: list[Days], piece: Days) -> list[Days] | None:
    """Days said more closely: "tuesday or wednesday, next week", "next week tuesday", "weekdays after the 5th"."""
    last = days[-1]
    if piece.stretch and all(each.named for each in days):
        if len(days) > 1 and days[0].inside and days[0].inside != piece.spans[0]:
            # "thursday this week or monday next week": the first has its week already
            second = within(days[-1], piece)
            return [*days[:-1], replace(second, ask=second.ask or len(days) > 2)] if second else None
        found = [within(each, piece) for each in days]
        kept = [each for each in found if each is not None]
        first, until = piece.spans[0]
        if not kept and first and until and first.weekday() < _SATURDAY and until.weekday() == _SUNDAY:
            # "tuesday this week", said on its thursday
            return [replace(each, ask=True) for each in days]
        return kept or None
    if last.stretch and not last.every and not piece.side and piece.named:
        inside = within(piece, last)
        return [*days[:-1], inside] if inside else None
    if closer := _from_a_day_on(days, piece):
        return closer
    if last.side and piece.side and last.side != piece.side:
        return [*days[:-1], _both(last, piece)]
    plain = not piece.side and ((last.side and not last.weekdays) or (last.stretch and not piece.weekdays))
    if plain and lies_within(piece, last):
        # "after new year's, tuesday the 5th", "end of the month, the 30th or 31st", "next week, monday to wednesday"
        return [*days[:-1], piece]
    if last.stretch and piece.side and (bounded := _bounded(last, piece)):
        return [*days[:-1], bounded]
    if piece.stretch and is_dated(last) and _holds(piece, last):
        # "el 31 de este mes"
        return days
    return _with_weekdays(days, piece)


_SATURDAY, _SUNDAY = 5, 6


def _from_a_day_on(days: list[Days], piece: Days) -> list[Days] | None:
    last = days[-1]
    if last.side == "after" and not last.weekdays and (closer := from_then_on(last, piece)):
        return [*days[:-1], closer]
    found = [from_then_on(piece, each) for each in days] if piece.side == "after" else []
    return [each for each in found if each is not None] if found and all(found) else None


def _with_weekdays(days: list[Days], piece: Days) -> list[Days] | None:
    last = days[-1]
    if last.side and piece.weekdays and not last.weekdays:
        # "before easter, weekdays only"
        return [*days[:-1], replace(last, weekdays=piece.weekdays)]
    if piece.side and all(each.weekdays and each.spans == ((None, None),) for each in days):
        return [replace(piece, weekdays=each.weekdays) for each in days]
    if last.weekdays and piece.side:
        return [*days[:-1], replace(piece, weekdays=last.weekdays)]
    return None


def lies_within(piece: Days, side: Days) -> bool:
    """Is it one plain day or stretch, and wholly on that side?"""
    (first, last), (begin, end) = piece.spans[0], side.spans[0]
    if len(piece.spans) > 1 or len(side.spans) > 1 or piece.ask or first is None or last is None:
        return False
    return (begin is None or begin <= first) and (end is None or last <= end)


_MONTH = 27
"""A stretch of so many days or more is a month."""


def _bounded(stretch: Days, side: Days) -> Days | None:
    """ "Next week, up to wednesday", "in may, after the 10th": what of it lies on that side; None where nothing is."""
    if len(stretch.spans) > 1 or len(side.spans) > 1 or stretch.ask or side.weekdays:
        return None
    (first, last), (begin, end) = stretch.spans[0], side.spans[0]
    if first is None or last is None:
        return None
    edge = begin if side.side == "after" else end
    if edge is not None and ((last - first).days >= _MONTH or side.weekday is not None):
        # in that month or week
        on = (side.weekday - first.weekday()) % 7 if side.weekday is not None else edge.day - first.day
        off = (edge.weekday() - side.weekday) % 7 if side.weekday is not None else 0
        moved = first + timedelta(days=on + (off - 7 if off > 3 else off))
        begin, end = (moved, end) if side.side == "after" else (begin, moved)
    found = (max(first, begin) if begin else first, min(last, end) if end else last)
    return replace(stretch, spans=(found,)) if found[0] <= found[1] and found != (first, last) else None


def _holds(stretch: Days, day: Days) -> bool:
    (first, last), (named, _) = stretch.spans[0], day.spans[0]
    return first is not None and last is not None and named is not None and first <= named <= last


def week_narrowed(days: Days) -> Days | None:
    """The week or month a weekday was found in, when one was named beside it."""
    return Days(spans=(days.inside,), stretch=True) if days.inside else None


def within(days: Days, stretch: Days) -> Days | None:
    """The weekday inside a week or month; None when there is none."""
    named = days.named
    found = [
        day
        for first, last in stretch.spans
        if first is not None and last is not None
        for day in (first + timedelta(days=step) for step in range((last - first).days + 1))
        if day.weekday() in named
    ]
    if not found:
        return None
    spans = tuple((day, day) for day in found)
    (begin, end), *others = stretch.spans
    long = any(first and last and (last - first).days > 7 for first, last in stretch.spans)
    return Days(
        spans=spans,
        weekday=days.weekday,
        stretch=days.weekday is not None,
        inside=(begin, end) if begin and end and not others else None,
        ask=stretch.ask or (long and not named[1:] and not days.weekdays and len(found) > 1),
    )


def _both(one: Days, two: Days) -> Days:
    (first, last), (other_first, other_last) = one.spans[0], two.spans[0]
    firsts = [day for day in (first, other_first) if day is not None]
    lasts = [day for day in (last, other_last) if day is not None]
    return Days(spans=((max(firsts, default=None), min(lasts, default=None)),), stretch=True)


def meet(one: Hours, two: Hours) -> Hours | None:
    """Hours that both hold; a part of the day settles which reading of a clock is meant."""
    found: list[tuple[int, int]] = []
    likely: list[int] = []
    for number, (start, end) in enumerate(two.readings):
        for other_number, (other_start, other_end) in enumerate(one.readings):
            span = (max(start, other_start), min(end, other_end))
            if two.side == "after" and not other_start <= start < other_end:
                # "tonight after 8" is not tonight after 8 in the morning
                continue
            if span[0] < span[1] and span not in found:
                if number in two.likely and other_number in one.likely:
                    likely.append(len(found))
                found.append(span)
    if not found:
        return None
    return Hours(readings=tuple(found), likely=tuple(likely) or tuple(range(len(found))), ask=one.ask or two.ask)


def same_half(last: Hours, piece: Hours) -> Hours:
    """In "9 or 10pm" the pm is said once for both."""
    if len(last.readings) == 2 and len(piece.readings) == 1 and last.exact and piece.exact:
        afternoon = piece.readings[0][0] >= 720
        same = last.readings[1] if afternoon else last.readings[0]
        if same[0] < piece.readings[0][0]:
            return replace(last, readings=(same,), likely=(0,))
    return last


def as_meant(hours: Hours) -> Hours:
    """Only the readings that are likely."""
    likely = tuple(hours.readings[number] for number in hours.likely)
    return replace(hours, readings=likely, likely=tuple(range(len(likely))))


def both_sides(first: Sequence[Days], last: Sequence[Days]) -> list[Days] | None:
    """ "After christmas but before new years": the days between."""
    if len(first) != 1 or len(last) != 1 or {first[0].side, last[0].side} != {"before", "after"}:
        return None
    after, before = (first[0], last[0]) if first[0].side == "after" else (last[0], first[0])
    begin, end = after.spans[0][0], before.spans[0][1]
    if begin is None or end is None or begin > end:
        return None
    return [Days(spans=((begin, end),), stretch=True, ask=after.ask or before.ask)]


def refused_hours(hours: Hours) -> Hours:
    """The hours that a "not" takes away: what is after an hour, all around noon, a working day till five."""
    if hours.side == "after" and not hours.part:
        return replace(hours, readings=tuple((start + 1, DAY) for start, _ in hours.readings))
    if hours.part and hours.readings == (_DAYTIME,):
        # who teaches "during the day" is free at five
        return replace(hours, readings=((_DAYTIME[0], _DAYTIME[1] - 60),))
    # "Mañana, pero que no sea a mediodía"
    at_noon = hours.exact and hours.readings == ((_NOON, _NOON + 1),)
    return replace(hours, readings=((_NOON - 30, _NOON + 60),)) if at_noon else hours


_NOON = 12 * 60
_DAYTIME = (8 * 60, 18 * 60)
