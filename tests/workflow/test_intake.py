"""How long a commit of what providers report waits for others to join it."""

import pytest

from answerback.workflow.intake import linger


@pytest.mark.parametrize(
    ("last", "waited", "seconds"),
    [
        (1, 0.0, 0.001),
        (20, 0.1, 0.02),
        (200, 0.15, 0.03),
        (20, 0.25, 0.05),
        (20, 3600.0, 0.1),
    ],
)
def test_a_crowd_waits_longer_while_somebody_waits_for_a_turn(last: int, waited: float, seconds: float) -> None:
    assert linger(last, waited) == pytest.approx(seconds)
