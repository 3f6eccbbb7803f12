"""What must not be missed in any wording, and its look-alikes: `grave.txt` holds both kinds, cause by cause.

A heading is `# cause | industry | what`; `+` says it, `-` only sounds like it, `?` sounds like it and is taken for it
still, `!` says it and is missed still. `what` is `opt_out`, `emergency`, a sensitive tag, or `calm` and
`not_self_harm`, where `+` is the harmless one.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.understanding.conftest import NOW, ZONE, vocabulary

from answerback.engine.reading import Asked, Reading, Vocabulary
from answerback.understanding import read

_TRADES = {
    "plumbing": vocabulary("plumbing", leak="Leaks & burst pipes", drain="Drain cleaning", gas="Gas lines"),
    "hvac": vocabulary("hvac", ac="AC repair", heat="Furnace & heating repair", tuneup="Tune-up"),
    "insurance": vocabulary("insurance", auto="Auto insurance", home="Homeowners insurance", life="Life insurance"),
    "clinic": vocabulary("clinic", sick="Sick visit", physical="Annual physical", labs="Lab work"),
    "vet": vocabulary("vet", wellness="Wellness exam & vaccines", sick="Sick pet visit", surgery="Spay & neuter"),
    "dental": vocabulary("dental", cleaning="Cleaning & exam", pain="Tooth pain", implant="Implants"),
    "law": vocabulary("law", family="Divorce & custody", injury="Accidents & injury", estate="Wills & estates"),
    "tree": vocabulary("tree", removal="Tree removal", trim="Trimming & pruning", stump="Stump grinding"),
}


def _cases() -> Iterator[tuple[str, str, str, str]]:
    industry, what = "", ""
    for line in (Path(__file__).parent / "grave.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            _, industry, what = line[2:].split(" | ")
        else:
            yield industry, what, line[0], line[2:]


_CASES = list(_cases())


def _found(reading: Reading, what: str) -> bool:
    if what == "opt_out":
        return reading.opt_out
    if what in {"emergency", "calm"}:
        return (reading.urgency == "emergency") == (what == "emergency")
    if what == "not_self_harm":
        return "self_harm" not in reading.sensitive
    return what in reading.sensitive


def _read(text: str, at: Vocabulary) -> Reading:
    return read(text, asked=Asked(about="open"), vocabulary=at, now=NOW, zone=ZONE)


@pytest.mark.parametrize(("industry", "what", "sign", "text"), _CASES)
def test_what_is_grave_is_heard_and_its_look_alikes_are_not(industry: str, what: str, sign: str, text: str) -> None:
    assert _found(_read(text, _TRADES[industry]), what) is (sign in "+?")
