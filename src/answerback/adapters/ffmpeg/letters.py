"""Sets words: the typeface, line breaks that fit, and blocks of text as pictures with transparency.

The typeface is Inter, out of an installed package. Never here: where a block stands or how it moves.
"""

from functools import cache
from importlib.resources import as_file, files

from PIL import Image, ImageDraw, ImageFont

Colour = tuple[int, int, int]

_REGULAR_LEADING = 1.32
_TIGHT_LEADING = 1.1


@cache
def font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Inter in this size (pixels) and weight (100 to 900); large sizes take its display cut."""
    with as_file(files("fontpkg_inter") / "files" / "Inter[opsz,wght].ttf") as path:
        face = ImageFont.truetype(str(path), size)
    face.set_variation_by_axes([32 if size >= 40 else 14, weight])
    return face


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The text in lines that fit this width, balanced so that no word is left alone on the last."""
    lines = _greedy(text, face, width)
    if len(lines) < 2:
        return lines
    narrow, wide = width // 2, width
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        narrow, wide = (narrow, middle) if len(_greedy(text, face, middle)) <= len(lines) else (middle, wide)
    return _greedy(text, face, wide)


def fitted(text: str, *, size: int, least: int, weight: int, width: int, lines: int) -> ImageFont.FreeTypeFont:
    """The largest face from `size` down in which the text needs at most so many lines, and no word is too wide."""
    for each in range(size, least, -4):
        face = font(each, weight)
        short = wrapped(text, face, width)
        if len(short) <= lines and all(face.getlength(line) <= width for line in short):
            return face
    return font(least, weight)


def block(lines: list[str], face: ImageFont.FreeTypeFont, colour: Colour, *, tight: bool = False) -> Image.Image:
    """These lines as one transparent picture, flush left."""
    leading = round(face.size * (_TIGHT_LEADING if tight else _REGULAR_LEADING))
    width = max(round(face.getlength(line)) for line in lines) + 8
    picture = Image.new("RGBA", (width, leading * len(lines) + round(face.size * 0.3)), (*colour, 0))
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((2, number * leading), line, font=face, fill=(*colour, 255))
    return picture


def line_height(face: ImageFont.FreeTypeFont, *, tight: bool = False) -> int:
    """How far one line is from the next."""
    return round(face.size * (_TIGHT_LEADING if tight else _REGULAR_LEADING))


def _greedy(text: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and face.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines
