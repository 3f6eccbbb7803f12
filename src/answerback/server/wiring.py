"""Puts the real parts together: the clock into the simulator, the switchboard into the web process."""

from answerback.workflow import clock


def wire() -> None:
    """Connect what packages of one layer may not know of each other. Safe to call more than once."""
    from answerback.adapters.simulator import adapter  # noqa: PLC0415  the simulator is optional at run time

    adapter.use_clock(clock.now)
