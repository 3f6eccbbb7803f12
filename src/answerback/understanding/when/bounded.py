"""Hours bounded by what happens then: "from 10 til her bingo at 230", "after i drop him at practice at 4".

The hour told with it is the bound. It must never take the begin of a thing for the hour it is over.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLAUSE_ENDS,
    CLOCKS,
    DAYS,
    HOURS,
    Turn,
    behind_leads,
    clause_begin,
    clause_end,
)

_AT = frozenset({"at"})
_FAR = 8
"""Tokens that may tell of what happens."""


def _until_it_is(found: list[Token]) -> list[Token]:
    """ "Til her bingo at 230", "until the bus comes at 3", "before my shift at 4"."""
    for place, token in enumerate(found):
        if (token.kind != "until" and token.text not in _BEFORE) or kind_at(found, place + 1) in DAYS:
            continue
        hour = _hour_of(found, place)
        if hour is None:
            continue
        return [*found[: place + 1], *found[hour:]]
    return found


_BEFORE = frozenset({"before", "antes de", "antes del", "b4", "antes de la"})


def _hour_of(found: list[Token], place: int) -> int | None:
    """Where the hour stands of what is told behind `place`, with no other time between."""
    for at in range(place + 2, min(place + _FAR + 1, len(found))):
        kind = "at" if found[at].text.endswith(" at") else found[at].kind
        if kind in _AT and kind_at(found, at + 1) in CLOCKS:
            return at + 1
        if kind in CLAUSE_ENDS | DAYS | HOURS | {"or", "and", "not", "after", "before", "until", "from"}:
            return None
        if kind_at(found, at - 1) in DAYS | HOURS | CLAUSE_ENDS | _AT:
            return None
    return None


def _from_when_it_is(found: list[Token]) -> list[Token]:
    """ "After i drop him at practice at 4", "when he gets home from school at 3": from that hour on.

    What is over when it begins has an hour of its own; a class at 4 does not.
    """
    for place, token in enumerate(found):
        if token.kind != "after" and token.text not in _WHEN:
            continue
        hour = _hour_told(found, place)
        if hour is None or not any(_is_over(each) for each in found[place + 1 : hour - 1]):
            continue
        if kind_at(found, hour + 1) == "comma" and kind_at(found, behind_leads(found, hour + 1, _COMMAS)) in CLOCKS:
            # "once i drop the kids at 8, so 9"
            continue
        return [*found[:place], Token("after", 0, "after"), *found[hour:]]
    return found


def _hour_told(found: list[Token], place: int) -> int | None:
    """Where the last hour with an "at" stands in the clause, no day or other hour before it."""
    end = clause_end(found, place + 1)
    for at in range(place + 2, min(place + _FAR + 2, end)):
        led = found[at].kind in _AT or (found[at].kind == "from" and found[at].text == "off at")
        if led and kind_at(found, at + 1) in CLOCKS:
            return at + 1
        if found[at].kind in DAYS | HOURS | {"or", "not", "until", "before"}:
            return None
    return None


_COMMAS = frozenset({"comma", "at", "like"})
_WHEN = frozenset({"once", "when", "as soon as", "cuando", "en cuanto"})
_OVER = frozenset(
    {"drop", "drops", "dropped", "dropping", "drop off", "pick", "pick up", "picks", "leave", "leaving", "gets", "get"}
    | {"ends", "finish", "finishes", "finished", "arrives", "comes", "dejar", "dejo", "recoger", "recojo", "llevar"}
    | {"llega", "llegan", "sale", "salgo", "salen", "take", "off", "drop him", "drop her", "done", "home", "lets"}
)


def _is_over(token: Token) -> bool:
    return not _OVER.isdisjoint(token.text.split()) or token.text in _OVER


def _between_things(found: list[Token]) -> list[Token]:
    """ "Between dropoff and pickup so 830 to 230": the hours say what lies between."""
    for place, token in enumerate(found):
        if token.kind != "between" or kind_at(found, place + 1) in CLOCKS:
            continue
        end = next((at for at in range(place, len(found)) if found[at].kind in {"comma", "stop"}), len(found))
        that_is = next((at for at in range(place, end) if [x.text for x in found[at : at + 2]] == ["o", "sea"]), None)
        end = end if that_is is None else that_is + 1
        second = found[end + 1 : end + 2]
        stated = end + 1 + bool(second and second[0].text in {"like", "from", "de", "about", "around"})
        told = {each.kind for each in found[place + 1 : end]}
        stretch = kind_at(found, stated) in CLOCKS and (
            kind_at(found, stated + 1) in {"to", "dash", "until", "a", "am", "pm"}
        )
        if stretch and told and not told & (DAYS | HOURS):
            return [*found[:place], Token("from", 0, "from"), *found[stated:]]
    return found


def _refused_hours(found: list[Token]) -> list[Token]:
    """ "Except during school pickup, 2:30 to 3:30", "not during lunch, 12 to 1": the hours say what is refused."""
    for place, token in enumerate(found):
        if token.kind not in {"except", "not"} or any(each.kind == "bad" for each in found[:place]):
            continue
        first = next((at for at in range(place + 1, len(found)) if found[at].kind in CLOCKS), 0)
        named = found[place + 1 : first - (kind_at(found, first - 1) in {"comma", "from", "between"})]
        what = {each.kind for each in named}
        during = any(each.text in {"during", "durante"} for each in named)
        hour = found[first].value // 60 if kind_at(found, first) == "clock" else found[first].value
        meal = token.kind == "except" and any(hour in _MEALS.get(each.text, ()) for each in named)
        told = first and what and what <= _WHAT and (during or meal or (token.kind == "except" and what & _HAPPENS))
        if told and kind_at(found, first + 1) in {"to", "dash", "until"} and len(named) <= _FEW:
            return [*found[: place + 1], Token("from", 0, "from"), *found[first:]]
    return found


_WHAT = frozenset({"part", "happening", "event", "word", "not", "my", "the", "fill", "pastime"})
_HAPPENS = frozenset({"happening", "event"})
_MEALS = {"lunch": (11, 12, 1), "dinner": (5, 6, 7), "breakfast": (7, 8, 9), "school_hours": (8, 2, 3)}
"""Hours at which they begin; "not lunch, 2 to 4" offers those."""
_FEW = 5


def _early_before(found: list[Token]) -> list[Token]:
    """ "Mañana temprano, antes de las 11": the hour says what early means."""
    for place, token in enumerate(found):
        if token.kind != "early" or kind_at(found, place + 1) not in _BESIDE_EARLY:
            continue
        end = next((at for at in range(place, len(found)) if found[at].kind == "stop"), len(found))
        bound = next((at for at in range(place + 1, end) if found[at].kind in {"before", "by"}), 0)
        between = {each.kind for each in found[place + 1 : bound]}
        if bound and kind_at(found, bound + 1) in CLOCKS and between <= _BETWEEN_EARLY:
            return [*found[:place], *found[place + 1 :]]
    return found


_BESIDE_EARLY = frozenset({"comma", "dow", "ord", "tomorrow", "on", "the", "like", "before", "by", "fill", "dows"})
_BETWEEN_EARLY = frozenset({"comma", "dow", "dows", "ord", "tomorrow", "on", "the", "like", "fill", "but"})


def _not_till(found: list[Token]) -> list[Token]:
    """ "Cant do anything till the 20th when the check clears", "isnt ready til weds": from that day on."""
    for place, token in enumerate(found):
        if token.kind != "until" or not _is_day(found, behind_leads(found, place + 1)):
            continue
        begin = place
        while begin and place - begin < _SHORT and kind_at(found, begin - 1) in _DOING:
            begin -= 1
        refused = begin and _is_not(found[begin - 1]) and kind_at(found, begin - 2) != "or"
        points = any(each.kind in {"day_after", "that"} for each in found[place:])
        if not refused or begin == place or points:
            continue
        start = begin - 1
        return [*found[:start], Token("from", 0, "not until"), *found[place + 1 :]]
    return found


_SHORT = 4
_DOING = frozenset({"anytime", "word", "fill", "good", "wish", "in", "my"})


def _is_not(token: Token) -> bool:
    return token.kind == "not" or (token.kind == "bad" and token.text.endswith(_CANNOT))


_CANNOT = ("cant", "can't", "cannot", "wont", "won't")


def _is_day(found: list[Token], place: int) -> bool:
    return kind_at(found, place) in {"dow", "ord", "tomorrow", "date", "month", "feast"}


def _when_it_comes(found: list[Token]) -> list[Token]:
    """ "Till the 20th when i get paid", "not til thursday when the part comes": why it is that day."""
    for place in range(1, len(found)):
        token = found[place]
        bounds = {each.kind for each in found[max(place - 5, 0) : place]} & {"from", "until", "after"}
        if not bounds or kind_at(found, place - 1) not in DAYS:
            continue
        if token.kind == "vague_day" and token.text.startswith(("when ", "once ", "cuando ")):
            return [*found[:place], *found[place + 1 :]]
        end = clause_end(found, place)
        told = {each.kind for each in found[place + 1 : end]}
        if token.text in _WHEN and told and not told & (DAYS | HOURS | {"wish", "good", "not", "bad"}):
            return [*found[:place], *found[end:]]
    return found


def _that_day_on(found: list[Token]) -> list[Token]:
    """ "I get paid the 9th so that day or after", "me pagan el 15, ese día o después": from that day on."""
    for place in range(1, len(found) - 1):
        that = found[place].kind == "that_day" or found[place].text == "then"
        behind = _or_later(found, place + 1)
        if not that or not behind:
            continue
        last = next((at for at in range(place - 1, -1, -1) if _is_named(found, at)), None)
        if last is None:
            continue
        first = last
        while first and (_is_named(found, first - 1) or kind_at(found, first - 1) in {"the", "on"}):
            first -= 1
        told = found[: max(first, 0)]
        if kind_at(found, first - 1) in {"from", "until"} and first:
            told = told[:-1]
        told = [Token("word", 0, each.text) if each.kind in HOURS else each for each in told]
        refused = _refusal_ahead(told)
        return [*refused, Token("from", 0, "from"), *found[first : last + 1], *found[behind:]]
    return found


def _refusal_ahead(told: list[Token]) -> list[Token]:
    """The clauses ahead that refuse a day; what only tells of the day goes."""
    comma = next((at for at in range(len(told) - 1, -1, -1) if told[at].kind in {"comma", "stop"}), None)
    clause = told[:comma] if comma is not None else []
    return [*clause, Token("stop")] if {each.kind for each in clause} & {"not", "bad", "no"} else []


def _is_named(found: list[Token], place: int) -> bool:
    numbered = kind_at(found, place) == "num" and kind_at(found, place - 1) in {"on", "month"}
    return kind_at(found, place) in {"dow", "ord", "date", "month", "tomorrow", "feast"} or numbered


def _or_later(found: list[Token], place: int) -> int:
    """The place behind "or later", "or any day after"; 0 where there is none."""
    if kind_at(found, place) == "later_open":
        return place + 1
    long = [each.kind for each in found[place : place + 3]]
    if long == ["or", "anytime", "after"] or long[:2] == ["or", "that"]:
        return place + len(long[: 3 if long[1] == "anytime" else 2])
    return 0


def _earliest(found: list[Token]) -> list[Token]:
    """ "Friday morning is the earliest i can do": from that day on."""
    for place in range(2, len(found)):
        token = found[place]
        if token.text not in _EARLIEST or kind_at(found, place - 1) != "fill":
            continue
        part = place - 1
        while part and kind_at(found, part) == "fill":
            part -= 1
        day = part - 1
        if kind_at(found, part) != "part" or kind_at(found, day) not in {"dow", "tomorrow", "ord"}:
            continue
        begin = day - (kind_at(found, day - 1) in {"the", "on"} and day > 0)
        end = clause_end(found, place)
        named = found[begin : day + 1]
        if found[part].text in _FROM_MORNING:
            return [*found[:begin], Token("from", 0, "from"), *named, *found[end:]]
    return found


_EARLIEST = frozenset({"the earliest", "the soonest", "earliest", "soonest", "lo mas temprano", "lo mas pronto"})
_FROM_MORNING = frozenset({"morning", "early_morning", "first_thing"})


def _get_out(found: list[Token]) -> list[Token]:
    """ "Sunday after church, we get out 12:15": from then on."""
    for place in range(1, len(found) - 1):
        hour = place + 1 + (kind_at(found, place + 1) in {"at", "around"})
        if kind_at(found, hour) not in CLOCKS:
            continue
        if found[place].text in {"out", "off"} and found[place - 1].text in _GETS:
            return [*found[: place - 1], Token("from", 0, "from"), *found[hour:]]
        begin = clause_begin(found, place)
        after = "after" in {each.kind for each in found[clause_begin(found, begin - 1) : begin]} if begin else False
        if after and found[place].text in _LETS_OUT:
            return [*found[:place], Token("from", 0, "from"), *found[hour:]]
    return found


_LETS_OUT = frozenset({"gets out", "get out", "lets out", "gets off", "let out", "ends", "is over", "sale", "salimos"})
_GETS = frozenset({"get", "gets", "lets", "let"})


def _that_date(found: list[Token]) -> list[Token]:
    """ "Después de esa fecha", "after that date": points back at the day."""
    for place, token in enumerate(found[:-2]):
        date = [each.text for each in found[place + 1 : place + 3]]
        if token.kind == "after" and date in (["esa", "fecha"], ["that", "date"], ["ese", "dia"], ["esas", "fechas"]):
            return [*found[:place], Token("that", 0, "despues de eso"), *found[place + 3 :]]
    return found


def _were(found: list[Token]) -> list[Token]:
    """ "Not til next monday were at my moms": "we're", a reason."""
    for place in range(1, len(found) - 1):
        led = kind_at(found, place - 1) in DAYS and any(each.kind in {"from", "not"} for each in found[:place])
        if (
            found[place].text == "were"
            and led
            and kind_at(found, place + 1) in {"at", "in", "on", "fill", "word", "bad"}
        ):
            return [*found[:place], Token("comma"), Token("word", 0, "were"), *found[place + 1 :]]
    return found


def _de_a(found: list[Token]) -> list[Token]:
    """ "Sábado de 10 a 1 estamos": from the one hour to the other, whatever stands behind."""
    for place in range(1, len(found) - 4):
        kinds = [each.kind for each in found[place : place + 4]]
        hours = kinds == ["of", "num", "a", "num"] and max(found[place + 1].value, found[place + 3].value) <= _NOON
        led = kind_at(found, place - 1) in DAYS | {"comma"} and any(each.kind in DAYS for each in found[:place])
        if hours and led and found[place + 4].kind == "word":
            return [*found[:place], Token("from", 0, "de"), *found[place + 1 :]]
    return found


_NOON = 12


def _nothing_outside(found: list[Token]) -> list[Token]:
    """ "Nothing before 9 or after 3", "not after 3 or before 9": both are refused, and what lies between is left."""
    for place in range(2, len(found) - 1):
        opens = _OUTSIDE.get(found[place].text)
        hour = place - 1 - (kind_at(found, place - 1) in {"am", "pm"})
        if opens is None or not hour or kind_at(found, hour) not in CLOCKS or kind_at(found, place + 1) not in CLOCKS:
            continue
        end = place + 2 + (kind_at(found, place + 2) in {"am", "pm"})
        refused = found[hour - 1]
        if refused.kind == opens and refused.text.startswith(_REFUSED):
            two = [found[hour:place], found[place + 1 : end]]
            first, last = two if opens == "from" else two[::-1]
            between = [Token("between", 0, "between"), *first, Token("and", 0, "and"), *last]
            return [*found[: hour - 1], *between, *found[end:]]
    return found


_OUTSIDE = {"or after": "from", "or before": "leave"}
_REFUSED = ("not ", "nothing ", "no ", "nada ", "cant ")


def _anytime_after(found: list[Token]) -> list[Token]:
    """ "Cant before 11 tmrw got a conference, anytime after": from that hour on, of that day."""
    last = len(found) - 1
    while last > 0 and found[last].kind in {"stop", "fill", "good"}:
        last -= 1
    if found[last].text not in {"anytime after", "any time after", "after"} or kind_at(found, last - 1) != "comma":
        return found
    begin = next((at + 1 for at in range(last - 2, -1, -1) if found[at].kind in CLAUSE_ENDS), 0)
    bound = next((at for at in range(begin, last) if found[at].kind == "before"), 0)
    end = bound + 2 + (kind_at(found, bound + 2) in {"am", "pm"})
    refused = bound and found[bound - 1].kind in {"not", "bad"} and kind_at(found, bound + 1) in CLOCKS
    if not refused or any(each.kind in CLOCKS for each in found[end:last]):
        return found
    day = found[end : end + 1] if kind_at(found, end) in {"tomorrow", "today", "dow"} else []
    return [*found[: bound - 1], *day, Token("from", 0, "from"), *found[bound + 1 : end]]


TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"of"}), _de_a),
    (frozenset({"except", "not"}), _refused_hours),
    (frozenset({"out", "off"}) | _LETS_OUT, _get_out),
    (frozenset({"after"}), _that_date),
    (frozenset({"were"}), _were),
    (frozenset({"early"}), _early_before),
    (frozenset({"between"}), _between_things),
    (frozenset({"until", "before"}), _until_it_is),
    (frozenset({"after"}) | _WHEN, _from_when_it_is),
    (frozenset({"from", "until", "after"}), _when_it_comes),
    (frozenset({"until"}), _not_till),
    (frozenset({"that_day", "then"}), _that_day_on),
    (_EARLIEST, _earliest),
    (frozenset({"or after", "or before"}), _nothing_outside),
    (frozenset({"anytime after", "any time after", "after"}), _anytime_after),
)
"""What may be there by one of these kinds or words, in their order."""
