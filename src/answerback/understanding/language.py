"""Which language a text is written in, from its small words, its letters and its signs."""

import re
import unicodedata
from typing import Literal

from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import LANGUAGES, WORDS

Language = Literal["en", "es", "mixed", "und", "other"]

_NO_LANGUAGE = WORDS["language.no_language"]
_FOREIGN_SCRIPTS = (
    "CYRILLIC",
    "CJK",
    "ARABIC",
    "HEBREW",
    "HANGUL",
    "HIRAGANA",
    "KATAKANA",
    "THAI",
    "DEVANAGARI",
    "GREEK",
)


_PLAINLY = 1.5
"""By how many words a text must be English before somebody who writes Spanish is answered in English."""

_OF_BOTH = frozenset({"no", "stop"})
"""A "no" is Spanish as well, and "STOP" is what our Spanish texts ask for."""

_SPANISH_ENDING = re.compile(
    r"..(?:amos|emos|cion|ciones|ando|iendo|aron|ieron|arme|irme|erme|enme|eria|adora|anos|idad|ito|ita)$"
)


def language(heard: Heard, spoken: str = "") -> Language:
    """The language of a text; `und` when it has no words of any, `other` when of neither English nor Spanish.

    `spoken` is what they wrote in so far: who wrote Spanish goes on in it where a text, short or misspelled, has
    hardly more words of English.
    """
    original = heard.plain.original
    if not original.isascii() and _foreign(original):
        return "other"
    words = [word for word in heard.texts if word.isalpha() and not word.endswith("sign")]
    content = [word for word in words if word not in _NO_LANGUAGE]
    if not content:
        return "es" if spoken == "es" and set(words) & _OF_BOTH else _of_one_word(words, original)
    own = [word for word in words if word != "stop"]
    english, spanish, french = _score(own, "en"), _score(words, "es"), _score(words, "fr")
    if any(letter in original for letter in "ñ¿¡áíúóÑÁÍÓÚ") or (french <= spanish and set(original) & {"é", "É"}):
        spanish += 1.5  # French has an é too.
    foreign = max(french, *(_score(words, name) for name in ("pt", "other")))
    if foreign > max(english, spanish) and foreign >= 2:
        return "other"
    if spoken == "es" and english - spanish < _PLAINLY:
        return "es"
    return _of_two(english, spanish)


def _of_one_word(words: list[str], original: str) -> Language:
    if "si" in words:
        return "es"
    if {"yes", "stop"} & set(words) or ("no" in words and len(words) > 1):
        return "en"
    return "es" if "ñ" in original else "und" if not set(words) & {"no", "lol"} else "en"


def _of_two(english: float, spanish: float) -> Language:
    if spanish == 0:
        return "en"
    if english == 0:
        return "es"
    if min(english, spanish) >= 2 and min(english, spanish) * 2.5 > max(english, spanish):
        return "mixed"
    return "es" if spanish > english else "en"


def _score(words: list[str], name: str) -> float:
    known = LANGUAGES[name]
    weak = LANGUAGES.get(f"{name}_weak", frozenset())
    known_score = sum(0.5 if word in weak else 1.0 for word in words if word in known or word in weak)
    return known_score + (sum(0.7 for word in words if _SPANISH_ENDING.search(word)) if name == "es" else 0.0)


def _foreign(original: str) -> bool:
    """Are most of the letters of a script that neither English nor Spanish is written in?"""
    letters = [letter for letter in original[:200] if letter.isalpha()]
    foreign = sum(
        unicodedata.name(letter, "").startswith(_FOREIGN_SCRIPTS) for letter in letters if not letter.isascii()
    )
    return foreign * 2 > len(letters)
