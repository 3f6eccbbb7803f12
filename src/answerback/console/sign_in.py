"""The door: sign in, sign out, and which business to look at. Tries are counted; too many have to wait."""

from datetime import timedelta
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from answerback.console import said
from answerback.console.accounts import borrowed, came_in
from answerback.console.brand import BUSINESS
from answerback.console.guard import Visit, seated
from answerback.console.installable import kept
from answerback.console.navigation import IN_MENU, RECENT
from answerback.console.refused import Refused
from answerback.store import ids
from answerback.store.models import User
from answerback.store.queries import access
from answerback.workflow import tries
from answerback.workflow.where_from import place_of

WINDOW = timedelta(minutes=15)
PER_PERSON = 8
PER_ADDRESS = 60
"""Tries in a window, for one e-mail address from one place, and from one place in all."""


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page."""
    back = _back(request)
    if request.user.is_authenticated:
        return redirect(back)
    if request.method == "POST":
        return _try(request, back)
    return _page(request, back)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and back to the door."""
    borrowed.end(request)
    auth.logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_POST
@seated
def choose_business(visit: Visit) -> HttpResponse:
    """Look at another of one's businesses, at the page of ours that `back` names. 404 for one that is not."""
    seat = access.seat_in(visit.seats, ids.read(visit.request.POST.get("business")) or 0)
    session = visit.request.session
    session[BUSINESS] = seat.business
    before = [each for each in session.get(RECENT, ()) if each != seat.business]
    session[RECENT] = [seat.business, *before][: IN_MENU + 1]
    return said.back(visit, reverse("console:today"))


def _try(request: HttpRequest, back: str) -> HttpResponse:
    email = request.POST.get("email", "").strip()
    place = place_of(request)
    person = f"{email.casefold()} {place}"
    few = tries.spend("sign_in", person, limit=PER_PERSON, window=WINDOW)
    if not few or not tries.spend("sign_in_from", place, limit=PER_ADDRESS, window=WINDOW):
        if not few:
            came_in.refused(request, came_in.of_address(email))
        says = _("Too many tries. Wait a quarter of an hour, then try again.")
        return _page(request, back, refused=Refused(problem=says, given=request.POST), status=429)
    user = auth.authenticate(request, username=_as_written(email), password=request.POST.get("password", ""))
    if user is None:
        says = _("This e-mail address and password do not go together. Check both and try again.")
        return _page(request, back, refused=Refused(problem=says, given=request.POST), status=403)
    tries.forgive("sign_in", person)
    # Who typed the password a moment ago is not asked for it again to set the second step up.
    record_authentication(request, user, method="password", email=user.email, reauthenticated=True)
    answer: HttpResponse = perform_login(request, user, email_verification="none", redirect_url=back)
    return answer


def _page(request: HttpRequest, back: str, *, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    """The page, with the way in by single sign-on where the installation has one."""
    single = settings.SINGLE_SIGN_ON
    address = reverse("openid_connect_login", args=["single"]) + "?" + urlencode({"next": back}) if single else ""
    context = {
        "back": back,
        "refused": refused,
        "mails": bool(settings.MAIL),
        "is_nobodys": not User.objects.exists(),
        "oidc": {"href": address, "name": single["name"]} if single else None,
    }
    return kept.nobodys(render(request, "console/sign_in.html", context, status=status))


def _as_written(email: str) -> str:
    """The address as the account has it: people do not mind capital letters, the account's key does."""
    found = User.objects.filter(email__iexact=email).values_list("email", flat=True).first()
    return found or email


def _back(request: HttpRequest) -> str:
    """Where to go after signing in; only ever a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if said.is_ours(wanted) else settings.LOGIN_REDIRECT_URL
