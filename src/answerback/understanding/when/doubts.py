"""What a customer does not know themselves: an hour that hangs on something of theirs, a day still to be asked about.

It must never doubt a time because something else is unsure ("friday at 3, not sure what broke").
"""

from collections.abc import Sequence

from answerback.understanding.when.pieces import Days, Element, Hours, Mark
from answerback.understanding.when.told import is_piece, split


def in_doubt(elements: Sequence[Element]) -> bool:
    """ "Tomorrow once the baby sleeps", "friday, not sure what time": they do not know the hour themselves."""
    for sentence in split(elements, {"stop"}):
        hours = any(isinstance(each, Hours) for each in sentence)
        named = False
        for place, each in enumerate(sentence):
            named = named or isinstance(each, Days | Hours)
            if not named or not isinstance(each, Mark):
                continue
            behind = sentence[place + 1 :]
            if each.kind == "depends" and not hours:
                return True
            if each.kind == "unsure" and not any(is_piece(other) for other in behind[: _first_end(behind)]):
                return True
    return False


def _first_end(elements: Sequence[Element]) -> int:
    ends = (at for at, each in enumerate(elements) if isinstance(each, Mark) and each.kind in {"stop", "comma"})
    return next(ends, len(elements))
