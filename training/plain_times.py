"""Plain phrases put together from days, hours and the words between them, for the second reader of times to learn.

What they mean the rules say, which our tests hold to such phrases; so no meaning is written here.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from training.phrases import ZONE, Phrase

SEED = 20261201

_DAYS = {
    "en": (
        "monday|tues|wednesday|thurs|fri|saturday|sun|tomorrow|today|the {n}th|march {n}|june {n}|this week"
        "|next week|this weekend|weekdays|saturdays|mondays and thursdays|any day|the day after tomorrow"
        "|early next week|mon or tues|friday of next week|a week from monday|monday of next week"
        "|the week of the {n}th|tomorrow or friday|next month|in june|the first week of june|after march {n}"
        "|before june {n}|between june 2 and june {n}|starting june {n}|sometime in june|from 6/2 to 6/{n}"
        "|by march {n}|until june {n}|the weekend|mornings|weekends|tues or wed mornings|this {n}th or june {n}"
    ),
    "es": (
        "el lunes|martes|el miercoles|el jueves|viernes|el sábado|domingo|mañana|hoy|el {n}|el {n} de marzo"
        "|el {n} de junio|esta semana|la otra semana|el fin de semana|entre semana|los sabados|los lunes y jueves"
        "|cualquier dia|pasado mañana|lunes o martes|la semana que viene|el sabado de la semana que viene"
        "|de hoy en ocho|mañana o el viernes|en junio|después del {n} de marzo|a partir del {n} de junio"
        "|antes del {n} de junio|del 2 al {n} de junio|entre el 2 y el {n} de junio|la segunda semana de junio"
        "|por las mañanas|los fines de semana"
    ),
}
_HOURS = {
    "en": (
        "at {h}|{h}am|{h}:30 am|{h} pm|{h}:30|{h}:15pm|in the morning|afternoon|evening|after {h}|before {h}"
        "|between 9 and 11|10-2|1 to 4|noon|around {h}|by noon|until {h}|after 3:30|before 10 or after 4"
        "|first thing|late morning|after work|from {h} on|morning or evening|tonight|"
    ),
    "es": (
        "a las {h}|a las {h} am|a las {h}:30|a las {h}:30 am|a las {h} pm|a las {h} de la tarde|en la mañana"
        "|por la tarde|en la noche|después de las {h}|antes de las {h}|entre 9 y 11|de 10 a 2|al mediodía"
        "|como a las {h}|hasta las {h}|temprano|ya tarde|a partir de las {h}|en las mañanas|"
    ),
}
_FORMS = {
    "en": (
        "{d} {h}|{h} {d}|{d} {h} please|{d}, {h}|is {d} {h} ok?|{d} {h} works|can you do {d} {h}|{d} or {e} {h}"
        "|{d} {h} or {e} {i}|not {d}, {e} {h}|any day but {d}|any day but {d}, {h}|{d} but not {h}|anytime {d}"
        "|can't do {d} {h}, {e} works|can't do {d}, {e} is fine|no later than {d} {h}|before {d} {h}"
        "|after {d} {h}|i work {d} so {e} {h}|i work {h} {d}, {e} is better|{d} {h}, {e} {i}|{h} any day but {d}"
        "|never {d}|{d} works, {e} works {h}|{d} except {h}|{h} only|i can do {d} {h}|{d} {h} is perfect|not {h}"
        "|anytime {h}|{d} is no good, how about {e} {h}|away until {d}, {e} {h}|{d} {h} i get off then"
        "|has to be {d} {h}|{d} i have the kids so {e} {h}|any time {d} but {e} {h} only|{d} but only {e} {h}"
        "|{d} is better, {e} {h}|has to be {d}, {e} {h} is best|{d}. {e} {h}|i can do {e} {h} {d}|{h} {d}, {e}"
        "|{d} works if it's {h}, else {e}|{d}, {e} or later|{h} {d} or {i} {e}|we're gone {d}, {e} {h} works"
        "|make it {d} {h}|{d} {h} instead"
    ),
    "es": (
        "{d} {h}|{h} {d}|{d} {h} por favor|{d}, {h}|puede ser {d} {h}?|{d} {h} está bien|pueden venir {d} {h}"
        "|{d} o {e} {h}|{d} {h} o {e} {i}|no {d}, {e} {h}|cualquier dia menos {d}|cualquier dia menos {d}, {h}"
        "|{d} pero no {h}|{d} no puedo, {e} sí|{d} no puedo, {e} {h}|antes de {d}|después de {d}"
        "|trabajo {d} así que {e} {h}|{d} {h}, {e} {i}|nunca {d}|{d} menos {h}|solo {h}|puedo {d} {h}"
        "|{d} {h} me queda bien|me queda mejor {d} {h}|no estoy hasta {d}, {e} {h}"
        "|{d} {h} que ya salgo del trabajo|tiene que ser {d} {h}|salgo {h} asi que {d}|me queda bien {d}, {e} {h}"
        "|{d} pero solo {e} {h}|tiene que ser {d}, {e} {h}|puedo {d}, {e} {h}|{d}. {e} {h}"
    ),
}


def plain_times(many: int) -> Iterator[Phrase]:
    """So many phrases; nothing is said of what they allow."""
    chance = random.Random(SEED)
    for _ in range(many):
        language = chance.choice(("en", "en", "es"))
        days, hours = _DAYS[language].split("|"), _HOURS[language].split("|")
        day, other = chance.sample(days, 2)
        hour, later = chance.sample(hours, 2)
        form = chance.choice(_FORMS[language].split("|"))
        text = form.format(d=day, e=other, h=hour, i=later).format(n=chance.randint(4, 19), h=chance.randint(1, 12))
        now = datetime(2026, 1, 5, tzinfo=ZONE) + timedelta(minutes=chance.randrange(364 * 24 * 60))
        yield Phrase(now, " ".join(text.split()).strip(" ,"), "", language, [], [])
