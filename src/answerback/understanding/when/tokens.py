"""A text as tokens of the time grammar: numbers, clock times, dates, words by kind, and the marks between them.

Numbers that are no times (phones, addresses, money, counted things) are blanked out first. It must never decide
whether a token is meant; `scopes` and `groups` do.
"""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.phrases import Speller

LONGEST_READ = 600
"""Letters read: a wish for a time stands in the first three or four segments, or at the end."""


class Token(NamedTuple):
    """One token: its kind, its number where it has one, and the letters it was made of."""

    kind: str
    value: int = 0
    text: str = ""
    more: tuple[int, ...] = ()


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order; words the grammar does not know are of kind `word`."""
    if len(text) > LONGEST_READ:
        text = text[: LONGEST_READ // 2] + "\n" + text[-LONGEST_READ // 2 :]
    folded = _without_other_numbers(_dictation(fold_plain(_DASHES.sub("-", text))))
    return _phrased([_lexed(match) for match in _LEX.finditer(folded)])


def kind_at(tokens: Sequence[Token], place: int) -> str:
    """The kind of the token at `place`; empty outside the text."""
    return tokens[place].kind if 0 <= place < len(tokens) else ""


def is_spanish_to(tokens: Sequence[Token], place: int) -> bool:
    """The "a" of "de 2 a 4"."""
    return kind_at(tokens, place) == "a" and tokens[place].text == "a" and kind_at(tokens, place + 1) in _ENDS


_ENDS = frozenset({"num", "dow", "clock", "ord", "noon"})
_DASHES = re.compile(r"[–—−]")

_LEX = re.compile(
    r"(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<clock>(?<![\d.])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?![\d.]))"
    r"|(?P<date>(?<![\d/.-])(?:1[0-2]|0?[1-9]|[12]\d|3[01])/(?:3[01]|[12]\d|0?[1-9])(?:/(?:20)?\d\d)?(?![\d/]))"
    r"|(?P<ord>\d{1,2}(?:st|nd|rd|th|ro|do|ra|da)\b)"
    r"|(?P<num>\d{1,5})"
    r"|(?P<word>[a-z]+(?:'[a-z]+)*)"
    r"|(?P<mark>[.!?;:\n,()&@#+/-])"
)

_MARKS = {
    **dict.fromkeys(".!?;\n", "stop"),
    **dict.fromkeys(",()", "comma"),
    ":": "comma",
    "&": "and",
    "@": "at",
    "#": "number",
    "+": "later_open",
    "/": "slash",
    "-": "dash",
}


def _lexed(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup or "", match.group()
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if kind == "clock":
        return Token("clock", numbers[0] * 60 + numbers[1], text)
    if kind in {"iso", "date"}:
        return Token(kind, 0, text, tuple(numbers))
    if kind in {"ord", "num"}:
        return Token(kind, numbers[0], text)
    if kind == "mark":
        return Token(_MARKS[text], 0, text)
    return Token("word", 0, text.replace("'", ""))


def _dictation(folded: str) -> str:
    """What a phone writes when somebody speaks: "to PM", "for o'clock", "3 p.m."."""
    folded = _RANKED.sub(", ", _spoken_marks(folded))
    for pattern, days_named in _LETTERED:
        folded = pattern.sub(days_named, folded)
    folded = _OTHER.sub(r"\1 siguiente", folded)
    folded = _RESPELLED.sub(lambda match: _RIGHT[match.lastgroup or ""](match), folded)
    folded = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m ", folded)
    folded = re.sub(r"\b(\d{1,2}) (?=(?:st|nd|rd|th)\b(?! \w+ (?:st|ave|rd)\b))", r"\1", folded)
    for pattern, number in _SPOKEN:
        folded = pattern.sub(number, folded)
    folded = re.sub(r"(\d)\s*(?:o'?clock|oclock)", r"\1 oclock", folded)
    folded = _BEFORE_IT.sub(r"\1 ", _AFTER_WORK.sub(lambda match: _REACHES.get(match[1], match[1]) + " ", folded))
    folded = _TILL_IT.sub(lambda match: _REACHES.get(match.group(1), match.group(1)) + " ", folded)
    folded = _FIRST_OF.sub("beginning of ", folded)
    folded = _NEXT_ONE.sub(r"\1 \2\3 next \2", folded)
    folded = _THE_DATE.sub(r"\1 del \2th", folded)
    folded = folded.replace("ultima semana de ", "last week of ")
    folded = _YEARS_END.sub("by december 31st", folded)
    folded = _TWO.sub(lambda match: _TO[match.group(1)[0]], folded)
    folded = re.sub(r"(?<=\d)(?=(?:am|pm|a|p|ish|hrs?|h|min|mins|o)\b)", " ", folded)
    folded = re.sub(r"\b(\w+day|manana|tomorrow|today|tonight)'s\b", r"\1 s", folded)
    return re.sub(r"\bw/|\bb/w\b", " between ", folded) if "b/w" in folded else folded


def _spoken_marks(folded: str) -> str:
    """ "Thursday comma after three", "friday question mark": the marks of somebody who speaks."""
    if not _SPOKEN_MARK.search(folded):
        return folded
    return _SPOKEN_MARK.sub(lambda match: _MARK_OF[(match.group(1) or match.group(2)).split()[0]], folded)


_SPOKEN_MARK = re.compile(
    r"\s+(question mark|exclamation (?:mark|point)|comma|coma|signo de interrogacion|new ?line)(?=\s|$)"
    r"|(?:(?<=day)|(?<=row)|(?<=[ap]m)|(?<=morning)|(?<=evening)|(?<=noon)|(?<=night)|(?<=you)|(?<=work)|(?<=works)|(?<=please)"
    r"|(?<=thanks)|(?<=fine)|(?<=\d)|(?<=\dth)|(?<=three)|(?<=lunch))\s+(period)(?=\s|$)"
)
"""A "period" only behind what ends such a sentence: a day, an hour, thanks; there are others."""
_MARK_OF = {
    "question": "?",
    "signo": "?",
    "exclamation": "!",
    "comma": ",",
    "coma": ",",
    "period": ".",
} | dict.fromkeys(("new", "newline"), ".")
_RANKED = re.compile(
    r"\b(?:1st|2nd|3rd|first|second|third|primera|segunda|tercera|backup) (?:choice|pick|option|preference|opcion)\b"
    r":?(?= (?:is |would be |seria )?(?:on |el )?(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom|tom|\d))"
)
"""Ranks that choose nothing from a list of ours: "1st choice thursday, 2nd choice friday"."""
_OTHER = re.compile(r"\botro (lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b")
_LETTERED = tuple(
    (re.compile(pattern), days_named)
    for pattern, days_named in (
        (r"\bm(?:on(?:days?)?)? ?(?:-|thru|through|to) ?f(?:ri(?:days?)?)?\b", " weekdays "),
        (r"\bm ?(?:-|thru|to) ?(?:th|thurs?)\b", " mondays, tuesdays, wednesdays, thursdays "),
        (r"\bm[/, &]*w[/, &]*f\b", " mondays, wednesdays, fridays "),
        (r"\bt(?:ue?)?[/&]?th\b", " tuesdays, thursdays "),
        (r"\bm[/&]w\b", " mondays, wednesdays "),
        (r"\bl ?(?:-|a) ?v\b", " weekdays "),
    )
)

_RESPELLED = re.compile(
    r"(?P<before>\bb4\b)"
    r"|(?P<after>\baft(?= \d))"
    r"|(?P<que>\bq(?= [a-z]))"
    r"|(?P<paral>\bpa'?l\b)|(?P<para>\bpa'?(?= [a-z]))"
    r"|(?P<finde>\bfin(?= (?:que|q) (?:viene|entra)\b))"
    r"|(?P<saint>\bst\.(?= ?pat))"
    r"|(?P<every>(?<![-/])(?<!to )(?<!thru )(?<!through )"
    r"\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}(?<!s)|tues|weds|thurs)"
    r"(?= (?:mornings|afternoons|evenings|eves|nights|nites)\b))"
    r"|(?P<ranked>\b1st(?= (?:appt|appointment|slot|opening|thing)\b))"
    r"|(?P<are>\br(?= (?:bad|no|not|out|fine|good|ok|best|better|great|open|free|both)\b))"
    r"|(?P<we>\bwe'(?:d|re)\b)"
    r"|(?P<dot>\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun)\.(?=\s?\d))"
    r"|(?P<small>\b(?:tard|noch)ecita\b)"
    r"|(?P<whose>\b(?!(?:it|that|what|when|there|here|let|where|how|who)'s)[a-z]{2,}(?<!day)(?<!manana)(?<!morrow)(?<!night)'s"
    r"(?= (?:at|on|in|this|next|tomorrow|tmrw|today|tonight|el|(?:mon|tues|wednes|thurs|fri|satur|sun)day|fri|sat) ?))"
)
"""Spellings that hide what was said: "b4", "we'd" (no wednesday), "nov. 4th", "nochecita", "prom's in may"."""
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RIGHT: dict[str, Callable[[re.Match[str]], str]] = {
    "before": lambda _: "before",
    "after": lambda _: "after",
    "que": lambda _: "que",
    "paral": lambda _: "para el",
    "para": lambda _: "para",
    "finde": lambda _: "finde",
    "saint": lambda _: "st",
    "every": lambda match: next((f"{day}s" for day in _WEEKDAYS if day.startswith(match.group()[:3])), match.group()),
    "ranked": lambda _: "first",
    "are": lambda _: "are",
    "we": lambda match: "we would" if match.group()[-1] == "d" else "we are",
    "dot": lambda match: match.group()[:-1] + " ",
    "small": lambda match: match.group().removesuffix("cita"),
    "whose": lambda match: match.group().removesuffix("'s") + " is",
}
_SPOKEN = tuple(
    (re.compile(rf"\b(?:{words})(?=\s(?:[ap]m\b|[ap]\.m|o'?clock|thirty\b))"), number)
    for words, number in (("to|too", "2"), ("for|fore", "4"), ("won", "1"), ("ate", "8"), ("tree", "3"), ("tin", "10"))
)
_AFTER_WORK = re.compile(
    r"\b(after|once|despues de|despues) (?=[a-z]*(?: [a-z]+){0,5} (?:at|a las?) \d)"
    r"(?:(?:i|we|he|she|they|my|the|que|del|de|el|la|mi) )*"
    r"(?:school|work|class|practice|church|shift|salga|salgo|sale|salen|trabajo|escuela|get|gets|am|im|are|is)"
    r"(?: (?:lets?|gets?|get|is|im|am|off|out|over|done|ends?|del|de|la|el|mi|trabajo|escuela|from|work))*"
    r" (?:at|a las?) (?=\d)"
)
_BEFORE_IT = re.compile(
    r"\b(before|antes de|after|despues de) "
    r"(?=(?:i|we|he|she|they|que)\b|(?<=before )(?:my|our|the)\b|(?<=de )(?:mi|la|el|[a-z]+r)\b)"
    r"(?:(?!(?:at|on|before|after|(?:week|holi)?(?:end|days?)|week|month|year|mes|semana|[a-z]+(?:day|es|ado|ingo))\b"
    r"|(?:a|las?) \d)[a-z']+ ){1,7}(?:at|a las?) (?=\d)"
)
"""What stands before an hour in "before i pick up my son at 2:30", "after i drop the kids off at 8"."""
_TILL_IT = re.compile(
    r"\b(before|until|till|til|antes de que|hasta que|once|after)"
    r" (?:(?!(?:at|or|and|but|if|before|after)\b)[a-z']+ ){1,5}?"
    r"(?:lands?|leaves?|moves?(?: (?:in|out))?|arrives?|go(?:es)? back|(?:gets?|comes?|be|are|is|am|im) back"
    r"|comes? off|vacate|closes?|fl(?:y|ies) out|(?:is|are|am|im) (?:over|done|ready)|returns?|starts?|begins?"
    r"|ends?|expires?|visits?|llegan?|regresan?)"
    r" (?:on |the |el )*(?=\d{1,2}(?:st|nd|rd|th)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
)
"""What stands before a day in "before my in laws land on the 25th", "until the kids go back the 9th"."""
_REACHES = {"once": "after", "antes de que": "before", "hasta que": "until"}
_FIRST_OF = re.compile(r"\bfirst (?:part )?of (?=next week|the week)")
_NEXT_ONE = re.compile(r"\b(this) (weekend|week|month)(,? (?:but |maybe )?)(?:the )?next one\b")
_THE_DATE = re.compile(r"\b(despues|antes|a partir) del (\d{1,2})\b(?! ?(?:[ap]m|de \d))")
_YEARS_END = re.compile(
    r"\b(?:before|by) (?:the )?(?:end of (?:the |this )?year|years? end|year (?:ends|is (?:out|over|up)))\b"
    r"|\bantes de que (?:se )?(?:acabe|termine) el ano\b"
)
_TWO = re.compile(r"\b2(morr?o?w?|moro|mrw|mro|day|nite|night)\b")
_TO = {"m": "tomorrow", "d": "today", "n": "tonight"}

_SUFFIX = (
    r"(?:st|street|ave|avenue|rd|road|ln|lane|dr|drive|ct|court|blvd|boulevard|way|cir|circle|pl|place|ter|terrace|"
    r"hwy|highway|pkwy|parkway|loop|trail|trl|sq|square|calle|avenida)"
)
_TIME_NAME = (
    r"(?:may|april|june|july|august|march|sunday|monday|friday|summer|january|september|october|november|december)"
)
_NAME = r"(?:april|may|june|august|augustus|julio|abril|mayo|domingo|summer|wednesday|friday)\b(?!\s+\d)"
_PLACE = (
    r"\b(?:apt|apartment|unit|suite|ste|room|rm|apto|depto|building|bldg|gate|code|zip|lot|floor|piso|order|invoice|"
    r"ticket|case|codigo|exit|mile|hwy|interstate|route|ih|i)"
)
_MEASURE = (
    r"(?:ft|feet|foot|inch|inches|in\.|gal|gallons?|gallon|tons?|lbs?|pounds|sq|sqft|degrees|grados|miles?|mi|km|psi|"
    r"amps?|volts?|watts?|mg|ml|cc|units?|stars?|estrellas|stor(?:y|ies)|beds?|bedrooms?|baths?|bathrooms?|ba|br|bd|recamaras|cuartos|"
    r"banos|habitaciones)\b"
)
_HOUSE = (
    r"\b\d{1,6}[a-z]?\s+(?!on (?:my|the|our|your|his|her) way)(?:[nsew]\.?\s+|(?:north|south|east|west)\s)?"
    r"(?:[\w']+\s+){1,3}?"
)
_CALLED_LIKE_A_TIME = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_TIME_NAME}\s+{_SUFFIX}\b",
        rf"\b(?:my name is|name is|this is|name'?s|me llamo|soy|ask for|call me|mi nombre es|im|i'm)\s+{_NAME}",
        r"\bfloor,? not (?:the )?(?:first|second|third|fourth|\d(?:st|nd|rd|th))\b",
    )
)
"""Streets and people: looked for even where no digit stands."""

_OTHER_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"https?://\S+|\S+@\S+\.\w+",
        r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)|(?<![\d-])\d{3}-\d{4}(?!\d)",
        rf"{_HOUSE}{_SUFFIX}\b\.?",
        r"\b(?:calle|avenida|av|colonia|col|calzada|plaza)\s+\d{1,2}\s+de\s+[a-z]+",
        r"\b(?:calle|avenida|carrera|av)\s+(?:[\w']+\s+){0,3}?#?\s?\d+\b",
        r"\$\s?\d[\d,.]*|\b\d[\d,.]*\s?(?:dollars?|bucks|usd|dolares|pesos|k\b|%|percent|grand)",
        rf"{_PLACE}\s*#?\d[\w-]*,?\s+(?:at|of|on|en)\s+\d{{1,6}}\s+[a-z]+",
        r"\b\d{1,6}\s+(?:[nsew]\.?|north|south|east|west)\s+\d{1,3}(?:st|nd|rd|th)\b",
        rf"{_PLACE}\s*(?:code|number|no|is|#|:|-)*\s*\d[\w-]*",
        r"\b(?:corner|intersection|esquina)\s(?:of\s|de\s)?[\w']+(?:\s(?:and|&|y)\s[\w']+)?",
        r"\b(?:x|street|st|ave|avenue|rd|road)\s+(?:and|&)\s+\d{1,3}(?:st|nd|rd|th)\b",
        r"\b\d{5}(?:-\d{4})?\b",
        r"\b\d{1,3}\s?(?:x|by)\s?\d{1,3}s?\b(?!\s?(?:[ap]m|oclock))",
        r"\b\d{1,3},\d{3}\b",
        r"\b24\s?/\s?7\b|\b24\s?(?:hrs?|hours|horas)\b",
        r"\b\d+(?:\.\d+)?\s*-?\s*(?:years?|yrs?|months?|weeks?|days?|anos|meses|dias|semanas)[ -](?:old|de edad)\b",
        r"\b\d+\s?(?:yo|y/o)\b|\b(?:aged?|turning|turned)\s\d{1,2}\b|(?<=\bturns)\s\d{1,2}\b|(?<=\bcumple)\s\d{1,2}\b",
        rf"\b\d+(?:\.\d+)?\s?-?{_MEASURE}",
    )
)


def _without_other_numbers(folded: str) -> str:
    digits = any(letter.isdigit() for letter in folded)
    for pattern in (*_CALLED_LIKE_A_TIME, *(_OTHER_NUMBERS if digits else ())):
        folded = pattern.sub(" x ", folded)
    return folded


def _phrased(lexed: list[Token]) -> list[Token]:
    """Words and the phrases of the lexicon made into tokens of its kinds; the longest phrase wins."""
    found: list[Token] = []
    place = 0
    texts = [_spelled(token.text) if token.kind == "word" else token.text for token in lexed]
    while place < len(lexed):
        kind, length = _longest(texts, place, lexed)
        if length:
            name, _, value = kind.partition(":")
            number = int(value) if value.isdigit() else 0
            text = value if name == "part" else " ".join(texts[place : place + length])
            found.append(Token(name, number, text))
        else:
            found.append(lexed[place])
        place += length or 1
    return found


_Trie = dict[str, object]
_END = ""


def _load() -> tuple[_Trie, set[str]]:
    path = Path(__file__).parent.parent / "data" / "when.json"
    content: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))
    trie: _Trie = {}
    known: set[str] = set()
    for kind, phrases in content.items():
        for phrase in phrases:
            node = trie
            for word in phrase.split():
                known.add(word)
                node = node.setdefault(word, {})  # type: ignore[assignment]
            if _END in node:
                raise ValueError(f"data/when.json has {phrase!r} as {node[_END]} and as {kind}; keep one.")
            node[_END] = kind
    return trie, known


_TRIE, _KNOWN = _load()

_SPELLER = Speller(set(WORDS["when.spelled"]))
_BY_SHAPE: dict[tuple[str, int], list[str]] = {}
for _word in sorted(WORDS["when.spelled"]):
    _BY_SHAPE.setdefault((_word[0], len(_word)), []).append(_word)
_NO_SLIP = frozenset(["moaning", "mourning", "sundry", "mooring", "manana", "august", "evenly", "leaving"])


def _spelled(word: str) -> str:
    if word in _KNOWN or word in _NO_SLIP or len(word) < 5:
        return word
    right = _SPELLER.right(word)
    return right if right != word else _one_letter_off(word)


def _one_letter_off(word: str) -> str:
    """ "saterday", "fryday": one letter of a long word is another; the first is right."""
    if len(word) < 6:
        return word
    for meant in _BY_SHAPE.get((word[0], len(word)), ()):
        if sum(one != two for one, two in zip(word, meant, strict=True)) == 1:
            return meant
    return word


def _longest(texts: list[str], place: int, lexed: list[Token]) -> tuple[str, int]:
    node: _Trie = _TRIE
    best, length = "", 0
    for step in range(place, len(texts)):
        if lexed[step].kind not in {"word", "num"}:
            break
        child = node.get(texts[step])
        if child is None:
            break
        node = child  # type: ignore[assignment]
        if _END in node:
            best, length = str(node[_END]), step - place + 1
    return best, length
