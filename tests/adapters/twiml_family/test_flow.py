"""What a line says and does, document by document; whole calls are in test_whole_call."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from xml.etree import ElementTree as Xml
from zoneinfo import ZoneInfo

import pytest

from answerback.adapters.telnyx import adapter as telnyx
from answerback.adapters.twilio import adapter as twilio
from answerback.engine.rules import Hours, Span
from answerback.ports.connection import Connection, Request
from answerback.ports.lines import OurLine
from answerback.ports.settings import problems

LINE, SHOP, CELL, CALLER = "+15125550100", "+15125550177", "+15125550178", "+15125550131"
HOOKS = "https://shop.example.com/hooks/twilio/7"
OPEN = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
NIGHT = datetime(2026, 3, 11, 4, 0, tzinfo=UTC)
HOURS = Hours(
    zone=ZoneInfo("America/Chicago"),
    spans=tuple(Span(weekday=day, start=time(8), end=time(17)) for day in range(5)),
)


def line(business: str = "Hill Plumbing", **settings: str) -> OurLine:
    return OurLine(number=LINE, business=business, settings=settings, hours=HOURS)


def document(
    of: OurLine, what: str = "voice", now: datetime = OPEN, query: Mapping[str, str] | None = None, **more: str
) -> Xml.Element:
    form = {"CallSid": "CA1", "From": CALLER, "To": LINE, "CallStatus": "ringing", "Direction": "inbound", **more}
    connection = Connection(id=7, provider="twilio", lines={LINE: of})
    request = Request(
        method="POST",
        url=f"{HOOKS}/{what}",
        what=what,
        headers={},
        body=b"x",
        form=tuple(form.items()),
        query=tuple((query or {}).items()),
    )
    return Xml.fromstring(twilio.hear(connection, request, now).answer.body)


def shape(of: Xml.Element) -> list[str]:
    return [verb.tag for verb in of]


def test_ringing_says_where_everything_is_to_be_told() -> None:
    (dial,) = document(line(ring=f"{SHOP}, {CELL}", detect_machines="yes"))
    assert dial.attrib == {
        "timeout": "18",
        "answerOnBridge": "true",
        "action": f"{HOOKS}/voice?turn=0&dialled=1773154800",
        "method": "POST",
    }
    whose = "line=%2B15125550100&caller=%2B15125550131&call=CA1&dialled=1773154800"
    assert [number.text for number in dial] == [SHOP, CELL]
    assert dial[0].attrib == {
        "url": f"{HOOKS}/whisper?{whose}",
        "method": "POST",
        "statusCallback": f"{HOOKS}/status?{whose}",
        "statusCallbackEvent": "answered completed",
        "statusCallbackMethod": "POST",
        "machineDetection": "Enable",
        "amdStatusCallback": f"{HOOKS}/machine?{whose}",
        "amdStatusCallbackMethod": "POST",
    }


@pytest.mark.parametrize(
    ("settings", "now", "verbs"),
    [
        ({"ring": SHOP}, OPEN, ["Dial"]),
        ({"ring": SHOP, "welcome": "Hello"}, OPEN, ["Say", "Dial"]),
        ({"ring": SHOP, "menu_words": "Press 1", "menu_keys": "1=text"}, OPEN, ["Gather", "Dial"]),
        ({"ring": SHOP}, NIGHT, ["Say", "Record", "Hangup"]),
        ({"ring": SHOP, "ring_closed": "yes"}, NIGHT, ["Dial"]),
        ({"ring": ""}, OPEN, ["Say", "Record", "Hangup"]),
        ({"ring": "", "voicemail": "no"}, OPEN, ["Say", "Hangup"]),
        ({"ring": CALLER}, OPEN, ["Say", "Record", "Hangup"]),
    ],
)
def test_first_document_is_that_of_the_line(settings: dict[str, str], now: datetime, verbs: list[str]) -> None:
    assert shape(document(line(**settings), now=now)) == verbs


def test_words_of_an_owner_cannot_become_verbs() -> None:
    said = document(line('Joe\'s <Dial>+1900</Dial> & "Sons"', ring=""))[0]
    assert said.text is not None
    assert 'Joe\'s <Dial>+1900</Dial> & "Sons"' in said.text
    assert list(said) == []


def test_consent_is_said_after_either_greeting_and_only_then() -> None:
    told = "A text may follow."
    for now in (OPEN, NIGHT):
        said = document(line(ring="", consent_words=told), now=now)[0].text
        assert said is not None
        assert told in said
    said = document(line(ring="", consent_words=""))[0].text
    assert said == (
        "Thanks for calling Hill Plumbing. Sorry, nobody can take your call right now. "
        "Or leave a message after the tone. It is recorded and transcribed."
    )


def test_message_is_asked_to_be_written_down_in_each_dialect() -> None:
    record = document(line(ring=""))[1]
    assert record.get("transcribe") == "true"
    assert (record.get("transcribeCallback") or "").startswith(f"{HOOKS}/transcription?line=")
    record = document(line(ring="", transcribe="no"))[1]
    assert (record.get("transcribe"), record.get("transcribeCallback")) == (None, None)
    connection = Connection(id=7, provider="telnyx", lines={LINE: line(ring="")})
    form = {"CallSid": "v3:1", "From": CALLER, "To": LINE, "CallStatus": "ringing", "Direction": "inbound"}
    request = Request(
        method="POST", url=f"{HOOKS}/voice", what="voice", headers={}, body=b"x", form=tuple(form.items())
    )
    (_, theirs, _) = Xml.fromstring(telnyx.hear(connection, request, OPEN).answer.body)
    assert theirs.get("transcription") == "true"
    assert (theirs.get("transcriptionCallback") or "").startswith(f"{HOOKS}/transcription?line=")


def test_whoever_picks_up_is_asked_and_joined_only_by_a_1() -> None:
    of, query = line(ring=SHOP), {"line": LINE, "caller": CALLER, "call": "CA1", "dialled": "1773154790"}
    leg = {"CallSid": "CA2", "ParentCallSid": "CA1", "From": CALLER, "To": SHOP, "Direction": "outbound-dial"}
    asked = document(of, "whisper", query=query, **leg)
    assert shape(asked) == ["Gather", "Hangup"]
    assert asked[0][0].text == "Call for Hill Plumbing. Press 1 to take it."
    assert shape(document(of, "accept", query=query, Digits="1", **leg)) == []
    assert shape(document(of, "accept", query=query, Digits="2", **leg)) == ["Hangup"]


def test_fallback_rings_the_shop_and_knows_nothing_of_us() -> None:
    written = twilio.fallback(Connection(id=7, provider="twilio"), line(ring=f"{SHOP}, {CELL}"))
    assert "example.com" not in written
    dial, said, _ = Xml.fromstring(written)
    assert [number.text for number in dial] == [SHOP, CELL]
    assert said.text == "Thanks for calling Hill Plumbing. Sorry, nobody can take your call right now."
    assert twilio.fallback(Connection(id=7, provider="twilio"), OurLine(number=LINE)) == ""


@pytest.mark.parametrize(
    ("settings", "wrong"),
    [
        ({"ring": "512 555 0177"}, "ring"),
        ({"ring": LINE}, "ring"),
        ({"ring": ",".join(f"+1512555{number}" for number in range(1000, 1011))}, "ring"),
        ({"ring_seconds": "4"}, "ring_seconds"),
        ({"ring_seconds": "soon"}, "ring_seconds"),
        ({"press_1": "maybe"}, "press_1"),
        ({"ring_order": "backwards"}, "ring_order"),
        ({"menu_words": "Press 1", "menu_keys": ""}, "menu_keys"),
        ({"menu_words": "Press 1", "menu_keys": "1=fly"}, "menu_keys"),
        ({"menu_words": "Press 1", "menu_keys": "12=ring"}, "menu_keys"),
        ({"fallback_url": "http://bin.example"}, "fallback_url"),
        ({"whisper": "x" * 1001}, "whisper"),
        ({"missed_words": "bell \a"}, "missed_words"),
        ({"colour": "blue"}, "colour"),
    ],
)
def test_wrong_settings_are_named(settings: dict[str, str], wrong: str) -> None:
    assert list(twilio.line_problems(line(**settings))) == [wrong]


def test_defaults_are_well() -> None:
    assert dict(twilio.line_problems(line())) == {}
    assert problems(twilio.line_settings, {}) == {}


def test_every_request_of_a_call_is_answered_whatever_the_line_says() -> None:
    """No settings that can be stored, and no step out of order, may break a call."""
    odd: list[dict[str, str]] = [
        {"ring": ""},
        {"ring": SHOP, "ring_order": "in_turn"},
        {"menu_words": "x", "menu_keys": "1=text"},
    ]
    steps: list[tuple[str, dict[str, Any]]] = [
        ("menu", {"Digits": ""}),
        ("menu", {"Digits": "9"}),
        ("voice", {"DialCallStatus": "no-answer"}),
        ("voice", {"DialCallStatus": "completed", "DialCallDuration": "3"}),
        ("voice", {"CallStatus": "completed"}),
        ("whisper", {}),
        ("accept", {}),
    ]
    for settings in odd:
        for what, more in steps:
            for query in ({}, {"turn": "99"}, {"turn": "x", "menu": "nine"}):
                assert document(line(**settings), what, query=query, **more).tag == "Response"
