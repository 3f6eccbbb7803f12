"""Places of a playbook in plain words: which first text, question, answer or nudge a wording is."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerback.console import words

_GREET: dict[str, Promise] = {
    "open": gettext_lazy("First text while you are open"),
    "closed": gettext_lazy("First text while you are closed"),
    "lunch": gettext_lazy("First text at lunch"),
    "holiday": gettext_lazy("First text on a holiday"),
    "repeat": gettext_lazy("First text to somebody who called before"),
    "voicemail": gettext_lazy("First text after a voicemail"),
}

_ROUTES: dict[str, Promise] = {
    "life_safety": gettext_lazy("What danger to life is answered"),
    "urgent": gettext_lazy("What an emergency is answered"),
    "sensitive": gettext_lazy("What somebody who is upset is answered"),
    "not_served": gettext_lazy("What people you do not serve are told"),
    "wants_call": gettext_lazy("What people who want a call are told"),
    "intake_first": gettext_lazy("What people who come for the first time are told"),
    "book": gettext_lazy("How a time is offered"),
    "otherwise": gettext_lazy("What everybody else is told"),
}

_QUESTIONS: dict[str, Promise] = {
    "service": gettext_lazy("The question what they need"),
    "urgency": gettext_lazy("The question how urgent it is"),
    "area": gettext_lazy("The question where they are"),
    "name": gettext_lazy("The question for their name"),
    "owner": gettext_lazy("The question whether they own the place"),
    "contact_pref": gettext_lazy("The question how they like to be reached"),
}


def place_name(place: str) -> str:
    """A place, such as `learn > area > again`, as an owner would say it."""
    section, *rest = place.split(" > ")
    what, last = (*rest, "", "")[:2]
    match section:
        case "greet":
            return str(_GREET.get(what) or _("First text: %s") % words.tidy(what))
        case "menu":
            return _("First text after key %s") % what
        case "learn":
            question = str(_QUESTIONS.get(what) or _("The question for: %s") % words.tidy(what))
            return _("%s, asked again") % question if last == "again" else question
        case "routes":
            return str(_ROUTES.get(what) or words.tidy(what))
        case "nudges":
            return _("Nudge %s") % what
        case "send":
            return _("Extra %s") % what
        case "facts":
            return _("The answer about: %s") % words.tidy(what)
        case _:
            return words.tidy(what or section)


def wording_name(place: str, language: str) -> str:
    """The same with its language in words."""
    spoken = {"en": _("English"), "es": _("Spanish")}.get(language, language)
    return f"{place_name(place)} ({spoken})"
