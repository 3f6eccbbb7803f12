"""Runs web, worker and database together in one terminal: starts them, restarts what dies, stops all on one Ctrl-C.

A child ends by itself when its parent is gone, however the parent went.
"""

import errno
import gc
import multiprocessing
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from answerback.server import embedded

FIRST_WAIT = 0.2
LONGEST_WAIT = 5.0
STOP_PATIENCE = 30.0


class PortTaken(Exception):
    """Somebody else listens on the port; the message says how to choose another."""


class AlreadyRuns(Exception):
    """The same runs in the same folder already; the message says where, and what to do."""


def look_at_port(port: int, host: str, command: str) -> None:
    """Raise `PortTaken` where this port is not free, before anything is begun that would have to be undone."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                return  # a port or an address that is not for us: the web process says so
            raise PortTaken(
                f"Port {port} is taken, perhaps by another answerback that runs already: http://{host}:{port}. "
                f"Nothing was started. Stop that one, or choose another port: {program()} {command} --port {port + 1}"
            ) from None


def program() -> str:
    """The words this program is called by in the terminal it was started in: `make demo` has it on no path."""
    called = sys.argv[0]
    if shutil.which("answerback") or Path(called).name != "answerback":
        return "answerback"
    return shlex.quote(called)


class Child:
    """One process of ours that is kept running."""

    def __init__(self, name: str, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "answerback.server", *arguments]
        self._environment = {**os.environ, **environment, "ANSWERBACK_PARENT": str(os.getpid())}
        self._process: subprocess.Popen[bytes] | None = None
        self._wait = FIRST_WAIT
        self._not_before = 0.0
        self._started = 0.0

    @property
    def pid(self) -> int | None:
        """The process's id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def keep(self, announce: Callable[[str], None]) -> None:
        """Start it if it does not run; one that keeps dying is started less often."""
        if self.pid is not None or time.monotonic() < self._not_before:
            return
        if self._process is not None:
            announce(f"The {self.name} process ended (exit {self._process.returncode}). Starting it again.")
            lived = time.monotonic() - self._started
            self._wait = FIRST_WAIT if lived > LONGEST_WAIT else min(self._wait * 2, LONGEST_WAIT)
            self._not_before = time.monotonic() + self._wait
        self._started = time.monotonic()
        self._process = subprocess.Popen(self._command, env=self._environment, start_new_session=True)

    def stop(self) -> None:
        """Ask it to finish what it has in hand and end."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def ended(self, patience: float) -> None:
        """Wait for it to end; out of patience it is killed, which loses nothing but time."""
        if self._process is None:
            return
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Together:
    """Web, worker and, where it is ours, the embedded database."""

    def __init__(
        self, children: Sequence[Child], database: "embedded.Running | None", announce: Callable[[str], None]
    ) -> None:
        self.children = children
        self._database = database
        self._announce = announce
        self._stopping = threading.Event()
        self._changing = threading.Lock()

    def start(self) -> None:
        """Start all children."""
        for child in self.children:
            child.keep(self._announce)

    def watch(self) -> None:
        """Keep everything running until a signal or `ask_to_stop`, then stop in order."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stopping.set())
        try:
            while not self._stopping.wait(0.25):
                self._keep()
        finally:
            self.stop()

    def watch_in_background(self) -> None:
        """Keep everything running from a thread; `stop` ends it."""
        threading.Thread(target=self._keep_until_stopped, daemon=True, name="keep-running").start()

    def stop(self) -> None:
        """Stop the children, then the database if this process started it."""
        self._stopping.set()
        with self._changing:  # from here on nothing is started again
            for child in self.children:
                child.stop()
        for child in self.children:
            child.ended(STOP_PATIENCE)
        if self._database is not None and self._database.started:
            self._database.stop()

    def _keep_until_stopped(self) -> None:
        while not self._stopping.wait(0.25):
            self._keep()

    def _keep(self) -> None:
        with self._changing:
            if self._stopping.is_set():
                return
            if self._database is not None:
                try:
                    self._database.ensure_running()
                except embedded.EmbeddedDatabaseError as problem:
                    self._announce(str(problem))
                    return
            for child in self.children:
                child.keep(self._announce)


def keep_what_is_loaded() -> None:
    """Spare the garbage collector what is loaded by now: it stays until the process ends.

    In a storm a text makes some thousand short-lived values and no cycles; looking for cycles as often as Python does
    by itself cost a twentieth of all processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def end_with_parent() -> None:
    """End this process within a second after the one that started it (`up`, or a web process its worker) is gone."""
    within = multiprocessing.parent_process()
    parent = within.pid if within else int(os.environ.get("ANSWERBACK_PARENT", "0"))
    if parent:
        threading.Thread(target=_watch_parent, args=(parent,), daemon=True, name="parent-watch").start()


def _watch_parent(parent: int) -> None:
    # Not by asking whether the parent lives: one that was killed and that nobody waited for yet would seem to.
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(1)
