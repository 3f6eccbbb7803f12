"""Where a Chromium is for the browser tests and the pictures, and how to get one where there is none."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ON_MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

HOW = (
    "No Chromium here, so nothing was tried in a real browser. "
    "Debian and Ubuntu: sudo apt-get install chromium. macOS: brew install --cask chromium. "
    "Elsewhere: .venv/bin/playwright install --with-deps chromium. "
    "One that lies somewhere else: CHROMIUM=/path/to/it make test."
)


def found() -> str | None:
    """The path of a Chromium: the one that CHROMIUM names, of the system, or that Playwright downloaded."""
    if named := os.environ.get("CHROMIUM", ""):
        return shutil.which(named)
    for name in (*NAMES, *ON_MACOS):
        if path := shutil.which(name):
            return path
    return _downloaded()


def _downloaded() -> str | None:
    folders = (Path.home() / ".cache" / "ms-playwright", Path.home() / "Library" / "Caches" / "ms-playwright")
    for folder in folders:
        for pattern in ("chromium-*/chrome-*/chrome", "chromium-*/chrome-*/Chromium.app/Contents/MacOS/Chromium"):
            if there := sorted(folder.glob(pattern)):
                return str(there[-1])
    return None


CHROMIUM = found()
