"""What Quo's lists tell: the sweep's facts have the keys of the webhooks, and senders say whether they may text."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from answerback.adapters.quo import adapter
from answerback.engine.events import CallAnswered, CallEnded, StaffTexted, TextReceived
from answerback.ports.connection import Connection, Request
from answerback.ports.phone import Happened, OutgoingText, ReceiptCame
from answerback.testing.payloads import captured
from answerback.testing.pretend_quo import NUMBER, NUMBER_ID, PretendQuo

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
MARIA = "+15125550131"


def connection(quo: PretendQuo) -> Connection:
    return Connection(id=7, provider="quo", settings=quo.settings())


def listed(id: str, **more: object) -> dict[str, object]:
    """A call as GET /v1/calls has it."""
    times = {"createdAt": "2026-03-10T14:58:00.000Z", "completedAt": "2026-03-10T14:58:22.000Z", "answeredAt": None}
    it = {"id": id, "direction": "incoming", "status": "missed", "duration": 0, "phoneNumberId": NUMBER_ID, **times}
    return {**it, "participants": [MARIA], "answeredBy": None, "aiHandled": None, "callRoute": "phone-number", **more}


def test_the_list_says_what_the_webhook_said_under_the_same_key() -> None:
    payloads = {one.name: one for one in captured(Path(__file__).parent / "payloads")}
    missed = payloads["call_missed"]
    with PretendQuo() as quo:
        body = json.dumps(missed.form).encode()
        heard = adapter.hear(connection(quo), Request(method="POST", url="", what="event", headers={}, body=body), NOW)
        quo.calls.append(listed("AC-m"))
        facts = list(adapter.past(connection(quo), [NUMBER], NOW - timedelta(hours=1), NOW))
    assert [(fact.key, fact.event, fact.caller) for fact in facts if isinstance(fact, Happened)] == [
        (fact.key, fact.event, fact.caller) for fact in heard.facts if isinstance(fact, Happened)
    ]


def test_calls_and_texts_of_every_conversation_are_listed() -> None:
    with PretendQuo() as quo:
        quo.calls += [
            listed("AC-1"),
            listed("AC-2", status="completed", answeredAt="2026-03-10T14:58:05.000Z", answeredBy="US1"),
            listed("AC-3", status="ringing", completedAt=None),
            listed("AC-4", participants=["+15125550132"]),
        ]
        came = {"id": "AC-9", "from": MARIA, "to": [NUMBER], "direction": "incoming", "text": "hello"}
        quo.received.append({**came, "status": "received", "createdAt": "2026-03-10T14:59:00.000Z"})
        adapter.send(connection(quo), OutgoingText(key="1", sender=NUMBER, to=MARIA, body="On our way"))
        facts = list(adapter.past(connection(quo), [NUMBER, "+15125559999"], datetime(2026, 1, 1, tzinfo=UTC), NOW))
    events = [(type(fact.event), fact.caller) for fact in facts if isinstance(fact, Happened)]
    assert sorted(events, key=str) == sorted(
        [
            (CallEnded, MARIA),
            (CallAnswered, MARIA),
            (CallEnded, MARIA),
            (CallEnded, "+15125550132"),
            (TextReceived, MARIA),
            (StaffTexted, MARIA),
        ],
        key=str,
    )
    assert [fact.status for fact in facts if isinstance(fact, ReceiptCame)] == ["queued"]
    assert {fact.line for fact in facts if isinstance(fact, Happened)} == {NUMBER}


def test_senders_say_whether_they_may_text_in_the_us() -> None:
    with PretendQuo(messaging="restricted") as quo:
        (sender,) = adapter.senders(connection(quo), [NUMBER])
    assert (sender.number, sender.state) == (NUMBER, "unregistered")


def test_lines_are_paged_by_token_only() -> None:
    with PretendQuo() as quo:
        adapter.find(connection(quo), OutgoingText(key="1", sender=NUMBER, to=MARIA, body="x"), NOW)
        asked = [(ask.path, ask.query.get("maxResults")) for ask in quo.asked]
    assert asked == [("/v1/phone-numbers", None), ("/v1/messages", "100")]
