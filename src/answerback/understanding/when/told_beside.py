"""Times told behind a wish that say why it is so: "sat mornings pls she dances in the afternoons".

It renames what only tells; it must never rename the only time that is named.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLAUSE_ENDS,
    CLOCKS,
    DAYS,
    ENDS,
    EVERY,
    HOURS,
    TIMES,
    Turn,
    clause_begin,
    clause_end,
    renamed,
)

_TELLS = frozenset({"word", "my", "the", "a", "fill", "event", "happening", "in", "at", "on", "noise", "of", "to"})
_SOMEBODY = frozenset({"she", "he", "they", "i", "im", "we", "were", "hes", "shes", "theyre"})


def _other_part(found: list[Token]) -> list[Token]:
    """ "Sat mornings pls she dances in the afternoons", "thurs afternoon, mornings im at the shop"."""
    for place, token in enumerate(found):
        if token.text not in _SOMEBODY or not place:
            continue
        end = clause_end(found, place)
        named = {each.text for each in found[: place - 1] if each.kind == "part"}
        lead = place - 1 if kind_at(found, place - 1) == "part" else place
        if lead < place and kind_at(found, lead - 1) not in CLAUSE_ENDS:
            continue
        tail = found[lead:end]
        parts = {each.text for each in tail if each.kind == "part"}
        days = {each.kind for each in found[:lead]} & (DAYS | EVERY)
        kinds = {each.kind for each in tail[1:]}
        if named and parts and days and not parts & named and kinds <= _TELLS | {"part"} and "word" in kinds:
            told = [Token("word", 0, each.text) if each.kind == "part" else each for each in tail]
            return [*found[:lead], Token("comma"), *told, *found[end:]]
    return found


def _thing_at(found: list[Token]) -> list[Token]:
    """ "Has to be the morning we got a game at 2", "fri 1pm, landlord walks it at 5": why, and no second hour."""
    for at in range(2, len(found) - 1):
        behind = at + 2 + (kind_at(found, at + 2) in {"am", "pm"})
        if found[at].kind != "at" or found[at + 1].kind not in CLOCKS or kind_at(found, behind) not in ENDS:
            continue
        begin = _begin_of_reason(found, at)
        ahead, told = found[:begin], found[begin:at]
        timed = any(each.kind in HOURS for each in ahead) and any(each.kind in DAYS for each in ahead)
        plain = {each.kind for each in told if each.text not in _HAS} <= _TELLS | {"good"} and sum(
            each.kind in {"word", "event", "happening"} for each in told
        )
        if begin and timed and plain and not {each.text for each in told} & _THEY_ARE and not _points_back(found):
            return [*found[:begin], Token("comma"), *told, Token("word"), Token("word"), *found[behind:]]
    return found


def _begin_of_reason(found: list[Token], at: int) -> int:
    """Where somebody has something, or a clause of "my bridge club meets" begins; 0 where none does."""
    begin = clause_begin(found, at)
    has = next((step for step in range(begin, at) if found[step].text in _HAS), None)
    if has is not None:
        return has - (has > 0 and found[has - 1].text in _SOMEBODY)
    clause = found[begin:at]
    owned = clause[:1] and clause[0].kind in {"my", "word"} and sum(each.kind == "word" for each in clause) > 1
    return begin if owned and all(each.kind in _TELLS for each in clause) else 0


_HAS = frozenset({"got", "have", "ive got", "i got", "we got", "has", "tengo", "tenemos"})
_THEY_ARE = frozenset(
    {"home", "gets", "get", "off", "leave", "leaves", "here", "there", "opens", "open", "appointment", "free", "time"}
    | {"slot", "opening", "can", "out", "finish", "done", "ends", "back", "up", "come", "comes", "starts", "start"}
)


def _points_back(found: list[Token]) -> bool:
    return any(each.kind in {"that", "before_that", "that_day"} or each.text == "then" for each in found)


def _day_when(found: list[Token]) -> list[Token]:
    """ "Any day except tuesday, when i volunteer at the library": what happens on the day that is left out."""
    for place in range(2, len(found) - 2):
        led = found[place].text in {"when", "cuando", "thats when", "since"} and kind_at(found, place - 1) == "comma"
        ahead = {each.kind for each in found[:place]}
        end = clause_end(found, place)
        told = {each.kind for each in found[place + 1 : end]}
        day = kind_at(found, place - 2) in DAYS | EVERY
        if led and day and ahead & {"except", "not", "bad"} and told and told <= _TELLS | {"good"}:
            return [*found[: place - 1], *found[end:]]
    return found


def _before_a_thing(found: list[Token]) -> list[Token]:
    """ "Sat between 9 and 11 b4 my sons game": the hours are told."""
    for place in range(2, len(found) - 1):
        if found[place].kind not in {"before", "after"} or kind_at(found, place + 1) not in {"my", "the"}:
            continue
        end = clause_end(found, place)
        told = {each.kind for each in found[place + 1 : end]}
        begin = clause_begin(found, place)
        ahead = [each.kind for each in found[begin:place]]
        timed = ahead[-1:] and ahead[-1] in CLOCKS | {"am", "pm"} and set(ahead) & DAYS
        if timed and told <= {"my", "the", "word", "event", "happening"} and "my" in told:
            return [*found[:place], *found[end:]]
    return found


def _on_the_way(found: list[Token]) -> list[Token]:
    """ "Started squealing on the way home thursday": nobody is at home then."""
    told = list(found)
    for place, token in enumerate(found):
        ways = [each.text for each in found[max(place - 3, 0) : place]]
        if token.kind == "good" and token.text in {"home", "work", "back home"} and _WAYS & set(ways):
            told[place] = Token("word", 0, token.text)
    return told


_WAYS = frozenset({"fly", "flying", "head", "heading", "way", "drive", "ride", "driving", "trip", "commute"})


def _on_the_road(found: list[Token]) -> list[Token]:
    """ "Rear ended at the light on maple tues around 530": what happened there."""
    for place, token in enumerate(found):
        begin = clause_begin(found, place)
        end = clause_end(found, place)
        happened = (
            token.kind == "word" and token.text.endswith("ed") and token.text not in _THINGS and place - begin <= 1
        )
        if happened and {each.text for each in found[place:end]} & _ROADS and "wish" not in _kinds(found[begin:end]):
            return [*found[:place], Token("past", 0, token.text), *found[place + 1 :]]
    return found


_THINGS = frozenset(
    {"red", "shed", "bed", "fenced", "gated", "paved", "wooded", "unpaved", "med", "seed", "feed", "need"}
)


def _kinds(tokens: list[Token]) -> set[str]:
    return {each.kind for each in tokens}


_ROADS = frozenset(
    {"highway", "freeway", "road", "light", "lot", "way", "interstate", "intersection", "driving", "bridge", "drive"}
    | {"stoplight", "turnpike", "ramp", "traffic"}
)


def _those_named(found: list[Token]) -> list[Token]:
    """ "Tuesday wednesday thursday, those"."""
    last = len(found) - 1
    while last > 0 and kind_at(found, last) in {"stop", "fill"}:
        last -= 1
    alone = last > 1 and found[last].text in {"those", "esos"} and kind_at(found, last - 1) == "comma"
    if alone and kind_at(found, last - 2) in TIMES | EVERY:
        return [*found[: last - 1], *found[last + 1 :]]
    return found


def _every_week_so(found: list[Token]) -> list[Token]:
    """ "Monday afternoon works, i work from home mondays": the habit says why, and adds no other monday."""
    for place, token in enumerate(found):
        begin, end = clause_begin(found, place), clause_end(found, place)
        lead = found[begin + (found[begin].kind == "because")]
        if token.kind != "dows" or not begin or lead.text.split(" ")[0] not in _SOMEBODY:
            continue
        sentence, kinds = found[: begin - 1], _kinds(found[:begin])
        same = any(each.kind == "dow" and each.value == token.value for each in sentence)
        if same and not kinds & {"not", "no", "bad", "except", "dows", "or"} and not _kinds(found[begin:end]) & _BOUNDS:
            return [*found[:place], Token("word", 0, token.text), *found[place + 1 :]]
    return found


_BOUNDS = frozenset({"or", "any", "anytime", "not", "no", "except", "before", "after", "until", "wish"})


def _before_they_go(found: list[Token]) -> list[Token]:
    """ "Tomorrow at 8 before i leave for work", "at 430, im leaving the office at 4": the hour was told already."""
    for place in range(2, len(found)):
        begin, end = clause_begin(found, place), clause_end(found, place)
        before = found[place].kind == "before_that" and found[place].text.startswith(_BEFORE_THEY)
        named = found[begin:place]
        if before and _is_set(named) and not _kinds(found[place + 1 : end]) & TIMES:
            return [*found[:place], *found[end:]]
        leaving = place == begin and found[place].text in _SOMEBODY and end - place > 2
        if not leaving or found[place + 1].text not in _GOING or not _is_set(_clause_ahead(found, place)):
            continue
        told, hour = found[place:end], [at for at in range(place, end) if found[at].kind in CLOCKS]
        if len(hour) == 1 and found[hour[0] - 1].kind == "at" and not _kinds(told) & DAYS:
            return [
                *found[: place + 2],
                *(Token("word", 0, each.text) for each in found[place + 2 : end]),
                *found[end:],
            ]
    return found


def _clause_ahead(found: list[Token], place: int) -> list[Token]:
    return found[clause_begin(found, place - 1) : place - 1] if place else []


def _is_set(clause: list[Token]) -> bool:
    """Does it name a day and one moment of it?"""
    kinds = [each.kind for each in clause]
    at = next((place for place, kind in enumerate(kinds) if kind == "at"), len(kinds))
    exact = kinds[at + 1 : at + 2] and kinds[at + 1] in CLOCKS and sum(kind in CLOCKS for kind in kinds) == 1
    return bool(exact) and bool(set(kinds) & DAYS) and not set(kinds) & {"not", "no", "bad", "or", "after", "before"}


_BEFORE_THEY = ("before i ", "before we ", "antes de ir")
_GOING = frozenset({"leaving", "finishing", "heading"})


def _works_then(found: list[Token]) -> list[Token]:
    """ "Entre semana no puedo trabajo de 7 a 6", "cant do weekdays i work 7 to 6": why, behind a whole refusal."""
    for place in range(2, len(found) - 3):
        begin, end = clause_begin(found, place), clause_end(found, place)
        ahead = _kinds(found[begin:place])
        works = found[place].kind == "bad" and found[place].text in _AT_WORK
        if works and ahead & {"not", "bad"} and ahead & (DAYS | EVERY) and not ahead & HOURS:
            told = found[place:end]
            runs = sum(each.kind in CLOCKS for each in told) == 2 and not _kinds(told) & (DAYS | EVERY | {"or", "but"})
            if runs:
                return [*found[:place], Token("stop"), *(Token("word", 0, each.text) for each in told), *found[end:]]
    return found


_AT_WORK = frozenset({"trabajo", "i work", "we work", "trabajamos", "im at work", "estoy trabajando"})


def _hates(found: list[Token]) -> list[Token]:
    """ "Any day but friday, she hates mornings too", "odio los lunes": refused for itself."""
    for place in range(1, len(found) - 1):
        begin, end = clause_begin(found, place), clause_end(found, place)
        timed = [each for each in found[place + 1 : end] if each.text not in _TOO]
        whole = timed and {each.kind for each in timed} <= {"the", "on", "part", "or", "and", *EVERY}
        if found[place].text in _HATES and whole and _kinds(found[begin:place]) <= {"my", "word", "fill", "the"}:
            return [*found[:begin], Token("stop"), Token("not", 0, "not"), *timed, Token("stop"), *found[end:]]
    return found


_HATES = frozenset({"hate", "hates", "odio", "odia", "odian", "detest", "detests"})
_TOO = frozenset({"too", "also", "tambien", "lol", "haha", "really"})


def _busy_all_day(found: list[Token]) -> list[Token]:
    """ "On wednesday i have company all day": that day is taken; "i have all day" offers it."""
    for place in range(1, len(found) - 2):
        has = found[place].text in _HAVE and found[place - 1].text in {"i", "we", "i have", "we have"}
        all_day = next((at for at in range(place + 1, min(place + 5, len(found))) if found[at].text in _ALL_DAY), 0)
        thing = found[place + 1 : all_day] if all_day else []
        taken = thing and _kinds(thing) <= {"word", "event", "happening", "a", "the", "my"}
        if has and taken and not {each.text for each in thing} & _FREE and clause_end(found, place) >= all_day:
            return [*found[: place - 1], Token("bad", 0, "is taken"), *found[all_day + 1 :]]
    return found


_HAVE = frozenset({"have", "got", "ive got", "i got", "tengo", "tenemos"})
_ALL_DAY = frozenset({"all day", "todo el dia"})
_FREE = frozenset({"time", "off", "openings", "opening", "availability", "free", "nothing", "it", "open", "them"})


def _wholly_open(found: list[Token]) -> list[Token]:
    """ "Tuesday is entirely open" suits."""
    for place in range(1, len(found) - 1):
        is_open = found[place - 1].text in {"is", "are"} and found[place + 1].text in {"open", "free", "clear"}
        if found[place].text in _WHOLLY and is_open:
            return [*found[: place - 1], Token("good", 0, "is open"), *found[place + 2 :]]
    return found


_WHOLLY = frozenset({"entirely", "completely", "totally", "pretty", "mostly", "all", "also", "still", "really"})


def _not_sooner(found: list[Token]) -> list[Token]:
    """ "1pm or later, the building wont let us before that": why it is so late."""
    for place in range(3, len(found)):
        if found[place].kind != "before_that" or kind_at(found, place + 1) not in ENDS | {"comma"}:
            continue
        begin = clause_begin(found, place)
        clause, ahead = found[begin:place], found[:begin]
        later = any(each.kind in {"later_open", "after", "from"} for each in ahead)
        why = _kinds(clause) & {"not", "bad"} and not _kinds(clause) & (TIMES | {"wish", "good", "or"})
        if begin and later and why and any(each.kind in CLOCKS for each in ahead):
            return [*found[: begin - 1], *found[place + 1 :]]
    return found


def _it_says(found: list[Token]) -> list[Token]:
    """ "The flyer says thru may 31": what is written somewhere, and no wish."""
    for place in range(1, len(found) - 1):
        begin, end = clause_begin(found, place), clause_end(found, place)
        written = found[place].text in _SAYS and {each.text for each in found[begin:place]} & _WRITTEN
        if written and not _kinds(found[begin:end]) & {"wish", "good", "or"}:
            told = [Token("word", 0, each.text) for each in found[place:end]]
            return [*found[:place], *told, *found[end:]]
    return found


_SAYS = frozenset({"says", "said", "say", "dice", "decia"})
_WRITTEN = frozenset(
    {"flyer", "coupon", "ad", "website", "site", "sign", "letter", "tag", "label", "receipt", "google", "yelp", "card"}
    | {"page", "warranty", "postcard", "mailer", "cupon", "anuncio", "pagina", "letrero", "volante"}
)


def _both_at_work(found: list[Token]) -> list[Token]:
    """ "We both work till 5": two people, and not that both days do."""

    def at_work(place: int, token: Token) -> bool:
        they = place > 0 and found[place - 1].text in {"we", "they", "parents", "us"}
        return (
            token.text == "both work" and they and kind_at(found, place + 1) in {"until", "at", "from", "dows", "part"}
        )

    return renamed(found, "bad", at_work)


def _rather_later(found: list[Token]) -> list[Token]:
    """ "This week, preferably later in the week": what would be liked best, and no other time."""
    for place in range(2, len(found)):
        begin, end = clause_begin(found, place), clause_end(found, place)
        liked = _kinds(found[begin:end]) <= {"good", "later_week", "fill", "the", "in"}
        if found[place].kind == "later_week" and begin and liked and "week" in _kinds(found[:begin]):
            return [*found[: begin - 1], *found[end:]]
    return found


def _others_taken(found: list[Token]) -> list[Token]:
    """ "Puro viernes o sabado, los otros dias chambeo", "saturday only, other days i work": why it is only these."""
    for place in range(2, len(found) - 1):
        begin, end = clause_begin(found, place), clause_end(found, place)
        others = found[place].text in _OTHERS and begin == place
        told = _kinds(found[place + 1 : end])
        busy = told & {"bad", "event", "happening"} or {each.text for each in found[place:end]} & _AT_SCHOOL_OR_WORK
        taken = busy and told <= {"word", "fill", "bad", "event", "happening"}
        ahead = _kinds(found[: place - 1])
        if others and taken and ahead & {"dow", "dows"} and not ahead & {"not", "bad", "no", "except", "anytime"}:
            return [*found[: place - 1], *found[end:]]
    return found


_AT_SCHOOL_OR_WORK = frozenset(
    {"work", "class", "school", "chambeo", "chambeamos", "trabajo", "trabajamos", "clases", "escuela"}
)
_OTHERS = frozenset({"los otros dias", "los demas dias", "other days", "the other days", "otros dias"})


TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (_HATES, _hates),
    (_ALL_DAY, _busy_all_day),
    (_WHOLLY, _wholly_open),
    (frozenset({"later_week"}), _rather_later),
    (frozenset({"both work"}), _both_at_work),
    (frozenset({"before_that"}), _not_sooner),
    (_WRITTEN, _it_says),
    (_OTHERS, _others_taken),
    (_WAYS, _on_the_way),
    (_ROADS, _on_the_road),
    (frozenset({"when", "cuando", "thats when", "since"}), _day_when),
    (_SOMEBODY, _other_part),
    (frozenset({"at"}), _thing_at),
    (frozenset({"before", "after"}), _before_a_thing),
    (frozenset({"those", "esos"}), _those_named),
    (frozenset({"dows"}), _every_week_so),
    (frozenset({"at", "before_that"}), _before_they_go),
    (_AT_WORK, _works_then),
)
"""What may be there by one of these kinds or words, in their order."""
