"""Runs the engine's state machine: a few seconds always, thousands of steps with ANSWERBACK_LONG=1 (`slow`)."""

import os
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from answerback.testing.machine import EngineMachine

QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
SHORT = settings(
    max_examples=120,
    stateful_step_count=30,
    suppress_health_check=QUIET,
    derandomize=True,
    database=None,
)
LONG = settings(
    max_examples=2000,
    stateful_step_count=60,
    deadline=timedelta(seconds=30),
    suppress_health_check=QUIET,
    database=None,
)


def test_promises_hold_over_random_schedules() -> None:
    run_state_machine_as_test(EngineMachine, settings=SHORT)


@pytest.mark.slow
@pytest.mark.skipif("ANSWERBACK_LONG" not in os.environ, reason="takes minutes; set ANSWERBACK_LONG=1")
def test_promises_hold_over_thousands_of_schedules() -> None:
    run_state_machine_as_test(EngineMachine, settings=LONG)
