"""Reasons and stories around a time, corrections and conditions: each with the meaning that its parts give it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

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
    is_asked,
    moments,
    plainly,
    some_moment,
    wrong,
)

HOURS = (8.25, 9.5, 10.75, 11.5, 13.25, 14.75, 15.25, 16.5, 17.75)
"""Moments that are asked about, none at an edge that a story tells of."""

Meant = Callable[[date, float], bool | None]
UNCLEAR: Meant = lambda _day, _hour: False  # noqa: E731  what has to be asked about


@dataclass(frozen=True, slots=True)
class Parts:
    """What a story is told with: three days and what they are called, the hours of two, and an hour it turns on."""

    days: tuple[date, date, date]
    called: tuple[str, str, str]
    hours: tuple[Part, Part]
    turn: int

    def blanks(self, language: str) -> dict[str, str]:
        """What stands in a sentence's blanks."""
        the = "el " if language == "es" else ""
        one, two, three = (f"{the}{each}" for each in self.called)
        part = self.hours[0].words
        any_time = part or ("a cualquier hora" if language == "es" else "any time")
        ones = f"{DAYS[0][self.days[0].weekday()]}s"
        return {
            "one": one, "two": two, "three": three, "ones": ones,
            "part": part, "any_time": any_time, "turn": str(self.turn),
        }  # fmt: skip

    def means(self) -> dict[str, Meant]:
        """What a sentence may mean, by the key that stands beside it."""
        then = self.hours[0].at
        return {
            "after": lambda _, hour: self.after(hour),
            "one after": self.on(0, at=self.after),
            "one before": self.on(0, at=self.before),
            "one": self.on(0),
            "two": self.on(1),
            "one two": self.on(0, 1),
            "one then": self.on(0, at=then),
            "each one then": lambda day, hour: day.weekday() == self.days[0].weekday() and then(hour),
            "two then": self.on(1, at=then),
            "three then": self.on(2, at=then),
            "two, then or not": lambda day, hour: (then(hour) or None) if day == self.days[1] else False,
            "either": self.either(then),
            "from one": self.from_the_first,
            "before one": lambda day, _: day < self.days[0],
            "one but lunch": self.on(0, at=lambda hour: not 12 <= hour < 14),
            "one but the dentist": self.on(0, at=lambda hour: hour < 14 or hour > 15.5),
            "unclear": UNCLEAR,
        }

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


ENGLISH = (
    # what they come from, and what they have to leave for
    ("i get off at {turn} so anytime after", "after"),
    ("i get off work at {turn} so any time after that works", "after"),
    ("i get off at {turn}, {one} after that works", "one after"),
    ("{one} works but i get off at {turn} so after that", "one after"),
    ("{one}, i get off work at {turn} so anytime after", "one after"),
    ("kids have school til {turn} so after that", "after"),
    ("the kids have school until {turn}, {one} after that is good", "one after"),
    ("{one} but the kids get out at {turn} so before that", "one before"),
    ("i work til {turn} {one} so after that", "one after"),
    ("im at work til {turn} so {one} after that", "one after"),
    ("i leave for work at {turn} so before that {one}", "one before"),
    ("i have to get my son off the bus at {turn} so {one} before that", "one before"),
    ("{one} i have a dentist at {turn} so before that", "one before"),
    ("i have a dentist appt at {turn} {one} so before that", "one before"),
    ("i have a meeting at {turn} {one}, anytime before that is fine", "one before"),
    ("{one} i won't be home til {turn}, anytime after", "one after"),
    ("{one} but not home til {turn}", "one after"),
    ("{one} as long as you're gone by {turn}", "one before"),
    ("{one} but i have to leave by {turn}", "one before"),
    # who is home
    ("my husband is home {one} {part}", "one then"),
    ("my husband is home {one} so {any_time} works", "one then"),
    ("my wife works from home {one} so {one} {part}", "one then"),
    ("my mom can let you in {one} {part}", "one then"),
    ("the tenant will be there {one} {part}", "one then"),
    ("i'm off {one} and {two}", "one two"),
    ("i'm off {one} so anytime", "one"),
    ("im off work {one}, {any_time} is good", "one then"),
    ("{one} is my day off so {any_time}", "one then"),
    ("{one} is my only day off {part}", "each one then"),
    ("my neighbor has a key and is home {one} {part}", "one then"),
    # what happened before
    ("the plumber came {one} but it's leaking again, can you come {two} {part}", "two then"),
    ("the plumber came {one} but didn't fix it. {two} {part}?", "two then"),
    ("the last guy came {one} and never fixed it, {two} {part} works for me", "two then"),
    ("been out since {one}, can you do {two} {part}", "two then"),
    ("it's been leaking since {one}. {two} {part} please", "two then"),
    ("it broke {one}, can someone come {two} {part}", "two then"),
    ("it stopped working {one} night, are you free {two} {part}", "two then"),
    ("i called {one} and nobody got back to me, need someone {two} {part}", "two then"),
    ("you guys came last {one} and its doing it again, {two} {part}?", "two then"),
    ("i had you down for {one} but something came up, {two} {part} instead?", "two then"),
    # why another day is not
    ("i work {one} so {two} {part}", "two then"),
    ("i work {one} and {two} so {three} {part}", "three then"),
    ("not {one}, my kid has a game. {two} {part}", "two then"),
    ("not {one}, my kid has a game, {two} {part} works", "two then"),
    ("{one} is my daughter's recital so {two} {part}", "two then"),
    ("can't do {one} because of church, {two} {part} works", "two then"),
    ("{one} is no good, i have a funeral. {two} {part} would be great", "two then"),
    ("{one} we have people over so {two} {part} would be better", "two then"),
    ("i have surgery {one} so can you come {two} {part}", "two then"),
    ("i'm in court {one}, {two} {part} is fine", "two then"),
    ("{one} i'm at the hospital with my dad all day, {two} {part} works", "two then"),
    # until and from when
    ("we're out of town til {one} so any time after that", "from one"),
    ("we have guests coming {one} so it has to be before that", "before one"),
    ("the party is {one} so any day before then", "before one"),
    ("we leave for vacation {one} so before then please", "before one"),
    ("need it fixed before {one}, that's when my in laws come", "before one"),
    # in the middle of the day
    ("{one} but not between 12 and 2, the baby naps", "one but lunch"),
    ("the baby naps 12-2 so not then, {one} is fine otherwise", "one but lunch"),
    ("{one} i have a dentist at 2 so before that or after 3:30", "one but the dentist"),
    ("i have a dentist at 2 {one} so before that or after 3:30", "one but the dentist"),
    ("{one} i have a call from 12 to 2, any other time works", "one but lunch"),
    # what is taken back
    ("{one} - no wait {two}", "two"),
    ("{one} no wait {two} {part}", "two then"),
    ("{one}.. actually {two} {part}", "two then"),
    ("can you do {one}? wait no, {two} {part}", "two then"),
    ("{one} {part}. scratch that, {two}", "two, then or not"),
    ("{one} sorry i meant {two} {part}", "two then"),
    ("{two} {part}, not {one}, sorry", "two then"),
    ("{one}. oh wait i have work, {two} {part}", "two then"),
    ("i said {one} but i meant {two} {part}", "two then"),
    ("{one} works.. never mind i work {one}, {two} {part}", "two then"),
    # what it hangs on
    ("if it rains then {one}", "unclear"),
    ("{one} unless it rains, then {two}", "one two"),
    ("{one} but if it rains {two}", "one two"),
    ("if the part comes in by {one} can you come {two}", "unclear"),
    ("if my boss lets me off {one} {part}", "unclear"),
    ("{one} if i can get someone to watch the kids", "unclear"),
    ("my shift ends at {turn} most days except {ones}", "unclear"),
    ("depends on my boss, maybe {one}", "unclear"),
    ("if {one} is full then {two}", "one two"),
    ("if you can't do {one} then {two} {part}", "either"),
    ("{one} if you're free otherwise {two}", "one two"),
    ("{one} {part} if possible", "one then"),
    ("if you have anything {one} {part} i'll take it", "one then"),
)
"""A sentence with its blanks, and what it means: a key of `Parts.means`."""

SPANISH = (
    ("salgo del trabajo a las {turn} así que cualquier hora después", "after"),
    ("salgo a las {turn}, {one} después de eso", "one after"),
    ("{one} pero salgo a las {turn} así que después de eso", "one after"),
    ("trabajo hasta las {turn}, {one} después de esa hora", "one after"),
    ("los niños tienen escuela hasta las {turn} así que después de eso", "after"),
    ("{one} tengo dentista a las {turn} así que antes de eso", "one before"),
    ("tengo cita con el doctor {one} a las {turn}, antes de eso puedo", "one before"),
    ("recojo a mi hijo a las {turn} así que {one} antes de eso", "one before"),
    ("{one} pero no llego a casa hasta las {turn}", "one after"),
    ("mi esposo está en casa {one} {part}", "one then"),
    ("mi esposo descansa {one} así que {one} {part}", "one then"),
    ("mi mamá le puede abrir {one} {part}", "one then"),
    ("descanso {one} y {two}", "one two"),
    ("{one} es mi día libre, {any_time}", "one then"),
    ("{one} descanso, puede venir {any_time}", "one then"),
    ("vino el plomero {one} pero sigue goteando, puede venir {two} {part}?", "two then"),
    ("no hay agua caliente desde {one}, pueden venir {two} {part}", "two then"),
    ("se descompuso {one}, puede venir {two} {part}", "two then"),
    ("llamé {one} y nadie contestó, necesito a alguien {two} {part}", "two then"),
    ("está goteando desde {one}. {two} {part} por favor", "two then"),
    ("trabajo {one} así que {two} {part}", "two then"),
    ("trabajo {one} y {two} así que {three} {part}", "three then"),
    ("{one} no, mi hijo tiene juego. {two} {part}", "two then"),
    ("{one} no puedo porque tengo cita en la corte, {two} {part} sí", "two then"),
    ("{one} es la graduación de mi hija, mejor {two} {part}", "two then"),
    ("me operan {one} así que {two} {part}", "two then"),
    ("{one} tengo un funeral, {two} {part} está bien", "two then"),
    ("estamos fuera hasta {one}, cualquier día después", "from one"),
    ("tenemos visita {one} así que tiene que ser antes", "before one"),
    ("la fiesta es {one}, tiene que ser antes de ese día", "before one"),
    ("{one} pero no de 12 a 2, el bebé duerme", "one but lunch"),
    ("{one} tengo dentista a las 2, antes de eso o después de las 3:30", "one but the dentist"),
    ("{one} no espere {two} {part}", "two then"),
    ("{one}, perdón, {two} {part}", "two then"),
    ("{one}.. mejor {two} {part}", "two then"),
    ("{one} digo {two} {part}", "two then"),
    ("quise decir {two} {part}, no {one}", "two then"),
    ("si llueve entonces {one}", "unclear"),
    ("{one} pero si llueve {two}", "one two"),
    ("si me dan permiso {one} {part}", "unclear"),
    ("{one} si consigo quien cuide a los niños", "unclear"),
    ("si {one} está lleno entonces {two}", "one two"),
    ("{one} si puede, si no {two}", "one two"),
    ("{one} {part} si es posible", "one then"),
)


def told(choose: Choose, now: datetime, language: str, steps: list[int]) -> tuple[Sentence, int]:
    """A story around a time, and which of them it is."""
    names = choose(DIAS if language == "es" else DAYS)
    one, two, three = (now.date() + timedelta(days=each) for each in steps)
    called = (names[one.weekday()], names[two.weekday()], names[three.weekday()])
    hours = (choose(PARTS[language]), choose(PARTS[language]))
    parts = Parts((one, two, three), called, hours, choose((2, 3, 4)))
    forms = SPANISH if language == "es" else ENGLISH
    which = choose(range(len(forms)))
    form, key = forms[which]
    text, meant = plainly(form.format(**parts.blanks(language))), parts.means()[key]
    exact = exactly(hours[0]) if not hours[0].words or hours[0].words in text else frozenset()
    return Sentence(text, meant, exact, asked=meant is UNCLEAR), which


@pytest.mark.parametrize("language", ["en", "es"])
@given(now=moments, steps=st.lists(st.integers(1, 6), min_size=3, max_size=3, unique=True), data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_time_within_a_story(language: str, now: datetime, steps: list[int], data: st.DataObject) -> None:
    sentence, _ = told(lambda among: data.draw(st.sampled_from(list(among))), now, language, steps)
    assert not wrong(sentence, now, language, hours=HOURS)


@pytest.mark.parametrize(("language", "most"), [("en", 15), ("es", 10)])
def test_few_stories_are_asked_about(language: str, most: int) -> None:
    """Of 300: who always asked would never be wrong."""
    chance = Random(300)
    drawn = [(some_moment(chance), chance.sample(range(1, 7), 3)) for _ in range(300)]
    told_then = [(now, told(lambda among: chance.choice(list(among)), now, language, steps)[0]) for now, steps in drawn]
    assert sum(is_asked(sentence, now, language) for now, sentence in told_then) <= most
