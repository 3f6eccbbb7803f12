"""`answerback listen` on real threads and a real database: a switchboard is heard, lines break, settings change."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from answerback.adapters import guard
from answerback.store import models
from answerback.testing.pretend_asterisk import PretendAsterisk
from answerback.testing.pretend_gateway import PretendGateway
from answerback.testing.world import World
from answerback.workflow.listening import Listening

ANN = "+15125550131"
TRANSCRIPTS = Path(__file__).parents[1] / "adapters" / "asterisk" / "transcripts"
RECORD = (
    "call=1773154680.10&from=5125550131&pres=allowed&did=5125550177&dial=NOANSWER&context=from-trunk&at={at}&began={at}"
)


@pytest.fixture(autouse=True)
def _this_machine_may_be_reached(world: World) -> Iterator[None]:
    """After the World is wired, which shuts the door again."""
    with guard.allowing("127.0.0.1"):
        yield


@contextmanager
def listening() -> Iterator[Listening]:
    """A running listener."""
    made = Listening()
    made.start()
    try:
        yield made
    finally:
        made.stop()


def await_events(count: int) -> list[str]:
    """The kinds of events there are, once there are so many."""
    until = time.monotonic() + 60
    while models.Event.objects.count() < count and time.monotonic() < until:
        time.sleep(0.05)
    return sorted(models.Event.objects.values_list("kind", flat=True))


def test_a_switchboard_is_heard_and_its_missed_call_texted(world: World, beside: Callable[..., Any]) -> None:
    with PretendAsterisk() as far:
        beside("asterisk", "+15125550177", **far.settings(lines="+15125550177"))
        with listening():
            far.await_sign_ins(1)
            far.play(
                (TRANSCRIPTS / "no_answer.ami")
                .read_text()
                .replace("5125550100", "5125550177")
                .replace("Timestamp", "X")
            )
            assert await_events(3) == ["CallEnded", "CallRang", "LegEnded"]
            assert models.Watch.objects.get(connection__provider="asterisk").connected_at is not None
    world.run(minutes=2)
    assert len(world.texts_to(ANN)) == 1


def test_a_line_that_breaks_is_taken_up_again_and_what_was_missed_is_caught_up(
    world: World, beside: Callable[..., Any]
) -> None:
    with PretendAsterisk() as far:
        beside("asterisk", "+15125550177", **far.settings(lines="+15125550177"))
        with listening():
            far.await_sign_ins(1)
            far.database["1773154680.10"] = RECORD.format(at=int(world.now.timestamp()))
            far.break_off()
            assert await_events(2) == ["CallEnded", "CallRang"]
            far._await(lambda: far.database == {})
        assert far.signed_in >= 2
    world.run(minutes=2)
    assert len(world.texts_to(ANN)) == 1


def test_only_one_process_listens_at_a_time(world: World, beside: Callable[..., Any]) -> None:
    with PretendAsterisk() as far:
        beside("asterisk", "+15125550177", **far.settings(lines="+15125550177"))
        with listening():
            far.await_sign_ins(1)
            with listening():
                time.sleep(1.0)
                assert far.signed_in == 1


def test_a_list_is_asked_again_and_again(world: World, beside: Callable[..., Any]) -> None:
    with PretendGateway() as gateway, guard.allowing("127.0.0.1"):
        gateway.listed = f"id,at,caller,line,outcome\nc-1,{world.now.isoformat()},{ANN},+15125550177,no_answer\n"
        settings = gateway.settings(list_url=f"{gateway.url}/calls", send_url="")
        beside("webhook", "+15125550177", **settings)
        with listening():
            assert await_events(1) == ["CallEnded"]
    world.run(minutes=2)
    assert len(world.texts_to(ANN)) == 1


def test_wrong_credentials_are_noted_in_words_that_help(world: World, beside: Callable[..., Any]) -> None:
    with PretendAsterisk() as far:
        office = beside("asterisk", "+15125550177", **far.settings(secret="other", lines="+15125550177"))
        with listening():
            until = time.monotonic() + 60
            while not models.Watch.objects.exclude(trouble="").exists() and time.monotonic() < until:
                time.sleep(0.05)
    assert "manager.conf" in models.Watch.objects.get(connection=office.connection.id).trouble
