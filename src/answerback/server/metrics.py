"""Answers `/metrics` in Prometheus's format: what waits right now over the whole installation, read from the rows, and
what the processes have measured of their own work (`workflow.meters`).

Only for who has the token (`ANSWERBACK_METRICS_TOKEN`) or asks from this machine, not through a proxy.
"""

import hmac
import os
from collections.abc import Iterable
from ipaddress import ip_address

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from answerback.store.queries import operating
from answerback.store.queries.operating import Backlog, ConnectorLag
from answerback.store.queries.rows import Cursor
from answerback.workflow import clock, transaction

FORWARDED = ("X-Forwarded-For", "X-Real-Ip", "Forwarded")


def metrics(request: HttpRequest) -> HttpResponse:
    """Everything, as text; 403 for strangers."""
    if not _may_see(request):
        return HttpResponse("Not for you: send the token of ANSWERBACK_METRICS_TOKEN as a bearer.\n", status=403)
    return HttpResponse(generate_latest(everything()), content_type=CONTENT_TYPE_LATEST)


def everything() -> CollectorRegistry:
    """What waits, and what was measured: by this process, or by all that share `PROMETHEUS_MULTIPROC_DIR`."""
    registry = CollectorRegistry()
    registry.register(Waiting())
    registry.register(_Measured())
    return registry


class Waiting(Collector):
    """What waits right now; only `answerback_up` 0 while the database is away."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One family after the other, from one short transaction."""
        try:
            backlog, lags, tasks, workers = transaction.run(_read)
        except Error:
            connection.close()
            yield _gauge("answerback_up", "Whether the database answers.", 0)
            return
        yield _gauge("answerback_up", "Whether the database answers.", 1)
        yield _gauge("answerback_events_waiting", "Conversations whose turn is due.", backlog.events)
        yield _gauge("answerback_event_lag_seconds", "How long the oldest of them waits.", backlog.event_lag)
        yield _by("answerback_texts_waiting", "Texts not yet taken by a provider.", "status", backlog.texts)
        yield _gauge("answerback_text_lag_seconds", "How long the oldest due text waits.", backlog.text_lag)
        yield _gauge("answerback_conversations_stuck", "Conversations that could not take their turn.", backlog.stuck)
        yield _gauge("answerback_pages_open", "People being woken for an emergency nobody has taken.", backlog.pages)
        yield _by("answerback_tasks", "Background tasks that are not done.", "status", tasks)
        yield _gauge("answerback_workers", "Workers heard of in the last 30 seconds.", sum(s < 30 for s in workers))
        yield from _connectors(lags)


def _read(cursor: Cursor) -> tuple[Backlog, list[ConnectorLag], dict[str, int], list[float]]:
    now = clock.now()
    return (
        operating.backlog(cursor, now),
        operating.connector_lags(cursor, now),
        operating.tasks(cursor),
        operating.workers(cursor, now),
    )


def _connectors(lags: list[ConnectorLag]) -> Iterable[GaugeMetricFamily]:
    labels = ["kind", "provider", "connection"]
    lag = GaugeMetricFamily(
        "answerback_connector_lag_seconds", "Since it was last looked after; of a CRM, its oldest copy.", labels=labels
    )
    trouble = GaugeMetricFamily("answerback_connector_in_trouble", "Whether something is wrong with it.", labels=labels)
    for each in lags:
        lag.add_metric([each.kind, each.provider, str(each.id)], each.seconds)
        trouble.add_metric([each.kind, each.provider, str(each.id)], each.in_trouble)
    return lag, trouble


class _Measured(Collector):
    """What the processes have measured, whichever way they share it."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
            yield from REGISTRY.collect()  # type: ignore[misc]
            return
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        yield from shared.collect()  # type: ignore[misc]


def _gauge(name: str, help_: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_, value=value)


def _by(name: str, help_: str, label: str, values: dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, help_, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _may_see(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if settings.METRICS_TOKEN and hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return True
    # Behind a proxy on this machine every request comes from this machine; the proxy says for whom.
    if any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
