"""Lengths of time from now: "in 30 min", "within the hour", "2 hours from now".

It must never count days, which have no hour; `days` does.
"""

from collections.abc import Sequence
from datetime import UTC, timedelta

from answerback.understanding.when.almanac import on
from answerback.understanding.when.pieces import Element, FromNow, Mark, Moment
from answerback.understanding.when.tokens import Token, kind_at


def from_now(tokens: Sequence[Token], place: int, moment: Moment) -> tuple[FromNow, int] | None:
    """ "in 30 min", "within the hour", "in an hour or two", "2 hours from now"; None for days, which `days` counts."""
    lead = kind_at(tokens, place)
    step = place + 1 if lead in {"in", "within", "around", "like"} else place
    if kind_at(tokens, step) in {"around", "like"}:
        step += 1
    whole = lead == "within" and kind_at(tokens, step) == "hour"
    amount = (60, 60, step + 1) if whole else _length(tokens, step)
    if not amount:
        return None
    low, high, after = amount
    if lead not in {"in", "within"}:
        if kind_at(tokens, after) != "now_on":
            return None
        after += 1
    # In UTC: the wall clock of a night the clocks change would be an hour off.
    now = moment.now.astimezone(UTC)
    if lead == "within":
        return FromNow(since=now, until=now + timedelta(minutes=high + 1)), after
    if low == high:
        slack = max(15, low // 6)
        point = now + timedelta(minutes=low)
        since = max(now, point - timedelta(minutes=slack))
        return FromNow(since=since, until=point + timedelta(minutes=slack + 1), point=point), after
    return FromNow(since=now + timedelta(minutes=low), until=now + timedelta(minutes=high + 1)), after


def _length(tokens: Sequence[Token], place: int) -> tuple[int, int, int] | None:
    """How many minutes, at least and at most, and the place behind."""
    kind = kind_at(tokens, place)
    if kind == "a" and kind_at(tokens, place + 1) in {"couple", "few", "half", "quarter"}:
        return _length(tokens, place + 1)
    if kind == "hour" and kind_at(tokens, place + 1) == "y_media":
        return 90, 90, place + 2
    if kind in {"half", "quarter"}:
        step = place + 1 + (kind_at(tokens, place + 1) == "a")
        if kind_at(tokens, step) == "hour":
            minutes = 30 if kind == "half" else 15
            return minutes, minutes, step + 1
        return None
    if kind in {"couple", "few"}:
        step = place + 1 + (kind_at(tokens, place + 1) == "of")
        low, high = (2, 3) if kind == "couple" else (2, 5)
    elif kind == "a" or (kind == "the" and kind_at(tokens, place + 1) == "hour"):
        low = high = 1
        step = place + 1
    elif kind == "num":
        low = high = tokens[place].value
        step = place + 1
        if kind_at(tokens, step) in {"or", "to", "dash"} and kind_at(tokens, step + 1) == "num":
            high, step = tokens[step + 1].value, step + 2
    else:
        return None
    return _in_minutes(tokens, step, low, high)


def _in_minutes(tokens: Sequence[Token], step: int, low: int, high: int) -> tuple[int, int, int] | None:
    unit = kind_at(tokens, step)
    if unit not in {"minute", "hour"} or high > 600 or high < low:
        return None
    factor = 60 if unit == "hour" else 1
    step += 1
    if unit == "hour" and kind_at(tokens, step) == "or" and kind_at(tokens, step + 1) == "num":
        return low * 60, tokens[step + 1].value * 60, step + 2
    if unit == "hour" and kind_at(tokens, step) == "y_media":
        return low * 60 + 30, high * 60 + 30, step + 1
    if unit == "hour" and kind_at(tokens, step) == "and" and kind_at(tokens, step + 1) in {"a", "half"}:
        behind = step + 1 + (kind_at(tokens, step + 1) == "a")
        if kind_at(tokens, behind) == "half":
            return low * 60 + 30, high * 60 + 30, behind + 1
    if kind_at(tokens, step) == "ish":
        step += 1
    return low * factor, high * factor, step


def counted_today(found: list[Element], moment: Moment) -> list[Element]:
    """The pieces without the day of "today in 45 minutes", "in 2 hrs today": what is counted from now says the hour."""
    today = on(moment.today)
    for place, each in enumerate(found):
        if not isinstance(each, FromNow):
            continue
        ahead = place - 1 - (place > 1 and found[place - 1] == Mark(kind="comma"))
        if ahead >= 0 and found[ahead] == today:
            return [*found[:ahead], *found[place:]]
        if found[place + 1 : place + 2] == [today]:
            return [*found[: place + 1], *found[place + 2 :]]
    return found
