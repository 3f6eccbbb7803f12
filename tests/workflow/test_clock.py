"""The clock of a block ends with it; what a test sees after one is not what day it is today."""

from datetime import UTC, datetime, timedelta

import pytest

from answerback.workflow import clock

NOW = datetime(2026, 3, 11, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def test_a_block_within_a_block_gives_the_clock_back_to_it() -> None:
    """It was the real one from there on: the rest of a test ran at whatever day it was."""
    with clock.using(lambda: NOW):
        with clock.using(lambda: LATER):
            assert clock.now() == LATER
        assert clock.now() == NOW
    assert clock.now() not in {NOW, LATER}


def test_a_block_that_ends_badly_gives_it_back_too() -> None:
    with clock.using(lambda: NOW):
        with pytest.raises(LookupError), clock.using(lambda: LATER):
            raise LookupError
        assert clock.now() == NOW
