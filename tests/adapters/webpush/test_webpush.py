"""Web push as its RFCs have it: encrypted for one browser (8291), signed for one service (8292), handed over (8030)."""

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from answerback.adapters import guard
from answerback.adapters.webpush import adapter, encryption
from answerback.ports.alerts import Words
from answerback.ports.push import Device, Keys

WORDS = Words(title="Rivera Plumbing", body="New lead: (512) 555-0131.", link="https://example.com/c/7")
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def keys() -> Keys:
    return adapter.new_keys()


def _send(device: Device, keys: Keys) -> Any:
    return adapter.send(device, WORDS, keys=keys, contact="mailto:dana@example.com", tag="alert-1", now=NOW)


def test_the_example_of_rfc_8291_comes_out_byte_by_byte() -> None:
    ours = int.from_bytes(encryption.decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
    body = encryption.sealed(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        ours=ec.derive_private_key(ours, encryption.CURVE),
        salt=encryption.decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert encryption.encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru"
        "3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_only_the_browser_can_read_it_and_the_service_knows_who_sends(push_service: Any, keys: Keys) -> None:
    with guard.allowing("127.0.0.1"):
        answer = _send(push_service.device(), keys)
    assert (answer.arrived, answer.says) == (True, "127.0.0.1 took it (201).")
    ((headers, body),) = push_service.requests
    assert b"Rivera" not in body
    assert json.loads(push_service.read(body)) == {**dataclasses.asdict(WORDS), "tag": "alert-1"}
    assert (headers["Content-Encoding"], headers["TTL"], headers["Urgency"]) == ("aes128gcm", "43200", "high")
    token, public = (part.partition("=")[2] for part in headers["Authorization"].removeprefix("vapid ").split(", "))
    assert public == keys.public
    key = ec.EllipticCurvePublicKey.from_encoded_point(encryption.CURVE, encryption.decoded(public))
    origin = f"http://127.0.0.1:{push_service.port}"
    claims = jwt.decode(token, key, algorithms=["ES256"], audience=origin, options={"verify_exp": False})
    in_12_hours = int((NOW + timedelta(hours=12)).timestamp())
    assert claims == {"aud": origin, "exp": in_12_hours, "sub": "mailto:dana@example.com"}


@pytest.mark.parametrize(("status", "gone"), [(404, True), (410, True), (403, False), (429, False), (500, False)])
def test_what_the_service_answers_is_said(push_service: Any, keys: Keys, status: int, gone: bool) -> None:
    push_service.status = status
    with guard.allowing("127.0.0.1"):
        answer = _send(push_service.device(), keys)
    assert (answer.arrived, answer.gone, str(status) in answer.says) == (False, gone, True)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.7", "[::1]", "169.254.169.254"])
def test_no_browser_leads_inside(push_service: Any, keys: Keys, host: str) -> None:
    device = dataclasses.replace(push_service.device(), endpoint=f"https://{host}:9/send")
    answer = _send(device, keys)
    assert (answer.arrived, "ANSWERBACK_PRIVATE_HOSTS" in answer.says) == (False, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"endpoint": "http://push.example.com/x"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://user:secret@push.example.com/x"},
        {"endpoint": "https://push.example.com/" + "x" * 1000},
        {"p256dh": "AAAA"},
        {"p256dh": "ä"},
        {"auth": "AAAA"},
        {"auth": ""},
    ],
)
def test_what_no_browser_hands_out_is_refused(push_service: Any, wrong: dict[str, str]) -> None:
    device = dataclasses.replace(push_service.device(), endpoint="https://push.example.com/x")
    assert adapter.problem(device) == ""
    assert "no address" in adapter.problem(dataclasses.replace(device, **wrong))
