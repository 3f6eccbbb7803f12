"""The weekly review: where people dropped out, what was not understood, and at most one change to make.

Pure: what happened in the week goes in. Never here: the words of customers unmasked (`understanding.masking`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from answerback.engine.playbook import Playbook
from answerback.engine.rehearsal import spoken

ENOUGH = 5
"""How many people must have stood at a place before anything is proposed about it."""

MANY = 0.4
"""The share that must have dropped out there."""

ALIKE = 3
"""How many texts alike must not have been understood before words are proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Who came to a place of the playbook, and who of them never wrote again, the last first, each once.

    People are named by their conversations.
    """

    place: str
    came: tuple[int, ...]
    left: tuple[int, ...]

    @property
    def share(self) -> float:
        """The share that left."""
        return len(self.left) / len(self.came) if self.came else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Texts nobody made sense of that share a word."""

    word: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One change: another wording at a place, or words for something people ask."""

    change: Literal["wording", "words"]
    about: str
    people: int


def stops(playbook: Playbook, texts: Iterable[tuple[int, str, bool]]) -> tuple[Stop, ...]:
    """Where people stopped: (conversation, our text, whether they wrote afterwards) of each text, the last first.

    Whoever was told the same twice came there once, and left if the last time was not answered.
    """
    came: dict[str, dict[int, bool]] = {}
    for conversation, body, answered in texts:
        if place := place_of(playbook, body):
            came.setdefault(place, {}).setdefault(conversation, answered)
    found = (
        Stop(place=place, came=tuple(people), left=tuple(one for one, answered in people.items() if not answered))
        for place, people in came.items()
    )
    return tuple(sorted(found, key=lambda stop: (-len(stop.left), stop.place)))


def place_of(playbook: Playbook, body: str) -> str:
    """The wording of the playbook that a text was made from, its language left out; empty where it was none."""
    for place, pattern in _patterns(playbook):
        if pattern.search(body):
            return place
    return ""


def groups(texts: Sequence[str]) -> tuple[Group, ...]:
    """Texts by the word most of them share, the largest group first; each text in one group."""
    words = {text: _content(text) for text in dict.fromkeys(texts)}
    left = list(words)
    found = []
    while left:
        counts = Counter(word for text in left for word in words[text])
        word, many = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
        same = [text for text in left if word in words[text]] if many > 1 else left[:]
        found.append(Group(word=word if many > 1 else "", texts=tuple(same)))
        left = [text for text in left if text not in set(same)]
    return tuple(found)


def proposal(stops: Sequence[Stop], groups: Sequence[Group], *, running: bool) -> Proposal | None:
    """The one change that would help most people; none while another is still being tried."""
    if running:
        return None
    found = [
        Proposal(change="wording", about=stop.place, people=len(stop.left))
        for stop in stops
        if len(stop.came) >= ENOUGH and stop.share >= MANY
    ]
    found += [
        Proposal(change="words", about=group.word, people=len(group.texts))
        for group in groups
        if group.word and len(group.texts) >= ALIKE
    ]
    return max(found, key=lambda each: each.people, default=None)


@lru_cache(maxsize=64)
def _compiled(text: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in re.split(r"\{\w+\}", " ".join(text.split()))]
    return re.compile(".*".join(parts))


def _patterns(playbook: Playbook) -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for each in spoken(playbook):
        parts = each.where.split(" > ")
        if each.kind != "choice" and each.language in parts:
            found.append((" > ".join(parts[: parts.index(each.language)]), _compiled(each.text)))
    return sorted(found, key=lambda pair: -len(pair[1].pattern))


_COMMON_WORDS = """
the and you your for have has with this that what when where how who can could would will does did are was not but need
want get got from there here they them about just please thanks thank hello hola name number address que para por con
los las una uno del como cuando donde quiero necesito tengo
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W\d_]{4,}", text.lower()) if word not in _COMMON)
