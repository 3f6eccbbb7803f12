"""What looking at, converting and drawing videos must offer. An adapter is an entry point of `answerback.studio`.

Files stay files: what is handed over is where they lie. Every call may take minutes; `told` is asked again and again
and stops the work when it answers False.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from answerback.engine.storyboard import Storyboard

Shape = Literal["vertical", "square"]

Told = Callable[[float], bool]
"""Is told how far the work is (0 to 1) and answers whether it shall go on."""


class Cancelled(Exception):
    """The work was stopped because `told` said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footage:
    """What a file really is. `seconds` is its length, `sound` whether it has any; sizes are as it is seen, turned."""

    seconds: float
    width: int
    height: int
    sound: bool
    codec: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """Whose video it is: its name and phone as shown, its colour (`#rrggbb`), and a logo's file if it has one."""

    name: str
    phone: str = ""
    colour: str = "#1f5eff"
    logo: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A storyboard ready to be drawn; `files` are its photos and voices by the names the scenes give them.

    `height` is that of the vertical version (1920 for 1080x1920).
    """

    storyboard: Storyboard
    brand: Brand
    files: Mapping[str, Path] = field(default_factory=dict)
    shapes: tuple[Shape, ...] = ("vertical", "square")
    height: int = 1920


@dataclass(frozen=True, slots=True, kw_only=True)
class Reel:
    """One finished file: small MP4 (H.264, AAC) that plays while it loads, and a picture to show before it plays."""

    shape: Shape | Literal["as_shot"]
    video: Path
    poster: Path
    footage: Footage


class Studio(Protocol):
    """One way to look at, convert and draw videos."""

    name: str

    def missing(self) -> str:
        """What has to be installed first, in one sentence; empty when everything is there."""

    def look(self, source: Path) -> Footage:
        """What this file really is; reads only its beginning and its index.

        Raises `Refused` with the reason for whoever uploaded it, in bounded time and memory, whatever the file is.
        """

    def convert(self, source: Path, folder: Path, told: Told) -> Reel:
        """The file as a small MP4 with even loudness, and its poster, in this folder.

        Raises `Refused` for what cannot be played to its end, `Unavailable` when it took too long, or `Cancelled`.
        """

    def listen(self, source: Path, folder: Path, longest: int = 60) -> tuple[Path, float]:
        """A recorded voice, checked and converted: an MP4 of at most `longest` seconds, and its length in seconds.

        Raises `Refused`, or `Unavailable` when it took too long.
        """

    def draw(self, film: Film, folder: Path, told: Told) -> tuple[Reel, ...]:
        """The storyboard as finished videos, one of each shape. Raises `Refused`, `Unavailable` or `Cancelled`."""
