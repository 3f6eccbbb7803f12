"""Limits and refusals in other words: "not until after 2", "be out of there by 4", "give me til 3", "the only bad day".

It must never touch what is told of somebody else ("they gave me til friday to pay").
"""

import re

from answerback.understanding.when.wordings import put


def limits_told(folded: str) -> str:
    """The text with each such limit in the words that the grammar knows."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(r"til|nothing|past|cualquier|out|gone|only|unico|nvm|mind|any |sea ")
_HOUR = r"(?:\d{1,2}(?::\d\d)?|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven)"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|weds?|thur?s?|fri|sat|sun"
_DIA = r"lunes|martes|miercoles|jueves|viernes|sabado|domingo"

_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (rf"\bnot (?:un)?till? (?:after|past) (?={_HOUR}\b)", "not before "),
        (
            (
                rf"(?:(?:,? and)?\b,? (?<!heard )(?<!got )(?<!still )(?<!had )(?<!did )|^)nothing (?:past|after)"
                rf" (?={_HOUR}\b(?!:)(?! ?[ap]?m? or\b| (?:days?|weeks?|hours?|hrs|min|calls?|visits?|tries)))"
            ),
            ", only before ",
        ),
        (
            rf"\b(?:be )?(?:out|gone)(?: of (?:there|here|the (?:house|office|shop)))? by (?={_HOUR}\b)",
            "leave by ",
        ),
        (
            (
                rf"(?<!only )(?<!they )(?<!ll )(?<!will )\bgive (?:me|us) (?:un)?till? (?:like |about )?({_HOUR})\b"
                r"(?: to (?:get|be) (?:home|there|here|back|ready|off)|(?! to\b| for\b))"
            ),
            r"after \1",
        ),
        (
            rf"\b({_DAY})(?:'?s| is| are) (?:really |pretty much )?(?:the|my|our) only (?:bad|busy|no) (?:day|one)\b",
            r"any day but \1",
        ),
        (
            rf"\b({_DIA}) es (?:el|mi) unico (?:dia )?(?:malo|que no (?:puedo|podemos))\b(?! faltar)",
            r"cualquier dia menos \1",
        ),
        (r"\b(?:nvm|never ?mind) about (?=today|tomorrow|tonight)", "forget "),
        (
            r"\bany ((?:satur|sun|mon|tues|wednes|thurs|fri)day) or ((?:satur|sun|mon|tues|wednes|thurs|fri)day)\b",
            r"\1s or \2s",
        ),
        (r"\bque no sea antes de\b", "no antes de"),
        (rf"\bcualquier hora (?:el|del) ({_DIA})\b(?! al?\b)", r"el \1 todo el dia"),
    )
)
"""What is said, and how the grammar knows it."""
