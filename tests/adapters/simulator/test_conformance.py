"""The suite that every phone adapter must pass, run on the simulator.

Its webhook is one JSON object and its signature ages, so a redelivery is signed anew; the rest is the suite's.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from answerback.adapters.signed_json import signed_headers
from answerback.adapters.simulator import PhoneWorld, Simulator, close_world, open_world
from answerback.adapters.simulator.hooks import SimulatorHooks
from answerback.ports.connection import Connection, Request
from answerback.ports.phone import Phone
from answerback.testing.phone_conformance import NOW, Captured, PhoneConformance, to_request
from answerback.workflow import clock

LINE = "+15125550100"
SECRET = "far-side-secret"
HOOKS = "https://shop.example.com/hooks/simulator/7"
KNOWN = {"call", "text", "receipt"}


@dataclass
class PretendSide:
    """The suite's provider: one world in a file."""

    connection: Connection
    world: PhoneWorld
    path: Path

    def fail(self, kind: str) -> None:
        faults = self.world.faults
        {
            "refuse": faults.refuse,
            "rate_limit": lambda: faults.unavailable(retry_after=1),
            "error": faults.unavailable,
            "gateway": faults.lose_text,
            "drop": faults.lose_text,
            "lose": faults.lose_answer,
        }[kind]()

    def taken(self, to: str) -> tuple[str, ...]:
        return tuple(text.message for text in self.world.texts_to(to))

    def vanish(self) -> None:
        close_world(str(self.path))
        for file in self.path.parent.iterdir():
            file.unlink()
        self.path.mkdir()


class TestSimulator(PhoneConformance):
    phone: Phone = Simulator(clock.now)
    connection = Connection(id=7, provider="simulator", settings={"world": "memory:unused", "secret": SECRET})
    payloads = Path(__file__).parent / "payloads"

    def sign(self, what: str, form: Mapping[str, str], query: Mapping[str, str]) -> Request:  # noqa: ARG002
        return _signed(what, form, NOW)

    @contextmanager
    def provider(self) -> Iterator[PretendSide]:  # type: ignore[override]
        with TemporaryDirectory() as folder:
            path = Path(folder) / "world.sqlite3"
            world = open_world(str(path))
            world.connect(LINE, connection=7, secret=SECRET, hooks_url=HOOKS)
            connection = Connection(id=7, provider="simulator", settings={"world": str(path), "secret": SECRET})
            yield PretendSide(connection=connection, world=world, path=path)
            close_world(str(path))

    def test_redelivery_has_the_same_keys(self, payload: Captured) -> None:
        first = self._hear(self._request(payload))
        later = NOW + timedelta(hours=1)
        again = _signed(payload.what, payload.form, later)
        self.phone.verify(self.connection, again, later)
        assert [fact.key for fact in self.phone.hear(self.connection, again, later).facts] == [
            fact.key for fact in first.facts
        ]


def test_made_hooks_are_as_good_as_the_worlds_own() -> None:
    adapter = Simulator(lambda: NOW)
    connection = TestSimulator.connection
    hooks = adapter.hooks(connection, "https://shop.example.com/")
    assert isinstance(hooks, SimulatorHooks)
    caller = "+15125550131"
    made = [
        hooks.missed(caller=caller, line=LINE, now=NOW),
        hooks.missed(caller="withheld", line=LINE, now=NOW, outcome="busy"),
        hooks.answered(caller=caller, line=LINE, now=NOW, talked_seconds=9),
        hooks.voicemail(caller=caller, line=LINE, now=NOW, call="c1"),
        hooks.text(caller=caller, line=LINE, body="hello", mood="blue"),
        hooks.receipt(message="m1", status="undelivered", code="landline"),
    ]
    said = []
    for signed in made:
        request = to_request(signed)
        request = Request(method="POST", url=request.url, what=request.what, headers=request.headers, body=request.body)
        adapter.verify(connection, request, NOW)
        [fact] = adapter.hear(connection, request, NOW).facts
        said.append((request.what, type(getattr(fact, "event", fact)).__name__, getattr(fact, "caller", None)))
    assert said == [
        ("call", "CallEnded", caller),
        ("call", "CallEnded", "withheld"),
        ("call", "CallEnded", caller),
        ("call", "VoicemailLeft", caller),
        ("text", "TextReceived", caller),
        ("receipt", "ReceiptCame", None),
    ]


def _signed(what: str, form: Mapping[str, Any], at: Any) -> Request:
    url = f"{HOOKS}/{what}"
    body = json.dumps({**form} if what in KNOWN else {**form, "kind": what}).encode()
    headers = {"content-type": "application/json", **signed_headers(secret=SECRET, url=url, body=body, at=at)}
    return Request(method="POST", url=url, what=what, headers=headers, body=body)
