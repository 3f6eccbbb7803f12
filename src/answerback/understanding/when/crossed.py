"""Hours told before their day behind an "or": "friday at 9 or 2 saturday" is at nine on friday, or at two on saturday.

It puts that day before its hours, as everybody else writes them; it must never do so where a comma stands between.
"""

import re

from answerback.understanding.when.called_by import MONTHS
from answerback.understanding.when.notations import DAY
from answerback.understanding.when.wordings import put


def crossed(folded: str) -> str:
    """The text with each such day before its hours."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(r" (?:or|o) ")
_ONE = (
    r"(?:(?:1[0-2]|[1-9])(?::[0-5]\d)?(?: ?[ap]\.?m\b\.?)?|noon|mediodia|(?:early |late )?(?:morning|afternoon|evening)"
    r"|(?:en|por) la (?:manana|tarde))"
)
_WHICH = r"(?:(?:this|next|este|esta|el) )?"
_HOURS = (
    r"(?:(?:at|around|like|about|after|before|from|between|in the"
    rf"|a las?|como a las?|despues de las?|antes de las?|antes del|de|entre) )?{_ONE}"
)
_TO = rf"(?: ?(?:-|to|til|till|until|and|a|y|hasta)(?: las?)? ?{_ONE})?"
_DAY = (
    rf"{_WHICH}(?:{DAY}|\d{{1,2}}/\d{{1,2}}|(?:{MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?|(?:the )?\d{{1,2}}(?:st|nd|rd|th))"
)
_STANDS = r"(?=\s*(?:$|[.,;!?)]))"
""" "Mon at 9 or 10, tues works too" has a day without hours."""
_WISHED = r"\b(?<!not )(?<!cant )(?<!work )(?<!can't )(?<!except )(?<!no )"

_SAID = (
    (
        re.compile(
            rf"{_WISHED}(?P<first>{_DAY},? {_HOURS}{_TO}),? (?P<or>or|o)(?: else| maybe| perhaps)?"
            rf" (?P<hours>{_HOURS}{_TO})"
            rf"(?:,? on |,? el | )(?P<day>{_DAY}){_STANDS}"
        ),
        r"\g<first> \g<or> \g<day> \g<hours>",
    ),
)
"""What is said, and how the grammar knows it."""
