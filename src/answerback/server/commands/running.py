"""`up`, `web`, `worker`, `migrate`: the processes of the product."""

import atexit
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Annotated

import typer
from rich.console import Console

from answerback.server import listening_at, processes, setting_up
from answerback.server.environment import database_name, var_folder

Port = Annotated[int, typer.Option(envvar="ANSWERBACK_PORT", help="The port the web process listens on.")]
Host = Annotated[str, typer.Option(envvar="ANSWERBACK_HOST", help="The address the web process listens on.")]

console = Console(stderr=True, highlight=False)


def up(port: Port = 8707, host: Host = "127.0.0.1") -> None:
    """Run everything in this terminal: database, web and worker. One Ctrl-C stops it all."""
    processes.look_at_port(port, host, "up")
    database = setting_up.prepare(announce=console.print)
    ran = setting_up.migrate()
    console.print(f"Database ready{f', {ran} migrations applied' if ran else ''}.")
    together = processes.Together(children(port, host), database, console.print)
    together.start()
    console.print(f"answerback is at {listening_at.by_name(listening_at.here(host, port))}  (Ctrl-C stops it)")
    if setting_up.is_nobodys():
        console.print("Nobody can sign in yet. In another terminal: answerback invite you@example.com")
    together.watch()


def web(
    port: Port = 8707,
    host: Host = "127.0.0.1",
    processes_: Annotated[int, typer.Option("--processes", help="How many web processes share the port.")] = 1,
    threads: Annotated[
        int, typer.Option(envvar="ANSWERBACK_THREADS", min=1, help="Pages one process works on at a time.")
    ] = 32,
) -> None:
    """Run the web process: hooks, console, booking pages. Any number, on any machine."""
    os.environ["ANSWERBACK_PORT"] = str(port)
    os.environ["ANSWERBACK_THREADS"] = str(threads)
    if processes_ > 1:
        _measure_together(os.environ)
    setting_up.prepare(announce=console.print)
    _refuse_old_tables()
    with suppress(OSError):  # a folder that cannot be written to: links that commands print need a port in them then
        listening_at.say(var_folder(), database_name(), listening_at.here(host, port))
    from granian import Granian  # noqa: PLC0415  slow, and only this command needs it
    from granian.constants import Interfaces  # noqa: PLC0415

    processes.end_with_parent()
    server = Granian(
        "answerback.server.web:application",
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=processes_,
        backpressure=threads * 8,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_level="error",  # type: ignore[arg-type]
    )
    server.serve()


def worker(
    listen_: Annotated[bool, typer.Option("--listen", help="Also do what `answerback listen` does.")] = False,
) -> None:
    """Run a worker: turns, texts, reconciliation, background tasks. Any number, on any machine."""
    setting_up.prepare(announce=console.print)
    _refuse_old_tables()
    from answerback import understanding  # noqa: PLC0415  of no other command's business
    from answerback.server import wiring  # noqa: PLC0415  needs Django
    from answerback.workflow.listening import Listening  # noqa: PLC0415
    from answerback.workflow.worker import Worker  # noqa: PLC0415

    wiring.wire()
    working, listening = Worker(), Listening() if listen_ else None
    stopping = _until_stopped()
    understanding.load()
    processes.keep_what_is_loaded()
    working.start()
    _answer_metrics()
    if listening:
        listening.start()
    stopping.wait()
    if listening:
        listening.stop()
    working.stop()


def listen() -> None:
    """Stay connected to phone systems that do not call us (Asterisk), and ask those with only a list."""
    setting_up.prepare(announce=console.print)
    _refuse_old_tables()
    from answerback.server import wiring  # noqa: PLC0415  needs Django
    from answerback.workflow.listening import Listening  # noqa: PLC0415

    wiring.wire()
    listening, stopping = Listening(), _until_stopped()
    listening.start()
    stopping.wait()
    listening.stop()


def migrate() -> None:
    """Bring the database's tables up to date."""
    setting_up.prepare(announce=console.print)
    ran = setting_up.migrate()
    console.print(f"{ran} migrations applied." if ran else "The tables are up to date.")


def children(port: int, host: str = "127.0.0.1") -> list[processes.Child]:
    """The web and worker processes of `up`."""
    environment = {"ANSWERBACK_PORT": str(port)}
    _measure_together(environment)
    return [
        processes.Child("web", ["web", "--port", str(port), "--host", host], environment),
        processes.Child("worker", ["worker", "--listen"], environment),
    ]


def _measure_together(environment: MutableMapping[str, str]) -> None:
    """Let processes of this machine that are started with `environment` add up what they measure in one folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="answerback-metrics-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        environment["PROMETHEUS_MULTIPROC_DIR"] = folder


def _answer_metrics() -> None:
    """Answer a worker's `/metrics` where `ANSWERBACK_METRICS` says; a worker has no other address."""
    from django.conf import settings  # noqa: PLC0415  needs Django
    from prometheus_client import start_http_server  # noqa: PLC0415

    from answerback.server.metrics import everything  # noqa: PLC0415

    host, _, port = settings.METRICS_AT.rpartition(":")
    if port:
        start_http_server(int(port), addr=host.strip("[]"), registry=everything())


def _until_stopped() -> threading.Event:
    """What is set when this process is asked to end, or its parent is gone."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    processes.end_with_parent()
    return stopping


def _refuse_old_tables() -> None:
    if waiting := setting_up.waiting_migrations():
        console.print(f"The database's tables are {len(waiting)} migrations behind. Run: answerback migrate")
        raise typer.Exit(1)
