"""What a way to alert a member must offer: say once, in a few words, that something happened.

An adapter is an entry point of `answerback.alert`.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an alert says: a title, a sentence, and where to go on."""

    title: str
    body: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of it, with what the service said, in short. `gone` is said of an address that is none any more."""

    arrived: bool
    says: str = ""
    gone: bool = False


class Alerts(Protocol):
    """One way to alert people."""

    def name(self, address: str) -> str:
        """What a page may show of the address: the service, none of its secrets."""

    def problem(self, address: str) -> str:
        """Why nobody can be alerted at this address, in a sentence for the person who typed it; empty where one can."""

    def send(self, address: str, words: Words) -> Answer:
        """Say it once; never raises."""
