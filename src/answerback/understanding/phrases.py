"""A small language for phrases, and one scan that finds all phrases of all lists in a text at once.

A phrase is words between spaces. `a|b` is either word, `(a b|c)` either group, a `?` behind makes it optional,
`leak*` any word that begins so, `..` up to three words of the same sentence, `_` one word, `#` a number,
`^` the start and `$` the end of a clause, `<name>` a list of words kept elsewhere. Matching walks words, not letters:
its cost is bounded whatever the text, which regular expressions with this much choice could not promise.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from answerback.understanding.normalise import Word, undrawn

GAP = 3
"""The most words `..` may skip."""

_DIGIT_LETTERS = str.maketrans("0134578$@", "oieasbbsa")
_MIN_TYPO_LENGTH = 5


class Hit(NamedTuple):
    """A phrase found: the list it is of and its words, from `first` up to but not including `last`."""

    label: str
    first: int
    last: int


class _Step(NamedTuple):
    kind: str  # "word", "any", "number", "gap", "start", "end"
    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()


class _Phrase(NamedTuple):
    label: str
    steps: tuple[_Step, ...]
    needs: frozenset[str]  # one of these words stands behind the first, or none of the phrase does; empty: anything may


class Lexicon:
    """All phrases, indexed by the words they may begin with."""

    def __init__(self, lists: Mapping[str, Iterable[str]], names: Mapping[str, str] | None = None) -> None:
        """Compiles phrases by label; `names` holds what `<name>` stands for. Raises ValueError on a bad phrase."""
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_stem: dict[str, list[_Phrase]] = {}
        self._by_number: list[_Phrase] = []
        self._candidates = lru_cache(maxsize=8192)(self._beginning_with)
        self.known: set[str] = set()
        for label, phrases in lists.items():
            for phrase in phrases:
                for steps in _compile(phrase, names or {}):
                    self._add(_Phrase(label, steps, _needed(steps)))

    def scan(self, words: Sequence[Word]) -> dict[str, list[Hit]]:
        """Every phrase found in the words, by label, in the order of the text; the longest at each start."""
        found: dict[str, list[Hit]] = {}
        texts = [word.text for word in words]
        said = set(texts)
        for first, text in enumerate(texts):
            for phrase in self._candidates(text):
                if phrase.needs and phrase.needs.isdisjoint(said):
                    continue
                last = _walk(phrase.steps, 0, texts, words, first)
                if last > first:
                    _keep(found.setdefault(phrase.label, []), Hit(phrase.label, first, last))
        return found

    def knows(self, word: str) -> bool:
        """Is this a word of some phrase, or the beginning of one that takes any ending?"""
        return word in self.known or any(word[:length] in self._by_stem for length in range(3, len(word) + 1))

    def _beginning_with(self, text: str) -> list[_Phrase]:
        found = self._by_word.get(text, _NONE)
        if text.isdigit():
            return found + self._by_number
        for length in range(3, len(text) + 1):
            more = self._by_stem.get(text[:length])
            if more:
                found = found + more
        return found

    def _add(self, phrase: _Phrase) -> None:
        begin = next((step for step in phrase.steps if step.kind == "word"), None)
        leading = next((step for step in phrase.steps if step.kind != "start"), None)
        if leading is not None and leading.kind == "number":
            self._by_number.append(phrase)
        elif begin is None or begin is not leading:
            raise ValueError(f"A phrase of {phrase.label} has no word to begin with; start it with a word.")
        for step in phrase.steps:
            self.known |= step.words
        if begin is None or begin is not leading:
            return
        for word in begin.words:
            self._by_word.setdefault(word, []).append(phrase)
        for stem in begin.stems:
            self._by_stem.setdefault(stem, []).append(phrase)


_NONE: list[_Phrase] = []


def _needed(steps: tuple[_Step, ...]) -> frozenset[str]:
    """The fewest words one of which a text must hold besides the phrase's first."""
    later = [step.words for step in steps[1:] if step.kind == "word" and not step.stems]
    return min(later, key=len, default=frozenset())


class Speller:
    """Puts right a slip of the finger: two letters swapped, one left out, one too many, digits for letters."""

    def __init__(self, known: set[str]) -> None:
        """Learns the spellings it may correct to; words under five letters are left as they are."""
        self._known = known
        self._shorter: dict[str, str] = {}
        for word in sorted(known):
            if len(word) > _MIN_TYPO_LENGTH and word.isalpha():
                for place in range(1, len(word)):
                    self._shorter.setdefault(word[:place] + word[place + 1 :], word)

    def knows(self, word: str) -> bool:
        """Is this a spelling it takes as right?"""
        return word in self._known

    def right(self, word: str) -> str:
        """The known word meant, or the word itself."""
        if word in self._known or len(word) < 3:
            return word
        for option in undrawn(word):
            if option in self._known:
                return option
        if not word.isalpha():
            return self._without_digits(word)
        return self._one_slip(word) if len(word) >= _MIN_TYPO_LENGTH else word

    def _without_digits(self, word: str) -> str:
        option = word.translate(_DIGIT_LETTERS)
        return option if option in self._known and not word[0].isdigit() else word

    def _one_slip(self, word: str) -> str:
        left_out = self._shorter.get(word)
        if left_out is not None:
            return left_out
        if len(word) <= _MIN_TYPO_LENGTH:
            return word
        for place in range(1, len(word)):
            if place + 1 < len(word):
                swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
                if swapped in self._known:
                    return swapped
        if word[-1] != "s":
            for place in range(1, len(word)):
                shorter = word[:place] + word[place + 1 :]
                if shorter in self._known and word[place] in word[place - 1 : place] + word[place + 1 : place + 2]:
                    return shorter
        return word


def _keep(hits: list[Hit], hit: Hit) -> None:
    if hits and hits[-1].first == hit.first:
        if hit.last > hits[-1].last:
            hits[-1] = hit
        return
    hits.append(hit)


def _walk(steps: tuple[_Step, ...], step: int, texts: list[str], words: Sequence[Word], place: int) -> int:
    """The place behind the phrase when its steps from `step` on fit at `place`, else -1."""
    sentence = words[place].sentence if place < len(words) else -1
    while step < len(steps):
        kind, wanted, stems = steps[step]
        if kind == "gap":
            return _walk_gap(steps, step + 1, texts, words, place)
        if kind in {"start", "end"}:
            if 0 < place < len(texts) and words[place - 1].clause == words[place].clause:
                return -1
        else:
            if place >= len(texts) or words[place].sentence != sentence:
                return -1
            text = texts[place]
            if kind == "word":
                if text not in wanted and not (stems and text.startswith(stems)):
                    return -1
            elif kind == "number" and not text.isdigit():
                return -1
            place += 1
        step += 1
    return place


def _walk_gap(steps: tuple[_Step, ...], step: int, texts: list[str], words: Sequence[Word], place: int) -> int:
    sentence = words[place - 1].sentence if place else 0
    for skipped in range(GAP + 1):
        here = place + skipped
        if here >= len(texts) or words[here].sentence != sentence:
            return -1
        last = _walk(steps, step, texts, words, here)
        if last >= 0:
            return last
    return -1


_MARKS = {"..": _Step("gap"), "_": _Step("any"), "#": _Step("number"), "^": _Step("start"), "$": _Step("end")}


def _compile(phrase: str, names: Mapping[str, str]) -> list[tuple[_Step, ...]]:
    """The plain sequences a phrase stands for; groups and optional parts multiply, single words do not."""
    sequences: list[tuple[_Step, ...]] = [()]
    for part in _parts(phrase, names) if "(" in phrase or "<" in phrase else phrase.split():
        if part.isalnum():
            step = _plain_word(part)
            sequences = [(*sequence, step) for sequence in sequences]
            continue
        choices = _choices(part, names)
        sequences = [sequence + choice for sequence in sequences for choice in choices]
    return sequences


@cache
def _plain_word(word: str) -> _Step:
    return _Step("word", frozenset((word,)))


def _parts(phrase: str, names: Mapping[str, str]) -> list[str]:
    if "<" in phrase:
        for name, words in names.items():
            phrase = phrase.replace(f"<{name}>", words)
    if "<" in phrase:
        raise ValueError(f"The phrase {phrase!r} names a list of words that does not exist.")
    parts: list[str] = []
    depth = 0
    for piece in phrase.split():
        if depth:
            parts[-1] += " " + piece
        else:
            parts.append(piece)
        depth += piece.count("(") - piece.count(")")
    if depth:
        raise ValueError(f"The phrase {phrase!r} has a bracket that does not close.")
    return parts


def _choices(part: str, names: Mapping[str, str]) -> list[tuple[_Step, ...]]:
    optional = part.endswith("?")
    part = part.removesuffix("?")
    if part.startswith("("):
        choices = [steps for group in _groups(part[1:-1]) for steps in _compile(group, names)]
        choices = _merged(choices)
    elif part in _MARKS:
        choices = [(_MARKS[part],)]
    else:
        options = part.split("|")
        whole = frozenset(option for option in options if not option.endswith("*"))
        stems = tuple(option[:-1] for option in options if option.endswith("*")) if "*" in part else ()
        choices = [(_Step("word", whole, stems),)]
    return [(), *choices] if optional else choices


def _groups(inside: str) -> list[str]:
    """What a bracket holds, parted at its own bars: `a b|c (d|e)` is `a b` and `c (d|e)`."""
    if "(" not in inside:
        return inside.split("|")
    groups = [""]
    depth = 0
    for letter in inside:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            groups.append("")
        else:
            groups[-1] += letter
    return groups


def _merged(choices: list[tuple[_Step, ...]]) -> list[tuple[_Step, ...]]:
    """Groups of one plain word each become one step, so that long lists of words do not multiply."""
    single = [steps[0] for steps in choices if len(steps) == 1 and steps[0].kind == "word"]
    if len(single) < 2:
        return choices
    words = frozenset(word for step in single for word in step.words)
    stems = tuple(stem for step in single for stem in step.stems)
    rest = [steps for steps in choices if not (len(steps) == 1 and steps[0].kind == "word")]
    return [(_Step("word", words, stems),), *rest]
