"""Microsoft's calendar keeps every promise of a calendar, against Graph's published description."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from answerback.adapters.microsoft import adapter
from answerback.ports import calendar as port
from answerback.ports.calendar import Span
from answerback.ports.connection import Connection
from answerback.testing.calendar_conformance import ElsewhereConformance, Seen
from answerback.testing.pretend_microsoft import PretendMicrosoft, span_of


class Owner:
    """Somebody with Outlook open."""

    def __init__(self, microsoft: PretendMicrosoft) -> None:
        self.microsoft = microsoft
        self.connection = Connection(id=7, provider="microsoft", settings=microsoft.settings())

    def puts(self, name: str, span: Span, *, free: bool = False) -> None:
        self.microsoft.keep(name, showAs="free" if free else "busy", **_edges(span))

    def puts_a_day(self, name: str, day: date) -> None:
        start = datetime.combine(day, datetime.min.time(), UTC)
        self.microsoft.keep(name, isAllDay=True, **_edges(Span(start, start + timedelta(days=1))))

    def puts_a_series(self, name: str, span: Span, weeks: int) -> None:
        zone = ZoneInfo("America/Chicago")
        self.microsoft.keep(name, type="seriesMaster", **_edges(span))
        for week in range(weeks):
            start, end = (at.astimezone(zone) + timedelta(days=7 * week) for at in (span.starts_at, span.ends_at))
            edges = _edges(Span(start.astimezone(UTC), end.astimezone(UTC)))
            self.microsoft.keep(f"{name}.{week}", type="occurrence", seriesMasterId=name, **edges)

    def deletes(self, name: str) -> None:
        for id, event in tuple(self.microsoft.events.items()):
            if name in (id, event.get("seriesMasterId")):
                self.microsoft.drop(id)

    def sees(self, key: str) -> tuple[Seen, ...]:
        ours = [e for e in self.microsoft.events.values() if e.get("transactionId") == key]
        return tuple(Seen(span=span_of(e), title=e["subject"], notes=e["body"]["content"]) for e in ours)

    def notes(self, key: str, words: str) -> None:
        self.microsoft.keep(self._id(key), body={"contentType": "text", "content": words})

    def moves(self, key: str, span: Span) -> None:
        self.microsoft.keep(self._id(key), **_edges(span))

    def takes_away(self, key: str) -> None:
        self.microsoft.drop(self._id(key))

    def outdates(self) -> None:
        self.microsoft.outdate_links()

    def fails(self, how: Literal["away", "lose", "barred"]) -> None:
        if how == "away":
            self.microsoft.away = True
        elif how == "lose":
            self.microsoft.lose_next = "POST"
        else:
            self.microsoft.end_permission()

    def _id(self, key: str) -> str:
        return next(id for id, event in self.microsoft.events.items() if event.get("transactionId") == key)


class TestMicrosoftCalendar(ElsewhereConformance):
    calendar: port.Calendar = adapter

    @contextmanager
    def owner(self) -> Iterator[Owner]:
        with PretendMicrosoft() as microsoft:
            yield Owner(microsoft)


def _edges(span: Span) -> dict[str, Any]:
    return {
        "start": {"dateTime": f"{span.starts_at:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"},
        "end": {"dateTime": f"{span.ends_at:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": "UTC"},
    }
