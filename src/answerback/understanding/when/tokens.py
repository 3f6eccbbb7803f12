"""A text as tokens of the time grammar: numbers, clock times, dates, words by kind, and the marks between them.

Numbers that are no times (phones, addresses, money, counted things) are blanked out first. It must never decide
whether a token is meant; `scopes` and `groups` do.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.phrases import Speller
from answerback.understanding.when.at_ease import at_ease
from answerback.understanding.when.called_by import plainly_called
from answerback.understanding.when.counted import counted
from answerback.understanding.when.dates_written import dates_written
from answerback.understanding.when.dictation import dictation
from answerback.understanding.when.free_from import free_from
from answerback.understanding.when.in_passing import without_told
from answerback.understanding.when.joined_days import joined_days
from answerback.understanding.when.limits_told import limits_told
from answerback.understanding.when.next_few import next_few
from answerback.understanding.when.notations import notated
from answerback.understanding.when.notations_spanish import spanish_notated
from answerback.understanding.when.refused_too import refused_too
from answerback.understanding.when.roundabout import roundabout
from answerback.understanding.when.soonest import soonest
from answerback.understanding.when.spellings import MORE, respelled

_AS_WRITTEN = (
    respelled,
    dates_written,
    roundabout,
    free_from,
    joined_days,
    next_few,
    plainly_called,
    notated,
    spanish_notated,
    dictation,
    counted,
    soonest,
    limits_told,
    refused_too,
    without_told,
    at_ease,
)
"""Steps that put what was written into the words and figures that are read, each as the one before left it."""

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
    return list(_tokens(text))


@lru_cache(maxsize=16)
def _tokens(text: str) -> tuple[Token, ...]:
    """Kept, for one text is asked for its times, for the words they stand in and for what takes them back."""
    if len(text) > LONGEST_READ:
        text = text[: LONGEST_READ // 2] + "\n" + text[-LONGEST_READ // 2 :]
    written = _HYPHENED.sub(r"\1 ", fold_plain(_DASHES.sub("-", _AT_A_HOUSE.sub(" x ", text))))
    for step in _AS_WRITTEN:
        written = step(written)
    folded = _without_other_numbers(written)
    return tuple(_phrased([_lexed(match) for match in _LEX.finditer(folded)]))


def kind_at(tokens: Sequence[Token], place: int) -> str:
    """The kind of the token at `place`; empty outside the text."""
    if place < 0:
        return ""
    try:
        return tokens[place].kind
    except IndexError:
        return ""


def is_spanish_to(tokens: Sequence[Token], place: int) -> bool:
    """The "a" of "de 2 a 4"."""
    return kind_at(tokens, place) == "a" and tokens[place].text == "a" and kind_at(tokens, place + 1) in _ENDS


_ENDS = frozenset({"num", "dow", "clock", "ord", "noon"})
_NO_STREET = (
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
    r"|Today|Tonight|Tomorrow|Tmrw|Works?|Please|Pls|Thanks?|Thx|Ok|Okay|Is|Or|And|On|In|If|I|We|Am|Pm"
    r"|Central|Eastern|Pacific|Mountain"
)
_AT_A_HOUSE = re.compile(
    rf"(?<!day )(?<!row )\b(?:at|@|en) \d{{1,3}}(?![03]0|[14]5)\d\d (?!(?:{_NO_STREET})\b)[A-Z][a-z]+\b(?! [Tt]ime\b)"
)
""" "An install at 1450 Summit": a house number with the name of its street, which still has its capital."""
_DASHES = re.compile(r"[–—−]")
_HYPHENED = re.compile(r"\b(twenty|thirty)-(?=(?:fir|seco|thi|four|fif|six|seven|eigh|nin)(?:st|nd|rd|th)\b)")
""" "Twenty-first" is one day."""

_LEX = re.compile(
    r"(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<clock>(?<![\d.])(?:[01]?\d|2[0-3])[:.h][0-5]\d(?!\d|\.\d))"
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


_SUFFIX = (
    r"(?:st|street|ave|avenue|rd|road|ln|lane|dr|drive|ct|court|blvd|boulevard|way|cir|circle|pl|place|ter|terrace|"
    r"hwy|highway|pkwy|parkway|loop|trail|trl|sq|square|calle|avenida)"
)
_TIME_NAME = (
    r"(?:may|april|june|july|august|march|sunday|monday|friday|summer|january|september|october|november|december)"
)
_NAME = r"(?:april|may|june|august|augustus|julio|abril|mayo|domingo|summer|wednesday|friday)\b(?:\s+reyes\b)?(?!\s+\d)"
_CALLED = (
    r"(?:today|tomorrow|noon|midnight|april|may|june|august|summer|winter|autumn|january"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_MES = (
    r"(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
    r"|lunes|martes|miercoles|jueves|viernes|sabado|domingo)"
)
_UNUSED = r"empty|unused|idle|vacant|untouched|dormant|unplugged|abandoned|stagnant|broken|rotting|soaking"
_PLACE = (
    r"\b(?:apt|apartment|unit|suite|ste|room|rm|apto|depto|building|bldg|gate|code|zip|lot|floor|piso|order|invoice|"
    r"ticket|case|codigo|exit|mile|hwy|interstate|route|ih|i|dock|slip|pier|bay|trailer|site|spot|berth)"
)
_MEASURE = (
    r"(?:ft|feet|foot|inch|inches|in\.|gal|gallons?|gallon|tons?|lbs?|pounds|sq|sqft|degrees|grados|miles?|mi|km|psi|"
    r"hp|amps?|volts?|watts?|mg|ml|cc|units?|stars?|estrellas|stor(?:y|ies)|beds?|bedrooms?|baths?"
    r"|bathrooms?|ba|br|bd|recamaras|cuartos|"
    r"banos|habitaciones)\b"
)
_PETS = r"(?:cat|dog|kitty|kitten|puppy|gato|gata|perro|perra|perrita|perrito)"
_MEDIDA = r"(?:toneladas?|pulgadas?|galon(?:es)?|pies)"
_PIPES = (
    r"(?:tubo|tubos|tuberia|llave|valvula|manguera|conexion|codo|tornillo|pipe|pipes|line|hose|valve|bolt"
    r"|plywood|drywall"
    r"|fitting|socket|pvc|copper)"
)
_STREET_DAYS = (
    "5 de mayo|16 de septiembre|20 de noviembre|5 de febrero|24 de febrero|21 de marzo|1 de mayo|10 de mayo|2 de abril"
    "|12 de octubre|13 de septiembre|6 de enero|15 de septiembre"
)
""" "Vivo en 5 de Mayo 1530": the days that Mexican streets are named after."""
_INCHES = r"(?:1/2|1/4|3/4|1/8|3/8|5/8|7/8|5/16|3/16)"
_PAID = r"(?:paga|pagan|pago|cobra|cobran|cuesta|cuestan|pays?|paid|paying|charges?|charged|costs?|quoted)"
""" "El tubo es de 3/4", "la vecina paga entre 200 y 300"."""
_HOUSE = (
    r"\b\d{1,6}[a-z]?\s+(?!(?:[ap]m|oclock|works?|is|its|ok|either|any|if|or) )(?!on (?:my|the|our|your|his|her) way)"
    r"(?:[nsew]\.?\s+|(?:north|south|east|west)\s)?"
    r"(?:[\w']+\s+){1,3}?"
)
_CROSSED = r"(?!later|after|before|again|on|onward|also)[a-z]{3,}(?<!day)(?<!days)"
_CALLED_LIKE_A_TIME = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_TIME_NAME}\s+{_SUFFIX}\b",
        rf"\b(?:my name is|name is|this is|name'?s|me llamo|soy|ask for|call me|mi nombre es|im|i'm)\s+{_NAME}",
        rf"\b(?:is|are|was|were|pet) (?:named|called) {_CALLED}\b|\b(?:he|she|it)'?s (?:named|called) {_CALLED}\b",
        rf"\bse llaman? {_CALLED}\b|\bnamed {_CALLED}\b(?=$|[.,!?])",
        rf"\b{_CALLED} (?!our |my |the |an? |in |at |\d)(?:[a-z]+ )?(?:apts|apartments|condos|lofts|villas)\b",
        rf"\b{_CALLED}(?:'s| s) (?:[a-z]+ ){{1,3}}?(?:referred|recommended|sent|suggested|told) (?:me|us)\b",
        r"(?:^|[.!?,\n] ?)(?:(?:hi|hey|hello) )?tom(?: [a-z]+)? here(?=[,.!]|$| with\b| from\b)",
        rf"\b(?:la )?calle (?:de )?{_MES}\b",
        (
            rf"(?<!el )(?<!del )(?<!dia )(?<!es )(?<!do )(?<!go )(?<!s, )\b(?:{_STREET_DAYS})"
            r" (?:(?:norte|sur|oriente|poniente|num|numero|no)\.? )?#?(?!(?:19|20)\d\d\b)\d{3,4}\b(?!:| ?[ap]\.?m)"
        ),
        rf"\bsat (?:{_UNUSED})\b",
        r"\bfloor,? not (?:the )?(?:first|second|third|fourth|\d(?:st|nd|rd|th))\b",
    )
)
"""Streets and people: looked for even where no digit stands."""

_MONTH_ENDS = "jan|feb|mar|apr|may|jun|jul|aug|sep|ept|oct|nov|dec|ary|rch|ril|une|uly|ust|ber"
"""How months end, written short or whole: "june 8 by 11" is no size."""

_DOOR = r"(?:(?:numero|num|no|n)\.?\s+|#\s?)"
_STREET = r"(?:la\s+|calle\s+)?\w+"
""" "Calle 14 número 230 entre la 3 y la 5"."""

_STUCK = r"\b(?:stuck|parked|stranded|broke down|broken down)\b[\w' ]{0,40}?"
""" "Stuck at the gas station on 5th"."""

_OTHER_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"https?://\S+|\S+@\S+\.\w+",
        r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)|(?<![\d-])\d{3}[- ]\d{4}(?!\d)",
        (
            rf"\b(?:calle|avenida|av|carrera"
            rf"|c)\.?\s+\d{{1,3}}[a-z]?,?\s+{_DOOR}?\d+\w?,?\s+entre\s+{_STREET}\s+y\s+{_STREET}"
        ),
        r"\b(?:calle|avenida|av\.?|colonia|col\.?|calzada|plaza|la)\s+\d{1,2}\s+de\s+(?!la\b|las\b|manana\b)[a-z]+",
        rf"{_HOUSE}{_SUFFIX}\b\.?",
        rf"\b\d{{1,5}}-\d{{1,5}} (?!am |pm )[a-z]+ (?:[a-z]+ )?{_SUFFIX}(?=$|[.,;!?])",
        r"\b(?:calle|avenida|av|colonia|col)\s+(?:[\w']+\s+){1,3}?#?\d+\s+entre\s+[\w']+\s+y\s+[\w']+",
        r"\b\d'\d{1,2}\b\"?",
        r"\b(?:calle|avenida|carrera|av)\s+(?:[\w']+\s+){0,3}?#?\s?\d+\b",
        r"\b(?:budget|deductible|copay|bill)(?: (?:is|was|of|about|for))? \d{2,5}\b(?![:/])",
        r"\b(?:un|una|mi|my|an?|the) [a-z]+ (?:19[5-9]|20[0-3])\d\b|\bsomos \d{1,2}\b|\b\d{1,2} de nosotros\b",
        r"\$\s?\d[\d,.]*|\b\d[\d,.]*\s?(?:dollars?|bucks|usd|dolares|pesos|k\b|%|percent|grand\b)",
        rf"{_PLACE}\s*#?\d[\w-]*,?\s+(?:at|of|on|en)\s+\d{{1,6}}\s+[a-z]+",
        r"\b\d{1,6}\s+(?:[nsew]\.?|north|south|east|west)\s+\d{1,3}(?:st|nd|rd|th)\b",
        rf"{_PLACE}\s*(?:code|number|no|is|#|:|-)*\s*\d[\w-]*",
        r"\b(?:corner|intersection|esquina)\s(?:of\s|de\s)?[\w']+(?:\s(?:and|&|y)\s[\w']+)?",
        rf"\b(?:at|from|on|near|by|en) \d{{1,3}}(?:st|nd|rd|th) (?:and|&|y|n) {_CROSSED}(?=$|[.,])",
        rf"{_STUCK} (?:at|on|by|off|near) \d{{1,3}}(?:st|nd|rd|th)\b(?! (?:of|at)\b)(?: (?:and|&|n|y) [a-z]+)?",
        r"\b(?:x|street|st|ave|avenue|rd|road)\s+(?:and|&)\s+\d{1,3}(?:st|nd|rd|th)\b",
        r"\b\d{5}(?:-\d{4})?\b",
        rf"(?<!/)(?<!(?:{_MONTH_ENDS}) )\b\d{{1,3}}\s?(?:x|by)\s?\d{{1,3}}s?\b(?!\s?(?:[ap]m|oclock))",
        r"\b\d{1,3},\d{3}\b",
        (
            r"\b(?:spent|cost|costs|charged|owe|gaste|pague|cobraron|cuesta)\s(?:(?:me|us|like|about|over"
            r"|como)\s){0,2}\d{2,5}\b(?![:.]\d)"
        ),
        r"\bages? \d{1,2}\s?(?:-|to|thru)\s?\d{1,2}\b(?!\s?[ap]m)",
        (
            rf"\b(?:{_PETS}|he'?s|she'?s)(?:'?s| is| are| son| esta)? (?:like |about |around |almost "
            rf"|only )?\d{{1,2}}\s?-?ish(?=\s*(?:$|[.,;]| and ))"
        ),
        (
            r"\b(?:1500|2500|3500) (?:silverado|sierra|ram|gmc|chevy|dodge|ford|hd|diesel)\b|\b(?:f|ram|silverado"
            r"|sierra) ?-?\d{3,4}\b"
        ),
        rf"\b(?:\d+(?:\.\d+)?|una?|dos|tres|cuatro|cinco|seis)(?: y media| 1/2)? {_MEDIDA}\b",
        rf"\b{_PIPES}(?: [a-z]+){{0,3}} {_INCHES}(?![\d/])|(?<![\d/]){_INCHES}(?:\"| inch| in| de)? {_PIPES}\b",
        rf"\b{_PAID}(?: [a-z]+){{0,3}}? \d{{2,4}} ?(?:y|and|a|to|-) ?\d{{2,4}}\b(?! ?[ap]m|:)",
        (
            r"\b24\s?/\s?7\b|(?<!\bin )(?<!\ben )(?<!within )(?<!next )(?<!than )(?<!\bde )\b24\s?(?:hrs?"
            r"|hours|horas)\b(?! from now)"
        ),
        r"\b\d+(?:\.\d+)?\s*-?\s*(?:years?|yrs?|months?|weeks?|days?|anos|meses|dias|semanas)[ -](?:old|de edad)\b",
        (
            r"\b\d+\s?(?:yo|y/o)\b|\b(?:aged?|turning|turned)\s\d{1,2}\b|(?<=\bturns)\s\d{1,2}\b"
            r"|(?<=\bcumple)\s\d{1,2}\b"
        ),
        rf"\b(?:\d+\s?/\s?)?\d+(?:\.\d+)?\s?-?{_MEASURE}",
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
    for kind, phrases in (*content.items(), *MORE.items()):
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
