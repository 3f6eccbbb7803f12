"""Sends prepared HTTP requests over a fixed number of kept-alive connections and notes when each went and was answered.

It runs in a process of its own, so that its work is not counted as the product's.
"""

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shot:
    """One request to send; `name` says for whom."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Hit:
    """What came of a shot: when it was sent and answered (`time.monotonic_ns`), and the status (0: no answer)."""

    name: str
    sent: int
    answered: int
    status: int


def fire(port: int, shots: Sequence[Shot], connections: int, *, again: bool = False) -> list[Hit]:
    """Send all shots in order, `connections` at a time, from another process; `again` repeats those without a 2xx."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_run, (port, list(shots), connections, again))


def _run(port: int, shots: list[Shot], connections: int, again: bool) -> list[Hit]:
    return asyncio.run(_fire(port, shots, connections, again))


async def _fire(port: int, shots: list[Shot], connections: int, again: bool) -> list[Hit]:
    waiting = iter(shots)
    hits: list[Hit] = []
    await asyncio.gather(*(_connection(port, waiting, hits, again) for _ in range(connections)))
    return hits


async def _connection(port: int, waiting: "object", hits: list[Hit], again: bool) -> None:
    wire: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    for shot in waiting:  # type: ignore[attr-defined]
        while True:
            sent = time.monotonic_ns()
            try:
                wire = wire or await asyncio.open_connection("127.0.0.1", port)
                wire[1].write(shot.data)
                status = await asyncio.wait_for(_answer(wire[0]), 15)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                wire, status = None, 0
            hits.append(Hit(shot.name, sent, time.monotonic_ns(), status))
            if 200 <= status < 300 or not again:
                break
            await asyncio.sleep(0.2)
    if wire:
        wire[1].close()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    if length:
        await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])
