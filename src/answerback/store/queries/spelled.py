"""Says how a name asked for in Latin letters may stand in scripts that are not spelled so: 李 is found as Li and Lee.

Chinese by pinyin (pypinyin) and the spellings of surnames abroad, Korean and Japanese kana by the names Unicode gives
their signs, Arabic and Hebrew by their consonants, as their vowels are not written. Names in Japanese kanji are read as
Chinese: how a family reads its own no table knows. Never here: scripts that `names.plain` spells in Latin letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin.pinyin_dict import pinyin_dict

from answerback.store.queries import names

MOST_WAYS = 6
"""So many ways to cut a word into syllables are looked at."""

_LENGTHENED = "[ーっッうウ]*"
"""Stands between Japanese syllables and is left out in Latin letters: Sato is さとう."""

_HAN = range(0x3400, 0xA000)
_HANGUL = range(0xAC00, 0xD7A4)
_KANA = range(0x3041, 0x30FB)

_ABROAD = {
    "lee": "李이", "rhee": "이", "yi": "이", "wong": "王黃黄", "chan": "陳陈", "cheung": "張张", "chang": "張张장",
    "chow": "周", "ng": "吳吴伍", "lam": "林", "lau": "劉刘", "leung": "梁", "yeung": "楊杨", "kwok": "郭",
    "tsang": "曾", "ho": "何호", "hui": "許许", "tang": "鄧邓", "yip": "葉叶", "mak": "麥麦", "cheng": "鄭郑",
    "chu": "朱주", "tse": "謝谢", "lo": "羅罗", "choi": "蔡최", "tsai": "蔡", "hsu": "徐許许", "hsieh": "謝谢",
    "chiu": "趙赵邱",
    "kim": "김金", "park": "박朴", "pak": "박朴", "jung": "정鄭", "chung": "정鄭鍾", "kang": "강姜", "cho": "조趙",
    "yoon": "윤尹", "lim": "임林", "shin": "신申", "moon": "문文", "ahn": "안安", "yoo": "유류", "you": "유류",
    "oh": "오", "woo": "우", "kwon": "권", "hwang": "황黃黄", "roh": "노", "ryu": "류", "tsui": "崔徐",
    "teo": "張张", "tan": "陳陈",
}  # fmt: skip
"""Surnames as families abroad write them."""

_JAPANESE = {"si": "shi", "ti": "chi", "tu": "tsu", "hu": "fu", "zi": "ji", "di": "ji", "du": "zu"}

_CONSONANTS = {
    "sh": "شש", "ch": "چشחכ", "kh": "خחכ", "th": "ثتת", "dh": "ذد", "gh": "غ", "ph": "فפ", "ts": "צץ", "tz": "צץ",
    "b": "بב", "c": "كسקכס", "d": "دضד", "f": "فפף", "g": "غجقגג", "h": "حههחה", "j": "جי", "k": "كقקכך", "l": "لל",
    "m": "مםמ", "n": "نןנ", "p": "بפף", "q": "قק", "r": "رר", "s": "سصשס", "t": "تطתט", "v": "فوבו", "w": "وו",
    "x": "כ", "y": "يי", "z": "زظذז",
}  # fmt: skip
"""Which letters of Arabic and Hebrew a consonant may be."""

_VOWELS = "[اويهءعىةאויהע]*"
_BEGINS = "اعאעוי"
_WORD = "[\u0590-\u06ff]"


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which a word may stand: `begins` are what the index knows of it, `shape` is a pattern of it whole."""

    begins: tuple[str, ...]
    shape: str


@lru_cache(maxsize=1024)
def of(word: str) -> tuple[Spelling, ...]:
    """How this word in plain Latin letters may stand in other scripts."""
    if not (word.isascii() and word.isalpha()):
        return ()
    surname = [_spelling([[*_ABROAD[word]]])] if word in _ABROAD else []
    return (*surname, *map(_spelling, _cut(word)), *_by_consonants(word))


def _spelling(syllables: list[list[str]]) -> Spelling:
    return Spelling(tuple(syllables[0]), _LENGTHENED.join(map(_any_of, syllables)))


def _any_of(signs: list[str]) -> str:
    one, more = [each for each in signs if len(each) == 1], [each for each in signs if len(each) > 1]
    ways = [f"[{''.join(one)}]", *more] if one else more
    return f"(?:{'|'.join(ways)})"


def _cut(word: str) -> list[list[list[str]]]:
    """The word as signs for each of its syllables; the last may be begun only."""
    known = _syllables()
    found: list[list[list[str]]] = []
    once = re.sub(r"([bcdfghjkmpqrstvwxyz])\1", r"\1", word)  # Hattori is はっとり
    for cut in _ways(once):
        whole = [known[each] for each in cut[:-1]]
        last = known.get(cut[-1]) or sorted({sign for each in _begun(cut[-1]) for sign in known[each]})
        found.append([*whole, last])
        if len(found) == MOST_WAYS:
            break
    return found


def _ways(word: str) -> Iterator[list[str]]:
    known = _syllables()
    if word in known or any(True for _ in _begun(word)):
        yield [word]
    for length in range(min(6, len(word) - 1), 0, -1):
        if word[:length] in known:
            for rest in _ways(word[length:]):
                yield [word[:length], *rest]


def _begun(begin: str) -> Iterator[str]:
    return (each for each in _syllables() if each.startswith(begin))


@lru_cache(maxsize=1)
def _syllables() -> dict[str, list[str]]:
    """Each syllable in Latin letters with the signs that may stand for it."""
    found: dict[str, dict[str, None]] = {}
    for code in _HAN:
        for reading in pinyin_dict.get(code, "").split(","):
            if reading and set(plain := names.plain(reading)) & {*"aeiou"}:  # some write a mere hum
                found.setdefault(plain, {})[chr(code)] = None
    for code in _HANGUL:
        for reading in _korean(unicodedata.name(chr(code)).removeprefix("HANGUL SYLLABLE ").lower()):
            found.setdefault(reading, {})[chr(code)] = None
    for reading, sign in _kana():
        found.setdefault(reading, {})[sign] = None
    return {reading: list(signs) for reading, signs in found.items() if reading.isascii() and reading.isalpha()}


def _korean(name: str) -> set[str]:
    """As officially spelled, and as most people write it: Young, Soo, Sung, Woo."""
    said = {name, name.replace("yeo", "you"), name.replace("eo", "u") if "yeo" not in name else name}
    if name.endswith("u") or re.search(r"[^aeo]u[^aeiou]", name):
        said.add(re.sub(r"(?<![eo])u", "oo", name))
    return said | {"woo" if name == "u" else name}


def _kana() -> Iterator[tuple[str, str]]:
    for code in _KANA:
        name = unicodedata.name(chr(code), "")
        found = re.fullmatch(r"(?:HIRAGANA|KATAKANA) LETTER ([A-Z]{1,3})", name)
        if not found:
            continue
        said = found[1].lower()
        spoken = _JAPANESE.get(said, said)
        yield from {(said, chr(code)), (spoken, chr(code))}
        if len(said) > 1 and said.endswith("i"):
            small = "ゃゅょ" if name.startswith("H") else "ャュョ"
            stem = spoken[:-1] if spoken[:-1] in {"sh", "ch", "j"} else f"{spoken[:-1]}y"
            yield from ((stem + vowel, chr(code) + sign) for vowel, sign in zip("auo", small, strict=True))


def _by_consonants(word: str) -> list[Spelling]:
    """Arabic and Hebrew; a word of one consonant would find half the town."""
    heard = re.findall(r"sh|ch|kh|th|dh|gh|ph|ts|tz|[bcdfghjklmnpqrstvwxyz]", re.sub(r"([a-z])\1", r"\1", word))
    if len(heard) < 2:
        return []
    signs = [_CONSONANTS[each] for each in heard]
    begins = _BEGINS if word[0] in "aeiou" else signs[0]
    first = f"[{_BEGINS}]" if word[0] in "aeiou" else ""
    shape = f"(?<!{_WORD}){first}{_VOWELS}" + _VOWELS.join(f"[{each}]" for each in signs)
    return [Spelling(tuple(dict.fromkeys(begins)), shape)]
