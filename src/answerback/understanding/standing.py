"""What a text says of the appointment that stands: "I can't make it", "no voy a poder", "tomorrow won't work, Friday?".

Only asked where one stands: without it the same words are about the work ("I can't make it stop"). Never here: a stop,
a danger or a complaint, which are read as they always are.
"""

from answerback.engine.reading import Intent
from answerback.engine.times import Times
from answerback.understanding.heard import Heard
from answerback.understanding.phrases import Lexicon

_WHEN = "(today|tomorrow|tonight|anymore|then|either|sorry|unfortunately|now|after|because|this|on|at|to|for)"
_CUANDO = "(hoy|manana|ese|este|esta|el|la|ya|a|porque|al|por|en)"

_SAYS = Lexicon(
    {
        "gives_up": (
            "cant|cannot|wont|couldnt make it $",
            f"cant|cannot|wont|couldnt make it {_WHEN}",
            "cant|cannot|wont make (the|my|our|that|this) appointment|appt|visit|time|slot",
            "cant|cannot|wont come $",
            f"cant|cannot|wont come {_WHEN}",
            "cant|cannot do it anymore|today|tomorrow",
            "(wont|not|unable) .. (be able|able|going|gonna)? to make it $",
            f"(wont|not|unable) .. (be able|able|going|gonna)? to make it {_WHEN}",
            "(not|isnt|aint) (going to|gonna) make it $",
            "(wont|not) be able to (come|do it) $",
            "no (voy|boy|vamos|bamos) a poder $",
            "no (voy|boy|vamos|bamos) a poder (ir|llegar|asistir|estar|venir|recibirlos|atenderlos)",
            f"no (voy|boy|vamos|bamos) a poder {_CUANDO}",
            "no (puedo|podre|podemos|podremos) (ir|llegar|asistir|venir) $",
            f"no (puedo|podre|podemos|podremos) (ir|llegar|asistir|venir) {_CUANDO}",
            "ya no (puedo|podre|podemos|podremos) $",
            "ya no (puedo|podre|podemos|podremos) (ir|hoy|manana|el|ese|asistir|estar)",
            "no longer need (you|u|it|this|anyone|anybody) (guys|folks|all)? $",
            "no me (va a ser|es|sera) posible",
            "cansel* (la|mi|nuestra|esa) cita",
        ),
        "somebody_else": (
            "(wife|husband|son|daughter|mom|mother|dad|father|roommate|neighbor|tenant) .. (will|can|is)",
            "(somebody|someone) .. (will|can|is)",
            "(esposa|esposo|hijo|hija|mama|papa|vecino|vecina|alguien) .. (esta|estara|va|puede|les|le)",
            "let you|him|them|her in",
        ),
        "needs_nothing": (
            "(dont|doesnt|wont|no longer) need (it|you|u|this|anyone|anybody|the|your|a)",
            "no longer needed",
            "ya no (lo|la|los|las|se)? (necesito|necesitamos|ocupo|ocupamos|necesita|requiero)",
            "ya no (me|nos)? (hace|hacen) falta",
        ),
        "does_not_suit": (
            "(wont|doesnt|dont|isnt going to|not going to) work",
            "(cant|cannot|wont) .. (make|do|come)",
            "no (me|nos) (queda|sirve|conviene)",
            "ya no (puedo|podre|podemos)",
        ),
    }
)
"""Phrases as `phrases` reads them."""

_STAYS: frozenset[Intent] = frozenset(
    {"opt_out", "complaint", "wrong_number", "vendor", "job_seeker", "callback", "help"}
)


def about_it(heard: Heard, times: Times, intent: Intent) -> Intent:
    """What it wants of an appointment that stands: to give it up, another time, or what was read already."""
    if intent in _STAYS:
        return intent
    said = _SAYS.scan(heard.words)
    asks_for_another = bool(times.wanted) and heard.plain.asks
    if asks_for_another and (intent == "cancel" or "does_not_suit" in said or "gives_up" in said):
        return "reschedule"
    if intent == "reschedule":
        return intent
    if "somebody_else" in said:
        return intent
    if "gives_up" in said or (intent == "decline" and "needs_nothing" in said):
        return "cancel"
    return intent
