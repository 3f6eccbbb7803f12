"""Makes all tables at once in a database that has none, from `tables.sql`: what the migrations would make one by one.

A hundred migrations take ten seconds of a new database, nearly all of it Django imagining the tables in between.
The script is drawn from the migrations (`python -m answerback.testing.tables`), and a test compares what both make.
Migrations newer than the script run after it as ever.

Never here: a database that has any table, or a script that names a migration this code does not have.
"""

import re
from functools import cache
from pathlib import Path

from django.db import ProgrammingError, connection, transaction
from django.db.migrations.loader import MigrationLoader

SCRIPT = Path(__file__).with_name("tables.sql")

_NOTHING_THERE = """
SELECT NOT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p'))
"""
_MIGRATION = re.compile(r"INSERT INTO public\.django_migrations VALUES \(\d+, '(\w+)', '(\w+)', ")


def make_all() -> int:
    """Run the script where there is no table yet; returns how many migrations that was worth, 0 where it does not fit.

    An older PostgreSQL than the script was drawn with may not understand it; then nothing has happened either.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTHING_THERE)
        if not cursor.fetchone()[0] or not migrations() <= set(MigrationLoader(None).disk_migrations):
            return 0
        try:
            with transaction.atomic():
                cursor.execute(SCRIPT.read_text(encoding="utf-8"))
        except ProgrammingError:
            return 0
    return len(migrations())


@cache
def migrations() -> frozenset[tuple[str, str]]:
    """The migrations whose work the script does: app and name."""
    return frozenset(_MIGRATION.findall(SCRIPT.read_text(encoding="utf-8"))) if SCRIPT.exists() else frozenset()
