"""Pictures of every page at 360 and 1280 pixels, light and dark, on one contact sheet; `make screenshots` runs it.

Says too what axe finds wrong on any of them (WCAG AA).

    .venv/bin/python -m scripts.screenshots [--language es] [FOLDER]

Starts the demo by itself, on a database, pretend phones and a port of its own, and follows the links of its pages as
its owner. Writes FOLDER (var/screenshots): the pictures, and index.html, the sheet. Needs a Chromium.
"""

import argparse
import html
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.pages import reachable

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = {360: 740, 1280: 800}
TALLEST = 2400
"""Pixels; the rest of a long list looks as its beginning does."""
STYLE = "body{font:15px system-ui}p{display:flex;gap:12px}img{height:420px;object-fit:cover;object-position:top}"
PATIENCE = 180_000
"""Milliseconds; the page of the API is long."""
OUTSIDE = ["/sign-in", "/account/password/forgotten", "/nowhere", "/offline", "/api/docs"]
"""Pages for whoever is not signed in."""
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
INSIDE = ["/", "/inbox", "/leads?as=list", "/set-up/new", "/phone/"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Where the demo stands, and how its owner comes in."""

    address: str
    email: str
    password: str


def main() -> None:
    """Take all pictures and write the sheet."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--language", default="en", help="en or es")
    asked.add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "screenshots")
    wishes = asked.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium here. On Debian: apt-get install chromium")
    wishes.folder.mkdir(parents=True, exist_ok=True)
    with demo(wishes.folder / "demo") as ours, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        taken = pictures(browser, ours, wishes.language, wishes.folder)
        browser.close()
    sheet = wishes.folder / "index.html"
    sheet.write_text(contact_sheet(taken), encoding="utf-8")
    sys.stdout.write(f"{len(taken)} pages: {sheet}\n")


@contextmanager
def demo(var: Path) -> Iterator[Demo]:
    """The demo, running on a port nobody uses, until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).parent / "answerback"), "demo", "--port", str(port)]
    environment = {**os.environ, "ANSWERBACK_VAR": str(var), "COLUMNS": "100"}
    environment.pop("DATABASE_URL", None)
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        said = ""
        try:
            for line in running.stdout or ():
                said += line
                sys.stdout.write(line)
                if found := re.search(r"Sign in\s+(\S+)[\s\S]*Password\s+(\S+)", said):
                    yield Demo(address=f"http://127.0.0.1:{port}", email=found[1], password=found[2])
                    return
            sys.exit("The demo did not start; what went wrong stands above.")
        finally:
            running.terminate()


def pictures(browser: Browser, ours: Demo, language: str, folder: Path) -> list[tuple[str, list[str]]]:
    """Every page's address and the names of its pictures."""
    taken = []
    for pages, context in ((OUTSIDE, _context(browser, ours, language)), (INSIDE, _context(browser, ours, language))):
        page = context.new_page()
        if pages is INSIDE:
            _sign_in(page, ours)
        found = reachable(partial(_read, context), pages)
        for address in found if pages is INSIDE else pages:
            taken.append((address, [*_taken(page, address, folder)]))
            sys.stdout.write(f"{address}\n")
        context.close()
    return taken


def contact_sheet(taken: list[tuple[str, list[str]]]) -> str:
    """One page with all pictures, small; each opens as it is."""
    rows = "".join(
        f"<h2>{html.escape(address)}</h2><p>{''.join(_shown(name) for name in names)}</p>" for address, names in taken
    )
    return f'<!doctype html><meta charset="utf-8"><title>Every page</title><style>{STYLE}</style>{rows}'


def _shown(name: str) -> str:
    return f'<a href="{name}"><img src="{name}" alt="{name}" loading="lazy"></a>'


def _context(browser: Browser, ours: Demo, language: str) -> BrowserContext:
    context = browser.new_context(base_url=ours.address, locale=language, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    return context


def _sign_in(page: Page, ours: Demo) -> None:
    page.goto("/sign-in")
    page.fill("#email", ours.email)
    page.fill("#password", ours.password)
    page.click("form[action='/sign-in'] button")
    page.wait_for_url(f"{ours.address}/")


def _read(context: BrowserContext, address: str) -> str:
    answer = context.request.get(address, max_redirects=0)
    is_page = answer.ok and answer.headers.get("content-type", "").startswith("text/html")
    return answer.text() if is_page else ""


def _taken(page: Page, address: str, folder: Path) -> Iterator[str]:
    name = re.sub(r"\W+", "-", address).strip("-") or "today"
    page.goto(address)
    page.evaluate(AXE)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        tall = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            picture = f"{name}-{width}-{scheme}.png"
            area = {"x": 0, "y": 0, "width": width, "height": max(tall, height)}
            page.screenshot(path=folder / picture, full_page=True, clip=area, animations="disabled")
            yield picture
            for each in page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]:
                sys.stdout.write(f"{address} {width} {scheme}: {each['id']} {each['nodes'][0]['html'][:120]}\n")


if __name__ == "__main__":
    main()
