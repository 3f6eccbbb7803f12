"""Postal codes and towns: which there are, in which zone, and where a text names one."""

import pytest
from tests.understanding.conftest import ReadingOf

from answerback.understanding import towns


def test_a_code_is_known_with_its_town_and_zone() -> None:
    assert towns.is_code("78704")
    assert (towns.town_of("78704-1234"), towns.zone_of("78704")) == ("Austin", "America/Chicago")
    assert towns.zone_of("79901") == "America/Denver"  # El Paso lies in another zone than the rest of its state
    assert (towns.town_of("00000"), towns.zone_of("99999")) == (None, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("clogged drain, 61820", "61820"),
        ("order 00482 has not come", None),
        ("my ticket is 99998, any news", None),
    ],
)
def test_unasked_five_digits_are_a_code_only_where_there_is_one(
    reading_of: ReadingOf, text: str, code: str | None
) -> None:
    assert reading_of(text).slots.zip == code


def test_asked_for_the_place_any_five_digits_are_an_answer(reading_of: ReadingOf) -> None:
    assert reading_of("99998", "location").slots.zip == "99998"


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("im in pflugerville, need a drain cleaned", "pflugerville"),
        ("clogged drain, we live in san antonio", "san antonio"),
        ("water everywhere im in trouble", None),
        ("the drain is clogged in hurry please", None),
        ("stuck in accident", None),
    ],
)
def test_a_town_written_small_is_one_there_is_and_no_everyday_word(
    reading_of: ReadingOf, text: str, town: str | None
) -> None:
    assert reading_of(text).slots.city == town
