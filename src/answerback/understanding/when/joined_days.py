"""Days and weeks joined in ways that leave words out, told whole as the grammar reads them: "first tuesday or first
thursday in february", "end of this week or beginning of next", "next tues, wed or fri", "not before X and no later
than Y".

It must never join what was told apart.
"""

import re
from collections.abc import Callable

from answerback.understanding.when.called_by import IN_ORDER, MONTHS, WEEKDAYS
from answerback.understanding.when.notations import Told
from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import put


def joined_days(folded: str) -> str:
    """The text with every day and week told whole."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(
    r", [a-z]+, [a-z]+|exactly|next day or|before the day|el dia\b|xim|(?:tomorrow|today|the|coming|a) week"
    r"|\bnext[ -][a-z]|\btime (?:tom|next|[mtwfs])|day or |days? (?:after|before)|\(|as (?:late|early)"
    r"|(?:first|second|third|fourth|last|1st|2nd|3rd|4th) (?:or|to|two|2|[mtwfs][a-z]+ or)\b|(?:in|of) (?:the|my) week"
    r"|later than|\bsi y |\btho|neither|and so|no ?one|nobody|(?:otra|siguiente|proxima) cual|before that"
    r"|(?:this|next) week|lunch|from (?:now|today)|of next\b|desde|inclu|que sea|between|skip|leav|minus|not count"
    r"|exclud|except never|entre semana|weekdays|all of|, plus|earliest|\bup (?:un)?till?\b|\bh(?:as|ave)(?:n| not)"
    r"|\bdid|is (?:all|full|noth|back)|it (?:off )?(?:un)?till?\b|can (?:only )?(?:get|slip|step|sneak|break)"
    r"|which ?ever|a weekend|week as|same |mism|igual|and before|but before|but any ?time"
    r"|\bmi[nu][a-z]+s\b"
)
_DOW = rf"(?:{WEEKDAYS})"
_ORD = r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_MONTH = rf"(?:of|in) ({MONTHS}|next month)\b"
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_WEEK = r"(?:(?:next|this)(?: coming)? week|(?:la )?(?:proxima|otra|siguiente) semana|esta semana)"
_PART = {"early": "early", "earlier": "early", "late": "late", "later": "late"}
_NO_ONE = r"(?:no ?one|nobody)(?:'?s| is|'ll be| will be)? (?:home|there|here|around)"
_IS_NO_GOOD = r"neither (?:one )?(?:works?|is good|will work|is possible)(?: for (?:me|us))?"
_REFUSES = re.compile(
    r"\b(?:not?|never|nor|cant|can't|cannot|couldnt|dont|don't|doesnt|doesn't|wont|won't|isnt|isn't|except|out|busy|work"
    r"|working|class|unable|rather|nothing|leaked|leaks|leaking|broke|was|were|ni|tampoco)\b"
)
_NAMES_A_DAY = re.compile(rf"\b(?:{WEEKDAYS}|tomorrow|today|tonight|(?:{MONTHS}) \d|\d{{1,2}}(?:st|nd|rd|th))\b")


def _refused_both(match: re.Match[str]) -> str:
    """ "Tuesday or wednesday? neither works"."""
    return f"not {match[1]}, not {match[2]}."


def _any_of_a_week(match: re.Match[str]) -> str:
    """ "Friday this week, any day next week"."""
    if _is_refused(match):
        return match[0]
    return f"{match['day']} or monday to sunday {match['first'] or match['last']} week"


def _of_the_same_week(match: re.Match[str]) -> str:
    """ "Tuesday next week at 9 or wednesday at 10": a day that comes later is of that week too."""
    first, second = (_PLACES[match[day][:3]] for day in ("day", "later"))
    return f"{match[0]} next week" if second > first and not _is_refused(match) else match[0]


_PLACES = {day[:3]: place for place, day in enumerate(IN_ORDER)}


def _wished(words: str) -> Callable[[re.Match[str]], str]:
    """Puts these words, but where a refusal stands ahead of them in the clause."""
    return lambda match: match[0] if _is_refused(match) else match.expand(words)


def _is_refused(match: re.Match[str]) -> bool:
    return bool(_REFUSES.search(re.split(r"[.,;!?]", match.string[: match.start()])[-1]))


def _refused_too(match: re.Match[str]) -> str:
    """ "Tues is out, and so is thurs after 12"."""
    return f". so {match[1]} " if _is_refused(match) else match[0]


def _whichever(match: re.Match[str]) -> str:
    """ "Nov 17 or 18, whichever you got"."""
    return "whichever" if _NAMES_A_DAY.search(match.string) else match[0]


def _why(match: re.Match[str]) -> str:
    """ "Around 11, my lunch break is 10:45 to 12:15": why it is the hour told ahead of it."""
    return ", x" if re.search(r"\d", match.string[: match.start()]) else match[0]


def _the_next_one(match: re.Match[str]) -> str:
    """ "Esta semana no puedo, la próxima cualquier día"."""
    only = re.search(r"\b(?:solo|nomas|solamente)\b", match.string[: match.start()])
    return "otro dia, " if only else "la proxima semana, "


def _between_two(match: re.Match[str]) -> str:
    """ "Between drop off at 8:30 and pick up at 2:45"."""
    return match[0] if _NAMES_A_DAY.search(match[0]) else f"between {match[1]} and "


def _part_of_week(match: re.Match[str]) -> str:
    """ "Next week but earlier in the week" is early next week."""
    return f"{_PART.get(match['part'], 'mid')} {match['week']}"


def _between(match: re.Match[str]) -> str:
    """ "After the 9th and before the 20th"."""
    first, last = int(match[1]) + 1, int(match[2]) - 1
    return f"from the {first}th to the {last}th" if first <= last and not _is_refused(match) else match[0]


_FORMS: tuple[tuple[str, Told], ...] = (
    # Lists of days.
    (
        (
            rf"\b({_DOW}), ({_DOW}), ({_DOW})\b(?!,? (?:or|and) {_DOW})(?=$|[.;!?]| (?:next|this) week| at \d"
            r"| (?:all )?works?\b| are (?:all )?(?:good|fine|ok|great|open|my days off)\b)"
        ),
        _wished(r"\1, \2 or \3"),
    ),
    (rf"(?<!after )\bnext ({_DOW}), ({_DOW}),? (or|and) (?!next)({_DOW})\b", r"next \1, next \2 \3 next \4"),
    (rf"(?<!after )\bnext ({_DOW}),? (or|and) (?!next)({_DOW})\b(?! (?:this|next|of)\b)", r"next \1 \2 next \3"),
    (
        rf"\b({_ORD}) or (?:the )?({_ORD}) ({_DOW})s? or (?:the )?({_ORD}) ({_DOW})s? {_MONTH}",
        r"\1 \3 of \6 or \2 \3 of \6 or \4 \5 of \6",
    ),
    (rf"\bfirst (?:two|2) ({_DOW})s {_MONTH}", r"first \1 of \2 or second \1 of \2"),
    (rf"\b({_ORD}) ({_DOW})s? or (?:the )?({_ORD}) ({_DOW})s? {_MONTH}", r"\1 \2 of \5 or \3 \4 of \5"),
    (rf"\b({_ORD}) or (?:the )?({_ORD}) ({_DOW})s? {_MONTH}", r"\1 \3 of \4 or \2 \3 of \4"),
    (rf"\b(?:not |no )?({_DOW}) or ({_DOW})\? ?(?:no,? |sorry,? )*{_IS_NO_GOOD}\b[.,;]?", _refused_both),
    (rf",? (?:and |but )?{_NO_ONE} (?:on )?(?:the )?other days\b", ""),
    (rf"\b{_DOW} to {_DOW} \((\d{{1,2}}/\d{{1,2}}) ?(?:-|to) ?(\d{{1,2}}/\d{{1,2}})\)", r"from \1 to \2"),
    (rf",? and so (is|are) (?={_DOW}\b|the \d)", _refused_too),
    # Days counted from others.
    (rf"\bnext[ -]next ({_DOW})\b", r"a week from \1"),
    (r"\b(today|tomorrow) week\b", r"a week from \1"),
    (
        (
            r"\b(?:(?:some|any) ?time )?(?:(?:in|within|during|over) the next week(?: or so)?"
            r"|within the week|within a week or so)(?! (?:or|and|of|from)\b| end)"
        ),
        "in the next 7 days",
    ),
    (r"\ben (?:los|estos) (?:proximos|siguientes) dias\b(?! que)", "en los proximos 3 dias"),
    (r"\bantes de que (?:se )?(?:acabe|termine) el dia\b", "antes de que acabe hoy"),
    (r"\b(?:in|within|over) the next day or (?:two|so)\b", "in the next 2 days"),
    (r"\bbefore the day (?:is (?:over|out|done)|ends)\b", "by the end of the day"),
    (r"\bin exactly (?:a|one|1) week\b", "a week from today"),
    (r"\bin exactly (?=\d|an?\b|one|two|three)", "in "),
    (rf"\b((?:\d|two|three|four|few|couple) (?:days|weeks)) after next ({_DOW})\b", r"\1 from next \2"),
    (rf"\b(?:\d|two|three|four|five) {_DOW}s from (?:now|today),? (?=(?:so )?the {_NTH})", ""),
    (rf"\b(?:the )?(?:second|2nd|third|3rd|next) to last (?:{_DOW}|week|day|weekend) (?:of|in)\b", "another day in"),
    (
        r"\b(?:an?|\d|one|two|three) (?:hours?|days?) (?:after|before) my other (?:appointment|appt|meeting|one)\b",
        "some other time",
    ),
    (rf"\bun ({DIAS})s? si y (?:un |otro )?(?:\1s? )?no\b", r"cada dos \1"),
    # Weeks.
    (rf"\b(this|next) week (?:only|just) ({_DOW})\b(?! ?(?:to|-|thru|through|and|or)\b)", r"\2 \1 week"),
    (
        (
            rf"\b(?P<day>{_DOW} (?:this|next) week|(?:this|next) week {_DOW}),? (?:and |or )?"
            r"(?:any ?(?:day|time) (?P<first>next|this) week|(?P<last>next|this) week any ?(?:day|time))\b"
        ),
        _any_of_a_week,
    ),
    (r"\bla (?:proxima|otra|siguiente) (?=cualquier dia)", _the_next_one),
    (
        (
            r"\b(end|beginning|start|middle) of (?:this|the) week or (?:the )?(beginning|start|middle|end) of next"
            r"(?! week)\b"
        ),
        r"\1 of this week or \2 of next week",
    ),
    (
        (
            rf"\b(?P<week>{_WEEK}),? (?:but |and |preferably |ideally |like |pero )*"
            r"(?P<part>early|earlier|late|later|middle|mid)(?: on)? (?:in|of) (?:the|my) week\b"
            r"(?:,? (?:and |but )?not (?:at )?(?:the )?(?:end|start|beginning)(?: of (?:it|the week))?)?"
        ),
        _part_of_week,
    ),
    (r"\b(only [a-z ]{0,12}?on|only|do it on|do) a weekend\b(?! (?:in|of|after|before|from)\b)", r"\1 weekends"),
    (r"\b(?:the )?same week as (?:the )?", "the week of "),
    (
        (
            r"\b((?:solo |nomas )?entre semana(?: nomas| nada mas| solamente)?|weekdays(?: only)?),"
            r" (?=(?:el |los )?(?:sabado|domingo|saturday|sunday|weekend|fin))"
        ),
        r"\1. ",
    ),
    (rf"\ball of ({_DOW}|tomorrow)\b", r"\1 all day"),
    (rf", plus (?={_DOW}|tomorrow)", " or "),
    # Limits.
    (
        (
            r"\b(?:the )?earliest (?:i|we) can (?:be (?:home|there|back|in)|get (?:home|there|back|off)|do|make it)"
            r"(?P<day>[a-z ]{0,20}?) (?:is|would be)(?: at| around)? (?=\d)"
        ),
        r"\g<day> from ",
    ),
    (r"\bup (?=(?:un)?till? (?:\d|noon))", ""),
    (
        (
            r"\b((?:hasn'?t|haven'?t|has not|have not|didn'?t) (?:[a-z]+ ){1,4})in (?:over |about |like |almost )?"
            r"(?:\d{1,2}|an?|two|three|four|five|a few|a couple(?: of)?) (?:days?|weeks?|months?|hours?|hrs)\b"
        ),
        r"\1x",
    ),
    (rf"\b({_DOW}) or (?:later|after) (this|next) week\b", r"\2 week, \1 or later"),
    (rf"\b((?:this|next) week),? but not before (?={_DOW}\b(?! at| \d))", r"\1, not before "),
    (rf"\bdesde (?:el )?(?=(?:manana|hoy|{DIAS}) (?:\d{{1,2}}|a las?|por la|en la|al)\b[^.;,]{{0,25}} hasta )", "de "),
    (r"\ba (?:no ser|menos) que sea(?: en| el| un)* ", _wished("menos ")),
    (
        r"\bbetween (?:[a-z' ]{2,30}? )at (\d{1,2}(?::\d\d)?) and (?:[a-z' -]{2,30}? )at (?=\d)",
        _between_two,
    ),
    (
        (
            r"\b(?:but )?(?:skip(?:ping)?|leave out|leaving out|minus|not counting|excluding)(?: the hour)?(?: from)?"
            r" (?=\d)"
        ),
        "except ",
    ),
    (r"\bexcept never\b", "except"),
    (r",? (?:preferably|ideally) (?:at |around )?\d{1,2}(?::\d\d)?(?: ?[ap]m)?,? but (?=any ?time)", " "),
    (r"\bis (?:all|full of|nothing but|back to back) (?:meetings|appointments|classes|work|tests?|exams?)\b", "is out"),
    (
        r"\b(?:or else |or )?(?:just )?(?:leave|push|save|hold|put) it (?:off )?(?:un)?till? (?=[a-z])",
        _wished("or "),
    ),
    (
        (
            r"\bcan (only )?(?:get|slip|step|sneak|break) (?:away|out)"
            r"(?: from (?:the |my )?(?:office|work|desk|shop|store|job))?(?= (?:from |between |after |before )?\d)"
        ),
        r"can \1do",
    ),
    (
        r"\bafter (?:the )?(\d{1,2})(?:st|nd|rd|th) (?:and|but) before (?:the )?(\d{1,2})(?:st|nd|rd|th)\b",
        _between,
    ),
    (
        (
            rf"\bnot before ((?:tomorrow|today|{_DOW}) (?:at )?(?:noon|\d[\d:]*)(?: ?[ap]m)?),? (?:and|but)"
            rf" (?:no|not) later than (?=(?:tomorrow|{_DOW}) (?:at )?(?:noon|\d))"
        ),
        r"from \1 until ",
    ),
    (r"\b((?:i|we|he|she) can (?:go|do|come|stay|wait|be there)) as late as (?=\d|noon)", _wished(r"\1 until ")),
    (r"\b((?:i|we|he|she) can (?:go|do|come|start|be there)) as early as (?=\d|noon)", _wished(r"\1 from ")),
    (r"\bdone before that\b", "before that"),
    (
        rf"\b(at \d{{1,2}}(?::\d\d)?(?: ?[ap]m)?,? so )(?:it (?:has|needs) to be |make it )?({_DOW}) before that\b",
        r"\1before that \2",
    ),
    (r"\b(either|each|both) days? (?=after \d|before \d)", _wished(r"\1 ")),
    # Words that say nothing of a time, and slips.
    (
        (
            r",? (?:my|his|her|our) lunch (?:break|hour|time) is (?:from )?\d{1,2}(?::\d\d)? ?(?:-|to|till?|until) ?"
            r"\d{1,2}(?::\d\d)?(?: ?[ap]m)?"
        ),
        _why,
    ),
    (r"\b(?:mintues|minuets|minuts|minites|miuntes)\b", "minutes"),
    (
        (
            rf"\b(?P<day>{_DOW}) (?:of )?next week,? (?:at |from |between |after |before |around )?\d[^.;!?]{{0,24}}?"
            rf",? or (?:on )?(?P<later>{_DOW})\b(?! (?:this|next|of|the|\d|week)\b)"
        ),
        _of_the_same_week,
    ),
    (
        (
            r"(\d ?(?:[ap]m)?|mornings?|afternoons?|evenings?|noon)(,?(?: (?:and|or))?) (?:the )?same (?:with|for|on) "
            rf"({_DOW})\b(?=\s*(?:$|[.,;!]))"
        ),
        _wished(r"\1 or \3 same time"),
    ),
    (
        rf"(\d|manana|tarde|mediodia)(,? [oy] (?:el )?)({DIAS}) (?:a la misma hora|(?:al |el )?mismo horario|igual)\b",
        _wished(r"\1\2\3 misma hora"),
    ),
    (rf"\bthis (?:exact|same|very) time (?=(?:tomorrow|next week|{_DOW})\b(?! at| \d))", "same time "),
    (r"\bwhich ?ever (?:(?:one|day) )?(?:you|u|yall) (?:got|have|prefer|can do)\b", _whichever),
    (rf"({_NTH}) tho\b", r"\1"),
)
_SAID = tuple((re.compile(pattern), words) for pattern, words in _FORMS)
"""What is said, and how the grammar knows it."""
