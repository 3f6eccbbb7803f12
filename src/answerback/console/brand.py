"""Whose name and looks a page wears: ours, or an agency's, by the host it is opened at or the business it shows.

A colour is bent until it can be read: 4.5 to 1 on our light and dark pages (WCAG AA), whatever the agency likes.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from answerback.store import models
from answerback.store.queries import agencies

OURS = "answerback"
AGENCY = "agency_shown"
"""The name under which the guard leaves on a request whose looks its page wears."""

ACCENT = "#0f766e"
LIGHT, DARK = (255, 255, 255), (21, 29, 27)
READABLE = 4.5

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """A name and looks; `agency` is None for our own."""

    name: str = OURS
    colour: str = ""
    has_logo: bool = False
    agency: int | None = None
    version: str = ""


def brand_of(request: HttpRequest) -> Brand:
    """The brand of this request: of the agency of the business that is shown, else of the host's agency."""
    shown = getattr(request, AGENCY, None)
    row = agencies.by_id(shown) if shown else agencies.by_domain(request.get_host().partition(":")[0])
    if row is None:
        return Brand()
    return Brand(
        name=row.brand or row.name, colour=row.colour, has_logo=row.has_logo, agency=row.id, version=row.version
    )


def context(request: HttpRequest) -> dict[str, Any]:
    """The brand for every template."""
    return {"brand": brand_of(request)}


@require_safe
@cache_control(max_age=300, private=True)
def css(request: HttpRequest, agency: int) -> HttpResponse:  # noqa: ARG001
    """An agency's colour as tokens of the one stylesheet."""
    row = agencies.by_id(agency)
    if row is None or not row.colour:
        raise Http404
    light, dark = readable(row.colour, LIGHT), readable(row.colour, DARK)
    by_day, by_night = _tokens(light, LIGHT), _tokens(dark, DARK)
    rules = f":root {{ {by_day} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {by_night} }} }}\n"
    return HttpResponse(rules, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(max_age=300, private=True)
def logo(request: HttpRequest, agency: int) -> HttpResponse:  # noqa: ARG001
    """An agency's logo, as we made it anew when it was given."""
    drawn = models.Agency.objects.filter(id=agency).values_list("logo", flat=True).first()
    if not drawn:
        raise Http404
    return HttpResponse(bytes(drawn), content_type="image/png")


@lru_cache(maxsize=64)
def readable(colour: str, ground: Colour) -> str:
    """The colour, darkened or lightened until it can be read on this ground."""
    found = parsed(colour)
    towards = (0, 0, 0) if ground == LIGHT else (255, 255, 255)
    for _step in range(40):
        if contrast(found, ground) >= READABLE:
            break
        found = tuple(round(part + (goal - part) * 0.06) for part, goal in zip(found, towards, strict=True))  # type: ignore[assignment]
    return "#%02x%02x%02x" % found  # noqa: UP031  shorter than three formats


def parsed(colour: str) -> Colour:
    """`#rrggbb` as its three parts; raises `ValueError` for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError("Write the colour like #0f766e.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _tokens(accent: str, ground: Colour) -> str:
    ink = max(((255, 255, 255), (4, 33, 29)), key=lambda each: contrast(parsed(accent), each))
    ground_css, ink_css = ("rgb(%d %d %d)" % each for each in (ground, ink))  # noqa: UP031
    return (
        f"--accent: {accent}; --accent-ink: {ink_css}; --accent-wash: color-mix(in oklab, {accent} 14%, {ground_css});"
    )
