"""Tells faults to Sentry, or to anything that speaks its protocol, where `ANSWERBACK_SENTRY_DSN` is set.

What leaves is the kind of an exception, where it happened and our own log events with ids. Never messages of
exceptions, local variables, requests, cookies, people or what a customer wrote.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from answerback import __version__
from answerback.server.logs import OURS, masked

KEPT = frozenset({"event_id", "timestamp", "level", "logger", "platform", "release", "environment", "exception", "sdk"})
"""What of an event is told at all; whatever Sentry's client adds one day is dropped until somebody looked at it."""

FRAME = frozenset({"filename", "abs_path", "function", "module", "lineno", "in_app"})


def begin() -> None:
    """Tell faults from here on; does nothing where no DSN is set. Raises `ImproperlyConfigured`."""
    if not settings.SENTRY_DSN:
        return
    try:
        import sentry_sdk  # noqa: PLC0415  an optional dependency
        from sentry_sdk.utils import BadDsn  # noqa: PLC0415
    except ModuleNotFoundError as problem:
        raise ImproperlyConfigured(
            "ANSWERBACK_SENTRY_DSN is set and Sentry's client is not installed. Install it: "
            "pip install 'answerback[sentry]', or remove the setting."
        ) from problem
    try:
        sentry_sdk.init(
            dsn=settings.SENTRY_DSN,
            release=f"answerback@{__version__}",
            before_send=scrubbed,  # type: ignore[arg-type]
            before_breadcrumb=lambda *_: None,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            auto_session_tracking=False,
            server_name="",
        )
    except BadDsn as problem:
        raise ImproperlyConfigured(
            "ANSWERBACK_SENTRY_DSN cannot be read. Copy it from the project's settings: https://key@host/7."
        ) from problem


def scrubbed(event: Mapping[str, Any], hint: Mapping[str, Any] | None = None) -> dict[str, Any]:  # noqa: ARG001
    """The event with nothing in it but kinds, places and our own words."""
    kept = {key: value for key, value in event.items() if key in KEPT}
    kept["server_name"] = ""
    values = (event.get("exception") or {}).get("values") or []
    kept["exception"] = {"values": [_exception(value) for value in values]}
    words = event.get("logentry") or {}
    if words.get("message"):
        ours = str(event.get("logger", "")).partition(".")[0] == OURS
        said = words.get("formatted") if ours else words["message"]
        kept["logentry"] = {"message": masked(str(said or words["message"]))}
    return kept


def _exception(value: Mapping[str, Any]) -> dict[str, Any]:
    frames = (value.get("stacktrace") or {}).get("frames") or []
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "stacktrace": {"frames": [{key: frame[key] for key in FRAME & frame.keys()} for frame in frames]},
    }
