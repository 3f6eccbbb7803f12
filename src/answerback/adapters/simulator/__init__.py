"""The simulator: the default phone provider, a whole pretend phone world inside the product (docs/simulator.md)."""

from answerback.adapters.simulator.adapter import Simulator
from answerback.adapters.simulator.switchboard import Switchboard, http_post, pump
from answerback.adapters.simulator.world import Handset, PhoneWorld, close_world, open_world

adapter = Simulator()
"""The adapter the entry point names; hand it a clock with `use_clock` before the first text."""

__all__ = [
    "Handset",
    "PhoneWorld",
    "Simulator",
    "Switchboard",
    "adapter",
    "close_world",
    "http_post",
    "open_world",
    "pump",
]
