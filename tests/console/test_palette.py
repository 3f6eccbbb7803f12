"""Whatever colour an agency likes, every pairing that the stylesheets write down can be read, by day and by night."""

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from hypothesis import example, given
from hypothesis import strategies as st
from tests.console.test_desk_browser import _page, browser, day  # noqa: F401  the browser, and a day at the desk

import answerback
from answerback.store import models
from answerback.store.queries import agencies
from answerback.workflow.palette import ACCENT, DARK, EDGE, LIGHT, TEXT, Colour, contrast, parsed, theme, tokens

HOME = Path(answerback.__file__).parent
CSS = (HOME / "console/static/console/answerback.css").read_text()
SHEETS = [CSS, *((HOME / each).read_text() for each in ("booking/static/booking/booking.css",))]
NASTY = ("#ffee00", "#808080", "#fdd9e5")
SCHEMES = {"light": LIGHT, "dark": DARK}
COLOURS = st.integers(0, 0xFFFFFF).map(lambda each: f"#{each:06x}")
SEEN_ONLY = {"color-mix(in oklab, var(--sunk), var(--ink) 5%)"}
"""Grounds on which the accent draws an icon and no word: the chosen section."""
BRANDED = {"--accent", "--accent-ink", "--accent-wash"}


def _said(scheme: str) -> dict[str, Colour]:
    """The colours that the stylesheet itself declares."""
    light, dark = CSS[CSS.index(":root {") :], CSS[CSS.index("(prefers-color-scheme: dark)") :]
    found = re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", light[: light.index("--text-xs")])
    if scheme == "dark":
        found += re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", dark[: dark.index("/* base */")])
    return {name: parsed(colour) for name, colour in found}


def _worn(scheme: str, colour: str) -> dict[str, Colour]:
    return _said(scheme) | {name: parsed(each) for name, each in tokens(colour, SCHEMES[scheme]).items()}


def _values(of: str) -> set[str]:
    """What the stylesheets write for a property, where a token stands in it."""
    plain = [re.sub(r"/\*.*?\*/", "", each, flags=re.DOTALL) for each in SHEETS]
    found = (value for each in plain for value in re.findall(rf"(?<![\w-]){of}: ([^;}}]+)[;}}]", each))
    return {value.strip() for value in found if "var(--" in value}


GROUNDS = {each for each in _values("background") if re.fullmatch(r"var\(--[\w-]+\)|color-mix\(.*\)", each)}
INKS = {each for each in _values("color") if re.fullmatch(r"var\(--[\w-]+\)", each)}
FILLED = {each for each in GROUNDS if "--accent)" in each} | {"var(--good)", "var(--ink-soft)"}
"""Grounds that are themselves a strong colour: on them only what is made for them is written."""


def test_the_stylesheet_and_the_maker_of_shades_say_the_same() -> None:
    for name, scheme in SCHEMES.items():
        said = _said(name)
        washes = {f"--{each}-wash" for each in ("good", "warn", "bad")}
        plain = {"--bg", "--side", "--surface", "--raised", "--sunk", "--hover"}
        assert set(scheme.grounds) == {said[each] for each in plain | washes}
        assert set(scheme.inks) == {said[each] for each in ("--ink", "--ink-soft", "--good", "--warn", "--bad")}
        assert (scheme.surface, scheme.on_accent) == (said["--surface"], said["--accent-ink"])
    assert parsed(ACCENT) == _said("light")["--accent"]
    assert {f"var({each})" for each in ("--accent", "--accent-wash", "--sunk")} <= GROUNDS
    assert {"var(--accent)", "var(--ink-soft)", "var(--warn)"} <= INKS


def _in(value: str, worn: dict[str, Colour]) -> Colour:
    """A value of the stylesheet as the colour that a browser shows."""
    names = re.findall(r"var\((--[\w-]+)\)", value)
    if len(names) == 1:
        return worn[names[0]]
    share = int(re.findall(r"(\d+)%", value)[0]) / 100
    one, other = (_oklab(worn[name]) for name in names)
    return _srgb([a + (b - a) * share for a, b in zip(one, other, strict=True)])


def _weak(scheme: str, worn: dict[str, Colour]) -> dict[tuple[str, str], float]:
    """Every pairing that cannot be read, with its contrast."""
    least = dict.fromkeys(product(INKS - {"var(--accent-ink)"}, GROUNDS - FILLED - SEEN_ONLY), TEXT)
    least |= {("var(--accent)", ground): EDGE for ground in SEEN_ONLY}
    least |= {("var(--ink)", ground): TEXT for ground in SEEN_ONLY}
    least |= {("var(--accent-ink)", ground): TEXT for ground in GROUNDS if "--accent)" in ground}
    fields = [f"var(--{each})" for each in ("bg", "surface", "raised", "accent-wash", "side")]
    least |= {("var(--field-edge)", ground): EDGE for ground in fields}
    found = {pair: contrast(_in(pair[0], worn), _in(pair[1], worn)) for pair in least}
    return {pair: round(found[pair], 2) for pair in found if found[pair] < least[pair]}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_our_own_colours_can_be_read(scheme: str) -> None:
    assert _weak(scheme, _said(scheme)) == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@given(colour=COLOURS)
@example(colour=NASTY[0])
@example(colour=NASTY[1])
@example(colour=NASTY[2])
@example(colour="#000000")
@example(colour="#ffffff")
def test_so_can_every_colour_an_agency_may_choose(scheme: str, colour: str) -> None:
    assert _weak(scheme, _worn(scheme, colour)) == {}


@given(colour=COLOURS)
def test_a_colour_that_can_be_read_stays_nearly_itself_and_icons_bear_white(colour: str) -> None:
    assert contrast(parsed(theme(colour)), (255, 255, 255)) >= TEXT
    assert tokens("#0b3d91", LIGHT)["--accent"] == "#0b3d91"


@pytest.mark.browser
@pytest.mark.parametrize("colour", NASTY)
def test_axe_finds_nothing_under_a_nasty_colour(
    day: models.Conversation,  # noqa: F811
    live_server: Any,
    browser: Any,  # noqa: F811
    alice: Any,
    colour: str,
) -> None:
    agency = models.Agency.objects.create(name="Bayou", colour=colour)
    models.Business.objects.filter(id=day.business_id).update(agency=agency)
    agencies.forget()
    page = _page(browser, live_server, alice, viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    found: dict[str, Any] = {}
    for scheme, address in product(
        SCHEMES, ["/", f"/c/{day.id}", "/leads", "/calls", "/settings", "/on-call", "/reports"]
    ):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        answer = page.goto(address)
        assert (answer is not None, answer and answer.status) == (True, 200), address
        accent = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--accent')")
        assert accent == tokens(colour, SCHEMES[scheme])["--accent"], address
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        for each in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
            found[f"{scheme} {address} {each['id']}"] = each["nodes"][0]["html"][:200]
    assert found == {}


def _oklab(colour: Colour) -> list[float]:
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in (c / 255 for c in colour))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return [
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    ]


def _srgb(lab: list[float]) -> Colour:
    light, a, b = lab
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    parts = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    red, green, blue = (
        round(255 * min(1.0, max(0.0, x * 12.92 if x <= 0.0031308 else 1.055 * x ** (1 / 2.4) - 0.055))) for x in parts
    )
    return red, green, blue
