"""Compares two rates so that the answer stays right however often somebody looks: no error from peeking.

For each group the chance of its successes is averaged over all rates (a uniform mixture) and divided by their chance at
one rate: a martingale if that is the true one, so by Ville's inequality (1939) it ever exceeds 1/alpha with
probability at most alpha. The product over both groups, at the rates most favourable to the claim that is tested, is
an e-process for that claim; the differences whose e-process stays below 1/alpha are a confidence sequence for the
true difference, valid at all times at once, for groups of any sizes. Exact, not asymptotic. Sources: Robbins (1970),
method of mixtures; Howard, Ramdas, McAuliffe, Sekhon (Annals of Statistics, 2021); Wasserman, Ramdas, Balakrishnan
(PNAS, 2020), universal inference; Johari, Koomen, Pekelis, Walsh (Operations Research, 2022), always valid inference.

Never here: what the groups are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import lgamma, log
from typing import Literal

ALPHA = 0.05
"""How often we may be wrong, over a whole comparison and all looks at it."""

WORTH = 0.03
"""A difference of rates too small to matter: three in a hundred."""

LONGEST = 26.0
"""Weeks beyond which no forecast is made."""

Call = Literal["better", "worse", "same", "open", "few"]


@dataclass(frozen=True, slots=True)
class Group:
    """How many were counted, and how many of them did it."""

    people: int
    did: int

    @property
    def rate(self) -> float:
        """The share that did it; 0 of nobody."""
        return self.did / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What can be said of the second group against the first.

    `low` and `high` hold the true difference of rates, `weeks` is how much longer it may take, None where nobody can
    tell.
    """

    call: Call
    difference: float
    low: float
    high: float
    weeks: float | None = None


def compare(first: Group, second: Group, weeks: float, *, alpha: float = ALPHA, worth: float = WORTH) -> Verdict:
    """The second group against the first, after so many weeks of counting."""
    low, high = interval(first, second, alpha=alpha)
    difference = second.rate - first.rate
    if min(first.people, second.people) < 10:
        return Verdict(call="few", difference=difference, low=low, high=high)
    if low > 0 or high < 0:
        return Verdict(call="better" if low > 0 else "worse", difference=difference, low=low, high=high)
    if high < worth and low > -worth:
        return Verdict(call="same", difference=difference, low=low, high=high)
    more = _weeks_more(first, second, weeks, alpha)
    return Verdict(call="open", difference=difference, low=low, high=high, weeks=more)


def interval(first: Group, second: Group, *, alpha: float = ALPHA) -> tuple[float, float]:
    """Where the true difference of rates (second less first) is, for all looks at once."""
    bound = log(1 / alpha)
    middle = second.rate - first.rate

    def fits(difference: float) -> bool:
        return log_evidence(first, second, difference) < bound

    return _edge(fits, middle, -1.0), _edge(fits, middle, 1.0)


def log_evidence(first: Group, second: Group, difference: float) -> float:
    """The logarithm of the evidence against this difference of true rates, at the rates that defend it best."""
    mixed = _log_mixture(first) + _log_mixture(second)
    return mixed - _best_defence(first, second, difference)


def _log_mixture(group: Group) -> float:
    """Log of the chance of these successes in their order, averaged over all rates."""
    return lgamma(group.did + 1) + lgamma(group.people - group.did + 1) - lgamma(group.people + 2)


def _best_defence(first: Group, second: Group, difference: float) -> float:
    """The largest log chance of both groups' successes among rates that differ by this; it is concave in the rate."""
    low, high = max(0.0, -difference), min(1.0, 1.0 - difference)

    def chance(rate: float) -> float:
        return _log_chance(first, rate) + _log_chance(second, rate + difference)

    for _step in range(60):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if chance(left) < chance(right):
            low = left
        else:
            high = right
    return chance((low + high) / 2)


def _log_chance(group: Group, rate: float) -> float:
    rate = min(max(rate, 1e-12), 1 - 1e-12)
    return group.did * log(rate) + (group.people - group.did) * log(1 - rate)


def _edge(fits: Callable[[float], bool], inside: float, outside: float) -> float:
    """Where the differences that fit end, between one that does and the utmost."""
    if fits(outside):
        return outside
    for _step in range(40):
        middle = (inside + outside) / 2
        if fits(middle):
            inside = middle
        else:
            outside = middle
    return outside


def _weeks_more(first: Group, second: Group, weeks: float, alpha: float) -> float | None:
    """About how much longer, if both go on as so far; None where that is more than half a year."""
    if weeks <= 0 or first.rate == second.rate:
        return None
    for times in (1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 13, 16, 20, 26):
        longer = weeks * (times - 1)
        if longer > LONGEST:
            return None
        grown = [Group(round(group.people * times), round(group.did * times)) for group in (first, second)]
        if log_evidence(grown[0], grown[1], 0.0) >= log(1 / alpha):
            return max(1.0, longer)
    return None
