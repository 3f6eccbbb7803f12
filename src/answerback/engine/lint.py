"""What one wording may not say: orders to reply STOP, links, offers, prices and claims that no record backs.

Each function looks at one text and names the words it objects to. Patterns are English and Spanish and see the text
without capitals and accents. Never here: where a wording stands in a playbook (`engine.proof` knows that).
"""

import functools
import re
import unicodedata

RESERVED = frozenset(
    {"stop", "stopall", "stop all", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "opt out", "start"}
    | {"unstop", "help", "info", "cancelar", "alto", "parar", "fin", "baja"}
)
"""Words that phone companies, or we ourselves, read as an order about texting. Source: Twilio, Telnyx and AWS lists."""

SHORTENERS = frozenset(
    {"bit.ly", "tinyurl.com", "goo.gl", "t.co", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly", "shorturl.at"}
    | {"rb.gy", "t.ly", "lnkd.in", "tiny.cc", "bl.ink", "s.id", "v.gd", "soo.gd", "short.io", "clck.ru"}
)

_ORDER = re.compile(
    r"\b(?:reply|text|send|answer|type|respond|write|responda|envie|mande|escriba|conteste|ponga|teclee)\b"
    r"(?:\s+(?:back|us|with|the|word|con|la|palabra))*\s*[\"'(]*"
    r"(stop(?:all)?|cancel(?:ar)?|end|quit|unsubscribe|revoke|opt ?out|alto|parar|fin|baja)\b[\"')]*"
)
_SHOUTED = re.compile(r"\b(STOP|CANCEL|CANCELAR|END|QUIT|UNSUBSCRIBE|REVOKE)\b[\"')]*(?=\s+(?:to|para)\b)")
_NOTICE = re.compile(
    r"\s*(?:to (?:opt out|unsubscribe|(?:stop|end) (?:all |these |the )?(?:texts|messages|texting))"
    r"|para (?:no recibir|dejar de recibir|ya no recibir|salir)|if you (?:do not|don't|no longer|would rather not))"
)
_LINK = re.compile(
    r"https?://\S+|\bwww\.\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|ly|gl|co|me|us|info|biz|app|link|site|page|gy|gd|cc|at|in|ru"
    r"|ink|id)\b(?:/\S*)?"
)
_OFFER = re.compile(
    r"\d+ ?%|\bdiscounts?\b|\bcoupons?\b|\bpromo(?:s|tions?|ciones|cion)?\b|\bspecial offers?\b|\blimited[ -]time\b"
    r"|(?<!feel )(?<!toll[- ])(?<!you )\bfree\b(?! to\b)|\bno charge\b|\bcheap(?:er|est)?\b|\baffordable\b"
    r"|\b(?:best|low|lowest|great) (?:price|prices|rates?|deals?)\b|\bspecial deal\b|\bon sale\b|\bsave (?:\$"
    r"|money|big|up)"
    r"|\bact now\b|\bhurry\b|\bdon't miss\b|#1\b|\bnumber one\b|\bbest in\b"
    r"|\bdescuentos?\b|\bofertas?\b|\bgratis\b|\bgratuit[oa]s?\b|\bsin (?:costo|cargo)\b|\bcupon(?:es)?\b"
    r"|\bbarat[oa]s?\b"
    r"|\beconomic[oa]s?\b|\bahorr[ea]\b|\bmejor precio\b|\bprecios? bajos?\b|\brebajas?\b|\baproveche\b"
    r"|\btiempo limitado\b"
)
_AMOUNT = re.compile(r"\$ ?\d[\d,.]*\d|\$ ?\d|\b\d[\d,.]* ?(?:dollars|dolares|usd|bucks)\b")
_ARRIVAL = re.compile(
    r"\bon (?:our|my|the|his|her|their) way\b|\b(?:we|he|she|they|someone|somebody|(?:a|our|the) [\w-]+)(?:'ll"
    r"| will) be"
    r" (?:there|over|right over|right there|with you|at your)\b|\bwill (?:arrive|come (?:out|by|over)|show up)\b"
    r"|\b(?:headed|heading) (?:to you|your way|over)\b|\bdispatch(?:ed|ing)\b|\b(?:are|is|am) sending (?:a|an"
    r"|our|someone)\b"
    r"|\bsee you (?:at|on|in|soon|tomorrow|today|then|there)\b|\ben camino\b|\bvamos para alla\b|\bya vamos\b"
    r"|\b(?<!no )(?:llegaremos|llegamos|llegara|llegaran|estaremos (?:ahi|alli|alla|con usted))\b|\bnos vemos\b"
    r"|\benviamos (?:a un|a una|un|una)\b"
)
_BOOKING = re.compile(
    r"\b(?:you are|you're|your [\w-]+ is) (?:all set|booked|scheduled|confirmed|reserved|cancelled|canceled"
    r"|called off)\b"
    r"|\bwe(?:'ve| have)? (?:booked|scheduled|reserved|cancelled|canceled)\b|\bis (?:now )?(?:booked|confirmed)\b"
    r"|\bsu (?:cita|visita)\b[^.?!]*\b(?:es|esta|queda)\b|\bqued[ao](?:mos)? (?:agendad|confirmad|reservad"
    r"|cancelad)[oa]s?\b"
    r"|\bya tiene (?:una )?cita\b"
)
_CALLBACK = re.compile(
    r"\b(?:will|'ll|going to) (?:call|phone|ring)\b|\bexpect (?:a|our) call\b|\bgive you a call\b"
    r"|\b(?:va|vamos|van) a llamar|\ble (?:llamaremos|llamara|llamaran|llamamos)\b"
)
_ALERTING = re.compile(
    r"\b(?:are|is|am|have|has|being|been) (?:now |just |already |been )?"
    r"(?:alert|notify|notifi|page|pag|wak|woke)(?:ing|ed|d|n)\b"
    r"|\b(?:will|'ll|going to) (?:alert|notify|page|wake)\b|\bcalling in\b"
    r"|\b(?:estamos|esta|estan|hemos|ha|han|sido) (?:sido )?(?:avisa|alerta|notifica)(?:ndo|d[oa]s?)\b"
    r"|\b(?:avisaremos|alertaremos|avisamos|(?:vamos|va|van) a (?:avisar|alertar))\b"
)
_PERSON = re.compile(
    r"\b(?:person|someone|somebody|colleague|team)\b[^.?!]*\b(?:will|'ll) (?:read|answer|reply|respond|get back"
    r"|text)\b"
    r"|\b(?:are|is) (?:alerting|waking|notifying|paging|calling in)\b"
    r"|\b(?:persona|alguien|equipo)\b[^.?!]*\bva a (?:leer|contestar|responder|escribir)|\bestamos avisando\b"
)
_MINUTES = re.compile(
    r"\b(?:within|in|under|en|dentro de|en menos de) (?:the next |los proximos )?"
    r"(\d+|an?|un[ao]?|one|two|a few) ?(?:min(?:ute|uto)?s?|hours?|horas?|hrs?)\b"
)
_CASE_FACTS = re.compile(
    r"\bwhat happened\b|\b(?:tell|share with|text|send) us (?:more |everything |all )?(?:about|the (?:facts"
    r"|details|story)|what)\b"
    r"|\b(?:describe|explain|details? (?:of|about)|facts (?:of|about)) (?:your|the) (?:case|situation|accident"
    r"|incident|matter)\b"
    r"|\bque (?:paso|le paso|sucedio|ocurrio)\b|\b(?:describa|explique|cuentenos|digame|platiquenos)\b[^.?!]*"
    r"\b(?:caso|accidente|situacion|hechos|paso|sucedio)\b"
)
_NO_RELATIONSHIP = re.compile(
    r"\b(?:no|not|without|creates? no|makes? no)\b[^.?!]*\battorney-client\b|\bno\b[^.?!]*\bcliente\b"
)
_TREATMENT = re.compile(
    r"\b(?:botox|dysport|juvederm|fillers?|laser|chemical peels?|microneedling|hydrafacial|liposuction"
    r"|implants?|root canals?"
    r"|crowns?|fillings?|extractions?|whitening|braces|invisalign|aligners?|veneers?|dentures?|cavit(?:y|ies)"
    r"|teeth cleaning"
    r"|abortion|std|sti|hiv|ketamine|semaglutide|ozempic|weight loss|injections?|hair removal|biopsy|ultrasound"
    r"|vasectomy"
    r"|rellenos?|depilacion|limpieza(?: dental)?|blanqueamiento|endodoncia|muelas?|coronas?|empastes?"
    r"|ortodoncia|frenillos"
    r"|carillas?|dentaduras?|caries|inyeccion(?:es)?|bajar de peso|aborto|biopsia)\b"
)
_BLANK = re.compile(r"\{([^{}]*)\}")


@functools.lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """The text in lower case, without accents and with straight quotes, as the patterns see it."""
    straight = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return "".join(c for c in unicodedata.normalize("NFD", straight.lower()) if not unicodedata.combining(c))


@functools.lru_cache(maxsize=4096)
def unfit(text: str, *, unasked: bool = False) -> str | None:
    """Why this text must not leave as it is, in one sentence; None when it may.

    The last look, at the words as they would leave. `unasked` is for a text nobody asked for: it may not advertise.
    """
    if left := [name for name in blanks(text) if name not in {"link", "video"}]:
        return f"The blank {left[0]} was not filled in."
    for link in links(text):
        if is_shortened(link):
            return f"It holds the public link shortener {link}, which carriers block."
        if link.startswith("http://"):
            return f"It holds the unprotected address {link}; use https."
    if words := orders_to_stop(text):
        return f"It asks people to reply {words[0]}, which phone companies read as an order about texting."
    if unasked and (words := offers(text)):
        return f"It advertises ({words[0]}), and nobody agreed to that."
    return None


def orders_to_stop(text: str) -> tuple[str, ...]:
    """Reserved words this text asks people to reply, other than the plain notice how to opt out."""
    found = [m for pattern, seen in ((_ORDER, plain(text)), (_SHOUTED, text)) for m in pattern.finditer(seen)]
    return tuple(
        dict.fromkeys(
            m.group(1).upper()
            for m in found
            if m.group(1).lower() != "stop" or not _NOTICE.match(plain(m.string[m.end() :]))
        )
    )


def has_opt_out_notice(text: str) -> bool:
    """Does the text say that STOP ends the texts?"""
    return any(
        m.group(1) == "stop" and _NOTICE.match(m.string[m.end() :]) is not None for m in _ORDER.finditer(plain(text))
    )


def links(text: str) -> tuple[str, ...]:
    """Every web address written out in this text."""
    return tuple(match.group().rstrip(".,;!?") for match in _LINK.finditer(text.lower()))


def is_shortened(link: str) -> bool:
    """Is this the address of a public link shortener, which carriers block?"""
    return re.sub(r"^https?://", "", link).removeprefix("www.").split("/")[0] in SHORTENERS


def questions(text: str) -> int:
    """How many questions the text asks."""
    return len(re.findall(r"\?+", text))


def offers(text: str) -> tuple[str, ...]:
    """Words that turn an answer into advertising."""
    return _found(_OFFER, text)


def amounts(text: str) -> tuple[str, ...]:
    """Sums of money named in this text."""
    return _found(_AMOUNT, text)


def arrivals(text: str) -> tuple[str, ...]:
    """Words that claim somebody is coming."""
    return _found(_ARRIVAL, text)


def bookings(text: str) -> tuple[str, ...]:
    """Words that claim an appointment stands, was moved or was called off."""
    return _found(_BOOKING, text)


def callbacks(text: str) -> tuple[str, ...]:
    """Words that promise a phone call."""
    return _found(_CALLBACK, text)


def people_at_work(text: str) -> tuple[str, ...]:
    """Words that promise that a person reads, answers or is being alerted."""
    return _found(_PERSON, text)


def says_alerting(sentence: str) -> bool:
    """Does this sentence say that somebody of the business is being alerted?"""
    return _ALERTING.search(plain(sentence)) is not None


def deadlines(text: str) -> tuple[str, ...]:
    """Words that promise how soon something happens."""
    return _found(_MINUTES, text)


def case_facts(text: str) -> tuple[str, ...]:
    """Words that ask for the facts of a legal matter; a sentence that asks *not* to send them is fine."""
    parts = re.split(r"(?<=[.?!;:])\s+", plain(text))
    asked = [part for part in parts if not re.search(r"\b(?:do not|don't|no)\b", part)]
    return tuple(match.group() for part in asked for match in _CASE_FACTS.finditer(part))


def denies_relationship(text: str) -> bool:
    """Does the text say that nobody is a client of the firm yet?"""
    return _NO_RELATIONSHIP.search(plain(text)) is not None


def treatments(text: str, names: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Treatments named in this text, by a list of common ones and by the clinic's own `names`."""
    seen = plain(text)
    own = tuple(name for name in sorted(names) if re.search(rf"\b{re.escape(plain(name))}\b", seen))
    return tuple(dict.fromkeys(_found(_TREATMENT, text) + own))


def blanks(text: str) -> tuple[str, ...]:
    """The names of the blanks in this text, each once."""
    return tuple(dict.fromkeys(_BLANK.findall(text)))


def has_loose_brace(text: str) -> bool:
    """Is there a brace in this text that belongs to no blank?"""
    return any(brace in _BLANK.sub("", text) for brace in "{}")


def _found(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.group().strip() for match in pattern.finditer(plain(text))))
