"""Webhooks: signed, refused when forged or replayed, malformed ones named, retried, and delivered once by many."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.adapters.simulator.conftest import HOOKS, LINE, MARIA, START, Side, request_of

from answerback.adapters.simulator import PhoneWorld, Switchboard, close_world, http_post, open_world, pump
from answerback.adapters.simulator.webhooks import ATTEMPTS, Webhook
from answerback.ports.connection import Connection, Request
from answerback.ports.errors import Forged, Malformed
from answerback.ports.phone import Ignored


@pytest.fixture
def genuine(side: Side) -> Request:
    side.world.text(MARIA, LINE, "hello", START)
    [webhook] = side.world.due(START)
    return request_of(webhook)


def test_genuine_request_passes(side: Side, genuine: Request) -> None:
    for seconds in (-300, 0, 300):
        side.adapter.verify(side.connection, genuine, START + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-301, 301, 86400])
def test_replayed_request_is_refused(side: Side, genuine: Request, seconds: int) -> None:
    with pytest.raises(Forged, match="replay"):
        side.adapter.verify(side.connection, genuine, START + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    "forge",
    [
        lambda request: replace(request, body=request.body.replace(b"hello", b"hallo")),
        lambda request: replace(request, url=request.url + "?x=1"),
        lambda request: replace(request, headers={}),
        lambda request: replace(request, headers=request.headers | {"x-answerback-timestamp": "1773154801"}),
        lambda request: replace(request, headers=request.headers | {"x-answerback-timestamp": "٤٢"}),
        lambda request: replace(request, headers=request.headers | {"x-answerback-signature": "v1=é"}),
    ],
)
def test_forged_request_is_refused(side: Side, genuine: Request, forge: Callable[[Request], Request]) -> None:
    with pytest.raises(Forged):
        side.adapter.verify(side.connection, forge(genuine), START)


def test_other_secret_and_no_secret_are_refused(side: Side, genuine: Request) -> None:
    for settings in ({"secret": "another"}, {"secret": ""}, {}):
        with pytest.raises(Forged):
            side.adapter.verify(Connection(id=7, provider="simulator", settings=settings), genuine, START)


def _body(**changes: Any) -> bytes:
    fields = {"id": "f1", "kind": "ended", "at": "2026-03-10T15:00:20Z", "call": "c1", "caller": MARIA, "line": LINE}
    return json.dumps(fields | {"outcome": "no_answer"} | changes).encode()


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "JSON"),
        (b"\xff\xfe", "JSON"),
        (b"[" * 100_000, "JSON"),
        (b"[]", "object"),
        (b'{"id": NaN}', "JSON"),
        (_body(id=""), "'id'"),
        (_body(id="x" * 201), "'id'"),
        (_body(kind=None), "'kind'"),
        (_body(at="yesterday"), "'at'"),
        (_body(at="2026-03-10T15:00:20"), "'at'"),
        (_body(at=None), "'at'"),
        (_body(caller="5125550131"), "'caller'"),
        (_body(caller={}), "'caller'"),
        (_body(line="+1"), "'line'"),
        (_body(rang_seconds=-1), "'rang_seconds'"),
        (_body(rang_seconds=True), "'rang_seconds'"),
        (_body(kind="called_back", talked="yes"), "'talked'"),
        (_body(kind="text", text=None), "'text'"),
        (_body(kind="text", text="hi", media=[1]), "'media'"),
        (_body(kind="voicemail"), "'seconds'"),
        (_body(kind="receipt", status="sent"), "'message'"),
    ],
)
def test_malformed_body_is_named(side: Side, body: bytes, named: str) -> None:
    request = Request(method="POST", url=HOOKS, what="call", headers={}, body=body)
    with pytest.raises(Malformed, match=named):
        side.adapter.hear(side.connection, request, START)


def test_unknown_fields_are_kept_and_unknown_values_stay_unknown(side: Side) -> None:
    request = Request(method="POST", url=HOOKS, what="call", headers={}, body=_body(outcome="eaten", mood="blue\x00"))
    [fact] = side.adapter.hear(side.connection, request, START).facts
    assert (fact.raw["mood"], fact.event.outcome) == ("blue\N{REPLACEMENT CHARACTER}", "unknown")  # type: ignore[union-attr]


@pytest.mark.parametrize("changes", [{"kind": "fax"}, {"kind": "receipt", "status": "read"}])
def test_unknown_kinds_are_ignored_with_a_reason(side: Side, changes: dict[str, str]) -> None:
    request = Request(method="POST", url=HOOKS, what="call", headers={}, body=_body(**changes))
    [fact] = side.adapter.hear(side.connection, request, START).facts
    assert isinstance(fact, Ignored)
    assert (fact.key, fact.kind, fact.why.split(" known")[0]) == (
        "f1",
        changes["kind"],
        "Kinds" if changes["kind"] == "fax" else "Statuses",
    )


def test_failed_webhook_is_retried_signed_anew_and_given_up(side: Side) -> None:
    side.world.text(MARIA, LINE, "hello", START)
    side.answers = lambda _: 503
    waits = []
    while (due := side.world.next_due()) is not None:
        waits.append((due - side.now).total_seconds())
        side.now = due
        assert pump(side.world, side.post, side.now) == 0
    assert waits == [0, 1, 2, 4, 8, 16, 32, 64]
    assert len(waits) == ATTEMPTS
    assert side.world.webhook_counts()["lost"] == 1


def test_retry_after_an_outage_passes_verification(side: Side) -> None:
    side.world.text(MARIA, LINE, "hello", START)
    [webhook] = side.world.due(START)
    side.world.failed(webhook.id, START)
    side.after(3600)
    assert pump(side.world, side.post, side.now) == 1


def test_claim_of_a_dead_deliverer_runs_out(side: Side) -> None:
    side.world.text(MARIA, LINE, "hello", START)
    [webhook] = side.world.due(START)
    assert side.world.due(START + timedelta(seconds=149)) == ()
    assert [again.id for again in side.world.due(START + timedelta(seconds=150))] == [webhook.id]


def test_ids_of_a_new_world_never_repeat_those_of_an_old_one(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        world = PhoneWorld(str(tmp_path / name))
        world.connect(LINE, connection=7, secret="s", hooks_url=HOOKS)
        keys.append(world.call(MARIA, LINE, START).key)
        world.close()
    assert len(set(keys)) == 2


def test_world_file_is_private(tmp_path: Path) -> None:
    path = tmp_path / "world.sqlite3"
    PhoneWorld(str(path)).close()
    assert path.stat().st_mode & 0o077 == 0


_WRITE = """
import sys
from datetime import UTC, datetime
from answerback.adapters.simulator import PhoneWorld
print("ready", flush=True)
sys.stdin.readline()
world = PhoneWorld(sys.argv[1])
world.connect("+15125550100", connection=7, secret="s", hooks_url="https://phones.example.com/hooks/simulator/7")
for number in range(50):
    world.text(f"+1512555{sys.argv[2]}{number:03}", "+15125550100", "hello", datetime(2026, 3, 10, 15, tzinfo=UTC))
"""

_PUMP = """
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from answerback.adapters.simulator import PhoneWorld, pump
mine, theirs = map(Path, sys.argv[2:])
def post(webhook):
    print(webhook.id)
    mine.touch()
    while not theirs.exists():
        time.sleep(0.005)
    return 204
print("ready", flush=True)
sys.stdin.readline()
pump(PhoneWorld(sys.argv[1]), post, datetime(2026, 3, 10, 15, tzinfo=UTC))
"""


def test_two_processes_write_and_two_pumps_deliver_each_once(tmp_path: Path) -> None:
    where = str(tmp_path / "world.sqlite3")
    _together(_WRITE, [(where, "1"), (where, "2")])
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    one, other = _together(_PUMP, [(where, first, second), (where, second, first)])
    assert sorted(map(int, (one + other).split())) == list(range(1, 101))
    assert one, "each waits with its first until the other has one too"
    assert other


def _together(code: str, arguments: list[tuple[str, ...]]) -> list[str]:
    """Run the code in one process for each arguments, started off at the same moment; what each printed."""
    started = [
        subprocess.Popen([sys.executable, "-c", code, *each], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for each in arguments
    ]
    assert [process.stdout.readline() for process in started if process.stdout] == ["ready\n"] * len(started)
    for process in started:
        print("go", file=process.stdin, flush=True)
    printed = [process.communicate(timeout=60)[0] for process in started]
    assert [process.returncode for process in started] == [0] * len(started)
    return printed


def test_eight_threads_pump_each_webhook_once(side: Side) -> None:
    for number in range(60):
        side.world.text(f"+15125552{number:03}", LINE, "hello", START)
    delivered: list[int] = []

    def post(webhook: Webhook) -> int:
        delivered.append(webhook.id)
        return 204

    threads = [threading.Thread(target=pump, args=(side.world, post, START)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(delivered) == list(range(1, 61))


class _Hooks(BaseHTTPRequestHandler):
    """A web server of ours that refuses the first request and takes the others."""

    requests: list[tuple[str, dict[str, str], bytes]]
    taken: threading.Event

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(503 if len(self.requests) == 1 else 204)
        self.end_headers()
        if len(self.requests) > 1:
            self.taken.set()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def hooks() -> Any:
    _Hooks.requests, _Hooks.taken = [], threading.Event()
    server = HTTPServer(("127.0.0.1", 0), _Hooks)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_switchboard_posts_over_http_until_taken(tmp_path: Path, hooks: HTTPServer) -> None:
    where = str(tmp_path / "world.sqlite3")
    world = open_world(where)
    world.connect(LINE, connection=7, secret="s", hooks_url=HOOKS)
    world.text(MARIA, LINE, "hello", START)
    moments = iter(START + timedelta(seconds=step) for step in range(10_000))
    switchboard = Switchboard(where, lambda: next(moments), origin=f"http://127.0.0.1:{hooks.server_port}")
    switchboard.start()
    assert _Hooks.taken.wait(10)
    switchboard.stop()
    assert [(path, body) for path, _, body in _Hooks.requests] == [
        ("/hooks/simulator/7/text", _Hooks.requests[0][2])
    ] * 2
    assert world.webhook_counts() == {"waiting": 0, "delivered": 1, "lost": 0, "refused": 0}
    close_world(where)


def test_nobody_listens(side: Side) -> None:
    side.world.text(MARIA, LINE, "hello", START)
    with httpx.Client(timeout=1, trust_env=False) as client:
        post = http_post(client, origin="http://127.0.0.1:9")
        assert pump(side.world, post, START) == 0
    assert side.world.webhook_counts() == {"waiting": 0, "delivered": 0, "lost": 0, "refused": 1}
    (found,) = [each for each in side.adapter.check(side.connection) if each.name == "webhooks"]
    assert (found.ok, found.says) == (False, "Webhooks that were not taken and are sent again: 1.")
