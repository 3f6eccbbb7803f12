"""The words and marks the console shows for what the engine calls by short names. Nothing here decides anything."""

from dataclasses import dataclass
from typing import Literal

import phonenumbers

from answerback.engine import segments

Tone = Literal["", "good", "warn", "bad", "accent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A small label: its words, its colour, its icon (a lucide name)."""

    words: str
    tone: Tone = ""
    icon: str = ""


PHASES = {
    "quiet": Chip(words="Listening"),
    "greeting": Chip(words="First text", tone="accent"),
    "learning": Chip(words="Asking", tone="accent"),
    "offered": Chip(words="Link sent", tone="accent"),
    "callback": Chip(words="Wants a call", tone="warn"),
    "booked": Chip(words="Booked", tone="good"),
    "human": Chip(words="With a person", tone="warn"),
    "resting": Chip(words="Resting"),
    "closed": Chip(words="Closed"),
}

STATUSES = {
    "new": Chip(words="New", tone="accent"),
    "contacted": Chip(words="Contacted", tone="accent"),
    "qualified": Chip(words="Qualified", tone="accent"),
    "booked": Chip(words="Booked", tone="good"),
    "won": Chip(words="Won", tone="good"),
    "lost": Chip(words="Lost"),
    "not_served": Chip(words="Not served"),
}

MISSED = {
    "no_answer": "No answer",
    "busy": "Line busy",
    "abandoned": "Hung up",
    "short_abandon": "Hung up at once",
    "after_hours": "After hours",
    "voicemail": "Voicemail",
    "carrier_voicemail": "Phone's own voicemail",
    "answered_by_ai": "Assistant program",
    "failed": "Did not go through",
    "unknown": "Missed, reason unknown",
}

URGENCIES = {
    "emergency": Chip(words="Emergency", tone="bad", icon="siren"),
    "soon": Chip(words="Soon", tone="warn"),
    "can_wait": Chip(words="Can wait"),
}

MARKS = {
    "queued": Chip(words="Waiting to leave", icon="clock"),
    "sending": Chip(words="Being handed over", icon="clock"),
    "sent": Chip(words="Sent", icon="check"),
    "delivered": Chip(words="Delivered", tone="good", icon="check-check"),
    "undelivered": Chip(words="Not delivered", tone="bad", icon="circle-alert"),
    "withdrawn": Chip(words="Withdrawn", icon="undo-2"),
    "refused": Chip(words="Refused", tone="bad", icon="ban"),
    "unclear": Chip(words="Nobody knows whether it went out", tone="warn", icon="triangle-alert"),
}

CALL_OUTCOMES = (
    ("reached", "Reached them"),
    ("left_voicemail", "Left a voicemail"),
    ("no_answer", "No answer"),
    ("wrong_number", "Wrong number"),
)

OTHER_OUTCOMES = (("done", "Done"), ("dismissed", "Not needed"))

CALLS = frozenset({"call_now", "callback", "urgent"})
"""Kinds of to-do that ask for a phone call."""


def outcomes(kind: str) -> tuple[tuple[str, str], ...]:
    """The outcomes a to-do of this kind can be closed with, the likeliest first."""
    return CALL_OUTCOMES if kind in CALLS else OTHER_OUTCOMES


def number(written: str) -> str:
    """A number as people write it: (512) 555-0131 at home, +44 20 7946 0958 abroad."""
    if not written.startswith("+"):
        return "Withheld number"
    try:
        parsed = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return written
    home = parsed.country_code == 1
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, style)


def initials(name: str) -> str:
    """Up to two letters for a face: Maria Lopez is ML; empty where there is no name."""
    parts = [part for part in name.split() if part[0].isalpha()]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()


def tidy(name: str) -> str:
    """A short name of ours as words: `water_heater` is Water heater."""
    return name.replace("_", " ").capitalize()


def cost(body: str) -> str:
    """How many parts a text takes, which characters make it dearer, and what plain ones would save."""
    before, after = segments.segments(body), segments.segments(segments.make_plain(body))
    odd = segments.outside_gsm7(body)
    if not odd:
        return f"This text is {_parts(before)}."
    named = " ".join(odd[:8])
    if after < before:
        return f"{named} made this text {_parts(before)}. In plain characters it is {_parts(after)}."
    left = segments.outside_gsm7(segments.make_plain(body))
    if left:
        return f"This text is {_parts(before)}, because of {' '.join(left[:8])}: plain characters cannot say that."
    return f"This text is {_parts(before)} with {named} and without: plain characters are safer on old phones."


def _parts(count: int) -> str:
    return "1 part" if count == 1 else f"{count} parts"
