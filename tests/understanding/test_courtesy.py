"""A danger told calmly beside a wish for a day is heard; a wish alone, or what says that all is well, adds none."""

from typing import Any

import pytest

from answerback.understanding.courtesy import without_courtesy

ReadingOf = Any


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("gas leak, can someone come next week", "gas leak,"),
        (
            "Hi there! Pipe broke, water runs out of the outlets. Any appointments on Saturday?",
            "Pipe broke, water runs out of the outlets.",
        ),
        ("huele a gas en la cocina. ¿pueden venir el viernes?", "huele a gas en la cocina."),
        ("sale agua por la pared, cita el sábado?", "sale agua por la pared,"),
        ("sale agua por la pared, el miércoles", "sale agua por la pared,"),
        ("can you come friday", None),
        ("the disposal hums", None),
        ("not urgent, the disposal hums", None),
    ],
)
def test_what_only_wishes_is_left_out(text: str, told: str | None) -> None:
    assert without_courtesy(text) == told


@pytest.mark.parametrize(
    ("urgency", "text"),
    [
        ("emergency", "gas leak, can someone come next week"),
        ("emergency", "Our dog ate a pack of xylitol gum and is wobbling. Do you have a wellness slot on Friday?"),
        ("emergency", "stuck in a snowbank since last night and can't feel my toes. Whenever you get a chance"),
        ("can_wait", "gas line for the new stove, can someone come next week"),
        ("can_wait", "our yard floods when it rains, could you come by next thursday"),
    ],
)
def test_a_polite_wish_hides_no_danger(reading_of: ReadingOf, urgency: str, text: str) -> None:
    assert reading_of(text).urgency == urgency


def test_what_was_added_is_said(reading_of: ReadingOf) -> None:
    assert "a danger told calmly, beside a wish for a time" in reading_of("gas leak, any openings next week?").evidence


@pytest.mark.parametrize(
    ("stops", "text"),
    [
        (False, "how do i opt out of the maintenance contract"),
        (False, "can i opt out of auto renewal"),
        (False, "please opt me out of the extended warranty you added, the rest of the order stands"),
        (True, "i want to opt out of these texts"),
        (True, "opt out of this program"),
    ],
)
def test_who_opts_out_of_a_plan_still_wants_texts(reading_of: ReadingOf, text: str, *, stops: bool) -> None:
    assert reading_of(text).opt_out == stops
