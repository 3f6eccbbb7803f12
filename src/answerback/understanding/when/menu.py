"""Answers to a menu of times: "2", "the later one", "tuesday works", "not the first, anything else is fine".

What is said of places in the list (`picking`) goes before what is said of days and hours, and a digit is a place before
it is an hour. Where both could be meant, or several of the times offered suit, it must ask.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from answerback.engine.times import Suits, Times
from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.when.picking import Picked, leaves_open, picked
from answerback.understanding.when.tokens import Token, kind_at

Said = Callable[[str], Times]
"""What a text says about when, read as if nothing had been offered."""


def answer(text: str, menu: Sequence[datetime], said: Said, nothing: Times) -> Times:
    """What a text says to the times offered; `nothing` is what a text without times says."""
    zone = ZoneInfo(nothing.zone)
    if _SOONER.search(fold_plain(text)):
        return replace(nothing, kind="windows", wanted=(Suits(until=min(menu).astimezone(UTC)),))

    pick = picked(text, [at.astimezone(zone) for at in menu], lambda part: _suited(said(part), menu))
    if pick is None:
        return _by_its_time(said(text), text, menu, said, nothing)
    beside = said(pick.rest)
    refused = [place for place, at in enumerate(menu) if not beside.wanted and beside.never and not beside.allows(at)]
    clear = pick.settled(len(menu), refused)
    if pick.none or not pick.taken:
        refusal = _day if _THOSE_DAYS.search(fold_plain(text)) else _moment
        times = replace(
            beside,
            kind="filter" if beside.kind == "none" else beside.kind,
            never=beside.never + tuple(refusal(menu[place], zone) for place in sorted(pick.refused)),
        )
        return _by_its_time(times, text, menu, said, nothing)
    if len(pick.taken) == 1 and clear:
        return _of_place(pick, text, menu, said, nothing)
    if beside.wanted and pick.refused:
        return _by_its_time(beside, text, menu, said, nothing)
    wanted = tuple(_moment(menu[place], zone) for place in pick.taken)
    return replace(nothing, kind="windows", wanted=wanted, ask=not clear)


_SOONER = re.compile(
    r"\b(?:sooner|earlier) than (?:those|these|that|them|the first)\b"
    r"|\b(?:any|anything|something|nothing|algo|nada)(?: \w+)? (?:sooner|earlier|mas temprano|mas pronto|antes)"
    r"(?=\s*(?:$|[.,?!]))"
)


def _of_place(pick: Picked, text: str, menu: Sequence[datetime], said: Said, nothing: Times) -> Times:
    """The time of one place, to be asked about where the words name another time as well."""
    at = menu[pick.taken[0]]
    times = chosen(nothing, pick.taken[0] + 1, menu)
    after = said(pick.after)
    if after.wanted and not after.allows(at) and _TAKES_BACK.search(pick.after):
        return _by_its_time(after, text, menu, said, nothing)
    beside = said(pick.beside)
    if beside.wanted and not beside.allows(at):
        return replace(times, ask=True)
    if pick.plain or len(text.split()) == 1:
        return times
    whole = said(pick.clause)
    # "The 3rd" is the third of the list, or the list's only opening on a 3rd.
    others = [each for each in menu if each != at and whole.wanted and whole.allows(each)]
    return replace(times, ask=bool(others) or times.ask)


def _by_its_time(times: Times, text: str, menu: Sequence[datetime], said: Said, nothing: Times) -> Times:
    """Words that suit exactly one of the times offered choose it; where they suit several, which has to be asked."""
    suited = _suited(times, menu)
    if len(suited) == 1:
        return chosen(nothing, suited[0] + 1, menu)
    if times.ask or (times.wanted and not suited):
        first = _by_one_clause(text, menu, said)
        if first is not None:
            return chosen(nothing, first + 1, menu)
    return replace(times, ask=times.ask or (len(suited) > 1 and not leaves_open(text)))


def _suited(times: Times, menu: Sequence[datetime]) -> list[int]:
    return [place for place, at in enumerate(menu) if times.wanted and times.allows(at)]


def _by_one_clause(text: str, menu: Sequence[datetime], said: Said) -> int | None:
    """The place that one clause alone names by its time, where the others only say why: "the saturday one please, i
    work 9 to 5 all week".
    """
    folded = fold_plain(text)
    clauses = [each.split() for each in _CLAUSE_ENDS.split(folded) if each.strip()]
    if len(clauses) < _TWO or _TAKES_BACK.search(folded):
        return None
    named = set()
    for words in clauses:
        times = said(" ".join(words))
        suited = _suited(times, menu)
        if times.wanted and (words[0] in _LIMITS or not (suited or set(words) & _TELLS)):
            return None
        if suited and _TELLS.isdisjoint(words):
            named.add(suited[0] if len(suited) == 1 else None)
    return named.pop() if len(named) == 1 else None


_TWO = 2
_CLAUSE_ENDS = re.compile(r"[.,;!?\n]+(?!\d)")
_TAKES_BACK = re.compile(
    r"\b(?:actually|instead|scrap|oops|i mean|i meant|no wait|hold on|never ?mind|if|or|unless"
    r"|digo|perdon|quise decir|mejor no)\b"
)
_LIMITS = WORDS["menu.limits"]
_TELLS = WORDS["menu.tells"]


def _moment(at: datetime, zone: ZoneInfo) -> Suits:
    day, start = at.astimezone(zone).date(), at.astimezone(UTC)
    return Suits(first=day, last=day, since=start, until=start + timedelta(minutes=1))


def _day(at: datetime, zone: ZoneInfo) -> Suits:
    day = at.astimezone(zone).date()
    return Suits(first=day, last=day)


_THOSE_DAYS = re.compile(
    r"\b(?:those|these|both|either|all) (?:of (?:those|these|the) )?days\b|\b(?:esos|ambos|los dos) dias\b"
)


def chosen(times: Times, option: int, menu: Sequence[datetime]) -> Times:
    """The choice of this number from a menu of times."""
    at = menu[option - 1] if option <= len(menu) else None
    return Times(
        kind="choice",
        now=times.now,
        zone=times.zone,
        option=str(option),
        chosen=at,
        ask=at is None or at < times.now,
    )


def number(tokens: Sequence[Token]) -> int | None:
    """The number a text picks from a list that is not known: "option 2", "the 3rd one pls"."""
    meant = [token for token in tokens if token.kind not in _PASSING]
    kinds = [token.kind for token in meant]
    if kinds == ["first_one"]:
        return 1
    numbers = [token for token in meant if token.kind in {"ord", "num"}]
    if len(numbers) > 1 and numbers[-1].text in {"one", "una"}:
        numbers.pop()
    if kinds and set(kinds) <= {"ord", "one_of", "num"} and numbers:
        named = len(meant) > len(numbers) or any(token.kind == "number" for token in tokens)
        return numbers[0].value if named and len(numbers) == 1 and 1 <= numbers[0].value <= _MOST else None
    return _in_passing(tokens)


def _in_passing(tokens: Sequence[Token]) -> int | None:
    """ "i'll take option 2 please", "let's do the second one"."""
    for place, token in enumerate(tokens):
        if token.kind not in {"ord", "num"} or not 1 <= token.value <= _MOST:
            continue
        ahead = tokens[place - 1] if place else None
        if ahead is not None and ahead.kind == "number" and ahead.text != "num" and len(tokens) <= _SHORT:
            return token.value
        behind = tokens[place + 1].text if place + 1 < len(tokens) else ""
        if token.kind == "ord" and (kind_at(tokens, place + 1) == "one_of" or behind == "one"):
            return token.value
    return None


_PASSING = frozenset({"fill", "good", "stop", "comma", "the", "on", "number", "of", "wish"})
_MOST = 20
_SHORT = 5
"""So few words may choose by "number 2" where no list is known; "calle 5, numero 12" does not."""


def of_choices(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the "one" of "the afternoon one", which stands for an opening and is no hour."""
    return [token for place, token in enumerate(tokens) if not _stands_for_an_opening(tokens, place)]


def _stands_for_an_opening(tokens: Sequence[Token], place: int) -> bool:
    ahead = tokens[:place]
    led = any(each.kind == "the" for each in ahead) or all(each.kind in _DAYS for each in ahead)
    goes_on = kind_at(tokens, place + 1) in {"num", "oclock", "am", "pm", "to", "dash", "or"}
    return bool(ahead) and led and not goes_on and ahead[-1].kind in _DAYS and tokens[place].text == "one"


_DAYS = frozenset(
    {"part", "dow", "weekend", "tomorrow", "today", "ord", "clock", "am", "pm", "oclock", "noon", "month", "date"}
)
