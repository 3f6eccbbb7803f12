"""The answers a text gives on the way: name, city, zip, address, phone, call or link, yes or no.

Values are copied in the customer's own letters. It must never fill a slot with something it made up.
"""

import re
from typing import Literal

from answerback.engine.reading import Asked, Vocabulary
from answerback.understanding.heard import Heard
from answerback.understanding.normalise import fold_plain

_ZIP = re.compile(r"(?<![\d$#.,-])\d{5}(?:-\d{4})?(?![\d]|[.,]\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)|(?<![\d-])\d{3}-\d{4}(?!\d)")
_STREET = (
    r"(?:st|street|ave|avenue|av|rd|road|dr|drive|ln|lane|blvd|boulevard|ct|court|cir|circle|pl|place|ter|terrace|"
    r"hwy|highway|pkwy|parkway|trl|trail|loop|cove|cv|pike|run|square|sq|alley|crossing|broadway)"
)
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b\d{{1,6}}(?:-\d+)? (?:[nsew] |north |south |east |west )?(?:[a-z0-9']{{1,20}} ){{1,3}}?{_STREET}\b\.?"
        r"(?:,? (?:apt|apartment|unit|suite|ste|#|lot|no)\.? ?#?[a-z0-9-]{1,6})?",
        r"\b\d{1,6} (?:calle|avenida|camino|paseo|via) (?:[a-z0-9]{1,20} ?){1,3}",
        r"\b(?:calle|avenida|av|carretera|colonia) (?:[a-z]{1,20} ){0,3}#?\d{1,6}\b",
        r"\b(?:corner of |intersection of |esquina de )(?:[a-z0-9']{1,20} ){1,3}(?:and|&|y) [a-z0-9']{1,20}"
        rf"(?: {_STREET})?\b",
        r"\b(?:i|us|sr|hwy|highway|interstate|route|rt|loop|freeway|autopista|carretera)[ -]?\d{1,4}"
        r"(?: (?:north|south|east|west|northbound|southbound|eastbound|westbound|nb|sb|eb|wb|n|s|e|w)\b)?"
        r"(?: ?(?:,|at|by|near|before|after|past|and|exit|mile|marker|the|mm|right|just|close|to|around|going|cerca|de|"
        r"salida|por|la|en|@|&)(?: [a-z0-9]{1,18}){1,3}?(?= exit| ramp| bridge| rd| st| ave|[.,;!?]|$)(?: (?:exit|ramp|bridge|"
        r"rd|st|ave)\b)?)?",
        r"\b(?:mile marker|exit|salida) ?#? ?\d{1,4}\b",
        rf"\b[a-z0-9]{{1,20}}(?: {_STREET})? (?:and|&|y) [a-z0-9]{{1,20}} {_STREET}\b",
        r"(?<= at )the [a-z]{3,18}(?: [a-z]{3,18})?(?: (?:parking lot|parking garage|lot))\b",
        r"\bparking lot (?:of|at) (?:the )?[a-z]{3,18}(?: [a-z]{3,18})?(?: on [a-z0-9]{1,18})?",
    )
)
_NAME_BEFORE = re.compile(
    r"\b(?:my name is|my names|my name's|name is|name's|name:|this is|its|it's|i am|i'm|im|here is|me llamo|mi nombre es|"
    r"nombre es|nombre:|soy|habla|con|a nombre de|call me|u can call me|ask for|for|^the name is|speaking with|se llama)\s+"
)
_NAME_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’.-]*")
_NAME_STRONG = ("my name", "name is", "name's", "name:", "me llamo", "nombre", "call me", "this is", "soy", "habla")
_NOT_NAMES = frozenset(
    "a an the not so in on at just here from with looking trying having going good fine ok okay interested sorry sure "
    "still also very really too still about calling your my our his her their its only pregnant allergic el la los un "
    "una de que muy no yo tu su mi cliente alguien quien they it he she we you is was what who how why when where this "
    "that there yes yeah yep and or but tenant owner locked stuck stranded out down back new ready done late running at "
    "home mad sick tired hurt bleeding scared freezing free available all both getting making doing being been able one "
    "available urgent emergency leaking broken driving busy wrong spam for now dying crazy ridiculous awful great "
    "the dueno diabetic waiting moving seeing thinking wondering hoping gonna kind kinda like almost actually "
    "unacceptable safe alone asking hi hello hey thanks thank please bot real necesito quiero para por con una".split()
)
_CITY_BEFORE = re.compile(
    r"\b(?:i am in|i'm in|im in|we are in|we're in|live in|located in|out in|over in|here in|in|from|near|vivo en|"
    r"estoy en|estamos en|soy de|en|de|serve|service|cover|come to|go to|go out to|out to)\s+([a-z][a-z'.]+(?: [a-z][a-z'.]+){0,2})"
)
_CITY_STOP = frozenset(
    "the a an my our your his her pain need town area bed home house this that it time morning afternoon evening person "
    "network there here today tomorrow advance case january february march april may june july august september october "
    "november december is are and or but can could do does for on at with please right now help asap hurry so if we i "
    "you they law labor jail custody general english spanish class court ice half two one three four five mi la el los "
    "las un una casa cita esta este caso que general pagos kitchen bathroom basement garage attic ceiling wall yard "
    "front back car truck traffic charge front line insurance mail lobby hospital er school college office ingles "
    "espanol manana tarde noche lunes martes".split()
)
_UNITS = frozenset("dollars bucks miles sqft sq square gallons units lbs".split())


def zip_code(heard: Heard) -> str | None:
    """Five digits that stand where a zip code may."""
    for match in _ZIP.finditer(heard.plain.folded):
        after = heard.plain.folded[match.end() :].split(maxsplit=1)
        if not after or (after[0].strip(".,") not in _UNITS and not re.match(rf"{_STREET}\b", after[0])):
            if not any(match.start() < found.end() and found.start() < match.end() for found in _PHONE.finditer(heard.plain.folded)):
                return match.group()
    return None


def phone(heard: Heard) -> str | None:
    """Another number to call, as written."""
    match = _PHONE.search(heard.plain.folded)
    return match.group().strip() if match else None


def address(heard: Heard, asked: Asked) -> str | None:
    """The street part of where the customer is: an address, a crossing, a spot on a highway."""
    folded = heard.plain.folded
    for pattern in _ADDRESSES:
        if match := pattern.search(folded):
            return _copied(heard, match.start(), match.end())
    return _whole_answer(heard, _ADDRESS_LEAD) if asked.about == "address" and _place_like(heard) else None


_ADDRESS_LEAD = re.compile(
    r"^(?:(?:it'?s|im|i'm|i am|we are|we're|estoy|estamos|its|es|the address is|address is|my address is|at|en|in|on|to|"
    r"send (?:someone|them|him) to|come to|parked|here|yes|sure|ok|la direccion es|mi direccion es|vivo|direccion|the|"
    r"near|cerca de|by|over|located)\s+)+"
)
_CITY_LEAD = re.compile(
    r"^(?:(?:i'?m|we'?re|we are|i am|i live|live|its|it'?s|in|from|near|estoy|estamos|vivo|en|soy|de|the city of|city is|"
    r"yes|sure|ok|hi|just|right|outside(?: of)?|over|out|around|north|south|about|cerca|located|area|like)\s+)+"
)
_NOT_PLACES = frozenset("why dont not rather what who how same you no idk later when soon i".split())


def _place_like(heard: Heard) -> bool:
    texts = heard.texts
    return 0 < len(texts) <= 14 and texts[0] not in _NOT_PLACES and not heard.plain.asks and not heard.has("slots.unwilling")


def city(heard: Heard, asked: Asked, vocabulary: Vocabulary) -> str | None:
    """The town named: one the business serves, or what stands where a town would."""
    folded = heard.plain.folded
    for known in vocabulary.cities:
        if match := re.search(rf"\b{re.escape(fold_plain(known))}\b", folded):
            return _copied(heard, match.start(), match.end())
    if asked.about == "location":
        return _city_answer(heard)
    for match in _CITY_BEFORE.finditer(folded):
        if found := _city_words(heard, match.start(1), match.group(1)):
            return found
    return None


def _city_words(heard: Heard, start: int, words: str) -> str | None:
    kept: list[str] = []
    for word in words.split():
        if word.strip(".'") in _CITY_STOP:
            break
        kept.append(word)
    copied = _copied(heard, start, start + len(" ".join(kept))) if kept else ""
    capital = [word for word in copied.split() if word[:1].isupper()]
    return " ".join(capital).rstrip(".") if capital and copied.split()[0][:1].isupper() else None


def _city_answer(heard: Heard) -> str | None:
    if not 0 < len(heard.words) <= 9 or heard.texts[0] in _NOT_PLACES or heard.plain.asks or heard.has("slots.unwilling"):
        return None
    whole = _whole_answer(heard, _CITY_LEAD)
    if not whole:
        return None
    without = re.split(r"[,.;!\n(-]| {2,}", _ZIP.sub("", whole).strip(" ,.!"))[0]
    tokens = [token for token in without.split() if fold_plain(token) not in {"area", "tx", "az", "ca", "texas", "please", "thanks"}]
    return " ".join(tokens[:3]) if tokens and not any(token[0].isdigit() for token in tokens) else None


def name(heard: Heard, asked: Asked) -> str | None:
    """The sender's name, where it says so or is the whole answer to who."""
    original, folded = heard.plain.original, heard.plain.folded
    if len(original) == len(folded):
        for match in _NAME_BEFORE.finditer(folded):
            strong = match.group().startswith(_NAME_STRONG) or asked.about == "name"
            found = _name_at(original[match.end() :], strong=strong, lone=match.group().startswith(("for", "con", "its", "it's")))
            if found:
                return found
    if asked.about != "name" or heard.has("slots.unwilling") or not 0 < len(heard.words) <= 7 or heard.plain.asks:
        return None
    lead = re.sub(r"^(?:yes|sure|hi|hello|hey|hola|si|ok|its|es|it is)[\s,.!]+", "", original, flags=re.IGNORECASE)
    return _name_at(lead, strong=True, lone=False)


def _name_at(text: str, *, strong: bool, lone: bool) -> str | None:
    kept: list[str] = []
    for word in re.split(r"\s+", text.strip(), maxsplit=4)[:3]:
        match = _NAME_WORD.match(word)
        if not match or fold_plain(match.group()) in _NOT_NAMES:
            break
        if not (match.group()[0].isupper() or (strong and not lone)) or (kept and kept[0][0].isupper() and match.group()[0].islower()):
            break
        kept.append(match.group().rstrip("."))
        if match.group() != word:
            break
    if not kept or (lone and not strong) or (not strong and not kept[0][0].isupper()):
        return None
    return " ".join(kept)


def contact_pref(heard: Heard) -> Literal["call", "link", "text"] | None:
    """How the customer wants to go on, when one way is named and not refused."""
    refused = heard.all("slots.not_pref")
    wanted: list[tuple[int, Literal["call", "link", "text"]]] = []
    kinds: tuple[Literal["call", "link", "text"], ...] = ("link", "call", "text")
    for kind in kinds:
        hits = [
            hit
            for hit in heard.all(f"slots.{kind}")
            if not any(no.first <= hit.first < no.last for no in refused) and not heard.negated(hit)
        ]
        if hits:
            wanted.append((hits[0].first, kind))
    if not wanted or heard.has("slots.any_pref"):
        return None
    kinds_wanted = {kind for _, kind in wanted}
    if kinds_wanted == {"link", "text"}:
        return "link"
    return min(wanted)[1]


def yes_no(heard: Heard) -> Literal["yes", "no"] | None:
    """A yes or no that opens the text."""
    firsts = [(hit.first, -hit.last, kind) for kind in ("yes", "no") for hit in heard.all(f"slots.{kind}") if hit.first <= 2]
    if not firsts:
        return None
    return "yes" if min(firsts)[2] == "yes" else "no"


def option(heard: Heard, asked: Asked) -> str | None:
    """The number chosen from a list: a digit, a number word, or the words of one choice."""
    digits = [text for text in heard.texts if text.isdigit() and len(text) == 1]
    if len(digits) == 1:
        return digits[0]
    words = heard.all("slots.option_word")
    if words and len(heard.words) <= 6:
        return _number_of(heard.texts[words[0].first])
    for number, choice in enumerate(_choices(asked), start=1):
        if set(fold_plain(choice).split()) & set(heard.texts):
            return str(number)
    return None


_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        (
            "one uno una first primero primera 1st",
            "two dos second segundo segunda 2nd",
            "three tres third tercero tercera 3rd",
            "four cuatro fourth cuarto 4th",
            "five cinco fifth quinto 5th",
        ),
        start=1,
    )
    for word in words.split()
}
_MENU_WORDS = frozenset("to a or for ask the".split())


def _number_of(word: str) -> str | None:
    return _NUMBERS.get(word)


def _choices(asked: Asked) -> tuple[str, ...]:
    """The choices offered; of an older question they are read from its words ("1 to book, 2 to reschedule")."""
    if asked.choices:
        return asked.choices
    found = re.findall(r"\d\s*(?:=|to|for|para|-)?\s*((?:[a-z]+ ?){1,4})", fold_plain(asked.question))
    return tuple(" ".join(word for word in one.split() if word not in _MENU_WORDS) for one in found)


def _whole_answer(heard: Heard, lead: re.Pattern[str]) -> str | None:
    folded = heard.plain.folded.strip()
    shift = len(heard.plain.folded) - len(heard.plain.folded.lstrip())
    match = lead.match(folded)
    start = (match.end() if match else 0) + shift
    return _copied(heard, start, len(heard.plain.folded)).strip(" .!,") or None


def _copied(heard: Heard, start: int, end: int) -> str:
    """A stretch of the folded text in the customer's own letters, where folding kept the length."""
    if len(heard.plain.original) == len(heard.plain.folded):
        return heard.plain.original[start:end].strip(" ,.")
    return heard.plain.folded[start:end].strip(" ,.")
