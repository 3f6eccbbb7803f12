"""Real small videos, made by the same ffmpeg."""

import subprocess
from pathlib import Path

import pytest

from answerback.adapters.ffmpeg.studio import _ffmpeg


def film(folder: Path, name: str, *options: str, size: str = "320x240", seconds: float = 2) -> Path:
    """A test card with a tone."""
    to = folder / name
    card, tone = f"testsrc=s={size}:r=10:d={seconds}", f"sine=frequency=440:d={seconds}"
    sources = ("-f", "lavfi", "-i", card, "-f", "lavfi", "-i", tone)
    command = [_ffmpeg(), "-y", "-loglevel", "error", *sources, "-pix_fmt", "yuv420p", *options, str(to)]
    subprocess.run(command, check=True)
    return to


@pytest.fixture(scope="session")
def phone_video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A landscape clip as a phone writes it: H.264 and AAC, its index at the end, and where it was filmed."""
    place = ("-metadata", "location=+30.2672-097.7431/")
    return film(tmp_path_factory.mktemp("films"), "clip.mp4", *place, "-movflags", "use_metadata_tags")
