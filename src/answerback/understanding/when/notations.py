"""Hours, ranges and limits of hours in other notations, spelled as the grammar reads them.

"<11am", "pre-noon", "1~3pm", "elevenish", "fifteen hundred", "in the 2 o'clock hour". Where a notation may be
something else than an hour, it is rewritten only beside a day, or not at all.
"""

import re
from collections.abc import Callable

from answerback.understanding.when.wordings import put

DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?|tomorrow|tmrw|tmr|tmw|today|tonight"
    r"|hoy|manana|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|\d{1,2}(?:st|nd|rd|th))"
)
_BEHIND_DAY = rf"(?<![\w-])(?P<day>{DAY},? (?:at |a |by |como )?)"
_BEGINS = r"(?:^|(?<=[.,;!?] ))"
_ENGLISH_HOURS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_LATE_HOURS = "eighteen nineteen twenty"
_HOURS = {word: hour for hour, word in enumerate(f"{_ENGLISH_HOURS} {_LATE_HOURS}".split(" "), start=1)}
_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_H = rf"(?:(?:1[0-2]|0?[1-9])(?::[0-5]\d)?|{_WORD})"
DIGITS = r"(?:1\d|2[0-3]|0?[1-9])(?::[0-5]\d)?"
_AP = r"(?: ?[ap]\.? ?m\b\.?| ?[ap]\b)"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_THEIRS = r"kids|sons|daughters|moms|dads|husbands|wifes"
END = (
    r"(?=\s*$|\s*[.,;!?)\n]|,? (?:please|pls|plz|porfa|por favor|thanks|if|si|or|o|on|for|works?|is|would|good|fine"
    r"|tomorrow|today|this|next|el|ese|de la|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)"
)


def number(text: str) -> int:
    """A number in digits, or in the words from one to twenty."""
    return _HOURS.get(text) or int(text)


def _soon(match: re.Match[str]) -> str:
    """ "Shortly after 3" is within the hour behind it, "a bit before 3" within the hour before it."""
    hour, _, minute = match["hour"].partition(":")
    told, half = number(hour), match["half"] or ""
    minute = f":{minute}" if minute else ""
    if match["side"] == "before":
        return f"{match['day']}between {(told - 2) % 12 + 1}{minute} and {told}{minute}{half}"
    return f"{match['day']}between {told}{minute}{half} and {told % 12 + 1}{minute}"


def _within_hour(match: re.Match[str]) -> str:
    """ "In the 2 o'clock hour" is between two and three."""
    hour = number(match["hour"])
    return f"between {hour}{match['half'] or ''} and {hour % 12 + 1}"


def _hundred(match: re.Match[str]) -> str:
    """ "Fifteen hundred hours"."""
    return f"{match['day'] or ''}{number(match['hour'])}:00"


def _five_past(match: re.Match[str]) -> str:
    """ "Ten oh five"."""
    return f"{number(match['hour'])}:05"


def _and_five(match: re.Match[str]) -> str:
    """ "Ten forty-five"."""
    return f"{number(match['hour'])}:{_TENS[match['tens']] + 5}"


_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}

_MINUTES = {"fifteen": 15, "thirty": 30, "forty five": 45}

Told = str | Callable[[re.Match[str]], str]

_LIMITS: tuple[tuple[str, Told], ...] = (
    (r"(?:,? but)? not (?:un)?till? (?:the )?afternoon\b", " from 12 on"),
    (r"(?:,? but)? not (?:un)?till? (?:the )?evening\b", " from 5 pm on"),
    (r"\bl8r\b", "later"),
    (r"\b(or |no |not |any )?ltr(?= tha?n \d)|(?<=\d or )ltr\b", r"\1later"),
    (r"\b(bet\. ?|b?etwixt |twixt |betw\.? )(?=\d|noon|one|two|three)", "between "),
    (r"\bbtw (?=\d{1,2}(?::\d\d)?(?: ?[ap]m)? ?(?:and|&|-|to) ?\d)", "between "),
    (r"(\d(?: ?[ap]\.?m\b)?) ?~ ?(?=\d)", r"\1-"),
    (r"~ ?(?=\d)", "around "),
    (r"(?<=[\dpm]) ?-> ?(?=\d)", " to "),
    # "<3" is a heart
    (rf"< ?(?={DIGITS}{_AP})", "before "),
    (rf"> ?(?={DIGITS}{_AP})", "after "),
    (rf"{_BEHIND_DAY}< ?(?=(?!3){DIGITS}{END})", r"\g<day>before "),
    (rf"{_BEHIND_DAY}> ?(?={DIGITS}(?:{END}| ?<))", r"\g<day>after "),
    (rf"{_BEGINS}< ?(?=(?!3){DIGITS} {DAY})|(?<=after \d) ?< ?(?={DIGITS}{END})", " before "),
    (rf"{_BEGINS}> ?(?={DIGITS} {DAY})", "after "),
    (rf"\bpre[ -](?={DIGITS}{_AP}|noon\b|midday\b)", "before "),
    (rf"\bpost[ -](?={DIGITS}{_AP}|noon\b|midday\b)", "after "),
    (rf"{_BEHIND_DAY}pre[ -]?(?={DIGITS}{END})", r"\g<day>before "),
    (rf"{_BEHIND_DAY}post[ -]?(?={DIGITS}{END})", r"\g<day>after "),
    (rf"{_BEGINS}pre[ -]?(?={DIGITS} (?:on )?{DAY})", "before "),
    (rf"{_BEGINS}post[ -]?(?={DIGITS} (?:on )?{DAY})", "after "),
    (r"\bpre-(?=(?:lunch|dinner|work|school)\b)", "before "),
    (r"\bpost-(?=(?:lunch|dinner|work|school)\b)", "after "),
    (rf"\b((?:by|before|until|till?) {_H}{_AP}?) (?:max|maximum|tops|at most)\b", r"\1"),
    (rf"({DAY},?) (?:at )?({_H}{_AP}?) (?:max|maximum|tops)\b", r"\1 no later than \2"),
    (rf"\b({DIGITS}{_AP}) (?:max|maximum|tops)\b", r"no later than \1"),
    (rf"{_BEHIND_DAY}({_H}{_AP}?) (?:min|minimum)\b{END}", r"\g<day>no earlier than \2"),
    (rf"({DAY},? (?:at )?{DIGITS}{_AP}?|\b{DIGITS}{_AP}) and up\b", r"\1 onwards"),
    (
        (
            rf"(?:\bthe )?\b(?:earliest|soonest)(?: is| at)? ({_H}{_AP}?),?(?: and| but)?(?: the)? latest"
            rf"(?: is| at)? (?={_H})"
        ),
        r"from \1 to ",
    ),
    (rf"\b({_H}{_AP}?) (?:at the )?earliest,?(?: and| but)? ({_H}{_AP}?) (?:at the )?latest\b", r"from \1 to \2"),
    (rf"\b(?:not|nothing|neither) before ({_H}{_AP}?),? (?:n?or|not) (?:after|past) (?={_H})", r"from \1 to "),
    (
        (
            rf"({_H}{_AP}?),? (?:no|not|neither) (?:earlier|before|sooner),? (?:and )?(?:n?or|no|not)"
            rf" (?:later|after)\b{END}"
        ),
        r"\1",
    ),
    (
        (
            rf"({_H}{_AP}?) or (?:an? (?:little )?(?:bit|little|tad)|shortly|right|soon|just)"
            r" (after|before|later|earlier)\b"
        ),
        r"\1 or \2",
    ),
    (r"\beither'?s (?=fine|good|ok|okay|works|great|cool|perfect)", "either is "),
    # what is at that hour
    (
        (
            rf"\b(after|before) (?:(?:the|my|our|his|her|their|a|an) )?(?:(?!{DAY}')[a-z]+'s?|{_THEIRS})"
            rf" (?={DIGITS}{_AP} [a-z]{{4,}})"
        ),
        r"\1 ",
    ),
    (rf"\b(after|before) (?:an?|the) (?={DIGITS}{_AP} (?!or\b|on\b|to\b|and\b)[a-z]{{4,}})", r"\1 "),
    (
        (
            rf"\b({_H}{_AP}? ?(?:-|to|til|till) ?{_H}{_AP}?) (?:arrival |service |time |appointment )?"
            rf"(?:window|block|slot|time ?frame|range)\b{END}"
        ),
        r"\1",
    ),
    (
        (
            rf"\b(?:(?:sometime |some time )?(?:in|during|within) )?(?:the )?(?P<hour>1[0-2]|[1-9]|{_WORD})"
            rf"(?::00|(?P<half> ?[ap]m)| ?o'? ?clock) hour\b"
        ),
        _within_hour,
    ),
    (
        (
            rf"(?P<day>(?:{_BEGINS}|{DAY},? )(?:at )?)(?:shortly|a (?:wee |little )?bit|a little|a lil(?: bit)?|a tad"
            rf"|slightly|soon|right|immediately|not long) (?P<side>after|before|past) (?P<hour>{_H})"
            rf"(?P<half> ?[ap]m)?(?!:){END}"
        ),
        _soon,
    ),
    (
        rf"(?P<day>(?:{_BEGINS}|{DAY},? ))(?:right|straight|immediately|shortly|soon) after lunch\b(?! with)",
        r"\g<day>between 1 pm and 3 pm",
    ),
    (
        r"\b(?:before (?:it(?: gets|s| is)? )?dark|before sun(?:set|down)),? (?:like|around|about|say|at) (?=\d)",
        "around ",
    ),
)

_DAYS_OF = {"mon": "mondays", "fri": "fridays", "sat": "saturdays"}

_CLOCKS: tuple[tuple[str, Told], ...] = (
    (r"\b\d{1,2}:[6-9]\d\b(?!:)", "another time"),  # no clock shows it
    (r"\bnoon ?time\b", "noonish"),
    (r"\bat (1[3-9]|2[0-2])(?=\s*(?:$|[.,;!?]|(?:or|please|pls|on|if)\b))", r"at \1:00"),
    (r"(?<=\d)( ?[ap]m)ish\b", r"\1 ish"),
    (r"\bnoon[ -]thirty\b", "12:30 pm"),
    (r"\blunchbreak\b", "lunch break"),
    (r"(?<=\d) ?o'c\b", " oclock"),
    (rf"\b({_WORD}|thirty|fifteen|forty[ -]five|noon)-?ish\b", r"\1 ish"),
    (
        (
            rf"\b(?P<lead>before|after|at|by|around|about|till?|until|from) half (?P<hour>{_WORD}|[1-9]|1[0-2])\b"
            r"(?! (?:hour|day))"
        ),
        lambda match: f"{match['lead']} {number(match['hour'])}:30",
    ),
    (r"\b(half|quarter)-(?=(?:past|to|till?|after)\b)", r"\1 "),
    (r"\bqtr (?=(?:past|to|till?|after|of) )|\b1/4 (?=past )", "quarter "),
    (r"\b1/2 (?=past )", "half "),
    (r"\b(?:15|fifteen)(?: min(?:ute)?s?)? (?=(?:past|till?) \w)", "quarter "),
    (r"\b(?:30|thirty) (?=past \w)", "half "),
    (r"\b(?:twenty|20)[ -]five (?=(?:past|after|to|till?) )", "25 "),
    (rf"\b(?P<hour>{_WORD})[ -]o[ -](?:five|5)\b", _five_past),
    (rf"\b(?P<hour>{_WORD}|1[0-2]|[1-9])[ -]oh[ -](?:five|5)\b", _five_past),
    (rf"\b(?P<hour>{_WORD}|1[0-2]|[1-9])[ -](?P<tens>twenty|thirty|forty|fifty)[ -]five\b", _and_five),
    (rf"{_BEHIND_DAY}(\d{{1,2}})[;,](?=(?:00|15|30|45)\b{END})", r"\g<day>\2:"),
    (r"\b(1[0-2]|[1-9])-(?=(?:15|30|45) ?[ap]\.?m\b)", r"\1:"),
    (rf"\b(?:somewhere )?(?:in|around) the (?:neighborhood|ballpark|vicinity) of (?={_H})", "around "),
    (rf"\b(?:abt|bout|arnd|arround|towards?) (?={_H}\b)", "around "),
    (rf"{_BEHIND_DAY}round (?={_H}\b)", r"\g<day>around "),
    (rf"\b(?:on|at) the stroke of (?={_H}\b|noon)", "at "),
    (rf"\b(?:precisely|right at|exactly at)(?: at)? (?={_H}\b|noon)", "at "),
    (rf"({_H}{_AP}?|noon) (?:promptly|prompt|on the (?:nose|button)|straight up)\b", r"\1 sharp"),
    (
        (
            r"(?<![-\d$] )(?<![-$])(?<!unit )(?<!suite )(?<!apt )(?<!call )(?<!cell )(?<!number )(?<!pay )(?<!room )"
            r"\b(1[0-2]|[1-9])([03]0|[14]5) ?(-|to|until|till?) ?(1[0-2]|[1-9])([03]0|[14]5)"
            rf"(?={_AP}| (?:on |this |next )?{DAY}\b)"
        ),
        r"\1:\2 \3 \4:\5",
    ),
    (
        rf"(?P<day>{DAY},? (?:at )?|\bat )(?P<hour>{_TEENS}) (?P<tens>fifteen|thirty|forty[ -]five)\b",
        lambda match: f"{match['day']}{number(match['hour'])}:{_MINUTES[match['tens'].replace('-', ' ')]}",
    ),
    # the clock of twenty-four hours
    (r"\b([01]\d|2[0-3])([0-5]\d) ?h\b", r"\1:\2"),
    (r"\b([01]\d|2[0-3])[:.h]([0-5]\d) ?(?:hrs?|hs|hours|horas|h)\b(?! (?:of|de|later|ago|from|long))", r"\1:\2"),
    (
        rf"{_BEHIND_DAY}([01]\d|2[0-3])([0-5][05])( ?- ?)([01]\d|2[0-3])([0-5][05])\b",
        r"\g<day>\2:\3\4\5:\6",
    ),
    (r"\b(1\d|2[0-3]) ?(-|to|a) ?(1\d|2[0-3]) ?(?:h|hs|hrs)\b", r"\1:00 \2 \3:00"),
    (rf"\b(?P<day>at )?(?P<hour>{_TEENS}|twenty|1\d) hundred (?:hrs|hours)\b", _hundred),
    (rf"{_BEHIND_DAY}(?P<hour>eight|nine|{_TEENS}|1\d) hundred{END}", _hundred),
    (
        r"\b(mon|fri|sat)s (?=(?:before|after|at|only|are|or|and|from|between|\d|mornings?|work)\b)",
        lambda match: _DAYS_OF[match[1]] + " ",
    ),
)

_DONE = (
    r"(?:haircut|hair cut|cut|color|colour|trim|fade|blowout|facial|massage|mani|pedi|mani pedi|manicure|pedicure"
    r"|lash(?:es)?|brows?|wax|waxing|cleaning|check ?up|lesson|session|appt|appointment|consult|groom|grooming)"
)
"""What an hour may be named with: "sat 11 haircut". Things that are counted stand in the plural."""

_NAMED_WITH: tuple[tuple[str, Told], ...] = (
    (rf"{_BEHIND_DAY}(9|1[0-2]) (?={_DONE}\b)", r"\g<day>at \2 "),
    (rf"\bor (1[0-2]|[1-9])([0-5][05]) (?={_DONE}\b)", r"or \1:\2 "),
)

_TOLD = tuple((re.compile(pattern), told) for pattern, told in (*_LIMITS, *_CLOCKS, *_NAMED_WITH))
_MAY_BE = re.compile(
    r"[<>~;]|l8r|ltr|twixt|\bbetw?\.|\bbe?tw |at [12]|\bpre"
    r"|\bpost|\bmax|\btops|\bmost|\bmin(?:imum)?\b|and up|earliest"
    r"|soonest|neither"
    r"|not(?:hing)? (?:before|un|ti)|not? (?:earlier|before|sooner)|or (?:an? |shortly|right|soon|just)|either|o'c"
    rf"|(?:after|before) (?:the |my |our |his |her |their |an? |[a-z]+'|{_THEIRS})"
    r"|window|block|slot|frame|range|hour|noon|lunch|ish\b|half[ -]|quarter-|qtr|1/|fifteen|thirty|twenty|forty|fifty"
    r"|\b(?:15|20|30)[ -]|[ -]oh?[ -](?:five|5)|[;,:]\d|\d-\d|neighborhood|ballpark|vicinity|abt|bout|arnd|arround"
    r"|toward|round |stroke|precisely|right|exactly at|prompt|on the (?:nose|button)|straight|\dh|\bhr|\bhs\b|horas"
    r"|\d ?h\b|\dhrs?|\d{4}|hundred|shortly|a wee|a bit|a little|a lil|a tad|slightly|soon|immediately|not long"
    rf"|(?:mon|fri|sat)s |dark|sun(?:set|down)|\d {_DONE}"
)
"""No notation stands in a text without one of these."""


def notated(folded: str) -> str:
    """The text with its hours as the grammar reads them."""
    if not _MAY_BE.search(folded):
        return folded
    return put(folded, _TOLD)
