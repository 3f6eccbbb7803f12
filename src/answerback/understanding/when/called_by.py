"""Days called by where they stand: "the friday after this one", "july 4th weekend", "12-9 at 10am".

It puts a name that the grammar knows in their place; it must never name another day.
"""

import re
from collections.abc import Callable

from answerback.understanding.when.spanish_forms import DIAS

IN_ORDER = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of a week, monday first; the first three letters tell them apart."""

WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thur?s?|fri|sat|sun"
_ONE = rf"\b(?P<day>{WEEKDAYS}|{DIAS})\b(?P<between>[^.;\n]{{1,40}}?)"
_BEHIND = (
    r"(?=\s*(?:$|[.,;!?])|\s(?:thanks?|sent|gracias|works?|is|would|at|after|before|please|pls|ok|good|fine|if|then|either|for|morning"
    r"|afternoon|evening|do|si)\b)"
)
_FEASTS = (
    r"(?:memorial day|labor day|thanksgiving|easter|independence day|july fourth|fourth of july|mothers day|fathers day"
    r"|halloween|mlk day|presidents day|columbus day|veterans day|christmas|new years)"
)
MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|enero|febrero|marzo"
    r"|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov"
    r"|dec|ene|abr|ago|dic)"
)
_HOURS_SPAN = r"(\d{1,2}(?::\d\d)?(?: ?[ap]m?)? ?(?:-|to|and|til|till|thru) ?(?:\d{1,2}(?::\d\d)?|noon)(?: ?[ap]m?)?)"


def plainly_called(folded: str) -> str:
    """The text with each such day under its plain name."""
    for sign, pattern, words in _CALLED:
        if sign in folded:
            folded = pattern.sub(words, folded)
    return folded


def _a_week_on(match: re.Match[str]) -> str:
    """ "Tues is bad, the following tuesday works": this one, and that of the week after it."""
    first, between = match["day"], match["between"]
    again = match.groupdict().get("again") or match.groupdict()["other"]
    ahead = match.string[: match.start()].rsplit(" ", 2)[-2:-1]
    if again[:3] == first[:3] and (behind := _NEXT_WEEK.match(between)):
        return f"{first} next week{between[behind.end() :]}{first} the week after next"
    if again[:3] != first[:3] or _DATED.search(between) or {*ahead} & {"next", "last", "proximo", "every"}:
        return match[0]
    return f"{'' if ahead == ['this'] else 'this '}{first}{between}{first} week"


_NEXT_WEEK = re.compile(
    r" (?:(?:of |in )?next week|(?:de )?la (?:(?:proxima|otra) semana|semana que (?:viene|entra)))\b"
)

_DATED = re.compile(r"\d(?:st|nd|rd|th)\b|\d/\d|^ (?:the )?\d{1,2}\b(?![: ]?\d| ?[ap]m)")
"""A day with its date is the one meant: "tuesday the 5th or the following tuesday"."""


_CALLED: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (sign, re.compile(pattern), words)
    for sign, pattern, words in (
        # the one after
        (
            "this",
            (
                rf"\bnot this ({WEEKDAYS}),? (?:but )?(?:the )?(?:one after|following one|next one|following|next)"
                r"(?=\s*(?:$|[.,!?])| (?:please|works|would|is|if|for|pls)\b)"
            ),
            r"not this \1. \1 week",
        ),
        (
            "after this",
            rf"\b(?:the )?({WEEKDAYS})s? after this (?:coming |upcoming )?(?:one|(?:{WEEKDAYS}))\b",
            r"\1 week",
        ),
        (
            "despues de est",
            rf"\b(?:el )?({DIAS}) despues de este(?: (?:{DIAS}))?{_BEHIND}",
            r"\1 week",
        ),
        ("following", rf"{_ONE}(?:the )?following (?P<again>{WEEKDAYS})\b", _a_week_on),
        (" after", rf"{_ONE}the (?P<again>{WEEKDAYS}) after(?: that)?{_BEHIND}", _a_week_on),
        ("siguiente", rf"{_ONE}(?:el )?(?:siguiente (?P<again>{DIAS})|(?P<other>{DIAS}) siguiente)\b", _a_week_on),
        (
            "that week",
            (
                r"\bnot that (weekend|week)\b[.,;]* ?(?:but )?(?:rather )?(?:the )?"
                r"(?:one after|next one|following one|next)(?: that)?\b"
            ),
            r"not that \1. the \1 after that",
        ),
        # feasts and their weekends
        (
            "weekend",
            r"\b(?:the )?(?:july 4(?:th)?|july fourth|4th|fourth)(?: of july)? (?=w(?:eek)?e?nd\b(?! (?:of|in)\b))",
            "independence day ",
        ),
        ("weekend", r"\b(?:el )?(?:fin de semana|finde) del? (?:4|cuatro) de julio\b", "independence day weekend"),
        (
            "weekend",
            (
                rf"\b(weekends?,? (?:except|but|besides|other than|excluding|save|bar)(?: for)?(?: the)?) ({_FEASTS})"
                r"(?! (?:weekend|week)|\w)"
            ),
            r"\1 \2 weekend",
        ),
        # ends of a year
        ("last day", r"\b(?:the )?last day of (?:the |this )?year\b", "december 31st"),
        ("ultimo dia", r"\b(?:el )?ultimo dia del ano\b", "31 de diciembre"),
        ("first day", r"\b(?:the )?first day of the (?:new )?year\b", "january 1st"),
        ("primer dia", r"\b(?:el )?primer dia del ano\b", "1 de enero"),
        # dates with dashes
        ("-", r"(?<![\d/.:-])(1[0-2]|0?[1-9])-(3[01]|[12]\d|0?[1-9])-((?:20)?[23]\d)(?![\d:/-])", r"\1/\2/\3"),
        ("-", rf"(?<![\d/.:-])(3[01]|[12]\d|0?[1-9])-({MONTHS})\b", r"\1 \2"),
        ("/", rf"(?<![\d/.:-])(3[01]|[12]\d|0?[1-9])/({MONTHS})\b", r"\1 \2"),
        ("-", rf"\b({MONTHS})-(3[01]|[12]\d|0?[1-9])(?![\d:/-])", r"\1 \2"),
        ("a week", rf"\b({WEEKDAYS}) a week{_BEHIND}", r"\1 week"),
        (
            "-",
            (
                r"(?<![\d/.:-])(1[0-2]|0?[1-9])-(3[01]|[12]\d|0?[1-9])"
                r"(?=,? (?:at|@|a las) ?\d{1,2}(?::\d\d)? ?(?:[ap]\.?m|[ap]\b|de la)|,? \d{1,2}(?::\d\d)? ?[ap]m)"
            ),
            r"\1/\2",
        ),
        ("-", r"(?<![\d/.:-])(?<!at )(?<!las )(1[0-2]|0?[1-9])-(0[1-9]|2[5-9]|31)(?![\d:/-]| ?[ap]m)", r"\1/\2"),
        (
            "-",
            (
                r"(?<![\w/.:-])(?<!im )(?<!'m )(?<!am )(?<!re )(on|el) "
                r"(1[0-2]|0?[1-9])-(3[01]|[12]\d|0?[1-9])(?![\d:/-]| ?[ap]m)"
            ),
            r"\1 \2/\3",
        ),
        # hours
        ("window", rf"\b(?:arrival|time) window (?:of |is |from )?(?={_HOURS_SPAN})", ""),
        (
            "ish",
            r"\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|fifteen)[ -]?ish\b",
            r"\1 ish",
        ),
        (
            "",
            (
                rf"\b{_HOURS_SPAN} (?:window|time ?frame|time block|time slot|block|range)\b"
                r"(?! (?:unit|a/?c|pane|wash|clean|party))"
            ),
            r"\1",
        ),
    )
)
"""A word that has to stand there, or none; what is said; and what it is called plainly."""
