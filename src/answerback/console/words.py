"""The words and marks the console shows for what the engine calls by short names. Nothing here decides anything."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

import phonenumbers
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext_lazy

from answerback.engine import segments
from answerback.engine.lengths import DAYS_FROM, hours_and_minutes
from answerback.ports.numbers import typed
from answerback.store.queries.staff_texts import OWN as OWN_PEOPLE

Tone = Literal["", "good", "warn", "bad", "accent"]

_ = cast("Callable[[str], str]", gettext_lazy)  # In the language of whoever reads it, each time anew.


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A small label: its words, its colour, its icon (a lucide name)."""

    words: str
    tone: Tone = ""
    icon: str = ""


PHASES = {
    "quiet": Chip(words=_("Listening")),
    "greeting": Chip(words=_("First text"), tone="accent"),
    "learning": Chip(words=_("Asking"), tone="accent"),
    "offered": Chip(words=_("Link sent"), tone="accent"),
    "callback": Chip(words=_("Wants a call"), tone="warn"),
    "booked": Chip(words=_("Booked"), tone="good"),
    "human": Chip(words=_("With a person"), tone="warn"),
    "resting": Chip(words=_("Resting")),
    "closed": Chip(words=_("Closed")),
}

STATUSES = {
    "new": Chip(words=_("New"), tone="accent"),
    "contacted": Chip(words=_("Contacted"), tone="accent"),
    "qualified": Chip(words=_("Qualified"), tone="accent"),
    "booked": Chip(words=_("Booked"), tone="good"),
    "won": Chip(words=_("Won"), tone="good"),
    "lost": Chip(words=_("Lost")),
    "not_served": Chip(words=_("Not served")),
}

VISITS = {
    "held": _("Kept for them"),
    "booked": pgettext_lazy("of an appointment", "Booked"),
    "done": _("Took place"),
    "no_show": _("Nobody was there"),
    "cancelled": _("Cancelled"),
}

MISSED = {
    "no_answer": _("No answer"),
    "busy": _("Line busy"),
    "abandoned": _("Hung up"),
    "short_abandon": _("Hung up early"),
    "after_hours": _("After hours"),
    "voicemail": _("Voicemail"),
    "carrier_voicemail": _("Phone's own voicemail"),
    "answered_by_ai": _("Assistant program"),
    "failed": _("Did not go through"),
    "unknown": _("Missed, reason unknown"),
}

URGENCIES = {
    "emergency": Chip(words=_("Emergency"), tone="bad", icon="siren"),
    "soon": Chip(words=_("Soon"), tone="warn"),
    "can_wait": Chip(words=_("Can wait")),
}

MARKS = {
    "queued": Chip(words=_("Waiting to leave"), icon="clock"),
    "sending": Chip(words=_("Being handed over"), icon="clock"),
    "sent": Chip(words=_("Sent"), icon="check"),
    "delivered": Chip(words=_("Delivered"), tone="good", icon="check-check"),
    "undelivered": Chip(words=_("Not delivered"), tone="bad", icon="circle-alert"),
    "withdrawn": Chip(words=_("Withdrawn"), icon="undo-2"),
    "refused": Chip(words=_("Refused"), tone="bad", icon="ban"),
    "unclear": Chip(words=_("Nobody knows whether it went out"), tone="warn", icon="triangle-alert"),
}

CALL_OUTCOMES = (
    ("reached", _("Reached them")),
    ("left_voicemail", _("Left a voicemail")),
    ("no_answer", _("No answer")),
    ("wrong_number", _("Wrong number")),
)

OTHER_OUTCOMES = (("done", _("Done")), ("dismissed", _("Not needed")))

CALLS = frozenset({"call_now", "callback", "urgent"})
"""Kinds of to-do that are closed by what came of a phone call."""

CALLED = CALLS | {"failed_text", "opted_out_caller", "sensitive"}
"""Kinds of to-do that a phone call settles; the others want a look, or an answer."""


def outcomes(kind: str) -> tuple[tuple[str, str], ...]:
    """The outcomes a to-do of this kind can be closed with, the likeliest first."""
    return CALL_OUTCOMES if kind in CALLS else OTHER_OUTCOMES


def outcome(key: str) -> str:
    """What came of a to-do, as its button says it."""
    return str(dict(CALL_OUTCOMES + OTHER_OUTCOMES).get(key, tidy(key)))


_AT_HOME = re.compile(r"\+1([2-9]\d\d)(\d{3})(\d{4})\Z")


def is_erased(written: str) -> bool:
    """Does this stand in the place of a number that was forgotten (`workflow.erasure`)?"""
    return written.startswith("erased ")


def tel(written: str) -> str:
    """What a phone dials; empty where nobody can be called, as a hidden number."""
    return written if written.startswith("+") else ""


def number(written: str) -> str:
    """A number as people write it: (512) 555-0131 at home, +44 20 7946 0958 abroad."""
    if plain := _AT_HOME.match(written):
        return "({}) {}-{}".format(*plain.groups())  # as the library writes it, in a thirtieth of the time
    if is_erased(written):
        return gettext("Erased")
    if not written.startswith("+"):
        return gettext("Withheld number")
    try:
        parsed = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return written
    home = parsed.country_code == 1
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def same_number(country: str) -> Callable[[str], str]:
    """Tells which number is meant, however it is written; what is none comes back as it is."""
    return lambda written: typed(written, country) or written


def initials(name: str) -> str:
    """Up to two letters for a face: Maria Lopez is ML; empty where there is no name."""
    parts = [part for part in name.split() if part[0].isalpha()]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


INDUSTRIES = {
    "plumbing": _("Plumbing"),
    "hvac": _("Heating and cooling"),
    "clinic": _("Clinic"),
    "dental_clinic": _("Dental clinic"),
    "med_spa": _("Med spa"),
    "salon": _("Salon"),
    "law_firm": _("Law firm"),
    "law": _("Law firm"),
    "roofing": _("Roofing"),
    "electrical": _("Electrical"),
    "locksmith": _("Locksmith"),
    "towing": _("Towing"),
    "auto_repair": _("Auto repair"),
    "cleaning": _("Cleaning"),
    "landscaping": _("Landscaping"),
    "pest_control": _("Pest control"),
    "vet": _("Vet"),
}


def who(name: str, number_of: str) -> str:
    """A contact's name, else their number; the business's own people, whom the store knows by one word, in words."""
    return gettext("Our own people") if number_of == OWN_PEOPLE else name or number(number_of)


def named(names: Mapping[str, str], otherwise: str = "") -> str:
    """A name a playbook has in several languages, in the reader's where it has that, else in English or any."""
    ours = (get_language() or "en").partition("-")[0]
    return names.get(ours) or names.get("en") or next(iter(names.values()), otherwise)


def tidy(name: str) -> str:
    """A short name of ours as words: `water_heater` is Water heater."""
    return name.replace("_", " ").capitalize()


def length(minutes: int) -> str:
    """How long that is: `50 min`, `1 h 50 min`, and from two days on `3 days`."""
    if minutes >= DAYS_FROM * 60:
        return gettext("%(days)s days") % {"days": minutes // 60 // 24}
    return hours_and_minutes(minutes)


def cost(body: str) -> str:
    """How many parts a text takes, which characters make it dearer, and what plain ones would save."""
    before, after = segments.segments(body), segments.segments(segments.make_plain(body))
    odd = segments.outside_gsm7(body)
    if not odd:
        return gettext("This text is %(parts)s.") % {"parts": _parts(before)}
    said = {"odd": " ".join(odd[:8]), "parts": _parts(before), "plain": _parts(after)}
    if after < before:
        return gettext("%(odd)s made this text %(parts)s. In plain characters it is %(plain)s.") % said
    if left := segments.outside_gsm7(segments.make_plain(body)):
        said["odd"] = " ".join(left[:8])
        return gettext("This text is %(parts)s, because of %(odd)s: plain characters cannot say that.") % said
    return gettext("This text is %(parts)s with %(odd)s and without: plain characters are safer on old phones.") % said


def _parts(count: int) -> str:
    return ngettext("%(count)s part", "%(count)s parts", count) % {"count": count}
