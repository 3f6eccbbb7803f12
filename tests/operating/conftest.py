"""A World whose rows and logs an operator looks at."""

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
    """Blocks in which this thread cannot reach the database."""
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
