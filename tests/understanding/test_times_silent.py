"""Texts that say nothing of when are told from their words alone; no text that says something may be."""

import pytest

from answerback.understanding.names import unsigned
from answerback.understanding.when.silent import is_silent
from answerback.understanding.when.tokens import tokens
from training.phrases import JOINED, TESTED, phrases


def _is_silent(text: str) -> bool:
    return is_silent(tokens(unsigned(text)))


@pytest.mark.parametrize(
    "text",
    [
        "the drain is backed up and water is on the floor",
        "u guys towed my car by mistake",
        "not interested, thanks",
        "el baño esta tirando agua por el techo",
        "1204 Elm St, it's the yellow house",
    ],
)
def test_nothing_is_said_of_when(text: str) -> None:
    assert _is_silent(text)


@pytest.mark.parametrize(
    "text", ["when the rain stops", "wide open", "cuando me paguen", "right after work", "not before the wedding"]
)
def test_what_waits_or_bounds_is_read_on(text: str) -> None:
    assert not _is_silent(text)


def test_no_phrase_that_bounds_or_must_be_asked_is_silent() -> None:
    tested = [phrase for path in (TESTED, JOINED) for phrase in phrases(path)]
    speaking = [each.text for each in tested if each.must_be_asked or (each.no and not each.says_nothing)]
    assert [text for text in speaking if _is_silent(text)] == []
    assert len(speaking) > 2_000
