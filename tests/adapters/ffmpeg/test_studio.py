"""The studio on real files: what phones film becomes small and even, what is drawn is finished, hostile files fail."""

import random
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from tests.adapters.ffmpeg.conftest import film

from answerback.adapters.ffmpeg import adapter
from answerback.adapters.ffmpeg.ground import READABLE, WHITE, contrast, palette, parsed, readable
from answerback.adapters.ffmpeg.running import MEBI, Limits, confined, run
from answerback.adapters.ffmpeg.studio import _ffmpeg
from answerback.engine.storyboard import Scene, Storyboard
from answerback.ports.errors import Refused, Unavailable
from answerback.ports.video import Brand, Cancelled, Film, Footage


def test_a_phones_video_becomes_a_small_mp4_that_starts_at_once_and_tells_no_place(
    phone_video: Path, tmp_path: Path
) -> None:
    assert adapter.look(phone_video) == Footage(seconds=2.0, width=320, height=240, sound=True, codec="h264")
    heard: list[float] = []
    reel = adapter.convert(phone_video, tmp_path, lambda share: heard.append(share) or True)
    assert (reel.footage.codec, reel.footage.sound, reel.footage.height) == ("h264", True, 240)
    whole = reel.video.read_bytes()
    assert whole.index(b"moov") < whole.index(b"mdat")
    assert b"30.2672" in phone_video.read_bytes()
    assert b"30.2672" not in whole
    assert heard == sorted(heard)
    with Image.open(reel.poster) as poster:
        assert poster.size == (960, 720)


def test_a_portrait_clip_in_hevc_stays_portrait(tmp_path: Path) -> None:
    clip = film(
        tmp_path, "clip.mov", "-c:v", "libx265", "-tag:v", "hvc1", "-x265-params", "log-level=none", size="180x320"
    )
    reel = adapter.convert(clip, tmp_path, lambda _: True)
    assert (reel.footage.width, reel.footage.height) == (180, 320)


@pytest.mark.parametrize("curve", ["smpte2084", "arib-std-b67"])
def test_hdr_becomes_ordinary_colours(curve: str, tmp_path: Path) -> None:
    colours = ("-color_primaries", "bt2020", "-color_trc", curve, "-colorspace", "bt2020nc")
    coded = f"log-level=none:colorprim=bt2020:transfer={curve}:colormatrix=bt2020nc"
    hdr = film(
        tmp_path, "hdr.mov", "-pix_fmt", "yuv420p10le", *colours, "-c:v", "libx265", "-tag:v", "hvc1", "-x265-params",
        coded,
    )  # fmt: skip
    assert curve in told(hdr)
    made = told(adapter.convert(hdr, tmp_path, lambda _: True).video)
    assert ("yuv420p(tv, bt709" in made, curve in made, "10le" in made) == (True, False, False)


@pytest.mark.parametrize("volume", ["0.02", "1.0"])
def test_a_whisper_and_a_shout_end_up_equally_loud(volume: str, tmp_path: Path) -> None:
    clip = film(tmp_path, "clip.mp4", "-af", f"volume={volume}", seconds=6)
    measured = told(adapter.convert(clip, tmp_path, lambda _: True).video, "-af", "ebur128", "-f", "null", "-")
    loudness = [float(each) for each in re.findall(r"I: +(-?[0-9.]+) LUFS", measured)][-1]
    assert loudness == pytest.approx(-16, abs=2)


def told(film: Path, *asked: str) -> str:
    """What ffmpeg says of a file."""
    return subprocess.run(
        [_ffmpeg(), "-hide_banner", "-i", str(film), *asked], capture_output=True, text=True, check=False
    ).stderr


def test_work_can_be_stopped(phone_video: Path, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        adapter.convert(phone_video, tmp_path, lambda _: False)


def test_a_voice_is_converted_and_measured(tmp_path: Path) -> None:
    voice = film(tmp_path, "voice.webm", "-vn", "-c:a", "libopus")
    made, seconds = adapter.listen(voice, tmp_path)
    assert made.stat().st_size > 1000
    assert seconds == pytest.approx(2.0, abs=0.1)


def test_a_storyboard_becomes_a_finished_vertical_video_with_its_voice(tmp_path: Path) -> None:
    voice = film(tmp_path, "said.m4a", "-vn")
    scenes = (
        Scene(heading="Hello", icon="phone", say="Hi there", voice="v1", voice_seconds=2.0),
        Scene(heading="Bye", look="light"),
    )
    asked = Film(
        storyboard=Storyboard(title="Hi", scenes=scenes),
        brand=Brand(name="Rivera Plumbing"),
        files={"v1": voice},
        shapes=("vertical",),
        height=240,
    )
    heard: list[float] = []
    (reel,) = adapter.draw(asked, tmp_path, lambda share: heard.append(share) or True)
    assert reel.footage == Footage(seconds=15.0, width=136, height=240, sound=True, codec="h264")
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    with Image.open(reel.poster) as poster:
        assert poster.height == 960


@pytest.mark.parametrize("brand", ["#ffee00", "#ffffff", "#00ff88", "#101010", "no colour"])
def test_words_are_readable_on_every_brand(brand: str) -> None:
    assert contrast(readable(parsed(brand)), WHITE) >= READABLE
    for look in ("brand", "light", "dark"):
        colours = palette(look, brand)
        assert contrast(colours.accent, colours.on_accent) >= 3


HOSTILE = {
    "empty": (b"", "The file is empty."),
    "a script": (b"#!/bin/sh\nrm -rf /", "This is a program, not a video."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 900, "This is a picture, not a video."),
    "a zip bomb": (b"PK\x03\x04" + b"\0" * 900, "This is a packed file or an office document, not a video."),
    "a playlist": (b"#EXTM3U\nfile:///etc/passwd\n", "This is a playlist, not a video."),
    "a page": (b"<html><script>alert(1)</script>", "This is a web page, not a video."),
    "a page that begins like a video": (
        b"\0\0\0\x18ftypisom<html><script>alert(1)</script>" + b"A" * 4000,
        "The file is damaged: its beginning or its index cannot be read. Copy it from the phone again.",
    ),
    "a playlist that begins like a video": (
        b"\0\0\0\x18ftypmp42\n#EXTM3U\nfile:///etc/passwd\n" + b"\n" * 4000,
        "The file is damaged: its beginning or its index cannot be read. Copy it from the phone again.",
    ),
    "nonsense": (
        bytes(range(256)) * 8,
        "This is not a video we know. Upload what the phone's camera recorded: MP4, MOV or WebM.",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_video_is_refused_with_what_it_is(name: str, tmp_path: Path) -> None:
    body, says = HOSTILE[name]
    source = tmp_path / "holiday.mp4"
    source.write_bytes(body)
    with pytest.raises(Refused) as caught:
        adapter.look(source)
    assert caught.value.detail == says


def test_a_picture_larger_than_any_phone_films_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    still = ("-frames:v", "1", "-an", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p")
    huge = film(tmp_path, "huge.avi", *still, size="8192x4096")
    with pytest.raises(Refused, match="larger than any phone films"):
        adapter.look(huge)


def test_hours_of_black_in_a_few_bytes_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.mp4"
    black = "color=c=black:s=64x64:r=1/60:d=36000"
    subprocess.run([_ffmpeg(), "-y", "-loglevel", "error", "-f", "lavfi", "-i", black, str(bomb)], check=True)
    with pytest.raises(Refused, match="It lasts 36000 seconds; at most 180 are taken"):
        adapter.look(bomb)


def test_a_file_that_was_cut_off_is_refused_with_what_to_do(phone_video: Path, tmp_path: Path) -> None:
    whole = phone_video.read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refused, match="Copy it from the phone again"):
        adapter.look(cut)


def test_whatever_stands_in_a_file_it_is_footage_or_refused(phone_video: Path, tmp_path: Path) -> None:
    whole, chance = phone_video.read_bytes(), random.Random(10)
    index = whole.index(b"moov")
    for number in range(6):
        broken = bytearray(whole)
        for _ in range(30):
            broken[chance.randrange(index, len(whole))] = chance.randrange(256)
        source = tmp_path / f"{number}.mp4"
        source.write_bytes(broken)
        with suppress(Refused):
            assert adapter.look(source).width >= 64


def test_a_child_may_take_only_so_much_memory_and_time(tmp_path: Path) -> None:
    greedy = [sys.executable, "-c", "bytearray(900 * 1024 * 1024)"]
    assert "MemoryError" in run(greedy, Limits(seconds=20, memory=256 * MEBI), folder=tmp_path).said
    with pytest.raises(Unavailable, match="It took longer than 1 seconds"):
        run([sys.executable, "-c", "while True: pass"], Limits(seconds=1), folder=tmp_path)


def test_a_child_is_ended_by_the_processors_time_too_and_that_is_told_as_time(tmp_path: Path) -> None:
    """Where the kernel's limit came before our clock, a long video was told as a damaged one."""
    endless = confined([sys.executable, "-c", "while True: pass"], Limits(seconds=1))
    assert subprocess.run(endless, check=False).returncode == -signal.SIGXCPU
    ended = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"]
    with pytest.raises(Unavailable, match="It took longer than 20 seconds"):
        run(ended, Limits(seconds=20), folder=tmp_path)
