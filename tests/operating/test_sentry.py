"""What is told to Sentry is caught at the other end and looked through."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import sentry_sdk
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from answerback.server import sentry

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

NUMBER, WORDS = "+15125550131", "my grandmother's ring"


@pytest.fixture
def told(settings: SettingsWrapper) -> Iterator[list[bytes]]:
    """Every envelope that reached the pretend Sentry."""
    envelopes: list[bytes] = []

    class Ingest(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            envelopes.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Ingest)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.SENTRY_DSN = f"http://key@127.0.0.1:{server.server_port}/7"
    sentry.begin()
    yield envelopes
    sentry_sdk.get_client().close()
    sentry_sdk.get_global_scope().set_client(None)
    server.shutdown()
    server.server_close()


def test_fault_is_told_with_its_kind_and_place_and_nothing_of_a_customer(told: list[bytes]) -> None:
    local = f"{NUMBER} wrote {WORDS}"
    try:
        raise ValueError(local)
    except ValueError:
        import logging

        logging.getLogger("answerback.test").exception("turn.failed conversation=%s", 7)
    sentry_sdk.flush(5)
    (event,) = [json.loads(line) for envelope in told for line in envelope.splitlines() if b'"exception"' in line]
    assert event["logentry"] == {"message": "turn.failed conversation=7"}
    assert [value["type"] for value in event["exception"]["values"]] == ["ValueError"]
    frame = event["exception"]["values"][0]["stacktrace"]["frames"][-1]
    assert frame["function"] == "test_fault_is_told_with_its_kind_and_place_and_nothing_of_a_customer"
    everything = b"".join(told).decode()
    assert [word for word in (NUMBER, NUMBER[2:], WORDS, "grandmother") if word in everything] == []


def test_event_keeps_only_what_was_looked_at() -> None:
    request = RequestFactory().get(f"/?q={NUMBER}")
    kept = sentry.scrubbed(
        {
            "event_id": "e",
            "request": {"url": request.get_full_path()},
            "user": {"email": "a@b.example"},
            "breadcrumbs": [WORDS],
            "extra": {"sys.argv": [NUMBER]},
            "logger": "django.request",
            "logentry": {"message": "Internal Server Error: %s", "formatted": f"Internal Server Error: /{NUMBER}"},
        }
    )
    assert kept == {
        "event_id": "e",
        "server_name": "",
        "logger": "django.request",
        "exception": {"values": []},
        "logentry": {"message": "Internal Server Error: %s"},
    }


def test_dsn_that_cannot_be_read_is_refused(settings: SettingsWrapper) -> None:
    settings.SENTRY_DSN = "sentry.example.com"
    with pytest.raises(ImproperlyConfigured, match="ANSWERBACK_SENTRY_DSN cannot be read"):
        sentry.begin()


def test_without_a_dsn_nothing_is_told(settings: SettingsWrapper) -> None:
    settings.SENTRY_DSN = ""
    sentry.begin()
    assert not sentry_sdk.is_initialized()
