"""From when and until when they are free, in other words: "tied up until 3", "i clock out at 4", "booked after noon".

It says each in the words that the grammar knows ("busy til 3", "i get off at 4", "nothing after noon"); it must never
take for their own what is told of others ("the inspector starts at 9").
"""

import re

from answerback.understanding.when.called_by import MONTHS, WEEKDAYS
from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import put


def free_from(folded: str) -> str:
    """The text with each of them said plainly."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(
    r"til|after|at \d|at noon|around \d|beyond|post|pre |past|[<>]|earliest|latest|once|any (?:earlier|later)"
    r"|later then|or so|up before|come"
    r"|fly|drive out|home again|recien|me voy|desde|tardar|mas pronto|the (?:car|truck)|a las? (?:\d|una)"
    r"|de las? (?:\d|una)|de \d{1,2} a|todo menos|evit|me late"
)
_HOUR = r"(?:\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?)?|noon)\b"
_AT = rf"(?:at|around|by) (?={_HOUR})"
_ENDS = r"(?=\s*(?:$|[.,;!?]))"
_DAY_AHEAD = rf"(?:^|(?<=[.,;!?] )|\bbut (?:i'?m )?|\b(?:{WEEKDAYS}|today|tomorrow|day),? (?:i'?m |we'?re |ill be )?)"
_TIED = (
    r"(?:tied up|swamped|slammed|stuck (?:at work|in meetings|here)|in (?:class|school|court|meetings|a meeting|surgery"
    r"|training|session|the office)|on calls?|on a call|booked(?: up| solid)?|school|class|meetings)"
)
_BUSY = r"(?:booked|busy|slammed|tied up|unavailable|not available)(?: up)?"
_OVER = r"(?:is over|ends|finishes|wraps up|is done|lets out|gets out)"

_MINE = r"mi (?:esposo|esposa|marido|mama|papa|hijo|hija)"
_STARTS = r"(?:mi turno (?:empieza|inicia)|(?:empiezo|entro)(?: a trabajar| al? trabajo| al turno)?)"
_KIDS = r"(?:recojo|tengo que recoger) a (?:los ninos|mis hijos|mi hij[oa])"
_A_TIME = r"(?=el|los|la|las|este|antes|despues|en|por|manana|de \d)"
_HORA = r"las? (?:\d{1,2}(?::\d\d)?|una)\b"

_ME_VOY = r"(?:me voy|nos vamos|salgo)(?: (?:de|fuera)(?: [a-z]+)?)?"
_UN_DIA = rf"(?:(?:el )?(?:{DIAS}|\d{{1,2}}(?: de [a-z]+)?)|(?:pasado )?manana)"

_SAID = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (rf"({_DAY_AHEAD}){_TIED} (?:un)?till? (?={_HOUR})", r"\1busy til "),
        (r"\b(?:i'?m |we'?re )?not (?:up|awake|out of bed) (?:before|(?:un)?till?) (?=\d|noon)", "not before "),
        (rf"\bi (?:usually |dont |don't )?(?:wake up|get up) {_AT}", "not before "),
        (
            rf"\b(?:my|our) (?:last )?(?:shift|meeting|class|workday|day|call|appointment) {_OVER} {_AT}",
            "i get off at ",
        ),
        (
            rf"\bi (?:clock out|leave (?:work|the office|the shop|my office)|(?:can|could) get (?:away|off)) {_AT}",
            "i get off at ",
        ),
        (rf"\bi get back(?: home| to (?:the house|town))? {_AT}", "i get off at "),
        (rf"\b(?:he|she|my (?:husband|wife|mom|dad|son|roommate)) gets? off(?: work)? {_AT}", "i get off at "),
        (rf"\bwe open {_AT}", "not before "),
        (rf"\b(?:and )?(?:we|(?:our|the) (?:office|shop|store)) closes? {_AT}", "nothing after "),
        (
            (
                r"\b(?:i (?:start(?: work)?|go in|clock in|begin work|go on shift)|my shift (?:starts|begins)"
                rf"|(?:i'?m|im) out ?(?:ta|of) here|my (?:bus|train|flight|ride) (?:is|leaves)) {_AT}"
            ),
            "i have to leave at ",
        ),
        (rf"\b(?:i(?:'?m| am) |we(?:'?re| are) |ill be )?{_BUSY} (?:after|past) (?={_HOUR})", "nothing after "),
        (rf"\bi (?:work|can'?t(?: do)?) after (?={_HOUR})", "nothing after "),
        (
            rf"\b(?:don'?t want|can'?t have) (?:anyone|anybody|you|people)(?: here| over| in)? after (?={_HOUR})",
            "nothing after ",
        ),
        (rf"\btoo late after (?={_HOUR})", "nothing after "),
        (rf"\b(?:beyond|post) (?={_HOUR})", "after "),
        (rf"\bpre (?={_HOUR})", "before "),
        (rf"(?<![-=])> ?(?={_HOUR})", "after "),
        (r"<3+(?! ?[ap:\d])", " "),
        (r"< ?(?=noon|\d{1,2} ?[ap]m|1[0-2]\b)", "before "),
        (rf"\bonce it'?s (?={_HOUR})", "after "),
        (r"\bnot any (earlier|later) th[ae]n\b", r"no \1 than"),
        (r"\b(later|earlier) then (?=\d|noon)", r"\1 than "),
        (rf"\b(?:at the )?earliest (?={_HOUR}{_ENDS})", "no earlier than "),
        (rf"(?<!\d )\b(?:at the )?latest (?={_HOUR}{_ENDS})", "no later than "),
        (r"(\d|noon) or so or later\b", r"\1 or later"),
        (
            (
                r"\b(?:the )?(?:kids?|boys|girls) (?:comes?|gets?) home(?: from school)? at "
                rf"(?={_HOUR},? so (?:before|after))"
            ),
            "but my kids get out at ",
        ),
        (r"\b(i|we) (?:fly|drive|head|ship) out (?=on|tomorrow|the \d|[a-z]{3,9}day|[a-z]{3,4} \d)", r"\1 leave "),
        (rf"\bhome again (?=on|tomorrow|the \d|(?:{WEEKDAYS})\b|{MONTHS} \d)", "back "),
        (rf"\b(?:my )?[a-z]+ (?:needs|has|is using|uses) the (?:car|truck|van) (?:un)?till? (?={_HOUR})", "busy til "),
        (
            rf"\bi get off(?: work)? at ({_HOUR}) on ({WEEKDAYS})s?,? so \2s? after (?:that|then)\b",
            r"\2 after \1",
        ),
        # In Spanish.
        (rf"^desde (?={_UN_DIA}\s*(?:$|[.,!]))", "a partir de "),
        (rf"\b({_UN_DIA}) desde (?=las? \d)", r"\1 a partir de "),
        (rf"\brecien (?={_UN_DIA}\b)", "a partir de "),
        (rf"\b(?:a )?lo mas pronto (?:es |seria )?(?={_UN_DIA}\b)", "a partir de "),
        (rf"\b(?:para )?({_UN_DIA}),? a mas tardar\b", r"a mas tardar \1"),
        (
            rf"\b{_ME_VOY} ({_UN_DIA}),? asi que (?:tiene que ser )?antes\b",
            r"antes de \1",
        ),
        (
            rf"\b{_ME_VOY} (el \d{{1,2}}(?: de [a-z]+)?)(?=\s*(?:$|[.,!]))",
            r"antes de \1",
        ),
        (rf"\bno mas temprano (?:de|que) (?={_HORA})", "no antes de "),
        (r"\bcomo a partir de\b", "a partir de"),
        (rf"\b(?:regreso|vuelvo)(?: a (?:la )?casa)? a (?={_HORA})", "llego a casa a "),
        (rf"\b{_MINE} (?:llega|regresa)(?: a (?:la )?casa)? a (?={_HORA})", "llego a casa a "),
        (rf"\b(?:acabo|me desocupo)(?: de trabajar)? a (?={_HORA})", "salgo a "),
        (rf"\b(?:abrimos|me levanto|me despierto) a (?={_HORA})", "no antes de "),
        (rf"\bcerramos a (?={_HORA})", "nada despues de "),
        (rf"\b{_STARTS} a (?={_HORA})", "entro a trabajar a "),
        (rf"\b{_KIDS} (a {_HORA},? asi que antes)", r"tengo que salir \1"),
        (rf"\btodo menos {_A_TIME}", "cualquier hora menos "),
        (rf"\bevitar {_A_TIME}", "no "),
        (rf"\b((?:antes|despues) de {_HORA}) no (?:puedo|podemos) (?=el |los |manana)", r"no puedo \1 "),
        (rf"\bpero no (?:puedo|podemos) (antes|despues) de (?={_HORA})", r"pero no \1 de "),
        (rf"\bde (1[3-9]|2[01]) a (1[4-9]|2[0-3])\b(?!:| de {MONTHS})", r"de \1:00 a \2:00"),
        (rf"\bde (\d{{1,2}}) a (1[3-9]|2[0-2])\b(?!:| de {MONTHS})", r"de \1 a \2:00"),
        (r"\bme late\b", "me queda bien"),
    )
)
"""What is said, and how the grammar knows it."""
