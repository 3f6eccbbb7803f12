"""Looks a large table through, and takes it in, behind the page that asked for it: its row says how far it is.

The rows of the table and the word that they are in are one transaction, so a process that dies leaves nothing half
done; its work is taken up again from the beginning. Never here: what becomes of a row (`workflow.csv_imports`).
"""

import gzip
import io
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from types import TracebackType
from typing import Any

from django.db import connection

from answerback.store import models
from answerback.store.queries import taken_rows
from answerback.store.queries.imports import Written
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, csv_imports, queue, transaction
from answerback.workflow.csv_cells import Unreadable
from answerback.workflow.csv_imports import KINDS, Given
from answerback.workflow.csv_taken import Taken

log = logging.getLogger("answerback.large_files")

LARGE = 512 * 1024
"""Bytes; whatever is larger is looked through and taken in by a worker, with a page that says how far it is."""

MOVING = ("waiting", "working")

STUCK = timedelta(minutes=1)
"""Work that said nothing for so long is lost: its process died."""

TELL_EVERY = 0.5
"""Seconds."""

FAULT = "Something went wrong on our side, and nothing was taken in. Try again; the worker's log says more."


class _NotOurs(Exception):
    """Another process has taken this work up: what was written here goes back."""


def start(upload: int, mapping: Mapping[str, str], by: str, *, looks: bool = False) -> None:
    """Let this file be taken in, these columns for those, or only looked through; who presses twice starts it once."""

    def write(_: object) -> None:
        row = models.Upload.objects.filter(id=upload).exclude(state__in=(*MOVING, "done"))
        told = {"mapping": dict(mapping), "by": by[:120], "problems": None, "says": "", "share": 0, "rows": 0}
        told |= {"looks": looks, "added": 0, "known": 0, "updated": 0, "people": 0, "refused": 0}
        if row.update(state="waiting", beat_at=clock.now(), **told):
            queue.defer_table(upload)

    transaction.run(write)


def lost() -> tuple[int, ...]:
    """The files whose work nobody does: its task or its process is gone."""
    rows = models.Upload.objects.filter(state__in=MOVING, beat_at__lt=clock.now() - STUCK)
    return tuple(rows.order_by("id").values_list("id", flat=True))


def work(upload: int) -> None:
    """Take this file in, if it waits or was lost by another; what goes wrong stands in its row. Then comes the next."""
    tries = _claimed(upload)
    if tries is None:
        return
    _take(upload, tries)
    following = models.Upload.objects.filter(state="waiting").order_by("id").first()
    if following is not None:
        queue.defer_table(following.id)


def _take(upload: int, tries: int) -> None:
    row = models.Upload.objects.get(id=upload)
    teller = _Teller(upload, tries)
    given = Given(
        business=row.business_id,
        kind=KINDS[row.kind],
        file=io.BytesIO(gzip.decompress(bytes(row.content))),
        mapping=row.mapping or {},
        source=row.name,
        by=row.by,
        tell=teller.hear,
        last=partial(_write, upload, tries, "done"),
        keep=None if row.looks else partial(_keep, upload, row.kind == "stops"),
    )
    try:
        with teller:
            taken = csv_imports.preview(given) if row.looks else csv_imports.take(given)
    except _NotOurs:
        log.info("import.taken_up_by_another upload=%s", upload)
    except Unreadable as problem:
        _over(upload, tries, "failed", Taken(), str(problem))
    except Exception:
        log.exception("import.fault upload=%s", upload)
        _over(upload, tries, "failed", Taken(), FAULT)
    else:
        if row.looks:
            _over(upload, tries, "looked", taken)
        elif taken.problems:
            _over(upload, tries, "failed", taken)


def _claimed(upload: int) -> int | None:
    """Which try of this work is ours, None where another does it, or another file: one at a time, as texts go first."""
    now = clock.now()
    others = models.Upload.objects.filter(state="working", beat_at__gt=now - STUCK)

    def take(_: object) -> int | None:
        row = models.Upload.objects.select_for_update().filter(id=upload, state__in=MOVING).first()
        if row is None or others.exists():
            return None
        models.Upload.objects.filter(id=upload).update(state="working", tries=row.tries + 1, beat_at=now)
        return int(row.tries) + 1

    return transaction.run(take)


def _over(upload: int, tries: int, state: str, taken: Taken, says: str = "") -> None:
    try:
        transaction.run(lambda _: _write(upload, tries, state, taken, says))
    except _NotOurs:
        log.info("import.taken_up_by_another upload=%s", upload)


def _write(upload: int, tries: int, state: str, taken: Taken, says: str = "") -> None:
    """What came of it; of what was taken in the file itself is kept no longer. Raises `_NotOurs`."""
    ours = models.Upload.objects.filter(id=upload, state="working", tries=tries)
    told: dict[str, object] = {"state": state, "says": says[:300], "share": 100, **_counts(taken)}
    told["problems"] = [asdict(each) for each in taken.problems]
    told["more_problems"] = taken.more_problems
    told["contacts"] = None if state == "done" else {"rows": taken.fates}
    if not ours.update(**told, **({"content": b""} if state == "done" else {})):
        raise _NotOurs


def _keep(  # noqa: PLR0917  which file, and what came of its rows
    upload: int, of_stops: bool, cursor: Cursor, rows: Sequence[dict[str, Any]], written: Written, repeated: set[int]
) -> None:
    taken_rows.write(cursor, upload, of_stops=of_stops, rows=rows, written=written, repeated=repeated)


def _counts(taken: Taken) -> dict[str, int]:
    refused = len(taken.problems) + taken.more_problems
    known = {"known": taken.known, "updated": taken.updated, "people": taken.people}
    return {"rows": taken.rows, "added": taken.added, **known, "refused": refused}


class _Teller:
    """Writes how far the work is, beside its open transaction: by a thread with a connection of its own."""

    def __init__(self, upload: int, tries: int) -> None:
        self._row = models.Upload.objects.filter(id=upload, state="working", tries=tries)
        self._told: dict[str, int] = {}
        self._over = Event()
        self._thread = Thread(target=self._tell, name=f"import-{upload}", daemon=True)

    def __enter__(self) -> "_Teller":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def hear(self, taken: Taken, share: float) -> None:
        """So much of the file is read."""
        self._told = {**_counts(taken), "share": min(round(100 * share), 99)}

    def _tell(self) -> None:
        try:
            while not self._over.wait(TELL_EVERY):
                transaction.run(self._write)
        except Exception:
            log.exception("import.progress_untold")
        finally:
            connection.close()

    def _write(self, _: object) -> None:
        self._row.update(beat_at=clock.now(), **self._told)
