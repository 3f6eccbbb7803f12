"""Groups beside each other: a day said again or more closely, two open ends that bound one stretch, hours said apart.

It must never widen what either of two groups allows.
"""

from collections.abc import Sequence
from dataclasses import replace

from answerback.understanding.when.narrowing import as_meant, both_sides, is_dated, lies_within, meet, told_more
from answerback.understanding.when.pieces import Group


def met(groups: list[Group]) -> list[Group]:
    """ "after 3 but before 6": two open ends that are said one after the other bound one stretch."""
    kept: list[Group] = []
    for group in _without_bound(groups):
        last = kept[-1] if kept else None
        if last is not None and _is_days(last) and _is_days(group) and group.join != "or":
            wide = len(group.days) == 1 and (last.days[-1].stretch or bool(last.days[-1].side))
            if closer := (told_more(last.days, group.days[0]) if wide else None) or both_sides(last.days, group.days):
                last.days = closer
                continue
        if last is not None and _is_open(last) and _is_open(group) and group.join == "then":
            both = meet(as_meant(last.hours[0]), as_meant(group.hours[0]))
            if both is not None:
                last.hours = [both]
                continue
        kept.append(group)
    return kept


def _without_bound(groups: list[Group]) -> list[Group]:
    """ "Needs to be before thanksgiving. monday or tuesday": what holds all other days adds nothing."""
    others = groups[1:]
    if not others or not _is_days(groups[0]) or len(groups[0].days) != 1 or groups[0].ask:
        return groups
    bound = groups[0].days[0]
    within = all(group.days and lies_within(each, bound) for group in others for each in group.days)
    dated = others[0].join != "or" and all(group.days for group in others)
    return others if (bound.side or bound.stretch) and dated and within else groups


def once(groups: list[Group]) -> list[Group]:
    """ "Before noon on friday, has to be friday", "friday at 2. friday": a day said again adds nothing."""
    kept: list[Group] = []
    for group in groups:
        if group.join != "or":
            if _says_weekday(group, kept):
                continue
            _take_out(group, kept)
            kept = [before for before in kept if not _is_closer(group, before)]
        named = _named(group)
        said = [each for before in kept for each in _named(before)]
        if len(named) != 1 or named[0] not in said or not _is_days(group) or group.ask:
            kept.append(group)
    return kept


def _says_weekday(group: Group, before: Sequence[Group]) -> bool:
    """ "The 8th, that's a tuesday right", "4/9 or 4/16, both fridays": only what weekday the days before it are."""
    told = [each for other in before for each in other.days]
    dates = [each.spans[0][0] for each in told if is_dated(each) and each.spans[0][0] is not None]
    if len(group.days) != 1 or not _is_days(group) or not dates or len(dates) < len(told):
        return False
    weekday = group.days[0].weekdays or (group.days[0].weekday,)
    return all(date.weekday() in weekday for date in dates)


def _take_out(group: Group, kept: Sequence[Group]) -> None:
    """ "Thurs or fri, but fri only til noon": a day said more closely is no longer what it was among others."""
    named = _named(group)
    if not group.hours or len(named) != 1:
        return
    for before in kept:
        left = [each for each in before.days if (each.spans, each.weekdays) != named[0]]
        if not before.hours and 0 < len(left) < len(before.days):
            before.days = left


def _named(group: Group) -> list[tuple[object, ...]]:
    return [(each.spans, each.weekdays) for each in group.days]


def _is_closer(group: Group, before: Group) -> bool:
    """Does it say more closely what was said before: "friday works. friday at 2", "los lunes, el lunes 8"?"""
    if before.ask or before.stretches or before.whole or not group.days:
        return False
    if _named(group) == _named(before):
        wider = all(not each.exact and meet(each, hours) for each in before.hours for hours in group.hours)
        return bool(group.hours) and wider
    filters = [each.weekdays for each in before.days if each.spans == ((None, None),) and each.weekdays]
    days = [first for each in group.days for first, last in each.spans if first is not None and first == last]
    one_each = len(filters) == len(before.days) and len(days) == len(group.days)
    return one_each and not before.hours and all(day.weekday() in filters[0] for day in days)


def narrowed(groups: list[Group]) -> list[Group]:
    """ "Not before noon. thursday at 1 then": hours apart from a day with its hours bound them, or both must be asked.

    "Evenings or saturday at 9" are two wishes.
    """
    kept: list[Group] = []
    for place, group in enumerate(groups):
        others = [each for at, each in enumerate(groups) if at != place and each.days and each.hours]
        joins = {group.join, *(each.join for each in groups[place + 1 : place + 2])}
        if len(group.hours) != 1 or group.days or group.stretches or not others or "or" in joins:
            kept.append(group)
            continue
        for other in others:
            met = [meet(as_meant(group.hours[0]), as_meant(hours)) for hours in other.hours]
            other.ask = other.ask or None in met
            other.hours = [
                replace(both, exact=hours.exact) if both else hours
                for both, hours in zip(met, other.hours, strict=True)
            ]
    return kept


def _is_days(group: Group) -> bool:
    return bool(group.days) and not (group.hours or group.stretches)


def _is_open(group: Group) -> bool:
    return len(group.hours) == 1 and not group.days and bool(group.hours[0].side)
