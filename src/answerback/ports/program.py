"""What telling a program of the business's must offer: hand one signed notice to an address that a person typed.

An adapter is an entry point of `answerback.program`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One notice: where it goes, its name (the same at every try), what it says, the secrets that sign it."""

    url: str
    key: str
    body: str
    secrets: Sequence[str]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came back: the status (0 where no answer came), the seconds it asks to wait, and what it said, in short.

    Anything but 2xx means that the notice has not arrived, as far as anybody knows.
    """

    status: int
    says: str = ""
    retry_after: float | None = None
    seconds: float = 0.0

    @property
    def arrived(self) -> bool:
        """Did it take the notice?"""
        return 200 <= self.status < 300


class Programs(Protocol):
    """One way to tell programs."""

    def new_secret(self) -> str:
        """A secret to sign with, as its holder is shown it."""

    def problem(self, url: str) -> str:
        """Why this can be no address to tell, in a sentence for the person who typed it; empty where it can."""

    def post(self, post: Post) -> Answered:
        """Hand it over once; never raises."""
