"""Slips of the finger and of the ear in the Spanish names of days: "viernez", "savado", "mrtes", "mañaba".

Each is made from the right name by one slip, so none need be listed. It must never put right what is a word itself.
"""

from collections.abc import Iterator, Mapping

_NAMES = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "manana")

_LIKE = {
    "s": "zcad",
    "c": "sz",
    "b": "v",
    "v": "b",
    "e": "r",
    "i": "yu",
    "a": "s",
    "o": "p",
    "r": "l",
    "g": "j",
    "j": "g",
    "n": "mb",
}
"""Letters that sound like another or lie beside it on the keys."""

_WORDS_OF_THEIR_OWN = frozenset(
    {"lune", "luns", "unes", "lumes", "lubes", "lues", "luned", "mates", "mares", "marts", "artes", "mattes", "marted"}
    | {"martec", "domino", "doming", "vienes", "vernes", "cabado", "saado", "abado"}
    | {"manna", "manan", "mana", "amana", "maana", "mamana", "manama", "anana", "manaa"}
)


def _slipped(name: str) -> Iterator[str]:
    """A letter left out, doubled, changed for its neighbour, or put for one like it."""
    for at, letter in enumerate(name):
        yield name[:at] + letter + name[at:]
        if at:
            yield name[:at] + name[at + 1 :]
            yield name[: at - 1] + letter + name[at - 1] + name[at + 1 :]
        for other in _LIKE.get(letter, ""):
            yield name[:at] + other + name[at + 1 :]


def _written() -> dict[str, str]:
    found = {slip: name for name in _NAMES for slip in _slipped(name) if slip not in _NAMES}
    return {slip: name for slip, name in found.items() if slip not in _WORDS_OF_THEIR_OWN}


SLIPS: Mapping[str, str] = {
    **_written(),
    **dict.fromkeys(("miercole", "mierkoles", "mierculos", "mielcolez"), "miercoles"),
    **dict.fromkeys(("jueve", "huebes", "gueves", "juebez"), "jueves"),
    **dict.fromkeys(("vierne", "biernez", "viernss"), "viernes"),
    **dict.fromkeys(("zabado", "zavado"), "sabado"),
    **dict.fromkeys(("pazado", "psado", "pasdo"), "pasado"),
    **dict.fromkeys(("mannana", "manyana", "maniana"), "manana"),
}
"""Each slip and the name that is meant."""
