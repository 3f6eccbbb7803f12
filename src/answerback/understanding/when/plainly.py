"""Ordinary ways to say when, told in the plain words of the grammar: "this week i can only do thursday".

It renames, drops and adds tokens before the others are looked at; it must never refuse what is wished for.
"""

from answerback.understanding.when.hours import PARTS
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLOCKS,
    DAYS,
    ENDS,
    EVERY,
    HOURS,
    LEADS_IN,
    NAMED_DAYS,
    Turn,
    behind_leads,
    clause_end,
    renamed,
)

_WHOLE_DAY = 24 * 60


def _only(found: list[Token]) -> list[Token]:
    """ "This week i can only do thursday", "next week only monday": what is the only one is never left out."""
    for place, token in enumerate(found):
        if token.kind != "but" or token.text != "only" or not place:
            continue
        if any(each.kind == "bad" or each.text == "leave" for each in found[place:]):
            # "the only day i work is friday" refuses it
            continue
        day = behind_leads(found, place + 1, LEADS_IN | {"good", "wish"})
        weeks = {each.kind for each in found[:place]} & {"week", "other_week", "month", "weekend", "anytime"}
        led = found[place - 1].kind in {"good", "wish", "week", "month", "other_week", "fill", "word", "comma", "my"}
        if weeks and kind_at(found, place - 1) in {"the", "my"} and found[place + 1 : place + 2]:
            return [*found[:place], Token("fill", 0, token.text), *found[place + 1 :]]
        if weeks and led and kind_at(found, day) in NAMED_DAYS | EVERY:
            ahead = list(found[:place])
            if ahead[-1].kind in {"week", "month", "other_week"}:
                return [*ahead, Token("comma"), *found[place + 1 :]]
            return [*ahead, Token("fill", 0, token.text), *found[place + 1 :]]
    return found


def _better_than(found: list[Token]) -> list[Token]:
    """ "The weekend is better than weekdays": the first of the two."""
    for place in range(2, len(found) - 1):
        better = found[place - 1].text in _BETTER and found[place].text == "than"
        other = behind_leads(found, place + 1)
        timed = EVERY | {"weekend", "part"}
        named = {kind_at(found, place - 2), kind_at(found, other)} <= timed
        asks = found[0].text in {"is", "are", "which"} or "?" in {each.text for each in found[other:]}
        if better and named and not asks and found[other] != found[place - 2]:
            return [*found[:place], *found[other + 1 :]]
    return found


_BETTER = frozenset({"is better", "are better", "better", "works better", "work better"})


def _over(found: list[Token]) -> list[Token]:
    """ "I prefer tuesday over monday", "prefiero el martes que el lunes": the first of the two."""
    if {each.kind for each in found} & _REFUSES or (found and found[0].text in {"is", "es", "are", "which", "cual"}):
        # "is monday better than tuesday for you" asks about both
        return found
    for place in range(1, len(found) - 1):
        numbered = kind_at(found, place - 1) == "num" and place > 1 and found[place - 2].kind in {"on", "the"}
        if found[place].text not in _RATHER_THAN or not (numbered or found[place - 1].kind in NAMED_DAYS):
            continue
        day = behind_leads(found, place + 1)
        prefers = found[place].text != "que" or {each.text for each in found[:place]} & _PREFERS
        ends = kind_at(found, day + 1) in ENDS | {"comma", "fill"}
        if prefers and kind_at(found, day) == found[place - 1].kind and ends and found[day] != found[place - 1]:
            return [*found[:place], *found[day + 1 :]]
    return found


_RATHER_THAN = frozenset({"over", "que", "than", "better than"})
_PREFERS = frozenset({"prefiero", "prefiero yo", "preferiria", "mejor", "preferimos", "prefer", "mejor para mi"})


def _said_make_it(found: list[Token]) -> list[Token]:
    """ "Oh wait i said 10, make it 11": the hour said before is taken back."""
    for place in range(len(found) - 2):
        hour = place + 1 + (kind_at(found, place + 1) == "at")
        if found[place].text not in _SAID or kind_at(found, hour) not in CLOCKS:
            continue
        behind = hour + 1 + (kind_at(found, hour + 1) in {"am", "pm"})
        make = behind
        while kind_at(found, make) in {"comma", "stop", "but", "fill"}:
            make += 1
        new = make
        while new < len(found) and (found[new].text in _MAKE or found[new].kind in {"fill", "correction", "at"}):
            new += 1
        if behind < make < new and kind_at(found, new) in CLOCKS and found[new] != found[hour]:
            begin = place - (kind_at(found, place - 1) == "fill" and place > 0)
            ahead = [each for each in found[:begin] if each.kind != "correction"]
            return [*ahead, Token("at", 0, "at"), *found[new:]]
    return found


_SAID = frozenset({"said", "told you", "put", "wrote", "asked for", "dije", "puse", "le dije", "texted"})
_MAKE = frozenset(
    {"make", "it", "lets", "do", "meant", "mean", "i", "actually", "but", "change", "to", "mejor", "que", "sea", "is"}
    | {"its", "need", "better", "need it", "should be", "supposed to be", "no", "can", "we", "can we", "can we do"}
)


def _wait_make_it(found: list[Token]) -> list[Token]:
    """ "Saturday the 20th? wait thats fathers day weekend. make it the 27th": what stands ahead is taken back."""
    for place in range(1, len(found) - 2):
        waits = found[place].text.split(" ")[-1] == "wait" and found[place - 1].kind in {"stop", "comma", "fill"}
        make = next((at for at in range(place + 1, len(found)) if found[at].text in {"make", "make it"}), 0)
        if not waits or not make:
            continue
        day = behind_leads(found, make + 1 + (found[make].text == "make"))
        ahead = {each.kind for each in found[:place]}
        again = ahead & HOURS and not {each.kind for each in found[make:]} & HOURS
        if ahead & NAMED_DAYS and kind_at(found, day) in NAMED_DAYS and not again:
            kept = [each for each in found[:place] if each.kind not in DAYS | HOURS | LEADS_IN]
            return [*kept, Token("stop"), *found[day - (found[day - 1].kind in {"the", "on"}) :]]
    return found


def _latest_is(found: list[Token]) -> list[Token]:
    """ "The latest i can do friday is 3", "the earliest i can do on friday is 10"."""
    for place, token in enumerate(found):
        side = {"earlier_open": "by", "earliest_open": "from"}.get(token.kind)
        if side is None or (place and found[place - 1].text in _WHAT):
            continue
        if not token.text.endswith(("latest", "earliest", "puedo", "temprano")):
            continue
        at = next((step for step in range(place + 1, min(place + _NEAR, len(found))) if found[step].text in _IS), 0)
        hour = at + 1 + (kind_at(found, at + 1) in {"at", "like", "around"})
        between = found[place + 1 : at]
        plain = {each.kind for each in between} <= NAMED_DAYS | {
            "good",
            "wish",
            "fill",
            "word",
            "on",
            "the",
            "for",
            "next",
            "at",
        }
        days = [each for each in between if each.kind in NAMED_DAYS | {"the", "on", "next"}]
        if (
            at
            and plain
            and kind_at(found, hour) in CLOCKS
            and (not between or token.text.endswith("puedo") or {"good", "wish"} & {each.kind for each in between})
        ):
            return [*found[:place], *days, Token(side, 0, side), *found[hour:]]
    return found


_NEAR = 9
_WHAT = frozenset({"what", "whats", "is", "s", "what is", "cual", "que", "es"})
_IS = frozenset({"is", "es", "would be", "be", "s"})


def _part_and_bound(found: list[Token]) -> list[Token]:
    """ "Friday after lunch and before 5": the one hour and the other bound it."""
    for place in range(1, len(found) - 1):
        opens = found[place].text in {"and before", "but before"} and kind_at(found, place + 1) in CLOCKS
        ahead = PARTS.get(found[place - 1].text) if found[place - 1].kind == "part" else None
        if opens and ahead and ahead[1] == _WHOLE_DAY and ahead[0]:
            bounds = [Token("after", 0, "after"), _clock(ahead[0]), Token("and"), Token("before")]
            ahead_of_it = [each for each in found[: place - 1] if each.kind != "anytime"]
            return [*ahead_of_it, *bounds, *found[place + 1 :]]
        if found[place].kind not in {"and", "but"} or found[place].text == "only" or place + 2 >= len(found):
            continue
        part, side = found[place - 1], found[place + 1]
        bounded = side.kind in {"before", "until", "by"} and kind_at(found, place + 2) in CLOCKS
        if ahead and bounded and ahead[1] == _WHOLE_DAY and ahead[0]:
            return [*found[: place - 1], Token("after", 0, "after"), _clock(ahead[0]), *found[place:]]
        if part.kind in CLOCKS | {"am", "pm"} and side.kind == "part" and side.text in PARTS:
            behind, bound = PARTS[side.text], found[place - 2 - (part.kind in {"am", "pm"})]
            if behind[1] == _WHOLE_DAY and behind[0] and bound.kind in {"before", "until", "by"}:
                return [*found[: place + 1], Token("after", 0, "after"), _clock(behind[0]), *found[place + 2 :]]
    return found


def _clock(minute: int) -> Token:
    return Token("clock", minute, f"{minute // 60}:{minute % 60:02}")


def _after_close(found: list[Token]) -> list[Token]:
    """ "The shop closes at 6, can you come after close": at the hour that is told, or one that has to be asked."""
    for place in range(1, len(found)):
        if found[place].text not in {"close", "closing"} or found[place - 1].kind != "after":
            continue
        told = next(
            (
                at + 2
                for at in range(len(found) - 2)
                if found[at].text in _SHUTS and found[at + 1].kind == "at" and found[at + 2].kind in CLOCKS
            ),
            None,
        )
        if told is None:
            end = clause_end(found, place)
            return [
                *found[: place - 1],
                *found[place + 1 : end],
                Token("unsure", 0, "not sure what time"),
                *found[end:],
            ]
        hour = [found[told], Token("pm", 0, "pm")] if found[told].kind == "num" else [found[told]]
        end = clause_end(found, told)
        begin = next((at + 1 for at in range(told, -1, -1) if found[at].kind in {"comma", "stop", "but"}), 0)
        if end < place:
            return [*found[:begin], *found[end + 1 : place], *hour, *found[place + 1 :]]
        if begin > place:
            return [*found[:place], *hour, *found[place + 1 : begin - 1], *found[end:]]
    return found


_SHUTS = frozenset({"closes", "close", "shut", "shuts", "closing", "we close", "closed"})


def _same_day(found: list[Token]) -> list[Token]:
    """ "Thursday at 11 is no good anymore, 1 instead same day", "move my 10am wednesday to 4 same day": that day, where
    one was named.
    """
    for place, token in enumerate(found):
        if token.text not in _SAME or token.kind not in {"today", "that_day"}:
            continue
        named = [each for each in found[:place] if each.kind in NAMED_DAYS and each.text not in _SAME]
        if len(set(named)) == 1 and "move" in {each.kind for each in found[:place]}:
            return [*found[:place], *named[:1], *found[place + 1 :]]
        begin = next((at for at in range(place - 1, -1, -1) if found[at].kind in {"comma", "stop", "but"}), 0)
        clause = {each.kind for each in [*found[begin + 1 : place], *found[place + 1 : clause_end(found, place)]]}
        ahead = {each.kind for each in found[:begin]}
        hours = clause & HOURS and ahead & HOURS
        if begin and hours and len(set(named)) == 1 and not clause & {"not", "bad", "no"} and ahead & _REFUSES:
            rest = [each for each in found[begin + 1 : place] if each.text != "instead"]
            return [named[0], *rest, *found[place + 1 :]]
    return found


_SAME = frozenset({"same day", "that same day", "the same day", "el mismo dia", "mismo dia", "ese mismo dia"})
_REFUSES = frozenset({"not", "bad", "no", "except"})


def _done_before(found: list[Token]) -> list[Token]:
    """ "Needs done before the 15th" is before that day."""

    def before(place: int, token: Token) -> bool:
        day = behind_leads(found, place + 1)
        return token.kind == "leave" and token.text.endswith("done before") and kind_at(found, day) in NAMED_DAYS

    return renamed(found, "before", before)


def _apart_from(found: list[Token]) -> list[Token]:
    """ "Aparte del viernes cualquier dia", "fuera del lunes puedo cuando sea"."""
    for place in range(len(found) - 2):
        of = found[place + 1].kind == "of" and found[place].text in {"aparte", "fuera"}
        day = behind_leads(found, place + 2)
        rest = found[day + 1 :]
        other = {each.kind for each in rest} & DAYS or any(each.text in {"tambien", "quiero"} for each in rest)
        free = not other and {each.kind for each in rest} & {"anytime", "any", "good"}
        opens = kind_at(found, place - 1) in ENDS | {"comma", "noise"}
        if of and free and kind_at(found, day) in NAMED_DAYS | EVERY and opens:
            return _besides([*found[:place], Token("except", 0, "except"), *found[place + 2 :]])
    return found


def _besides(found: list[Token]) -> list[Token]:
    """ "Besides friday im open all week": where a comma was left out, only the day is left out."""
    for place, token in enumerate(found):
        if token.kind != "except" or kind_at(found, place - 1) not in ENDS | {"comma", "noise", "fill"}:
            continue
        end = behind_leads(found, place + 1)
        while kind_at(found, end) in DAYS | EVERY | {"and", "or"}:
            end += 1
        free = kind_at(found, end) in {"anytime", "good", "any"} or (
            kind_at(found, end) == "fill" and kind_at(found, end + 1) in {"anytime", "good", "any"}
        )
        if kind_at(found, end - 1) in DAYS | EVERY and free and (place == 0 or found[place - 1].kind != "fill"):
            return [*found[:end], Token("comma"), *found[end:]]
    return found


def _early_other_week(found: list[Token]) -> list[Token]:
    """ "A principios de la otra semana": of next week."""
    for place in range(1, len(found)):
        if found[place].kind == "other_week" and found[place - 1].kind in {"early", "late", "mid"}:
            return [*found[:place], Token("next", 0, "next"), Token("week", 0, "week"), *found[place + 1 :]]
    return found


def _pure(found: list[Token]) -> list[Token]:
    """ "Puro sabado": those of every week."""
    told = list(found)
    for place, token in enumerate(found[:-1]):
        alone = (
            kind_at(found, place + 2) in ENDS | {"fill", "comma"} and not {each.kind for each in found[:place]} & DAYS
        )
        if token.text in {"puro", "puros"} and found[place + 1].kind == "dow" and alone:
            told[place : place + 2] = [Token("fill", 0, token.text), found[place + 1]._replace(kind="dows")]
    return told


TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"only"}), _only),
    (frozenset({"than"}), _better_than),
    (_RATHER_THAN, _over),
    (_SAID, _said_make_it),
    (frozenset({"make", "make it"}), _wait_make_it),
    (frozenset({"earlier_open", "earliest_open"}), _latest_is),
    (frozenset({"leave"}), _done_before),
    (frozenset({"part"}), _part_and_bound),
    (frozenset({"close", "closing"}), _after_close),
    (_SAME, _same_day),
    (frozenset({"except"}), _besides),
    (frozenset({"aparte", "fuera"}), _apart_from),
    (frozenset({"other_week"}), _early_other_week),
    (frozenset({"puro", "puros"}), _pure),
)
"""What may be there by one of these kinds or words, in their order."""
