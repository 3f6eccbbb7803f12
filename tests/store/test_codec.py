"""The engine's values survive being stored, and what another version wrote can be read."""

from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import pytest

from answerback.engine.events import CallEnded, CallRang, LegEnded, TextReceived, TimerDue, VoicemailTranscribed
from answerback.engine.reading import Reading
from answerback.engine.state import Miss, State
from answerback.store import codec

NOW = datetime(2026, 3, 10, 15, 0, 0, 123456, tzinfo=UTC)

EVENTS = (
    CallRang(at=NOW, call="c", line="+15125550100", attestation="A"),
    LegEnded(at=NOW, call="c", line="+15125550100", leg="l", target=None, result="no_answer"),
    CallEnded(at=NOW, call="c", line="+15125550100", outcome="voicemail", rang_seconds=20),
    VoicemailTranscribed(at=NOW, call="c", line="+15125550100", text="help", reading=Reading()),
    TextReceived(at=NOW, line="+15125550100", text="gotera 💧", media=("https://x/1",), keyword="stop"),
    TimerDue(at=NOW, timer="nudge", ref="3"),
)


@pytest.mark.parametrize("event", EVENTS, ids=codec.event_kind)
def test_event_is_read_as_it_was_written(event: object) -> None:
    assert codec.decode_event(codec.event_kind(event), codec.encode_event(event)) == event  # type: ignore[arg-type]


def test_state_is_read_as_it_was_written() -> None:
    state = replace(
        State(),
        phase="learning",
        facts=(EVENTS[0], EVENTS[1], EVENTS[2]),
        misses=(Miss(call="c", at=NOW, line="+15125550100", reason="no_answer"),),
        answers={"city": "Austin"},
        tries={"city": 1},
        sent_at=(NOW, NOW),
        todos=("callback",),
    )
    assert codec.decode_state(codec.encode_state(state)) == state
    assert codec.decode_state(codec.encode_state(State())) == State()
    assert codec.decode_state(None) == State()


def test_state_of_a_newer_version_is_read_without_what_we_do_not_know() -> None:
    written = msgspec.json.decode(codec.encode_state(State(phase="offered")))
    assert codec.decode_state(msgspec.json.encode({**written, "mood": "good"}).decode()) == State(phase="offered")


def test_event_of_an_unknown_kind_is_an_error_and_never_another_event() -> None:
    with pytest.raises(KeyError):
        codec.decode_event("FromTheFuture", "{}")
