"""Our documented webhook keeps every promise of an adapter, in both directions."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from answerback.adapters import guard
from answerback.adapters.signed_json import signed_headers
from answerback.adapters.webhook.phone import WebhookPhone
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Refused
from answerback.ports.phone import Happened, OutgoingText, Phone, ReceiptCame
from answerback.testing.phone_conformance import NOW, PhoneConformance, to_request
from answerback.testing.pretend_gateway import PretendGateway
from answerback.testing.pretend_http import FaultKind
from answerback.workflow import clock

SECRET = "far-side-secret"
KNOWN = {"call", "text", "receipt"}


def adapter() -> WebhookPhone:
    made = WebhookPhone()
    made.use_clock(clock.now)
    return made


class Provider:
    """The program at the other end, as the suite drives it."""

    def __init__(self, gateway: PretendGateway) -> None:
        self.gateway = gateway
        self.connection = Connection(id=7, provider="webhook", settings=gateway.settings())

    def fail(self, kind: FaultKind) -> None:
        self.gateway.fault(kind, times=1)

    def taken(self, to: str) -> tuple[str, ...]:
        return tuple(text.id for text in self.gateway.texts_to(to))

    def vanish(self) -> None:
        self.gateway.stop()


class TestWebhook(PhoneConformance):
    phone: Phone = adapter()
    connection = Connection(id=7, provider="webhook", settings={"secret": SECRET})
    payloads = Path(__file__).parent / "payloads"
    carries = "json"
    ages = True

    def sign(self, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:
        return self.sign_at(NOW, what, form, query)

    def sign_at(self, at: datetime, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:  # noqa: ARG002
        url, body = f"https://shop.example.com/hooks/webhook/7/{what}", json.dumps(form).encode()
        headers = signed_headers(secret=SECRET, url=url, body=body, at=at)
        return Request(method="POST", url=url, what=what, headers=headers, body=body)

    @contextmanager
    def provider(self) -> Iterator[Provider]:
        with PretendGateway() as gateway, guard.allowing("127.0.0.1"):
            yield Provider(gateway)

    def test_find_knows_what_went_out_and_nothing_else(self) -> None:
        """The program is asked by our own id, which says more than words and times."""
        with self.provider() as provider:
            text = OutgoingText(key="text-1", sender="+15125550100", to="+15125550131", body="hello")
            assert self.phone.find(provider.connection, text, NOW) is None
            for kind, taken in (("drop", 0), ("lose", 1)):
                assert self._lost(provider, kind, text) == taken
            found = self.phone.find(provider.connection, text, NOW)
            assert found is not None
            assert (found.message,) == provider.taken(text.to)
            assert self.phone.find(provider.connection, text, NOW, frozenset({found.message})) is None

    def _lost(self, provider: Provider, kind: FaultKind, text: OutgoingText) -> int:  # type: ignore[override]
        provider.fail(kind)
        with pytest.raises(Exception, match="broke"):
            self.phone.send(provider.connection, text)
        return len(provider.taken(text.to))


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x", "http://169.254.169.254/latest", "http://[::1]/", "http://localhost/"]
)
def test_addresses_inside_are_refused(address: str) -> None:
    text = OutgoingText(key="1", sender="+15125550100", to="+15125550131", body="hello")
    connection = Connection(id=7, provider="webhook", settings={"secret": SECRET, "send_url": address})
    with pytest.raises(Refused, match="ANSWERBACK_PRIVATE_HOSTS"):
        adapter().send(connection, text)


def test_without_an_address_no_text_leaves() -> None:
    with pytest.raises(Refused) as refused:
        adapter().send(TestWebhook.connection, OutgoingText(key="1", sender="+1", to="+15125550131", body="hello"))
    assert refused.value.failure == "sender_unregistered"


def test_made_hooks_verify() -> None:
    hooks, more = adapter().hooks(TestWebhook.connection, "https://shop.example.com"), {"line": "+15125550100"}
    now = clock.now()
    for made in (
        hooks.missed(caller="+15125550131", now=now, **more),
        hooks.answered(caller="+15125550131", now=now, **more),
        hooks.voicemail(caller="+15125550131", now=now, **more),
        hooks.text(caller="+15125550131", body="hello", **more),
        hooks.receipt(message="out-1", status="undelivered", code="landline", **more),
    ):
        request = to_request(made)
        adapter().verify(TestWebhook.connection, request, clock.now())
        (fact,) = adapter().hear(TestWebhook.connection, request, clock.now()).facts
        assert isinstance(fact, Happened | ReceiptCame)
