"""No page of the console shows a count that does not lead to the list of what it counts; and it leads to so many.

A count is a number of a text on a page that comes from the rows: a number that stands in the sentence itself, as the
catalogue has it, counts nothing. What else is none, or cannot be a link, stands in the lists below with its reason.
"""

import re
from typing import Any

import pytest
from django.test import Client
from scripts import catalogue
from scripts.pages import reachable
from tests.console import test_hundred_rows as rows
from tests.console.test_isolation import CHARLIES, GUARDED, strangers, visitor  # noqa: F401
from tests.console.test_numbers_open_lists import DATES, NUMBER, Numbers, Said

from answerback.testing import each_table

NO_COUNT_IN = {
    "time": "a moment",
    "code": "what is dialled or typed",
    "script": "is not shown",
    "option": "a choice of a form",
    "textarea": "what somebody wrote",
    "label": "names the field of a form",
    "button": "an act can be no link",
    "summary": "opens the list itself, right under it",
    "list-sum": "heads the list it counts",
    "helptext": "says what a password must be",
    "help": "says what may be written into a field",
    "whys": "what a decision rested on at its moment; that is in the conversation above it",
    "phone-frame": "a wording as a customer sees it",
    "stages": "the place in the set-up",
    "words": "what somebody wrote",
    "rung": "who is woken first, second, ...",
    "posts": "who is woken first, second, ...",
    "chip": "so many as somebody set, or a score",
}
"""Tags and classes, each with the reason why a number in it needs no list."""

NO_COUNT = {
    r"\(\d{3}\) \d{3}-\d{4}|\+\d{11}": "a phone number",
    r"-?[$€]-?[\d,]+(\.\d\d)?|[\d,.]+ [A-Z]{3}\b": "money, which is entered by hand and stands in the list itself",
    r"\b\d+ (s|min|h|minutes?|hours?|days?|weeks?)\b": "a length of time",
    r"\b\d+:\d\d\b": "a time of day",
    r"\b[Vv]ersion \d+|\bjob \d+|\bMicrosoft 365\b": "a name",
    r"\b0\b": "nothing is counted, so there is no list",
    r"\d+ records? (was|were) compared": "of a comparison that is over; what differs is the list under it",
    r"\d+(st|nd|rd|th)\b|\bcall \d+ of theirs": "a place in a row",
    r"\d*Ordi\w*": "a name of these tests",
}
"""What no list stands behind, by how it is written, each with the reason."""


def _sentences() -> set[str]:
    held = catalogue.read(catalogue.LOCALE / "es" / "LC_MESSAGES" / "django.po")
    return {" ".join(each.split()) for entry in held for each in _forms(entry.id)}


def _forms(said: Any) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, tuple | list) else (str(said),)


def _is_count(said: Said, sentences: set[str]) -> bool:
    left = DATES.sub("", said.words)
    for shape in NO_COUNT:
        left = re.sub(shape, "", left)
    is_written = said.words in sentences or bool(said.inside & NO_COUNT_IN.keys())
    return not said.href and not is_written and NUMBER.search(left) is not None


def _without_a_list(pages: dict[str, str]) -> dict[str, list[str]]:
    """The counts that lead nowhere, each with the pages that show it."""
    found: dict[str, list[str]] = {}
    sentences = _sentences()
    for address, page in pages.items():
        for said in Numbers(page).found:
            if _is_count(said, sentences):
                found.setdefault(f"{said.words[:120]}  <{', '.join(sorted(said.inside))}>", []).append(address)
    return found


def _read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code < 500, address
    is_page = answer.status_code == 200 and not answer.streaming and "html" in answer.get("Content-Type", "")
    return answer.content.decode() if is_page and b"<html" in answer.content else ""


def _pages(client: Client, begin: list[str]) -> dict[str, str]:
    """Every page that can be reached, with what it shows."""
    found: dict[str, str] = {}

    def read(address: str) -> str:
        found[address] = _read(client, address)
        return found[address]

    return {address: found[address] for address in reachable(read, begin) if address != "/api/docs"}


def test_no_count_stands_there_without_a_list(
    strangers: Any,  # noqa: F811
    visitor: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every page about a business with a dozen rows in every table."""
    monkeypatch.setattr(rows, "MORE", 12)
    client = visitor("owner")
    client.get("/")
    for table in each_table.tables():
        rows._more(table)
    pages = _pages(client, ["/", "/leads?as=list", *(each.about(CHARLIES) for each in GUARDED)])
    assert len(pages) > 70
    assert _without_a_list(pages) == {}
