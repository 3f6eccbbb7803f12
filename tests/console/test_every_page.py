"""In a real browser: every page holds to WCAG AA, wide and narrow, light and dark, and is light to load.

Every table has a row, so every address shows something; links lead to the rest. New pages come in by themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import combinations, product
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from django.apps import apps
from django.test import Client
from playwright.sync_api import Browser, Page
from scripts.pages import kind, reachable
from tests.console.test_desk_browser import (  # noqa: F401  the browser, and where there is none
    HEAVIEST,
    _page,
    browser,
    pytestmark,
)
from tests.console.test_isolation import CHARLIES, GUARDED, strangers, visitor  # noqa: F401

from answerback.store import models
from answerback.store.secrets import seal
from answerback.workflow import people
from answerback.workflow.set_up import STEPS

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
AGENCYS = ["/agency", "/agency/rules", "/agency/looks", "/reports/everywhere", "/set-up/new"]
SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  const look = (list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) sum += each.value; };
  new PerformanceObserver(look).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(Math.round(sum * 100) / 100)));
})"""
"""The browser's own measure of layout shift (CLS), of the page as it loaded."""
THUMB = 44
"""Pixels (WCAG 2.5.5); a small button's own mark before it widens what can be hit."""
SMALL = """(least) => {
  const seen = (each) => each.checkVisibility() && each.getBoundingClientRect().width > 1 && !each.closest(".unseen");
  const reach = (each) => {
    const around = getComputedStyle(each, "::after");
    const wider = around.content !== "none" && around.position === "absolute" ? parseFloat(around.height) || 0 : 0;
    const label = each.closest("label");
    const tall = Math.max(wider, each.getBoundingClientRect().height, label ? label.getBoundingClientRect().height : 0);
    return each.closest("ol") ? Math.min(tall, each.getBoundingClientRect().width) : tall;
  };
  const wanted = "button, a.button, summary, select, textarea, input:not([type=hidden]), nav a, .spans a, .lines a";
  return [...document.querySelectorAll(wanted)].filter((each) => seen(each) && reach(each) < least - 0.5)
    .map((each) => each.outerHTML.replace(/\\s+/g, " ").slice(0, 120));
}"""
LEAST = 24
"""Pixels both ways (WCAG 2.5.8) of whatever else is touched; words amid a sentence and marks of a chart, whose numbers
stand in its table too, are left out there as well."""
TINY = """(least) => {
  const seen = (each) => each.checkVisibility() && !each.closest(".unseen, .skip, svg, .chart.time")
    && each.getBoundingClientRect().width > 1 && getComputedStyle(each.parentElement).clipPath === "none";
  const amid = (each) => [...each.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const small = (each) => {
    const boxes = [each.getBoundingClientRect()];
    if (each.closest("label")) boxes.push(each.closest("label").getBoundingClientRect());
    const around = getComputedStyle(each, "::after");
    if (around.content !== "none" && around.position === "absolute")
      boxes.push({ width: parseFloat(around.width) || 0, height: parseFloat(around.height) || 0 });
    return ["width", "height"].some((side) => Math.max(...boxes.map((box) => box[side])) < least - 0.5);
  };
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])")]
    .filter((each) => seen(each) && !amid(each) && small(each))
    .map((each) => each.outerHTML.replace(/\\s+/g, " ").slice(0, 120));
}"""
OTHERS = ("manager", "desk", "technician")
WAYS = list(product(("en-US", "es-MX"), ("light", "dark"), (360, 1280)))
LONG = {"/api/docs"}
"""A page of many hundred alike parts, which takes axe half a minute."""


@pytest.fixture
def open_book(strangers: Any, tmp_path: Path) -> None:  # noqa: F811
    """What is kept sealed can be opened."""
    for table in apps.get_app_config("store").get_models():
        if any(each.name == "sealed" for each in table._meta.concrete_fields):
            table._default_manager.update(sealed=seal({"world": str(tmp_path / "phones")}))


@pytest.mark.usefixtures("open_book")
@pytest.mark.parametrize("part", [0, 1])
def test_a_part_of_the_pages(visitor: Any, live_server: Any, browser: Browser, part: int) -> None:  # noqa: F811
    """Each page once: every second one on a phone by day, the others on a desk by night.

    `make screenshots` looks at all of them in all four ways.
    """
    client = visitor("owner")
    pages = [each for each in _pages(client) if each not in LONG][part::2]
    width, scheme = (360, "light") if part else (1280, "dark")
    assert len(pages) > 25
    screen: Any = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme, "reduced_motion": "reduce"}
    assert _wrong(_page(browser, live_server, client, **screen), pages, width) == {}


@pytest.mark.usefixtures("open_book")
def test_the_agencys_pages_and_every_step_of_the_set_up(visitor: Any, live_server: Any, browser: Browser) -> None:  # noqa: F811
    """In Spanish, where words are longest: on a phone by day, on a desk by night."""
    agency = models.Agency.objects.create(name="Bayou")
    models.Business.objects.filter(name="Other Plumbing").update(agency=agency)
    people.add_agency_admin(agency.id, models.User.objects.get(email="agency@example.com").id, "Kim")
    page = _page(browser, live_server, visitor("agency"), locale="es-MX", reduced_motion="reduce")
    found: dict[tuple[str, str], list[str]] = {}
    for width, scheme in ((360, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found |= _wrong(page, [*AGENCYS, *(f"/set-up/{each}" for each in STEPS)], width)
    assert found == {}


@pytest.mark.usefixtures("open_book")
def test_the_pages_of_everybody_else_in_every_way(visitor: Any, live_server: Any, browser: Browser) -> None:  # noqa: F811
    """Each page once more, for the next of those who reach it and in the next way: every two of a role, a language, a
    scheme and a width come together on some page.
    """
    clients = {role: visitor(role) for role in OTHERS}
    pages = [each for each in _pages(clients["manager"]) if each not in LONG]
    screens = {
        (role, locale): _page(browser, live_server, clients[role], locale=locale, reduced_motion="reduce")
        for role in OTHERS
        for locale in ("en-US", "es-MX")
    }
    found: dict[tuple[str, str], list[str]] = {}
    met = set[tuple[str, ...]]()
    for at, address in enumerate(pages):
        who = [role for role in OTHERS if _read(clients[role], address)]
        role, (locale, scheme, width) = who[at % len(who)], WAYS[at // len(who) % len(WAYS)]
        page = screens[role, locale]
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found |= _wrong(page, [address], width)
        met |= set(combinations((role, locale, scheme, str(width)), 2))
    assert found == {}
    assert len(met) == 3 * 2 * 3 + 2 * 2 * 3


@pytest.mark.usefixtures("open_book")
def test_nothing_moves_while_a_page_comes_in_piece_by_piece(visitor: Any, live_server: Any, browser: Browser) -> None:  # noqa: F811
    """The calendar's button was painted without its words, which then moved it by 155 px."""
    client = visitor("owner")
    whole = _read(client, "/diary").replace('"/static/', f'"{live_server.url}/static/')
    cut = whole.index("</svg>", whole.index('<a class="button" href="/diary/types"')) + len("</svg>")
    page = _page(browser, live_server, client, viewport={"width": 360, "height": 800})
    with _in_pieces(whole[:cut], whole[cut:]) as address:
        page.goto(address)
        assert page.evaluate(SHIFTED) == 0


@contextmanager
def _in_pieces(*pieces: str) -> Iterator[str]:
    """A page of which each piece comes half a second after the one before."""

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            for piece in pieces:
                self.wfile.write(piece.encode())
                self.wfile.flush()
                sleep(0.5)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/diary"
        server.shutdown()


def _pages(client: Client) -> list[str]:
    begin = ["/", "/leads?as=list", *(each.about(CHARLIES) for each in GUARDED)]
    found = reachable(lambda address: _read(client, address), begin)
    assert len({kind(each) for each in found}) == len(found)
    return found


def _read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code < 500, address
    is_page = answer.status_code == 200 and not answer.streaming and answer["Content-Type"].startswith("text/html")
    return answer.content.decode() if is_page and b"<html" in answer.content else ""


def _wrong(page: Page, pages: list[str], width: int) -> dict[tuple[str, str], list[str]]:
    """What is wrong, with where it is."""
    found: dict[tuple[str, str], list[str]] = {}
    for address in pages:
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status, len(answer.body()) < HEAVIEST) == (200, True), address
        page.evaluate(AXE)
        for each in _broken(page, width):
            found.setdefault(each, []).append(address)
    return found


def _broken(page: Page, width: int) -> Iterator[tuple[str, str]]:
    for each in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
        yield each["id"], each["nodes"][0]["html"][:160]
    if (shifted := page.evaluate(SHIFTED)) > 0:
        yield "what was shown moved while the page loaded", str(shifted)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield "wider than the screen", ""
    if width < 960:
        yield from (("too small for a thumb", each) for each in page.evaluate(SMALL, THUMB))
        yield from (("too small for a finger", each) for each in page.evaluate(TINY, LEAST))
