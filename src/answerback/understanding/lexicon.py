"""Loads the word lists that ship beside it and compiles them once, at import.

A list's label is its file and its key (`opt_out.phrase`). The lists are data so that somebody who knows the trade or
the language, not Python, can mend them. It must never read anything but its own files.
"""

import json
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from answerback.understanding.phrases import Lexicon, Speller

_FOLDER = Path(__file__).parent / "data"
_PHRASE_FILES = ("opt_out", "hazards", "urgency", "intents", "sensitive", "slots")


def _load(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


def _phrase_lists() -> tuple[dict[str, list[str]], dict[str, str]]:
    lists: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for file in _PHRASE_FILES:
        content = _load(file)
        names.update(content.pop("names", {}))
        lists.update({f"{file}.{key}": phrases for key, phrases in content.items()})
    names.update(_SCENES["names"])
    lists.update({f"scenes.{key}": phrases for key, phrases in _SCENES["words"].items()})
    for concept, subject in SERVICES.items():
        lists[f"services.{concept}"] = subject["words"]
    return lists, names


_SCENES: dict[str, Any] = _load("scenes")

SCENES: tuple[dict[str, object], ...] = tuple(_SCENES["scenes"])
"""Which kinds of words, near each other, make a danger: `says`, `of`, and where given `near`, `tags`, `in`, `not`."""

Subject = TypedDict("Subject", {"of": list[str], "not": list[str], "words": list[str], "worth": NotRequired[float]})
"""What customers call a thing: `words`; `of` and `not` are words in a service's name that claim it or not.

`worth` below 1 is for doings (clean, fix, install), which decide only where no thing is named.
"""

SERVICES: dict[str, Subject] = _load("services")

KIN: dict[str, str] = _load("kin")
"""Words that may stand in a service's name, and the words of customers that go with them."""

SPANISH: dict[str, str] = _load("spanish")
"""English words, and the Spanish ones that mean them."""

CONFIDENCE: dict[str, float] = _load("confidence")
"""What each fact of a reading adds to the log-odds that acting on it is safe."""

THRESHOLDS: dict[str, float] = _load("thresholds")
"""How likely a head must hold its say before it stands; `_said` when a rule says so too, `_veto` against a rule."""

SPELLINGS: dict[str, str] = _load("spelling")

WORDS: dict[str, frozenset[str]] = {name: frozenset(words.split()) for name, words in _load("words").items()}
"""Small sets of words that single modules ask for, by module and name."""

LANGUAGES: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _load("language").items()}

_LISTS, _NAMES = _phrase_lists()

KEYWORDS: frozenset[str] = frozenset(_LISTS.pop("opt_out.keyword"))
"""Whole messages that are an opt-out whatever was asked."""

LEXICON_LABELS: tuple[str, ...] = tuple(_LISTS)

LEXICON = Lexicon(_LISTS, _NAMES)

SPELLER = Speller(
    LEXICON.known | set(" ".join(KEYWORDS).split()) | {word for words in LANGUAGES.values() for word in words}
)
