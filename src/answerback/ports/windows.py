"""Times within a window, and cursors that remember which window they began with; shared by the calendars."""

import json
from collections.abc import Iterable

from answerback.ports.calendar import Span


def cut(found: Iterable[Span], window: Span) -> tuple[Span, ...]:
    """These times, in order, cut to the window; what lies outside it is left out."""
    inside = (Span(max(span.starts_at, window.starts_at), min(span.ends_at, window.ends_at)) for span in sorted(found))
    return tuple(span for span in inside if span.starts_at < span.ends_at)


def joined(found: Iterable[Span], window: Span) -> tuple[Span, ...]:
    """These times cut to the window, those that touch or overlap made one."""
    result: list[Span] = []
    for span in cut(found, window):
        if result and span.starts_at <= result[-1].ends_at:
            result[-1] = Span(result[-1].starts_at, max(result[-1].ends_at, span.ends_at))
        else:
            result.append(span)
    return tuple(result)


def cursor_of(token: str, window: Span) -> str:
    """A cursor: the calendar's own token and the window it was begun with."""
    return json.dumps({"token": token, "from": window.starts_at.isoformat(), "to": window.ends_at.isoformat()})


def token_of(cursor: str, window: Span) -> str:
    """The token of a cursor that was begun with this very window, else nothing: then all has to be read."""
    try:
        kept = json.loads(cursor) if cursor else {}
    except ValueError:
        return ""
    same = (kept.get("from"), kept.get("to")) == (window.starts_at.isoformat(), window.ends_at.isoformat())
    return str(kept.get("token", "")) if same else ""
