"""CalDAV keeps every promise of a calendar, on a real server (Radicale)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar

from answerback.adapters import guard
from answerback.adapters.caldav import adapter
from answerback.ports import calendar as port
from answerback.ports.calendar import Span
from answerback.ports.connection import Connection
from answerback.testing.calendar_conformance import ElsewhereConformance, Seen
from answerback.testing.calendar_server import CalendarServer

STAMP = "DTSTAMP:20260301T000000Z"


class Owner:
    """Somebody whose calendar program speaks to the same server."""

    def __init__(self, server: CalendarServer) -> None:
        self.server = server
        self.connection = Connection(id=7, provider="caldav", settings=server.settings())

    def puts(self, name: str, span: Span, *, free: bool = False) -> None:
        transparency = "TRANSP:TRANSPARENT\n" if free else ""
        self._put(name, f"{transparency}DTSTART:{_utc(span.starts_at)}\nDTEND:{_utc(span.ends_at)}")

    def puts_a_day(self, name: str, day: date) -> None:
        self._put(name, f"DTSTART;VALUE=DATE:{day:%Y%m%d}")

    def puts_a_series(self, name: str, span: Span, weeks: int) -> None:
        zone = ZoneInfo("America/Chicago")
        start, end = (at.astimezone(zone).strftime("%Y%m%dT%H%M%S") for at in (span.starts_at, span.ends_at))
        of = "TZID=America/Chicago"
        self._put(name, f"DTSTART;{of}:{start}\nDTEND;{of}:{end}\nRRULE:FREQ=WEEKLY;COUNT={weeks}")

    def deletes(self, name: str) -> None:
        self.server.delete(name)

    def sees(self, key: str) -> tuple[Seen, ...]:
        text = self.server.get(key)
        events = Calendar.from_ical(text).walk("VEVENT") if text else []
        return tuple(
            Seen(
                span=Span(event.start.astimezone(UTC), event.end.astimezone(UTC)),
                title=str(event["summary"]),
                notes=str(event.get("description", "")),
            )
            for event in events
        )

    def notes(self, key: str, words: str) -> None:
        self.server.change(key, "DESCRIPTION:Leaking slowly\\, 40 gallons", f"DESCRIPTION:{words}")

    def moves(self, key: str, span: Span) -> None:
        seen = self.sees(key)[0].span
        self.server.change(key, f"DTEND:{_utc(seen.ends_at)}", f"DTEND:{_utc(span.ends_at)}")
        self.server.change(key, f"DTSTART:{_utc(seen.starts_at)}", f"DTSTART:{_utc(span.starts_at)}")

    def takes_away(self, key: str) -> None:
        self.server.delete(key)

    def outdates(self) -> None:
        self.server.forget_tokens()

    def fails(self, how: Literal["away", "lose", "barred"]) -> None:
        if how == "away":
            self.server.away = True
        elif how == "lose":
            self.server.lose_next = "PUT"
        else:
            settings = self.server.settings(password="no longer good")
            self.connection = Connection(id=7, provider="caldav", settings=settings)

    def _put(self, name: str, lines: str) -> None:
        self.server.put(name, f"UID:{name}\n{STAMP}\nSUMMARY:Private\n{lines}")


class TestCalDav(ElsewhereConformance):
    calendar: port.Calendar = adapter

    @contextmanager
    def owner(self) -> Iterator[Owner]:
        with guard.allowing("127.0.0.1"), CalendarServer() as server:
            yield Owner(server)


def _utc(at: object) -> str:
    return f"{at:%Y%m%dT%H%M%SZ}"
