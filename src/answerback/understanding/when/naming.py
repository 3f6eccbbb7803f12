"""Which of the times offered the words of a clause name: "the 2nd one", "option b", "the friday one", "the later one".

By place in the list or by a time before "one". It must never know whether what is named is taken or refused
(`picking`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from answerback.understanding.lexicon import WORDS

Suiting = Callable[[str], Sequence[int]]
"""The places of a menu that the times named in some words suit."""


class Named(NamedTuple):
    """What is named by the words from `begin` up to `end`: places in the menu from 0, none for "the other one".

    `plain`: named so that it can be no hour and no day of the month. `together`: all of them, "the first two"; else one
    of them.
    """

    begin: int
    end: int
    places: tuple[int, ...]
    plain: bool
    together: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a clause, the times offered on the business's wall clock, and what the words beside it suit."""

    texts: list[str]
    menu: Sequence[datetime]
    suiting: Suiting
    elsewhere: str = ""

    def named(self) -> Iterator[Named]:
        """What is named, in its order."""
        at = 0
        while at < len(self.texts):
            found = self._at(at)
            if found is None or not all(0 <= place < len(self.menu) for place in found.places):
                at += 1
            else:
                yield found
                at = found.end

    def _at(self, at: int) -> Named | None:
        """What the words from `at` on name."""
        text, behind = self.texts[at], self._word(at + 1)
        if text in _NAMING and behind:
            number = _NUMBERS.get(behind) or _LETTERS.get(behind) or _ORDINALS.get(behind)
            return Named(at, at + 2, (number - 1,), plain=True) if number else None
        if text.startswith("#") and text[1:] in _NUMBERS:
            return Named(at, at + 1, (_NUMBERS[text[1:]] - 1,), plain=True)
        return self._by_its_time(at) or self._by_its_place(at) or self._by_what_is_left(at) or self._bare(at)

    def _by_its_place(self, at: int) -> Named | None:
        """ "The first", "the last two", "the second friday one", "la de en medio"."""
        text, end, among = self.texts[at], *self._end_of_noun(at)
        plain, places = end > at + 1, among or range(len(self.menu))
        if text in {"next", "second", "2nd"} and self.texts[at + 1 : at + 3] == ["to", "last"] and len(places) > 1:
            return Named(at, max(self._end_of_noun(at + 2)[0], at + 3), (places[-2],), plain=True)
        if text in _ORDINALS and self._word(at + 1) in _HOW_MANY and text in _FIRST:
            return Named(at, at + 2, tuple(places[: _NUMBERS[self._word(at + 1)]]), plain=True, together=True)
        leads = len(self.texts) == 1 and "?" in self.elsewhere  # "First, how much is it?"
        if text in _ORDINALS and not leads and not (plain and self._is_past(at, end)):
            number = _ORDINALS[text]
            return Named(at, end, (places[number - 1],), plain) if number <= len(places) else None
        if text == "top" and plain:
            return Named(at, end, (places[0],), plain=True)
        if text in _LAST and self._word(at + 1) in _HOW_MANY:
            return Named(at, at + 2, tuple(places[-_NUMBERS[self._word(at + 1)] :]), plain=True, together=True)
        if text in _LAST and (plain or self._led(at) or self._alone(at)) and not self._is_past(at, end):
            return Named(at, end, (places[-1],), plain)
        if text in _MIDDLE and len(self.menu) % 2 and (plain or self._led(at) or self._word(at - 1) == "en"):
            return Named(at, end, (len(self.menu) // 2,), plain=True)
        if text == "mas" and self._led(at) and self._word(at + 1) in _MOST:
            soonest = _MOST[self._word(at + 1)]
            return Named(at, at + 2, ((min if soonest else max)(places, key=lambda each: self.menu[each]),), plain=True)
        return self._earliest(at, end, list(places), plain=plain)

    def _earliest(self, at: int, end: int, places: list[int], *, plain: bool) -> Named | None:
        """ "The earliest of those"; "the later one" is so only of two."""
        text = self.texts[at]
        of_two = text in _EARLIER | _LATER or (text in _EARLY_OR_LATE and plain)
        if not (of_two or text in _EARLIEST | _LATEST) or not (plain or self._led(at) or self._alone(at)):
            return None
        if of_two and len(places) != _TWO:
            rest = " ".join(word for word in self.texts if word not in NOUNS and word != text)
            places = list(self.suiting(rest)) or list(self.suiting(self.elsewhere))
            if len(places) != _TWO:
                return None
        first = text in _EARLIEST | _EARLIER or text == "early"
        place = (min if first else max)(places, key=lambda each: self.menu[each])
        return Named(at, end, (place,), plain or self._led(at))

    def _by_what_is_left(self, at: int) -> Named | None:
        """ "The other one", "the others"."""
        text, behind = self.texts[at], self._word(at + 1)
        if text in _OTHERS and (text not in _OTHER or behind in _HOW_MANY or behind in PLURALS):
            return Named(at, end_of_them(self.texts, at), (), plain=True, together=True) if self._alone(at) else None
        end, _ = self._end_of_noun(at)
        if text in _OTHER and (end > at + 1 or (self._led(at) and self._alone(at))):
            return Named(at, end, (), plain=True)
        return None

    def _by_its_time(self, at: int) -> Named | None:
        """ "The friday one", "the 2pm slot", "la del martes", "el de las 10": the words behind name a time."""
        opens = at == 0 and not NOUNS.isdisjoint(self.texts[1:3])
        if self._word(at - 1) not in {"the", "la", "el", "that", "los", "las"} and not opens:
            return None
        if self.texts[at] in {"de", "del"}:
            ends = (place for place in range(at + 1, len(self.texts)) if self.texts[place] in _ENDS_A_TIME)
            after = next(ends, len(self.texts))
            words = self.texts[at + 1 : after]
        else:
            nouns = (place for place in range(at + 1, min(at + 4, len(self.texts))) if self.texts[place] in NOUNS)
            end = next(nouns, 0)
            words, after = self.texts[at:end], end and end_of_them(self.texts, end + 1)
        if not words or not _PLACED.isdisjoint(words):
            return None
        places = tuple(self.suiting(" ".join(words)))
        together = self._word(after - 1) in PLURALS
        return Named(at, after, places, plain=True, together=together) if places else None

    def _bare(self, at: int) -> Named | None:
        """A number or a letter; a number too high for a place is the hour of one, if of only one."""
        text = self.texts[at]
        ahead, behind = " ".join(self.texts[max(at - 2, 0) : at]), self.texts[at + 1 : at + 3]
        if ahead.endswith(_AT_AN_HOUR) or behind == ["de", "la"] or (behind and behind[0] in _LENGTHS):
            return None
        if (self._word(at + 1) == "to" and at + 2 < len(self.texts)) or self._is_span(at):
            return None
        if (
            text in {"dos", "2"}
            and self._word(at - 1) in {"los", "las"}
            and self._word(at - 2) != "de"
            and self._alone(at)
        ):
            hour = self._word(at - 1) == "las" and any(_shows(each, _TWO) for each in self.menu)
            both = len(self.menu) == _TWO and not hour
            return Named(at, at + 1, tuple(range(len(self.menu))), plain=False, together=both)
        if text in _NUMBERS and (text not in _ARTICLES or (self._alone(at) and not self._led(at))):
            one = self._word(at + 1) == "one"
            return Named(at, at + 1 + one, (_NUMBERS[text] - 1,), one) if _NUMBERS[text] <= len(self.menu) else None
        if text in _LETTERS and (text != "a" or len(self.texts) == 1):
            return Named(at, at + 1, (_LETTERS[text] - 1,), plain=False)
        if text in _HOURS and int(text) > len(self.menu) and self._alone(at):
            hours = [place for place, each in enumerate(self.menu) if _shows(each, int(text))]
            return Named(at, at + 1, (hours[0],), plain=False) if len(hours) == 1 else None
        return None

    def _end_of_noun(self, at: int) -> tuple[int, list[int]]:
        """Where "one", "friday one", "option of those" ends behind a place, and the places that the day in it suits."""
        for step in (1, 2, 3):
            if self._word(at + step) in NOUNS or (step == 1 and self._word(at + 1) == "1"):
                # "The last 1 plz"
                words = self.texts[at + 1 : at + step]
                among = list(self.suiting(" ".join(words))) if words else []
                if words and not among:
                    break
                return end_of_them(self.texts, at + step + 1), among
        return (end_of_them(self.texts, at + 1) if self._word(at + 1) in {"of", "de"} else at + 1), []

    def _is_past(self, at: int, end: int) -> bool:
        """ "Last time it was $120", "the first time you came"."""
        return self._word(at + 1) == "time" and not (self._led(at) and says_nothing(self.texts[end:]))

    def _is_span(self, at: int) -> bool:
        """ "2 to 4" are hours."""
        return self._word(at - 1) == "to" and self._word(at - 2) in _NUMBERS

    def _led(self, at: int) -> bool:
        return self._word(at - 1) in _THE

    def _alone(self, at: int) -> bool:
        """Does the clause say nothing but places?"""
        return says_nothing(
            [each for each in self.texts if each not in _ORDINALS and each not in _NUMBERS and each != self.texts[at]]
        )

    def _word(self, at: int) -> str:
        return self.texts[at] if 0 <= at < len(self.texts) else ""


def end_of_them(texts: list[str], at: int) -> int:
    """Where "of those three times", "one of them", "de las dos" ends, if it begins at `at`."""
    begin = at
    at += texts[at : at + 1] in (["one"], ["ones"], ["option"], ["time"], ["slot"])
    at += texts[at : at + 2] == ["1", "of"]
    if texts[at : at + 1] in (["of"], ["de"]):
        if texts[at + 1 : at + 2] and texts[at + 1] in THEM:
            at += 2
        else:
            return begin
    at += bool(texts[at : at + 1]) and texts[at] in _OTHERS
    counted = at > begin or texts[begin - 1 : begin] in (["all"], ["any"])  # "Either 2 or 3" counts nothing.
    at += counted and bool(texts[at : at + 1]) and texts[at] in _HOW_MANY
    return at + (bool(texts[at : at + 1]) and texts[at] in PLURALS)


def says_nothing(texts: Sequence[str]) -> bool:
    """Do words beside a place say nothing of their own?"""
    return all(text in LIGHT or text in NO or text in _BESIDE for text in texts)


def _shows(at: datetime, hour: int) -> bool:
    return (at.hour % 12, at.minute) == (hour % 12, 0)


LIGHT = WORDS["picking.light"]
NO = WORDS["picking.no"]
NOUNS = WORDS["picking.nouns"]
PLURALS = WORDS["picking.plurals"]
THEM = WORDS["picking.them"]
ALSO = frozenset({"or", "and", "nor", "o", "y", "e", "ni", "u"})
ALL = frozenset({"any", "either", "whichever", "cualquiera", "both", "all", "ambas", "ambos", "todas", "todos"})

_TWO = 2
_FIRST = frozenset({"first", "1st", "primeras", "primeros", "primera", "primero"})
_ORDINALS = {
    **dict.fromkeys(("first", "1st", "primera", "primero", "primer", "1ra", "1era", "1ro", "1er"), 1),
    **dict.fromkeys(("primeras", "primeros"), 1),
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

_HOURS = frozenset(str(hour) for hour in range(1, 13))
_AT_AN_HOUR = ("a la", "a las", "de la", "de las", " at")
_LETTERS = {letter: number for number, letter in enumerate("abcde", start=1)}
_NAMING = frozenset(
    {
        "option",
        "opt",
        "number",
        "num",
        "numba",
        "nbr",
        "choice",
        "slot",
        "time",
        "opcion",
        "numero",
        "letter",
        "letra",
        "#",
    }
)
_LENGTHS = frozenset({"hour", "hours", "hr", "hrs", "hora", "horas", "min", "mins", "minutes", "minutos", "half"})
_HOW_MANY = frozenset({"two", "three", "four", "2", "3", "4", "dos", "tres", "cuatro"})
_THE = frozenset({"the", "la", "el", "that", "this", "esa", "ese"})
_LAST = frozenset({"last", "final", "ultima", "ultimo", "ultimas", "ultimos", "bottom"})
_MIDDLE = frozenset({"middle", "medio", "enmedio"})
_OTHER, _OTHERS = frozenset({"other", "otra", "otro"}), frozenset({"others", "otras", "otros", "other"})
_MOST = {
    **dict.fromkeys(("proxima", "proximo", "temprana", "temprano", "pronta", "pronto"), True),
    **dict.fromkeys(("tarde", "tardia", "lejana"), False),
}
""" "La más próxima", "la más tarde": is it the soonest?"""
_EARLIEST, _LATEST = frozenset({"earliest", "soonest"}), frozenset({"latest"})
_EARLIER, _LATER = frozenset({"earlier", "sooner"}), frozenset({"later"})
_PLACED = {*_ORDINALS, *_LAST, *_OTHER, *_EARLIEST, *_LATEST, *_EARLIER, *_LATER}
"""Words that name a place beside a time: "the later friday one"."""

_EARLY_OR_LATE = frozenset({"early", "late"})
_BESIDE = NOUNS | ALSO | THEM | ALL | {"of"}
_ENDS_A_TIME = (LIGHT | NO | ALSO) - {"a", "la", "las", "el", "de", "del", "en", "por"}

SPELLED = {*_ORDINALS, *_LAST, *_EARLIEST, *_LATEST, *_MIDDLE, *LIGHT, *NO, "option", "opcion", "neither", "ninguna"}
"""Words a slip of the finger may be put right to."""
