"""The Aircall adapter keeps every promise of an adapter, on requests as Aircall documents them."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from answerback.adapters.aircall import adapter
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged
from answerback.ports.phone import Happened, Phone
from answerback.testing.phone_conformance import NOW, PhoneConformance, to_request
from answerback.testing.pretend_aircall import PretendAircall
from answerback.testing.pretend_http import FaultKind

TOKEN = "58ffd2bc5f3113f7bebf210a49299a1b"
URL = "https://shop.example.com/hooks/aircall/7"


class Provider:
    """The pretend Aircall, as the suite drives it."""

    def __init__(self, aircall: PretendAircall) -> None:
        self.aircall = aircall
        self.connection = Connection(id=7, provider="aircall", settings=aircall.settings())

    def fail(self, kind: FaultKind) -> None:
        self.aircall.fault(kind, times=1)

    def taken(self, to: str) -> tuple[str, ...]:
        return tuple(text.id for text in self.aircall.texts_to(to))

    def vanish(self) -> None:
        self.aircall.stop()


class TestAircall(PhoneConformance):
    phone: Phone = adapter
    connection = Connection(
        id=7, provider="aircall", settings={"api_id": "id", "api_token": "t0ken", "webhook_token": TOKEN}
    )
    payloads = Path(__file__).parent / "payloads"
    carries = "json"
    signs = "token"
    hides = frozenset({"token"})

    def sign(self, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:  # noqa: ARG002
        body = json.dumps({"token": TOKEN, **form}).encode()
        return Request(method="POST", url=f"{URL}/{what}", what=what, headers={}, body=body)

    @contextmanager
    def provider(self) -> Iterator[Provider]:
        with PretendAircall() as aircall:
            yield Provider(aircall)


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + " ", TOKEN.upper(), None, 5, [TOKEN]])
def test_a_wrong_token_is_refused(token: object) -> None:
    body = json.dumps({"event": "call.created", "token": token, "data": {}}).encode()
    with pytest.raises(Forged):
        adapter.verify(
            TestAircall.connection, Request(method="POST", url=URL, what="event", headers={}, body=body), NOW
        )


def test_the_token_is_not_kept() -> None:
    made = adapter.hooks(TestAircall.connection, "https://shop.example.com").missed(
        caller="+15125550131", line="+15125550100", now=NOW
    )
    request = to_request(made)
    adapter.verify(TestAircall.connection, request, NOW)
    (fact,) = adapter.hear(TestAircall.connection, request, NOW).facts
    assert isinstance(fact, Happened)
    assert TOKEN not in json.dumps(fact.raw)


def test_the_list_of_calls_says_what_the_webhook_said_under_the_same_key() -> None:
    with PretendAircall() as aircall:
        connection = Connection(id=7, provider="aircall", settings=aircall.settings())
        hooks = adapter.hooks(connection, "https://shop.example.com")
        for number in range(120):
            made = hooks.missed(caller=f"+1512555{1000 + number}", line="+15125550100", now=NOW, call=str(number + 1))
            aircall.calls.append(json.loads(made.body)["data"])
        aircall.calls.append({**aircall.calls[0], "id": 500, "number": {"digits": "+1 512-555-0199", "country": "US"}})
        aircall.calls.append({**aircall.calls[0], "id": 501, "ended_at": None})
        facts = list(adapter.past(connection, ["+15125550100"], NOW.replace(hour=0), NOW))
        heard = adapter.hear(connection, to_request(made), NOW)
    assert len(facts) == 120
    assert facts[-1].key == heard.facts[0].key
