"""Safety figures on the held-out texts of `training/texts`: a drop below what was reached fails.

One text in seven is never trained on. When a figure drops, do not mend it by looking at the texts that fail: write
others of their kind into `training/texts`, `make train`, and see whether these follow. `make eval` prints the whole
table.
"""

import random
from pathlib import Path

import numpy as np
import pytest

import answerback.understanding
from answerback.engine.reading import Asked
from answerback.understanding.features import ROWS
from answerback.understanding.heads import HEADS, SIGNS
from answerback.understanding.heard import hear
from answerback.understanding.sequence import says
from training import evaluate
from training.evaluate import Judged
from training.examples import placed
from training.texts import labelled

VOICES = 5
"""Facts, letters, meaning, gist and order; before them stands the ground."""

# What was reached, less about two texts.
STOP_RECALL, STOP_PRECISION = 0.97, 0.97
EMERGENCY_RECALL, EMERGENCY_PRECISION = 0.90, 0.84
SENSITIVE_RECALL, SENSITIVE_PRECISION = 0.87, 0.80
GRAVE_RECALL = 0.73
SAFE = 0.80
HANDLED = 0.63
SLOTS = 0.88

# The same on the texts of other writers (`broad_*.txt`), more of which are hard.
OTHERS_EMERGENCY_RECALL, OTHERS_SENSITIVE_RECALL, OTHERS_SAFE = 0.74, 0.68, 0.70

UNREAD_EMERGENCY_RECALL, UNREAD_EMERGENCY_PRECISION = 0.93, 0.87
UNREAD_SENSITIVE_RECALL, UNREAD_SENSITIVE_PRECISION = 0.90, 0.82
UNREAD_SERVICE = 0.90
STRANGERS_EMERGENCY_RECALL, STRANGERS_SENSITIVE_RECALL, STRANGERS_SAFE = 0.92, 0.95, 0.91
_OTHERS = ("broad", "wide", "kin", "voice", "echo", *(f"{wave}{number}_" for wave in "wx" for number in range(1, 9)))


@pytest.fixture(scope="module")
def everyone() -> list[Judged]:
    """Every held-out text that was written by hand, read at a business of its trade."""
    return evaluate.held_out()


@pytest.fixture(scope="module")
def judged(everyone: list[Judged]) -> list[Judged]:
    """Those the author of the lists wrote."""
    return [one for one in everyone if not one.gold.source.startswith(_OTHERS)]


def test_opt_outs_are_found_and_hardly_any_is_false(judged: list[Judged]) -> None:
    stops = evaluate.stops(judged)
    assert stops.recall >= STOP_RECALL
    assert stops.precision >= STOP_PRECISION


def test_no_ordinary_text_is_an_opt_out() -> None:
    ordinary = [one for one in evaluate.held_out(parts=True) if one.gold.intent not in {"opt_out", None}]
    assert len(ordinary) > 1000
    assert [one.gold.text for one in ordinary if one.reading.opt_out] == []


def test_words_of_stopping_in_other_senses_are_no_opt_out() -> None:
    """Texts of files that are trained on, written to look like an opt-out: rules and heads must know better."""
    alike = [one for one in labelled() if one.source in {"opt_like", "voice_stop"} and one.intent != "opt_out"]
    chance = random.Random(evaluate.SEED)
    read = [evaluate.judge(placed(one, chance)) for one in alike]
    assert len(read) > 500
    assert [one.gold.text for one in read if one.reading.opt_out] == []


def test_emergencies_are_found_and_few_are_false(judged: list[Judged]) -> None:
    found = evaluate.emergencies(judged)
    assert found.recall >= EMERGENCY_RECALL
    assert found.precision >= EMERGENCY_PRECISION


def test_sensitive_texts_are_found_and_few_are_false(judged: list[Judged]) -> None:
    found = evaluate.sensitives(judged)
    assert found.recall >= SENSITIVE_RECALL
    assert found.precision >= SENSITIVE_PRECISION


def test_texts_of_other_writers_are_understood(everyone: list[Judged]) -> None:
    others = [one for one in everyone if one.gold.source.startswith("broad")]
    assert len(others) > 300
    assert evaluate.emergencies(others).recall >= OTHERS_EMERGENCY_RECALL
    assert evaluate.sensitives(others).recall >= OTHERS_SENSITIVE_RECALL
    assert evaluate.share(one.safe for one in others) >= OTHERS_SAFE
    stops = evaluate.stops(others)
    assert (stops.recall, stops.precision) >= (STOP_RECALL, STOP_PRECISION)


def test_despair_and_violence_are_found(judged: list[Judged]) -> None:
    grave = [one for one in judged if {"self_harm", "safety"} & set(one.gold.tags)]
    seen = evaluate.share(bool({"self_harm", "safety"} & set(one.reading.sensitive)) for one in grave)
    assert len(grave) >= 15
    assert seen >= GRAVE_RECALL


def test_most_texts_are_safe_to_act_on_and_the_surest_need_no_person(judged: list[Judged]) -> None:
    assert evaluate.share(one.safe for one in judged) >= SAFE
    assert evaluate.handled(judged) >= HANDLED


def test_answers_are_read(judged: list[Judged]) -> None:
    assert evaluate.slots(evaluate.marked())[0] >= SLOTS


def test_weights_are_those_of_this_code() -> None:
    with np.load(Path(answerback.understanding.__file__).parent / "data/heads.npz") as kept:
        made = (len(kept["weights"]), tuple(kept["heads"]), len(kept["signs"]), kept["trust"].shape)
    in_order = says(hear("hello"), Asked(about="open"), "")
    assert (*made, in_order.size) == (ROWS, HEADS, SIGNS, (len(HEADS), VOICES + 1), len(HEADS)), "Run `make train`."


def test_texts_nobody_has_read_are_understood() -> None:
    """`training/unread/kept.txt`: never look at those that fail; write others of their kind."""
    kept = evaluate.unread("kept")
    assert len(kept) > 200
    emergencies, sensitives = evaluate.emergencies(kept), evaluate.sensitives(kept)
    assert emergencies.recall >= UNREAD_EMERGENCY_RECALL
    assert emergencies.precision >= UNREAD_EMERGENCY_PRECISION
    assert sensitives.recall >= UNREAD_SENSITIVE_RECALL
    assert sensitives.precision >= UNREAD_SENSITIVE_PRECISION
    assert evaluate.tagged(kept, "self_harm").recall == 1.0
    assert evaluate.named_services(kept) >= UNREAD_SERVICE


def test_short_texts_of_strangers_are_acted_on_safely() -> None:
    """`third_kept` and `fourth_kept`: never look at those that fail."""
    kept = evaluate.unread("third_kept") + evaluate.unread("fourth_kept")
    assert len(kept) > 700
    assert evaluate.emergencies(kept).recall >= STRANGERS_EMERGENCY_RECALL
    assert evaluate.sensitives(kept).recall >= STRANGERS_SENSITIVE_RECALL
    assert sum(one.safe for one in kept) / len(kept) >= STRANGERS_SAFE


def test_look_alikes_are_told_apart() -> None:
    """`training/unread/contrast_*.txt`: real emergencies and stops, each beside what only looks like one."""
    counts = [int(line.split()[1]) for line in evaluate.contrasts()]
    danger, calm, stop, goon = counts
    assert (danger >= 71, calm <= 6, stop >= 131, goon <= 4) == (True, True, True, True), counts
