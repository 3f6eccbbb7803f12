"""How long the studio draws half a minute: `python -m answerback.testing.bench.studio`."""

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from answerback.adapters.ffmpeg import adapter
from answerback.engine.storyboard import filled, lengths
from answerback.ports.video import Brand, Film
from answerback.store.storyboard_file import starter

FACTS = {"business": "Rivera Plumbing", "phone": "(512) 555-0199", "minutes": "2 hours", "reminder": "the day before"}


def main() -> None:
    """Draw one storyboard in both shapes, full size, and say what it took."""
    found = starter("plumbing_what_next")
    assert found is not None
    board = filled(found.storyboards["en"], {**FACTS, "service": "Water heater"})
    with TemporaryDirectory() as folder:
        began = time.monotonic()
        reels = adapter.draw(Film(storyboard=board, brand=Brand(name="Rivera Plumbing")), Path(folder), lambda _: True)
        took = time.monotonic() - began
        sizes = ", ".join(f"{reel.shape} {reel.video.stat().st_size // 1000} kB" for reel in reels)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    sys.stdout.write(f"{sum(lengths(board)):.1f} s of video: {took:.1f} s, {cpu:.1f} s of processor; {sizes}\n")


if __name__ == "__main__":
    main()
