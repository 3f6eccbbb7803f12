"""Words that name a day or its hours by a day told before: "that afternoon", "the evening before", "later that day".

They become the day and the hours they mean, and what only told of that day is taken out. It must never take out a time
that is wished for itself, nor name a day where none was told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from answerback.engine.times import DAY
from answerback.understanding.when.asked_or_told import commands, has_words, offers, only_names, requests, tells
from answerback.understanding.when.hours import PARTS
from answerback.understanding.when.pieces import Days, Element, Hours, Mark, Moment, Side, Whole
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.told import kinds_of
from answerback.understanding.when.turns import CLAUSE_ENDS, clause_begin, clause_end

LONGEST = 9
"""Tokens that a pointing word may be made of."""

_SAME = r"(?:very |same |mismo |misma |mero |mera )"
_THAT = rf"(?:(?:that|ese|esa|aquel|aquella) {_SAME}?|the {_SAME}|(?:el |la |al |a la )?(?:mismo |misma |mero |mera ))"
_THE = r"(?:(?:the|el|la|al|un|una|a|on|in|en) )?"
_OF = r"(?:of|de|del|d) "
_DAY = r"(?:day|dia)"
_BACK = r"(?: (?:that|then|it|de eso|de ese dia|eso))?"
_BESIDE = r"(?:before|after|prior|antes|despues|anterior|siguiente|previo|previa)"
_SHIFT = (
    rf"(?:(?:on )?the (?:next|following|previous|prior) day|{_THE}{_DAY} (?:right |just )?(?:de )?{_BESIDE}"
    rf"|{_THE}dia que sigue|al otro dia|{_THE}vispera|N D (?:before|after|earlier|later|prior|antes|despues))"
)
_LATER = r"(?:later on|later|mas tarde|mas tardecito|mas tardesito|earlier|sooner|mas temprano|mas tempranito)"
_LINK = r"(?: but| pero| ya| just)*"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{pattern}\\|".replace(" ", "[ |]"))


_LATER_THAT_DAY = tuple(
    _compiled(pattern)
    for pattern in (rf"{_LATER} (?:in |on |en )?{_THAT}(?:{_DAY}|P)", rf"(?:on )?{_THAT}{_DAY}{_LINK} {_LATER}")
)
_PART_OF_THAT_DAY = tuple(
    _compiled(pattern)
    for pattern in (
        rf"(?:in |on |en )?{_THAT}P",
        r"(?:en )?(?:esa|aquella) (?:misma )?manana",
        rf"{_THE}P {_OF}{_THAT}{_DAY}",
        rf"{_THE}P {_OF}it",
    )
)
_BESIDE_IT = tuple(
    _compiled(pattern)
    for pattern in (
        rf"(?:on |in )?the P (?:right |just )?(?:before|after|prior){_BACK}",
        r"P (?:de )?(?:antes|despues|anterior|siguiente|previa)(?: de eso| de ese dia)?",
        rf"{_THE}P {_OF}{_SHIFT}{_BACK}",
        r"(?:on |in )?the (?:next|following|previous|prior) P",
        rf"{_SHIFT}{_BACK}",
    )
)
_BARE = (_compiled(rf"(?:on )?{_THAT}{_DAY}"),)
_BACKWARDS = re.compile(r"\b(?:before|prior|antes|anterior|previo|previa|previous|earlier|vispera)\b")
_SIGNS = frozenset(
    {"that", "ese", "esa", "aquel", "aquella", "same", "mismo", "misma", "before", "after", "prior", "previous"}
    | {"next", "following", "antes", "despues", "anterior", "siguiente", "previo", "vispera", "sigue", "otro", "of"}
    | {"later", "earlier", "de"}
)
_NIGHT_BESIDE = frozenset({"the night before"})
_SPOKEN = {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "manana": "morning"}
_GOES_ON = frozenset(
    {"", "stop", "comma", "but", "good", "bad", "not", "no", "or", "and", "at", "num", "clock", "noon", "part", "wish"}
    | {"because", "after", "before", "early", "late", "same_hour", "anytime", "if", "mine", "asap", "around", "from"}
)
_WHO = frozenset({"i", "im", "we", "were", "you", "it", "its", "he", "she", "they"})
_OF_A_PART = re.compile(rf"P (?:de )?(?:right |just )?{_BESIDE} $")
_SPANISH = frozenset({"antes", "despues", "anterior", "siguiente", "sigue", "dia", "previo", "vispera", "manana"})


@dataclass(frozen=True, slots=True)
class _Pointer:
    """How many days from the day told, which part of it, on which side of the hour told, and the place behind."""

    shift: int
    part: str
    side: Side
    bare: bool
    end: int


def that_day(
    found: list[Element], tokens: Sequence[Token], place: int, moment: Moment
) -> tuple[list[Element], int] | None:
    """All found so far with the day and hours that the words at `place` point at; None where they point at none."""
    pointer = _pointer(tokens, place)
    if pointer is None or _reminds(tokens, place):
        return None
    at = told_day(found, back=pointer.shift < 0)
    if at is None:
        return None
    told = found[at]
    assert isinstance(told, Days)
    hours = _hours(found, at, pointer)
    meant = shifted(told, pointer.shift - _pointed_before(tokens, place), moment)
    if meant is None or (pointer.side and hours is None):
        return None
    if pointer.bare and kind_at(tokens, pointer.end) in {"before", "after", "before_that", "that"}:
        # "ese día antes de esa hora": what stands behind says all of it
        return list(found), pointer.end
    takes = takes_its_place(found, at, tokens, pointer.end, other=bool(pointer.shift), bare=pointer.bare)
    if not takes and (pointer.bare or not (pointer.shift or _is_judged(found, tokens, pointer.end))):
        # "next monday after 3, they go home that morning"
        return None
    end, same = _same_hour(found, at, tokens, _behind_its_name(tokens, pointer.end, meant))
    span = (place, end)
    used = hours_told(found, at) if pointer.side or same else []
    kept = without_told(found, at, used[:1]) if takes else list(found)
    if kept and isinstance(kept[-1], Whole) and kept[-1].kind == "same_hour" and (same := one_hour(found, at)):
        kept.pop()
    new: list[Element] = [replace(each, at=span) for each in (meant, hours, same) if each is not None]
    return [*kept, *new], end


def _behind_its_name(tokens: Sequence[Token], end: int, meant: Days) -> int:
    """ "The day before, friday": the place behind what only names the day pointed at."""
    step = end + (kind_at(tokens, end) == "comma")
    while kind_at(tokens, step) in {"on", "the", "fill"} and step - end < 3:
        step += 1
    named = tokens[step] if end < step < len(tokens) else Token("")
    day = meant.spans[0][0]
    same = day is not None and (
        (named.kind == "dow" and named.value == day.weekday()) or (named.kind == "ord" and named.value == day.day)
    )
    return step + 1 if same and len(meant.spans) == 1 else end


def _pointed_before(tokens: Sequence[Token], place: int) -> int:
    """ "The day before or the day after": how far the first of the two lies from the day told."""
    if kind_at(tokens, place - 1) != "or" or place < 2:
        return 0
    return {"day_before": -1, "day_after": 1}.get(kind_at(tokens, place - 2), 0)


def _same_hour(found: Sequence[Element], day: int, tokens: Sequence[Token], end: int) -> tuple[int, Hours | None]:
    """ "The day after, same time": the place behind, and the hour told of the day."""
    step = end + (kind_at(tokens, end) == "comma")
    step += step < len(tokens) and tokens[step].text in _LEADS_TO_HOUR
    if kind_at(tokens, step) != "same_hour" or (hours := one_hour(found, day)) is None:
        return end, None
    return step + 1, hours


_LEADS_TO_HOUR = frozenset({"at", "a", "y", "and", "but", "pero", "that", "around", "about", "como"})


def one_hour(found: Sequence[Element], day: int) -> Hours | None:
    told = [each for at in hours_told(found, day) if isinstance(each := found[at], Hours) and not each.side]
    return told[0] if len(told) == 1 else None


def shifted(told: Element, shift: int, moment: Moment) -> Days | None:
    """The days so many days from those told, whichever of them is meant; none where they are over."""
    if not shift and isinstance(told, Days) and not told.side:
        return told
    off = timedelta(days=shift)
    days = [(first if shift < 0 else last) + off for first, last in _bounds(told)]
    spans = tuple((day, day) for day in days if day >= moment.today)
    ask = isinstance(told, Days) and told.ask and len(spans) > 1
    return Days(spans=spans, ask=ask) if spans else None


def _reminds(tokens: Sequence[Token], place: int) -> bool:
    """ "Recuérdenme el día antes", "text me the day before" ask for a word and no visit."""
    ahead = tokens[clause_begin(tokens, place) : place]
    return any(each.text.startswith(_REMIND) for each in ahead)


_REMIND = ("remind", "recuerd", "avis", "text me", "text us", "call me", "call us", "llam", "confirm")


def _pointer(tokens: Sequence[Token], place: int) -> _Pointer | None:
    names = [_name(token) for token in tokens[place : place + LONGEST]]
    if _SIGNS.isdisjoint(word for name in names for word in name.split(" ")) and "vispera" not in names:
        return None
    said = "|".join(names) + "|"
    for patterns in (_LATER_THAT_DAY, _PART_OF_THAT_DAY, _BESIDE_IT, _BARE):
        for pattern in patterns:
            if (match := pattern.match(said)) and (made := _made(tokens, place, match.group(), patterns)):
                return made
    return None


def _name(token: Token) -> str:
    if token.kind == "part":
        return "P"
    if token.text in _NIGHT_BESIDE:
        return token.text.replace("night", "P")
    if token.text.startswith("that ") and token.text.split(" ")[-1] in _SPOKEN:
        return f"{token.text.rsplit(' ', 1)[0]} P"
    if token.kind in {"num", "couple"}:
        return "N"
    return "D" if token.kind == "day" and token.text in {"days", "dias"} else token.text


def _made(tokens: Sequence[Token], place: int, said: str, patterns: tuple[re.Pattern[str], ...]) -> _Pointer | None:
    end = place + said.count("|")
    words = said.replace("|", " ")
    if not _ends_here(tokens, end, words):
        return None
    inside = tokens[place:end]
    part = next((name for token in inside if (name := _part(token))), "")
    shift, side = 0, ""
    if patterns is _BESIDE_IT:
        count = next((token.value or 2 for token in inside if token.kind in {"num", "couple"}), 1)
        shift = -count if _BACKWARDS.search(words) else count
    if patterns is _LATER_THAT_DAY:
        side = "before" if re.search(r"earlier|sooner|temprano|tempranito", words) else "after"
    return _Pointer(shift, part, side, patterns is _BARE, end)  # type: ignore[arg-type]


def _part(token: Token) -> str:
    if token.kind == "part" or token.text in _NIGHT_BESIDE:
        return token.text if token.kind == "part" else "night"
    return _SPOKEN.get(token.text.split(" ")[-1], "") if token.text.startswith(("that ", "manana")) else ""


def _ends_here(tokens: Sequence[Token], end: int, words: str) -> bool:
    """Is nothing named behind that it is the day, or the evening, of or before?"""
    behind = tokens[end] if end < len(tokens) else Token("")
    if behind.text in {"as", "que", "of", "de", "del"}:
        return False
    if behind.kind in {"num", "clock", "noon"} and _OF_A_PART.search(words):
        # "tomorrow morning before 11"
        return False
    if behind.kind in _GOES_ON or not _SPANISH.isdisjoint(words.split()) or not re.search(_BESIDE, words):
        return True
    return behind.kind == "fill" and (behind.text not in _WHO or "P" not in words)


def told_day(found: Sequence[Element], *, back: bool) -> int | None:
    """Where the day told last stands; of days in a list the first, where what lies before them is meant."""
    last = next((at for at in range(len(found) - 1, -1, -1) if isinstance(found[at], Days)), None)
    if last is None or not _bounds(found[last]) or _is_week_of_a_day(found, last):
        return None
    while back:
        ahead = next((at for at in range(last - 1, -1, -1) if not _lists(found[at])), None)
        if ahead is None or ahead == last - 1 or not _bounds(found[ahead]):
            break
        last = ahead
    return last


def _is_week_of_a_day(found: Sequence[Element], place: int) -> bool:
    """ "El jueves de la otra semana"."""
    week = found[place]
    ahead = found[place - 1] if place else Mark(kind="stop")
    return isinstance(week, Days) and week.stretch and isinstance(ahead, Days) and ahead.weekday is not None


def _lists(element: Element) -> bool:
    return isinstance(element, Mark) and element.kind in {"and", "comma"}


def _bounds(element: Element) -> list[tuple[date, date]]:
    """The first and the last of the days, for each that may be meant; none where they are open."""
    if not isinstance(element, Days) or element.weekdays:
        return []
    spans = [(last if element.side == "before" else first, last) for first, last in element.spans]
    return [(first, last) for first, last in spans if first is not None and last is not None]


def _hours(found: Sequence[Element], day: int, pointer: _Pointer) -> Hours | None:
    part = PARTS[pointer.part] if pointer.part else None
    if not pointer.side:
        return Hours(readings=(part,), part=True) if part else None
    told = next((found[at] for at in hours_told(found, day)), None)
    if not isinstance(told, Hours):
        return Hours(readings=(part,), part=True) if part else None
    begin, end = part or (0, DAY)
    spans = tuple(
        (max(begin, _ends(told, reading)), end) if pointer.side == "after" else (begin, min(end, reading[0]))
        for reading in told.readings
    )
    if any(spans[at][0] >= spans[at][1] for at in told.likely):
        return None
    return Hours(readings=spans, likely=told.likely, side=pointer.side)


def _ends(told: Hours, reading: tuple[int, int]) -> int:
    return reading[0] if told.side == "after" else reading[1]


def hours_told(found: Sequence[Element], day: int) -> list[int]:
    """Where hours stand that were told of the day, the last first; not those of the clause that points."""
    first, end = clause(found, day)
    behind = max(end, next((at for at in range(len(found) - 1, -1, -1) if is_end(found[at])), 0))
    return [at for at in range(behind - 1, first - 1, -1) if isinstance(found[at], Hours)]


_TOLD = frozenset({"event", "happening", "subject", "because", "my", "bad", "not"})
_OVER = frozenset({"past", "cancel", "mine"})
_WISHED = frozenset({"wish", "good", "past", "move", "moved", "cancel", "mine", "or", "except", "any", "correction"})


def takes_its_place(
    found: Sequence[Element],
    day: int,
    tokens: Sequence[Token],
    end: int,
    *,
    other: bool = False,
    bare: bool = False,
    over: bool = False,
) -> bool:
    """Was the day only told, and is what is pointed at wished for: "court is friday, come the day before"?

    `end` is the place behind the pointing words; they point at an`other` day, or at the `bare` day itself. What was
    told may be `over`.
    """
    kinds = kinds_of(found[slice(*clause(found, day))])
    last = end_of(found)
    here = kinds_of(found[max(last + 1, day + 1) :])
    behind = {each.kind for each in tokens[end : clause_end(tokens, end)]}
    refused = here & {"not", "no", "bad", "except", "past", "or"} or behind & {"bad", "not", "no", "past"}
    wished = other or (here | behind) & {"wish", "good"} or commands(tokens, end)
    told = kinds & (_TOLD if wished else _TOLD - {"bad", "not"})
    if bare and kinds & {"bad", "not", "no"}:
        # "jueves no porque pagan, ese día hay un gentío"
        return False
    named = 0 if isinstance(piece := found[day], Mark) else piece.at[0]
    begin = clause_begin(tokens, named)
    kinds -= {"wish"} if only_names(tokens, begin) else set()
    asked = end_of(found) > day and ("wish" in here or requests(tokens, end)) and has_words(tokens, begin, named)
    if refused or kinds & (_WISHED - _OVER if over else _WISHED) or offers(tokens, begin):
        return False
    return bool(told or asked or (over and kinds & _OVER) or tells(tokens, begin))


def end_of(found: Sequence[Element]) -> int:
    """Where the last clause begins that is found."""
    return max((at for at, each in enumerate(found) if is_end(each)), default=-1)


def _is_judged(found: Sequence[Element], tokens: Sequence[Token], end: int) -> bool:
    """ "The super isn't in that morning": does the clause that points say whether that suits?"""
    last = end_of(found)
    behind = {each.kind for each in tokens[end : clause_end(tokens, end)]}
    return bool((kinds_of(found[last + 1 :]) | behind) & {"wish", "bad", "not", "no", "except"} or "good" in behind)


def without_told(found: Sequence[Element], day: int, used: Sequence[int] = ()) -> list[Element]:
    """What is found without the clause's times that told of the day, and without the hours `used` that only told."""
    first, end = clause(found, day)
    out = {day, *(at for at in used if _is_told(found, at))}
    out |= {at for at in range(first, end) if isinstance(found[at], Days | Hours | Whole)}
    return [each for at, each in enumerate(found) if at not in out]


def _is_told(found: Sequence[Element], at: int) -> bool:
    first, end = clause(found, at)
    return not kinds_of(found[first:end]) & _WISHED


def clause(found: Sequence[Element], place: int) -> tuple[int, int]:
    """Where the clause of an element begins and ends, the end excluded."""
    first = next((at for at in range(place, -1, -1) if is_end(found[at])), -1) + 1
    return first, next((at for at in range(place, len(found)) if is_end(found[at])), len(found))


def is_end(element: Element) -> bool:
    return isinstance(element, Mark) and element.kind in CLAUSE_ENDS
