"""Storyboards: blanks nobody set are left out, scenes stand as long as they are read, captions follow what is said."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.in_spanish import english_in

from answerback.engine.storyboard import (
    CUE_FITS,
    LONGEST,
    SHORTEST,
    Scene,
    Storyboard,
    cues,
    faults,
    filled,
    lengths,
    webvtt,
)

SHORT = Storyboard(title="What happens next", scenes=(Scene(heading="We come"), Scene(heading="You decide", say="Yes")))


def test_what_the_business_never_set_is_left_out_line_by_line_and_scene_by_scene() -> None:
    template = Storyboard(
        title="About {service}",
        scenes=(
            Scene(heading="{business}", lines=("In {area}", "Call {phone}"), say="We serve {area}."),
            Scene(heading="What it costs", lines=("{price}",)),
            Scene(heading="Hello"),
        ),
    )
    assert filled(template, {"business": "Rivera Plumbing", "phone": "(512) 555-0199"}) == Storyboard(
        title="About",
        scenes=(Scene(heading="Rivera Plumbing", lines=("Call (512) 555-0199",)), Scene(heading="Hello")),
    )


def test_a_scene_stands_as_long_as_it_takes_to_read_or_to_say() -> None:
    read = Storyboard(title="t", scenes=tuple(Scene(heading="x" * 45, lines=("y" * 45,)) for _ in range(3)))
    assert lengths(read) == (7.3, 7.3, 7.3)
    voiced = replace(read, scenes=(replace(read.scenes[0], voice="voice-1", voice_seconds=8.0), *read.scenes[1:]))
    assert lengths(voiced) == (8.6, 7.3, 7.3)


def test_a_video_is_never_shorter_than_anybody_can_follow() -> None:
    assert sum(lengths(SHORT)) == SHORTEST


def test_what_keeps_a_video_from_being_made_says_where_and_what_to_do() -> None:
    long = Storyboard(
        title=" ",
        scenes=tuple(Scene(heading="", lines=("x" * 90,), say="y" * 140, seconds=14) for _ in range(4)),
    )
    assert english_in(*(words for fault in faults(long) for words in (fault.says, fault.fix))) == []
    assert [(fault.where, fault.says) for fault in faults(long)][:4] == [
        ("title", "The video has no title."),
        ("scenes", f"It would last 56 seconds; most people have gone after {LONGEST:.0f}."),
        ("scene 1", "It has no heading."),
        ("scene 1", "Its line has 90 characters and cannot be read in time."),
    ]
    assert [fault.where for fault in faults(Storyboard(title="Empty"))] == ["scenes"]


@pytest.mark.parametrize(
    "said", ["We are there in 30 minutes", "20% off this week", "A visit costs $89", "We are on our way to you"]
)
def test_a_promise_to_everybody_who_watches_is_pointed_out_and_is_the_owners_choice(said: str) -> None:
    found = faults(replace(SHORT, scenes=(Scene(heading="We come", say=said), SHORT.scenes[1])))
    assert {fault.stops for fault in found} == {False}


def test_captions_stand_while_their_scene_does() -> None:
    said = "We look at the problem first and tell you the price. Nothing is done before you say yes to it."
    storyboard = replace(
        SHORT, scenes=(Scene(heading="Hello", seconds=8), Scene(heading="First", say=said, seconds=10))
    )
    found = cues(storyboard)
    assert (found[0].start, found[-1].end) == (8.0, 18.0)
    assert " ".join(cue.text.replace("\n", " ") for cue in found) == said


def test_captions_beside_the_video_are_webvtt() -> None:
    assert webvtt(cues(replace(SHORT, scenes=(Scene(heading="Hi", say="Tom & <you>", seconds=15),)))) == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:15.000\nTom &amp; &lt;you&gt;\n"
    )


@given(st.text(alphabet="abc é,.", max_size=160))
def test_captions_lose_no_word_and_are_never_wider_than_can_be_read(said: str) -> None:
    found = cues(Storyboard(title="t", scenes=(Scene(heading="h", say=said),)))
    assert " ".join(cue.text for cue in found).split() == said.split()
    widest = max((len(word) for word in said.split()), default=0)
    assert all(len(line) <= max(2 * CUE_FITS - 6, widest) for cue in found for line in cue.text.split("\n"))
