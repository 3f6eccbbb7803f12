"""Reasons and stories around a time, corrections and conditions: each with the meaning that its parts give it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understanding.composed import (
    DAYS,
    DIAS,
    PARTS,
    Choose,
    Part,
    Sentence,
    exactly,
    moments,
    plainly,
    wrong,
)

HOURS = (8.25, 9.5, 10.75, 11.5, 13.25, 14.75, 15.25, 16.5, 17.75)
"""Moments that are asked about, none at an edge that a story tells of."""

Meant = Callable[[date, float], bool | None]
Form = tuple[str, Meant]
UNCLEAR: Meant = lambda _day, _hour: False  # noqa: E731  what has to be asked about


@dataclass(frozen=True, slots=True)
class Parts:
    """What a story is told with: three days and what they are called, the hours of two, and an hour it turns on."""

    days: tuple[date, date, date]
    called: tuple[str, str, str]
    hours: tuple[Part, Part]
    turn: int

    def on(self, *which: int, at: Callable[[float], bool] = lambda _: True) -> Meant:
        """Those days of the three, at these hours of them."""
        return lambda day, hour: day in [self.days[each] for each in which] and at(hour)

    def either(self, at: Callable[[float], bool]) -> Meant:
        """The first, whose hours are left open where they are told behind the second; or the second at its hours."""
        return lambda day, hour: (at(hour) or None) if day == self.days[0] else day == self.days[1] and at(hour)

    def from_the_first(self, day: date, _hour: float) -> bool | None:
        """From the first day on; of that day itself people differ."""
        return None if day == self.days[0] else day > self.days[0]

    def after(self, hour: float) -> bool:
        """Is an hour behind the one it turns on, which is of the afternoon?"""
        return hour > self.turn + 12

    def before(self, hour: float) -> bool:
        """Is an hour ahead of it?"""
        return hour < self.turn + 12


def _english(parts: Parts) -> Iterator[Form]:
    one, two, three = parts.called
    first, _ = parts.hours
    part, at, turn = first.words, first.at, parts.turn
    on, after, before = parts.on, parts.after, parts.before
    every: Callable[[Callable[[float], bool]], Meant] = lambda at: lambda _, hour: at(hour)  # noqa: E731
    # what they come from, and what they have to leave for
    yield f"i get off at {turn} so anytime after", every(after)
    yield f"i get off work at {turn} so any time after that works", every(after)
    yield f"i get off at {turn}, {one} after that works", on(0, at=after)
    yield f"{one} works but i get off at {turn} so after that", on(0, at=after)
    yield f"{one}, i get off work at {turn} so anytime after", on(0, at=after)
    yield f"kids have school til {turn} so after that", every(after)
    yield f"the kids have school until {turn}, {one} after that is good", on(0, at=after)
    yield f"{one} but the kids get out at {turn} so before that", on(0, at=before)
    yield f"i work til {turn} {one} so after that", on(0, at=after)
    yield f"im at work til {turn} so {one} after that", on(0, at=after)
    yield f"i leave for work at {turn} so before that {one}", on(0, at=before)
    yield f"i have to get my son off the bus at {turn} so {one} before that", on(0, at=before)
    yield f"{one} i have a dentist at {turn} so before that", on(0, at=before)
    yield f"i have a dentist appt at {turn} {one} so before that", on(0, at=before)
    yield f"i have a meeting at {turn} {one}, anytime before that is fine", on(0, at=before)
    yield f"{one} i won't be home til {turn}, anytime after", on(0, at=after)
    yield f"{one} but not home til {turn}", on(0, at=after)
    yield f"{one} as long as you're gone by {turn}", on(0, at=before)
    yield f"{one} but i have to leave by {turn}", on(0, at=before)
    # who is home
    yield f"my husband is home {one} {part}", on(0, at=at)
    yield f"my husband is home {one} so {part or 'any time'} works", on(0, at=at)
    yield f"my wife works from home {one} so {one} {part}", on(0, at=at)
    yield f"my mom can let you in {one} {part}", on(0, at=at)
    yield f"the tenant will be there {one} {part}", on(0, at=at)
    yield f"i'm off {one} and {two}", on(0, 1)
    yield f"i'm off {one} so anytime", on(0)
    yield f"im off work {one}, {part or 'any time'} is good", on(0, at=at)
    yield f"{one} is my day off so {part or 'any time'}", on(0, at=at)
    yield f"{one} is my only day off {part}", on(0, at=at)
    yield f"my neighbor has a key and is home {one} {part}", on(0, at=at)
    # what happened before
    yield f"the plumber came {one} but it's leaking again, can you come {two} {part}", on(1, at=at)
    yield f"the plumber came {one} but didn't fix it. {two} {part}?", on(1, at=at)
    yield f"the last guy came {one} and never fixed it, {two} {part} works for me", on(1, at=at)
    yield f"been out since {one}, can you do {two} {part}", on(1, at=at)
    yield f"it's been leaking since {one}. {two} {part} please", on(1, at=at)
    yield f"it broke {one}, can someone come {two} {part}", on(1, at=at)
    yield f"it stopped working {one} night, are you free {two} {part}", on(1, at=at)
    yield f"i called {one} and nobody got back to me, need someone {two} {part}", on(1, at=at)
    yield f"you guys came last {one} and its doing it again, {two} {part}?", on(1, at=at)
    yield f"i had you down for {one} but something came up, {two} {part} instead?", on(1, at=at)
    # why another day is not
    yield f"i work {one} so {two} {part}", on(1, at=at)
    yield f"i work {one} and {two} so {three} {part}", on(2, at=at)
    yield f"not {one}, my kid has a game. {two} {part}", on(1, at=at)
    yield f"not {one}, my kid has a game, {two} {part} works", on(1, at=at)
    yield f"{one} is my daughter's recital so {two} {part}", on(1, at=at)
    yield f"can't do {one} because of church, {two} {part} works", on(1, at=at)
    yield f"{one} is no good, i have a funeral. {two} {part} would be great", on(1, at=at)
    yield f"{one} we have people over so {two} {part} would be better", on(1, at=at)
    yield f"i have surgery {one} so can you come {two} {part}", on(1, at=at)
    yield f"i'm in court {one}, {two} {part} is fine", on(1, at=at)
    yield f"{one} i'm at the hospital with my dad all day, {two} {part} works", on(1, at=at)
    # until and from when
    yield f"we're out of town til {one} so any time after that", parts.from_the_first
    yield f"we have guests coming {one} so it has to be before that", lambda day, _: day < parts.days[0]
    yield f"the party is {one} so any day before then", lambda day, _: day < parts.days[0]
    yield f"we leave for vacation {one} so before then please", lambda day, _: day < parts.days[0]
    yield f"need it fixed before {one}, that's when my in laws come", lambda day, _: day < parts.days[0]
    # in the middle of the day
    yield f"{one} but not between 12 and 2, the baby naps", on(0, at=lambda hour: not 12 <= hour < 14)
    yield f"the baby naps 12-2 so not then, {one} is fine otherwise", on(0, at=lambda hour: not 12 <= hour < 14)
    yield f"{one} i have a dentist at 2 so before that or after 3:30", on(0, at=lambda h: h < 14 or h > 15.5)
    yield f"i have a dentist at 2 {one} so before that or after 3:30", on(0, at=lambda h: h < 14 or h > 15.5)
    yield f"{one} i have a call from 12 to 2, any other time works", on(0, at=lambda h: not 12 <= h < 14)
    # what is taken back
    yield f"{one} - no wait {two}", on(1)
    yield f"{one} no wait {two} {part}", on(1, at=at)
    yield f"{one}.. actually {two} {part}", on(1, at=at)
    yield f"can you do {one}? wait no, {two} {part}", on(1, at=at)
    yield f"{one} {part}. scratch that, {two}", lambda day, hour: (at(hour) or None) if day == parts.days[1] else False
    yield f"{one} sorry i meant {two} {part}", on(1, at=at)
    yield f"{two} {part}, not {one}, sorry", on(1, at=at)
    yield f"{one}. oh wait i have work, {two} {part}", on(1, at=at)
    yield f"i said {one} but i meant {two} {part}", on(1, at=at)
    yield f"{one} works.. never mind i work {one}, {two} {part}", on(1, at=at)
    # what it hangs on
    yield f"if it rains then {one}", UNCLEAR
    yield f"{one} unless it rains, then {two}", on(0, 1)
    yield f"{one} but if it rains {two}", on(0, 1)
    yield f"if the part comes in by {one} can you come {two}", UNCLEAR
    yield f"if my boss lets me off {one} {part}", UNCLEAR
    yield f"{one} if i can get someone to watch the kids", UNCLEAR
    yield f"my shift ends at {turn} most days except {one}s" if one in DAYS[0] else f"depends on my boss, maybe {one}", UNCLEAR
    yield f"if {one} is full then {two}", on(0, 1)
    yield f"if you can't do {one} then {two} {part}", parts.either(at)
    yield f"{one} if you're free otherwise {two}", on(0, 1)
    yield f"{one} {part} if possible", on(0, at=at)
    yield f"if you have anything {one} {part} i'll take it", on(0, at=at)


def _spanish(parts: Parts) -> Iterator[Form]:
    one, two, three = (f"el {each}" for each in parts.called)
    first, _ = parts.hours
    part, at, turn = first.words, first.at, parts.turn
    on, after, before = parts.on, parts.after, parts.before
    every: Callable[[Callable[[float], bool]], Meant] = lambda at: lambda _, hour: at(hour)  # noqa: E731
    yield f"salgo del trabajo a las {turn} así que cualquier hora después", every(after)
    yield f"salgo a las {turn}, {one} después de eso", on(0, at=after)
    yield f"{one} pero salgo a las {turn} así que después de eso", on(0, at=after)
    yield f"trabajo hasta las {turn}, {one} después de esa hora", on(0, at=after)
    yield f"los niños tienen escuela hasta las {turn} así que después de eso", every(after)
    yield f"{one} tengo dentista a las {turn} así que antes de eso", on(0, at=before)
    yield f"tengo cita con el doctor {one} a las {turn}, antes de eso puedo", on(0, at=before)
    yield f"recojo a mi hijo a las {turn} así que {one} antes de eso", on(0, at=before)
    yield f"{one} pero no llego a casa hasta las {turn}", on(0, at=after)
    yield f"mi esposo está en casa {one} {part}", on(0, at=at)
    yield f"mi esposo descansa {one} así que {one} {part}", on(0, at=at)
    yield f"mi mamá le puede abrir {one} {part}", on(0, at=at)
    yield f"descanso {one} y {two}", on(0, 1)
    yield f"{one} es mi día libre, {part or 'a cualquier hora'}", on(0, at=at)
    yield f"{one} descanso, puede venir {part or 'a cualquier hora'}", on(0, at=at)
    yield f"vino el plomero {one} pero sigue goteando, puede venir {two} {part}?", on(1, at=at)
    yield f"no hay agua caliente desde {one}, pueden venir {two} {part}", on(1, at=at)
    yield f"se descompuso {one}, puede venir {two} {part}", on(1, at=at)
    yield f"llamé {one} y nadie contestó, necesito a alguien {two} {part}", on(1, at=at)
    yield f"está goteando desde {one}. {two} {part} por favor", on(1, at=at)
    yield f"trabajo {one} así que {two} {part}", on(1, at=at)
    yield f"trabajo {one} y {two} así que {three} {part}", on(2, at=at)
    yield f"{one} no, mi hijo tiene juego. {two} {part}", on(1, at=at)
    yield f"{one} no puedo porque tengo cita en la corte, {two} {part} sí", on(1, at=at)
    yield f"{one} es la graduación de mi hija, mejor {two} {part}", on(1, at=at)
    yield f"me operan {one} así que {two} {part}", on(1, at=at)
    yield f"{one} tengo un funeral, {two} {part} está bien", on(1, at=at)
    yield f"estamos fuera hasta {one}, cualquier día después", parts.from_the_first
    yield f"tenemos visita {one} así que tiene que ser antes", lambda day, _: day < parts.days[0]
    yield f"la fiesta es {one}, tiene que ser antes de ese día", lambda day, _: day < parts.days[0]
    yield f"{one} pero no de 12 a 2, el bebé duerme", on(0, at=lambda hour: not 12 <= hour < 14)
    yield f"{one} tengo dentista a las 2, antes de eso o después de las 3:30", on(0, at=lambda h: h < 14 or h > 15.5)
    yield f"{one} no espere {two} {part}", on(1, at=at)
    yield f"{one}, perdón, {two} {part}", on(1, at=at)
    yield f"{one}.. mejor {two} {part}", on(1, at=at)
    yield f"{one} digo {two} {part}", on(1, at=at)
    yield f"quise decir {two} {part}, no {one}", on(1, at=at)
    yield f"si llueve entonces {one}", UNCLEAR
    yield f"{one} pero si llueve {two}", on(0, 1)
    yield f"si me dan permiso {one} {part}", UNCLEAR
    yield f"{one} si consigo quien cuide a los niños", UNCLEAR
    yield f"si {one} está lleno entonces {two}", on(0, 1)
    yield f"{one} si puede, si no {two}", on(0, 1)
    yield f"{one} {part} si es posible", on(0, at=at)


def told(choose: Choose, now: datetime, language: str, steps: list[int]) -> tuple[Sentence, int]:
    """A story around a time, and which of them it is."""
    names = choose(DIAS if language == "es" else DAYS)
    one, two, three = (now.date() + timedelta(days=each) for each in steps)
    called = (names[one.weekday()], names[two.weekday()], names[three.weekday()])
    hours = (choose(PARTS[language]), choose(PARTS[language]))
    parts = Parts((one, two, three), called, hours, choose((2, 3, 4)))
    forms = list((_spanish if language == "es" else _english)(parts))
    which = choose(range(len(forms)))
    text, meant = forms[which]
    text = plainly(text)
    exact = exactly(hours[0]) if not hours[0].words or hours[0].words in text else frozenset()
    return Sentence(text, meant, exact, asked=meant is UNCLEAR), which


@pytest.mark.parametrize("language", ["en", "es"])
@given(now=moments, steps=st.lists(st.integers(1, 6), min_size=3, max_size=3, unique=True), data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_time_within_a_story(language: str, now: datetime, steps: list[int], data: st.DataObject) -> None:
    sentence, _ = told(lambda among: data.draw(st.sampled_from(list(among))), now, language, steps)
    assert not wrong(sentence, now, language, hours=HOURS)
