"""Paints what stands behind the words: a brand's colours in soft light, or a photo under a veil.

Every ground is larger than the picture, so that it can drift. Never here: words.
"""

import colorsys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from answerback.adapters.ffmpeg.letters import Colour
from answerback.engine.storyboard import Look
from answerback.ports.errors import Refused

DRIFT = 0.06
"""How much larger than the picture a ground is, in each direction."""

READABLE = 4.6
"""Contrast of white words on a ground (WCAG 2.2 AA asks 4.5)."""

MOST_PHOTO_PIXELS = 50_000_000

WHITE: Colour = (255, 255, 255)
INK: Colour = (15, 20, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of one scene's words and marks."""

    words: Colour
    soft: Colour
    accent: Colour
    on_accent: Colour


def palette(look: Look, brand: str) -> Palette:
    """The colours that are read well on this ground."""
    deep = readable(parsed(brand))
    if look == "light":
        return Palette(words=INK, soft=(70, 78, 94), accent=deep, on_accent=WHITE)
    light = mixed(deep, WHITE, 0.7)
    return Palette(
        words=WHITE,
        soft=(226, 232, 244),
        accent=light if look != "brand" else WHITE,
        on_accent=mixed(deep, (0, 0, 0), 0.12),
    )


def ground(look: Look, brand: str, size: tuple[int, int], number: int, photo: Path | None = None) -> Image.Image:
    """The ground of one scene, larger than `size` by what it drifts; `number` varies where the light falls."""
    wide, high = round(size[0] * (1 + DRIFT)), round(size[1] * (1 + DRIFT))
    if look == "photo" and photo is not None:
        return _veiled(photo, (wide, high))
    deep = readable(parsed(brand))
    if look == "light":
        return _lit((wide, high), (248, 249, 252), mixed(deep, WHITE, 0.86), mixed(deep, WHITE, 0.74), number)
    if look == "dark":
        return _lit((wide, high), (12, 15, 22), mixed(deep, (12, 15, 22), 0.45), mixed(deep, (12, 15, 22), 0.7), number)
    shade = mixed(_turned(deep, 0.012), (0, 0, 0), 0.42)
    return _lit((wide, high), deep, shade, readable(mixed(_turned(deep, -0.022), WHITE, 0.14)), number)


def picture(path: Path, box: tuple[int, int]) -> Image.Image:
    """A photo that covers this box; raises `Refused` for what is no ordinary photo, before it is unpacked."""
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PHOTO_PIXELS:
                raise Refused(f"The photo is {opened.width} by {opened.height}: larger than any camera's. Use a copy.")
            opened.draft("RGB", (box[0] * 2, box[1] * 2))
            turned = ImageOps.exif_transpose(opened)
            return ImageOps.fit(turned.convert("RGB"), box, Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused("The photo cannot be read. Use a JPEG, PNG or WebP.") from None


def parsed(colour: str) -> Colour:
    """`#rrggbb` as numbers; the product's own blue for anything else."""
    try:
        number = int(colour.removeprefix("#"), 16)
    except ValueError:
        number = 0x1F5EFF
    return (number >> 16 & 255, number >> 8 & 255, number & 255)


def readable(colour: Colour) -> Colour:
    """The colour, darkened until white words can be read on it."""
    while contrast(colour, WHITE) < READABLE:
        colour = mixed(colour, (0, 0, 0), 0.06)
    return colour


def contrast(one: Colour, other: Colour) -> float:
    """How well one can be told from the other (WCAG 2.2), from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """The colour with this share of another in it."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return (red, green, blue)


def _lit(size: tuple[int, int], base: Colour, low: Colour, glow: Colour, number: int) -> Image.Image:
    """A ground that falls from `base` to `low`, with two soft lights. Painted small and enlarged: it has no edges."""
    across, down = size[0] // 8, size[1] // 8
    slope = Image.linear_gradient("L").resize((across, down))
    small = Image.composite(Image.new("RGB", (across, down), low), Image.new("RGB", (across, down), base), slope)
    light = Image.new("L", (across, down), 0)
    pen = ImageDraw.Draw(light)
    left = number % 2 == 0
    reach = round(across * 0.62)
    for x, y, strength in (
        (across * (0.95 if left else 0.05), down * 0.12, 200),
        (across * (0.05 if left else 0.95), down * 0.86, 150),
    ):
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=strength)
    small.paste(Image.new("RGB", (across, down), glow), mask=light.filter(ImageFilter.GaussianBlur(across / 6)))
    return small.resize(size, Image.Resampling.BICUBIC)


def _veiled(path: Path, size: tuple[int, int]) -> Image.Image:
    """The photo, darker towards the words."""
    photo = picture(path, size)
    veil = Image.linear_gradient("L").resize(size).point(lambda value: 96 + round(value * 0.5))
    photo.paste(Image.new("RGB", size, (8, 10, 16)), mask=veil)
    return photo


def _turned(colour: Colour, by: float) -> Colour:
    hue, light, saturation = colorsys.rgb_to_hls(*(each / 255 for each in colour))
    red, green, blue = (round(each * 255) for each in colorsys.hls_to_rgb((hue + by) % 1, light, saturation))
    return (red, green, blue)


def _luminance(colour: Colour) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(each) for each in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
