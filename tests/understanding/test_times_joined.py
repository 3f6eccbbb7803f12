"""Times joined and written in many forms: which instants suit what a customer said.

`joined.txt` holds 1,900 texts by writers who knew only what is asked of the reader: `now CLOCK ZONE LANGUAGE` sets the
wall clock for the lines under it, `TEXT | INSTANTS` says which suit and, with `!`, which do not; `?` that it must be
asked. An instant is of the month or the year of the clock where it does not name them.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from answerback.understanding.when import understand_times
from training.phrases import instant

TEXTS = Path(__file__).parent / "joined.txt"


class Told(NamedTuple):
    """A text, when and where it was written, and the instants it is held against."""

    text: str
    now: datetime
    language: str
    instants: str


def told() -> Iterator[Told]:
    now, language = datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC")), "en"
    for line in TEXTS.read_text(encoding="utf-8").splitlines():
        if line.startswith("now "):
            _, clock, zone, language = line.split()
            now = datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(zone))
        elif line.strip() and not line.startswith("#"):
            text, instants = (part.strip() for part in line.rsplit("|", 1))
            yield Told(text, now, language, instants)


@pytest.mark.parametrize("each", list(told()), ids=lambda each: each.text)
def test_what_suits_and_what_does_not(each: Told) -> None:
    zone = each.now.tzinfo
    assert isinstance(zone, ZoneInfo)
    said = understand_times(each.text, now=each.now, zone=zone, language=each.language)
    if each.instants == "?":
        assert said.ask
        return
    words = each.instants.split()
    suits = {word: word[0] != "!" for word in words}
    at = {word: instant(word.removeprefix("!"), each.now).replace(tzinfo=zone) for word in words}
    assert (said.ask, {word: said.allows(at[word]) for word in words}) == (False, suits)
