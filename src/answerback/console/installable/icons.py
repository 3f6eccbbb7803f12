"""Draws the app's icon in any size and colour: a speech bubble with an arrow that comes back. No picture is stored."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

FINER = 4
"""Drawn this much larger and then shrunk, for smooth edges."""


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
