"""Tells traces to a collector that speaks OpenTelemetry's protocol (OTLP over HTTP), where `ANSWERBACK_TRACES` is set.

What leaves is the names of steps, how long each took, kinds and ids (`workflow.traces`); the message of an exception
never does. Sampling, headers and resource attributes follow OpenTelemetry's own variables (`OTEL_TRACES_SAMPLER`,
`OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_RESOURCE_ATTRIBUTES`).
"""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from answerback import __version__
from answerback.workflow import traces
from answerback.workflow.traces import Role

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.trace import Span as TheirSpan

HEADER = "traceparent"


def begin() -> "TracerProvider | None":
    """Tell traces from here on; does nothing where no collector is set. Raises `ImproperlyConfigured`."""
    if not settings.TRACES_URL:
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415  optional
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ModuleNotFoundError as problem:
        raise ImproperlyConfigured(
            "ANSWERBACK_TRACES is set and OpenTelemetry is not installed. Write: pip install 'answerback[traces]', "
            "or remove the setting."
        ) from problem
    return tell(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.TRACES_URL)))


def tell(processor: "SpanProcessor") -> "TracerProvider":
    """Tell this processor of every step from now on, instead of whoever was told before."""
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415  an optional dependency
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415

    resource = Resource.create({"service.name": "answerback", "service.version": __version__})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(processor)
    traces.use(_Tracer(provider))
    return provider


class _Tracer:
    """Makes OpenTelemetry's spans."""

    def __init__(self, provider: "TracerProvider") -> None:
        from opentelemetry.trace import SpanKind  # noqa: PLC0415  an optional dependency
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator  # noqa: PLC0415

        self._tracer = provider.get_tracer("answerback", __version__)
        self._kinds = SpanKind
        self._propagator = TraceContextTextMapPropagator()

    def begin(self, name: str, role: Role, parent: str | None, attributes: dict[str, str | int]) -> traces.Span:
        from opentelemetry.context import Context  # noqa: PLC0415  an optional dependency

        carried = {HEADER: parent} if parent else {}
        context = self._propagator.extract(carried, context=Context())
        named = {f"answerback.{key}": value for key, value in attributes.items()}
        kind = self._kinds[role.upper()]
        return _Span(self._tracer.start_span(name, context=context, kind=kind, attributes=named))


class _Span:
    """One of OpenTelemetry's spans, as a step of ours."""

    def __init__(self, span: "TheirSpan") -> None:
        self._span = span
        at = span.get_span_context()
        self._context = f"00-{at.trace_id:032x}-{at.span_id:016x}-{int(at.trace_flags):02x}"

    @property
    def context(self) -> str | None:
        return self._context

    def note(self, **attributes: str | int) -> None:
        self._span.set_attributes({f"answerback.{key}": value for key, value in attributes.items()})

    def failed(self, kind: str) -> None:
        from opentelemetry.trace import StatusCode  # noqa: PLC0415  an optional dependency

        self._span.set_status(StatusCode.ERROR, kind)

    def end(self) -> None:
        self._span.end()
