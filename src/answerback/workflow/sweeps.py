"""Reads the providers' lists of calls and texts, so that what no webhook told us is not lost: nightly, after outages.

Each fact is kept as if it had been sent to us; its key says whether it was. What came late makes a lead and a to-do,
and no "just missed you" (the engine sees to that). Never here: what a list looks like (the adapter).
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from answerback.ports.errors import PortError
from answerback.ports.phone import Happened, ListsPast, ReceiptCame
from answerback.ports.registry import phone
from answerback.store import models
from answerback.store.queries import watches
from answerback.store.queries.rows import Cursor
from answerback.store.queries.watches import Watched
from answerback.store.secrets import WrongSecret
from answerback.workflow import clock, intake, one_by_one, transaction
from answerback.workflow.directory import Account, account

log = logging.getLogger("answerback.sweeps")

OUTAGE = timedelta(minutes=5)
"""So long without a beat, and providers may have given up on reports to us."""

OVERLAP = timedelta(minutes=15)
"""How much of what was read before is read again: lists lag behind, and calls last."""

FARTHEST = timedelta(days=7)
NIGHTLY = timedelta(hours=20)
"""A list is read at least so often, whatever happened."""

BATCH = 200


def look_after_all(*, all_of_them: bool = False) -> int:
    """A beat for every connection; those that need it are swept. Returns how many facts were listed.

    `all_of_them` sweeps every connection that has lists (the nightly run).
    """
    connections = models.Connection.objects.order_by("id").values_list("id", flat=True)
    return sum(one_by_one.each(partial(look_after, anyway=all_of_them), connections, "sweep.broken connection=%s"))


def look_after(connection: int, *, anyway: bool = False) -> int:
    """A beat for this connection, and a sweep when we were away, when the last one is long ago, or `anyway`."""
    now = clock.now()
    before = transaction.run(lambda cursor: watches.beat(cursor, connection, now))
    since = _since(before, now, anyway=anyway)
    return 0 if since is None else sweep(connection, since)


def sweep(connection: int, since: datetime) -> int:
    """Read the lists of this connection from then on; returns how many facts they had. Never raises a port's error."""
    now = clock.now()
    try:
        ours = account(connection)
        adapter: object = phone(ours.connection.provider) if ours else None
        if ours is None or not isinstance(adapter, ListsPast):
            return 0
        listed = sum(intake.keep(ours, batch) for batch in _batches(adapter, ours, since, now))
    except (PortError, WrongSecret) as problem:
        detail = problem.detail if isinstance(problem, PortError) else "The connection's secrets cannot be read."
        log.warning("sweep.failed connection=%s problem=%s", connection, type(problem).__name__)
        transaction.run(
            lambda cursor: watches.has_trouble(cursor, connection, f"The lists could not be read. {detail}", now)
        )
        return 0
    transaction.run(lambda cursor: _swept(cursor, connection, now))
    log.info("sweep.done connection=%s facts=%s", connection, listed)
    return listed


def _since(before: Watched, now: datetime, *, anyway: bool) -> datetime | None:
    """From when the lists have to be read, None when they need not be."""
    away = now - before.last_beat > OUTAGE
    until = before.swept_until
    if not (away or anyway) and until is not None and now - until < NIGHTLY:
        return None
    known = min(before.last_beat, until) if away and until else until or before.last_beat
    return max(known - OVERLAP, now - FARTHEST)


def _batches(
    adapter: ListsPast, ours: Account, since: datetime, now: datetime
) -> Iterator[list[Happened | ReceiptCame]]:
    facts = iter(adapter.past(ours.connection, sorted(ours.lines), since, now))
    while batch := list(islice(facts, BATCH)):
        yield batch


def _swept(cursor: Cursor, connection: int, now: datetime) -> None:
    watches.swept(cursor, connection, now)
    watches.is_well(cursor, connection, None)
