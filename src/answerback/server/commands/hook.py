"""`answerback hook`: send a provider's webhook, correctly signed, at a running server."""


def hook() -> None:
    """Send a provider's webhook at a running server (see docs/hooks.md)."""
