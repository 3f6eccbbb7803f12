"""Finds every page a person can reach, as a person does: by following the links of the pages before."""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

HELD_BACK = re.compile(
    r"^/(sign-out|static|brand|healthz|readyz|metrics)|/live$|\.\w{3,7}$|/export/|/everything$|/download/$"
)
"""Ways out, parts of pages, and files: no pages."""


def reachable(read: Callable[[str], str], begin: list[str]) -> list[str]:
    """The addresses of all pages behind these, one for each kind of page, in the order they are found.

    `read` answers with the page behind an address, or with nothing where there is none.
    """
    waiting, seen, found = list(begin), set[str](), list[str]()
    while waiting:
        address = waiting.pop(0)
        if kind(address) in seen:
            continue
        seen.add(kind(address))
        if page := read(address):
            found.append(address)
            waiting.extend(_links(address, page))
    return found


def kind(address: str) -> str:
    """What pages about different things have in common: `/c/N` for `/c/4711`; what is asked of a list is left out."""
    parts = urlsplit(address)
    listed = "?as=list" if "as=list" in parts.query else ""
    return re.sub(r"(?<=/)[\w-]{20,}|\d+(?:-\d+)*", "N", parts.path) + listed


def _links(address: str, page: str) -> Iterator[str]:
    reader = _Reader()
    reader.feed(page)
    for href in reader.hrefs:
        parts = urlsplit(urljoin(f"http://here{address}", href))
        if parts.netloc == "here" and not HELD_BACK.search(parts.path):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


class _Reader(HTMLParser):
    """Keeps where the links of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = dict(attrs)
        if tag == "a" and wanted.get("href") and "download" not in wanted:
            self.hrefs.append(str(wanted["href"]))
