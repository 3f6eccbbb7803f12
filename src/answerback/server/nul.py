"""Keeps the character NUL out: PostgreSQL stores none, and no address, name or sentence has one.

One layer for all pages: a path that holds one is an address that does not exist; out of a query and a form it is taken,
as a browser's own fields never send it. Programs are told (`api.problems`). What providers send, `hooks` cleans.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from answerback.api.problems import Problem

NUL = "\x00"
API = "/api/"


class WithoutNul:
    """Middleware: what the views behind it read holds no NUL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer."""
        query = request.META.get("QUERY_STRING", "")
        if request.path_info.startswith(API) and (NUL in request.path_info or _without(query) != query):
            return Problem(400, "unreadable", "The address holds the character NUL (%00). Leave it out.").answer()
        if NUL in request.path_info:
            raise Http404
        request.META["QUERY_STRING"] = _without(query)
        return self._next(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],  # noqa: ARG002  Django hands them over
        args: Any,  # noqa: ARG002
        kwargs: Any,  # noqa: ARG002
    ) -> None:
        """Before a view: its form, which Django's own check of the form token has read by then."""
        if request.method == "POST" and not request.path_info.startswith(API):
            request.POST = _cleaned(request.POST)  # type: ignore[assignment]


def _without(query: str) -> str:
    """The query without NUL, also where taking one out makes another (`%0%000`)."""
    while "%00" in query or NUL in query:
        query = query.replace("%00", "").replace(NUL, "")
    return query


def _cleaned(form: QueryDict) -> QueryDict:
    """The same form without NUL; the very same where it has none."""
    fields = [(name, value) for name, values in form.lists() for value in values]
    if not any(NUL in part for field in fields for part in field):
        return form
    return QueryDict(urlencode([(name.replace(NUL, ""), value.replace(NUL, "")) for name, value in fields]))
