"""New indexes on large tables are built while these are written, by migrations that wait for each other safely."""

import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from inspect import getsource
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from answerback.server import embedded, setting_up
from answerback.store import migrations as ours
from answerback.store.alongside import LARGE, AddIndexAlongside

SINCE = 57
"""Those before ran on tables that nobody had yet, or hold no other lock than a moment's."""

BUILDS = re.compile(r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+(?!CONCURRENTLY)\w+\s+ON\s+\"?(\w+)", re.IGNORECASE)


def blocking(migration: Any, source: str) -> list[str]:
    """The large tables that this migration keeps from being written while it builds an index."""
    made = {each.name.lower() for each in migration.operations if isinstance(each, migrations.CreateModel)}
    found = [
        _table(each)
        for each in migration.operations
        if isinstance(each, migrations.AddIndex | migrations.AddConstraint)
        and not isinstance(each, AddIndexConcurrently)
        and each.model_name.lower() not in made
        and _is_index(each)
    ]
    return sorted(LARGE.intersection([*found, *BUILDS.findall(source)]))


def _is_index(operation: Operation) -> bool:
    constraint = getattr(operation, "constraint", None)
    return constraint is None or "Check" not in type(constraint).__name__


def _table(operation: Any) -> str:
    return apps.get_model("store", operation.model_name)._meta.db_table


def _since() -> Iterator[tuple[str, Any, str]]:
    for path in sorted(Path(ours.__path__[0]).glob("[0-9]*.py")):
        if int(path.name[:4]) >= SINCE:
            module = importlib.import_module(f"{ours.__name__}.{path.stem}")
            yield path.stem, module.Migration, getsource(module)


def test_the_large_tables_are_there() -> None:
    assert {each._meta.db_table for each in apps.get_app_config("store").get_models()} >= LARGE


def test_no_new_index_keeps_a_large_table_from_being_written() -> None:
    found = {name: tables for name, each, source in _since() if (tables := blocking(each, source))}
    assert found == {}, "Build these with store.alongside.AddIndexAlongside (docs/decisions, indexes)."


def test_a_build_that_blocks_is_found() -> None:
    index = models.Index(fields=["at"], name="made_up")
    one = type("Migration", (migrations.Migration,), {"operations": [migrations.AddIndex("event", index)]})
    assert blocking(one, "") == ["event"]
    assert blocking(migrations.Migration, 'CREATE UNIQUE INDEX x ON "lead" (id)') == ["lead"]
    assert blocking(migrations.Migration, "CREATE INDEX CONCURRENTLY x ON lead (id)") == []


@pytest.fixture
def database() -> Iterator[str]:
    """The address of a database of its own with today's tables."""
    server, name = os.environ["DATABASE_URL"], f"test_indexes_{os.getpid()}"
    url = embedded.prepare_database(server, name)
    subprocess.run(_MIGRATE, env={**os.environ, "DATABASE_URL": url}, check=True, capture_output=True)
    yield url
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


_MIGRATE = [sys.executable, "-m", "answerback.server", "migrate"]


def test_a_process_that_waits_for_its_turn_to_migrate_keeps_no_index_from_being_built(database: str) -> None:
    """It waited inside a statement, whose snapshot the build of the other one waited for in turn: a deadlock."""
    with psycopg.connect(database, autocommit=True) as first, psycopg.connect(database, autocommit=True) as other:
        first.execute("SELECT pg_advisory_lock(%s)", [setting_up.ONE_AT_A_TIME])
        waiting = subprocess.Popen(_MIGRATE, env={**os.environ, "DATABASE_URL": database}, stdout=subprocess.DEVNULL)
        try:
            asked = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%%advisory_lock%%' AND pid <> ALL(%s)"
            ours = [first.info.backend_pid, other.info.backend_pid]
            while (other.execute(asked, [ours]).fetchone() or (0,))[0] == 0:
                assert waiting.poll() is None
            first.execute("CREATE INDEX CONCURRENTLY made_up ON message (id)")
        finally:
            first.execute("SELECT pg_advisory_unlock_all()")
            assert waiting.wait(timeout=60) == 0


@pytest.mark.django_db(transaction=True)
def test_a_build_that_broke_off_is_made_anew() -> None:
    """Of such a build an index of the same name is left, which nobody reads by."""
    made = AddIndexAlongside("note", models.Index(fields=["at"], name="made_up"))
    before = ProjectState.from_apps(apps)
    after = before.clone()
    made.state_forwards("store", after)
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX made_up ON note (id)")
        try:
            with connection.schema_editor(atomic=False) as editor:
                made.database_forwards("store", editor, before, after)
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'made_up'")
            assert cursor.fetchone() == ("CREATE INDEX made_up ON public.note USING btree (at)",)
        finally:
            cursor.execute("DROP INDEX IF EXISTS made_up")
