"""The product as a WSGI application: pages with Django's whole middleware, hooks with none of it.

A provider has no session, no form token and no browser; what its requests need (size limit, signature) `hooks` does
itself. In a storm the middleware would cost a good part of the web process (docs/decisions/0006).
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "answerback.server.settings")
_pages = get_wsgi_application()

from answerback.hooks.at_once import HOOKS  # noqa: E402  they need Django's settings
from answerback.server import bodies, headers, processes, wiring  # noqa: E402
from answerback.workflow import intake  # noqa: E402


class _HookHandler(BaseHandler):
    """Django's handler without middleware and without its signals around each request.

    What those would do, look after connections that were lost, `workflow.transaction` does when it meets one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        response = self.get_response(WSGIRequest(environ))
        for name, value in headers.PROGRAMS:
            response.headers.setdefault(name, value)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return list(response)  # not the response itself, whose end would be signalled

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002  Django's signature
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]


_hooks = _HookHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request."""
    if environ.get("PATH_INFO", "").startswith(HOOKS):
        return _hooks(environ, start_response)
    bodies.measure(environ)
    answer: Iterable[bytes] = _pages(environ, start_response)
    return answer


wiring.wire()
intake.write_apart()
wiring.run_switchboards()
processes.end_with_parent()
processes.keep_what_is_loaded()
