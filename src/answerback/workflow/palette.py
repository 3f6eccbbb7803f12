"""One colour made into every shade in which a page uses it, so that each can be read by day and by night (WCAG 2.2 AA).

`tokens` is the only maker of an agency's colours. A colour is never refused: it is bent until it holds on all grounds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

TEXT, EDGE = 4.5, 3.0
"""The least contrast of words, and of what only has to be seen: a focus ring, the border of a field (1.4.3, 1.4.11)."""

ACCENT = "#0f766e"
"""Ours."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The neutral colours of the one stylesheet by day or by night, which a brand does not change."""

    surface: Colour
    grounds: tuple[Colour, ...]
    inks: tuple[Colour, ...]
    on_accent: Colour
    far: Colour
    """Where a colour is bent to that cannot be read: black on light pages, white on dark ones."""


def parsed(colour: str) -> Colour:
    """`#rrggbb` as its three parts; raises `ValueError` for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError("Write the colour like #0f766e.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _all(*colours: str) -> tuple[Colour, ...]:
    return tuple(parsed(each) for each in colours)


LIGHT = Scheme(
    surface=parsed("#ffffff"),
    grounds=_all("#ffffff", "#f6f8f7", "#f0f4f2", "#f4f7f6", "#e4f4e9", "#fcf0dc", "#fdeaea"),
    inks=_all("#14201d", "#566661", "#15713a", "#8a4f08", "#b4232b"),
    on_accent=parsed("#ffffff"),
    far=parsed("#000000"),
)
DARK = Scheme(
    surface=parsed("#151d1b"),
    grounds=_all("#101716", "#0b1110", "#151d1b", "#1a2422", "#1d2826", "#18211f", "#12301f", "#33250e", "#3a1b1d"),
    inks=_all("#e6efec", "#9fb1ac", "#5fd68b", "#f5b655", "#ff8a8a"),
    on_accent=parsed("#04211d"),
    far=parsed("#ffffff"),
)
"""What `answerback.css` says; a test holds the two together."""


@lru_cache(maxsize=256)
def tokens(colour: str, scheme: Scheme) -> dict[str, str]:
    """The three tokens of the stylesheet that carry a brand: the accent, what is written on it, and its wash."""
    brand = parsed(colour)
    wash = next(each for each in _washes(brand, scheme) if _holds(each, scheme.inks))
    accent = next(each for each in _bent(brand, scheme.far) if _holds(each, (*scheme.grounds, wash)))
    return {"--accent": _css(accent), "--accent-ink": _css(scheme.on_accent), "--accent-wash": _css(wash)}


def theme(colour: str) -> str:
    """The colour of an icon, of a phone's bar and of a button in a mail, from a brand's own or ours; white can be read
    on it."""
    return tokens(colour or ACCENT, LIGHT)["--accent"]


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _washes(brand: Colour, scheme: Scheme) -> Iterator[Colour]:
    """A little of the brand in the surface, and ever less: also the soft ink and marks are written on it."""
    return (_mixed(scheme.surface, brand, share / 100) for share in range(14, -1, -1))


def _bent(brand: Colour, far: Colour) -> Iterator[Colour]:
    return (_mixed(brand, far, share / 50) for share in range(51))


def _holds(colour: Colour, others: tuple[Colour, ...]) -> bool:
    return all(contrast(colour, each) >= TEXT for each in others)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _css(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
