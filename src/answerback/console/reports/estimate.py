"""What missed calls that nobody won back may have been worth: an estimate, its assumptions for the owner to set.

Never here: money that came. An estimate is shown apart from the measures and never added to them.
"""

from dataclasses import dataclass

from django.http import QueryDict

from answerback.engine.currency import bare, hundredths
from answerback.store.queries.reports import Totals

USUAL_VALUE = 40_000
"""Cents a job brings where none was sold in these days."""

USUAL_SHARE = 30
"""How many of a hundred missed callers would have bought, where the owner says nothing. An assumption, no measure."""

LARGEST_VALUE = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """`people` called and neither replied nor booked nor bought; `share` of a hundred would have, for `value` cents."""

    people: int
    share: int
    value: int
    measured_value: bool

    @property
    def cents(self) -> int:
        """What that comes to."""
        return self.people * self.share * self.value // 100

    @property
    def written(self) -> str:
        """The value of a job as the form shows it."""
        return f"{self.value / 100:.0f}"


def estimate(totals: Totals, said: QueryDict) -> Estimate:
    """The estimate for these totals, with what the owner says of a job's value and of the share that would have bought.

    The value is the average of the jobs sold in these days where there are any.
    """
    measured = totals.recovered // totals.sold if totals.sold and totals.recovered > 0 else None
    value = _number(said.get("value", ""), LARGEST_VALUE // 100)
    share = _number(said.get("share", ""), 100)
    return Estimate(
        people=totals.silent,
        share=USUAL_SHARE if share is None else share,
        value=(measured or USUAL_VALUE) if value is None else value * 100,
        measured_value=value is None and measured is not None,
    )


def _number(written: str, most: int) -> int | None:
    cents = hundredths(bare(written))
    return cents // 100 if cents is not None and 0 <= cents // 100 <= most else None
