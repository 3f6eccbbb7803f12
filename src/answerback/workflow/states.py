"""The states of a country by letters and by name, in English as the holidays know them and in Spanish.

Never here: which holidays a state has.
"""

import unicodedata
from functools import cache

import holidays

from answerback.workflow.actors import NotAllowed

SPANISH = {
    "AS": "Samoa Americana", "DC": "Distrito de Columbia", "HI": "Hawái", "LA": "Luisiana", "MI": "Míchigan",
    "MP": "Islas Marianas del Norte", "MN": "Minesota", "MS": "Misisipi", "MO": "Misuri", "NC": "Carolina del Norte",
    "ND": "Dakota del Norte", "NH": "Nuevo Hampshire", "NJ": "Nueva Jersey", "NM": "Nuevo México", "NY": "Nueva York",
    "OR": "Oregón", "PA": "Pensilvania", "SC": "Carolina del Sur", "SD": "Dakota del Sur", "TX": "Texas",
    "VI": "Islas Vírgenes de los Estados Unidos", "WV": "Virginia Occidental",
    "UM": "Islas Ultramarinas Menores de los Estados Unidos",
}  # fmt: skip
"""Of the United States, those that are called otherwise in Spanish (Real Academia Española, Ortografía, appendix 3)."""

ALSO = {"Tejas": "TX", "Nueva Hampshire": "NH", "Virginia del Oeste": "WV", "Islas Vírgenes": "VI"}
"""Further names people write."""


@cache
def names(country: str, language: str) -> dict[str, str]:
    """Each state's name in this language by its letters, in the order of the names. Raises `NotAllowed`."""
    told = {letters: name for name, letters in _known(country).subdivisions_aliases.items()}
    if country == "US" and language == "es":
        told |= {letters: name for letters, name in SPANISH.items() if letters in told}
    return dict(sorted(told.items(), key=lambda each: _folded(each[1])))


def letters(country: str, told: str) -> str:
    """The letters of the state that was told by letters or name, in either language. Raises `NotAllowed`."""
    by_name = {_folded(name): each for language in ("en", "es") for each, name in names(country, language).items()}
    if country == "US":
        by_name |= {_folded(name): each for name, each in ALSO.items()}
    found = (by_name | {_folded(each): each for each in _known(country).subdivisions}).get(_folded(told))
    if found is None:
        raise NotAllowed(f"{told} is no state of {country}. Write its letters, such as TX, or its name.")
    return found


def _known(country: str) -> holidays.HolidayBase:
    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        raise NotAllowed(f"No holidays are known for {country}.") from None


def _folded(said: str) -> str:
    plain = unicodedata.normalize("NFKD", said)
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).casefold().split())
