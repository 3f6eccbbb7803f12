"""What stands beside a wish and changes nothing of it: "i have jury duty after", "dad can drive me then".

It renames or takes out tokens; it must never take out a time.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLAUSE_ENDS,
    CLOCKS,
    DAYS,
    SO,
    TIMES,
    Turn,
    clause_begin,
    clause_end,
    renamed,
    turned,
)


def asides(found: list[Token]) -> list[Token]:
    """The tokens without what is only said beside a wish."""
    return turned(found, _TURNS)


def _something_after(found: list[Token]) -> list[Token]:
    """ "9am sharp, i have jury duty after": what comes after says why, and points at no time."""
    return renamed(found, "word", lambda place, _: _closes(found, place, "after"))


def _then_again(found: list[Token]) -> list[Token]:
    """ "Weds, dad can drive me then", "at 5 works, im off by then": the time that was named, once more."""
    told = list(found)
    for at, token in enumerate(found):
        limit = kind_at(found, at - 1) if kind_at(found, at - 1) in _LIMITS else ""
        if found[at - 1].text in _TILL and token.text == "then" and _closes(found, at, token.kind):
            return [*found[: at - 1], Token("word"), Token("word"), *found[at + 1 :]]
        if limit and not (limit == "by" and {each.kind for each in found[clause_begin(found, at) : at]} & _FREE):
            continue
        if token.text == "then" and _closes(found, at, token.kind) and not _is_left_open(found, at):
            told[at] = Token("fill", 0, token.text)
            if kind_at(found, at - 1) == "by":
                told[at - 1] = Token("fill", 0, found[at - 1].text)
    return told


_TILL = frozenset({"till", "until", "til"})
_LIMITS = frozenset({"before", "after", "from", "until", "by"})
_FREE = frozenset({"good", "leave"})


def _closes(found: list[Token], at: int, kind: str) -> bool:
    """Does it end a clause that names no time and stands behind one that does?"""
    begin = clause_begin(found, at)
    clause = found[begin:at]
    ends = at + 1 == len(found) or found[at + 1].kind in CLAUSE_ENDS
    beside = any(each.kind in {"word", "event", "good", "happening", "leave"} for each in clause)
    timed = any(each.kind in TIMES | {"wish"} for each in clause)
    return found[at].kind == kind and ends and beside and not timed and any(x.kind in TIMES for x in found[:begin])


def _is_left_open(found: list[Token], at: int) -> bool:
    """ "I work until 5, i can do it then": the end of a stretch is no wish yet."""
    return bool({each.kind for each in found[:at]} & {"until", "bad", "not"})


def _before_we_go(found: list[Token]) -> list[Token]:
    """ "Before we leave at noon", "before u close at 7" end there."""
    for at, token in enumerate(found):
        if token.kind != "before_that" and (token.kind, token.text) not in _UP_TO:
            continue
        step = at + 1 + (kind_at(found, at + 1) in {"at", "by"})
        if kind_at(found, step) in CLOCKS:
            return [*found[:at], Token("before", 0, "before"), *found[step:]]
    return found


_UP_TO = frozenset({("part", "closing"), ("part", "before_pickup")})


def _closer_hours(found: list[Token]) -> list[Token]:
    """ "Evenings are good, 6:30 or later", "mornings work usually, before 11": hours within that part of the day."""
    for at in range(1, len(found) - 2):
        part = at - 1 - (found[at - 1].text in _ARE)
        if found[at].kind != "good" or part < 0 or found[part].kind != "part":
            continue
        comma = at + 1 + (found[at + 1].text in _USUALLY)
        if kind_at(found, comma) != "comma":
            continue
        end = next((place for place in range(comma + 1, len(found)) if found[place].kind in CLAUSE_ENDS), len(found))
        kinds = {each.kind for each in found[comma + 1 : end]}
        if kinds & CLOCKS and kinds & _OPEN and kinds <= CLOCKS | _OPEN | {"am", "pm", "oclock", "fill"}:
            return [*found[: part + 1], *found[comma:]]
    return found


_ARE = frozenset({"are", "is", "estan", "esta", "son", "me"})
_USUALLY = frozenset({"usually", "mostly", "generally", "normally", "normalmente", "casi"})
_OPEN = frozenset({"before", "after", "from", "later_open", "earlier_open"})


def _each_after_it(found: list[Token]) -> list[Token]:
    """ "Memorial day weekend is bad. wed or thurs after it": both of the days are after it."""
    for at in range(3, len(found)):
        alone = found[at].kind == "after" and _is_it(found, at + 1)
        days = [found[at - 3], found[at - 1]]
        listed = found[at - 2].kind == "or" and all(each.kind == "dow" for each in days)
        named = any(each.kind in DAYS for each in found[: at - 3])
        if (alone or found[at].text == "after that") and listed and days[0].value < days[1].value and named:
            after = Token("after", 0, "after")
            return [*found[: at - 2], after, *found[at - 2 : at], after, *found[at + 1 + alone :]]
    return found


def _is_it(found: list[Token], at: int) -> bool:
    return at < len(found) and found[at].text == "it" and kind_at(found, at + 1) in {"", "stop", "comma"}


def _so_apart(found: list[Token]) -> list[Token]:
    """ "I work nights so nothing before noon": what follows is a wish of its own."""
    for at, token in enumerate(found):
        if token.text not in SO or token.kind != "comma":
            continue
        begin = next((place + 1 for place in range(at - 1, -1, -1) if found[place].kind == "stop"), 0)
        ahead, behind = {each.kind for each in found[begin:at]}, {each.kind for each in found[at:]}
        refused = ahead & {"bad", "not"} and ahead & TIMES and not ahead & CLOCKS
        if refused and behind & TIMES and not behind & {"that", "before_that", "vague_day"}:
            return [*found[:at], Token("stop"), *found[at + 1 :]]
    return found


def _at_the_latest(found: list[Token]) -> list[Token]:
    """ "El jueves a más tardar": the limit stands behind its day."""
    for at, token in enumerate(found):
        behind = kind_at(found, at + 1)
        if token.text in _LATEST and kind_at(found, at - 1) in DAYS and at and (not behind or behind in CLAUSE_ENDS):
            return [*found[:at], Token("earlier_open", 0, token.text), *found[at + 1 :]]
    return found


def _before_their_day(found: list[Token]) -> list[Token]:
    """ "Before my hearing on thursday", "before the party saturday": until that day, whatever it is called; a shift or
    a class is of its day.
    """
    for at in range(len(found) - 3):
        led = found[at].kind == "before" or found[at].text in _DONE_BEFORE
        named = at + 1 + (found[at + 1].kind in {"my", "the"})
        if not led or (named == at + 1 and not found[at].text.endswith((" la", " el", " del"))):
            continue
        last = next((each for each in range(named, min(named + 3, len(found))) if _is_of_theirs(found[each])), None)
        if last is None:
            continue
        day = last + 1 + (kind_at(found, last + 1) in {"on", "of"})
        if kind_at(found, day) in DAYS - {"week"}:
            return [*found[:at], Token("before", 0, found[at].text), *found[day:]]
    return found


def _is_of_theirs(token: Token) -> bool:
    return token.text in _PARTIES or (token.kind == "event" and token.text not in _OF_THE_DAY)


_PARTIES = frozenset(
    {"party", "shower", "game", "graduation", "recital", "reception", "picnic", "bbq", "cookout", "house", "inspection"}
    | {"snow", "storm", "rain", "freeze", "frost", "ice", "wind", "front", "hurricane", "holidays", "nieve", "tormenta"}
    | {"fiesta", "boda", "bautizo", "quince", "graduacion", "reunion", "holiday", "trip", "move"}
)


_OF_THE_DAY = frozenset(
    {"shift", "class", "work", "appointment", "appt", "meeting", "call", "lesson", "practice", "lunch"}
)


def _between_days(found: list[Token]) -> list[Token]:
    """ "Entre el 14 y el 16": days of the month, for their article says so."""
    for at in range(len(found) - 4):
        four = [each.kind for each in found[at + 1 : at + 5]]
        if found[at].text == "entre el" and four == ["num", "and", "on", "num"]:
            one, other = found[at + 1]._replace(kind="ord"), found[at + 4]._replace(kind="ord")
            return [*found[: at + 1], one, found[at + 2], other, *found[at + 5 :]]
    return found


def _meanwhile(found: list[Token]) -> list[Token]:
    """ "Midday walks while im at work", "10 to 2 while the kids r in school" tell why."""
    for at, token in enumerate(found):
        if token.text not in _WHILE:
            continue
        end = clause_end(found, at)
        timed = any(each.kind in TIMES for each in found[at:end])
        if not timed and any(each.kind in TIMES for each in found[:at]):
            return [*found[:at], Token("comma"), *(Token("word", 0, each.text) for each in found[at:end]), *found[end:]]
    return found


_WHILE = frozenset({"while", "mientras"})


def _done_before(found: list[Token]) -> list[Token]:
    """ "The inspector comes friday at 1 so it has to be done before then": points back, whatever is done."""
    for at, token in enumerate(found[:-1]):
        if token.text in _DONE_BEFORE and found[at + 1].text in {"then", "that"}:
            return [*found[:at], Token("before_that", 0, "before then"), *found[at + 2 :]]
    return found


_DONE_BEFORE = frozenset({"done before", "finished before"})


def _next_one(found: list[Token]) -> list[Token]:
    """ "No puedo esta semana, la que viene": the week of that one."""
    for at in range(2, len(found)):
        led = found[at].text in {"que viene", "que sigue"} and found[at - 1].text == "la"
        if led and any(each.kind == "week" for each in found[: at - 1]):
            return [*found[:at], Token("week", 0, "semana"), *found[at:]]
    return found


def _by_then_so(found: list[Token]) -> list[Token]:
    """ "Need the suit by wednesday, so monday or tuesday": what it is for says why."""
    for at, token in enumerate(found):
        if token.text not in SO or token.kind != "comma" or kind_at(found, at + 1) not in DAYS:
            continue
        ahead = found[:at]
        kinds = {each.kind for each in ahead}
        if "by" in kinds and kinds & DAYS and not kinds & {"or", "not", "bad", "stop"}:
            return [
                *(Token("word", 0, each.text) if each.kind in TIMES | {"by"} else each for each in ahead),
                Token("stop"),
                *found[at + 1 :],
            ]
    return found


_LATEST = frozenset({"a mas tardar", "cuando mas tarde"})


def _by_the_way(found: list[Token]) -> list[Token]:
    """ "Unit 12 btw" is no "between", for nothing follows that it could be between."""

    def closes(place: int, token: Token) -> bool:
        return token.kind == "between" and token.text == "btw" and kind_at(found, place + 1) not in TIMES | {"the"}

    return renamed(found, "fill", closes)


def _card_expires(found: list[Token]) -> list[Token]:
    """ "Exp 09/28" is the date of a card."""

    def of_a_card(place: int, token: Token) -> bool:
        lead = place - 1 - (kind_at(found, place - 1) in {"fill", "comma", "stop"})
        return token.kind == "date" and place > 0 and found[lead].text in _EXPIRES

    return renamed(found, "word", of_a_card)


_EXPIRES = frozenset({"exp", "expiry", "expiration", "expiration date", "exp date", "vencimiento"})


def _clocks_change(found: list[Token]) -> list[Token]:
    """ "I know the clocks change so 10 new time": nothing is moved, and the hour is what the wall clock shows."""
    told = found
    for place in range(1, len(found)):
        if found[place].kind == "move" and found[place - 1].text in _CLOCKS_OF:
            begin, end = clause_begin(found, place), clause_end(found, place)
            timed = any(each.kind in TIMES | {"wish"} for each in found[begin:end])
            told = [*found[:place], Token("word"), *found[place + 1 :]] if timed else [*found[:begin], *found[end:]]
            break
    for place in range(1, len(told) - 1):
        zone = told[place].text in _WHOSE and told[place + 1].text in {"time", "horario", "hora"}
        if zone and told[place - 1].kind in CLOCKS | {"am", "pm", "oclock"}:
            return [*told[:place], *told[place + 2 :]]
    return told


_CLOCKS_OF = frozenset({"clock", "clocks", "reloj", "relojes"})
_WHOSE = frozenset({"new", "your", "our", "local", "central", "standard", "daylight"})


_TURNS: tuple[Turn, ...] = (
    _meanwhile,
    _done_before,
    _next_one,
    _by_then_so,
    _something_after,
    _then_again,
    _before_we_go,
    _closer_hours,
    _each_after_it,
    _so_apart,
    _at_the_latest,
    _before_their_day,
    _between_days,
    _by_the_way,
    _card_expires,
    _clocks_change,
)
