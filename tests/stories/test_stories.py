"""Every `*.story` beside this file is played in a World of its own, as `answerback story FILE` does."""

from pathlib import Path

import pytest

from answerback.testing.story import play, read_file

STORIES = sorted(Path(__file__).parent.glob("*.story"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story_comes_true(path: Path, database: None) -> None:
    played = play(read_file(path))
    assert played.passed, played.why


def test_there_are_at_least_twenty_stories() -> None:
    assert len(STORIES) >= 20
