"""One call is one trace, from the provider's request to the text, and no step of it names a person or a word."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ImproperlyConfigured
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from answerback.server import traces as telling
from answerback.server.environment import environment
from answerback.store import models
from answerback.testing import World
from answerback.testing.story import play, read
from answerback.workflow import traces

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

CALLER = "+15125550131"

BOOKED = """\
A call becomes an appointment, with a CRM and a calendar elsewhere
Business: Rivera Plumbing, plumbing, America/Chicago
It is Tuesday 10 March 2026, 10:00 am

HubSpot is connected
the calendar of Dana is in Google
Maria (+1 512 555 0131) calls, it rings 20 seconds, nobody answers
within 45 seconds Maria gets a text with "Rivera Plumbing"
Maria texts "kitchen sink is clogged, it can wait, Austin 78704"
Maria gets a text with "Reply 1, 2 or 3"
Maria opens the link and takes the second opening
Maria gets a text with "you are booked for"
Maria is in HubSpot once
Maria is in Google
"""


@pytest.fixture(autouse=True)
def untraced() -> Iterator[None]:
    yield
    traces.use(None)


def test_a_call_is_one_trace_up_to_its_text(world: World) -> None:
    kept = InMemorySpanExporter()
    telling.tell(SimpleSpanProcessor(kept))
    world.call(CALLER, ring=20, outcome="no-answer")
    world.run(minutes=1)
    spans = {span.context.span_id: span for span in kept.get_finished_spans() if span.context}
    (sent,) = [span for span in spans.values() if span.name == "send"]
    assert way(sent, spans) == ["send", "hand over", "turn", "turn", "hook"]
    assert {trace_of(span) for span in line(sent, spans)} == {trace_of(sent)}
    message = models.Message.objects.get(purpose="first_text")
    handed = line(sent, spans)[1]
    assert dict(handed.attributes or {}) == {
        "answerback.message": message.id,
        "answerback.purpose": "first_text",
        "answerback.outcome": "sent",
        "answerback.failure": "",
        "answerback.attempt": 1,
    }
    told = " ".join(f"{span.name} {dict(span.attributes or {})} {span.status.description}" for span in spans.values())
    assert [word for word in (CALLER, CALLER[2:], "555", "Rivera", message.body[:20]) if word in told] == []


def test_a_provider_that_is_away_is_a_failed_step(world: World) -> None:
    kept = InMemorySpanExporter()
    telling.tell(SimpleSpanProcessor(kept))
    world.provider.unavailable(1)
    world.call(CALLER, ring=20, outcome="no-answer")
    world.run(minutes=1)
    sends = [span for span in kept.get_finished_spans() if span.name == "send"]
    assert [span.status.description for span in sends] == ["Unavailable", None]
    assert len({trace_of(span) for span in sends}) == 1


def test_copies_go_on_with_the_trace_of_the_call(transactional_db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    kept = InMemorySpanExporter()
    telling.tell(SimpleSpanProcessor(kept))
    assert play(read(BOOKED)).why == ""
    spans = {span.context.span_id: span for span in kept.get_finished_spans() if span.context}
    sent, *_ = [span for span in spans.values() if span.name == "send"]
    call, text = (next(span for span in spans.values() if says(span, "kind") == kind) for kind in ("call", "text"))
    assert (way(call, spans), way(text, spans)) == (["copy", "hook"], ["copy", "turn", "turn", "hook"])
    assert trace_of(text) == trace_of(sent)
    (entered,) = [span for span in spans.values() if span.name == "enter"]
    assert (way(entered, spans), entered.status.description) == (["enter", "turn"], None)
    told = " ".join([caplog.text, *(f"{span.name} {dict(span.attributes or {})}" for span in spans.values())])
    assert "entry.written" in told
    assert [word for word in (CALLER, CALLER[2:], "555", "Maria", "sink", "78704") if word in told] == []


def says(span: ReadableSpan, name: str) -> object:
    return (span.attributes or {}).get(f"answerback.{name}")


def test_without_a_collector_nothing_is_made_and_rows_carry_nothing(world: World) -> None:
    world.call(CALLER, ring=20, outcome="no-answer")
    world.run(minutes=1)
    assert traces.begin("turn", "consumer", None) is traces.NOTHING
    assert models.Event.objects.exclude(trace=None).count() == 0
    assert models.Message.objects.exclude(trace=None).count() == 0


def test_a_collector_gets_them_by_otlp_over_http(settings: SettingsWrapper) -> None:
    came: list[tuple[str, bytes]] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Collector)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.TRACES_URL = environment({"ANSWERBACK_TRACES": f"http://127.0.0.1:{server.server_port}"}).traces_url
    provider = telling.begin()
    assert provider is not None
    with traces.step("hook", "server", provider="twilio"):
        pass
    provider.force_flush()
    provider.shutdown()
    server.shutdown()
    server.server_close()
    ((path, body),) = came
    (resource,) = ExportTraceServiceRequest.FromString(body).resource_spans
    (span,) = resource.scope_spans[0].spans
    named = {each.key: each.value.string_value for each in resource.resource.attributes}
    assert (path, span.name, named["service.name"]) == ("/v1/traces", "hook", "answerback")
    assert {each.key: each.value.string_value for each in span.attributes} == {"answerback.provider": "twilio"}


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"ANSWERBACK_TRACES is 'collector'"):
        environment({"ANSWERBACK_TRACES": "collector"})


def line(span: ReadableSpan, spans: dict[int, ReadableSpan]) -> list[ReadableSpan]:
    """This span and what led to it, back to the first."""
    found = [span]
    while span.parent is not None:
        span = spans[span.parent.span_id]
        found.append(span)
    return found


def way(span: ReadableSpan, spans: dict[int, ReadableSpan]) -> list[str]:
    return [each.name for each in line(span, spans)]


def trace_of(span: ReadableSpan) -> int:
    assert span.context is not None
    return span.context.trace_id
