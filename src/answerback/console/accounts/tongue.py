"""allauth's pages for whoever is signed in, in their own language and by their shop's clock, as the console's are."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language_from_request

from answerback.store.queries import access

ALLAUTHS = (
    "allauth.",
    "answerback.console.accounts.recovery",
    "answerback.console.accounts.step_page",
    "answerback.console.set_up.begin",
)
"""Modules of its views, of ours that stand where its own did, and of the page one comes to who has no business yet."""


def of(request: HttpRequest, *, asks: bool = True) -> str:
    """The language of whoever reads an answer that no view gives: their account's, else what their browser asks for.

    The database is asked only where nobody has asked it yet and it may be asked.
    """
    known: str | None = getattr(request, "reads_as", None)
    if known or not asks:
        return known or get_language_from_request(request)
    try:
        user = getattr(request, "user", None)
        seats = access.seats(user.pk) if user is not None and user.pk is not None else ()
    except (DatabaseError, InterfaceError):
        seats = ()
    return seats[0].language if seats else get_language_from_request(request)


class Tongue:
    """A middleware: what it switches on before one of allauth's views is as before after the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, which names the language it was drawn in."""
        with translation.override(translation.get_language()), timezone.override(None):
            answer = self._next(request)
            if hasattr(request, "reads_as"):
                answer.headers["Content-Language"] = request.reads_as
            return answer

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Any,  # noqa: ARG002  Django hands them over
        kwargs: Any,  # noqa: ARG002
    ) -> None:
        """Before a view: the language and the zone of whoever is signed in. The view itself is called by Django, which
        takes an exception of it (allauth asks by one who somebody is) to whoever handles it.
        """
        if not view.__module__.startswith(ALLAUTHS) or request.user.pk is None:
            return
        seats = access.seats(request.user.pk)
        if language := seats[0].language if seats else request.user.language:
            request.reads_as = language  # type: ignore[attr-defined]
            translation.activate(language)
        if seats:
            timezone.activate(seats[0].zone)
