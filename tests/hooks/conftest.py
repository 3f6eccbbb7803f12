"""A World whose door is knocked at over HTTP."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from answerback.testing.world import World


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """A plumber's World on a Tuesday at 10:00 in Chicago, on emptied tables."""
    from answerback.workflow import intake

    intake._flood = intake.Flood(limit=60)
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
