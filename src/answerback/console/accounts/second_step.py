"""Who must sign in with a second step and has none yet, until when they may go on without, and how one is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from allauth.mfa.models import Authenticator

from answerback.store.models import User
from answerback.store.queries.access import Seat
from answerback.store.roles import SECOND_STEP
from answerback.store.secrets import SEALED, WrongSecret, unseal_step
from answerback.workflow import sign_ins

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


def of_each(users: Iterable[int]) -> set[int]:
    """Those of these people who sign in with a second step."""
    return set(Authenticator.objects.filter(user_id__in=users, type__in=COUNTS).values_list("user_id", flat=True))


def kept() -> dict[int, Literal["sealed", "bare", "wrong"]]:
    """How what codes are made from is kept, of each person who has such: `wrong` is under another secret."""
    found: dict[int, Literal["sealed", "bare", "wrong"]] = {}
    rows = Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("id")
    for user, data in rows.values_list("user_id", "data").iterator():
        for each in (data.get("secret"), data.get("seed"), *data.get("migrated_codes", ())):
            how = _how(each) if each else "sealed"
            if found.get(user, "sealed") == "sealed" or how == "wrong":
                found[user] = how
    return found


def _how(kept: str) -> Literal["sealed", "bare", "wrong"]:
    try:
        unseal_step(kept)
    except WrongSecret:
        return "wrong"
    return "sealed" if kept.startswith(SEALED) else "bare"


def take_away(user: int) -> None:
    """Every passkey, app and recovery code of this person, and every browser that is signed in; the days run anew."""
    Authenticator.objects.filter(user_id=user).delete()
    User.objects.filter(id=user).update(second_step_due=None)
    sign_ins.end_all(user)


def address_of(user: int) -> str:
    """Where this person's mail goes."""
    return User.objects.values_list("email", flat=True).get(id=user)
