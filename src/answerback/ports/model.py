"""What a language model may be asked about one text, and what it may propose: nothing that acts.

A proposal is weighed by `engine.advice`; most of it is thrown away. It never reaches a customer.
"""

from dataclasses import dataclass, field
from typing import Protocol

from answerback.engine.advice import Proposal

LONGEST_THREAD = 12
"""Texts of a conversation that are shown, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One text of the thread: `customer` or `business`."""

    who: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What a model is shown: one conversation, the question that is open, and the names of the services.

    No phone number, no address of ours, no secret, no other conversation. `services` is id -> name.
    """

    text: str
    asked: str = ""
    choices: tuple[str, ...] = ()
    services: dict[str, str] = field(default_factory=dict)
    before: tuple[Said, ...] = ()
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelHost:
    """Where a model answers: the base URL, its name, the key if it wants one, dollars a million tokens in and out."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    dollars_in: float = 0.0
    dollars_out: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A proposal with what it cost: tokens in and out."""

    proposal: Proposal
    tokens_in: int = 0
    tokens_out: int = 0

    def dollars(self, endpoint: ModelHost) -> float:
        """What it cost, by the prices of the endpoint."""
        return (self.tokens_in * endpoint.dollars_in + self.tokens_out * endpoint.dollars_out) / 1_000_000


class LanguageModel(Protocol):
    """Proposes a reading of one text.

    Raises `Refused` (wrong key, no such model), `Unavailable` (no answer within `seconds`, too many requests, its
    answer is no proposal). Keeps nothing and is told nothing but the thread.
    """

    def __call__(self, thread: Excerpt, endpoint: ModelHost, seconds: float) -> Answered:
        """What the model proposes for this thread, within so many seconds."""
