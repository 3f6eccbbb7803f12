r"""Turns what somebody looks for into regular expressions that PostgreSQL and Python read alike.

A word finds itself whatever its case, accents, apostrophes and plural s are, as texts write them; the last word also
finds those that begin with it, since somebody may be typing it still. Letters of other scripts are found as they stand.
Never here: names, which are found by how they sound too (`names`).
"""

import re
import unicodedata
from dataclasses import dataclass

from answerback.ports import numbers
from answerback.store.queries import names

LONGEST = 120
"""So many characters of what was asked are looked at."""

MOST_WORDS = 8
FEWEST_DIGITS = 7
"""So many digits and nothing else are a phone number, or the part of one that is dialled in town."""

TOWN = 8
"""So many digits at the end of a number from abroad stand in it however it is written."""

_BETWEEN = names.SEPARATORS[1:-2] + r"'\u02b9\u02bb\u02bc"
_INSIDE = r"['`\u00b4\u02bc\u2018\u2019\u201b\u2032\u0300-\u036f]?"
"""May stand behind any letter of a word: an apostrophe, or an accent that is a character of its own."""

_IN_A_NUMBER = r"[ ().\u00a0\u2010-\u2015/-]{0,3}"


@dataclass(frozen=True, slots=True)
class Word:
    """One word that is looked for: `core` as an expression, and whether it stands in a text as a `whole`.

    `forms` are its spellings in small letters without accents; a word that is not whole begins with one of them.
    """

    core: str
    whole: bool
    forms: tuple[str, ...] = ()

    @property
    def anywhere(self) -> str:
        """The expression for PostgreSQL: does a text hold it?"""
        return f"(?:^|[{_BETWEEN}]){self.core}" + (f"(?:$|[{_BETWEEN}])" if self.whole else "")

    @property
    def places(self) -> "re.Pattern[str]":
        """The expression for Python: where does it stand?"""
        return re.compile(f"(?<![^{_BETWEEN}]){self.core}" + (f"(?![^{_BETWEEN}])" if self.whole else ""))


def asked(said: str, country: str = "") -> list[Word]:
    """The words that are looked for; none where it is too little to look for. A phone number is one, dialled from
    `country` where it does not say from where.
    """
    typed = unicodedata.normalize("NFKC", said[:LONGEST])
    if run := _number(typed, country):
        return [Word(_IN_A_NUMBER.join(run), whole=True)]
    pieces = [_bare(piece) for piece in re.split(names.SEPARATORS, typed)]
    words = [word for word in pieces if len(word) > 1 or (word and not word.isascii())][:MOST_WORDS]
    goes_on = bool(words) and not re.search(rf"[{_BETWEEN}]$", typed)
    return [_word(word, goes_on=goes_on and at == len(words)) for at, word in enumerate(words, start=1)]


def _number(typed: str, country: str) -> str:
    """The digits of a phone number that stand in it however it is written; empty where it is none."""
    digits = "".join(str(unicodedata.decimal(each)) for each in typed if each.isdecimal())
    if len(digits) < FEWEST_DIGITS or any(each.isalpha() for each in typed):
        return ""
    whole = numbers.typed(typed, country)
    if whole is None:
        return digits.lstrip("0") or digits
    return whole[2:] if whole.startswith("+1") else whole[-TOWN:]


def _bare(piece: str) -> str:
    """The piece in small letters, without accents and apostrophes."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", piece) if not unicodedata.combining(each))
    return re.sub(r"['`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032]", "", plain.lower())


def _word(word: str, *, goes_on: bool) -> Word:
    stem, ending = _stem(word)
    core = _INSIDE.join(_LETTERS.get(each) or _as_it_stands(each) for each in stem)
    if goes_on:
        return Word(core, whole=False, forms=(stem,))
    forms = tuple(dict.fromkeys((word, stem, f"{stem}s", f"{stem}es", *([f"{stem}e"] if ending == "es" else []))))
    more = "(?:[eE]?[sS]|[eE])?" if ending == "es" else "(?:[eE]?[sS])?"
    return Word(core + _INSIDE + more, whole=True, forms=forms)


def _stem(word: str) -> tuple[str, str]:
    """The word without the s of many, and what was taken off."""
    if len(word) > 4 and word.endswith("es"):
        return word[:-2], "es"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1], "s"
    return word, ""


def _as_it_stands(letter: str) -> str:
    both = dict.fromkeys((letter, letter.lower(), letter.upper()))
    return "(?:" + "|".join(re.escape(each) for each in both) + ")" if len(both) > 1 else re.escape(letter)


_ACCENTED = [chr(code) for code in (*range(0xC0, 0x180), *range(0x1EA0, 0x1F00))]
_LETTERS = {
    letter: f"[{letter}{letter.upper()}{''.join(each for each in _ACCENTED if names.plain(each) == letter)}]"
    for letter in "abcdefghijklmnopqrstuvwxyz"
}
