"""The one day left where all others are refused: "busy all week except thursday", "nothing works but friday".

What is left out of a refusal is wished for, of this week or the next one that has such a day. It must never take "any
day but friday" for a friday, nor a refused week ("cant this week but the 3rd works") for one that is wished for.
"""

from collections.abc import Sequence

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import ENDS, Turn, begins_with_day, behind_leads, renamed

_NAMED = frozenset({"dow", "dows", "tomorrow", "ord", "date", "today", "weekends", "weekdays", "weekend"})
_LIST = _NAMED | {"or", "and", "the", "on", "month", "of"}
_WEEKS = frozenset({"week", "other_week", "month"})
_REFUSES = frozenset({"not", "bad", "no"})
_PLAIN = (
    _REFUSES
    | _WEEKS
    | {"fill", "this", "next", "any", "anytime", "the", "day", "good", "weekdays", "of", "wish", "on", "vague_day"}
)
_FULL = frozenset(
    {"booked", "slammed", "full", "packed", "swamped", "toda", "todo", "todos", "ningun", "dia", "tengo", "tenemos"}
    | {"libre", "libres", "mas", "available", "free", "other", "hay", "nada", "up", "solid", "every", "days", "llena"}
)
_LEADS = frozenset({"the", "on", "this", "next", "fill", "in", "not"})


def _taken_but(found: list[Token]) -> list[Token]:
    """ "Im booked this week except thursday", "esta semana no puedo mas que el jueves"."""
    for place in range(1, len(found) - 1):
        behind = _behind_but(found, place)
        if not behind:
            continue
        begin = _begin(found, place)
        ahead = [each for each in found[begin:place] if each.kind != "comma"]
        day = behind_leads(found, behind, _LEADS)
        if found[place].text in _ONLY and not _week(ahead):
            # "weekdays i cant, only sat or sun" is told elsewhere, of every week
            continue
        if not _is_all_refused(ahead) or kind_at(found, day) not in _NAMED or found[begin].text in _ASKS:
            continue
        if found[place].text in {"but", "pero"} and not _is_of_all(ahead):
            # "cant this week but the 3rd works" refuses the week and wishes for a day of another
            continue
        end = day
        while kind_at(found, end) in _LIST:
            end += 1
        goes_on = kind_at(found, end) in ENDS | _GOES_ON or (
            kind_at(found, end) == "num" and kind_at(found, end - 1) == "on"
        )
        if not goes_on or _is_open(found, place, end):
            continue
        week = _week(ahead) if not {each.kind for each in found[behind:end]} & _WEEKS else []
        if week and week[0].kind != "this" and not _lies_in(found[behind : end + 1]):
            continue
        if kind_at(week, 0) == "this" and found[day].kind not in {"weekend", "weekends"}:
            # what of this week is to come may hold no such day: then it is the next one
            week = []
        return [*found[:begin], *week, *_led(found, behind, day), *found[day:]]
    return found


_ASKS = frozenset({"are", "is", "do", "does", "are you"})
_OF_ALL = ("nothing", "any", "every", "all", "no day", "no other", "no weekday", "nada", "ningun", "toda", "todo")


_A_DAY = frozenset({"day", "vague_day"})


def _is_of_all(ahead: Sequence[Token]) -> bool:
    no_day = any(each.text == "no" and kind_at(ahead, at + 1) in _A_DAY for at, each in enumerate(ahead))
    return no_day or any(each.text.startswith(_OF_ALL) for each in ahead)


def _is_open(found: Sequence[Token], place: int, end: int) -> bool:
    """ "Unless friday is free" waits for an answer, "only friday left but i leave" leaves none."""
    unless = found[place].text in {"unless", "a menos que"} and kind_at(found, end) == "good"
    return unless or any(each.text == "leave" for each in found[end:])


def _lies_in(day: Sequence[Token]) -> bool:
    """Is it a weekday of the week that is refused? "Next monday", "monday the 30th" and "the 3rd" need not be."""
    return not {each.kind for each in day} & {"next", "ord", "num", "date", "month"}


_GOES_ON = frozenset(
    {"comma", "this", "next", "fill", "part", "after", "before", "at", "from", "good", "but", "because", "other_week"}
)


def _behind_but(found: Sequence[Token], place: int) -> int:
    """The place behind what leaves something out of a refusal; 0 where nothing does."""
    token, ahead = found[place], found[place - 1]
    if token.kind == "except" or token.text in {"unless", "a menos que", "nothing but"}:
        return place + 1
    if token.kind == "but" and token.text in {"but", "only", "solo", "solamente", "pero"}:
        return place + 1
    if token.text in _ONLY and ahead.kind == "comma":
        return place + 1
    more_than = token.text == "mas" and place + 1 < len(found) and found[place + 1].text == "que"
    return (
        place + 2 if more_than and (ahead.kind in _REFUSES or ahead.text.startswith(("tengo", "tenemos", "hay"))) else 0
    )


def _begin(found: Sequence[Token], place: int) -> int:
    """Where what is refused begins: a comma right before "except" ends nothing, one before "any day but" does."""
    step = place - 1
    if found[place].kind != "except" or not found[place].text.startswith(("any", "every", "cualquier", "todo")):
        while step > 0 and found[step].kind == "comma":
            step -= 1
    return next((at + 1 for at in range(step, -1, -1) if found[at].kind in {"stop", "comma", "but", "because"}), 0)


def _is_all_refused(ahead: Sequence[Token]) -> bool:
    """Is everything refused, and no day or hour of its own? "Not busy" and "i have nothing" refuse nothing."""
    texts = {each.text for each in ahead}
    if sum(each.kind in _REFUSES for each in ahead) > 1 or (texts & {"have", "got", "tengo"} and texts & _NOTHING):
        return False
    if any(_is_free(ahead, at) for at, each in enumerate(ahead) if each.kind in _REFUSES):
        return False
    refused = [at for at, each in enumerate(ahead) if each.kind in _REFUSES or each.text in _FULL - _NO_REFUSAL]
    if not refused or any(each.kind not in _PLAIN and each.text not in _FULL | _ALL for each in ahead):
        return False
    goods = [at for at, each in enumerate(ahead) if each.kind == "good"]
    return (
        not goods
        or (goods[0] > refused[0] and ahead[refused[0]].kind != "bad")
        or goods[0] < refused[0] <= goods[0] + 1
    )


def _is_free(ahead: Sequence[Token], place: int) -> bool:
    """ "Not working", "arent full" and "nothing booked" refuse no day."""
    step = place + 1
    while kind_at(ahead, step) == "fill":
        step += 1
    return ahead[place].text.startswith(_NO_WORK) or (step < len(ahead) and ahead[step].text in _BOOKED)


_BOOKED = frozenset({"booked", "slammed", "full", "packed", "swamped"})
_ONLY = frozenset({"only", "just", "solo", "solamente", "nomas", "nada mas"})
_ALL = frozenset({"all week", "all day", "all month", "toda la semana", "todo el dia"})
_NOTHING = frozenset({"nothing", "nada"})
_NO_WORK = ("not busy", "not work", "im not work", "dont work", "no trabajo", "no work", "no tengo nada", "i dont work")
_NO_REFUSAL = frozenset(
    {"toda", "todo", "todos", "dia", "tengo", "tenemos", "libre", "libres", "mas", "available", "free", "other", "hay"}
    | {"up", "solid", "every", "days", "nada"}
)


def _week(ahead: Sequence[Token]) -> list[Token]:
    for place, token in enumerate(ahead):
        if token.kind == "other_week":
            return [token]
        if token.kind in {"week", "month"} and kind_at(ahead, place - 1) in {"this", "next"} and place:
            return [ahead[place - 1], token]
    return []


def _led(found: Sequence[Token], begin: int, day: int) -> list[Token]:
    return [each for each in found[begin:day] if each.kind in {"this", "next", "the", "on"}]


def _anything_but(found: list[Token]) -> list[Token]:
    """ "Anything but thursday is bad this week"."""
    for place, token in enumerate(found):
        day = behind_leads(found, place + 1)
        if token.kind != "except" or kind_at(found, day) not in _NAMED or kind_at(found, place - 1) not in _OPENS:
            continue
        wide = token.text.startswith(("any", "every", "all", "cualquier", "todo"))
        turns = {each.kind for each in found[day:]} & {"but", "comma"}
        if wide and kind_at(found, day + 1) == "bad" and found[day + 1].text.startswith(_IS) and not turns:
            return [*found[:place], *found[place + 1 : day + 1], *found[day + 2 :]]
    return found


_OPENS = ENDS | {"comma", "noise", "fill", "week"}
_IS = ("is ", "are ", "doesnt", "wont", "esta", "dont")


def _if_it_is_not(found: list[Token]) -> list[Token]:
    """ "If its not thursday i cant this week", "si no es el jueves no puedo", "unless its thursday it wont work"."""
    for place, token in enumerate(found[:-2]):
        step = place + 1
        while kind_at(found, step) == "fill":
            step += 1
        negated = token.text in {"unless", "a menos que", "si no"} or kind_at(found, step) in {"not", "no"}
        if token.text not in {"if", "si", "unless", "a menos que", "si no"} or not negated:
            continue
        step += kind_at(found, step) in {"not", "no"}
        day = behind_leads(found, step, frozenset({"the", "on", "fill", "wish"}))
        end = day + 1
        while kind_at(found, end) in {"this", "next", "week", "fill", "comma", "then", "or", "dow"}:
            end += 1
        if kind_at(found, day) not in _NAMED or kind_at(found, end) not in _REFUSES:
            continue
        behind = found[end + 1 :]
        good = any(each.kind in {"good", *_NAMED} for each in behind)
        if not good and {each.kind for each in behind} <= {"fill", "this", "next", "week", "stop", "word", "good"}:
            kept = [each for each in found[day:end] if each.kind != "comma"]
            tail = [each for each in behind if each.kind != "word"]
            return [*found[:place], *kept, *tail]
    return found


def _only_if_it_is(found: list[Token]) -> list[Token]:
    """ "This week only if its thursday"."""
    for place, token in enumerate(found[:-3]):
        only = token.text in {"only", "solo"} and found[place + 1].text in {"if", "si"}
        day = behind_leads(found, place + 3)
        if only and found[place + 2].text in {"its", "es", "it is"} and kind_at(found, day) in _NAMED:
            return [*found[:place], *found[place + 3 :]]
    return found


def _only_one(found: list[Token]) -> list[Token]:
    """ "Thursday is the only one": no hour; "the only one i cant" is asked about."""

    def is_day(place: int, token: Token) -> bool:
        if token.text != "one" or place < _THE_ONLY or found[place - 1].text != "only":
            return False
        is_it = (
            place > _THE_ONLY and found[place - 2].kind == "the" and found[place - 3].text in {"is", "its", "s", "es"}
        )
        works = {each.kind for each in found[place + 1 : place + 3]} & {"good"} and not _refuses(found)
        return (is_it and kind_at(found, place + 1) in ENDS) or bool(found[place - 2].kind == "the" and works)

    return renamed(found, "fill", is_day)


_THE_ONLY = 2


def _refuses(tokens: Sequence[Token]) -> bool:
    return bool({each.kind for each in tokens} & {*_REFUSES, "except"})


def _not_busy(found: list[Token]) -> list[Token]:
    """ "Im never busy this week except friday", "i have nothing this week except friday": they are free."""
    for place, token in enumerate(found[:-1]):
        step = place + 1 + (kind_at(found, place + 1) == "fill")
        ahead = found[step] if step < len(found) else Token("")
        busy = token.kind == "not" and (
            (ahead.kind == "bad" and ahead.text.split(" ")[-1] in _BUSY) or ahead.text in _BOOKED
        )
        nothing = token.text in _NOTHING and place > 0 and found[place - 1].text in {"have", "got"}
        left = next((at for at in range(step, len(found)) if found[at].kind in {"except", "stop"}), len(found))
        told = {each.kind for each in found[step + 1 : left]}
        if (busy or nothing) and kind_at(found, left) == "except" and not told & {"not", "bad", "no", "good"}:
            behind = step + 1 if busy else place + 1
            return [*found[:place], Token("good", 0, "free"), *found[behind:]]
    return found


_BUSY = frozenset({"busy", "working", "work", "booked", "ocupada", "ocupado", "trabajando", "trabajo"})


def _not_at_work(found: list[Token]) -> list[Token]:
    """ "Im not working thursday", "thursday im not at work": free."""
    for place in range(1, len(found) - 1):
        at_work = [each.text for each in found[place + 1 : place + 3]] == ["at", "work"]
        behind = place + (3 if at_work else 2)
        if found[place].text != "not" or found[place - 1].text not in {"im", "were"}:
            continue
        if {each.kind for each in found[behind:]} - _PLAIN_DAY or _refuses(found[:place]):
            # "im not working this week, im out of town": why it is may refuse it
            continue
        if at_work or (found[place + 1].kind == "bad" and found[place + 1].text == "working"):
            return [*found[:place], Token("good", 0, "free"), *found[behind:]]
    return found


_PLAIN_DAY = _NAMED - {"date"} | {
    "dows",
    "and",
    "or",
    "this",
    "week",
    "the",
    "on",
    "part",
    "fill",
    "am",
    "pm",
    "late",
    "early",
}


def _would_be_hard(found: list[Token]) -> list[Token]:
    """ "Friday would be hard. thursday easy", "el viernes esta dificil": hard refuses, easy suits."""
    told = list(found)
    if found[0].text in _ASKS | {"would", "will"}:
        return found
    for place, token in enumerate(found):
        step = place + 1
        while step < len(found) and found[step].text in _WILL:
            step += 1
        ends = kind_at(found, step + 1) in ENDS | {"comma", "but", "because"}
        if token.kind not in {"dow", "dows", "tomorrow", "ord", "part"} or step >= len(found) or not ends:
            continue
        if found[step].text in _HARD and step > place + 1 and _is_said(found, step + 1):
            might = {each.text for each in found[place:step]} & {"might", "could"}
            told[step] = Token("unsure", 0, "not sure yet") if might else Token("bad", 0, "is bad")
        elif found[step].text in _EASY and found[step].kind == "word" and place > 0:
            told[step] = Token("good", 0, "is fine")
    return told


def _is_said(found: Sequence[Token], place: int) -> bool:
    """Not where it is asked, or where "but" takes it back: "tricky but doable"."""
    if kind_at(found, place) == "but":
        return begins_with_day(list(found), place + 1)
    return place >= len(found) or found[place].text != "?"


_WILL = frozenset(
    {
        "would",
        "will",
        "be",
        "is",
        "might",
        "could",
        "gonna",
        "s",
        "esta",
        "going",
        "to",
        "really",
        "a",
        "kinda",
        "va",
        "ser",
    }
)
_HARD = frozenset({"hard", "tough", "difficult", "tricky", "rough", "dificil", "complicado", "impossible", "imposible"})
_EASY = frozenset({"easy", "easier", "facil"})


def _dont_come(found: list[Token]) -> list[Token]:
    """ "No vengan el jueves" refuses it; "quien viene el jueves" asks who comes."""
    for place, token in enumerate(found[:-1]):
        day = behind_leads(found, place + 2)
        come, opens = found[place + 1].text, kind_at(found, place - 1) in ENDS | {"comma", "fill", "noise"}
        if token.text == "no" and come in _COME and kind_at(found, day) in _NAMED and opens:
            return [*found[:place], Token("not", 0, "no"), *found[place + 2 :]]
        if token.text in {"quien", "quienes"} and come in _COMES and kind_at(found, day) in _NAMED and opens:
            return [*found[:place], token, Token("event", 0, come), *found[place + 2 :]]
    return found


_COME = frozenset({"vengan", "venga", "vengas", "manden", "mande", "vayan", "vaya", "pasen", "pase"})
_COMES = frozenset({"viene", "vienen", "va", "vino"})

_EXCEPT = frozenset({"except", "but", "if", "mas", *_ONLY})
TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"one"}), _only_one),
    (frozenset({"only", "solo"}), _only_if_it_is),
    (frozenset({"if", "si", "si no"}), _if_it_is_not),
    (frozenset({"except"}), _not_busy),
    (frozenset({"except"}), _anything_but),
    (_EXCEPT, _taken_but),
    (frozenset({"not"}), _not_at_work),
    (_HARD | _EASY, _would_be_hard),
    (frozenset({"no", "quien", "quienes"}), _dont_come),
)
"""What may be there by one of these kinds or words, in their order."""
