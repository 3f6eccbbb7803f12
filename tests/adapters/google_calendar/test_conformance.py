"""Google Calendar keeps every promise of a calendar, against its published description."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from answerback.adapters.google_calendar import adapter
from answerback.ports import calendar as port
from answerback.ports.calendar import Span
from answerback.ports.connection import Connection
from answerback.testing.calendar_conformance import ElsewhereConformance, Seen
from answerback.testing.pretend_google import PretendGoogle, span_of


class Owner:
    """Somebody with Google's own page open."""

    def __init__(self, google: PretendGoogle) -> None:
        self.google = google
        self.connection = Connection(id=7, provider="google_calendar", settings=google.settings())

    def puts(self, name: str, span: Span, *, free: bool = False) -> None:
        transparency = "transparent" if free else "opaque"
        self.google.keep(name.replace(" ", ""), status="confirmed", transparency=transparency, **_edges(span))

    def puts_a_day(self, name: str, day: date) -> None:
        following = day + timedelta(days=1)
        self.google.keep(name, start={"date": f"{day}"}, end={"date": f"{following}"})

    def puts_a_series(self, name: str, span: Span, weeks: int) -> None:
        """Google expands by itself: what is listed are its instances."""
        zone = ZoneInfo("America/Chicago")
        for week in range(weeks):
            start, end = (at.astimezone(zone) + timedelta(days=7 * week) for at in (span.starts_at, span.ends_at))
            self.google.keep(f"{name}{week}", recurringEventId=name, **_edges(Span(start, end)))

    def deletes(self, name: str) -> None:
        for id, event in tuple(self.google.events.items()):
            if name in (id, event.get("recurringEventId")):
                self.google.drop(id)

    def sees(self, key: str) -> tuple[Seen, ...]:
        ours = [e for e in self.google.events.values() if e["id"] == key and e["status"] == "confirmed"]
        return tuple(Seen(span=span_of(e), title=e["summary"], notes=e.get("description", "")) for e in ours)

    def notes(self, key: str, words: str) -> None:
        self.google.keep(key, description=words)

    def moves(self, key: str, span: Span) -> None:
        self.google.keep(key, **_edges(span))

    def takes_away(self, key: str) -> None:
        self.google.drop(key)

    def outdates(self) -> None:
        self.google.outdate_tokens()

    def fails(self, how: Literal["away", "lose", "barred"]) -> None:
        if how == "away":
            self.google.away = True
        elif how == "lose":
            self.google.failures = ["lose"]
        else:
            self.google.end_permission()


class TestGoogleCalendar(ElsewhereConformance):
    calendar: port.Calendar = adapter

    @contextmanager
    def owner(self) -> Iterator[Owner]:
        with PretendGoogle() as google:
            yield Owner(google)


def _edges(span: Span) -> dict[str, dict[str, str]]:
    return {
        "start": {"dateTime": span.starts_at.isoformat(), "timeZone": "America/Chicago"},
        "end": {"dateTime": span.ends_at.isoformat(), "timeZone": "America/Chicago"},
    }
