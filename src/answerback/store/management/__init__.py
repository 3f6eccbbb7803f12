"""Commands of Django's that this app does in its own way."""
