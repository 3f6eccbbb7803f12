"""What `make bench` measures and how it is shown. Django is set up before this module is imported."""

import argparse
import json
import statistics
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import connection
from rich.console import Console
from rich.table import Table

from answerback.store import models
from answerback.testing.bench import chaos, floor, growth, node_red, outbox, pure
from answerback.testing.bench.product import Product
from answerback.testing.bench.storm import Phase, calls, open_shop, replies

console = Console(highlight=False, width=140)
BATCHES = (1, 10, 50, 200)
PEERS = {"the bare outbox": 5_000_000, "Node-RED": 6_500_000}
"""Every peer's first caller: nobody calls two of them, or a peer and the product."""


def run(product: Product, wanted: "argparse.Namespace") -> None:
    """Measure what is wanted and print it."""
    found: dict[str, Any] = {}
    open_shop(product)
    calls(product, 200, first=900_000)
    found["storm"] = _storm(product, wanted.calls, wanted.rounds, wanted.node_red)
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


def _storm(product: Product, count: int, rounds: int, node_red_folder: Path | None) -> dict[str, Any]:
    texts, answers = [], []
    theirs: dict[str, list[Phase]] = {}
    with ExitStack() as stack:
        peers = _peers(product, stack, node_red_folder)
        for name, peer in peers.items():
            calls(product, 200, first=PEERS[name] + 900_000, at=peer)
            theirs[name] = []
        for each in range(rounds):
            console.print(
                f"storm {each + 1} of {rounds}: {count} calls, {count} replies, {count} calls at each peer ..."
            )
            first = each * count
            texts.append(calls(product, count, first=first)[0])
            answers.append(replies(product, count, first=first)[0])
            for name, peer in peers.items():
                theirs[name].append(calls(product, count, first=PEERS[name] + first, at=peer)[0])
    _print_storm(product, {"missed call to first text": texts, "reply to next question": answers, **theirs})
    found = {"calls": texts, "replies": answers, **theirs}
    return {name: [asdict(phase) for phase in phases] for name, phases in found.items()}


def _peers(product: Product, stack: ExitStack, node_red_folder: Path | None) -> dict[str, outbox.Peer]:
    peers = {"the bare outbox": stack.enter_context(outbox.running(product))}
    if node_red_folder is not None:
        peers["Node-RED"] = stack.enter_context(node_red.running(product, node_red_folder))
    return peers


def _print_storm(product: Product, shown: dict[str, list[Phase]]) -> None:
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
    for name, phases in shown.items():
        table.add_row(name, *(_figure(phases, field) for field in _FIELDS))
    console.print(table)
    console.print(f"cold start {product.cold_start:.1f} s (processes started to the first answer)")


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
    mine, floor_rate = found["storm"]["calls"], found["floor"]["one_by_one"]
    rate = statistics.median(phase["texted_per_second"] for phase in mine)
    for name, theirs in found["storm"].items():
        if name not in {"calls", "replies"}:
            ratios = [
                ours["texted_per_second"] / peer["texted_per_second"] for ours, peer in zip(mine, theirs, strict=True)
            ]
            console.print(
                f"[b]against {name}, in this run: {statistics.median(ratios):.2f}[/] (round by round "
                f"{', '.join(f'{ratio:.2f}' for ratio in ratios)})"
            )
    console.print(f"against the floor: {rate / floor_rate:.2f} ({rate:.0f} of {floor_rate:.0f} calls/s)")
    console.print(f"pure: {found['pure']['decisions']:.0f} decisions/s, {found['pure']['readings']:.0f} texts read/s")
