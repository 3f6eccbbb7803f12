"""What tests need that start a product of their own beside the World."""

import os

import pytest


@pytest.fixture
def own_environment() -> dict[str, str]:
    """What a process gets that is to start a product of its own, with a database of its own."""
    ours = ("DATABASE_URL", "ANSWERBACK_VAR", "ANSWERBACK_EMBEDDED")
    return {name: value for name, value in os.environ.items() if name not in ours}
