"""Lengths of time from now, spelled as `lengths` counts them: "in two and a half hours", "en un cuarto de hora".

It must never touch an hour of the day ("a la una y cuarto") or how long a thing takes.
"""

import re

from answerback.understanding.when.notations import END
from answerback.understanding.when.wordings import put


def counted(folded: str) -> str:
    """The text with each length of time as a number of minutes or hours, and each limit of one as "within"."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(r"h(?:ou)?rs?\b|\d ?h\b|\bhoras?\b|\bmin|\bm\b")
_NUMBER = (
    r"(?:\d{1,3}|an?|una?|one|two|three|four|five|six|dos|tres|cuatro|cinco|seis|ocho|diez|doce|quince|veinte|treinta"
    r"|cuarenta|sesenta|half an|media|(?:a )?couple(?: of)?(?: more)?|a few)"
)
_UNIT = r"(?:hours?|hrs?|horas?|hs|minutes?|mins?|minutos?)"
_AT_MOST = (
    r"(?:max(?:imum|imo)?|tops|at (?:the )?(?:most|latest)|or (?:less|sooner|under)|a mas tardar|como (?:maximo|mucho)"
    r"|cuando mucho|a lo (?:mucho|mas)|o (?:menos|antes)|maximo)"
)

_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\b(\d{1,2}|one|two|three|four|five|six) and (?:a |one )?half (h(?:ou)?rs?)\b", r"\1 \2 and a half"),
        (r"\b(\d{1,2})(?:\.5| 1/2| ½|½) ?(h(?:ou)?rs?)\b", r"\1 \2 and a half"),
        (r"\b(\d{1,2})(?:[.,]5| 1/2) ?horas?\b", r"\1 horas y media"),
        (r"\bin in (?=(?:\d|half|an?|about|like|one|two|three)\b)", "in, in "),
        (r"\b(within|en|in) (?:about )?(\d{1,2}) ?h\b", r"\1 \2 hours"),
        (r"\b(in|within) 1/2 ?(?:of )?(?:an? )?h(?:(?:ou)?rs?)?\b", r"\1 half an hour"),
        (r"\b(in|within) 3/4 ?(?:of )?(?:an? )?h(?:(?:ou)?rs?)?\b", r"\1 45 minutes"),
        (r"\b(in|within) 1/4 ?(?:of )?(?:an? )?h(?:(?:ou)?rs?)?\b", r"\1 15 minutes"),
        (
            (
                r"(?:^|(?<=[.,;!?] )|\b(?:any ?time|some ?time|either) )(?:the |las |los )?(?:next|proxim[ao]s)"
                rf" (?={_NUMBER} ?{_UNIT}{END})"
            ),
            "within ",
        ),
        (r"\b(?:three|3)[ -]?quarters? (?:of )?(?:an )?h(?:ou)?r\b", "45 minutes"),
        (r"\b(?:a |one )?quarter(?: of)?(?: an| a)? h(?:ou)?r\b(?! and\b)", "15 minutes"),
        (r"\b(?:an|one|1) (?:h(?:ou)?r) and (?:a |one )?quarter\b", "75 minutes"),
        (r"\btres cuartos de hora\b", "45 minutos"),
        (r"\b(?:un )?cuarto de hora\b", "15 minutos"),
        (r"(?<=en |de )(?:una |1 )?hora y cuarto\b", "75 minutos"),
        (
            (
                r"\b(?:in|within|en|dentro de|durante|over)(?: the| las?| los)? (?:next|proxim[ao]s?|siguientes?)"
                rf" (?={_NUMBER} {_UNIT}\b|\d+{_UNIT}\b|{_UNIT}\b)"
            ),
            "within ",
        ),
        (rf"\b(?:in|en|dentro de)(?: about| like| unas?| unos)? ({_NUMBER} ?{_UNIT}),? {_AT_MOST}\b", r"within \1"),
        (rf"\bin (?:under|less than|no more than) (?=(?:an? |{_NUMBER} ?){_UNIT}\b)", "within "),
        (rf"\ben no mas de (?={_NUMBER} ?{_UNIT}\b)", "within "),
    )
)
"""What is said, and how the grammar knows it."""
