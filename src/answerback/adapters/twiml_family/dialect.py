"""Where one provider of the family differs from the others, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from answerback.adapters.keywords import Words
from answerback.engine.events import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """One provider's names, codes and abilities. `fixes` say per error code what a person should do about it.

    `transcribe` are the attributes of a Record that ask for its words and say where they go, `listens` says that each
    dialled number can be listened to for a machine, `media_hosts` are the domains its pictures and recordings lie on,
    `keywords` the texts it answers by itself.
    """

    provider: str
    title: str
    failures: Mapping[str, Failure]
    fixes: Mapping[str, str] = field(default_factory=dict)
    transcribe: tuple[str, str] = ("transcribe", "transcribeCallback")
    listens: bool = False
    media_hosts: tuple[str, ...] = ()
    keywords: Words = field(default_factory=dict)

    def failure(self, code: str) -> Failure:
        """The class of failure of an error code; "unknown" for codes without a rule."""
        return self.failures.get(code, "unknown")

    def says(self, code: str) -> str:
        """An error code in words: whose it is and, where known, what to do."""
        return f"{self.title} error {code[:10]}. {self.fixes.get(code, '')}".strip() if code else ""
