"""What a business has set about itself, in the words a storyboard's blanks are filled with. Nothing else is ever known.

A fact that is not set is not here, and what speaks of it is left out of the video. Never here: the storyboard.
"""

from collections.abc import Mapping

from answerback.engine import wording
from answerback.engine.rules import Rules

MOST_PLACES = 3
"""A video names so many cities; more cannot be read in time."""

BLANKS: dict[str, str] = {
    "business": "the name of the business",
    "phone": "its phone number",
    "service": "the service the video is about",
    "price": "what may be said of its price",
    "minutes": "how long an appointment for it takes",
    "area": "the places served",
    "reminder": "when a reminder comes",
    "booking": "only where times can be chosen by a link",
}
"""Every blank a template may hold, and what is put there."""


def facts(rules: Rules, language: str, service: str = "") -> Mapping[str, str]:
    """The business's own facts in this language, by blank; only those it has set."""
    playbook, business = rules.playbook, rules.business
    known = {
        "business": business.name,
        "phone": wording.phone(business.phone),
        "area": ", ".join(playbook.area.cities[:MOST_PLACES]),
        "reminder": _reminder(rules, language),
        "booking": _booking(language) if business.takes_bookings and _leads_to_link(rules) else "",
    }
    about = playbook.service(service)
    if about is not None:
        known |= {
            "service": wording.in_language(about.name, playbook=playbook, language=language),
            "price": about.price.get(language, ""),
            "minutes": _minutes(about.minutes, language),
        }
    return {name: said for name, said in known.items() if said}


def _leads_to_link(rules: Rules) -> bool:
    route = rules.playbook.route("book")
    return route is not None and route.then == "link"


def _booking(language: str) -> str:
    return "con un enlace" if language == "es" else "with one link"


def _reminder(rules: Rules, language: str) -> str:
    """When the first reminder comes, as people say it."""
    before = max(rules.settings.reminders, default=0)
    if not before:
        return ""
    if before == 1440:
        return "un día antes" if language == "es" else "the day before"
    said = _minutes(before, language)
    return f"{said} antes" if language == "es" else f"{said} before"


def _minutes(minutes: int, language: str) -> str:
    """A length as it is said: `45 minutes`, `an hour`, `an hour and a half`, `2 hours`."""
    spanish = language == "es"
    if minutes % 30 or minutes < 60:
        return f"{minutes} minutos" if spanish else f"{minutes} minutes"
    hours, half = divmod(minutes, 60)
    whole = ("una hora" if spanish else "an hour") if hours == 1 else f"{hours} horas" if spanish else f"{hours} hours"
    if not half:
        return whole
    if spanish:
        return f"{whole} y media"
    return "an hour and a half" if hours == 1 else f"{hours} and a half hours"
