"""Sending, finding and checking, against the pretend Twilio over real HTTP."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.served import held_port

from answerback.adapters.lanes import lanes
from answerback.adapters.twilio import adapter
from answerback.adapters.twiml_family import rest
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unavailable, Unclear
from answerback.ports.phone import HandedOver, OutgoingText
from answerback.testing.pretend_http import Ask, Reply
from answerback.testing.pretend_twilio import PretendTwilio
from answerback.workflow import clock

TEXT = OutgoingText(
    key="1", sender="+15125550100", to="+15125550131", body="Sorry we missed you – what’s up?", receipts_url=""
)


@pytest.fixture
def twilio() -> Iterator[PretendTwilio]:
    with PretendTwilio() as running:
        yield running


def connection(twilio: PretendTwilio, **more: str) -> Connection:
    return Connection(id=7, provider="twilio", settings=twilio.settings(**more))


def test_text_arrives_as_written(twilio: PretendTwilio) -> None:
    text = replace(TEXT, receipts_url="https://shop.example.com/hooks/twilio/7/receipt")
    handed = adapter.send(connection(twilio), text)
    (kept,) = twilio.texts_to(TEXT.to)
    assert handed == HandedOver(message=kept.sid, status="queued", segments=1)
    assert (kept.sender, kept.body, kept.callback, kept.service) == (TEXT.sender, TEXT.body, text.receipts_url, "")


def test_messaging_service_chooses_the_sender(twilio: PretendTwilio) -> None:
    service = connection(twilio, messaging_service_sid="MG1")
    adapter.send(service, TEXT)
    (kept,) = twilio.texts_to(TEXT.to)
    assert (kept.sender, kept.service) == ("", "MG1")
    found = adapter.find(service, TEXT, clock.now())
    assert found is not None
    assert found.message == kept.sid


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (21610, "opted_out"),
        (21614, "landline"),
        (30006, "landline"),
        (30003, "unreachable"),
        (21211, "invalid_number"),
        (30007, "filtered"),
        (30034, "sender_unregistered"),
        (30022, "volume_cap"),
        (21408, "country_barred"),
        (99999, "unknown"),
    ],
)
def test_error_code_says_why(twilio: PretendTwilio, code: int, failure: str) -> None:
    twilio.fault("refuse", code=code)
    with pytest.raises(Refused) as raised:
        adapter.send(connection(twilio), TEXT)
    assert (raised.value.failure, raised.value.code) == (failure, str(code))


@pytest.mark.parametrize(("status", "failure"), [(401, "sender_unregistered"), (403, "sender_unregistered")])
def test_forbidden_without_a_known_code_names_the_credentials(twilio: PretendTwilio, status: int, failure: str) -> None:
    twilio.fault("refuse", status=status, code=0)
    with pytest.raises(Refused, match="auth token") as raised:
        adapter.send(connection(twilio), TEXT)
    assert raised.value.failure == failure


def test_unknown_account_refused(twilio: PretendTwilio) -> None:
    other = Connection(id=7, provider="twilio", settings={**twilio.settings(), "account_sid": "ACother"})
    with pytest.raises(Refused, match="auth token"):
        adapter.send(other, TEXT)


def test_connection_without_credentials_refused() -> None:
    with pytest.raises(Refused, match="no account or no secret"):
        adapter.send(Connection(id=7, provider="twilio"), TEXT)


def test_too_many_requests_says_when_to_come_back(twilio: PretendTwilio) -> None:
    twilio.fault("rate_limit", seconds=7)
    with pytest.raises(Unavailable) as raised:
        adapter.send(connection(twilio), TEXT)
    assert raised.value.retry_after == 7


@pytest.mark.parametrize("accepts", [False, True])
def test_answer_that_never_comes_is_unclear(
    twilio: PretendTwilio, monkeypatch: pytest.MonkeyPatch, accepts: bool
) -> None:
    monkeypatch.setitem(rest._TIMEOUT, "read", 0.2)
    twilio.fault("hang", accepts=accepts, times=1)
    since = clock.now()
    with pytest.raises(Unclear):
        adapter.send(connection(twilio), TEXT)
    assert (adapter.find(connection(twilio), TEXT, since) is not None) is accepts
    assert adapter.send(connection(twilio), TEXT).message


def test_connection_refused_is_unavailable_at_once() -> None:
    with held_port() as port:
        told = {"account_sid": "AC1", "auth_token": "x", "api_base": f"http://127.0.0.1:{port}"}
        nowhere = Connection(id=7, provider="twilio", settings=told)
        with pytest.raises(Unavailable, match=r"\(ConnectError\)"):  # where its patience is over it is a ConnectTimeout
            adapter.send(nowhere, TEXT)


def test_connection_closed_while_idle_is_opened_anew() -> None:
    with PretendTwilio() as first:
        adapter.send(connection(first), TEXT)
        port = first.port
    with PretendTwilio(port=port) as second:
        adapter.send(connection(second), TEXT)
        assert len(second.texts_to(TEXT.to)) == 1


def test_find_reads_every_page(twilio: PretendTwilio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("answerback.adapters.twiml_family.sending.PAGE", 3)
    since = clock.now()
    adapter.send(connection(twilio), TEXT)
    for number in range(7):
        adapter.send(connection(twilio), replace(TEXT, body=f"Another text {number}"))
    found = adapter.find(connection(twilio), TEXT, since)
    assert found is not None
    assert found.message == twilio.texts_to(TEXT.to)[0].sid
    assert twilio.counters["lists"] == 3
    assert adapter.find(connection(twilio), replace(TEXT, body="Never sent"), since) is None


def test_find_takes_the_words_of_a_trial_account_for_ours(twilio: PretendTwilio) -> None:
    adapter.send(connection(twilio), TEXT)
    twilio.texts_to(TEXT.to)[0].body = "Sent from your Twilio trial account - " + TEXT.body
    assert adapter.find(connection(twilio), TEXT, clock.now()) is not None


def test_find_cannot_say_where_twilio_keeps_no_words(twilio: PretendTwilio) -> None:
    adapter.send(connection(twilio), TEXT)
    twilio.texts_to(TEXT.to)[0].body = ""
    with pytest.raises(Unclear):
        adapter.find(connection(twilio), TEXT, clock.now())
    assert adapter.find(connection(twilio), TEXT, clock.now() + timedelta(minutes=5)) is None


@pytest.mark.parametrize("kind", ["drop", "gateway", "error", "hang"])
def test_question_without_an_answer_is_unavailable(
    twilio: PretendTwilio, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    replies = {
        "drop": Reply(0, then="close"),
        "gateway": Reply(502, b"<html>"),
        "error": Reply(500, b'{"code": 20500}'),
        "hang": Reply(0, then="hang"),
    }
    monkeypatch.setitem(rest._TIMEOUT, "read", 0.2)

    def failing(ask: Ask) -> Reply:
        return replies[kind]

    monkeypatch.setattr(twilio, "_list", failing)
    with pytest.raises(Unavailable):
        adapter.find(connection(twilio), TEXT, clock.now())


def test_check_names_a_suspended_account(twilio: PretendTwilio) -> None:
    twilio.account_status = "suspended"
    findings = adapter.check(connection(twilio))
    assert [(finding.name, finding.ok) for finding in findings] == [("sign-in", True), ("account", False)]
    assert "suspended" in findings[1].says


def test_text_taken_with_an_answer_nobody_can_read_is_unclear(
    twilio: PretendTwilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gibberish(ask: Ask) -> Reply:
        return Reply(201, b"<html>created</html>")

    monkeypatch.setattr(twilio, "_create", gibberish)
    with pytest.raises(Unclear):
        adapter.send(connection(twilio), TEXT)


def test_connection_is_kept_for_the_next_text_and_threads_have_their_own(twilio: PretendTwilio) -> None:
    for _ in range(3):
        adapter.send(connection(twilio), TEXT)
    assert len(lanes(twilio.url)._free) == 1
    twilio.delay = 2.0  # seconds: the last of them arrives before the first is answered
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: adapter.send(connection(twilio), TEXT), range(8)))
    arrived = [each.arrived_ns for each in twilio.by_sid.values()][-8:]
    assert arrived[-1] - arrived[0] < twilio.delay * 1e9, "eight texts must not wait for each other"
    assert len(lanes(twilio.url)._free) == 8
