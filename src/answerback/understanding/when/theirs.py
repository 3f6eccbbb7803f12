"""Days told of because something of the customer's takes place then: "monday is her recital", "gone wed".

It renames what only tells; it must never refuse a day that stands in a list of wishes.
"""

from answerback.understanding.when.asked_or_told import tells
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLAUSE_ENDS,
    DAYS,
    ENDS,
    HOURS,
    ONE_DAY,
    SO,
    TIMES,
    Turn,
    begins_with_day,
    behind_leads,
    clause_begin,
    clause_end,
    renamed,
    turned,
)

_BEGINS = ENDS | {"comma", "but", "correction", "because"}


def theirs(found: list[Token]) -> list[Token]:
    """The tokens with what only tells of the customer's own days in plain words."""
    return turned(found, _TURNS)


def _taken_up(found: list[Token]) -> list[Token]:
    """ "Monday is her recital, tuesday works": what a day is to them; another day is wished for."""
    for place, token in enumerate(found):
        if token.kind not in ONE_DAY or kind_at(found, _begin(found, place) - 1) not in _BEGINS:
            continue
        chunk = found[place + 1 : clause_end(found, place)]
        if not chunk or chunk[0].text not in _IS or {each.kind for each in chunk} & _WISHED:
            continue
        owned = chunk[1:2] and chunk[1].text in _WHOSE
        noun = next((each for each in chunk[1:] if each.text not in _WHOSE | _LED), Token(""))
        if (
            noun.kind in {"event", "happening"}
            or noun.text == "holiday"
            or (owned and noun.kind == "word" and noun.text not in _BEST)
        ):
            others = [each for at, each in enumerate(found) if each.kind in DAYS and at != place and each != token]
            if others:
                return [*found[: _begin(found, place)], Token("word", 0, token.text), *found[place + 1 :]]
    return found


_IS = frozenset({"is", "s", "es"})
_WHOSE = frozenset({"my", "her", "his", "our", "their", "mi", "su", "nuestro", "nuestra"})
_LED = frozenset({"the", "a", "an", "la", "el", "un", "una"})
_WISHED = frozenset({"good", "wish", "bad", "not", "no", "or", "part", "after", "before", "until", "by"})
_BEST = frozenset(
    {"best", "only", "one", "earliest", "latest", "soonest", "first", "last", "plan", "time", "easiest", "ideal"}
    | {"better", "date", "winner", "ticket", "favorite", "pick", "preference", "choice", "limit", "deadline", "go"}
)


def _begin(found: list[Token], place: int) -> int:
    while kind_at(found, place - 1) in {"the", "on", "this"} and place:
        place -= 1
    return place


def _gone(found: list[Token]) -> list[Token]:
    """ "Home mon and tues, gone wed" refuses wednesday."""

    def gone(place: int, token: Token) -> bool:
        led = kind_at(found, place - 1) in _BEGINS | {"and", "fill"}
        return token.kind == "word" and token.text in {"gone", "away"} and led and begins_with_day(found, place + 1)

    return renamed(found, "bad", gone)


def _refused_too(found: list[Token]) -> list[Token]:
    """ "Halloween is out, sunday too" refuses both."""
    begin = 0
    for place, token in enumerate(found):
        if token.kind not in CLAUSE_ENDS:
            continue
        ahead = {each.kind for each in found[begin:place]}
        begin = place + 1
        chunk = found[begin : clause_end(found, begin)]
        named = {each.kind for each in chunk[:-1]}
        too = chunk[-1:] and chunk[-1].text in {"too", "also", "as well", "tambien"}
        if (
            ahead & {"bad", "not", "no"}
            and "good" not in ahead
            and too
            and named & DAYS
            and named <= DAYS | {"the", "on"}
        ):
            end = begin + len(chunk) - 1
            return [*found[:end], Token("bad", 0, found[end].text), *found[end + 1 :]]
    return found


def _so_is(found: list[Token]) -> list[Token]:
    """ "Thurs is out. so is fri", "monday is bad, same with tuesday": refused as the day before it."""
    for place, token in enumerate(found[:-2]):
        step = place + 1
        led = token.text in SO | {"as"} and found[step].text in _IS_TOO
        led = led or (token.text in {"same", "ditto"} and found[step].text in {"for", "with", "goes"})
        if not place or not led or found[place - 1].kind not in CLAUSE_ENDS | {"and"}:
            continue
        step += 1 + (found[step].text == "goes")
        day = behind_leads(found, step)
        begin = next((at + 1 for at in range(place - 2, -1, -1) if found[at].kind == "stop"), 0)
        ahead = {each.kind for each in found[begin:place]}
        refused = ahead & {"bad", "not", "no"} and not ahead & {"good", "wish"}
        if not refused or kind_at(found, day) not in ONE_DAY:
            continue
        if kind_at(found, day + 1) in CLAUSE_ENDS | {""}:
            return [*found[:place], *found[step : day + 1], Token("bad", 0, "is out"), *found[day + 1 :]]
        end = clause_end(found, day + 1)
        hours = {each.kind for each in found[day + 1 : end]}
        if hours <= HOURS | {"after", "before", "until", "from", "to", "dash", "at", "the", "in"}:
            return [*found[:place], Token("not", 0, "not"), *found[step:end], *found[end:]]
    return found


_IS_TOO = frozenset({"is", "are", "was", "does"})


def _except_while(found: list[Token]) -> list[Token]:
    """ "Anytime but not when the kids nap, 12-2" refuses these hours."""
    for place, token in enumerate(found[:-1]):
        step = place + 1 + (token.kind == "except" and found[place + 1].kind == "not")
        if token.kind not in {"except", "not"} or found[min(step, len(found) - 1)].text not in _WHILE:
            continue
        comma = clause_end(found, step)
        told = {each.kind for each in found[step:comma]}
        if (
            told <= _TELLS
            and kind_at(found, comma) == "comma"
            and kind_at(found, comma + 1) in {"num", "clock", "from"}
        ):
            return [*found[: place + 1], *found[comma + 1 :]]
    return found


_WHILE = frozenset({"when", "while", "cuando", "mientras"})
_TELLS = frozenset({"word", "happening", "my", "the", "a", "fill", "we", "subject"})


def _busy_after(found: list[Token]) -> list[Token]:
    """ "10 to noon, after that its soccer", "before 3, gotta get in line after that": why not later."""
    for place, token in enumerate(found):
        if token.text not in _AFTER_THAT:
            continue
        begin = clause_begin(found, place)
        if token.kind == "before_that" and place != begin:
            # "guests come friday so it has to be before that"
            continue
        told = {each.kind for each in found[:begin]} & {"event", "happening", "my"}
        if place != begin and begin and (told or tells(found, clause_begin(found, begin - 1))):
            # "baby naps 1 to 3, mow after that"
            continue
        kinds = {each.kind for each in found[begin : clause_end(found, place)]}
        if begin and kinds & _BUSY and kinds <= _TELLS | _BUSY | {"that", "before_that", "to", "in"}:
            return [*found[:place], Token("fill", 0, token.text), *found[place + 1 :]]
    return found


_BUSY = frozenset({"word", "happening", "event", "bad"})
_AFTER_THAT = frozenset(
    {"before that", "antes de eso", "after that", "after then", "despues de eso", "afterwards", "afterward"}
)


def _then_told(found: list[Token]) -> list[Token]:
    """ "Except 12 to 1, i feed my mom then": what happens at the hours refused before it."""
    for place, token in enumerate(found):
        if token.text != "then" or kind_at(found, place + 1) not in ENDS:
            continue
        begin = clause_begin(found, place)
        told = {each.kind for each in found[begin:place]}
        refused = {each.kind for each in found[:begin]} & {"except", "not", "bad", "no"}
        if refused and "word" in told and told <= _TELLS:
            return [*found[:place], Token("fill", 0, token.text), *found[place + 1 :]]
    return found


def _still_to_ask(found: list[Token]) -> list[Token]:
    """ "Maybe thursday? gotta check w my husband": the doubt is about the day of the sentence before."""
    for place, token in enumerate(found):
        if token.kind != "unsure" or not token.text.endswith(
            ("check", "ask", "yet", "ver", "preguntar", "pregunto", "checo", "checar", "veo")
        ):
            continue
        begin = place
        while kind_at(found, begin - 1) in {"stop", "fill"} and begin:
            begin -= 1
        named = kind_at(found, begin - 1) in DAYS | {"part", "num", "clock", "am", "pm"} and begin
        if named and begin < place:
            return [*found[:begin], Token("comma"), *found[place:]]
    return found


def _so_it_must_be(found: list[Token]) -> list[Token]:
    """ "I nanny mon-thur so its gotta be a friday": what stands before says why."""
    for place, token in enumerate(found):
        if token.text not in SO or not place:
            continue
        begin = next((at + 1 for at in range(place - 1, -1, -1) if found[at].kind == "stop"), 0)
        end = clause_end(found, place + 1)
        must = next((at for at in range(place + 1, min(place + 2 + _NEAR, end)) if _must(found, at)), end)
        wished = {each.kind for each in found[begin:place]} & {"good", "wish", "or"}
        kinds = {each.kind for each in found[must:end]}
        if kinds & DAYS and "or" not in kinds and not wished and not {each.kind for each in found[end:]} & DAYS:
            told = [Token("word", 0, each.text) if each.kind in TIMES else each for each in found[begin:place]]
            return [*found[:begin], *told, Token("stop"), Token("wish", 0, "need"), *found[must + 1 :]]
    return found


def _so_another_day(found: list[Token]) -> list[Token]:
    """ "Friday we have people over so sunday is better": what somebody does on the first says why it is the second."""
    for place, token in enumerate(found):
        day = behind_leads(found, place + 1)
        if token.text not in SO or kind_at(found, day) not in _WEEKDAY_OR_TOMORROW:
            continue
        begin = next((at + 1 for at in range(place - 1, -1, -1) if found[at].kind == "stop"), 0)
        first = behind_leads(found, begin)
        told = found[first + 1 : place]
        does = told[:1] and (told[0].text in _SOMEBODY or told[0].kind == "my")
        plain = {each.kind for each in told} <= _DOING and any(each.kind == "word" for each in told)
        if kind_at(found, first) in _WEEKDAY_OR_TOMORROW and found[first] != found[day] and does and plain:
            return [
                *found[:begin],
                Token("word", 0, found[first].text),
                *found[first + 1 : place],
                Token("stop"),
                *found[place + 1 :],
            ]
    return found


_WEEKDAY_OR_TOMORROW = frozenset({"dow", "tomorrow", "ord"})
_SOMEBODY = frozenset(
    {"i", "we", "im", "were", "he", "she", "they", "ill", "theres", "hay", "tengo", "tenemos", "voy", "vamos"}
)
_DOING = frozenset({"word", "fill", "a", "the", "my", "to", "in", "at", "on", "of", "for", "with"})


def _on_another_day(found: list[Token]) -> list[Token]:
    """ "Sat at 10 would be best, mon i'm driving to dallas", "el lunes tengo terapia": what they do beside a wish."""
    named = [at for at, each in enumerate(found) if each.kind in _WEEKDAY_OR_TOMORROW]
    for day in named if len(named) > 1 else []:
        begin = _begin(found, day)
        chunk = found[day + 1 : clause_end(found, day)]
        opens = begin == 0 or kind_at(found, begin - 1) in _BEGINS | {"comma"}
        if opens and {each.kind for each in chunk} <= _DOING and _does_something([each.text for each in chunk]):
            return [*found[: day + 1], Token("bad", 0, found[day + 1].text), *found[day + 2 :]]
    return found


def _does_something(said: list[str]) -> bool:
    """ "I'm driving to dallas", "we have visitors", "tengo terapia"; "i have time" and "im hoping" are wishes."""
    if not said or _FREE & set(said):
        return False
    if said[0] in {"tengo", "tenemos", "voy", "vamos"}:
        return len(said) > 1
    moving = said[0] in {"im", "were", "ill be", "hes", "shes"} or said[:2] in (["i", "am"], ["we", "are"])
    does = any(each.endswith("ing") for each in said[1:3]) and not _HOPING & set(said)
    return (moving and does) or (said[0] in {"i", "we"} and len(said) > 2 and said[1] in {"have", "got"})


_FREE = frozenset(
    {"time", "free", "nothing", "off", "open", "tiempo", "libre", "availability", "day", "dia", "openings"}
)
_HOPING = frozenset(
    {"hoping", "looking", "thinking", "wondering", "coming", "going", "trying", "staying", "being", "asking"}
)


def _what_they_have(found: list[Token]) -> list[Token]:
    """ "Friday i have a dentist at 2 so before that", "tenemos visita el viernes, antes": theirs, pointed back at."""
    for place, token in enumerate(found):
        thing = behind_leads(found, place + 1, _ARTICLES)
        named = kind_at(found, thing) == "word" and found[thing].text not in _BEST
        end = next((at for at in range(place, len(found)) if found[at].kind in {"stop", "comma"}), len(found))
        timed = any(each.kind in TIMES for each in found[max(place - 3, 0) : end])
        has = token.text in _HAVE and kind_at(found, place - 1) not in {"not", "bad", "no"}
        if has and named and timed and any(_points_back(found, at) for at in range(end, len(found))):
            return [*found[:thing], Token("event", 0, found[thing].text), *found[thing + 1 :]]
    return found


def _other_hours(found: list[Token]) -> list[Token]:
    """ "Wed i have a call from 12 to 2, any other time works": not from 12 to 2."""
    other = next((at for at, each in enumerate(found) if each.text in _OTHER_HOURS), 0)
    if kind_at(found, other - 1) != "comma" or kind_at(found, other + 1) not in ENDS | {"good"}:
        return found
    clause = range(clause_begin(found, other - 1), other - 1)
    spans = [at for at in clause if found[at].kind in {"from", "between"} and kind_at(found, at + 1) == "num"]
    if len(spans) != 1 or {found[at].kind for at in clause} & {"not", "except", "bad", "no", "good", "wish"}:
        return found
    return [*found[: spans[0]], Token("not", 0, "not"), *found[spans[0] :]]


_OTHER_HOURS = frozenset({"any other time", "cualquier otra hora"})


def _points_back(found: list[Token], place: int) -> bool:
    before = found[place].kind in {"before", "after"} and kind_at(found, place + 1) in ENDS | {"or"}
    return before or found[place].kind in {"before_that", "that"}


_ARTICLES = frozenset({"a", "the", "my"})
_HAVE = frozenset({"have", "got", "ive got", "tengo", "tenemos"})


def _must(found: list[Token], place: int) -> bool:
    return found[place].text in _MUST or (found[place].text in {"has", "have"} and kind_at(found, place + 1) == "to")


_MUST = frozenset({"gotta", "has to", "have to", "needs to", "must"})
_NEAR = 2


def _guests_until(found: list[Token]) -> list[Token]:
    """ "After new years is better, family is in town until the 2nd": they are busy with their guests until then."""
    for place in range(2, len(found) - 1):
        until = found[place].kind == "until" or found[place].text.startswith(("here til", "here until"))
        begin = clause_begin(found, place)
        said = {word for each in found[begin : place + 1] for word in each.text.split(" ")}
        wished = {each.kind for each in found[:begin]} & {"after", "from", "week", "month"}
        if until and said & _GUESTS and said & _IN_TOWN and wished:
            told = [Token("stop"), Token("not", 0, "not"), Token("before", 0, "before")]
            return [*found[: begin - 1], *told, *found[place + 1 :]]
    return found


_GUESTS = frozenset({"family", "company", "guests", "inlaws", "laws", "relatives", "familia", "visitas", "suegros"})
_IN_TOWN = frozenset({"town", "here", "visiting", "staying", "aqui", "visita"})


_TURNS: tuple[Turn, ...] = (
    _so_it_must_be,
    _so_another_day,
    _on_another_day,
    _what_they_have,
    _other_hours,
    _still_to_ask,
    _taken_up,
    _gone,
    _refused_too,
    _so_is,
    _except_while,
    _busy_after,
    _then_told,
    _guests_until,
)
