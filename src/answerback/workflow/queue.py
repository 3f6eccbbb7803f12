"""Runs background tasks: Procrastinate, on the same PostgreSQL, deferred in the same transaction as what they follow
from.

Only for slower effects (alerts, copies, upkeep). Turns and texts never pay one task an item.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta
from threading import Thread
from typing import Any

from procrastinate.contrib.django import app

from answerback.store.queries.rows import Cursor

log = logging.getLogger("answerback.queue")

INVITATIONS = "answerback.invitations"
CALENDAR = "answerback.calendar"
"""The task that brings one calendar up to date (`workflow.tasks`)."""

CRM = "answerback.crm"
"""The task that brings one CRM up to date."""

COMPARE = "answerback.compare_crm"
"""The task that compares ours with a CRM."""


VIDEO = "answerback.video"
"""The task that works on one video (`workflow.tasks`)."""


TABLE = "answerback.table"
"""The task that takes one large table in."""


def defer_table(upload: int) -> None:
    """Take this table in as soon as the transaction that is open commits; its row says whose it is."""
    app.configure_task(name=TABLE, priority=-10).defer(upload=upload)


LOOK_UPS = "answerback.look_ups"
"""The task that asks providers what kind of number somebody has."""


def defer_look_ups() -> None:
    """Make the look-ups that wait as soon as the transaction that is open commits; one process at a time pays."""
    app.configure_task(name=LOOK_UPS, lock="look_ups", priority=10).defer()


ATTACHMENTS = "answerback.attachments"
"""The task that fetches pictures and recordings."""


def defer_attachments() -> None:
    """Fetch what came with texts and voicemails as soon as the transaction that is open commits."""
    app.configure_task(name=ATTACHMENTS, lock="attachments").defer()


def defer_video(video: int) -> None:
    """Work on this video as soon as the transaction that is open commits; one at a time, so that texts go first."""
    app.configure_task(name=VIDEO, lock="video").defer(video=video)


def defer_calendar(calendar: int) -> None:
    """Bring this calendar up to date as soon as the transaction that is open commits; one task a calendar at a time."""
    app.configure_task(name=CALENDAR, lock=f"calendar-{calendar}").defer(calendar=calendar)


def defer_crm(crm: int, seconds: int = 0) -> None:
    """Copy to this CRM, and read it, so long after the transaction that is open commits; one task a CRM at a time."""
    later = {"seconds": seconds} if seconds else None
    app.configure_task(name=CRM, lock=f"crm-{crm}", priority=-5, schedule_in=later).defer(crm=crm)


def defer_comparison(crm: int) -> None:
    """Compare ours with this CRM as soon as the transaction that is open commits."""
    app.configure_task(name=COMPARE, lock=f"crm-{crm}", priority=-10).defer(crm=crm)


def defer_invitations() -> None:
    """Send what is due as soon as the transaction that is open commits."""
    app.configure_task(name=INVITATIONS, lock="invitations").defer()


END_OF_SEEING = "answerback.end_of_seeing"
"""The task that writes down that somebody sees the console as another member no more."""


def defer_end_of_seeing(told: Mapping[str, Any], within: timedelta) -> None:
    """Write it down so long after the transaction that is open commits; `told` is what the task is asked with."""
    task = app.configure_task(name=END_OF_SEEING, schedule_in={"seconds": int(within.total_seconds())})
    task.defer(**told)


TRIES = 3
"""A task that ended so many processes is given up, so that what it locks goes on; the rows still say what is due."""

# What comes by the clock has a `queueing_lock`: of that only one may wait, and the next comes by itself.
_LEFT_BEHIND = """
UPDATE procrastinate_jobs j SET attempts = attempts + 1, status = CASE
    WHEN queueing_lock IS NULL AND attempts + 1 < %s THEN 'todo' ELSE 'failed' END::procrastinate_job_status
WHERE status = 'doing' AND NOT EXISTS (
    SELECT FROM procrastinate_workers w
    WHERE w.id = j.worker_id AND w.last_heartbeat > now() - interval '1 minute')
"""


def take_up(cursor: Cursor) -> int:
    """Let tasks wait again whose process died: they would hold their locks for ever. A living process says so every ten
    seconds. Returns how many they were.
    """
    cursor.execute(_LEFT_BEHIND, [TRIES])
    return cursor.rowcount


class TaskRunner:
    """A Procrastinate worker in a thread of its own."""

    def __init__(self, concurrency: int = 2) -> None:
        self._concurrency = concurrency
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._thread = Thread(target=self._run, name="tasks", daemon=True)

    def start(self) -> None:
        """Begin to work; a lost database is waited for."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what runs and end."""
        if self._task is not None:
            self._loop.call_soon_threadsafe(self._task.cancel)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._work())
        except asyncio.CancelledError:
            return

    async def _work(self) -> None:
        self._task = asyncio.current_task()
        while True:
            try:
                worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
                async with worker_app.open_async():
                    await worker_app.run_worker_async(
                        concurrency=self._concurrency, install_signal_handlers=False, fetch_job_polling_interval=5.0
                    )
            except asyncio.CancelledError:
                raise
            except Exception as problem:  # noqa: BLE001  whatever it was, tasks are tried again
                log.warning("queue.away problem=%s", type(problem).__name__)
                await asyncio.sleep(5)
