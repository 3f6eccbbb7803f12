"""What `make setup` says while packages come: progress in few lines, and every word of what went wrong."""

import subprocess
import sys
from pathlib import Path

SHORTLY = Path(__file__).parents[2] / "scripts" / "shortly.py"
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
