"""The Twilio adapter keeps every promise of an adapter, on requests as Twilio documents them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from answerback.adapters.twilio import adapter
from answerback.adapters.twiml_family.hooks import signed_form
from answerback.ports.connection import Connection, Request
from answerback.ports.phone import Phone
from answerback.testing.phone_conformance import PhoneConformance, to_request
from answerback.testing.pretend_http import FaultKind
from answerback.testing.pretend_twilio import ACCOUNT, PretendTwilio

TOKEN = "a-pretend-auth-token"


class Provider:
    """The pretend Twilio, as the suite drives it."""

    def __init__(self, twilio: PretendTwilio) -> None:
        self.twilio = twilio
        self.connection = Connection(id=7, provider="twilio", settings=twilio.settings())

    def fail(self, kind: FaultKind) -> None:
        self.twilio.fault(kind, times=1)

    def taken(self, to: str) -> tuple[str, ...]:
        return tuple(text.sid for text in self.twilio.texts_to(to))

    def vanish(self) -> None:
        self.twilio.stop()


class TestTwilio(PhoneConformance):
    phone: Phone = adapter
    connection = Connection(id=7, provider="twilio", settings={"account_sid": ACCOUNT, "auth_token": TOKEN})
    payloads = Path(__file__).parent / "payloads"

    def sign(self, what: str, form: Mapping[str, str], query: Mapping[str, str]) -> Request:
        url = f"https://shop.example.com/hooks/twilio/7/{what}" + (f"?{urlencode(query)}" if query else "")
        return to_request(signed_form(url, form, TOKEN))

    @contextmanager
    def provider(self) -> Iterator[Provider]:
        with PretendTwilio() as twilio:
            yield Provider(twilio)
