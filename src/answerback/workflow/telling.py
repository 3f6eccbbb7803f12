"""The part of a worker that tells programs and members: a thread that claims, and hands that each carry one.

A slow program keeps its own hands busy and nobody else's. Whatever kills the process, the rows say what is left.
"""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Generic, Protocol, TypeVar

from django.db import connection, connections
from django.db.utils import Error as DatabaseProblem

from answerback.workflow import clock

log = logging.getLogger("answerback.notices")

HANDS = 8
LOOK_AGAIN = 0.5
"""Seconds until what is due and cannot be sent yet (another of its conversation is on its way) is looked for again."""
LONGEST_SLEEP = 5.0


class Claimed(Protocol):
    """Something to tell that was claimed."""

    @property
    def id(self) -> int:
        """Its row."""


Told = TypeVar("Told", bound=Claimed)


class Teller(Generic[Told]):
    """Claims what is due and tells it, until `stop`; `ring` wakes it."""

    def __init__(
        self,
        claim: Callable[[int], Sequence[Told]],
        tell: Callable[[Told], object],
        next_due: Callable[[], datetime | None],
        hands: int = HANDS,
    ) -> None:
        self._claim_due, self._tell_one, self._next_due = claim, tell, next_due
        self.ring = Event()
        self._stopping = Event()
        self._free = hands
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(max_workers=hands, thread_name_prefix="telling")
        self._thread = Thread(target=self._run, name="tellings", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, patience: float) -> None:
        """Take nothing new; what is on its way is waited for, at most so many seconds."""
        self._stopping.set()
        self.ring.set()
        self._thread.join(patience)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.ring.clear()
            taken = self._claim()
            for told in taken:
                self._pool.submit(self._tell, told).add_done_callback(self._told)
            if not taken:
                self.ring.wait(self._until_next())
        connections.close_all()

    def _claim(self) -> list[Told]:
        with self._lock:
            free = self._free
        if not free:
            return []
        try:
            taken = list(self._claim_due(free))
        except DatabaseProblem as problem:
            log.warning("teller.database_away problem=%s", type(problem).__name__)
            connection.close()
            taken = []
        with self._lock:
            self._free -= len(taken)
        return taken

    def _told(self, _: "Future[None]") -> None:
        with self._lock:
            self._free += 1
        self.ring.set()

    def _until_next(self) -> float:
        try:
            due: datetime | None = self._next_due()
        except DatabaseProblem:
            connection.close()
            due = None
        if due is None:
            return LONGEST_SLEEP
        return min(max((due - clock.now()).total_seconds(), LOOK_AGAIN), LONGEST_SLEEP)

    def _tell(self, told: Told) -> None:
        """Carry one; a fault of ours leaves it claimed, and it is claimed again when it counts as lost."""
        try:
            self._tell_one(told)
        except Exception:
            log.exception("telling.fault kind=%s id=%s", type(told).__module__, told.id)
        finally:
            connection.close()
