"""What a phone system reports of a call, second by second, for every way a call can end.

Pure data in, pure data out: the facts of docs/simulator.md with their time after the first ring.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast, get_args

from answerback.engine.events import CallOutcome

GREETING_SECONDS = 5
TRANSCRIPT_SECONDS = 3
DEFAULT_TALK_SECONDS = 60
DEFAULT_VOICEMAIL_SECONDS = 12
WORDS_A_SECOND = 2.5
RING_SECONDS = 20

_SHORT_RINGS: Mapping[CallOutcome, int] = {"blocked": 0, "busy": 1, "failed": 2, "after_hours": 8}

_ALSO_CALLED = {"answered": "answered_human", "missed": "no_answer", "machine_answered": "machine"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scripted:
    """One fact, `after` seconds from the first ring."""

    after: float
    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The whole course of a call in seconds from the first ring; None for what does not come to pass."""

    outcome: CallOutcome
    facts: tuple[Scripted, ...]
    ended: float
    answered: float | None = None
    voicemail: float | None = None


def outcome_named(word: str) -> CallOutcome:
    """The outcome meant by a word such as `no-answer`, `busy` or `answered`; raises ValueError naming them all."""
    plain = word.strip().lower().replace("-", "_").replace(" ", "_")
    outcome = _ALSO_CALLED.get(plain, plain)
    if outcome not in get_args(CallOutcome):
        raise ValueError(f"No call ends as {word!r}. Known endings: {', '.join(get_args(CallOutcome))}, answered.")
    return cast("CallOutcome", outcome)


def usual_ring(outcome: CallOutcome) -> int:
    """How long a call that ends like this usually rings, in seconds."""
    return _SHORT_RINGS.get(outcome, RING_SECONDS)


def voicemail_seconds(words: str) -> int:
    """How long it takes to say these words, at least 3 s; 12 s where the words are not known."""
    return max(3, round(len(words.split()) / WORDS_A_SECOND)) if words else DEFAULT_VOICEMAIL_SECONDS


def script(
    outcome: CallOutcome,
    *,
    ring: int,
    talk: int = DEFAULT_TALK_SECONDS,
    words: str = "",
    menu_choice: str | None = None,
) -> Script:
    """The course of a call that rings for `ring` seconds and ends as `outcome`.

    `talk` counts where somebody or something takes the call, `words` where a voicemail is left.
    """
    if outcome in {"answered_human", "answered_ai", "machine"}:
        return _taken(outcome, ring, talk)
    if outcome == "voicemail":
        return _recorded(ring, words)
    result = {"no_answer": "no_answer", "busy": "busy", "failed": "failed"}.get(outcome)
    ended = ending(outcome, rang=ring, menu_choice=menu_choice)
    facts = (Scripted(after=0, kind="ringing"), *_leg(ring, result), Scripted(after=ring, kind="ended", fields=ended))
    return Script(outcome=outcome, facts=facts, ended=ring)


def ending(
    outcome: CallOutcome, *, rang: int, talked: int | None = None, menu_choice: str | None = None
) -> dict[str, Any]:
    """The fields of the fact that a call is over."""
    return {"outcome": outcome, "rang_seconds": rang, "talked_seconds": talked, "menu_choice": menu_choice}


def _taken(outcome: CallOutcome, ring: int, talk: int) -> Script:
    by = {"answered_human": "person", "answered_ai": "ai", "machine": "machine"}[outcome]
    result = "machine" if outcome == "machine" else "answered"
    facts = (
        Scripted(after=0, kind="ringing"),
        *_leg(ring, result),
        Scripted(after=ring, kind="answered", fields={"by": by}),
        Scripted(after=ring + talk, kind="ended", fields=ending(outcome, rang=ring, talked=talk)),
    )
    return Script(outcome=outcome, facts=facts, answered=ring, ended=ring + talk)


def _recorded(ring: int, words: str) -> Script:
    seconds = voicemail_seconds(words)
    over = ring + GREETING_SECONDS + seconds
    facts = (
        Scripted(after=0, kind="ringing"),
        *_leg(ring, "no_answer"),
        *recording(words, seconds=seconds, rang=ring, after=over),
    )
    return Script(outcome="voicemail", facts=facts, voicemail=ring, ended=over)


def recording(words: str, *, seconds: int, rang: int, after: float) -> tuple[Scripted, ...]:
    """The facts of a voicemail that is complete `after` seconds: left, the call over, and its words a little later."""
    left = Scripted(
        after=after, kind="voicemail", fields={"seconds": seconds, "media": f"https://recordings.example/{seconds}.wav"}
    )
    over = Scripted(after=after, kind="ended", fields=ending("voicemail", rang=rang))
    written = Scripted(after=after + TRANSCRIPT_SECONDS, kind="transcript", fields={"text": words})
    return (left, over, written) if words else (left, over)


def _leg(after: float, result: str | None) -> tuple[Scripted, ...]:
    return () if result is None else (Scripted(after=after, kind="leg", fields={"result": result}),)
