"""Comparisons stay right however often somebody looks: proved by counting every path, not by drawing lots."""

from math import log

import pytest

from answerback.engine.sequential import Group, compare, interval, log_evidence


def ever_rejected(rate: float, alpha: float, pairs: int) -> float:
    """The exact chance that somebody who looks after every pair ever sees evidence, where both groups are alike.

    Walks all counts of successes with their probabilities; a count at which we would have stopped is set aside.
    """
    alive, stopped = {(0, 0): 1.0}, 0.0
    for people in range(1, pairs + 1):
        following: dict[tuple[int, int], float] = {}
        for (one, two), chance in alive.items():
            for more, odds in ((1, rate), (0, 1 - rate)):
                for also, others in ((1, rate), (0, 1 - rate)):
                    at = (one + more, two + also)
                    following[at] = following.get(at, 0.0) + chance * odds * others
        alive = {}
        for (one, two), chance in following.items():
            if log_evidence(Group(people, one), Group(people, two), 0.0) >= log(1 / alpha):
                stopped += chance
            else:
                alive[one, two] = chance
    return stopped


@pytest.mark.parametrize("rate", [0.1, 0.5])
def test_peeking_after_every_pair_is_wrong_less_often_than_alpha(rate: float) -> None:
    found = ever_rejected(rate, alpha=0.3, pairs=24)
    assert 0 < found <= 0.3


def test_a_fixed_test_looked_at_after_every_pair_would_be_wrong_far_too_often() -> None:
    """The same walk with the usual test at the usual five in a hundred: this is the error we do not make."""
    alive, stopped = {(0, 0): 1.0}, 0.0
    for people in range(1, 41):
        following: dict[tuple[int, int], float] = {}
        for (one, two), chance in alive.items():
            for more in (0, 1):
                for also in (0, 1):
                    at = (one + more, two + also)
                    following[at] = following.get(at, 0.0) + chance / 4
        alive = {}
        for (one, two), chance in following.items():
            pooled = (one + two) / (2 * people)
            spread = (2 * pooled * (1 - pooled) / people) ** 0.5
            if spread and abs(one - two) / people / spread > 1.96:
                stopped += chance
            else:
                alive[one, two] = chance
    assert stopped > 0.15


def test_interval_holds_the_difference_that_was_seen_and_closes_in() -> None:
    wide = interval(Group(100, 30), Group(100, 39))
    narrow = interval(Group(2000, 600), Group(2000, 780))
    assert wide[0] < 0.09 < wide[1]
    assert narrow[0] < 0.09 < narrow[1]
    assert narrow[1] - narrow[0] < (wide[1] - wide[0]) / 2
    assert interval(Group(0, 0), Group(0, 0)) == (-1.0, 1.0)


@pytest.mark.parametrize(
    ("first", "second", "call"),
    [
        (Group(5, 1), Group(5, 4), "few"),
        (Group(1000, 300), Group(1000, 420), "better"),
        (Group(1000, 420), Group(1000, 300), "worse"),
        (Group(100, 30), Group(100, 36), "open"),
        (Group(40_000, 12_000), Group(40_000, 12_020), "same"),
    ],
)
def test_what_is_said(first: Group, second: Group, call: str) -> None:
    assert compare(first, second, 4).call == call


def test_forecast_is_about_right() -> None:
    """What is forecast from a hundred people is enough when that many have come."""
    first, second = Group(200, 60), Group(200, 82)
    verdict = compare(first, second, weeks=4)
    assert verdict.call == "open"
    assert verdict.weeks is not None
    times = 1 + verdict.weeks / 4
    later = (Group(round(200 * times), round(60 * times)), Group(round(200 * times), round(82 * times)))
    assert compare(*later, weeks=4 * times).call == "better"
    assert compare(Group(200, 60), Group(200, 60), weeks=4).weeks is None
