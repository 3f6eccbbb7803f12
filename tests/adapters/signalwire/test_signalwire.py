"""The SignalWire adapter keeps every promise of an adapter; SignalWire's own code is the judge of signatures."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

import pytest

from answerback.adapters.signalwire import adapter
from answerback.adapters.signalwire.signature import HEADER
from answerback.adapters.twiml_family.hooks import signed_form
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Refused
from answerback.ports.lines import OurLine
from answerback.ports.phone import FetchesMedia, KnowsSenders, ListsPast, LooksUpNumbers, Phone
from answerback.ports.registry import phone
from answerback.ports.setup import FailsOpen, HasLineSettings, SetsUpNumbers
from answerback.testing.peers import module_alone
from answerback.testing.phone_conformance import NOW, PhoneConformance, to_request
from answerback.testing.pretend_http import FaultKind
from answerback.testing.pretend_twilio import PretendTwilio

PROJECT = "b3877c40-da60-4998-90ad-b792e98472af"
KEY = "PSK_pretend_signing_key"
SETTINGS = {"space": "hill.signalwire.com", "project_id": PROJECT, "api_token": "PT1", "signing_key": KEY}
CONNECTION = Connection(id=7, provider="signalwire", settings=SETTINGS)
HOOKS = "https://shop.example.com/hooks/signalwire/7"


def theirs() -> ModuleType:
    """SignalWire's own validator."""
    return module_alone("signalwire", "core/security/webhook_validator.py")


class Provider:
    """A pretend SignalWire, as the suite drives it: the family's, at other addresses."""

    def __init__(self, server: PretendTwilio) -> None:
        self.server = server
        told = {**SETTINGS, "api_token": server.auth_token, "api_base": server.url}
        self.connection = Connection(id=7, provider="signalwire", settings=told)

    def fail(self, kind: FaultKind) -> None:
        self.server.fault(kind, times=1)

    def taken(self, to: str) -> tuple[str, ...]:
        return tuple(text.sid for text in self.server.texts_to(to))

    def vanish(self) -> None:
        self.server.stop()


@contextmanager
def pretend() -> Iterator[PretendTwilio]:
    with PretendTwilio(account_sid=PROJECT, prefix="/api/laml/2010-04-01", header=HEADER) as server:
        yield server


class TestSignalWire(PhoneConformance):
    phone: Phone = adapter
    connection = CONNECTION
    payloads = Path(__file__).parent / "payloads"

    def sign(self, what: str, form: Mapping[str, Any], query: Mapping[str, str]) -> Request:
        url = f"{HOOKS}/{what}" + (f"?{urlencode(query)}" if query else "")
        return to_request(signed_form(url, form, KEY, HEADER))

    @contextmanager
    def provider(self) -> Iterator[Provider]:
        with pretend() as server:
            yield Provider(server)


def test_adapter_is_found_and_offers_everything() -> None:
    assert phone("signalwire") is adapter
    offers = (LooksUpNumbers, ListsPast, KnowsSenders, FetchesMedia, HasLineSettings, SetsUpNumbers, FailsOpen)
    assert [each.__name__ for each in offers if not isinstance(adapter, each)] == []


def test_their_validator_and_ours_agree_on_a_form() -> None:
    request = TestSignalWire().sign("voice", {"CallSid": "1", "From": "+15125550131", "Body": "é &="}, {"a": "b c"})
    body, given = request.body.decode(), request.headers[HEADER.lower()]
    assert theirs().validate_webhook_signature(KEY, given, request.url, body)
    adapter.verify(CONNECTION, request, NOW)
    with pytest.raises(Forged):
        adapter.verify(CONNECTION, replace(request, form=(*request.form, ("To", "x"))), NOW)
    assert not theirs().validate_webhook_signature(KEY, given, request.url, body + "&To=x")


@pytest.mark.parametrize(("header", "digest"), [("x-signalwire-sha256-signature", "sha256"), (HEADER.lower(), "sha1")])
def test_their_validator_and_ours_agree_on_json(header: str, digest: str) -> None:
    body, url = b'{"event": "x"}', f"{HOOKS}/status?x=1"
    given = hmac.new(KEY.encode(), url.encode() + body, getattr(hashlib, digest)).hexdigest()
    check = theirs().validate_webhook_signature_sha256 if digest == "sha256" else theirs().validate_webhook_signature
    assert check(KEY, given, url, body.decode())
    headers = {header: given, "content-type": "application/json"}
    request = Request(method="POST", url=url, what="status", headers=headers, body=body)
    adapter.verify(CONNECTION, request, NOW)
    for forged in (replace(request, body=body + b" "), replace(request, url=url + "1")):
        with pytest.raises(Forged):
            adapter.verify(CONNECTION, forged, NOW)


def test_project_of_somebody_else_refused() -> None:
    request = TestSignalWire().sign("voice", {"CallSid": "1", "AccountSid": "other"}, {})
    with pytest.raises(Forged, match="another account"):
        adapter.verify(CONNECTION, request, NOW)


def test_number_is_pointed_at_us_and_looked_up() -> None:
    with pretend() as server:
        connection = Provider(server).connection
        line = OurLine(number="+15125550100", settings={"ring": "+15125550177"})
        server.account.own(line.number)
        assert len(adapter.set_up(connection, line, HOOKS)) == 3
        assert adapter.planned(connection, line, HOOKS) == ()
        assert server.account.numbers[line.number]["voice_url"] == f"{HOOKS}/voice"
        server.account.media["/api/relay/rest/lookup/phone_number/+15125550131"] = (
            "application/json",
            b'{"carrier": {"linetype": "wireless", "lec": "T-Mobile"}}',
        )
        assert adapter.look_up(connection, "+15125550131").line_type == "mobile"
        with pytest.raises(Refused):
            adapter.look_up(connection, "+15125550132")


def test_connection_without_a_space_is_refused() -> None:
    with pytest.raises(Refused, match="no space"):
        adapter.account(Connection(id=7, provider="signalwire", settings={**SETTINGS, "space": ""}))
