"""How a length of time is written where it is short of two days: `50 min`, `1 h 50 min`, `3 h`; the same in every
language we speak. Never here: what is said in whole words, or to the second.
"""

DAYS_FROM = 48
"""Hours from which on a length is said in days."""


def hours_and_minutes(minutes: int) -> str:
    """`50 min`, `1 h 50 min`, `3 h`."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"
