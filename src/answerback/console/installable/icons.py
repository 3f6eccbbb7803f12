"""Draws the app's icon in any size: an agency's logo, else a speech bubble with an arrow that comes back, in a colour.

No picture is stored.
"""

import io
from functools import lru_cache
from math import hypot

from PIL import Image, ImageDraw, ImageStat

FINER = 4
"""Drawn this much larger and then shrunk, for smooth edges."""

LEFT = 0.8
"""So wide is the circle that every phone leaves of an icon it cuts (maskable), as a part of the icon."""

LIGHT = 200
"""From this mean lightness on (of 255) a logo is made for a dark ground."""


@lru_cache(maxsize=32)
def drawn(size: int, colour: str) -> bytes:
    """The icon as PNG; its mark keeps inside the middle 80 %, so that a phone may cut any shape (maskable)."""
    side = size * FINER
    picture = Image.new("RGB", (side, side), colour)
    pen = ImageDraw.Draw(picture)
    one = side / 100
    pen.rounded_rectangle((24 * one, 26 * one, 76 * one, 66 * one), radius=12 * one, fill="white")
    pen.polygon([(34 * one, 62 * one), (34 * one, 78 * one), (50 * one, 64 * one)], fill="white")
    pen.arc((40 * one, 38 * one, 62 * one, 60 * one), 200, 40, fill=colour, width=round(5 * one))
    pen.polygon([(36 * one, 38 * one), (36 * one, 52 * one), (49 * one, 48 * one)], fill=colour)
    written = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()


@lru_cache(maxsize=32)
def bearing(logo: bytes, size: int, colour: str) -> bytes:
    """A logo (PNG, made by us) as an icon, whole within what a phone leaves; on white, a light one on the colour."""
    with Image.open(io.BytesIO(logo), formats=["PNG"]) as opened:
        mark = opened.convert("RGBA")
    seen = ImageStat.Stat(mark.convert("L"), mark.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0))
    ground = colour if seen.count[0] and seen.mean[0] >= LIGHT else "#ffffff"
    larger = size * LEFT / hypot(*mark.size)
    mark = mark.resize([max(1, int(side * larger)) for side in mark.size], Image.Resampling.LANCZOS)
    picture = Image.new("RGB", (size, size), ground)
    picture.paste(mark, ((size - mark.width) // 2, (size - mark.height) // 2), mark)
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()
