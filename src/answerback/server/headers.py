"""Puts the strict content-security policy and its companions on every page. No inline script or style ever runs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; "
    "media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


PROGRAMS = (("Content-Security-Policy", POLICY), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store"))
"""What an answer to a program has that asks at a hook, past the middleware: a browser may be led there too."""


class SecurityHeaders:
    """Middleware: the same headers for every answer, unless a view has set its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer with the headers added."""
        answer = self.get_response(request)
        answer.headers.setdefault("Content-Security-Policy", POLICY)
        answer.headers.setdefault("X-Frame-Options", "DENY")  # for browsers that do not read frame-ancestors
        answer.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if request.path.startswith("/static/"):
            return answer
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer
