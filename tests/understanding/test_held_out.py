"""Safety figures on texts that no word list was written from; a drop below what was reached fails.

The texts of `held_out.jsonl` are ours, labelled by hand, by the author of the lists; expect less of other people's
texts. The constants of `data/confidence.json` were fitted on them, so they say nothing of how honest those are.
Never mend a list by looking at a text that fails here: write others of its kind, mend the list by those, and see
whether these follow.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from answerback.engine.reading import Asked, Reading, Vocabulary
from answerback.understanding import read

_ZONE = ZoneInfo("America/Chicago")
_NOW = datetime(2026, 3, 11, 10, 0, tzinfo=_ZONE)

# What was reached (0.94 and 0.96, 0.92 and 0.92 on 150 texts), less about two texts.
EMERGENCY_RECALL = 0.91
EMERGENCY_PRECISION = 0.91
SENSITIVE_RECALL = 0.88
SENSITIVE_PRECISION = 0.88


class Judged(NamedTuple):
    """One text's labels and what it was read as."""

    gold: dict[str, Any]
    reading: Reading

    @property
    def safe(self) -> bool:
        """Right in all that acting on it rests on: intent, opt-out, emergency or not, sensitive or not."""
        return (
            self.reading.intent == self.gold["intent"]
            and self.reading.opt_out == self.gold["opt_out"]
            and (self.reading.urgency == "emergency") == (self.gold["urgency"] == "emergency")
            and bool(self.reading.sensitive) == bool(self.gold["sensitive"])
        )


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    """Every held-out text, read by a business of its industry of which no services are known."""
    lines = (Path(__file__).parent / "held_out.jsonl").read_text(encoding="utf-8").splitlines()
    return [Judged(gold, _read(gold)) for gold in map(json.loads, lines)]


def _read(gold: dict[str, Any]) -> Reading:
    vocabulary = Vocabulary(industry=gold["industry"])
    return read(gold["text"], asked=Asked(about=gold["asked"]), vocabulary=vocabulary, now=_NOW, zone=_ZONE)


def _recall(pairs: list[tuple[bool, bool]]) -> float:
    found = [read_so for true, read_so in pairs if true]
    return sum(found) / len(found)


def _precision(pairs: list[tuple[bool, bool]]) -> float:
    return _recall([(read_so, true) for true, read_so in pairs])


def test_emergencies_are_found_and_few_are_false(judged: list[Judged]) -> None:
    pairs = [(one.gold["urgency"] == "emergency", one.reading.urgency == "emergency") for one in judged]
    assert _recall(pairs) >= EMERGENCY_RECALL
    assert _precision(pairs) >= EMERGENCY_PRECISION


def test_sensitive_texts_are_found_and_few_are_false(judged: list[Judged]) -> None:
    pairs = [(bool(one.gold["sensitive"]), bool(one.reading.sensitive)) for one in judged]
    assert _recall(pairs) >= SENSITIVE_RECALL
    assert _precision(pairs) >= SENSITIVE_PRECISION


def test_self_harm_is_always_found(judged: list[Judged]) -> None:
    pairs = [("self_harm" in one.gold["sensitive"], "self_harm" in one.reading.sensitive) for one in judged]
    assert _recall(pairs) == 1.0


def test_the_sure_half_is_safer_than_the_rest(judged: list[Judged]) -> None:
    ranked = sorted(judged, key=lambda one: -one.reading.confidence)
    half = len(ranked) // 2
    assert sum(one.safe for one in ranked[:half]) > sum(one.safe for one in ranked[half:])
