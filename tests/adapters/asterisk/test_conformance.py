"""The hangup handler's POST keeps every promise of an adapter; a switchboard sends no texts."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from answerback.adapters.asterisk import adapter
from answerback.engine.events import CallAnswered, CallEnded, CallRang, VoicemailLeft
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Refused
from answerback.ports.phone import Happened, Phone, SignedRequest
from answerback.testing.phone_conformance import NOW, PhoneConformance, to_request

TOKEN = "post-token"
URL = "https://shop.example.com/hooks/asterisk/7"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class TestAsterisk(PhoneConformance):
    phone: Phone = adapter
    connection = Connection(
        id=7,
        provider="asterisk",
        settings={"lines": "+15125550100", "post_token": TOKEN, "secret": "manager-secret"},
    )
    payloads = Path(__file__).parent / "payloads"
    signs = "token"
    hides = frozenset({"token"})
    texts = False

    def sign(self, what: str, form: Mapping[str, str], query: Mapping[str, str]) -> Request:  # noqa: ARG002
        body = urlencode({"token": TOKEN, **form}).encode()
        return to_request(SignedRequest(url=f"{URL}/{what}", headers=FORM, body=body))


@pytest.mark.parametrize("token", ["", "x", TOKEN + " ", TOKEN.upper(), "é"])
def test_a_wrong_token_is_refused(token: str) -> None:
    body = urlencode({"token": token, "call": "1.1"}).encode()
    with pytest.raises(Forged):
        adapter.verify(
            TestAsterisk.connection, to_request(SignedRequest(url=f"{URL}/hangup", headers=FORM, body=body)), NOW
        )


def test_made_hooks_say_what_they_should() -> None:
    hooks, more = adapter.hooks(TestAsterisk.connection, "https://shop.example.com"), {"caller": "+15125550131"}
    said = []
    for made in (
        hooks.missed(line="+15125550100", now=NOW, **more),
        hooks.answered(line="+15125550100", now=NOW, **more),
        hooks.voicemail(line="+15125550100", now=NOW, **more),
    ):
        request = to_request(made)
        adapter.verify(TestAsterisk.connection, request, NOW)
        facts = adapter.hear(TestAsterisk.connection, request, NOW).facts
        said.append([type(fact.event) for fact in facts if isinstance(fact, Happened)])
    assert said == [[CallRang, CallEnded], [CallRang, CallAnswered, CallEnded], [CallRang, CallEnded, VoicemailLeft]]
    with pytest.raises(Refused):
        hooks.text(line="+15125550100", body="hello", **more)
