"""In a real browser: pictures are taken of every page that is asked for, also when one moves on by itself."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright
from scripts import screenshots
from scripts.browser import CHROMIUM, HOW

STAYS = b"<!doctype html><title>Here</title><h1>Here</h1>"
MOVES = STAYS + b"<script>onload = () => setTimeout(() => location.reload(), 30)</script>"
PICTURES = ("360-light", "360-dark", "1280-light", "1280-dark")

in_a_browser = pytest.mark.skipif(CHROMIUM is None, reason=HOW)


class _Pages(BaseHTTPRequestHandler):
    """A page that comes again for ever, one that does so once, and one that stays."""

    asked = 0

    def do_GET(self) -> None:
        _Pages.asked += self.path == "/once"
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(MOVES if self.path == "/again" or (self.path == "/once" and _Pages.asked == 1) else STAYS)

    def log_message(self, *said: object) -> None:
        """Nothing."""


@pytest.mark.browser
@in_a_browser
@pytest.mark.parametrize("name", ["stays", "once"])
def test_a_page_that_moves_on_once_has_its_pictures(tmp_path: Path, name: str) -> None:
    assert _taken(tmp_path, f"/{name}") == tuple(f"{name}-{each}.png" for each in PICTURES)


@pytest.mark.browser
@in_a_browser
def test_a_page_that_moves_on_for_ever_is_left_and_ends_nothing(tmp_path: Path) -> None:
    assert _taken(tmp_path, "/again") == ()


def test_the_first_page_is_found_by_the_name_of_its_picture() -> None:
    wish = screenshots.Wish(folder=Path(), language="en", only="today")
    assert [each for each in ("/", "/inbox", "/today-and-more") if wish.holds(each)] == ["/", "/today-and-more"]


def _taken(folder: Path, address: str) -> tuple[str, ...]:
    pages = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=pages.serve_forever, daemon=True).start()
    wish = screenshots.Wish(folder=folder, language="en", only="")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic"])
        page = browser.new_page(base_url=f"http://127.0.0.1:{pages.server_port}")
        names = screenshots.taken(page, address, wish).names
        browser.close()
    pages.shutdown()
    pages.server_close()
    return names
