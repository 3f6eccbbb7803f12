"""What supervisors, balancers and Prometheus are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from answerback.server import doctor, health, setting_up
from answerback.testing.world import World
from answerback.workflow import beats

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

ANN = "+15125550131"


def test_ready_says_what_it_looked_at(world: World) -> None:
    assert _ready() == (200, ["database: ok", "migrations: ok", "disk: ok", "worker: none"])
    beats.beat()
    assert _ready("?worker") == (200, ["database: ok", "migrations: ok", "disk: ok", "worker: ok (1)"])


def test_web_process_stays_ready_without_a_worker_and_an_alarm_can_ask_for_one(world: World) -> None:
    beats.beat()
    world.clock.move_to(world.now + timedelta(seconds=31))
    said = ["database: ok", "migrations: ok", "disk: ok", "worker: none, the last was heard 31 s ago"]
    assert _ready() == (200, said)
    assert _ready("?worker") == (503, said)
    beats.ended()
    assert _ready("?worker")[1][-1] == "worker: none"


def test_not_ready_without_the_database_and_ready_again_after(
    world: World, away: Callable[[], AbstractContextManager[None]]
) -> None:
    with away():
        assert _ready() == (503, ["database: away"])
        assert Client().get("/healthz").status_code == 200
    assert _ready()[0] == 200


@pytest.fixture
def full() -> Iterator[None]:
    """What is asked of the database finds no room on its disk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION public.array_fill(text, int[]) RETURNS text[] LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'could not write' USING ERRCODE = 'disk_full'; END $$; "
            "SET search_path = public, pg_catalog"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET search_path; DROP FUNCTION public.array_fill(text, int[])")


def test_not_ready_while_the_databases_disk_is_full(world: World, full: None) -> None:
    assert _ready() == (503, ["database: ok", "migrations: ok", "disk: the database's is full; free some of it"])
    assert [each.ok for each in doctor.findings() if each.name == "room"] == [False]


def test_not_ready_while_tables_are_behind(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_tables_seen", [])
    monkeypatch.setattr(setting_up, "waiting_migrations", lambda: ["a", "b"])
    assert _ready() == (503, ["database: ok", "migrations: 2 have not run; run answerback migrate"])


def test_metrics_say_what_waits_and_how_providers_answered(world: World) -> None:
    before = _metrics()
    world.provider.refuse()
    world.call(ANN)
    world.run(minutes=2)
    world.text(ANN, "water heater leaking")
    beats.beat()
    after = _metrics()
    assert after["answerback_up"] == 1
    assert after["answerback_workers"] == 1
    assert after['answerback_texts_waiting{status="queued"}'] == 0
    rose = {name: after[name] - before.get(name, 0) for name in after if "simulator" in name or name.endswith("_count")}
    assert rose['answerback_provider_errors_total{kind="refused",provider="simulator"}'] == 1
    assert sum(rose[name] for name in rose if name.startswith('answerback_hooks_total{provider="simulator"')) >= 2
    assert rose["answerback_event_wait_seconds_count"] >= 2


def test_lags_grow_while_nobody_works(world: World) -> None:
    from answerback.store import models

    world.call(ANN)
    business = models.Business.objects.get()
    crm = models.OutsideCrm.objects.create(business=business, provider="hubspot", sealed=b"", created_at=world.now)
    contact = models.Contact.objects.get()
    waiting = {"crm": crm, "business": business, "contact": contact, "kind": "contact", "local": contact.id}
    models.CrmCopy.objects.create(**waiting, due_at=world.now)
    world.clock.move_to(world.now + timedelta(minutes=10))
    seen = _metrics()
    labels = f'{{connection="{crm.id}",kind="crm",provider="hubspot"}}'
    assert seen[f"answerback_connector_lag_seconds{labels}"] == 600
    assert seen[f"answerback_connector_in_trouble{labels}"] == 0
    assert seen["answerback_events_waiting"] == 1
    assert 300 < seen["answerback_event_lag_seconds"] <= 600


def test_metrics_tell_of_a_database_that_is_away(
    world: World, away: Callable[[], AbstractContextManager[None]]
) -> None:
    with away():
        assert _metrics()["answerback_up"] == 0


@pytest.mark.parametrize(
    ("headers", "peer", "status"),
    [
        ({}, "127.0.0.1", 200),
        ({}, "::1", 200),
        ({}, "203.0.113.5", 403),
        ({}, "", 403),
        ({"X-Forwarded-For": "203.0.113.5"}, "127.0.0.1", 403),
        ({"Authorization": "Bearer right"}, "203.0.113.5", 200),
        ({"Authorization": "Bearer right", "X-Forwarded-For": "203.0.113.5"}, "127.0.0.1", 200),
        ({"Authorization": "Bearer wrong"}, "203.0.113.5", 403),
    ],
)
def test_metrics_are_for_this_machine_or_who_has_the_token(
    world: World, settings: SettingsWrapper, headers: dict[str, str], peer: str, status: int
) -> None:
    settings.METRICS_TOKEN = "right"
    assert Client().get("/metrics", headers=headers, REMOTE_ADDR=peer).status_code == status


def test_no_token_set_opens_nothing(world: World, settings: SettingsWrapper) -> None:
    settings.METRICS_TOKEN = ""
    answer = Client().get("/metrics", headers={"Authorization": "Bearer "}, REMOTE_ADDR="203.0.113.5")
    assert answer.status_code == 403


def _ready(query: str = "") -> tuple[int, list[str]]:
    answer = Client().get(f"/readyz{query}")
    return answer.status_code, answer.content.decode().splitlines()


def _metrics() -> dict[str, float]:
    text = Client().get("/metrics").content.decode()
    return {name: float(value) for name, value in re.findall(r"(?m)^(answerback_\S+) (\S+)$", text)}
