"""The child process that draws a film: frame after frame into ffmpeg, saying on stdout how far it is.

Run as `python -m answerback.adapters.ffmpeg.drawing FFMPEG FOLDER`, with the film as JSON on stdin. What went wrong
and is meant for people comes as one line on stderr that begins with `refused: `.
"""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.resources import files
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from zipfile import ZipFile

import msgspec
from PIL import Image

from answerback.adapters.ffmpeg.painter import Painter
from answerback.adapters.ffmpeg.studio import LOUDNESS, WRITTEN
from answerback.ports.errors import Refused
from answerback.ports.video import Film, Shape

FRAMES = 25
"""A second: what is drawn moves gently, and more would only make the file larger."""

ICON_SIDE = 256


def main() -> int:
    """Draw the film on stdin; the exit code is 0 when every shape was drawn."""
    ffmpeg, folder = sys.argv[1], Path(sys.argv[2])
    film = msgspec.json.decode(sys.stdin.buffer.read(), type=Film, dec_hook=lambda _, told: Path(told))
    try:
        drawn = icons(ffmpeg, folder, {scene.icon for scene in film.storyboard.scenes if scene.icon})
        painters = [(shape, Painter(film, shape, drawn)) for shape in film.shapes]
        costs = [painter.seconds * painter.size[1] for _, painter in painters]
        starts = [0.0, *accumulate(costs)]
        for (shape, painter), start, cost in zip(painters, starts, costs, strict=False):
            for share in _draw(ffmpeg, folder, film, shape, painter):
                print(f"{(start + cost * share) / sum(costs):.3f}", flush=True)
    except Refused as problem:
        print(f"refused: {problem.detail}", file=sys.stderr)
        return 1
    return 0


def icons(ffmpeg: str, folder: Path, names: set[str]) -> dict[str, Image.Image]:
    """These icons as masks; one that this ffmpeg cannot draw is left out, and its scene does without."""
    found: dict[str, Image.Image] = {}
    side = (ICON_SIDE, ICON_SIDE)
    with ZipFile(BytesIO((files("lucide") / "lucide.zip").read_bytes())) as drawer:
        for name in names:
            svg = drawer.read(f"{name}.svg").replace(b"currentColor", b"#ffffff")
            svg = svg.replace(b'width="24"', b'width="%d"' % side[0]).replace(b'height="24"', b'height="%d"' % side[1])
            source = folder / f"{name}.svg"
            source.write_bytes(svg)
            command = [ffmpeg, "-loglevel", "error", "-i", f"file:{source}", "-frames:v", "1"]
            asked = [*command, "-f", "rawvideo", "-pix_fmt", "rgba", "-"]
            raw = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, check=False).stdout
            if len(raw) == side[0] * side[1] * 4:
                found[name] = Image.frombytes("RGBA", side, raw).getchannel("A")
    return found


def _draw(ffmpeg: str, folder: Path, film: Film, shape: Shape, painter: Painter) -> Iterator[float]:
    """Draw one shape; yields how much of it is done."""
    frames = round(painter.seconds * FRAMES)
    process = subprocess.Popen(_encoder(ffmpeg, film, painter, folder / f"{shape}.mp4"), stdin=subprocess.PIPE)
    assert process.stdin is not None
    try:
        for number in range(frames):
            process.stdin.write(painter.frame(number / FRAMES).tobytes())
            if number % FRAMES == 0:
                yield number / frames
    except BrokenPipeError:
        raise Refused("The video could not be written: the disk may be full.") from None
    finally:
        process.stdin.close()
        code = process.wait()
    if code:
        raise Refused("The video could not be written: the disk may be full.")
    yield 1.0


def _encoder(ffmpeg: str, film: Film, painter: Painter, to: Path) -> Sequence[str]:
    voices = [
        (film.files[scene.voice], start)
        for scene, start in zip(film.storyboard.scenes, [0.0, *accumulate(painter.lengths)], strict=False)
        if scene.voice in film.files
    ]
    size = f"{painter.size[0]}x{painter.size[1]}"
    return (
        *(ffmpeg, "-hide_banner", "-y", "-loglevel", "error"),
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", str(FRAMES), "-i", "-"),
        *(each for path, _ in voices for each in ("-i", f"file:{path}")),
        *(("-filter_complex", _mixed([start for _, start in voices]), "-map", "[voice]") if voices else ()),
        *("-map", "0:v", "-t", f"{painter.seconds:.2f}", *WRITTEN, "-tune", "animation", str(to)),
    )


def _mixed(starts: Sequence[float]) -> str:
    """The filter that puts each voice where its scene begins, then evens the loudness of them all."""
    delayed = [f"[{n}:a]adelay={round((start + 0.3) * 1000)}:all=1[v{n}]" for n, start in enumerate(starts, start=1)]
    joined = "".join(f"[v{n}]" for n in range(1, len(starts) + 1))
    return ";".join([*delayed, f"{joined}amix=inputs={len(starts)}:normalize=0,{LOUDNESS},apad[voice]"])


if __name__ == "__main__":
    sys.exit(main())
