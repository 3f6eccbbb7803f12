"""The owner's week in three numbers, and the one thing to fix: the place where the most chances were lost.

Pure: what the week came to goes in, one finding comes out. Never here: the words of the letter (`workflow.weekly`).
"""

from dataclasses import dataclass
from typing import Literal

Fix = Literal["calls_owed", "no_response", "hour", "few_replies", "not_booked", "none"]

FEW_REPLIES = 40
"""Replies in a hundred delivered first texts under which the first text is worth another wording."""

BUSY_HOUR = 4
"""Missed calls in one hour of the week from which on that hour is worth another pair of ears."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What a week came to. `hour` is the hour of the week (0 to 167) in which most calls were missed."""

    calls: int
    called: int
    texted: int
    replied: int
    qualified: int
    booked: int
    responded: int
    owed: int
    kept: int
    hour: int = 0
    in_hour: int = 0
    recovered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The one thing to fix, and how many chances were lost there."""

    fix: Fix
    lost: int = 0


def worst(week: Week) -> Finding:
    """Where the most people were lost; of two equal places the one that a person can mend today."""
    replies_missing = week.texted * FEW_REPLIES // 100 - week.replied
    candidates = (
        Finding(fix="calls_owed", lost=week.owed - week.kept),
        Finding(fix="no_response", lost=week.called - week.responded),
        Finding(fix="not_booked", lost=week.qualified - week.booked),
        Finding(fix="few_replies", lost=replies_missing),
        Finding(fix="hour", lost=week.in_hour if week.in_hour >= BUSY_HOUR else 0),
    )
    found = max(candidates, key=lambda each: each.lost)
    return found if found.lost > 0 else Finding(fix="none")
