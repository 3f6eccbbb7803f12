"""Starts the product as an operator would, with a pretend Twilio behind it, and reads what its processes use."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from answerback.server import embedded, processes, setting_up

LINE = "+15125550199"
ANSWER_MS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """CPU seconds so far and resident megabytes of the product's processes and of PostgreSQL's."""

    ours: float
    postgres: float
    ours_mb: float

    def since(self, before: "Use") -> "Use":
        """What was used since then; the memory is what is used now."""
        return Use(ours=self.ours - before.ours, postgres=self.postgres - before.postgres, ours_mb=self.ours_mb)


@dataclass(kw_only=True)
class Product:
    """A running product: its port, its children, its database, the pretend Twilio behind it."""

    port: int
    children: list[processes.Child]
    database: "embedded.Running | None"
    postmaster: int
    twilio: str
    twilio_token: str
    twilio_account: str
    cold_start: float
    connection: int = 0
    business: int = 0

    def use(self) -> Use:
        """What the processes have used so far."""
        ours = [child.pid for child in self.children if child.pid]
        return Use(
            ours=sum(cpu(pid) for pid in ours),
            postgres=cpu(self.postmaster),
            ours_mb=sum(memory(pid) for pid in ours),
        )

    def arrived(self) -> dict[str, list[int]]:
        """When each text arrived at the pretend Twilio: recipient -> times in `time.monotonic_ns`."""
        messages = self._state("")["messages"]
        return {to: [text["arrived_ns"] for text in texts] for to, texts in messages.items()}

    def taken(self) -> int:
        """How many texts the pretend Twilio has taken in all: cheap to ask, so that asking does not slow it down."""
        return int(self._state("?messages=0")["counters"].get("taken", 0))

    def _state(self, query: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self.twilio}/_state{query}", timeout=60) as answer:  # noqa: S310  loopback
            state: dict[str, Any] = json.load(answer)
        return state


@contextmanager
def running(*, quiet: bool = True) -> Iterator[Product]:
    """A product on an empty database in a temporary folder, stopped and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="answerback-bench-") as folder:
        Path(folder).chmod(0o755)
        os.environ["ANSWERBACK_VAR"] = folder
        twilio = _start_twilio()
        try:
            yield from _run(twilio, quiet=quiet)
        finally:
            twilio[0].terminate()
            twilio[0].wait()


def _run(twilio: tuple["subprocess.Popen[bytes]", dict[str, str]], *, quiet: bool) -> Iterator[Product]:
    began = time.monotonic()
    database = setting_up.prepare()
    setting_up.migrate()
    port = free_port()
    os.environ["ANSWERBACK_LOG"] = "WARNING"
    children = [
        processes.Child("web", ["web", "--port", str(port)], {"ANSWERBACK_PUBLIC_URL": f"http://127.0.0.1:{port}"}),
        processes.Child("worker", ["worker"], {"ANSWERBACK_PUBLIC_URL": ""}),
    ]
    together = processes.Together(children, database, print)
    before_children = time.monotonic()
    together.start()
    together.watch_in_background()
    wait_for(f"http://127.0.0.1:{port}/healthz")
    product = Product(
        port=port,
        children=children,
        database=database,
        postmaster=_postmaster(database),
        twilio=twilio[1]["api_base"],
        twilio_token=twilio[1]["auth_token"],
        twilio_account=twilio[1]["account_sid"],
        cold_start=time.monotonic() - before_children,
    )
    if not quiet:
        print(f"  database from nothing {before_children - began:.1f} s, product {product.cold_start:.1f} s")  # noqa: T201
    try:
        yield product
    finally:
        together.stop()


def _start_twilio() -> tuple["subprocess.Popen[bytes]", dict[str, str]]:
    command = [sys.executable, "-m", "answerback.testing.pretend_twilio", "--port", "0", "--delay-ms", str(ANSWER_MS)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


def _postmaster(database: "embedded.Running | None") -> int:
    if database is not None:
        return database.pid
    for process in psutil.process_iter(["name", "ppid"]):
        if process.info["name"] in {"postgres", "postmaster"} and process.info["ppid"] == 1:
            return int(process.pid)
    return 0


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, patience: float = 240) -> None:
    """Return once it answers; raises `TimeoutError` after so many seconds: a machine shared by many starts slowly."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(address, timeout=5):  # noqa: S310  loopback
            return
        time.sleep(0.02)
    raise TimeoutError(f"{address} does not answer.")


def cpu(pid: int) -> float:
    """Processor seconds of a process and all below it so far."""
    total = 0.0
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        times = root.cpu_times()
        total += times.user + times.system + times.children_user + times.children_system
        for child in root.children(recursive=True):
            with suppress(psutil.Error):
                spent = child.cpu_times()
                total += spent.user + spent.system
    return total


def memory(pid: int) -> float:
    """Resident megabytes of a process and all below it."""
    with suppress(psutil.Error):
        root = psutil.Process(pid)
        return sum(each.memory_info().rss for each in [root, *root.children(recursive=True)]) / 1e6
    return 0.0
