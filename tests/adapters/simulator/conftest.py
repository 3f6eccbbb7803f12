"""A pretend phone world with one line, and our side's view of it through the adapter."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from answerback.adapters.simulator import PhoneWorld, Simulator, close_world, open_world
from answerback.adapters.simulator.webhooks import Webhook
from answerback.ports.connection import Connection, Request
from answerback.ports.phone import Happened, Ignored, ReceiptCame

START = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
LINE = "+15125550100"
MARIA = "+15125550131"
HOOKS = "https://phones.example.com/hooks/simulator/7"


@dataclass
class Side:
    """Our side of one connection: posts come in, are verified and heard; `now` moves by hand."""

    world: PhoneWorld
    adapter: Simulator
    connection: Connection
    now: datetime = START
    heard: list[Happened | ReceiptCame | Ignored] = field(default_factory=list)
    answers: Callable[[Webhook], int] = lambda _: 204

    def post(self, webhook: Webhook) -> int:
        status = self.answers(webhook)
        if 200 <= status < 300:
            request = request_of(webhook)
            self.adapter.verify(self.connection, request, self.now)
            self.heard.extend(self.adapter.hear(self.connection, request, self.now).facts)
        return status

    def after(self, seconds: float) -> None:
        self.now = START + timedelta(seconds=seconds)


def request_of(webhook: Webhook) -> Request:
    """The webhook as our server sees it."""
    return Request(method="POST", url=webhook.url, what=webhook.what, headers=dict(webhook.headers), body=webhook.body)


@pytest.fixture(params=["file", "memory"])
def side(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Side]:
    where = str(tmp_path / "far" / "world.sqlite3") if request.param == "file" else "memory:test"
    world = open_world(where)
    world.connect(LINE, connection=7, secret="far-side-secret", hooks_url=HOOKS, title="Rivera Plumbing")
    connection = Connection(id=7, provider="simulator", settings={"world": where, "secret": "far-side-secret"})
    made = Side(world=world, adapter=Simulator(), connection=connection)
    made.adapter.use_clock(lambda: made.now)
    yield made
    close_world(where)
