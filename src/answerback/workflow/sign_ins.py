"""Writes down which browsers are signed in, ends them, and says from when on who must have a second step needs it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from answerback.store import models
from answerback.store.roles import SECOND_STEP
from answerback.store.sessions import kept_as
from answerback.workflow import clock


def grace() -> timedelta:
    """How long an owner or agency admin may go without a second step, from their first sign-in on; usually none."""
    return timedelta(days=settings.SECOND_STEP_DAYS)


def begin(user: int, key: str, *, place: str, browser: str) -> None:
    """This person signed in with this session."""
    now = clock.now()
    values = {"user_id": user, "at": now, "place": place[:45], "browser": browser[:300]}
    models.SignIn.objects.update_or_create(key=kept_as(key), defaults=values)
    start_grace(user)


def start_grace(user: int) -> None:
    """From now on the days run, if this person's roles ask for a second step and they did not run before. A day that
    was told once stays, whatever the installation's setting becomes.
    """
    if models.Member.objects.filter(user=user, role__in=SECOND_STEP).exists():
        due = clock.now() + grace()
        models.User.objects.filter(id=user, second_step_due__isnull=True).update(second_step_due=due)


def is_of(row: models.SignIn, key: str) -> bool:
    """Is it the sign-in of this session?"""
    return row.key == kept_as(key)


def standing(user: int) -> list[models.SignIn]:
    """The browsers that are signed in, newest first."""
    rows = list(models.SignIn.objects.filter(user=user).order_by("-at")[:50])
    alive = set(
        Session.objects.filter(session_key__in=[row.key for row in rows], expire_date__gt=_wall()).values_list(
            "session_key", flat=True
        )
    )
    return [row for row in rows if row.key in alive]


def end(user: int, id: int) -> bool:
    """End one of this person's sign-ins; False when they have none of this id."""
    row = models.SignIn.objects.filter(user=user, id=id).first()
    if row is None:
        return False
    _end([row.key])
    return True


def end_all(user: int, *, but: str = "") -> None:
    """End every sign-in of this person, but for the session of the key `but`."""
    _end(list(models.SignIn.objects.filter(user=user).exclude(key=kept_as(but)).values_list("key", flat=True)))


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    models.SignIn.objects.filter(key__in=keys).delete()


def _wall() -> datetime:
    """Sessions run out by the same clock as everything else of ours."""
    return clock.now()
