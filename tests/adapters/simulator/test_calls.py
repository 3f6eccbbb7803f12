"""What the pretend phone system reports of a call."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from tests.adapters.simulator.conftest import LINE, MARIA, START, Side

from answerback.adapters.simulator import pump
from answerback.engine.events import (
    CallAnswered,
    CalledBack,
    CallEnded,
    CallRang,
    LegEnded,
    VoicemailLeft,
    VoicemailTranscribed,
)
from answerback.ports.phone import WITHHELD, Happened


@dataclass(frozen=True)
class Seen:
    """A fact with its second after the first ring, for short comparisons."""

    second: float
    event: type
    says: object = None


def seen(side: Side) -> list[Seen]:
    found = []
    for fact in side.heard:
        assert isinstance(fact, Happened)
        says = {
            LegEnded: lambda e: e.result,
            CallAnswered: lambda e: e.by,
            CallEnded: lambda e: (e.outcome, e.rang_seconds, e.talked_seconds),
            VoicemailLeft: lambda e: e.seconds,
            VoicemailTranscribed: lambda e: e.text,
            CalledBack: lambda e: e.talked,
        }.get(type(fact.event), lambda _: None)(fact.event)
        found.append(Seen((fact.event.at - START).total_seconds(), type(fact.event), says))
    return found


@pytest.mark.parametrize(
    ("outcome", "facts"),
    [
        (
            "no-answer",
            [Seen(0, CallRang), Seen(20, LegEnded, "no_answer"), Seen(20, CallEnded, ("no_answer", 20, None))],
        ),
        ("busy", [Seen(0, CallRang), Seen(1, LegEnded, "busy"), Seen(1, CallEnded, ("busy", 1, None))]),
        ("failed", [Seen(0, CallRang), Seen(2, LegEnded, "failed"), Seen(2, CallEnded, ("failed", 2, None))]),
        ("abandoned", [Seen(0, CallRang), Seen(20, CallEnded, ("abandoned", 20, None))]),
        ("after_hours", [Seen(0, CallRang), Seen(8, CallEnded, ("after_hours", 8, None))]),
        ("blocked", [Seen(0, CallRang), Seen(0, CallEnded, ("blocked", 0, None))]),
        ("unknown", [Seen(0, CallRang), Seen(20, CallEnded, ("unknown", 20, None))]),
        (
            "answered",
            [
                Seen(0, CallRang),
                Seen(20, LegEnded, "answered"),
                Seen(20, CallAnswered, "person"),
                Seen(80, CallEnded, ("answered_human", 20, 60)),
            ],
        ),
        (
            "machine",
            [
                Seen(0, CallRang),
                Seen(20, LegEnded, "machine"),
                Seen(20, CallAnswered, "machine"),
                Seen(80, CallEnded, ("machine", 20, 60)),
            ],
        ),
        (
            "voicemail",
            [
                Seen(0, CallRang),
                Seen(20, LegEnded, "no_answer"),
                Seen(37, VoicemailLeft, 12),
                Seen(37, CallEnded, ("voicemail", 20, None)),
            ],
        ),
    ],
)
def test_script_reports_what_a_phone_system_would(side: Side, outcome: str, facts: list[Seen]) -> None:
    side.world.call(MARIA, LINE, START, outcome=outcome)
    for second in range(101):
        side.after(second)
        pump(side.world, side.post, side.now)
    assert seen(side) == facts


def test_voicemail_with_words_is_transcribed(side: Side) -> None:
    words = "Hi it is Maria my water heater leaks please call me back"
    side.world.call(MARIA, LINE, START, outcome="voicemail", voicemail_text=words)
    side.after(100)
    pump(side.world, side.post, side.now)
    assert seen(side)[-3:] == [
        Seen(30, VoicemailLeft, 5),
        Seen(30, CallEnded, ("voicemail", 20, None)),
        Seen(33, VoicemailTranscribed, words),
    ]


def test_facts_of_one_call_share_its_key_and_have_their_own(side: Side) -> None:
    call = side.world.call(MARIA, LINE, START)
    side.after(30)
    pump(side.world, side.post, side.now)
    facts = [fact for fact in side.heard if isinstance(fact, Happened)]
    assert {(fact.caller, fact.line, fact.event.call) for fact in facts if not isinstance(fact.event, str)} == {
        (MARIA, LINE, call.key)
    }
    assert len({fact.key for fact in facts}) == 3


def test_withheld_caller(side: Side) -> None:
    side.world.call(WITHHELD, LINE, START, ring=5)
    side.after(5)
    pump(side.world, side.post, side.now)
    assert [fact.caller for fact in side.heard if isinstance(fact, Happened)] == [WITHHELD] * 3


def test_nothing_is_reported_before_its_time(side: Side) -> None:
    side.world.call(MARIA, LINE, START + timedelta(seconds=10))
    side.after(9)
    assert pump(side.world, side.post, side.now) == 0
    assert side.world.next_due() == START + timedelta(seconds=10)
    side.after(29)
    assert pump(side.world, side.post, side.now) == 1
    assert side.world.next_due() == START + timedelta(seconds=30)


def test_shop_picks_up_while_it_rings(side: Side) -> None:
    side.world.call(MARIA, LINE, START)
    assert side.world.answer(MARIA, START + timedelta(seconds=7))
    assert side.world.hang_up(MARIA, START + timedelta(seconds=50))
    side.after(100)
    pump(side.world, side.post, side.now)
    assert seen(side) == [
        Seen(0, CallRang),
        Seen(7, LegEnded, "answered"),
        Seen(7, CallAnswered, "person"),
        Seen(50, CallEnded, ("answered_human", 7, 43)),
    ]


def test_shop_picks_up_too_late(side: Side) -> None:
    side.world.call(MARIA, LINE, START)
    assert not side.world.answer(MARIA, START + timedelta(seconds=20))
    side.after(100)
    pump(side.world, side.post, side.now)
    assert seen(side)[-1] == Seen(20, CallEnded, ("no_answer", 20, None))


def test_caller_hangs_up_while_it_rings(side: Side) -> None:
    side.world.call(MARIA, LINE, START)
    assert side.world.hang_up(MARIA, START + timedelta(seconds=6))
    assert not side.world.hang_up(MARIA, START + timedelta(seconds=7))
    side.after(100)
    pump(side.world, side.post, side.now)
    assert seen(side) == [Seen(0, CallRang), Seen(6, CallEnded, ("abandoned", 6, None))]


def test_ringing_out_is_skipped_to(side: Side) -> None:
    side.world.call(MARIA, LINE, START)
    assert side.world.ring_out(MARIA, START + timedelta(seconds=3))
    side.after(3)
    pump(side.world, side.post, side.now)
    assert seen(side) == [
        Seen(0, CallRang),
        Seen(3, LegEnded, "no_answer"),
        Seen(3, CallEnded, ("no_answer", 20, None)),
    ]


def test_message_after_the_beep(side: Side) -> None:
    side.world.call(MARIA, LINE, START)
    assert side.world.to_voicemail(MARIA, START + timedelta(seconds=4))
    assert not side.world.answer(MARIA, START + timedelta(seconds=5))
    assert side.world.leave_voicemail(MARIA, "please call me", START + timedelta(seconds=15))
    side.after(100)
    pump(side.world, side.post, side.now)
    assert seen(side) == [
        Seen(0, CallRang),
        Seen(4, LegEnded, "no_answer"),
        Seen(15, VoicemailLeft, 3),
        Seen(15, CallEnded, ("voicemail", 20, None)),
        Seen(18, VoicemailTranscribed, "please call me"),
    ]


def test_shop_calls_back(side: Side) -> None:
    side.world.call_back(LINE, MARIA, START, talked=True)
    pump(side.world, side.post, side.now)
    assert [(fact.caller, fact.line) for fact in side.heard if isinstance(fact, Happened)] == [(MARIA, LINE)]
    assert seen(side) == [Seen(0, CalledBack, True)]


@pytest.mark.parametrize(
    ("seconds", "phase", "lasted"),
    [
        (-1, "to come", 0),
        (0, "ringing", 0),
        (19, "ringing", 19),
        (20, "talking", 0),
        (79, "talking", 59),
        (80, "over", 0),
    ],
)
def test_phase_follows_from_the_time(side: Side, seconds: int, phase: str, lasted: int) -> None:
    call = side.world.call(MARIA, LINE, START, outcome="answered")
    at = START + timedelta(seconds=seconds)
    assert (call.phase(at), call.seconds(at)) == (phase, lasted)


def test_unknown_line_and_ending_are_refused(side: Side) -> None:
    with pytest.raises(LookupError, match="No line"):
        side.world.call(MARIA, "+15125559999", START)
    with pytest.raises(ValueError, match="No call ends as 'eaten'"):
        side.world.call(MARIA, LINE, START, outcome="eaten")
    assert side.world.calls(MARIA) == ()
