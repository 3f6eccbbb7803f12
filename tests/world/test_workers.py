"""Many at once, for real: threads, connections of their own, two workers. What is left is one of everything."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier, Thread
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.test import Client

from answerback.adapters.simulator.webhooks import Webhook
from answerback.store import models
from answerback.testing import World
from answerback.testing.stack import HOST
from answerback.workflow import delivery, reconcile, turn
from answerback.workflow.worker import Worker

MARIA = "+15125550131"
PATIENCE_SECONDS = 120


@pytest.fixture
def world(database: None) -> Iterator[World]:
    with World(texts_per_second=1000) as made:
        yield made


def test_same_webhook_five_times_on_four_threads_is_one_lead_and_one_text(world: World) -> None:
    webhooks = _webhooks_of_a_call(world)
    statuses = _at_once(4, lambda: [_post(webhook) for webhook in webhooks for _ in range(5)])
    assert set(statuses) == {204}
    assert models.Event.objects.exclude(provider_key=None).count() == len(webhooks)
    world.run(minutes=2)
    assert len(world.texts_to(MARIA)) == 1
    assert len(world.leads(MARIA)) == 1
    assert world.broken_promises() == ()


def test_turns_and_deliveries_on_four_threads_text_everybody_once(world: World) -> None:
    numbers = _missed_calls(world, 40)
    _at_once(4, lambda: [_work_once() for _ in range(20)])
    assert _texts_on_handsets(world, numbers) == dict.fromkeys(numbers, 1)
    assert world.broken_promises() == ()


def test_two_workers_racing_on_sixty_calls_text_everybody_once(world: World) -> None:
    numbers = _missed_calls(world, 60)
    with _working(2):
        _wait_until(lambda: set(_texts_on_handsets(world, numbers).values()) == {1})
        _wait_until(lambda: not models.Message.objects.filter(status__in=("queued", "sending")).exists())
        time.sleep(0.5)
    assert _texts_on_handsets(world, numbers) == dict.fromkeys(numbers, 1)
    assert models.Message.objects.filter(status="sent").count() == len(numbers)
    assert world.broken_promises() == ()


def test_what_a_killed_worker_had_in_hand_leaves_once(world: World) -> None:
    numbers = _missed_calls(world, 12)
    turn.run()
    world.clock.move_to(world.now + timedelta(seconds=30))
    in_hand = delivery.claim(12)
    for text in in_hand[:6]:  # handed over, and nothing written down: then the worker is gone
        delivery.hand_over(text)
    world.run(minutes=5)
    assert len(in_hand) == 12
    assert _texts_on_handsets(world, numbers) == dict.fromkeys(numbers, 1)
    assert world.broken_promises() == ()


def test_a_worker_that_wakes_up_after_its_texts_were_given_to_another_sends_nothing(world: World) -> None:
    numbers = _missed_calls(world, 3)
    turn.run()
    world.clock.move_to(world.now + timedelta(seconds=30))
    in_hand = delivery.claim(3)
    world.run(minutes=5)
    late = [delivery.hand_over(text) for text in in_hand]
    delivery.write(late)
    reconcile.run()
    world.run(minutes=5)
    assert _texts_on_handsets(world, numbers) == dict.fromkeys(numbers, 1)
    assert world.broken_promises() == ()


def _webhooks_of_a_call(world: World) -> tuple[Webhook, ...]:
    world.phones.call(MARIA, world.shop.lines[0], world.now, ring=20)
    world.callers.add(MARIA)
    world.clock.move_to(world.now + timedelta(seconds=21))
    return world.phones.due(world.now)


def _missed_calls(world: World, count: int) -> list[str]:
    """So many calls, taken in and waiting for their verdict."""
    numbers = [f"+1512555{2000 + each}" for each in range(count)]
    for number in numbers:
        world.phones.call(number, world.shop.lines[0], world.now, ring=20)
        world.callers.add(number)
    world.clock.move_to(world.now + timedelta(seconds=60))
    while webhooks := world.phones.due(world.now):
        for webhook in webhooks:
            world.phones.delivered(webhook.id, _post(webhook))
    return numbers


def _post(webhook: Webhook) -> int:
    headers = {name: value for name, value in webhook.headers.items() if name != "content-type"}
    path = urlsplit(webhook.url).path
    answer = Client(SERVER_NAME=HOST).post(path, data=webhook.body, content_type="application/json", headers=headers)
    return answer.status_code


def _work_once() -> int:
    turn.run(7)
    delivery.write([delivery.hand_over(text) for text in delivery.claim(5)])
    reconcile.run()
    return 204


def _at_once(threads: int, work: Callable[[], list[int]]) -> list[int]:
    """Do this on so many threads that begin together; every thread has a database connection of its own."""
    barrier, done, problems = Barrier(threads), [], []

    def run() -> None:
        try:
            barrier.wait(10)
            done.extend(work())
        except Exception as problem:  # noqa: BLE001  it is raised below, in the test's own thread
            problems.append(problem)
        finally:
            connections.close_all()

    running = [Thread(target=run) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join(60)
    if problems:
        raise problems[0]
    return done


@contextmanager
def _working(count: int) -> Iterator[None]:
    workers = [Worker(hands=8, tasks=False) for _ in range(count)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()


def _texts_on_handsets(world: World, numbers: list[str]) -> dict[str, int]:
    return dict(Counter({number: len(world.texts_to(number)) for number in numbers}))


def _wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.05)
