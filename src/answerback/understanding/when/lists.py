"""What stands between commas, and the lists that do not end at one: "tues, thurs or fri after 3".

It must never join what is said of one day with another day.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from answerback.understanding.when.pieces import Days, Element, Hours, Mark
from answerback.understanding.when.told import behind_lead, is_piece, kinds_of, split


def chunks(elements: Sequence[Element]) -> list[list[Element]]:
    """The parts between commas; a list of days stays together."""
    parts = split(elements, {"comma"})
    joined: list[list[Element]] = []
    for number, part in enumerate(parts):
        listed = _is_listed(parts[number:])
        named = _up_to_last_piece(part) if joined and _goes_on_with_weekdays(joined[-1], part) else part
        named = _row(part) if joined and listed and _is_a_list(joined[-1]) else named
        words = kinds_of(named) - {"and", "or", "to"}
        ahead = kinds_of(behind_lead(joined[-1], listed=listed)) if joined else set()
        if joined and not words and not ahead & {"good", "bad", "not", "no", "except", "past", "wish"}:
            joined[-1] = [*joined[-1], Mark(kind="comma"), *part]
        else:
            joined.append(part)
    return joined


def onwards(elements: Sequence[Element], today: date) -> list[Element]:
    """The elements, where days are named in their order: the "monday" of "saturday or monday", said on a monday, is the
    next one, and so is the "friday" of "can't thursday. friday yes".
    """
    found: list[Element] = []
    ahead: Days | None = None
    is_same_sentence = True
    for each in elements:
        one = each
        if isinstance(each, Days):
            if _is_today_or_next(each, today) and ahead is not None and (is_same_sentence or _follows(ahead, each)):
                one = replace(each, spans=each.spans[1:], ask=False)
            ahead, is_same_sentence = _coming(each, today), True
        elif each in _MOVES:
            ahead = None
        elif each in _ENDS:
            is_same_sentence = False
        found.append(one)
    return found


def told_twice(elements: Sequence[Element]) -> list[Element]:
    """The elements, a weekday in one with the date behind it that is of its name.

    "Half past eight on thursday morning, the twelfth of march" names one day.
    """
    found = list(elements)
    for place, each in enumerate(found):
        if not isinstance(each, Days) or each.weekday is None or each.side or each.stretch:
            continue
        at = next((at for at in range(place + 1, len(found)) if not _is_between(found[at])), len(found))
        at = _behind_words(found, place) if isinstance(found[at : at + 1] and found[at], Mark) else at
        other = found[at] if at < len(found) else None
        if not isinstance(other, Days) or not _is_of_weekday(other, each.weekday):
            continue
        beside = at == place + 1 and (other.spans == each.spans or not _is_counted(each, other))
        if beside or sum(mark == Mark(kind="stop") for mark in found[place:at]) > 1:
            continue
        kept = [mark for mark in found[place + 1 : at] if not isinstance(mark, Mark)]
        return [*found[:place], replace(other, at=each.at), *kept, *found[at + 1 :]]
    return found


def _is_counted(day: Days, other: Days) -> bool:
    """ "Thurs a week from today": the date behind a weekday says which one, where it is not the coming one."""
    first, coming = other.spans[0][0], day.spans[0][0]
    return day.at[1] == other.at[0] and first is not None and coming is not None and first > coming


def _is_between(element: Element) -> bool:
    return isinstance(element, Hours) or element in (Mark(kind="comma"), Mark(kind="stop"))


def _behind_words(found: Sequence[Element], place: int) -> int:
    """ "Sunday brunch shoot 11am the 28th": where words and one hour end that stand between a weekday and its date."""
    at = place + 1
    while at < len(found) and (isinstance(found[at], Hours) or found[at] == Mark(kind="word")):
        at += 1
    return at if sum(isinstance(each, Hours) for each in found[place:at]) == 1 else len(found)


def _is_of_weekday(days: Days, weekday: int) -> bool:
    first, last = days.spans[0]
    dated = days.weekday is None and not (days.weekdays or days.every or days.side or days.stretch or days.ask)
    return dated and len(days.spans) == 1 and first is not None and first == last and first.weekday() == weekday


_ENDS = tuple(Mark(kind=kind) for kind in ("stop", "but", "because", "past", "happening"))
_MOVES = tuple(Mark(kind=kind) for kind in ("to", "move", "moved"))
"""Who moves a visit may want it sooner."""


def _is_today_or_next(days: Days, today: date) -> bool:
    return days.ask and days.weekday == today.weekday() and len(days.spans) > 1 and days.spans[0] == (today, today)


def _coming(days: Days, today: date) -> Days | None:
    """A weekday that was only named, and is still to come."""
    first = days.spans[0][0]
    return days if days.weekday is not None and first is not None and first > today else None


def _follows(ahead: Days, days: Days) -> bool:
    assert ahead.weekday is not None
    return (ahead.weekday + 1) % 7 == days.weekday


def _is_listed(parts: Sequence[Sequence[Element]]) -> bool:
    """Does a list go on here that an "or" or an "and" ends: the "thursday" and the "friday" of "tues, thurs or fri"?"""
    named = _row(parts[0]) if parts[0] else []
    if any(isinstance(each, Mark) for each in named):
        return True
    return len(parts) > 1 and len(parts[0]) == len(named) == 1 and _is_listed(parts[1:])


def _is_a_list(ahead: Sequence[Element]) -> bool:
    """Does it end with nothing but days?"""
    first = next((place for place, each in enumerate(ahead) if is_piece(each)), 0)
    leading = {"word", "to"} if first else set()
    return (
        kinds_of(ahead[first:]) <= {"comma", "good", "wish", "subject"}
        and kinds_of(ahead[:first]) <= {"comma", "good", "wish", "subject", *leading}
        and all(isinstance(each, Days) or each == Mark(kind="comma") for each in ahead[first:])
    )


def _row(part: Sequence[Element]) -> list[Element]:
    """The days, or the hours, that a part begins with, and what joins them."""
    kind = Days if isinstance(part[0], Days) else Hours
    joins = (Mark(kind="or"), Mark(kind="and"))
    row = list(takewhile(lambda each: isinstance(each, kind) or each in joins, part))
    while row and isinstance(row[-1], Mark):
        row.pop()
    return row if row and isinstance(row[0], kind) else []


def _goes_on_with_weekdays(ahead: Sequence[Element], part: Sequence[Element]) -> bool:
    ends = (next((each for each in reversed(ahead) if is_piece(each)), None), next(filter(is_piece, part), None))
    return all(isinstance(each, Days) and each.weekdays for each in ends)


def _up_to_last_piece(part: Sequence[Element]) -> Sequence[Element]:
    """ "M, w, f mornings is when im off": what stands behind the times keeps no list apart; a refusal does."""
    last = max((place for place, each in enumerate(part) if is_piece(each)), default=len(part) - 1)
    behind = part[last + 1 :]
    return part[: last + 1] if kinds_of(behind) <= {"good", "subject"} else part
