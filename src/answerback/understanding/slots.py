"""The answers a text gives on the way: name, phone, call or link, yes or no, a choice.

Values are copied in the customer's own letters. It must never fill a slot with something it made up.
"""

import re
from collections.abc import Sequence
from typing import Literal

from answerback.engine.reading import Asked, AskedAbout
from answerback.understanding.heard import Heard, overlap
from answerback.understanding.lexicon import WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.phrases import Hit

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


def phone(heard: Heard) -> str | None:
    """Another number to call, as written; one spelled in words ("five five five oh one ...") in digits."""
    match = _PHONE.search(heard.plain.folded)
    if match:
        return match.group().strip()
    spelled = _SPELLED_PHONE.search(heard.plain.folded)
    digits = "".join(_DIGITS[word] for word in re.findall(r"[a-z]+", spelled.group())) if spelled else ""
    return digits if len(digits) in _PHONE_LENGTHS else None


_MONTH = re.compile(
    r"\b(?:(?:the )?(?:first|second|third|last|1st|2nd|3rd) (?:week|weekend|part|half) (?:of|in) "
    r"|(?:sometime |anytime )?(?:in|for|early|late|mid|around|the (?:start|beginning|end|middle) of|por|para|en|a "
    r"(?:principios|mediados|finales) de) (?:early |late |mid )?)"
    r"(?:january|february|march|april|june|july|august|september|october|november|december|may(?= *(?:$|[,.!?]))"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
    r"(?! (?:of )?(?:20)?\d)"
)
_OF_SOMETHING_ELSE = WORDS["slots.month_of_something_else"]


def month(heard: Heard) -> str | None:
    """The month, or the part of one, that a wish is for: "the last week of april"; not one told of something else."""
    found = _MONTH.search(heard.plain.folded)
    if found is None or len(heard.plain.original) != len(heard.plain.folded):
        return None
    told = set(found.group().split()) - {"last"} | set(heard.plain.folded[: found.start()].split())
    return None if told & _OF_SOMETHING_ELSE else heard.plain.original[found.start() : found.end()]


def is_of_something_else(heard: Heard, words: str) -> bool:
    """Is a time that of a court, of leaving or of a deadline: "hospital discharging him tomorrow"?"""
    said = fold_plain(words).split()
    texts = fold_plain(heard.plain.original).replace(",", " ,").split()
    at = next((at for at in range(len(texts)) if texts[at : at + len(said)] == said), None)
    return at is not None and (not _ELSE.isdisjoint(texts[max(0, at - _NEAR) : at]) or _is_told(heard, words))


_ELSE, _NEAR = WORDS["slots.time_of_something_else"], 4


def _is_told(heard: Heard, words: str) -> bool:
    """Does the clause a time stands in tell what somebody did then, and ask for nobody: "he hit my car sunday"?"""
    ahead, found, behind = " ".join(heard.plain.original.split()).partition(words)
    clause = _CLAUSE.split(ahead)[-1]
    whole = set(fold_plain(f"{clause} {found} {_CLAUSE.split(behind)[0]}").split())
    return _DID.search(clause) is not None and whole.isdisjoint(_WISHES)


_CLAUSE = re.compile(r"[.!?;,\n]+(?:\s|$)|\s(?:and|but|so|y|pero)\s")
_WISHES = WORDS["when.wishes"]
_DID = re.compile(
    r"\b(?:i|we|he|she|it|they|you|who|guy|man|driver|husband|wife|son|daughter|kid|mom|dad|brother|sister|dog|cat)"
    r" (?:just |already |finally |really )?(?:\w{2,}(?<!ne)ed|brought|bought|broke|fell|hit|went|came|left|took|lost"
    r"|died|found|saw|ran|put|did|made|gave|told|cut|tore|shut|blew)\b"
    r"|\b[a-záéíñú]{3,}ó\b",
    re.IGNORECASE,
)
""" "We brought her home", "me chocó": what is over."""


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
    if not wanted or heard.has("slots.any_pref") or _asks_of_a_way(heard, min(wanted)[0]):
        return None
    if _TAKEN_BACK & set(heard.texts):
        return max(wanted)[1]
    kinds_wanted = {kind for _, kind in wanted}
    if kinds_wanted == {"link", "text"}:
        return "link"
    return min(wanted)[1]


def _asks_of_a_way(heard: Heard, place: int) -> bool:
    """ "Does the link show prices?" asks of a way; "is this a bot? just call me" chooses one."""
    sentence = [word for word in heard.words if word.sentence == heard.words[place].sentence]
    return heard.plain.asks and sentence[0].text in _ABOUT_IT


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
        if not _of_something(heard, hit) and not (asked.about == "urgent" and _tells_only(heard, hit))
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


def _tells_only(heard: Heard, hit: Hit) -> bool:
    """ "It wont start", "water everywhere, dont know why", "at the dock, no worries": no no to whether it is urgent."""
    word, after = heard.texts[hit.first], " ".join(heard.texts[hit.first + 1 : hit.first + 2])
    if word in {"cant", "cannot", "wont", "unable"}:
        return True
    return hit.first > 0 and (word in {"dont", "unfortunately"} or after in _NO_ANSWER)


_NO_ANSWER = frozenset(["worries", "puedo", "puede", "podemos", "pude"])


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
