"""In a real browser: pictures are taken of every page that is asked for, also when one moves on by itself."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from playwright.sync_api import sync_playwright
from scripts import screenshots
from scripts.browser import CHROMIUM, HOW

STAYS = b"<!doctype html><title>Here</title><h1>Here</h1>"
MOVES = STAYS + b"<script>onload = () => setTimeout(() => location.reload(), 30)</script>"
BY_NIGHT = (
    STAYS
    + b"""<script>
  matchMedia("(prefers-color-scheme: dark)").onchange = () => {
    location.reload();
    const asked = new XMLHttpRequest();
    asked.open("GET", "/come-again", false);  // nothing else happens here before the next page has come
    asked.send();
  };
</script>"""
)
PICTURES = ("360-light", "360-dark", "1280-light", "1280-dark")

in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason=HOW)


class _Pages(BaseHTTPRequestHandler):
    """Pages that come again: for ever, once, and when they are looked at by night; and one that stays."""

    asked = 0
    came_again = Event()

    def do_GET(self) -> None:
        if self.path == "/come-again":
            _Pages.came_again.wait(20)
        _Pages.asked += self.path in {"/once", "/night"}
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(self._page())
        if self.path == "/night" and _Pages.asked > 1:
            _Pages.came_again.set()

    def _page(self) -> bytes:
        is_first = _Pages.asked == 1
        moving = {"/again": MOVES, "/once": MOVES if is_first else STAYS, "/night": BY_NIGHT if is_first else STAYS}
        return moving.get(self.path, STAYS)

    def log_message(self, *said: object) -> None:
        """Nothing."""


@pytest.mark.browser
@in_a_browser
@pytest.mark.parametrize("name", ["stays", "once", "night"])
def test_a_page_that_moves_on_once_has_its_pictures(tmp_path: Path, name: str) -> None:
    """One that moved on between two looks ended them all: "axe is not defined"."""
    _Pages.asked = 0
    _Pages.came_again.clear()
    assert _taken(tmp_path, f"/{name}") == tuple(f"{name}-{each}.png" for each in PICTURES)


@pytest.mark.browser
@in_a_browser
def test_a_page_that_moves_on_for_ever_is_left_and_ends_nothing(tmp_path: Path) -> None:
    assert _taken(tmp_path, "/again") == ()


def test_the_first_page_is_found_by_the_name_of_its_picture() -> None:
    wish = screenshots.Wish(folder=Path(), language="en", only="today")
    assert [each for each in ("/", "/inbox", "/today-and-more") if wish.holds(each)] == ["/", "/today-and-more"]


def test_the_people_of_a_video_nobody_was_sent_are_a_page_too() -> None:
    """Nothing of the demo leads there, so it was in no picture."""
    found = screenshots.with_unlinked(["/", "/videos", "/videos/2", "/videos/2/storyboard"])
    assert found == ["/", "/videos", "/videos/2", "/videos/2/people", "/videos/2/storyboard"]
    assert screenshots.with_unlinked(["/videos/2", "/videos/2/people?got=sent"]) == [
        "/videos/2",
        "/videos/2/people?got=sent",
    ]


def _taken(folder: Path, address: str) -> tuple[str, ...]:
    pages = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=pages.serve_forever, daemon=True).start()
    wish = screenshots.Wish(folder=folder, language="en", only="")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic"])
        page = browser.new_context(base_url=f"http://127.0.0.1:{pages.server_port}").new_page()
        names = screenshots.taken(page, address, wish).names
        browser.close()
    pages.shutdown()
    pages.server_close()
    return names
