"""The pretend people a newcomer can be, and what they might say. Numbers are from the range kept for fiction."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerback.engine.events import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to be: a number, a name, a few words about them, and texts they would write."""

    number: str
    name: str
    about: str | Promise = ""
    failure: Failure | None = None
    says: tuple[str, ...] = ()

    @property
    def digits(self) -> str:
        """The number as it stands in addresses."""
        return self.number.removeprefix("+")

    @property
    def initials(self) -> str:
        """At most two letters for the picture."""
        return "".join(word[0] for word in self.name.split()[:2] if word[0].isalpha()).upper() or "#"

    @property
    def shown_number(self) -> str:
        """The number as people write it, (512) 555-0131 for American ones."""
        digits = self.digits
        if len(digits) == 11 and digits.startswith("1"):
            return f"({digits[1:4]}) {digits[4:7]}-{digits[7:]}"
        return self.number


SAYS = (
    "water heater leaking slowly",
    "pipe burst, water everywhere!",
    "how much is a drain cleaning?",
    "tomorrow afternoon works",
    "can somebody call me?",
    "es para mañana por la tarde",
    "STOP",
)
"""What anybody might text."""

PEOPLE = (
    Person(
        number="+15125550131",
        name="Maria Alvarez",
        about=_("Her water heater drips"),
        says=("water heater leaking slowly", "Austin 78704", "tomorrow afternoon works", "STOP"),
    ),
    Person(
        number="+15125550142",
        name="Tom Becker",
        about=_("Ankle-deep in water"),
        says=("pipe burst, water everywhere!", "yes please call me", "hurry", "not urgent after all"),
    ),
    Person(
        number="+15125550157",
        name="Priya Shah",
        about=_("Compares prices"),
        says=("how much is a drain cleaning?", "kitchen sink is slow", "send me a link", "no thanks"),
    ),
    Person(
        number="+15125550163",
        name="Lucía Ramos",
        about="Prefiere español",
        says=("es para mañana por la tarde", "se rompió el calentador", "sí", "¿cuánto cuesta?", "ALTO"),
    ),
    Person(
        number="+15125550178",
        name="Grandma Jo",
        about=_("Landline: texts never arrive"),
        failure="landline",
        says=("stop by tomorrow",),
    ),
)
"""Who is there at the start."""


def person_with(number: str, name: str = "") -> Person:
    """The person with this number, or a stranger by this name."""
    known = next((person for person in PEOPLE if person.number == number), None)
    if known is not None:
        return known
    stranger = Person(number=number, name=name or "Somebody", says=SAYS)
    return stranger if name else Person(number=number, name=stranger.shown_number, says=SAYS)
