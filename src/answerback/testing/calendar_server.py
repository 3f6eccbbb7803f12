"""A real CalDAV server (Radicale) in a thread of this process, for tests. Needs the package `radicale`.

It binds to 127.0.0.1 and keeps its calendars in a folder of its own, which goes away with it. `away` makes it
answer 503, `lose_next` names a method whose next answer is lost, `before` lets a test act in the middle of a request.

    with CalendarServer() as server:
        connection = Connection(id=1, provider="caldav", settings=server.settings())
"""

import tempfile
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any, Self
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import httpx

USER, PASSWORD = "luis", "a-pretend-app-password"

CHICAGO = """BEGIN:VTIMEZONE
TZID:America/Chicago
BEGIN:DAYLIGHT
TZOFFSETFROM:-0600
TZOFFSETTO:-0500
TZNAME:CDT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:-0500
TZOFFSETTO:-0600
TZNAME:CST
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
END:VTIMEZONE"""


class CalendarServer:
    """The server; `url` is its root, `calendar` the address of the one calendar in it."""

    def __init__(self) -> None:
        from radicale import config  # noqa: PLC0415  a dependency of the tests only
        from radicale.app import Application  # noqa: PLC0415

        self._folder = tempfile.TemporaryDirectory()
        users = Path(self._folder.name) / "users"
        users.write_text(f"{USER}:{PASSWORD}\n")
        settings = config.load()
        settings.update(
            {
                "storage": {"filesystem_folder": self._folder.name, "_filesystem_fsync": "False"},
                "auth": {
                    "type": "htpasswd",
                    "htpasswd_filename": str(users),
                    "htpasswd_encryption": "plain",
                    "delay": "0",
                },
                "logging": {"level": "critical"},
            },
            "tests",
            privileged=True,
        )
        self._app = Application(settings)
        self._server = make_server("127.0.0.1", 0, self._answer, _Server, _Quiet)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.away = False
        self.lose_next = ""
        self.before: Callable[[str, str], None] | None = None
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self.calendar = f"{self.url}{USER}/jobs/"

    def __enter__(self) -> Self:
        self._thread.start()
        self._ask("MKCALENDAR", self.calendar)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
        self._folder.cleanup()

    def settings(self, **more: str) -> dict[str, str]:
        """Settings of a connection that reach this calendar."""
        return {"url": self.calendar, "username": USER, "password": PASSWORD, "zone": "America/Chicago", **more}

    def put(self, name: str, event: str) -> None:
        """Put an event into the calendar as its owner's program would: the lines inside a VEVENT."""
        event = f"BEGIN:VEVENT\n{event}\nEND:VEVENT"
        text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{CHICAGO}\n{event}\nEND:VCALENDAR\n"
        self._ask("PUT", f"{self.calendar}{name}.ics", text.replace("\n", "\r\n"))

    def change(self, name: str, old: str, new: str) -> None:
        """Change these words of an object as its owner's program would."""
        text = self.get(name)
        assert old in text, text
        self._ask("PUT", f"{self.calendar}{name}.ics", text.replace(old, new))

    def get(self, name: str) -> str:
        """An object's text; empty when there is none."""
        answer = httpx.get(f"{self.calendar}{name}.ics", auth=(USER, PASSWORD), trust_env=False, timeout=60)
        return answer.text if answer.status_code == 200 else ""

    def names(self) -> list[str]:
        """The files of the calendar."""
        return sorted(path.name for path in Path(self._folder.name).glob("collection-root/*/jobs/*.ics"))

    def delete(self, name: str) -> None:
        """Delete an object as its owner's program would."""
        self._ask("DELETE", f"{self.calendar}{name}.ics")

    def forget_tokens(self) -> None:
        """Let every sync token given until now be too old."""
        for token in Path(self._folder.name).rglob(".Radicale.cache/sync-token/*"):
            token.unlink()

    def _ask(self, method: str, url: str, body: str = "") -> None:
        httpx.request(method, url, content=body, auth=(USER, PASSWORD), trust_env=False, timeout=60).raise_for_status()

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        before, self.before = self.before, None
        if before is not None:
            before(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        if self.away:
            start("503 Service Unavailable", [("Content-Length", "0")])
            return [b""]
        if self.lose_next == environ["REQUEST_METHOD"]:
            self.lose_next = ""
            list(self._app(environ, lambda *_: lambda _data: None))
            raise ConnectionAbortedError  # wsgiref lets go of the connection without a word
        return self._app(environ, start)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""
