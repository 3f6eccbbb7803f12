"""Turns of those who settle what they mean: "thats may 14", "monday it is", "whichever friday".

It drops and renames tokens before the others are looked at; it must never take a time for another.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    CLAUSE_ENDS,
    CLOCKS,
    DAYS,
    ENDS,
    HOURS,
    TIMES,
    Turn,
    behind_leads,
    clause_begin,
    clause_end,
    renamed,
    turned,
)


def settled(found: list[Token]) -> list[Token]:
    """The tokens, what was taken back left out and what is told more closely put in its place."""
    return turned(found, _TURNS)


def _thats_when(found: list[Token]) -> list[Token]:
    """ "Not until the semester's over, thats may 14": the day that bounds, said behind what happens on it."""
    for place, token in enumerate(found):
        if kind_at(found, place - 1) not in {"comma", "stop"}:
            continue
        told_at = place + 1 if token.text in _THATS else _begins_then(found, place)
        if not told_at:
            continue
        day = behind_leads(found, told_at)
        begin = clause_begin(found, place - 1)
        side = next((at for at in range(begin, place - 1) if found[at].kind in _SIDES), None)
        told = found[side + 1 : place - 1] if side is not None else []
        plain = told and {each.kind for each in told} <= _OF_A_THING
        if side is not None and plain and kind_at(found, day) in _NAMED:
            return [*found[: side + 1], *found[place + 1 if token.text in _THATS else day :]]
    return found


def _begins_then(found: list[Token], place: int) -> int:
    """ "Before camp, he leaves on the 20th": the place behind who it is and what begins or ends; 0 where none does."""
    begins = place + 2 < len(found) and found[place + 1].text in _BEGINS and found[place].text in _WHO
    return place + 2 if begins else 0


_WHO = frozenset({"he", "she", "they", "it", "we", "i", "that", "which", "hes", "shes"})
_BEGINS = frozenset({"leaves", "leave", "starts", "start", "begins", "begin", "ends", "flies", "fly", "goes"})


_THATS = frozenset({"thats", "its", "which is", "that is", "osea", "eso es"})
_SIDES = frozenset({"after", "before", "until", "by", "from"})
_OF_A_THING = frozenset({"the", "my", "a", "word", "fill", "happening", "event", "of"})
_NAMED = frozenset({"month", "date", "dow", "ord", "tomorrow"})


def _whichever_day(found: list[Token]) -> list[Token]:
    """ "12th or 19th, whichever friday": the weekday that both of them are."""
    for place, token in enumerate(found[:-1]):
        ahead = {each.kind for each in found[:place]}
        behind = {each.kind for each in found[place + 2 :]}
        if token.text in _WHICHEVER and found[place + 1].kind == "dow" and {"ord", "or"} <= ahead and not behind & DAYS:
            return [*found[:place], *found[place + 2 :]]
        if token.text in _WHATEVER and found[place + 1].kind == "dow" and not {"ord", "num", "month"} & ahead:
            # "wednesdays are my day off, whichever wednesday you can"
            told = {each.value for each in found[:place] if each.kind == "dows"}
            every = [found[place + 1]._replace(kind="dows")] if found[place + 1].value not in told else []
            return [*found[:place], *every, *found[place + 2 :]]
    return found


_WHICHEVER = frozenset({"whichever", "either"})
_WHATEVER = frozenset({"whichever", "whatever", "cualquier"})


def _it_is(found: list[Token]) -> list[Token]:
    """ "Mon... no tues... no, mon. monday it is": the last word, whatever was said before it."""
    end = len(found)
    while end and found[end - 1].kind in {"stop", "fill"} and [each.text for each in found[end - 2 : end]] != _IT_IS:
        end -= 1
    begin = clause_begin(found, end - 1)
    said = [each.kind for each in found[begin : end - 2] if each.kind != "fill"]
    ahead = {each.kind for each in found[:begin]}
    if [each.text for each in found[end - 2 : end]] == _IT_IS and said == ["dow"] and not ahead & HOURS:
        return [*(each for each in found[:begin] if each.kind not in DAYS | {"correction", "no"}), *found[begin:]]
    return found


_IT_IS = ["it", "is"]


def _said_wrong(found: list[Token]) -> list[Token]:
    """ "El martes le dije mal, es miercoles a las 3": the day that was a mistake."""
    for place, token in enumerate(found[:-1]):
        wrong = token.text in {"dije", "puse", "said", "put"} and found[place + 1].text in {"mal", "wrong"}
        end = clause_end(found, place)
        if wrong and {each.kind for each in found[end:]} & DAYS:
            begin = clause_begin(found, place)
            return [*(each for each in found[:begin] if each.kind != "correction"), *found[end + 1 :]]
    return found


def _said_another(found: list[Token]) -> list[Token]:
    """ "Not wednesday i said thursday": the second is wished for."""
    for place in range(2, len(found) - 1):
        said = place - (found[place - 1].text in {"i", "yo"})
        comma = said - (kind_at(found, said - 1) in {"comma", "stop"})
        refused = [each.kind for each in found[clause_begin(found, comma) : comma] if each.kind not in {"the", "on"}]
        day = place + 1 + (kind_at(found, place + 1) in {"the", "on"})
        named = kind_at(found, day) in {"dow", "ord", "tomorrow", "today"}
        told = found[place].text in {"said", "i said", "dije"} and refused[:1] in (["not"], ["no"])
        if told and named and refused[1:] == [kind_at(found, day)]:
            return [*found[:comma], Token("stop"), *found[place + 1 :]]
    return found


def _not_this_one(found: list[Token]) -> list[Token]:
    """ "Tuesday the 11th, not this one", "no este, el 11": a day that is named refuses the nearer one."""
    for place, token in enumerate(found):
        if token.kind not in {"not", "no"} or kind_at(found, place + 1) != "this":
            continue
        end = place + 2 + (place + 2 < len(found) and found[place + 2].text == "one")
        dated = {each.kind for each in found} & {"ord", "date", "month"} or "el" in {each.text for each in found[end:]}
        if dated and kind_at(found, end) in ENDS | {"comma"}:
            comma = place - (kind_at(found, place - 1) == "comma")
            return [*found[:comma], *found[end:]]
    return found


def _that_is(found: list[Token]) -> list[Token]:
    """ "El martes siguiente, o sea el 11" names one day twice, the second time more closely."""
    for place in range(1, len(found) - 2):
        if found[place].kind != "or" or found[place + 1].text != "sea":
            continue
        begin = clause_begin(found, place - (found[place - 1].kind == "comma"))
        lead = place + 2 + (kind_at(found, place + 2) in {"on", "the"})
        kept = found[:place]
        if kind_at(found, lead) in DAYS | {"num"} and {each.kind for each in found[begin:place]} & DAYS:
            kept = [*found[:begin], *(each for each in found[begin:place] if each.kind not in DAYS | _BESIDE)]
        return [*kept, *found[place + 2 :]]
    return found


_BESIDE = frozenset({"on", "the", "next", "this", "comma"})


def _the_other(found: list[Token]) -> list[Token]:
    """ "Este sábado o el otro", "esta semana no, la que viene": the same of next week."""
    for place in range(4, len(found)):
        ends = kind_at(found, place + 1) in ENDS | {"comma", "good", "at", "part"}
        if found[place].text not in _OTHER or kind_at(found, place - 1) not in {"on", "the"} or not ends:
            continue
        this = next((at for at in range(place - 3, 0, -1) if kind_at(found, at - 1) == "this"), 0)
        between = {each.kind for each in found[this + 1 : place - 1]}
        if found[this].kind in _OF_THIS and between & {"or", "comma"} and between <= {"or", "comma", "no", "fill"}:
            week = [Token("week", 0, "week")] if found[this].kind == "dow" else []
            return [*found[: place - 1], Token("next", 0, "next"), found[this], *week, *found[place + 1 :]]
    return found


_OTHER = frozenset({"otro", "otra", "que viene", "que sigue", "siguiente", "proximo", "proxima"})
_OF_THIS = frozenset({"dow", "week", "weekend"})


def _saturday(found: list[Token]) -> list[Token]:
    """ "Sat around noon", "sat in the morning" is a saturday, and nobody who "sat around 2 hours"."""
    told: list[Token] = []
    for place, token in enumerate(found):
        behind = [each.kind for each in found[place + 1 : place + 3] if each.kind != "the"]
        if token.text == "it sat" and place and found[place - 1].text == "make":
            told += [Token("fill", 0, "it"), Token("dow", 5, "sat")]
        elif token.text == "sat in" and behind[:1] == ["part"]:
            told += [Token("dow", 5, "sat"), Token("in", 0, "in")]
        elif token.text == "sat around" and not _somebody_sat(found, place) and _is_hour(behind):
            told += [Token("dow", 5, "sat"), Token("around", 0, "around")]
        else:
            told.append(token)
    return told


def _is_hour(behind: list[str]) -> bool:
    return behind[:1] in (["noon"], ["num"], ["clock"], ["part"]) and behind[-1] not in _LENGTHS


_LENGTHS = frozenset({"hour", "minute", "day", "week", "to"})


def _somebody_sat(found: list[Token], place: int) -> bool:
    """ "We sat around noon" tells; "be there sat around 2" and "could u do sat around 11" are a saturday."""
    before = found[place - 1] if place else Token("")
    if any(token.kind == "wish" for token in found[clause_begin(found, place) : place]):
        return False
    return before.kind in {"word", "my", "fill"} and before.text not in _WHERE


_WHERE = frozenset({"there", "here", "in", "home", "by", "over", "out", "please", "possible"})


def _as_long_as(found: list[Token]) -> list[Token]:
    """ "As long as it's 9 or 10" is at one of these."""
    for place in range(2, len(found) - 1):
        led = found[place].text in {"its", "it is"} and [each.text for each in found[place - 3 : place]] == _AS_LONG
        if led and kind_at(found, place + 1) in {"num", "clock", "noon"}:
            return [*found[: place - 3], Token("at", 0, "at"), *found[place + 1 :]]
    return found


_AS_LONG = ["as", "long", "as"]


def _only_at(found: list[Token]) -> list[Token]:
    """ "Monday or tuesday only at 10" is their hour; "it leaks only at night" tells what happens."""

    def at_an_hour(place: int, token: Token) -> bool:
        return token.text == "only at" and kind_at(found, place - 1) in _NAMED_OR_BUT

    return renamed(found, "at", at_an_hour)


_NAMED_OR_BUT = frozenset({"but", "dow", "dows", "ord", "tomorrow", "today"})


def _on_a_weekend(found: list[Token]) -> list[Token]:
    """ "Not on a weekend", "any day this month but not the weekend" refuse them all; "not this weekend" one."""

    def refused(place: int, token: Token) -> bool:
        ahead = found[clause_begin(found, place) : place]
        lead = next((each for each in reversed(ahead) if each.kind not in {"the", "on", "in"}), Token(""))
        denied = any(each.kind in _REFUSED for each in ahead)
        return token.kind == "weekend" and denied and (lead.kind == "a" or lead.kind in _REFUSED)

    return renamed(found, "weekends", refused)


_REFUSED = frozenset({"not", "except", "bad"})


def _only_those(found: list[Token]) -> list[Token]:
    """ "Mornings only, not before 9" is a morning from 9 on."""

    def closes(place: int, token: Token) -> bool:
        narrowed = found[place + 1 + (kind_at(found, place + 1) == "comma") :]
        bounded = bool(narrowed) and narrowed[0].kind in {"from", "after", "before", "until"}
        return token.text == "only" and kind_at(found, place - 1) in {"part", "weekends", "dows"} and bounded

    return [token for place, token in enumerate(found) if not closes(place, token)]


def _left_to_offer(found: list[Token]) -> list[Token]:
    """ "Anything left for this afternoon?" tells of nothing that went."""

    def remains(place: int, token: Token) -> bool:
        return token.text == "left" and (kind_at(found, place - 1) == "anytime" or found[place - 1].text in _OFFERED)

    return renamed(found, "fill", remains)


_OFFERED = frozenset(
    {"openings", "opening", "spots", "spot", "slots", "slot", "times", "time", "appointments", "something"}
)


def _but_i_have(found: list[Token]) -> list[Token]:
    """ "Anytime tues but i have an appt at 2": on that day, not then."""
    for place in range(1, len(found) - 2):
        lead = found[place].kind in {"but", "except"} and found[place + 1].kind == "mine"
        freely = {each.kind for each in found[clause_begin(found, place) : place]}
        hour = place + 2 + (kind_at(found, place + 2) == "at")
        alone = kind_at(found, hour) in CLOCKS and not {each.kind for each in found[hour + 1 :]} & (TIMES | {"so"})
        if lead and "anytime" in freely and alone:
            return [*found[:place], Token("except", 0, "but not"), Token("at"), *found[hour:]]
    return found


def _mar(found: list[Token]) -> list[Token]:
    """The "mar" of "lun o mar a las 5" is a tuesday, that of "mar 12" and "in mar" a month."""
    told = list(found)
    for place, token in enumerate(found):
        listed = kind_at(found, place - 1) in {"or", "dow"} and place > 0
        goes_on = kind_at(found, place + 1) in {"or", "dow", "at"} or (place == 0 and kind_at(found, 1) == "part")
        numbered = kind_at(found, place + 1) in {"num", "ord"}
        if token.text == "mar" and token.kind == "month" and not numbered and (listed or goes_on):
            told[place] = Token("dow", 1, "mar")
    return told


def _no_the_other(found: list[Token]) -> list[Token]:
    """ "November 2nd no the 3rd, 9:45": the first is taken back."""
    for place in range(1, len(found) - 1):
        other = place + 1 + (kind_at(found, place + 1) == "the")
        same = kind_at(found, place - 1) == kind_at(found, other) == "ord"
        if found[place].kind == "no" and same and kind_at(found, other + 1) in CLAUSE_ENDS | ENDS:
            return [*found[: place - 1], *found[other:]]
    return found


def _save_for(found: list[Token]) -> list[Token]:
    """ "Any afternoon save friday" is any but friday."""

    def excepts(place: int, token: Token) -> bool:
        ahead = {each.kind for each in found[clause_begin(found, place) : place]}
        return token.text == "save" and bool(ahead & {"any", "anytime"}) and kind_at(found, place + 1) in DAYS

    return renamed(found, "except", excepts)


def _out(found: list[Token]) -> list[Token]:
    """ "Sundays out, saturdays perfect" refuses sundays."""

    def refused(place: int, token: Token) -> bool:
        said_of_days = kind_at(found, place - 1) in DAYS | {"weekends"}
        alone = kind_at(found, place + 1) in CLAUSE_ENDS | ENDS
        return token.text == "out" and token.kind == "fill" and said_of_days and alone

    return renamed(found, "bad", refused)


def _just_done_by(found: list[Token]) -> list[Token]:
    """ "Halloween's fine, just done by 4" ends at 4."""
    return renamed(found, "by", lambda at, token: token.text == "done by" and at > 0 and found[at - 1].text == "just")


def _before_mine(found: list[Token]) -> list[Token]:
    """ "Before my 2:00 meeting" is before 2."""
    for place in range(1, len(found) - 2):
        bound = found[place].kind == "my" and found[place - 1].kind in {"before", "after", "until", "by"}
        end = place + 2 + (kind_at(found, place + 2) in {"am", "pm", "oclock"})
        if (
            bound
            and found[place + 1].kind in {"num", "clock"}
            and kind_at(found, end) in {"word", "event", "happening"}
        ):
            return [*found[:place], *found[place + 1 : end], *found[end + 1 :]]
    return found


def equated(found: list[Token]) -> list[Token]:
    """ "Tmrw is memorial day", "el domingo es día del padre" say what a day is; the feast names no second one."""
    told = list(found)
    for place in range(len(found) - 2, 0, -1):
        step = place + 1 + (kind_at(found, place + 1) in {"a", "the", "on"})
        kinds = {kind_at(found, place - 1), kind_at(found, step)}
        if found[place].text in _SAYS_IT_IS and "feast" in kinds and kinds <= {"feast", "dow", "tomorrow", "today"}:
            begins = place - 1 - (kind_at(found, place - 2) in {"the", "on"} and place > 1)
            told[place : step + 1] = [Token("word", 0, found[place].text)]
            told.insert(begins, Token("subject"))
    return told


_SAYS_IT_IS = frozenset({"is", "are", "es", "son", "will be", "will"})


_TURNS: tuple[Turn, ...] = (
    _said_wrong,
    _said_another,
    _not_this_one,
    _that_is,
    _thats_when,
    _whichever_day,
    _it_is,
    _the_other,
    _saturday,
    _as_long_as,
    _only_at,
    _on_a_weekend,
    _only_those,
    _left_to_offer,
    _but_i_have,
    _mar,
    _no_the_other,
    _save_for,
    _out,
    _just_done_by,
    _before_mine,
)
