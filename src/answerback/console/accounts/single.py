"""Single sign-on: allauth's two views, with a page for a provider that is away or answers what nobody can read.

allauth says so of the last step only; before it, what the provider answers is trusted to be what it ought to be.
"""

import logging
from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

logger = logging.getLogger(__name__)

BAD_GATEWAY = 502
UNREADABLE = (RequestException, OAuth2Error, ValueError, LookupError, TypeError, AttributeError)
"""What allauth raises where no provider answers, or one answers something else than OpenID Connect says."""


def _told(view: Callable[[HttpRequest, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
    @wraps(view)
    def told(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except UNREADABLE:
            logger.exception("single sign-on: the provider is away, or answers what we cannot read")
            return render(request, "socialaccount/authentication_error.html", status=BAD_GATEWAY)

    return told


begin = _told(views.login)
come_back = _told(views.callback)
