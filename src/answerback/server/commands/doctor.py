"""`answerback doctor`: check everything and say what to fix."""


def doctor() -> None:
    """Check everything and say what to fix."""
