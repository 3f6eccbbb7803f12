"""What opens a text and tells no time: "hi,", "sorry just saw this."; what closes one goes before (`dictation`).

It must never take out a word that changes what a time means.
"""

from answerback.understanding.lexicon import WORDS
from answerback.understanding.when.tokens import Token
from answerback.understanding.when.turns import CLAUSE_ENDS, TIMES

_GREETS = WORDS["when.greets"]
_LONGEST = 6
"""Tokens of an opening clause."""


def without_courtesies(found: list[Token]) -> list[Token]:
    """ "Hi,", "this is Dave.", "sorry just saw this.", "ok so": what is behind them begins the text."""
    found = _without_good_wishes(found)
    for _ in range(_MOST):
        end = next((at for at in range(min(_LONGEST, len(found))) if found[at].kind in {"comma", "stop"}), 0)
        clause, tells = found[:end], {each.kind for each in found[:end]} & _TELLING
        greets = (
            clause and clause[0].text.split(" ")[0] in _GREETS and not tells - ({"good"} if len(clause) == 1 else set())
        )
        if not greets or not found[end + 1 :] or found[end].text == ":" or (found[end].text == "so" and end > 1):
            break
        found = found[end + 1 :]
    return _without_missed(found)


def _without_missed(found: list[Token]) -> list[Token]:
    """ "Sorry missed your call im in a meeting til 4": what a comma was left out behind."""
    missed = next((at for at, each in enumerate(found[:3]) if each.text in {"missed", "i missed"}), None)
    if missed is None or found[0].text not in {"sorry", "missed", "i"}:
        return found
    end = missed + 1
    while end < min(len(found), missed + 4) and found[end].text in _CALLS:
        end += 1
    said = " ".join(each.text for each in found[missed + 1 : end]).split(" ")
    dated = found[end:] and found[end].kind in TIMES | {"on", "at", "this", "last", "yesterday", "in", "from", "the"}
    return found[end:] if found[end:] and said[-1] in {"call", "text", "message"} and not dated else found


_CALLS = frozenset({"your", "ur", "the", "call", "text", "message", "your call", "your text", "ur call", "ur text"})


def _without_good_wishes(found: list[Token]) -> list[Token]:
    """ "Merry late christmas!", "happy belated new year": a greeting, and no day."""
    for place in range(len(found) - 2):
        wishes = [each.text for each in found[place : place + 2]]
        opens = place == 0 or found[place - 1].kind in CLAUSE_ENDS
        if opens and wishes[0] in _HAPPY and wishes[1] in _BELATED and found[place + 2].kind == "feast":
            said = (Token("noise", 0, each.text) for each in found[place + 1 : place + 3])
            return [*found[: place + 1], *said, *found[place + 3 :]]
    return found


_HAPPY = frozenset({"happy", "merry"})
_BELATED = frozenset({"late", "belated", "early"})

_MOST = 2
"""Opening clauses."""

_TELLING = (
    TIMES
    | {
        "tonight",
        "later_day",
        "not",
        "no",
        "bad",
        "good",
        "wish",
        "except",
        "anytime",
        "asap",
        "move",
        "cancel",
        "option",
    }
    | {
        "number",
        "one_of",
        "last_one",
        "first_one",
        "either",
        "none_of",
        "weekdays",
        "weekends",
        "dows",
        "or",
        "correction",
    }
)
