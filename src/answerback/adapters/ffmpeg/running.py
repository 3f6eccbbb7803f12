"""Runs a program as a confined child: bounded in processor time, memory, disk and by the clock, and stoppable.

Never here: what is run.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer

from answerback.ports.errors import Unavailable
from answerback.ports.video import Cancelled

MEBI = 1024 * 1024

LAUNCHER = Path(__file__).with_name("confined.py")

SAID_AT_MOST = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may take: seconds by the clock and of each processor, bytes of memory, bytes in one file."""

    seconds: int
    memory: int = 2048 * MEBI
    file: int = 512 * MEBI


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a child ended: its exit code, and the end of what it said on stderr."""

    code: int
    said: str


def run(
    command: Sequence[str],
    limits: Limits,
    *,
    folder: Path,
    hear: Callable[[str], bool] | None = None,
    stdin: bytes = b"",
) -> Ran:
    """Run it in this folder. `hear` is told each line of its output, and stops it by answering False.

    Raises `Unavailable` when its time by the clock or the processors' is up, `Cancelled` when `hear` stopped it.
    """
    with TemporaryFile() as told, TemporaryFile() as asked:
        asked.write(stdin)
        asked.seek(0)
        process = subprocess.Popen(
            confined(command, limits),
            cwd=folder,
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=told,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )
        assert process.stdout is not None
        timer = Timer(limits.seconds, process.kill)
        timer.start()
        try:
            stopped = _listened(process, hear)
        finally:
            late = not timer.is_alive()
            timer.cancel()
            process.kill()
            process.wait()
            process.stdout.close()
        if stopped:
            raise Cancelled
        if late or process.returncode == -signal.SIGXCPU:
            raise Unavailable(f"It took longer than {limits.seconds} seconds and was stopped.")
        told.seek(0, 2)
        told.seek(max(0, told.tell() - SAID_AT_MOST))
        return Ran(code=process.returncode, said=told.read().decode(errors="replace"))


def confined(command: Sequence[str], limits: Limits) -> list[str]:
    """The command as a confined child's: it inherits nothing but what is given."""
    of_processor = limits.seconds * (os.cpu_count() or 1)  # the threads of a decoder add up
    numbers = [str(of_processor), str(limits.memory), str(limits.file)]
    return [sys.executable, "-I", "-S", str(LAUNCHER), *numbers, *command]


def _listened(process: "subprocess.Popen[str]", hear: Callable[[str], bool] | None) -> bool:
    """Hear it out; True where `hear` wanted to hear no more."""
    assert process.stdout is not None
    for line in process.stdout:
        if hear is not None and not hear(line.strip()):
            process.kill()
            return True
    process.wait()
    return False
