"""No page of the console shows a count that does not lead to the list of what it counts; and it leads to so many.

A count is a number of a text on a page that comes from the rows: a number that stands in the sentence itself, as the
catalogue has it, counts nothing. What else is none, or cannot be a link, stands in the lists below with its reason.
"""

import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from scripts import catalogue
from scripts.pages import reachable
from tests.console import test_hundred_rows as rows
from tests.console.test_every_page import AGENCYS, open_book  # noqa: F401
from tests.console.test_isolation import CHARLIES, GUARDED, strangers, visitor  # noqa: F401
from tests.console.test_numbers_open_lists import DATES, MONTH, NUMBER, Numbers, Said

from answerback.store import models
from answerback.testing import each_table
from answerback.testing.bench import browse, seed
from answerback.testing.bench.pages import LEFT_OUT

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
    "th": "the name of a row or a column",
    "rows-read": "a table as somebody sent it up, with which row each is",
    "words": "what somebody wrote",
    "rung": "who is woken first, second, ...",
    "posts": "who is woken first, second, ...",
    "chip": "so many as somebody set, or a score",
}
"""Tags and classes, each with the reason why a number in it needs no list."""

MES = "(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)"

NO_COUNT = {
    r"\(\d{3}\) \d{3}-\d{4}|\+\d{11}": "a phone number",
    r"-?[$€]-?[\d,]+(\.\d\d)?|[\d,.]+ [A-Z]{3}\b": "money, which is entered by hand and stands in the list itself",
    r"\b\d+ (s|min|h|minut[eo]s?|hours?|days?|weeks?|horas?|días?|semanas?)\b": "a length of time",
    rf"\b\d{{1,2}}( de)? {MES}[a-z]*( de)?( \d{{4}})?": "a date, in Spanish",
    r"\b\d+:\d\d\b": "a time of day",
    r"\b(\d+\.\d+\.\d+\.\d+|localhost)\b(:\d+)?": "the address something was asked from, or leads to",
    r"https?://\S+|\S+@\S+\.\w+": "an address",
    r"\b\d+%": "a share of the number beside it, which is a link",
    rf"\b{MONTH} \d{{4}}": "a month",
    r"\b(Person|Shop|Scene) \d+": "a name of the bench's, or of a scene",
    r"\b[Vv]ersi[oó]n \d+|\b(job|trabajo) \d+|\bMicrosoft 365\b": "a name",
    r"\d+ records? (was|were) compared": "of a comparison that is over; what differs is the list under it",
    r"Se compar(ó|aron) \d+ registros?": "the same in Spanish",
    r"\d+(st|nd|rd|th)\b|\bcall \d+ of theirs": "a place in a row",
    r"\d*Ordi\w*": "a name of these tests",
}
"""What no list stands behind, by how it is written, each with the reason."""


@cache
def _sentences(language: str) -> set[str]:
    held = catalogue.read(catalogue.LOCALE / "es" / "LC_MESSAGES" / "django.po")
    return {" ".join(each.split()) for entry in held for each in _forms(entry.string if language == "es" else entry.id)}


def _forms(said: Any) -> tuple[str, ...]:
    return tuple(said) if isinstance(said, tuple | list) else (str(said),)


def _is_count(said: Said, sentences: set[str]) -> bool:
    left = DATES.sub("", said.words)
    for shape in NO_COUNT:
        left = re.sub(shape, "", left)
    is_written = said.words in sentences or bool(said.inside & NO_COUNT_IN.keys())
    return not said.href and not is_written and NUMBER.search(left) is not None


def _without_a_list(pages: dict[str, str], language: str) -> dict[str, list[str]]:
    """The counts that lead nowhere, each with the pages that show it."""
    found: dict[str, list[str]] = {}
    sentences = _sentences(language)
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


READERS = [
    # who looks, in which language, and how many pages they reach at least
    ("owner", "en", 70),
    ("manager", "es", 70),
    ("desk", "en", 40),
    ("technician", "es", 40),
]
"""Each role once and each page in both languages: crawling all of them twice would take four minutes."""


@pytest.mark.usefixtures("open_book")
def test_no_count_stands_there_without_a_list(
    visitor: Any,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every page about a business with a dozen rows in every table, for everybody who reaches it."""
    monkeypatch.setattr(rows, "MORE", 12)
    visitor("owner").get("/")
    for table in each_table.tables():
        rows._more(table)
    begin = ["/", "/leads?as=list", *(each.about(CHARLIES) for each in GUARDED)]
    found = {}
    for role, language, least in READERS:
        pages = _pages(_reader(visitor, role, language), begin)
        assert len(pages) > least
        found[role] = _without_a_list(pages, language)
    agency = _reader(visitor, "agency", "es")
    found["agency"] = _without_a_list({each: _read(agency, each) for each in ["/", *AGENCYS]}, "es")
    assert found == {role: {} for role in found}


@pytest.mark.usefixtures("transactional_db")
def test_nor_of_a_business_with_years_of_work(now: datetime, tmp_path: Path) -> None:
    """Every page as the bench asks for it: with leads in every state, money, appointments, videos, and an agency."""
    business = seed.open_business("Bench", "+15125550100", "owner@example.com")
    seed.fill(business.id, seed.Size(leads=700, texts_each=4), now, quiet=True)
    seed.one_each(business.id, tmp_path, now, shops=1)
    found = {}
    for email in ("owner@example.com", seed.ADMIN):
        client = Client()
        client.force_login(models.User.objects.get(email=email))
        client.get("/")
        asked = [address for name, address in browse.addresses(business.id) if name.partition(" ")[0] not in LEFT_OUT]
        pages = {address: page for address in asked if (page := _read(client, address))}
        assert len(pages) > 60
        found[email] = _without_a_list(pages, "en")
    assert found == {email: {} for email in found}


def _reader(visitor: Any, role: str, language: str) -> Client:  # noqa: F811
    models.User.objects.filter(email=f"{role}@example.com").update(language=language)
    client: Client = visitor(role)
    return client
