"""A date looks the same on every page of a language: one module writes them, and no page has a pattern of its own."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import translation

import answerback
from answerback.console import moments

HOME = Path(answerback.__file__).parent
DAY = date(2026, 11, 7)
MACHINES = {"Y-m-d", "Ymd", "c", r"Y-m-d\TH:i", r"Y-m-d\T09:00", r"Y-m-d\T10:00", "g:i:s A"}
"""What stands in fields and addresses; and the log of the pretend phones, which is a clock with seconds."""


def test_no_page_has_a_pattern_of_its_own() -> None:
    pages = [path for folder in ("console", "booking", "watch") for path in (HOME / folder).rglob("*.html")]
    found = {
        (path.name, each) for path in pages for each in re.findall(r"""\|date:["']([^"']*)["']""", path.read_text())
    }
    assert {each for each in found if each[1] not in MACHINES} == set()
    code = [path for path in (HOME / "console").rglob("*.py") if path.name != "moments.py"]
    assert [path.name for path in code if "date_format" in path.read_text()] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Nov 7, 2026", "Nov 7", "Sat, Nov 7", "Saturday, November 7", "November 2026"]),
        ("es", ["7 nov 2026", "7 nov", "sáb 7 nov", "Sábado, 7 de noviembre", "noviembre de 2026"]),
    ],
)
def test_each_language_has_one_order(language: str, said: list[str]) -> None:
    ways = (moments.dated, moments.month_and_day, moments.short_date, moments.date, moments.month)
    with translation.override(language):
        assert [way(DAY) for way in ways] == said
        page = engines["django"].from_string("{{ day|dated }}")
        assert page.render({"day": DAY}) == said[0]
        long_ago = moments.moment(
            datetime(2025, 11, 7, 15, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC), ZoneInfo("UTC")
        )
        assert long_ago.words == said[0].replace("2026", "2025")
