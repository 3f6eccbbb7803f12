"""Answers what no view has answered: in one design, in the reader's language, with what to do next.

A program is told a problem like every other failure (`api.problems`); a page that asked by script gets a sentence to
show, and stays as it is with what is typed in it; a browser gets a page. None of this needs a database.
"""

import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import is_valid_path
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from answerback.api.problems import NOT_FOUND, Problem
from answerback.console.accounts import tongue
from answerback.console.brand import Brand, brand_of, brand_unasked
from answerback.store.secrets import WrongSecret
from answerback.workflow import transaction

API = "/api/"
OF_CUSTOMERS = ("/b/", "/r/", "/v/")
"""Where those come who have no seat in the console: to its first page leads no way for them."""

SECRETS = ("password", "secret", "token", "code", "credential", "key")
MOST_KEPT = 20_000
"""Characters of a form that are shown again."""

Words = tuple[Promise, Promise]
"""What happened, and what to do next."""

NOT_READ: Words = (
    _("This cannot be read"),
    _("Something in the address or in what was sent is wrong. Go back and try again."),
)
WRONG_HOST: Words = (
    _("Nothing is known here by this name"),
    _("Open it by the address you were given. Whoever runs it sets the names it goes by."),
)
NOT_YOURS: Words = (
    _("You may not do this"),
    _("It is for other people than you. Ask the owner if it should be for you too."),
)
NOTHING: Words = (
    _("There is nothing here"),
    _("The address is wrong, or what it showed belongs to somebody else."),
)
TOO_OLD: Words = (
    _("This page was open for too long"),
    _("Nothing was done. You signed in anew meanwhile, or the browser keeps no cookies of ours. Send it once more."),
)
FROM_ELSEWHERE: Words = (
    _("This did not come from a page of ours"),
    _("Nothing was done. Open the page here and do it there; let the browser keep the cookies of this page."),
)
NOT_BY_LINK: Words = (
    _("Here is no page of its own"),
    _("This address takes only what a button sends. Nothing was done: go back and press the button on its page."),
)
FAULT: Words = (
    _("Something went wrong on our side"),
    _("It was written down, and nothing you wrote is to blame. Open the page again and look whether it was done."),
)
AWAY: Words = (
    _("The database does not answer right now"),
    _("Wait some seconds and try again. Calls and texts that come meanwhile are looked up at their provider later."),
)

FULL: Words = (
    _("Nothing can be kept right now"),
    _(
        "The database has no room left, and nothing was done. Whoever runs this installation has to free some; "
        "until then providers are asked to send calls and texts again."
    ),
)

SEALED: Words = (
    _("These settings cannot be read"),
    _("They were saved under another secret. Nothing is lost: whoever runs this installation puts the old one back."),
)


class NoBlankPages:
    """Middleware: who opens the address of an act is told so, where Django answers 405 with nothing at all, and so is
    who asks for what was sealed under another secret.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer."""
        answer = self._next(request)
        if answer.status_code != 405 or request.method != "GET" or request.path.startswith(API):
            return answer
        page = _page(request, 405, NOT_BY_LINK)
        page.headers["Allow"] = answer.headers["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What was sealed under another secret is no fault of ours."""
        return _page(request, 409, SEALED) if isinstance(exception, WrongSecret) else None


def not_read(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read, or asks for a host name that is none of ours."""
    wrong_host = isinstance(exception, DisallowedHost)
    if not request.path.startswith(API):
        return _page(request, 400, WRONG_HOST if wrong_host else NOT_READ, is_bare=True)
    if wrong_host:
        detail = "Nothing is known here by the name in the header Host. Whoever runs it sets the names it goes by."
        return Problem(400, "wrong_host", detail).answer()
    return Problem(400, "unreadable", "The request cannot be read. Look at its headers and its address.").answer()


def not_yours(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403: this person may not."""
    return _page(request, 403, NOT_YOURS)


def nothing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404: no such address, or nothing that this person may see."""
    return NOT_FOUND.answer() if request.path.startswith(API) else _page(request, 404, NOTHING)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: a form without the token of our pages. One that came from a page of ours may be sent once more as it is."""
    if not _is_ours(request):
        return _page(request, 403, FROM_ELSEWHERE)
    answer = _page(request, 403, TOO_OLD, again=True)
    if settings.CSRF_COOKIE_NAME in request.COOKIES or not _asks_by_itself(request):
        answer.headers["Fresh-Token"] = get_token(request)
    return answer


def _asks_by_itself(request: HttpRequest) -> bool:
    """Does the page ask who else is here? Where no cookie is left, this answer and that to a press beside it would each
    bring one of its own, and the token of the one would not go with the cookie of the other.
    """
    return request.resolver_match is not None and request.resolver_match.view_name == "console:here"


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault. 503: the database's, which is over in some seconds."""
    problem = sys.exc_info()[1]
    is_away = isinstance(problem, DatabaseError | InterfaceError) and transaction.is_passing(problem)
    if request.path.startswith(API):
        if is_away:
            detail = transaction.advice(problem)
            return Problem(503, "unavailable", detail, {"Retry-After": "5"}).answer()
        return Problem(500, "fault", "It was written down, and nothing you sent is to blame.").answer()
    if not is_away:
        return _page(request, 500, FAULT, is_bare=True)
    words = FULL if transaction.is_full(problem) else AWAY
    answer = _page(request, 503, words, is_bare=True, again=True)
    answer.headers["Retry-After"] = "5"
    return answer


def _page(
    request: HttpRequest, status: int, words: Words, *, is_bare: bool = False, again: bool = False
) -> HttpResponse:
    """The failure as a page, or as a sentence for a page that asked by script; `again` offers to send the form anew.

    A bare one asks the database nothing.
    """
    with translation.override(tongue.of(request, asks=not is_bare)):
        if request.headers.get("HX-Request") == "true" or not _has_console(request):
            said = f"{words[0]}. {words[1]}"
            answer = HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
        else:
            typed = _typed(request)
            context = {
                "brand": brand_unasked(request) if is_bare else _brand(request),
                "title": words[0],
                "says": words[1],
                "typed": [value for _name, value in typed if " " in value.strip()],
                "fields": typed if again else [],
                "files": bool(again and typed and request.FILES),
                "token": get_token(request) if again and typed else "",
                "address": request.get_full_path(),
                "can_reload": request.method == "GET" and status >= 500,
                "home": not request.path.startswith(OF_CUSTOMERS),
            }
            answer = HttpResponse(render_to_string("console/failure.html", context), status=status)
        answer.headers["Content-Language"] = translation.get_language() or "en"
    return answer


def _has_console(request: HttpRequest) -> bool:
    """The pretend phones can be served alone, without the console whose stylesheet and icons the page has."""
    return bool(is_valid_path("/manifest.webmanifest", getattr(request, "urlconf", None)))


def _brand(request: HttpRequest) -> Brand:
    try:
        return brand_of(request)
    except (DatabaseError, InterfaceError):
        return brand_unasked(request)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent; none of one that holds a secret, and none of a very large one."""
    if request.method != "POST":
        return []
    found = [(name, value) for name, values in request.POST.lists() for value in values]
    found = [(name, value) for name, value in found if name != "csrfmiddlewaretoken"]
    if any(secret in name.lower() for name, _value in found for secret in SECRETS):
        return []
    return found if sum(len(value) for _name, value in found) <= MOST_KEPT else []


def _is_ours(request: HttpRequest) -> bool:
    """Does the browser say that the form stood on a page of ours? Another's must not get a button to send it."""
    if (said := request.headers.get("Sec-Fetch-Site")) is not None:
        return said == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
