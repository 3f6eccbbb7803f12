"""Answers what fails before any view was reached: a wrong Host, a fault of a middleware.

A program is answered with a problem like every other failure (`api.problems`), a browser with Django's page.
"""

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.views import defaults

from answerback.api.problems import Problem

API = "/api/"


def not_read(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read, or asks for a host name that is none of ours."""
    if not request.path.startswith(API):
        return defaults.bad_request(request, exception)
    if isinstance(exception, DisallowedHost):
        detail = "No answerback is known here by the name in the header Host. Use the address of ANSWERBACK_PUBLIC_URL."
        return Problem(400, "wrong_host", detail).answer()
    return Problem(400, "unreadable", "The request cannot be read. Look at its headers and its address.").answer()


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    if not request.path.startswith(API):
        return defaults.server_error(request)
    return Problem(500, "fault", "It was written down, and nothing you sent is to blame.").answer()
