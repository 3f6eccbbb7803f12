"""A week frames the weekdays named beside it: "next week works. tuesday or wednesday in the morning".

So do a month, days from one through another, and all before or after a day. It must never widen what either of them
says; where no weekday lies in the stretch it has to be asked.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from answerback.understanding.when.narrowing import named_weekdays, within
from answerback.understanding.when.pieces import Days, Group, Hours, Piece

_A_WEEK = timedelta(days=9)
"""Longer stretches hold a weekday more than once, and none of them is the one that is meant."""


_JOINED = frozenset({"or", "and"})


def in_frame(pieces: Sequence[Piece], joins: Sequence[str]) -> tuple[list[Piece], list[str]]:
    """The pieces of a wish and what joins them, several weekdays in the one stretch that stands beside them.

    "By oct 20 mon or tues at 10", "wed thru fri in november": each of those weekdays as long as it lasts.
    """
    same = list(pieces), list(joins)
    days = [place for place, each in enumerate(pieces) if isinstance(each, Days)]
    frames = [place for place in days if _is_stretch(pieces[place])]
    others = [place for place in days if place not in frames]
    if len(frames) != 1 or not _are_several(pieces, others):
        return same
    (frame,) = frames
    behind = next((place for place in others if place > frame), None)
    apart = joins[frame] in _JOINED or (behind is not None and joins[behind] in _JOINED)
    if apart or (frame > others[0] and any(isinstance(each, Hours) for each in pieces[others[0] : others[-1]])):
        return same
    stretch = pieces[frame]
    assert isinstance(stretch, Days)
    if behind is None and stretch.side and _is_moment(pieces[frame + 1 :], joins[frame + 1 :]):
        # "mon or tues by oct 20 at 2": at two on those days, or up to two on the 20th
        stretch = replace(stretch, ask=True)
    inside = {place: _inside(pieces[place], stretch) for place in others}  # type: ignore[arg-type]
    if not any(inside.values()):
        return [replace(stretch, ask=True) if place == frame else each for place, each in enumerate(pieces)], same[1]
    kept = [(inside.get(place, each), join) for place, (each, join) in enumerate(zip(*same, strict=True))]
    kept = [(each, join) for place, (each, join) in enumerate(kept) if each is not None and place != frame]
    return [each for each, _ in kept if each], [join if place else joins[0] for place, (_, join) in enumerate(kept)]


def _is_moment(pieces: Sequence[Piece], joins: Sequence[str]) -> bool:
    return bool(pieces) and isinstance(pieces[0], Hours) and pieces[0].exact and joins[0] == ""


def _are_several(pieces: Sequence[Piece], places: Sequence[int]) -> bool:
    """Are several weekdays named there, and nothing but weekdays?"""
    named = [named_weekdays(each) for place in places if isinstance(each := pieces[place], Days)]
    return all(named) and sum(map(len, named)) > 1


def framed(groups: list[Group]) -> list[Group]:
    """The groups with their weekdays in the one stretch that was named apart, and without that stretch."""
    frames = [group for group in groups if _is_frame(group)]
    others = [group for group in groups if group.days and not _is_frame(group)]
    if len(frames) != 1 or not others or not all(named_weekdays(each) for group in others for each in group.days):
        return groups
    frame = frames[0]
    if frame.days[0].side == "before" and not _are_several(
        named := [d for g in others for d in g.days], range(len(named))
    ):
        return groups
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
    return first is not None and last is not None and last - first <= _A_WEEKEND


_A_WEEKEND = timedelta(days=2)


def _inside(days: Days, frame: Days) -> Days | None:
    first, last = frame.spans[0]
    if first is not None and last is not None and last - first <= _A_WEEK:
        return within(days, frame)
    return Days(spans=frame.spans, weekdays=named_weekdays(days), ask=frame.ask)


def _is_frame(group: Group) -> bool:
    """Is it one whole week or month, days from one through another, or all to or from a day, and nothing else?"""
    return len(group.days) == 1 and not (group.stretches or group.whole) and _is_stretch(group.days[0])


def _is_stretch(piece: Piece) -> bool:
    if not isinstance(piece, Days) or not (piece.stretch or piece.side) or len(piece.spans) > 1:
        return False
    named = piece.every or piece.weekdays or piece.weekday is not None
    return piece.spans[0][0] is not None and not named and not piece.ask
