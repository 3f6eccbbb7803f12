"""One package per provider, each an object that satisfies `ports.phone.Phone`; what several need stands beside them.

Never here: a table, a decision, or another adapter's import of its neighbour.
"""
