"""Finds or makes the database that a World may empty, and takes it away again.

Inside a Django test run that is the run's own test database. Elsewhere a scratch database is made, on the server of
`DATABASE_URL` where there is one, else on an embedded PostgreSQL in a temporary folder; it goes when the process ends.
Never here: emptying a database that is not made for it. A World truncates every table, so anything else is refused.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

import psutil
import psycopg
from django.apps import apps
from psycopg import sql

from answerback.server import embedded

FOLDER_PREFIX = "answerback-world-"

_SCRATCH = re.compile(r"test_.*|answerback_(world|simulation|story|tables)_\d+")
"""Names of databases that hold nothing of worth: Django's test databases, and ours with the maker's process id."""


class NotScratch(Exception):
    """The database Django is connected to may hold somebody's data; a World must not empty it."""


def ready(purpose: str = "world", *, one_by_one: bool = False) -> None:
    """Bring this process to the point where a World may run; quick when it is there already.

    With `one_by_one` a database that is made runs every migration.
    Raises `NotScratch` where Django is set up with a database that is not a scratch one, and `EmbeddedDatabaseError`.
    """
    if not apps.ready:
        _make(f"answerback_{purpose}_{os.getpid()}", one_by_one=one_by_one)
    name = _name()
    if not _SCRATCH.fullmatch(name):
        raise NotScratch(
            f"A World empties every table, and Django is connected to the database {name!r}. Run it in a test run of "
            "Django's (its databases are called test_...), or in a process of its own where Django is not set up."
        )


def _make(name: str, *, one_by_one: bool) -> None:
    """Make a scratch database, set Django up with it and bring its tables up to date."""
    server = os.environ.get("DATABASE_URL") or _own_server()
    url = embedded.prepare_database(server, name)
    atexit.register(_drop, server, name)
    os.environ["DATABASE_URL"] = url
    os.environ.setdefault("ANSWERBACK_LOG", "ERROR")
    os.environ.setdefault("ANSWERBACK_SECOND_STEP_DAYS", "7")  # pages are read as an owner who has none
    from answerback.server import setting_up  # noqa: PLC0415  it sets up Django, which must know the database by now

    setting_up.prepare(start_database=False)
    setting_up.migrate(one_by_one=one_by_one)


def _own_server() -> str:
    """Start a PostgreSQL that does not outlive this process and keeps nothing safe from a power cut."""
    # Right under the temporary folder: a socket's path must be short, and the database's own user has to get there.
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-"))
    folder.chmod(0o711)
    os.environ.setdefault("ANSWERBACK_VAR", str(folder))
    running = embedded.start(folder / "postgres", durable=False)
    atexit.register(_stop, running, folder, os.getpid())
    return running.url


def _remove_leftovers() -> None:
    """Stop and remove the servers of processes that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        owner = folder.name.removeprefix(FOLDER_PREFIX).split("-")[0]
        if not owner.isdigit() or psutil.pid_exists(int(owner)) or not os.access(folder, os.W_OK):
            continue
        if (folder / "postgres" / "data" / "postmaster.pid").exists():
            embedded.start(folder / "postgres", durable=False).stop()
        shutil.rmtree(folder, ignore_errors=True)


def _stop(running: embedded.Running, folder: Path, owner: int) -> None:
    if os.getpid() == owner:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _drop(server: str, name: str) -> None:
    if not name.endswith(f"_{os.getpid()}"):  # a forked child ends; the database is its parent's
        return
    from django.db import connections  # noqa: PLC0415  set up by now

    connections.close_all()
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _name() -> str:
    from django.db import connection  # noqa: PLC0415  set up by now

    return str(connection.settings_dict["NAME"])
