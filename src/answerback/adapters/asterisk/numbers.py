"""Which of our lines a call came in on, and who calls, as this switchboard writes numbers.

A private caller can look public: where the presentation is prohibited the number is withheld, whatever it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from answerback.adapters.numbers import caller, e164
from answerback.ports.connection import Connection
from answerback.ports.phone import WITHHELD

TRUNKS = "from-trunk from-pstn from-external from-did-direct"
"""Contexts in which calls come in from outside, as FreePBX names them."""

WORDS_THAT_HIDE = ("prohib", "unavailable", "restricted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How numbers are read on one connection."""

    region: str
    lines: frozenset[str]
    default_line: str
    trunks: frozenset[str]

    def line(self, dialled: str, context: str) -> str | None:
        """The line that was called; the default one for a call from outside whose number is not told ("s")."""
        number = e164(dialled, self.region)
        if number is not None and (number in self.lines or not self.lines):
            return number if number in self.lines or context in self.trunks else None
        return (self.default_line or None) if context in self.trunks else None

    def customer(self, number: str, presentation: str = "") -> str:
        """Who calls: E.164 or withheld."""
        return WITHHELD if hides(presentation) else caller(number.replace("<unknown>", ""), self.region)

    def outside(self, dialled: str) -> str | None:
        """A number outside that somebody here dials, None for an extension or a line of ours."""
        number = e164(dialled, self.region) if sum(map(str.isdigit, dialled)) >= 7 else None
        return number if number not in self.lines else None


def plan(connection: Connection) -> Plan:
    """How numbers are read on this connection."""
    settings: Mapping[str, str] = connection.settings
    region = settings.get("region", "").strip().upper() or "US"
    words = settings.get("lines", "").replace(",", " ").split()
    lines = [number for word in words if (number := e164(word, region))]
    trunks = settings.get("trunk_contexts", "").replace(",", " ").split() or TRUNKS.split()
    return Plan(region=region, lines=frozenset(lines), default_line=next(iter(lines), ""), trunks=frozenset(trunks))


def hides(presentation: str) -> bool:
    """Does the presentation say that the number must not be shown? By word, or by its number (Q.931, bits 6 and 7)."""
    word = presentation.strip().lower()
    digits = word.partition(" ")[0]
    if digits.isascii() and digits.isdigit() and len(digits) < 4:
        return int(digits) & 0x60 != 0
    return any(hiding in word for hiding in WORDS_THAT_HIDE)
