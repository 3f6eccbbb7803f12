"""The composition root: settings, addresses, wiring, checks, health and commands."""
