"""Says whether this process lives (`/healthz`) and whether it can do its work (`/readyz`), for supervisors and
balancers.

A web process is ready when it can keep what providers report: the database answers, has room, and has every table this
code needs.
It stays ready while no worker works: what is kept then is worked off later, and what were turned away would be lost.
`/readyz?worker` asks for a worker too, for alarms. Nothing here names a person or a number.
"""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from answerback.console.brand import host_of
from answerback.server import setting_up
from answerback.store.queries import operating
from answerback.workflow import clock, host_watch, transaction

PLAIN = "text/plain; charset=utf-8"

SILENT_AFTER = 30.0
"""A worker says every 5 seconds that it works; one that was not heard for this long does not."""


def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """200 as long as the process answers at all."""
    return HttpResponse("ok\n", content_type=PLAIN)


def here(request: HttpRequest, asked: str) -> HttpResponse:
    """The proof that this host name leads to this installation; without the database, and without a name on it."""
    return HttpResponse(f"{host_watch.proof(host_of(request), asked)}\n", content_type=PLAIN)


def ready(request: HttpRequest) -> HttpResponse:
    """200 when this process can keep what it is told, else 503; one line for each thing that was looked at."""
    said: list[str] = []
    well = all(_looked_at(look, said) for look in (_database, _tables, room))
    working = well and _looked_at(_worker, said)
    if "worker" in request.GET:
        well = well and working
    return HttpResponse("".join(f"{line}\n" for line in said), status=200 if well else 503, content_type=PLAIN)


def _looked_at(look: Callable[[], tuple[bool, str]], said: list[str]) -> bool:
    try:
        well, line = look()
    except Error:
        well, line = False, "database: away"
        connection.close()
    said.append(line)
    return well


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, "database: ok"


def _tables() -> tuple[bool, str]:
    waiting = 0 if _tables_seen else len(setting_up.waiting_migrations())
    if waiting:
        return False, f"migrations: {waiting} have not run; run answerback migrate"
    _tables_seen.append(True)
    return True, "migrations: ok"


def room() -> tuple[bool, str]:
    """Is there room on the database's disk? On a full one nothing that a provider reports can be kept."""
    try:
        transaction.run(operating.spill)
    except Error as problem:
        if not transaction.is_full(problem):
            raise
        return False, "disk: the database's is full; free some of it"
    return True, "disk: ok"


def _worker() -> tuple[bool, str]:
    heard = transaction.run(lambda cursor: operating.workers(cursor, clock.now()))
    working = [seconds for seconds in heard if seconds < SILENT_AFTER]
    if working:
        return True, f"worker: ok ({len(working)})"
    return False, f"worker: none, the last was heard {heard[0]:.0f} s ago" if heard else "worker: none"


_tables_seen: list[bool] = []
"""Not empty once every table this code needs was there: tables of one installation only ever become newer."""
