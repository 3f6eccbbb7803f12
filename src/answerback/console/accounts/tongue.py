"""allauth's pages for whoever is signed in, in their own language and by their shop's clock, as the console's are."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone, translation

from answerback.store.queries import access


class Tongue:
    """A middleware that comes last, so that what others do before a view is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on; all is done once the view is known."""
        return self._next(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The answer of one of allauth's views; None for all others, and for whoever is not signed in."""
        if not view.__module__.startswith("allauth.") or request.user.pk is None:
            return None
        seats = access.seats(request.user.pk)
        if not seats:
            return None
        with translation.override(seats[0].language), timezone.override(seats[0].zone):
            answer = view(request, *args, **kwargs)
            answer.headers["Content-Language"] = seats[0].language
            return answer.render() if isinstance(answer, SimpleTemplateResponse) else answer
