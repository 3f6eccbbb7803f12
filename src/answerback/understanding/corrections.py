"""Does a text put right what an earlier one said ("sorry I meant 78704")? It never says what is right instead."""

import re

from answerback.understanding.normalise import fold_plain

_CORRECTS = re.compile(
    r"^\s*\*|\bi (?:just )?(?:meant|mean|ment)\b|\bmeant to (?:say|type|put|write)\b|\bcorrection\b|\btypo\b|\bmy bad\b"
    r"|\bmy mistake\b|\bscratch that\b|\bi (?:mis(?:typed|spelled|spoke)|got that wrong|made a mistake)\b"
    r"|\bwrong (?:zip|zipcode|city|town|address|name|street|day)\b"
    r"|\b(?:should|shoulda|supposed to) (?:be|say|read|been)\b|\bnot \w+[,.]? (?:its|it's|but)\b|\bit'?s actually\b"
    r"|\bis actually\b|\bactually,? (?:its|it's|im|i'm|my|the)\b|\b(?:oops|whoops|ooops)\b|^\s*(?:no )?wait\b"
    r"|^\s*sorry[, ]+(?:its|it's|the|my|\d|that|not)\b|\bquise decir\b|\bqueria decir\b|\bme equivoque\b|\bcorrijo\b"
    r"|\bcorreccion\b|^\s*(?:perdon|digo)\b|\bera error\b|\ben realidad\b|\bmas bien\b|\bno es \w+,? (?:es|sino)\b"
)


def corrects(text: str) -> bool:
    """Does it say that something said before was wrong?"""
    return _CORRECTS.search(fold_plain(text)) is not None
