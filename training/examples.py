"""Turns labelled texts into examples: under more questions, at more trades, with the slips of thumbs and phones."""

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

from training.made import INDUSTRIES
from training.texts import Labelled

_ANY = list(INDUSTRIES)
_ASKED = (
    "open",
    "service",
    "urgent",
    "location",
    "address",
    "name",
    "time",
    "contact_pref",
    "confirm",
    "followup",
    "link_sent",
    "review",
)
_OFF_QUESTION = {"callback", "vendor", "job_seeker", "wrong_number", "help", "opt_out"}
_PLAINLY = ("location", "address", "name", "time", "contact_pref")
_OPENERS = ("hi ", "hello, ", "Hi! ", "hey ", "good morning ", "Hey guys ", "um ", "so ", "ok so ")
_ENDS = (" please", " thanks", " thank you", " pls", " thx", "!", "!!", ".", " 🙏", " ok", " asap plz")
_OPENERS_ES = ("hola ", "buenas ", "buenos dias ", "oiga ", "disculpe ")
_ENDS_ES = (" por favor", " gracias", " porfa", "!", ".", " grax")
_VOICEMAIL = (
    ("hi this is {name} ", " please call me back my number is {number} thank you"),
    ("Hi, my name is {name}, ", ". Please give me a call back at {number}. Thanks."),
    ("Hey this is {name}. ", ". Call me back when you get this, {number}, thanks bye."),
    ("", ", please call me back"),
    ("", " can somebody call me back at {number}"),
    ("Yeah hi um it's {name}, ", ", if you could call me back that would be great, {number}, thank you, bye"),
    ("good morning this is {name} calling ", " if you could give me a ring back I'd appreciate it thanks"),
    ("Hello, {name} here. ", ". You can reach me on {number}."),
    ("hi I'm calling because ", " so give me a call back okay bye"),
    ("Hi, I just tried calling. ", ". Call me please."),
    ("this is {name} {number} again that's {number} ", " thanks"),
    ("", ". My number is {number}. Give me a call back as soon as you get this. Thanks, bye."),
)
_VOICEMAIL_ES = (
    ("hola habla {name} ", " por favor llámeme al {number} gracias"),
    ("Buenas tardes, soy {name}, ", ". Llámeme cuando pueda, mi número es {number}."),
    ("", ", por favor llámeme"),
    ("bueno hola le habla {name} es que ", " me puede regresar la llamada por favor"),
    ("Hola, llamaba porque ", ", me marca al {number} por favor"),
    ("hola buenas, ", ", llámeme en cuanto pueda, gracias"),
)
"""Before and behind the matter of a message left on a machine."""

_NAMES = ("Maria", "Dan Whitfield", "Mrs. Alvarez", "Tom", "Priya Nair", "Jose Luis", "Karen", "Deshawn", "Ana", "Bill")
_TOLD = {"book", "existing", "question", "complaint", "cancel", "reschedule", "vendor", "job_seeker"}
_FEW_TOLD = 0.25

_SHORT = {
    "you": "u",
    "your": "ur",
    "are": "r",
    "please": "pls",
    "thanks": "thx",
    "because": "bc",
    "tomorrow": "tmrw",
    "with": "w",
    "for": "4",
    "to": "2",
    "que": "q",
    "por": "x",
    "and": "&",
    "going to": "gonna",
}


def examples(texts: list[Labelled], *, seed: int, copies: int = 2) -> list[Labelled]:
    """Every text as it is, under other questions and trades, and `copies` of it with slips.

    Which, is settled by `seed` and the text's own letters, so that a new text changes nothing for the others.
    """
    made: list[Labelled] = []
    for one in texts:
        chance = random.Random(seed ^ crc32(one.text.encode()))
        made += [placed(variant, chance) for variant in _elsewhere(one, chance)]
        for _ in range(copies):
            where = placed(chance.choice(list(_elsewhere(one, chance))), chance)
            made.append(replace(where, text=_slipped(where, chance)))
    return made


def placed(one: Labelled, chance: random.Random) -> Labelled:
    """The text at a business of some trade, where it stands for every kind."""
    return replace(one, industry=chance.choice(_ANY)) if one.industry == "any" else one


def _elsewhere(one: Labelled, chance: random.Random) -> Iterator[Labelled]:
    """The text after other questions where it means the same; without its intent where only its dangers are sure."""
    yield one
    if one.intent in _OFF_QUESTION and one.asked in {"open", "followup"} and len(one.text.split()) > 1:
        for asked in chance.sample(_ASKED, 2):
            if not (one.intent == "callback" and asked in {"contact_pref", "followup", "time"}):
                yield replace(one, asked=asked)
    elif one.asked == "open" and one.intent == "book" and one.urgency != "emergency":
        yield replace(one, asked="service")
    elif one.asked == "open" and one.intent in {"question", "existing", "complaint"} and len(one.text.split()) > 2:
        yield replace(
            one, asked=chance.choice(("service", "followup", "link_sent", "name", "time")), also=(*one.also, "answer")
        )
    elif one.urgency == "emergency" and one.asked == "open":
        yield replace(one, asked=chance.choice(("service", "followup", "link_sent", "review")), intent=None)
        yield replace(one, asked=chance.choice(("urgent", "contact_pref", "name", "time", "location")), intent=None)
        yield _left(one, chance)
    if one.asked == "open" and one.urgency != "emergency" and one.intent in _TOLD and chance.random() < _FEW_TOLD:
        yield _left(one, chance)


def _left(one: Labelled, chance: random.Random) -> Labelled:
    """The text as a message left on a machine: it is as grave as before, and asks to be called besides."""
    before, behind = chance.choice(_VOICEMAIL_ES if one.lang == "es" else _VOICEMAIL)
    number = chance.choice(("5125550{}", "512 555 0{}", "512-555-0{}")).format(chance.randrange(100, 200))
    about = {"name": chance.choice(_NAMES), "number": number}
    text = before.format(**about) + one.text.rstrip(".! ") + behind.format(**about)
    return replace(one, text=text, intent=None)


_FILLERS = (
    "We've been customers for years.",
    "My husband usually handles this.",
    "The house was built in 1978.",
    "Not sure who to ask.",
    "I just moved here.",
    "Sorry for the long message.",
    "I called a couple times.",
    "A neighbor gave me your number.",
    "I found you on google.",
    "its a two story house.",
    "I work until 5 most days.",
    "We have two dogs.",
    "My name is Sam.",
    "this is Angela.",
    "saw your truck on our street.",
    "Got your number from my sister.",
    "ok so",
    "long story short",
    "Hope you're having a good day.",
    "im on my phone so excuse typos",
    "we rent the place.",
    "its a 2015 model.",
    "happened around lunch.",
    "just got home.",
    "Let me know.",
    "Thanks in advance.",
    "I appreciate any help.",
    "I'm off tuesdays.",
    "You guys came highly recommended.",
    "hope this is the right number",
)
_FILLERS_ES = (
    "me los recomendo una amiga.",
    "los encontre en internet.",
    "acabo de mudarme.",
    "disculpe la molestia.",
    "soy Ana.",
    "mi esposo trabaja hasta tarde.",
    "gracias de antemano.",
    "es una casa de dos pisos.",
    "quedo pendiente.",
)


def _lengthened(one: Labelled, chance: random.Random) -> str:
    """The text among sentences that say nothing of it."""
    fillers = _FILLERS_ES if one.lang == "es" else _FILLERS
    parts = [one.text]
    for _ in range(chance.choice((1, 1, 2, 3))):
        parts.insert(chance.choice((0, len(parts))), chance.choice(fillers))
    return " ".join(part if part[-1] in ".!?" else part + chance.choice((".", ",", "")) for part in parts)


def _slipped(one: Labelled, chance: random.Random) -> str:
    text = one.text
    spanish = one.lang == "es"
    if len(text.split()) > 3 and chance.random() < 0.25 and one.asked in {"open", "service", "urgent", "followup"}:
        text = _lengthened(one, chance)
    if chance.random() < 0.35 and one.intent != "help":
        text = chance.choice(_OPENERS_ES if spanish else _OPENERS) + text
    if chance.random() < 0.35:
        text = text.rstrip(".!") + chance.choice(_ENDS_ES if spanish else _ENDS)
    if chance.random() < 0.3:
        text = " ".join(_SHORT.get(word, word) for word in text.split())
    if chance.random() < 0.3:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    if chance.random() < 0.15:
        text = text.upper()
    if chance.random() < 0.25:
        text = text.replace("'", "")
    for _ in range(chance.choice((0, 1, 1, 2))):
        text = _typo(text, chance)
    return text


def _typo(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    long = [place for place, word in enumerate(words) if len(word) > 3 and word.isalpha()]
    if not long:
        return text
    at = chance.choice(long)
    word = words[at]
    place = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    elif kind == 1:
        word = word[:place] + word[place + 1 :]
    elif kind == 2:
        word = word[:place] + word[place] + word[place:]
    else:
        word = word[:place] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[place + 1 :]
    words[at] = word
    return " ".join(words)
