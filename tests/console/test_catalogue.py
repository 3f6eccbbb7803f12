"""The Spanish of the interface: what is shipped is what is written, and no blank is lost in it."""

import ast
import gettext
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation
from scripts import catalogue

import answerback
from answerback.console import calls, moments, words
from answerback.console.reports.listing import COUNTS
from answerback.store import models

FOLDER = Path(answerback.__file__).parent / "console" / "locale" / "es" / "LC_MESSAGES"
BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+>|NUMBER")
CENTRAL = ZoneInfo("America/Chicago")
NOW = datetime(2026, 3, 11, 10, 0, tzinfo=CENTRAL)  # a Wednesday


def test_the_compiled_catalogue_is_fresh() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    for message in catalogue.read(FOLDER / "django.po"):
        if message.id and message.string and isinstance(message.id, str):
            said = shipped.pgettext(message.context, message.id) if message.context else shipped.gettext(message.id)
            assert said == message.string


def test_one_english_word_has_the_spanish_of_each_thing_it_is_said_of() -> None:
    """ "Perdida" stood beside "Llamadas", and all services were "Todas"."""
    with translation.override("es"):
        told = {
            "calls": [str(name) for name in calls.VERDICTS.values()],
            "leads": [str(COUNTS[each]) for each in ("qualified", "lost", "sold")],
            "a lead": [str(words.STATUSES[each].words) for each in ("qualified", "lost")],
            "an appointment": str(words.VISITS["booked"]),
        }
    assert told == {
        "calls": ["Todas", "Perdidas", "Contestadas", "Omitidas"],
        "leads": ["Calificados", "Perdidos", "Vendidos"],
        "a lead": ["Calificado", "Perdido"],
        "an appointment": "Reservada",
    }


def test_words_of_templates_and_code_are_gathered_with_their_contexts() -> None:
    found = catalogue.read(FOLDER / "django.po")
    gathered = {(word.id, word.context) for word in catalogue.words()}
    assert {
        (each.id if isinstance(each.id, str) else each.id[0], each.context) for each in found if each.id
    } == gathered
    assert {context for id, context in gathered if id == "All"} == {None, "notices", "services"}


def test_every_word_of_the_interface_is_translated() -> None:
    held = catalogue.read(FOLDER / "django.po")
    assert [word for word in dict.fromkeys(catalogue.words()) if not catalogue.translated(held, word)] == []
    assert [message.id for message in held if message.fuzzy and message.id] == []


def test_no_word_hides_in_an_f_string() -> None:
    """Whoever gathers the words of the interface does not see into one."""
    hidden = [
        (path.name, call.lineno)
        for path in Path(answerback.__file__).parent.rglob("*.py")
        for joined in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in catalogue.WORDS
    ]
    assert hidden == []


def test_no_blank_is_lost() -> None:
    wrong = []
    for message in catalogue.read(FOLDER / "django.po"):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        pairs = zip([ids[0], *[ids[-1]] * (len(strings) - 1)], strings, strict=True)
        wrong += [one for one, other in pairs if one and other and not _same_blanks(one, other)]
    assert wrong == []


def test_everybody_is_spoken_to_as_usted() -> None:
    familiar = re.compile(
        r"\b([Tt]us?|[Tt]e|ti|[Tt]ú|[Ee]ntras|[Tt]ienes|[Pp]uedes|[Qq]uieres|[Ee]res|[Ee]stás)\b"
        r"|[.] (Elige|Haz|Mira|Pulsa)\b|\b\w*[áéíóúÁÉÍÓÚ]\w*al[ao]s?\b(?=.*\busted\b)"
    )
    told = [message.string for message in catalogue.read(FOLDER / "django.po")]
    flat = [each for said in told for each in (said if isinstance(said, tuple) else (said,)) if each]
    assert [each for each in flat if familiar.search(each)] == []


def _same_blanks(one: str, other: str) -> bool:
    return sorted(BLANK.findall(one)) == sorted(BLANK.findall(other))


@pytest.mark.parametrize(
    ("apart", "english", "spanish"),
    [
        (timedelta(seconds=3), "just now", "ahora mismo"),
        (timedelta(minutes=5), "5 min ago", "hace 5 min"),
        (timedelta(hours=-2), "in 2 h", "en 2 h"),
        (timedelta(days=1), "yesterday 10:00 AM", "ayer a las 10:00 AM"),
        (timedelta(days=3), "Sun 10:00 AM", "dom 10:00 AM"),
        (timedelta(days=30), "Feb 9", "9 feb"),
        (timedelta(days=400), "Feb 4, 2025", "4 feb 2025"),
    ],
)
def test_times_are_in_words_of_the_language(apart: timedelta, english: str, spanish: str) -> None:
    said = []
    for language in ("en", "es"):
        with translation.override(language):
            said.append(moments.moment(NOW - apart, NOW, CENTRAL).words)
    assert said == [english, spanish]


def test_a_day_and_an_exact_time_in_spanish() -> None:
    with translation.override("es"):
        assert moments.exact(NOW) == "miércoles, 11 de marzo de 2026, 10:00 AM CDT"
        assert moments.day(NOW - timedelta(days=1), NOW) == "Ayer"


@pytest.mark.parametrize(
    "address", ["/people", "/history", "/account", "/settings/rules", "/settings/hours", "/playbooks"]
)
def test_pages_speak_the_language_of_their_reader(shop: Any, alice: Client, address: str) -> None:
    headings = [_heading(alice.get(address))]
    models.Business.objects.filter(id=shop.business.id).update(language="es")
    headings.append(_heading(alice.get(address)))
    models.User.objects.filter(email="alice@example.com").update(language="en")
    headings.append(_heading(alice.get(address)))
    assert headings[0] == headings[2] != headings[1]


def _heading(page: Any) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page.content.decode())
    assert found
    return found[1]
