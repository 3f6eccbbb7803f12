"""What a text says of the times offered to it by their places: "not the first, the other one", "neither", "option b".

It goes clause by clause. A place that is named plainly ("the 2nd one", "#2") is believed beside other matter; a bare
number or "the first" only where its clause says nothing else. It must never take what is refused.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.phrases import Speller

Suiting = Callable[[str], Sequence[int]]
"""The places of a menu that the times named in some words suit."""


@dataclass(slots=True)
class Picked:
    """Places in the menu, from 0: those taken, those refused; `any` of what is not refused will do, `none` of them, or
    the `other`.

    `plain`: named so that it can be no hour and no day of the month. `clause` is the one that names the place last,
    `beside` what it says besides, `after` what follows it; `rest` is the whole text without what was read here.
    """

    taken: list[int] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    any: bool = False
    none: bool = False
    other: bool = False
    plain: bool = False
    clause: str = ""
    beside: str = ""
    after: str = ""
    rest: str = ""

    def settled(self, size: int, refused: Sequence[int] = ()) -> bool:
        """Puts together what is left of `size` places, more of them `refused` by their times. Is it clear which of
        them will do?
        """
        self.refused.update(refused)
        if self.none and not self.taken:
            self.refused.update(range(size))
            return True
        self.taken = [place for place in dict.fromkeys(self.taken) if place not in self.refused]
        left = [place for place in range(size) if place not in self.refused]
        if self.taken:
            return len(self.taken) == 1 or self.any
        self.taken = left
        return self.any or (self.other and bool(self.refused) and len(left) == 1)


def picked(text: str, menu: Sequence[datetime], suiting: Suiting) -> Picked | None:
    """What is said of a menu's places, or None where nothing is; `menu` on the business's wall clock, in the order it
    was offered.
    """
    folded = fold_plain(text)
    found, taken_up = Picked(), []
    for words in _clauses(folded):
        span = _read(words, menu, found, suiting)
        if span is not None:
            begin, end = span
            taken_up.append(span)
            found.clause = folded[words[0].begin : words[-1].end]
            found.beside = f"{folded[words[0].begin : begin]} {folded[end : words[-1].end]}"
            found.after = folded[end:]
    if not taken_up:
        return None
    if len(found.taken) > 1 and not (_WILL_DO | _LEFT_TO_US - {"either"}).isdisjoint(folded.split()):
        found.any = True
    found.rest = folded
    for begin, end in reversed(taken_up):
        found.rest = f"{found.rest[:begin]} {found.rest[end:]}"
    return found


def leaves_open(text: str) -> bool:
    """Does a text leave to the business which of several it is to be: "anytime friday", "either morning"?"""
    return not _LEFT_TO_US.isdisjoint(fold_plain(text).split())


class _Word(NamedTuple):
    text: str
    begin: int
    end: int


class _Named(NamedTuple):
    """A place named in a clause: the words it takes up, which it is (None for "the other"), and whether plainly."""

    begin: int
    end: int
    place: int | None
    plain: bool


class _Whole(NamedTuple):
    """Words for all that was offered, or for none of it; `excepting` what is named behind."""

    begin: int
    end: int
    none: bool
    excepting: bool


_WORD = re.compile(
    r"\d{1,2}(?::\d\d)?\s?(?:am|pm|a\.m|p\.m|oclock|o'clock)\b|\d{1,2}[:/]\d{1,2}|\d{3,}"
    r"|#?\d{1,2}(?:st|nd|rd|th|ra|da|ro|do|era|er)?\b|[a-z]+(?:'[a-z]+)*|[.,;:!?\n()]"
)


def _clauses(folded: str) -> Iterator[list[_Word]]:
    """The words of each clause that has any."""
    clause: list[_Word] = []
    for match in _WORD.finditer(folded):
        word = match.group()
        excepting = word == "but" and clause and (clause[-1].text in _EVERY or clause[-1].text in _THEM)
        if word in _ENDS or (word in _JOINS and not excepting):
            if clause:
                yield clause
            clause = []
        else:
            clause.append(_Word(_right(word.replace("'", "")), *match.span()))
    if clause:
        yield clause


def _read(words: list[_Word], menu: Sequence[datetime], found: Picked, suiting: Suiting) -> tuple[int, int] | None:
    """Adds what a clause says of the menu; the letters it takes up, if it does."""
    texts = [word.text for word in words]
    whole = _of_all(texts)
    named = [each for each in _named(texts, menu, suiting) if whole is None or not _meet(each, whole)]
    spans = [(each.begin, each.end) for each in named]
    spans = sorted([*spans, (whole.begin, whole.end)]) if whole else spans
    if not spans:
        return None
    first, last = spans[0][0], spans[-1][1]
    plain = bool(named) and all(each.plain for each in named)
    between = [text for (_, end), (begin, _) in pairwise(spans) for text in texts[end:begin]]
    if not _says_nothing([*texts[:first], *between]) or not _AT_WORK.isdisjoint(texts[:first]):
        return None
    by_time: Sequence[int] = ()
    if whole is not None and whole.excepting and not named:
        by_time, last = suiting(" ".join(texts[last:])), len(texts)
    elif not _says_nothing(texts[last:]) and not (plain and _goes_on(texts[last:])):
        return None
    refused = whole is not None and _is_refused(texts[: whole.begin], texts[whole.end :])
    if whole is not None:
        found.none = found.none or whole.none or (refused and not named)
        found.any = found.any or not (whole.none or refused)
    if whole is not None and whole.excepting:
        found.refused.update(by_time, (each.place for each in named if each.place is not None))
    else:
        _add(texts, named, found)
    found.plain = found.plain or plain or len(found.taken) + len(found.refused) > 1
    return words[first].begin, words[last - 1].end


def _meet(one: _Named, other: _Whole) -> bool:
    return one.begin < other.end and other.begin < one.end


def _of_all(texts: list[str]) -> _Whole | None:
    """ "Neither", "none of those", "any of them", "either works", "anything but"; not "either friday"."""
    for place, text in enumerate(texts):
        end = _end_of_them(texts, place + 1)
        if text in _EVERY | _ALL and texts[end : end + 1] and texts[end] in _EXCEPT:
            return _Whole(place, end + 1, none=False, excepting=True)
        ends = end == len(texts) or texts[end] in _LIGHT or texts[end] in _NOT
        if text in _NONE and ends and texts[end:] not in (["1"], ["2"]):
            return _Whole(place, end, none=True, excepting=False)
        if text in _ALL and ends and (end > place + 1 or text in _ALL_ALONE):
            return _Whole(place, end, none=False, excepting=False)
    return None


def _end_of_them(texts: list[str], at: int) -> int:
    """Where "of those three times", "one of them", "de las dos" ends, if it begins at `at`."""
    begin = at
    at += texts[at : at + 1] in (["one"], ["ones"], ["option"], ["time"], ["slot"])
    if texts[at : at + 1] in (["of"], ["de"]):
        if texts[at + 1 : at + 2] and texts[at + 1] in _THEM:
            at += 2
        else:
            return begin
    at += bool(texts[at : at + 1]) and texts[at] in _OTHERS
    at += bool(texts[at : at + 1]) and texts[at] in _HOW_MANY
    return at + (bool(texts[at : at + 1]) and texts[at] in _PLURALS)


def _named(texts: list[str], menu: Sequence[datetime], suiting: Suiting) -> Iterator[_Named]:
    """The places named in a clause, in their order."""
    at = 0
    while at < len(texts):
        named = _at(texts, at, menu, suiting)
        if named is None or (named.place is not None and not 0 <= named.place < len(menu)):
            at += 1
        else:
            yield named
            at = named.end


def _at(texts: list[str], at: int, menu: Sequence[datetime], suiting: Suiting) -> _Named | None:
    """The place named by the words from `at` on."""
    text, behind = texts[at], texts[at + 1 : at + 2]
    if text in _NAMING and behind:
        number = _NUMBERS.get(behind[0], _LETTERS.get(behind[0], _ORDINALS.get(behind[0])))
        return None if number is None else _Named(at, at + 2, number - 1, plain=True)
    if text.startswith("#") and text[1:] in _NUMBERS:
        return _Named(at, at + 1, _NUMBERS[text[1:]] - 1, plain=True)
    led = at > 0 and texts[at - 1] in _THE
    alone = _says_nothing([each for each in texts if each not in _ORDINALS and each not in _NUMBERS and each != text])
    end, among = _end_of_noun(texts, at, suiting)
    plain = end > at + 1
    among = among or list(range(len(menu)))
    if text in _ORDINALS:
        number = _ORDINALS[text]
        return _Named(at, end, among[number - 1], plain) if number <= len(among) else None
    if text == "top" and plain:
        return _Named(at, end, 0, plain=True)
    if text in _LAST and (plain or led or alone):
        return _Named(at, end, among[-1], plain)
    if text in _MIDDLE and len(menu) % 2 and (plain or led or texts[at - 1 : at] == ["en"]):
        return _Named(at, end, len(menu) // 2, plain=True)
    if text in _OTHERS and (text not in _OTHER or (behind and behind[0] in _HOW_MANY | _PLURALS)):
        return _Named(at, _end_of_them(texts, at), None, plain=True) if alone else None
    if text in _OTHER and (plain or (led and alone)):
        return _Named(at, end, None, plain=True)
    by_time = _by_time(text, texts, among, suiting, plain=plain)
    if by_time is not None and (plain or led or alone):
        which, some = by_time
        return _Named(at, end, which(some, key=lambda place: menu[place]), plain or led)
    return _bare(texts, at, menu, alone=alone, led=led)


def _end_of_noun(texts: list[str], at: int, suiting: Suiting) -> tuple[int, list[int]]:
    """Where "one", "friday one", "option of those" ends behind a place, and the places that the day in it suits."""
    for step in (1, 2, 3):
        if texts[at + step : at + step + 1] and texts[at + step] in _NOUNS:
            named = texts[at + 1 : at + step]
            among = list(suiting(" ".join(named))) if named else []
            if named and not among:
                break
            return _end_of_them(texts, at + step + 1), among
    return _end_of_them(texts, at + 1) if texts[at + 1 : at + 2] in (["of"], ["de"]) else at + 1, []


def _by_time(
    text: str, texts: list[str], among: list[int], suiting: Suiting, *, plain: bool
) -> tuple[Callable[..., int], list[int]] | None:
    """Is one meant by its time, and among which? "The later one" is so only of two."""
    if text in _EARLIEST | _LATEST:
        return (min if text in _EARLIEST else max), among
    if text in _EARLIER | _LATER or (text in {"early", "late"} and plain):
        if len(among) != _TWO:
            among = list(suiting(" ".join(each for each in texts if each not in _NOUNS and each != text)))
        return ((min if text in {*_EARLIER, "early"} else max), among) if len(among) == _TWO else None
    return None


def _bare(texts: list[str], at: int, menu: Sequence[datetime], *, alone: bool, led: bool) -> _Named | None:
    """A bare number or letter; a number too high for a place is the hour of one, if of only one."""
    text = texts[at]
    if " ".join(texts[max(at - 2, 0) : at]).endswith(_AT_AN_HOUR) or texts[at + 1 : at + 3] == ["de", "la"]:
        return None
    if text in _NUMBERS and (text not in _ARTICLES or (alone and not led)):
        one = texts[at + 1 : at + 2] == ["one"]
        return _Named(at, at + 1 + one, _NUMBERS[text] - 1, plain=one) if _NUMBERS[text] <= len(menu) else None
    if text in _LETTERS and (text != "a" or len(texts) == 1):
        return _Named(at, at + 1, _LETTERS[text] - 1, plain=False)
    if text in _HOURS and int(text) > len(menu) and alone:
        hours = [place for place, each in enumerate(menu) if (each.hour % 12, each.minute) == (int(text) % 12, 0)]
        return _Named(at, at + 1, hours[0], plain=False) if len(hours) == 1 else None
    return None


def _add(texts: list[str], named: list[_Named], found: Picked) -> None:
    """Takes or refuses the places of a clause; what takes another back stands in its stead."""
    was_refused = False
    for number, each in enumerate(named):
        ahead = texts[named[number - 1].end if number else 0 : each.begin]
        behind = texts[each.end : named[number + 1].begin if number + 1 < len(named) else len(texts)]
        joined = not _ALSO.isdisjoint(ahead)
        refused = _is_refused(ahead, behind) or (number > 0 and joined and was_refused)
        was_refused = refused
        if each.place is None:
            found.other = found.other or not refused
            found.any = found.any or (not refused and texts[each.end - 1] not in _OTHER | _NOUNS)
        elif refused:
            found.refused.add(each.place)
            found.taken = [place for place in found.taken if place != each.place]
        else:
            if found.taken and not joined:
                found.taken.clear()
                found.plain = True
            found.taken.append(each.place)


def _is_refused(ahead: list[str], behind: list[str]) -> bool:
    """Is what is named refused by the words ahead of it, or by those behind it? The "no" of "no the 2nd" corrects."""
    corrects = "no" in ahead and _SPANISH.isdisjoint(ahead[ahead.index("no") + 1 :])
    too = any(one in _TOO and other in _FAR for one, other in pairwise(behind))
    return too or bool(_NOT.intersection(ahead) - ({"no"} if corrects else set())) or not _NOT.isdisjoint(behind)


def _says_nothing(texts: Sequence[str]) -> bool:
    """Do words beside a place say nothing of their own?"""
    return all(text in _LIGHT or text in _NOT or text in _BESIDE for text in texts)


def _goes_on(behind: list[str]) -> bool:
    """Does matter of its own begin behind a place that was named plainly: "the 2nd one for my mom"?"""
    return (behind[0] in _LIGHT | _GOES_ON or len(behind) == 1) and _NOT.isdisjoint(behind)


def _right(word: str) -> str:
    return _SPELLER.right(word) if word.isalpha() and len(word) > _SHORT else word


_TWO, _SHORT = 2, 4
_ENDS = frozenset(".,;:!?\n()")
_JOINS = frozenset({"but", "pero", "because", "cause", "cuz", "bc", "porque", "since", "sino", "so", "asi"})
"""Words that begin a clause of their own."""

_ORDINALS = {
    **dict.fromkeys(("first", "1st", "primera", "primero", "primer", "1ra", "1era", "1ro", "1er"), 1),
    **dict.fromkeys(("second", "2nd", "segunda", "segundo", "2da", "2do"), 2),
    **dict.fromkeys(("third", "3rd", "tercera", "tercero", "tercer", "3ra", "3era", "3ro", "3er"), 3),
    **dict.fromkeys(("fourth", "4th", "cuarta", "cuarto", "4ta", "4to"), 4),
}
_NUMBERS = {
    **{str(number): number for number in range(1, 6)},
    **{word: number for number, word in enumerate(("one", "two", "three", "four", "five"), start=1)},
    **{word: number for number, word in enumerate(("uno", "dos", "tres", "cuatro", "cinco"), start=1)},
    "una": 1,
}
_ARTICLES = frozenset({"one", "una", "uno"})
"""Numbers that are more often no number."""

_AT_AN_HOUR = ("a la", "a las", "de la", "de las", " at")
_HOURS = frozenset(str(hour) for hour in range(1, 13))
_LETTERS = {letter: number for number, letter in enumerate("abcde", start=1)}
_NAMING = frozenset(
    {"option", "opt", "number", "num", "choice", "slot", "time", "opcion", "numero", "letter", "letra", "#"}
)
_NOUNS = WORDS["picking.nouns"]
_PLURALS = WORDS["picking.plurals"]
_HOW_MANY = frozenset({"two", "three", "four", "2", "3", "4", "dos", "tres", "cuatro"})
_THEM = WORDS["picking.them"]
_THE = frozenset({"the", "la", "el", "that", "this", "esa", "ese"})
_LAST = frozenset({"last", "final", "ultima", "ultimo", "bottom"})
_MIDDLE = frozenset({"middle", "medio", "enmedio"})
_OTHER, _OTHERS = frozenset({"other", "otra", "otro"}), frozenset({"others", "otras", "otros", "other"})
_EARLIEST, _LATEST = frozenset({"earliest", "soonest"}), frozenset({"latest"})
_EARLIER, _LATER = frozenset({"earlier", "sooner"}), frozenset({"later"})
_NONE = frozenset({"neither", "none", "ninguna", "ninguno"})
_ALL = frozenset({"any", "either", "whichever", "cualquiera", "both", "all", "ambas", "ambos", "todas", "todos"})
_ALL_ALONE = frozenset({"either", "whichever", "cualquiera", "both"})
_EVERY = frozenset({"anything", "any", "all", "everything", "anyone", "cualquiera", "todas", "todos"})
_EXCEPT = frozenset({"but", "except", "besides", "menos", "excepto", "salvo"})
_LEFT_TO_US = WORDS["picking.any"]
_WILL_DO = WORDS["picking.will_do"]
_AT_WORK = frozenset({"work", "works"})
"""Ahead of a place they tell of a day: "i work all three of those"."""

_NOT = WORDS["picking.no"]
_TOO, _FAR = frozenset({"too", "muy", "demasiado"}), frozenset({"early", "late", "soon", "temprano", "tarde", "pronto"})
_SPANISH = frozenset({"la", "el", "puedo", "me", "es", "esta", "funciona", "sirve", "queda", "quiero", "con"})
_ALSO = frozenset({"or", "and", "nor", "o", "y", "e", "ni", "u"})
_LIGHT = WORDS["picking.light"]
_BESIDE = _NOUNS | _ALSO | _THEM | _ALL | {"of"}
_GOES_ON = WORDS["picking.goes_on"]
_SPELLER = Speller({*_ORDINALS, *_LAST, *_NONE, *_EARLIEST, *_LATEST, *_MIDDLE, *_LIGHT, *_NOT, "option", "opcion"})
