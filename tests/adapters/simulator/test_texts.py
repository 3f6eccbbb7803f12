"""Texts in both directions, their receipts, and a provider that misbehaves on order."""

from datetime import timedelta

import pytest
from tests.adapters.simulator.conftest import HOOKS, LINE, MARIA, START, Side

from answerback.adapters.simulator import Simulator, pump
from answerback.engine.events import TextReceived
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unavailable, Unclear
from answerback.ports.phone import Happened, OutgoingText, ReceiptCame

HELLO = OutgoingText(
    key="first", sender=LINE, to=MARIA, body="Hi, this is Rivera Plumbing.", receipts_url=f"{HOOKS}/receipt"
)


def receipts(side: Side) -> list[tuple[str, str, str | None]]:
    return [(fact.message, fact.status, fact.failure) for fact in side.heard if isinstance(fact, ReceiptCame)]


def test_text_arrives_and_is_reported(side: Side) -> None:
    handed = side.adapter.send(side.connection, HELLO)
    side.after(1)
    pump(side.world, side.post, side.now)
    assert receipts(side) == [(handed.message, "sent", None), (handed.message, "delivered", None)]
    [text] = side.world.texts(MARIA)
    assert (text.body, text.arrived(START), text.arrived(START + timedelta(seconds=1))) == (HELLO.body, False, True)


def test_landline_never_gets_it(side: Side) -> None:
    side.world.add_handset(MARIA, "Maria", failure="landline")
    handed = side.adapter.send(side.connection, HELLO)
    side.after(1)
    pump(side.world, side.post, side.now)
    assert receipts(side) == [(handed.message, "sent", None), (handed.message, "undelivered", "landline")]
    assert [text.arrived(side.now) for text in side.world.texts(MARIA)] == [False]


def test_equal_texts_are_two_texts(side: Side) -> None:
    side.adapter.send(side.connection, HELLO)
    side.adapter.send(side.connection, HELLO)
    assert [text.body for text in side.world.texts_to(MARIA)] == [HELLO.body] * 2


def test_refused_and_unavailable_texts_never_happen(side: Side) -> None:
    side.world.faults.refuse(failure="filtered")
    side.world.faults.unavailable(retry_after=30)
    with pytest.raises(Refused) as refused:
        side.adapter.send(side.connection, HELLO)
    with pytest.raises(Unavailable) as unavailable:
        side.adapter.send(side.connection, HELLO)
    assert (refused.value.failure, unavailable.value.retry_after) == ("filtered", 30)
    assert side.world.texts(MARIA) == ()
    side.adapter.send(side.connection, HELLO)
    assert len(side.world.texts(MARIA)) == 1


def test_lost_answer_is_unclear_and_can_be_found(side: Side) -> None:
    side.world.faults.lose_answer()
    with pytest.raises(Unclear):
        side.adapter.send(side.connection, HELLO)
    side.after(5)
    found = side.adapter.find(side.connection, HELLO, START)
    assert found is not None
    [text] = side.world.texts(MARIA)
    assert (found.message, found.status) == (text.message, "delivered")


def test_what_never_went_out_is_not_found(side: Side) -> None:
    assert side.adapter.find(side.connection, HELLO, START) is None
    side.adapter.send(side.connection, HELLO)
    assert side.adapter.find(side.connection, HELLO, START + timedelta(seconds=1)) is None


def test_find_can_fail_too(side: Side) -> None:
    side.world.faults.find_unavailable()
    side.world.faults.find_unclear()
    with pytest.raises(Unavailable):
        side.adapter.find(side.connection, HELLO, START)
    with pytest.raises(Unclear):
        side.adapter.find(side.connection, HELLO, START)
    assert side.adapter.find(side.connection, HELLO, START) is None


def test_late_receipt(side: Side) -> None:
    side.world.faults.late_receipt(seconds=90)
    side.adapter.send(side.connection, HELLO)
    side.after(89)
    pump(side.world, side.post, side.now)
    assert [status for _, status, _ in receipts(side)] == ["sent"]
    side.after(90)
    pump(side.world, side.post, side.now)
    assert [status for _, status, _ in receipts(side)] == ["sent", "delivered"]


def test_slow_provider_answers_in_the_end(side: Side) -> None:
    side.world.faults.slow(seconds=0.01)
    assert side.adapter.send(side.connection, HELLO).status == "queued"
    assert side.world.faults.take_slowness() == 0


def test_webhook_delivered_twice_has_one_key(side: Side) -> None:
    side.world.faults.twice()
    side.world.text(MARIA, LINE, "water heater leaking slowly", START)
    assert pump(side.world, side.post, side.now) == 2
    assert len(side.heard) == 2
    assert side.heard[0] == side.heard[1]


def test_customers_text_is_heard(side: Side) -> None:
    side.world.text(MARIA, LINE, "es para mañana 🚿", START, media=("https://phones.example.com/leak.jpg",))
    assert [text.heard for text in side.world.texts(MARIA)] == [False]
    pump(side.world, side.post, side.now)
    [fact] = side.heard
    assert isinstance(fact, Happened)
    assert (fact.caller, fact.event) == (
        MARIA,
        TextReceived(
            at=START, line=LINE, text="es para mañana 🚿", media=("https://phones.example.com/leak.jpg",), keyword=None
        ),
    )
    assert [text.heard for text in side.world.texts(MARIA)] == [True]


def test_stop_is_only_a_text_until_the_carrier_handles_keywords(side: Side) -> None:
    side.world.text(MARIA, LINE, "STOP", START)
    side.adapter.send(side.connection, HELLO)
    side.world.answer_keywords(True)
    side.world.text(MARIA, LINE, " Stop ", START)
    with pytest.raises(Refused) as refused:
        side.adapter.send(side.connection, HELLO)
    assert refused.value.failure == "opted_out"
    side.world.text(MARIA, LINE, "START", START)
    side.adapter.send(side.connection, HELLO)
    pump(side.world, side.post, side.now)
    events = [fact.event for fact in side.heard if isinstance(fact, Happened)]
    assert [event.keyword for event in events if isinstance(event, TextReceived)] == [None, "stop", "start"]
    assert [text.body.split()[0] for text in side.world.texts_to(MARIA)] == ["Hi,", "You", "You", "Hi,"]


def test_without_a_receipts_address_the_lines_own_is_used(side: Side) -> None:
    side.adapter.send(side.connection, OutgoingText(key="k", sender=LINE, to=MARIA, body="Hi"))
    side.after(1)
    assert [webhook.url for webhook in side.world.due(side.now)] == [f"{HOOKS}/receipt"] * 2


def test_without_a_clock_the_error_says_what_to_do(side: Side) -> None:
    with pytest.raises(RuntimeError, match="use_clock"):
        Simulator().send(side.connection, HELLO)


def test_check_says_what_is_wrong(side: Side) -> None:
    where = side.connection.settings["world"]
    found = {}
    for name, settings in {
        "well": dict(side.connection.settings),
        "no world": {"secret": "far-side-secret"},
        "no secret": {"world": where},
        "other secret": {"world": where, "secret": "other"},
    }.items():
        connection = Connection(id=7, provider="simulator", settings=settings)
        found[name] = [(finding.name, finding.ok) for finding in side.adapter.check(connection)]
    assert found == {
        "well": [("world", True), ("webhooks", True)],
        "no world": [("world", False)],
        "no secret": [("secret", False)],
        "other secret": [("secret", False)],
    }


def test_check_counts_one_webhook_as_it_counts_many(side: Side) -> None:
    says = [finding.says for finding in side.adapter.check(side.connection) if finding.name == "webhooks"]
    assert says == ["Webhooks delivered: 0, none lost."]
