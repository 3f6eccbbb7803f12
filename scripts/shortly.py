"""Runs uv and passes on what it says, but not a line for each package; `scripts/setup.sh` uses it.

    python scripts/shortly.py uv sync --locked

Warnings, errors and sums stay as they are, and the exit code is the command's. On a terminal what comes just now is
shown on one line that is written over. Needs Python 3.11 alone: it runs before anything is installed.
"""

import re
import subprocess
import sys
from typing import IO

EACH = re.compile(r" [-+~] \S+(==\S+( \(from \S+\))?| \(from \S+\))$")
COMES = re.compile(r" *(Downloading|Downloaded|Building|Built) \S")
OVER = "\r\033[K"


def main(command: list[str]) -> int:
    """The exit code of the command."""
    try:
        running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace")
    except OSError as problem:
        sys.stderr.write(f"{command[0]}: {problem.strerror}\n")
        return 127
    with running:
        try:
            if running.stderr:
                _pass_on(running.stderr, over=sys.stderr.isatty())
            return running.wait()
        except KeyboardInterrupt:  # the command has heard it too
            running.wait()
            return 130


def _pass_on(lines: IO[str], *, over: bool) -> None:
    for line in lines:
        said = line.rstrip("\n")
        if EACH.match(said):
            continue
        if not COMES.match(said):
            sys.stderr.write(f"{OVER if over else ''}{said}\n")
        elif over:
            sys.stderr.write(f"{OVER}{said.strip()[:70]}")
        sys.stderr.flush()
    if over:
        sys.stderr.write(OVER)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
