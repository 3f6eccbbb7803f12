"""How many SMS parts a text takes, and which characters make it dearer.

Source: 3GPP TS 23.038. A text in the GSM-7 alphabet has 160 characters alone or 153 a part; one character outside it
turns the whole text into UCS-2 with 70 alone or 67 a part. Never here: making a text shorter.
"""

from collections.abc import Iterable

GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = frozenset("\f^{}\\[~]|€")
"""These take two places: an escape and the character, which are never parted."""


def segments(text: str) -> int:
    """The number of SMS parts this text is charged as; an empty text is one."""
    if outside_gsm7(text):
        return _parts((2 if ord(character) > 0xFFFF else 1 for character in text), alone=70, joined=67)
    return _parts((2 if character in GSM7_EXTENSION else 1 for character in text), alone=160, joined=153)


def outside_gsm7(text: str) -> tuple[str, ...]:
    """The characters of this text that are not in GSM-7, each once, in order."""
    return tuple(dict.fromkeys(c for c in text if c not in GSM7_BASIC and c not in GSM7_EXTENSION))


def make_plain(text: str) -> str:
    """The same text with typographic characters in GSM-7 where that says the same; what has no plain form stays.

    An emoji carries meaning and a letter of another script is a word: whoever wrote them decides about those.
    """
    if not outside_gsm7(text):
        return text
    return "".join(character if _is_plain(character) else _PLAIN.get(character, character) for character in text)


def _is_plain(character: str) -> bool:
    return character in GSM7_BASIC or character in GSM7_EXTENSION


_PLAIN = {
    **dict.fromkeys("—–‒―−‐‑", "-"),
    **dict.fromkeys("’‘‚‛′ʼ´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    "…": "...",
    "•": "-",
    "·": "-",
    "™": "(TM)",
    "®": "(R)",
    "©": "(C)",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "°": " deg",
    "×": "x",
    "á": "a",
    "í": "i",
    "ó": "o",
    "ú": "u",
    "Á": "A",
    "Í": "I",
    "Ó": "O",
    "Ú": "U",
    "ç": "c",
    "ê": "e",
    "â": "a",
    "ô": "o",
    "î": "i",
    "û": "u",
    "ë": "e",
    "ï": "i",
}
"""What phones and word processors put in by themselves, and accents that GSM-7 lacks and a reader does not need."""


def _parts(widths: Iterable[int], *, alone: int, joined: int) -> int:
    places = tuple(widths)
    if sum(places) <= alone:
        return 1
    parts, room = 1, joined
    for width in places:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return parts
