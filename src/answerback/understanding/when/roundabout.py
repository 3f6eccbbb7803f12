"""Refusals and offers in roundabout words: "nobody's home before 5", "leave out fridays", "no hay nadie hasta las 4",
"my only free times are mon 9-11 and thu 2-4".

It says each as a plain "can't do" or "can do"; it must never refuse what a text only tells of ("come thursday,
nobody home but the key is under the mat").
"""

import re

from answerback.understanding.when.called_by import MONTHS, WEEKDAYS
from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import put


def roundabout(folded: str) -> str:
    """The text with each of them in words that the grammar knows."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(
    r"no ?one|nobody|nadie|school|no p(?:uedo|odemos)|no me q"
    r"|th,|day,|busy|booked|tomorrow,|\d,|days,"
    r"|leave|rule|exclu|cross|scratch|all but|\? ?(?:no|can)|closed|gone|something"
    r"|a thing|plans|only|around|were|sounds|looks|suits|nope|nah|options|opcion|[b2]\) |so much|no way|no veng|nothing"
    r"|going|free|\bif |all good|nvm|never ?mind|no limits|second best| is best| works"
    r"|tambien|tanto |fuera del |poder|cambi|mejor"
)
_DOW = rf"(?:{WEEKDAYS})"
_A_DAY = rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)|{_DOW}s?|today|tomorrow)"
_A_PART = r"(?:mornings?|afternoons?|evenings?|nights?)"
_TIMED = rf"(?:{_A_DAY}(?: {_A_PART})?|{_A_PART}|weekdays?|weekends?|(?:this|next) (?:week(?:end)?|{_DOW}))"
_HOURS = r"(?:before|after|past|until|till?|between|from) (?:\d{1,2}|noon)"
_NO_ONE = (
    r"(?:there(?:'?s| is| will be) )?(?:no ?one|nobody)(?:'?s| is|'ll be| will be| can be| can)?"
    r" (?:(?:at )?(?:home|there|here|around)|available|free|(?:to )?let (?:you|u) in|to (?:open|answer) the door)"
)
_NADIE = (
    r"(?:no (?:hay|habra|va a haber|estara|esta) nadie|nadie (?:esta|estara|va a estar|me puede abrir|puede abrir))"
    r"(?: en (?:la |mi )?casa| ahi| alli| aqui| aca)?"
)
_BEHIND = rf"(?:(?:on|in|during) |{_HOURS}|{_TIMED}\b)"
_A_DATE = rf"(?:{_A_DAY}|(?:{MONTHS}) \d{{1,2}}|\d{{1,2}}/\d{{1,2}})"
_UN_DIA = rf"(?:(?:el )?(?:{DIAS}|\d{{1,2}}(?: de [a-z]+)?)|(?:pasado )?manana|hoy)"
_AHEAD = rf"(?:{_TIMED}|\d{{1,2}}(?::\d\d)? ?(?:[ap]m)?|noon)"
_ANY = rf"(?:{_TIMED}|{_HOURS}(?::\d\d)?(?: ?[ap]m)?)(?: (?:and|or) (?:{_TIMED}|\d{{1,2}}(?: ?[ap]m)?))?"
_CUANDO = rf"(?:la (?:proxima|otra)|est[ea]|antes|despues|el|los|en la|por las?|entre|de \d|manana|hoy|{DIAS})"
_ENDS = r"(?=\s*(?:$|[.,;!]))"
_CANNOT = (
    r"(?:(?:can'?t|cannot|can not|won'?t) (?:do|make|be (?:there|here|home))|unavailable|not available|not free|busy"
    r"|out of town|booked)"
)


def _none_of(match: re.Match[str]) -> str:
    """ "Can't do the 8th, 9th or 10th": none of the three."""
    return _JOINED.sub(" or ", match[0])


def _ninguno_de(match: re.Match[str]) -> str:
    return _JUNTOS.sub(" ni ", match[0])


_JUNTOS = re.compile(r"(?:,| ni| o| y)+ (?:ni |o |y )?")
_JOINED = re.compile(r"(?:,| and| or| nor)+ (?:and |or |nor )?")


_SAID = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (rf"\b{_CANNOT} (?:on )?{_A_DATE}(?:, {_A_DATE})+,? (?:or|nor|and) {_A_DATE}(?=\s*(?:$|[.;!]))", _none_of),
        (
            (
                rf"\bno (?:puedo|podemos|me quedan?) {_UN_DIA}(?:, {_UN_DIA})+,? (?:ni|o|y) {_UN_DIA}"
                r"(?=\s*(?:$|[.;!]))"
            ),
            _ninguno_de,
        ),
        (rf"\b{_NO_ONE} (?:un)?till? ", "not home until "),
        (rf"\b{_NO_ONE} (?={_BEHIND})", "cant do "),
        (rf"\b({_AHEAD},?) {_NO_ONE}{_ENDS}", r"\1 cant do"),
        (rf"\b((?:antes|despues) de las? \d{{1,2}}(?::\d\d)?) {_NADIE}{_ENDS}", r"no puedo \1"),
        (rf"\bno (?:venga|vengan|vengas) (?={_CUANDO}\b)", "no puedo "),
        (rf"\b{_NADIE} hasta (?=las? \d|el |{DIAS}|manana)", "no puedo antes de "),
        (rf"\b{_NADIE} (?={_CUANDO}\b)", "no puedo "),
        (rf"\b((?:{DIAS}|manana|tarde|noche|semana|\d),?) {_NADIE}{_ENDS}", r"\1 no puedo"),
        (rf"\b(?:leave out|rule out|exclude|cross (?:off|out)|cross) (?={_TIMED}|{_HOURS})", "not "),
        (rf"\b({_ANY})(?: is| are)? (?:excluded|ruled out){_ENDS}", r"not \1"),
        (rf"\b({_ANY}),? (?:nope|nah|not so much|no way(?: jose)?){_ENDS}", r"cant do \1"),
        (r"\b(?:bar|except|but) (?:the )?school (?:pick ?up|run|drop ?off),? (?:from )?(?=\d)", "except from "),
        (rf"^all (?:good )?but (?=the weekend|{_A_DATE}|{_TIMED}|{_HOURS})", "any time but "),
        (
            rf"\b(?:nvm|never ?mind)(?: about)? ({_A_DATE}),? (?=(?:how about |what about |lets do )?{_A_DATE})",
            r"not \1, ",
        ),
        (rf"\b({_A_DATE}) (?:is |has |with )?no limits\b", r"\1 any time"),
        (rf"\b({_A_DATE}) (?:is (?:my )?)?second (?:best|choice|pick)\b", r"or \1"),
        (
            rf"\b((?:{_TIMED}|{_HOURS})[^.,;!?]{{0,16}})\? ?(?:no|nope|cant|can't|no way|not possible){_ENDS}",
            r"cant do \1",
        ),
        (
            (
                r"\b(?:(?:we|they|office|shop|store|clinic)(?:'?re| are| is|s) )?(?:gone|closed) "
                r"(?=(?:after|before|between|from) (?:\d|noon))"
            ),
            "cant do ",
        ),
        (rf"\b(?:we|they|office|shop|store|clinic)(?:'?re| are| is|s) closed (?:on )?(?={_TIMED})", "cant do "),
        (
            (
                rf"\b({_AHEAD},?) (?:i|we)(?:'?ve| have)?(?: got)? (?:something|a thing|stuff|plans)"
                rf"(?: going on| planned)?{_ENDS}"
            ),
            r"\1 i cant",
        ),
        (
            (
                r"\b(?:my|our|the) only (?:(?:free|open|available|other) )?"
                r"(?:times?|days?|slots?|openings?|windows?|thing)"
                r"(?: (?:that (?:works?|is open|i have)|(?:i|we) (?:have|can do)))?(?: for (?:me|us))? (?:are|is) "
            ),
            "i can only do ",
        ),
        (r"(?:^|(?<=[.,;!] )|(?<=\bbut ))were (?=home|around|here|free)", "we are "),
        (rf"\b({_TIMED},?) were (?:home|around|here|free){_ENDS}", r"\1 we are home"),
        (r"\b(im|i'm|i am|we're|we are|(?:ill|i'll|well|we'll) be) around\b(?! \d| [a-z]+ (?:ish|oclock))", r"\1 home"),
        (rf"\b({_ANY}),? (?:i have |ive got |theres )?nothing (?:going on|planned){_ENDS}", r"\1 im free"),
        (rf"\bi (?:got|have) (?={_A_PART} free{_ENDS})", "im free "),
        (rf"\bi only (?:have|get) ({_DOW}s(?: (?:and|or) {_DOW}s)?) off\b", r"only \1 work"),
        (r"^\W*[a1]\) ([^)\n]+?)[,.]?\s[b2]\) ", r"\1 or "),
        (r"\b(?:my|our) options are (?=\w)", "i can do "),
        (rf"\b(?<!no )(puedo|me queda|bien)\. ({_UN_DIA}) tambien\b", r"\1 y \2 tambien"),
        (r"\bfuera del (\d{1,2}(?: de [a-z]+)?),? (?=cuando|cualquier)", r"menos el \1, "),
        (rf"\btanto ({_UN_DIA}) como (?={_UN_DIA})", r"\1 o "),
        (
            rf"({_UN_DIA})(?: (?:de preferencia|seria (?:ideal|lo mejor|perfecto|mejor)))?, ({_UN_DIA}) tambien\b",
            r"\1 o \2",
        ),
        (rf"\b(?:y )?(?:de )no (?:poder|poderse|ser posible),? (?={_UN_DIA})", "si no "),
        (rf"\b({_UN_DIA})[,.]? mejor (?={_UN_DIA}\b)", r"\1 no, mejor "),
        (
            rf"\bcambi(?:e|a|ar)(?:lo|la|me|mos|melo|mela)? del? ({_UN_DIA}) (?:a|al|para) (?={_UN_DIA}\b)",
            r"\1 no, mejor ",
        ),
        (
            (
                rf"(?<![a-z])(?!(?:{_DOW}|morning|afternoon|evening|noon)s?\b)([a-z']{{3,}}|\d{{3,}}) and "
                rf"(?={_A_DATE} (?:is (?:best|good|fine|great|better|perfect|ok)|works|would (?:be|work)))"
            ),
            r"\1. ",
        ),
        (r"\bprimera opcion ([^.,;]+), segunda(?: opcion)? ", r"\1 o "),
        (
            r"\bif (?:(?:you|u) (?:can'?t|cannot) (?:do|make)|not) (the \d{1,2}(?:st|nd|rd|th)),? (?:then )?(?=the \d)",
            r"\1 or ",
        ),
        (r"\b(?:sounds|looks) (?=good|great|fine|perfect|ok|best)|\bsuits\b(?= me\b| us\b| best\b|\s*$)", "works "),
    )
)
"""What is said, and how the grammar knows it."""
