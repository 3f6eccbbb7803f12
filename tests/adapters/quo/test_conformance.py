"""The Quo adapter keeps every promise of an adapter, on requests as Quo documents them, both generations."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from answerback.adapters.quo import adapter, signature
from answerback.ports.connection import Connection, Request
from answerback.ports.phone import Phone
from answerback.testing.phone_conformance import NOW, PhoneConformance
from answerback.testing.pretend_http import FaultKind
from answerback.testing.pretend_quo import PretendQuo

SECRET = "whsec_c2VjcmV0LW9mLXF1bw=="
SETTINGS = {"api_key": "key", "webhook_secret": SECRET, "numbers": "PN123abc=+15125550100"}


class Provider:
    """The pretend Quo, as the suite drives it."""

    def __init__(self, quo: PretendQuo) -> None:
        self.quo = quo
        self.connection = Connection(id=7, provider="quo", settings=quo.settings())

    def fail(self, kind: FaultKind) -> None:
        self.quo.fault(kind, times=1)

    def taken(self, to: str) -> tuple[str, ...]:
        return tuple(text.id for text in self.quo.texts_to(to))

    def vanish(self) -> None:
        self.quo.stop()


class TestQuo(PhoneConformance):
    phone: Phone = adapter
    connection = Connection(id=7, provider="quo", settings=SETTINGS)
    payloads = Path(__file__).parent / "payloads"
    carries = "json"
    signs = "body"
    ages = True

    def sign(self, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:
        return self.sign_at(NOW, what, form, query)

    def sign_at(self, at: datetime, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:  # noqa: ARG002
        body = json.dumps(form).encode()
        if form.get("object") == "event":
            headers = signature.sign_legacy(SECRET, int(at.timestamp() * 1000), body)
        else:
            headers = signature.sign(SECRET, "msg_1", int(at.timestamp()), body)
        url = f"https://shop.example.com/hooks/quo/7/{what}"
        return Request(method="POST", url=url, what=what, headers=headers, body=body)

    @contextmanager
    def provider(self) -> Iterator[Provider]:
        with PretendQuo() as quo:
            yield Provider(quo)
