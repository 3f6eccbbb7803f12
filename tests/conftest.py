"""One real PostgreSQL for the whole run, shared by all pytest-xdist workers.

It is our own embedded database in a temporary folder, without fsync. Set DATABASE_URL to test against another server
(PostgreSQL 15 to 18). It starts before Django reads its settings, which find it in DATABASE_URL.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker

from answerback.server.embedded import Running, start
from answerback.server.embedded_account import EmbeddedDatabaseError

if TYPE_CHECKING:
    from answerback.testing.world import World

pytest_plugins = ["tests.services"]

SETTINGS = "answerback.server.settings"
FOLDER_PREFIX = "answerback-tests-"
FOLDER = pytest.StashKey[Path]()
RUNNING = pytest.StashKey[Running]()

# Speed is measured by the benchmark: no test fails because the machine is busy with something else.
hypothesis_settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For CI, which must say the same twice about one commit; new examples are found where people work.
hypothesis_settings.register_profile("same", hypothesis_settings.get_profile("explore"), derandomize=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "explore"))

if find_spec(SETTINGS) is not None:
    # Here and not in pyproject.toml: pytest-django would read the settings before there is a DATABASE_URL.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)


def pytest_configure(config: pytest.Config) -> None:
    """Start the database once, in the process that the person started; the workers inherit where it is."""
    if hasattr(config, "workerinput"):
        return
    _remove_leftovers()
    # Right under /tmp: a socket's path must be short, and as root the database's own user has to get there.
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{os.getpid()}-", dir="/tmp"))
    folder.chmod(0o711)
    config.stash[FOLDER] = folder
    os.environ["ANSWERBACK_VAR"] = str(folder)
    os.environ["ANSWERBACK_SECOND_STEP_DAYS"] = "7"  # as in the demo; what holds without it is tested by itself
    if not os.environ.get("DATABASE_URL") and not config.option.collectonly:
        running = start(folder / "postgres", durable=False)
        config.stash[RUNNING] = running
        os.environ["DATABASE_URL"] = running.url
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        _ = settings.DATABASES  # Reads the settings; pytest-django sets up Django only where that has happened.


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what this run started and leave nothing behind."""
    running = config.stash.get(RUNNING, None)
    if running is not None:
        running.stop()
    folder = config.stash.get(FOLDER, None)
    if folder is not None:
        shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _no_language_is_left() -> Iterator[None]:
    """What the last request of a test was answered in is not spoken by the next test."""
    yield
    translation.deactivate()


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In the place of pytest-django's: real transactions, and the tables emptied by our own quick means.

    Django's flush makes every file of every table anew and writes its permissions again: 100 ms and more a test.
    """
    from answerback.testing import stack  # it has tables, and Django is set up by now

    with django_db_blocker.unblock():
        yield
        stack.empty()


@pytest.fixture
def database(transactional_db: None) -> None:
    """The run's test database for a World or a story: open for real transactions, empty afterwards."""


@pytest.fixture
def world(database: None) -> Iterator[World]:
    """A plumber's World on a Tuesday at 10:00 in Chicago, on emptied tables."""
    from answerback.testing.world import World

    with World() as opened:
        yield opened


@pytest.fixture
def away() -> Callable[[], AbstractContextManager[None]]:
    """Blocks in which this thread cannot reach the database: it is down, and comes back at their end."""
    from django.db import connection

    @contextmanager
    def block() -> Iterator[None]:
        known = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}
        connection.close()
        connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(known)

    return block


def _remove_leftovers() -> None:
    """Stop and remove the databases of earlier runs that were killed before they could."""
    for folder in Path("/tmp").glob(f"{FOLDER_PREFIX}*"):
        owner = folder.name.removeprefix(FOLDER_PREFIX).split("-")[0]
        if not owner.isdigit() or psutil.pid_exists(int(owner)) or not os.access(folder, os.W_OK):
            continue
        if (folder / "postgres" / "data" / "postmaster.pid").exists():
            with suppress(EmbeddedDatabaseError, OSError):  # another run that begins just now removes it too
                start(folder / "postgres", durable=False).stop()
        shutil.rmtree(folder, ignore_errors=True)
