"""Processes of ours are kept running, and none outlives the end."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from answerback.server import processes
from answerback.server.processes import Child, Together

PATIENCE = 60.0


def until(so: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if so():
            return True
        time.sleep(0.02)
    return False


def child(program: str, name: str = "web") -> Child:
    """A child that runs this Python program instead of one of our commands."""
    made = Child(name, [], {})
    made._command = [sys.executable, "-c", program]
    return made


SLEEPS = "import time; time.sleep(600)"
IGNORES_TERM = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
)


def test_child_that_is_killed_is_started_again_and_told() -> None:
    said: list[str] = []
    ours = Together([child(SLEEPS)], None, said.append)
    ours.start()
    ours.watch_in_background()
    try:
        first = ours.children[0].pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        assert until(lambda: ours.children[0].pid not in (None, first))
    finally:
        ours.stop()
    assert said == ["The web process ended (exit -9). Starting it again."]
    assert ours.children[0].pid is None


def test_child_that_keeps_dying_is_started_less_and_less_often(monkeypatch: pytest.MonkeyPatch) -> None:
    one = child("pass")
    waits = []
    for _ in range(7):
        one._not_before = 0.0
        one.keep(lambda _: None)
        waits.append(one._wait)
        one.ended(PATIENCE)
    assert waits == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


def test_nothing_is_started_again_once_the_end_has_begun() -> None:
    ours = Together([child(SLEEPS), child(SLEEPS, "worker")], None, lambda _: None)
    ours.start()
    pids = [each.pid for each in ours.children]
    ours.stop()
    ours._keep()
    assert [each.pid for each in ours.children] == [None, None]
    assert not any(psutil.pid_exists(pid) for pid in pids if pid)


def test_child_that_does_not_listen_is_killed_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "STOP_PATIENCE", 0.5)
    ours = Together([child(IGNORES_TERM)], None, lambda _: None)
    ours.start()
    time.sleep(0.3)
    ours.stop()
    assert ours.children[0].pid is None


ENDS_WITH_PARENT = (
    "import time; from answerback.server.processes import end_with_parent; end_with_parent(); time.sleep(600)"
)


def starts(program: str, told: Path) -> str:
    """A program that starts another one as its child, as `up` does, and writes down the child's id."""
    return (
        "import subprocess, sys, os, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {program!r}],\n"
        "    env={**os.environ, 'ANSWERBACK_PARENT': str(os.getpid())}, start_new_session=True)\n"
        f"open({str(told)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(600)\n"
    )


def told_pid(told: Path) -> int:
    assert until(lambda: told.exists() and told.read_text() != "")
    return int(told.read_text())


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_child_ends_with_its_parent_however_that_went(tmp_path: Path) -> None:
    ours = psutil.Popen([sys.executable, "-c", starts(ENDS_WITH_PARENT, tmp_path / "pid")])
    pid = told_pid(tmp_path / "pid")
    ours.kill()
    ours.wait()
    assert until(lambda: is_gone(pid))


def test_child_ends_with_a_parent_that_nobody_has_waited_for(tmp_path: Path) -> None:
    ours = psutil.Popen([sys.executable, "-c", starts(ENDS_WITH_PARENT, tmp_path / "pid")])
    pid = told_pid(tmp_path / "pid")
    ours.kill()
    try:
        assert until(lambda: is_gone(pid))
    finally:
        ours.wait()


def test_worker_of_a_web_process_ends_with_it(tmp_path: Path) -> None:
    forks = (
        "import multiprocessing, time\n"
        "from answerback.server.processes import end_with_parent\n"
        "def serve(told):\n"
        "    end_with_parent()\n"
        "    open(told, 'w').write(str(__import__('os').getpid()))\n"
        "    time.sleep(600)\n"
        f"multiprocessing.get_context('fork').Process(target=serve, args=({str(tmp_path / 'worker')!r},)).start()\n"
        "time.sleep(600)\n"
    )
    ours = psutil.Popen([sys.executable, "-c", starts(forks, tmp_path / "web")])
    try:
        web, worker = told_pid(tmp_path / "web"), told_pid(tmp_path / "worker")
        os.kill(web, signal.SIGKILL)
        assert until(lambda: is_gone(worker))
    finally:
        ours.kill()
        ours.wait()


@pytest.mark.parametrize("command", ["demo", "up"])
def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        own = {"ANSWERBACK_VAR": str(tmp_path / "var"), "DATABASE_URL": ""}
        asked = [sys.executable, "-m", "answerback.server", command, "--port", str(port)]
        ran = subprocess.run(asked, env=os.environ | own, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout, [*tmp_path.iterdir()]) == (1, "", [])
    assert ran.stderr.strip() == (
        f"Port {port} is taken, perhaps by another answerback that runs already: http://127.0.0.1:{port}. "
        f"Nothing was started. Stop that one, or choose another port: answerback {command} --port {port + 1}"
    )


def test_who_has_not_activated_the_environment_is_told_the_command_that_they_can_type(tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "answerback"
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        own = {"ANSWERBACK_VAR": str(tmp_path / "var"), "DATABASE_URL": "", "PATH": "/usr/bin:/bin"}
        asked = [program, "demo", "--port", str(port)]
        ran = subprocess.run(asked, env=os.environ | own, capture_output=True, text=True, timeout=120, check=False)
    assert ran.stderr.strip().endswith(f"choose another port: {program} demo --port {port + 1}")
