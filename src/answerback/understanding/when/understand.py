"""One text to its `Times`: the steps in their order. It must never raise, and never allow what was refused."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from itertools import takewhile
from zoneinfo import ZoneInfo

from answerback.engine.times import Suits, Times, TimesKind
from answerback.understanding.lexicon import WORDS
from answerback.understanding.names import unsigned
from answerback.understanding.normalise import fold_plain
from answerback.understanding.when import menu as menus
from answerback.understanding.when.as_seen import seen
from answerback.understanding.when.company import in_company
from answerback.understanding.when.doubts import (
    are_both_needed,
    hangs_on_an_event,
    is_for_others_to_know,
    is_perhaps,
    is_some_day,
    is_told_of_the_rest,
    is_undecided,
    names_another_zone,
)
from answerback.understanding.when.each_its_own import THE_OTHERS
from answerback.understanding.when.elements import elements
from answerback.understanding.when.groups import Built, built
from answerback.understanding.when.pieces import Element, Moment
from answerback.understanding.when.scopes import Scoped, scoped
from answerback.understanding.when.second import PIECES, held_against
from answerback.understanding.when.silent import is_silent
from answerback.understanding.when.tokens import Token, tokens
from answerback.understanding.when.turns import CLAUSE_ENDS, HOURS
from answerback.understanding.when.weighed import likeliest_reading, likely_readings


def understand_times(
    text: str,
    *,
    now: datetime,
    zone: ZoneInfo,
    language: str = "en",
    menu: Sequence[datetime] = (),
    answering: bool = True,
) -> Times:
    """What a text says about when.

    `now` must carry a zone; `zone` is the business's and settles what "tomorrow" means. `language` settles whether
    3/12 may be December. `menu` are the times last offered, in their order: a number then picks one of them. Not
    `answering` when they can come, people tell of times more often than they wish for one (`roles`).
    """
    local = now.astimezone(zone)
    moment = Moment(now=local, day_first=language == "es")
    nothing = Times(now=now.astimezone(UTC), zone=zone.key)

    @cache
    def words_of(part: str) -> list[Token]:
        return in_company(tokens(unsigned(part)))

    def said(part: str) -> Times:
        words = words_of(part)
        times = _said(menus.of_choices(words) if menu else words, moment, nothing, answering=answering)
        return replace(times, ask=True) if answering and _is_unsettled(part, moment, times) else times

    @cache
    def by_rules(part: str) -> Times:
        words = menus.of_choices(words_of(part))
        return read_by_rules(words, elements(words, moment), moment, nothing, answering=answering)

    if menu:
        return menus.answer(text, menu, menus.Readers(said, by_rules), nothing)
    if is_silent(tokens(unsigned(text))):
        return replace(nothing, ask=answering and is_for_others_to_know(fold_plain(text)))
    option = menus.number(words_of(text))
    return said(text) if option is None else menus.chosen(nothing, option, menu)


def _is_unsettled(text: str, moment: Moment, times: Times) -> bool:
    """Does a text say what we do not reckon: when both can, the clock of another zone, hours of "the rest"?"""
    folded = fold_plain(text)
    if times.kind == "none":
        return is_for_others_to_know(folded)
    return are_both_needed(folded) or is_told_of_the_rest(folded) or names_another_zone(text, moment.now)


def _said(words: list[Token], moment: Moment, nothing: Times, *, answering: bool) -> Times:
    found = elements(words, moment)
    said = read_by_rules(words, found, moment, nothing, answering=answering)
    if not answering or is_left_to_rules(words, said, moment):
        return said

    def others() -> list[Times]:
        return likely_readings(
            found, words, scoped(found), partial(constrained, words=words, moment=moment, nothing=nothing)
        )

    sight = seen(words, found)
    if len(sight.pieces) - sum(each.text == THE_OTHERS for each in words) > PIECES and said.kind != "none":
        return replace(said, ask=True)
    return held_against(said, sight, moment, others)


def is_left_to_rules(words: list[Token], said: Times, moment: Moment) -> bool:
    """Do the rules ask for a reason that the second reader has no say in: a doubt of the customer's own, an hour that
    cannot be met?
    """
    return said.ask and (_hangs(words, said) or not _possible(said, moment))


def read_by_rules(
    words: list[Token], found: Sequence[Element], moment: Moment, nothing: Times, *, answering: bool
) -> Times:
    """What the words say about when by the rules and the roles alone, the second reader not asked."""
    read = partial(constrained, words=words, moment=moment, nothing=nothing)
    said = likeliest_reading(found, words, scoped(found), read, answering=answering)
    return replace(said, ask=True) if answering and _hangs(words, said) else said


def _hangs(words: list[Token], said: Times) -> bool:
    said_open = is_some_day(words) or is_perhaps(words) or is_undecided(words) or _is_of_nothing(words, said)
    return said_open or (said.kind == "none" and hangs_on_an_event(words))


def constrained(clauses: Scoped, words: Sequence[Token], moment: Moment, nothing: Times) -> Times:
    """What clauses come to; `words` are the tokens they stand in, `nothing` is what a text without times says."""
    lone = all(token.kind not in {"word", "my"} for token in words)
    found = built(clauses, moment, lone=lone)
    if not found.said:
        return Times(now=nothing.now, zone=nothing.zone, ask=found.ask and bool(found.wanted))
    times = Times(
        kind=_kind(found),
        now=nothing.now,
        zone=nothing.zone,
        ask=found.ask,
        asap=found.asap,
        wanted=tuple(_in_utc(each) for each in found.wanted),
        never=tuple(_in_utc(each) for each in found.never),
    )
    doubtful = (
        _is_left(words)
        or _is_date_or_hour(words, times)
        or _is_at_odds(times)
        or (_is_any_day(times) and _is_hour_of_a_story(words))
    )
    return times if _possible(times, moment) and not doubtful else _asking(times)


def _is_of_nothing(words: Sequence[Token], times: Times) -> bool:
    """Is something refused that was not understood: "any day except the day my daughter has therapy"?"""
    empty = times.kind == "filter" and not times.wanted and not times.never
    return empty and not _REFUSABLE.isdisjoint(token.kind for token in words)


_REFUSABLE = frozenset({"except", "dow", "dows"})


def _is_date_or_hour(words: Sequence[Token], times: Times) -> bool:
    """Is the number behind a weekday also its date, as in "wed 12" before that one? "Miércoles 12" is only a date."""
    for place, token in enumerate(words[1:], start=1):
        day = words[place - 1]
        behind = words[place + 1].kind if place + 1 < len(words) else ""
        bare = day.kind == "dow" and token.kind == "num" and behind not in _SAYS_HOUR and day.text[:3] in _ENGLISH
        if bare and any(each.first and each.first.day == token.value for each in times.wanted):
            return True
    return False


_ENGLISH = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_SAYS_HOUR = frozenset({"am", "pm", "oclock", "noon", "part", "to", "dash", "or", "num", "ish"})


def _is_at_odds(times: Times) -> bool:
    """Is all that is wished for refused, but for the night, or wished for every night? "I take night classes so no
    evenings" names one and the same evening twice.
    """
    if times.wanted and all(each.end <= _MORNING and not (each.first or each.last) for each in times.wanted):
        return True
    always = [each for each in times.never if not (each.first or each.last or each.weekdays or each.since)]
    refused = bool(always and times.wanted) and all(
        _by_day(wish.start, wish.end) and not _by_day(*_less(wish, always)) for wish in times.wanted
    )
    return refused or (bool(always) and _is_sliver(times, always))


def _is_sliver(times: Times, refused: Sequence[Suits]) -> bool:
    """Is next to nothing left of long hours? "Can't do mornings, have class til 1" tells of what is in the way."""
    hours = [
        minute
        for minute in range(_MORNING, _NIGHT, 30)
        if not times.wanted or any(each.start <= minute < each.end for each in times.wanted)
    ]
    left = [minute for minute in hours if not any(each.start <= minute < each.end for each in refused)]
    return len(hours) >= _LONG and len(left) <= _SLIVER


def _by_day(start: int, end: int) -> bool:
    return max(start, _MORNING) < min(end, _NIGHT)


def _less(wish: Suits, refused: Sequence[Suits]) -> tuple[int, int]:
    """What is left of the hours of a wish; a refusal in their middle leaves them whole."""
    start = max([wish.start, *(each.end for each in refused if each.start <= wish.start < each.end)])
    end = min([wish.end, *(each.start for each in refused if each.start < wish.end <= each.end)])
    return start, end


_MORNING, _NIGHT = 6 * 60, 22 * 60
_LONG, _SLIVER = 8, 3
"""Half hours."""


def _is_any_day(times: Times) -> bool:
    return bool(times.wanted) and all(
        not (each.first or each.last or each.weekdays or each.since or each.until) for each in times.wanted
    )


def _is_hour_of_a_story(words: Sequence[Token]) -> bool:
    """Does an hour stand only behind words that no step took up: "the stairwell smells of gas by 3"?

    Hours without a day hold for every day to come, so they are believed only where a wish, an answer or nothing else
    stands beside them.
    """
    clauses: list[list[Token]] = [[]]
    for token in words:
        if token.kind in CLAUSE_ENDS:
            clauses.append([])
        else:
            clauses[-1].append(token)
    timed = [clause for clause in clauses if any(token.kind in HOURS for token in clause)]
    return bool(timed) and all(_tells(clause) for clause in timed)


def _tells(clause: Sequence[Token]) -> bool:
    first = next(place for place, token in enumerate(clause) if token.kind in HOURS)
    told = sum(token.kind == "word" for token in clause[:first])
    if [token.text for token in clause[:3]] == ["as", "long", "as"]:
        return False
    return told > 1 and not any(token.kind in _WISHES for token in clause)


_WISHES = frozenset({"wish", "good", "bad", "not", "no", "anytime", "any", "except", "or", "move", "asap"})


def _is_left(words: Sequence[Token]) -> bool:
    """Does a word stand there that changes what a time means, and that no step has taken up?

    "Alternate", the "after" of "wed after my dentist thing at 2", the "or whenever" of "friday or whenever", "aug 32".
    """
    for place, token in enumerate(words):
        behind = words[place + 1 :]
        why = place and (words[place - 1].kind == "because" or words[max(place - 2, 0)].kind == "because")
        if token.kind == "word" and token.text in _CAREFUL and not why:
            # "by 6 because of bedtime" says why
            return True
        if token.kind in _SIDES and _is_of_a_thing(behind):
            return True
        if token.kind == "except" and _is_of_a_number(behind):
            return True
        if token.kind == "month" and behind[:1] and behind[0].kind == "num" and _LAST_DAY < behind[0].value < _YEARS:
            return True
        if token.kind == "or" and place and _is_whenever(words[:place], behind):
            return True
    return False


_LAST_DAY, _YEARS = 31, 60
"""No month has such days, and an hour has such minutes only behind another number."""


def _is_of_a_number(behind: Sequence[Token]) -> bool:
    """ "Not the first week", "just not the 1st rents due": what is refused goes on behind the number."""
    rest = [token.kind for token in behind if token.kind not in {"the", "a", "of"}][:2]
    return rest in (["ord", "week"], ["ord", "word"])


def _is_whenever(ahead: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Does "whenever" or "whatever day" stand behind a day and an "or", and no other time?"""
    if [each.kind for each in behind] == ["anytime"]:
        return True
    sentence = list(takewhile(lambda each: each.kind not in CLAUSE_ENDS, behind))
    timed = [each for each in sentence if each.kind in {"anytime", *_NAMED, *HOURS}]
    named = any(each.kind in {*_NAMED, "num"} for each in ahead)
    alone = [each.kind for each in timed] == ["anytime"]
    return named and alone and timed[0].text.startswith(_WHENEVER) and timed[0] in sentence[:2]


def _is_of_a_thing(behind: Sequence[Token]) -> bool:
    return [token.kind for token in behind[:2]] == ["my", "word"]


_WHENEVER = ("whenever", "anytime", "any time", "any day", "whatever day", "cuando sea", "el dia que sea")
_NAMED = frozenset({"dow", "dows", "ord", "month", "tomorrow", "today", "overmorrow", "weekend", "week"})
_CAREFUL = WORDS["when.careful"]
_SIDES = frozenset({"after", "before", "until"})


def _kind(found: Built) -> TimesKind:
    if found.point:
        return "point"
    if found.asap and not found.wanted and not found.never:
        return "windows"
    return "windows" if found.wanted and all(each.bounded for each in found.wanted) else "filter"


def _in_utc(suits: Suits) -> Suits:
    if suits.since is None and suits.until is None:
        return suits
    return Suits(
        first=suits.first,
        last=suits.last,
        weekdays=suits.weekdays,
        start=suits.start,
        end=suits.end,
        since=suits.since.astimezone(UTC) if suits.since else None,
        until=suits.until.astimezone(UTC) if suits.until else None,
    )


def _possible(times: Times, moment: Moment) -> bool:
    """Can it be met at all, and does the wall clock show each moment named once and no more?"""
    if times.wanted and not times.possible:
        return False
    if times.kind != "point":
        return True
    return all(_once(each, moment) for each in times.wanted if each.first is not None)


def _once(suits: Suits, moment: Moment) -> bool:
    """In the nights the clocks change an hour is missing or comes twice."""
    zone = moment.now.tzinfo
    assert suits.first is not None
    wall = datetime(suits.first.year, suits.first.month, suits.first.day) + timedelta(minutes=suits.start)  # noqa: DTZ001  a wall clock's time has no offset yet
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first == second


def _asking(times: Times) -> Times:
    return Times(
        kind=times.kind,
        now=times.now,
        zone=times.zone,
        ask=True,
        asap=times.asap,
        wanted=times.wanted,
        never=times.never,
    )
