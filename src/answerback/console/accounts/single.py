"""Single sign-on: allauth's two views, with a page for a provider that is away, hangs or answers what nobody can read.

allauth says so of the last step only; before it, what the provider answers is trusted to be what it ought to be.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from time import monotonic
from typing import Any

import requests
from allauth.core.exceptions import ReauthenticationRequired
from allauth.socialaccount import views as connected
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from allauth.socialaccount.providers.openid_connect import views
from allauth.utils import get_request_param
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from answerback.console.accounts.id_tokens import Asked
from answerback.console.accounts.recovery import CONFIRMED, Views
from answerback.console.guard import came_from, owes_the_step, to_the_second_step

logger = logging.getLogger(__name__)

BAD_GATEWAY = 502
UNREADABLE = (requests.RequestException, OAuth2Error, ValueError, LookupError, TypeError, AttributeError)
"""What allauth raises where no provider answers, or one answers something else than OpenID Connect says."""

EACH_SECONDS = 4.0
"""How long the provider may be silent."""

ALL_SECONDS = 10.0
"""How long all that one request of ours asks it may take: it holds a process of ours meanwhile."""

_UNTIL = "provider_until"


class Asking(requests.Session):
    """What asks the provider, for as long as is left."""

    def __init__(self, until: float) -> None:
        super().__init__()
        self._until = until

    def request(self, method: Any, url: Any, *args: Any, **told: Any) -> requests.Response:
        """The answer; raises `requests.Timeout` where none came in time."""
        left = self._until - monotonic()
        if left <= 0:
            raise requests.Timeout("The provider took too long in all.")
        return super().request(method, url, *args, **told | {"timeout": min(EACH_SECONDS, left)})


def asking(request: HttpRequest | None) -> Asking:
    """For this request of ours, whose steps have one time together."""
    until = getattr(request, _UNTIL, None) or monotonic() + ALL_SECONDS
    if request is not None:
        setattr(request, _UNTIL, until)
    return Asking(until)


def _told(view: type[OAuth2View], like: Callable[..., Any]) -> Callable[[HttpRequest, str], HttpResponse]:
    @wraps(like)
    def told(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            answer: HttpResponse = view.adapter_view(Asked(request, provider_id))(request)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        except UNREADABLE:
            logger.exception("single sign-on: the provider is away, or answers what we cannot read")
            return render(request, "socialaccount/authentication_error.html", status=BAD_GATEWAY)
        return answer

    return told


def unlocked(view: Views) -> Views:
    """The view for whoever has the second step they need, or days left to set it up."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return to_the_second_step(request) if owes_the_step(request) else view(request, *args, **kwargs)

    return opened


_sign_in = _told(OAuth2LoginView, views.login)
_connect = unlocked(CONFIRMED(_sign_in))


def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """To the provider: to sign in, or to connect one's account with somebody there.

    Only a page of ours connects: a link elsewhere would let whoever is signed in at the provider into this account.
    That page asks who one is, too: the form that asks could not be sent on to the provider, which our policy forbids.
    """
    if get_request_param(request, "process") != AuthProcess.CONNECT:
        return _sign_in(request, provider_id)
    with suppress(ReauthenticationRequired):
        if _is_pressed_here(request):
            return _connect(request, provider_id)
    return redirect("socialaccount_connections")


def _is_pressed_here(request: HttpRequest) -> bool:
    """Does the browser say that the link stood on a page of ours? Old ones, and those without TLS, name the page."""
    said = request.headers.get("Sec-Fetch-Site")
    return said == "same-origin" if said is not None else bool(came_from(request))


come_back = _told(OAuth2CallbackView, views.callback)
connections = unlocked(CONFIRMED(connected.connections))
