"""How allauth's sign-in flows behave here: nobody signs up, every sign-in is written down.

Passwords are asked for by `console.sign_in`; second steps, passkeys, resets and single sign-on are allauth's own pages.
"""

from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.account.utils import url_str_to_user_pk
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from answerback.console.accounts import came_in, letters
from answerback.console.accounts.id_tokens import NotBelieved, Provider
from answerback.console.accounts.names import browser_name
from answerback.console.accounts.single import asking
from answerback.console.brand import brand_of, host_of, is_ours, wearing
from answerback.store.queries import agencies
from answerback.store.secrets import seal_step, unseal_step
from answerback.workflow import clock, sign_ins
from answerback.workflow.where_from import place_of

ELSEWHERE = "socialaccount"
OF_AN_APP = 6
"""Digits of a code that an authenticator app shows."""
"""allauth's word for a sign-in at a provider."""

WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}
"""What each way to show once more who one is is called, by allauth's name for it."""


class Door(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Your access here was ended. If that is a mistake, ask the owner of your business."),
        "enter_current_password": _("This is not the password you have."),
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link is over: it opens once, and for a while only. Ask for a new one."),
        "too_many_login_attempts": _("That was tried too often. Wait some minutes and try it again."),
        "rate_limited": _("That was tried too often. Wait some minutes and try it again."),
    }

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways in which somebody shows once more who they are, with our names for them."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        ways = [way | {"description": WAYS.get(way["id"], way["description"])} for way in found]
        single = settings.SINGLE_SIGN_ON
        if ways or not single:
            return ways
        # Without a password and a second step nobody could set one up: they show it where they signed in.
        there = reverse("openid_connect_login", args=["single"])
        return [{"id": "single_sign_on", "description": single["name"], "url": there}]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Must somebody show once more who they are? Not who came by single sign-on, or a passkey alone, just now."""
        if not super().is_reauthentication_required(app=app, **more):
            return False
        records = get_authentication_records(context.request, context.request.user)
        came = [each["at"] for each in records if each["method"] == ELSEWHERE or each.get("passwordless")]
        return not came or clock.now().timestamp() - came[-1] >= app_settings.REAUTHENTICATION_TIMEOUT

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth asks with it
        """Nobody signs up: people join by a link."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The network address a request came from."""
        return place_of(request) or "127.0.0.1"

    def get_from_email(self) -> str:
        """Mails come from the brand."""
        return letters.sender(context.request)

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """The browser as people know it."""
        return browser_name(super().get_http_user_agent(request))

    def render_mail(self, template_prefix: str, email: Any, told: dict[str, Any], headers: Any = None) -> Any:
        """A mail of allauth's with a page of HTML beside its text, in the name its reader knows."""
        user, request = told.get("user"), context.request
        if user is None:
            return self._rendered(template_prefix, email, told | {"root": letters.root(request)}, headers)
        with wearing(request, user.pk), letters.read_by(user.pk):
            told = told | {"root": letters.root_of(request, user.pk)}
            if "timestamp" in told:
                told["when"] = letters.happened(told["timestamp"], user.pk)
            return self._rendered(template_prefix, email, told, headers)

    def send_notification_mail(self, template_prefix: str, user: Any, context: Any = None, email: Any = None) -> None:
        """A mail about what was done with an account, with whose it is."""
        super().send_notification_mail(template_prefix, user, (context or {}) | {"user": user}, email)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002  allauth asks with it
        """Back to the account, which says that it was done."""
        return reverse("console:account")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link to choose a new password: at the host of whose password it is, wherever it was asked for."""
        made = urlsplit(super().get_reset_password_from_key_url(key))
        root = letters.root_of(context.request, url_str_to_user_pk(key.partition("-")[0]))
        return f"{root}{made.path}"

    def _rendered(self, template_prefix: str, email: Any, told: dict[str, Any], headers: Any) -> Any:
        made = super().render_mail(template_prefix, email, told, (headers or {}) | letters.BY_ITSELF)
        made.attach_alternative(letters.drawn(context.request, made.subject, made.body), "text/html")
        return made

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Write the sign-in down, whichever way it came about."""
        remember(request, user.pk)
        came_in.signed_in(request, user.pk, came_in.way_of(request, user))
        answer: HttpResponse = super().post_login(request, user, **more)
        return answer


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """OpenID Connect: only for people who have an account by a join link."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("You have no password yet. Choose one first, or you could not sign in any more."),
        "disconnect_last": _("This is your only way to sign in. Choose a password first."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up this way either; who has an account learns that their address is not verified there."""
        for each in sociallogin.email_addresses:
            came_in.refused_there(request, came_in.of_address(each.email), "unverified")
        return False

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """Write down whose sign-in was not believed."""
        super().on_authentication_error(request, provider, error, exception, extra_context)
        if isinstance(exception, NotBelieved):
            whose = came_in.of_subject(provider.app.provider_id, exception.subject)
            came_in.refused_there(request, whose, exception.why)

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:
        """The provider, whose ID tokens are verified."""
        found = super().get_provider(request, provider, client_id=client_id)
        return Provider(request, app=found.app)

    def get_requests_session(self) -> Any:
        """What asks the provider, and never for long."""
        return asking(self.request or context.request)

    def authenticate_by_email(self, sociallogin: Any) -> Any:
        """Whose account it is, by the verified address; who had a password is told that it opens no more.

        allauth takes it away: whoever made the link to join may have chosen it.
        """
        found = super().authenticate_by_email(sociallogin)
        if found and found[0].has_usable_password():
            is_proven = EmailAddress.objects.filter(user=found[0], email__iexact=found[1], verified=True).exists()
            if not is_proven:
                sign_ins.end_all(found[0].pk)
                says = _(
                    "You come in with %(name)s from now on: the password you had opens no more. You may choose a new "
                    "one on your account's page."
                )
                messages.info(context.request, says % {"name": settings.SINGLE_SIGN_ON["name"]})
        return found


class SecondSteps(DefaultMFAAdapter):  # type: ignore[misc]
    """Authenticator apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code does not open. An app shows a new one every 30 seconds; write the one it shows now."
        ),
        "incorrect_recovery_code": _("This recovery code does not open. Each opens once; write one you have not used."),
        "incorrect_passkey": _(
            "This passkey does not open: it belongs to another account, was removed here, or the page stood too long."
        ),
        "sealed_elsewhere": _(
            "No code can be checked: what they are made from was kept under another secret. Nothing is lost: whoever "
            "runs this installation puts the old secret back."
        ),
        "cannot_delete_authenticator": _("This cannot be removed: set another second step up first."),
        "cannot_generate_recovery_codes": _("Set an app or a passkey up first; recovery codes come with it."),
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Says what did not open, a passkey or a recovery code: allauth calls everything a code."""
        refused: ValidationError = super().validation_error(_sent() if code == "incorrect_code" else code, *args)
        return refused

    def get_totp_issuer(self) -> str:
        """What an authenticator app calls us."""
        return brand_of(context.request).name

    def encrypt(self, text: str) -> str:
        """What codes are made from, as it is kept."""
        return seal_step(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was kept; raises `WrongSecret`."""
        return unseal_step(encrypted_text)


def _sent() -> str:
    """Which of the refusals is about what was sent: a recovery code is longer than an app's."""
    sent = context.request.POST if context.request is not None else {}
    if sent.get("credential"):
        return "incorrect_passkey"
    return "incorrect_recovery_code" if len("".join(sent.get("code", "").split())) > OF_AN_APP else "incorrect_code"


def remember(request: HttpRequest, user: int) -> None:
    """Keep which browser signed in, and that an agency's host name leads here where it was by that."""
    host = host_of(request)
    if not is_ours(host):
        agencies.reached(host, user, clock.now())
    if not request.session.session_key:
        request.session.save()
    sign_ins.begin(
        user,
        request.session.session_key or "",
        place=place_of(request),
        browser=request.headers.get("User-Agent", ""),
    )


@receiver([password_changed, password_set, password_reset])
def forget_others(request: HttpRequest, user: Any, **_: Any) -> None:
    """Another password has signed every other browser out, so none stands in the list of them any more."""
    sign_ins.end_all(user.pk)
    if request.user.pk == user.pk:
        remember(request, user.pk)  # it goes on under another key


def by_link_only(request: HttpRequest) -> HttpResponse:
    """What stands where others have a page to sign up."""
    return render(request, "console/accounts/by_link_only.html", status=403)
