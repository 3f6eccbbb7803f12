"""A week named apart frames the weekdays named beside it: "next week works. tuesday or wednesday in the morning".

So do a month, days from one through another, and all from a day on. It must never widen what either of them says; where
no weekday lies in the stretch it has to be asked.
"""

from datetime import timedelta

from answerback.understanding.when.narrowing import named_weekdays, within
from answerback.understanding.when.pieces import Days, Group

_A_WEEK = timedelta(days=9)
"""Longer stretches hold a weekday more than once, and none of them is the one that is meant."""


def framed(groups: list[Group]) -> list[Group]:
    """The groups with their weekdays in the one stretch that was named apart, and without that stretch."""
    frames = [group for group in groups if _is_frame(group)]
    others = [group for group in groups if group.days and not _is_frame(group)]
    if len(frames) != 1 or not others or not all(named_weekdays(each) for group in others for each in group.days):
        return groups
    frame = frames[0]
    behind = groups[groups.index(frame) + 1 :]
    if frame.join in {"or", "and"} or any(group.join == "or" for group in behind[:1]):
        return groups
    inside = [[_inside(each, frame.days[0]) for each in group.days] for group in others]
    if not all(any(days) for days in inside):
        frame.ask = not _is_weekend(frame.days[0])  # "holiday weekend is fine, even the monday"
        return groups
    for group, days in zip(others, inside, strict=True):
        group.days = [each for each in days if each is not None]
        group.hours = group.hours or list(frame.hours)
        group.ask = group.ask or frame.ask
    return [group for group in groups if group is not frame]


def _is_weekend(days: Days) -> bool:
    first, last = days.spans[0]
    return first is not None and last is not None and last - first < _DAYS_OF_WORK


_DAYS_OF_WORK = timedelta(days=4)


def _inside(days: Days, frame: Days) -> Days | None:
    first, last = frame.spans[0]
    if first is not None and last is not None and last - first <= _A_WEEK:
        return within(days, frame)
    return Days(spans=frame.spans, weekdays=named_weekdays(days))


def _is_frame(group: Group) -> bool:
    """Is it one whole week or month, days from one through another, or all from a day on, and nothing else?"""
    if len(group.days) != 1 or group.stretches or group.whole:
        return False
    stretch = group.days[0]
    if not (stretch.stretch or stretch.side == "after") or len(stretch.spans) > 1 or stretch.spans[0][0] is None:
        return False
    return stretch.weekday is None and not (
        stretch.every or stretch.weekdays or stretch.side == "before" or stretch.ask
    )
