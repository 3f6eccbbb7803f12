"""The worker: sleeps when there is nothing to do, survives a lost database, loses no hand."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from answerback.adapters.simulator import open_world
from answerback.store import models
from answerback.store.playbook_file import pack_text
from answerback.testing import stack
from answerback.workflow import clock, delivery, directory, setup
from answerback.workflow.worker import Worker

PATIENCE = 60.0
LINE = "+15125550100"


@pytest.fixture
def shop(transactional_db: None) -> Iterator[models.Line]:
    """A business on pretend phones, on the real clock."""
    from answerback.server import wiring

    wiring.wire()
    stack.empty()
    where = "memory:worker"
    phones = open_world(where)
    business = setup.open_business(
        setup.NewBusiness(name="Rivera", zone="America/Chicago", phone=LINE, playbook=pack_text("plumbing"))
    )
    ours = setup.connect(business.id, "simulator", "Phones", {"world": where, "secret": "s" * 32})
    line = setup.add_line(business.id, ours.id, LINE, "Website", per_second=1000)
    phones.connect(LINE, connection=ours.id, secret="s" * 32, hooks_url="http://localhost/", title="Rivera")
    yield line
    from answerback.adapters.simulator import close_world

    close_world(where)
    directory.forget()


@contextmanager
def working(**how: int) -> Iterator[Worker]:
    made = Worker(tasks=False, **how)
    made.start()
    try:
        yield made
    finally:
        made.stop()
        for thread in made._threads:
            thread.join(10)
        assert [thread.name for thread in made._threads if thread.is_alive()] == []


def until(so: Callable[[], bool]) -> bool:
    """Wait patiently: the machine may be busy."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if so():
            return True
        time.sleep(0.05)
    return False


def queue_texts(line: models.Line, count: int) -> None:
    playbook = models.PlaybookVersion.objects.get()
    now = clock.now()
    for each in range(count):
        contact = models.Contact.objects.create(business=line.business, number=f"+1512555{each:04d}", created_at=now)
        talk = models.Conversation.objects.create(
            business=line.business, contact=contact, line=line, playbook=playbook, opened_at=now, last_at=now
        )
        models.Message.objects.create(
            business=line.business,
            conversation=talk,
            contact=contact,
            line=line,
            author="staff",
            to=contact.number,
            key="staff:1",
            purpose="staff",
            text_class="reply",
            body=f"Hello {each}",
            status="queued",
            due_at=now,
            stale_at=now + timedelta(days=365),  # not the year after this one: there is a 29 February
            created_at=now,
        )


def statuses() -> dict[str, int]:
    found: dict[str, int] = {}
    for status in models.Message.objects.values_list("status", flat=True):
        found[status] = found.get(status, 0) + 1
    return found


def commits() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
        cursor.execute("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def rate_while(seconds: float) -> float:
    """Transactions a second of everybody on this database."""
    time.sleep(1.1)  # sessions report what they did once a second
    before, began = commits(), time.monotonic()
    time.sleep(seconds)
    return (commits() - before) / (time.monotonic() - began)


def test_idle_worker_hardly_asks_the_database(shop: models.Line) -> None:
    with working():
        assert until(lambda: rate_while(1.5) < 20)  # while it starts it may ask more


def test_row_that_is_due_and_locked_elsewhere_is_no_busy_loop(shop: models.Line) -> None:
    queue_texts(shop, 1)
    models.Conversation.objects.update(wake_at=clock.now())
    with psycopg.connect(_address()) as other:
        other.execute("SELECT 1 FROM conversation FOR UPDATE")
        other.execute("SELECT 1 FROM message FOR UPDATE")
        with working():
            assert until(lambda: rate_while(1) < 400)
            other.rollback()
            assert until(lambda: statuses() == {"sent": 1})


def test_text_that_cannot_leave_is_no_busy_loop(shop: models.Line) -> None:
    """Nothing left of today, a rate of zero, a clock that was set back."""
    queue_texts(shop, 3)
    lines = [
        shop,
        setup.add_line(shop.business_id, shop.connection_id, "+15125550101", "Ad"),
        setup.add_line(shop.business_id, shop.connection_id, "+15125550102", "Van"),
    ]
    for message, line in zip(models.Message.objects.order_by("id"), lines, strict=True):
        models.Message.objects.filter(id=message.id).update(line=line)
    models.Line.objects.filter(id=lines[0].id).update(per_day=0)
    models.Line.objects.filter(id=lines[1].id).update(per_second=0, free_at=clock.now())
    models.Line.objects.filter(id=lines[2].id).update(per_second=0.001, free_at=clock.now() + timedelta(seconds=50))
    with working():
        assert until(lambda: rate_while(1.5) < 20)  # as above
    assert statuses() == {"queued": 2, "withdrawn": 1}  # what a line may never send is for a person


def test_every_session_may_be_cut_off_and_all_texts_leave_once(shop: models.Line) -> None:
    queue_texts(shop, 60)
    with working(hands=4) as made, psycopg.connect(_address(), autocommit=True) as axe:
        for _ in range(5):
            axe.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            time.sleep(0.3)
        connection.close()
        assert until(lambda: statuses() == {"sent": 60})
        assert until(lambda: made._in_hand == 0)
    phones = open_world("memory:worker")
    assert [len(phones.texts_to(f"+1512555{each:04d}")) for each in range(60)] == [1] * 60


def test_fault_of_ours_in_a_hand_over_costs_no_hand(shop: models.Line, monkeypatch: pytest.MonkeyPatch) -> None:
    queue_texts(shop, 12)
    real, failed = delivery.hand_over, threading.Event()

    def once(text: delivery.Claimed) -> delivery.Handed:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("a fault of ours")
        return real(text)

    monkeypatch.setattr(delivery, "hand_over", once)
    with working(hands=1) as made:
        assert until(lambda: statuses() == {"sent": 11, "sending": 1})
        assert until(lambda: made._in_hand == 0)


def test_stop_writes_down_what_is_in_hand(shop: models.Line) -> None:
    queue_texts(shop, 20)
    with working():
        assert until(lambda: statuses().get("queued", 0) < 20)
    assert "sending" not in statuses()


def test_two_workers_share_the_texts_and_send_none_twice(shop: models.Line) -> None:
    queue_texts(shop, 60)
    with working(hands=8), working(hands=8):
        assert until(lambda: statuses() == {"sent": 60})
    phones = open_world("memory:worker")
    assert [len(phones.texts_to(f"+1512555{each:04d}")) for each in range(60)] == [1] * 60


def _address() -> str:
    known = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        dbname=known["NAME"], user=known["USER"], password=known["PASSWORD"], host=known["HOST"], port=known["PORT"]
    )
