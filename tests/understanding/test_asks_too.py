"""A question that rides on an answer is heard beside it; a question alone, or what only sounds like one, is not."""

import pytest
from tests.understanding.conftest import ReadingOf

from answerback.engine.reading import AskedAbout

RIDES: list[tuple[AskedAbout, str]] = [
    ("urgent", "no it can wait. do you guys take credit cards?"),
    ("urgent", "not urgent but how much is a visit"),
    ("time", "friday morning works, is there a trip fee?"),
    ("location", "estoy en Austin, cuánto cobran"),
    ("menu", "2 and do u take venmo"),
    ("contact_pref", "text is fine. how long does it take usually?"),
]
ALONE: list[tuple[AskedAbout, str]] = [
    ("open", "how much do you charge?"),
    ("time", "friday at 3?"),
    ("location", "Austin"),
    ("urgent", "it can wait, take your time"),
    ("time", "cuando puedan, el jueves"),
    ("open", "how much longer till the plumber comes, he is an hour late"),
]


@pytest.mark.parametrize(("asked", "text"), RIDES)
def test_question_along_with_an_answer_is_heard(reading_of: ReadingOf, asked: AskedAbout, text: str) -> None:
    assert reading_of(text, asked).asks_too


@pytest.mark.parametrize(("asked", "text"), ALONE)
def test_question_alone_or_none_rides_on_nothing(reading_of: ReadingOf, asked: AskedAbout, text: str) -> None:
    assert not reading_of(text, asked).asks_too
