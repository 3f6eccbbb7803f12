"""What is told in passing and is no time of the wish: "like we said", "both fridays", "desde las 8 estoy esperando".

It leaves out, or puts where it belongs, what would be read as another time; it must never leave out a wish.
"""

import re

from answerback.understanding.when.called_by import MONTHS, WEEKDAYS
from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import put


def without_told(folded: str) -> str:
    """The text without what is told in passing."""
    return put(folded, _TOLD) if _SIGN.search(folded) else folded


_SIGN = re.compile(
    r"esperando|move|one,|!|10/10|back in|\d min|like|\bas |\? ?or |both|ambos|los dos|wait|vence|expira|caduca|room"
    r"|\btan |is an? |flexible|from ['0]"
    r"|storm|hail|tornado|hurricane|flood|outage|wreck|accident|surge|tormenta|granizo|inund"
)
_HORA = r"(?:\d{1,2}(?::\d\d)?|la una)"

_STRUCK = (
    r"(?:storms?|hail(?: ?storm)?|tornado|hurricane|flood(?:ed|ing)?|outage|power surge|car wreck|wreck|car accident"
    r"|accident|tormenta|granizada|inundacion)"
)

_TOLD = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            # It has struck already, and no wish stands in its sentence.
            (
                rf"((?:^|[.,!?;] |\bwe had |\bhad )(?:(?:the|a|big|bad|huge|una|la) )*{_STRUCK}(?: damage| hit)?)"
                rf" (?:on |el )?(?:{WEEKDAYS}|{DIAS})(?: (?:night|morning|evening|afternoon|en la noche|por la noche))?"
                r"(?=[.!;] ?\w)"
            ),
            r"\1",
        ),
        (
            (
                rf"(?:^|(?<=[.,;!?] ))desde (?:(?:las? )?{_HORA}|el (?:{DIAS}))(?: de la (?:manana|tarde))?"
                r" (?=(?:estoy|estamos|llevo|llevamos|ando|andamos) (?:aqui )?esperando\b)"
            ),
            "",
        ),
        (r"\bfrom (?:0\d|'\d\d)\b(?!:\d| ?[ap]m| ?(?:to|til|till|until|on|-))", ""),
        (r"(?<=\d) (?:like|as) we (?:said|agreed|discussed|planned|had planned|talked about)\b", ""),
        (r"(\d ?[ap]m?\b[^.;!?\n]{0,16})\?+ or (?=\d{1,2}:?\d\d\b|\d{1,2} ?[ap]m?\b)", r"\1 or "),
        (
            (
                r"(\d(?:st|nd|rd|th)(?: of [a-z]+)?),? (?:they'?re |these are |which are )?"
                rf"both (?:{WEEKDAYS})s\b"
            ),
            r"\1",
        ),
        (rf"(\d(?: de [a-z]+)?),? (?:que son |son )?(?:ambos|los dos) (?:son )?(?:{DIAS})\b", r"\1"),
        (
            (
                r"(?:^|(?<=[.,!] )|(?<=\n))(?:hi |hey |ok |um |how about |maybe |what about |lets do )?"
                rf"(?:{WEEKDAYS}|tomorrow|today)\b"
                r"[\w ,:]{0,24}? (?:(?:oh|no),? wait,?"
                r"|(?<!can )(?<!cant )(?<!can't )(?<!to )(?<!dont )wait,? (?:no|sorry|nvm),?)"
                r" (?:thats|that's|its|it's|i have|i got|i work|we have|theres)\b(?! (?:perfect|good|great|fine|ok))"
                r"[a-z' ]{3,40}[.,;!\n]+ ?"
                rf"(?=(?:.*\W)?(?:{WEEKDAYS}|tomorrow)\b)"
            ),
            "",
        ),
        (
            (
                r"\b(got|have|has) (?:any |some )?room"
                rf" (?=(?:today|tomorrow|tonight|(?:on |this |next |for )?(?:{WEEKDAYS})|(?:at|around) \d)\b)"
            ),
            r"\1 anything ",
        ),
        (rf"\b({MONTHS} \d{{1,2}}(?:st|nd|rd|th)?|{WEEKDAYS}) move(?=,)", r"\1"),
        (r"\b(?:on|for|with) (?:this|that) one(?=,)", ""),
        (r"(?:^|(?<=[.,!] ))(?:morning|mornin|afternoon|evening)(?: yall| guys| there| all)?!+ ", "hi, "),
        (r"(?<=[a-z] )10/10(?=\s*(?:$|[.,!?]))(?<!on 10/10)(?<!el 10/10)", ""),
        (r"\bback in '?\d\d\b(?! ?(?:min|hour|hr|day|week))", ""),
        (
            (
                r"(?:^|(?<=[.,!?] ))(\d{1,2} min(?:ute)?s?)"
                r" (?=and (?:im|i'm|ill be|i'll be) there\b|(?:ok|good|fine|work)\b)"
            ),
            r"in \1 ",
        ),
        (r"(\b(?:escrib|molest|llam|mand|contest)\w+) tan (?:noche|tarde|temprano)\b", r"\1"),
        (
            (
                rf"\b({MONTHS} \d{{1,2}}(?:st|nd|rd|th)?|the \d{{1,2}}(?:st|nd|rd|th)) is an? ({WEEKDAYS}),?"
                r" (?:right|correct|yeah|isnt it)[?.,!]*(?=.*\bthat day\b)"
            ),
            r"\2 \1,",
        ),
        (
            (
                r"\b(?:give|gimme)(?: me)? (?:like |about |a )?(?:\d+|few|couple(?: of)?|one|five|ten)? ?"
                r"(?:min(?:ute)?s?|sec(?:ond)?s?|moment)\b"
                r"(?=[,.;]? ?(?:and |so )?"
                r"(?:let me|lemme|i (?:need|gotta|have) to|to (?:check|look|think|see|ask)|i'?ll ))"
            ),
            "",
        ),
        (
            (
                r"\b(?:we'?re|i'?m|we are|i am) (?:pretty |very |really )?flexible (?:about|on|with) (?:the |my |our )?"
                r"(?!days?|times?|when|dates?|hours?)[a-z]+(?: (?:change|job|repair|service))?(?=[,.])"
            ),
            "",
        ),
        (rf"\b(vence|expira|caduca) (el (?:{DIAS}|\d+(?: de [a-z]+)?)) ((?:mi|la|el) (?!{DIAS})[a-z]+)\b", r"\3 \1 \2"),
    )
)
"""What is told, and what is left of it."""
