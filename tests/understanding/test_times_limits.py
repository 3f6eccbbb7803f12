"""Days within limits: a month, a stretch of dates, all before or after a day, and which weekdays and hours of it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.understanding.composed import (
    DAYS,
    DIAS,
    MESES,
    MONTHS,
    PARTS,
    Choose,
    Part,
    Sentence,
    exactly,
    is_asked,
    moments,
    plainly,
    some_moment,
    wrong,
)

FORMS = {
    "en": (
        "{limit} {days} {part}",
        "{limit}, {days} {part}",
        "{days} {part}, {limit}",
        "{days} {limit} {part}",
        "{limit}. {days} {part}",
        "{limit} works, {days} {part}",
        "i can do {days} {part} {limit}",
        "any time {limit} but {days} {part} only",
        "any time {limit} but only {days} {part}",
        "{limit} but only {days} {part}",
        "{limit} is better, {days} {part}",
        "has to be {limit}, {days} {part} is best",
        "{limit} please, {days} work best {part}",
    ),
    "es": (
        "{limit} {days} {part}",
        "{limit}, {days} {part}",
        "{days} {part}, {limit}",
        "{limit}. {days} {part} por favor",
        "me queda bien {limit}, {days} {part}",
        "{limit} pero solo {days} {part}",
        "tiene que ser {limit}, {days} {part}",
        "puedo {limit}, {days} {part}",
        "quisiera una cita {limit}, {days} {part}",
    ),
}


def _limits(now: datetime, language: str, one: date, two: date) -> Iterator[Part]:
    """Limits of which both ends are some days ahead; `one` is the earlier."""
    today = now.date()
    first = (today.replace(day=28) + timedelta(days=7)).replace(day=1)
    following = (first.replace(day=28) + timedelta(days=7)).replace(day=1)
    sunday = today + timedelta(days=6 - today.weekday())

    def through(begin: date, end: date) -> Callable[[date], bool]:
        return lambda day: begin <= day <= end

    month = through(first, following - timedelta(days=1))
    second_week = through(first + timedelta(days=7), first + timedelta(days=13))
    if language == "es":
        del_uno, del_dos = (f"{each.day} de {MESES[each.month - 1]}" for each in (one, two))
        yield Part(f"en {MESES[first.month - 1]}", month)
        yield Part(f"después del {del_uno}", lambda day: day > one)
        yield Part(f"a partir del {del_uno}", lambda day: day >= one)
        yield Part(f"entre el {del_uno} y el {del_dos}", through(one, two))
        yield Part(f"del {del_uno} al {del_dos}", through(one, two))
        yield Part(f"antes del {del_dos}", lambda day: day < two)
        yield Part(f"la segunda semana de {MESES[first.month - 1]}", second_week)
        if today.weekday() < 4:
            yield Part("esta semana", through(today, sunday))
        return
    month_name = MONTHS[first.month - 1]
    of_one, of_two = (f"{MONTHS[each.month - 1][:3]} {each.day}" for each in (one, two))
    yield Part(f"in {month_name}", month)
    yield Part(f"sometime in {month_name}", month)
    yield Part(f"after {MONTHS[one.month - 1]} {one.day}", lambda day: day > one)
    yield Part(f"starting {of_one}", lambda day: day >= one)
    yield Part(f"between {of_one} and {of_two}", through(one, two))
    yield Part(f"from {one.month}/{one.day} to {two.month}/{two.day}", through(one, two))
    yield Part(f"before {of_two}", lambda day: day < two)
    yield Part(f"by {of_two}", lambda day: day <= two)
    yield Part(f"the second week of {month_name}", second_week)
    if today.weekday() < 4:
        yield Part("this week", through(today, sunday))


def _days(names: list[str], language: str, which: tuple[int, int, int]) -> Iterator[Part]:
    one, two, three = sorted(which)
    first, second, third = (names[each] for each in (one, two, three))

    def among(*days: int) -> Callable[[date], bool]:
        return lambda day: day.weekday() in days

    through = range(one, three + 1)
    if language == "es":
        yield Part(f"{first} o {second}", among(one, two))
        yield Part(f"el {first} o el {second}", among(one, two))
        yield Part(f"{first}, {second} o {third}", among(one, two, three))
        yield Part(f"de {first} a {third}", among(*through))
        yield Part("entre semana", among(0, 1, 2, 3, 4))
        return
    yield Part(f"{first} or {second}", among(one, two))
    yield Part(f"{first} and {second}", among(one, two))
    yield Part(f"{first}/{second}", among(one, two))
    yield Part(f"either {first} or {second}", among(one, two))
    yield Part(f"{first}, {second} or {third}", among(one, two, three))
    yield Part(f"{first} {second} or {third}", among(one, two, three))
    yield Part(f"{first} thru {third}", among(*through))
    yield Part(f"{first}-{third}", among(*through))
    yield Part(f"{first} to {third}", among(*through))
    yield Part("weekdays", among(0, 1, 2, 3, 4))


def limited(
    choose: Choose, now: datetime, language: str, *, which: tuple[int, int, int], far: int, long: int
) -> Sentence:
    """A limit, the weekdays of it that suit, and their hours, joined in some way."""
    one = now.date() + timedelta(days=far)
    limit = choose(list(_limits(now, language, one, one + timedelta(days=long))))
    days = choose(list(_days(choose(DIAS if language == "es" else DAYS), language, which)))
    part = choose(PARTS[language])
    text = plainly(choose(FORMS[language]).format(limit=limit.words, days=days.words, part=part.words))
    ahead = [now.date() + timedelta(days=step) for step in range(60)]
    never = not any(limit.holds(day) and days.holds(day) for day in ahead)
    return Sentence(
        text, lambda day, hour: limit.holds(day) and days.holds(day) and part.at(hour), exactly(part), asked=never
    )


three_days = st.lists(st.integers(0, 4), min_size=3, max_size=3, unique=True).map(tuple)


@pytest.mark.parametrize("language", ["en", "es"])
@given(now=moments, which=three_days, far=st.integers(8, 11), long=st.integers(3, 5), data=st.data())
@settings(max_examples=300, deadline=None)
def test_days_and_hours_within_a_limit(
    language: str, now: datetime, *, which: tuple[int, int, int], far: int, long: int, data: st.DataObject
) -> None:
    sentence = limited(
        lambda among: data.draw(st.sampled_from(list(among))), now, language, which=which, far=far, long=long
    )
    assert not wrong(sentence, now, language, 45)


@pytest.mark.parametrize("language", ["en", "es"])
def test_hardly_any_limit_is_asked_about(language: str) -> None:
    """Of 300: who always asked would never be wrong."""
    chance = Random(300)
    count = 0
    for _ in range(300):
        now = some_moment(chance)
        one, two, three = chance.sample(range(5), 3)
        far, long = chance.randint(8, 11), chance.randint(3, 5)
        choose = lambda among: chance.choice(list(among))  # noqa: E731
        sentence = limited(choose, now, language, which=(one, two, three), far=far, long=long)
        count += is_asked(sentence, now, language)
    assert count <= 8
