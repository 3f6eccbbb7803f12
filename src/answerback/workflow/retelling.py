"""What the core says in English, said in the language that is spoken (`tongues`): reasons, to-dos, findings, errors.

The engine and the workflow know one language; what they write down stays as it was written. Pages, alerts, pages to the
person on call and mails say it again: a sentence is found in `console/retold.txt`, with what stands in its blanks, and
the catalogue beside it has it in the other language. `scripts.catalogue` draws that file from the code, so that a new
sentence is missed by nobody. Never here: words of a customer, which stay as they are.
"""

import re
from functools import lru_cache
from importlib import resources

from django.utils.translation import get_language, gettext

from answerback.engine.draft import LEAD_MOVES
from answerback.engine.rehearsal import LANGUAGES

SENTENCES = tuple((resources.files("answerback") / "console" / "retold.txt").read_text(encoding="utf-8").splitlines())
"""Each in English, blanks as %(name)s."""

BLANK = re.compile(r"%\((\w+)\)s")
_THEIRS = re.compile(r'"%\((\w+)\)s"')
"""Words of a customer stand in straight quotes: they may be some that we say, too, and are not ours all the same."""

LEAST_WORDS = 3
"""Words of its own by which a sentence with blanks is known again."""

_STATUSES = frozenset(status.replace("_", " ") for status in LEAD_MOVES)
"""What a lead is, as sentences say it; the blank is called after what the code writes it with."""
_TONGUES = frozenset(LANGUAGES.values())
_ADDRESS_BEHIND = re.compile(r"(.+[.!?:]) (https?://\S+)", re.DOTALL)
_APART = re.compile(r"(?<=[.!?]) (?=[A-Z0-9“])")


def retold(said: object) -> str:
    """The same in the language that is spoken; as it is where nobody knows it."""
    words = str(said or "")
    return words if not words or (get_language() or "en").startswith("en") else _retold(words, get_language() or "en")


def is_ours(said: str) -> bool:
    """Is this a sentence of ours, or several? What a program of others said in words of its own is none."""
    several = _APART.split(said)
    if len(several) > 1:
        return all(is_ours(each) for each in several)
    return said in _KNOWN or any(shape.fullmatch(said) for shape in _SURELY_OURS)


def apart(said: str) -> tuple[str, str]:
    """What of this is ours, and the rest of it, from the first sentence on that is not."""
    several = [] if not said or is_ours(said) else _APART.split(said)
    first = next((at for at, each in enumerate(several) if not is_ours(each)), 0)
    return (" ".join(several[:first]), " ".join(several[first:])) if several else (said, "")


@lru_cache(maxsize=4096)
def _retold(said: str, language: str) -> str:
    """`language` is the active one; it is asked for so that what is remembered is not said in another."""
    if (known := gettext(said)) != said:
        return known
    if found := _ADDRESS_BEHIND.fullmatch(said):
        return f"{_retold(found[1], language)} {found[2]}"
    several = _APART.split(said)
    told = [_retold(each, language) for each in several] if len(several) > 1 else []
    if told and all(new != old for new, old in zip(told, several, strict=True)):
        return " ".join(told)  # before a sentence with blanks swallows others in one of them
    for sentence, shape in _WITH_BLANKS:
        if found := shape.fullmatch(said):
            theirs = set(_THEIRS.findall(sentence))
            filled = {
                name: words if name in theirs else _filling(name, words, language)
                for name, words in found.groupdict().items()
            }
            return gettext(sentence) % filled
    return " ".join(told) or said


def _filling(name: str, words: str, language: str) -> str:
    """What stands in a blank, in the reader's language; names of languages, and what a lead is, are written small."""
    if name == "replace" and words in _STATUSES:
        return gettext(words.capitalize()).lower()
    parts = words.split(", ")
    if set(parts) <= _TONGUES:
        return ", ".join(gettext(each).lower() for each in parts)
    return _retold(words, language)


def _shape(sentence: str) -> re.Pattern[str]:
    parts = BLANK.split(sentence)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )


_WITH_BLANKS = sorted(
    ((each, _shape(each)) for each in SENTENCES if BLANK.search(each)), key=lambda pair: -len(BLANK.sub("", pair[0]))
)
"""The sentence with most words of its own first."""

_KNOWN = frozenset(SENTENCES)
_SURELY_OURS = tuple(
    shape
    for each, shape in _WITH_BLANKS
    if len(re.findall("[A-Za-z]{2,}", BLANK.sub(" ", each))) >= LEAST_WORDS
    or each.startswith(("%(provider)s", "%(title)s"))
)
"""Into those of fewer words nearly anything fits; whose program it is, an adapter alone says."""
