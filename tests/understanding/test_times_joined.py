"""Times joined and written in many forms: which instants suit what a customer said.

`joined.txt` holds 1,900 texts by writers who knew only what is asked of the reader; `training.phrases` says how it is
written.
"""

import pytest

from answerback.understanding.when import understand_times
from training.phrases import JOINED, TESTED, Phrase, instant, phrases

MAY_BE_ASKED = [
    "9 or 10pm friday",
    "arreglen el jueves asi que el viernes abrimos",
    "no mornings this week, no afternoons next week",
    "hoy ya no, dejelo para mañana pero q no sea a mediodia",
    "wed thurs or fri, 4 oclock whichever one",
    "early morning on thursday please, like as soon as u open",
    "any time before next tuesday at noon",
    "all of friday is fine, monday just the morning, wednesday from 2",
    "Not this week. Next week, but not before Wednesday",
]


@pytest.mark.parametrize("phrase", list(phrases(JOINED)), ids=lambda phrase: phrase.text)
def test_what_suits_and_what_does_not(phrase: Phrase) -> None:
    said = understand_times(phrase.text, now=phrase.now, zone=phrase.zone, language=phrase.language)
    if phrase.must_be_asked:
        assert said.ask
        return
    words = [*phrase.yes, *phrase.no]
    suits = [word for word in words if said.allows(instant(word, phrase.now))]
    assert (said.ask and not phrase.may_be_asked, suits) == (False, phrase.yes)


def test_which_of_all_tested_texts_may_be_asked_about() -> None:
    """Read right, and doubted by the second reader: the price of its asking sooner."""
    marked = [phrase.text for path in (TESTED, JOINED) for phrase in phrases(path) if phrase.may_be_asked]
    assert marked == MAY_BE_ASKED
