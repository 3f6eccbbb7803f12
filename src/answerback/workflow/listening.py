"""Stays connected to phone systems that do not call us, and asks those that must be asked: `answerback listen`.

A thread for each connection, called again after each break with a wait that grows. One process at a time listens to a
connection (an advisory lock of the database says which); another takes over when it ends. It decides nothing.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic

from django.db import connection as database
from django.db.utils import Error as DatabaseProblem

from answerback.ports.errors import PortError, Refused
from answerback.ports.listening import IsPolled, Listens
from answerback.ports.phone import Happened, ReceiptCame
from answerback.ports.registry import phone
from answerback.store import models
from answerback.store.queries import watches
from answerback.store.queries.arrivals import Moved
from answerback.store.secrets import WrongSecret
from answerback.workflow import clock, intake, sweeps, transaction
from answerback.workflow.directory import Account, account
from answerback.workflow.together import NotWritten

log = logging.getLogger("answerback.listening")

LOOK_FOR_CONNECTIONS_EVERY = 10.0
SHORTEST_WAIT, LONGEST_WAIT = 1.0, 30.0
WELL_AFTER = 60.0
"""A connection that lasted so long was a good one: the next wait begins from the shortest again."""

LOCK = 0x616E7362
"""The first half of the advisory locks of listeners; the second is the connection's id."""

_PASSING = (DatabaseProblem, WrongSecret, Moved, NotWritten)


class Listening:
    """Listens until `stop`; `start` returns at once. Connections that are added later are found."""

    def __init__(self) -> None:
        self._stopping = Event()
        self._threads: dict[int, Thread] = {}
        self._finding = Thread(target=self._find, name="listening", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._finding.start()

    def stop(self, patience: float = 10.0) -> None:
        """Take leave of every phone system; returns when done or out of patience (seconds)."""
        self._stopping.set()
        until = monotonic() + patience
        for thread in (self._finding, *self._threads.values()):
            thread.join(max(0.0, until - monotonic()))

    def _find(self) -> None:
        """Give each connection that listens or is polled a thread, also those that come later."""
        while not self._stopping.is_set():
            try:
                for id in _to_hear() - {id for id, thread in self._threads.items() if thread.is_alive()}:
                    self._threads[id] = Thread(target=self._hear, args=(id,), name=f"listen-{id}", daemon=True)
                    self._threads[id].start()
            except DatabaseProblem:
                log.warning("listening.database_away")
            finally:
                database.close()
            self._stopping.wait(LOOK_FOR_CONNECTIONS_EVERY)

    def _hear(self, id: int) -> None:
        """Hear one connection for as long as it is there, whatever happens in between."""
        wait = SHORTEST_WAIT
        while not self._stopping.is_set():
            began = monotonic()
            try:
                if not self._hear_once(id):
                    return
            except (PortError, *_PASSING) as problem:
                self._note(id, problem)
            except Exception:
                log.exception("listening.fault connection=%s", id)
            finally:
                database.close()
            wait = SHORTEST_WAIT if monotonic() - began > WELL_AFTER else min(wait * 2, LONGEST_WAIT)
            self._stopping.wait(wait)

    def _hear_once(self, id: int) -> bool:
        """Listen or ask until it breaks; False when this connection is not to be heard, or somebody else hears it."""
        ours = account(id)
        adapter = phone(ours.connection.provider) if ours else None
        if ours is None or adapter is None:
            return False
        if not _locked(id):
            return True  # another process listens; its turn ends with it
        ear = _Ear(id, self._stopping)
        transaction.run(lambda cursor: watches.beat(cursor, id, clock.now()))
        if isinstance(adapter, Listens) and _wants(adapter, ours):
            adapter.listen(ours.connection, ear)
        elif isinstance(adapter, IsPolled) and (every := adapter.poll_every(ours.connection)):
            self._poll(id, every)
        else:
            return False
        return True

    def _poll(self, id: int, every: timedelta) -> None:
        """Ask for what happened since the last time, until stopped or changed settings end it."""
        while not self._stopping.is_set():
            watch = models.Watch.objects.filter(connection=id).first()
            since = (watch.swept_until if watch else None) or clock.now() - every
            sweeps.sweep(id, since - min(every, sweeps.OVERLAP))
            database.close()
            if not _locked(id):
                return
            self._stopping.wait(every.total_seconds())

    def _note(self, id: int, problem: Exception) -> None:
        detail = problem.detail if isinstance(problem, PortError) else type(problem).__name__
        level = logging.ERROR if isinstance(problem, Refused) else logging.WARNING
        log.log(level, "listening.broken connection=%s problem=%s", id, type(problem).__name__)
        try:
            transaction.run(lambda cursor: watches.has_trouble(cursor, id, detail, clock.now()))
        except DatabaseProblem:
            log.warning("listening.database_away")


class _Ear:
    """What an adapter is handed while it listens."""

    def __init__(self, id: int, stopping: Event) -> None:
        self._id, self._stopping = id, stopping

    def keep(self, facts: Sequence[Happened | ReceiptCame]) -> None:
        ours = account(self._id)
        if ours is None:
            raise NotWritten("The connection is gone.")
        intake.keep(ours, facts)

    def now(self) -> datetime:
        return clock.now()

    def connected(self) -> None:
        now = clock.now()
        transaction.run(lambda cursor: watches.is_well(cursor, self._id, now))
        log.info("listening.connected connection=%s", self._id)

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()


def _to_hear() -> set[int]:
    """The connections whose adapter listens or is polled."""
    found = set()
    for id, provider in models.Connection.objects.values_list("id", "provider"):
        try:
            adapter = phone(provider)
        except LookupError:
            continue
        if isinstance(adapter, Listens | IsPolled):
            found.add(id)
    return found


def _wants(adapter: Listens, ours: Account) -> bool:
    """Is there something to listen to? An adapter that can also be called says so by `listens`."""
    asked: Callable[..., bool] | None = getattr(adapter, "listens", None)
    return asked is None or asked(ours.connection)


def _locked(id: int) -> bool:
    """Take this connection for this process's database session; held until the session ends."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, id])
        return bool(cursor.fetchone()[0])
