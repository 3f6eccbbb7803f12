"""What a text says of the times offered to it by their places: "not the first, the other one", "neither", "option b".

It goes clause by clause. A place that is named plainly (`naming`) is believed beside other matter; a bare number or
"the first" only where its clause says nothing else. It must never take what is refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import pairwise, zip_longest
from typing import NamedTuple

from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.phrases import Speller
from answerback.understanding.when.naming import (
    ALL,
    ALSO,
    LIGHT,
    NO,
    NOUNS,
    SPELLED,
    THEM,
    Clause,
    Named,
    Suiting,
    end_of_them,
    says_nothing,
)


@dataclass(slots=True)
class Picked:
    """Places in the menu, from 0: those taken, those refused; `any` of what is not refused will do, or `none` of them,
    or the `other`. `open`: one of those taken is meant, and not said which.

    `plain`: named so that it can be no hour and no day of the month; `compared`: with another place. `clause` is the
    one that names the place last, `beside` what it says besides, `after` what follows it; `rest` is the whole text
    without what was read here.
    """

    taken: list[int] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    any: bool = False
    none: bool = False
    other: bool = False
    open: bool = False
    plain: bool = False
    compared: bool = False
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
            return len(self.taken) == 1 or (self.any and not self.open)
        self.taken = left
        return self.any or (self.other and bool(self.refused) and len(left) == 1)


def picked(text: str, menu: Sequence[datetime], suiting: Suiting) -> Picked | None:
    """What is said of a menu's places, or None where nothing is; `menu` on the business's wall clock, in the order it
    was offered.
    """
    folded = fold_plain(text)
    for pattern, other in _IN_PLACE:
        folded = pattern.sub(partial(_in_as_many_letters, other), folded)
    if several := _several(folded, len(menu)):
        return several
    found, taken_up = Picked(), []
    for words in _clauses(folded):
        clause = slice(words[0].begin, words[-1].end)
        elsewhere = f"{folded[: clause.start]} {folded[clause.stop :]}"
        span = _read(words, Clause([word.text for word in words], menu, suiting, elsewhere), found)
        if span is not None:
            begin, end = span
            taken_up.append(span)
            found.clause, found.after = folded[clause], folded[end:]
            found.beside = f"{folded[clause.start : begin]} {folded[end : clause.stop]}"
    if not found.taken and (no_good := _NO_GOOD.search(folded)):
        found.any, found.none = False, True
        taken_up = taken_up or [no_good.span()]
    if not taken_up:
        return None
    if len(found.taken) > 1 and not (_WILL_DO | _LEFT_TO_US - {"either"}).isdisjoint(folded.split()):
        found.any = True
    found.rest = folded
    for begin, end in reversed(taken_up):
        found.rest = f"{found.rest[:begin]} {found.rest[end:]}"
    return found


def _several(folded: str, size: int) -> Picked | None:
    """ "1,3", "1 & 3", "1-3", and no more: one of those, and not said which."""
    if not _ONLY_NUMBERS.fullmatch(folded):
        return None
    places = [int(number) - 1 for number in re.findall(r"\d", folded)]
    return Picked(taken=places, open=True, clause=folded) if max(places) < size else None


def _in_as_many_letters(words: str, match: re.Match[str]) -> str:
    return match.expand(words).ljust(len(match[0]))


_IN_PLACE = (
    (
        re.compile(r"\b(?:apart from|aside from|other than|a excepcion de|fuera de)\b(?! (?:that|those|eso)\b)"),
        "except",
    ),
    (re.compile(r"^(?:those|these) (?:days|times)(?= (?:all )?(?:work|are (?:fine|good|ok))\W*$)"), "whichever"),
    (re.compile(r"\b(?:rather than|instead of)\b(?! (?:that|those)\b)"), "not"),
    (re.compile(r"\bthe one (?:that'?s|that is) (?:left|remaining)\b"), "the other one"),
    (re.compile(r" (?:of|on|from|in|de) (?:the|la|your|that|su) (?:list|lista)\b"), ""),
    (re.compile(r"\b(?:and )?neither (?:is|does|will) (?=(?:the )?(?:#?\d|first|second|third|last|other)\b)"), "not "),
    (re.compile(r"\b(el|la) que (?:cae|es|sea|esta|queda|va|viene) mas (tarde|temprano|pronto)\b"), r"\1 mas \2"),
)
"""Words put for others, in as many letters: places in a text are told by its letters."""
_ONLY_NUMBERS = re.compile(r"\W*[1-5]\b(?: ?(?:[,&+/-]|and|y|or|o)? ?#?[1-5]\b)+\W*")
_ENDS_IT = r"(?=\s*(?:$|[.,;!]| (?:but|for|sorry|at all)\b))"
_THOSE = r"(?:those|these)(?: days| times)?"
_NO_GOOD = re.compile(
    rf"^\W*(?:sorry,? |nope,? )?(?:not {_THOSE}|no good|not good|wont work|won't work|no me sirven?){_ENDS_IT}"
    rf"|\b(?:cant|can't|cannot|won't|wont) (?:make|do) (?:any of |either of )?(?:{_THOSE}|them){_ENDS_IT}"
    rf"|(?:^|[.!?;] ?)(?:sorry,? )?{_THOSE} (?:all )?(?:dont|don't|do not|wont|won't) work"
    rf"{_ENDS_IT}"
)


def leaves_open(text: str) -> bool:
    """Does a text leave to the business which of several it is to be: "anytime friday", "either morning"?"""
    return not _LEFT_TO_US.isdisjoint(fold_plain(text).split())


def agrees(text: str) -> bool:
    """Does a text only say yes: "that works for me", "ok perfect"?"""
    words = [word.text for words in _clauses(fold_plain(text)) for word in words]
    if "?" in text or not _NOT_THAT.isdisjoint(words) or _names_wednesday(words):
        return False
    return not _AGREES.isdisjoint(words) and all(word in (LIGHT | NOUNS) - _FAR for word in words)


def _names_wednesday(words: Sequence[str]) -> bool:
    """Is "wed" a day, and no "we'd", which a verb follows?"""
    return any(word == "wed" and behind not in _WOULD for word, behind in pairwise((*words, "")))


_WOULD = frozenset({"like", "love", "prefer", "rather", "be", "take", "go", "want", "need", "do", "appreciate"})


def is_haste(text: str) -> bool:
    """Is a text of a few words that say nothing but "asap"?"""
    words = [word.text for words in _clauses(fold_plain(text)) for word in words]
    return len(words) <= _FEW and not _SOON.isdisjoint(words) and all(word in LIGHT | _SOON for word in words)


class _Word(NamedTuple):
    text: str
    begin: int
    end: int


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
    matches = list(_WORD.finditer(folded))
    for match, behind in zip_longest(matches, matches[1:]):
        word = match.group()
        goes_on = behind is not None and behind.group() in _OF_ANOTHER
        every = bool(clause) and (clause[-1].text in _EVERY or clause[-1].text in THEM)
        excepting = word == "but" and every and not goes_on
        asks = word in {"and", "y"} and behind is not None and behind.group() in _ASKS
        if word in _ENDS or asks or (word in _JOINS and not excepting):
            if clause:
                yield clause
            clause = []
        else:
            clause.append(_Word(_right(word.replace("'", "")), *match.span()))
    if clause:
        yield clause


def _read(words: list[_Word], clause: Clause, found: Picked) -> tuple[int, int] | None:
    """Adds what a clause says of the menu; the letters it takes up, if it does."""
    texts, whole = clause.texts, _of_all(clause.texts)
    named = [each for each in clause.named() if whole is None or not _meet(each, whole)]
    spans = [(each.begin, each.end) for each in named]
    spans = sorted([*spans, (whole.begin, whole.end)]) if whole else spans
    if not spans:
        return None
    first, last = spans[0][0], spans[-1][1]
    plain = bool(named) and all(each.plain for each in named)
    between = [text for (_, end), (begin, _) in pairwise(spans) for text in texts[end:begin]]
    ahead = [] if plain and _leads_up(texts[:first]) else texts[:first]
    if not says_nothing([*ahead, *between]) or not _AT_WORK.isdisjoint(ahead):
        return None
    by_time: Sequence[int] = ()
    if whole is not None and whole.excepting and not named:
        by_time, last = clause.suiting(" ".join(texts[last:])), len(texts)
    elif not says_nothing(behind := texts[last:]) and not (plain and (_goes_on(behind) or _cannot(behind))):
        opens_text = not words[0].begin and (first, last) == (0, 1)
        if not (opens_text and _begins_anew(behind)):
            return None
    refused = whole is not None and (
        not NO.isdisjoint(texts[: whole.begin]) or _is_refused(texts[: whole.begin], texts[whole.end :])
    )
    if whole is not None:
        found.none = found.none or whole.none or (refused and not named)
        found.any = found.any or not (whole.none or refused)
    if whole is not None and whole.excepting:
        found.refused.update(by_time, *(each.places for each in named))
    else:
        _add(texts, named, found)
    two = whole is not None and texts[whole.begin] in _TWO_OF_THEM and not (whole.none or refused)
    if two and len(clause.menu) > _TWO and not named:
        # "Both", of three
        found.taken, found.any, found.open = list(range(len(clause.menu))), False, True
    found.plain = found.plain or plain
    found.compared = found.compared or len(found.taken) + len(found.refused) > 1
    return words[first].begin, words[last - 1].end


def _meet(one: Named, other: _Whole) -> bool:
    return one.begin < other.end and other.begin < one.end


def _of_all(texts: list[str]) -> _Whole | None:
    """ "Neither", "none of those", "any of them", "either works", "anything but"; not "either friday"."""
    for place, text in enumerate(texts):
        end = end_of_them(texts, place + 1)
        if text == "any" and texts[place + 1 : place + 2] == ["other"]:
            continue
        if text in _EVERY | ALL and texts[end : end + 1] and texts[end] in _EXCEPT:
            return _Whole(place, end + 1, none=False, excepting=True)
        ends = end == len(texts) or texts[end] in LIGHT or texts[end] in NO
        if text in _NONE and ends:
            return _Whole(place, end, none=True, excepting=False)
        if text in ALL and (end > place + 1 or (ends and text in _ALL_ALONE)) and (ends or text == "either"):
            return _Whole(place, end, none=False, excepting=False)
    return None


def _add(texts: list[str], named: list[Named], found: Picked) -> None:
    """Takes or refuses the places of a clause; what takes another back stands in its stead."""
    was_refused = False
    for number, each in enumerate(named):
        ahead = texts[named[number - 1].end if number else 0 : each.begin]
        behind = texts[each.end : named[number + 1].begin if number + 1 < len(named) else len(texts)]
        joined = not ALSO.isdisjoint(ahead)
        if number + 1 < len(named):
            # "2 not 1", "la 3 no la 2": it belongs to the next.
            ends = behind[:-1] if behind[-1:] and behind[-1] in _ARTICLES else behind
            behind = ends[:-1] if ends and ends[-1] in NO else behind
        was_refused = _is_refused(ahead, behind) or (number > 0 and joined and was_refused)
        if was_refused and number and all(text in ALSO or text in THEM for text in ahead):
            # "1 and 2 don't work"
            found.refused.update(named[number - 1].places)
            found.taken = [place for place in found.taken if place not in named[number - 1].places]
        if was_refused:
            found.refused.update(each.places)
            found.taken = [place for place in found.taken if place not in each.places]
            continue
        found.other = found.other or not each.places
        found.any = found.any or each.together
        if each.places and found.taken and not joined:
            found.taken.clear()
            found.open, found.compared = False, True
        found.taken += each.places
        found.open = found.open or (len(each.places) > 1 and not each.together)


def _is_refused(ahead: list[str], behind: list[str]) -> bool:
    """Is what is named refused by the words ahead of it, or by those behind it? The "no" of "no the 2nd" corrects."""
    corrects = "no" in ahead and _SPANISH.isdisjoint(ahead[ahead.index("no") + 1 :])
    too = any(one in _TOO and other in _FAR for one, other in pairwise(behind))
    in_its_stead = ahead[-2:] in (["instead", "of"], ["rather", "than"], ["lugar", "de"], ["vez", "de"])
    return (
        too
        or in_its_stead
        or bool(NO.intersection(ahead) - ({"no"} if corrects else set()))
        or not NO.isdisjoint(behind)
    )


def _goes_on(behind: list[str]) -> bool:
    """Does matter of its own begin behind a place that was named plainly: "the 2nd one for my mom"?"""
    if behind[0] in _WE and not (behind[1:] and behind[1] in _MAY):
        return False
    first = next(place for place, text in enumerate(behind) if not says_nothing([text]))
    known = behind[first] in _GOES_ON or (first > 0 and behind[first - 1] not in _TELLS_OF)
    return known and NO.isdisjoint(behind)


def _leads_up(ahead: list[str]) -> bool:
    """Does what is told lead up to a place: "he's only free for the last one", "put me down for the 2nd"?"""
    words = ahead[:-1] if ahead[-1:] and ahead[-1] in _ARTICLES else ahead
    return " ".join(words).endswith(_LEADS_UP) and (NO | _HAD | _ASKED).isdisjoint(words)


def _cannot(behind: list[str]) -> bool:
    """Do they say that they cannot, behind a place that was named: "the first one i'm out of town"?"""
    return behind[0] in _WE and not NO.isdisjoint(behind[:_NEAR]) and (_HAD | _THINK).isdisjoint(behind)


def _begins_anew(behind: list[str]) -> bool:
    """Does a sentence begin behind the number that opens a text: "2 my number is 512 ...", "2 i'll be home"?"""
    return tuple(behind[:2]) in _BEGINS and NO.isdisjoint(behind) and _HAD.isdisjoint(behind)


_NEAR = 4
_THINK = frozenset({"remember", "recall", "tell", "see", "find", "wait", "decide"})
_HAD = frozenset({"had", "was", "were", "got", "used"})


def _right(word: str) -> str:
    return _SLIPS.get(word) or (_SPELLER.right(word) if word.isalpha() and len(word) > _SHORT else word)


_SHORT, _FEW = 4, 6
_SLIPS = {"teh": "the", "hte": "the", "frist": "first", "thrid": "third"}
_BEGINS = frozenset(
    {("ill", "be"), ("well", "be"), ("see", "you")}
    | {("my", what) for what in ("number", "name", "address", "phone", "cell", "email")}
    | {("mi", what) for what in ("numero", "nombre", "direccion", "telefono", "cel")}
    | {("and", what) for what in ("fyi", "btw", "also", "my", "please", "can", "could")}
)
_LEADS_UP = ("free for", "down for", "up for", "available for", "make it for", "libre para", "apunteme para")
_ASKED = frozenset({"what", "how", "who", "is", "are", "do", "does", "can", "could", "work", "busy", "school", "too"})
_ENDS = frozenset(".,;:!?\n()")
_JOINS = frozenset({"but", "pero", "because", "cause", "cuz", "bc", "porque", "since", "sino", "so", "asi", "as", "if"})
"""Words that begin a clause of their own."""

_ASKS = frozenset({"do", "does", "is", "are", "what", "whats", "how", "where", "will", "cuanto", "que", "donde"}) | {
    "my",
    "our",
    "im",
    "also",
}
_TWO, _TWO_OF_THEM = 2, frozenset({"both", "ambas", "ambos"})
_OF_ANOTHER = frozenset({"my", "our", "i", "we", "he", "she", "they", "it", "only", "can", "could"})
"""Behind a "but" they begin what somebody says: "any of them but my roommate can only do friday"."""

_NONE = frozenset({"neither", "none", "ninguna", "ninguno"})
_ALL_ALONE = frozenset({"either", "whichever", "cualquiera", "both"})
_EVERY = frozenset({"anything", "any", "all", "everything", "anyone", "cualquiera", "todas", "todos"})
_EXCEPT = frozenset({"but", "except", "besides", "menos", "excepto", "salvo"})
_AT_WORK = frozenset({"work", "works"})
"""Ahead of a place they tell of a day: "i work all three of those"."""

_LEFT_TO_US = WORDS["picking.any"]
_WILL_DO = WORDS["picking.will_do"]
_GOES_ON = WORDS["picking.goes_on"]
_SOON = frozenset(
    {"asap", "soonest", "earliest", "first", "available", "possible", "quick", "quickest", "sooner", "next", "thing"}
    | {"antes", "posible", "lo", "primera", "primero", "cuanto", "urgente", "urgent", "ahora", "opening", "slot"}
)
_TELLS_OF = frozenset({"is", "was", "are", "still", "esta", "es", "does", "did", "had", "has", "too", "also", "works"})
_WE = frozenset({"im", "i", "we", "he", "she", "they"})
_MAY = frozenset({"can", "could", "will", "prefer", "want", "like", "think", "guess", "am"})
""" "The last one i had was rusty" names nothing that was offered."""

_NOT_THAT = frozenset({"now", "ya", "im"})
""" "It works now" agrees to nothing."""

_AGREES = frozenset({"yes", "works", "good", "great", "fine", "perfect", "si", "bien", "perfecto", "perfecta"})
_ARTICLES = frozenset({"the", "la", "el"})
_TOO, _FAR = frozenset({"too", "muy", "demasiado"}), frozenset({"early", "late", "soon", "temprano", "tarde", "pronto"})
_SPANISH = frozenset({"la", "el", "puedo", "me", "es", "esta", "funciona", "sirve", "queda", "quiero", "con"})
_SPELLER = Speller(SPELLED)
