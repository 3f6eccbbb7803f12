"""Tokens that mean something else beside others: the "am" of "i am", the "done by" of a limit, the "is" of an event.

It renames tokens and joins none; it must never take a number for an hour.
"""

import re

from answerback.understanding.when.asides import asides
from answerback.understanding.when.asking import asking
from answerback.understanding.when.choosing import chosen
from answerback.understanding.when.clocks import clocks
from answerback.understanding.when.conditions import conditions
from answerback.understanding.when.courtesies import without_courtesies
from answerback.understanding.when.rather import rather
from answerback.understanding.when.rephrased import rephrased
from answerback.understanding.when.run_on import run_on
from answerback.understanding.when.settling import equated, settled
from answerback.understanding.when.signs import signed
from answerback.understanding.when.spelled_out import DONE_BY, spelled_out
from answerback.understanding.when.stretches import stretched, until_then
from answerback.understanding.when.theirs import theirs
from answerback.understanding.when.tokens import Token, kind_at
from answerback.understanding.when.turns import CLAUSE_ENDS, DAYS, clause_begin, turned
from answerback.understanding.when.weekly import weekly
from answerback.understanding.when.whereabouts import whereabouts
from answerback.understanding.when.whole_dates import whole_dates

_AFTER_OPEN = frozenset({"num", "clock", "dow", "at", "the", "noon", "ord", "month", "tomorrow", "today", "part", "on"})
_THROUGH = frozenset({"thru", "through"})
_DAY_KINDS = frozenset({"dow", "dows", "ord", "num", "clock", "noon", "date", "tomorrow", "today", "month", "am", "pm"})
_OPENS = {"later_open": "after", "earlier_open": "before"}


def in_company(found: list[Token]) -> list[Token]:
    """The tokens, those renamed whose neighbours say so: "9 or after 5" is no open end, "busy until 2" begins at 2."""
    again: list[Token] = []
    up_to_you = False
    found = turned(found, _IN_ORDER)
    for place, token in enumerate(found):
        up_to_you = token.kind not in CLAUSE_ENDS and (up_to_you or _if_you_can(found, place))
        if (
            _is_done_for_them(found, place)
            or _tells_no_time(found, place)
            or (up_to_you and token.kind in {"if", "not", "bad", "no"})
        ):
            # "the 24th if you got it" is no street
            again.append(Token("fill" if token.kind == "if" else "word", 0, token.text))
        elif token.kind == "until" and again and again[-1].kind in {"bad", "not"}:
            again[-1] = Token("from", 0, token.text)
        else:
            again += _renamed(found, place, again)
    return again


_ASKS = ("can ", "could ", "how about", "what about", "any chance", "que tal")
_REFUSES = frozenset({"not", "bad", "no"})


def _asked_apart(found: list[Token]) -> list[Token]:
    """ "Cant catch him lol can we try tomorrow": behind words of a refusal a question begins a clause of its own."""
    told: list[Token] = []
    for place, token in enumerate(found):
        if token.kind == "wish" and token.text.startswith(_ASKS):
            kinds = {each.kind for each in found[clause_begin(found, place) : place]}
            if kinds & _REFUSES and kinds & {"word", *DAYS}:
                told.append(Token("comma"))
        told.append(token)
    return told


_IN_ORDER = (
    *(
        without_courtesies,
        clocks,
        run_on,
        signed,
        whole_dates,
        whereabouts,
        stretched,
        rather,
        settled,
        conditions,
    ),
    *(asides, theirs, chosen, weekly, rephrased, asking, spelled_out, equated, until_then, _asked_apart),
)
"""The turns of speech, each on what the one before it left."""


def _renamed(found: list[Token], place: int, again: list[Token]) -> list[Token]:
    token, behind = found[place], kind_at(found, place + 1)
    last = again[-1] if again else Token("")
    if token.kind in _OPENS and _names_another(last, token, behind):
        opens = Token("on") if token.text == "and on" else Token(_OPENS[token.kind])
        return [Token("or" if token.text[:2] == "or" else "and"), opens]
    if _only_links(found, place):
        return []
    kind = token.kind
    if token.text == "now" and last.kind in {"between", "from"}:
        kind = "today"
    elif named := _named_otherwise(found, place):
        kind = named
    elif kind == "to" and token.text in _THROUGH and last.kind not in _DAY_KINDS:
        kind = "until"
    elif token.text in _DONE_BY_OR_BEFORE and _is_limit(again):
        kind = token.text.rsplit(" ", 1)[-1]
    elif _tells_what_happened(found, place):
        kind = "past"
    elif kind == "happening" and behind == "on" and _texts_of(found, place, 1) in _FOR:
        # "for prom on the 27th"
        kind = "event"
    elif _tells_when_it_is(found, place):
        kind = "event"
    else:
        kind = _begun_anew(found, place)
    return [token] if kind == token.kind else [Token(kind, 0, token.text)]


def _named_otherwise(found: list[Token], place: int) -> str:
    """The "pasado" of "mañana o pasado" is the day after tomorrow; "el último sábado" is the last of no list."""
    if found[place].text == "pasado" and place > 1 and found[place - 2].kind == "tomorrow":
        return "overmorrow"
    return "last" if found[place].kind == "last_one" and kind_at(found, place + 1) in {"dow", "week", "day"} else ""


def _begun_anew(found: list[Token], place: int) -> str:
    token, behind = found[place], found[place + 1].text if place + 1 < len(found) else ""
    if token.kind == "comma" and behind == "say":
        # "not early, say 11 or later": what is said by way of example is not refused
        return "stop"
    if token.text == "were" and behind.endswith("ing"):
        # "we're visiting"
        return "fill"
    return "word" if token.kind == "wish" and _is_reported(found, place) else token.kind


def _only_links(found: list[Token], place: int) -> bool:
    """The "is" of "5 is the latest", the "my" of "after my 9am meeting", the "then" of "friday morning then?"."""
    token, behind = found[place], kind_at(found, place + 1)
    before = kind_at(found, place - 1) if place else ""
    if token.text in _IS | {"as"}:
        return behind in _OPENS.keys() | {"earliest_open"} and before in _DAY_KINDS
    if token.text == "then":
        goes_on = before in _DAY_KINDS | {"part", "feast", "anytime", "day"} or _texts_of(found, place, 1) in _SO_THEN
        return goes_on and behind in {"", "stop", "comma"}
    if token.kind == "my" and before in {"on", "at", "in"}:
        return behind == "part"
    return token.kind == "my" and before in {"after", "before"} and behind in {"num", "clock", "noon"}


_SO_THEN = (["so"], ["asi que"])
_TOLD = frozenset({"said", "told", "promised", "dijo", "dijeron", "swore"})


def _is_reported(found: list[Token], place: int) -> bool:
    """The "come" of "my landlord said hed come thursday" is what somebody else said."""
    near = found[max(place - 4, 0) : place]
    told = next((at for at in range(len(near) - 1, -1, -1) if near[at].text in _TOLD), None)
    return told is not None and not {"comma", "stop", "but"} & {each.kind for each in near[told:]}


_FOR = (["for"], ["para"])


def _names_another(before: Token, opens: Token, behind: str) -> bool:
    """ "Or after 5" names another time; "or later tomorrow", "3 or after on friday" say how long that day suits."""
    clock = before.kind in {"num", "clock"} or before.text in {"am", "pm"}  # "3 and on friday"
    if opens.text == "and on" and not clock and behind in {"the", "dow", "dows", "ord", "month", "weekend", "weekends"}:
        # "In the morning on the 22nd, and on the 23rd in the afternoon"
        return True
    same_day = opens.text.endswith(_LATER) or before.kind in {"num", "clock", "am", "pm", "noon"}
    same_day = same_day and behind in {"tomorrow", "today", "dow", "on"}
    return opens.text[:3] in {"or ", "and"} and behind in _AFTER_OPEN and not same_day


_DONE_BY_OR_BEFORE = DONE_BY | {"done before", "finished before"}
_YOURS = frozenset(
    {"you", "youre", "your", "yall", "u", "ur", "at", "he", "hes", "she", "shes", "they", "theyre", "anyone", "someone"}
    | {"someones", "somebodys", "anyones", "anybodys", "theres", "somebody", "anybody", "thats", "that", "there"}
    | {"it", "possible", "doable", "ok", "puede", "pueden"}
    | {"se", "hay", "tienen", "tiene", "su"}
)


def _if_you_can(found: list[Token], place: int) -> bool:
    """The "if" of "friday if you have room": whether the business can, which an offer of times answers anyway."""
    behind, next_but_one = (*found[place + 1 : place + 3], Token(""), Token(""))[:2]
    ahead = [each.text for each in found[place + 1 : place + 6]]
    owns = next((at for at, text in enumerate(ahead[:4]) if text in _OWNS), 0)
    if owns and found[place].text in {"if", "si"} and ahead[0].split(" ")[0] not in _OURS:
        # "if you have it", "if dani has room"; "if you have anything" leaves the day open
        return not {"to", "anything"} & set(ahead[owns + 1 : owns + 2])
    if next_but_one.text.split(" ")[0] in _DEPENDS_ON:
        return False
    return found[place].text in {"if", "si"} and behind.text.split(" ")[0] in _YOURS


_OWNS = frozenset({"has", "have", "got", "tienen", "tiene", "opens"})
_OURS = frozenset({"i", "im", "we", "my", "our", "the", "they", "it", "its", "mi"})
_DEPENDS_ON = frozenset({"have", "got", "had", "come", "arrive", "show", "get", "wait", "vienen", "llegan"})

LAST_OF_NIGHT = 4
"""Up to this hour after midnight nobody is asked to come in passing: "it trips at 3 am"."""


def _texts_of(found: list[Token], place: int, count: int) -> list[str]:
    return [token.text for token in found[max(place - count, 0) : place]]


def _is_only_told(found: list[Token], place: int) -> bool:
    """Has the clause words of its own, and none that wishes or asks?"""
    first = max((at for at in range(place) if found[at].kind in {"stop", "comma"}), default=-1) + 1
    last = next((at for at in range(place, len(found)) if found[at].kind in {"stop", "comma"}), len(found))
    kinds = [token.kind for token in found[first:last]]
    asks = last < len(found) and found[last].text == "?"
    return kinds.count("word") > 1 and not asks and not {"wish", "good", "or", "by", "before"} & set(kinds)


_PLEASE = frozenset({"please", "pls", "plz", "porfa", "por favor"})
_HAPPENED = re.compile(r"[a-z]{3,}(?:ed|aron|ieron)")
_NO_PAST = frozenset(
    {"speed", "indeed", "exceed", "proceed", "succeed", "sharon", "macaron", "chevron", "hundred", "camaron", "varon"}
)
_THEIR_OWN = frozenset(
    {"son", "daughter", "kid", "kids", "husband", "wife", "mom", "dad", "dog", "cat", "boy", "girl", "puppy"}
    | {"neighbor", "tenant", "landlord", "roommate", "brother", "sister", "grandson", "granddaughter"}
    | {"x", "old", "baby", "toddler"}
)
_DOERS = frozenset({"i", "we", "he", "she", "they", "you", "it", "someone", "somebody", "who"})


def _tells_what_happened(found: list[Token], place: int) -> bool:
    """ "They cracked it", "me sacaron sangre": past forms no list need name; "gutters cleaned" may be a wish."""
    token = found[place]
    if token.kind == "word" and token.text.endswith("o") and place > 1 and found[place - 2].text == "se":
        # "se me acabó"
        return found[place - 1].text in {"me", "nos", "le", "les"}
    if token.text == "this" and kind_at(found, place + 1) == "part" and found[place + 1].text == "morning":
        if place + 2 < len(found) and found[place + 2].text in _PLEASE:
            return False
        return _is_only_told(found, place)
    if token.kind == "am" and place and found[place - 1].value % 12 <= LAST_OF_NIGHT:
        return found[place - 1].kind == "num" and _is_only_told(found, place)
    if token.kind != "word" or token.text in _NO_PAST or not _HAPPENED.fullmatch(token.text):
        return False
    if not token.text.endswith("ed") or (place and found[place - 1].text in _DOERS):
        return True
    # "my daughter chipped her tooth"; "my gutters cleaned" may be a wish
    return place > 1 and found[place - 2].kind == "my" and found[place - 1].text in _THEIR_OWN


_WHO_IS = frozenset(
    {"i", "im", "we", "were", "he", "she", "hes", "shes", "they", "get", "gets", "am", "are", "usually", "is"}
)


def _is_limit(before: list[Token]) -> bool:
    """ "I need it done by friday" sets a limit; "i'm done by 5" says when they are free."""
    last = before[-1] if before else Token("")
    theirs = last.text in _THINGS | {"youre"} or [each.text for each in before[-2:]] == ["you", "are"]
    if theirs or (last.text in {"be", "get"} and [each.text for each in before[-2:-1]] != ["ill"]):
        return True
    return (
        last.kind not in {"", "stop", "comma"}
        and last.text not in _WHO_IS
        and any(token.kind == "wish" for token in before)
    )


_THINGS = frozenset({"it", "this", "that", "these", "everything", "job"})


_DONE = frozenset({"kept", "gone", "taken", "sent", "out", "cut", "made", "set"})
_GIVEN = frozenset({"need", "want", "like", "get", "getting", "can i", "have", "quiero", "necesito"})


def _is_done_for_them(found: list[Token], place: int) -> bool:
    """The "fixed" of "need it fixed by friday", the "kept" of "want it cut and kept cold", are wishes, not over."""
    ahead = found[max(place - 5, 0) : place]
    clause = clause_begin(ahead, len(ahead))
    given = any(each.text in _GIVEN for each in ahead[clause:][:-1])
    # "needs to be fixed", "must get done"
    given = given or ([each.text for each in ahead[-2:-1]] == ["to"] and ahead[-1].text in {"be", "get"})
    word = found[place].text.split(" ")[0]
    return given and (word.endswith("ed") or word in _DONE) and found[place].kind in {"past", "word"}


_IS = frozenset({"is", "are", "es", "son", "will be", "will"})
_NAMES_A_DAY = frozenset(
    {"dow", "month", "date", "tomorrow", "today", "tonight", "this", "next", "feast", "overmorrow"}
)
_BETWEEN = frozenset({"on", "in", "at", "the", "around", "fill"})
_CHOICES = frozenset(
    {"choice", "plan", "preference", "option", "pick", "window", "schedule", "vote", "bet", "shot", "availability"}
    | {"off", "guess", "opening", "idea", "limit", "favorite", "preferencia", "opcion", "horario"}
)


def _tells_when_it_is(found: list[Token], place: int) -> bool:
    """The "is" of "picture day is fri" and "the cookout is on the 5th": something of theirs, no visit of ours.

    "My husband will be there on tuesday" lets us in.
    """
    before = found[place - 1] if place else Token("")
    if found[place].text not in _IS or before.kind != "word" or before.text in _CHOICES:
        return False
    step = place + 1
    while kind_at(found, step) in _BETWEEN:
        if found[step].text in {"there", "here"}:
            return False
        step += 1
    led = step > place + 1 and found[step - 1].kind in {"on", "in", "at", "the"}
    return kind_at(found, step) in _NAMES_A_DAY or (led and kind_at(found, step) in {"ord", "num", "clock"})


_LATER = ("later", "earlier", "sooner")
_SO = frozenset({"fast", "quick", "quickly", "much", "many", "long", "bad", "badly", "hard", "loud", "kind", "late"})
_POINTING = frozenset({"before", "by", "until", "around", "after", "from", "at"})
_OF_A_FEAST = frozenset(
    {
        "light",
        "lights",
        "bunny",
        "egg",
        "eggs",
        "basket",
        "tree",
        "trees",
        "decor",
        "decorations",
        "special",
        "specials",
        "sale",
        "deal",
        "deals",
    }
    | {"discount", "promo", "coupon", "cookies", "card", "cards", "gift", "present", "dinner", "costume", "flowers"}
)
_SUITS = frozenset({"work", "do", "suit", "fit", "fly", "help", "happen"})
_AM_I = frozenset({"i", "who", "what", "where", "how", "why", "here"})
_ME = frozenset({"me", "us", "him", "her", "them"})


_SHINES = frozenset(
    {"room", "roof", "porch", "deck", "screen", "shade", "burn", "tan", "city", "spot", "damage", "visor"}
)


def _is_star(after: Token, next_but_one: list[Token]) -> bool:
    """ "Sun blazing", "sun's on her", "sun room"."""
    if after.text in _IS:
        return bool(next_but_one) and next_but_one[0].kind in {"on", "in", "fill", "word"}
    return after.kind == "word" and (after.text.endswith("ing") or after.text in _SHINES)


def _sits(before: Token, after: Token) -> bool:
    """ "It sat all winter"."""
    return before.text in _DOERS - {"you", "i", "we"} and after.kind in {
        "word",
        "any",
        "anytime",
        "noise",
        "on",
        "in",
        "fill",
    }


def _tells_no_time(found: list[Token], place: int) -> bool:
    """The "am" of "I am" and "am I", and the "first" of "call me first"."""
    before = found[place - 1] if place else Token("")
    after = found[place + 1] if place + 1 < len(found) else Token("")
    if found[place].text == "so" and after.text in _SO:
        return True
    if found[place].text == "wont" and before.text in _DOERS - {"i", "we", "you"}:
        # "look at my rabbit right now, she wont move"
        return after.kind in {"word", "move"} and after.text not in _SUITS
    if found[place].kind == "vague_day" and found[place].text == "then":
        # "until 2 then i have to run" goes on; "by then" and "can you come then" point back.
        return before.kind not in _POINTING and after.kind not in {"", "stop", "comma", "good", "bad"}
    if found[place].kind in {"clock", "num"} and (before.text == "its" or _texts_of(found, place, 2) == ["it", "is"]):
        # "it's 6:10 and nobody is here" tells the hour; "as long as it's 2pm" asks for one
        asks = place > 1 and found[place - 2].text in {"as", "if"}
        return not asks and (found[place].kind == "clock" or after.kind in {"oclock", "am", "pm"})
    if found[place].kind == "feast" and after.text in _OF_A_FEAST:
        return True
    if found[place].kind == "happening" and found[place].text.startswith("coming"):
        return before.text in {"you", "u", "yall", "ya", "guys"}
    if found[place].kind == "dow" and found[place].text in {"sun", "sat"}:
        wished = place > 1 and found[place - 2].kind == "wish"  # "need someone sat in the morning"
        is_star = found[place].text == "sun" and _is_star(after, found[place + 2 : place + 3])
        return is_star or (found[place].text == "sat" and not wished and _sits(before, after))
    if found[place].text == "am":
        return before.text in _AM_I or (after.text == "i" and before.kind not in {"num", "clock"})
    if found[place].text in {"primero", "primera"}:
        # "primero quiero ver precios"
        return before.kind not in {"the", "on", "of"} and after.kind != "of"
    return found[place].text == "first" and found[place].kind == "ord" and (before.kind == "word" or before.text in _ME)
