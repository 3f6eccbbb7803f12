"""Who writes: by their own words ("this is Walt"), as the answer to who, or by how they sign.

A name is copied in the customer's own letters. It must never be made up, nor be somebody they only speak of.
"""

import re

from answerback.engine.reading import Asked
from answerback.understanding.heard import Heard, hear
from answerback.understanding.lexicon import LEXICON, WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.towns import is_town

_HE_CALLED = re.compile(r"\bme llamó\b|\b(?:no|nunca|nadie|ya|siempre|quien) me llam[oó]\b", re.IGNORECASE)
_NAME_BEFORE = re.compile(
    r"\b(?:(?:i'm|im|i am|this is|soy) (?:his|her|their|the|su|la|el) (?!(?:que|se[ñn]ora?|don|do[ñn]a)\b)\w+|"
    r"my name is|my names|my name's|my name|mine is|name is|name's|name:|this is|its|it's|i am|i'm|im|here is|"
    r"me llamo|les? saluda|mi nombre es|nombre es|nombre:|soy|habla|con|a nombre de|call me|u can call me|ask for|for|"
    r"^the name is|speaking with|se llama|under|put down|you can put|calls me|first name is|first name|"
    r"last name is|(?<!no )last name|p[oó]ngale|ponle|ponga)\s+"
)
_RATHER = re.compile(r"\b(?:but|pero) (?=(?:it'?s|my name|the name|i'?m|soy|me llamo|mi nombre) )")
""" "They call me Smoke but its Terrence Gill" says who it is behind the "but"."""

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
    r"\s*(?:$|[,.;!?()/\n-]|(?:and|from|here|with|again|at|in|on|over|out|down|up|by|calling|texting|writing|y|de|la de"
    r"|desde|otra|aqui|um+|uh+|er|i|i'm|im|we|we're|my|our|the|your|yo|mi|necesito|quiero|quisiera|tengo|le|les|es que|"
    r"se me|llamo|hablo)\b)",
    re.IGNORECASE,
)
_NOT_NAMES = WORDS["slots.not_names"]


def name(heard: Heard, asked: Asked) -> str | None:
    """The sender's name, where it says so or is the whole answer to who."""
    original, folded = heard.plain.original, heard.plain.folded
    set_off = _SET_OFF.match(original)
    if len(original) == len(folded):
        rather = _RATHER.search(folded)
        for match in (*(_NAME_BEFORE.finditer(folded, rather.end()) if rather else ()), *_NAME_BEFORE.finditer(folded)):
            if _HE_CALLED.search(original[max(0, match.start() - 8) : match.end()]):
                continue
            if set_off and match.group().startswith("under"):
                continue
            strong = match.group().startswith(_NAME_STRONG) or asked.about == "name"
            rest = re.sub(_ARTICLE, "", original[match.end() :], flags=re.IGNORECASE)
            found = _name_at(rest, strong=strong, lone=match.group().startswith(("for", "con", "its", "it's")))
            if found and not found.endswith(_OWNS) and (strong or _stands_as_name(found, rest, original)):
                return found
    aside = heard.plain.asks and (set_off is None or LEXICON.knows(fold_plain(set_off.group()).strip(" ,.")))
    if asked.about != "name" or heard.has("slots.unwilling") or aside:
        return None
    return _whole_answer(heard)


_OWNS = ("'s", "\u2019s")
""" "I'm Kai's aunt" is not Kai."""


def _whole_answer(heard: Heard) -> str | None:
    """The name that an answer to who begins with, or ends with."""
    if couple := _COUPLE.match(heard.plain.original):
        return couple.group()
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
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Dra|Sr|Sra|Srta|Don|Do[ñn]a|Capt|Col|Lt|Sgt|Sister|Fr|Rev|Pastor)\.?"
_NAMED = r"[A-ZÀ-Ý][A-Za-zÀ-ÿ'’-]+"
_SIGNATURE = (
    rf"((?:{_TITLE} (?:(?:and|&|y) {_TITLE} )?)?{_NAMED}(?: (?:and|&|y) {_NAMED})?"
    rf"(?: {_NAMED}| (?:de|del|van|von)(?: la)? {_NAMED}| [A-Z]\.?){{0,2}})[.!]?(?: \([A-Z][a-z]+\.?\))?\s*$"
)
_COUPLE = re.compile(rf"{_TITLE} (?:and|&|y) {_TITLE} {_NAMED}(?: {_NAMED})?(?=[\s.!,]*$)")
""" "Mr. and Mrs. Ngozi Eze"."""

_AT_A_NUMBER = re.compile(rf"\b[Cc]all ((?!Me\b|Us\b){_NAMED}(?: {_NAMED})?)(?: (?:at|on|@))? ?\(?\+?\d{{3}}")
""" "Call Marge 928-555-0172"."""
_CLOSED = re.compile(
    r"\w.*?\W(?i:thank(?:s| you)|thx|ty|regards|best|sincerely|cheers|respectfully|yours|kindly|gracias|saludos|"
    r"atte\.?|atentamente|bendiciones|god bless)"
    r"(?i:\s(?:you|so|very|much|again|kindly|a|lot|bunch|in|advance|truly|wishes|regards|cordiales|mil|de|antemano|"
    rf"muchas|all|everyone)){{0,4}}\s*[,.!\n–—-]+\s*{_SIGNATURE}",
    re.DOTALL,
)
""" "Thank you kindly, Harold Pruitt"; "Thank you Danny!" speaks to him."""
_SET_UNDER = re.compile(
    rf"\w.*?(?:\s[-–—~]{{1,2}} ?|\n\s*)(?={_NAMED}){_SIGNATURE}|\w.*?[.!?]\s+(?={_TITLE} ){_SIGNATURE}",
    re.DOTALL,
)
""" "- Deb", a last line with nothing but a name, or "Kindly advise. Mrs. Odell"."""
_LEAST_AHEAD = 3
_LEAST_OF_A_LETTER = 12


def signed(heard: Heard, asked: Asked) -> str | None:
    """The name a text is signed with, after a closing word, a dash, on a line of its own, or with a title.

    In a short answer to an appointment or for a review, thanks go to whoever is named behind them.
    """
    original = heard.plain.original.strip()
    if called := _AT_A_NUMBER.search(original):
        return called.group(1)
    long = asked.about == "confirm" and len(original.split()) >= _LEAST_OF_A_LETTER
    at = _signature(original, closed=long or asked.about not in {"confirm", "review"})
    return (
        re.sub(r" \(\w+\.?\)$", "", original[at:]).rstrip(".! ")
        if at and len(original[:at].split()) >= _LEAST_AHEAD
        else None
    )


def unsigned(text: str) -> str:
    """The text without the name it is signed with: "- Deb" behind a time says nothing of it, "- FIRE" does."""
    plain = text.strip()
    at = _signature(plain, closed=True)
    return plain[:at].rstrip(" -–—~\n") if at and not is_said(plain[at:]) else text


def is_said(name: str) -> bool:
    """Does it stand in our lists, so that it may say something: "FIRE", "Urgent"?"""
    return bool(name) and bool(hear(name).hits)


def _signature(text: str, *, closed: bool) -> int:
    """The place a text's signature begins at; 0 where there is none. `closed`: one behind a closing word is one."""
    found = (_CLOSED.match(text) if closed else None) or _SET_UNDER.match(text)
    if found is None or found.lastindex is None:
        return 0
    said = [fold_plain(word).strip(".") for word in found[found.lastindex].split() if word[0].isupper()]
    return 0 if any(word in _NOT_NAMES or word in _NOT_SIGNED for word in said) else found.start(found.lastindex)


_NOT_SIGNED = WORDS["slots.not_signed"]
_PARTICLES = frozenset(["de", "del", "la", "van", "von", "der", "bin", "ap", "da", "dos", "al"])
_TITLES = WORDS["slots.titles"]
_ARTICLE = r"^(?:la|el)\s+(?=se[ñn]or|sr|do[ñn])"


def _brief(heard: Heard, lead: str) -> bool:
    """Is it a name and little else, or one set off from the rest: "Charmaine, but put it under T"?"""
    return 0 < len(heard.words) <= _MOST_WORDS or _SET_OFF.match(lead) is not None


_SET_OFF = re.compile(r"[A-Z][\w'’]+(?: [A-Z][\w'’.]*){0,2}(?:[,.]| and | y )")


def _stands_as_name(found: str, rest: str, original: str) -> bool:
    """ "I'm Kim, ..." names oneself; "I'm IICRC certified" does not."""
    shouted = found.isupper() and len(found) > 2 and not original.isupper()
    return not shouted and _NAME_END.match(rest[len(found) :]) is not None


_OF_MYSELF = re.compile(r"[Ii]['\u2019](?:ll|m|ve|d)\b")


def _name_at(text: str, *, strong: bool, lone: bool) -> str | None:
    kept: list[str] = []
    for word in re.split(r"\s+", text.strip(), maxsplit=5)[:4]:
        if kept and kept[0][0].isupper() and (fold_plain(word) in _PARTICLES or word.startswith("al-")):
            kept.append(word)
            continue
        match = _NAME_WORD.match(word)
        if not match or fold_plain(match.group()) in _NOT_NAMES or _OF_MYSELF.match(word):
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
