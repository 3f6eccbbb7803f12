"""Who must sign in with a second step and has none yet, whether anything opens without it, and how one is lost."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from allauth.mfa.models import Authenticator
from django.db import transaction

from answerback.store.models import User
from answerback.store.queries.access import Seat
from answerback.store.roles import SECOND_STEP
from answerback.store.secrets import SEALED, WrongSecret, is_step_sealed_anew, seal_step, unseal_step
from answerback.workflow import set_up, sign_ins

How: TypeAlias = Literal["sealed", "bare", "old", "wrong"]
"""How what codes are made from is kept: `old` is under an old secret that is known, `wrong` under one nobody knows."""

WORSE: tuple[How, ...] = ("sealed", "old", "bare", "wrong")
"""Each worse than the one before it."""

COUNTS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A second step that is still to be set up, `due` at the latest; None where no day was told yet."""

    due: datetime | None

    def is_over(self, now: datetime) -> bool:
        """May nothing be opened any more until it is set up?"""
        return self.due <= now if self.due is not None else not sign_ins.grace()


def missing(user: User, seats: tuple[Seat, ...]) -> Missing | None:
    """What this person still has to set up; None for those who have it, and for roles that need none. Who came to set
    a business up has no role yet, and will be its owner.
    """
    needs = any(seat.role in SECOND_STEP for seat in seats) or (not seats and set_up.may_begin(user))
    if not needs or Authenticator.objects.filter(user_id=user.pk, type__in=COUNTS).exists():
        return None
    return Missing(due=user.second_step_due)


def is_set(user: User) -> bool:
    """Does this person sign in with a second step?"""
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=COUNTS).exists())


def of_each(users: Iterable[int]) -> set[int]:
    """Those of these people who sign in with a second step."""
    return set(Authenticator.objects.filter(user_id__in=users, type__in=COUNTS).values_list("user_id", flat=True))


def kept() -> dict[int, How]:
    """How what codes are made from is kept, of each person who has such: the worst of theirs."""
    found: dict[int, How] = {}
    for user, data in _rows().values_list("user_id", "data").iterator():
        for each in _made_from(data):
            found[user] = max(found.get(user, "sealed"), _how(each), key=WORSE.index)
    return found


def reseal() -> tuple[int, tuple[int, ...]]:
    """Seal what codes are made from under the secret as it is; (of how many apps and lists of recovery codes, the
    numbers of those that open by no secret that is known). It may be ended at any time and run again.
    """
    done, lost = 0, []
    for id in _rows().values_list("id", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(id=id).first()
            if row is None:
                continue
            how = {_how(each) for each in _made_from(row.data)}
            if "wrong" in how:
                lost.append(id)
            elif how - {"sealed"}:
                row.data |= {name: _sealed_anew(row.data[name]) for name in _SECRETS if row.data.get(name)}
                row.save(update_fields=["data"])
                done += 1
    return done, tuple(lost)


def _sealed_anew(kept: str | list[str]) -> str | list[str]:
    return seal_step(unseal_step(kept)) if isinstance(kept, str) else [seal_step(unseal_step(each)) for each in kept]


def _rows() -> Any:
    return Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).order_by("id")


_SECRETS = ("secret", "seed", "migrated_codes")
"""Where a row's data hold what codes are made from: one, or a list of them."""


def _made_from(data: dict[str, Any]) -> Iterator[str]:
    """What codes are made from."""
    for name in _SECRETS:
        kept = data.get(name) or []
        yield from [kept] if isinstance(kept, str) else kept


def _how(kept: str) -> How:
    if not kept.startswith(SEALED):
        return "bare"
    if is_step_sealed_anew(kept):
        return "sealed"
    try:
        unseal_step(kept)
    except WrongSecret:
        return "wrong"
    return "old"


def take_away(user: int) -> None:
    """Every passkey, app and recovery code of this person, and every browser that is signed in; days run anew."""
    Authenticator.objects.filter(user_id=user).delete()
    User.objects.filter(id=user).update(second_step_due=None)
    sign_ins.end_all(user)


def address_of(user: int) -> str:
    """Where this person's mail goes."""
    return User.objects.values_list("email", flat=True).get(id=user)
