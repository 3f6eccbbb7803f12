"""Spanish as phones write it, spelled as the grammar reads it: "mier x la mñn", "viernez", "el 10 del 6", "fds".

It respells and puts one wording for another; it must never decide whether a time is meant.
"""

import re
from collections.abc import Mapping

from answerback.understanding.when.slips import SLIPS
from answerback.understanding.when.wordings import put

DIAS = "lunes|martes|miercoles|jueves|viernes|sabado|domingo"
_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_MONTH = "(?:" + "|".join(_MONTHS) + ")"


def in_spanish(folded: str) -> str:
    """The text with the short forms, slips and wordings of Spanish spelled out."""
    folded = _WORD.sub(lambda match: SLIPS.get(match[0], match[0]), folded)
    folded = _MAR_BEHIND.sub(r"\1martes", folded)
    folded = _NUMBERED_MONTH.sub(lambda match: f"{match[1]} {match[2]} de {_MONTHS[int(match[3]) - 1]}", folded)
    folded = _DAY_MONTH.sub(lambda match: f"{match[1]} {match[2]} {_year(match[3])}".rstrip(), folded)
    folded = _MONTH_DAY.sub(lambda match: f"{match[1]} {match[2]} {_year(match[3])}".rstrip(), folded)
    folded = put(folded, _OF_BOTH)
    folded = _DASHED.sub(r"\1/\2/\3", folded)
    if not _SPANISH.search(folded):
        return folded
    folded = _TWO_LETTERS.sub(lambda match: _LETTERED.sub(lambda two: _OF_LETTERS[two[0]], match[0]), folded)
    folded = _SHORT_DAY.sub(lambda match: _WHOLE[match[1]], folded)
    return put(folded, _FORMS)


def _year(written: str | None) -> str:
    return "" if not written else f"20{written[-2:]}"


_WORD = re.compile(r"[a-z]{3,}")
_SPANISH = re.compile(
    r"\b(?:el|la|las?|los|ls|del?|d|al?|en|por|x|y|o|u|ni|si|no|que|q|para|pa|hoy|oy|hy|hoi|ohy|hoyy+|manana|pasado|es[aeo]|cuando|ya|dia|primero|semana|prox|ahora|ahorita"
    r"|tarde|noche|temprano|despues|antes|nomas|puros|puras|ningun|buen|feliz|porfa|proximo|este|esta|mediodia|finde|fds"
    r"|nochevieja|sta|orita|aora|tempra|mitad|media|terminando|acabando|empezando|entrando|iniciando|comenzando|lunes|martes"
    r"|miercoles|jueves|viernes|sabado|domingo|lune|lun|mart?|mier?|juev?|vie|vier|sab|dom|mero|llevo|fiestas|un|una)\b"
)
"""Some small word of Spanish (a few are English too): without one, nothing needs to be tried."""

_WHOLE: Mapping[str, str] = {
    **dict.fromkeys(("lun", "lns"), "lunes"),
    **dict.fromkeys(("mart", "mrt", "mts", "mar"), "martes"),
    **dict.fromkeys(("mie", "mier", "mierc", "mc", "mrc", "mcs"), "miercoles"),
    **dict.fromkeys(("jue", "juev", "juv", "jvs", "jv"), "jueves"),
    **dict.fromkeys(("vie", "vier", "viern", "vrn", "vrns", "vns"), "viernes"),
    **dict.fromkeys(("sab", "sabad", "sbd"), "sabado"),
    **dict.fromkeys(("dom", "domin", "dgo", "dmg"), "domingo"),
}
_GOES_ON = (
    r" ?[.,]? ?(?:(?:al?|por|x|en|o|y|ni|no|si|de|del|d|despues|antes|como|tipo|tempran\w+|mejor|tarde\w*|noche"
    r"|hasta|desde|entre|tampoco|saliendo|cuando|q|que|porfa\w*|esta|es)\b|\d{1,2}\b)"
)
_BEHIND = rf"(?={_GOES_ON}|[.,]? ?$)"
"""What shows in Spanish that a day was said ahead: "vier x la tarde", "mart a las 10", "juev. 20"."""
_SHORT_DAY = re.compile(
    r"(?<![\w'-])(?:"
    r"(?=mier\b|mierc\b|juev\b|vier\b|viern\b)"
    rf"|(?=(?:lun|mie|jue|vie|sab|dom)\.{_BEHIND})"
    rf"|(?=(?:lns|mrt|mts|mc|mrc|mcs|juv|jvs|jv|vrn|vrns|vns|sbd|sabad|dgo|dmg|domin)\b{_BEHIND})"
    rf"|(?<!wal )(?<!k )(?<!the )(?<!quick )(?<!mini )(?<!food )(?=mart\b{_GOES_ON})"
    r"|(?:(?<=\bel )|(?<=\b[oy] )|(?<=\bni )|(?<=\blos )|(?<=\beste )|(?<=\bmenos )|(?<=\bnomas )|(?<=\bsi ))(?=mart\b)"
    r"|(?=mar\.? (?:a las|por la|en la|x la)\b)"
    r"|(?=mar\.? \d{1,2},? (?:a las|por|en|x|o|y) )"
    r"|(?=mar\.?(?:,| (?:al?|y|o|ni)) (?:mie|jue|vie|sab|dom))"
    r"|(?=mar (?:no|si|tempran\w+|tarde|tardecito|mejor)\b)|(?<=\bel )(?<!en el )(?<!por el )(?=mar\b)"
    r")([a-z]+)\b\.?(?!')"
)

_MAR_BEHIND = re.compile(r"\b((?:lun|mie|jue|vie|sab|dom)[a-z]*\.?(?: \d{1,2})?(?: ?[/,] ?| [oy] ))mar\b")
_OF_LETTERS: Mapping[str, str] = {
    "lu": "lunes",
    "ma": "martes",
    "mi": "miercoles",
    "ju": "jueves",
    "vi": "viernes",
    "sa": "sabado",
    "do": "domingo",
}
_LETTERED = re.compile(r"\b(?:lu|ma|mi|ju|vi|sa|do)\b")
_TWO_LETTERS = re.compile(rf"(?!mi [oy] mi\b){_LETTERED.pattern}(?:(?:[-/]|, ?| (?:[aoy]|al) ){_LETTERED.pattern})+")
""" "Lu, mi y vi", "lu-ju": two letters for each day, where several stand together; "para mi y mi esposo" names none."""

_WORK = (
    r"(?:(?:mi |el |la |del |de )?(?:trabajo|chamba|jale|oficina|pega|camello|laburo|jornada|turno"
    r"|chambear|trabajar|jalar|laborar|camellar))"
)
_NO_HOUR = r"(?! (?:como |tipo |ya )?(?:a|hasta|tipo) )"
"""An hour behind it says when that is."""
_CANNOT = r"no (?:puedo|podemos|se puede|podria|podre|estoy|estamos|voy a (?:poder|estar)|tengo (?:tiempo|chance))"
_CAN = r"(?:pueda[ns]?|puedes?|tenga[ns]?|sea posible)"
_GREETED = rf"(?:{DIAS}|dia|fin de semana|finde|fin|semana|tarde|noche|navidad|nochebuena|ano nuevo|ano|pascua|puente)"
_NUMBER = r"(?:[12]?\d|3[01])"
_Pairs = tuple[tuple[re.Pattern[str], str], ...]


def _compiled(*pairs: tuple[str, str]) -> _Pairs:
    return tuple((re.compile(pattern), words) for pattern, words in pairs)


_NUMBERED_MONTH = re.compile(rf"\b(el|al|del|dia) ({_NUMBER}) del (1[0-2]|[1-9])\b(?![:/]|\d)")
""" "El 12 del 12", "el 10 del 6"."""

_NAMED_MONTH = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december|"
    + "|".join(_MONTHS)
    + r"|jan|ene|feb|mar|apr|abr|may(?! be\b)|jun|jul|aug|ago|sept?|oct|nov|dec|dic)"
)

_FORMS = _compiled(
    (
        (
            r"(?<=\w),? (?:entonces|por eso|x eso)(?<!llueve entonces)(?<!lleno entonces) "
            r"(?=(?:(?:ya|solo|solamente|nomas|nada mas|mejor|pues|me|el|los|para el) )*"
            rf"(?:puedo|podemos|podria|puede|pueden|despues|antes|{DIAS}|manana|queda|sirve)\b)"
        ),
        " asi que ",
    ),
    # Slips and short forms of small words.
    (r"\b(tengo|tenemos|tiene|tienen|hay|habra|es) una (?=[a-z]{4,}\b)", r"\1 "),
    (r"\bx (?=las?\b|los\b|el\b)", "por "),
    (r"\bman(?:na|an)(?= (?:a las?|por|en|x|al|no|si|tempran\w+)\b|$)", "manana"),
    (r"\b(?:ls) (?=findes?|fines|dias|tardes|mananas|noches|\w+s\b)", "los "),
    (r"\bx ?(?:favor|fa|fis)\b|\bp(?:or)?favor\b", "por favor"),
    (
        r"\b(?:oy|hoi|hoyy+|ohy|hy)(?= (?:en|por|x|al?|mismo|tempran\w+|tarde|noche|antes|despues|no|si|como|de)\b|$)",
        "hoy",
    ),
    (r"\b(antes|despues|fin|fines|mas|entre|partir|tarde|noche|manana) d (?=[a-z\d])", r"\1 de "),
    (r"\b(?:findesemana|fin de sem|fds|f\.?d\.?s|fin d semana)\b", "fin de semana"),
    (r"\bnadamas\b", "nada mas"),
    (r"\b(la|una|otra|prox|proxima|esta|siguiente) sem\b\.?", r"\1 semana"),
    (r"\baora\b", "ahora"),
    (r"\borita\b", "ahorita"),
    (r"\bsta (?=(?:tarde|noche|semana)\b)", "esta "),
    (r"\ben la (?:pura|mera|purita|merita) (?=manana|tarde|noche)", "en la "),
    (r"\b(?:noxe|noxhe|nche|nohe|nocje)\b", "noche"),
    (r"\b(en|por|x|de|a) (la )?(?:trde|tard|tarfe|tatde)\b", r"\1 \2tarde"),
    (r"\b(?:medidia|mediodi|mediiodia|mediodía|medio di|mdodia)\b", "mediodia"),
    (r"\b(?:ten|tem|tenm)pr?an(it)?o\b", r"tempran\1o"),
    (r"\bprimer(?:it|isim)as? hora\b", "primera hora"),
    (r"\bpasado ?manana\b|\bpas(?:ad)?o?manana\b", "pasado manana"),
    (
        (
            r"(^|[.,;!?] ?|\b(?:para|mejor|hoy no|o|y) )pasado"
            r"(?= (?:en la|por la|x la|a las? \d|al mediodia|a mediodia|tempran|de \d|como a|despues de|antes de))"
        ),
        r"\1pasado manana",
    ),
    (r"\b(el|este|para el) lune\b", r"\1 lunes"),
    (r"\bsabadito\b", "sabado"),
    (r"\bdominguito\b", "domingo"),
    (r"\b(lune|marte|jueve|vierne)[sc]itos?\b", r"\1s"),
    (r"\bmartecito\b", "martes"),
    (r"\btempra\b", "temprano"),
    (r"\bdias? laborables?\b", "dias laborales"),
    (r"\bentre sem\b", "entre semana"),
    (r"\b(los|todos los) (?:fin de semana|fines)(?=$|[.,;!?]| (?:por|en|x|si|no|nomas|nada)\b)", r"\1 fines de semana"),
    (rf"\b({DIAS}|hoy|manana) (?:de|a la) manana\b(?! en )", r"\1 en la manana"),
    (r"(?<!a )(?<!de )\b(?:a )?(?:mitad de|media) semana\b", "a mediados de semana"),
    (rf"\b(?:terminando|acabando|al (?:terminar|acabar)) (?:el |la )?(?=semana\b|mes\b|{_MONTH})", "a finales de "),
    (
        (
            r"\b(?:empezando|entrando|iniciando|comenzando|al (?:entrar|empezar|iniciar)) (?:el |la )?"
            rf"(?=semana\b|mes\b|{_MONTH})"
        ),
        "a principios de ",
    ),
    (r"\bnoche ?vieja\b", "fin de ano"),
    (rf"\bsemana del (?:{DIAS}) ({_NUMBER})\b", r"semana del \1th"),
    (r"\bmediatarde\b", "media tarde"),
    (r"\ben (?:un )?rat(?:o|ito)\b", "al rato"),
    (r"\b(?:al |para el )amanecer\b|\b(?:ya )?amaneciendo\b|\bcuando amanezca\b", "temprano en la manana"),
    (r"\bdespues de la cena\b", "despues de cenar"),
    (r"\bl[-/,. ]{1,2}(?:m|x|mi)[-/,. ]{1,2}(?:y )?v\b", "los lunes, los miercoles, los viernes"),
    (r"\bma?(?:[-/]| y )ju?\b", "los martes, los jueves"),
    # Days and hours by other names.
    (r"\b(?:ahora|ahorita) (?=(?:en|por|x) la (?:manana|tarde|noche)\b|mas tarde)", "hoy "),
    (rf"\b(?:despues|saliendo|al salir|luego) (?:de |del )?{_WORK}\b{_NO_HOUR}", "saliendo del trabajo"),
    (
        rf"\b(?:cuando|ya que|en cuanto) (?:yo )?salga (?:de |del ){_WORK}\b{_NO_HOUR}",
        "saliendo del trabajo",
    ),
    (rf"\bantes (?:de ir |de irme |de entrar |de salir )?(?:al? |de |del ){_WORK}\b{_NO_HOUR}", "antes del trabajo"),
    (r"\bdespues de (?:la comida|el lonche|mi lonche|lonchar)\b|\bdespues del lonche\b", "despues de comer"),
    (
        r"\b(?:a |en )?(?:la |mi )?hora (?:del|de) (?:lonche|lunch|lonchar|almorzar)\b|\bal? lonche\b",
        "a la hora del almuerzo",
    ),
    (
        (
            r"\b(?:al|hacia el|para el) (?:atardecer|anochecer|oscurecer)\b"
            r"|\b(?:al caer|cayendo|cuando (?:caiga|baje)) (?:la tarde|la noche|el sol)\b"
            r"|\b(?:ya )?(?:oscureciendo|atardeciendo|anocheciendo)\b"
            r"|\b(?:cuando|ya que) (?:oscurezca|anochezca|atardezca)\b"
        ),
        "en la nochecita",
    ),
    (
        (
            r"\b(?:iniciando|empezando|comenzando|a inicios de"
            r"|al (?:inicio|iniciar|empezar|comenzar|principio)(?: de)?) ?"
            r"(?:la )?(?=semana\b|mes\b)"
        ),
        "a principios de ",
    ),
    (r"\b(?:inicios|comienzos|el (?:inicio|comienzo|principio)) de(l)? (?=mes|\w+)", r"principios de "),
    (r"\b(principios|mediados|finales|fines) del (?=mes\b)", r"\1 de "),
    (r"\bel ultimo dia del ano\b|\bultimo dia del ano\b", "el 31 de diciembre"),
    (rf"\b(?:la )?primera (?:quincena|mitad) de(?:l mes de)? (?={_MONTH})", "first half of "),
    (rf"\b(?:la )?segunda (?:quincena|mitad) de(?:l mes de)? (?={_MONTH})", "second half of "),
    (r"\bantes de que (?:se )?(?:acabe|termine|finalice) (?:el|este) (?:mes|mes de)\b", "by the end of the month"),
    (r"\bantes de que (?:se )?(?:acabe|termine|finalice) (?:la|esta) semana\b", "by the end of the week"),
    (r"\b(?:el )?dia de los padres\b", "dia del padre"),
    (r"\b(semana|finde|fin de semana) siguiente a la proxima\b", r"\1 despues de la proxima"),
    (r"\besta semana ni (?:en )?la (proxima|siguiente|otra|que viene|que entra)\b", r"esta semana ni la \1 semana"),
    (
        (
            rf"\b(?:el )?(?:proximo|siguiente) (finde|fin de semana|mes|{DIAS}) no[^.,;]{{0,8}},? (?:pero |mejor )?"
            r"este (?=si\b)"
        ),
        r"este \1 ",
    ),
    (r"\b(?:la )?(?:proxima|siguiente) semana no[^.,;]{0,8},? (?:pero |mejor )?esta (?=si\b)", "esta semana "),
    (rf"(?<=\d)[,.]? (?:que son |los |las )*(?:ambos|los dos|los 2) (?:son |caen en )?(?:{DIAS})s?\b", ""),
    (rf"\bun ({DIAS})(?:, el que sea|, cualquiera| cualquiera| el que sea)\b", r"cualquier \1"),
    (r"\b(solo|solamente|nomas|nada mas|unicamente|namas) en (lunes|martes|miercoles|jueves|viernes)\b", r"\1 los \2"),
    (r"\b(solo|solamente|nomas|nada mas|unicamente|namas) en (sabado|domingo)s?\b", r"\1 los \2s"),
    (rf"\bhoy,? (?:a )?lo mas temprano (?:posible|(?:que|q) (?:se )?{_CAN})", "hoy lo antes posible"),
    (
        rf"\b(manana|{DIAS}|el {_NUMBER}),? (?:a )?lo mas temprano (?:posible|(?:que|q) (?:se )?{_CAN})",
        r"\1 a primera hora",
    ),
    (
        rf"\blo mas temprano (?:posible|(?:que|q) (?:se )?{_CAN}),? (?:de |el )?(manana|{DIAS}|el {_NUMBER})\b",
        r"\1 a primera hora",
    ),
    # Refusals and limits.
    (rf"\bningun ({DIAS})(?: (?:puedo|podemos|se puede|me queda|me sirve))?", r"no puedo los \1"),
    (r"\bpur[oa]s? (?:los )?(lunes|martes|miercoles|jueves|viernes|sabados|domingos)\b", r"solo los \1"),
    (r"\btodos? menos (?=del )", "cualquier dia menos "),
    (
        rf"\b(menos|excepto|salvo) (?:el )?({_NUMBER}) (y|o|ni) (?:el )?({_NUMBER})\b(?! ?(?:de la|[ap]m|:))",
        r"\1 el \2 \3 el \4",
    ),
    (rf"\bhasta (despues (?:de|del) [^.,;]{{1,16}}?) {_CANNOT}\b", r"solo \1"),
    (rf"\b{_CANNOT} (?:sino |mas que )?hasta (?=despues\b)", "solo "),
    (rf"\bhasta ({_MONTH}) {_CANNOT}\b", r"no puedo hasta \1"),
    (
        (
            rf"\b{_CANNOT} antes del? (?:el )?((?:(?:{DIAS}) )?{_NUMBER}(?: de {_MONTH})?|{DIAS}),? (?:pero )?(?:y )?"
            r"(?:de ahi|de ese dia|a partir de ahi|ya de ahi|despues de ahi) (?:en|para|pa) ?adelante,?"
        ),
        r"a partir del \1,",
    ),
    (
        rf"\b((?:ahorita|ahora|hoy) no(?: puedo)?),? (?:pero |sino )?hasta el (?={DIAS}\b|\d)",
        r"\1, a partir del ",
    ),
    (rf"\bde aqui (?:al?|hasta el) (?={_NUMBER}\b(?! ?(?:de la|[ap]m|:)))", "a mas tardar el "),
    # Numbers of days.
    (
        (
            rf"(?<!las )(?<!la )(?<![\d:] )(?<!es )(?<!ado )(?<!ngo )(?<!day )\b(?:del? |desde el )?({_NUMBER})"
            rf" (?:al?|hasta el) ({_NUMBER}) (?=de {_MONTH}\b)"
        ),
        r"del \1 al \2 ",
    ),
    (
        rf"(?<!del )\b(?:el )?({_NUMBER} de {_NAMED_MONTH})\.? (?:al?|hasta el) (?={_NUMBER} de {_NAMED_MONTH}\b)",
        r"del \1 al ",
    ),
    (
        (
            rf"(^|[.,;!?] ?|\b[oy] )({_NUMBER}) ({DIAS})"
            r"(?=$|[.,;!?\n]| (?:por|en|x|a las?|al|de \d|despues|antes|temprano|gracias|thanks|porfa)\b)"
        ),
        r"\1\3 \2",
    ),
    (rf"\b(?:el )?({_NUMBER}) del? (?:mes )?(?:presente|corriente|actual)(?: mes)?\b", r"el \1 de este mes"),
    (
        (
            rf"\b({_NUMBER}) del? (?:mes (?:que|q) (?:viene|entra|sigue)"
            r"|(?:proximo|otro|siguiente) mes|mes (?:proximo|entrante|siguiente))\b"
        ),
        r"\1th of next month",
    ),
    (rf"\bel ({_NUMBER}) (o|y|u) (?:el )?({_NUMBER})(?= (?:por|en|x) la\b)", r"el \1th \2 \3th"),
    (r"\btreinta y un[oa]? (?=de\b)", "31 "),
    (r"(?<=\b[aed]l )once\b", "11"),
    (r"\bdel once\b", "del 11"),
    (r"(\d|siete|nueve|diez|es|ado|ingo),? u (?=1[18]\b|8\b|ocho\b|once\b)", r"\1 o "),
    (rf"\b({_NUMBER})(?:er|ero|era)\b", r"\1ro"),
    (r"\b1o (?=de\b)", "1ro "),
    (rf"\bel ({_NUMBER})(?:to|vo|mo|no|avo)\b", r"el \1th"),
    (rf"\b({_NUMBER})(?:to|vo|mo|no|avo)(?= de\b)", r"\1th"),
    (rf"\beste (?:dia )?(?={_NUMBER}\b(?![:/]| de la))", "el "),
    (rf"\b(?:el |este |para el )?(?:proximo|mero|merito|mero dia|proximo dia) (?={_NUMBER}\b(?![:/]))", "el "),
    (rf"\b(semana|fin de semana|finde) del ({_NUMBER})\b(?! ?(?:de|del|al?)\b|[:/])", r"\1 del \2th"),
    (rf"\ba(?:l)? (mediodia|medio dia) del ({_NUMBER})\b(?! de \d)", r"el \2 al mediodia"),
    (rf"\b(?:en |por )?la (manana|tarde|noche) del (?:dia )?({_NUMBER})\b", r"el \2 en la \1"),
    (rf"\b(el|del|al|este) (?:dia )?({_NUMBER})\.(0\d|1[0-2])\b(?!\.\d)", r"\1 \2/\3"),
    (rf"\bpara el ({_NUMBER}) (o|y|u) (?:el |para el )?({_NUMBER})\b(?! ?(?:de la|[ap]m|:))", r"para el \1th \2 \3th"),
    # What is no time.
    (
        (
            r"\bque (?:tengas?|pase[ns]?|tengan|tenga usted|disfruten?) (?:un |una )?"
            rf"(?:muy )?[a-z]* ?(?:resto del )?{_GREETED}\b"
        ),
        " gracias ",
    ),
    (
        (
            r"(?<!un )(?<!una )(?<!es )(?<!mas )(?<!seria )(?<!muy )\b"
            r"(?:buena?|bonit[oa]|lind[oa]|feliz|excelente|bendecid[oa]) "
            rf"(?!dia (?:para|es|seria))(?:resto del )?{_GREETED}\b"
        ),
        " gracias ",
    ),
    (r"\bfeliz ano\b", " gracias "),
    (r"\b(?:frente|junto|cerca|orilla|orillas|vista|lado) (?:al|del) mar\b", " x "),
    (r"\ben (?:el|la) (?:numero )?(?!20[2-3]\d\b)\d{3,5}\b(?! ?(?:hrs|horas|de|[ap]m))", " x "),
    (r"\b(?:debo|debia|debemos|debiamos|deben) (?:como )?\d{2,5}\b(?![:.]\d)", " x "),
)

_DAY_MONTH = re.compile(
    rf"(?<![\d/-])({_NUMBER})(?:-| ?/ ?)({_NAMED_MONTH})\b(?:[-/](20\d\d|[23]\d)\b(?![ap]m))?(?!-\d)"
)
_MONTH_DAY = re.compile(rf"\b({_NAMED_MONTH})[-/]({_NUMBER})\b(?:[-/](20\d\d)\b)?(?![:/]|-\d)")
_DASHED = re.compile(r"(?<![\d-])([0-3]?\d)-([0-3]?\d)-((?:20)\d\d|[23]\d)(?![\d-])")
""" "10/sep", "8-ene-2027", "nov-4", "22-03-2027"."""

_TEENS = r"(?:1[3-9]|2\d|3[01])"
_OF_BOTH = _compiled(
    (r"\bfindes\b", "fines de semana"),
    (
        rf"\b(except|but|besides|excluding) (?:the )?({_TEENS}),? (and|or|&) (?:the )?({_TEENS})\b",
        r"\1 the \2th \3 \4th",
    ),
    (r"(?<=\d)(st|nd|rd|th),? (?:which are )?both (?:are )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b", r"\1"),
    (r"\bnot next (week|weekend),? (?:but )?this (?:coming )?(?:one|\1)\b", r"this \1"),
    (r"(?<!not )\bthis (week|weekend),? not next(?: \1| one)?\b", r"this \1"),
)
