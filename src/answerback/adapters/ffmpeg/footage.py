"""What a file really is: told by its first bytes, then by ffmpeg reading it as exactly that and nothing else.

A file's name and what the browser calls it count for nothing. Only containers that phones and cameras write are read,
and only from the file itself: no playlist, no address inside it is ever followed.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from answerback.adapters.ffmpeg.running import Limits, run
from answerback.ports.errors import Refused, Unavailable
from answerback.ports.video import Footage

MOST_BYTES = 1024 * 1024 * 1024
MOST_SECONDS = 180.0
LEAST_SECONDS = 1.0
LONGEST_SIDE = 4096
MOST_PIXELS = LONGEST_SIDE * 2304

LOOKING = Limits(seconds=12, memory=1024 * 1024 * 1024, file=1024 * 1024)

CODECS = frozenset({"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "h263", "mpeg2video", "mjpeg", "prores"})
VOICE_CODECS = frozenset(
    {
        *("opus", "vorbis", "aac", "mp3", "pcm_s16le", "pcm_u8", "pcm_mulaw", "pcm_alaw", "alac", "flac"),
        *("amr_nb", "amr_wb"),  # what carriers make of a voice memo
    }
)

_ISO_VIDEO = (
    "isom",
    "iso2",
    "iso4",
    "iso5",
    "iso6",
    "mp41",
    "mp42",
    "avc1",
    "qt  ",
    "M4V ",
    "M4A ",
    "3gp",
    "3g2",
    "dash",
)

_STREAM = re.compile(r"^\s*Stream #0:\d+.*?: (Video|Audio): (\w+)(.*)$", re.MULTILINE)
_SIZE = re.compile(r"[ ,](\d{1,6})x(\d{1,6})[ ,\[]")
_DURATION = re.compile(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)")
_TURNED = re.compile(r"rotation of (-?\d+)")


def container(source: Path) -> str:
    """The container by its first bytes, as ffmpeg calls it; raises `Refused` for anything that is no video."""
    with source.open("rb") as file:
        head = file.read(512)
    if head[4:8] == b"ftyp" and head[8:12].decode("latin-1").startswith(_ISO_VIDEO):
        return "mov"
    if head[4:8] in {b"moov", b"mdat", b"wide"}:  # old QuickTime
        return "mov"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return "avi"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav"
    if head[:4] == b"OggS":
        return "ogg"
    if head[:5] == b"#!AMR":
        return "amr"
    if head[:4] == b"caff":
        return "caf"
    if head[:3] == b"ID3" or head[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return "mp3"
    raise Refused(_not_a_video(head))


def look(ffmpeg: str, source: Path) -> Footage:
    """What this video is, from its index alone. Raises `Refused` for whoever uploaded it."""
    size = source.stat().st_size
    if size > MOST_BYTES:
        raise Refused(
            f"The file has {size // 2**20} MB; at most {MOST_BYTES // 2**20} are taken. Trim it on the phone."
        )
    kind = container(source)
    said = _asked(ffmpeg, kind, source)
    pictures = [each for each in _STREAM.findall(said) if each[0] == "Video" and "attached pic" not in each[2]]
    if not pictures:
        raise Refused("There is no moving picture in it: it may be a sound recording, or the file is broken.")
    _, codec, rest = pictures[0]
    found = _SIZE.search(rest)
    if codec not in CODECS:
        raise Refused(f"Its picture is of a kind we do not take ({codec}). Save it as MP4 and upload that.")
    if found is None:  # ffmpeg gave up before it unpacked more than MOST_PIXELS
        raise Refused("Its picture cannot be measured: it is damaged, or larger than any phone films.")
    width, height = int(found[1]), int(found[2])
    _fits(width, height)
    if (turned := _TURNED.search(said)) and abs(int(turned[1])) in {90, 270}:
        width, height = height, width
    sound = any(kind == "Audio" for kind, _, _ in _STREAM.findall(said))
    footage = Footage(seconds=_seconds(said), width=width, height=height, sound=sound, codec=codec)
    return _of_a_length(footage)


def has_wide_range(ffmpeg: str, source: Path) -> bool:
    """Was it filmed in HDR, whose colours look grey unless they are mapped?"""
    return any(each in _asked(ffmpeg, container(source), source) for each in ("arib-std-b67", "smpte2084"))


def voice(ffmpeg: str, source: Path) -> str:
    """The container of a recorded voice; raises `Refused` where there is no sound in it."""
    kind = container(source)
    said = _asked(ffmpeg, kind, source)
    if not any(what == "Audio" and codec in VOICE_CODECS for what, codec, _ in _STREAM.findall(said)):
        raise Refused("There is no sound in this recording. Allow the microphone and record it again.")
    return kind


def reading(kind: str, source: Path) -> Sequence[str]:
    """How ffmpeg is told to read a file: as this container, from this file only, with bounded pictures."""
    return (
        *("-protocol_whitelist", "file,pipe"),
        *("-max_pixels", str(MOST_PIXELS)),
        *("-f", kind),
        *("-i", f"file:{source}"),
    )


def shown(footage: Footage, seconds: float) -> Footage:
    """The footage with another length: a browser's recording does not say its own."""
    return replace(footage, seconds=seconds)


def duration(said: str) -> float:
    """The length ffmpeg found, 0 where the file does not say."""
    return _seconds(said)


def _asked(ffmpeg: str, kind: str, source: Path) -> str:
    command = [
        ffmpeg,
        "-hide_banner",
        "-nostdin",
        "-probesize",
        "20M",
        "-analyzeduration",
        "5M",
        *reading(kind, source),
    ]
    try:
        ran = run(command, LOOKING, folder=source.parent)
    except Unavailable:
        raise Refused("It takes too long to find out what is in this file: it is damaged, or no video.") from None
    if "Stream #0" not in ran.said:
        raise Refused("The file is damaged: its beginning or its index cannot be read. Copy it from the phone again.")
    return ran.said


def _fits(width: int, height: int) -> None:
    if width < 64 or height < 64:
        raise Refused(f"A picture of {width} by {height} is too small to be seen.")
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise Refused(f"A picture of {width} by {height} is larger than any phone films. Film in 4K or less.")


def _of_a_length(footage: Footage) -> Footage:
    if footage.seconds > MOST_SECONDS:
        raise Refused(
            f"It lasts {footage.seconds:.0f} seconds; at most {MOST_SECONDS:.0f} are taken, and half a minute is best."
        )
    if 0 < footage.seconds < LEAST_SECONDS:
        raise Refused("It lasts less than a second: that is a picture, not a video.")
    return footage


def _seconds(said: str) -> float:
    found = _DURATION.search(said)
    return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3]) if found else 0.0


def _not_a_video(head: bytes) -> str:
    for start, what in (
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a packed file or an office document"),
        (b"MZ", "a program"),
        (b"\x7fELF", "a program"),
        (b"#!", "a program"),
        (b"#EXTM3U", "a playlist"),
        (b"<", "a web page"),
    ):
        if head.startswith(start):
            return f"This is {what}, not a video."
    if b"ftyphei" in head[:16] or b"ftypmif1" in head[:16] or b"ftypavif" in head[:16]:
        return "This is a photo of a phone, not a video."
    if not head:
        return "The file is empty."
    return "This is not a video we know. Upload what the phone's camera recorded: MP4, MOV or WebM."
