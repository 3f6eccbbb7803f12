"""`make eval LABELS=file`: a business's corrections are read, scored, and those read wrongly named."""

import json
from pathlib import Path
from typing import Any

import pytest

from training.evaluate import BadLabels, corrected, told


def line(**changes: Any) -> str:
    label = {
        "id": "b1-7", "text": "my sink is leaking", "industry": "plumbing", "asked": "open", "intent": "book",
        "urgency": "soon", "sensitive": [], "opt_out": False,
    }  # fmt: skip
    return json.dumps(label | changes)


def test_corrections_are_scored_and_what_is_read_wrongly_is_named(tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    rows = [
        line(),
        line(text="We can get you 50 exclusive plumbing leads a month", intent="spam", urgency="unknown"),
        line(text="how much do you charge", industry="our_own_trade", intent="cancel", urgency="unknown"),
    ]
    file.write_text("\n".join([*rows, ""]))
    said = told(corrected(file))
    assert said[0] == "3 corrected texts: intent right in 2, safe to act on in 2"
    assert [each for each in said[1:] if "how much" not in each] == []
    assert said[1].startswith("  'how much do you charge' (asked: open) means cancel, unknown; read as question")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{", "line 1: Expecting property name"),
        (line(intent="nonsense"), "line 1: there is no intent 'nonsense'"),
        ('{"text": "a"}', "line 1: 'intent' is missing"),
        ("7", "line 1: "),
    ],
)
def test_what_is_no_correction_is_said_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    file = tmp_path / "corrections.jsonl"
    file.write_text(row)
    with pytest.raises(BadLabels, match=said):
        corrected(file)


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadLabels, match="cannot be read"):
        corrected(tmp_path / "none.jsonl")
