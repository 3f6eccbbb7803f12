"""Turns of those who tell how far a time reaches: "first half of next week", "early to mid april".

It renames, moves and adds tokens before the others are looked at; it must never take a time for another.
"""

from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import (
    ALWAYS,
    CLAUSE_ENDS,
    CLOCKS,
    ENDS,
    HOURS,
    LEADS,
    NAMED,
    TIMES,
    Turn,
    behind_leads,
    clause_begin,
    renamed,
    turned_where,
)

_FROM = Token("from", 0, "from")


def stretched(found: list[Token]) -> list[Token]:
    """The tokens with every stretch told from its begin to its end."""
    return turned_where(found, _TURNS)


def _half_of_week(found: list[Token]) -> list[Token]:
    """ "First half of next week" is monday to wednesday, "the back half" thursday and friday."""
    for place, token in enumerate(found[:-2]):
        if found[place + 1].text not in _HALVES or token.text not in _FIRST | _SECOND:
            continue
        which = behind_leads(found, place + 2, _OF)
        length = 2 if kind_at(found, which) in {"this", "next"} else 1
        if kind_at(found, which + length - 1) != "week":
            continue
        first, last = (0, 2) if token.text in _FIRST else (3, 4)
        week = found[which : which + length]
        days = [Token("dow", first, "mon"), Token("to", 0, "to"), Token("dow", last, "wed")]
        week = week if length > 1 else [Token("this", 0, "this"), *week]
        begin = place - (kind_at(found, place - 1) == "the" and place > 0)
        behind = which + length + (found[which + length : which + length + 1] == [Token("next", 0, "que viene")])
        if behind > which + length:
            week = [Token("next", 0, "next"), found[which]]
        return [*found[:begin], *days, *week, *found[behind:]]
    return found


_OF = frozenset({"of", "the", "on"})
_HALVES = frozenset({"half", "part", "mitad"})
_FIRST = frozenset({"first", "front", "1st", "primera"})
_SECOND = frozenset({"second", "2nd", "back", "last", "latter", "other", "segunda"})


def _weeks_of_month(found: list[Token]) -> list[Token]:
    """ "1st or 2nd week of april" names two weeks."""
    for place in range(len(found) - 3):
        kinds = [each.kind for each in found[place : place + 4]]
        if kinds == ["ord", "or", "ord", "week"]:
            end = place + 4 + (kind_at(found, place + 4) == "of")
            month = found[place + 3 : end + 1] if kind_at(found, end) in {"month", "next", "this"} else []
            if month:
                return [*found[: place + 1], *month, *found[place + 1 :]]
    return found


def _latest(found: list[Token]) -> list[Token]:
    """ "Earliest thursday latest saturday", "latest 6pm": no later than that."""
    for place, token in enumerate(found):
        step = behind_leads(found, place + 1, LEADS | {"at"})
        begins = place == 0 or found[place - 1].kind in CLAUSE_ENDS | {"and", "dow", "tomorrow", "or"}
        if token.text in {"latest", "the latest"} and begins and kind_at(found, step) in NAMED | CLOCKS:
            return [*found[:place], Token("by", 0, token.text), *found[place + 1 :]]
    return found


def _hour_ahead(found: list[Token]) -> list[Token]:
    """ "An hour before noon" names the hour that it is before, and which one that comes to is asked."""
    for place in range(1, len(found) - 1):
        counted = found[place - 1].kind in {"a", "num", "half", "couple"} and found[place].kind in {"hour", "minute"}
        side = kind_at(found, place + 1)
        begin = place + 2 + (kind_at(found, place + 2) in {"my", "the", "at"})
        if counted and side in {"before", "after"} and kind_at(found, begin) in CLOCKS:
            return [*found[: place - 1], Token("vague_day", 0, "an hour before"), *found[place + 1 :]]
    return found


def _in_so_long(found: list[Token]) -> list[Token]:
    """ "Couple hours", "give me an hour": in so long."""
    given = 0
    while given < len(found) and found[given].text in _GIVEN:
        given += 1
    count = given + 1 + (kind_at(found, given) == "a" and kind_at(found, given + 1) in {"couple", "few"})
    counted = kind_at(found, given) in {"a", "couple", "few", "half"} or (given and kind_at(found, given) == "num")
    if counted and kind_at(found, count) in {"hour", "minute"} and kind_at(found, count + 1) in ENDS:
        return [Token("in", 0, "in"), *found[given:]]
    return found


_GIVEN = frozenset({"give", "me", "gimme", "give me", "us", "need", "i", "like", "deme", "dame", "denme", "about"})


def _early_to_mid(found: list[Token]) -> list[Token]:
    """ "Early to mid april" is the first two thirds of it, "mid to late april" the last."""
    for place in range(len(found) - 3):
        first, link, second, month = (each.kind for each in found[place : place + 4])
        named = link in {"to", "or", "and", "dash", "slash"} and month == "month" and found[place + 3].value
        if named and (first, second) in {("early", "mid"), ("mid", "late")}:
            return [*found[: place + 1], found[place + 3], Token("or", 0, "or"), *found[place + 2 :]]
    return found


def _all_week(found: list[Token]) -> list[Token]:
    """ "All week is good", "wide open": what is left of this week, and any day."""
    timed = {each.kind for each in found} & (TIMES | {"weekdays", "anytime"})
    if [each.text for each in found[:1]] == ["all week"] and kind_at(found, 1) == "good" and not timed:
        return [Token("this", 0, "this"), Token("week", 0, "week"), *found[1:]]
    words = [each.text for each in found if each.kind == "word"]
    opens = next((at for at, each in enumerate(found) if each.text == "wide open"), None)
    if opens is not None and not timed and set(words) <= _CALENDARS:
        return [*found[:opens], Token("anytime", 0, "any time"), *found[opens + 1 :]]
    return found


_CALENDARS = frozenset({"schedule", "calendar", "pretty", "totally", "im"})


def _last_of_day(found: list[Token]) -> list[Token]:
    """ "Last slot friday", "your last opening tomorrow": towards the end of that day."""
    for place, token in enumerate(found[:-1]):
        if token.kind == "last_one" and token.text.endswith(("slot", "opening")) and found[place + 1].kind in NAMED:
            return [*found[:place], found[place + 1], Token("part", 0, "eod"), *found[place + 2 :]]
    return found


def _after_tomorrow(found: list[Token]) -> list[Token]:
    """ "Mañana no, pasado sí": the day after."""
    for place, token in enumerate(found):
        ahead = {each.kind for each in found[:place]}
        ends = kind_at(found, place + 1) in ENDS | {"comma", "good", "at", "or"} | HOURS
        begins = place and found[place - 1].kind in {"comma", "or", "and", "but", "stop"}
        if token.text == "pasado" and "tomorrow" in ahead and begins and ends:
            return [*found[:place], Token("overmorrow", 0, "pasado manana"), *found[place + 1 :]]
    return found


def _since_on(found: list[Token]) -> list[Token]:
    """ "Desde el 20 en adelante" is from then on."""
    for place, token in enumerate(found):
        day = behind_leads(found, place + 1)
        if token.text == "desde" and kind_at(found, day) in NAMED | {"num"} and kind_at(found, day + 1) == "later_open":
            named = found[day]._replace(kind="ord") if found[day].kind == "num" else found[day]
            return [*found[:place], _FROM, named, *found[day + 2 :]]
    return found


def _from_an_hour_on(found: list[Token]) -> list[Token]:
    """ "Sat 1 on works", "wed from 2 on": from that hour on; "2 on monday" is at two."""

    def open_end(place: int, token: Token) -> bool:
        led = place > 0 and kind_at(found, place - 1) in CLOCKS | {"am", "pm"} and token.text == "on"
        behind = place + 1 + (kind_at(found, place + 1) == "fill" or found[place + 1 : place + 2] == [_DOES])
        return led and kind_at(found, behind) in _ENDS_AN_HOUR

    return renamed(found, "later_open", open_end)


_DOES = Token("word", 0, "does")
_ENDS_AN_HOUR = ENDS | {"comma", "good", "or", "and", "but", "except", "bad", "if"}


def until_then(found: list[Token]) -> list[Token]:
    """ "Between now and 3", "from now to 5": today until then."""
    for place, token in enumerate(found):
        link = place + 1
        if token.kind in {"between", "from"} and link < len(found) and found[link].text == "now":
            link += 1
        elif token.text != "from now":
            continue
        lunch = link + 1 < len(found) and found[link + 1] == Token("part", 0, "lunch")
        if kind_at(found, link) in {"and", "to", "until"} and lunch:
            return [*found[:place], Token("today", 0, "now"), Token("part", 0, "before_lunch"), *found[link + 2 :]]
        if kind_at(found, link) in {"and", "to"} and kind_at(found, link + 1) in {"num", "clock", "noon"}:
            return [*found[:place], Token("today", 0, "now"), Token("until", 0, found[link].text), *found[link + 1 :]]
    return found


def _end_of_the_month_of(found: list[Token]) -> list[Token]:
    """ "A fin de mes de enero" is at the end of january."""
    return [
        each
        for at, each in enumerate(found)
        if not (each.text == "mes de" and kind_at(found, at - 1) in _WHERE_IN_IT and kind_at(found, at + 1) == "month")
    ]


_WHERE_IN_IT = frozenset({"early", "mid", "late"})


def _starts_at(found: list[Token]) -> list[Token]:
    """ "June 27, prefer starting around 10": when the work is to begin; "free starting at 10" is from then on."""
    for place in range(1, len(found) - 1):
        hour = place + 1 + (kind_at(found, place + 1) in {"at", "around"})
        prefers = found[place].text in _STARTING and found[place - 1].text in _PREFER
        if prefers and kind_at(found, hour) in CLOCKS and {each.kind for each in found[:place]} & (NAMED | {"month"}):
            return [*found[:place], *([Token("at", 0, "at")] if hour == place + 1 else []), *found[place + 1 :]]
    return found


_STARTING = frozenset({"starting", "start", "beginning", "to start", "empezando", "empezar"})
_PREFER = frozenset({"prefer", "i prefer", "preferably", "ideally", "rather", "prefiero", "preferred"})


def _not_past(found: list[Token]) -> list[Token]:
    """ "After 6 but not later than 7:30", "just not past 6": by then."""
    for place in range(len(found) - 2):
        refuses = found[place].kind in {"not", "except"} and found[place].text.split(" ")[-1] == "not"
        if refuses and found[place + 1].text in _LATER_THAN and kind_at(found, place + 2) in CLOCKS:
            ahead = found[:place]
            link = [] if ahead and ahead[-1].kind in {"comma", "stop"} else [Token("comma")]
            return [*ahead, *link, Token("by", 0, "by"), *found[place + 2 :]]
    return found


_LATER_THAN = frozenset({"later than", "any later than", "past"})


def _two_weeks_of_month(found: list[Token]) -> list[Token]:
    """ "The first two weeks of august" are the first and the second."""
    for place in range(len(found) - 4):
        first, count, week, of = found[place : place + 4]
        counted = first.kind == "ord" and first.value == 1 and count.kind == "num" and count.value in {2, 3}
        if counted and week.kind == "week" and of.kind in {"of", "in"}:
            weeks = [Token("ord", number + 1, str(number + 1)) for number in range(count.value)]
            end = place + 4 + (kind_at(found, place + 4) in {"this", "next"}) + 1
            whole = [Token("week", 0, "week"), *found[place + 3 : end]]
            listed = [each for at, one in enumerate(weeks) for each in ([_OR] if at else []) + [one, *whole]]
            return [*found[:place], *listed, *found[end:]]
    return found


_OR = Token("or", 0, "or")


def _and_again(found: list[Token]) -> list[Token]:
    """ "Home from 8 to 12 and then again after 5": either stretch."""
    for place in range(2, len(found) - 2):
        again = place + 1 + (found[place + 1].text in {"then", "luego", "despues"})
        side = again + 1
        hours = {each.kind for each in found[clause_begin(found, place) : place]} & HOURS
        told = (
            (found[place].kind == "and" or found[place].text == "and then")
            and hours
            and again < len(found)
            and found[again].text in _AGAIN
        )
        if told and kind_at(found, side) in {"after", "from", "before", "between", "at"} | CLOCKS:
            return [*found[:place], _OR, *found[side:]]
    return found


_AGAIN = frozenset({"again", "otra vez", "de nuevo"})


def _same_at(found: list[Token]) -> list[Token]:
    """ "Same time at 11", "same 4:45 slot": the hour is told."""
    for place, token in enumerate(found[:-1]):
        hour = place + 1 + (kind_at(found, place + 1) in {"comma", "at"})
        told = kind_at(found, hour) == "clock" or (kind_at(found, hour) == "num" and found[hour - 1].kind == "at")
        behind = hour + 1 + (kind_at(found, hour + 1) in {"am", "pm"})
        if token.kind == "same_hour" and told and kind_at(found, behind) in ENDS | {"comma", "fill", "good"}:
            return [*found[:place], Token("at", 0, "at"), *found[hour:]]
        slot = token.text == "same" and hour == place + 1 and kind_at(found, behind) in {"one_of", "word"}
        if slot and kind_at(found, hour) in CLOCKS and found[behind].text in _SLOT:
            return [*found[:place], Token("at", 0, "at"), *found[hour:behind], *found[behind + 1 :]]
    return found


_SLOT = frozenset({"slot", "time", "appointment", "appt", "spot"})


_TURNS: tuple[tuple[frozenset[str], Turn], ...] = (
    (_LATER_THAN, _not_past),
    (frozenset({"week"}), _two_weeks_of_month),
    (_AGAIN, _and_again),
    (frozenset({"same_hour", "same"}), _same_at),
    (frozenset({"mes de"}), _end_of_the_month_of),
    (_STARTING, _starts_at),
    (ALWAYS, _half_of_week),
    (ALWAYS, _weeks_of_month),
    (ALWAYS, _latest),
    (ALWAYS, _hour_ahead),
    (ALWAYS, _in_so_long),
    (ALWAYS, _early_to_mid),
    (ALWAYS, _all_week),
    (ALWAYS, _last_of_day),
    (ALWAYS, _after_tomorrow),
    (ALWAYS, _since_on),
    (ALWAYS, _from_an_hour_on),
)
