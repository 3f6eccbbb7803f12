"""A text as pieces of time and the marks between them, in order; what is over ("since yesterday at 5") is a mark.

It must never weigh what a mark does to a piece; `scopes` does.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from answerback.engine.times import DAY
from answerback.understanding.when import days as day
from answerback.understanding.when import hours as hour
from answerback.understanding.when.almanac import on
from answerback.understanding.when.at_once import is_at_once, is_early
from answerback.understanding.when.lengths import counted_today, from_now
from answerback.understanding.when.lists import onwards, told_twice
from answerback.understanding.when.pieces import Element, Hours, Mark, Moment, Whole
from answerback.understanding.when.pointing import (
    FOLLOWING,
    counted_from,
    next_day,
    refused_days,
    resolved,
    rest_of_week,
    that_week,
    told_beside,
)
from answerback.understanding.when.spanning import spanning
from answerback.understanding.when.that_day import that_day
from answerback.understanding.when.that_hour import that_hour
from answerback.understanding.when.that_weekend import that_weekend
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.weeks import names_week

_Found = tuple[tuple[Element, ...], int] | None

_MARKS = frozenset(
    {"or", "and", "but", "comma", "stop", "not", "no", "bad", "good", "except", "past", "move", "cancel", "mine", "my"}
    | {"wish", "word", "to", "if", "then", "that", "before_that", "event", "happening", "because", "correction"}
    | {"unsure", "that_day", "subject"}
)
_LENGTHS = frozenset({"minute", "hour", "day", "week", "month", "year"})
_STRETCHES = frozenset({"week", "weekend", "month", "year"})
_AMOUNTS = frozenset({"num", "a", "couple", "few", "half"})
_BEHIND_LAST = frozenset({"pasado", "pasada", "anterior"})
_TARGETS = frozenset({"for", "para", "para las", "para la", "para el", "a las", "a la", "a"})
_TO_A_DAY = frozenset({"para", "para el"})
_AT = frozenset({"a las", "a la"})
_DAY_NAMES = frozenset({"dow", "dows", "tomorrow", "today", "overmorrow", "ord"})


def elements(tokens: Sequence[Token], moment: Moment) -> list[Element]:
    """The pieces and marks of a text. Where something is moved, "from tuesday to friday" is no stretch of days."""
    moving = any(token.kind == "move" for token in tokens)
    found: list[Element] = []
    place = 0
    while place < len(tokens):
        if _is_subject(tokens, place):
            found.append(Mark(kind="subject"))
        if pointed := _pointed(found, tokens, place, moment):
            found, place = pointed
            continue
        new, behind = _next(tokens, place, moment, moving=moving)
        found += [each if isinstance(each, Mark) else replace(each, at=(place, behind)) for each in new]
        place = behind
    return onwards(told_twice(counted_today(found, moment)), moment.today)


def _pointed(
    found: list[Element], tokens: Sequence[Token], place: int, moment: Moment
) -> tuple[list[Element], int] | None:
    """What is found, with the time that a word at `place` points back at; None where it points at none."""
    if refused := refused_days(found, tokens, place):
        return refused, place + 1
    counted = that_day(found, tokens, place, moment) or that_weekend(found, tokens, place)
    if counted := counted or counted_from(found, tokens, place):
        return counted
    match tokens[place].kind:
        case "dow" | "week" | "weekend" if beside := told_beside(found, tokens, place):
            return beside
        case "the" if kind_at(tokens, place + 1) in {"dow", "week", "weekend"} and (
            beside := told_beside(found, tokens, place + 1)
        ):
            return beside
        case "day_after" | "day_before" if day_named := next_day(found, tokens, place):
            return [*found, day_named], place + 1
        case "that_week" if week := that_week(found):
            return [*found, week], place + 1
        case "rest" if rest := rest_of_week(found, tokens, place, moment):
            return [*found, rest[0]], rest[1]
    if _points_back(tokens, place) and (told := resolved(found, tokens, place, moment)):
        return told, place + 1 + (tokens[place].kind in {"after", "before"} and kind_at(tokens, place + 1) == "fill")
    return that_hour(found, tokens, place, moment)


def _points_back(tokens: Sequence[Token], place: int) -> bool:
    marks = _mark(tokens, place)
    return len(marks) == 1 and isinstance(marks[0], Mark) and marks[0].kind in {"that", "before_that"}


_CLAUSE_ENDS = frozenset({"stop", "comma", "but", "because", "and"})
_DONE_TO = frozenset({"me", "nos", "se", "le", "les"})
_SUBJECTS = frozenset(
    {"i", "im", "ive", "we", "were", "weve", "he", "she", "they", "hes", "shes", "theyre", "it", "its"}
)


def _is_subject(tokens: Sequence[Token], place: int) -> bool:
    """Does a clause begin here with somebody or something that does or is something?"""
    if tokens[place].text in _DONE_TO and kind_at(tokens, place + 1) == "word":
        # "el viernes me operan"
        return tokens[place + 1].text.endswith(("an", "en"))
    if place and tokens[place - 1].kind not in _CLAUSE_ENDS:
        return False
    return (
        tokens[place].text in _SUBJECTS
        or tokens[place].kind == "my"
        or (tokens[place].kind in {"the", "on"} and kind_at(tokens, place + 1) == "word")
    )


def _next(tokens: Sequence[Token], place: int, moment: Moment, *, moving: bool) -> tuple[tuple[Element, ...], int]:
    over = _over(tokens, place, moment)
    if over:
        return (Mark(kind="over"),), over
    if moving and tokens[place].text == "from":
        return (Mark(kind="moved"),), place + 1
    lead = (Mark(kind="to"),) if moving and _leads_to(tokens, place) else ()
    found = _piece(tokens, place, moment, moving=moving)
    if found:
        return (*lead, *found[0]), found[1]
    return (*lead, *_mark(tokens, place)), place + _length_of(tokens, place)


def _leads_to(tokens: Sequence[Token], place: int) -> bool:
    """Does where something is moved to begin here? "La del miércoles a las 9 pal jueves": not with the "a las"."""
    text = tokens[place].text
    return text in _TARGETS and not (text in _AT and any(each.text in _TO_A_DAY for each in tokens))


def _piece(tokens: Sequence[Token], place: int, moment: Moment, *, moving: bool) -> _Found:
    for rule in _RULES:
        found = rule(tokens, place, moment)
        if found:
            return found
    if not moving and (stretch := spanning(tokens, place, moment)):
        return (stretch[0],), stretch[1]
    timed = from_now(tokens, place, moment)
    if timed:
        return (timed[0],), timed[1]
    named = day.days(tokens, place, moment, ranges=not moving)
    if named:
        return (named[0],), named[1]
    clock = hour.hours(tokens, place, ranges=not moving)
    if clock and not _is_count(tokens, place, clock):
        return (clock[0],), clock[1]
    return None


def _mark(tokens: Sequence[Token], place: int) -> tuple[Element, ...]:
    token = tokens[place]
    if token.kind == "except" and token.text.startswith(("any", "every", "whenever", "all")):
        return Whole(kind="any"), Mark(kind="except")
    if back := _pointing_mark(tokens, place):
        return (back,)
    if _depends(tokens, place):
        return (Mark(kind="depends"),)
    if token.kind in {"day_after", "day_before", "that_week"}:
        return (Whole(kind="unnamed"),)
    if token.kind == "next" and token.text in FOLLOWING and kind_at(tokens, place + 1) in {"", "stop", "comma"}:
        # "este lunes no, el siguiente"
        return (Whole(kind="unnamed"),)
    if token.kind == "dash":
        return (Mark(kind="comma"),)
    if token.kind == "slash":
        return (Mark(kind="or"),)
    return (Mark(kind=token.kind),) if token.kind in _MARKS else ()


def _pointing_mark(tokens: Sequence[Token], place: int) -> Mark | None:
    """ "Can you come before", "after that", "before it": a word that points back at a time told of."""
    kind, behind = tokens[place].kind, kind_at(tokens, place + 1)
    if kind not in {"after", "before"}:
        return None
    if _text_at(tokens, place + 1) in {"that", "eso"} or (kind == "after" and behind in {"", "stop"} and place):
        return Mark(kind="that")
    it = _text_at(tokens, place + 1) == "it" and kind_at(tokens, place + 2) in {"", "stop"}
    wished = kind_at(tokens, place - 1) == "wish" or _text_at(tokens, place - 1) in {"it", "ser", "sea"}
    any_day = kind_at(tokens, place - 1) == "anytime" and behind in {"", "stop", "good"} and place > 1
    any_day = any_day or (behind == "anytime" and kind_at(tokens, place - 1) == "comma")
    if kind == "before" and (it or any_day or (behind in {"", "stop"} and place and wished)):
        return Mark(kind="before_that")
    return None


_WAITS = frozenset({"when", "once", "as soon as", "soon as", "cuando", "en cuanto", "right after", "while", "mientras"})
_WHO = frozenset({"se", "me", "nos", "i", "we", "he", "she", "they", "im", "hes", "shes", "were", "theyre"})


def _depends(tokens: Sequence[Token], place: int) -> bool:
    """ "Once the baby sleeps", "right after my class": an hour that only the customer can know."""
    token = tokens[place]
    if token.text not in _WAITS and token.kind not in {"after", "before"}:
        return False
    if place and tokens[place - 1].text in {"thats", "that", "is", "es"}:
        return False
    step = place + 1 + (kind_at(tokens, place + 1) in {"the", "on", "of"} or _text_at(tokens, place + 1) == "que")
    behind = tokens[step] if step < len(tokens) else Token("")
    return behind.kind in {"word", "my", "event", "happening"} or behind.text in _WHO


def _text_at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if place < len(tokens) else ""


def _length_of(tokens: Sequence[Token], place: int) -> int:
    """How many tokens are passed over: a number with what it counts goes as one."""
    return 2 if tokens[place].kind in {"num", "half", "a"} and kind_at(tokens, place + 1) in _LENGTHS else 1


_COUNTED = frozenset({"us", "them", "you", "nosotros", "ellos", "my", "our", "these", "those"})


def _is_count(tokens: Sequence[Token], place: int, clock: tuple[Hours, int]) -> bool:
    """Does the number count something ("2 dogs", "3 hours")?"""
    found, after = clock
    behind = kind_at(tokens, after)
    no_length = (behind == "month" and tokens[after].value) or (behind == "hour" and found.part)
    if behind in _LENGTHS and not no_length and not names_week(tokens, after):
        return True
    if behind == "of" and _text_at(tokens, after + 1) in _COUNTED:
        # "6 of us"
        return True
    ahead = kind_at(tokens, place - 1)
    of_that_day = ahead == "of" and kind_at(tokens, place - 2) in _DAY_NAMES and len(found.readings) > 1
    return found.bare and ((behind in {"word", "one_of"} and not of_that_day) or ahead == "number")


def _over(tokens: Sequence[Token], place: int, moment: Moment) -> int | None:
    """The place behind words for what is over: "since monday at 5", "3 days ago", "last friday", "yesterday at 2"."""
    kind, behind = tokens[place].kind, kind_at(tokens, place + 1)
    if kind in {"yesterday", "since"}:
        return _company(tokens, place + 1, moment)
    if kind == "hace":
        return min(place + 3, len(tokens)) if behind in _AMOUNTS else place + 1
    if kind == "last" and (
        kind_at(tokens, place + 2) in {"of", "in"}
        or [kind_at(tokens, place + 2), kind_at(tokens, place + 3)] in (["this", "month"], ["next", "month"])
    ):
        return None
    if kind == "last" and behind in {"dow", "part", *_STRETCHES}:
        return _company(tokens, place + 2, moment)
    if kind in {"dow", *_STRETCHES} and behind == "last" and tokens[place + 1].text in _BEHIND_LAST:
        return _company(tokens, place + 2, moment)
    return _ago(tokens, place) if kind in _AMOUNTS else None


def _ago(tokens: Sequence[Token], place: int) -> int | None:
    for step in range(place + 1, min(place + 5, len(tokens))):
        if tokens[step].kind == "ago":
            return step + 1
        if tokens[step].kind not in {"of", "or", "to", "dash", *_AMOUNTS, *_LENGTHS}:
            break
    return None


def _company(tokens: Sequence[Token], place: int, moment: Moment) -> int:
    """The place behind the pieces that go with something that is over."""
    while place < len(tokens):
        step = place + (kind_at(tokens, place) in {"at", "on", "the", "around", "in", "like"})
        if kind_at(tokens, step) in {"yesterday", "ago"}:
            place = step + 1
        elif kind_at(tokens, step) == "last":
            place = step + 2
        else:
            found = day.days(tokens, step, moment) or hour.hours(tokens, step)
            if not found or (isinstance(found[0], Hours) and found[0].bare and step == place):
                return place
            place = found[1]
    return place


def _this_part(tokens: Sequence[Token], place: int, moment: Moment) -> _Found:
    """ "this afternoon", "tonight", "later today"."""
    kind = tokens[place].kind
    if kind == "this" and kind_at(tokens, place + 1) in {"part", "early", "late"}:
        found = hour.hours(tokens, place + 1)
        return ((on(moment.today), found[0]), found[1]) if found else None
    if kind == "tonight":
        return (on(moment.today), Hours(readings=(hour.PARTS["night"],), part=True)), place + 1
    if kind == "later_day":
        minute = moment.now.hour * 60 + moment.now.minute + 60
        names = [name for name in ("morning", "afternoon") if name in tokens[place].text]
        start, end = hour.PARTS[names[0]] if names else (0, DAY)
        span = (min(max(start, minute), end - 1), end)
        return (on(moment.today), Hours(readings=(span,), part=True)), place + 1
    return None


def _day_end(tokens: Sequence[Token], place: int, moment: Moment) -> _Found:
    """ "by EOD": today's, unless a day is named beside it."""
    step = place
    while kind_at(tokens, step) in {"by", "before", "until", "at", "the", "on"}:
        step += 1
    if kind_at(tokens, step) != "part" or tokens[step].text != "eod":
        return None
    limit = any(tokens[each].kind in {"by", "before", "until"} for each in range(place, step))
    span = (0, hour.PARTS["eod"][1]) if limit else hour.PARTS["eod"]
    found = Hours(readings=(span,), part=True)
    after = step + 1 + (kind_at(tokens, step + 1) in {"on", "of"})
    with_day = day.days(tokens, after, moment)
    if with_day:
        return (with_day[0], found), with_day[1]
    if any(token.kind in _DAY_NAMES for token in tokens[:place]):
        return (found,), step + 1
    return (on(moment.today), found), step + 1


def _early_or_late(tokens: Sequence[Token], place: int, _moment: Moment) -> _Found:
    """ "early tomorrow", "friday early", "late friday"."""
    kind, behind = tokens[place].kind, kind_at(tokens, place + 1)
    if kind not in {"early", "late"} or behind in {"of", "week", "month", "part", "dash", "word"}:
        return None
    if behind == "the" and kind_at(tokens, place + 2) not in {"ord", "date"}:
        return None
    if behind in {"this", "next", "in"} and kind_at(tokens, place + 2) in {"week", "month", "the", "part"}:
        return None
    span = hour.PARTS["first_thing"] if kind == "early" else (15 * 60, 20 * 60)
    return (Hours(readings=(span,), part=True),), place + 1


def _whole(tokens: Sequence[Token], place: int, moment: Moment) -> _Found:
    match tokens[place].kind:
        case "anytime" if _is_of_a_day(tokens, place):
            return (Hours(readings=((0, DAY),), part=True),), place + 1
        case "anytime":
            return (Whole(kind="any"),), place + 1
        case "asap" if is_early(tokens, place):
            return (Hours(readings=(hour.PARTS["morning"],), part=True),), place + 1
        case "asap" if not _depends(tokens, place):
            today = (on(moment.today),) if is_at_once(tokens, place) else ()
            return (*today, Whole(kind="asap")), place + 1
        case "vague_day":
            return (Whole(kind="unnamed"),), place + 1
        case "same_hour":
            return (Whole(kind="same_hour"),), place + 1
        case "any" if kind_at(tokens, place + 1) == "day":
            return (Whole(kind="any"),), place + 2
    return None


_ALL_DAY = frozenset(
    {"all day", "any time", "anytime", "any hour", "todo el dia", "cualquier hora", "a cualquier hora"}
)


def _is_of_a_day(tokens: Sequence[Token], place: int) -> bool:
    """ "Monday before 11, tuesday all day": every hour of the day beside it, and of no other."""
    ahead, behind = kind_at(tokens, place - 1) if place else "", kind_at(tokens, place + 1)
    return tokens[place].text in _ALL_DAY and bool({ahead, behind} & _DAY_NAMES)


def _business_day(tokens: Sequence[Token], place: int, moment: Moment) -> _Found:
    """ "Next business day", "el siguiente día hábil"."""
    counted = kind_at(tokens, place + 2) in {"after", "before"}
    if tokens[place].kind != "next" or _text_at(tokens, place + 1) not in _BUSINESS_DAY or counted:
        return None
    ahead = next(days for days in range(1, 4) if (moment.today + timedelta(days=days)).weekday() < 5)
    return (on(moment.today + timedelta(days=ahead)),), place + 2


_BUSINESS_DAY = frozenset({"business day", "working day", "work day", "workday", "dia habil", "dia laborable"})


def _within(tokens: Sequence[Token], place: int, moment: Moment) -> _Found:
    if tokens[place].kind != "within":
        return None
    found = day.days(tokens, place, moment)
    if found:
        return (found[0],), found[1]
    timed = from_now(tokens, place, moment)
    return ((timed[0],), timed[1]) if timed else None


_RULES: tuple[Callable[[Sequence[Token], int, Moment], _Found], ...] = (
    _this_part,
    _day_end,
    _business_day,
    _within,
    _early_or_late,
    _whole,
)
