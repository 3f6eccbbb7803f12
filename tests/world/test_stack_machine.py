"""The five promises over the whole stack, through random lives with crashes, faults and a second worker."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from answerback.testing.stack_machine import QUICK, THOROUGH, StackMachine


def test_promises_hold_in_random_lives(database: None) -> None:
    run_state_machine_as_test(StackMachine, settings=QUICK)


@pytest.mark.slow
@pytest.mark.skipif("not config.getoption('-m')", reason="runs for an hour: ask for it with -m slow")
def test_promises_hold_in_very_many_random_lives(database: None) -> None:
    run_state_machine_as_test(StackMachine, settings=THOROUGH)
