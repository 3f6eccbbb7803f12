"""Tries a playbook out: what would be said to a customer who writes this. Nothing is sent and nothing is kept.

The same `decide` and the same reader as in a real conversation; the pretend business is open, on a Tuesday morning.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from answerback.engine.play import MORNING, tried
from answerback.engine.playbook import Playbook
from answerback.engine.reading import Asked, Reading
from answerback.engine.rehearsal import Line
from answerback.engine.rules import vocabulary
from answerback.engine.state import State
from answerback.understanding import read

ZONE = ZoneInfo("America/Chicago")


def rehearse(playbook: Playbook, business: str, texts: Sequence[str]) -> tuple[Line, ...]:
    """The conversation after a missed call in which the customer writes these texts."""
    words = vocabulary(playbook)

    def understand(text: str, state: State) -> Reading:
        return read(text, asked=_asked(playbook, state), vocabulary=words, now=MORNING, zone=ZONE)

    return tried(playbook, texts, business, understand)


def _asked(playbook: Playbook, state: State) -> Asked:
    learn = playbook.slot(state.asked)
    if learn is None:
        return Asked(about=state.asked_about)
    choices = learn.choices.get(state.language) or next(iter(learn.choices.values()), ())
    return Asked(about=state.asked_about, question=next(iter(learn.ask.get(state.language, ())), ""), choices=choices)
