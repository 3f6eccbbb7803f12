"""Wishes for the soonest there is in Spanish: "me urge", "a la brevedad posible", "la cita más próxima que tenga".

`soonest` spells them as the grammar knows them. It must never take what is asked about ("¿es urgente cambiarlo?"),
refused ("no me urge") or of others ("le urge vender") for one.
"""

import re

_ENDS = r"(?=\s*(?:$|[.,;:!?\n)]|(?:por favor|porfa\w*|x favor|please|pls|si)\b))"
_BEGINS = r"(?:(?<=[.,;:!?\n(]) ?|^)(?:(?:ok|okay|so|yes|yeah|please|hi|hey|hola|bueno|pues|oiga|por favor) )*"
_CAN = r"(?:puedan?|puedas|pudieran?|pueden?|puedes|podrian?|podran?)"
_CAN_COME = rf"(?:{_CAN}|podria|podra|puede)"
_HAVE = r"(?:tengan?|tengas|hayan?|haya|tienen?|hay|encuentren?)"
_ROOM = (
    r"(?: (?:un |una |algun |alguna |algo de |a |el |la )?"
    r"(?:espacio|lugar|chance|campo|cupo|cita|turno|hueco|tiempo|alguien|tecnico|plomero|disponible|disponibilidad"
    r"|oportunidad|libre|unidad|horario|persona|gente)\b)"
)
_VISIT = r"(?:cita|espacio|turno|lugar|hueco|horario|hora|fecha|dia|visita|campo|cupo|opcion|disponible|disponibilidad)"
_COME = (
    r"(?:vengan?|vengas|ven|manden?(?:me|nos)?|mandes|envien?(?:me|nos)?|lleguen?|pasen?|atiendan?(?:me|nos)?"
    r"|necesito|necesitamos|ocupo|ocupamos|quiero|queremos|venir|mandar(?:me|nos)?|enviar(?:me|nos)?|llegar|pasar"
    r"|atender(?:me|nos)?)"
)
_WHAT = (
    r"(?: (?!(?:no|nadie|precios?|costo|cuanto|cancelar|saber|digan?|llamen?|hablen?|marquen?|respondan?|contesten?"
    r"|cotizacion|respuesta|reembolso|factura|hablar|pagar|pasar)\b)[a-z]+)"
)
_VERY = r"(?:algo |muy |bien |super |bastante |una? |de |sumamente |realmente |tan )*"
_NOT = "".join(
    rf"(?<!{word} )"
    for word in ("no", "no es", "no me", "no nos", "si", "si es", "si me", "sin", "ni", "que tan", "cuando", "muy")
)
_TO_TELL = (
    r"(?! (?:que me (?:llame|diga|conteste|marque|hable|responda|cotice)n?|saber|hablar|preguntar|vender|cotizar)\b)"
)
_SOON = r"(?:en cuanto|apenas|tan pronto(?: como)?|ni bien)"
_OF_THEIRS = r"(?:pueda|sepa|tenga|salga|llegue|termine|vea)"
_TELL = r"(?:le|les|te) (?:aviso|llamo|hablo|marco|digo|confirmo|escribo|mando|contesto)"
_WHEN_THEY = r"(?:en cuanto|apenas|tan pronto(?: como)?|luego que|ni bien|lo antes que|nomas que|nada mas que)"

SPANISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # What they will say.
        (rf"\b{_SOON}(?: yo)? {_OF_THEIRS}\b[^.,;!?\n]{{0,25}}? (?={_TELL}\b)", " "),
        (rf"\b({_TELL}),? {_SOON} {_OF_THEIRS}\b", r"\1"),
        (r"\b(no (?:necesito|ocupo|quiero) (?:a )?nadie) (?:ahorita|ahora|ya)(?: mismo)?\b", r"\1"),
        # How soon it can be.
        (
            (
                r"\bque tan (?:pronto|rapido|temprano)"
                r" (?=(?:debo|debemos|deberia|hay que|tengo que|se (?:debe|tiene)|despues)\b)"
            ),
            "que ",
        ),
        (r"\btan pronto (?=(?:la|lo|los|las) [a-z]+o\b|[a-z]+o (?:la|el|los|las)\b|me [a-z]+o\b)", "cuando "),
        (
            (
                rf"\b(?:que|cuan) tan (?:pronto|rapido|luego)(?: (?:me|nos|lo|la|se))? {_CAN_COME}"
                r"(?: (?:usted|ustedes|alguien))?(?: (?:venir|llegar|mandar\w*|enviar\w*|atender\w*|pasar"
                r"|estar|recibir\w*"
                r"|hacer\w*|arreglar\w*|ver\w*|dar\w*|agendar\w*)\b)?(?: (?:aqui|aca|a alguien|una cita|cita)\b)*"
            ),
            " lo antes posible ",
        ),
        (
            (
                r"\b(?:que|cuan) tan (?:pronto|rapido) (?:llegan?|vienen?|llegarian?|vendrian?|tienen?)\b"
                r"(?: (?:alguien|cita)\b)?"
            ),
            " lo antes posible ",
        ),
        # The next there is.
        (
            (
                r"\b(?:(?:cual|cuando) (?:es|seria) )?(?:(?:el|la|lo|su|un|una) )?"
                rf"(?:primer|primera|primero|proxim[oa]|siguiente) {_VISIT}(?: mas (?:cercan|proxim)[oa])?"
                rf"(?: disponible\b| libre\b| que (?:(?:me|nos|se) )?(?:{_HAVE}|{_CAN}|se abra|abra)\b"
                r"(?: (?:libre|disponible|dar|darme)\b)?)+"
            ),
            " primera disponible ",
        ),
        (r"\b(?:el |un )?(?:primer|siguiente|proximo) (?:espacio|hueco|cupo|campo)\b", " primera disponible "),
        (r"\b(?:el |la )?primer[oa]? (?:turno|cita) (?=(?:de|del) )", " a primera hora "),
        (
            (
                rf"(?<!\bes[eao] )(?<!\bmismo )\b(?:(?:cual|cuando) (?:es|seria) )?(?:(?:el|la|lo|su) )?{_VISIT} "
                r"(?:disponible )?mas (?:proxim|cercan|pront|rapid|tempran)[oa]"
                rf"(?: posible\b| disponible\b| que (?:(?:me|se) )?(?:{_HAVE}|{_CAN})\b(?: (?:libre|disponible)\b)?)*"
            ),
            " lo antes posible ",
        ),
        (
            (
                rf"\blo (?:(?:primero )?que (?:{_HAVE}|{_CAN}) )?mas (?:proximo|cercano|inmediato)\b"
                rf"(?: posible\b| que (?:{_HAVE}|{_CAN})\b)?"
            ),
            " lo antes posible ",
        ),
        # As soon as it can be.
        (
            (
                r"\b(?:en cuanto|apenas|tan pronto(?: como)?|ni bien|cuando|al|nomas)"
                r" (?:abran|abra|abren|abrir(?= ?(?:$|[.,!?]))|ustedes abran)\b"
            ),
            " a primera hora ",
        ),
        (
            (
                rf"(?<!digo )(?<!aviso )(?<!llamo )\b{_WHEN_THEY}(?: (?:me|nos|se|ustedes|usted"
                rf"|alguien))* (?:{_CAN}|{_HAVE})\b"
                r"(?: (?:venir|atender(?:me|nos)?|mandar(?:me|nos)?|llegar|ayudar(?:me|nos)?|pasar)\b)?"
                rf"{_ROOM}*(?! (?:yo|le|les|te|lo|la)\b)"
            ),
            " lo antes posible ",
        ),
        (
            (
                r"\b(?:lo )?mas (?:pronto|rapido|rapidito|prontito|antes|luego)(?: que)?(?: (?:se|me|nos))?"
                rf"(?: (?:posible|{_CAN}|{_HAVE})\b)+"
            ),
            " lo antes posible ",
        ),
        (
            rf"\blo mas temprano(?: que)?(?: (?:se|me|nos))?(?: (?:posible|{_CAN}|{_HAVE})\b)+",
            " lo mas temprano que se pueda ",
        ),
        (
            (
                r"\b(?:cuanto|mientras|entre|lo) mas (?:pronto|antes|rapido|temprano|luego),? (?:es )?mejor\b"
                r"|\bcuanto antes,? mejor\b"
            ),
            " cuanto antes ",
        ),
        (
            r"\b(?:a|con) la (?:mayor )?(?:brevedad|prontitud|rapidez)(?: posible| que (?:se )?pueda\w*)?\b",
            " lo antes posible ",
        ),
        # At once.
        (r"\besta manana\b(?! (?:en|por) la\b)", "this morning"),
        (
            (
                r"\b(?:servicio|cita|visita|que sea|para) (?:el |para el |en el |del )?mismo dia"
                r"(?=\s*$|\s*[.,!]| (?:por favor|porfa\w*|si se puede|si es posible|please)\b)"
            ),
            " hoy ",
        ),
        (
            r"\ben (?:este|el) (?:preciso |mero |mismo )?(?:momento|instante)(?=\s*$| (?:si|por favor|porfa)\b)",
            " ahora mismo ",
        ),
        (r"\b(?:al instante|de volada|luego luego|lueguito|a la voz de ya|sin demora)\b", " de inmediato "),
        (
            (
                rf"{_BEGINS}(?:volando|corriendo|rapidito|rapido)"
                r"(?= ?(?:$|[.,!?;\n]| (?:por favor|porfa\w*|please|pls)\b))"
            ),
            " lo antes posible ",
        ),
        (
            rf"(?<!no )\b({_COME}{_WHAT}{{0,3}}) (?:volando|corriendo|rapidito|rapido|pronto){_ENDS}",
            r"\1 lo antes posible ",
        ),
        (
            rf"(?<!no )\b({_COME}{_WHAT}{{0,3}}) (?:ahoritita|ahorita|ahora|ya)(?: mismo)?{_ENDS}",
            r"\1 ahora mismo ",
        ),
        # It is urgent.
        (
            (
                rf"{_NOT}\b(?:me|nos) (?:urge|urgia|esta urgiendo|anda urgiendo)\b{_TO_TELL}"
                r"(?: (?:mucho|bastante|demasiado|un chorro|muchisimo|un buen|que)\b)*"
            ),
            " lo antes posible ",
        ),
        (rf"{_BEGINS}(?:si, |pues |es que )?urge\b{_TO_TELL}(?: (?:mucho|bastante|que)\b)*", " lo antes posible "),
        (
            rf"{_NOT}\b(?:con|de) (?:(?:caracter de|mucha|suma|extrema) )?(?:urgencia|urgente)\b(?! (?:que|de)\b)",
            " lo antes posible ",
        ),
        (
            rf"{_NOT}\b(?:es |esto es |esta )?(?:muy |super )?(?:urgentemente|urgentisim[oa])\b",
            " lo antes posible ",
        ),
        (
            (
                rf"{_NOT}\b(?:es|esto es|tengo|tenemos|hay|seria) {_VERY}(?:urgente|emergencia|urgencia)\b"
                r"(?! (?:[a-z]+[aei]r(?:lo|la|me|se)?|de|que|o)\b)(?! ?\?)"
            ),
            " lo antes posible ",
        ),
        (
            (
                rf"{_BEGINS}{_VERY}(?:urgente|emergencia)"
                r"(?= ?(?:$|[.,;:!\n]| (?:por favor|porfa\w*|please|x favor|necesito|ocupo)\b))"
            ),
            " lo antes posible ",
        ),
    )
)
"""What is said, and how the grammar knows it."""
