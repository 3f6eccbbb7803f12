"""The town a customer is in, in their own letters: one the business serves, or what stands where a town would.

It must never make a town up; one outside the business's list counts only where a town would stand.
"""

import re
from collections.abc import Sequence

from answerback.engine.reading import Asked, Vocabulary
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import LEXICON, WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.places import NOT_PLACES, ZIP, behind_address, copied, whole_answer
from answerback.understanding.towns import is_town

_CITY_BEFORE = re.compile(
    r"\b(i am in|i'm in|im in|we are in|we're in|live in|located in|out in|over in|here in|in|from|near|vivo en|"
    r"estoy en|estamos en|soy de|en|de|serve|service|cover|come to|go to|go out to|out to|drive to|new to|out by|"
    r"outside|out past|moved to|llegamos a)"
    r"\s+([a-z][a-z'.]+(?: [a-z][a-z'.]+){0,2})"
)
_OF_ANYTHING = frozenset(
    [
        "from",
        "de",
        "serve",
        "service",
        "cover",
        "go to",
        "drive to",
        "new to",
        "out by",
        "out to",
        "outside",
        "out past",
        "moved to",
        "llegamos a",
    ]
)
"""What stands before much else than towns: only a town there is counts after these."""

_NAMED = re.compile(r"[A-Z][A-Za-z'.]+(?: [A-Z][A-Za-z'.]+){0,2}")
_MOST_LETTERS = 5
"""Longer words written in capitals are shouted, not short for something."""

_CITY_AT_ZIP = re.compile(
    r"(?:\b[A-Za-z]+\.?,?\s+|,\s*|^)((?:(?:St|Ft|Mt)\.? )?[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?),?\s+"
    r"(?:[A-Z]{2},?\s+\d{5}|\d{5}(?:-\d{4})?\b|(?:TX|IL|AZ|CA|FL|NY|CO|NV|GA|NC|OH|WA)\b)"
)

_CITY_STOP = WORDS["slots.city_stop"]

_CITY_LEAD = re.compile(
    r"^(?:(?:i'?m|we'?re|we are|i am|i live|live|its|it'?s|in|from|near|estoy|estamos|vivo|en|por|soy|de|the city of|"
    r"city is|yes|sure|ok|hi|just|right|outside(?: of)?|over|out|around|north|south|of|about|cerca|located|area|"
    r"like|(?:my |the )?(?:zip|postal) ?code(?: is)?|(?:my |the )?zip(?: is)?)\s+)+"
)

_MOST_WORDS = 3
_WIDER = WORDS["slots.not_towns"]
"""States and countries, which say too little of where somebody is."""


def city(heard: Heard, asked: Asked, vocabulary: Vocabulary) -> str | None:
    """The town named: one the business serves, or what stands where a town would."""
    folded = heard.plain.folded
    for known in vocabulary.cities:
        if match := re.search(rf"\b{re.escape(fold_plain(known))}\b", folded):
            return copied(heard, match.start(), match.end())
    behind, written = behind_address(heard, asked)
    if (match := _CITY_AT_ZIP.search(written)) and fold_plain(match.group(1)) not in _WIDER and asked.about != "name":
        return _with_word_ahead(written[: match.start(1)], match.group(1))
    if behind and (town := _leading_town(written)):
        return town
    if asked.about == "location":
        if (match := _JOB_IN.search(heard.plain.original)) and is_town(match.group(1)):
            return match.group(1)
        return _city_answer(heard) or _named_town(heard)
    if asked.about not in _OTHER_NAMES and (town := _only_a_town(heard)):
        return town
    for match in _CITY_BEFORE.finditer(folded):
        found = _city_words(heard, match.start(2), match.group(2))
        if found and _may_be_town(found, sure=match.group(1) not in _OF_ANYTHING):
            return found
    return None


_JOB_IN = re.compile(
    r"\b(?:job|house|place|property|trabajo|casa|obra|ahorita vivo|now live|home)(?: is| es| esta| está)? (?:in |en )?"
    r"([A-Z][a-z]+(?: [A-Z][a-z]+)?)"
)


def _leading_town(written: str) -> str | None:
    """The town right behind a street: of "61 Pine St Naperville"."""
    line = written.lstrip(" ,.\n")
    match = _NAMED.match(line)
    if match is None:
        return None
    words, rest = match.group().split(), fold_plain(line[match.end() :].strip(" .!,"))
    at_end = (
        not rest
        or rest.split(",")[0].split(" ")[0] in _WIDER
        or (_STATE.fullmatch(rest) is not None and (rest not in _WORDS_TOO or line.rstrip(" .!,")[-1:].isupper()))
    )
    names = (" ".join(words[:length]).rstrip(".") for length in range(len(words), 0, -1))
    return next((name for name in names if is_town(name) and (at_end or not _says_little(name))), None)


_WORDS_TOO = frozenset({"me", "in", "or", "hi", "ok", "la", "oh", "id", "de", "ma", "pa"})


def _with_word_ahead(ahead: str, name: str) -> str:
    """ "Show Low AZ": the town of two words, where the word ahead is a part of its name."""
    before = ahead.rstrip(" ").rsplit(" ", 1)[-1]
    return f"{before} {name}" if before[:1].isupper() and is_town(f"{before} {name}") else name


_OTHER_NAMES = frozenset(["name", "address"])
"""Questions whose answer may be called like a town."""


def _only_a_town(heard: Heard) -> str | None:
    """A town there is, in capitals and nothing beside it: said whatever was asked, and no word of every day."""
    whole = heard.plain.original.strip(" .!")
    named = all(word[:1].isupper() for word in whole.split())
    return whole if named and is_town(whole) and not _says_little(whole) else None


def _may_be_town(name: str, *, sure: bool) -> bool:
    """No state, no letters that stand for something ("CPR"), and after `from` and its like only a town there is."""
    if fold_plain(name) in _WIDER:
        return False
    return is_town(name) or (sure and not (name.isupper() and len(name) <= _MOST_LETTERS))


def _named_town(heard: Heard) -> str | None:
    """The last town there is that an answer about where names in capitals: "the cemetery's in Marietta"."""
    if heard.has("slots.unwilling"):
        return None
    original = heard.plain.original
    found = (
        _town_among(match.group().split())
        for match in _NAMED.finditer(original)
        if not _NOT_HERE.search(original[: match.start()]) and not _OF_A_SPOT.match(original[match.end() :])
    )
    return next((name for name in reversed(list(found)) if name is not None), None)


_NOT_HERE = re.compile(r"\b(?:not|no|no longer)(?: in| en| at)? $", re.IGNORECASE)
_OF_A_SPOT = re.compile(r" (?:mall|store|park|hospital|school|church|airport|lake|exit|hotel|plaza)\b", re.IGNORECASE)
"""What makes a name that of a place one passes: "near the Fox Valley mall"."""


def _town_among(words: Sequence[str]) -> str | None:
    """The longest town that neighbouring words make; a single word of every day makes none."""
    spans = (
        words[first : first + length] for length in range(len(words), 0, -1) for first in range(len(words) - length + 1)
    )
    names = (" ".join(span).strip(".'") for span in spans)
    return next((name for name in names if is_town(name) and not _says_little(name)), None)


def _says_little(name: str) -> bool:
    folded = fold_plain(name)
    return folded in _WIDER or (" " not in folded and LEXICON.knows(folded))


def _city_words(heard: Heard, start: int, words: str) -> str | None:
    kept: list[str] = []
    for word in words.split():
        if word.strip(".'") in _CITY_STOP:
            break
        kept.append(word)
    town = copied(heard, start, start + len(" ".join(kept))) if kept else ""
    capital = [word for word in town.split() if word[:1].isupper()]
    if capital and town.split()[0][:1].isupper():
        return " ".join(capital).rstrip(".")
    return _small(town)


def _small(words: str) -> str | None:
    """A town written small: there must be one of that name, and the name must be no word of everyday."""
    tokens = words.split()
    for length in range(min(3, len(tokens)), 0, -1):
        name = " ".join(tokens[:length]).strip(".'")
        if is_town(name) and not all(LEXICON.knows(token) for token in fold_plain(name).split()):
            return name
    return None


def _city_answer(heard: Heard) -> str | None:
    if (
        not 0 < len(heard.words) <= 9
        or heard.texts[0] in NOT_PLACES
        or heard.plain.asks
        or heard.has("slots.unwilling")
    ):
        return None
    whole = whole_answer(heard, _CITY_LEAD)
    if not whole:
        return None
    without = _CITY_END.split(_AROUND.sub("", ZIP.sub("", whole)))[0]
    tokens = _without_state([token for token in without.split() if fold_plain(token) not in _BESIDE_TOWNS])
    if not tokens or any(token[0].isdigit() for token in tokens) or _everyday(tokens):
        return None
    told = len(tokens) > _MOST_WORDS and not _begins_with_town(tokens)
    if told or _talks(tokens) or (_OF_A_SPOT.search(f" {without}") and not _begins_with_town(tokens)):
        return None
    return _town_first(tokens) or " ".join(tokens[:_MOST_WORDS])


_AROUND = re.compile(r"^[^\w]+|[^\w.]+$|(?<=\w)\.$")
_CITY_END = re.compile(r"(?:(?<!\bst)(?<!\bft)(?<!\bmt)(?<!\bste)\.|[,;!\n()]| - | {2,})", re.IGNORECASE)
_BESIDE_TOWNS = frozenset({"area", "please", "thanks", "pls", "gracias", "lol", "haha"})
_STATE = re.compile(
    "a[klrz]|c[aot]|d[ce]|fl|ga|hi|i[adln]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]|t[nx]|ut|v[at]|w[aivy]"
)


def _without_state(tokens: list[str]) -> list[str]:
    """ "Hoboken nj", "Gas City Indiana": the town alone; "Virginia" alone stays what it is."""
    if len(tokens) < 2 or fold_plain(" ".join(tokens)) in _WIDER:
        return tokens
    last = fold_plain(tokens[-1])
    of_two = len(tokens) > 2 and fold_plain(" ".join(tokens[-2:])) in _WIDER
    if of_two:
        return tokens[:-2]
    known = last in _WIDER and is_town(" ".join(tokens[:-1])) and not is_town(" ".join(tokens))
    return tokens[:-1] if known or _STATE.fullmatch(last) else tokens


def _town_first(tokens: Sequence[str]) -> str | None:
    """The town that talk begins with: "Elgin pero el trabajo ..."."""
    for length in range(min(_MOST_WORDS, len(tokens) - 1), 0, -1):
        name = " ".join(tokens[:length])
        if is_town(name) and tokens[length].islower() and fold_plain(tokens[length]) in _TURNS:
            return name
    return None


_TURNS = frozenset(
    [
        "pero",
        "but",
        "and",
        "y",
        "by",
        "near",
        "cerca",
        "right",
        "just",
        "off",
        "on",
        "at",
        "thanks",
        "now",
        "ahora",
        "close",
    ]
)


def _begins_with_town(tokens: Sequence[str]) -> bool:
    return any(is_town(" ".join(tokens[:length])) for length in range(1, _MOST_WORDS + 1))


def _talks(tokens: Sequence[str]) -> bool:
    """Does it begin like a sentence, in small letters: "and hurry the ...", "boat's in Annapolis"?"""
    if not tokens[0].islower() or _begins_with_town(tokens):
        return False
    return fold_plain(tokens[0]) in _CITY_STOP or any(token[0].isupper() for token in tokens[1:])


def _everyday(tokens: Sequence[str]) -> bool:
    """Is nothing among these words a name: "it can wait", "whenever", "my house"? There is a town called Round Rock."""
    if _begins_with_town(tokens):
        return False
    return all(word in _CITY_STOP or LEXICON.knows(word) for word in fold_plain(" ".join(tokens)).split())
