"""Draws `store/tables.sql` from the migrations: run it after adding one.

    python -m answerback.testing.tables
    python -m answerback.testing.tables --check    # says whether it is as drawn; changes nothing

It makes a database of its own, runs every migration there one by one, and writes down what they made.
"""

import re
import subprocess
import sys

from answerback.testing import databases

# What pg_dump says to psql and to readers, and settings that an earlier PostgreSQL does not know.
_NOT_OURS = re.compile(
    r"^(\\.*|SET .*|SELECT pg_catalog\.set_config.*|--( (Name|Data for Name|Dump|Postgre).*)?)$", re.MULTILINE
)
_APPLIED = re.compile(r"(INSERT INTO public\.django_migrations VALUES \(\d+, '\w+', '\w+', )'[^']+'")

FIRST = "-- Drawn by `python -m answerback.testing.tables`; do not edit.\nSET LOCAL check_function_bodies = false;\n\n"


def drawn() -> str:
    """What the migrations make, one by one: tables, functions, triggers, and the rows they write."""
    databases.ready("tables", one_by_one=True)
    from answerback.server.backups import file  # noqa: PLC0415  it needs Django

    dump = file.run("pg_dump", "--no-owner", "--no-privileges", "--inserts", stdout=subprocess.PIPE)
    said, wrong = dump.communicate()
    if dump.returncode:
        raise SystemExit(f"pg_dump could not write the tables down: {wrong.decode()}")
    script = _APPLIED.sub(r"\1now()", _NOT_OURS.sub("", said.decode()))
    return FIRST + re.sub(r"\n{3,}", "\n\n", script).strip() + "\n"


def main(arguments: list[str]) -> int:
    """Write the script anew, or with --check say whether it is as drawn."""
    script = drawn()
    from answerback.store import tables  # noqa: PLC0415  it needs Django

    if "--check" in arguments:
        if tables.SCRIPT.exists() and tables.SCRIPT.read_text(encoding="utf-8") == script:
            return 0
        sys.stderr.write("store/tables.sql is not what the migrations make: python -m answerback.testing.tables\n")
        return 1
    tables.SCRIPT.write_text(script, encoding="utf-8")
    sys.stdout.write(f"{tables.SCRIPT.name}: {len(script):,} characters\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
