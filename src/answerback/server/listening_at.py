"""Where a web process listens, said in the var folder for as long as it runs, so that other commands print links that
lead there; and that only one demo runs in a folder.

What is said is the content of a file that its process keeps locked: the lock goes with the process however it ended.
"""

import os
import sys
import time
from pathlib import Path

if sys.platform != "win32":
    import fcntl

DEMO = "demo"
"""Who runs the demo says so under this name, from its first moment on."""

TRIES, BETWEEN = 20, 0.05
"""Somebody who just looks holds the lock for a moment."""

_kept: list[int] = []


def say(var: Path, name: str, address: str) -> bool:
    """Say that the process of this `name` (a database, or `DEMO`) listens at `address` for as long as this process
    lives. False where another one has said so already. The folder is there.
    """
    opened = os.open(_file(var, name), os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    for _ in range(TRIES):
        if _lock(opened, alone=True):
            break
        time.sleep(BETWEEN)
    else:
        os.close(opened)
        return False
    os.truncate(opened, 0)
    os.pwrite(opened, address.encode(), 0)
    _kept.append(opened)
    return True


def address(var: Path, name: str) -> str:
    """Where the process of this `name` listens, such as `http://127.0.0.1:8707`; empty where none runs."""
    try:
        opened = os.open(_file(var, name), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        return "" if _lock(opened, alone=False) else os.pread(opened, 300, 0).decode(errors="replace")
    finally:
        os.close(opened)


def here(host: str, port: int) -> str:
    """The address by which one who sits at this machine reaches what listens there."""
    if host in {"0.0.0.0", "", "::"}:  # noqa: S104  it is asked about, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def by_name(address: str) -> str:
    """The same address for people: this machine by its name, as browsers make a passkey for none of a number."""
    return address.replace("//127.0.0.1:", "//localhost:")


def _file(var: Path, name: str) -> Path:
    return var / f"listening-{name.replace('/', '_')}"


def _lock(opened: int, *, alone: bool) -> bool:
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(opened, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
