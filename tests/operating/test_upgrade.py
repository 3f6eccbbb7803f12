"""The release before works on today's tables: its code is taken out of the history and run
(docs/decisions, "fit for the one before").
"""

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import psycopg
import pytest

from answerback.server import embedded

ROOT = Path(__file__).parents[2]
BEFORE_THE_FIRST_RELEASE = "470e5b1"
"""What stands in for the release before, as long as no version is tagged."""

A_DAY_OF_THE_OLD_CODE = """
from answerback.server import setting_up
setting_up.prepare(start_database=False)
import answerback
from answerback.testing import World

with World() as world:
    ann, ben = "+15125550131", "+15125550132"
    for number in (ann, ben):
        world.call(number)
        world.run(minutes=1)
        assert len(world.texts_to(number)) == 1
    world.text(ann, "water heater leaking slowly, 78704, this week is fine, send me a link")
    world.run(minutes=2)
    world.staff("Dana").reply(ann, "We can be there on Thursday.")
    world.text(ben, "STOP")
    world.run(hours=30)
    assert world.is_stopped(ben)
    assert world.lead(ann).status != "new"
    assert world.broken_promises() == ()
print(answerback.__file__)
"""


@pytest.fixture
def old_code(tmp_path: Path) -> Path:
    """The source of the release before; skips where there is no history."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("This is no clone with its history, so the release before cannot be taken out of it.")
    tag = _git("tag", "--list", "v*", "--sort=-version:refname").decode().split()
    release = tag[0] if tag else BEFORE_THE_FIRST_RELEASE
    known = subprocess.run(["git", "cat-file", "-e", release], cwd=ROOT, check=False, capture_output=True)
    if known.returncode:
        pytest.skip("This clone has not the whole history: git fetch --unshallow")
    with tarfile.open(fileobj=BytesIO(_git("archive", release, "src"))) as tar:
        tar.extractall(tmp_path, filter="data")
    return tmp_path / "src"


@pytest.fixture
def new_tables() -> Iterator[str]:
    """The address of a database of its own with today's tables."""
    server, name = os.environ["DATABASE_URL"], f"test_upgrade_{os.getpid()}"
    url = embedded.prepare_database(server, name)
    subprocess.run(
        [sys.executable, "-m", "answerback.server", "migrate"], env=_environment(url), check=True, capture_output=True
    )
    yield url
    with psycopg.connect(server, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
def test_release_before_works_on_the_tables_of_this_one(old_code: Path, new_tables: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", A_DAY_OF_THE_OLD_CODE],
        env={**_environment(new_tables), "PYTHONPATH": str(old_code)},
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"The code of the release before fails on today's tables:\n{done.stderr[-3000:]}"
    assert done.stdout.strip() == str(old_code / "answerback" / "__init__.py")


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


def _environment(url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return {**kept, "DATABASE_URL": url, "ANSWERBACK_LOG": "ERROR"}
