"""The words of stories: what is understood, and what is said where something is not, or does not come true."""

import pytest

from answerback.testing.story import NotUnderstood, Told, forms, play, read
from answerback.testing.story_sentences import understood

BEGINNING = """A story
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am
"""


def test_every_form_in_the_advice_is_understood() -> None:
    plain = [form.replace("[", "").replace("]", "") for form in forms()]
    assert [form for form in plain if understood(form) is None] == []


def test_line_that_is_not_understood_is_named_with_what_could_be_written() -> None:
    with pytest.raises(NotUnderstood) as problem:
        read(BEGINNING + "\nMaria gets nothing\nMaria gets a text\nbla\n", "shop.story")
    said = str(problem.value)
    assert 'shop.story:5: "Maria gets nothing" is not understood.' in said
    assert 'shop.story:7: "bla" is not understood.' in said
    assert "Maria gets no text" in said


def test_empty_story_says_what_to_write() -> None:
    with pytest.raises(NotUnderstood, match="Write a title in the first line"):
        read("# nothing\n\n", "empty.story")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Maria calls, nobody answers", "Who is Maria?"),
        ("It is Friday 10 March 2026, 10:00 am", "10 March 2026 is a Tuesday, not a Friday."),
        ("Bob takes over Maria (+1 512 555 0131)", "Nobody called Bob works at Rivera Plumbing. There: Dana, Luis."),
        ("Maria (+1 512 555 0131) gets a text", "Maria got no text. Nothing was decided about this number."),
        ("the program dies at noon", "When does it die?"),
        ("Dana is paged", "Dana got no text."),
    ],
)
def test_what_does_not_come_true_is_said_with_its_line(database: None, line: str, why: str) -> None:
    played = play(read(BEGINNING + line, "shop.story"))
    assert not played.passed
    assert played.why.startswith(f"shop.story:4: {line}")
    assert why in played.why


def test_transcript_holds_each_line_and_each_text_with_its_time(database: None) -> None:
    told: list[Told] = []
    play(
        read(BEGINNING + "Maria (+1 512 555 0131) calls, nobody answers\nwithin 1 minute Maria gets a text"),
        told.append,
    )
    assert [each.kind for each in told] == ["said", "said", "said", "said", "text"]
    assert f"{told[-1].at:%H:%M:%S}" == "10:00:35"
    assert told[-1].words.startswith("to Maria: ")
