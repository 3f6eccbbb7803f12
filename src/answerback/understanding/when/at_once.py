"""Words for the soonest among the others: whether they mean today, or the early hours of the day that is named.

It must never take the "now" of a story for a wish.
"""

from collections.abc import Sequence

from answerback.understanding.lexicon import WORDS
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import DAYS, HOURS

_AT_ONCE = WORDS["when.at_once"]
_CAN = frozenset({"puede", "pueden", "podria", "podrian", "puedes"})
_COME = ("ven", "mand", "pas", "aten", "lleg", "recib")
_BARELY_NOW = frozenset({"now", "ahora", "ahorita", "now please"})
_EARLY = frozenset(
    {"as early as possible", "early as possible", "lo mas temprano que se pueda", "lo mas temprano que tengan"}
)


def is_at_once(tokens: Sequence[Token], place: int) -> bool:
    """ "Right now", "vengan ya", "now until 6" are today's; "right away" and "as soon as you can" may be another day's.

    A bare "now" among other words is mostly how a story goes on.
    """
    text = tokens[place].text
    if text in _BARELY_NOW:
        behind = kind_at(tokens, place + 1)
        begins = place == 0 and (behind in {"stop", "comma", "good"} or _is_asked_to_come(tokens))
        return len(tokens) == 1 or begins or behind in {"until", "or", "dash"}
    return text != "right away" and not _AT_ONCE.isdisjoint(text.split())


def is_early(tokens: Sequence[Token], place: int) -> bool:
    """ "Monday as early as possible" is that morning, where no hour is named with it; without a day it is only soon."""
    kinds = {token.kind for token in tokens}
    return tokens[place].text in _EARLY and bool(kinds & (DAYS - {"today", "week", "month"})) and not kinds & _TODAY


_TODAY = HOURS | {"today", "tonight", "after", "before", "from", "until", "later_day"}
"""Beside these it says no hours of its own."""


def _is_asked_to_come(tokens: Sequence[Token]) -> bool:
    """ "Ahorita puede venir" asks for somebody now, "ahorita pueden decirme" for a word."""
    two = [token.text for token in (*tokens[1:3], Token(""), Token(""))][:2]
    return two[0] in _CAN and two[1].startswith(_COME)
