"""Chooses which variant of a wording a person gets, and who is among the few who get their first text late.

By rendezvous hashing over the person's number and the variant's own words: the same person gets the same variant for
ever, in every conversation; a new variant takes people from the others and nobody changes between those, and two
wordings are shared out independently. Never here: how the variants do (`engine.sequential`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from answerback.engine.receipt import Guard

GUARD = "variant"
"""The name under which a decision receipt says which variant was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A variant that was chosen for somebody: where, which, and out of how many."""

    place: str
    language: str
    digest: str
    number: int
    of: int

    @property
    def guard(self) -> Guard:
        """As it stands in the receipt of the text."""
        said = f"{self.place} > {self.language}: variant {self.number} of {self.of} ({self.digest}), by their number"
        return Guard(name=GUARD, passed=True, evidence=said)


def chosen_in(evidence: str) -> Chosen | None:
    """The choice that a receipt's evidence tells of; None where it is none."""
    found = _EVIDENCE.fullmatch(evidence)
    if found is None:
        return None
    place, language, number, of, digest = found.groups()
    return Chosen(place=place, language=language, digest=digest, number=int(number), of=int(of))


def choose(variants: Sequence[str], person: str, paused: frozenset[str] = frozenset()) -> int:
    """Which of these variants this person gets; one that is paused only where there is no other."""
    allowed = [at for at, text in enumerate(variants) if digest(text) not in paused] or list(range(len(variants)))
    return max(allowed, key=lambda at: (_mixed(f"{person}|{variants[at]}"), at))


def digest(text: str) -> str:
    """A variant's short name: changed words are another variant."""
    return f"{crc32(text.encode()):08x}"


def held_out(person: str, in_hundred: int) -> bool:
    """Is this person among the few whose first text comes late, so that what it brings can be told?"""
    return _mixed(f"{person}|hold-out") % 10_000 < in_hundred * 100


_EVIDENCE = re.compile(r"(.+) > (\w+): variant (\d+) of (\d+) \(([0-9a-f]{8})\), by their number")


def _mixed(text: str) -> int:
    """A number that looks drawn by lot. CRC alone is linear, so that two wordings would share people out alike; the
    finalizer of MurmurHash3 (public domain, A. Appleby) breaks that.
    """
    bits = crc32(text.encode())
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        bits = ((bits ^ bits >> shift) * factor) & 0xFFFFFFFF
    return bits ^ bits >> 16
