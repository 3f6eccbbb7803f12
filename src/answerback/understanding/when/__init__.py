"""Times in words: what a customer's text says about when, as constraints. Pure: nothing is looked up, nothing guessed.

The order of steps: a menu answer; numbers that are no times taken out (`tokens`); days (`days`) and hours (`hours`) as
pieces (`elements`), after words that mean something else in company (`company`); what is over, told or taken back
(`told`); what is refused (`scopes`); pieces put together (`groups`).
"""

from answerback.understanding.when.understand import understand_times
from answerback.understanding.when.words import wanted_time

__all__ = ["understand_times", "wanted_time"]
