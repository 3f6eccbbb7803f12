"""Counting SMS parts, at the edges of every alphabet."""

import pytest

from answerback.engine.segments import outside_gsm7, segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 153, 3),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("á" * 134, 2),
        ("á" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("¿Qué ñ à ù ò ì ¡Ö", 1),
    ],
)
def test_parts_of_a_text(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_an_escape_is_never_parted() -> None:
    # 152 + an escaped character fill one part of 153 to 152: the pair moves to the next part as a whole.
    assert segments("a" * 152 + "[" + "a" * 152) == 3


def test_dear_characters_are_named_once_in_order() -> None:
    assert outside_gsm7("Sí, aquí está: é ñ ¿? “x”") == ("í", "á", "“", "”")
