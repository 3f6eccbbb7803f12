"""Makes the pretend phone provider of a World misbehave: refuse, lose an answer, be slow or away, report twice or late.

It orders faults; what the product makes of them is the product's own work.
"""

from collections.abc import Callable
from datetime import timedelta

from answerback.adapters.simulator import PhoneWorld
from answerback.engine.events import Failure
from answerback.testing.stack import Stack

VERY_OFTEN = 1_000_000


class Provider:
    """The far side of the line. Counts are texts, unless said otherwise."""

    def __init__(
        self, phones: PhoneWorld, stack: Stack, later: Callable[[timedelta, Callable[[], None]], None]
    ) -> None:
        self._phones = phones
        self._stack = stack
        self._later = later

    def slow(self, seconds: float) -> None:
        """From now on take this long to answer; 0 answers at once again."""
        self._stack.slowness = timedelta(seconds=seconds)

    def refuse(self, count: int = 1, *, failure: Failure = "unknown") -> None:
        """Refuse the next texts for good."""
        self._phones.faults.refuse(count, failure=failure)

    def lose_answer(self, count: int = 1) -> None:
        """Take the next texts, but let the answer get lost."""
        self._phones.faults.lose_answer(count)

    def cannot_say(self, count: int = 1) -> None:
        """Have no clear answer when asked whether a text went out, this many times."""
        self._phones.faults.find_unclear(count)

    def deliver_twice(self, count: int = 1) -> None:
        """Report the next things that happen two times each."""
        self._phones.faults.twice(count)

    def late_receipts(self, seconds: float, count: int = 1) -> None:
        """Let the next texts arrive, and be reported, this much later."""
        self._phones.faults.late_receipt(count, seconds=seconds)

    def unavailable(self, count: int = 1) -> None:
        """Turn the next texts away for now."""
        self._phones.faults.unavailable(count)

    def down(self, *, minutes: float) -> None:
        """Take no texts and answer no questions for so long."""
        self._phones.faults.unavailable(VERY_OFTEN)
        self._phones.faults.find_unavailable(VERY_OFTEN)
        self._later(timedelta(minutes=minutes), self.well)

    def well(self) -> None:
        """Behave again."""
        self._phones.faults.clear()
        self.slow(0)

    def handles_stop(self) -> None:
        """Act on STOP, START and HELP by itself, as carriers in the US do."""
        self._phones.answer_keywords(True)

    def cannot_reach(self, number: str, failure: Failure = "landline") -> None:
        """Let no text arrive at this number, for this reason, as the receipt says."""
        self._phones.add_handset(number, number, failure)
