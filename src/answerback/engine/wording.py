"""Turns a playbook's wordings into the words of one text: picks the variant, fills the blanks, names the business.

The same person always gets the same variant. `{link}` is left standing: it is filled when the text is written down.
Never here: whether a text may be sent, or anything the customer wrote.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from answerback.engine.playbook import Playbook, Wording
from answerback.engine.variants import choose

STOP_NOTICE = {"en": "Reply STOP to opt out", "es": "Responda STOP para no recibir mensajes"}

_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
        "\u202f": " ",
        "\u200b": "",
        "\ufeff": "",
    }
)
"""Typographic characters that would turn a whole text into the dearer alphabet, and what says the same."""

_ENDS_IN_ADDRESS = re.compile(r"(?:https?://\S+|\{(?:link|video)\})$")

_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sab", "dom"),
}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}


def words(
    wording: Wording | None, *, playbook: Playbook, language: str, person: str, paused: frozenset[str] = frozenset()
) -> str:
    """The variant of this wording for this person, in their language or the playbook's first; empty if none."""
    _, variants = variants_of(wording, playbook=playbook, language=language)
    return variants[choose(variants, person, paused)] if variants else ""


def variants_of(wording: Wording | None, *, playbook: Playbook, language: str) -> tuple[str, tuple[str, ...]]:
    """The variants of a wording in this language, or in the playbook's first, with the language they are in."""
    for spoken in (language, _first(playbook), *(wording or ())):
        if wording and wording.get(spoken):
            return spoken, wording[spoken]
    return language, ()


def in_language(words: dict[str, str], *, playbook: Playbook, language: str) -> str:
    """One plain word or sentence in this language, or in the playbook's first; empty if there is none."""
    return words.get(language) or words.get(_first(playbook)) or next(iter(words.values()), "")


def fill(body: str, blanks: dict[str, str]) -> str:
    """The body with these blanks filled; `{link}` and `{video}` stay, a blank we know nothing for disappears."""
    if "{" not in body:
        return body
    return re.sub(r"\{(\w+)\}", lambda blank: _fill_one(blank, blanks), body)


def plain(body: str) -> str:
    """The body in plain characters, single spaced."""
    return " ".join(body.translate(_PLAIN).split())


def phone(number: str) -> str:
    """A phone number as people write it: `(512) 555-0199` in North America, as it is elsewhere."""
    if number.startswith("+1") and len(number) == 12:
        return f"({number[2:5]}) {number[5:8]}-{number[8:]}"
    return number


def named(body: str, business: str) -> str:
    """The body, beginning with the name of the business unless it says it already."""
    return body if business.casefold() in body.casefold() else f"{business}: {body}"


def introduced(body: str, business: str, language: str) -> str:
    """The body as a first text to a person: it names the business and says how to make it stop."""
    body = named(body, business)
    if "STOP" in body:
        return body
    notice = STOP_NOTICE.get(language, STOP_NOTICE["en"])
    return f"{stopped(body)} {notice}"


def stopped(said: str) -> str:
    """The sentence with its full stop; none behind an address, where phones take it into the link."""
    if not said or said.endswith((".", "?", "!")) or _ENDS_IN_ADDRESS.search(said):
        return said
    return f"{said}."


def addressed(body: str, blank: str, address: str) -> str:
    """The body with this blank filled by an address, and no mark glued to it."""
    return re.sub(rf"\{{{blank}\}}[.,;:!?]*", lambda _: address, body)


def joined(*parts: str) -> str:
    """Several sentences as one text, each said once."""
    return " ".join(dict.fromkeys(part for part in parts if part))


def numbered(choices: tuple[str, ...]) -> str:
    """Choices as they are offered: `1 Gas, 2 Electric`."""
    return ", ".join(f"{number} {choice}" for number, choice in enumerate(choices, start=1))


def times_menu(times: Sequence[str], language: str) -> str:
    """Times as they are offered: `1) Thu Mar 12, 9:00 AM 2) Fri Mar 13, 2:00 PM. Reply 1 or 2.`"""
    offered = " ".join(f"{number}) {time}" for number, time in enumerate(times, start=1))
    numbers = [str(number) for number in range(1, len(times) + 1)]
    reply, either = ("Responda", " o ") if language == "es" else ("Reply", " or ")
    choice = either.join([", ".join(numbers[:-1]), numbers[-1]]) if len(numbers) > 1 else "1"
    return f"{offered}. {reply} {choice}."


def moment(at: datetime, zone: ZoneInfo, language: str, theirs: ZoneInfo | None = None) -> str:
    """A moment in the business's clock with its date written out, such as `Tue Mar 10, 9:00 AM`.

    With a customer's own zone that differs then, both are named: `Tue Mar 10, 9:00 AM CDT (7:00 AM PDT)`.
    """
    local = at.astimezone(zone)
    if theirs is not None and at.astimezone(theirs).utcoffset() != local.utcoffset():
        own = at.astimezone(theirs)
        elsewhere = f"{_other_day(own, local, language)}{clock(own)} {zone_name(own)}"
        return f"{_day_and_clock(local, language)} {zone_name(local)} ({elsewhere})"
    return f"{_day_and_clock(local, language)}{f' {zone_name(local)}' if happens_twice(local) else ''}"


def happens_twice(local: datetime) -> bool:
    """Does the clock show this time twice that day, as where it is put back an hour?"""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _day_and_clock(local: datetime, language: str) -> str:
    tongue = language if language in _DAYS else "en"
    day, month = _DAYS[tongue][local.weekday()], _MONTHS[tongue][local.month - 1]
    date = f"{day} {local.day} {month}" if tongue == "es" else f"{day} {month} {local.day}"
    return f"{date}, {clock(local)}"


def clock(local: datetime) -> str:
    """A time of day as people write it: `9:00 AM`."""
    return f"{local.hour % 12 or 12}:{local.minute:02} {'AM' if local.hour < 12 else 'PM'}"


def zone_name(local: datetime) -> str:
    """What its zone is called then: `CDT`, or `GMT-03` where it has no letters of its own."""
    name = f"{local:%Z}"
    return name if name[:1].isalpha() else f"GMT{name}"


def _other_day(own: datetime, local: datetime, language: str) -> str:
    """The weekday where it is another one there: somebody far away is a day ahead."""
    if own.date() == local.date():
        return ""
    return f"{_DAYS[language if language in _DAYS else 'en'][own.weekday()]} "


def window(due_at: datetime, now: datetime, zone: ZoneInfo, language: str) -> str:
    """How long a promise lasts: `within 30 minutes` when it is soon, else `by` the moment itself."""
    left = due_at - now
    minutes = -(-int(left.total_seconds()) // 60)
    if left <= timedelta(minutes=90):
        if language == "es":
            return "en menos de un minuto" if minutes <= 1 else f"en menos de {minutes} minutos"
        return "within a minute" if minutes <= 1 else f"within {minutes} minutes"
    said = moment(due_at, zone, language)
    return f"antes del {said}" if language == "es" else f"by {said}"


def _first(playbook: Playbook) -> str:
    return playbook.languages[0] if playbook.languages else "en"


def _fill_one(blank: re.Match[str], blanks: dict[str, str]) -> str:
    name = blank[1]
    return blank[0] if name in {"link", "video"} else blanks.get(name, "")
