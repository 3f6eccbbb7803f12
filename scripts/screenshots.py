"""Pictures of every page at 360 and 1280 pixels, light and dark, on one contact sheet; `make screenshots` runs it.

Says too what axe finds wrong on any of them (WCAG AA).

    .venv/bin/python -m scripts.screenshots [--language es] [--only WORD] [FOLDER]

Starts the demo by itself, on a database, pretend phones and a port of its own, follows the links of its pages as its
owner, then walks through the set-up of one more business as an agency's admin. Writes FOLDER (var/screenshots): the
pictures, and index.html, the sheet. Needs a Chromium.
"""

import argparse
import html
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext, Error, Frame, Page, sync_playwright

from scripts.browser import CHROMIUM, HOW
from scripts.pages import kind, reachable

ROOT = Path(__file__).resolve().parent.parent
WIDTHS = {360: 740, 1280: 800}
TALLEST = 2400
"""Pixels; the rest of a long list looks as its beginning does."""
DRAWABLE = 16_384
"""Pixels; no browser draws a page that is longer in one piece, and the page of the API is."""
STYLE = "body{font:15px system-ui}p{display:flex;gap:12px}img{height:420px;object-fit:cover;object-position:top}"
PATIENCE = 180_000
"""Milliseconds; the page of the API is long."""
AT_ONCE = 2
"""Browsers; the demo answers them meanwhile."""
TRIES = 5
"""Of one page, which may move on by itself while it is looked at."""
STILL = 120
"""Milliseconds in which a page that stays goes nowhere: one that moves may never be drawn."""
MOVED = re.compile("because of a navigation|interrupted by another navigation|Page.screenshot: Timeout")
"""Playwright's words for it; a picture begun as the page moved on is never drawn."""
DRAWN = 20_000
"""Milliseconds for one picture, on a busy machine too."""
OUTSIDE = ["/sign-in", "/account/password/forgotten", "/nowhere", "/offline", "/api/docs"]
"""Pages for whoever is not signed in."""
INSIDE = ["/", "/inbox", "/leads?as=list", "/phone/"]
UNLINKED = {"/videos/N": "/people"}
"""Below these kinds of pages there is one that nothing leads to in the demo: its videos are new, and sent to nobody."""
ELSEWHERE = ("/set-up/", "/api/docs")
"""Pages somebody else is shown too, who comes by all of them: of two pictures under one name the last would be kept."""
AGENCYS = ["/agency", "/agency/rules", "/agency/looks", "/reports/everywhere", "/set-up/new"]
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
ALL_IMAGES = """() => Promise.all([...document.images].map((each) => {
  each.loading = "eager";
  return each.complete || new Promise((done) => { each.onload = each.onerror = done; });
}))"""
"""Those too that are loaded once somebody comes near them."""
RULES = {
    "light": "{resultTypes: ['violations']}",
    "dark": "{resultTypes: ['violations'], runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}}",
}
"""By night only colours are others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """Where the demo stands, how its owner comes in, an agency's admin does, and what customers get."""

    address: str
    email: str
    password: str
    join: str
    customers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is taken, in which language, and where it is kept."""

    folder: Path
    language: str
    only: str

    def holds(self, address: str) -> bool:
        return self.only in address or self.only in picture_name(address)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A page's address, and the names of its pictures."""

    address: str
    names: tuple[str, ...]


def main() -> None:
    """Take all pictures and write the sheet."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--language", default="en", help="en or es")
    asked.add_argument("--only", default="", help="pages whose address or picture's name holds this, such as today")
    asked.add_argument("folder", nargs="?", type=Path, default=ROOT / "var" / "screenshots")
    told = asked.parse_args()
    if CHROMIUM is None:
        sys.exit(HOW)
    told.folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with demo(told.folder / "demo") as ours:
        every = pictures(ours, Wish(folder=told.folder, language=told.language, only=told.only))
    sheet = told.folder / "index.html"
    sheet.write_text(contact_sheet(every), encoding="utf-8")
    sys.stdout.write(f"{len(every)} pages in {time.monotonic() - began:.0f} s: {sheet}\n")


@contextmanager
def demo(var: Path) -> Iterator[Demo]:
    """The demo, running on a port nobody uses, until the end of the block; an agency looks after its business."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ANSWERBACK_VAR": str(var), "COLUMNS": "100"}
    environment.pop("DATABASE_URL", None)
    command = [str(Path(sys.executable).parent / "answerback"), "demo", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        said = ""
        try:
            for line in running.stdout or ():
                said += line
                sys.stdout.write(line)
                if found := re.search(r"Sign in\s+(\S+)[\s\S]*Password\s+(\S+)", said):
                    address = f"http://127.0.0.1:{port}"
                    customers = tuple(dict.fromkeys(re.findall(r"/b/[\w-]+", said)))
                    join = _agency(environment)
                    yield Demo(address=address, email=found[1], password=found[2], join=join, customers=customers)
                    return
            sys.exit("The demo did not start; what went wrong stands above.")
        finally:
            running.terminate()


def pictures(ours: Demo, wish: Wish) -> list[Taken]:
    """Every page, in the order a person finds them."""
    with _browsing(ours, wish) as context:
        _sign_in(context.new_page(), ours, wish.language)
        begin = [urlsplit(context.request.get(each).url)[2:4] for each in INSIDE]  # /phone/ leads on to a person's
        pages = reachable(partial(_read, context), [path + (f"?{asked}" if asked else "") for path, asked in begin])
        found = [each for each in with_unlinked(pages) if wish.holds(each) and not each.startswith(ELSEWHERE)]
        owner = context.storage_state()
    shares: list[Callable[[], list[Taken]]] = [
        lambda: _outside(ours, wish),
        lambda: _agencys(ours, wish),
        *(partial(_inside, ours, wish, owner, found[begin::AT_ONCE]) for begin in range(AT_ONCE)),
    ]
    with ThreadPoolExecutor(AT_ONCE) as several:
        all_taken = [each for share in several.map(lambda share: share(), shares) for each in share]
    order = {address: place for place, address in enumerate(found)}
    return sorted(all_taken, key=lambda each: order.get(each.address, -1))


def with_unlinked(pages: list[str]) -> list[str]:
    """These pages, and behind each the one below it that they lack a link to."""
    linked = {kind(each) for each in pages}
    found = []
    for each in pages:
        below = UNLINKED.get(kind(each), "")
        found += [each, each.partition("?")[0] + below] if below and kind(each) + below not in linked else [each]
    return found


def picture_name(address: str) -> str:
    """What the pictures of a page are called."""
    return (
        re.sub(r"\W+", "-", "join" if "/join/" in address else "book" if address.startswith("/b/") else address).strip(
            "-"
        )
        or "today"
    )


def taken(page: Page, address: str, wish: Wish) -> Taken:
    """The pictures of one page; one that moved on by itself is looked at again, and at last left without any.

    Again means in a tab of its own: one in which a picture was never drawn may never draw another.
    """
    names: tuple[str, ...] = ()
    tab = page
    for _ in range(TRIES):
        try:
            names = tuple(_looks(tab, address, picture_name(address), wish.folder))
            break
        except _Moves:
            break
        except Error as moved:
            if not MOVED.search(moved.message):
                raise
            if tab is not page:
                tab.close()
            tab = page.context.new_page()
    if tab is not page:
        tab.close()
    said = address if names else f"{address}: it moves on by itself; no picture"
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()
    return Taken(address=address, names=names)


def contact_sheet(pages: list[Taken]) -> str:
    """One page with all pictures, small; each opens as it is."""
    rows = "".join(
        f"<h2>{html.escape(each.address)}</h2><p>{''.join(_shown(name) for name in each.names)}</p>" for each in pages
    )
    return f'<!doctype html><meta charset="utf-8"><title>Every page</title><style>{STYLE}</style>{rows}'


def _shown(name: str) -> str:
    return f'<a href="{name}"><img src="{name}" alt="{name}" loading="lazy"></a>'


def _agency(environment: dict[str, str]) -> str:
    admin = f"kim-{secrets.token_hex(3)}@bayou.example"  # the demo may remember the one before
    command = [str(Path(sys.executable).parent / "answerback"), "agency", "Bayou Agency", admin, "--business", "1"]
    environment = {**environment, "ANSWERBACK_DATABASE": "answerback_demo"}
    said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    return said[said.index("/join/") :].split()[0]


def _outside(ours: Demo, wish: Wish) -> list[Taken]:
    with _browsing(ours, wish) as context:
        return [taken(context.new_page(), each, wish) for each in (*ours.customers, *OUTSIDE) if wish.holds(each)]


def _inside(ours: Demo, wish: Wish, owner: Any, pages: list[str]) -> list[Taken]:
    with _browsing(ours, wish, storage_state=owner) as context:
        page = context.new_page()
        return [taken(page, each, wish) for each in pages]


def _agencys(ours: Demo, wish: Wish) -> list[Taken]:
    """The agency's pages, and every step of the set-up of one more business."""
    with _browsing(ours, wish) as context:
        page = context.new_page()
        agencys = [taken(page, each, wish) for each in [ours.join] if wish.holds(each)]
        page.goto(ours.join)
        page.fill("#name", "Kim Tran")
        page.fill("#password", "plenty of water heaters")
        page.click("button.strong")
        page.wait_for_load_state()
        _reads(page, wish.language)
        agencys += [taken(page, each, wish) for each in AGENCYS if wish.holds(each)]
        return agencys + [taken(page, each, wish) for each in _steps(page) if wish.holds(each)]


def _steps(page: Page) -> Iterator[str]:
    page.goto("/set-up/new")
    page.fill("#name", "Bayou Heating")
    page.fill("#phone", f"(512) 555-{secrets.randbelow(10_000):04}")
    page.check("[name=pack][value=hvac]", force=True)  # its own box is drawn by the label around it
    page.click("button.strong")
    page.wait_for_url(lambda address: not address.endswith("/set-up/new"))
    seen: set[str] = set()
    for _ in count():
        page.wait_for_url("**/set-up/*")
        address = page.url[page.url.index("/set-up/") :]
        yield f"{address}?once-more" if address in seen else address  # the phone's, once a line is connected
        seen.add(address)
        page.goto(address)
        if address.endswith("/test"):
            break
        if address.endswith("/team"):
            _hire(page)
        with page.expect_navigation():  # the form is sent by a script, and the page follows later
            page.locator(".set-up-main button.strong").first.click()
    page.locator(".set-up-main button.strong").click()
    page.wait_for_selector("form[action='/set-up/finish'] button")
    yield "/set-up/test?passed"


def _hire(page: Page) -> None:
    """The owner: somebody has to be woken in an emergency, and an agency's admin is not."""
    page.fill("#name", "Rosa Bayou")
    page.fill("#email", f"rosa-{secrets.token_hex(3)}@bayou.example")
    page.fill("#phone", "(512) 555-0143")
    page.check("[name=on_call]")
    page.locator(".set-up-main details form button").click()
    page.wait_for_selector(".set-up-main .rows")


@contextmanager
def _browsing(ours: Demo, wish: Wish, **wishes: Any) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-quic"])
        context = browser.new_context(
            base_url=ours.address, locale=wish.language, reduced_motion="reduce", service_workers="block", **wishes
        )
        context.set_default_timeout(PATIENCE)
        yield context
        browser.close()


def _sign_in(page: Page, ours: Demo, language: str) -> None:
    page.goto("/sign-in")
    page.fill("#email", ours.email)
    page.fill("#password", ours.password)
    page.click("form[action='/sign-in'] button")
    page.wait_for_url(f"{ours.address}/")
    _reads(page, language)


def _reads(page: Page, language: str) -> None:
    """What a person chose goes before what the browser asks for."""
    page.goto("/account")
    page.select_option("select[name=language]", language)
    with page.expect_navigation():
        page.locator("form:has(select[name=language]) button").click()


def _read(context: BrowserContext, address: str) -> str:
    answer = context.request.get(address, max_redirects=0)
    is_page = answer.ok and answer.headers.get("content-type", "").startswith("text/html")
    return answer.text() if is_page else ""


def _looks(page: Page, address: str, name: str, folder: Path) -> Iterator[str]:
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        _comes_to_rest(page, address)  # at this width: what is chosen in a row is brought into sight once
        seen = page.evaluate_handle("document")  # asked of it after the page has moved on, it answers with an error
        seen.evaluate(AXE)
        seen.evaluate(ALL_IMAGES)
        long = int(seen.evaluate("(it) => it.documentElement.scrollHeight"))
        whole = long <= DRAWABLE
        if not whole:
            page.set_viewport_size({"width": width, "height": TALLEST})
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            picture = f"{name}-{width}-{scheme}.png"
            area = {"x": 0, "y": 0, "width": width, "height": max(min(TALLEST, long), height)}
            page.screenshot(path=folder / picture, full_page=whole, clip=area, animations="disabled", timeout=DRAWN)
            yield picture
            for each in seen.evaluate(f"() => axe.run({rules})")["violations"]:
                sys.stdout.write(f"{address} {width} {scheme}: {each['id']} {each['nodes'][0]['html'][:120]}\n")


class _Moves(Exception):
    """The page goes on by itself, for ever."""


def _comes_to_rest(page: Page, address: str) -> None:
    went: list[Frame] = []

    def goes(frame: Frame) -> None:
        went.append(frame)

    page.on("framenavigated", goes)
    try:
        page.goto(address)
        for _ in range(TRIES):
            went.clear()
            page.wait_for_timeout(STILL)
            if not went:
                return
    finally:
        page.remove_listener("framenavigated", goes)
    raise _Moves


if __name__ == "__main__":
    main()
