"""How allauth's sign-in flows behave here: nobody signs up, every sign-in is written down.

Passwords are asked for by `console.sign_in`; second steps, passkeys, resets and single sign-on are allauth's own pages.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from answerback.workflow import sign_ins

LONGEST_ADDRESS = 45


class Door(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth asks with it
        """Nobody signs up: people join by a link."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network address a request came from."""
        return address_of(request) or "127.0.0.1"

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Write the sign-in down, whichever way it came about."""
        remember(request, user.pk)
        answer: HttpResponse = super().post_login(request, user, **more)
        return answer


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OpenID Connect: only for people who have an account by a join link."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Nobody signs up this way either."""
        return False


class SecondSteps(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps, passkeys and recovery codes."""

    def get_totp_issuer(self) -> str:
        """What an authenticator app calls us."""
        return "answerback"


def remember(request: HttpRequest, user: int) -> None:
    """Keep which browser signed in."""
    if not request.session.session_key:
        request.session.save()
    sign_ins.begin(
        user,
        request.session.session_key or "",
        place=address_of(request),
        browser=request.headers.get("User-Agent", ""),
    )


def address_of(request: HttpRequest) -> str:
    """The network address a request came from; a proxy's word is taken only where it is trusted."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TRUSTED_PROXY else ""
    address: str = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    return address[:LONGEST_ADDRESS]


def by_link_only(request: HttpRequest) -> HttpResponse:
    """What stands where others have a page to sign up."""
    return render(request, "console/accounts/by_link_only.html", status=403)
