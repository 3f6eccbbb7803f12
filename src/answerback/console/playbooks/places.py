"""The parts of a playbook, and any place in one, by the names its forms give them.

Never here: what stands there.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from answerback.console.playbooks import plain

BASICS = "basics"
SECTIONS: dict[str, tuple[Any, str]] = {
    BASICS: (gettext_lazy("Languages and privacy"), "sliders-horizontal"),
    "greet": (gettext_lazy("First texts"), "message-square"),
    "menu": (gettext_lazy("Phone menu"), "hash"),
    "services": (gettext_lazy("Services"), "wrench"),
    "learn": (gettext_lazy("Questions"), "circle-question-mark"),
    "routes": (gettext_lazy("Where it goes"), "route"),
    "say": (gettext_lazy("Other wordings"), "quote"),
    "nudges": (gettext_lazy("Nudges"), "bell"),
    "nudge_hours": (gettext_lazy("Hours for nudges"), "clock"),
    "send": (gettext_lazy("Videos"), "clapperboard"),
    "triggers": (gettext_lazy("Triggers"), "phone-missed"),
    "facts": (gettext_lazy("Answers"), "book-open"),
    "area": (gettext_lazy("Area served"), "map-pin"),
    "people": (gettext_lazy("Who does what"), "users"),
}
"""The parts with a form, in the order of the page; each but the first is a field of `Playbook`."""

LANGUAGES: dict[str, Promise] = {
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
    "fr": gettext_lazy("French"),
    "pt": gettext_lazy("Portuguese"),
    "vi": gettext_lazy("Vietnamese"),
    "zh": gettext_lazy("Chinese"),
}


def place(where: str) -> str:
    """A place in the file, such as `greet > lunch > es`, as the forms name it; a name of the owner's stays as it is."""
    first, *others = where.split(" > ")
    title = str(SECTIONS[first][0]) if first in SECTIONS else plain.label(first) if first else ""
    return " › ".join(filter(None, [title, *(_called(first, each, at) for at, each in enumerate(others))]))


def _called(section: str, key: str, at: int) -> str:
    if key in LANGUAGES:
        return str(LANGUAGES[key])
    if key.isdecimal() and section != "menu":
        return key
    if at == 0 and section in {"routes", "learn", "nudges"}:
        return plain.value(key)
    return plain.label(key)
