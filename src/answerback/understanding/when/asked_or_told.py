"""What a clause does: tell of somebody, ask the business to come, or offer when the customer is there.

It only looks at the words of one clause; it must never take an offer of time for a story.
"""

import re
from collections.abc import Sequence

from answerback.understanding.when.tokens import Token
from answerback.understanding.when.turns import TIMES, clause_begin, clause_end


def requests(tokens: Sequence[Token], place: int) -> bool:
    """ "Manden al pintor ese día", "arréglenlo un día antes": does the clause ask them, or say that they come?"""
    for at in range(clause_begin(tokens, place - 1), clause_end(tokens, place)):
        word = tokens[at].text
        done_to_them = at > 0 and tokens[at - 1].text in {"me", "nos", "se", "le", "les", "que"}
        if word in _I_COME or (not done_to_them and _REQUEST.fullmatch(word) and word not in _NO_REQUEST):
            return True
    return False


_REQUEST = re.compile(r"(?:[a-z]+(?:gan|jan)|[a-z]{2,}[^i]en|[a-z]+amos(?=l))(?:me|nos|la|lo|las|los|le|les|se)?")
_NO_REQUEST = frozenset(
    {"vienen", "tienen", "ponen", "hacen", "quieren", "dicen", "salen", "deben", "traen", "bien", "alguien", "quien"}
    | {"also", "often", "open", "when", "then", "even", "kitchen", "garden", "women", "children", "seven", "eleven"}
    | {"been", "seen", "between", "oven", "screen", "green", "teen", "happen", "listen", "broken", "garden", "organ"}
    | {"llegan", "pagan", "cargan", "dejan", "trabajan", "bajan", "juegan", "suben", "viven", "orden", "examen"}
    | {"queen", "token", "golden", "wooden", "frozen", "taken", "given", "chosen", "written", "eaten", "fallen"}
)
_I_COME = frozenset({"paso", "voy", "llevo", "traigo", "vamos", "llevamos", "pasamos", "hacemos", "quiero", "queremos"})


def commands(tokens: Sequence[Token], place: int) -> bool:
    """ "Patch the drywall that afternoon": does the clause begin with what is to be done, and with nobody?"""
    begin = clause_begin(tokens, place - 1)
    ahead = [each for each in tokens[begin:place] if each.kind not in {"fill", "comma"}]
    return len(ahead) > 1 and ahead[0].kind == "word" and not tells(tokens, begin)


def only_names(tokens: Sequence[Token], begin: int) -> bool:
    """ "The movers come saturday" asks nobody to come."""
    while begin and tokens[begin].kind == "fill":
        begin += 1
    clause = tokens[begin : clause_end(tokens, begin)]
    wishes = [at for at, each in enumerate(clause) if each.kind == "wish"]
    if not wishes or clause[0].kind not in {"the", "my", "word"}:
        return False
    return all(clause[at].text == "come" and _is_guest(clause[at - 1]) for at in wishes if at) and 0 not in wishes


def _is_guest(before: Token) -> bool:
    return before.kind in {"word", "happening"} and before.text.endswith("s") and before.text not in {"guys", "yalls"}


def offers(tokens: Sequence[Token], begin: int) -> bool:
    """ "I'm home thursday" is no story of something else."""
    said = {each.text for each in tokens[begin : clause_end(tokens, begin)]}
    return bool(said & _FREE and said & {"i", "im", "we", "were", "estoy", "estamos"}) or "los espero" in said


_FREE = frozenset({"home", "free", "off", "around", "available", "open", "en casa", "casa", "libre", "libres", "aqui"})


def has_words(tokens: Sequence[Token], begin: int, day: int) -> bool:
    """Is more said than the day: "you have me friday at 1", "el 16 festejamos"?"""
    spoken = any(each.kind in {"word", "fill"} for each in tokens[begin:day])
    return spoken or any(each.kind == "word" for each in tokens[day : clause_end(tokens, day)])


def tells(tokens: Sequence[Token], begin: int) -> bool:
    """ "Boss heads out at 3", "tomorrow i run the register": a clause of somebody and what they do."""
    end = clause_end(tokens, begin)
    while begin < end and tokens[begin].kind in TIMES | {"on", "the", "at", "this", "next"}:
        begin += 1
    ahead = tokens[begin:end]
    if not ahead or ahead[0].text in _WHO_TELLS or ahead[0].kind == "my":
        return bool(ahead)
    if ahead[0].kind != "word":
        return False
    if ahead[0].text.endswith("ing") and ahead[0].text not in _WISHING:
        return True
    return any(each.text in _ARE | _CAME or (each.kind == "word" and _DOES.fullmatch(each.text)) for each in ahead[1:])


_WHO_TELLS = frozenset(
    {"i", "im", "we", "were", "he", "hes", "she", "shes", "they", "theyre"}
    | {"salgo", "regreso", "entrego", "entro", "recojo", "tengo", "quedamos", "regresamos", "salimos", "tenemos"}
)
_ARE = frozenset({"is", "are", "has", "have", "es", "son", "tiene", "tienen", "come"})
_CAME = frozenset({"came", "vino", "vinieron", "viene", "vienen", "llega", "llegan"})
_DOES = re.compile(r"[a-z]{2,}[^s\W]s")

_WISHING = frozenset(
    {"looking", "hoping", "thinking", "wanting", "needing", "trying", "wondering", "checking", "asking", "seeing"}
    | {"requesting", "scheduling", "booking", "morning", "evening", "anything", "something", "confirming"}
)
