"""Walks a newcomer's way from a new installation to the first real text in a real Chromium, and counts what it asks.

    .venv/bin/python -m scripts.newcomer [FOLDER] [--spanish]

Starts `answerback up` on a database of its own, makes the first link by `answerback invite` and goes through every
page as somebody who never saw one: reads all words that are visible, fills in what is required, presses what leads on.
Prints a table of Markdown (docs/set-up.md holds one): words to read at 200 a minute, characters to type at 40 words of
five characters a minute, 3 seconds for each press, and the seconds that went by until the page was there. With FOLDER
a picture of each page at 360 and 1280 pixels, light and dark. With --spanish the browser asks for Spanish. Needs a
Chromium.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Page, expect, sync_playwright

from answerback.server.setting_up import prepare
from scripts import browser

WORDS_A_MINUTE = 200
CHARACTERS_A_MINUTE = 40 * 5
A_PRESS = 3.0
"""Seconds to find the thing to press and to press it."""

WORDS = """
() => {
  const main = document.querySelector('.set-up-main, .set-up, main') || document.body
  const typed = [...main.querySelectorAll('textarea')].map(each => each.value).join(' ')
  return (main.innerText + ' ' + typed).split(/\\s+/).filter(word => /[\\p{L}\\p{N}]/u.test(word)).length
}
"""
"""The words somebody sees on the page, with those in what is written already; folded parts and menus are not open."""

WORDING = "Hi, this is {business}. Sorry we missed you! Is it heating, cooling or something else? Reply STOP to opt out"

TEAM = (("Ray Ortiz", "ray@example.com", "(512) 555-0144"), ("Ines Vega", "ines@example.com", ""))
"""Two colleagues: one is woken, one is at the desk."""

SIZES = {360: 740, 1280: 800}


@dataclass(slots=True)
class Step:
    """One page, and what it asked of the newcomer."""

    title: str
    words: int
    typed: int = 0
    presses: int = 0
    waited: float = 0.0

    @property
    def takes(self) -> float:
        """Seconds a person needs."""
        reads = self.words * 60 / WORDS_A_MINUTE
        return reads + self.typed * 60 / CHARACTERS_A_MINUTE + self.presses * A_PRESS + self.waited


@dataclass(slots=True)
class Newcomer:
    """Somebody who goes through the pages; what each asked of them is counted."""

    page: Page
    folder: Path | None
    thorough: bool
    said: Callable[[str], str]
    steps: list[Step] = field(default_factory=list)

    def arrive(self, heading: str) -> None:
        """The next page is there."""
        began = time.monotonic()
        expect(self.page.locator("h1").first).to_have_text(self.said(heading))
        waited = time.monotonic() - began
        self.steps.append(Step(title=heading % {"brand": "answerback"}, words=self.page.evaluate(WORDS), waited=waited))
        self.look()

    def fill(self, label: str, words: str) -> None:
        """Type into the field of this label."""
        self.page.get_by_label(self.said(label), exact=False).first.fill(words)
        self.steps[-1].typed += len(words)
        self.steps[-1].presses += 1

    def press(self, button: str) -> None:
        """Press this button."""
        self.page.get_by_role("button", name=self.said(button), exact=True).first.click()
        self.steps[-1].presses += 1

    def choose(self, words: str) -> None:
        """Press what bears these words."""
        self.page.get_by_text(self.said(words), exact=True).first.click()
        self.steps[-1].presses += 1

    def look(self, further: str = "") -> None:
        """Keep pictures of the page; `further` is what has happened on it since its first ones."""
        if self.folder is None:
            return
        name = f"{len(self.steps):02}-{re.sub(r'[^a-z]+', '-', self.steps[-1].title.lower()).strip('-')}{further}"
        for width, height in SIZES.items():
            for scheme in ("light", "dark"):
                self.page.set_viewport_size({"width": width, "height": height})
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                self.page.screenshot(path=self.folder / f"{name}-{width}-{scheme}.png", full_page=True)


def main() -> None:
    """Walk, and print what was asked."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", nargs="?", type=Path, help="where pictures of the pages are kept")
    asked.add_argument("--spanish", action="store_true", help="as somebody whose browser asks for Spanish")
    told = asked.parse_args()
    if told.spanish:
        prepare(start_database=False)
    folder, said = told.folder, _spanish if told.spanish else english
    if browser.CHROMIUM is None:
        sys.exit(browser.HOW)
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    for thorough in (False, True):
        steps = _walked(folder, said, thorough=thorough)
        title = "Everything the steps ask, on pretend phones" if thorough else "The shortest way, on pretend phones"
        sys.stdout.write(f"\n{title}\n\n{table(steps)}")


def _walked(folder: Path | None, said: Callable[[str], str], *, thorough: bool) -> list[Step]:
    with (
        tempfile.TemporaryDirectory(prefix="answerback-newcomer-") as var,
        installation(Path(var)) as link,
        sync_playwright() as playwright,
    ):
        opened = playwright.chromium.launch(executable_path=browser.CHROMIUM, args=["--no-sandbox"])
        page = opened.new_page(viewport={"width": 1280, "height": 800}, locale="es-US" if said is _spanish else "en-US")
        newcomer = Newcomer(page, folder if thorough else None, thorough=thorough, said=said)
        _fingerprint(page)
        page.goto(link)
        walk(newcomer)
        opened.close()
    return newcomer.steps


def _fingerprint(page: Page) -> None:
    """A device that makes passkeys, whose owner lays a finger on it."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    told = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = told | {"isUserVerified": True, "automaticPresenceSimulation": True}
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@contextmanager
def installation(var: Path) -> Iterator[str]:
    """A new installation, running until the end of the block; gives the link for its first owner."""
    var.chmod(0o711)  # run as root, the database's own user has to get through
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "ANSWERBACK_VAR": str(var), "ANSWERBACK_PORT": str(port), "COLUMNS": "200"}
    environment.pop("DATABASE_URL", None)
    program = str(Path(sys.executable).parent / "answerback")
    with subprocess.Popen([program, "up"], env=environment, stderr=subprocess.PIPE, text=True) as running:
        try:
            _until_it_says(running, "answerback is at")
            said = subprocess.run(
                [program, "invite", "nora@example.com"], env=environment, capture_output=True, text=True, check=True
            ).stdout
            found = re.search(r"/join/\S+", said)
            assert found is not None, said
            yield f"http://localhost:{port}{found[0]}"  # a passkey belongs to a name
        finally:
            running.terminate()


def walk(newcomer: Newcomer) -> None:
    """From the link to the first real text."""
    for stage in (_join, _second_step, _business, _phone, _team_and_words, _call):
        stage(newcomer)


def _join(newcomer: Newcomer) -> None:
    newcomer.arrive("Welcome to %(brand)s")
    newcomer.fill("Your name", "Nora Rivera")
    newcomer.fill("Choose a password", "plenty of water heaters")
    newcomer.press("Join")


def _second_step(newcomer: Newcomer) -> None:
    newcomer.arrive("One more step, then everything opens")
    newcomer.press("Set a passkey up")
    newcomer.arrive("Recovery codes")
    for link in ("Download", "I have kept them: go on"):
        newcomer.page.get_by_role("link", name=newcomer.said(link)).click()
        newcomer.steps[-1].presses += 1


def _business(newcomer: Newcomer) -> None:
    newcomer.arrive("Set up a business")
    newcomer.fill("Name, as customers know it", "Rivera Heating and Cooling")
    newcomer.fill("Phone customers call", "(512) 555-0142")
    newcomer.choose("Heating and cooling")
    newcomer.press("Go on")
    newcomer.arrive("When is somebody there to take calls?")
    if newcomer.thorough:
        for label, time_of_day in (("Monday: to", "12:00"), ("Saturday: from", "09:00"), ("Saturday: to", "13:00")):
            newcomer.fill(label, time_of_day)
        newcomer.choose("Second shift")
        second = newcomer.page.locator("details.day-more").first.locator("input")
        for field_, time_of_day in zip(second.all(), ("13:00", "17:00"), strict=False):
            field_.fill(time_of_day)
            newcomer.steps[-1].typed += len(time_of_day)
            newcomer.steps[-1].presses += 1
        newcomer.fill("State, for its holidays (optional)", "TX")
        newcomer.fill("Closed days, one a line", "Dec 24\nDec 31")
    newcomer.press("Save and go on")


def _phone(newcomer: Newcomer) -> None:
    newcomer.arrive("Which phone do customers call?")
    if newcomer.thorough:
        newcomer.fill("Where callers find it", "Google listing")
    newcomer.press("Connect")
    expect(newcomer.page.get_by_role("button", name=newcomer.said("Go on"), exact=True)).to_be_visible()
    if newcomer.thorough:
        newcomer.fill("The number at the provider", "(512) 555-0145")
        newcomer.fill("Where callers find it", "Side of the van")
        newcomer.press("Connect")
        expect(newcomer.page.locator(".rows").get_by_text("Side of the van")).to_be_visible()
    newcomer.press("Go on")
    newcomer.arrive("Send us the calls you miss")
    newcomer.press("Go on")


def _team_and_words(newcomer: Newcomer) -> None:
    newcomer.arrive("Who is woken, who answers?")
    for name, email, phone in TEAM if newcomer.thorough else ():
        newcomer.choose("Add somebody")
        newcomer.fill("Name", name)
        newcomer.fill("E-mail, to sign in with", email)
        if phone:
            newcomer.fill("Phone, to be woken by (optional)", phone)
            newcomer.choose("On call: woken in an emergency")
        newcomer.press("Add")
        expect(newcomer.page.locator(".rows").get_by_text(name)).to_be_visible()
    newcomer.fill("Your own phone, to be woken in an emergency", "(512) 555-0143")
    newcomer.press("Save and go on")
    newcomer.arrive("What do we say first?")
    if newcomer.thorough:
        newcomer.fill("First text", WORDING)
    newcomer.press("Save and go on")
    newcomer.arrive("May we text?")
    newcomer.press("Go on")


def _call(newcomer: Newcomer) -> None:
    newcomer.arrive("Now a real call")
    newcomer.press("Make the test call")
    began = time.monotonic()
    expect(newcomer.page.get_by_role("button", name=newcomer.said("Finish"))).to_be_visible(timeout=120_000)
    newcomer.steps[-1].waited += time.monotonic() - began
    newcomer.look("-passed")
    newcomer.press("Finish")
    newcomer.arrive("Today")


def table(steps: list[Step]) -> str:
    """What each page asks, as Markdown."""
    head = "| Page | Words | Typed | Presses | Waits | Takes a person |\n|---|---:|---:|---:|---:|---:|\n"
    all_of_them = Step("**Altogether**", *(sum(each) for each in zip(*map(_asked, steps), strict=True)))
    return head + "".join(
        f"| {each.title} | {each.words} | {each.typed} | {each.presses}"
        f" | {each.waited:.0f} s | {_clock(each.takes)} |\n"
        for each in [*steps, all_of_them]
    )


def _asked(step: Step) -> tuple[int, int, int, float]:
    return step.words, step.typed, step.presses, step.waited


def _clock(seconds: float) -> str:
    return f"{int(seconds + 0.5) // 60}:{int(seconds + 0.5) % 60:02}"


def english(words: str) -> str:
    """As it is written, with the name the console bears."""
    return words.replace("%(brand)s", "answerback")


def _spanish(words: str) -> str:
    """As the catalogue says it."""
    with translation.override("es"):
        known = gettext(words)
        parts = words.split(": ") if known == words else [words]  # a day and what of it
        return english(": ".join(map(gettext, parts)))


def _until_it_says(running: "subprocess.Popen[str]", words: str) -> None:
    said = ""
    for line in running.stderr or ():
        said += line
        if words in line:
            return
    sys.exit(f"The installation did not start:\n{said}")


if __name__ == "__main__":
    main()
