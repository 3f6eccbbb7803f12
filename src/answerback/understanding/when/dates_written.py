"""Dates, weeks and years in other forms, spelled as the grammar reads them: "december twenty one", "16. Dec.",
"2026/12/10", "21-23 next month", "by EOM", "next week but earlier in the week", "rest of the year".

It must never decide whether a time is meant, and never read a number that is no day for one.
"""

import re

from answerback.understanding.when.called_by import MONTHS
from answerback.understanding.when.notations import DAY, END
from answerback.understanding.when.wordings import put


def dates_written(folded: str) -> str:
    """The text with its dates as the grammar reads them."""
    if not _SIGN.search(folded):
        return folded
    folded = put(folded, _SAID)
    return folded if _DAY.search(folded) else _REST_OF_DAY.sub("later today", folded)


_SIGN = re.compile(
    r"twenty|thirty|\d\. ?[a-z]{3}|\d/\d{1,2}/\d|month|hence|days? of|\beo[mw]\b|ish\b|(?:in|of) (?:the|my) week"
    r"|of it\b|of (?:the|my) day|of the year|\d{4}\b|check in|which ?ever|a weekend|week as|business|work(?:ing)? days"
    r"|habil"
    r"|and before|y antes"
)
_DAY = re.compile(rf"\b{DAY}\b")
_ONES = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], start=1)
}
_TENS = {"twenty": 20, "thirty": 30}
_SOME = r"(?:\d|two|three|four|five|dos|tres|cuatro|cinco)"
_WEEK = r"(?:(?:next|this)(?: coming)? week|(?:la )?(?:proxima|otra|siguiente) semana|esta semana)"
_THE = r"(?:the )?(\d{1,2})(?:st|nd|rd|th)?"
_PART = {"early": "early", "earlier": "early", "late": "late", "later": "late"}


def _spelled_out(match: re.Match[str]) -> str:
    """ "December twenty one"."""
    return f"{match['month']} {_TENS[match['tens']] + _ONES[match['ones']]}"


def _big_end_first(match: re.Match[str]) -> str:
    """ "2026/12/10"."""
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _part_of_week(match: re.Match[str]) -> str:
    """ "Next week but earlier in the week" is early next week."""
    return f"{_PART.get(match['part'], 'mid')} {match['week']}"


_REST_OF_DAY = re.compile(r"\b(?:the )?(?:rest|remainder) of (?:the|my) day\b")

_SAID = (
    (re.compile(rf"\b(?P<month>{MONTHS}) (?P<tens>twenty|thirty)[ -](?P<ones>{'|'.join(_ONES)})\b"), _spelled_out),
    (re.compile(rf"(?<![\d.])\b([12]?\d|3[01])\. ?(?=(?:{MONTHS})\b)"), r"\1 "),
    (re.compile(r"\b(20\d\d)/(1[0-2]|0?[1-9])/(3[01]|[12]\d|0?[1-9])\b"), _big_end_first),
    (
        re.compile(
            rf"\b(?:from |between )?{_THE} ?(?:-|to|till?|until|through|thru|and) ?{_THE} (?:of )?(next|this) month\b"
        ),
        r"from the \1th to the \2th of \3 month",
    ),
    (re.compile(r"\b(\d{1,2}(?:st|nd|rd|th)) day (?=of (?:the |this |next |current )*(?:month|[a-z]{3}))"), r"\1 "),
    (re.compile(r"\b((?:\d{1,2}|an?|one|two|three) (?:days?|weeks?|months?)) hence\b"), r"\1 from now"),
    (re.compile(r"\b(?:the )?eom\b"), "the end of the month"),
    (re.compile(r"\b(?:the )?eow\b"), "the end of the week"),
    (re.compile(r"\b(morning|afternoon|evening)-?ish\b"), r"\1"),
    (
        re.compile(
            rf"\b(?P<week>{_WEEK}),? (?:but |and |preferably |ideally |like |pero )*"
            r"(?P<part>early|earlier|late|later|middle|mid)(?: on)? (?:in|of) (?:the|my) week\b"
            r"(?:,? (?:and |but )?not (?:at )?(?:the )?(?:end|start|beginning)(?: of (?:it|the week))?)?"
        ),
        _part_of_week,
    ),
    (re.compile(r"\b(?:the )?(?:rest|remainder) of the year\b"), "between now and december 31st"),
    (re.compile(rf"\b(?:at |towards? |around )?(?:the )?end of the year\b{END}"), "end of december"),
    (re.compile(r"\b(spring|summer|fall|autumn|winter) (?:of )?20[2-9]\d\b"), r"next \1"),
    (re.compile(rf"\bcheck in (?={_SOME} (?:days?|weeks?|months?)\b|an? (?:week|month)\b)"), "checkup in "),
    (re.compile(r"\bwhich ?ever (?:(?:one|day) )?(?:you|u|yall) (?:got|have|prefer|can do)\b"), "whichever"),
    (re.compile(r"\b(on|only|do) a weekend\b(?! (?:in|of|after|before|from)\b)"), r"\1 weekends"),
    (re.compile(r"\b(?:the )?same week as (?:the )?"), "the week of "),
    (
        re.compile(
            rf"\b(?:the )?next {_SOME} (?:business|working|work) days\b|\b(?:los )?proximos {_SOME} dias habiles\b"
        ),
        "another day",
    ),
    (
        re.compile(
            r"\bafter (?:the )?(\d{1,2})((?:st|nd|rd|th)) (?:and|but) before (?:the )?(\d{1,2})((?:st|nd|rd|th))\b"
        ),
        lambda match: f"from the {int(match[1]) + 1}th to the {int(match[3]) - 1}th",
    ),
)
"""What is said, and how the grammar knows it."""
