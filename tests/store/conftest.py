"""A World whose tables are looked at directly."""

from collections.abc import Iterator

import pytest

from answerback.testing.world import World


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    """A plumber's World on a Tuesday at 10:00 in Chicago, on emptied tables."""
    with World() as opened:
        yield opened
