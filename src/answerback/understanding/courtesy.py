"""What a text tells beside its polite wish: "the stove smells of gas, can someone come friday".

A danger told calmly beside a wish for a day sounds like any booking. Without the wish it is judged by itself, and may
only add to what was heard. It must never take away what says that nothing is wrong.
"""

import re

from answerback.understanding.names import is_said, unsigned

_DAY = (
    r"(?:today|tonight|tomorrow|tmrw|tmw|(?:this|next) (?:week|weekend|month)|weekend|weekday|whenever|anytime"
    r"|mon|tues?|wed|thurs?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|hoy|ma[nñ]ana|semana|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)"
)
_COME = r"(?:come|fit|see|send|stop|swing|get|schedule|book|look|make|squeeze|pencil|be seen|work|pop|drop|take|help)"
_WHO = r"someone|somebody|anyone|you|u|yall|ya|i|we|your \w+"
_OPENING = r"(?:openings?|availability|room|slots?|spots?|time|appts?|appointments?|techs?|anything)"

_WISH = re.compile(
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|hola|buen[oa]s \w+)(?: there)?"
    r"|(?:thanks?(?: (?:you|u|so much))?|thx|please|pls|plz|gracias|por favor)"
    r"|whenever (?:you|u|it|works|suits)\b.{0,40}"
    rf"|(?:and |so |but )?(?:can|could|would|will) (?:{_WHO})\b.{{0,30}}\b{_COME}\b.*"
    rf"|(?:and |so )?(?:do|would|is|are|got)\b.{{0,30}}\b(?:{_OPENING}|{_DAY}|ok|okay|possible|open|free)\b.{{0,30}}"
    rf"|any(?:thing)?\b.{{0,20}}\b(?:{_OPENING}|{_DAY}|free|chance)\b.{{0,30}}"
    r"|(?:what'?s?|when'?s?)\b.{0,20}\b(?:your|ur|next|first|earliest|soonest|charge|rate|price|opening|availability)\b.*"
    r"|how (?:much|soon|long)\b.*|when can\b.*|what do you charge.*|price for\b.*"
    r"|(?:appt|appointment|book|schedule|put me down|pencil|need an? (?:appt|appointment))\b.*"
    rf"|(?:[\w']+ ){{0,4}}{_DAY}(?: [\w']+){{0,4}}"
    r"|(?:me|le)? ?(?:pueden?|podr[ií]a[ns]?|podr[ií]amos|puedo|tienen?|hay)\b.*"
    r"|(?:cu[aá]ndo|cu[aá]nto|qu[eé] d[ií]a|citas?|una cita)\b.*",
    re.IGNORECASE,
)
"""A clause that wishes for a time, greets, thanks, or asks what it costs, and tells of nothing."""

_CLAUSES = re.compile(
    r"(?<=[.,?!;\n])\s+|\s+-+\s+"
    rf"|\s+(?=(?:can|could) (?:some|you|u|y)|do you have|any {_OPENING}|what'?s your|when can|how soon|would you)",
    re.IGNORECASE,
)


def without_courtesy(text: str) -> str | None:
    """The text without the clauses that only wish, greet or thank; None where it has none, or nothing else."""
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip()]
    told = [clause for clause in clauses if not _WISH.fullmatch(clause.strip(" .,?!;-¿¡\n"))]
    return " ".join(told) if 0 < len(told) < len(clauses) else None


_OPENS = re.compile(
    r"(?:(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)"
    r"|(?:hola,? )?buen[oa]s(?: (?:d[ií]as|tardes|noches))?|hola)(?: there| guys| all| everyone| team| yall)?"
    r"|sorry,? (?:just saw this|im late|i missed (?:your|ur|the) (?:call|text)"
    r"|(?:for|to) (?:bother(?:ing)?|bug(?:ging)?|writ(?:e|ing)|text(?:ing)?"
    r"|the (?:late|slow|delayed) (?:reply|response|answer|text))"
    r"(?: (?:you|u|yall|guys|again|so late|this late|at this hour|on a (?:sunday|weekend|holiday)))*)"
    r"|(?:disculpe|perd[oó]n)(?: la molestia| que l[aeo]s? moleste)?"
    r"|hope (?:you(?:'?re| are| r)?|u(?: r)?|all is|everyone is|everything is|y'?all(?: are)?) "
    r"(?:doing |having |had |all )?(?:a |an )?(?:well|good|great|fine|nice|wonderful)"
    r"(?: (?:day|week|weekend|thanksgiving|holidays?|evening|morning))?"
    r"|espero que est[eé][ns]? (?:muy )?bien|to whom it may concern"
    r"|(?:hi,? |hello,? |hey,? )?(?:this is|my name is|soy|habla) "
    r"(?-i:(?P<name>[A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+)?)))"
    r"(?:\s*[.!,\n]+\s*|\s+[-–—]\s+)(?=\S)",
    re.IGNORECASE,
)
_A_NUMBER = r"\+?[\d() .-]{7,17}"
_BEGINS = r"(?:^|(?<=[\s.,!?;]))"
_ENDS = r"[\s.,!]*$"
_THANKS = re.compile(
    rf"{_BEGINS}(?<!\bno )(?<!\bok )(?<!\bnah )(?:thanks|thank you|thx|ty|tysm|gracias|muchas gracias|much appreciated)"
    r"(?: (?:so much|very much|again|in advance|de antemano|kindly|mil|you))*"
    r"(?: (?:for|por) (?:all )?(?:your|the|ur|su|everything|todo)"
    rf"(?: (?:help|time|patience|ayuda|tiempo|atenci[oó]n))?)?{_ENDS}",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    rf"{_BEGINS}(?:(?:have|enjoy) an? (?:\w+ )?(?:blessed|great|good|nice|wonderful|lovely|beautiful)"
    r" (?:day|one|night|evening|weekend|week)"
    r"|que (?:tenga|pase)n? (?:un )?(?:buen|bonito|lindo|excelente) (?:d[ií]a|fin de semana)"
    r"|(?:que )?dios (?:lo|la|los|les) bendiga|god bless(?: you| y'?all)?|bendiciones|take care|talk soon"
    r"|(?:best|kind) regards|saludos(?: cordiales)?|sent from my \w+(?: \w+)?|get outlook for \w+|enviado desde mi \w+"
    r"|(?:my (?:cell|phone|number|#|cell number|phone number)(?: is|:)|mi (?:n[uú]mero|tel[eé]fono|cel) es)"
    rf" {_A_NUMBER}|[\U0001f64f\u263a\U0001f60a\U0001f642]+){_ENDS}",
    re.IGNORECASE,
)
_LAUGHS = re.compile(
    r"(?<=\w)[\s.,!?]+(?:l+o+l+|lmf?ao|rofl|(?:ha){2,}h?|(?:he){2,}|a?(?:ja){2,}j?|(?:je){2,}"
    r"|[\U0001f602\U0001f923\U0001f605\U0001f606]+)[\s.!\U0001f602\U0001f923\U0001f605\U0001f606]*$",
    re.IGNORECASE,
)
_MOST = 4
"""Courtesies that are taken off."""
_LEAST_LEFT = 2
"""Words before a thank-you that no mark parts from them: "no thanks" is more than a courtesy."""


def core(text: str) -> str:
    """What a text says without how it opens and closes: greetings, thanks, blessings, a signature, the writer's number.

    It is the text itself where it is nothing else.
    """
    kept = unsigned(text.strip())
    for _ in range(_MOST):
        thankless = _THANKS.sub("", kept).strip()
        parted = len(thankless.split()) >= _LEAST_LEFT or thankless.endswith((".", "!", ","))
        opened = _OPENS.match(kept)
        if opened and is_said(opened["name"] or ""):
            opened = None  # "This is Urgent. Come now"
        cuts = (_CLOSES.sub("", kept).strip(), thankless if parted else "", kept[opened.end() :] if opened else "")
        kept = next((each for each in cuts if each and each != kept), kept)
    return kept or text


def without_laugh(text: str) -> str | None:
    """The text without the "lol" it ends in; None where it ends in none.

    Only a stop may be heard without it: of what sounds like a danger, a laugh tells that it is none.
    """
    earnest = _LAUGHS.sub("", text)
    return earnest if earnest != text else None
