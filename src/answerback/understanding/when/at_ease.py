"""What leaves the day or the hour to the business: "dealer's choice", "soy flexible", "whichever day is easiest".

It is spelled as the grammar knows it ("any day", "cuando gusten") before a text is cut into tokens. It must never take
what happens again and again ("whenever I flush it backs up"), a thing ("a flexible hose") or a name ("Anytime
Fitness") for a wish; and a choice among times that are named ("monday or tuesday, you pick") says no more than they do.
"""

import re

from answerback.understanding.when.wordings import put


def at_ease(folded: str) -> str:
    """The text with each word that leaves the time to the business in plain ones."""
    folded = put(folded, _SAID)
    return folded if _NAMES_A_TIME.search(folded) else put(folded, _CHOOSE)


_NAMES_A_TIME = re.compile(
    r"\d|\b(?:mon|tues?|weds?|thur?s?|fri|sat|sun|to|yester|week|mid|birth|holi)[a-z]*days?\b|\b(?:mon|tues?|wed|thurs?"
    r"|fri|sat|sun|week|weekend|tomorrow|tmrw|tmr|tonight|morning|afternoon|evening|night|noon|month|asap|now"
    r"|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|hoy|manana|mananas|tardes?|noche|semana|mes|fin"
    r"|mediodia|antes|despues|pronto|ahora|ahorita|urge|urgente|anytime|whenever|any (?:day|time)|cualquier|january"
    r"|february|march|april|may|june|july|august|september|october|november|december|enero|febrero|marzo|abril|mayo"
    r"|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|flexible|open|free|libre|disponible)\b"
)
_BEGINS = r"(?:(?<=[.,;:!?\n(]) ?|^)"
_YOU = r"(?:you guys|you all|you|u|ya|y'?all|someone|somebody|anyone|anybody)"
_FOR_YOU = r"(?: (?:for|with|on) (?:you guys|you all|you|u|y'?all|your (?:schedule|end|side|team|crew)|them|the \w+))"
_VERY = r"(?:very |really |totally |completely |pretty |super |wide |quite |fairly |extremely |so |all |always )*"
_SHALL = (
    r"(?:digan?|gusten?|puedan?|quieran?|prefieran?|convenga|acomode|quede|facilite|tengan?|elijan?|escojan?|decidan?"
    r"|deseen?|parezca|indiquen?|senalen?|venga|ofrezcan?|den|asignen?)"
)
_THEM = r"(?:(?:usted|ustedes|ud|uds|le|les|te|mejor|se|a) )*"
_WELL = r"(?: (?:mejor|bien|disponibles?|libres?|mas conveniente|conveniente|mas facil|usted|ustedes))*"
_WELL_THEN = (
    r"(?:(?:idk|dunno|ok|okay|well|maybe|probably|prob|just|um+|hmm+|oh|lets say|no (?:rush|hurry)|not sure)[ ,.]*)*"
)
_IF_YOU_WILL = (
    r"(?:[ ,.!?]*(?:please|pls|plz|thanks|thx|lol|i guess|i think|maybe|ok|is fine|works|por favor|gracias))*[ .!?]*"
)

_SAID: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # What is no wish: a thing, a name, what happens again and again.
        (
            (
                r"\bflexible (?=(?:hoses?|lines?|pipes?|pip\w+|ducts?|duct\w+|gas|tub\w+|conduits?|connect\w+|coupl\w+"
                r"|cords?|cables?|metal|plastic|supply|drain|water|arm|shaft|rod|joint)\b)"
            ),
            "x ",
        ),
        (r"\b(tubo|manguera|tuberia|linea|ducto|conector|cable)s? flexibles?\b", r"\1"),
        (r"\bany ?time (?=fitness|fitnes|gym)", "x "),
        (
            (
                r"\b(?:whenever|any ?time|every ?time)"
                r" (?=(?:i|we|it|he|she|they|the [a-z]+|my [a-z]+|somebody|someone|anybody)"
                r" (?!(?:can|could|is|are|am|works?|suits?|gets?|got|has|have|comes?|wants?|needs?|fits?"
                r"|makes?|shows?)\b)"
                r"[a-z']+ (?:(?!or\b|and\b)[a-z']+ ){0,4}?(?:it|the|my|water|smoke|there|everything|nothing)\b)"
            ),
            "x ",
        ),
        (
            (
                r"\b(?:a )?cualquier (?:hora|momento)"
                r" (?=(?:hace|suena|gotea|empieza|prende|apaga|truena|falla|se (?:apaga|prende|tira|va"
                r"|enciende|tapa))\b)"
            ),
            "x ",
        ),
        (
            (
                r"\bsiempre que (?=(?:(?:la|lo|le|me|se|el|los|las|mi|uso|abro) )*(?!sea|haya|pued|este|no"
                r"|qui|teng)[a-z]+ [a-z]+)"
            ),
            "x ",
        ),
        (
            (
                r"\b(?:me|nos) (?:da|es) (?:igual|lo mismo|indiferente|indistinto)"
                r" (?=(?:el|la|los|las|si|que) (?!dias?\b|horas?\b|fechas?\b|horarios?\b)[a-z])"
            ),
            "x ",
        ),
        # Which of several times.
        (r"\b(?:surprise me|sorprendame|sorprendanme)[,.!]+ (?=\w)", ""),
        (
            (
                r"(?<=\w),? (?:and |or )?(?:whatever|whichever|which ?ever one)(?:'?s| is| comes| you (?:have|got))?"
                r" (?:the )?(?:sooner|soonest|earlier|earliest|quicker|quickest|faster|fastest)(?=\s*(?:$|[.,!?;]))"
            ),
            "",
        ),
        (
            r",? (?:lo|el|la) que (?:sea|este|quede|salga|tengan?|haya) mas (?:pronto|cercan[oa]|proxim[oa]|rapido)\b",
            "",
        ),
        # Any time, in English.
        (
            (
                r"\b(?:all|any|every)(?: of the| of those| the)? (?:times?|hours?"
                r"|slots?)(?: slots?)?(?:'?s| are| is| r)?"
                r" (?:all )?(?:good|fine|ok|okay|great|open|perfect|works?)\b(?: for me| with me)?"
            ),
            " any time works ",
        ),
        (
            (
                r"\b(?:all|every)(?: of the| the)? days?(?: are| is| r)? (?:all )?(?:good|fine|ok|okay|great|works?)\b"
                r"(?: for me| with me)?"
            ),
            " any day works ",
        ),
        (
            (
                rf"(?<!me )(?<!us )(?<!know )\bwhen(?:ever)? {_YOU}(?: have| has| get| gets| got| find| finds)"
                r" (?:some |the |a little |a free |any )?(?:time|a chance|a minute|a moment|an opening"
                r"|a slot|availability"
                r"|a spot|room|spot|slot|openings?)\b(?: (?:available|open|free|to come|to come out))?"
            ),
            " whenever you can ",
        ),
        (
            (
                rf"(?<!me )(?<!us )(?<!know )\bwhen(?:ever)? {_YOU}(?: are|'?re| r| is|'?s) (?:free|available"
                rf"|able|around)\b"
            ),
            " whenever you can ",
        ),
        (
            (
                r"\bwhen(?:ever)?(?:'?s| it'?s| it is| its| is| it)? (?:the )?(?:most |more |works? )?"
                rf"(?:convenient|easiest|easier|easy|best|better|good|works)(?:{_FOR_YOU})"
            ),
            " whenever you can ",
        ),
        (
            (
                r"\b(?:as|when|whenever) (?:your|ur|the) (?:schedule|calendar|workload) (?:allows?|permits?"
                r"|opens up|clears)\b"
            ),
            " whenever you can ",
        ),
        (r"\bat (?:your|ur) (?:own )?(?:convenience|leisure)\b", " whenever you can "),
        (
            (
                r"\b(?:my|our) (?:schedule|calendar|time)(?: is|'?s) "
                rf"{_VERY}(?:open|clear|free|empty|flexible|yours)\b(?=\s*(?:$|[.,!?;]))"
            ),
            " flexible ",
        ),
        (rf"\b(?:i'?m|i am|we are|we'?re|were) {_VERY}(?:flexible|open)\b(?=\s*(?:$|[.,!?;]))", " im flexible "),
        (
            (
                r"\b(?:i|we)(?: can|'?ll| will) (?:work|plan|schedule|arrange things) around"
                r" (?:you guys|you|u|yall|y'all|your (?:schedule|availability)|whatever|it|that)\b"
            ),
            " whenever you can ",
        ),
        (
            (
                r"\b(?:i )?(?:dont|don't|do not) (?:really )?(?:care|mind) (?:what|which)(?: (?:day|time|date|hour))"
                r"(?: or (?:what |which )?(?:day|time))?\b"
            ),
            " any day ",
        ),
        (
            (
                r"\b(?:it )?(?:makes no|doesn'?t make (?:any |a )?|makes no real) ?difference(?: (?:to|for) me)?"
                r"(?: (?:when|what time|what day|which day))?\b"
            ),
            " no preference ",
        ),
        (r"\b(?:its|it's|thats|that's)? ?all the same (?:to|for) (?:me|us)\b", " no preference "),
        # Any time, in Spanish.
        (
            (
                rf"\bcuando {_THEM}(?:mejor )?(?:le |les |te |se )*(?:facilite|convenga|acomode|quede|parezca|venga"
                rf"|sea (?:posible|mas facil|conveniente)|guste|gusten|digan?|prefieran?|deseen?|decidan?)\b{_WELL}"
                r"(?! (?:el|la|de|con|mi|todo|listo|lista)\b)"
            ),
            " cuando gusten ",
        ),
        (
            (
                r"(?<!aviso )(?<!llamo )(?<!digo )(?<!hablo )\bcuando (?:usted |ustedes |ud |uds |alguien )?(?:me )?"
                r"(?:tengan?|haya|encuentren?|esten?) (?:un |una |algun |algo de |mas )?(?:tiempo"
                r"|tiempito|chance|chancita"
                r"|oportunidad|espacio|rato|ratito|lugar|campo|cupo|disponibilidad|libres?|disponibles?|desocupad[oa]s?"
                r"|espacio disponible|alguien disponible)\b(?! (?:yo|le|les|te)\b)"
            ),
            " cuando puedan ",
        ),
        (
            rf"\b(?:a )?(?:la|cualquier) hora (?:en )?que {_THEM}{_SHALL}{_WELL}(?=\s*(?:$|[.,!?;]))",
            " a cualquier hora ",
        ),
        (rf"\b(?:el|cualquier|que) dia (?:en )?que {_THEM}{_SHALL}{_WELL}(?=\s*(?:$|[.,!?;]))", " cualquier dia "),
        (
            (
                r"\b(?:no (?:me |nos )?importa|(?:me|nos) (?:da|es) (?:igual|lo mismo|indiferente"
                r"|indistinto)|da lo mismo"
                r"|da igual|es (?:indistinto|lo mismo|igual))(?: (?:la|el|que|cual|de))+ (?:dia|fecha"
                r"|dia y la hora|dia o la hora)\b"
                r"(?: (?:ni|o|y) (?:la |el |que )?(?:hora|horario))?"
            ),
            " cualquier dia ",
        ),
        (
            (
                r"\b(?:no (?:me |nos )?importa|(?:me|nos) (?:da|es) (?:igual|lo mismo|indiferente"
                r"|indistinto)|da lo mismo"
                r"|da igual|es (?:indistinto|lo mismo|igual))(?: (?:la|el|que|cual|a|de))+ (?:hora|horario)\b"
            ),
            " a cualquier hora ",
        ),
        (r"\b(?:me|nos) (?:da|es) (?:lo mismo|indiferente|indistinto)\b(?: cuando)?", " me da igual "),
        (r"\bda igual cuando\b|\bno importa cuando\b", " me da igual "),
        (
            (
                r"\b(?:por mi(?: parte)?,? )?(?:a |en )?cualquier (?:horario|fecha|momento|rato|dia y"
                r" (?:a )?(?:cualquier )?hora)\b"
                r"(?: (?:me|nos) (?:acomoda|sirve|funciona|queda|conviene)(?: bien| perfecto)?| (?:esta"
                r"|es) (?:bien|bueno))?"
            ),
            " a cualquier hora ",
        ),
        (r"\bpor mi(?: parte)?,? (?=(?:cualquier|cuando|a cualquier|el dia que|a la hora))", ""),
        (
            (
                rf"\b(?:soy|somos|estoy|estamos) {_VERY.replace('very', 'muy')}(?:bien |bastante "
                rf"|totalmente )?flexibles?"
                r"(?: (?:con|en|de)(?: (?:el|los|la|mi|mis))? (?:horarios?|dias?|horas?|tiempos?|fechas?))?\b"
            ),
            " flexible ",
        ),
        (
            (
                r"\b(?:tengo|tenemos|hay) (?:mucha |bastante |total )?flexibilidad(?: (?:de|en|con)(?: (?:el|los|mi))?"
                r" (?:horarios?|dias?|tiempos?))?|\b(?:mi|nuestro) (?:horario|tiempo) es (?:muy "
                r"|bastante )?(?:flexible|abierto)\b"
            ),
            " flexible ",
        ),
        (
            (
                r"\b(?:yo |nosotros )?(?:me|nos) (?:adapto|acomodo|ajusto|amoldo|adaptamos|acomodamos|ajustamos)"
                r"(?: (?:a|con) (?:sus?|ustedes?|lo que|cualquier|la|el|tu)(?: (?:horarios?|agenda"
                r"|tiempos?|disponibilidad"
                r"|calendario|hora|dia|tengan?|digan?|puedan?))*)?\b(?! (?:mejor|mas)\b)"
            ),
            " cuando gusten ",
        ),
    )
)
"""What is said, and how the grammar knows it."""

_CHOOSE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            (
                r"\b(?:whichever|whatever)(?: (?:day|time|date|slot|one|appointment))?(?:'?s| is| works?"
                r"| suits?| fits?)"
                rf" ?(?:the )?(?:best|easiest|easier|better|good|most convenient|convenient|open)?(?:{_FOR_YOU}| you)?"
            ),
            " any day ",
        ),
        (
            (
                r"\b(?:whichever|whatever|what ever|which ever) (?:day|time|date|slot|one|appointment)?"
                rf" ?{_YOU} (?:want|like|prefer|say|choose|pick|decide|need|think|recommend|can|have|got)\b"
            ),
            " any day ",
        ),
        (
            (
                r"\b(?:its |it's |totally |all |completely |entirely |timing is )?(?:dealer'?s|your|ur|y'?all'?s)"
                r" (?:choice|call|pick|decision)\b"
            ),
            " any day ",
        ),
        (
            r"\b(?:the )?ball'?s? (?:is )?in your court\b(?: (?:on|for|with) (?:the )?(?:timing|time|day|date|when))?",
            " any day ",
        ),
        (
            (
                r"\b(?:(?:its|it's|thats|that's|all|totally|completely|entirely|timing is|time is|day is|date is) )*"
                r"up to (?:you guys|you|u|yall|y'all)\b(?! (?:if|whether|how|who|to)\b)"
            ),
            " any day ",
        ),
        (
            (
                r"\b(?:i'?ll|i will|ill|we'?ll|can) (?:leave|let) (?:it|that|the (?:time|day"
                r"|timing))? ?(?:up )?to (?:you|u|yall)\b"
            ),
            " any day ",
        ),
        (
            (
                rf"{_BEGINS}(?:just |please |ok |okay )?(?:surprise me|you (?:pick|choose|decide|tell me|name it"
                r"|set it|say)(?: (?:the |a )?(?:day|time|date|when))?"
                r"|name (?:it|the (?:day|time)))(?= ?(?:$|[.,!?]))"
            ),
            " any day ",
        ),
        (
            r"\b(?:just )?pick (?:a|any|whatever|whichever) (?:day|time|slot)(?: that works)?(?:(?: for)? you)?\b",
            " any day ",
        ),
        (
            (
                r"\b(?:(?:que )?(?:usted|ustedes|uds|ud) (?:me )?(?:escojan?|elijan?|digan?|decidan?"
                r"|eligen?|deciden?|mandan?"
                r"|dicen?|escogen?|diganme|digame|pongan?|ponen?|propongan?|indiquen?)"
                r"|(?:escojan?|elijan?|digan?|decidan?|pongan?|propongan?) (?:usted|ustedes))\b(?: (?:el"
                r"|la|que|cuando|dia"
                r"|hora|fecha|y|horario))*"
            ),
            " cualquier dia ",
        ),
        (
            (
                r"\b(?:escoja|elija|decida|ponga|proponga)n? (?:el|la) (?:dia|hora|fecha|horario)(?: (?:y"
                r"|o) (?:la|el) (?:hora|dia))?\b"
            ),
            " cualquier dia ",
        ),
        (
            r"\b(?:lo que|como|cuando) (?:usted|ustedes|uds|ud) (?:digan?|decidan?|prefieran?|gusten?|quieran?)\b",
            " cualquier dia ",
        ),
        (
            (
                r"\b(?:(?:se )?(?:lo|la|eso|queda|les|le)(?: (?:lo|la))? )?(?:dejo|dejamos|queda|queda todo)? ?(?:a|en)"
                r" (?:su|sus|tu) (?:criterio|consideracion|eleccion|manos|conveniencia|disponibilidad"
                r"|comodidad|decision)\b"
            ),
            " cualquier dia ",
        ),
        (
            (
                rf"{_BEGINS}{_WELL_THEN}(?:at )?(?:some ?(?:time|day|point)|sooni?sh|shortly|down the (?:road|line)"
                r"|in (?:a|the) (?:(?:little|lil|wee) )?(?:bit|while|few|sec|second|min|minute|jiffy|future)"
                rf"|mas adelante|en (?:algun|cualquier) momento){_IF_YOU_WILL}$"
            ),
            "some other time",
        ),
    )
)
"""Who chooses, where no time is named; and what names none though nothing else is said ("sometime", "in a bit")."""
