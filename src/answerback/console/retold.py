"""The filter `retold`: what the rest of the product says in English, in the language of whoever reads the page.

Days and numbers it names are written as they are there. Never here: how a sentence is found (`workflow.retelling`).
"""

import re
from datetime import date

from django.template import Library

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


def _day(found: re.Match[str]) -> str:
    try:
        return found["before"] + dated(date.fromisoformat(found["day"]))
    except ValueError:  # the 31st of a short month is a number that looks like a day
        return found[0]
