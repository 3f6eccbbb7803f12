"""The addresses of the API and of its documentation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from answerback.api import pages
from answerback.api.problems import NOT_FOUND, Problem
from answerback.api.v1 import api

app_name = "api"


def _in_one_shape(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, whose "not that method" and "too large" are problems like every other failure, and who answers GET
    answers HEAD.
    """

    @wraps(view)
    def shaped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asks_head = request.method == "HEAD"
        if asks_head:
            request.method = "GET"
        try:
            answer = view(request, *args, **kwargs)
        except RequestDataTooBig:
            return Problem(413, "too_large", "Send at most 1 MiB at a time.").answer()
        if isinstance(answer, HttpResponseNotAllowed):
            answer = _not_allowed("HEAD" if asks_head else str(request.method), answer.headers["Allow"])
        return _head_of(answer) if asks_head else answer

    return csrf_exempt(shaped)


def _not_allowed(method: str, allowed: str) -> HttpResponse:
    each = allowed.replace("GET", "GET, HEAD")
    return Problem(405, "method", f"{method} is not possible here; {each} is.", {"Allow": each}).answer()


def _head_of(answer: HttpResponseBase) -> HttpResponseBase:
    """What GET answers, without the body: a server that leaves it out by itself is not to be counted on."""
    head = HttpResponse(status=answer.status_code, headers=answer.headers)
    if isinstance(answer, HttpResponse):
        head.headers["Content-Length"] = str(len(answer.content))
    answer.close()
    return head


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address that does not exist."""
    return Problem(NOT_FOUND.status, NOT_FOUND.code, f"There is no {request.path}. See /api/docs.").answer()


def _operations() -> list[URLPattern]:
    patterns, _, _ = api.urls
    return [
        path(f"v1/{each.pattern}", _in_one_shape(each.callback), name=each.name)
        for each in patterns
        if isinstance(each, URLPattern) and str(each.pattern)
    ]


urlpatterns = [
    path("docs", pages.show, name="docs"),
    path("v1/openapi.json", pages.description, name="openapi"),
    *_operations(),
    re_path(r"^", nothing_here),
]
