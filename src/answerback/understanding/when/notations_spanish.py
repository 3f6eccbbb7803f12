"""Hours and their limits in Spanish notations, spelled as the grammar reads them.

"A veinte para las 5", "a las 2 como máximo", "las 9 con 15", "de las 4 para arriba". It must never take what is moved
from one hour to another ("la de las 10 para las 11"), nor a day of the month, for the minutes of an hour.
"""

import re

from answerback.understanding.when.notations import DAY, DIGITS, END, Told
from answerback.understanding.when.wordings import put

_PALABRA = "una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce"
_TARDE = "trece|catorce|quince|dieciseis|diecisiete|dieciocho|diecinueve|veinte"
_HOURS = {word: hour for hour, word in enumerate(f"{_PALABRA}|{_TARDE}".split("|"), start=1)}
_MINUTES = {
    "cinco": 5,
    "diez": 10,
    "quince": 15,
    "cuarto": 15,
    "un cuarto": 15,
    "veinte": 20,
    "veinticinco": 25,
    "treinta": 30,
    "media": 30,
    "treinta y cinco": 35,
    "cuarenta": 40,
    "cuarenta y cinco": 45,
    "cincuenta": 50,
    "cincuenta y cinco": 55,
}
_FRACTION = "|".join(sorted((*_MINUTES, "0?5", "[1-5]5", "[1-5]0"), key=len, reverse=True))
_HORA = rf"(?:{DIGITS}|{_PALABRA})"
_DEL_DIA = r"(?: ?[ap]\.? ?m\b\.?| de la (?:manana|tarde|noche)| del dia| y media| y cuarto)"
_LAS = r"(?:a )?(?:las? )?"
_PARA_LAS = rf"(?: min(?:uto)?s?)? (?:para|pa'?|p/) ?(?:las?) (?P<hour>{_HORA})\b(?!:)"
_AT_MOST = (
    r"(?:(?:como |al |a )?maximo|cuando (?:mucho|mas)|a lo (?:mucho|mas|sumo)|(?:a )?lo mas tarde|(?:a )?mas tardar"
    r"|(?:como )?tope|tardando)"
)
_AT_LEAST = r"(?:(?:como )?minimo|por lo menos|lo mas (?:pronto|temprano)|cuando menos)"
_BEHIND_HOUR = (
    r"[aeouy]|al|en|por|para|hasta|el|la|los|las|del?|pero|si|gracias|mas|mejor|seria|est[ao]y?|estaria|pued[aeo]n?"
    r"|me|no|ya|hoy|manana|como|entonces|porfa|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
)
_MEAL = r"(?:lonche|lunche|lunch|almuerzo|comida)"


def _number(text: str) -> int:
    return _HOURS.get(text) or int(text)


def _minutes(text: str) -> int:
    return _MINUTES[text] if text in _MINUTES else int(text)


def _faltan(match: re.Match[str]) -> str:
    """ "Veinte para las 5" is 4:40."""
    hour = match["hour"].partition(":")[0]
    return f" a las {_number(hour) - 1 or 12}:{60 - _minutes(match['minutes']):02}"


def _con(match: re.Match[str]) -> str:
    """ "Las 9 con 15", "las 16 y 10"."""
    return f"{match['lead']}{_number(match['hour'])}:{_minutes(match['minutes']):02}"


def _and_few(match: re.Match[str]) -> str:
    """ "Las 4 y tantas" is between four and five."""
    hour = _number(match["hour"])
    return f"entre las {hour} y las {hour % 12 + 1}"


_CLOCKS: tuple[tuple[str, Told], ...] = (
    (r"(?<=\d) u (?=(?:a las? )?(?:11|8|80|once|ocho)\b)", " o "),
    (
        rf"(?:\ba(?: las)?|,? ?\b(?:cuando )?(?:falta(?:n|ndo)|falten|son)) (?P<minutes>{_FRACTION}){_PARA_LAS}",
        _faltan,
    ),
    (
        (
            r"(?:^|(?<=[.;!?] )|(?<=hoy)|(?<=manana)|(?<=,)) ?"
            rf"(?P<minutes>cinco|diez|quince|veinte|veinticinco|(?:un )?cuarto|5|[12][05]){_PARA_LAS}"
        ),
        _faltan,
    ),
    (
        (
            r"(?<!de )(?<!dia )(?<!el )(?<!\d )(?<!es )(?<!do )"
            rf"\b(?P<minutes>quince|veinte|veinticinco|(?:un )?cuarto){_PARA_LAS}"
        ),
        _faltan,
    ),
    (rf"(?P<lead>\blas? |{DAY} )(?P<hour>{_HORA}) con (?P<minutes>{_FRACTION})(?: min(?:uto)?s)?\b{END}", _con),
    (
        (
            rf"(?P<lead>\blas )(?P<hour>{_HORA}) y"
            r" (?P<minutes>treinta y cinco|cuarenta(?: y cinco)?|cincuenta(?: y cinco)?)\b"
        ),
        _con,
    ),
    (rf"(?P<lead>\ba las )(?P<hour>1[3-9]|2[0-3]) (?:y )?(?P<minutes>{_FRACTION}|0[05])\b", _con),
    (rf"(?P<lead>\ba las )(?P<hour>{_TARDE}) (?:y |con )?(?P<minutes>{_FRACTION})\b(?! para)", _con),
    # "a las 9 y 10" may be two hours
    (r"(?P<lead>\b(?:a )?las? )(?P<hour>[1-7]|1[12]) y (?P<minutes>10)\b(?! ?[ap]\.?m)(?!:)", _con),
    (r"(?P<lead>\b(?:a )?las? )(?P<hour>8|9|1[0-2]) y (?P<minutes>5)\b(?! ?[ap]\.?m)(?!:)", _con),
    (rf"\b(a las? {_HORA}) 1/2\b", r"\1 y media"),
    (rf"\b(a las (?:1[3-9]|2[0-3])|{DAY} (?:1[3-9]|2[0-3])) ?hs\b", r"\1:00"),
    (rf"\blas (1[3-9]|2[0-3])(?: (?:horas?|hrs?|hs?)\b)?(?=\s*(?:$|[.,;!?)\n-]|(?:{_BEHIND_HOUR})\b))", r"las \1:00"),
    (
        rf"\b(?:a )?(?:las? )?(?P<hour>1[0-2]|[1-9]|{_PALABRA}) y (?:tant[oa]s|algo|fraccion)\b",
        _and_few,
    ),
    (
        r"\b(?:como (?:a eso de|por ahi de|por|tipo|ahi por)|por ah?i (?:de|a)|ah?i (?:por|como a)) (?=las? \w)",
        "como a ",
    ),
    (
        rf"({DAY}|noche|noch?ecita|tardecit[ao]|tarde|temprano|tempranito),? como (?={_HORA}{_DEL_DIA}*{END})",
        r"\1 como a las ",
    ),
    (rf"\b({_HORA}{_DEL_DIA}?) o (?:un )?(?:poco|poquito|tantito) (despues|antes)\b", r"\1 o \2"),
    (r"\ba las mer(?:as|itas|ititas) (?=\w)", "a las "),
)

_LIMITS: tuple[tuple[str, Told], ...] = (
    (
        rf"\bantes de que (?:oscurezca|anochezca),? (?:como|tipo|a eso de)(?: a)?(?: las?)? (?={_HORA})",
        "como a las ",
    ),
    (
        rf"\b{_AT_MOST},? {_LAS}(?={_HORA}(?!\d| (?:horas?|dias?|personas?|semanas?)))",
        "a mas tardar a las ",
    ),
    (rf"\ba (las? {_HORA}{_DEL_DIA}*),? {_AT_MOST}\b(?! de\b)", r"a mas tardar a \1"),
    (rf"({DAY},?) ({_HORA}{_DEL_DIA}*),? {_AT_MOST}\b(?! de\b)", r"\1 a mas tardar a las \2"),
    (
        (
            r"\b(?:que no (?:se )?pasen?|(?:no quiero )?que (?:no )?pase|sin pasar(?:se|nos|me)?|no mas(?: alla)?)"
            r" de (?=las? \w)"
        ),
        "a mas tardar a ",
    ),
    (
        (
            rf"(?<!\bo )\b(?:(?:no|nada|ni) antes de|ni antes) (?:las? )?({_HORA}{_DEL_DIA}?),? (?:y )?(?:ni|no|nada)"
            rf" despues de (?:las? )?(?={_HORA})"
        ),
        r"entre las \1 y las ",
    ),
    (
        rf"({_HORA}{_DEL_DIA}?),? ni (?:antes ni despues|mas temprano ni mas tarde|despues ni antes)\b",
        r"\1",
    ),
    (
        rf"(?<!puedo )(?<!pueden )(?<!podemos )(?<!puede )\bno (?:mas )?despues de (?:las? )?(?={_HORA}\b)",
        "a mas tardar a las ",
    ),
    (r"\bant(?:ec|es)itos?(?= del?\b)", "antes"),
    (r"\bprevio a (?=las? \w)", "antes de "),
    (rf"\bde (?:las? )?({_HORA}{_DEL_DIA}?) (?:para|pa'?) ?(?:abajo|atras|bajo)\b", r"antes de las \1"),
    (rf"\bde (?:las? )?({_HORA}{_DEL_DIA}?) (?:para ?|pa'? ?|p)'?a?rriba\b", r"de las \1 en adelante"),
    (r"\bpa'? ?l?adelante\b|\bpa'? ?lante\b|\bpadelante\b", "para adelante"),
    (rf"\b{_AT_LEAST},? (?:a )?(?:las? )(?={_HORA})", "a partir de las "),
    (rf"({DAY},?) minimo (?={_HORA}{END})", r"\1 a partir de las "),
    (rf"\ba (las? {_HORA}{_DEL_DIA}*),? {_AT_LEAST}\b", r"a partir de \1"),
    (r"\bdespue(?:s|c)it[oa](?= de)|\b(?:dsps|dsp|desp)(?= del?\b)", "despues"),
    (
        rf"\b(?:apenas|ya que|cuando|en cuanto|nomas que|luego que) (?:pasen?|den|sean?) (?=las? {_HORA})",
        "despues de ",
    ),
    (r"\bdesde (?:el )?medio ?dia(?! (?:hasta|a)\b)", "a partir del mediodia"),
    (r"\ba partir del mediodia (?:en|para) adelante\b", "a partir del mediodia"),
    (r"\bya pasado (?:el )?(?=medio ?dia)", "despues de "),
    (
        (
            r"\b(?:a la hora del?|en (?:la|mi) hora del?|durante (?:la|mi) hora del?|en mi descanso del?"
            rf"|en (?:mi|el|la)|durante (?:el|mi|la))(?: la)? {_MEAL}\b(?! de (?:trabajo|negocios))"
        ),
        "a la hora del almuerzo",
    ),
    (
        (
            rf"\b(?:despues|luego) de(?:l| la| mi)? (?:{_MEAL}|lonchar|comer)\b"
            rf"|\bsaliendo de(?:l| mi| la)? {_MEAL}\b"
        ),
        "despues del almuerzo",
    ),
    (rf"\bantes de(?:l| la| mi)? (?:{_MEAL}|lonchar)\b", "antes del almuerzo"),
)

_TOLD = tuple((re.compile(pattern), told) for pattern, told in (*_CLOCKS, *_LIMITS))
_SAYS_HOUR = re.compile(
    rf"\d|\b(?:{_PALABRA}|{_TARDE})\b|cuarto|medio ?dia|lonch|lunch|almuerzo|comida|comer|padelante|lante"
)
_MAY_BE = re.compile(
    r"\bu \w|\bpara\b|\bpa\b|pa'|p/|\bcon\b|\by \d|cuarenta|cincuenta|treinta|1/2|\dhs|\bhs\b|y (?:tant|algo|fracc)"
    r"|\bcomo\b|\bah?i\b|\bmer(?:as|it)|maximo|mucho|\blo\b|tardar|tope|tardando|\bpas[ae]|\bno mas\b|\bni\b"
    r"|(?:no|nada) (?:antes|despues)|ant(?:ec|es)it|previo|abajo|atras|bajo\b|arriba|rriba|lante\b|minimo|menos|cuando"
    r"|despue[sc]it|\bdsps?\b|\bdesp\b|apenas|\bya\b|en cuanto|nomas|luego|desde|medio ?dia|lonch|lunch|almuerzo"
    r"|comida|comer|trece|catorce|quince|dieci|veinte|las (?:1[3-9]|2[0-3])|o (?:un )?(?:poco|poquito|tantito)"
    r"|oscurezca|anochezca|falt[ae]"
)
"""No notation stands in a text without one of these."""


def spanish_notated(folded: str) -> str:
    """The text with its hours as the grammar reads them."""
    if not _SAYS_HOUR.search(folded) or not _MAY_BE.search(folded):
        return folded
    return put(folded, _TOLD)
