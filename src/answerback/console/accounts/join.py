"""The page behind a join link: the one way in. Anybody may open it; only who holds the link sees a name on it."""

from datetime import timedelta

from allauth.account.internal.flows.login import record_authentication
from django.contrib import auth
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from answerback.console.accounts import came_in
from answerback.console.accounts.door import remember
from answerback.console.accounts.mine import LANGUAGES
from answerback.console.accounts.names import ROLE_NAMES
from answerback.console.brand import AGENCY, BUSINESS
from answerback.console.refused import Refused
from answerback.store import models
from answerback.workflow import people, tries
from answerback.workflow.people import NotPossible
from answerback.workflow.where_from import place_of

PER_ADDRESS = 40
WINDOW = timedelta(minutes=15)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password, or accept with the account one has."""
    link = people.link_of(token)
    if link is None:
        return render(request, "console/accounts/join_gone.html", status=404)
    setattr(request, AGENCY, link.agency_id or (link.business.agency_id if link.business else None))
    if request.method == "POST":
        if not tries.spend("join", place_of(request), limit=PER_ADDRESS, window=WINDOW):
            says = _("Too many tries. Wait a quarter of an hour, then try again.")
            return _page(request, link, refused=Refused(problem=says, given=request.POST), status=429)
        return _join(request, token, link)
    return _page(request, link)


def _join(request: HttpRequest, token: str, link: models.JoinLink) -> HttpResponse:
    name, password = request.POST.get("name", "").strip()[:120], request.POST.get("password", "")
    known = _has_account(link)
    try:
        if not known:
            validate_password(password, models.User(email=link.email, name=name))
        joined = people.join(token, name=name, password=password, user=request.user.pk)
    except ValidationError as problem:
        says = "\n".join(problem.messages)
        return _page(request, link, refused=Refused(problem=says, field="password", given=request.POST), status=409)
    except NotPossible as problem:
        return _page(request, link, refused=Refused.of(problem, request.POST), status=409)
    if not known:
        _speak(request, joined.user)
        auth.login(request, joined.user, backend="django.contrib.auth.backends.ModelBackend")
        remember(request, joined.user.pk)
        record_authentication(request, joined.user, method="password", email=link.email, reauthenticated=True)
        came_in.signed_in(request, joined.user.pk, came_in.LINK)
    elif joined.business is not None:
        came_in.joined(request, joined.user.pk, joined.business)
    if joined.business is not None:
        request.session[BUSINESS] = joined.business
    return redirect("console:today")


def _speak(request: HttpRequest, user: models.User) -> None:
    """Go on in the language the page spoke, where the browser asked for one."""
    spoken = (get_language() or "")[:2]
    if request.headers.get("Accept-Language") and spoken in LANGUAGES:
        models.User.objects.filter(id=user.pk).update(language=spoken)


def _page(
    request: HttpRequest, link: models.JoinLink, *, refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "link": link,
        "role": ROLE_NAMES.get(link.member.role) if link.member else None,
        "known": _has_account(link),
        "yours": request.user.is_authenticated and request.user.email.casefold() == link.email.casefold(),
        "refused": refused,
        "name": link.name,
    }
    return render(request, "console/accounts/join.html", context, status=status)


def _has_account(link: models.JoinLink) -> bool:
    return models.User.objects.filter(email__iexact=link.email).exists()
