"""The voice that reads a text's words in their order."""

import numpy as np
import pytest

from answerback.engine.reading import Asked
from answerback.understanding.heads import HEADS
from answerback.understanding.heard import hear
from answerback.understanding.sequence import MOST_LISTS, says, sight

OPEN = Asked(about="open")


def _said(text: str) -> dict[str, float]:
    return dict(zip(HEADS, says(hear(text), OPEN, "").tolist(), strict=True))


def test_the_same_words_in_another_order_say_something_else() -> None:
    gone, here = "he is gone, the water is off", "the water is gone, he is off"
    assert sorted(hear(gone).texts) == sorted(hear(here).texts)
    assert _said(gone) != _said(here)


def test_a_text_without_a_word_says_nothing() -> None:
    assert not np.any(says(hear(""), OPEN, ""))


def test_lists_stand_at_the_words_they_speak_of_and_tell_what_is_denied_or_supposed() -> None:
    plain, denied, supposed = (
        sight(hear(text), OPEN, "") for text in ("thanks, i smell gas", "there is no gas smell", "what if i smell gas")
    )
    assert "hazards.gas" in plain.lists[plain.words.index("gas")]
    assert "hazards.gas" not in plain.lists[plain.words.index("thanks")]
    assert "hazards.gas denied" in denied.lists[denied.words.index("gas")]
    assert "hazards.gas supposed" in supposed.lists[supposed.words.index("gas")]


def test_of_many_lists_at_one_word_a_few_are_looked_at() -> None:
    seen = sight(hear("i smell gas and my chest hurts, please stop and call me asap"), OPEN, "")
    assert max(map(len, seen.lists)) <= MOST_LISTS
    assert len(seen.lists) == len(seen.words)


@pytest.mark.parametrize("text", ["no " * 500, "🙏", "qwzx", "78704", "¿?"])
def test_whatever_comes_is_judged(text: str) -> None:
    assert np.isfinite(says(hear(text), OPEN, "")).all()


def test_a_question_or_a_trade_it_never_met_is_judged_all_the_same() -> None:
    assert np.isfinite(says(hear("hello"), OPEN, "unheard of")).all()
