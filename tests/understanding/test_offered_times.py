"""What people answer to times offered to them: which of these suit, and what must be asked.

`offered.txt` holds the answers: `offered NOW TIMES` sets the wall clock and the times offered for the lines under it,
`TEXT | ANSWER` says which of them suit by their number, `all`, `none of them`, or `?` where it must be asked; `es`
behind it: Spanish; `~` ahead of it: it may be asked. Instants behind a second `|` suit as well, or with `!` do not.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.engine.times import Times
from answerback.understanding.when import understand_times
from training.phrases import ZONE, instant

ANSWERS = Path(__file__).parent / "offered.txt"


class Answer(NamedTuple):
    """A text, the times offered, and what of them suits."""

    text: str
    now: datetime
    offered: tuple[datetime, ...]
    suits: str
    language: str
    yes: list[datetime]
    no: list[datetime]
    may_be_asked: bool


def answers() -> Iterator[Answer]:
    now, offered = datetime(2026, 1, 1, tzinfo=ZONE), ()
    for line in ANSWERS.read_text(encoding="utf-8").splitlines():
        if line.startswith("offered "):
            _, clock, *times = line.split()
            now = datetime.fromisoformat(clock).replace(tzinfo=ZONE)
            offered = tuple(instant(each, now) for each in times)
        elif line.strip():
            text, told, *more = (part.strip() for part in line.split("|"))
            suits = told.removeprefix("~").strip()
            words = " ".join(more).split()
            yield Answer(
                text,
                now,
                offered,
                suits.removesuffix(" es"),
                "es" if suits.endswith(" es") else "en",
                [instant(word, now) for word in words if word[0] != "!"],
                [instant(word[1:], now) for word in words if word[0] == "!"],
                told.startswith("~"),
            )


def _said(answer: Answer) -> Times:
    return understand_times(answer.text, now=answer.now, zone=ZONE, language=answer.language, menu=answer.offered)


@pytest.mark.parametrize("answer", list(answers()), ids=lambda answer: answer.text)
def test_answer(answer: Answer) -> None:
    times = _said(answer)
    suiting = [str(place) for place, at in enumerate(answer.offered, start=1) if times.allows(at)]
    told = {len(answer.offered): "all", 0: "none of them"}.get(len(suiting), " ".join(suiting))
    if answer.suits == "?":
        assert times.ask
    else:
        every = " ".join(str(place) for place, _ in enumerate(answer.offered, start=1))
        wanted = "all" if answer.suits == every else answer.suits
        assert (times.ask and not answer.may_be_asked, told) == (False, wanted), times
        assert [at for at in (*answer.yes, *answer.no) if times.allows(at)] == answer.yes


def test_which_answers_may_be_asked_about() -> None:
    """Read right, and doubted by the second reader: the price of its asking sooner."""
    assert [answer.text for answer in answers() if answer.may_be_asked] == [
        "next week is too late, we have no heat here. can someone come asap",
        "¿No tiene algo este viernes por la tarde?",
        "out of town thru sunday",
    ]


OFFERED = tuple(datetime(2026, 10, day, hour, tzinfo=ZONE) for day, hour in ((29, 11), (30, 13), (31, 15)))
NOW = datetime(2026, 10, 28, 10, 20, tzinfo=ZONE)
PLACES = (
    ("the first one", "the second one", "the third one"),
    ("option 1", "option 2", "option 3"),
    ("#1", "#2", "#3"),
    ("option a", "option b", "option c"),
    ("la primera", "la segunda", "la tercera"),
    ("thursday", "friday", "saturday"),
)


@given(st.sampled_from(PLACES), st.integers(0, 2), st.sampled_from(("not {}", "{} doesn't work", "cant do {}")))
def test_what_is_refused_is_never_taken(places: tuple[str, ...], refused: int, words: str) -> None:
    times = understand_times(words.format(places[refused]), now=NOW, zone=ZONE, menu=OFFERED)
    assert not times.allows(OFFERED[refused])
    assert times.chosen is None


@given(
    st.sampled_from(PLACES[:5]),
    st.permutations([0, 1, 2]),
    st.sampled_from(("not {}, {}", "{} doesn't work but {} does", "{}. sorry i meant {}")),
)
def test_what_stands_in_for_another_is_taken(places: tuple[str, ...], order: list[int], words: str) -> None:
    text = words.format(places[order[0]], places[order[1]])
    times = understand_times(text, now=NOW, zone=ZONE, menu=OFFERED)
    assert (times.option, times.ask) == (str(order[1] + 1), False), text


@pytest.mark.parametrize(
    "text",
    [
        "is the first visit free?",
        "the last one broke",
        "the middle one is cracked",
        "last one i had was rusty",
        "my second bathroom leaks too",
        "the first time you came it was fine",
        "first, how much is it?",
        "no good deed lol",
        "any other times",
        "all 3 units",
        "neither of us is home",
        "la ultima vez me cobraron 80",
    ],
)
def test_what_tells_of_other_things_chooses_and_refuses_nothing(text: str) -> None:
    times = understand_times(text, now=NOW, zone=ZONE, menu=OFFERED)
    assert times.chosen is None
    assert not times.never


@pytest.mark.parametrize(
    ("text", "suiting"),
    [("1 and 2 dont work", [2]), ("the first and second dont work for me", [2]), ("not 1 or 2", [2])],
)
def test_a_refusal_holds_for_all_it_names(text: str, suiting: list[int]) -> None:
    times = understand_times(text, now=NOW, zone=ZONE, menu=OFFERED)
    assert [place for place, at in enumerate(OFFERED) if times.allows(at)] == suiting
