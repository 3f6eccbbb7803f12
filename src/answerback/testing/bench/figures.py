"""What `make bench` measures and how it is shown. Django is set up before this module is imported."""

import argparse
import json
import statistics
from dataclasses import asdict
from typing import Any

from django.db import connection
from rich.console import Console
from rich.table import Table

from answerback.store import models
from answerback.testing.bench import chaos, floor, growth, outbox, pure
from answerback.testing.bench.product import Product
from answerback.testing.bench.storm import Phase, calls, open_shop, replies

console = Console(highlight=False, width=140)
BATCHES = (1, 10, 50, 200)
PEERS = 5_000_000
"""The peer's callers are other people than the product's."""


def run(product: Product, wanted: "argparse.Namespace") -> None:
    """Measure what is wanted and print it."""
    found: dict[str, Any] = {}
    open_shop(product)
    calls(product, 200, first=900_000)
    found["storm"] = _storm(product, wanted.calls, wanted.rounds)
    found["floor"] = _floor(product, wanted.calls)
    if wanted.kills:
        found["kills"] = _kills(product, wanted.calls, wanted.kills)
    if wanted.leads:
        found["growth"] = _growth(product, wanted.leads)
    found["batches"] = _batches(product)
    found["pure"] = {"decisions": pure.decisions_per_second(), "readings": pure.readings_per_second()}
    _print_ratios(found)
    if wanted.json:
        print(json.dumps(found, indent=2))  # noqa: T201


def _storm(product: Product, count: int, rounds: int) -> dict[str, Any]:
    texts, answers, bare = [], [], []
    with outbox.running(product) as peer:
        calls(product, 200, first=PEERS + 900_000, at=peer)
        for each in range(rounds):
            console.print(
                f"storm {each + 1} of {rounds}: {count} calls, {count} replies, {count} calls at the peer ..."
            )
            first = each * count
            texts.append(calls(product, count, first=first)[0])
            answers.append(replies(product, count, first=first)[0])
            bare.append(calls(product, count, first=PEERS + first, at=peer)[0])
    table = Table(
        "",
        "accepted/s",
        "texted/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "our CPU ms",
        "PG CPU ms",
        "MB",
        "refused",
        "lost",
        "doubled",
    )
    shown = (("missed call to first text", texts), ("reply to next question", answers), ("bare outbox, the peer", bare))
    for name, phases in shown:
        table.add_row(name, *(_figure(phases, field) for field in _FIELDS))
    console.print(table)
    console.print(f"cold start {product.cold_start:.1f} s (processes started to the first answer)")
    found = {"calls": texts, "replies": answers, "peer": bare}
    return {name: [asdict(phase) for phase in phases] for name, phases in found.items()}


_FIELDS = (
    "accepted_per_second",
    "texted_per_second",
    "p50",
    "p95",
    "p99",
    "ours_ms",
    "postgres_ms",
    "ours_mb",
    "refused",
    "lost",
    "doubled",
)


def _figure(phases: list[Phase], field: str) -> str:
    values = [getattr(phase, field) for phase in phases]
    middle = statistics.median(values)
    return (
        f"{sum(values)}"
        if field in {"refused", "lost", "doubled"}
        else f"{middle:.2f}"
        if middle < 10
        else f"{middle:.0f}"
    )


def _floor(product: Product, count: int) -> dict[str, float]:
    line = models.Line.objects.get(business_id=product.business)
    shop = {"business": product.business, "line": line.id, "connection": product.connection}
    shop["playbook"] = models.Business.objects.get(id=product.business).playbook_id or 0
    url = product.database.url if product.database else ""
    single = floor.calls_per_second(url, shop, count * 2, batch=1, connections=16)
    models.Message.objects.filter(purpose="floor").delete()
    _forget_floor()
    batched = floor.calls_per_second(url, shop, count * 10, batch=32, connections=2)
    _forget_floor()
    console.print(f"floor: {single:.0f} calls/s one by one over 16 connections, {batched:.0f} in batches of 32 over 2")
    return {"one_by_one": single, "batched": batched}


def _forget_floor() -> None:
    with connection.cursor() as cursor:
        for table in ("message", "lead", "event"):
            cursor.execute(
                f"DELETE FROM {table} t USING conversation c, contact k WHERE t.conversation_id = c.id "  # noqa: S608
                "AND c.contact_id = k.id AND k.number LIKE '+1737%%'"
            )
        cursor.execute(
            "DELETE FROM conversation c USING contact k WHERE c.contact_id = k.id AND k.number LIKE '+1737%%'"
        )
        cursor.execute("DELETE FROM contact WHERE number LIKE '+1737%%'")


def _batches(product: Product) -> dict[int, float]:
    worker = product.children[1]
    worker.stop()
    worker.ended(30)
    found = {batch: pure.turns_per_second(product, batch, max(200, batch * 5)) for batch in BATCHES}
    console.print("turns a second by batch: " + ", ".join(f"{batch}: {rate:.0f}" for batch, rate in found.items()))
    return found


def _growth(product: Product, sizes: list[int]) -> dict[int, dict[str, Any]]:
    found = {}
    for size in sizes:
        growth.fill(product, size)
        phase, _ = calls(product, 1000, first=1_000_000 + size)
        console.print(
            f"with {size:>9,} leads there: {phase.texted_per_second:.0f} texted/s, p99 {phase.p99:.0f} ms, "
            f"CPU {phase.ours_ms + phase.postgres_ms:.2f} ms a call"
        )
        found[size] = asdict(phase)
    return found


def _kills(product: Product, count: int, storms: int) -> list[dict[str, Any]]:
    found = []
    for seed in range(storms):
        phase, kills = chaos.storm(product, count, first=3_000_000 + seed * count, seed=seed)
        console.print(
            f"storm with kills {kills}: lost {phase.lost}, doubled {phase.doubled}, p99 {phase.p99 / 1000:.1f} s"
        )
        found.append({"kills": kills, **asdict(phase)})
    connection.close()  # it was killed with the server
    return found


def _print_ratios(found: dict[str, Any]) -> None:
    mine, theirs = found["storm"]["calls"], found["storm"]["peer"]
    rate = statistics.median(phase["texted_per_second"] for phase in mine)
    ratios = [ours["texted_per_second"] / bare["texted_per_second"] for ours, bare in zip(mine, theirs, strict=True)]
    floor_rate = found["floor"]["one_by_one"]
    console.print(
        f"[b]against the bare outbox in this run: {statistics.median(ratios):.2f}[/] (round by round "
        f"{', '.join(f'{ratio:.2f}' for ratio in ratios)}); against the floor: {rate / floor_rate:.2f} "
        f"({rate:.0f} of {floor_rate:.0f} calls/s)"
    )
    console.print(f"pure: {found['pure']['decisions']:.0f} decisions/s, {found['pure']['readings']:.0f} texts read/s")
