"""Opens the one transaction of a use case: never nested, tried again when the database asks for it.

Deadlocks and serialization failures are rolled back whole and run again. So is, once, what met a connection that had
been lost since its last use (the server was restarted). A connection lost in the commit is closed, and the error goes
up: the caller does not know whether the commit happened.
"""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Any, Generic, TypeVar

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.backends.signals import connection_created
from psycopg import errors

from answerback.store.queries.rows import Cursor

Result = TypeVar("Result")

TRIES = 5

PLANS_KEPT = 5.0
"""Seconds."""

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


def plan_once() -> None:
    """Let PostgreSQL plan each prepared statement of this thread once, and not for every batch anew.

    For threads that do the same few things all day, all by their indexes: there the plans were most of the work. By
    itself PostgreSQL compares guesses, and a batch of a guessed size always looks dearer than the one at hand.
    """
    _thread.plans_once, _thread.planned = True, monotonic()
    if connection.connection is not None:
        _tell_planner(connection)


def is_passing(problem: BaseException) -> bool:
    """Is it the database's trouble (away, full, locked, restarting) and not that of what was written?"""
    if not isinstance(problem, DatabaseError | InterfaceError):
        return False
    state = getattr(problem.__cause__, "sqlstate", None)
    return state is None or state[:2] in PASSING


def is_full(problem: BaseException | None) -> bool:
    """Has the database no room left for what was written?"""
    return getattr(getattr(problem, "__cause__", None), "sqlstate", None) == errors.DiskFull.sqlstate


def advice(problem: BaseException | None) -> str:
    """What a program is told of the database's passing trouble."""
    if is_full(problem):
        return "The database has no room left, and nothing was done. Ask again once whoever runs it has freed some."
    return "The database does not answer right now. Ask again in some seconds."


class _Attempt(Generic[Result]):
    """One try. `worked` says that only the commit was left, whose fate is unknown when the connection breaks in it."""

    def __init__(self, work: Callable[[Cursor], Result]) -> None:
        self._work = work
        self.worked = False

    def run(self) -> Result:
        with transaction.atomic():
            connection.ensure_connection()
            with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
                _plan_again(cursor)
                result = self._work(cursor)
            self.worked = True
        return result


def _plan_again(cursor: Cursor) -> None:
    """Forget this thread's plans every few seconds: those of an empty table would be kept while it fills."""
    if getattr(_thread, "plans_once", False) and monotonic() - _thread.planned > PLANS_KEPT:
        cursor.execute("DISCARD PLANS", prepare=False)
        _thread.planned = monotonic()


def _on_connected(connection: Any, **_: object) -> None:  # Django names it so
    if getattr(_thread, "plans_once", False):
        _tell_planner(connection)


def _tell_planner(made: Any) -> None:
    # Behind a pooler that hands connections around, nothing may be set on one.
    if made.settings_dict["OPTIONS"].get("prepare_threshold") is not None:
        made.connection.execute("SET plan_cache_mode = force_generic_plan")


def _forget_broken() -> None:
    if not connection.in_atomic_block and not connection.is_usable():
        connection.close()


_thread = threading.local()
connection_created.connect(_on_connected, dispatch_uid="answerback.plan_once")
