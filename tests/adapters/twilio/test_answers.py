"""What a caller hears, and what the webhooks we make ourselves say."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from answerback.adapters.twilio import adapter
from answerback.adapters.twiml_family.hooks import signed_form
from answerback.engine.events import CallAnswered, CallEnded, CallOutcome, CallRang, TextReceived, VoicemailLeft
from answerback.ports.connection import Connection
from answerback.ports.phone import Happened, Heard, MakesHooks, ReceiptCame, SignedRequest
from answerback.ports.registry import phone
from answerback.testing.phone_conformance import to_request

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
SETTINGS = {"account_sid": "AC1", "auth_token": "secret"}
PLAIN = Connection(id=7, provider="twilio", settings=SETTINGS)
GREETS = Connection(id=7, provider="twilio", settings={**SETTINGS, "greeting": "Joe's <Plumbing> & Sons"})
WHO: dict[str, Any] = {"caller": "+15125550131", "line": "+15125550100"}


def hear(connection: Connection, signed: SignedRequest) -> Heard:
    request = to_request(signed)
    adapter.verify(connection, request, NOW)
    return adapter.hear(connection, request, NOW)


def event(heard: Heard) -> object:
    (fact,) = heard.facts
    assert isinstance(fact, Happened)
    assert (fact.caller, fact.line) == (WHO["caller"], WHO["line"])
    return fact.event


@pytest.mark.parametrize(
    ("connection", "said"), [(PLAIN, []), (GREETS, [("Say", "Joe's <Plumbing> & Sons"), ("Hangup", None)])]
)
def test_caller_hears_the_greeting_if_there_is_one(connection: Connection, said: list[tuple[str, str | None]]) -> None:
    answer = hear(connection, adapter.hooks(connection, "https://shop.example.com").rang(**WHO, now=NOW)).answer
    document = ET.fromstring(answer.body)
    assert (answer.status, answer.content_type, document.tag) == (200, "text/xml", "Response")
    assert [(verb.tag, verb.text) for verb in document] == said


def test_caller_who_spoke_to_a_person_hears_no_greeting() -> None:
    answer = hear(GREETS, adapter.hooks(GREETS, "https://shop.example.com").answered(**WHO, now=NOW)).answer
    assert list(ET.fromstring(answer.body)) == []


def test_completed_call_is_abandoned_where_our_greeting_picks_up_and_unknown_elsewhere() -> None:
    cases: tuple[tuple[Connection, CallOutcome, int | None, int], ...] = (
        (GREETS, "abandoned", 9, 0),
        (PLAIN, "unknown", None, 9),
    )
    for connection, outcome, rang, talked in cases:
        hooks = adapter.hooks(connection, "https://shop.example.com")
        heard = hear(connection, hooks.missed(**WHO, now=NOW, call="CA1", outcome="unknown", CallDuration="9"))
        assert event(heard) == CallEnded(
            at=NOW, call="CA1", line=WHO["line"], outcome=outcome, rang_seconds=rang, talked_seconds=talked
        )


def test_hooks_say_what_they_are_called() -> None:
    hooks = adapter.hooks(PLAIN, "https://shop.example.com/")
    line = WHO["line"]
    assert event(hear(PLAIN, hooks.rang(**WHO, now=NOW, call="CA1"))) == CallRang(at=NOW, call="CA1", line=line)
    missed = hooks.missed(**WHO, now=NOW, call="CA1")
    assert missed.url == "https://shop.example.com/hooks/twilio/7/status"
    assert event(hear(PLAIN, missed)) == CallEnded(at=NOW, call="CA1", line=line, outcome="no_answer")
    voicemail = event(hear(PLAIN, hooks.voicemail(**WHO, now=NOW, call="CA1", seconds=12)))
    assert isinstance(voicemail, VoicemailLeft)
    assert (voicemail.call, voicemail.seconds) == ("CA1", 12)
    text = event(hear(PLAIN, hooks.text(**WHO, body="hello")))
    assert text == TextReceived(at=NOW, line=line, text="hello")
    answered = hear(PLAIN, hooks.answered(**WHO, now=NOW, call="CA1")).facts[0]
    assert isinstance(answered, Happened)
    assert answered.event == CallAnswered(at=NOW, call="CA1", line=line, by="person", evidence="bridge")
    (receipt,) = hear(PLAIN, hooks.receipt(message="SM1", status="undelivered", code="30006")).facts
    assert isinstance(receipt, ReceiptCame)
    assert (receipt.message, receipt.status, receipt.failure) == ("SM1", "undelivered", "landline")


def test_each_call_made_without_an_id_is_a_new_one() -> None:
    hooks = adapter.hooks(PLAIN, "https://shop.example.com")
    keys = {hear(PLAIN, hooks.missed(**WHO, now=NOW)).facts[0].key for _ in range(3)}
    assert len(keys) == 3


def test_adapter_is_found_by_its_name_and_makes_hooks() -> None:
    found: object = phone("twilio")
    assert found is adapter
    assert isinstance(found, MakesHooks)


def test_what_our_own_address_carried_is_kept_too() -> None:
    address = "https://shop.example.com/hooks/twilio/7/recording?line=%2B15125550100"
    form = {"CallSid": "CA1", "RecordingStatus": "absent"}
    (fact,) = adapter.hear(PLAIN, to_request(signed_form(address, form, "secret")), NOW).facts
    assert fact.raw == {**form, "?": {"line": "+15125550100"}}
