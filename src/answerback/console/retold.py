"""The filter `retold`: what the rest of the product says in English, in the language of whoever reads the page.

Days and numbers it names are written as they are there. Never here: how a sentence is found (`workflow.retelling`).
"""

import re
from datetime import date

from django.template import Library
from django.utils.translation import gettext as _

from answerback.console.moments import dated
from answerback.console.words import number
from answerback.workflow import retelling

DAYS = re.compile(
    r"(?P<before>, sold |, entered for |nothing since |Appointment \d+, )(?P<day>20\d\d-\d\d-\d\d)(?=[ .,]|$)"
)
"""Days in what the core writes: of a sale, an amount, a silence, an appointment. What people typed stays."""

NUMBERS = re.compile(r"(?<![\w*+])\+\d{8,15}\b(?!\*)")
"""Numbers as the core writes them; what is dialled on a phone stays."""

register = Library()


@register.filter
def retold(said: object) -> str:
    """The same in the reader's language; as it is where nobody knows it."""
    told = retelling.retold(DAYS.sub(_day, str(said or "")))
    return NUMBERS.sub(lambda found: number(found[0]), told)


@register.filter
def whose(said: object) -> str:
    """The same in the reader's language; what a provider said in words of its own stands there as its own."""
    ours, theirs = retelling.apart(str(said or ""))
    if not theirs:
        return retold(ours)
    marked = _("The provider's own words: “%(words)s”") % {"words": theirs}
    return f"{retold(ours)} {marked}".strip()


def _day(found: re.Match[str]) -> str:
    try:
        return found["before"] + dated(date.fromisoformat(found["day"]))
    except ValueError:  # the 31st of a short month is a number that looks like a day
        return found[0]
