"""The signature check, against a signature computed from Twilio's written description and not by the adapter's peer."""

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from answerback.adapters.twilio import adapter
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
TOKEN = "12345"
CONNECTION = Connection(id=7, provider="twilio", settings={"account_sid": "AC1", "auth_token": TOKEN})


def request(url: str, pairs: list[tuple[str, str]], signed_as: str | None = None, token: str = TOKEN) -> Request:
    """A form POST to `url`, signed for the address Twilio knows."""
    words = (signed_as or url) + "".join(name + value for name, value in sorted(set(pairs)))
    signature = base64.b64encode(hmac.new(token.encode(), words.encode(), hashlib.sha1).digest()).decode()
    return Request(
        method="POST",
        url=url,
        what="voice",
        headers={"x-twilio-signature": signature, "content-type": "application/x-www-form-urlencoded; charset=UTF-8"},
        body=urlencode(pairs).encode(),
        form=tuple(pairs),
    )


def test_example_of_twilios_documentation_passes() -> None:
    """twilio.com/docs/usage/security: the worked example with its published result."""
    pairs = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675310"), ("Digits", "1234")]
    pairs += [("From", "+14158675310"), ("To", "+18005551212")]
    example = request("https://mycompany.com/myapp.php?foo=1&bar=2", pairs)
    assert example.headers["x-twilio-signature"] == "GvWf1cFY/Q7PnoempGyD5oXAezc="
    adapter.verify(CONNECTION, example, NOW)


@pytest.mark.parametrize("signed_as", ["https://shop.example.com:443/hooks/x", "https://shop.example.com/hooks/x"])
def test_port_may_or_may_not_be_signed(signed_as: str) -> None:
    adapter.verify(CONNECTION, request("https://shop.example.com/hooks/x", [("A", "1")], signed_as), NOW)


def test_field_sent_twice_passes() -> None:
    adapter.verify(CONNECTION, request("https://shop.example.com/x", [("A", "2"), ("A", "1"), ("B", "")]), NOW)


def test_other_account_refused() -> None:
    with pytest.raises(Forged, match="another account"):
        adapter.verify(CONNECTION, request("https://shop.example.com/x", [("AccountSid", "AC2")]), NOW)
    adapter.verify(CONNECTION, request("https://shop.example.com/x", [("AccountSid", "AC1")]), NOW)


def test_json_passes_only_with_the_hash_of_its_own_body() -> None:
    body = b'{"CallSid": "CA1"}'
    digest = hashlib.sha256(body).hexdigest()
    signed = request(f"https://shop.example.com/x?bodySHA256={digest}", [])
    headers = {**signed.headers, "content-type": "application/json"}
    signed = replace(signed, headers=headers, body=body, query=(("bodySHA256", digest),))
    adapter.verify(CONNECTION, signed, NOW)
    with pytest.raises(Forged):
        adapter.verify(CONNECTION, replace(signed, body=b'{"CallSid": "CA2"}'), NOW)
    with pytest.raises(Forged):
        adapter.verify(CONNECTION, replace(signed, body=b"\xff"), NOW)


def test_shared_key_is_told_apart() -> None:
    signed = request("https://shop.example.com/x", [("A", "1")])
    headers = {"x-twilio-signature": "AAAA", "x-twilio-webhooks-signature-settings": "key=k,algorithm=HMAC_SHA256"}
    with pytest.raises(Forged, match="shared key"):
        adapter.verify(CONNECTION, replace(signed, headers={**signed.headers, **headers}), NOW)


def test_body_refused_where_only_the_address_is_signed() -> None:
    signed = request("https://shop.example.com/x", [])
    adapter.verify(CONNECTION, signed, NOW)
    headers = {**signed.headers, "content-type": "application/json"}
    with pytest.raises(Forged):
        adapter.verify(CONNECTION, replace(signed, headers=headers, body=b'{"CallSid": "CA1"}'), NOW)


def test_empty_token_is_no_secret_to_sign_with() -> None:
    unset = Connection(id=7, provider="twilio", settings={"account_sid": "AC1", "auth_token": ""})
    with pytest.raises(Forged, match="no auth token"):
        adapter.verify(unset, request("https://shop.example.com/x", [("A", "1")], token=""), NOW)
