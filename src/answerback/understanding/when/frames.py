"""A week named apart frames the weekdays named beside it: "next week works. tuesday or wednesday in the morning".

It must never widen what either of them says; where a weekday does not lie in the week both stay as they were said.
"""

from datetime import timedelta

from answerback.understanding.when.narrowing import within
from answerback.understanding.when.pieces import Days, Group

_A_WEEK = timedelta(days=9)
"""Longer stretches hold a weekday more than once."""


def framed(groups: list[Group]) -> list[Group]:
    """The groups with their weekdays in the one week that was named apart, and without that week."""
    frames = [group for group in groups if _is_frame(group)]
    others = [group for group in groups if group.days and not _is_frame(group)]
    if len(frames) != 1 or not others or not all(_is_open(each) for group in others for each in group.days):
        return groups
    frame = frames[0]
    behind = groups[groups.index(frame) + 1 :]
    if frame.join in {"or", "and"} or any(group.join == "or" for group in behind[:1]):
        return groups
    inside = [[within(each, frame.days[0]) for each in group.days] for group in others]
    if not all(each for days in inside for each in days):
        return groups
    for group, days in zip(others, inside, strict=True):
        group.days = [each for each in days if each is not None]
        group.hours = group.hours or list(frame.hours)
        group.ask = group.ask or frame.ask
    return [group for group in groups if group is not frame]


def _is_frame(group: Group) -> bool:
    """Is it one whole week, or the beginning or end of a month, and nothing else?"""
    if len(group.days) != 1 or group.stretches or group.whole:
        return False
    week = group.days[0]
    (first, last), *others = week.spans
    if not week.stretch or others or first is None or last is None or last - first > _A_WEEK:
        return False
    return week.weekday is None and not (week.every or week.weekdays or week.side or week.ask)


def _is_open(days: Days) -> bool:
    """Is it named by weekdays alone, so that a week may say which?"""
    if days.side or (days.stretch and not days.every):
        return False
    return days.weekday is not None or bool(days.every) or (bool(days.weekdays) and days.spans == ((None, None),))
