"""Turns of those who ask for a time: "fri nite or no?", "tiene cita para hoy?", "are you open the 26th".

It renames, drops and adds tokens before the others are looked at; it must never take a time for another.
"""

from answerback.understanding.when import left_to_us
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    ALWAYS,
    DAYS,
    ENDS,
    TIMES,
    Turn,
    clause_end,
    renamed,
    turned_where,
)


def asking(found: list[Token]) -> list[Token]:
    """The tokens with each way to ask for a time in plain words."""
    return turned_where(found, (*left_to_us.TURNS, *_TURNS))


def _counts(found: list[Token]) -> list[Token]:
    """ "Quisiera una cita el sabado" wishes for one, and not at one."""

    def counts(place: int, token: Token) -> bool:
        thing = place + 1 < len(found) and found[place + 1].text in _COUNTED
        if token.text == "one" and place and found[place - 1].text in {"which", "another"}:
            return True
        return token.kind == "num" and thing and kind_at(found, place - 1) not in _TO_AN_HOUR

    return renamed(found, "fill", counts)


_TO_AN_HOUR = frozenset({"at", "a", "the", "around", "before", "after", "by", "like", "to", "dash", "from", "on"})
_COUNTED = frozenset({"cita", "citas", "appointment", "appointments", "appt", "appts", "openings", "visita", "visitas"})


def _wednesday_like(found: list[Token]) -> list[Token]:
    """ "Could do wed like 9 to 11" names a day: who would like something names a thing."""
    for place, token in enumerate(found):
        hour = kind_at(found, place + 1) in {"num", "clock", "after", "before", "part", "around"}
        if token.text == "wed like" and hour and not {each.kind for each in found} & DAYS:
            return [*found[:place], Token("dow", 2, "wed"), Token("like", 0, "like"), *found[place + 1 :]]
    return found


def _have_you_any(found: list[Token]) -> list[Token]:
    """ "Tiene cita para hoy?" asks for one; "mi hija tiene cita hoy" has it."""

    def asks(place: int, token: Token) -> bool:
        begins = kind_at(found, place - 1) in {"", "stop", "comma", "noise"} or found[place - 1].text in _GREETS
        return token.text in {"tiene cita", "tienen cita", "tienes cita"} and begins

    return renamed(found, "wish", asks)


_GREETS = frozenset({"hola", "disculpe", "si", "ahi", "y"})


def _when_you_can(found: list[Token]) -> list[Token]:
    """ "El martes o miércoles cuando tenga espacio": that the business has room goes without saying."""
    for place in range(1, len(found) - 2):
        has_room = found[place + 1].text in _HAVE and found[place + 2].text in _ROOM
        if found[place].text == "cuando" and has_room and {each.kind for each in found[:place]} & DAYS:
            return [*found[:place], *found[place + 3 :]]
    return found


_HAVE = frozenset({"tenga", "tengan", "haya", "hay"})
_ROOM = frozenset({"espacio", "lugar", "chance", "campo", "cupo"})


def _or_after(found: list[Token]) -> list[Token]:
    """ "Antes de las 10 o después de las 3" names another time; "a las 3 o después" reaches on."""
    for place in range(1, len(found) - 2):
        open_end, hour = found[place], place + 1 + (kind_at(found, place + 2) in {"at", "the"})
        spanish = open_end.text in {"o despues", "o antes"} and kind_at(found, place + 1) == "of"
        if spanish and kind_at(found, hour + 1) in {"num", "clock", "noon"}:
            side = "after" if open_end.text == "o despues" else "before"
            return [*found[:place], Token("or", 0, "o"), Token(side, 0, open_end.text[2:]), *found[hour + 1 :]]
    return found


def _is_it_too_early(found: list[Token]) -> list[Token]:
    """ "Is 7:30 monday too early" asks for it."""
    for place, token in enumerate(found):
        end = next((at for at in range(place, len(found)) if found[at].kind in {"stop", "comma"}), place)
        asks = found[0].text in {"is", "would", "wd"} or found[end].text == "?"
        leads = place == 0 and found[end].text == "?" and kind_at(found, 1) == "fill"
        if (
            token.text in {"too early", "too late", "too soon", "muy temprano", "muy tarde"}
            and asks
            and (place or leads)
        ):
            return [*found[:place], Token("fill", 0, token.text), *found[place + 1 :]]
    return found


def _is_it_open(found: list[Token]) -> list[Token]:
    """ "Are you open the 26th" asks about the business, and wishes for nothing yet."""

    def asked(place: int, token: Token) -> bool:
        return (
            token.text in {"open", "closed"}
            and place > 1
            and found[place - 1].text in {"you", "u", "yall", "they", "guys", "it"}
            and found[place - 2].text in {"are", "r", "is", "you", "u", "do", "does"}
            and kind_at(found, place - 3) in ENDS | {"comma"}
        )

    return renamed(found, "word", asked)


def _not_now(found: list[Token]) -> list[Token]:
    """ "Ahorita no sé" does not want it now; "vengan ahorita no aguanto" does."""
    for place, token in enumerate(found[:-1]):
        begins = kind_at(found, place - 1) in {"", "stop", "comma", "noise"}
        if (
            token.text in _NOW
            and begins
            and (kind_at(found, place + 1) in {"no", "not"} or _is_doing(found, place + 1))
        ):
            return [*found[:place], *found[place + 1 :]]
    return found


def _is_doing(found: list[Token], place: int) -> bool:
    """ "Ahorita ando manejando"."""
    two = [each.text for each in found[place : place + 2]]
    return len(two) > 1 and two[0] in {"ando", "estoy", "voy"} and two[1].endswith(("ando", "iendo"))


_NOW = frozenset({"ahorita", "ahora", "ahora mismo", "right now", "de momento", "por ahora"})


def _or_no(found: list[Token]) -> list[Token]:
    """ "Fri nite or no?" asks for friday night."""
    for place, token in enumerate(found[:-1]):
        if token.kind == "or" and found[place + 1].text in {"no", "not"} and kind_at(found, place + 2) in ENDS:
            return [*found[:place], *found[place + 2 :]]
    return found


def _if_you_work_then(found: list[Token]) -> list[Token]:
    """ "Sun evening, if yall even work sundays" wishes for that sunday alone."""
    for place, token in enumerate(found):
        if token.text not in {"if", "si"}:
            continue
        end = clause_end(found, place)
        timed = [each for each in found[place:end] if each.kind in TIMES | {"dows"}]
        named = {each.value for each in found[:place] if each.kind == "dow"}
        if [each.kind for each in timed] == ["dows"] and timed[0].value in named:
            return [*found[:place], *found[end:]]
    return found


def _do_you_work(found: list[Token]) -> list[Token]:
    """ "¿Atienden los domingos?", "do you work sundays": asks about the business, and wishes for nothing yet."""
    for place, token in enumerate(found):
        if token.text not in _OPENS:
            continue
        ahead = found[_begin(found, place) : place]
        if not all(each.kind in _BEFORE_A_QUESTION or each.text in _ASKER for each in ahead):
            continue
        step = place + 1 + (place + 1 < len(found) and found[place + 1].text in _SERVICE)
        if token.text in _HAS and step == place + 1:
            continue
        end = next((at for at in range(place, len(found)) if found[at].kind in {"stop", "comma"}), len(found))
        clause = found[step:end]
        alone = all(each.kind in _OF_A_QUESTION for each in clause)
        if alone and any(each.kind in {"dows", "dow", "weekends", "feast"} for each in clause):
            return [
                *(each if at < step else Token("word", 0, each.text) for at, each in enumerate(found[:end])),
                *found[end:],
            ]
    return found


def _begin(found: list[Token], place: int) -> int:
    return next((at + 1 for at in range(place - 1, -1, -1) if found[at].kind in {"stop", "comma"}), 0)


_BEFORE_A_QUESTION = frozenset({"noise", "fill", "and"})
_ASKER = frozenset({"ustedes", "tambien", "si", "y", "pregunta", "una", "hola", "disculpe"})
_OPENS = frozenset({"abren", "atienden", "trabajan", "laboran", "tienen", "dan", "hay", "prestan"})
_HAS = frozenset({"tienen", "dan", "hay", "prestan"})
_SERVICE = frozenset({"servicio", "atencion", "consulta"})
_OF_A_QUESTION = frozenset({"dows", "dow", "weekends", "feast", "and", "or", "on", "the", "fill", "part", "in"})


def _will_say_later(found: list[Token]) -> list[Token]:
    """ "Al rato le digo", "al ratito te confirmo": what they will say then is no wish."""
    for place, token in enumerate(found[:-1]):
        behind = [each.text for each in found[place + 1 : place + 3]]
        said = " ".join(behind).split(" ")
        tells = said[:1] and said[0] in _TO_YOU and len(said) > 1 and said[1] in _SAYS
        if token.text in _LATER and tells:
            begin, end = _begin(found, place), clause_end(found, place)
            told = [Token("word", 0, each.text) if at >= place else each for at, each in enumerate(found[:end])]
            return [*told[:begin], *told[begin:end], *found[end:]]
    return found


_LATER = frozenset({"al rato", "al ratito", "mas al rato", "luego", "mas tarde"})
_TO_YOU = frozenset({"le", "les", "te"})
_SAYS = frozenset({"digo", "aviso", "marco", "confirmo", "llamo", "hablo", "mando", "escribo", "contesto", "mensajeo"})


def _not_sure(found: list[Token]) -> list[Token]:
    """ "Tues maybe 1 maybe 2 not sure": a doubt about what was named; "not sure if you can" wishes."""
    last = len(found) - 1
    while last > 0 and found[last].kind in {"stop", "fill", "noise"}:
        last -= 1
    named = any(each.kind in TIMES for each in found[:last])
    if last > 0 and found[last].text in {"not sure", "no se"} and named:
        return [*found[:last], Token("unsure", 0, found[last].text), *found[last + 1 :]]
    return found


def _not_asked_yet(found: list[Token]) -> list[Token]:
    """ "Maybe the 8th, havent asked my wife": a doubt about what was named."""
    for place in range(2, len(found) - 2):
        asked = found[place].text in _NOT_YET and found[place + 1].text in _ASKED
        of_them = found[place + 2].kind == "my" or found[place + 2].text in _OF_THEM
        if asked and of_them and {each.kind for each in found[:place]} & TIMES:
            return [*found[:place], Token("unsure", 0, found[place].text), *found[place + 2 :]]
    return found


_NOT_YET = frozenset({"havent", "have not", "didnt", "no le he", "no he"})
_ASKED = frozenset({"asked", "ask", "checked", "talked", "spoken", "told", "preguntado", "checado", "hablado"})
_OF_THEM = frozenset({"with", "w", "to", "him", "her", "them", "con", "a"})


def _at_once(found: list[Token]) -> list[Token]:
    """ "Mande la grua ya", "necesito un cerrajero ya": now."""

    def at_once(place: int, token: Token) -> bool:
        asked = any(each.text in _SEND for each in found[_begin(found, place) : place])
        return token.text == "ya" and asked and kind_at(found, place + 1) in ENDS | {"comma"}

    return [Token("asap", 0, "vengan ya") if at_once(place, token) else token for place, token in enumerate(found)]


_SEND = frozenset(
    {"mande", "manden", "mandenme", "mandeme", "envie", "envien", "venga", "vengan", "necesito", "ocupo", "urge"}
    | {"traigan", "traiga", "necesitamos", "ocupamos"}
)


def _for_my(found: list[Token]) -> list[Token]:
    """ "Sat morning 4 my nails" is for them."""

    def is_for(place: int, token: Token) -> bool:
        told = kind_at(found, place - 1) in {"part", "am", "pm", "clock"} and place > 0
        thing = kind_at(found, place + 1) == "my" and kind_at(found, place + 2) in {"word", "event", "happening"}
        return token.text == "4" and told and thing

    return renamed(found, "fill", is_for)


_TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"4"}), _for_my),
    (_NOT_YET, _not_asked_yet),
    (frozenset({"ya"}), _at_once),
    (ALWAYS, _not_sure),
    (ALWAYS, _do_you_work),
    (ALWAYS, _will_say_later),
    (ALWAYS, _or_no),
    (ALWAYS, _not_now),
    (ALWAYS, _counts),
    (ALWAYS, _wednesday_like),
    (ALWAYS, _when_you_can),
    (ALWAYS, _or_after),
    (ALWAYS, _have_you_any),
    (ALWAYS, _if_you_work_then),
    (ALWAYS, _is_it_too_early),
    (ALWAYS, _is_it_open),
)
