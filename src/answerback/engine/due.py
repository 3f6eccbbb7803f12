"""When somebody is reminded of a to-do, and when it goes up because nobody has done it.

A to-do that is not urgent goes up in business hours only. Whoever took an urgent case is asked twice whether they have
reached the customer; then, or where nobody took it, people are woken, and again and again.
Never here: who is told, or how (`workflow.reminders`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from answerback.engine.hours import add_business_minutes, next_business_morning
from answerback.engine.rules import Hours, Settings

Step = Literal["remind", "escalate"]

URGENT_AGAIN = timedelta(minutes=10)
ASKED_FIRST = 2
"""Who took a case may be on the phone with the customer, or asleep again: asked so often before others are woken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is to be done about a to-do now, None for nothing, and when to look again: always later than now."""

    step: Step | None
    next_at: datetime


def first_look(due_at: datetime, now: datetime, settings: Settings, *, urgent: bool = False) -> datetime:
    """When a to-do that was opened now is looked at first: some minutes before it is due.

    Never at once: people see a new one on their pages, and an urgent one comes with a page that has some minutes.
    """
    if urgent:
        return max(due_at, now + URGENT_AGAIN)
    early = due_at - settings.todo_remind
    return early if early > now else max(due_at, now + settings.todo_remind)


def look(
    hours: Hours, settings: Settings, *, due_at: datetime, urgent: bool, owned: bool, reminded: int, now: datetime
) -> Look:
    """The next step about a to-do that is open still; `reminded` is how often somebody was told of it."""
    if urgent and now < due_at:
        return Look(step=None, next_at=due_at)
    if urgent:
        return Look(step="remind" if owned and reminded < ASKED_FIRST else "escalate", next_at=now + URGENT_AGAIN)
    goes_up_at = add_business_minutes(hours, due_at, int(settings.todo_escalate / timedelta(minutes=1)))
    if now >= goes_up_at:
        return Look(step="escalate", next_at=next_business_morning(hours, now))
    return Look(step=None if reminded else "remind", next_at=goes_up_at)
