"""What an "except" takes away: of "any day but tuesday, next week after 3" the tuesday alone.

It must never take away what is wished for behind it.
"""

from collections.abc import Sequence

from answerback.understanding.when.pieces import Days, Element, Hours, Whole
from answerback.understanding.when.told import kinds_of


def left_out(chunk: Sequence[Element], place: int, following: list[int]) -> list[int]:
    """The times an "except" takes away: of "any day but tuesday, next week after 3" the tuesday alone.

    A part of the day stays with the day it stands behind ("any day but tuesday morning").
    """
    if not following:  # "friday except good monday": a wish begins at once
        return []
    if isinstance(chunk[following[0]], Hours):
        another = next((at for at in following if _is_another_day(chunk, place, at)), following[-1] + 1)
        return [at for at in following if at < another]
    wide = place > 0 and (isinstance(chunk[place - 1], Whole) or _is_filter(chunk[place - 1]))
    if not wide:
        return following
    rest = next((at for at in following[1:] if _bounds_the_rest(chunk[at])), following[-1] + 1)
    return [at for at in following if at < rest]


def _is_another_day(chunk: Sequence[Element], place: int, at: int) -> bool:
    """The friday of "thursday except 12-1 or friday at 9:30"; in "except 12 to 1 on friday" it is that of the hours."""
    return isinstance(chunk[at], Days) and bool(kinds_of(chunk[place:at]) & {"or", "and", "comma", "good"})


def _is_filter(element: Element) -> bool:
    return isinstance(element, Days) and bool(element.weekdays or element.stretch)


def _bounds_the_rest(element: Element) -> bool:
    if isinstance(element, Days):
        return element.stretch and element.weekday is None and not element.every
    return isinstance(element, Hours) and not element.part
