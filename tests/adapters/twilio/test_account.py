"""Everything else Twilio is asked: numbers pointed at us, look-ups, registrations, lists of what happened, pictures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from answerback.adapters.twilio import adapter
from answerback.engine.events import CallEnded, CallRang, LegEnded, TextReceived, VoicemailLeft, VoicemailTranscribed
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Refused, Unavailable
from answerback.ports.lines import OurLine
from answerback.ports.phone import (
    FetchesMedia,
    Happened,
    KnowsSenders,
    ListsPast,
    LooksUpNumbers,
    Media,
    NumberFacts,
    OutgoingText,
    ReceiptCame,
)
from answerback.ports.setup import Change, FailsOpen, HasLineSettings, PlacesTestCalls, SetsUpNumbers
from answerback.testing.pretend_twilio import PretendTwilio

LINE, SHOP, CALLER, FREE = "+15125550100", "+15125550177", "+15125550131", "+18445550100"
HOOKS = "https://shop.example.com/hooks/twilio/7"
BIN = "https://handler.twilio.com/twiml/EH1"
NOON = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)


@pytest.fixture
def twilio() -> Iterator[PretendTwilio]:
    with PretendTwilio() as running:
        yield running


def connection(twilio: PretendTwilio, line: OurLine | None = None, **more: str) -> Connection:
    lines = {line.number: line} if line else {}
    return Connection(id=7, provider="twilio", settings=twilio.settings(**more), lines=lines)


def ours(**settings: str) -> OurLine:
    return OurLine(number=LINE, business="Hill Plumbing", settings=settings)


def test_adapter_offers_everything() -> None:
    offers = (
        LooksUpNumbers,
        ListsPast,
        KnowsSenders,
        FetchesMedia,
        HasLineSettings,
        SetsUpNumbers,
        FailsOpen,
        PlacesTestCalls,
    )
    assert [each.__name__ for each in offers if not isinstance(adapter, each)] == []


# Numbers.


def test_dry_run_shows_every_change_and_makes_none(twilio: PretendTwilio) -> None:
    twilio.account.own(LINE, sms_url="https://old.example.com/sms", voice_application_sid="AP1")
    planned = adapter.planned(connection(twilio), ours(ring=SHOP, fallback_url=BIN), HOOKS)
    assert planned == (
        Change(what="calls come in at", now="https://demo.twilio.com/welcome/voice/", wanted=f"{HOOKS}/voice"),
        Change(what="call status goes to", now="", wanted=f"{HOOKS}/status"),
        Change(what="texts come in at", now="https://old.example.com/sms", wanted=f"{HOOKS}/text"),
        Change(what="application for calls", now="AP1", wanted=""),
        Change(what="while we are down", now="", wanted=BIN),
    )
    assert twilio.account.changes == []


def test_set_up_changes_what_was_shown_and_once_only(twilio: PretendTwilio) -> None:
    owned = twilio.account.own(LINE)
    line = ours(ring=SHOP, fallback_url=BIN)
    assert adapter.set_up(connection(twilio), line, HOOKS) == tuple(
        replace(change) for change in adapter_changes(twilio, owned)
    )
    assert owned["voice_url"] == f"{HOOKS}/voice"
    assert owned["voice_fallback_url"] == BIN
    assert adapter.planned(connection(twilio), line, HOOKS) == ()
    assert adapter.set_up(connection(twilio), line, HOOKS) == ()
    assert len(twilio.account.changes) == 1


def adapter_changes(twilio: PretendTwilio, owned: dict[str, Any]) -> list[Change]:
    """What the only change that reached Twilio came to."""
    names = {"VoiceUrl": "calls come in at", "StatusCallback": "call status goes to", "SmsUrl": "texts come in at"}
    names["VoiceFallbackUrl"] = "while we are down"
    before = {"VoiceUrl": "https://demo.twilio.com/welcome/voice/"}
    (change,) = twilio.account.changes
    return [Change(what=names[name], now=before.get(name, ""), wanted=value) for name, value in change.items()]


def test_number_of_somebody_else_is_refused_in_words_that_help(twilio: PretendTwilio) -> None:
    with pytest.raises(Refused, match=r"has no number \+15125550100"):
        adapter.planned(connection(twilio), ours(), HOOKS)
    twilio.account.own(LINE, trunk_sid="TK1")
    with pytest.raises(Refused, match="SIP trunk"):
        adapter.set_up(connection(twilio), ours(), HOOKS)


def test_check_says_of_each_line_what_is_not_well(twilio: PretendTwilio) -> None:
    line = ours(ring=SHOP, fallback_url=BIN)
    at = connection(twilio, line)
    assert [(f.name, f.ok) for f in adapter.check(at)][2:] == [(LINE, False)]
    owned = twilio.account.own(LINE)
    assert [f.says for f in adapter.check(at) if not f.ok] == [
        "Calls of this number go elsewhere.",
        "Call status of this number go elsewhere.",
        "Texts of this number go elsewhere.",
        "While we are down, calls ring nobody.",
    ]
    adapter.set_up(at, line, HOOKS)
    assert [f.says for f in adapter.check(at) if not f.ok] == []
    owned["capabilities"]["sms"] = False
    assert [f.says for f in adapter.check(at) if not f.ok] == ["The number cannot do both, call and text."]


# Look-ups and registration.


@pytest.mark.parametrize(
    ("kind", "line_type"),
    [
        ("mobile", "mobile"),
        ("landline", "landline"),
        ("fixedVoip", "fixed_voip"),
        ("nonFixedVoip", "voip"),
        ("tollFree", "toll_free"),
        ("premium", "premium"),
        ("kind of tomorrow", "unknown"),
    ],
)
def test_look_up_says_what_kind_of_number_it_is(twilio: PretendTwilio, kind: str, line_type: str) -> None:
    twilio.account.line_types[CALLER] = (kind, "T-Mobile USA")
    found = adapter.look_up(connection(twilio), CALLER)
    assert found == NumberFacts(number=CALLER, line_type=line_type, carrier="T-Mobile USA")  # type: ignore[arg-type]


def test_look_up_that_cannot_be_made_is_told_apart(twilio: PretendTwilio) -> None:
    with pytest.raises(Refused):
        adapter.look_up(connection(twilio), CALLER)
    at = connection(twilio)
    twilio.stop()
    with pytest.raises(Unavailable):
        adapter.look_up(at, CALLER)


@pytest.mark.parametrize(
    ("campaign", "state"),
    [("VERIFIED", "registered"), ("IN_PROGRESS", "pending"), ("FAILED", "unregistered"), ("", "unregistered")],
)
def test_senders_say_how_their_registration_stands(twilio: PretendTwilio, campaign: str, state: str) -> None:
    twilio.account.own(LINE)
    twilio.account.own(FREE, capabilities={"voice": True, "SMS": True, "MMS": False})
    twilio.account.campaign = campaign
    twilio.account.toll_free[FREE] = "PENDING_REVIEW"
    found = adapter.senders(connection(twilio, messaging_service_sid="MG1"), [LINE, FREE, "+15125550999"])
    assert [(sender.number, sender.texts, sender.media, sender.state) for sender in found] == [
        (LINE, True, True, state),
        (FREE, True, False, "pending"),
    ]


def test_sender_without_a_messaging_service_is_unknown_and_never_well(twilio: PretendTwilio) -> None:
    twilio.account.own(LINE)
    (sender,) = adapter.senders(connection(twilio), [LINE])
    assert sender.state == "unknown"
    assert "messaging service" in sender.says


# What happened lately.


def test_lists_tell_what_the_webhooks_would_have_told(twilio: PretendTwilio) -> None:
    call: dict[str, Any] = {"sid": "CA1", "from": CALLER, "to": LINE, "direction": "inbound", "parent_call_sid": None}
    call |= {"start_time": "Tue, 10 Mar 2026 16:00:00 +0000", "end_time": "Tue, 10 Mar 2026 16:00:40 +0000"}
    twilio.account.calls += [
        {**call, "status": "completed", "duration": "40"},
        {
            **call,
            "sid": "CA2",
            "parent_call_sid": "CA1",
            "to": SHOP,
            "direction": "outbound-dial",
            "status": "no-answer",
        },
        {**call, "sid": "CA3", "status": "in-progress"},
        {**call, "sid": "CA4", "status": "completed", "to": "+15125550999"},
        {**call, "sid": "CA5", "status": "busy", "start_time": "Mon, 09 Mar 2026 16:00:00 +0000"},
    ]
    twilio.account.recordings.append(
        {"sid": "RE1", "call_sid": "CA1", "duration": "12", "source": "RecordVerb", "date_created": call["end_time"]}
    )
    twilio.account.transcriptions.append(
        {
            "sid": "TR1",
            "recording_sid": "RE1",
            "status": "completed",
            "transcription_text": "please call me",
            "date_created": "Tue, 10 Mar 2026 16:01:00 +0000",
        }
    )
    found = list(adapter.past(connection(twilio), [LINE], NOON - timedelta(hours=2), NOON))
    at, over = NOON - timedelta(hours=1), NOON - timedelta(minutes=59, seconds=20)
    link = f"{twilio.url}/2010-04-01/Accounts/{twilio.account_sid}/Recordings/RE1"
    assert [(fact.key, fact.event) for fact in found if isinstance(fact, Happened)] == [
        ("CA1:rang", CallRang(at=at, call="CA1", line=LINE)),
        ("CA1:completed", CallEnded(at=over, call="CA1", line=LINE, outcome="unknown", talked_seconds=40)),
        (
            "CA2:leg:no-answer",
            LegEnded(at=over, call="CA1", line=LINE, leg="CA2", target=SHOP, result="no_answer", talked_seconds=0),
        ),
        ("RE1", VoicemailLeft(at=over, call="CA1", line=LINE, seconds=12, media=link)),
        (
            "TR1:words",
            VoicemailTranscribed(at=over + timedelta(seconds=20), call="CA1", line=LINE, text="please call me"),
        ),
    ]
    assert {fact.caller for fact in found if isinstance(fact, Happened)} == {CALLER}


def test_lists_tell_of_texts_and_of_what_became_of_ours(twilio: PretendTwilio) -> None:
    sent = adapter.send(connection(twilio), OutgoingText(key="1", sender=LINE, to=CALLER, body="Sorry we missed you"))
    twilio.by_sid[sent.message].status = "undelivered"
    twilio.by_sid[sent.message].error_code = 30006
    now = twilio.by_sid[sent.message].created
    when = now.strftime("%a, %d %b %Y %H:%M:%S +0000")
    text = {"from": CALLER, "to": LINE, "direction": "inbound", "status": "received", "date_sent": when}
    twilio.account.inbound += [
        {**text, "sid": "SM9", "body": "leaking", "num_media": "1"},
        {**text, "sid": "SM8", "body": "not for us", "to": "+15125550999", "num_media": "0"},
    ]
    twilio.account.pictures["SM9"] = ["ME1"]
    found = list(adapter.past(connection(twilio), [LINE], now - timedelta(hours=1), now + timedelta(seconds=1)))
    (receipt,) = [fact for fact in found if isinstance(fact, ReceiptCame)]
    assert (receipt.key, receipt.status, receipt.failure) == (f"{sent.message}:undelivered", "undelivered", "landline")
    (came,) = [fact for fact in found if isinstance(fact, Happened)]
    link = f"{twilio.url}/2010-04-01/Accounts/{twilio.account_sid}/Messages/SM9/Media/ME1"
    assert came.key == "SM9"
    assert came.event == TextReceived(at=now.replace(microsecond=0), line=LINE, text="leaking", media=(link,))


# Pictures, in and out.


def test_picture_goes_with_the_text(twilio: PretendTwilio) -> None:
    links = ("https://shop.example.com/m/1.jpg", "https://shop.example.com/m/2.jpg")
    text = OutgoingText(key="1", sender=LINE, to=CALLER, body="Before and after", media=links)
    adapter.send(connection(twilio), text)
    (kept,) = twilio.texts_to(CALLER)
    assert kept.media == links


def test_recording_is_fetched_with_the_credentials(twilio: PretendTwilio) -> None:
    path = f"/2010-04-01/Accounts/{twilio.account_sid}/Recordings/RE1"
    twilio.account.media[path] = "/moved/RE1.mp3"
    twilio.account.media["/moved/RE1.mp3"] = ("audio/mpeg; x=1", b"sound")
    assert adapter.fetch(connection(twilio), f"{twilio.url}{path}", 100) == Media(
        content_type="audio/mpeg", content=b"sound"
    )
    with pytest.raises(Refused, match="larger than 4 bytes"):
        adapter.fetch(connection(twilio), f"{twilio.url}{path}", 4)
    with pytest.raises(Refused, match="does not hand it out"):
        adapter.fetch(connection(twilio), f"{twilio.url}/nothing", 100)


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://twilio.com.evil.example/x",
        "https://eviltwilio.com/x",
        "http://api.twilio.com/x",
        "https://api.twilio.com:8443/x",
        "file:///etc/passwd",
        "",
        "https://[",
    ],
)
def test_link_of_somebody_else_is_never_asked(twilio: PretendTwilio, link: str) -> None:
    if link:
        with pytest.raises(Refused):
            adapter.fetch(connection(twilio), link, 100)
    twilio.account.media["/here"] = link or "https://evil.example/x"
    with pytest.raises(Refused):
        adapter.fetch(connection(twilio), f"{twilio.url}/here", 100)


# Test calls.


def test_test_call_rings_the_shop_from_the_line_and_asks_us_what_to_say(twilio: PretendTwilio) -> None:
    twilio.account.own(LINE)
    assert adapter.place_test_call(connection(twilio), LINE, SHOP, HOOKS) == f"CA{1:032x}"
    assert twilio.account.placed == [
        {"From": LINE, "To": SHOP, "Url": f"{HOOKS}/test", "Method": "POST", "Timeout": "45"}
    ]
    with pytest.raises(Refused):
        adapter.place_test_call(connection(twilio), FREE, SHOP, HOOKS)


def test_test_call_that_is_picked_up_hears_silence(twilio: PretendTwilio) -> None:
    form = (("CallSid", "CA1"), ("AccountSid", "AC1"), ("From", LINE), ("To", SHOP), ("CallStatus", "in-progress"))
    request = Request(method="POST", url=f"{HOOKS}/test", what="test", headers={}, body=b"", form=form)
    heard = adapter.hear(connection(twilio), request, NOON)
    assert [type(fact).__name__ for fact in heard.facts] == ["Ignored"]
    assert '<Pause length="3" /><Hangup />' in heard.answer.body.replace('"/>', '" />').replace("p/>", "p />")
