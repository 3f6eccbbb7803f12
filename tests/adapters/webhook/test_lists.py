"""Lists that are asked again and again: JSON and CSV, with columns of their own, in a zone of their own."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from answerback.adapters import guard
from answerback.adapters.webhook.phone import WebhookPhone
from answerback.engine.events import CallEnded, TextReceived
from answerback.ports.connection import Connection
from answerback.ports.errors import Refused, Unavailable
from answerback.ports.listening import IsPolled
from answerback.ports.phone import Happened, ListsPast
from answerback.testing.pretend_gateway import PretendGateway
from answerback.workflow import clock

LINE, MARIA = "+15125550100", "+15125550131"
SINCE = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 10, 20, 0, tzinfo=UTC)

CDR = """\
uniqueid,calldate,src,did,disposition,billsec
1773154680.10,2026-03-10 09:58:00,5125550131,5125550100,NO ANSWER,0
1773154681.11,2026-03-10 09:59:00,anonymous,5125550100,BUSY,0
1773154682.12,2026-03-10 10:00:00,5125550132,5125550100,ANSWERED,41
1773154683.13,2026-03-10 06:00:00,5125550133,5125550100,NO ANSWER,0
1773154684.14,2026-03-10 10:00:00,5125550134,5125559999,NO ANSWER,0
"""
CDR_SETTINGS = {
    "list_columns": "id=uniqueid, caller=src, line=did, at=calldate, outcome=disposition, talked_seconds=billsec",
    "list_words": "ANSWERED=unknown",
    "list_zone": "America/Chicago",
}


@pytest.fixture
def gateway() -> Iterator[PretendGateway]:
    with PretendGateway() as made, guard.allowing("127.0.0.1"):
        yield made


def connection(gateway: PretendGateway, **more: str) -> Connection:
    settings = gateway.settings(list_url=f"{gateway.url}/calls?from={{since}}", list_token="list-token", **more)
    return Connection(id=7, provider="webhook", settings=settings)


def adapter() -> WebhookPhone:
    made = WebhookPhone()
    made.use_clock(lambda: NOW)
    return made


def listed(gateway: PretendGateway, **more: str) -> list[Happened]:
    facts = adapter().past(connection(gateway, **more), [LINE], SINCE, NOW)
    return [fact for fact in facts if isinstance(fact, Happened)]


def test_a_list_of_calls_from_a_switchboard_as_csv(gateway: PretendGateway) -> None:
    gateway.listed = CDR
    facts = listed(gateway, **CDR_SETTINGS)
    assert [(fact.key, fact.caller) for fact in facts] == [
        ("1773154680.10", MARIA),
        ("1773154681.11", "withheld"),
        ("1773154682.12", "+15125550132"),
    ]
    ends = [fact.event for fact in facts if isinstance(fact.event, CallEnded)]
    assert [(end.outcome, end.at.hour, end.talked_seconds) for end in ends] == [
        ("no_answer", 14, 0),
        ("busy", 14, 0),
        ("unknown", 15, 41),
    ]
    (asked,) = gateway.asked
    assert (asked.query["from"], asked.headers[b"authorization"]) == ("2026-03-10T12:00:00Z", b"Bearer list-token")


@pytest.mark.parametrize("whole", [True, False])
def test_a_list_in_our_own_json(gateway: PretendGateway, whole: bool) -> None:
    rows = [
        {
            "id": "1",
            "kind": "ended",
            "call": "c1",
            "at": "2026-03-10T15:00:00Z",
            "caller": MARIA,
            "line": LINE,
            "outcome": "busy",
        },
        {"id": "2", "kind": "text", "at": "2026-03-10T15:00:00Z", "caller": MARIA, "line": LINE, "text": "hello"},
    ]
    gateway.kind, gateway.listed = "application/json", json.dumps({"items": rows} if whole else rows)
    assert [type(fact.event) for fact in listed(gateway)] == [CallEnded, TextReceived]


def test_a_row_that_cannot_be_read_costs_only_itself_and_is_told(gateway: PretendGateway) -> None:
    gateway.listed = CDR.replace("2026-03-10 09:59:00", "yesterday")
    assert [fact.key for fact in listed(gateway, **CDR_SETTINGS)] == ["1773154680.10", "1773154682.12"]
    now = WebhookPhone()
    now.use_clock(clock.now)
    found = {each.name: each for each in now.check(connection(gateway, **CDR_SETTINGS))}
    assert (found["list"].ok, "Row 2: The field 'at'" in found["list"].fix) == (False, True)
    assert found["texts"].ok


@pytest.mark.parametrize("said", ["{", "[1, 2", "\x00\x01", "[[]]", '[{"id": {}}]', "a,b\n" * 3])
def test_nonsense_breaks_nothing(gateway: PretendGateway, said: str) -> None:
    gateway.listed, gateway.kind = said, "application/json"
    facts: list[Happened] = []
    with suppress(Refused):
        facts = listed(gateway)
    assert facts == []


def test_a_list_that_is_too_long_or_away_says_so(gateway: PretendGateway) -> None:
    gateway.listed = "id\n" + "x" * 5_000_000
    with pytest.raises(Refused, match="4 MiB"):
        listed(gateway)
    gateway.stop()
    with pytest.raises(Unavailable):
        listed(gateway)


@pytest.mark.parametrize(("seconds", "every"), [("", 60), ("1", 10), ("90", 90), ("x", 60)])
def test_how_often(gateway: PretendGateway, seconds: str, every: int) -> None:
    phone = adapter()
    assert isinstance(phone, IsPolled)
    assert isinstance(phone, ListsPast)
    assert phone.poll_every(connection(gateway, list_seconds=seconds)) == timedelta(seconds=every)
    assert phone.poll_every(Connection(id=7, provider="webhook")) is None
