"""Pieces put together into constraints: days with their hours, alternatives beside each other, refusals apart.

Days and hours that stand together must both hold; what "or" joins are alternatives. Where more than one reading is left
it keeps them all and asks.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from answerback.engine.times import DAY, Suits
from answerback.understanding.when.almanac import wall
from answerback.understanding.when.frames import framed, in_frame
from answerback.understanding.when.narrowing import (
    as_meant,
    from_then_on,
    is_dated,
    meet,
    refused_hours,
    same_half,
    told_more,
    week_narrowed,
    within,
)
from answerback.understanding.when.pieces import Days, FromNow, Group, Hours, Moment, Piece, Whole
from answerback.understanding.when.said_again import met, narrowed, once
from answerback.understanding.when.scopes import Clause, Scoped


class Built(NamedTuple):
    """Constraints of a text: any of `wanted`, none of `never`; `point` when one moment is meant."""

    wanted: tuple[Suits, ...]
    never: tuple[Suits, ...]
    ask: bool
    point: bool
    asap: bool
    said: bool


def built(scoped: Scoped, moment: Moment, *, lone: bool) -> Built:
    """The constraints of a text. `lone`: it speaks of nothing but times, so a bare number may be an hour."""
    wanted = [group for clause in scoped.clauses if clause.wanted for group in _groups(clause)]
    never = [group for clause in scoped.clauses if not clause.wanted for group in _groups(clause)]
    _borrow(wanted, never, scoped)
    named = any(group.days or "any" in group.whole for group in wanted)
    wanted, never = _without_bare(wanted, lone=lone), _without_bare(never, lone=named)
    wanted = narrowed(_conjoined(met(once(framed(wanted)))))
    _settle_next(wanted, never)
    ask = scoped.ask or any(group.ask for group in (*wanted, *never))
    suits: list[Suits] = []
    any_day = any("any" in each.whole for each in wanted)
    dated = any(group.days for group in wanted)
    for group in wanted:
        suits += _suits(group, moment)
        ask = ask or _unsure(group, moment, any_day=any_day, dated=dated)
    refused = [each for group in never for each in _suits(_refusal(group), moment)]
    ask = ask or any(_unsure(_refusal(group), moment, any_day=False, dated=True) for group in never)
    whole = {kind for group in wanted for kind in group.whole}
    said = bool(wanted or never)
    return Built(
        wanted=tuple(dict.fromkeys(suits)),
        never=tuple(dict.fromkeys(each for each in refused if each != Suits())),
        ask=ask or "unnamed" in whole or _empty(suits, refused),
        point=_is_point(wanted),
        asap="asap" in whole,
        said=said,
    )


def _settle_next(wanted: list[Group], never: list[Group]) -> None:
    """ "Not this weekend but the next one", "this thurs or next thurs": the reading named beside it was not meant."""
    refused = {span for group in never if not group.hours for each in group.days for span in each.spans}
    plain = {each.spans[0] for group in wanted for each in group.days if len(each.spans) == 1}
    for group in wanted:
        for place, each in enumerate(group.days):
            left = tuple(span for span in each.spans if span not in refused | plain)
            # "Thurs the 13th" of a friday names two days, and neither is settled by what is refused
            one_name = len({first.weekday() for first, _ in each.spans if first}) == 1
            if each.ask and one_name and 0 < len(left) < len(each.spans):
                group.days[place] = replace(each, spans=left, ask=len(left) > 1)


def _groups(clause: Clause) -> list[Group]:
    pieces, joins = in_frame(clause.pieces, clause.joins) if clause.wanted else (clause.pieces, clause.joins)
    groups = [Group(join=joins[0] if joins else "then")]
    for number, (piece, join) in enumerate(zip(pieces, joins, strict=True)):
        following = pieces[number + 1 : number + 2]
        following_join = joins[number + 1] if following else ""
        group = groups[-1]
        apart = not clause.wanted and bool(group.days) and isinstance(piece, Hours) and join in {"or", "and"}
        if apart or _begins_anew(group, piece, join, following, following_join):
            group = Group(join=join)
            groups.append(group)
        _put(group, piece, join)
    return groups


def _begins_anew(group: Group, piece: Piece, join: str, following: Sequence[Piece], following_join: str) -> bool:
    empty = not (group.days or group.hours or group.stretches)
    if isinstance(piece, Whole) or empty:
        return False
    if isinstance(piece, Days):
        behind = bool(following) and isinstance(following[0], Hours) and following_join == ""
        if group.stretches or group.closed or (behind and _names_again(piece, group)):
            return True
        listed = join in {"or", "and", "comma"} or (join == "" and _are_weekdays(group.days, piece))
        if group.hours_first and listed and group.days and not behind:
            # "after 6, today or tomorrow"; "evenings next week, or saturday the 10th" are two choices
            return join == "or" and group.days[-1].stretch and not piece.stretch
        if group.hours and group.days:
            last = group.days[-1]
            closer = piece.stretch and (last.weekday is not None or last.every)
            if join in {"", "comma"} and piece.side and all(each.weekdays for each in group.days):
                # "mondays after 2, starting in june"
                return False
            return not (join == "" and closer)
        return bool(group.hours) and join in {"or", "and"}
    if isinstance(piece, Hours):
        day = following[0] if following and isinstance(following[0], Days) and following_join == "" else None
        return day is not None and _begins_with_hours(group, piece, join, day)
    return True


def _begins_with_hours(group: Group, piece: Hours, join: str, day: Days) -> bool:
    """Do hours begin another wish, of the day behind them?"""
    if group.hours and piece.readings == ((0, DAY),):
        # "friday before noon or anytime monday"
        return True
    if group.hours_first:
        return bool(group.days) and join in {"or", "and", "comma"}
    if join != "or" or not group.days:
        return False
    # "Saturdays or after 5 on weekdays", "tomorrow morning or any morning next week"; "friday at 9 or 10 next week"
    # is one friday.
    return not (group.hours and day.stretch and any(each.weekday is not None for each in group.days))


def _names_again(piece: Days, group: Group) -> bool:
    """ "The 27th or the 28th, the 28th only until noon": the hours are the second's."""
    return any((each.spans, each.weekdays) == (piece.spans, piece.weekdays) for each in group.days)


def _are_weekdays(days: Sequence[Days], piece: Days) -> bool:
    """ "At 2 monday thursday or friday": days with no comma between them are a list as well."""
    named = piece.weekday is not None and all(each.weekday is not None for each in days)
    every = len(piece.weekdays) == 1 and all(len(each.weekdays) == 1 for each in days)
    return named or every


def _put(group: Group, piece: Piece, join: str) -> None:
    match piece:
        case Whole():
            group.whole.add(piece.kind)
            # "saturday all day and sunday until 11": what follows is another day's
            group.closed = group.closed or (piece.kind in {"any", "asap"} and bool(group.days) and not group.hours)
        case FromNow():
            group.stretches.append(piece)
        case Days():
            _put_days(group, piece, join)
        case Hours():
            group.hours_first = group.hours_first or not group.days
            group.trailing = join == "comma" and piece.part and bool(group.days) and not group.hours
            _put_hours(group, piece, join)


def _put_days(group: Group, piece: Days, join: str) -> None:
    if group.days and join in {"", "comma"}:
        told = told_more(group.days, piece)
        if told:
            group.days = told
            return
    if group.days and join in {"", "comma"} and piece.weekday is not None and group.days[-1].ask:
        named = [span for span in group.days[-1].spans if span[0] and span[0].weekday() == piece.weekday]
        if len(named) == 1 and named[0][0] == named[0][1] and not group.days[-1].weekday:
            # "el 9/7, jueves"
            group.days[-1] = replace(group.days[-1], spans=(named[0],), ask=False)
            return
    if group.days and join == "" and piece.weekday is not None and is_dated(group.days[-1]):
        # "nov 5 friday" names one day twice.
        day = group.days[-1].spans[0][0]
        if day is not None and day.weekday() == piece.weekday:
            return
        group.ask = True
    if group.days and (piece.weekday is not None or (piece.weekdays and not piece.side)):
        last, week = group.days[-1], week_narrowed(group.days[-1])
        open_end = last if last.weekdays and last.spans[0][0] else None
        piece = (within(piece, week) if week else open_end and from_then_on(open_end, piece)) or piece
    group.days.append(piece)


def _put_hours(group: Group, piece: Hours, join: str) -> None:
    if not group.hours:
        group.hours.append(piece)
        return
    last = group.hours[-1]
    if last.side == "before" and piece.side == "after" and join == "and" and _lies_behind(last, piece):
        # "till noon, and after 3"
        group.hours.append(as_meant(piece))
        return
    if last.side and piece.side and last.side != piece.side and join != "or":
        group.hours[-1] = meet(last, piece) or replace(piece, ask=True)
        return
    if last.side and last.side == piece.side and join in {"", "comma"} and not last.part and not piece.part:
        # The later of two: "i get off at 4:30 so 5 or later".
        group.hours[-1] = replace(meet(as_meant(last), as_meant(piece)) or piece, side=piece.side)
        return
    if last.part != piece.part and join in {"", "comma"}:
        part, clock = (last, piece) if last.part else (piece, last)
        met = meet(part, clock)
        if met:
            group.hours[-1] = replace(met, exact=clock.exact)
            return
        group.ask = True
    elif last.part and piece.part and join == "" and (met := meet(last, piece)):
        group.hours[-1] = replace(met, part=True)
        return
    elif join == "" and (not (last.bare or piece.bare) or (_is_stretch(last) and piece.side)):
        # "12-9 after 3:30": hours, or the 9th of december?
        group.ask = True
    group.hours[-1] = same_half(last, piece)
    group.hours.append(piece)


def _lies_behind(last: Hours, piece: Hours) -> bool:
    """Does what begins then lie behind the end of the other, as both are most likely meant?"""
    return _EARLY <= as_meant(last).readings[0][1] <= as_meant(piece).readings[0][0]


_EARLY = 8 * 60
""" "Before 7 and after 4" is between four and seven in the evening."""


def _without_bare(groups: list[Group], *, lone: bool) -> list[Group]:
    """Takes out bare numbers that nothing makes an hour."""
    any_day = any("any" in group.whole for group in groups)
    for group in groups:
        company = any_day or bool(group.days) or any(not each.bare or _is_stretch(each) for each in group.hours) or lone
        if not company:
            group.hours = []
    return [group for group in groups if group.days or group.hours or group.stretches or group.whole]


def _is_stretch(hours: Hours) -> bool:
    """Is it "12 to 1" and no lone number?"""
    start, end = hours.readings[0]
    return end - start > 1


def _borrow(wanted: list[Group], never: list[Group], scoped: Scoped) -> None:
    """ "cant do friday morning, afternoon works" and "move my friday 3pm to 4" leave the day unsaid the second time."""
    if not wanted or any(group.days or group.stretches for group in wanted):
        return
    days = [day for group in never if group.hours for day in group.days]
    days += [piece for piece in scoped.old if isinstance(piece, Days)]
    if days and all(group.hours and not group.whole for group in wanted):
        for group in wanted:
            group.days = list(days)
    elif scoped.elsewhere and all(group.hours and not group.whole for group in wanted):
        # "my flight lands at 4 friday, so evening": that evening, as far as one can tell
        for group in wanted:
            group.days, group.ask = list(scoped.elsewhere), True


def _conjoined(groups: list[Group]) -> list[Group]:
    """Hours said apart from the days belong to them: "friday works. after 3 please"."""
    for ahead, group in pairwise(groups):
        if group.trailing and group.join == "or" and ahead.days and not ahead.hours:
            # "the 5th, if not the 6th, in the morning": of both
            ahead.hours = list(group.hours)
    # "evenings or weekends" are two wishes
    apart = [
        group
        for ahead, group in pairwise(groups)
        if group.join == "or" and ahead.hours and not ahead.days and all(each.weekdays for each in group.days)
    ]
    lone_days = [group for group in groups if group.days and not group.hours and group not in apart]
    lone_hours = [group for group in groups if group.hours and not group.days and group.join != "or"]
    if not lone_days or not lone_hours:
        return groups
    for group in lone_days:
        for other in lone_hours:
            for hours in other.hours:
                _put_hours(group, hours, "" if other is not lone_hours[0] else "or")
        group.ask = group.ask or any(other.ask for other in lone_hours)
    return [group for group in groups if group not in lone_hours]


def _refusal(group: Group) -> Group:
    """What a "not" takes away: a weekday on every week, unless a week was named with it."""
    days = [
        Days(weekdays=each.named)
        if each.every or (each.weekday is not None and not each.stretch and not each.side)
        else each
        for each in group.days
    ]
    hours = [refused_hours(each) for each in group.hours]
    return replace(group, days=days, hours=hours)


def _suits(group: Group, moment: Moment) -> list[Suits]:
    found = [Suits(since=each.since, until=each.until) for each in group.stretches]
    if not group.days and not group.hours:
        return found
    for days in group.days or [Days()]:
        for first, last in days.spans:
            for hours in group.hours or (None,):
                found += _day_suits(days, first, last, hours, moment)
    return found


def _day_suits(days: Days, first: date | None, last: date | None, hours: Hours | None, moment: Moment) -> list[Suits]:
    if hours is None:
        return [Suits(first=first, last=last, weekdays=days.weekdays)]
    if days.side and hours.exact and not days.weekdays:
        return [_bound(days, first, last, hours, moment)]
    return [
        Suits(first=first, last=last, weekdays=days.weekdays, start=start, end=end)
        for start, end in _likely(hours, first, last, moment)
    ]


def _bound(days: Days, first: date | None, last: date | None, hours: Hours, moment: Moment) -> Suits:
    """ "by tomorrow at noon" ends, "from friday 3pm" begins at an instant."""
    minute = hours.readings[hours.likely[0]][0]
    day = last if days.side == "before" else first
    assert day is not None
    at = wall(day, minute, moment.now)
    return Suits(until=at + timedelta(minutes=1)) if days.side == "before" else Suits(since=at)


def _likely(hours: Hours, first: date | None, last: date | None, moment: Moment) -> list[tuple[int, int]]:
    """The readings that may be meant; of today's hours those that are over cannot be."""
    likely = [hours.readings[number] for number in hours.likely]
    if first == last == moment.today:
        minute = moment.now.hour * 60 + moment.now.minute
        ahead = [span for span in likely if span[1] > minute]
        if not ahead:
            ahead = [span for span in hours.readings if span[1] > minute]
        return ahead or likely
    return likely


def _unsure(group: Group, moment: Moment, *, any_day: bool, dated: bool) -> bool:
    pieces: tuple[Days | Hours | FromNow, ...] = (*group.days, *group.hours, *group.stretches)
    if any(each.ask for each in pieces):
        return True
    only_today = bool(group.days) and all(
        span == (moment.today, moment.today) for each in group.days for span in each.spans
    )
    for hours in group.hours:
        today = moment.today if only_today else None
        spans = _likely(hours, today, today, moment)
        if len(spans) > 1:
            return True
        if only_today and _over(spans[0], hours, moment):
            return True
    # "at 2" with no day fits every day; the customer may mean only the next one. "My phone dies around noon" tells.
    return not group.days and not any_day and any(each.exact or (each.about and not dated) for each in group.hours)


def _over(span: tuple[int, int], hours: Hours, moment: Moment) -> bool:
    """Is it over today, or is the only reading left one that nobody means (10 at night)?"""
    minute = moment.now.hour * 60 + moment.now.minute
    changed = span not in [hours.readings[number] for number in hours.likely]
    return span[1] <= minute or (hours.exact and span[0] < minute) or (changed and span[0] > 20 * 60)


def _empty(suits: Sequence[Suits], refused: Sequence[Suits]) -> bool:
    """Is everything that is wanted refused as well?"""
    return bool(suits) and any(each in refused for each in suits)


def _is_point(groups: Sequence[Group]) -> bool:
    if len(groups) != 1:
        return False
    group = groups[0]
    if group.stretches:
        return len(group.stretches) == 1 and group.stretches[0].point is not None and not group.days
    days = [each for each in group.days if not each.side and not each.weekdays]
    one = len(days) == 1 and len(group.days) == 1 and all(first == last for first, last in days[0].spans)
    one = one and (len(days[0].spans) == 1 or days[0].ask)
    return one and len(group.hours) == 1 and group.hours[0].exact
