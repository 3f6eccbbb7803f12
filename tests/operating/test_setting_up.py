"""What `make setup` says while packages come: progress in few lines, and every word of what went wrong."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHORTLY = ROOT / "scripts" / "shortly.py"
UV = """#!/bin/sh
test "$1" = --version && echo "uv 0.9.0" && exit
printf '%s' "${UV_CACHE_DIR:-its own}" >cache
mkdir -p .venv/bin
"""
"""What uv would do, as far as its cache goes."""
SAID = """Resolved 182 packages in 4ms
   Building answerback @ file:///home/dana/answerback
      Built answerback @ file:///home/dana/answerback
Downloading numpy (15.9MiB)
 Downloaded numpy
warning: Failed to hardlink files; falling back to full copy.
Prepared 3 packages in 1.03s
Uninstalled 1 package in 12ms
Installed 2 packages in 1.24s
 + aiohttp==3.14.5
 - babel==2.0
 ~ answerback==0.1.0 (from file:///home/dana/answerback)
error: Failed to fetch: `https://example.com/simple/numpy/`
  Caused by: dns error
 + the line a compiler said
"""


def _run(script: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, str(SHORTLY), "sh", "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


def test_packages_are_not_listed_one_by_one() -> None:
    """Some 175 lines ran by before `make demo` said anything of its own."""
    assert _run(f"cat >&2 <<'SAID'\n{SAID}SAID\nexit 2") == (2, [
        "Resolved 182 packages in 4ms",
        "warning: Failed to hardlink files; falling back to full copy.",
        "Prepared 3 packages in 1.03s",
        "Uninstalled 1 package in 12ms",
        "Installed 2 packages in 1.24s",
        "error: Failed to fetch: `https://example.com/simple/numpy/`",
        "  Caused by: dns error",
        " + the line a compiler said",
    ])  # fmt: skip


def test_a_command_that_is_not_there_is_told_as_a_shell_does() -> None:
    done = subprocess.run([sys.executable, str(SHORTLY), "./no-uv"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (127, "./no-uv: No such file or directory\n")


@pytest.mark.parametrize(("home", "cache"), [("a home", "its own"), ("no home", ".uv/cache")])
def test_packages_come_also_where_the_home_cannot_be_written(tmp_path: Path, home: str, cache: str) -> None:
    """`make demo` as a user of a service gave up on uv's cache, and gave a network or a lock file as the cause."""
    (tmp_path / "a home").mkdir()
    (tmp_path / "no home").touch()
    project = tmp_path / "the project"
    (project / "scripts").mkdir(parents=True)
    for name in ("pyproject.toml", "uv.lock", "scripts/setup.sh", "scripts/shortly.py"):
        shutil.copy(ROOT / name, project / name)
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "uv").write_text(UV, encoding="utf-8")
    (programs / "uv").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name not in {"UV_CACHE_DIR", "XDG_CACHE_HOME"}}
    own = {"HOME": str(tmp_path / home), "PATH": f"{programs}:/usr/bin:/bin", "PYTHON": sys.executable}
    done = subprocess.run(
        ["sh", "scripts/setup.sh"],
        cwd=project,
        env={**kept, **own, "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, (project / "cache").read_text(encoding="utf-8")) == (0, cache), done.stderr
