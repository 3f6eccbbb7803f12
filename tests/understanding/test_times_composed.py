"""Weeks, days and hours put together in every order come to what they say: nothing more, and nothing less.

A writer tries a few hundred sentences; the parts of one can be joined in thousands of ways, each of which has one
meaning that can be worked out from its parts.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.understanding.composed import (
    DAYS,
    DIAS,
    MESES,
    MONTHS,
    PARTS,
    Part,
    Sentence,
    exactly,
    moments,
    ordinal,
    plainly,
    wrong,
)

IN_A_WEEK = {
    "en": (
        "{week} {days} {part}",
        "{week}, {days} {part}",
        "{week} works, {days} {part}",
        "{week} is better, {days} {part}",
        "{days} {week} {part}",
        "{days} of {week} {part}",
        "{part} {days} {week}",
        "i can do {days} {week} {part}",
        "can someone come {week}? {days} {part} is best",
        "{week}. {days} {part}",
    ),
    "es": (
        "{week} {days} {part}",
        "{week}, {days} {part}",
        "{days} de {week} {part}",
        "{days} {part} {week}",
        "{week} estaría mejor, {days} {part}",
        "quisiera una cita {week}, {days} {part}",
        "me queda bien {week} {days} {part}",
        "{week}. {days} {part} por favor",
    ),
}
OF_TWO = {
    "en": (
        "{one} or {two}",
        "i can do {one} or {two}",
        "{one}, otherwise {two}",
        "{one} works, or {two}",
        "{one} works and so does {two}",
        "{one}. if not {two}",
    ),
    "es": ("{one} o {two}", "puedo {one} o {two}", "{one}, si no {two}", "{one} está perfecto, también {two}"),
}
NOT_THE_FIRST = {
    "en": (
        "{day} is no good, {two}",
        "not {day}. {two} is good",
        "{two}, not {day}",
        "{day} doesn't work but {two} does",
    ),
    "es": ("{day} no puedo, {two} sí", "{day} no puedo {two} sí", "{day} no, {two}", "mejor {two} en vez de {day}"),
}


def _weeks(now: datetime, language: str) -> Iterator[Part]:
    monday = now.date() - timedelta(days=now.weekday())
    first = (now.date().replace(day=28) + timedelta(days=7)).replace(day=1)

    def seven(begin: date) -> Callable[[date], bool]:
        return lambda day: begin <= day < begin + timedelta(days=7)

    next_week, later = monday + timedelta(days=7), monday + timedelta(days=14)
    if language == "es":
        yield Part("la próxima semana", seven(next_week))
        yield Part("la semana que viene", seven(next_week))
        yield Part(f"la semana del {later.day}", seven(later))
        yield Part(f"la primera semana de {MESES[first.month - 1]}", seven(first))
        return
    yield Part("next week", seven(next_week))
    yield Part("the week after next", seven(later))
    yield Part(f"the week of the {ordinal(later)}", seven(later))
    yield Part(f"the first week of {MONTHS[first.month - 1]}", seven(first))


def _days(names: list[str], language: str, which: tuple[int, int, int]) -> Iterator[Part]:
    one, two, three = sorted(which)
    some = [names[each] for each in (one, two, three)]

    def among(*days: int) -> Callable[[date], bool]:
        return lambda day: day.weekday() in days

    span = tuple(range(one, three + 1))
    if language == "es":
        yield Part(f"{some[0]} o {some[1]}", among(one, two))
        yield Part(f"{some[0]}, {some[1]} o {some[2]}", among(one, two, three))
        yield Part(f"de {some[0]} a {some[2]}", among(*span))
        yield Part(f"cualquier día menos el {some[0]}", lambda day: day.weekday() != one)
        return
    yield Part(some[0], among(one))
    yield Part(f"{some[0]} or {some[1]}", among(one, two))
    yield Part(f"{some[0]}, {some[1]} or {some[2]}", among(one, two, three))
    yield Part(f"{some[0]} thru {some[2]}", among(*span))
    yield Part(f"{some[0]}-{some[2]}", among(*span))
    yield Part("weekdays", among(0, 1, 2, 3, 4))
    yield Part(f"any day but {some[0]}", lambda day: day.weekday() != one)


three_days = st.lists(st.integers(0, 4), min_size=3, max_size=3, unique=True).map(tuple)


@pytest.mark.parametrize("language", ["en", "es"])
@given(now=moments, which=three_days, data=st.data())
@settings(max_examples=300, deadline=None)
def test_days_and_hours_within_a_week(
    language: str, now: datetime, which: tuple[int, int, int], data: st.DataObject
) -> None:
    week = data.draw(st.sampled_from(list(_weeks(now, language))))
    names = data.draw(st.sampled_from(DIAS if language == "es" else DAYS))
    days = data.draw(st.sampled_from(list(_days(names, language, which))))
    part = data.draw(st.sampled_from(PARTS[language]))
    form = data.draw(st.sampled_from(IN_A_WEEK[language]))
    if days.words.startswith(("any day", "cualquier")) and part.words.endswith(
        ("morning", "afternoon", "mañana", "tardes")
    ):
        return  # "any day but tuesday afternoon" refuses the afternoon alone
    text = plainly(form.format(week=week.words, days=days.words, part=part.words))
    sentence = Sentence(text, lambda day, hour: week.holds(day) and days.holds(day) and part.at(hour), exactly(part))
    assert not wrong(sentence, now, language)


@pytest.mark.parametrize("language", ["en", "es"])
@given(now=moments, steps=st.lists(st.integers(1, 6), min_size=2, max_size=2, unique=True), data=st.data())
@settings(max_examples=300, deadline=None)
def test_two_days_each_with_its_own_hours(language: str, now: datetime, steps: list[int], data: st.DataObject) -> None:
    names = data.draw(st.sampled_from(DIAS if language == "es" else DAYS))
    one, two = (now.date() + timedelta(days=each) for each in steps)
    parts = [data.draw(st.sampled_from(PARTS[language][1:])) for _ in range(2)]
    article = "el " if language == "es" else ""
    called = [f"{article}{names[day.weekday()]}" for day in (one, two)]
    both = [f"{day} {part.words}" for day, part in zip(called, parts, strict=True)]
    is_choice = data.draw(st.booleans())
    form = data.draw(st.sampled_from((OF_TWO if is_choice else NOT_THE_FIRST)[language]))
    text = plainly(form.format(one=both[0], two=both[1], day=called[0]))

    def meant(day: date, hour: float) -> bool:
        first = is_choice and day == one and parts[0].at(hour)
        return first or (day == two and parts[1].at(hour))

    assert not wrong(Sentence(text, meant, exactly(*parts)), now, language)
