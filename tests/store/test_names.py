"""What is stored goes through SQL and what is looked for through Python: they are one rule."""

from __future__ import annotations

import string
import sys
import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from answerback.store.queries import names

NAMES = st.text(st.characters(categories=("L", "M", "Nd", "P", "S", "Z")), max_size=30)
LIKELY = st.text(st.sampled_from("abcXYZ éßØŁĐđ'’`-.,ЖйёЯΘουςİı李小가か\u3099\u064eمo Oễ"), max_size=30)


@pytest.mark.django_db
@given(NAMES | LIKELY)
def test_sql_and_python_read_a_name_alike(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT plain_name(%s), name_words(%s)", [name, name])
        assert cursor.fetchone() == (names.plain(name), names.words(name))


@pytest.mark.django_db
def test_sql_and_python_read_every_letter_alike() -> None:
    letters = [chr(code) for code in range(1, sys.maxunicode) if unicodedata.category(chr(code))[0] in "LMNPSZ"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT s, plain_name(s), name_words(s || s) FROM unnest(%s::text[]) s", [letters])
        found = {letter: (plain, words) for letter, plain, words in cursor.fetchall()}
    wrong = {x: found[x] for x in letters if found[x] != (names.plain(x), names.words(x + x))}
    assert wrong == {}


def test_what_can_be_spelled_in_latin_letters_is() -> None:
    assert names.plain("Łódź Øræ ẞ Щука Ξένη") == "lodz orae ss shchuka xeni"
    assert set(names.plain(names.CAPITALS[:52])) >= set(string.ascii_lowercase)
    assert names.asked("O Brien 512") == [["brien", "obrien"]]
