"""What takes place, or took place, on a day that is no wish: "having 14 people over on the 26th", "is tom in".

It renames and drops what only tells; it must never drop a day that is wished for.
"""

from collections.abc import Sequence

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import DAYS, ENDS, HOURS, LEADS, NAMED_DAYS, Turn, behind_leads, clause_end


def _was_fine(found: list[Token]) -> list[Token]:
    """ "Monday was fine last time thanks again" tells of a visit that is over."""
    for place in range(1, len(found) - 2):
        was = found[place].text in {"was", "worked", "estuvo"} and found[place - 1].kind in NAMED_DAYS | {"part"}
        step = place + 1
        while kind_at(found, step) in {"good", "fill"}:
            step += 1
        if was and kind_at(found, step) == "last" and found[step + 1 : step + 2] and found[step + 1].text == "time":
            return [*found[: place - 1], Token("past", 0, "was"), *found[step + 2 :]]
    return found


def _having_over(found: list[Token]) -> list[Token]:
    """ "Having 14 people over on the 26th", "hosting saturday": theirs, and no wish."""
    for place, token in enumerate(found):
        if token.text not in {"having", "hosting"}:
            continue
        end = clause_end(found, place)
        over = next((at for at in range(place + 1, min(place + _OVER, end)) if found[at].text == "over"), 0)
        over = over or (place if token.text == "hosting" else 0)
        day = behind_leads(found, over + 1)
        people = {each.kind for each in found[place + 1 : over]} <= {
            "word",
            "num",
            "my",
            "the",
            "a",
            "fill",
            "few",
            "some",
        }
        alone = not {each.kind for each in [*found[:place], *found[end:]]} & (DAYS | HOURS | {"good", "wish"})
        ends = kind_at(found, day + 1) in ENDS
        if over and people and alone and ends and kind_at(found, day) in NAMED_DAYS | {"weekend"}:
            told = [Token("word", 0, each.text) if each.kind == "num" else each for each in found[place + 1 : over]]
            return [*found[:place], *told, Token("event", 0, token.text), *found[over + 1 :]]
    return found


_OVER = 6


def _guests_come(found: list[Token]) -> list[Token]:
    """ "Van a venir 20 personas el sabado", "voy a tener visita el 20": theirs, and no wish."""
    for place, token in enumerate(found):
        day = behind_leads(found, place + 1)
        begin = next((at + 1 for at in range(place - 1, -1, -1) if found[at].kind in {"comma", "stop", "but"}), 0)
        ahead = found[begin:place]
        end = clause_end(found, place)
        alone = not {each.kind for each in [*found[:begin], *found[end:]]} & (DAYS | HOURS | {"good", "wish"})
        plain = {each.kind for each in ahead} <= {"word", "num", "a", "fill", "my", "the", "happening", "wish"}
        if token.text not in _GUESTS or not ahead or not (alone and plain) or not _come(ahead, token):
            continue
        if kind_at(found, day + 1) not in ENDS or found[-1].text == "?":
            continue
        if kind_at(found, day) in NAMED_DAYS | {"weekend"} or (day > place + 1 and kind_at(found, day) == "num"):
            told = [Token("word", 0, each.text) for each in ahead]
            return [*found[:begin], *told, Token("event", 0, token.text), *found[place + 1 :]]
    return found


_GUESTS = frozenset({"personas", "invitados", "gente", "visita", "visitas", "familia", "familiares", "fiesta"})
_HAD = frozenset({"visita", "visitas", "invitados", "fiesta"})


def _come(ahead: Sequence[Token], guests: Token) -> bool:
    """ "Van a venir 20 personas", "tengo visita"; "vamos 4 personas" and "va mi visita" are who comes to us."""
    texts = [each.text for each in ahead]
    come = texts[0] in {"vienen", "llega", "llegan", "vendran"} or texts[1:3] == ["a", "venir"]
    have = texts[0] in {"tengo", "tenemos", "tendremos"} or texts[1:3] == ["a", "tener"]
    return (come or (have and guests.text in _HAD)) and not {"su", "mi", "para", "con"} & set(texts)


def _boss_says(found: list[Token]) -> list[Token]:
    """ "Maybe friday? depends on my boss": the doubt is about the day before it."""
    for place, token in enumerate(found):
        if not token.text.startswith(("depends", "depende", "depending")) or place < 2:
            continue
        apart = kind_at(found, place - 1) in {"stop", "comma"} or found[place - 1].text in {"it", "its", "just"}
        begin = place - 1
        while begin and kind_at(found, begin) in {"stop", "comma", "fill"}:
            begin -= 1
        # "friday at 3, depending on traffic" is told already
        day = kind_at(found, begin) in NAMED_DAYS | {"part"}
        if apart and day and not {each.kind for each in found[place:]} & NAMED_DAYS:
            return [*found[: begin + 1], Token("comma"), Token("unsure", 0, "not sure yet"), *found[place + 1 :]]
    return found


def _tom(found: list[Token]) -> list[Token]:
    """ "Is tom still working there", "tom came out monday" name somebody."""

    def is_name(place: int) -> bool:
        behind = found[place + 1] if place + 1 < len(found) else Token("")
        there = behind.text in {"there", "here", "in"} and kind_at(found, place + 2) in ENDS | {"today"}
        asked = found[place - 1].text in {"is", "was"} and place == 1 and (there or _still_works(found, place + 1))
        led = place > 0 and found[place - 1].text in {"ask", "tell", "with", "named", "ask for", "told"}
        led = led or [each.text for each in found[max(place - 2, 0) : place]] == ["ask", "for"]
        greeted = place > 0 and found[place - 1].text in {"hi", "hey"} and behind.kind == "comma"
        called = place > 0 and found[place - 1].text == "have" and behind.text in {"call", "call me", "come", "text"}
        return asked or led or greeted or called or behind.text in _DID

    return [
        Token("word", 0, token.text) if token.text == "tom" and token.kind == "tomorrow" and is_name(place) else token
        for place, token in enumerate(found)
    ]


def _still_works(found: Sequence[Token], place: int) -> bool:
    """ "Is tom still working there", "is tom working"; "is tom still ok" asks about tomorrow."""
    step = place + (place < len(found) and found[place].text == "still")
    return step < len(found) and found[step].text in _WORKS


_WORKS = frozenset({"working", "employed"})
_DID = frozenset({"said", "told", "came", "fixed", "quoted", "gave", "left", "installed", "says", "told me"})


def _is_holiday(found: list[Token]) -> list[Token]:
    """ "Is friday a holiday for you guys" asks about the business."""
    if not found or found[0].text not in {"is", "es"}:
        return found
    if found[1].text in _HOLIDAY and found[-1].text == "?":
        asked = behind_leads(found, 2, LEADS | {"fill"})
        return [Token("word", 0, each.text) if asked == at else each for at, each in enumerate(found)]
    day = behind_leads(found, 1)
    step = day + 1 + (kind_at(found, day + 1) == "a")
    if kind_at(found, day) in NAMED_DAYS and step < len(found) and found[step].text in _HOLIDAY:
        return [Token("word"), *found[step:]]
    return found


_HOLIDAY = frozenset({"holiday", "feriado", "festivo"})


def _of_age(found: list[Token]) -> list[Token]:
    """ "I'll be 70 in june" tells an age."""
    for place in range(len(found) - 3):
        will = [each.text for each in found[place : place + 2]] in (["ill", "be"], ["shell", "be"], ["hell", "be"])
        number, month = found[place + 2], found[place + 4] if place + 4 < len(found) else Token("")
        if will and number.kind == "num" and number.value > _HOURS_OF_A_DAY and month.kind in {"month", "dow", "week"}:
            return [*found[: place + 2], Token("event", 0, "birthday"), *found[place + 3 :]]
    return found


_HOURS_OF_A_DAY = 12


def _elsewhere(found: list[Token]) -> list[Token]:
    """ "El viernes estoy en la ciudad, el sabado en casa", "ill be in dallas friday, saturday im home"."""
    named = [at for at, each in enumerate(found) if each.kind in NAMED_DAYS]
    for place, token in enumerate(found[:-2]):
        away = token.text in _AM and found[place + 1].text in {"in", "en", "at"} and len(named) > 1
        step = place + 2 + (kind_at(found, place + 2) in {"the", "a"})
        if not away or kind_at(found, step) != "word" or found[step].text in _HERE:
            continue
        end = clause_end(found, place)
        day = next((at for at in named if place - 1 <= at < end), None)
        begin = next((at + 1 for at in range(place - 1, -1, -1) if found[at].kind in {"comma", "stop", "but"}), 0)
        only = [at for at in named if begin <= at < end]
        refused = {each.kind for each in found[begin:end]} & {"not", "bad", "no", "good", "or", "until", "wish"}
        if not _is_home(found[end:]) or any(each.kind in {"for", "word"} for each in found[step + 1 : end]):
            continue
        if day is not None and len(only) == 1 and not refused and found[only[0]] not in _without(found, only[0]):
            return [*found[:place], Token("bad", 0, "im out"), *found[step + 1 :]]
    return found


def _is_home(other: Sequence[Token]) -> bool:
    """Is the other day wished for, or one they are at home? "Saturday no" and "gone saturday" are not."""
    kinds = {each.kind for each in other}
    home = bool(kinds & {"good", "wish"}) or any(each.text in {"casa", "home"} for each in other)
    return home and not kinds & {"not", "bad", "no", "leave", "except"} and not {e.text for e in other} & _AWAY


_AWAY = frozenset({"gone", "out", "leaving", "nobody", "salgo", "fuera", "no"})


def _without(found: Sequence[Token], place: int) -> list[Token]:
    return [each for at, each in enumerate(found) if at != place]


_AM = frozenset({"im", "be", "estoy", "ando", "estare", "am", "were", "andamos", "estamos"})
_HERE = frozenset(
    {
        "x",
        "room",
        "no",
        "casa",
        "home",
        "house",
        "town",
        "aqui",
        "area",
        "building",
        "apartment",
        "shop",
        "office",
        "taller",
    }
)

TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (frozenset({"tom"}), _tom),
    (frozenset({"last"}), _was_fine),
    (frozenset({"having", "hosting"}), _having_over),
    (_GUESTS, _guests_come),
    (frozenset({"if"}), _boss_says),
    (_HOLIDAY, _is_holiday),
    (frozenset({"be"}), _of_age),
    (_AM, _elsewhere),
)
"""What may be there by one of these kinds or words, in their order."""
