"""Kills web, worker and PostgreSQL with SIGKILL in the middle of a storm, again and again, and counts what was lost
or doubled.

Deliveries without a 2xx are repeated, as a provider would. Every call that was answered 2xx must lead to exactly one
text.
"""

import os
import random
import signal
import threading
import time
from collections.abc import Callable

import psutil

from answerback.testing.bench.product import Product, wait_for
from answerback.testing.bench.storm import Phase, calls

EVERY = (0.3, 1.2)


def storm(product: Product, count: int, *, first: int, seed: int) -> tuple[Phase, dict[str, int]]:
    """A storm of `count` calls while the product's processes are killed at random; returns what came of it and the
    kills.
    """
    stop = threading.Event()
    kills: dict[str, int] = {}
    killer = threading.Thread(target=_kill, args=(product, stop, kills, random.Random(seed)), daemon=True)
    killer.start()
    stopper = threading.Timer(8.0, stop.set)
    stopper.start()
    phase, _ = calls(product, count, first=first, again=True)
    stop.set()
    killer.join()
    wait_for(f"http://127.0.0.1:{product.port}/healthz")  # what is measured next is no product that starts again
    return phase, kills


def _kill(product: Product, stop: threading.Event, kills: dict[str, int], chance: random.Random) -> None:
    targets: dict[str, Callable[[], int | None]] = {
        "web": lambda: _deepest(product.children[0].pid),
        "web parent": lambda: product.children[0].pid,
        "worker": lambda: product.children[1].pid,
        "postgres": lambda: product.database.pid if product.database else None,
    }
    while not stop.wait(chance.uniform(*EVERY)):
        name = chance.choice(list(targets))
        pid = targets[name]()
        if pid is None:
            continue
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        kills[name] = kills.get(name, 0) + 1
        time.sleep(0.05)


def _deepest(pid: int | None) -> int | None:
    """The process that serves requests: Granian's child."""
    if pid is None:
        return None
    try:
        return next((child.pid for child in psutil.Process(pid).children(recursive=True)[::-1]), pid)
    except psutil.Error:
        return None
