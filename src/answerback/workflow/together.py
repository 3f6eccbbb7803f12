"""Lets requests that arrive together share one commit; each waits for it before it goes on.

Whoever comes while a write is running joins the next one. If a shared write fails, every item is tried alone, so that
one bad item cannot take its neighbours with it. Nothing is ever reported done before the write returned.
"""

from collections.abc import Callable, Sequence
from threading import Event, Lock, Thread
from time import sleep
from typing import Generic, TypeVar

Item = TypeVar("Item")


class NotWritten(Exception):
    """The shared write was interrupted; whether it was made is not known."""


class Together(Generic[Item]):
    """Groups calls of `do` into calls of `write`, at most `limit` items each. Safe from any number of threads.

    `is_shared` tells the errors that no single item causes, such as a lost database: they go to all items at once.
    `linger` says how many seconds to wait for others after a write of so many items.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Item]], None],
        limit: int = 256,
        *,
        is_shared: Callable[[Exception], bool] = lambda _: False,
        linger: Callable[[int], float] = lambda _: 0.0,
    ) -> None:
        self._write = write
        self._linger = linger
        self._last = 0
        self._is_shared = is_shared
        self._limit = limit
        self._waiting: list[_Ticket[Item]] = []
        self._waiting_lock = Lock()
        self._writing = Lock()
        self._apart: Callable[[], None] | None = None
        self._writer: Thread | None = None
        self._came = Event()

    def write_apart(self, begin: Callable[[], None]) -> None:
        """From now on let a thread of its own write for all callers, which begins with `begin`.

        A server's threads then need no database connection each, and the one there is keeps its prepared statements.
        """
        self._apart = begin

    def later(self, item: Item, then: Callable[[Exception | None], None]) -> None:
        """Have the thread that writes (`write_apart`) write `item`, and go on; no thread waits for it.

        That thread calls `then` once it is written, with what writing raised. `then` must be quick and raise nothing.
        """
        with self._waiting_lock:
            self._waiting.append(_Ticket(item, then))
            self._call_writer()

    def do(self, item: Item) -> None:
        """Return once `item` is written; raises what writing it raised."""
        ticket = _Ticket(item)
        with self._waiting_lock:
            self._waiting.append(ticket)
            if self._apart is not None:
                self._call_writer()
        if self._apart is not None:
            ticket.heard.acquire()
        while not ticket.done:
            with self._writing:
                if not ticket.done:
                    self._write_next()
        if ticket.error is not None:
            raise ticket.error

    def _call_writer(self) -> None:
        """Wake the thread that writes; begin one where there is none, as in a process that was forked."""
        if self._writer is None or not self._writer.is_alive():
            self._writer = Thread(target=self._write_on, name="write-together", daemon=True)
            self._writer.start()
        if not self._came.is_set():
            self._came.set()

    def _write_on(self) -> None:
        try:
            if self._apart is not None:
                self._apart()
            while True:
                self._came.wait()
                self._came.clear()
                while self._waiting:
                    self._write_next()
        finally:  # this thread ends: whoever waits for it would wait for ever
            with self._waiting_lock:
                left, self._waiting, self._writer = self._waiting, [], None
            _interrupted(left)

    def _write_next(self) -> None:
        if self._last > 1:
            sleep(self._linger(self._last))
        with self._waiting_lock:
            batch, self._waiting = self._waiting[: self._limit], self._waiting[self._limit :]
        self._last = len(batch)
        try:
            self._write([ticket.item for ticket in batch])
        except Exception as problem:  # noqa: BLE001  it is raised where the items came from
            if len(batch) == 1 or self._is_shared(problem):
                for ticket in batch:
                    ticket.error = problem
            else:
                self._write_alone(batch)
        except BaseException:  # this thread is being ended; the others must not wait for it
            _interrupted(batch)
            raise
        for ticket in batch:
            ticket.tell()

    def _write_alone(self, batch: Sequence["_Ticket[Item]"]) -> None:
        for ticket in batch:
            try:
                self._write([ticket.item])
            except Exception as problem:  # noqa: BLE001  it is raised where the item came from
                ticket.error = problem


def _interrupted(tickets: Sequence["_Ticket[Item]"]) -> None:
    for ticket in tickets:
        ticket.error = NotWritten("The write was interrupted.")
        ticket.tell()


class _Ticket(Generic[Item]):
    __slots__ = ("done", "error", "heard", "item", "then")

    def __init__(self, item: Item, then: Callable[[Exception | None], None] | None = None) -> None:
        self.item = item
        self.done = False
        self.error: Exception | None = None
        self.then = then
        self.heard = Lock()
        self.heard.acquire()

    def tell(self) -> None:
        """Let whoever waits go on."""
        self.done = True
        self.heard.release()
        if self.then is not None:
            self.then(self.error)
