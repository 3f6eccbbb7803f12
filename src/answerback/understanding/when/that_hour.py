"""Words that name an hour by one told before: "same time", "an hour before", "after him", "change the lock then".

They become the hours they mean, on the day told where no other is named, and what only told is taken out. It must never
take out a time that is wished for itself.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from answerback.engine.times import DAY
from answerback.understanding.when.asked_or_told import tells
from answerback.understanding.when.pieces import Days, Element, Hours, Mark, Moment, Side, Whole
from answerback.understanding.when.that_day import (
    clause,
    end_of,
    hours_told,
    is_end,
    shifted,
    takes_its_place,
    told_day,
    without_told,
)
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.told import kinds_of
from answerback.understanding.when.turns import DAYS, clause_begin, clause_end

_Found = tuple[list[Element], int] | None


def that_hour(found: list[Element], tokens: Sequence[Token], place: int, moment: Moment) -> _Found:
    """All found so far with the hours that the words at `place` point at; None where they point at none."""
    day = _told(found)
    if day is None:
        return None
    for rule in (_same_hour, _hours_off, _beside_hour, _earlier, _then, _those):
        meant = rule(found, tokens, place, moment, day)
        if meant:
            return meant
    return None


def _told(found: Sequence[Element]) -> int | None:
    """Where the time stands that was told: of the clause that points only where nothing was told ahead of it."""
    begin = end_of(found) + 1
    day = told_day(found[:begin], back=False)
    hours = next((at for at in range(begin - 1, -1, -1) if isinstance(found[at], Hours)), None)
    if day is None and hours is not None and any(isinstance(each, Days | Whole) for each in found[begin:]):
        return hours
    return told_day(found, back=False) if day is None else day


def _same_hour(found: list[Element], tokens: Sequence[Token], place: int, moment: Moment, day: int) -> _Found:
    """ "The reader is here today at 11, swap it tomorrow at the same time": that hour, of the day named beside it."""
    led = place > 0 and tokens[place - 1].text in _LEADS
    named = tokens[place].kind == "same_hour" or (tokens[place].text in _THAT_TIME and led)
    if not named:
        return None
    here = _here(found)
    beside = any(isinstance(each, Days) for each in here)
    if beside:
        ahead = [at for at in range(len(found) - len(here)) if isinstance(found[at], Days)]
        day = ahead[-1] if ahead else day
    told = [each for at in hours_told(found, day) if isinstance(each := found[at], Hours) and not each.side]
    if len(told) != 1 or not takes_its_place(found, day, tokens, place + 1, other=True, over=True):
        return None
    other = beside or any(each.kind in DAYS for each in tokens[place : clause_end(tokens, place)])
    kept = without_told(found, day, hours_told(found, day)[:1])
    mine = [] if other else [shifted(found[day], 0, moment)]
    return _with(kept, [*mine, told[0]], place, place + 1)


_THAT_TIME = frozenset({"that time", "esa hora", "ese horario", "ese momento"})
_LEADS = frozenset({"at", "a", "around", "about", "for", "en", "is", "para"})


def _hours_off(found: list[Element], tokens: Sequence[Token], place: int, moment: Moment, day: int) -> _Found:
    """ "The recital is saturday at 4, come an hour before": so much ahead of the hour told."""
    amount = _AMOUNTS.get(tokens[place].text) or (tokens[place].value if tokens[place].kind == "num" else 0)
    unit = kind_at(tokens, place + 1)
    if not amount or unit not in {"hour", "minute"} or place + 2 >= len(tokens):
        return None
    way = tokens[place + 2].text.split(" ")[0]
    end = place + 3 + (place + 3 < len(tokens) and tokens[place + 3].text in _IT)
    minutes = int(amount * (60 if unit == "hour" else 1)) * (-1 if way in _AHEAD else 1)
    told = [each for at in hours_told(found, day) if isinstance(each := found[at], Hours) and each.exact]
    known = way in _AHEAD | _BEHIND and kind_at(tokens, end) in _ENDS and len(told) == 1
    if not known or _reminds(tokens, place) or not takes_its_place(found, day, tokens, end, other=True):
        return None
    readings = tuple((start + minutes, last + minutes) for start, last in told[0].readings)
    if any(not 0 <= start < DAY for start, _ in readings):
        return None
    meant = replace(told[0], readings=readings)
    return _with(
        without_told(found, day, hours_told(found, day)[:1]), [shifted(found[day], 0, moment), meant], place, end
    )


_AMOUNTS = {"an": 1, "a": 1, "one": 1, "una": 1, "un": 1, "half": 0.5, "half an": 0.5, "half a": 0.5, "media": 0.5}
_AHEAD = frozenset({"before", "earlier", "prior", "antes", "sooner"})
_BEHIND = frozenset({"after", "later", "despues"})
_ENDS = frozenset({"", "stop", "comma", "good", "fill", "and", "or", "but", "wish", "because"})
_IT = frozenset(
    {"that", "then", "it", "him", "her", "them", "eso", "de eso", "this", "esa hora", "that time", "that hour"}
    | {"that point", "el", "ella", "ellos", "ellas"}
)
_REMIND = ("remind", "recuerd", "avis", "text", "call", "llam", "confirm", "notice", "heads")


def _reminds(tokens: Sequence[Token], place: int) -> bool:
    return any(each.text.startswith(_REMIND) for each in tokens[clause_begin(tokens, place) : place])


def _beside_hour(found: list[Element], tokens: Sequence[Token], place: int, moment: Moment, day: int) -> _Found:
    """ "The reader is here today at 11, swap it after him": the rest of that day behind the hour told."""
    end = _behind_it(tokens, place)
    days = [each for each in found[slice(*clause(found, day))] if isinstance(each, Days)]
    if not end or _reminds(tokens, place) or any(each.side or each.weekdays for each in days):
        # "a las 8 hasta el 17, después de esa fecha" points at the day
        return None
    side: Side = "before" if re.match(r"before|antes", tokens[place].text) else "after"
    told = next((found[at] for at in hours_told(found, day)), None)
    if not isinstance(told, Hours) or not takes_its_place(found, day, tokens, end, other=True):
        return None
    meant = _on_side(told, side)
    if meant is None:
        return None
    here = _here(found)
    any_day = isinstance(found[day], Days) and any(isinstance(each, Whole) for each in here)
    if any_day or any(isinstance(each, Hours) for each in here):
        # "we hang flags at 8 on the 11th, any day before that"
        return None
    mine = [] if any(isinstance(each, Days | Whole) for each in here) else [shifted(found[day], 0, moment)]
    return _with(without_told(found, day, hours_told(found, day)[:1]), [*mine, meant], place, end)


def _behind_it(tokens: Sequence[Token], place: int) -> int:
    """The place behind "before him", "after that, same day"; 0 where nothing is pointed at."""
    token = tokens[place]
    end = place + 1
    if token.kind in {"after", "before"}:
        step = end + (end < len(tokens) and tokens[end].text in _IT)
        starts = step > end and step < len(tokens) and tokens[step].text in _STARTS
        if step == end and kind_at(tokens, end + 1) in {"word", "fill"} and tokens[end].text in _SOMEBODY:
            # "before he does"
            step, starts = end + 2, False
        if (step == end and place + 1 < len(tokens)) or (step == end and not place):
            return 0
        end = step + starts
    elif token.kind not in {"that", "before_that"} or token.text not in _BESIDE_THAT:
        return 0
    if kind_at(tokens, end) not in _ENDS:
        return 0
    if kind_at(tokens, end) == "comma" and end + 1 < len(tokens) and tokens[end + 1].text in _SAME_DAY:
        return end + 2
    return end


_SOMEBODY = frozenset({"he", "she", "they"})
_STARTS = frozenset({"starts", "begins", "ends", "is over", "is done", "leaves", "arrives"})
_BESIDE_THAT = frozenset(
    {"after that", "after then", "before that", "before then", "despues de eso", "antes de eso", "right after that"}
    | {"afterwards", "afterward", "before all that", "despues de esa hora"}
)
_SAME_DAY = frozenset({"same day", "the same day", "that day", "that same day", "el mismo dia", "ese mismo dia"})


def _earlier(found: list[Element], tokens: Sequence[Token], place: int, _moment: Moment, day: int) -> _Found:
    """ "I get my son at 3 today, anything earlier today": on that side of the hour told, of the day named behind."""
    step = place + 1 + (kind_at(tokens, place + 1) in {"on", "the"})
    side = _WAYS.get(tokens[place].text)
    if not side or kind_at(tokens, step) not in {"today", "tomorrow", "dow", "ord"}:
        return None
    told = next((found[at] for at in hours_told(found, day)), None)
    if not isinstance(told, Hours) or not takes_its_place(found, day, tokens, place + 1, other=True):
        return None
    meant = _on_side(told, side)
    return _with(without_told(found, day, hours_told(found, day)[:1]), [meant], place, place + 1) if meant else None


_WAYS: dict[str, Side] = {
    "earlier": "before",
    "sooner": "before",
    "mas temprano": "before",
    "later": "after",
    "later on": "after",
    "mas tarde": "after",
}


def _on_side(told: Hours, side: Side) -> Hours | None:
    spans = tuple(
        (0, last if told.side == "before" else start)
        if side == "before"
        else (start if told.exact or told.side == "after" else last, DAY)
        for start, last in told.readings
    )
    empty = any(spans[at][0] >= spans[at][1] for at in told.likely)
    return None if empty else Hours(readings=spans, likely=told.likely, side=side)


def _then(found: list[Element], tokens: Sequence[Token], place: int, moment: Moment, day: int) -> _Found:
    """ "Saturday 9 to noon the elevator is ours, move us then": the time told, wished for."""
    if tokens[place].text not in {"then", "entonces"} or kind_at(tokens, place + 1) not in _THEN_ENDS:
        return None
    begin = clause_begin(tokens, place)
    ahead = [each for each in tokens[begin:place] if each.text not in {"so", "please", "and"}]
    here = kinds_of(_here(found))
    if not ahead or ahead[-1].kind in _POINTS or here & _NO_WISH or any(not isinstance(x, Mark) for x in _here(found)):
        return None
    if tells(tokens, begin) or not takes_its_place(found, day, tokens, place + 1, bare=True):
        return None
    hours = [each for at in reversed(hours_told(found, day)) if isinstance(each := found[at], Hours)]
    return _with(
        without_told(found, day, hours_told(found, day)[:1]), [shifted(found[day], 0, moment), *hours], place, place + 1
    )


_THEN_ENDS = frozenset({"", "stop", "comma", "fill", "good"})
_POINTS = frozenset({"before", "by", "until", "after", "from", "since", "around", "not", "comma", "dow"})
_NO_WISH = frozenset({"subject", "my", "event", "happening", "past", "bad", "not", "no", "or"})


def _those(found: list[Element], tokens: Sequence[Token], place: int, _moment: Moment, day: int) -> _Found:
    """ "The neighbors are home tomorrow and the 28th, cut it on either": each of the days told."""
    end = _behind_those(tokens, place)
    if not end:
        return None
    begin = max((at for at in range(day) if is_end(found[at])), default=-1) + 1
    told = [each for each in found[begin : day + 1] if isinstance(each, Days)]
    hours = any(isinstance(each, Hours) for each in found[begin : day + 1])
    if len(told) < 2 or hours or not takes_its_place(found, day, tokens, end, bare=True):
        return None
    meant: list[Element] = []
    for each in told:
        meant += [*([Mark(kind="or")] if meant else []), replace(each, at=(place, end))]
    return [*without_told(found, day), *meant], end


def _behind_those(tokens: Sequence[Token], place: int) -> int:
    ahead = [each.text for each in tokens[max(place - 2, 0) : place]]
    if {"but", "except", "not", "never", "menos", "excepto"} & set(ahead):
        return 0
    said = "|".join(each.text for each in tokens[place : place + 6]) + "|"
    match = _THOSE.match(said)
    if match is None:
        return 0
    end = place + match.group().count("|")
    return end if kind_at(tokens, end) in _ENDS | {"at", "part", "num"} else 0


_THOSE = re.compile(
    r"(?:(?:on|in|en)\|)?"
    r"(?:(?:either|both|whichever|any)(?: one)?\|(?:of\|(?:those|them|these|the\|two)\|)?(?:days?\|)?"
    r"|(?:cualquiera|ambos|los dos|cualquiera de los dos|cualquiera de esos|cualquiera de esos dias|esos dias)"
    r"\|(?:dias?\|)?|(?:those days|those)\|)"
)


def _here(found: Sequence[Element]) -> list[Element]:
    """What is found of the clause that points."""
    return list(found[end_of(found) + 1 :])


def _with(kept: list[Element], meant: Sequence[Days | Hours | None], place: int, end: int) -> _Found:
    if any(each is None for each in meant):
        return None
    return [*kept, *(replace(each, at=(place, end)) for each in meant if each is not None)], end
