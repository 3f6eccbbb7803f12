"""Turns a text as a phone sent it into plain lower-case words that remember where they stood.

It folds what people and their phones vary without meaning it: case, accents, width, look-alike letters of other
alphabets, invisible characters, emoji, letters drawn out or spaced out. It must never decide what a text means, and
it must keep every word's place, because staff are shown the customer's own spelling.
"""

import re
import unicodedata
from typing import NamedTuple

LONGEST_READ = 1600
"""Letters read of one text: ten segments, the most a carrier joins. Of a longer one the start and the end are read."""

_TAIL_READ = 400

_LOOK_ALIKES = dict(
    zip(
        "абвгдеѕіјкмнорстухьёԁɡһǀοαενικρτυχϲᴏսոօҁ",
        "abbrdesijkmhopctyxbedghloaevikptuxconooc",
        strict=True,
    )
)

_EMOJI = {
    "🛑": "stop",
    "🚫": "nosign",
    "⛔": "nosign",
    "✋": "handsign",
    "👍": "thumbsup",
    "👌": "thumbsup",
    "✅": "thumbsup",
    "✔": "thumbsup",
    "🆗": "ok",
    "👎": "thumbsdown",
    "❌": "thumbsdown",
    "🙏": "thanksign",
    "🔥": "firesign",
    "🆘": "sossign",
    "😡": "angrysign",
    "🤬": "angrysign",
    "😠": "angrysign",
    "🖕": "angrysign",
    "📞": "phonesign",
    "☎": "phonesign",
    "🔗": "linksign",
    **dict.fromkeys("⭐🌟❤😍🥰👏🙌💯💖💕💗😘🤩", "lovesign"),
}

_JOINER = "\u200d"

_TOKEN = re.compile(r"\d+(?=(?:yo|yrs?|mos?|am|pm)\b)|[a-z0-9]+(?:'[a-z]+)*|[.!?;,:\n]|[^\s\x00-\x7f]")
_HARD_STOPS = frozenset(".!?;\n")
_SOFT_STOPS = frozenset(",:")
_CLAUSE_WORDS = frozenset({"but", "pero", "however", "though", "although", "aunque", "except", "because", "porque"})
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")

_REACTION = re.compile(
    r"^\s*(?:liked|loved|laughed at|emphasi[sz]ed|questioned|disliked|removed an? \w+ from|reacted .{1,40}? to"
    r"|le gusto|le encanto|se rio de|le dio importancia a|no le gusto|me gusta|reacciono con .{1,20}? a)"
    r"\s*(?:[\"'“”«]|an? (?:image|photo|message|picture)\b|una? (?:imagen|foto|mensaje)\b)"
)


class Word(NamedTuple):
    """One word of a text: folded, with its place in the original and the clause and sentence it stands in."""

    text: str
    start: int
    end: int
    clause: int
    sentence: int


class Plain(NamedTuple):
    """A text made plain: the original part that was read, its folded letters, and its words."""

    original: str
    folded: str
    words: tuple[Word, ...]
    asks: bool
    reaction: bool


_AUTOMATIC = re.compile(
    r"^\W*(?:i'?m|i am) driving with [a-z ]{2,40}\bon\b.{0,8}\bi'?ll see your message when"
    r"|\bi'?m not receiving notifications\b.{0,6}\bif this is urgent\b"
)
"""What an iPhone answers by itself while its owner drives; nothing in it is theirs."""


def plain(text: str, *, quoted: str = "") -> Plain:
    """The words of a text; what it repeats of our own question (`quoted`) is blanked out first."""
    original = _readable_part(text)
    folded, places = fold(original)
    reaction = _REACTION.match(folded) is not None
    if quoted:
        folded = _without_quote(folded, quoted)
    if _AUTOMATIC.search(folded):
        folded = "auto reply".ljust(len(folded))
    words = () if reaction else _words(folded, places, len(original))
    return Plain(original, folded, words, "?" in folded, reaction)


def is_reaction(text: str) -> bool:
    """Is it what a phone sends for a heart or a thumb put on a text, and nothing they wrote?"""
    return plain(text).reaction


def fold(text: str) -> tuple[str, list[int]]:
    """Lower-case letters without accents, and for each of them its place in `text`."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for letter in _fold_one(character):
            letters.append(letter)
            places.append(place)
    return "".join(letters), places


def fold_plain(text: str) -> str:
    """The folded letters alone, for words of our own such as service names."""
    return fold(text)[0]


def _readable_part(text: str) -> str:
    if len(text) <= LONGEST_READ:
        return text
    return text[: LONGEST_READ - _TAIL_READ] + "\n" + text[-_TAIL_READ:]


def _fold_one(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character in _EMOJI:
        return f" {_EMOJI[character]} "
    if character in "’‘`´ʼ＇":
        return "'"
    if character in "“”«»":
        return '"'
    if character in "—–…":
        return ";" if character != "…" else "."
    if character in {"¿", "¡"}:
        return " "
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me", "Cc"} or character == _JOINER:
        return ""
    if category == "Zs":
        return " "
    lowered = unicodedata.normalize("NFKD", character).lower()
    return "".join(_LOOK_ALIKES.get(part, part) for part in lowered if not unicodedata.combining(part))


def _without_quote(folded: str, quoted: str) -> str:
    """Customers paste our own text back; its "Reply STOP" is not their wish."""
    ours = fold_plain(quoted).strip()
    if len(ours) >= 12 and ours in folded:
        return folded.replace(ours, " " * len(ours))
    return folded


def _words(folded: str, places: list[int], length: int) -> tuple[Word, ...]:
    words: list[Word] = []
    clause = sentence = 0
    for match in _TOKEN.finditer(folded):
        token = match.group()
        if token in _HARD_STOPS:
            clause, sentence = clause + 1, sentence + 1
        elif token in _SOFT_STOPS:
            clause += 1
        else:
            clause += token in _CLAUSE_WORDS
            start = places[match.start()]
            end = places[match.end() - 1] + 1
            words.append(Word(token.replace("'", ""), start, min(end, length), clause, sentence))
    return tuple(_joined_letters(words))


def _joined_letters(words: list[Word]) -> list[Word]:
    """Joins letters somebody spaced out ("S T O P") into the word they spell."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in words:
        if len(word.text) == 1 and word.text.isalpha():
            run.append(word)
            continue
        joined += _as_one(run)
        run = []
        joined.append(word)
    return joined + _as_one(run)


def _as_one(run: list[Word]) -> list[Word]:
    if len(run) < 4:
        return run
    return [run[0]._replace(text="".join(word.text for word in run), end=run[-1].end)]


def undrawn(word: str) -> tuple[str, ...]:
    """The spellings a drawn-out word may stand for: "stooop" may be "stoop" or "stop"."""
    if not _DRAWN_OUT.search(word):
        return ()
    return _DRAWN_OUT.sub(r"\1", word), _DRAWN_OUT.sub(r"\1\1", word)
