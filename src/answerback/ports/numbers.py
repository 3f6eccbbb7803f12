"""Reads phone numbers as people write them: in forms, in files, in the search and at the terminal.

Providers write by rules of their own (`adapters.numbers`); people write `+44 (0)20 7946 0958`, `512-555-0134 ext 5`,
`tel:+1 512 555 0134`, `1-800-FLOWERS`, Arabic digits, and at home without the country. An extension is left out: nobody
can be texted there. Never here: a guess. What is not plainly one number is None.
"""

import re
import unicodedata
from functools import lru_cache

import phonenumbers

USUAL = "US"
"""Where a number without a country is from when nothing says otherwise."""

LONGEST = 60

_NORTH_AMERICA = frozenset(phonenumbers.COUNTRY_CODE_TO_REGION_CODE[1])
_USUAL = re.compile(r"(\+1[ .-]?|1[ .-])?\(?([2-9]\d{2})\)?[ .-]?([2-9]\d{2})[ .-]?(\d{4})", re.ASCII)
"""As most of a North American file is written: read at once, for a library takes most of the time of an import."""

_BEFORE = re.compile(r"(?i)^(?:'|tel:|sms:|callto:|phone:|(?:ph|tel|fax|cell|mobile)[.:]?\s+(?=[+(\d]))+")
_EXTENSION = re.compile(
    r"(?i)[\s,;]*(?:;ext=|\b(?:ext|extn|extension|int|interno|anexo)\b\.?|(?<=[\d\s])x|#)[\s:.]*\d{1,7}$"
)
_SPREADSHEET = re.compile(r"^(\+?\d+)\.0$")
_TRUNK = re.compile(r"\(\s*0\s*\)")
_VANITY = re.compile(r"\+?1?([2-9]\d{2}\d{0,4})([A-Z]{3,9})")
_PLAIN = re.compile(r"\+?[\d\s().,/\\\-]+")


def typed(written: str, country: str = "") -> str | None:
    """The number in E.164, or None for what is not one number that can be dialled.

    `country` (two letters) is where a number without one is from: that of the business.
    """
    region = country if country in phonenumbers.SUPPORTED_REGIONS else USUAL
    if usual := _USUAL.fullmatch(written):
        before, area, exchange, last = usual.groups()
        if (before or "").startswith("+") or region in _NORTH_AMERICA:
            return f"+1{area}{exchange}{last}"
    return _typed(plainly(written), region)


def _typed(plain: str, region: str) -> str | None:
    if len(plain) > LONGEST:
        return None
    if vanity := _VANITY.fullmatch(re.sub(r"[\s().\-]", "", plain.upper())):
        return _possible("+1" + _on_keypad(vanity[1] + vanity[2])[:10], region)
    if not _PLAIN.fullmatch(plain):
        return None
    found = _possible(plain, region)
    if found is None and _TRUNK.search(plain):
        found = _possible(_TRUNK.sub("", plain), region)
    if found is None and plain.startswith("00"):  # as it is dialled in most of the world, though not in America
        found = _possible("+" + plain[2:], region)
    return found


def plainly(written: str) -> str:
    """What was written with plain digits, without what stands before and behind the number."""
    plain = "".join(_letter(each) for each in unicodedata.normalize("NFKC", written)).strip()
    plain = _EXTENSION.sub("", _BEFORE.sub("", plain))
    return _SPREADSHEET.sub(r"\1", plain).strip()


def exists(number: str) -> bool:
    """Is this number (E.164) in its country's plan of numbers, as far as is known?"""
    if number.startswith("+1"):  # given out by the thousand and more: the last four digits tell nothing there
        return len(number) == 12 and _exists(number[:8] + "0134")
    return _exists(number)


@lru_cache(maxsize=8192)
def _exists(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number))


def country_by(said: str, phone: str) -> str:
    """Where a business is (two letters), as it said or as its phone tells."""
    return said if said not in {"", USUAL} else country_of(phone) or USUAL


@lru_cache(maxsize=8192)
def country_of(number: str) -> str:
    """The two letters of the country this number (E.164) is from; empty where that is not known."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""


def _letter(each: str) -> str:
    """A digit of any script as ours; dashes as one; what cannot be seen as nothing."""
    if each.isdecimal():
        return str(unicodedata.decimal(each))
    kind = unicodedata.category(each)
    return "-" if kind == "Pd" else "" if kind == "Cf" else " " if kind == "Zs" else each


def _on_keypad(letters: str) -> str:
    return phonenumbers.convert_alpha_characters_in_number(letters)


def _possible(plain: str, region: str) -> str | None:
    try:
        number = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
