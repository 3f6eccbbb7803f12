"""When a video goes out: at its moment, behind every guard, once a person, and never where it would be out of place."""

from dataclasses import replace
from datetime import timedelta

import pytest

from answerback.engine.events import AppointmentBooked, TookOver
from answerback.engine.holding_back import is_planned
from answerback.engine.playbook import Send
from answerback.engine.reading import Slots
from answerback.engine.rules import Line, OnHand, Rules
from answerback.engine.videos import is_held_back
from answerback.testing.factories import LINE, MORNING, NIGHT, playbook, rules

SAY = {"en": ("Have a look: {video}",), "es": ("Mire: {video}",)}
OVERVIEW = Send(when="service_known", video="overview", say=SAY)
VIDEOS = (OnHand(id=7, kind="overview", language="en"), OnHand(id=8, kind="what_next", language="en"))


def with_videos(*send: Send, videos: tuple[OnHand, ...] = VIDEOS, **settings: object) -> Rules:
    return replace(rules(book=playbook(send=send or (OVERVIEW,)), **settings), videos=videos)


def asked_what(talk, ours: Rules, now=MORNING):
    """A conversation in which the customer has just said which service it is about."""
    held = talk(rules=ours, now=now)
    held.call()
    held.leave()
    held.says(intent="book", service="drain")
    return held


def reasons(held) -> list[str]:
    return [receipt.why for receipt in held.last.receipts if receipt.rule == "video"]


def test_a_video_follows_once_the_service_is_known_as_a_text_of_its_own(talk):
    held = asked_what(talk, with_videos())
    assert held.said == ["ask"]
    held.leave()
    held.timer("video")
    (text,) = held.texts
    assert (text.purpose, text.text_class, text.video) == ("video", "follow_up", 7)
    assert text.body == "Have a look: {video}"
    assert held.state.videos == (7,)


def test_nothing_is_set_where_the_library_holds_nothing(talk):
    held = asked_what(talk, with_videos(videos=()))
    assert "SetTimer" in held.kinds
    assert [timer.timer for timer in held.of(type(held.effects[0])) if getattr(timer, "timer", "") == "video"] == []


def test_a_persons_language_and_service_choose_the_video(talk):
    mine = (
        *VIDEOS,
        OnHand(id=9, kind="overview", language="en", service="drain"),
        OnHand(id=10, kind="overview", language="en", service="heater"),
        OnHand(id=11, kind="overview", language="es"),
        OnHand(id=12, kind="overview", language="en", service="drain", lines=frozenset({"+15125550999"})),
    )
    held = asked_what(talk, with_videos(videos=mine))
    held.leave()
    held.timer("video")
    assert [text.video for text in held.texts] == [9]


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"urgency": "emergency"}, "calm"),
        ({"sensitive": True}, "calm"),
        ({"paged": 1}, "calm"),
        ({"videos": (7,)}, "once"),
        ({"last_text_at": None}, "after_first_reply"),
        ({"phase": "human"}, "moment"),
        ({"phase": "closed"}, "moment"),
    ],
)
def test_where_it_would_be_out_of_place_nothing_is_sent_and_the_reason_is_kept(talk, changes, guard):
    held = asked_what(talk, with_videos())
    held.leave()
    due = next(each for each in held.effects if getattr(each, "timer", "") == "video")
    held.case = replace(held.case, state=replace(held.case.state, **changes))
    held.last = replace(held.last, effects=(due,))
    held.timer("video")
    assert (held.said, held.why_not) == ([], [guard])


@pytest.mark.parametrize(
    ("contact", "guard"), [({"suppressed": True}, "suppressed"), ({"untextable": "x"}, "textable")]
)
def test_every_guard_of_a_text_holds_for_a_video_too(talk, contact, guard):
    held = asked_what(talk, with_videos())
    held.leave()
    held.case = replace(held.case, contact=replace(held.case.contact, **contact))
    held.timer("video")
    assert (held.said, held.why_not) == ([], [guard])


def test_a_video_somebody_got_in_an_earlier_conversation_is_not_sent_again(talk):
    held = asked_what(talk, with_videos())
    held.leave()
    held.case = replace(held.case, contact=replace(held.case.contact, videos=frozenset({7})))
    held.timer("video")
    assert reasons(held) == ["No video was sent. They got this video before."]


def test_a_video_is_counted_in_the_caps(talk):
    held = asked_what(talk, with_videos(unanswered_per_day=1))
    held.leave()
    held.timer("video")
    assert (held.said, held.why_not) == ([], ["unanswered"])


def test_at_night_a_video_waits_for_the_hours(talk):
    held = asked_what(talk, with_videos(), now=NIGHT)
    held.leave()
    held.timer("video")
    assert held.said == []
    waits = next(each for each in held.effects if getattr(each, "timer", "") == "video")
    assert waits.due_at > held.now + timedelta(hours=2)


def test_once_a_person_has_the_conversation_no_video_goes_out(talk):
    held = asked_what(talk, with_videos())
    due = next(each for each in held.effects if getattr(each, "timer", "") == "video")
    held.happen(TookOver(at=held.now, member="Dana"))
    held.last = replace(held.last, effects=(due,))
    held.timer("video")
    assert (held.said, held.why_not) == ([], ["moment"])


def booking(at, days=3):
    return AppointmentBooked(
        at=at, appointment="a1", starts_at=at + timedelta(days=days), service="drain", by="customer"
    )


def test_after_booking_it_says_what_happens_next_and_before_the_visit_once_more(talk):
    both = (
        Send(when="booked", video="what_next", say=SAY),
        Send(when="before_visit", video="overview", after="5h", say=SAY),
    )
    held = asked_what(talk, with_videos(*both))
    held.leave()
    held.happen(booking(held.now))
    timers = [
        (each.ref.partition(":")[0], each.due_at - held.now)
        for each in held.effects
        if getattr(each, "timer", "") == "video"
    ]
    assert timers == [("0", timedelta(minutes=1)), ("1", timedelta(days=3, hours=-5))]
    first = next(each for each in held.effects if getattr(each, "timer", "") == "video")
    held.leave()
    held.last = replace(held.last, effects=(first,))
    held.timer("video")
    assert [text.video for text in held.texts] == [8]


def test_while_an_offer_waits_for_an_answer_a_video_comes_and_not_once_they_booked(talk):
    for answered in (False, True):
        held = asked_what(talk, with_videos(Send(when="thinking", video="overview", say=SAY)))
        held.leave()
        for told in (Slots(city="Austin"), Slots(contact_pref="link")):
            held.says(intent="answer", urgency="soon", slots=told)
            held.leave()
        assert held.state.phase == "offered"
        due = next(each for each in held.effects if getattr(each, "timer", "") == "video")
        assert due.due_at - held.now == timedelta(hours=3)
        held.leave()
        if answered:
            held.happen(booking(held.now))
            held.leave()
        assert is_planned(held.rules.playbook, held.state, "video", due.ref) is not answered
        held.last = replace(held.last, effects=(due,))
        held.timer("video")
        assert [text.video for text in held.texts] == ([] if answered else [7])


def test_some_are_held_back_for_comparison_always_the_same_ones():
    rule = replace(OVERVIEW, hold_out=20)
    held = [key for key in map(str, range(1000)) if is_held_back(key, rule)]
    assert 150 < len(held) < 250
    assert held == [key for key in map(str, range(1000)) if is_held_back(key, rule)]
    assert not any(is_held_back(str(key), OVERVIEW) for key in range(1000))


@pytest.mark.parametrize(
    ("attach", "small", "media", "attached"),
    [
        ("nothing", True, True, ""),
        ("picture", True, True, "poster.jpg"),
        ("video", False, True, "poster.jpg"),
        ("video", True, True, "video.mp4"),
        ("video", True, False, ""),
    ],
)
def test_a_picture_or_a_small_video_goes_along_where_the_line_can_send_it(talk, attach, small, media, attached):
    ours = with_videos(replace(OVERVIEW, attach=attach), videos=(replace(VIDEOS[0], small=small),))
    lines = {LINE: Line(number=LINE, media=media)}
    held = asked_what(talk, replace(ours, business=replace(ours.business, lines=lines)))
    held.leave()
    held.timer("video")
    assert [text.attached for text in held.texts] == [attached]
