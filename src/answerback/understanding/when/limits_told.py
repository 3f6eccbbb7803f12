"""Limits and refusals in other words: "not until after 2", "be out of there by 4", "give me til 3", "the only bad day".

It must never touch what is told of somebody else ("they gave me til friday to pay").
"""

import re

from answerback.understanding.when.called_by import WEEKDAYS
from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import put


def limits_told(folded: str) -> str:
    """The text with each such limit in the words that the grammar knows."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(
    r"til|nothing|past|cualquier|out|gone|only|unico|nvm|mind|any |sea |between|ready by|after|whenever|anytime"
    r"|esa fecha|ese dia|hasta|starts|begins|before|by \d|first thing"
)
_HOUR = r"(?:\d{1,2}(?::\d\d)?|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven)"

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
            (
                rf"\b({WEEKDAYS})(?:'?s| is| are) (?:really |pretty much )?"
                r"(?:the|my|our) only (?:bad|busy|no) (?:day|one)\b"
            ),
            r"any day but \1",
        ),
        (
            rf"\b({DIAS}) es (?:el|mi) unico (?:dia )?(?:malo|que no (?:puedo|podemos))\b(?! faltar)",
            r"cualquier dia menos \1",
        ),
        (r"\b(?:nvm|never ?mind) about (?=today|tomorrow|tonight)", "forget "),
        (
            r"\bany ((?:satur|sun|mon|tues|wednes|thurs|fri)day) or ((?:satur|sun|mon|tues|wednes|thurs|fri)day)\b",
            r"\1s or \2s",
        ),
        (rf"(?<=\w)(?:,? and|,) nothing before (?={_HOUR}\b(?!:00 am on))", ", not before "),
        (
            (
                r"\b(?:can'?t|cannot|won'?t|don'?t) (?:leave|get (?:out of|off|away from)) (?:the |my )?"
                rf"(?:work|office|school|job|shop|store|daycare|class|site) (?:un)?till? (?={_HOUR}\b)"
            ),
            "not before ",
        ),
        (
            (
                r"\b((?:before|by) \d{1,2}(?::\d\d)?(?: ?[ap]m?)?)"
                r" ((?:i|we|he|she) (?:gotta|got to|have to|need to|has to) (?:work|go|leave|be)\b)"
            ),
            r"\1, \2",
        ),
        (rf"\bfirst thing (?:on )?({WEEKDAYS}|tomorrow)\b(?! (?:morning|am|afternoon|evening))", r"\1 first thing"),
        (r"\bque no sea antes de\b", "no antes de"),
        (
            (
                rf"\b(?:any ?time |some ?time )?between (?:now|today) and ({WEEKDAYS}|tomorrow),?"
                rf" (?:(?:at |by )?({_HOUR}(?: ?[ap]\.?m?)?)\b)"
            ),
            r"anytime until \1 \2",
        ),
        (
            (
                r"\b(we|i|he|she|they)(?:(?: could| can| will| would)? be| are| am| is|'?ll be|'?re|'?m)"
                rf" (?:all |usually )?ready by (?={_HOUR}\b)"
            ),
            r"\1 will be home by ",
        ),
        (
            (
                r"\b((?:he|she|they|i|we)(?:'?s|'?re|'?m| is| am| are| will|'?ll)? ?"
                r"(?:starts?|leaves?|works?|has|have|heads?|goes|go|got|gotta)(?: [a-z]+){0,2}) after (?:that|then)\b"
            ),
            r"\1",
        ),
        (
            rf"\bafter (?:school|skool|work|class|practice|lunch|church) \((?:at )?({_HOUR}(?: ?[ap]m?)?)\)",
            r"after \1",
        ),
        (r"\bantes de (?:esa fecha|ese dia)\b", "antes de eso"),
        (r"\b(starts?|begins?) back(?: up)? (?=(?:on )?(?:the \d|\w+day\b))", r"\1 "),
        (
            r"\b(trabaj\w+|chamba|jale|oficina|ocupad[oa]) hasta (?:muy |bien |mas )?tarde\b",
            r"\1",
        ),
        (rf"\b({WEEKDAYS}|today|tomorrow) whenever(?=\s*(?:$|[.,;!\n]))", r"\1 anytime"),
        (
            (
                rf"\bor any ?time (?:on )?({WEEKDAYS})\b"
                r"(?! (?:or|and|before|after|from|between|til|until|thru|morning|afternoon|evening)\b)"
            ),
            r"or \1 all day",
        ),
        (rf"\bcualquier hora (?:el|del) ({DIAS})\b(?! al?\b)", r"el \1 todo el dia"),
    )
)
"""What is said, and how the grammar knows it."""
