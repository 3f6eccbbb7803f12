"""What is told behind or beside a wish and is no time of it: "saturdays only man i work 6 to 6", "if nicole is in".

It drops or renames tokens; it must never drop a time that is wished for.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import CLAUSE_ENDS, CLOCKS, DAYS, ENDS, EVERY, TIMES, Turn, clause_end, renamed

_DAY = DAYS | {"dows", "weekends", "weekdays", "part"}
_ONLY = frozenset({"only", "just", "nada mas", "nomas", "solo", "solamente", "puro", "puros"})


def _only_because(found: list[Token]) -> list[Token]:
    """ "Saturdays only man i work 6 to 6", "puros sábados, trabajo de 6 a 6": these hours are of their work."""
    for place, token in enumerate(found):
        if token.text not in _ONLY:
            continue
        named = [at for at in (place - 1, place + 1) if kind_at(found, at) in _DAY and at >= 0]
        if not named:
            continue
        begin = max(place, named[-1]) + 1
        while kind_at(found, begin) in _DAY | {"or", "and"}:
            begin += 1
        behind = found[begin:]
        works = next((at for at, each in enumerate(behind) if _is_work(behind, at)), None)
        if works is None or {each.kind for each in behind[works:]} & _WISHED or not _runs(behind[works:]):
            continue
        if {each.kind for each in behind[:works]} & TIMES:
            continue
        told = [Token("word", 0, each.text) if each.kind in _OF_WORK | TIMES else each for each in behind]
        ahead = [each for at, each in enumerate(found[:begin]) if at != place]
        return [*ahead, Token("stop"), *told]
    return found


_WISHED = frozenset({"wish", "or", "after", "before", "until", "anytime", "except", "not"})
_OF_WORK = frozenset({"bad", "good", "event", "happening", "rest", "of", "dows", "weekdays", "noise"})


def _is_work(found: list[Token], place: int) -> bool:
    """ "I work", "my shift is", "im on the rig", "i pull 12s", "trabajo"."""
    token, ahead = found[place], found[place - 1].text if place else ""
    if token.text in _WORK or (token.kind == "bad" and "work" in token.text):
        return True
    return ahead in {"i", "im", "we", "my"} and token.kind in {"word", "on", "good", "event", "happening"}


_WORK = frozenset({"i work", "im at work", "trabajo", "my shift", "shift", "work", "turno", "jornada"})


def _runs(found: list[Token]) -> bool:
    """Do hours run there from one to another?"""
    kinds = [each.kind for each in found]
    return any(
        first in CLOCKS and link in {"to", "a", "dash", "until"} and last in CLOCKS
        for first, link, last in zip(kinds, kinds[1:], kinds[2:], strict=False)
    )


def _both_work(found: list[Token]) -> list[Token]:
    """ "A saturday, we both work m-f": the two of them, and no choice of two times."""

    def works(place: int, token: Token) -> bool:
        return token.text == "both work" and kind_at(found, place + 1) in EVERY | {"part"}

    return renamed(found, "bad", works)


def _part_only(found: list[Token]) -> list[Token]:
    """ "Evenings only, mondays wednesdays and thursdays": the days are those of the evenings."""
    for place in range(1, len(found) - 2):
        comma = found[place + 1].kind == "comma"
        days = kind_at(found, place + 2) in {"dows", "dow"}
        if found[place].text == "only" and found[place - 1].kind == "part" and comma and days:
            rest = {each.kind for each in found[place + 2 :]}
            if not rest & {"bad", "not", "no", "word", "good"}:
                return [*found[:place], *found[place + 1 :]]
    return found


def _if_they_are_in(found: list[Token]) -> list[Token]:
    """ "Friday at 10 if nicole is in": whether one of the business's people is there, which the calendar knows."""
    for place, token in enumerate(found):
        if token.text not in {"if", "si"} or not place:
            continue
        name = place + 1 + (place + 1 < len(found) and found[place + 1].text in _TITLES)
        name += kind_at(found, name) == "stop" and name > place + 1
        who = found[name] if name < len(found) else Token("")
        if who.kind != "word" or who.text in _FAMILY | _NO_NAMES:
            continue
        step = name + 1
        while kind_at(found, step) == "fill" and found[step].text in {"is", "s", "has", "can", "esta"}:
            step += 1
        there = step < len(found) and found[step].text in _THERE
        if not there:
            continue
        end = step + 1
        while kind_at(found, end) == "fill":
            end += 1
        if kind_at(found, end) in CLAUSE_ENDS | {""}:
            return [*found[:place], *found[end:]]
    return found


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "doctor", "don", "dona", "senor", "senora"})
_THERE = frozenset(
    {"in", "free", "is free", "available", "is available", "working", "there", "can do", "can", "open", "in that day"}
    | {"esta", "libre", "disponible", "trabaja", "is working", "works", "is in", "has time", "has room", "is open"}
)
_FAMILY = frozenset(
    {"mom", "mama", "dad", "papa", "husband", "wife", "son", "daughter", "hubby", "grandma", "grandpa", "kids", "work"}
    | {"esposo", "esposa", "marido", "hijo", "hija", "suegra", "hermana", "hermano", "boss", "landlord", "tenant"}
)
_NO_NAMES = frozenset(
    {"it", "that", "this", "everyone", "anyone", "nobody", "traffic", "school", "weather", "work", "anything"}
    | {"parking", "breakfast", "lunch", "dinner", "insurance", "room", "truck", "car", "van", "office", "place", "spot"}
    | {
        "delivery",
        "part",
        "parts",
        "paint",
        "power",
        "water",
        "class",
        "gym",
        "house",
        "garage",
        "driveway",
        "something",
    }
)


def _in_your_area(found: list[Token]) -> list[Token]:
    """ "Whenever your guy is in the area" leaves it to them."""
    for place, token in enumerate(found):
        if token.kind != "anytime" or not token.text.startswith("whenever"):
            continue
        end = clause_end(found, place)
        told = found[place + 1 : end]
        theirs = "you" in token.text or (told and told[0].text in _YOURS)
        around = {each.text for each in told} & _NEAR
        if theirs and around and not {each.kind for each in told} & (TIMES | {"not", "good", "until"}):
            return [*found[:place], Token("anytime", 0, "whenever"), *found[end:]]
    return found


_YOURS = frozenset({"your", "you", "ur", "u", "yall", "the", "someone", "somebody", "one"})
_NEAR = frozenset({"area", "neighborhood", "way", "side", "around", "by", "zona", "rumbo", "nearby", "town"})


def _whatever_you_have(found: list[Token]) -> list[Token]:
    """ "Tomorrow, friday, saturday, whatever u got": any of those."""
    for place in range(3, len(found)):
        given = found[place].kind == "anytime" and found[place].text.startswith("whatever")
        listed = sum(each.kind in {"dow", "tomorrow", "today", "ord"} for each in found[:place])
        more = {each.kind for each in found[place + 1 :]} & (TIMES | {"wish", "or"})
        if given and found[place - 1].kind == "comma" and listed > 1 and not more:
            return found[: place - 1]
    return found


def _not_the_old_hour(found: list[Token]) -> list[Token]:
    """ "Can you do 4:30 thursday instead of 3": the hour that it had."""
    for place, token in enumerate(found):
        if token.text not in {"instead of", "en vez de", "en lugar de"} or kind_at(found, place + 1) not in CLOCKS | {
            "at"
        }:
            continue
        hour = place + 1 + (kind_at(found, place + 1) == "at")
        end = hour + 1 + (kind_at(found, hour + 1) in {"am", "pm"})
        ends = kind_at(found, end) in ENDS | {"comma", "fill"}
        new = next((at for at in range(place - 1, -1, -1) if found[at].kind in CLOCKS), None)
        if kind_at(found, hour) in CLOCKS and ends and new is not None:
            return [*found[:new], Token("at", 0, "at"), *found[new:place], *found[end:]]
    return found


def _must_be_at(found: list[Token]) -> list[Token]:
    """ "Before 4. car wont start and i gotta be at work tonight": where they have to be then."""
    for place, token in enumerate(found):
        must = token.text in _MUST or (token.text in {"have", "need", "got"} and kind_at(found, place + 1) == "to")
        if not must:
            continue
        end = clause_end(found, place)
        clause = found[place:end]
        day = [at for at in range(place, end) if found[at].kind in {"today", "tonight", "tomorrow", "dow"}]
        at_work = any(
            each.kind == "at" and kind_at(clause, at + 1) in {"good", "word", "my"} for at, each in enumerate(clause)
        )
        wished = any(each.kind in CLOCKS | {"after", "before"} for each in found[:place])
        if at_work and day and wished and not any(each.kind in CLOCKS for each in clause):
            return [Token("word", 0, each.text) if at in day else each for at, each in enumerate(found)]
    return found


_MUST = frozenset({"gotta", "have to", "need to", "got to", "must"})


def _on_a_weekend(found: list[Token]) -> list[Token]:
    """ "Has to be before halloween, and on a weekend": any of those before it."""
    for place in range(1, len(found) - 1):
        led = found[place].kind == "a" and found[place - 1].kind == "on"
        if not led or found[place + 1].kind not in {"weekend", "weekdays"} or place < 3:
            continue
        begin = place - 1
        while begin and (kind_at(found, begin - 1) in {"and", "comma"} or found[begin - 1].text == "and on"):
            begin -= 1
        ahead = {each.kind for each in found[:begin]}
        if ahead & {"before", "by", "after", "from"} and ahead & DAYS and not ahead & {"not", "or"}:
            kind = "weekends" if found[place + 1].kind == "weekend" else "weekdays"
            return [*found[:begin], Token(kind, 0, found[place + 1].text), *found[place + 2 :]]
    return found


def _later_on_a(found: list[Token]) -> list[Token]:
    """ "And on a weekend": what goes on, and no open end."""
    for place, token in enumerate(found[:-2]):
        if token.text == "and on" and found[place + 1].kind == "a":
            return [*found[:place], Token("and", 0, "and"), Token("on", 0, "on"), *found[place + 1 :]]
    return found


def _after_weekend(found: list[Token]) -> list[Token]:
    """ "Anything after thanksgiving weekend" begins when it is over."""
    for place, token in enumerate(found[:-2]):
        whole = [each.kind for each in found[place + 1 : place + 3]]
        if (
            token.kind == "from"
            and token.text.endswith(" after")
            and whole in (["feast", "weekend"], ["feast", "week"])
        ):
            return [*found[:place], Token("after", 0, "after"), *found[place + 1 :]]
    return found


def _shot_week(found: list[Token]) -> list[Token]:
    """ "This week is shot, next week any day after 4": the first is out, the second is told for itself."""
    for place in range(2, len(found)):
        shot = found[place].text in _SHOT and found[place - 1].text in {"is", "are", "s", "esta"}
        week = kind_at(found, place - 2) in {"week", "month"} | DAYS
        if shot and week and kind_at(found, place + 1) in CLAUSE_ENDS | ENDS:
            return [*found[: place - 1], Token("bad", 0, "is out"), Token("stop"), *found[place + 2 :]]
    return found


_SHOT = frozenset({"shot", "nuts", "insane", "packed", "slammed", "crazy", "hectic", "toast", "jammed"})


def _after_calls(found: list[Token]) -> list[Token]:
    """ "I have calls til 11, after that make all the noise you want. any weekday": from eleven on."""
    for place in range(2, len(found) - 2):
        that = found[place].text == "after that" and found[place - 1].kind == "comma"
        if not that or kind_at(found, place - 3) != "until" or kind_at(found, place - 2) not in CLOCKS:
            continue
        end = next((at for at in range(place, len(found)) if found[at].kind == "stop"), len(found))
        behind = found[place + 1 : end]
        refused = {each.kind for each in behind} & {"bad", "not", "no"}
        if not refused and not {each.kind for each in behind} & TIMES:
            begin = next((at + 1 for at in range(place - 2, -1, -1) if found[at].kind in CLAUSE_ENDS), 0)
            return [*found[:begin], Token("from", 0, "from"), found[place - 2], *found[end:]]
    return found


def _got_a_window(found: list[Token]) -> list[Token]:
    """ "Got a window from 10 to 12 on tues" tells when they can, and nothing that is over."""
    for place in range(len(found) - 2):
        window = found[place + 1].kind == "a" and found[place + 2].text in _WINDOWS
        if found[place].text == "got" and window and {each.kind for each in found[place + 3 :]} & TIMES:
            return [*found[:place], *found[place + 3 :]]
    return found


_WINDOWS = frozenset({"window", "gap", "hole", "free", "opening", "break"})


def _but_not_that_one(found: list[Token]) -> list[Token]:
    """ "Friday's packed, saturday's not": it is not packed."""
    for place in range(3, len(found)):
        day = place - 1 - (kind_at(found, place - 1) == "fill")
        begins = kind_at(found, day - 1) in {"comma", "stop", "but"} and found[day].kind in {"dow", "tomorrow", "ord"}
        ahead = found[: day - 1]
        taken = ahead[-1:] and ahead[-1].kind == "bad" and not {each.kind for each in ahead} & {"not", "no", "good"}
        if found[place].text in {"not", "isnt", "is not"} and begins and taken and kind_at(found, place + 1) in ENDS:
            return [*found[: day + 1], Token("good", 0, "is free"), *found[place + 1 :]]
    return found


def _the_next_one(found: list[Token]) -> list[Token]:
    """ "Not this sat the next one": that of next week."""
    for place in range(len(found) - 4):
        three = [each.kind for each in found[place : place + 3]]
        step = place + 3 + (kind_at(found, place + 3) in {"comma", "but"})
        step += kind_at(found, step) in {"the", "but"}
        one = kind_at(found, step) == "next" and step + 1 < len(found) and found[step + 1].text in {"one", "1"}
        if three == ["not", "this", "dow"] and one:
            week = [found[step], found[place + 2], Token("week", 0, "week")]
            return [*found[:place], *week, *found[step + 2 :]]
    return found


TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"got"}), _got_a_window),
    (frozenset({"not"}), _but_not_that_one),
    (frozenset({"next"}), _the_next_one),
    (_ONLY, _only_because),
    (frozenset({"only"}), _part_only),
    (frozenset({"if", "si"}), _if_they_are_in),
    (frozenset({"anytime"}), _in_your_area),
    (frozenset({"anytime"}), _whatever_you_have),
    (frozenset({"instead of", "en vez de", "en lugar de"}), _not_the_old_hour),
    (_MUST | frozenset({"have", "need", "got"}), _must_be_at),
    (frozenset({"and on"}), _later_on_a),
    (frozenset({"weekend", "weekdays"}), _on_a_weekend),
    (frozenset({"feast"}), _after_weekend),
    (_SHOT, _shot_week),
    (frozenset({"after that"}), _after_calls),
    (frozenset({"both work"}), _both_work),
)
"""What may be there by one of these kinds or words, in their order."""
