"""What of coming in and going out is written into the audit log, in every business that the person belongs to.

Never here: a password, a code, a link, or what was tried for one. Who has no business yet leaves no entry.
"""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from answerback.store.models import User
from answerback.workflow import audit
from answerback.workflow.where_from import place_of

LINK = "link"
"""The way of who comes in by a join link; the others have allauth's words: `password`, `socialaccount`, `webauthn`."""

THERE = "socialaccount"
"""The way of who comes in by single sign-on."""

Code = Authenticator.Type.RECOVERY_CODES


def signed_in(request: HttpRequest, user: int, way: str) -> None:
    """Somebody is in, by this way: `password+totp` for both steps."""
    there = settings.SINGLE_SIGN_ON["name"] if THERE in way.split("+") else ""
    audit.note_person(user, "door:signed_in", place_of(request), detail=way, named=there)


def joined(request: HttpRequest, user: int, business: int) -> None:
    """Somebody who had an account came into this business, which no other is told."""
    audit.note_person(user, "door:joined", place_of(request), only=business)


def way_of(request: HttpRequest, user: Any) -> str:
    """By which way this session was opened a moment ago."""
    records = get_authentication_records(request, user)
    if not records:
        return ""
    last = records[-1]
    if last["method"] != "mfa":
        return str(last["method"])
    before = [each["method"] for each in records if each["method"] != "mfa"]
    return str(last["type"]) if last.get("passwordless") or not before else f"{before[-1]}+{last['type']}"


def refused(request: HttpRequest, user: int | None) -> None:
    """Too many tries at one account; within an hour from one place that is one entry."""
    if user is not None:
        audit.note_person(user, "door:refused", place_of(request), once=True)


def refused_there(request: HttpRequest, user: int | None, why: str) -> None:
    """What single sign-on said of somebody was not enough, `why` in a word of `deeds.REFUSED`; within an hour from one
    place that is one entry.
    """
    if user is not None:
        there = settings.SINGLE_SIGN_ON["name"]
        audit.note_person(user, "door:single_refused", place_of(request), detail=why, named=there, once=True)


def of_subject(provider: str, subject: str) -> int | None:
    """Whose account is known at this provider by this name of its own."""
    found = SocialAccount.objects.filter(provider=provider, uid=subject).values_list("user_id", flat=True)
    return found.first() if subject else None


def of_address(email: str) -> int | None:
    """Whose account has this address."""
    return User.objects.filter(email__iexact=email).values_list("id", flat=True).first()


def _write(request: HttpRequest, user: Any, what: str, detail: str = "") -> None:
    audit.note_person(user.pk, f"door:{what}", place_of(request), detail=detail)


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: Any, **_: Any) -> None:
    if user is not None and user.pk is not None:
        _write(request, user, "signed_out")


@receiver(password_changed)
def _password_changed(request: HttpRequest, user: Any, **_: Any) -> None:
    _write(request, user, "password_changed")


@receiver(password_set)
def _password_set(request: HttpRequest, user: Any, **_: Any) -> None:
    _write(request, user, "password_set")


@receiver(password_reset)
def _password_reset(request: HttpRequest, user: Any, **_: Any) -> None:
    _write(request, user, "password_reset")


@receiver(email_changed)
def _email_changed(request: HttpRequest, user: Any, **_: Any) -> None:
    _write(request, user, "email_changed")


@receiver(authenticator_added)
def _step_added(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    is_code = authenticator.type == Code
    _write(request, user, "codes_made" if is_code else "step_added", "" if is_code else authenticator.type)


@receiver(authenticator_removed)
def _step_removed(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Code:  # those end with the last of the others
        _write(request, user, "step_removed", authenticator.type)


@receiver(authenticator_reset)
def _codes_made(request: HttpRequest, user: Any, **_: Any) -> None:
    _write(request, user, "codes_made")


@receiver(authenticator_used)
def _code_used(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Code:
        _write(request, user, "code_used")


@receiver(social_account_added)
def _connected(request: HttpRequest, sociallogin: Any, **_: Any) -> None:
    _write(request, sociallogin.user, "connected")


@receiver(social_account_removed)
def _disconnected(request: HttpRequest, socialaccount: Any, **_: Any) -> None:
    _write(request, socialaccount.user, "disconnected")
