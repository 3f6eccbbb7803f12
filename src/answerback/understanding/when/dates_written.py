"""Dates, parts of weeks, months and years in other forms, spelled as the grammar reads them: "december twenty one",
"16. Dec.", "2026/12/10", "21-23 next month", "by EOM", "march next year", "for 5 days starting the 18th".

It must never decide whether a time is meant, and never read a number that is no day for one.
"""

import re

from answerback.understanding.when.called_by import IN_ORDER, MONTHS
from answerback.understanding.when.notations import DAY, END, Told, number
from answerback.understanding.when.wordings import put


def dates_written(folded: str) -> str:
    """The text with its dates as the grammar reads them."""
    if not _SIGN.search(folded):
        return folded
    folded = put(folded, _SAID)
    told = _DAY.search(folded) or _TELLS_HOURS.search(folded)
    return folded if told else _REST_OF_DAY.sub("later today", folded)


_SIGN = re.compile(
    r"twenty|thirty|teen |ten |eleven |twelve |\d\. ?[a-z]{3}|\d/\d{1,2}/\d|month|hence|day of|\beo[mwd]\b|\bcob\b"
    r"|close of|ish\b|of (?:the|my) day|(?:business|work(?:ing)?) (?:days|week)|dias (?:hab|lab)|of the year|\d{4}\b"
    r"|check in|for [a-z\d]+ days|week (?:begin|start|comm|that|and)|semana que|fortnight|next year|ano\b"
    r"|del? (?:dia )?\d|\bmar\b|[hdt] of|end of day|first|last|on the \d|later than"
)
_DAY = re.compile(rf"\b{DAY}\b")
_REST_OF_DAY = re.compile(r"\b(?:the )?(?:rest|remainder) of (?:the|my) day\b")
_TELLS_HOURS = re.compile(r"\d|morning|afternoon|evening|noon|work|busy|off\b|sleep|booked|rest the rest|class")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = {"twenty": 20, "thirty": 30}
_MONTHS_ALONE = rf"(?!(?:may|march)\b)(?:{MONTHS})"
""" "May" and "march" are words of their own."""
_SOME = r"(?:\d|two|three|four|five|dos|tres|cuatro|cinco)"
_THE = r"((?:the )?\d{1,2}(?:st|nd|rd|th)?)"
_NTH = r"\d{1,2}(?:st|nd|rd|th)"
_HORA = r"\d{1,2}(?::\d\d)?|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce"
_THAT_YEAR = r"(?:of |del? )?(?:next year|proximo ano|ano que (?:viene|entra)|otro ano|ano entrante)"
_LAST_DAY = 31
_SHORTEST = 28
"""Days that every month has."""


def _spelled_out(match: re.Match[str]) -> str:
    """ "December twenty one"."""
    day = _TENS[match["tens"]] + number(match["ones"])
    return f"{match['month']} {day}" if day <= _LAST_DAY else match[0]


def _big_end_first(match: re.Match[str]) -> str:
    """ "2026/12/10"."""
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _each_of_month(match: re.Match[str]) -> str:
    """ "The 21st, 22nd, 29th or 30th of june" are four days of it."""
    return " or ".join(f"{match['month']} {day}" for day in re.findall(r"\d{1,2}", match["days"]))


def _of_a_month(match: re.Match[str]) -> str:
    """ "From 21-23 next month"; "9 to 5 this month" are hours."""
    first, last = (int(re.sub(r"\D", "", each)) for each in (match[1], match[2]))
    are_days = max(first, last) > _HOURS_OF_A_CLOCK or not match[1].isdigit() or not match[2].isdigit()
    return f"from the {first}th to the {last}th of {match['which']} month" if are_days and first < last else match[0]


_HOURS_OF_A_CLOCK = 12


def _so_many_days(match: re.Match[str]) -> str:
    """ "For 5 days starting the 18th" is from the 18th to the 22nd; what may reach into the next month is left."""
    first, month = int(match["first"]), f" of {match['month']}" if match["month"] else ""
    if not (match["the"] or match["nth"] or month):
        return match[0]  # "for 3 days from 8 to 4"
    last = first + (number(match["count"])) - 1
    return f"from the {first}th to the {last}th{month}" if last <= _SHORTEST else match[0]


def _nth(match: re.Match[str]) -> str:
    """ "The twenty third day of november"."""
    return f"{_TENS[match['tens']] + _ORDINALS.index(match['ones']) + 1}th "


def _in_digits(match: re.Match[str]) -> str:
    """ "Eighteen november"."""
    return f"{number(match['number'])} {match['month']}"


def _so_many_weekdays(match: re.Match[str]) -> str:
    """ "For 3 days starting monday" is monday to wednesday."""
    first = next(at for at, day in enumerate(IN_ORDER) if day.startswith(match["day"][:3]))
    count = number(match["count"])
    return f"from {IN_ORDER[first]} to {IN_ORDER[(first + count - 1) % 7]}"


def _week_and_days(match: re.Match[str]) -> str:
    """ "In one week and three days"."""
    return f"in {7 + number(match['days'])} days"


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen", "twenty"),
)

_FORMS: tuple[tuple[str, Told], ...] = (
    (rf"\b(?P<tens>twenty|thirty)[ -](?P<ones>{'|'.join(_ORDINALS)}) day (?=of )", _nth),
    (rf"\b(?P<number>{'|'.join(_TEENS)}) (?P<month>{_MONTHS_ALONE})\b", _in_digits),
    (r"\bon the (\d{1,2}) (?=(?:from|between|at|before|after|in the) )", r"on the \1th "),
    (rf"\bafter ((?:{MONTHS}) \d{{1,2}}) and (?:no|not) later than (?=(?:{MONTHS}) \d)", r"from \1 to "),
    (r"\bin (?:a|one|1) week and (?P<days>[1-6]|one|two|three|four|five|six) days?\b", _week_and_days),
    (
        rf"\bfirst (\d{{1,2}}|ten) days of ({MONTHS})\b",
        lambda match: f"from {match[2]} 1 to {match[2]} {match[1].replace('ten', '10')}",
    ),
    (r"\bfirst week of 20[2-9]\d\b", "first week of january"),
    (r"\blast week of 20[2-9]\d\b", "last week of december"),
    (
        (
            r"(?<!after )(?<!before )(?<!early )(?<!late )(?<!of )(?<!by )(?<!the )"
            r"\b(this|next) (?:working|work|business) week\b"
        ),
        r"monday to friday \1 week",
    ),
    (
        (
            r"\bfor (?P<count>[2-6]|two|three|four|five|six) days,? (?:starting|beginning|from|as of)(?: on)?"
            r" (?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
        ),
        _so_many_weekdays,
    ),
    (rf"\b(?P<month>{MONTHS}) (?P<tens>twenty|thirty)[ -](?P<ones>{'|'.join(_ONES)})\b", _spelled_out),
    (rf"(?<![\d.])(?<!at )\b([12]?\d|3[01])\. ?(?={_MONTHS_ALONE}\b)", r"\1 "),
    (r"\b(20\d\d)/(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])\b", _big_end_first),
    (
        rf"\b(?:the )?(?P<days>(?:{_NTH}(?:, | or |, or | and )){{2,}}{_NTH}) of (?P<month>{MONTHS})\b",
        _each_of_month,
    ),
    (
        (
            rf"\b(?:from |between )?{_THE} ?(?:-|to|till?|until|through|thru|and) ?{_THE}"
            r" (?:of )?(?P<which>next|this) month\b"
        ),
        _of_a_month,
    ),
    (rf"\b({_NTH}) day (?=of (?:the |this |next |current )*(?:month|{MONTHS})\b)", r"\1 "),
    (
        (
            r"\bfor (?P<count>[2-9]|1\d|two|three|four|five|six|seven) days,? (?:starting|beginning|from|as of)(?: on)?"
            rf" (?P<the>the )?(?P<first>\d{{1,2}})(?P<nth>st|nd|rd|th)?(?: (?:of )?(?P<month>{MONTHS}))?\b(?![:/])"
        ),
        _so_many_days,
    ),
    (r"\b((?:\d{1,2}|an?|one|two|three) (?:days?|weeks?|months?)) hence\b", r"\1 from now"),
    (rf"\bcheck in (?={_SOME} (?:days?|weeks?|months?)\b|an? (?:week|month)\b)", "checkup in "),
    # Days and their parts.
    (r"\b(morning|afternoon|evening)-?ish\b", r"\1"),
    (
        rf"\b(?:end of (?:the )?day|eod|cob|close of business) (?:on )?({DAY}),? (?:at the )?latest\b",
        r"by end of day \1",
    ),
    (r"\bcome (?:out )?by (?=(?:eod|end of (?:the )?day|cob)\b)", "come, by "),
    # Weeks, months and years.
    (r"\b(?:(?:a|one) )?fortnight(?:'?s time)?\b", "2 weeks"),
    (r"\b(?:the )?eow\b", "the end of the week"),
    (r"\b(?:the )?eom\b", "the end of the month"),
    (
        (
            r"(?<!this )(?<!next )\bweek (?:beginning|starting|commencing|that (?:starts|begins))(?: on)?(?: the)?"
            rf" (?=\d|(?:{MONTHS}) \d)"
        ),
        "week of ",
    ),
    (r"\bsemana que (?:empieza|comienza|inicia|arranca)(?: el)?(?: lunes)? (?=\d)", "semana del "),
    (rf"\b(?:the )?next ({_SOME}) (?:business|working|work) days\b", r"next \1 bizdays"),
    (rf"\bwithin ({_SOME}) (?:business|working|work) days\b", r"within \1 bizdays"),
    (rf"\b(?:los )?proximos ({_SOME}) dias (?:habiles|laborales|laborables)\b", r"next \1 bizdays"),
    (r"\b(?:the )?(?:rest|remainder) of the year\b", "between now and december 31st"),
    (rf"\b(?:at |towards? |around )?(?:the )?end of the year\b{END}", "end of december"),
    (r"\b(spring|summer|fall|autumn|winter) (?:of )?20[2-9]\d\b", r"next \1"),
    (rf"\b({MONTHS}) {_THAT_YEAR}\b", r"\1 nextyear"),
    # Spanish.
    (r"\b(del? \d{1,2} al? \d{1,2}) de(?:l| este) (?:presente )?mes\b", r"\1"),
    (
        (
            rf"\ba las? ({_HORA}) del (?:dia )?(\d{{1,2}}(?: (?:de )?(?:{MONTHS}))?)\b"
            r"(?! (?:al?|o|y|hasta|de)\b)(?![:/])"
        ),
        r"el \2 a las \1",
    ),
    (rf"\bmar\.? (\d{{1,2}}) ?(?:de )?({MONTHS})\b", r"martes \1 de \2"),
)
_SAID = tuple((re.compile(pattern), words) for pattern, words in _FORMS)
"""What is written, and how the grammar knows it."""
