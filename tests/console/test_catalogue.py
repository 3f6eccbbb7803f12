"""The Spanish of the interface: what is shipped is what is written, and no blank is lost in it."""

import gettext
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from scripts import catalogue

import answerback
from answerback.store import models

FOLDER = Path(answerback.__file__).parent / "console" / "locale" / "es" / "LC_MESSAGES"
BLANK = re.compile(r"%\(\w+\)s|NUMBER")


def test_the_compiled_catalogue_is_fresh() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    for message in catalogue.read(FOLDER / "django.po"):
        if message.id and message.string and isinstance(message.id, str):
            assert shipped.gettext(message.id) == message.string


def test_no_blank_is_lost() -> None:
    wrong = []
    for message in catalogue.read(FOLDER / "django.po"):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wrong += [one for one in ids for other in strings if one and other and not _same_blanks(one, other)]
    assert wrong == []


def _same_blanks(one: str, other: str) -> bool:
    return sorted(BLANK.findall(one)) == sorted(BLANK.findall(other))


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
