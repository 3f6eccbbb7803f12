"""Brings a process to the point where Django works: database found or started, settings loaded, tables up to date."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

from answerback.server import embedded
from answerback.server.environment import var_folder


def prepare(
    *, announce: Callable[[str], None] = lambda _: None, start_database: bool = True
) -> "embedded.Running | None":
    """Set Django up; without `DATABASE_URL` the embedded database is started or found first.

    Returns the embedded database where it is used. Raises `EmbeddedDatabaseError` and `ImproperlyConfigured`, both in
    words for the person at the terminal.
    """
    running = None
    if not os.environ.get("DATABASE_URL") and start_database:
        running = embedded.start(database_folder(), announce=announce)
        os.environ["DATABASE_URL"] = embedded.prepare_database(running.url, database_name())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerback.server.settings")
    django.setup()
    return running


DEMO_DATABASE = "answerback_demo"
"""The demo has a database of its own, beside the installation's."""


def database_folder() -> Path:
    """Where the embedded database lies."""
    return var_folder() / "postgres"


def database_name() -> str:
    """The database on the embedded server: `answerback`, or what `ANSWERBACK_DATABASE` says (the demo has one of its
    own).
    """
    return os.environ.get("ANSWERBACK_DATABASE", "answerback")


ONE_AT_A_TIME = 870001
"""The lock under which tables are changed."""

ASKS_AGAIN = 0.1
"""Seconds after which a process asks again whether its turn has come."""


def migrate(*, one_by_one: bool = False) -> int:
    """Bring the tables up to date; returns how many migrations that was. Safe when several processes do it at once.

    A database without any table gets them all at once (`store.tables`), unless `one_by_one`.
    """
    from django.db import connection  # noqa: PLC0415  Django is set up by `prepare`
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from answerback.store import tables  # noqa: PLC0415

    with connection.cursor() as cursor:
        _wait_for_ones_turn(cursor)
        try:
            at_once = 0 if one_by_one else tables.make_all()
            executor = MigrationExecutor(connection)
            plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
            executor.migrate(executor.loader.graph.leaf_nodes(), plan)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    return at_once + len(plan)


def _wait_for_ones_turn(cursor: Any) -> None:
    """Whoever waited inside a statement would keep the other process from building an index while the table is used:
    the build waits for every statement that began before it.
    """
    while True:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        if cursor.fetchone()[0]:
            return
        time.sleep(ASKS_AGAIN)


def is_nobodys() -> bool:
    """Is this an installation that nobody has an account in yet?"""
    from answerback.store.models import User  # noqa: PLC0415  as above

    return not User.objects.exists()


def waiting_migrations() -> list[str]:
    """Names of migrations that have not run."""
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return [str(step) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
