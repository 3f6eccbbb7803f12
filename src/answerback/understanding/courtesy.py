"""What a text tells beside its polite wish: "the stove smells of gas, can someone come friday".

A danger told calmly beside a wish for a day sounds like any booking. Without the wish it is judged by itself, and may
only add to what was heard. It must never take away what says that nothing is wrong.
"""

import re

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
