"""Where the customer is: zip, town, street, crossing or spot on a highway, in their own letters.

It must never make a place up; a town outside the business's list counts only where a town would stand.
"""

import re

from answerback.engine.reading import Asked
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.towns import is_code, is_town

ZIP = re.compile(r"(?<![\d$#.,-])\d{5}(?:-\d{4})?(?![\d]|[.,]\d)")

_STREET = (
    r"(?:st|street|ave|avenue|av|rd|road|dr|drive|ln|lane|blvd|boulevard|ct|court|cir|circle|pl|place|ter|terrace|"
    r"hwy|highway|pkwy|parkway|trl|trail|loop|cove|cv|pike|run|square|sq|alley|crossing|broadway)"
)

_STREET_WORD = re.compile(rf"{_STREET}\b")
_WORD = r"[a-z0-9]{1,20}"
_HIGHWAY = r"\b(?:i|us|sr|hwy|highway|interstate|route|rt|loop|freeway|autopista|carretera)[ -]?\d{1,4}"
_BOUND = r"(?: (?:north|south|east|west|northbound|southbound|eastbound|westbound|nb|sb|eb|wb|n|s|e|w)\b)?"
_NEAR = (
    r"(?: ?(?:,|at|by|near|before|after|past|and|exit|mile|marker|the|mm|right|just|close|to|around|going|cerca|de|"
    r"salida|por|la|en|@|&)(?: [a-z0-9]{1,18}){1,3}?(?= exit| ramp| bridge| rd| st| ave|[.,;!?]|$)"
    r"(?: (?:exit|ramp|bridge|rd|st|ave)\b)?)?"
)
_HOUSE = (
    r"(?:\b(?:apt|unit|suite|ste)\.? ?#?[a-z0-9-]{1,6}, )?\b[nsew]?\d{1,6}(?:-\d+)? (?!(?:on|off|at|of|and|from) )"
    rf"(?:[nsew] |north |south |east |west )?(?:[a-z0-9']{{1,20}} ){{1,3}}?{_STREET}\b\.?(?: [nsew]\b(?! [nsew]?\d))?"
)
_UNIT = (
    r"(?:,? (?:apt|apartment|unit|suite|ste|#|lot)\.? ?#?[a-z0-9-]{1,6}\b|,? no\.? ?#?\d{1,6}\b"
    r"|,? \d{1,2}(?:st|nd|rd|th) floor\b)?"
)
_ON_ROAD = (
    r"\b\d{1,6} (?:[nsew]\.? )?(?:county (?:road|rd|hwy|highway)|cr|state (?:road|route|hwy|highway)|fm|hwy|highway|"
    r"route|rt|rural route|rr) ?\d{1,5}\b"
)
_MILE = r"\b(?:mile marker|mile|mm|exit|salida) ?#? ?\d{1,4}\b"
_CORNER = (
    r"\b(?:corner of |intersection of |esquina de )(?:[a-z0-9']{1,20} ){1,3}(?:and|&|y) "
    rf"(?:(?:la|el|the) )?{_WORD}(?: {_STREET})?\b"
)
_NUMBER_WORD = (
    r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
_DICTATED = (
    rf"\b(?:{_NUMBER_WORD}[ -]){{1,6}}(?:and )?(?:north |south |east |west )?(?:[a-z0-9']{{1,20}} ){{1,3}}?{_STREET}\b"
)
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        _ON_ROAD + _UNIT,
        r"\b\d{1,5} [nsew]\.? \d{1,5} [nsew]\b",
        _HOUSE + _UNIT,
        _DICTATED + _UNIT,
        r"\b\d{1,6} (?:[nsew]\.?|north|south|east|west) \d{1,3}(?:st|nd|rd|th)\b" + _UNIT,
        r"\b\d{1,6} (?:calle|avenida|camino|paseo|via) (?:[a-z0-9]{1,20} ?){1,3}",
        r"\b(?:calle|avenida|av|carretera|colonia) (?:[a-z]{1,20} ){0,3}#?\d{1,6}\b(?: y [a-z]{3,20}\b)?",
        _CORNER,
        _MILE + r" (?:on|of|off|de la) (?:the )?" + _HIGHWAY[len(r"\b") :] + _BOUND,
        _HIGHWAY + _BOUND + _NEAR,
        r"\b(?:mile marker|channel marker|marker|exit|salida) ?#? ?\d{1,4}\b",
        rf"(?<= at )(?:the corner of )?{_WORD} (?:and|&) \d{{1,3}}(?:st|nd|rd|th)\b",
        rf"\b{_WORD}(?: {_STREET})? (?:and|&|y) {_WORD} {_STREET}\b",
        r"(?<= at )the [a-z]{3,18}(?: [a-z]{3,18})? (?:parking lot|parking garage|lot)\b",
        r"\bparking lot (?:of|at) (?:the )?[a-z]{3,18}(?: [a-z]{3,18})?(?: on [a-z0-9]{1,18})?",
    )
)
_STRANDED = re.compile(
    r"\b(?:stuck|stranded|parked|broke down|broken down|dead|died|drifting|flat|tow|grua|locked (?:out|my)|boost|jump"
    r"|taking on water|pick me up|pulled over|sitting|wont start|estoy|estamos|varad[oa]s?|i'?m (?:at|by|near|in front)"
    r"|we'?re (?:at|by|near)|se me (?:paro|descompuso|poncho))\b"
)
_LANDMARK = re.compile(
    r"\b(?:at|near|by|behind|outside|across from|in front of|next to|towards?|off|cerca de|frente a|atras de|detras de"
    r"|afuera de|junto a|por|en) ((?:the |a |la |el |los |las |un |una )?(?:[a-z0-9']{1,18} ){0,2}?"
    r"(?:target|walmart|costco|home depot|lowes|heb|kroger|safeway|walgreens|cvs|love'?s|mcdonald'?s|starbucks"
    r"|gas station|truck stop|rest (?:stop|area)|church|school|mall|hospital|hotel|motel|airport|marina|pier|dock|dam"
    r"|bridge|park|stadium|library|courthouse|store|light|boat ramp|ramp|buoy|campground|boya|presa|muelle|iglesia"
    r"|escuela|gasolinera|dollar general|buc-ee'?s|truck wash|plaza|parque|puente|tienda"
    r"|aeropuerto|estacionamiento|kmart|casino"
    r"|(?:post|fire|police|train|bus) (?:office|station))"
    r"\b(?: (?:on|off|in|at|of|by|en|de la calle|de la|del|de) (?!my\b|our\b|mi\b)[a-z0-9']{1,18}(?: "
    + _STREET
    + r"\b)?| \d{1,4}\b)?)"
)
_NAMED_SPOT = re.compile(
    r"\b(?:near|off|behind|outside|across from|in front of|past|cerca de|frente a|light on)"
    r" ((?:the )?[A-Z][A-Za-z']{2,}(?: [A-Z][A-Za-z']+){0,2})"
)
_NO_SPOTS = WORDS["when.days"] | WORDS["when.months"] | WORDS["slots.city_stop"]
_UNITS = frozenset(["dollars", "bucks", "miles", "sqft", "sq", "square", "gallons", "units", "lbs"])

_ADDRESS_LEAD = re.compile(
    r"^(?:(?:it'?s|im|i'm|i am|we are|we're|estoy|estamos|its|es|the address is|address is|my address is|at|en|in|"
    r"on|to|"
    r"send (?:someone|them|him) to|come to|parked|here|yes|sure|ok|la direccion es|mi direccion es|vivo|direccion|the|"
    r"near|cerca de|by|over|located|el(?= \d))\s+)+"
)

NOT_PLACES = WORDS["slots.not_places"]
_NUMBERED = re.compile(
    r"(?<![\d#$-])\b\d{1,6}(?:-\d+)? (?:[NSEW]\.? )?[A-Za-z][\w']*(?: [A-Za-z][\w']*){0,3}?"
    r"(?:,? (?:apt|apartment|apartamento|depto|piso|unit|suite|ste|#|lot)\.? ?#?\w{1,6})?(?=\s*(?:[,.;!?\n]|$))",
    re.IGNORECASE,
)
"""Where an address was asked for, a number and up to three words that end there: "20 fern hollow"."""

_OFF_ROAD = re.compile(
    r"\b(?:off|por|near|cerca de)(?: of)?(?: la| el| the| hwy| highway)? \d{1,4}\b(?! (?:min|mile|hour|h))"
)
"""Where the town was asked for, the road it is off: "Bastrop, off 71"."""

_BERTH = re.compile(
    r"\b(?i:slip|slot|site|space|spot|lot|unit|berth|pier|dock|gate|hangar|stall|espacio|lote|muelle)"
    r" #?(?:[A-Za-z]-?)?\d{1,4}[A-Za-z]?\b"
    r"(?:,? (?:(?:at|on|en|de) )?[A-Z][\w']+(?: (?:del?|la|[A-Z][\w']+)){0,3}"
    r"(?: (?:mobile home park|trailer park|rv park|marina|airport|campground|park|resort))?)?"
)
"""Where a place was asked for, a numbered one of a marina, a park or a yard: "slip C-22 Bahia Mar"."""

_FLAT = re.compile(
    r"\b(?:apartment|apartamento|depto|departamento|(?<=in )apt|(?<=at )apt|(?<=en )apt|unit(?= \d{1,4}[a-z]\b))"
    r"\.? ?#? ?(?:\d{1,5}[a-z]?|[a-z]\d{1,4})\b"
)
"""A flat, where a house has many: "apartamento 5", "unit 3B"."""

_PARKED = re.compile(
    r"(?:the )?(?:[A-Z][A-Za-z'&]+ ){1,3}parking (?:lot|garage)"
    r"(?: (?:on|off|at|by) [A-Z0-9][\w']*(?: (?:St|Ave|Rd|Dr|Blvd|Hwy|Pkwy)\b)?)?"
)
_ON_STREET = re.compile(
    r"\b(?:on|off|at|down|along|en) ((?:[A-Z][A-Za-z']+ ){1,2}(?:St|Street|Ave|Avenue|Rd|Road|Dr|Drive|Ln|Lane|Blvd|"
    r"Boulevard|Hwy|Highway|Pkwy|Parkway|Trail|Pike|Ct|Court|Cir|Circle|Pl|Place|Way|Ter|Terrace|Loop|Cove|Sq|Square)"
    r"\b)"
)


_HOUSE_BEHIND = re.compile(
    rf" (?:(?:[nsew]{{1,2}}\.? )?(?:[a-z0-9']{{1,20}} ){{1,3}}?{_STREET}\b"
    r"|(?:county road|cr|state (?:road|route|hwy|highway)|fm|hwy|highway|route|rt) ?\d)"
)
"""What makes of five digits the number of a house: "12345 SW 8th Terrace"."""


def zip_code(heard: Heard, asked: Asked) -> str | None:
    """Five digits that stand where a zip code may; unasked they must be a code there is."""
    for match in ZIP.finditer(heard.plain.folded):
        ahead, behind = heard.plain.folded[: match.start()], heard.plain.folded[match.end() :]
        after = behind.split(maxsplit=1)
        a_count = bool(after) and (after[0].strip(".,") in _UNITS or _STREET_WORD.match(after[0]) is not None)
        of_a_house = (asked.about == "address" or not ahead.strip()) and _HOUSE_BEHIND.match(behind) is not None
        taken_back = ahead.endswith(("not ", "no es ")) and ZIP.search(behind) is not None
        if not (a_count or of_a_house or taken_back) and (
            asked.about in {"location", "address"} or is_code(match.group())
        ):
            return match.group()
    return None


def address(heard: Heard, asked: Asked) -> str | None:
    """The street part of where the customer is: an address, a crossing, a spot on a highway."""
    folded = heard.plain.folded
    for pattern in _ADDRESSES:
        if match := pattern.search(folded):
            return copied(heard, match.start(), match.end())
    if match := _PARKED.search(heard.plain.original) or _ON_STREET.search(heard.plain.original):
        return match.group(match.lastindex or 0)
    if (asked.about == "location" or _STRANDED.search(folded)) and (spot := _spot(heard)):
        return spot
    if asked.about == "location" and (road := _OFF_ROAD.search(folded)):
        return copied(heard, road.start(), road.end())
    if asked.about in {"address", "location"} and (berth := _BERTH.search(heard.plain.original)):
        return berth.group()
    if asked.about != "address":
        flat = _FLAT.search(folded)
        return copied(heard, flat.start(), flat.end()) if flat else None
    if numbered := _NUMBERED.search(heard.plain.original):
        return numbered.group()
    return whole_answer(heard, _ADDRESS_LEAD) if _place_like(heard) else None


def behind_address(heard: Heard, asked: Asked) -> tuple[bool, str]:
    """Is there a street address, and what stands behind it; the whole text where there is none."""
    original, folded = heard.plain.original, heard.plain.folded
    if len(original) == len(folded) and (match := _NUMBERED_ROAD.search(folded) or _NUMBERED_HOUSE.search(folded)):
        return True, original[match.end() :]
    if asked.about == "address" and (match := _NUMBERED.search(original)):
        return True, original[match.end() :]
    return False, original


_NUMBERED_HOUSE = re.compile(_HOUSE + _UNIT)
_NUMBERED_ROAD = re.compile(_ON_ROAD + _UNIT)


def _spot(heard: Heard) -> str | None:
    """The landmark somebody waits at: "the Target on Lamar", or a name in capitals that is no town and no day."""
    if match := _LANDMARK.search(heard.plain.folded):
        return copied(heard, match.start(1), match.end(1))
    for match in _NAMED_SPOT.finditer(heard.plain.original):
        name = match.group(1)
        if fold_plain(name).split()[0] not in _NO_SPOTS and not is_town(name) and not name.isupper():
            return name
    return None


def _place_like(heard: Heard) -> bool:
    texts = heard.texts
    pointed = any(any(map(str.isdigit, text)) or _STREET_WORD.fullmatch(text) for text in texts)
    return (
        0 < len(texts) <= 14
        and texts[0] not in NOT_PLACES
        and (pointed or _TALK.isdisjoint(texts))
        and not heard.plain.asks
        and not heard.has("slots.unwilling")
    )


_TALK = WORDS["places.talk"]
"""Who says one of these, and names no number and no street, has not said where they are."""


def whole_answer(heard: Heard, lead: re.Pattern[str]) -> str | None:
    folded = heard.plain.folded.strip()
    shift = len(heard.plain.folded) - len(heard.plain.folded.lstrip())
    match = lead.match(folded)
    start = (match.end() if match else 0) + shift
    return copied(heard, start, len(heard.plain.folded)).strip(" .!,") or None


def copied(heard: Heard, start: int, end: int) -> str:
    """A stretch of the folded text in the customer's own letters, where folding kept the length."""
    if len(heard.plain.original) == len(heard.plain.folded):
        return heard.plain.original[start:end].strip(" ,.")
    return heard.plain.folded[start:end].strip(" ,.")
