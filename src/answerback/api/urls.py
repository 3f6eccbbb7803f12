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
    """The view, whose "not that method" and "too large" are problems like every other failure."""

    @wraps(view)
    def shaped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer = view(request, *args, **kwargs)
        except RequestDataTooBig:
            return Problem(413, "too_large", "Send at most 1 MiB at a time.").answer()
        if isinstance(answer, HttpResponseNotAllowed):
            detail = f"{request.method} is not possible here; {answer.headers['Allow']} is."
            return Problem(405, "method", detail, {"Allow": answer.headers["Allow"]}).answer()
        return answer

    return csrf_exempt(shaped)


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
