r"""Says by which words a name is found: the Python twin of the SQL functions `plain_name` and `name_words`.

A name is brought to small Latin letters without accents, so that Łukasz, Lukasz and Лукаш, or Ελένη and Eleni, meet;
letters of scripts that cannot be spelled so (李, محمد) stay as they are and are found by `spelled`. What is searched
for goes through this module, what is stored through the functions of migration 0048: a test holds them equal over the
letters of Unicode.
Never here: how a name sounds (`name_sound`), which only SQL needs to know.
"""

import re
import unicodedata

LONGEST = 120
"""So many characters of a name are looked at; it is all a contact's name may have."""
BEGINNING = 12
"""So many letters of a word can be looked for; who writes more is found by these."""

MARKS = (
    r"[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640"
    r"\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u20d0-\u20f0\u2060"
    r"\ufe20-\ufe2f\ufeff]"
)
"""Accents, vowel points and what cannot be seen. The vowels of Indian scripts and the marks of kana are letters."""

APOSTROPHES = "`\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032"

SEPARATORS = (
    r"[\u0001-\u0026\u0028-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u0387\u055a-\u055f\u0589\u058a"
    r"\u05be\u05f3\u05f4\u060c\u061b\u061f\u2000-\u206f\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\u30fb"
    r"\ufffd]+"
)
"""Between two words; the apostrophe is in a word. Spelled out: the word class of some databases knows English only."""

IDEOGRAPHS = r"[\u3005-\u3007\u3040-\u30fa\u30fc-\u312f\u3400-\u9fff\uac00-\ud7a3]"
"""Written without spaces: each character may begin the word that is looked for."""

CAPITALS = (
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÆÐØÞĐĦŁŊŒŦƁƂƄƆƇƉƊƋƎƏƐƑƓƔƖƗƘƜƝƟƢƤƦƧƩƬƮƱƲƳƵƷƸƼǤǶǷȜȠȢȤȺȻȽȾɁɃɄɅɆɈɊɌɎͰͲͶͿΑΒΓΔΕΖ"
    "ΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩϏϘϚϜϞϠϢϤϦϨϪϬϮϷϺϽϾϿЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯѠѢѤѦѨѪѬѮѰѲѴѸѺѼѾҀҊҌҎҐҒҔҖҘ"
    "ҚҜҞҠҢҤҦҨҪҬҮҰҲҴҶҸҺҼҾӀӃӅӇӉӋӍӔӘӠӨӶӺӼӾԀԂԄԆԈԊԌԎԐԒԔԖԘԚԜԞԠԢԤԦԨԪԬԮԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖႠႡႢႣ"
    "ႤႥႦႧႨႩႪႫႬႭႮႯႰႱႲႳႴႵႶႷႸႹႺႻႼႽႾႿჀჁჂჃჄჅẞỺỼỾⱠⱢⱣⱤⱧⱩⱫⱭⱮⱯⱰⱲⱵⱾⱿ"
)
SMALL = (
    "abcdefghijklmnopqrstuvwxyzæðøþđħłŋœŧɓƃƅɔƈɖɗƌǝəɛƒɠɣɩɨƙɯɲɵƣƥʀƨʃƭʈʊʋƴƶʒƹƽǥƕƿȝƞȣȥⱥȼƚⱦɂƀʉʌɇɉɋɍɏͱͳͷϳαβγδεζ"
    "ηθικλμνξοπρστυφχψωϗϙϛϝϟϡϣϥϧϩϫϭϯϸϻͻͼͽђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюяѡѣѥѧѩѫѭѯѱѳѵѹѻѽѿҁҋҍҏґғҕҗҙ"
    "қҝҟҡңҥҧҩҫҭүұҳҵҷҹһҽҿӏӄӆӈӊӌӎӕәӡөӷӻӽӿԁԃԅԇԉԋԍԏԑԓԕԗԙԛԝԟԡԣԥԧԩԫԭԯաբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆⴀⴁⴂⴃ"
    "ⴄⴅⴆⴇⴈⴉⴊⴋⴌⴍⴎⴏⴐⴑⴒⴓⴔⴕⴖⴗⴘⴙⴚⴛⴜⴝⴞⴟⴠⴡⴢⴣⴤⴥßỻỽỿⱡɫᵽɽⱨⱪⱬɑɱɐɒⱳⱶȿɀ"
)
"""What has no accent to take off: those that have one are bare by then."""

SPELLED = (
    ("ß", "ss"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"), ("ŋ", "ng"), ("ƕ", "hv"),
    ("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("θ", "th"), ("χ", "ch"), ("ψ", "ps"),
    ("ж", "zh"), ("х", "kh"), ("ц", "ts"), ("ч", "ch"), ("ш", "sh"), ("щ", "shch"), ("ю", "yu"), ("я", "ya"),
    ("є", "ye"), ("љ", "lj"), ("њ", "nj"), ("џ", "dz"), ("ъ", ""), ("ь", ""),
)  # fmt: skip
"""Letters that take several Latin ones, in this order."""

LETTERS = "øłđðħıŧĸəɛɔɓɗɖƙƴƒσςαβγδεζηικλμνξοπρτυφωабвгдезиклмнопрстуфыэіјћђѕґӣӯқғҳҷўәөүұһңكىیەة"
PLAIN = "olddhitkeeobddkyfssavgdeziiklmnxoprtufoabvgdeziklmnoprstufyeijcdzgiukghcuaouuhnكييهه"


def plain(name: str) -> str:
    """Small Latin letters without accents where there are such, with plain apostrophes. Equal to SQL's `plain_name`."""
    bare = unicodedata.normalize("NFC", re.sub(MARKS, "", unicodedata.normalize("NFKD", name)))
    small = bare.translate(_SMALL)
    for letter, spelled in SPELLED:
        small = small.replace(letter, spelled)
    return small.translate(_PLAIN)


def words(name: str) -> list[str]:
    """The words whose beginnings find this name, as it is stored. Equal to SQL's `name_words`."""
    found: list[str] = []
    pieces = _pieces(name)
    for at, piece in enumerate(pieces):
        whole = piece.replace("'", "")
        if not whole:
            continue
        if len(whole) == 1 and whole.isascii():  # O Brien is found as OBrien, and an initial by itself finds nobody
            found += [whole + each.replace("'", "") for each in pieces[at + 1 : at + 2]]
            continue
        found.append(whole)
        found += [part for part in piece.split("'") if len(part) > 1 and part != whole]
        if re.match(IDEOGRAPHS, whole):
            found += [whole[begin:] for begin in range(1, len(whole))]
    return found


def asked(said: str) -> list[list[str]]:
    """What somebody looks for, word by word, each with its other spellings: O Brien is brien or obrien."""
    found: list[list[str]] = []
    before = ""
    for piece in _pieces(said):
        whole = piece.replace("'", "")
        if not whole or whole.isdecimal():
            before = ""
        elif len(whole) == 1 and whole.isascii():
            before = whole
        else:
            found.append([each[:BEGINNING] for each in (whole, *([before + whole] if before else []))])
            before = ""
    return found


def heard(word: str) -> list[str]:
    """How a word is also written that is heard so: who hears Fisher looks for Fischer too, who hears Snyder for
    Schneider. What more is heard alike `name_sound` knows.
    """
    english, german = word.replace("sch", "sh"), re.sub("(?<!t)sh|^s(?=[lmnw])", "sch", word.replace("sch", "sh"))
    return list(dict.fromkeys((word, english, german)))


def _pieces(name: str) -> list[str]:
    return [piece for piece in re.split(SEPARATORS, plain(name[:LONGEST])) if piece]


_SMALL = str.maketrans(CAPITALS + APOSTROPHES, SMALL + "'" * len(APOSTROPHES))
_PLAIN = str.maketrans(LETTERS, PLAIN)
