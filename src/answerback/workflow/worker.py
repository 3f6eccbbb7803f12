"""The worker: turns, deliveries, reconciliation and background tasks in one process; any number may run anywhere.

It holds no state that matters: whatever kills it, the rows say what is left to do. It sleeps until a bell rings in
the database or the next row is due.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue
from select import select
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

import psycopg
from django.db import connection, connections
from django.db.utils import Error as DatabaseProblem

from answerback.store.queries.outbox import Claimed, Handed
from answerback.workflow import (
    alerts,
    beats,
    bell,
    clock,
    delivery,
    notices,
    pages,
    queue,
    reconcile,
    reminders,
    ringing,
    transaction,
    turn,
)
from answerback.workflow.telling import Teller

log = logging.getLogger("answerback.worker")

Result = TypeVar("Result")

HANDS = 64
"""Texts handed over at the same time; a provider answers in 30 to 300 ms."""

LINGER = 0.005
LINGER_EACH = 0.002
LONGEST_LINGER = 0.05
"""How long to let the next batch grow: half the batches are half the work. The fuller the last one was, the longer, so
that a lone text does not wait and a storm is worked off in large batches."""

LOOK_AGAIN = 0.1
DEAF = 0.005
"""In a storm hundreds of bells ring a second, and one is enough."""

LONGEST_SLEEP = 1.0
SHORTEST_SLEEP = 0.02
"""What is due and cannot be taken (another worker has it, a lock stands) is looked for this often, and no oftener."""
RECONCILE_EVERY = 5.0
BEAT_EVERY = 5.0
HANGS_AFTER = 30.0
AFTER_A_FAULT = 1.0


class Worker:
    """Runs until `stop`; `start` returns at once."""

    def __init__(self, *, hands: int = HANDS, tasks: bool = True) -> None:
        self._stopping = Event()
        self._tellers = (
            Teller(notices.claim, notices.tell, notices.next_due),
            Teller(alerts.claim, alerts.tell, alerts.next_due, hands=4),
        )
        self._bells = {
            bell.TURN: Event(),
            bell.TEXT: Event(),
            bell.PAGE: Event(),
            bell.NOTICE: self._tellers[0].ring,
            bell.ALERT: self._tellers[1].ring,
        }
        self._hands = hands
        self._pool = ThreadPoolExecutor(max_workers=hands, thread_name_prefix="hand-over")
        self._in_hand = 0
        self._outcomes: SimpleQueue[Handed | None] = SimpleQueue()
        self._turned_at = monotonic()
        works: list[Callable[[], None]] = [
            self._listen,
            self._turns,
            self._pages,
            self._deliveries,
            self._reconciling,
            self._beating,
        ]
        self._threads = [Thread(target=work, name=work.__name__.strip("_"), daemon=True) for work in works]
        self._tasks = queue.TaskRunner() if tasks else None

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()
        for teller in self._tellers:
            teller.start()
        if self._tasks:
            self._tasks.start()

    def stop(self, patience: float = 25.0) -> None:
        """Take nothing new, finish what is in hand, write it down. Returns when done or out of patience (seconds)."""
        self._stopping.set()
        for event in self._bells.values():
            event.set()
        if self._tasks:
            self._tasks.stop()
        until = monotonic() + patience
        for thread in self._threads[1:]:
            thread.join(max(0.0, until - monotonic()))
        for teller in self._tellers:
            teller.stop(max(0.0, until - monotonic()))
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _listen(self) -> None:
        """Hear the bells; when the database is away every thread looks by itself each second."""
        while not self._stopping.is_set():
            try:
                self._listen_once()
            except (psycopg.Error, DatabaseProblem):
                log.warning("worker.bell_lost")
                self._stopping.wait(AFTER_A_FAULT)
        connections.close_all()

    def _listen_once(self) -> None:
        connection.close()
        connection.ensure_connection()
        raw: psycopg.Connection[tuple[object, ...]] = connection.connection
        raw.execute(f"LISTEN {bell.CHANNEL}")
        for heard in self._bells.values():
            heard.set()
        while not self._stopping.is_set():
            # Not `raw.notifies()`: its generator wakes ten times a second, and for every single bell.
            if select([raw], [], [], LONGEST_SLEEP)[0]:
                raw.pgconn.consume_input()
                while notice := raw.pgconn.notifies():
                    if rung := self._bells.get(notice.extra.decode()):
                        rung.set()
                self._stopping.wait(DEAF)

    def _turns(self) -> None:
        """Take turns, then sleep until the bell rings or somebody is due; a fault delays, it never ends the loop."""
        ring = self._bells[bell.TURN]
        transaction.plan_once()
        while not self._stopping.is_set():
            ring.clear()
            self._turned_at = monotonic()
            ran = self._guarded(turn.run)
            if ran is None or ran >= turn.REPLIES:  # more may wait
                continue
            if ring.is_set():
                self._stopping.wait(_linger(ran))
            else:
                ring.wait(_until(self._next(turn.next_due)))
        connections.close_all()

    def _pages(self) -> None:
        """Let pages go on and to-dos be told of when they are due: whoever was asleep is followed by the next."""
        ring = self._bells[bell.PAGE]
        while not self._stopping.is_set():
            ring.clear()
            full = self._guarded(pages.run) == pages.BATCH
            full |= self._guarded(reminders.run) == reminders.BATCH
            full |= self._guarded(ringing.run) == ringing.BATCH
            if not full:
                dues = [due for due in map(self._next, (pages.next_due, reminders.next_due, ringing.next_due)) if due]
                ring.wait(_until(min(dues, default=None)))
        connections.close_all()

    def _reconciling(self) -> None:
        while not self._stopping.wait(RECONCILE_EVERY):
            self._guarded(reconcile.run)
        connections.close_all()

    def _beating(self) -> None:
        """Say that this worker works, as long as its turns do; a loop that hangs falls silent."""
        while not self._stopping.is_set():
            if monotonic() - self._turned_at < HANGS_AFTER:
                self._guarded(beats.beat)
            self._stopping.wait(BEAT_EVERY)
        self._guarded(beats.ended)
        connections.close_all()

    def _next(self, next_due: Callable[[], datetime | None]) -> datetime | None:
        try:
            return next_due()
        except DatabaseProblem:
            return None
        except Exception:
            log.exception("worker.fault")
            return None

    def _guarded(self, work: Callable[[], Result]) -> Result | None:
        """What the work gave; None after a fault, and then not at once."""
        try:
            return work()
        except DatabaseProblem as problem:
            log.warning("worker.database_away problem=%s", type(problem).__name__)
        except Exception:
            log.exception("worker.fault")
        connection.close()
        self._stopping.wait(AFTER_A_FAULT)
        return None

    def _deliveries(self) -> None:
        """Claim what hands are free for, hand it over, write down in bulk what came of it."""
        ring = self._bells[bell.TEXT]
        transaction.plan_once()
        unwritten: list[Handed] = []
        look_at = 0.0
        while not self._stopping.is_set() or self._in_hand or unwritten:
            due = ring.is_set() or monotonic() >= look_at
            ring.clear()
            unwritten += self._collected()
            if unwritten and self._guarded(partial(_written, unwritten)) is not None:
                unwritten = []
            if due and not self._stopping.is_set():
                look_at = 0.0 if self._claim() else monotonic() + LOOK_AGAIN
            self._await_outcomes_or(ring)
        connections.close_all()

    def _claim(self) -> bool:
        """Claim for the hands that are free; True when every one of them was filled, so that more may wait."""
        free = self._hands - self._in_hand
        if free < self._hands // 4:
            return False
        claimed: list[Claimed] = []
        self._guarded(lambda: claimed.extend(delivery.claim(free)))
        for text in claimed:
            self._in_hand += 1
            self._pool.submit(_hand_over, text).add_done_callback(self._handed)
        return len(claimed) == free

    def _handed(self, done: "Future[Handed | None]") -> None:
        if not done.cancelled():
            self._outcomes.put(done.result())

    def _collected(self) -> list[Handed]:
        collected: list[Handed | None] = []
        while True:
            try:
                collected.append(self._outcomes.get_nowait())
            except Empty:
                self._in_hand -= len(collected)
                return [each for each in collected if each is not None]

    def _await_outcomes_or(self, ring: Event) -> None:
        """Sleep: with texts in hand just long enough for several to come back, else until the bell or the next text."""
        if self._in_hand:
            self._stopping.wait(_linger(self._in_hand))
        else:
            ring.wait(_until(self._next(delivery.next_due)))


def _written(handed: Sequence[Handed]) -> int:
    """Write down what became of these texts; returns how many they were."""
    delivery.write(handed)
    return len(handed)


def _hand_over(text: Claimed) -> Handed | None:
    """Hand one text over, and keep no database connection for it: 64 hands with one each would use up the server's.

    A fault of ours gives None: the hand is free again, and the text is settled as any whose outcome is not known.
    """
    try:
        return delivery.hand_over(text)
    except Exception:
        log.exception("text.fault message=%s", text.id)
        return None
    finally:
        connection.close()


def _linger(batch: int) -> float:
    """Seconds to let the next batch grow after one of this size."""
    return min(LINGER + LINGER_EACH * batch, LONGEST_LINGER)


def _until(due: datetime | None) -> float:
    """Seconds until then, never more than the longest sleep: bells can be lost."""
    if due is None:
        return LONGEST_SLEEP
    return min(max((due - clock.now()).total_seconds(), SHORTEST_SLEEP), LONGEST_SLEEP)
