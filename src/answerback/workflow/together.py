"""Lets requests that arrive together share one commit; each waits for it before it goes on.

Whoever comes while a write is running joins the next one. If a shared write fails, every item is tried alone, so that
one bad item cannot take its neighbours with it. Nothing is ever reported done before the write returned.
"""

from collections.abc import Callable, Sequence
from threading import Lock
from time import sleep
from typing import Generic, TypeVar

Item = TypeVar("Item")


class NotWritten(Exception):
    """The shared write was interrupted; whether it was made is not known."""


class Together(Generic[Item]):
    """Groups calls of `do` into calls of `write`, at most `limit` items each. Safe from any number of threads.

    `is_shared` tells the errors that no single item causes, such as a lost database: they go to all items at once.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Item]], None],
        limit: int = 256,
        *,
        is_shared: Callable[[Exception], bool] = lambda _: False,
        linger: float = 0.0,
    ) -> None:
        self._write = write
        self._linger = linger
        self._last = 0
        self._is_shared = is_shared
        self._limit = limit
        self._waiting: list[_Ticket[Item]] = []
        self._waiting_lock = Lock()
        self._writing = Lock()

    def do(self, item: Item) -> None:
        """Return once `item` is written; raises what writing it raised."""
        ticket = _Ticket(item)
        with self._waiting_lock:
            self._waiting.append(ticket)
        while not ticket.done:
            with self._writing:
                if not ticket.done:
                    self._write_next()
        if ticket.error is not None:
            raise ticket.error

    def _write_next(self) -> None:
        if self._last > 1:
            sleep(self._linger)
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
            for ticket in batch:
                ticket.error = NotWritten("The write was interrupted.")
            raise
        finally:
            for ticket in batch:
                ticket.done = True

    def _write_alone(self, batch: Sequence["_Ticket[Item]"]) -> None:
        for ticket in batch:
            try:
                self._write([ticket.item])
            except Exception as problem:  # noqa: BLE001  it is raised where the item came from
                ticket.error = problem


class _Ticket(Generic[Item]):
    __slots__ = ("done", "error", "item")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.done = False
        self.error: Exception | None = None
