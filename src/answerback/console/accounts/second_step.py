"""Who must sign in with a second step and has none yet, and until when they may go on without."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from answerback.store.models import User
from answerback.store.queries.access import Seat
from answerback.store.roles import SECOND_STEP

COUNTS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A second step that is still to be set up, `due` at the latest; None where the time has not begun to run."""

    due: datetime | None

    def is_over(self, now: datetime) -> bool:
        """May nothing be opened any more until it is set up?"""
        return self.due is not None and self.due <= now


def missing(user: User, seats: tuple[Seat, ...]) -> Missing | None:
    """What this person still has to set up; None for those who have it, and for roles that need none."""
    if not any(seat.role in SECOND_STEP for seat in seats):
        return None
    if Authenticator.objects.filter(user_id=user.pk, type__in=COUNTS).exists():
        return None
    return Missing(due=user.second_step_due)


def is_set(user: User) -> bool:
    """Does this person sign in with a second step?"""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=COUNTS).exists())
