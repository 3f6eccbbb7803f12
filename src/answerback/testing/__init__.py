"""What is shipped for trying answerback out: a World on a virtual clock, stories, conformance suites, the machines.

Public and documented in docs/testing.md. Nothing in the product imports it.
"""

from answerback.testing.world import Seen, World

__all__ = ["Seen", "World"]
