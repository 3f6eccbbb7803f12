"""A World per test: the whole product on a virtual clock, against the run's real PostgreSQL."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from answerback.testing.world import World


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """A plumber's World on a Tuesday at 10:00 in Chicago, on emptied tables."""
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


@pytest.fixture
def own_environment() -> dict[str, str]:
    """What a process gets that is to start a product of its own, with a database of its own."""
    ours = ("DATABASE_URL", "ANSWERBACK_VAR", "ANSWERBACK_EMBEDDED")
    return {name: value for name, value in os.environ.items() if name not in ours}
