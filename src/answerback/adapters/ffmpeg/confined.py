"""Becomes another program that may take only so much: seconds of processor, bytes of memory, bytes in one file.

Run as a file, before anything of ours is imported: it sets the limits on itself and then *is* that program, so nothing
a hostile file does to a decoder reaches further. Never here: which program, or what its limits are.
"""

import os
import resource
import sys


def main() -> None:
    """`confined.py CPU_SECONDS MEMORY_BYTES FILE_BYTES PROGRAM [ARGUMENT...]`."""
    seconds, memory, file = (int(each) for each in sys.argv[1:4])
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file),
        (resource.RLIMIT_CORE, 0),
    ):
        _limit(kind, most)
    os.nice(10)  # texts go first
    os.execv(sys.argv[4], sys.argv[4:])  # noqa: S606  it is the point


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    at_last = most + 1 if kind == resource.RLIMIT_CPU else most  # told by SIGXCPU first: a plain kill says not why
    if hard != resource.RLIM_INFINITY:
        most, at_last = min(most, hard), min(at_last, hard)
    try:
        resource.setrlimit(kind, (most, at_last))
    except (OSError, ValueError):
        # macOS knows no limit on address space; the other limits and the caller's clock still hold.
        print(f"confined: no limit of kind {kind} here", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
