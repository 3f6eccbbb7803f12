"""Phrases put together from days, hours, limits and the words around them, for the second reader of times to learn.

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


_LIMITS = {
    "en": (
        "not before {h}|no earlier than {h}|not after {h}|no later than {h}|nothing before {h}|by {h}|until {h}"
        "|done by {h}|i have to leave by {h}|home by {h}|i'm home after {h}|i get off at {h}|not until {h}"
        "|can't do before {h}|i can't get home til after {h}|we're home from {h} on|between {h} and 2|from 9 to {h}"
        "|{h} or later|{h} or earlier|only after {h}|only before {h}|not too early|the later the better|{h} earliest"
        "|starting at {h}|ideally around {h}|as early as possible|earlier is better|free until {h}|{h}-ish"
    ),
    "es": (
        "no antes de las {h}|no despues de las {h}|antes de las {h}|despues de las {h}|hasta las {h}|salgo a las {h}"
        "|llego a casa a las {h}|a partir de las {h}|solo despues de las {h}|nada antes de las {h}|entre las 9 y las 2"
        "|de 9 a {h}|ya despues de las {h}|lo mas temprano posible|que no sea muy temprano|estoy libre hasta las {h}"
        "|tengo que salir a las {h}|mas tarde de las {h} no|tipo {h}"
    ),
}
_WEEKDAYS = {
    "en": "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues|wed|thurs|fri|sat|sun",
    "es": "lunes|martes|miercoles|jueves|viernes|sabado|domingo|lun|mié|jue|vie|sáb",
}
_LISTS = {
    "en": (
        "{d} or {e}|{d} {h} or {e} {i}|{d}, {e} or {f}|{d} thru {e}|{d} and {e}|{d}s|{d}s and {e}s|any {d}|every {d}"
        "|not {d}|any day but {d} or {e}|never on a {d}|not {d} or {e}|can't {d}, can't {e}|{d} no, {e} no, {f} yes"
        "|{d} is out, so is {e}|{d} works, so does {e}|either {d} or {e}|neither {d} nor {e}|this {d}|{d} of next week"
        "|the {d} after next|next week but not {d}|this week except {d}|{d} {h}, {e} {i}, {f} anytime|{d} or {e}, {h}"
        "|{h} {d} or {e}|any {d} {h}|{d} before {e}|before {d}|after {d}|by {d}|until {d}|from {d} on|{d} at the latest"
        "|{d} at the earliest|no later than {d}|not before {d}|starting {d}|through {d}|between {d} and {e}"
        "|i'm off {d}|i'm off {d}s|i work {d}|i work {d}s|my days off are {d} and {e}|gone {d} to {e}|back {d}"
        "|only {d}|{d} only|just not {d}|weekdays except {d}|weekdays {h}|weekends {h}|{d}s {h}|{d} if {e} is full"
        "|if not {d} then {e}|{d} preferably, {e} if not|rather {d} than {e}|{d} not {e}|{d} instead of {e}"
    ),
    "es": (
        "{d} o {e}|el {d} {h} o el {e} {i}|{d}, {e} o {f}|de {d} a {e}|{d} y {e}|los {d}|los {d} y {e}|cualquier {d}"
        "|el {d} no|cualquier dia menos {d} o {e}|nunca los {d}|ni {d} ni {e}|el {d} no puedo, el {e} tampoco"
        "|{d} no, {e} si|este {d}|el {d} de la proxima semana|la proxima semana menos el {d}|esta semana menos {d}"
        "|{d} {h}, {e} {i}|{d} o {e}, {h}|antes del {d}|despues del {d}|a mas tardar el {d}|a partir del {d}"
        "|entre {d} y {e}|descanso el {d}|descanso los {d}|trabajo el {d}|trabajo los {d}|solo los {d}|nada mas el {d}"
        "|entre semana {h}|fines de semana {h}|los {d} {h}|si no se puede {d}, {e}|mejor {d} que {e}|{d} en vez de {e}"
        "|de preferencia {d}, si no {e}|el {d} que viene|todos los dias menos {d}"
    ),
}
_AROUND = {
    "en": (
        "{w}|hi, {w}|{w} thanks|{w}, the sink is leaking|my heater quit. {w}|{w} my dog needs shots|{w} if possible"
        "|would {w} work|does {w} work for you|{w} is best for us|we can do {w}|i can do {w}|i'm free {w}|how about {w}"
        "|{w} would be great|i could make {w}|hello this is Dana, {w}|the gate code is 4410, {w}|{w}. call me before"
        "|can someone come {w}|need a haircut {w}|i have kids at home so {w}|i work from home, {w}|{w} cuz of work"
        "|i need {w}|preferably {w}|{w} please and thank you|let's do {w}|let's say {w}|put me down for {w}|yes {w}"
        "|no rush, {w}|it started last night, {w}|it broke yesterday at 5. {w}|{w}, i'm at 1204 May St|ok {w}"
        "|my husband will be home {w}|the tenant says {w}|my mom can do {w}|{w} or whatever works|{w} is ok|{w} perfect"
        "|sorry i missed your call, {w}|{w} as i'm busy otherwise|2 bathrooms. {w}|it's been dripping for 3 weeks, {w}"
    ),
    "es": (
        "{w}|hola, {w}|{w} gracias|se tapo el baño, {w}|{w} se daño el aire|{w} si se puede|puede ser {w}|podria {w}"
        "|{w} me queda bien|me gustaria {w}|tengo libre {w}|que tal {w}|{w} estaria perfecto|pueden venir {w}"
        "|necesito cita {w}|trabajo mucho, {w}|de preferencia {w}|{w} por favor|ok {w}|si, {w}|no urge, {w}"
        "|empezo anoche, {w}|se rompio ayer a las 5. {w}|mi esposo esta en casa {w}|mi mama puede {w}|a mi me sirve {w}"
        "|buenas tardes, {w}|son 2 baños. {w}|lleva 3 semanas goteando, {w}|vivo en la calle Mayo 1204, {w}"
    ),
}


_BOUNDS = {
    "en": (
        "in {m}|sometime in {m}|after {m} {n}|starting {m} {n}|between {m} {n} and {m} 21|from 6/{n} to 6/21|by {m} {n}"
        "|before {m} {n}|the second week of {m}|this week|next week|this month|the first week of {m}|late {m}"
        "|the week of {m} {n}|until {m} {n}|through the {n}th|in the next two weeks|after the holidays|early next week"
        "|the week after next|the last week of {m}|any time before the {n}th|mid {m}|from the {n}th on|end of the month"
    ),
    "es": (
        "en {m}|después del {n} de {m}|a partir del {n} de {m}|entre el {n} de {m} y el 21 de {m}|antes del {n} de {m}"
        "|del {n} al 21 de {m}|la segunda semana de {m}|esta semana|la proxima semana|a finales de {m}|este mes"
        "|a principios de {m}|la ultima semana de {m}|hasta el {n} de {m}|dentro de dos semanas|del {n} en adelante"
    ),
}
_OF_BOUNDS = {
    "en": (
        "{d} or {e}|{d} and {e}|{d}/{e}|either {d} or {e}|{d}, {e} or {f}|{d} {e} or {f}|{d} thru {f}|{d}-{f}"
        "|{d} to {f}|weekdays|weekends|{d}|any {d}|mornings|any day but {d}"
    ),
    "es": "{d} o {e}|el {d} o el {e}|{d}, {e} o {f}|de {d} a {f}|entre semana|fines de semana|el {d}|menos el {d}",
}
_WITHIN = {
    "en": (
        "{l} {w} {h}|{l}, {w} {h}|{w} {h}, {l}|{w} {l} {h}|{l}. {w} {h}|{l} works, {w} {h}|i can do {w} {h} {l}"
        "|any time {l} but {w} {h} only|any time {l} but only {w} {h}|{l} but only {w} {h}|{l} is better, {w} {h}"
        "|has to be {l}, {w} {h} is best|{l} please, {w} work best {h}|{l} but not {w}|{l} except {w}"
    ),
    "es": (
        "{l} {w} {h}|{l}, {w} {h}|{w} {h}, {l}|{l}. {w} {h} por favor|me queda bien {l}, {w} {h}|{l} pero solo {w} {h}"
        "|tiene que ser {l}, {w} {h}|puedo {l}, {w} {h}|quisiera una cita {l}, {w} {h}|{l} pero no {w}"
    ),
}
_STORIES = {
    "en": (
        "i get off at {t} so anytime after|i get off work at {t}, {d} after that|{d} but i get off at {t} so after"
        "|kids have school til {t} so after that|{d} but the kids get out at {t} so before that|i work til {t} {d}"
        "|i leave for work at {t} so before that {d}|{d} i have a dentist at {t} so before that|i work {d} so {e} {h}"
        "|i have a meeting at {t} {d}, anytime before that|{d} i won't be home til {t}, anytime after|not {d}, {e} {h}"
        "|{d} as long as you're gone by {t}|{d} but i have to leave by {t}|my husband is home {d} {h}|{d} is my day off"
        "|my wife works from home {d} so {d} {h}|the tenant will be there {d} {h}|i'm off {d} and {e}"
        "|the plumber came {d} but it leaks again, can you come {e} {h}|the last guy came {d}, {e} {h} works for me"
        "|been out since {d}, can you do {e} {h}|it's been leaking since {d}. {e} {h} please|it broke {d}, {e} {h}?"
        "|i called {d} and nobody got back to me, need someone {e} {h}|you came last {d}, it's back, {e} {h}"
        "|i had you down for {d} but something came up, {e} {h} instead|i work {d} and {e} so {f} {h}"
        "|not {d}, my kid has a game. {e} {h}|{d} is my son's recital so {e} {h}|{d} we have people over so {e}"
        "|can't do {d} because of church, {e} {h} works|{d} is no good, i have a funeral. {e} {h} would be great"
        "|i have surgery {d} so can you come {e} {h}|i'm in court {d}, {e} {h} is fine|we fly out {d}, {e} {h}"
        "|we're out of town til {d} so any time after that|we have guests coming {d} so it has to be before that"
        "|the party is {d} so any day before then|we leave for vacation {d} so before then please|need it before {d}"
        "|{d} but not between 12 and 2, the baby naps|the baby naps 12-2 so not then, {d} is fine otherwise"
        "|{d} - no wait {e} {h}|{d}.. actually {e} {h}|can you do {d}? wait no, {e} {h}|{d} sorry i meant {e} {h}"
        "|i said {d} but i meant {e} {h}|{d} {h}. scratch that, {e}|{d} {h} if possible|if {d} is full then {e}"
        "|my mom gets here {d}, come {e} {h}|inspector is coming {d} {h} so {e} please|the appraiser comes {d}, {e} {h}"
        "|{d} is trash day so {e} {h}|i start my new job {d}, {e} {h} would work|he gets paid {d}, so {e} {h}"
        "|my appointment was {d} {h}, can we do {e} instead|i was in yesterday at {t}, can i come {d} {h}"
        "|he's at practice til {t} {d} but {e} {h} is open|we close on the house {d}, any time {e}"
    ),
    "es": (
        "salgo del trabajo a las {t} así que cualquier hora después|salgo a las {t}, {d} después de eso"
        "|trabajo hasta las {t}, {d} después de esa hora|{d} tengo dentista a las {t} así que antes de eso"
        "|{d} pero no llego a casa hasta las {t}|mi esposo está en casa {d} {h}|mi mamá le puede abrir {d} {h}"
        "|{d} es mi día libre|vino el plomero {d} pero sigue goteando, puede venir {e} {h}|trabajo {d} así que {e} {h}"
        "|no hay agua desde {d}, pueden venir {e} {h}|se descompuso {d}, puede venir {e} {h}|{d} no, {e} {h}"
        "|llamé {d} y nadie contestó, necesito a alguien {e} {h}|trabajo {d} y {e} así que {f} {h}"
        "|{d} es la graduación de mi hija, mejor {e} {h}|me operan {d} así que {e} {h}|{d} tengo un funeral, {e} {h}"
        "|estamos fuera hasta {d}, cualquier día después|la fiesta es {d}, tiene que ser antes de ese día|antes del {d}"
        "|{d} pero no de 12 a 2, el bebé duerme|{d} no espere {e} {h}|{d}, perdón, {e} {h}|{d}.. mejor {e} {h}"
        "|quise decir {e} {h}, no {d}|si {d} está lleno entonces {e}|{d} si puede, si no {e}|{d} {h} si es posible"
        "|el inspector viene {d}, mejor {e} {h}|mi cita era {d}, la puede cambiar a {e} {h}"
    ),
}
_UNCLEAR = {
    "en": (
        "{d} i have a dentist at {t}|{d} i have a meeting at {t}|{d} i have to pick up the kids at {t}|{d} done by {t}"
        "|{d} my son has practice at {t}|my daughter has a recital {d} at {t}|{d} there's a delivery coming at {t}"
        "|i think {d}|maybe {d} {h}|not sure about {d}|possibly {d}|{d} if i can get off work|{d} if they let me"
        "|{d} i have class at {t}|i have an appointment {d} at {t}|the inspector comes {d} at {t}|{d} movers at {t}"
    ),
    "es": (
        "{d} tengo dentista a las {t}|{d} tengo una junta a las {t}|{d} tengo que recoger a los niños a las {t}"
        "|creo que {d}|a lo mejor {d} {h}|no se si {d}|{d} si me dan permiso|tal vez {d}|{d} tengo clase a las {t}"
        "|mi hijo tiene juego {d} a las {t}|{d} viene el inspector a las {t}"
    ),
}
"""What leaves open whether they can come then."""

_MONTHS = {
    "en": "january|feb|march|april|may|june|july|august|sept|october|nov|december",
    "es": "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
}


def plain_times(many: int) -> Iterator[Phrase]:
    """So many phrases; nothing is said of what they allow but that some must be asked."""
    chance = random.Random(SEED)
    for _ in range(many):
        language = chance.choice(("en", "en", "es"))
        form = chance.choice((_of_days_and_hours, _of_days_and_hours, _limited, _listed, _within, _story))
        form = _unclear if chance.random() < _OPEN else form
        text = form(language, chance).format(
            n=chance.randint(4, 19), h=chance.randint(1, 12), t=chance.randint(2, 5), m=_one(_MONTHS, language, chance)
        )
        if chance.random() < _WITH_MORE:
            text = _one(_AROUND, language, chance).format(w=text)
        kind = "?" if form is _unclear else ""
        now = datetime(2026, 1, 5, tzinfo=ZONE) + timedelta(minutes=chance.randrange(364 * 24 * 60))
        yield Phrase(now, " ".join(text.split()).strip(" ,"), kind, language, [], [])


_WITH_MORE, _OPEN = 0.4, 0.03


def _one(table: dict[str, str], language: str, chance: random.Random) -> str:
    return chance.choice(table[language].split("|"))


def _two(table: dict[str, str], language: str, chance: random.Random) -> list[str]:
    return chance.sample(table[language].split("|"), 2)


def _weekdays(language: str, chance: random.Random) -> dict[str, str]:
    return dict(zip("def", chance.sample(_WEEKDAYS[language].split("|"), 3), strict=True))


def _of_days_and_hours(language: str, chance: random.Random) -> str:
    (day, other), (hour, later) = _two(_DAYS, language, chance), _two(_HOURS, language, chance)
    return _one(_FORMS, language, chance).format(d=day, e=other, h=hour, i=later)


def _limited(language: str, chance: random.Random) -> str:
    """Hours with a limit, alone or beside days."""
    limit = _one(_LIMITS, language, chance)
    if chance.random() < _WITH_MORE:
        return limit
    day = _one(_DAYS, language, chance) if chance.random() < _HALF else _listed(language, chance)
    return chance.choice(_BESIDE).format(d=day, l=limit)


_HALF = 0.5
_BESIDE = ("{d} {l}", "{d}, {l}", "{d} but {l}", "{l}, {d}", "{l} {d}", "{d}. {l}")


def _listed(language: str, chance: random.Random) -> str:
    """Weekdays, as they are listed, refused and bounded."""
    hour, later = _two(_HOURS, language, chance)
    return _one(_LISTS, language, chance).format(**_weekdays(language, chance), h=hour, i=later)


def _within(language: str, chance: random.Random) -> str:
    """A week, a month or a stretch of dates, and which weekdays of it."""
    which = _one(_OF_BOUNDS, language, chance).format(**_weekdays(language, chance))
    bounds, hour = _one(_BOUNDS, language, chance), _one(_HOURS, language, chance)
    return _one(_WITHIN, language, chance).format(l=bounds, w=which, h=hour)


def _story(language: str, chance: random.Random) -> str:
    """A reason, a visitor, a visit that is over or a correction, and the wish beside it."""
    the = "el " if language == "es" else ""
    named = {letter: the + each for letter, each in _weekdays(language, chance).items()}
    return _one(_STORIES, language, chance).format(**named, h=_one(_HOURS, language, chance), t="{t}")


def _unclear(language: str, chance: random.Random) -> str:
    """What they have to do then, or a doubt."""
    the = "el " if language == "es" else ""
    day = f"{the}{_one(_WEEKDAYS, language, chance)}"
    return _one(_UNCLEAR, language, chance).format(d=day, h=_one(_HOURS, language, chance), t="{t}")
