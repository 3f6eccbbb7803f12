"""Takes out of a customer's text what says who they are: names, numbers, addresses, e-mail, links.

For quotes in reviews. It rather masks too much than too little; nothing is kept of what it takes out.
"""

import re
from collections.abc import Iterable


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The text with `[name]`, `[number]`, `[address]`, `[email]` and `[link]` in their places.

    `names` are what we know them by; each of their words is masked wherever it stands.
    """
    for pattern, put in _PATTERNS:
        text = pattern.sub(put, text)
    for word in sorted({word for name in names for word in re.findall(r"[^\W\d_]{2,}", name)}, key=len, reverse=True):
        text = re.sub(rf"(?i)\b{re.escape(word)}\b", "[name]", text)
    text = _INTRODUCED.sub(lambda found: f"{found[1]} [name]", text)
    return re.sub(r"\[name\](?:[ ,]*\[name\])+", "[name]", text)


_STREETS = (
    r"st|street|ave|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|ct|court|way|pl|place|cir|circle|hwy|highway|pkwy"
    r"|parkway|trl|trail|ter|terrace|loop"
)

_PATTERNS = (
    (re.compile(r"(?i)\b[\w.+-]+@[\w-]+\.[\w.]+"), "[email]"),
    (re.compile(r"(?i)\bhttps?://\S+|\bwww\.\S+"), "[link]"),
    (
        re.compile(
            rf"(?i)\b\d+[a-z]?\s+(?:[nsew]\.?\s+)?(?:[\w'.]+\s+){{1,4}}?(?:{_STREETS})\b\.?(?:\s*(?:#|apt|unit)\s*\w+)?"
        ),
        "[address]",
    ),
    (re.compile(r"(?i)\b(?:calle|avenida|av|camino)\.?\s+[\w' ]+?\s*#?\d+\b"), "[address]"),
    (re.compile(r"\(?\+?\d(?:[\s().-]*\d){4,}"), "[number]"),
)

# Who introduces themselves; after a plain "I'm" only a capital makes a name of what follows.
_INTRODUCED = re.compile(
    r"\b((?i:this is|my name is|my name's|name is|call me|ask for|soy|me llamo|mi nombre es|habla)|(?i:i'?m|i am))"
    r"\s+[A-ZÁÉÍÓÚÑ][\w'-]+(?:\s+[A-ZÁÉÍÓÚÑ][\w'-]+)?"
)
