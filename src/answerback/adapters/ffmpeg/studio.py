"""Looks at, converts and draws videos with ffmpeg, each time in a child process that may take only so much."""

import os
import re
import shutil
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import msgspec

from answerback.adapters.ffmpeg import footage
from answerback.adapters.ffmpeg.footage import container, has_wide_range, look, reading
from answerback.adapters.ffmpeg.running import MEBI, Limits, run
from answerback.ports.errors import Refused, Unavailable
from answerback.ports.video import Film, Footage, Reel, Shape, Told

LONG_SIDE, SHORT_SIDE = 1280, 720
POSTER_LONG_SIDE = 960

CONVERTING = 600
"""Seconds for one upload; 4K HEVC of three minutes took 210 on two busy cores."""

DRAWING = 900
LISTENING = Limits(seconds=60, memory=1024 * MEBI, file=64 * MEBI)

LOUDNESS = "loudnorm=I=-16:TP=-1.5:LRA=11,aresample=48000"
"""EBU R 128 at -16 LUFS, what phones and the web are mixed to."""

_FROM_HDR = "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,"

_AT = re.compile(r"out_time_us=(\d+)")


class FfmpegStudio:
    """The studio by ffmpeg: the one that `imageio-ffmpeg` brings, or the one named by ANSWERBACK_FFMPEG."""

    name = "ffmpeg"

    def missing(self) -> str:
        """What has to be installed first, in one sentence; empty when everything is there."""
        if all(find_spec(each) for each in ("PIL", "fontpkg_inter")) and _ffmpeg():
            return ""
        return "Videos need a few more packages: pip install 'answerback[video]', then start answerback again."

    def look(self, source: Path) -> Footage:
        """What this file really is; raises `Refused`."""
        return look(_needed(), source)

    def convert(self, source: Path, folder: Path, told: Told) -> Reel:
        """The file as a small MP4 with even loudness and its poster; raises `Refused`, `Unavailable`, `Cancelled`."""
        ffmpeg = _needed()
        found = look(ffmpeg, source)
        video = folder / "video.mp4"
        command = [
            *(
                ffmpeg,
                "-hide_banner",
                "-nostdin",
                "-y",
                "-threads",
                "2",
                "-loglevel",
                "error",
                "-max_alloc",
                str(512 * MEBI),
            ),
            *reading(container(source), source),
            *("-t", str(footage.MOST_SECONDS + 1), "-map", "0:v:0", "-map", "0:a:0?"),
            *("-vf", _picture(found, wide=has_wide_range(ffmpeg, source))),
            *("-af", LOUDNESS, *WRITTEN, "-progress", "pipe:1", str(video)),
        ]
        ran = run(command, Limits(seconds=CONVERTING), folder=folder, hear=_Progress(found.seconds, told))
        made = _of(ffmpeg, video)
        if made is None or (found.seconds and made.seconds < found.seconds * 0.8 - 0.5):
            raise Refused(_broken(ran.said, made))
        return Reel(shape="as_shot", video=video, poster=poster(ffmpeg, video, folder / "poster.jpg"), footage=made)

    def listen(self, source: Path, folder: Path, longest: int = 60) -> tuple[Path, float]:
        """A recorded voice, checked and converted: the file and its length in seconds; raises `Refused`."""
        ffmpeg = _needed()
        kind = footage.voice(ffmpeg, source)
        voice = folder / "voice.m4a"
        command = [
            *(ffmpeg, "-hide_banner", "-nostdin", "-y", "-loglevel", "error"),
            *reading(kind, source),
            *("-t", str(longest), "-map", "0:a:0", "-af", LOUDNESS, "-c:a", "aac", "-b:a", "96k", "-ac", "1"),
            *("-map_metadata", "-1", str(voice)),
        ]
        run(command, LISTENING, folder=folder)
        if not voice.exists() or not voice.stat().st_size:
            raise Refused("The recording cannot be played. Record it again.")
        return voice, footage.duration(
            run([ffmpeg, "-hide_banner", "-i", f"file:{voice}"], LISTENING, folder=folder).said
        )

    def draw(self, film: Film, folder: Path, told: Told) -> tuple[Reel, ...]:
        """The storyboard as finished videos, one of each shape; raises `Refused`, `Unavailable` or `Cancelled`."""
        ffmpeg = _needed()
        command = [sys.executable, "-m", "answerback.adapters.ffmpeg.drawing", ffmpeg, str(folder)]
        ran = run(
            command,
            Limits(seconds=DRAWING, memory=3072 * MEBI),
            folder=folder,
            hear=lambda line: told(min(float(line), 1.0)) if re.fullmatch(r"[\d.]+", line) else True,
            stdin=msgspec.json.encode(film, enc_hook=str),
        )
        reels = tuple(reel for shape in film.shapes if (reel := _drawn(ffmpeg, folder, shape)) is not None)
        if ran.code or len(reels) != len(film.shapes):
            raise Refused(_why(ran.said))
        return reels


WRITTEN: Sequence[str] = (
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "25", "-maxrate", "1800k", "-bufsize", "3600k"),
    *("-profile:v", "high", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k", "-ac", "2"),
    # A phone writes where it was filmed into the file: that is nobody's business.
    *("-map_metadata", "-1", "-map_chapters", "-1", "-movflags", "+faststart"),
)


def poster(ffmpeg: str, video: Path, to: Path, *, at: float = 1.0, long_side: int = POSTER_LONG_SIDE) -> Path:
    """A picture from this second of our own video, small enough for a page that loads on a weak line."""
    scale = f"scale='if(gt(iw,ih),{long_side},-2)':'if(gt(iw,ih),-2,{long_side})'"
    for second in (at, 0.0):
        command = [
            *(ffmpeg, "-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-ss", str(second)),
            *("-i", f"file:{video}", "-frames:v", "1", "-vf", scale, "-q:v", "6", "-map_metadata", "-1", str(to)),
        ]
        run(command, LISTENING, folder=to.parent)
        if to.exists() and to.stat().st_size:
            return to
    raise Refused("No picture could be taken from the video.")


def _ffmpeg() -> str:
    """The program: the one somebody named, the one that came along, or the system's; empty where there is none."""
    if named := os.environ.get("ANSWERBACK_FFMPEG", ""):
        return named
    if find_spec("imageio_ffmpeg"):
        from imageio_ffmpeg import get_ffmpeg_exe  # noqa: PLC0415  an extra that may be missing

        return str(get_ffmpeg_exe())
    return shutil.which("ffmpeg") or ""


def _needed() -> str:
    ffmpeg = _ffmpeg()
    if not ffmpeg:
        raise Unavailable(FfmpegStudio().missing())
    return ffmpeg


def _picture(found: Footage, *, wide: bool) -> str:
    """The filters that make a picture small, even-sized, of square dots and of ordinary colours."""
    across, down = (SHORT_SIDE, LONG_SIDE) if found.height >= found.width else (LONG_SIDE, SHORT_SIDE)
    fitted = f"scale=w='min({across},iw)':h='min({down},ih)':force_original_aspect_ratio=decrease"
    return f"{fitted}:force_divisible_by=2:reset_sar=1,{_FROM_HDR if wide else ''}fps=30,format=yuv420p"


class _Progress:
    """Reads how far ffmpeg is from its `-progress` lines, and passes the share on."""

    def __init__(self, seconds: float, told: Told) -> None:
        self._seconds, self._told, self._share = seconds, told, 0.0

    def __call__(self, line: str) -> bool:
        """Go on?"""
        if found := _AT.fullmatch(line):
            done = int(found[1]) / 1e6 / self._seconds if self._seconds else 0.0
            self._share = max(self._share, min(done, 1.0))
        return self._told(self._share)


def _of(ffmpeg: str, video: Path) -> Footage | None:
    try:
        return look(ffmpeg, video)
    except (Refused, OSError):
        return None


def _drawn(ffmpeg: str, folder: Path, shape: Shape) -> Reel | None:
    video = folder / f"{shape}.mp4"
    made = _of(ffmpeg, video)
    if made is None:
        return None
    first = poster(ffmpeg, video, folder / f"{shape}.jpg", at=min(2.0, made.seconds / 3))
    return Reel(shape=shape, video=video, poster=first, footage=made)


def _broken(said: str, made: Footage | None) -> str:
    if made is None:
        return "The video cannot be played: the file is damaged. Copy it from the phone again."
    if "memory" in said.lower():
        return "The video asks for more memory than any phone's does, and was stopped."
    return f"Only the first {made.seconds:.0f} seconds can be played: the file is damaged or was cut off."


def _why(said: str) -> str:
    """The last line the child said, where it was meant for people."""
    lines = [line for line in said.splitlines() if line.startswith("refused: ")]
    return lines[-1].removeprefix("refused: ") if lines else "The video could not be drawn. The worker's log says why."
