"""Opens the one transaction of a use case: never nested, tried again when the database asks for it.

Deadlocks and serialization failures are rolled back whole and run again. So is, once, what met a connection that had
been lost since its last use (the server was restarted). A connection lost in the commit is closed, and the error goes
up: the caller does not know whether the commit happened.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from psycopg import errors

from answerback.store.queries.rows import Cursor

Result = TypeVar("Result")

TRIES = 5

PASSING = frozenset({"08", "40", "53", "55", "57", "58"})
"""Classes of SQLSTATE that say nothing about the rows: connection, rollback, resources, locks, operator, system."""


def run(work: Callable[[Cursor], Result], *, again: tuple[type[Exception], ...] = ()) -> Result:
    """Run `work` in a transaction and commit; it may run several times and must not do anything but SQL.

    `again` names errors of the work's own that mean "roll back and try once more".
    """
    if connection.in_atomic_block:
        raise RuntimeError("A transaction is open already: one use case, one transaction.")
    held = connection.connection
    for left in range(TRIES, 0, -1):
        attempt = _Attempt(work)
        try:
            return attempt.run()
        except again:
            if left == 1:
                raise
        except (OperationalError, InterfaceError) as problem:
            if isinstance(problem.__cause__, errors.DeadlockDetected | errors.SerializationFailure) and left > 1:
                continue
            _forget_broken()
            if held is None or connection.connection is held or attempt.worked:
                raise
            held = None  # a connection made just now that breaks at once will not be better the next time
    raise AssertionError("unreachable")


def is_passing(problem: BaseException) -> bool:
    """Is it the database's trouble (away, full, locked, restarting) and not that of what was written?"""
    if not isinstance(problem, DatabaseError | InterfaceError):
        return False
    state = getattr(problem.__cause__, "sqlstate", None)
    return state is None or state[:2] in PASSING


class _Attempt(Generic[Result]):
    """One try. `worked` says that only the commit was left, whose fate is unknown when the connection breaks in it."""

    def __init__(self, work: Callable[[Cursor], Result]) -> None:
        self._work = work
        self.worked = False

    def run(self) -> Result:
        with transaction.atomic():
            connection.ensure_connection()
            with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
                result = self._work(cursor)
            self.worked = True
        return result


def _forget_broken() -> None:
    if not connection.in_atomic_block and not connection.is_usable():
        connection.close()
