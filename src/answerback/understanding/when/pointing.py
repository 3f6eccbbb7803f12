"""Words that point back at a time told before: "before then", "after that", "the day after", "that week".

They become the days and hours they point at where those are plain; else the pointing word stays and is asked about. It
must never take a time that is wished for itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from answerback.engine.times import DAY
from answerback.understanding.when.almanac import on, stretch_from, week_of
from answerback.understanding.when.pieces import Days, Element, FromNow, Hours, Mark, Moment, Piece, Side, Whole
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import TIMES
from answerback.understanding.when.weeks import next_to

_TOLD = frozenset({"event", "happening", "subject", "because", "my", "bad", "not"})
_ENDS = frozenset({"", "stop", "comma", "good", "fill", "or", "and"})


def next_day(found: Sequence[Element], tokens: Sequence[Token], place: int) -> Days | None:
    """ "Not christmas but the day after": the day beside the one named last."""
    if kind_at(tokens, place + 1) not in _ENDS:
        return None
    # "the day before or the day after": both are beside the day named ahead of them
    again = kind_at(tokens, place - 1) == "or" and kind_at(tokens, place - 2) in {"day_after", "day_before"}
    day = _last_day(found[:-2] if again else found)
    return on(day + timedelta(days=1 if tokens[place].kind == "day_after" else -1)) if day else None


def told_beside(found: Sequence[Element], tokens: Sequence[Token], place: int) -> tuple[list[Element], int] | None:
    """ "Her wedding is the 19th, so the friday before": what lies beside the day told last, which is no wish itself."""
    pointing = tokens[place + 1] if place + 1 < len(tokens) else Token("")
    day = _last_day(found) or _last_monday(found) if tokens[place].kind == "week" else _last_day(found)
    if day is None and tokens[place].kind == "weekend" and pointing.text.startswith("after"):
        day = _end_within_week(found)
    alone = pointing.kind in {"before", "after"} and kind_at(tokens, place + 2) in _ENDS | {"part", "at"}
    if tokens[place].kind == "dow" and day is None:
        day = _edge(found, last=pointing.text.startswith("after"))
    onward = pointing.kind == "after" and place + 2 < len(tokens) and tokens[place + 2].text in _ONWARD
    if day is None or not (alone or onward or pointing.text in {"after that", "before that"}):
        return None
    meant = next_to(tokens[place].kind, tokens[place].value, day, 1 if pointing.text.startswith("after") else -1)
    if onward:
        # "school is out friday, so from the week after on"
        meant = Days(spans=((meant.spans[0][0], None),), side="after", ask=meant.ask)
    return [*_without_pointed(found), meant], place + 2 + onward


_ONWARD = frozenset({"on", "onward", "onwards"})


def _edge(found: Sequence[Element], *, last: bool) -> date | None:
    """The last day, or the first, of the weekend or the week told last: "the weekend is bad, thurs after that"."""
    named = _named_last(found)
    if named is None or not named.stretch or named.ask or named.side or len(named.spans) > 1:
        return None
    return named.spans[0][1 if last else 0]


def _last_monday(found: Sequence[Element]) -> date | None:
    """The monday of the week told last: "thanksgiving week is no good, the week before that is"."""
    named = _named_last(found)
    first, last = named.spans[0] if named and named.stretch and not named.ask else (None, None)
    return first if first and last and last - first == timedelta(days=6) else None


def _end_within_week(found: Sequence[Element]) -> date | None:
    """ "Early next week or the weekend after": the last day of a stretch that ends ahead of its weekend."""
    named = _named_last(found)
    first, last = named.spans[0] if named and named.stretch and not named.ask else (None, None)
    return last if first and last and first.weekday() <= last.weekday() < _SATURDAY else None


def weeks_from(found: Sequence[Element], tokens: Sequence[Token], place: int) -> tuple[list[Element], int] | None:
    """ "The wedding is the 13th, the trial a week before, saturday": counted from the day told last."""
    count = {"a": 1, "num": tokens[place].value or 1, "couple": 2}.get(tokens[place].kind, 0)
    lasts = place > 0 and tokens[place - 1].text in _NO_ONE_DAY
    weeks = 0 < count <= _MOST_WEEKS and kind_at(tokens, place + 1) == "week" and not lasts
    text = tokens[place + 2].text if place + 2 < len(tokens) else ""
    side, day = _COUNTED_BY.get(text, kind_at(tokens, place + 2)), _last_day(found)
    if not weeks or day is None or side not in {"before", "after"} or kind_at(tokens, place + 3) not in _ENDS:
        return None
    meant = day + timedelta(days=7 * count if side == "after" else -7 * count)
    named = place + 3 + (kind_at(tokens, place + 3) == "comma")
    if kind_at(tokens, named) == "dow":
        off = (tokens[named].value - meant.weekday()) % 7
        meant += timedelta(days=off - 7 if off > 3 else off)
        return [*_without_pointed(found), on(meant)], named + 1
    return [*_without_pointed(found), on(meant)], place + 3


_COUNTED_BY = {"later": "after", "earlier": "before", "despues": "after", "antes": "before"}
_MOST_WEEKS = 8
_NO_ONE_DAY = frozenset({"for", "about", "por", "durante", "menos", "least", "at least", "within", "the", "last"})
""" "No driving for six weeks after", "at least a week before"."""


def one_week_on(found: Sequence[Element], tokens: Sequence[Token], place: int) -> tuple[list[Element], int] | None:
    """ "Not this tuesday, the one after", "not this weekend, the one after": the same in the week after."""
    begin = place + (kind_at(tokens, place) in {"the", "on"})
    here = tokens[begin] if begin < len(tokens) else Token("")
    end = begin + 1
    if here.text in {"the one", "one"} and kind_at(tokens, end) in {"after", "that"}:
        end += 1
    elif here.text not in _FOLLOWING_ONE:
        return None
    named = _named_last(found)
    if named is None or named.ask or len(named.spans) > 1 or kind_at(tokens, end) not in _ENDS:
        return None
    first, last = named.spans[0]
    if first is None or last is None:
        return None
    if first != last and not named.stretch:
        return None
    week = timedelta(days=7)
    if first == last and not named.stretch:
        return [*found, on(first + week)], end
    if last.weekday() == _SUNDAY:  # this week and this weekend may have begun
        first = last - timedelta(days=1 if first.weekday() >= _SATURDAY else 6)
    return [*found, replace(named, spans=((first + week, last + week),))], end


_SATURDAY, _SUNDAY = 5, 6


_FOLLOWING_ONE = frozenset({"siguiente", "the following one", "following one", "the one after that", "the next one"})


def following_day(found: Sequence[Element], tokens: Sequence[Token], place: int) -> tuple[list[Element], int] | None:
    """ "Wed the 25th or the monday following", "thursday or the following monday": counted from the day told last."""
    begin = place + (kind_at(tokens, place) in {"the", "on"})
    two = tokens[begin : begin + 2]
    named = [each for each in two if each.kind == "dow"]
    day = _last_day(found)
    if day is None or len(named) != 1 or not {each.text for each in two} & FOLLOWING:
        return None
    meant = on(day + timedelta(days=(named[0].value - day.weekday() - 1) % 7 + 1))
    return [*found, replace(meant, at=(place, begin + 2))], begin + 2


FOLLOWING = frozenset({"following", "the following", "siguiente"})


def refused_days(found: Sequence[Element], tokens: Sequence[Token], place: int) -> list[Element] | None:
    """ "Practice is mon and wed so not those", "ese día no": the days told last, refused."""
    if tokens[place].kind not in {"that_day", "that_week"} and tokens[place].text not in _THOSE:
        return None
    behind = kind_at(tokens, place + 1)
    refused = (kind_at(tokens, place - 1) == "not" and behind in _ENDS) or (
        behind in {"no", "not", "bad"} and kind_at(tokens, place + 2) in _ENDS
    )
    if not refused:
        return None
    last = next((at for at in range(len(found) - 1, -1, -1) if isinstance(found[at], Days)), None)
    if last is None:
        return None
    first, _ = _clause(found, last)
    told = [each for each in found[first : last + 1] if isinstance(each, Days)]
    if tokens[place].kind == "that_week" and (week := that_week(found)):
        told = [week]
    kept = [each for at, each in enumerate(found) if not (first <= at <= last and isinstance(each, Days))]
    return [*kept, *told]


_THOSE = frozenset({"then", "entonces"})


def counted_from(found: Sequence[Element], tokens: Sequence[Token], place: int) -> tuple[list[Element], int] | None:
    """ "The one after", "the monday following", "a week before": counted from the day told last."""
    return one_week_on(found, tokens, place) or following_day(found, tokens, place) or weeks_from(found, tokens, place)


def _without_pointed(found: Sequence[Element]) -> list[Element]:
    """What is found without the day pointed at and its hours, where a clause of its own told of it."""
    last = next((at for at in range(len(found) - 1, -1, -1) if isinstance(found[at], Days)), 0)
    first, end = _clause(found, last)
    kinds = {each.kind for each in found[first:] if isinstance(each, Mark)}
    if end == len(found) or kinds <= {"comma", "stop"} or kinds & {"wish", "good", "or", "move"}:
        return list(found)
    return [each for at, each in enumerate(found) if not first <= at < end or isinstance(each, Mark)]


def that_week(found: Sequence[Element]) -> Days | None:
    """ "The wednesday of that week", "wednesday or thursday that week": the week of the day named before them."""
    begin = len(found)
    while begin and (isinstance(found[begin - 1], Days) or _joins_days(found[begin - 1])):
        begin -= 1
    day = _last_day(found[:begin]) or (_last_day(found[:-1]) if begin < len(found) else None)
    return stretch_from(week_of(day), 7) if day else None


def _joins_days(element: Element) -> bool:
    return isinstance(element, Mark) and element.kind in {"or", "and"}


_SUNDAY = 6


def rest_of_week(
    found: Sequence[Element], tokens: Sequence[Token], place: int, moment: Moment
) -> tuple[Days, int] | None:
    """ "Monday is bad, rest of the week is fine", said before that week or the day before: what follows the day."""
    step = place + 1 + (kind_at(tokens, place + 1) == "the")
    day = _last_day(found) if kind_at(tokens, step) == "week" else None
    apart = kind_at(tokens, place - 1) != "or"
    tomorrow = apart and day == moment.today + timedelta(days=1)
    if day is None or day.weekday() == _SUNDAY or (week_of(day) <= moment.today and not tomorrow):
        return None
    return stretch_from(day + timedelta(days=1), 6 - day.weekday()), step + 1


def _named_last(found: Sequence[Element]) -> Days | None:
    return next((each for each in reversed(found) if isinstance(each, Days)), None)


def _last_day(found: Sequence[Element]) -> date | None:
    named = _named_last(found)
    return _one_day(named) if named else None


def _one_day(days: Days) -> date | None:
    """The single day they name, or up to which they reach ("till the 1st")."""
    first, last = days.spans[0]
    plain = len(days.spans) == 1 and not days.ask and (first == last or days.side == "before")
    return last if plain else None


def resolved(found: list[Element], tokens: Sequence[Token], place: int, moment: Moment) -> list[Element] | None:
    """All found so far with "before then" or "after that" put as what it means; None where that is not plain.

    The time pointed at is taken out: it only tells when something of theirs is.
    """
    side: Side = "before" if tokens[place].kind in {"before", "before_that"} else "after"
    if kind_at(tokens, place - 1) == "or" or _refuses(tokens, place):
        return None
    told = _pointed_at(found)
    if twice := len(told) > 1 and _is_named_twice(found, told):
        # "mother's day is the 10th so before that"
        found, told = [each for at, each in enumerate(found) if at != told[0]], [told[0]]
    if not told or not (twice or _is_told(found, told[0])):
        return None
    from_it = side == "after" and tokens[place].text.split(" ")[0] in _FROM_IT and not _is_refused(found, told[0])
    if side == "before" and len(told) > 1 and _is_part_of_day(found, told):
        # "flying out the 20th in the morning, so anything before that": up to that day
        part, told = told[1], told[:1]
        found = [each for at, each in enumerate(found) if at != part]
    if side == "before" and (ahead := _up_to_moment(found, told, tokens[place + 1 :], moment)):
        return [*(each for at, each in enumerate(found) if at not in told), Mark(kind="wish"), ahead]
    meant = [_beside(found[at], side, alone=len(told) == 1, from_it=from_it) for at in told]  # type: ignore[arg-type]
    if None in meant or len({type(found[at]) for at in told}) < len(told):
        return None
    kept = [each for at, each in enumerate(found) if at not in told]
    last = kept[-1] if kept else Mark(kind="stop")
    if isinstance(last, Days) and _is_every(last) and len(meant) == 1 and isinstance(meant[0], Days):
        # "the wedding is october 3rd so any saturday before that"
        return [*kept[:-1], Mark(kind="wish"), replace(meant[0], weekdays=last.weekdays, at=last.at)]
    return [*kept, Mark(kind="wish"), *(each for each in meant if each is not None)]


def _is_refused(found: Sequence[Element], place: int) -> bool:
    """ "No puedo ni hoy ni mañana, de ahí en adelante" begins behind the day that is refused."""
    piece = found[place]
    return place > 0 and found[place - 1] == Mark(kind="not") and isinstance(piece, Days) and not piece.side


def _is_named_twice(found: Sequence[Element], told: Sequence[int]) -> bool:
    one, other = found[told[0]], found[told[1]]
    first, last = _clause(found, told[0])
    alone = len([each for each in found[first:last] if not isinstance(each, Mark)]) == len(told)
    return isinstance(one, Days) and isinstance(other, Days) and one.spans == other.spans and alone


def _up_to_moment(
    found: Sequence[Element], told: Sequence[int], behind: Sequence[Token], moment: Moment
) -> FromNow | None:
    """ "My hearing is may 4 at 9:30, i need to see him before that": up to then, where no other time is named."""
    if len(told) != 2 or any(token.kind in TIMES for token in behind):
        return None
    days, hours = found[told[0]], found[told[1]]
    if isinstance(days, Hours):
        days, hours = hours, days
    if not isinstance(days, Days) or not isinstance(hours, Hours) or not hours.exact or days.side:
        return None
    day = _one_day(days)
    if day is None or (day - moment.today < _SOON and days.weekday is not None):
        return None
    minute = hours.readings[hours.likely[0]][0]
    until = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=moment.now.tzinfo)
    return FromNow(since=moment.now, until=until)


_SOON = timedelta(days=8)
"""Of a weekday to come "before that" is rather that day until then, as our texts have it; of a far date it is not."""


def _is_part_of_day(found: Sequence[Element], told: Sequence[int]) -> bool:
    day, hours = found[told[0]], found[told[1]]
    return isinstance(day, Days) and isinstance(hours, Hours) and hours.part


_FROM_IT = frozenset({"from", "de", "desde", "a", "not", "nothing", "no", "nada", "antes"})
"""What includes the day pointed at: "from then on", "not before that"."""


def _pointed_at(found: Sequence[Element]) -> list[int]:
    """Where the time told last stands, a day with its hour; "tomorrow after that" names a day itself."""
    pieces = [at for at, each in enumerate(found) if not isinstance(each, Mark | Whole)]
    begins = next((at for at in range(len(found) - 1, -1, -1) if _is_end(found[at])), -1)
    here = [at for at in pieces if at > begins]
    if len(here) == 1 and len(pieces) > 1 and _is_every(found[here[0]]) and _is_told(found, pieces[-2]):
        # "getting married on the 3rd, a trial on any sunday before that"
        return pieces[-2:-1]
    if len(here) == 1 and isinstance(found[here[0]], Days) and not _is_told(found, here[0]):
        hours = [at for at in pieces[:-1] if isinstance(found[at], Hours)]
        return hours[-1:] if hours and hours[-1] == pieces[-2] else []
    return pieces[-2:] if len(pieces) > 1 and pieces[-1] - pieces[-2] == 1 else pieces[-1:]


def _is_every(element: Element) -> bool:
    return isinstance(element, Days) and bool(element.weekdays) and element.spans == ((None, None),)


def _refuses(tokens: Sequence[Token], place: int) -> bool:
    """ "Friday. After that im out of town" refuses what lies behind."""
    for token in tokens[place + 1 :]:
        if token.kind in {"stop", "comma"}:
            return False
        if token.kind in {"bad", "not", "no"}:
            return True
    return False


def _is_told(found: Sequence[Element], place: int) -> bool:
    """Does the clause of this piece tell of something of theirs, and wish for nothing?"""
    first, last = _clause(found, place)
    kinds = {each.kind for each in found[first:last] if isinstance(each, Mark)}
    return bool(kinds & _TOLD) and not kinds & {"wish", "good", "past", "move", "cancel", "mine"}


def _clause(found: Sequence[Element], place: int) -> tuple[int, int]:
    """Where the clause of an element begins and ends, the end excluded."""
    first = next((at for at in range(place, -1, -1) if _is_end(found[at])), -1) + 1
    return first, next((at for at in range(place, len(found)) if _is_end(found[at])), len(found))


def _is_end(element: Element) -> bool:
    return isinstance(element, Mark) and element.kind in {"stop", "comma", "but"}


def _beside(piece: Piece, side: Side, *, alone: bool, from_it: bool) -> Piece | None:
    match piece:
        case Days():
            return _side_of_day(piece, side, from_it=from_it) if alone else piece
        case Hours() if piece.exact or piece.side:
            # "i sleep till 2", "i get off at 2" tell one moment, where their open end begins or ends.
            moments = tuple(end if piece.side == "before" else start for start, end in piece.readings)
            spans = tuple((moment, DAY) if side == "after" else (0, moment) for moment in moments)
            return replace(piece, readings=spans, exact=False, bare=False, side=side)
        case FromNow() | Whole() | Hours():
            return None


def _side_of_day(days: Days, side: Side, *, from_it: bool) -> Days | None:
    first, last = days.spans[0]
    if _one_day(days) is not None:
        first = last
    elif not days.stretch or days.ask or len(days.spans) > 1:
        return None
    if first is None or last is None:
        return None
    one = timedelta(days=0 if from_it else 1)
    return Days(spans=((None, first - one) if side == "before" else (last + one, None),), side=side)
