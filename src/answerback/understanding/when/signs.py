"""Turns of speech that are looked for only where a word of them stands: what is told beside a wish, and why.

It runs them in their order; it must never look for one that no word of the text speaks of.
"""

from answerback.understanding.when import (
    all_but,
    bounded,
    each_its_own,
    happenings,
    other_days,
    plainly,
    reasons,
    so_then,
    told_beside,
)
from answerback.understanding.when.tokens import Token
from answerback.understanding.when.turns import turned_where


def signed(found: list[Token]) -> list[Token]:
    """The tokens with what is told beside a wish, why, of which days and up to when in plain words."""
    return turned_where(found, _TURNS)


_TURNS = (
    *each_its_own.TURNS,
    *all_but.TURNS,
    *plainly.TURNS,
    *happenings.TURNS,
    *so_then.TURNS,
    *told_beside.TURNS,
    *reasons.TURNS,
    *other_days.TURNS,
    *bounded.TURNS,
)
