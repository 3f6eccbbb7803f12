"""The answers a text gives on the way: name, phone, call or link, yes or no, a choice.

Values are copied in the customer's own letters. It must never fill a slot with something it made up.
"""

import re
from collections.abc import Sequence
from typing import Literal

from answerback.engine.reading import Asked, AskedAbout
from answerback.understanding.heard import Heard, overlap
from answerback.understanding.lexicon import LEXICON, WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.phrases import Hit
from answerback.understanding.towns import is_town

_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)|(?<![\d-])\d{3}-\d{4}(?!\d)")
_DIGITS = {
    word: str(digit)
    for digit, words in enumerate(
        (
            "zero oh o cero",
            "one uno",
            "two dos",
            "three tres",
            "four cuatro",
            "five cinco",
            "six seis",
            "seven siete",
            "eight ocho",
            "nine nueve",
        )
    )
    for word in words.split()
}
_PHONE_LENGTHS = {7, 10, 11}
_SPELLED_PHONE = re.compile(rf"\b(?:(?:{'|'.join(_DIGITS)})\b[ ,.-]*){{7,11}}")
_HE_CALLED = re.compile(r"\bme llamó\b|\b(?:no|nunca|nadie|ya|siempre|quien) me llam[oó]\b", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"\b(?:my name is|my names|my name's|my name|mine is|name is|name's|name:|this is|its|it's|i am|i'm|im|here is|"
    r"me llamo|mi nombre es|nombre es|nombre:|soy|habla|con|a nombre de|call me|u can call me|ask for|for|^the name is|"
    r"speaking with|se llama|under|put down|you can put|calls me|first name is|first name|p[oó]ngale|ponle|ponga)\s+"
)
_NAME_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’.-]*")
_NAME_AT_END = re.compile(r"(?:[,.!-]|\d)\s+([A-Z\u00c0-\u00dd][^,.!?]*?)\s*[.!]*$")
"""A name behind whatever else was said: "you had it right, Marisol"."""

_MOST_WORDS = 7
_NAME_STRONG = (
    "my name",
    "first name",
    "you can put",
    "póngale",
    "pongale",
    "ponle",
    "name is",
    "name's",
    "name:",
    "me llamo",
    "nombre",
    "call me",
)
_NAME_END = re.compile(
    r"\s*(?:$|[,.;!?()/\n-]|(?:and|from|here|with|again|at|in|on|calling|from|y|de|desde|otra|aqui|um+|uh+|er)\b"
    r"|[iI] (?:need|found|have|had|was|got|want|wanted|called)\b)"
)
_NOT_NAMES = WORDS["slots.not_names"]


def phone(heard: Heard) -> str | None:
    """Another number to call, as written; one spelled in words ("five five five oh one ...") in digits."""
    match = _PHONE.search(heard.plain.folded)
    if match:
        return match.group().strip()
    spelled = _SPELLED_PHONE.search(heard.plain.folded)
    digits = "".join(_DIGITS[word] for word in re.findall(r"[a-z]+", spelled.group())) if spelled else ""
    return digits if len(digits) in _PHONE_LENGTHS else None


def name(heard: Heard, asked: Asked) -> str | None:
    """The sender's name, where it says so or is the whole answer to who."""
    original, folded = heard.plain.original, heard.plain.folded
    if len(original) == len(folded):
        for match in _NAME_BEFORE.finditer(folded):
            if _HE_CALLED.search(original[max(0, match.start() - 8) : match.end()]):
                continue
            strong = match.group().startswith(_NAME_STRONG) or asked.about == "name"
            rest = re.sub(_ARTICLE, "", original[match.end() :], flags=re.IGNORECASE)
            found = _name_at(rest, strong=strong, lone=match.group().startswith(("for", "con", "its", "it's")))
            if found and (strong or _stands_as_name(found, rest, original)):
                return found
    set_off = _SET_OFF.match(original)
    aside = heard.plain.asks and (set_off is None or LEXICON.knows(fold_plain(set_off.group()).strip(" ,.")))
    if asked.about != "name" or heard.has("slots.unwilling") or aside:
        return None
    return _whole_answer(heard)


def _whole_answer(heard: Heard) -> str | None:
    """The name that an answer to who begins with, or ends with."""
    lead = re.sub(_GREETED, "", heard.plain.original, flags=re.IGNORECASE)
    first = _name_at(lead, strong=True, lone=False) if _brief(heard, lead) else None
    behind = _NAME_AT_END.search(heard.plain.original)
    if behind is None or (first is not None and first[0].isupper()):
        return first
    return _name_at(behind.group(1), strong=False, lone=False) or first


_GREETED = (
    r"^(?:(?:yes|sure|hi|hello|hey|hola|si|sí|ok|its|es|it is|um+|uh+|er|well|pues|bueno|oops|sorry|perd[oó]n)"
    r"[\s,.!]+)+"
)
_PARTICLES = frozenset(["de", "del", "la", "van", "von", "der", "bin", "ap", "da", "dos", "al"])
_TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "dra", "senora", "senor", "senorita", "sr", "sra", "srta", "dona"]
)
_ARTICLE = r"^(?:la|el)\s+(?=se[ñn]or|sr|do[ñn])"


def _brief(heard: Heard, lead: str) -> bool:
    """Is it a name and little else, or one set off from the rest: "Charmaine, but put it under T"?"""
    return 0 < len(heard.words) <= _MOST_WORDS or _SET_OFF.match(lead) is not None


_SET_OFF = re.compile(r"[A-Z][\w'’]+(?: [A-Z][\w'’.]*){0,2}(?:[,.]| and | y )")


def _stands_as_name(found: str, rest: str, original: str) -> bool:
    """ "I'm Kim, ..." names oneself; "I'm IICRC certified" does not."""
    shouted = found.isupper() and len(found) > 2 and not original.isupper()
    return not shouted and _NAME_END.match(rest[len(found) :]) is not None


def _name_at(text: str, *, strong: bool, lone: bool) -> str | None:
    kept: list[str] = []
    for word in re.split(r"\s+", text.strip(), maxsplit=5)[:4]:
        if kept and kept[0][0].isupper() and (fold_plain(word) in _PARTICLES or word.startswith("al-")):
            kept.append(word)
            continue
        match = _NAME_WORD.match(word)
        if not match or fold_plain(match.group()) in _NOT_NAMES:
            break
        titled = not kept and fold_plain(match.group()).rstrip(".") in _TITLES
        if not (titled or match.group()[0].isupper() or (strong and not lone)) or (
            kept and kept[-1][0].isupper() and match.group()[0].islower()
        ):
            break
        kept.append(match.group())
        if match.group() != word or (word[-1] == "." and not titled and len(word) > len("J.")):
            break
    kept = _without_origin(kept)
    if not kept or (lone and not strong) or (not strong and not kept[-1][0].isupper()):
        return None
    return " ".join(kept).rstrip(".")


def _without_origin(kept: list[str]) -> list[str]:
    """ "Jose de la Cruz" is a name; "Ana de Houston", "Maria la vecina" say where from, or who."""
    first = next((at for at, word in enumerate(kept) if word in _PARTICLES), len(kept))
    behind = [word for word in kept[first:] if word not in _PARTICLES]
    named = behind and all(word[0].isupper() for word in behind) and not is_town(" ".join(behind))
    return kept if named else kept[:first]


def called_for(heard: Heard) -> Literal["call"] | None:
    """ "Call", when somebody who was not asked how to go on wants to be phoned."""
    return "call" if heard.live("slots.phone_me") and contact_pref(heard) == "call" else None


def contact_pref(heard: Heard) -> Literal["call", "link", "text"] | None:
    """How the customer wants to go on, when one way is named and not refused."""
    refused = [hit for hit in heard.all("slots.not_pref") if _in_one_clause(heard, hit)]
    wanted: list[tuple[int, Literal["call", "link", "text"]]] = []
    kinds: tuple[Literal["call", "link", "text"], ...] = ("link", "call", "text")
    for kind in kinds:
        hits = [
            hit
            for hit in heard.all(f"slots.{kind}")
            if not any(no.first <= hit.first < no.last for no in refused) and not _refused_too(heard, hit, refused)
        ]
        if hits:
            wanted.append((hits[0].first, kind))
    if (
        not wanted
        and not _TEXTS & set(heard.texts)
        and any(_CALLS & set(heard.texts[no.first : no.last]) for no in refused)
    ):
        return "text"
    if not wanted or heard.has("slots.any_pref") or (heard.plain.asks and heard.texts[0] in _ABOUT_IT):
        return None
    if _TAKEN_BACK & set(heard.texts):
        return max(wanted)[1]
    kinds_wanted = {kind for _, kind in wanted}
    if kinds_wanted == {"link", "text"}:
        return "link"
    return min(wanted)[1]


_ABOUT_IT = frozenset(["does", "is", "if", "what", "whats", "how", "why", "where"])
"""Who asks about one of the ways ("does the link show prices?") has not chosen it."""

_CALLS = frozenset(["call", "calls", "llamadas", "llamen", "llame", "talk", "phone"])
"""Asked for one of several ways, "no calls please" chooses to go on as we do."""

_TEXTS = frozenset(["text", "texts", "texting", "textos", "mensajes", "message", "messages", "stop"])
_TAKEN_BACK = frozenset(["wait", "actually", "instead", "mejor"])


def _in_one_clause(heard: Heard, hit: Hit) -> bool:
    """ "Actually no, call me" refuses no call."""
    return heard.words[hit.first].clause == heard.words[hit.last - 1].clause


def _refused_too(heard: Heard, hit: Hit, refused: list[Hit]) -> bool:
    """ "Don't call or text" refuses both; "don't text call me" spends its "not" on the text."""
    spent = any(no.last <= hit.first and not _OR & set(heard.texts[no.last : hit.first]) for no in refused)
    return heard.negated(hit) and not spent


_OR = frozenset(["or", "nor", "and", "o", "ni", "y"])

_Meant = tuple[tuple[str, Literal["yes", "no"] | None], ...]


def yes_no(heard: Heard, asked: Asked) -> Literal["yes", "no"] | None:
    """A yes or no that opens the text.

    To a time that stands or is offered, "no problem" is a yes, "yeah no" is none, and "yes unless it rains" is neither.
    Asked whether they still need us, "no its worse now" is a yes.
    """
    for label, meant in _BY_MEANING.get(asked.about, ()):
        if heard.has(label):
            return meant
    firsts = [
        (hit.first, -hit.last, kind)
        for kind in ("yes", "no")
        for hit in heard.all(f"slots.{kind}")
        if not _of_something(heard, hit)
    ]
    if not firsts:
        return None
    return "yes" if min(firsts)[2] == "yes" else "no"


_OF_A_TIME: _Meant = (("slots.wavers", None), ("slots.drops", "no"), ("slots.keeps", "yes"))
_BY_MEANING: dict[AskedAbout, _Meant] = {
    "confirm": _OF_A_TIME,
    "menu": _OF_A_TIME,
    "time": _OF_A_TIME,
    "followup": (("slots.needs_still", "yes"), ("slots.drops", "no")),
    "urgent": (("slots.means_no", "no"),),
}
"""What is looked for before the word that opens the text, by what was asked, the first that is found."""


def plainly_no(heard: Heard) -> bool:
    """Is the "no" a word of its own: "no thanks", not "not interested" or "can't right now"?"""
    return any(heard.texts[place] in _PLAIN_NO for hit in heard.all("slots.no") for place in range(hit.first, hit.last))


_PLAIN_NO = frozenset(["no", "nope", "nah", "na", "nel", "negative", "non", "thumbsdown", "never"])


def _of_something(heard: Heard, hit: Hit) -> bool:
    """The "no" of "no rush" or "no water" answers nothing."""
    word = heard.texts[hit.first]
    patient = any(
        overlap(hit, other) for label in ("urgency.can_wait", "urgency.no_comfort") for other in heard.all(label)
    )
    return hit.last - hit.first == 1 and word in {"no", "not"} and patient


def _one_of_several(heard: Heard, digits: Sequence[int]) -> str | None:
    """ "Not 2, i meant 1" and "1 no wait 2" take one back; "1 for 2 people" begins with it; "1 or 2" leaves it open."""
    texts = heard.texts
    refused = [place for place in digits if _is_refused(texts[max(0, place - 2) : place])]
    kept = [place for place in digits if place not in refused]
    if _TOGETHER & set(texts) or heard.has("slots.drops") or not kept:
        return None
    if len(kept) == 1 or _MEANT & set(texts):
        return texts[kept[-1]]
    first = texts[0] if digits[0] == 0 and texts[1] in _FOR else None
    return None if heard.has("slots.no_option") else first


def _is_refused(ahead: Sequence[str]) -> bool:
    """ "Not 2", "no el 1"; "no wait 2" refuses nothing."""
    return bool(ahead) and (ahead[-1] in {"not", "no"} or (ahead[0] in {"not", "no"} and ahead[-1] in _LEADING))


_TOGETHER = frozenset(["or", "o", "either", "both", "and", "y", "nor", "ni"])
_FOR = frozenset(["for", "para", "please", "pls"])
_LEADING = frozenset(["the", "el", "la", "number", "option"])
_MEANT = frozenset(["wait", "meant", "mean", "actually", "sorry", "perdon", "oops", "digo"])


def option(heard: Heard, asked: Asked) -> str | None:
    """The number chosen from a list: a digit, a number word, or the words of one choice.

    "2 is too early", "not 1", "any other one?" and "one sec" choose nothing.
    """
    digits = [place for place, text in enumerate(heard.texts) if text.isdigit() and len(text) == 1]
    if len(digits) > 1:
        return _one_of_several(heard, digits)
    if heard.has("slots.no_option"):
        return None
    if digits:
        return heard.texts[digits[0]]
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
_MENU_WORDS = frozenset(["to", "a", "or", "for", "ask", "the"])


def _number_of(word: str) -> str | None:
    return _NUMBERS.get(word)


def _choices(asked: Asked) -> tuple[str, ...]:
    """The choices offered; of an older question they are read from its words ("1 to book, 2 to reschedule")."""
    if asked.choices:
        return asked.choices
    found = re.findall(r"\d\s*(?:=|to|for|para|-)?\s*((?:[a-z]+ ?){1,4})", fold_plain(asked.question))
    return tuple(" ".join(word for word in one.split() if word not in _MENU_WORDS) for one in found)
