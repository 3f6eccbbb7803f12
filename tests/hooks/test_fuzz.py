"""Every hook of every installed provider under fire over raw HTTP: never a 500, never a stack trace, memory bounded.

Nothing is known of a provider here but its name: one that is added is fuzzed from then on. What is sent is rightly
signed where the provider's own maker of webhooks can sign it, so that the fuzz gets past the door.
"""

import json
import resource
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerback.ports.phone import MakesHooks, SignedRequest
from answerback.ports.registry import phone, phones
from answerback.store import models
from answerback.testing.world import World

PROVIDERS = phones()
SIGNING = tuple(name for name in PROVIDERS if isinstance(phone(name), MakesHooks))
LINE, ANN = "+15125550199", "+15125550131"
SECRET = "whsec_c2VjcmV0LW9mLW91cnM="
WHATS = st.sampled_from(
    ["event", "call", "text", "receipt", "voice", "status", "recording", "transcription", "hangup", "menu", "accept"]
) | st.text(alphabet="abcdefghijklmnopqrstuvwxyz-_0123456789%.", min_size=1, max_size=20)
HEADERS = (
    "X-Twilio-Signature", "webhook-id", "webhook-timestamp", "webhook-signature", "openphone-signature",
    "telnyx-signature-ed25519", "telnyx-timestamp", "X-SignalWire-Signature", "x-answerback-signature",
    "x-answerback-timestamp", "Authorization",
)  # fmt: skip
KINDS = st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x", "", "é"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
BODIES = st.binary(max_size=400) | JSON.map(lambda value: json.dumps(value).encode())
FUZZ = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
ANSWERS = {200, 204, 400, 403, 404, 405, 413}

Posts = Callable[[str, bytes, str, dict[str, str]], tuple[int, bytes]]


@pytest.fixture
def posts(world: World) -> Posts:
    """Sends one request to a path; the status and the words of the answer."""

    def post(path: str, body: bytes, kind: str, headers: dict[str, str]) -> tuple[int, bytes]:
        answer = world.stack.client.generic("POST", path, body, content_type=kind, headers=headers)
        return answer.status_code, answer.content

    return post


@pytest.fixture
def connection(world: World, request: pytest.FixtureRequest) -> models.Connection:
    """A connection of the provider under test with one line and every setting filled in."""
    from answerback.workflow import setup

    provider = request.getfixturevalue("provider")
    given = {setting.name: setting.default or SECRET for setting in phone(provider).settings}
    made = setup.connect(world.shop.business, provider, provider, given | {"lines": LINE, "world": "memory:fuzz"})
    setup.add_line(world.shop.business, made.id, LINE, "Fuzzed")
    return made


def sound(answer: tuple[int, bytes]) -> None:
    status, words = answer
    assert status in ANSWERS, (status, words)
    assert b"Traceback" not in words
    assert b'File "' not in words


@pytest.mark.parametrize("provider", PROVIDERS)
@FUZZ
@given(what=WHATS, body=BODIES, kind=KINDS, headers=st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=80)))
def test_unsigned_requests_are_turned_away(  # noqa: PLR0917  what a request is made of
    connection: models.Connection,
    posts: Posts,
    provider: str,
    what: str,
    body: bytes,
    kind: str,
    headers: dict[str, str],
) -> None:
    clean = {name: value.encode("ascii", "ignore").decode() for name, value in headers.items()}
    sound(posts(f"/hooks/{provider}/{connection.id}/{what}", body, kind, clean))
    assert models.Event.objects.filter(connection=connection).count() == 0


@pytest.mark.parametrize("provider", SIGNING)
@FUZZ
@given(data=st.data())
def test_signed_requests_with_anything_in_them_are_read_or_named(
    connection: models.Connection, posts: Posts, provider: str, data: st.DataObject, world: World
) -> None:
    signed = _signed(provider, connection, data, world)
    headers = {name.lower(): value for name, value in signed.headers.items()}
    kind = headers.pop("content-type")
    sound(posts(signed.url.partition("http://localhost")[2], signed.body, kind, headers))


def _signed(provider: str, connection: models.Connection, data: st.DataObject, world: World) -> SignedRequest:
    """A webhook of the provider's own maker, with any words in the place of its own."""
    from answerback.workflow import clock, directory

    adapter, ours = phone(provider), directory.account(connection.id)
    assert isinstance(adapter, MakesHooks)
    assert ours is not None
    if hasattr(adapter, "use_clock"):
        adapter.use_clock(clock.now)
    hooks = adapter.hooks(ours.connection, "http://localhost")
    words = st.text(max_size=40) | st.sampled_from([LINE, ANN, "anonymous", "", "\0", "+", "é" * 200])
    who, line, call = data.draw(words), data.draw(words | st.just(LINE)), data.draw(words)
    more: dict[str, Any] = data.draw(st.dictionaries(st.sampled_from(_FIELDS), words, max_size=3))
    makers = [
        lambda: hooks.missed(caller=who, line=line, now=world.now, call=call, **more),
        lambda: hooks.answered(caller=who, line=line, now=world.now, call=call, **more),
        lambda: hooks.voicemail(caller=who, line=line, now=world.now, call=call, **more),
    ]
    if getattr(adapter, "can_text", True):
        makers += [
            lambda: hooks.text(caller=who, line=line, body=data.draw(words), message=call),
            lambda: hooks.receipt(message=call or "m", status=data.draw(words), to=who, line=line),
        ]
    return data.draw(st.sampled_from(makers))()


_FIELDS = (
    "CallStatus", "DialCallStatus", "Timestamp", "Direction", "status", "createdAt", "direction", "started_at",
    "missed_call_reason", "dial", "began", "at", "id", "kind", "outcome", "data",
)  # fmt: skip


@pytest.mark.parametrize("provider", PROVIDERS)
def test_large_bodies_cost_no_memory(connection: models.Connection, posts: Posts, provider: str) -> None:
    path = f"/hooks/{provider}/{connection.id}/event"
    bodies = [b"x" * 3_000_000, b"[" * 60_000, b'{"a":' * 10_000, b"a=b&" * 16_000, b'{"id": "' + b"9" * 60_000 + b'"}']
    for kind in ("application/json", "application/x-www-form-urlencoded"):
        for body in bodies:
            posts(path, body, kind, {})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(10):
        for body in bodies:
            status, _words = posts(path, body, "application/json", {})
            assert status in {400, 403, 413}
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 40_000, f"{grown} KiB for 50 requests of up to 3 MB"
