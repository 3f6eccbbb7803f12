"""Days and hours that are only half said, spelled out: "nov 12, 13 or 14", "tuesday on", "there in 20".

It names, for each, the word that was left out; it must never take a count for a day.
"""

from calendar import monthrange

from answerback.understanding.when.hours import LAST_HOUR
from answerback.understanding.when.numbered import is_day_number, numbered
from answerback.understanding.when.tokens import Token, is_spanish_to, kind_at
from answerback.understanding.when.turns import CLOCKS, DAYS, NAMED_DAYS, SO, Turn, renamed, turned

_ENDS = frozenset({"", "stop", "comma"})


def spelled_out(found: list[Token]) -> list[Token]:
    """The tokens with what was left out."""
    return turned(found, _TURNS)


def _onwards(found: list[Token]) -> list[Token]:
    """ "Tuesday on", "wednesday on is fine" are from that day on."""
    for place in range(1, len(found)):
        behind = found[place + 1] if place + 1 < len(found) else Token("")
        goes_on = behind.kind in _ENDS | {"good"} or behind.text in _GOES_ON or _is_free(behind)
        hour = found[place - 1].kind in {"num", "clock", "am", "pm", "ish"} and behind.kind in {"", "stop"}
        if found[place].text != "on" or not (hour or (found[place - 1].kind in NAMED_DAYS and goes_on)):
            continue
        if hour:
            return [*found[:place], Token("later_open", 0, "on"), *found[place + 1 :]]
        begin = place - 1
        while begin and kind_at(found, begin - 1) in {"the", "on"}:
            begin -= 1
        if kind_at(found, begin - 1) == "dow":
            # "from friday the 20th on"
            begin -= 1
        led = kind_at(found, begin - 1) == "from"
        return [*found[:begin], *([] if led else [Token("from")]), *found[begin:place], *found[place + 1 :]]
    return found


_GOES_ON = frozenset({"is", "im", "i", "we", "were", "works"})


def _is_free(token: Token) -> bool:
    """ "Wednesday on im wide open"."""
    return token.kind == "anytime" and token.text.split(" ")[0] in _GOES_ON


def _earliest(found: list[Token]) -> list[Token]:
    """ "At the earliest the 10th", "earliest i can do is next tuesday" are from that day on."""
    for place, token in enumerate(found):
        if not token.text.endswith(("earliest", "soonest", "mas pronto", "mas temprano")):
            continue
        step = place + 1
        day_behind = {each.kind for each in found[step : step + 4]} & {"dow", "tomorrow", "today", "ord"}
        if day_behind and found[step].text in {"u", "you", "yall", "you got", "u got", "you have"}:
            # "earliest you got thursday"
            return [*found[:place], *found[step:]]
        while kind_at(found, step) in {"good", "fill", "wish", "event"} or (
            step < len(found) and found[step].text in {"i", "we", "is", "es", "be"}
        ):
            step += 1
        day = step
        while kind_at(found, day) in {"the", "on", "this", "next", "comes"}:
            day += 1
        if not place and step == 2 and found[1].text in {"is", "es"} and kind_at(found, step) in CLOCKS:
            # "earliest is 10": hours from then on
            return [Token("from", 0, token.text), *found[step:]]
        if not place or kind_at(found, place - 1) in NAMED_DAYS | {"comma", "stop"}:
            hour = step + (kind_at(found, step) == "at")
            if kind_at(found, hour) in CLOCKS and token.text in _SOONEST:
                # "thurs earliest 2"
                return [*found[:place], Token("from", 0, token.text), *found[hour:]]
        begins = place and kind_at(found, place - 1) not in _ENDS | {"but", "the", "my"}
        if kind_at(found, day) in NAMED_DAYS | {"month"} and not begins:
            return [*found[:place], Token("from", 0, token.text), *found[step:]]
    return found


_SOONEST = frozenset({"earliest", "soonest", "the earliest", "the soonest", "at the earliest"})


def _from_the_day(found: list[Token]) -> list[Token]:
    """ "Monday earliest" is from monday on, "thurs 2 earliest" from two."""

    def ends(place: int, token: Token) -> bool:
        return (
            token.text in {"earliest", "soonest"}
            and kind_at(found, place - 1) in NAMED_DAYS | CLOCKS | {"am", "pm"}
            and kind_at(found, place + 1) in _ENDS
        )

    return renamed(found, "earliest_open", ends)


def _some_morning(found: list[Token]) -> list[Token]:
    """ "One morning next week" is any of them; "two fridays from now" counts, and which one is asked."""
    told = list(found)
    for place, token in enumerate(found):
        if token.kind != "num" or token.text.isdigit():
            continue
        if token.text in {"one", "una"} and kind_at(found, place + 1) in {"part", "evening", "day"} and place == 0:
            told[place] = Token("fill", 0, token.text)
        elif kind_at(found, place + 1) in {"dow", "dows"} and kind_at(found, place + 2) == "now_on":
            told[place], told[place + 2] = Token("fill", 0, token.text), Token("vague_day", 0, "from now")
    return told


def _half_past_noon(found: list[Token]) -> list[Token]:
    """ "Half past noon", "quarter to noon"."""
    return [
        Token("num", LAST_HOUR, token.text)
        if token.kind == "noon" and kind_at(found, place - 1) in {"half_past", "quarter_past", "quarter_to"} and place
        else token
        for place, token in enumerate(found)
    ]


def _between_again(found: list[Token]) -> list[Token]:
    """ "Between 9 and noon or 2 and 5": the second is between as well."""
    for place, token in enumerate(found):
        if token.kind != "between":
            continue
        for step in range(place + 3, min(place + 8, len(found) - 3)):
            two = [kind_at(found, at) for at in (step + 1, step + 2, step + 3)]
            if (
                found[step].kind == "or"
                and two[0] in {"num", "clock"}
                and two[1:] in (["and", "num"], ["and", "clock"])
            ):
                return [*found[: step + 1], Token("between", 0, token.text), *found[step + 1 :]]
    return found


def _weeks_out(found: list[Token]) -> list[Token]:
    """ "2 weeks out" is in two weeks."""
    for place, token in enumerate(found):
        counted = place > 1 and found[place - 2].kind in {"num", "couple", "few", "a"}
        if counted and token.text == "out" and found[place - 1].kind in {"week", "day", "month"}:
            two = place > 3 and found[place - 4].kind == "num" and found[place - 3].kind in {"to", "or", "dash"}
            begin = place - (4 if two else 2)
            return [*found[:begin], Token("in"), *found[begin:place], *found[place + 1 :]]
    return found


def _minutes_meant(found: list[Token]) -> list[Token]:
    """ "I'll be there in 20", "give me like 30 mins": minutes from now."""
    for place in range(1, len(found) - 1):
        number = found[place + 1]
        counted = number.kind == "num" and number.value >= _FEWEST and kind_at(found, place + 2) in _ENDS | {"and"}
        if counted and found[place].kind == "in" and found[place - 1].text in _ARRIVING:
            return [*found[: place + 2], Token("minute", 0, "min"), *found[place + 2 :]]
    if [each.kind for each in found[:2]] == ["num", "minute"] and kind_at(found, 2) in _ENDS:
        return [Token("in", 0, "in"), *found]
    for place, token in enumerate(found[:-2]):
        begin = place + 1 + (kind_at(found, place + 1) in {"like", "around"})
        if token.text in {"give me", "gimme", "deme", "dame", "me"} and kind_at(found, begin) in {"num", "half"}:
            return [*found[:place], Token("in", 0, "in"), *found[begin:]]
    return found


def _week_from(found: list[Token]) -> list[Token]:
    """ "Week from monday" is a week from it."""
    for place, token in enumerate(found[:-2]):
        counted = kind_at(found, place - 1) in {"num", "a", "couple", "few", "this", "next", "half", "of", "the"}
        day = found[place + 2].kind in {"dow", "today", "tomorrow"}
        if (
            token.kind == "week"
            and token.text in {"week", "wk"}
            and found[place + 1].text == "from"
            and day
            and not counted
        ):
            return [*found[:place], Token("a", 0, "a"), *found[place:]]
    return found


def _through_its_end(found: list[Token]) -> list[Token]:
    """ "By close of business tuesday", "by wed night" are by tuesday and by wednesday: until its end."""
    for place, token in enumerate(found):
        evening = kind_at(found, place + 2) == "part" and found[place + 2].text in {"night", "evening"}
        if token.kind == "before" and evening and found[place + 1].kind in {"dow", "tomorrow"}:
            return [*found[:place], Token("by", 0, "by"), found[place + 1], *found[place + 3 :]]
        if token.kind != "by" and token.text not in DONE_BY:
            continue
        begin = place + 1
        while kind_at(found, begin) in {"the", "on"}:
            begin += 1
        day = begin + 1 + (kind_at(found, begin + 1) in {"of", "on"})
        if found[begin : begin + 1] and found[begin].text == "eod" and kind_at(found, day) in NAMED_DAYS - {"today"}:
            return [*found[: place + 1], *found[day:]]
        late = kind_at(found, begin + 1) == "part" and found[begin + 1].text in {"night", "eod", "evening"}
        if kind_at(found, begin) in {"dow", "tomorrow"} and late:
            return [*found[: begin + 1], *found[begin + 2 :]]
    return found


DONE_BY = frozenset({"done by", "back by", "finished by"})


def _work_done_by(found: list[Token]) -> list[Token]:
    """ "Wed or thurs but done by 3": the work, where nobody was told of who could be done by then."""
    for place in range(1, len(found)):
        led = found[place - 1].kind == "but" or found[place - 1].text in SO | {"and", "pero"}
        ahead = found[:place]
        named = any(each.kind in DAYS for each in ahead)
        theirs = any(each.text in _DOERS or each.kind in _OF_THEIRS for each in ahead)
        if found[place].text in {"done by", "finished by"} and led and named and not theirs:
            return [*found[:place], Token("by", 0, found[place].text), *found[place + 1 :]]
    return found


_DOERS = frozenset({"i", "im", "ill", "we", "were", "he", "hes", "she", "shes", "they", "theyre", "kids"})
_OF_THEIRS = frozenset({"my", "event", "happening", "bad", "not", "past", "leave"})


def _half_of_month(found: list[Token]) -> list[Token]:
    """ "Second half of november" is from the 16th on."""
    for place, token in enumerate(found[:-2]):
        month = place + 2 + (kind_at(found, place + 2) == "of")
        halved = token.kind == "ord" and token.value in {1, 2} and found[place + 1].kind == "half"
        if halved and kind_at(found, month) == "month" and found[month].value:
            first, last = (1, 15) if token.value == 1 else (16, monthrange(_LEAPLESS, found[month].value)[1])
            begin, end = Token("ord", first, str(first)), Token("ord", last, str(last))
            told = [found[month], begin, Token("to", 0, "to"), found[month], end]
            return [*found[:place], *told, *found[month + 1 :]]
    return found


_LEAPLESS = 2027


def _days_of_al(found: list[Token]) -> list[Token]:
    """ "Me la pasa al 29", "del 19 para delante" name days of the month."""
    for place, token in enumerate(found[:-1]):
        number = found[place + 1]
        dated = number.kind == "num" and is_day_number(found, place + 1) and number.value > LAST_HOUR
        if token.text == "al" and dated and kind_at(found, place - 1) not in {"num", "ord", "dow", "month"}:
            day = Token("ord", number.value, number.text)
            return [*found[:place], Token("on", 0, "el"), day, *found[place + 2 :]]
        if token.kind in _TOWARDS and token.text.endswith("el") and dated:
            # "hasta el 20"
            return [*found[: place + 1], Token("ord", number.value, number.text), *found[place + 2 :]]
        opens = token.text in {"de", "del"} and kind_at(found, place + 2) == "later_open"
        opens = opens and (number.kind != "num" or token.text == "del" or number.value > LAST_HOUR)
        if opens and number.kind in {"num", "dow", "ord"}:
            day = Token("ord", number.value, number.text) if number.kind == "num" else number
            return [*found[:place], Token("from", 0, "desde"), day, *found[place + 3 :]]
    return found


_TOWARDS = frozenset({"until", "before", "after", "from", "by"})


def _from_until(found: list[Token]) -> list[Token]:
    """ "Desde la una hasta las cinco" and "desde el lunes hasta el miercoles" are no past."""
    for place, token in enumerate(found):
        hour = place + 1 + (kind_at(found, place + 1) in {"the", "at", "on"})
        if token.text != "desde" or kind_at(found, hour) not in {"num", "clock", "noon", "dow", "ord"}:
            continue
        if "until" in {each.kind for each in found[hour + 1 : hour + 5]}:
            return [*found[:place], Token("from", 0, token.text), *found[place + 1 :]]
    return found


def _of_next_week(found: list[Token]) -> list[Token]:
    """ "Next week monday to wednesday" names the days of that week."""
    for place, token in enumerate(found[:-3]):
        if token.kind != "next" or found[place + 1].kind != "week":
            continue
        day = place + 2
        while kind_at(found, day) in {"comma", "of", "on", "the", "from"}:
            day += 1
        joined = kind_at(found, day + 1) == "to" or is_spanish_to(found, day + 1)
        if kind_at(found, day) == "dow" and joined and kind_at(found, day + 2) == "dow":
            told = [found[day], Token("to", 0, "to"), found[day + 2], *found[place : place + 2]]
            return [*found[:place], *told, *found[day + 3 :]]
    return found


_ARRIVING = frozenset({"there", "here", "back", "over", "home", "be there", "alla", "ahi", "llego"})
_FEWEST = 5


def _weeknights(found: list[Token]) -> list[Token]:
    """ "Any weeknight next week" is the evening of a weekday."""
    for place, token in enumerate(found):
        if token.kind == "weeknights" or token.text.startswith(("weeknight", "week night")):
            behind = place + 1
            while kind_at(found, behind) in {"next", "this", "week"}:
                behind += 1
            weekdays = Token("weekdays", token.value, "weekdays")
            return [*found[:place], weekdays, *found[place + 1 : behind], Token("part", 0, "evening"), *found[behind:]]
    return found


def _saturday(found: list[Token]) -> list[Token]:
    """The "sat" of "next sat around 11" and "any sat in may" is a day, and nobody sat around."""
    for place, token in enumerate(found[:-1]):
        if token.text.split(" ")[0] == "sat" and token.kind == "noise" and kind_at(found, place - 1) in _SOME:
            rest = [Token(word, 0, word) for word in token.text.split(" ")[1:]]
            return [*found[:place], Token("dow", 5, "sat"), *rest, *found[place + 1 :]]
    for place, token in enumerate(found):
        if token.text == "sat around" and kind_at(found, place - 1) in {"next", "this", "on", "or"}:
            day = Token("dow", 5, "sat")
            return [*found[:place], day, Token("around", 0, "around"), *found[place + 1 :]]
    return found


_SOME = frozenset({"any", "next", "this"})


def _anytime_of_parts(found: list[Token]) -> list[Token]:
    """ "Anytime mon thru thurs, mornings": not all day, where only a part of it is named behind the days."""
    for place, token in enumerate(found[:-3]):
        end = place + 1
        while kind_at(found, end) in _ROW:
            end += 1
        behind = end + 2 + (kind_at(found, end + 2) == "fill")
        part = kind_at(found, end) == "comma" and kind_at(found, end + 1) in {"part", "noonish"}
        ends = kind_at(found, behind) in {"", "stop", "but"}
        if token.kind == "anytime" and token.text in _ALL_DAY and end > place + 1 and part and ends:
            return [*found[:place], *found[place + 1 : end], *found[end + 1 :]]
    return found


_ROW = NAMED_DAYS | {"to", "dash", "or", "and", "the", "on", "of", "this", "next", "week", "weekdays", "weekends", "a"}
_ALL_DAY = frozenset({"anytime", "any time", "whenever", "any day", "cuando sea", "a cualquier hora", "cualquier dia"})


def _either_day(found: list[Token]) -> list[Token]:
    """ "Sunday, else monday, 1 pm either day": the hour is that of both days."""
    end = len(found) - (kind_at(found, len(found) - 1) == "stop" and bool(found))
    either = end - 2
    if either < 3 or found[either].text not in {"either", "both"} or kind_at(found, end - 1) != "day":
        return found
    days = [at for at in range(either) if found[at].kind in NAMED_DAYS]
    hour = next((at for at in range(either) if found[at].kind in _OF_HOURS), either)
    if len(days) != 2 or hour < days[1] or hour == either:
        return found
    if any(each.kind not in _BETWEEN_DAYS for each in found[days[0] + 1 : days[1]]):
        return found
    if any(each.kind not in {"comma", "at", "fill", "good"} for each in found[days[1] + 1 : hour]):
        return found
    return [*found[: days[0] + 1], Token("or", 0, "or"), found[days[1]], *found[hour:either], *found[end:]]


_OF_HOURS = frozenset({"num", "clock", "noon", "after", "before", "between", "by", "around", "part"})
_BETWEEN_DAYS = frozenset({"comma", "stop", "or", "fill", "the", "on", "good"})

_TURNS: tuple[Turn, ...] = (
    _either_day,
    _anytime_of_parts,
    _saturday,
    _from_the_day,
    _earliest,
    numbered,
    _half_past_noon,
    _some_morning,
    _week_from,
    _through_its_end,
    _work_done_by,
    _of_next_week,
    _half_of_month,
    _days_of_al,
    _from_until,
    _onwards,
    _minutes_meant,
    _between_again,
    _weeks_out,
    _weeknights,
)
