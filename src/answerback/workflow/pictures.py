"""Draws a picture anew: what a stranger sent is never kept, shown or sent on as it came.

Decoding bounds what is decoded (formats, points on a side, points in all) before it begins. What comes out holds the
points of the picture and nothing else: no place it was taken at, no name of a camera, no script in disguise.
"""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from answerback.store.queries.attachments import Kept

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
MOST_SIDE = 16_000
MOST_POINTS = 60_000_000
"""A phone of 2026 takes 50 megapixels; decoded they are 180 MB, once, in one worker."""

SHOWN = (2000, 2000)
SMALL = (480, 480)
TINY = (176, 274)
TINY_BYTES = 4_500
TINY_QUALITIES = (60, 35, 15)
QUALITIES = (85, 70, 55, 40)


class NotAPicture(ValueError):
    """It cannot be drawn anew; the message says why, for the person who wanted to see or send it."""


def anew(content: bytes, most_bytes: int | None = None) -> Kept:
    """The picture as a JPEG of at most 2,000 points a side (and `most_bytes`), with a small one; the right way up.

    Raises `NotAPicture`.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as came:
            _bound(came.size)
            came.draft("RGB", SHOWN)  # a JPEG is decoded at a fraction of its size where that is enough
            upright = ImageOps.exif_transpose(came)
            plain = _on_white(upright)
    except NotAPicture:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise NotAPicture("This is no picture that can be read. JPEG, PNG, GIF and WebP can be.") from problem
    plain.thumbnail(SHOWN)
    shown = _fitting(plain, most_bytes)
    small = plain.copy()
    small.thumbnail(SMALL)
    return Kept(
        content=shown, content_type="image/jpeg", small=_jpeg(small, 80), width=plain.width, height=plain.height
    )


def tiny(content: bytes) -> bytes:
    """A picture of ours as a list of many shows it: a WebP of at most `TINY` points and `TINY_BYTES`."""
    with Image.open(io.BytesIO(content)) as ours:
        ours.draft("RGB", TINY)
        plain = ours.convert("RGB")
    plain.thumbnail(TINY)
    drawn = _webp(plain, TINY_QUALITIES[0])
    while len(drawn) > TINY_BYTES:  # a rough one: leaves, gravel
        for quality in TINY_QUALITIES[1:]:
            drawn = _webp(plain, quality)
            if len(drawn) <= TINY_BYTES:
                return drawn
        plain = plain.resize((plain.width * 2 // 3, plain.height * 2 // 3))
    return drawn


def _bound(size: tuple[int, int]) -> None:
    width, height = size
    if max(size) > MOST_SIDE or width * height > MOST_POINTS:
        raise NotAPicture(f"The picture has {width} by {height} points; that is more than can be drawn anew.")


def _on_white(picture: Image.Image) -> Image.Image:
    """What is see-through becomes white: a JPEG has no other way, and black would hide dark writing."""
    ground = Image.new("RGB", picture.size, "white")  # a new one: the old one carries comments along
    if picture.mode in {"RGB", "L"}:
        ground.paste(picture)
    else:
        clear = picture.convert("RGBA")
        ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _fitting(picture: Image.Image, most_bytes: int | None) -> bytes:
    """As a JPEG of at most so many bytes: first rougher, then smaller."""
    drawn = _jpeg(picture, QUALITIES[0])
    while most_bytes is not None and len(drawn) > most_bytes:
        for quality in QUALITIES[1:]:
            drawn = _jpeg(picture, quality)
            if len(drawn) <= most_bytes:
                return drawn
        picture = picture.resize((max(1, picture.width * 2 // 3), max(1, picture.height * 2 // 3)))
    return drawn


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()


def _webp(picture: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    picture.save(written, "WEBP", quality=quality, method=6)
    return written.getvalue()
