"""All tables at once are what the migrations make one by one, and are only made where there is none."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from answerback.store import tables


@pytest.mark.django_db
def test_the_script_is_what_the_migrations_make() -> None:
    if connection.pg_version // 10_000 != 18:
        pytest.skip("Drawn with PostgreSQL 18, whose pg_dump words some things anew.")
    drawn = subprocess.run(
        [sys.executable, "-m", "answerback.testing.tables", "--check"], capture_output=True, text=True, check=False
    )
    assert (drawn.returncode, drawn.stderr) == (0, "")


def test_the_script_knows_every_migration() -> None:
    assert tables.migrations() == frozenset(MigrationLoader(None).disk_migrations)


@pytest.mark.django_db
def test_tables_that_are_there_are_left_alone() -> None:
    assert tables.make_all() == 0


@pytest.mark.django_db
def test_a_script_of_other_code_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA elsewhere; SET LOCAL search_path = elsewhere")
        monkeypatch.setattr(tables, "migrations", lambda: frozenset({("store", "9999_never_written")}))
        assert tables.make_all() == 0


@pytest.mark.django_db
def test_a_script_it_does_not_understand_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "tables.sql"
    script.write_text("CREATE TABLE half (id int); CREATE TABLE other (id int) WITH NOTHING;")
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA elsewhere; SET LOCAL search_path = elsewhere")
        monkeypatch.setattr(tables, "SCRIPT", script)
        assert tables.make_all() == 0
        cursor.execute("SELECT to_regclass('half')")
        assert cursor.fetchone() == (None,)
