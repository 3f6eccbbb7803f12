"""Refusals in other words: of one day more ("so is thursday"), by what is done then ("thurs he works"), of days away.

It says of each day named what was meant; it must never refuse a day that the text does not name.
"""

import re

from answerback.understanding.when.called_by import WEEKDAYS
from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import put


def refused_too(folded: str) -> str:
    """The text with each such refusal in words that the grammar knows."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(
    r"\bso (?:is|are)\b|neither|\bni\b|tampoco|work|trabaj|abrimos|estamos|hay nadie|porque|\bque\b|pues"
    r"|class|school|practice|court|church|days |thru|through|til|gonna|going to"
)
_DAY = (
    rf"(?:(?:this |next |the )?(?:{WEEKDAYS})|today|tomorrow|mornings?|afternoons?|evenings?|weekends?|weekdays"
    r"|the \d{1,2}(?:st|nd|rd|th))"
)
_OUT = (
    r"(?:out|bad|no good|not good|busy|booked|booked up|taken|full|packed|crazy|tough|a no|a no go|off|off the table"
    r"|slammed|impossible)"
)
_EL_DIA = rf"(?:(?:el )?(?:{DIAS})|el \d{{1,2}}(?: de [a-z]+)?)"
_END = r"(?=\s*(?:$|[.,;!?\n]))"

_SAID = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            rf"((?:\bis|\bare|'?s) {_OUT}),? (?:and )?so (?:is|are) ({_DAY})(?=\s*(?:$|[.,;!\n]))",
            r"\1 and \2 is out",
        ),
        (
            rf"\b(?:and )?neither (?:will|does|do|would|can|is|are) ({_DAY})\b(?! nor\b)(?: (?:works?|good))?",
            r"and \1 is out",
        ),
        (
            rf"(?<!no )(?<!ni )\b({_EL_DIA}) no (?:puedo|podemos|se puede),? (?:y )?ni ({_EL_DIA})(?: tampoco)?\b",
            r"no puedo \1 ni \2",
        ),
        (
            (
                rf"(?<=[a-z][.,;] )({WEEKDAYS}) (?:he|she)(?:'?s| is)? (?:works?|working|has work|at work)"
                r"(?=\s*(?:$|[.!\n]))"
            ),
            r"\1 is out",
        ),
        (rf"\b({_EL_DIA}) no (?:trabajamos|abrimos|estamos|hay nadie)(?=,? (?:pero )?el \d)", r"\1 no puedo"),
        (
            (
                rf"\b({_EL_DIA}) no,? (?:porque|que|pues|ya que) (?:es|cae)"
                rf" (?:el )?(?:\d{{1,2}} de [a-z]+|[a-z ]{{3,24}}){_END}"
            ),
            r"\1 no puedo",
        ),
        (
            (
                r"\b((?:can'?t|cannot|no) (?:do )?(?:mornings|afternoons|evenings|weekdays|weekends|\w+days?))"
                r" (?=(?:got|have) (?:a |my )?(?:class|classes|work|school|practice|court|church)\b)"
            ),
            r"\1, i ",
        ),
        (
            (
                rf"(\b(?:(?:{DIAS})s?|fines de semana) (?:nada mas|nomas|solamente|unicamente),? [^.;]{{0,12}}?"
                r"\b(?:entre semana|de lunes a viernes) (?:trabajo|trabajamos|estoy ocupad[oa]))"
                r" hasta (?:las )?\d+(?: de la (?:tarde|noche))?"
            ),
            r"\1",
        ),
        (
            (
                r"(?:(?<=work )|(?<=working )|(?<=hospital )|(?<=office )|(?<=school )|(?<=clinic )|(?<=plant ))"
                r"days (?=(?:m-f|mon-fri|mondays? (?:thru|through|to|-) fridays?|weekdays|during the week)"
                rf"{_END})"
            ),
            "during the day ",
        ),
        (
            (
                r"(?<=\bbe )(?:at (?:the|our|my) (?:cabin|lake|lake ?house|beach|coast|cottage|river|mountains"
                r"|conference|convention|in-?laws)|on (?:a|our|my) (?:trip|cruise|vacation|road trip)|camping)"
                rf" (?:thru|through|until|till?) (?=(?:{WEEKDAYS}|the \d)\b)"
            ),
            "out of town thru ",
        ),
        (
            (
                r"\b(?:and )?(?:then|after that),? (?:im|i'm|i am|we're|were|we are|ill be|we'll be)"
                rf" (?:gone|away|out|traveling|busy) (?:un)?till? (?=(?:next )?(?:{WEEKDAYS})\b)"
            ),
            ", then out of town til ",
        ),
        (r"\b(?:gonna|going to) be (?=(?:out of (?:town|state)|gone|away) )", "will be "),
    )
)
"""What is said, and how the grammar knows it."""
