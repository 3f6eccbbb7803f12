"""Reads phone numbers as providers write them and says which are in fact no numbers at all.

A withheld caller may arrive as a word or spelled on the keypad (+266696687 is ANONYMOUS). libphonenumber takes some of
these spellings for valid Chinese numbers, so they are tested before anything is parsed. Nothing here guesses: what is
not plainly a number is None.
"""

import re
from functools import lru_cache

import phonenumbers

from answerback.ports.phone import WITHHELD

WITHHELD_WORDS = frozenset(
    {"", "anonymous", "blocked", "hidden", "none", "null", "payphone", "private", "restricted", "unavailable"}
    | {"unknown", "withheld", "+anonymous", "+blocked", "+restricted", "+unavailable", "+unknown"}
)
"""What providers write in place of a number when the caller hid it."""

WITHHELD_KEYPAD = frozenset({"266696687", "7378742833", "86282452253", "8656696", "2562533"})
"""ANONYMOUS, RESTRICTED, UNAVAILABLE, UNKNOWN and BLOCKED typed on a phone's keypad, as carriers send them."""

TOLL_FREE_BEGINS = tuple(f"+1{code}" for code in ("800", "833", "844", "855", "866", "877", "888"))

_E164 = re.compile(r"\+(?:1[2-9][0-9]{9}|[2-9][0-9]{6,14})", re.ASCII)
_NOT_DIGITS = re.compile(r"[^0-9]+")


def e164(written: str, region: str | None = None) -> str | None:
    """The number in E.164, or None when these characters are not a number one could dial.

    `region` (such as "US") is where a number without "+" is read; without it such a number is None. Existence is not
    checked: numbering plans grow faster than any library, and a live caller is proof enough.
    """
    if is_withheld(written):
        return None
    if _E164.fullmatch(written):
        return written
    return _parsed(written, region)


def caller(written: str, region: str | None = None) -> str:
    """The caller in E.164, or `WITHHELD` for everything that cannot be called back by phone."""
    return e164(written, region) or WITHHELD


def is_withheld(written: str) -> bool:
    """Did the caller hide the number, whether as a word, as nothing, or spelled on the keypad?"""
    plain = written.strip().lower()
    return plain in WITHHELD_WORDS or _NOT_DIGITS.sub("", plain) in WITHHELD_KEYPAD


def is_toll_free(number: str) -> bool:
    """Is this North American number (E.164) a toll-free one?"""
    return number.startswith(TOLL_FREE_BEGINS) and len(number) == 12


@lru_cache(maxsize=4096)
def _parsed(written: str, region: str | None) -> str | None:
    if len(written) > 40 or ":" in written or "@" in written:  # sip:, client: and whatsapp: are addresses, not numbers
        return None
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
