"""Quo's two signatures, against Quo's own documents' scheme and an independent implementation of it."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook
from svix.webhooks import Webhook as SvixWebhook

from answerback.adapters.quo import adapter
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged
from answerback.ports.phone import Happened
from answerback.testing.phone_conformance import to_request

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
SECRET = "whsec_" + base64.b64encode(b"a signing key of 24 bytes").decode()
OTHER = base64.b64encode(b"another signing key").decode()
BODY = b'{"type": "call.missed", "id": "EV1"}'


def of(secret: str) -> Connection:
    return Connection(id=7, provider="quo", settings={"webhook_secret": secret})


def request(headers: dict[str, str], body: bytes = BODY) -> Request:
    return Request(
        method="POST", url="https://shop.example.com/hooks/quo/7/event", what="event", headers=headers, body=body
    )


@pytest.mark.parametrize("signer", [Webhook, SvixWebhook])
def test_what_an_independent_signer_signs_is_accepted(signer: type) -> None:
    signed = signer(SECRET).sign("msg_2", NOW, BODY.decode())
    headers = {"webhook-id": "msg_2", "webhook-timestamp": str(int(NOW.timestamp())), "webhook-signature": signed}
    adapter.verify(of(SECRET), request(headers), NOW)
    adapter.verify(of(f"{OTHER}, {SECRET}"), request(headers), NOW)
    adapter.verify(of(SECRET), request(headers | {"webhook-signature": f"v2,abc v1,{OTHER} {signed}"}), NOW)
    with pytest.raises(Forged):
        adapter.verify(of(OTHER), request(headers), NOW)
    with pytest.raises(Forged):
        adapter.verify(of(SECRET), request(headers | {"webhook-id": "msg_3"}), NOW)
    with pytest.raises(Forged):
        adapter.verify(of(SECRET), request(headers | {"webhook-timestamp": str(int(NOW.timestamp()) + 1)}), NOW)


def test_what_we_sign_an_independent_verifier_accepts() -> None:
    now = datetime.now(UTC)  # noqa: TID251  the verifier reads the clock itself
    made = adapter.hooks(of(SECRET), "https://shop.example.com").missed(
        caller="+15125550131", line="+15125550100", now=now
    )
    assert Webhook(SECRET).verify(made.body.decode(), dict(made.headers)) == json.loads(made.body)
    heard = adapter.hear(of(SECRET), to_request(made), now)
    assert [fact.caller for fact in heard.facts if isinstance(fact, Happened)] == ["+15125550131"]


def test_legacy_signature_as_documented() -> None:
    """The sample code of Quo's page on legacy webhooks: base64 key, `timestamp.body`, timestamp in milliseconds."""
    milliseconds = str(int(NOW.timestamp() * 1000))
    digest = hmac.new(base64.b64decode(OTHER), f"{milliseconds}.{BODY.decode()}".encode(), hashlib.sha256).digest()
    header = f"hmac;1;{milliseconds};{base64.b64encode(digest).decode()}"
    adapter.verify(of(OTHER), request({"openphone-signature": header}), NOW)
    for late in (timedelta(seconds=301), -timedelta(seconds=301)):
        with pytest.raises(Forged, match="replay"):
            adapter.verify(of(OTHER), request({"openphone-signature": header}), NOW + late)
    for wrong in ("", "hmac;1;x;y", header.replace("hmac;1", "hmac;2"), header[:-4] + "AAA="):
        with pytest.raises(Forged):
            adapter.verify(of(OTHER), request({"openphone-signature": wrong}), NOW)
    with pytest.raises(Forged):
        adapter.verify(of(OTHER), replace(request({"openphone-signature": header}), body=BODY + b"\n"), NOW)


@pytest.mark.parametrize("secret", ["", " ", "whsec_", "not base64 at all", "é"])
def test_no_request_passes_without_a_usable_secret(secret: str) -> None:
    timestamp = str(int(NOW.timestamp()))
    digest = hmac.new(b"", f"m.{timestamp}.".encode() + BODY, hashlib.sha256).digest()
    headers = {"webhook-id": "m", "webhook-timestamp": timestamp}
    headers["webhook-signature"] = "v1," + base64.b64encode(digest).decode()
    with pytest.raises(Forged, match="no signing secret"):
        adapter.verify(of(secret), request(headers), NOW)
