"""Where the customer is: zip, town, street, crossing or spot on a highway, in their own letters.

It must never make a place up; a town outside the business's list counts only where a town would stand.
"""

import re
from collections.abc import Sequence

from answerback.engine.reading import Asked, Vocabulary
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import LEXICON, WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.towns import is_code, is_town

_ZIP = re.compile(r"(?<![\d$#.,-])\d{5}(?:-\d{4})?(?![\d]|[.,]\d)")

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
    r"(?:\b(?:apt|unit|suite|ste)\.? ?#?[a-z0-9-]{1,6}, )?\b\d{1,6}(?:-\d+)? (?!(?:on|off|at|of|and|from) )"
    rf"(?:[nsew] |north |south |east |west )?(?:[a-z0-9']{{1,20}} ){{1,3}}?{_STREET}\b\.?"
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
    rf"\b(?:corner of |intersection of |esquina de )(?:[a-z0-9']{{1,20}} ){{1,3}}(?:and|&|y) {_WORD}(?: {_STREET})?\b"
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
        _HOUSE + _UNIT,
        _DICTATED + _UNIT,
        r"\b\d{1,6} (?:[nsew]\.?|north|south|east|west) \d{1,3}(?:st|nd|rd|th)\b" + _UNIT,
        r"\b\d{1,6} (?:calle|avenida|camino|paseo|via) (?:[a-z0-9]{1,20} ?){1,3}",
        r"\b(?:calle|avenida|av|carretera|colonia) (?:[a-z]{1,20} ){0,3}#?\d{1,6}\b(?: y [a-z]{3,20}\b)?",
        _CORNER,
        _MILE + r" (?:on|of|off|de la) (?:the )?" + _HIGHWAY[len(r"\b") :] + _BOUND,
        _HIGHWAY + _BOUND + _NEAR,
        r"\b(?:mile marker|exit|salida) ?#? ?\d{1,4}\b",
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
    r"|afuera de|junto a|en) ((?:the |a |la |el |los |las |un |una )?(?:[a-z0-9']{1,18} ){0,2}?"
    r"(?:target|walmart|costco|home depot|lowes|heb|kroger|safeway|walgreens|cvs|love'?s|mcdonald'?s|starbucks"
    r"|gas station|truck stop|rest (?:stop|area)|church|school|mall|hospital|hotel|motel|airport|marina|pier|dock|dam"
    r"|bridge|park|stadium|library|courthouse|store|light|boat ramp|ramp|buoy|campground|boya|presa|muelle|iglesia"
    r"|escuela|gasolinera|dollar general|buc-ee'?s|truck wash|plaza|parque|puente|tienda"
    r"|estacionamiento)\b(?: (?:on|off|in|at|of|by|en|de la calle|de la|del|de) (?!my\b|our\b|mi\b)[a-z0-9']{1,18}(?: "
    + _STREET
    + r"\b)?| \d{1,4}\b)?)"
)
_NAMED_SPOT = re.compile(
    r"\b(?:near|off|behind|outside|across from|in front of|past|cerca de|frente a|light on)"
    r" ((?:the )?[A-Z][A-Za-z']{2,}(?: [A-Z][A-Za-z']+){0,2})"
)
_NO_SPOTS = WORDS["when.days"] | WORDS["when.months"] | WORDS["slots.city_stop"]
_CITY_BEFORE = re.compile(
    r"\b(i am in|i'm in|im in|we are in|we're in|live in|located in|out in|over in|here in|in|from|near|vivo en|"
    r"estoy en|estamos en|soy de|en|de|serve|service|cover|come to|go to|go out to|out to|drive to|new to|out by|"
    r"outside|out past|moved to|llegamos a)"
    r"\s+([a-z][a-z'.]+(?: [a-z][a-z'.]+){0,2})"
)
_OF_ANYTHING = frozenset(
    [
        "from",
        "de",
        "serve",
        "service",
        "cover",
        "go to",
        "drive to",
        "new to",
        "out by",
        "out to",
        "outside",
        "out past",
        "moved to",
        "llegamos a",
    ]
)
"""What stands before much else than towns: only a town there is counts after these."""

_NAMED = re.compile(r"[A-Z][A-Za-z'.]+(?: [A-Z][A-Za-z'.]+){0,2}")
_MOST_LETTERS = 5
"""Longer words written in capitals are shouted, not short for something."""

_CITY_AT_ZIP = re.compile(
    r"(?:\b[A-Za-z]+\.?,?\s+|,\s*|^)((?:(?:St|Ft|Mt)\.? )?[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})?),?\s+"
    r"(?:[A-Z]{2},?\s+\d{5}|\d{5}(?:-\d{4})?\b|(?:TX|IL|AZ|CA|FL|NY|CO|NV|GA|NC|OH|WA)\b)"
)

_CITY_STOP = WORDS["slots.city_stop"]

_UNITS = frozenset(["dollars", "bucks", "miles", "sqft", "sq", "square", "gallons", "units", "lbs"])

_ADDRESS_LEAD = re.compile(
    r"^(?:(?:it'?s|im|i'm|i am|we are|we're|estoy|estamos|its|es|the address is|address is|my address is|at|en|in|"
    r"on|to|"
    r"send (?:someone|them|him) to|come to|parked|here|yes|sure|ok|la direccion es|mi direccion es|vivo|direccion|the|"
    r"near|cerca de|by|over|located|el(?= \d))\s+)+"
)

_CITY_LEAD = re.compile(
    r"^(?:(?:i'?m|we'?re|we are|i am|i live|live|its|it'?s|in|from|near|estoy|estamos|vivo|en|por|soy|de|the city of|"
    r"city is|yes|sure|ok|hi|just|right|outside(?: of)?|over|out|around|north|south|of|about|cerca|located|area|"
    r"like|(?:my |the )?(?:zip|postal) ?code(?: is)?|(?:my |the )?zip(?: is)?)\s+)+"
)

_MOST_WORDS = 3
_NOT_PLACES = WORDS["slots.not_places"]
_WIDER = WORDS["slots.not_towns"]
"""States and countries, which say too little of where somebody is."""

_NUMBERED = re.compile(
    r"(?<![\d#$-])\b\d{1,6}(?:-\d+)? (?:[NSEW]\.? )?[A-Za-z][\w']*(?: [A-Za-z][\w']*){0,2}?"
    r"(?:,? (?:apt|apartment|unit|suite|ste|#|lot)\.? ?#?\w{1,6})?(?=\s*(?:[,.;!?\n]|$))",
    re.IGNORECASE,
)
"""Where an address was asked for, a number and up to three words that end there: "20 fern hollow"."""

_PARKED = re.compile(
    r"(?:[A-Z][A-Za-z'&]+ ){1,3}parking (?:lot|garage)(?: (?:on|off|at|by) [A-Z0-9][\w']*(?: (?:St|Ave|Rd|Dr|Blvd|Hwy|Pkwy)\b)?)?"
)
_ON_STREET = re.compile(
    r"\b(?:on|off|at|down|along|en) ((?:[A-Z][A-Za-z']+ ){1,2}(?:St|Street|Ave|Avenue|Rd|Road|Dr|Drive|Ln|Lane|Blvd|"
    r"Boulevard|Hwy|Highway|Pkwy|Parkway|Trail|Pike)\b)"
)


_HOUSE_BEHIND = re.compile(rf" (?:[nsew]{{1,2}}\.? )(?:[a-z0-9']{{1,20}} ){{1,2}}?{_STREET}\b")
"""What makes of five digits the number of a house: "12345 SW 8th Terrace"."""


def zip_code(heard: Heard, asked: Asked) -> str | None:
    """Five digits that stand where a zip code may; unasked they must be a code there is."""
    for match in _ZIP.finditer(heard.plain.folded):
        ahead, behind = heard.plain.folded[: match.start()], heard.plain.folded[match.end() :]
        after = behind.split(maxsplit=1)
        a_count = bool(after) and (after[0].strip(".,") in _UNITS or _STREET_WORD.match(after[0]) is not None)
        of_a_house = not ahead.strip() and _HOUSE_BEHIND.match(behind) is not None
        taken_back = ahead.endswith(("not ", "no es ")) and _ZIP.search(behind) is not None
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
    if _STRANDED.search(folded) and (spot := _spot(heard)):
        return spot
    if asked.about != "address":
        return None
    if numbered := _NUMBERED.search(heard.plain.original):
        return numbered.group()
    return _whole_answer(heard, _ADDRESS_LEAD) if _place_like(heard) else None


def city(heard: Heard, asked: Asked, vocabulary: Vocabulary) -> str | None:
    """The town named: one the business serves, or what stands where a town would."""
    folded = heard.plain.folded
    for known in vocabulary.cities:
        if match := re.search(rf"\b{re.escape(fold_plain(known))}\b", folded):
            return copied(heard, match.start(), match.end())
    behind, written = _behind_address(heard, asked)
    if match := _CITY_AT_ZIP.search(written):
        return _with_word_ahead(written[: match.start(1)], match.group(1))
    if behind and (town := _leading_town(written)):
        return town
    if asked.about == "location":
        if (match := _JOB_IN.search(heard.plain.original)) and is_town(match.group(1)):
            return match.group(1)
        return _city_answer(heard) or _named_town(heard)
    if asked.about not in _OTHER_NAMES and (town := _only_a_town(heard)):
        return town
    for match in _CITY_BEFORE.finditer(folded):
        found = _city_words(heard, match.start(2), match.group(2))
        if found and _may_be_town(found, sure=match.group(1) not in _OF_ANYTHING):
            return found
    return None


_JOB_IN = re.compile(
    r"\b(?:job|house|place|property|work|trabajo|casa|obra)(?: is| es| esta| está)? (?:in|en) "
    r"([A-Z][a-z]+(?: [A-Z][a-z]+)?)"
)


def _behind_address(heard: Heard, asked: Asked) -> tuple[bool, str]:
    """Is there a street address, and what stands behind it; the whole text where there is none."""
    original, folded = heard.plain.original, heard.plain.folded
    if len(original) == len(folded) and (match := _NUMBERED_HOUSE.search(folded)):
        return True, original[match.end() :]
    if asked.about == "address" and (match := _NUMBERED.search(original)):
        return True, original[match.end() :]
    return False, original


_NUMBERED_HOUSE = re.compile(_HOUSE + _UNIT)


def _leading_town(written: str) -> str | None:
    """The town right behind a street: of "61 Pine St Naperville"."""
    line = written.lstrip(" ,.\n")
    match = _NAMED.match(line)
    if match is None:
        return None
    words, rest = match.group().split(), fold_plain(line[match.end() :].strip(" .!,"))
    at_end = not rest or _STATE.fullmatch(rest) is not None
    names = (" ".join(words[:length]).rstrip(".") for length in range(len(words), 0, -1))
    return next((name for name in names if is_town(name) and (at_end or not _says_little(name))), None)


def _with_word_ahead(ahead: str, name: str) -> str:
    """ "Show Low AZ": the town of two words, where the word ahead is a part of its name."""
    before = ahead.rstrip(" ").rsplit(" ", 1)[-1]
    return f"{before} {name}" if before[:1].isupper() and is_town(f"{before} {name}") else name


_OTHER_NAMES = frozenset(["name", "address"])
"""Questions whose answer may be called like a town."""


def _only_a_town(heard: Heard) -> str | None:
    """A town there is, in capitals and nothing beside it: said whatever was asked, and no word of every day."""
    whole = heard.plain.original.strip(" .!")
    named = all(word[:1].isupper() for word in whole.split())
    return whole if named and is_town(whole) and not _says_little(whole) else None


def _may_be_town(name: str, *, sure: bool) -> bool:
    """No state, no letters that stand for something ("CPR"), and after `from` and its like only a town there is."""
    if fold_plain(name) in _WIDER:
        return False
    return is_town(name) or (sure and not (name.isupper() and len(name) <= _MOST_LETTERS))


def _named_town(heard: Heard) -> str | None:
    """The last town there is that an answer about where names in capitals: "the cemetery's in Marietta"."""
    if heard.has("slots.unwilling"):
        return None
    original = heard.plain.original
    found = (
        _town_among(match.group().split())
        for match in _NAMED.finditer(original)
        if not _NOT_HERE.search(original[: match.start()]) and not _OF_A_SPOT.match(original[match.end() :])
    )
    return next((name for name in reversed(list(found)) if name is not None), None)


_NOT_HERE = re.compile(r"\b(?:not|no|no longer)(?: in| en| at)? $", re.IGNORECASE)
_OF_A_SPOT = re.compile(r" (?:mall|store|park|hospital|school|church|airport|lake|exit|hotel|plaza)\b", re.IGNORECASE)
"""What makes a name that of a place one passes: "near the Fox Valley mall"."""


def _town_among(words: Sequence[str]) -> str | None:
    """The longest town that neighbouring words make; a single word of every day makes none."""
    spans = (
        words[first : first + length] for length in range(len(words), 0, -1) for first in range(len(words) - length + 1)
    )
    names = (" ".join(span).strip(".'") for span in spans)
    return next((name for name in names if is_town(name) and not _says_little(name)), None)


def _says_little(name: str) -> bool:
    folded = fold_plain(name)
    return folded in _WIDER or (" " not in folded and LEXICON.knows(folded))


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
        and texts[0] not in _NOT_PLACES
        and (pointed or _TALK.isdisjoint(texts))
        and not heard.plain.asks
        and not heard.has("slots.unwilling")
    )


_TALK = WORDS["places.talk"]
"""Who says one of these, and names no number and no street, has not said where they are."""


def _city_words(heard: Heard, start: int, words: str) -> str | None:
    kept: list[str] = []
    for word in words.split():
        if word.strip(".'") in _CITY_STOP:
            break
        kept.append(word)
    town = copied(heard, start, start + len(" ".join(kept))) if kept else ""
    capital = [word for word in town.split() if word[:1].isupper()]
    if capital and town.split()[0][:1].isupper():
        return " ".join(capital).rstrip(".")
    return _small(town)


def _small(words: str) -> str | None:
    """A town written small: there must be one of that name, and the name must be no word of everyday."""
    tokens = words.split()
    for length in range(min(3, len(tokens)), 0, -1):
        name = " ".join(tokens[:length]).strip(".'")
        if is_town(name) and not all(LEXICON.knows(token) for token in fold_plain(name).split()):
            return name
    return None


def _city_answer(heard: Heard) -> str | None:
    if (
        not 0 < len(heard.words) <= 9
        or heard.texts[0] in _NOT_PLACES
        or heard.plain.asks
        or heard.has("slots.unwilling")
    ):
        return None
    whole = _whole_answer(heard, _CITY_LEAD)
    if not whole:
        return None
    without = _CITY_END.split(_ZIP.sub("", whole).strip(" ,.!()"))[0]
    tokens = _without_state([token for token in without.split() if fold_plain(token) not in _BESIDE_TOWNS])
    if not tokens or any(token[0].isdigit() for token in tokens) or _everyday(tokens):
        return None
    told = len(tokens) > _MOST_WORDS and not _begins_with_town(tokens)
    if told or _talks(tokens) or (_OF_A_SPOT.search(f" {without}") and not _begins_with_town(tokens)):
        return None
    return _town_first(tokens) or " ".join(tokens[:_MOST_WORDS])


_CITY_END = re.compile(r"(?:(?<!\bst)(?<!\bft)(?<!\bmt)\.|[,;!\n()-]| {2,})", re.IGNORECASE)
_BESIDE_TOWNS = frozenset({"area", "please", "thanks", "pls", "gracias"})
_STATE = re.compile(
    "a[klrz]|c[aot]|d[ce]|fl|ga|hi|i[adln]|k[sy]|la|m[adeinost]|n[cdehjmvy]|o[hkr]|pa|ri|s[cd]|t[nx]|ut|v[at]|w[aivy]"
)


def _without_state(tokens: list[str]) -> list[str]:
    """ "Hoboken nj", "Gas City Indiana": the town alone; "Virginia" alone stays what it is."""
    if len(tokens) < 2 or fold_plain(" ".join(tokens)) in _WIDER:
        return tokens
    last = fold_plain(tokens[-1])
    of_two = len(tokens) > 2 and fold_plain(" ".join(tokens[-2:])) in _WIDER
    if of_two:
        return tokens[:-2]
    known = last in _WIDER and is_town(" ".join(tokens[:-1])) and not is_town(" ".join(tokens))
    return tokens[:-1] if known or _STATE.fullmatch(last) else tokens


def _town_first(tokens: Sequence[str]) -> str | None:
    """The town that talk begins with: "Elgin pero el trabajo ..."."""
    for length in range(min(_MOST_WORDS, len(tokens) - 1), 0, -1):
        name = " ".join(tokens[:length])
        if is_town(name) and tokens[length].islower() and fold_plain(tokens[length]) in _TURNS:
            return name
    return None


_TURNS = frozenset("pero but and y by near cerca right just off on at thanks now ahora cerquita close is es".split())


def _begins_with_town(tokens: Sequence[str]) -> bool:
    return any(is_town(" ".join(tokens[:length])) for length in range(1, _MOST_WORDS + 1))


def _talks(tokens: Sequence[str]) -> bool:
    """Does it begin like a sentence, in small letters: "and hurry the ...", "boat's in Annapolis"?"""
    if not tokens[0].islower() or _begins_with_town(tokens):
        return False
    return fold_plain(tokens[0]) in _CITY_STOP or any(token[0].isupper() for token in tokens[1:])


def _everyday(tokens: Sequence[str]) -> bool:
    """Is nothing among these words a name: "it can wait", "whenever", "my house"? There is a town called Round Rock."""
    if _begins_with_town(tokens):
        return False
    return all(word in _CITY_STOP or LEXICON.knows(word) for word in fold_plain(" ".join(tokens)).split())


def _whole_answer(heard: Heard, lead: re.Pattern[str]) -> str | None:
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
