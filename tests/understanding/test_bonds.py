"""Bonds: what texts taught of customers' words and the words in names of services."""

from answerback.engine.reading import ServiceWords, Vocabulary
from answerback.understanding.bonds import marks, named, roots, speaking
from answerback.understanding.heard import hear
from answerback.understanding.leaning import leaning

_HOUSE = Vocabulary(
    industry="anything",
    services=(
        ServiceWords(id="drain", names=("Drain cleaning", "Desagües")),
        ServiceWords(id="heater", names=("Water heater repair",)),
        ServiceWords(id="gate", names=("Zzyzx",)),
    ),
)


def test_words_are_looked_up_by_stem_and_by_how_they_begin() -> None:
    assert marks("clogged") == ("clog",)
    assert marks("toilets") == ("toilet", "^toil")


def test_names_are_their_stems_without_short_words() -> None:
    assert roots("Repair of a water-heater") == ("heat", "repair", "wat")


def test_every_name_speaks_for_its_service() -> None:
    assert named(_HOUSE) == (
        ("drain", "Drain cleaning"),
        ("drain", "Desagües"),
        ("heater", "Water heater repair"),
        ("gate", "Zzyzx"),
    )


def test_a_word_texts_showed_with_a_name_speaks_for_it_and_against_the_others() -> None:
    hot = dict(speaking(_HOUSE)["hot"])
    others = max((weight for place, weight in hot.items() if place != 2), default=0.0)
    assert hot[2] > 0.2
    assert others < -0.2
    assert all(place != 3 for places in speaking(_HOUSE).values() for place, _ in places)


def test_it_finds_what_no_list_names() -> None:
    found = leaning(hear("shower is ice cold since this morning"), _HOUSE)
    assert found is not None
    assert (found.service, found.close) == ("heater", True)
