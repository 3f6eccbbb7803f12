"""What becomes of handing a letter over. One that may have gone out is never sent again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from answerback.ports.errors import PortError, Refused, Unavailable
from answerback.store.queries.letters import Outcome

LOST_AFTER = timedelta(hours=1)
"""After this a letter in somebody's hands is taken for lost: its sender died."""

GIVE_UP_AFTER = 8


def handed_over(hand_over: Callable[[], None], tries: int, now: datetime) -> Outcome:
    """Hand it over; where nobody took it, when to try again."""
    try:
        hand_over()
    except Unavailable as problem:
        again = now + timedelta(minutes=5 * 2 ** min(tries, 6))
        if tries < GIVE_UP_AFTER:
            return Outcome(status="waiting", due_at=again, problem=problem.detail)
        return Outcome(status="failed", due_at=now, problem=problem.detail)
    except Refused as problem:
        return Outcome(status="failed", due_at=now, problem=problem.detail)
    except PortError as problem:
        return Outcome(status="unclear", due_at=now, problem=problem.detail)
    return Outcome(status="sent", due_at=now, sent_at=now)
