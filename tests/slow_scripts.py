"""Serves every script late: `pytest -p tests.slow_scripts tests/console/test_desk_browser.py`.

On a busy machine a page stands there before what it defers has run. A test that presses at once passes on a quiet one
and fails on that one; with this it fails everywhere.
"""

import time
from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler

SECONDS = 0.7
WORKER = "worker.js"
"""A browser waits for it beside the page."""


def pytest_configure() -> None:
    """From now on, in the server of the tests."""
    served = StaticFilesHandler.__call__

    def late(self: Any, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.endswith(".js") or path.endswith(WORKER):
            return served(self, environ, start_response)
        time.sleep(SECONDS)

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            kept = [each for each in headers if each[0].lower() != "cache-control"]
            return start_response(status, [*kept, ("Cache-Control", "no-store")], *more)

        return served(self, environ, start)

    setattr(StaticFilesHandler, "__call__", late)  # noqa: B010  a method is not assigned to
