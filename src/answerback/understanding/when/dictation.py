"""What a phone writes, spelled as the grammar reads it: dictated marks, notations, short forms, what a day is called.

"To PM", "3 p.m.", "8a-10a", "11.06.26", "friday question mark", "not next week, the week after". It must never decide
whether a time is meant.
"""

import re
from collections.abc import Callable

from answerback.understanding.when.called_by import IN_ORDER
from answerback.understanding.when.spanish_forms import in_spanish
from answerback.understanding.when.wordings import put


def dictation(folded: str) -> str:
    """What a phone writes when somebody speaks: "to PM", "for o'clock", "3 p.m."."""
    folded = in_spanish(folded)
    folded = _SIGNED.sub(r"\1", _BE_DONE.sub(r"\1by ", _GRACIAS.sub("thanksgiving", folded)))
    folded = _RANKED.sub(", ", _spoken_marks(put(folded, _SHORT_FORMS)))
    for pattern, days_named in _LETTERED:
        folded = pattern.sub(days_named, folded)
    folded = _PRINCIPIOS.sub("early ", _WILL_TELL.sub("ill let you know", folded))
    folded = _LETS.sub(", how about ", _OTHER.sub(r"\1 siguiente", folded))
    folded = _RESPELLED.sub(lambda match: _RIGHT[match.lastgroup or ""](match), folded)
    folded = re.sub(r"(?:\b|(?<=\d))([ap])\.\s?m\b\.?", r"\1m ", folded)
    folded = _noted(folded)
    folded = re.sub(r"\b(\d{1,2}) (?=(?:st|nd|rd|th)\b(?! \w+ (?:st|ave|rd)\b))", r"\1", folded)
    folded = put(folded, _SPOKEN)
    folded = re.sub(r"(\d)\s*(?:o'?clock|oclock)", r"\1 oclock", folded)
    folded = _BEFORE_IT.sub(r"\1 ", _AFTER_WORK.sub(lambda match: _REACHES.get(match[1], match[1]) + " ", folded))
    folded = _TILL_IT.sub(lambda match: _REACHES.get(match.group(1), match.group(1)) + " ", folded)
    folded = _FIRST_OF.sub("beginning of ", folded)
    folded = _named(folded)
    folded = _NEXT_ONE.sub(r"\1 \2\3 next \2", folded)
    folded = _THE_DATE.sub(r"\1 del \2th", folded)
    folded = folded.replace("ultima semana de ", "last week of ")
    folded = _YEARS_END.sub("by december 31st", folded)
    folded = put(folded, _MEANT)
    folded = _TWO.sub(lambda match: _TO[match.group(1)[0]], folded)
    folded = re.sub(r"(?<=\d)(?=(?:am|pm|a|p|ish|hrs?|h|min|mins|o)\b)", " ", folded)
    folded = _TODAYS.sub(lambda match: f"{match[1] or match[2]} is", _DAY_IS.sub(r"\1 is", folded))
    folded = re.sub(r"\b(\w+day|manana|tomorrow|today|tonight)'s\b", r"\1 s", folded)
    folded = _PLUS.sub(" and ", folded)
    return re.sub(r"\bb/[wt]\b", " between ", folded)


_BE_DONE = re.compile(r"(^|[.,!] )done by (?=(?:\d|noon)[\w: ]*,? (?:please|pls|plz)\b)")
""" "Done by noon please": the work, and not they."""
_GRACIAS = re.compile(r"\b(?:dia de )?accion de gracias\b|\bdia de gracias\b")
""" "Después del día de gracias" is a feast, and nobody is thanked."""
_SIGNED = re.compile(
    r"(?<=\w)[\s,.!]*(\??)[\s,.!]*\b(?:(?:thanks|thank you|thx|ty|tysm|lol|haha|pls|plz|please|gracias|porfa|por favor"
    r"|let me know)(?: so much| very much| again)?[\s,.!]*(?!\w))+$"
)
"""What closes a text: "thanks!", "lol", "let me know", "thank you so much"."""
_DAY_NOT = (
    r"(?:the |el |los |on )?(?:lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|[a-z]+days?)"
    r" no(?: puedo| good| way)?\s*(?:$|[.,;!\n])"
)
"""A day and that it is refused: what stands before it is not, where it is wished for by name or alone."""

_SHORT_DAYS = r"mon|tues?|weds?|thur?s?|fri|sat|sun"
_GOES_ON = (
    r"at|the|or|and|morning|mornings|afternoon|afternoons|eve|evening|night|noon|between|after|before|around|about|from|any"
    r"|works?|is|are|through|thru|to|week|onward|onwards|forward|on(?! (?:\w+day|mon|tue|wed|thu|fri|sat|sun|the)\b)"
    r"|until|till|yes|sure|if|right|preferred|next|this|of|one|am|pm|anytime|all|would"
)
"""What shows that the point behind "mon." ends no sentence."""

_SHORT_FORMS = tuple(
    (re.compile(pattern), whole)
    for pattern, whole in (
        (r"(?<!as)(?<!if)(?<!not)(?<!when)(?<!be) possible(?=[\s?.!]*$)", " works"),
        (r"\bd (?=(?:las?|los|el|l)\b)", "de "),
        (r"\bdl (?=\d|\w+es\b)", "del "),
        (r"\bm(?:nn|nna|nana|aniana|anyana)\b", "manana"),
        (r"\bd(?:sp|ps|esp|spues|spus)\b", "despues"),
        (r"(day|tomorrow|today|th) (?:bout|abt) (?=\d)", r"\1 around "),
        (r"(day|tomorrow|today|th|any\s?time) (?:post|past) (?=\d)", r"\1 after "),
        (r"\b4th of july (?=w(?:eek)?e?nd\b|week\b)", "independence day "),
        (r"\bweek ([1-4]) of (?=[a-z])", r"\1th week of "),
        (
            r"\b(?:tmrw|tmr|tmw|tomoro|tomorow)'?s (?=good|fine|ok|great|bad|no|out|best|better|perfect|the|free|open)",
            "tomorrow is ",
        ),
        (
            r"(?<=[a-z\d])[\s,.]*\bif (?:that|it)(?:'?s)? (?:works?|ok(?:ay)?|good|fine)(?: \w+ y\w+)?[\s.!?]*$",
            "",
        ),
        (r"[\s.,]*\bsent from my (?:iphone|ipad|phone|android|galaxy|mobile)[^.\n]*$", ""),
        (rf"\b({_SHORT_DAYS}|jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.(?=$|,| (?:\d|@|&|(?:{_GOES_ON})\b))", r"\1"),
        (r"(?<!\S)@ ?(?=\d)", "at "),
        (r"(?<=\w)\s?(?:\.{2,}|…)\s?(?=\w)(?!na?h|no|wait|scratch|actually|sorry|yeah)", ", "),
        (rf"\bno to (?=(?:{_SHORT_DAYS}|tomorrow|today|the )\b|\w+day\b)", "except "),
        (rf"\byes to (?=(?:{_SHORT_DAYS}|tomorrow|today|the )\b|\w+day\b)", "yes "),
        (r"\b(twenty|thirty)-(?=(?:fir|thi)(?:st|rd)\b|second\b|(?:four|fif|six|seven|eigh|nin)th\b)", r"\1 "),
        (rf"\b(yes|si|only|solamente|solo|nomas|nada mas|unicamente) (?:and|y) (?={_DAY_NOT})", r"\1, "),
        (rf"\b(solo|solamente|only|nomas) ([^.,;\n]{{4,24}}?) (?:and|y) (?={_DAY_NOT})", r"\1 \2, "),
        (r"\b(?:1st|2nd|3rd|first|second|third) shift\b", "night shift"),
        (
            r"\b(my|his|her|our|the|day|night|swing|graveyard|double|work) shift (?=(?:is|s|goes|runs|was)\b)",
            r"\1 work ",
        ),
        (r"(\d|[ap]m|morning|noon|evening) if u (?=have any)", r"\1 if you "),
        (r"[\s,]*\bbut (?=(?:nothing|never) (?:before|until|till?|sooner|earlier)\b)", ", "),
        (r"\b(a las) (\d{1,2}) (?:horas|hrs|hs)\b", r"\1 \2:00"),
        (r"(?<![\d:])(1[3-9]|2[0-2]) (?:horas|hrs|hs)\b(?! (?:ago|later|de|mas|for|of))", r"\1:00"),
        (
            r"\buno de (?=(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)[a-z]*\b)",
            "1 de ",
        ),
        (r"\beste fin(?=$|[.,!?]| por la| en la| si| no\b)", "este fin de semana"),
        (r"\best([ae]) mism[ao] (?=semana|fin|mes|dia)", r"est\1 "),
        (r"\b(?:al|at the) very (?=(?:latest|earliest|soonest)\b)", "at the "),
        (r"\b(\d{1,2}) ?- ?(?=\d{1,2}(?:st|nd|rd|th)\b(?! (?:st|street|ave|avenue|floor)\b))", r"\1th to "),
        (r"\boy (?=(?:antes|despues|en|a|por|mismo|temprano|tarde)\b)", "hoy "),
        (r"\bhasta (?=despues de)", ""),
        (r"\b(?:right|just|justo) (?=after|despues)", ""),
        (r"(^|maybe |probably |some ?time |[,.;] ?)in the new (?:year|yr)\b", r"\1another day"),
        (
            (
                r"(?<!done )(?<!finished )(?<!back )\b(?:before (?:the )?end of|antes de fin de) "
                r"(?=(?:the |this )?(?:month|week|mes"
                r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b)"
            ),
            "by the end of ",
        ),
        (r"\b(el|del|al) dia (?:primero|1ro|1ero)\b", r"\1 1st"),
        (r"\b(an?|\d{1,2}|a couple(?: of)?|a few) (weeks?|months?) or so from now\b", r"in \1 \2 or so"),
        (
            r"\b(?:late|later) in the day,? (?=(?:like |maybe |say |so )*(?:between|from) \d)",
            "",
        ),
        (
            (
                r"\b(before|after|until|till?|by) (?:my |our |the )?[a-z]+(?: [a-z]+)?,? which is (?:on )?"
                rf"(?=the \d{{1,2}}(?:st|nd|rd|th)\b|\d{{1,2}}/\d|(?:\w+day|{_SHORT_DAYS})\b)"
            ),
            r"\1 ",
        ),
        (r"\b(antes|despues) de(?:l| la| mi| el) (?:[a-z]+ ){1,3}que es el (?=\d)", r"\1 del "),
        (
            (
                r"\b(?:my|his|her|our|the) (?:work )?(?:shift|schedule|hours) (?:just |got |was |has |have )*"
                r"(?:changed|moved|switched)\b|\bme (?:cambiaron|movieron) (?:el|de) (?:turno|horario)\b"
            ),
            " x ",
        ),
        (r"\b(?:any |the )?days? that (?:starts?|begins?) with (?:an? )?t\b", "tuesdays, thursdays"),
        (
            (
                r"\b((?:break|vacations?|trip|camp|conference|finals|vacaciones) (?:is|are|es|son) (?:from |del )?)"
                r"(?:the )?(\d{1,2}) ?(?:-|to|al) ?(1[3-9]|2\d|3[01])\b(?![:%]| ?[ap]m| \w+(?:s|day)\b)"
            ),
            r"\1the \2th to the \3th",
        ),
    )
)
"""Short forms and slips of those who text: "despues d las 2", "pasado mñn", "monday bout 10", "Tues.", "16-20th"."""


def _noted(folded: str) -> str:
    """Other notations of hours and dates."""
    folded = _MORNING.sub(r"\1 am", _MILITARY.sub(r"\1:\2", folded))
    folded = _DOTTED.sub(r"\1/\2/\3", _HOURS_H.sub(r"\1:00", folded))
    folded = re.sub(r"(?<=\d)(/\d{1,2})\s?-\s?(?=\d{1,2}/\d)", r"\1 to ", folded)
    return _HOUR_ON.sub(r"\1an hour\2 from now", _WEEK_ON.sub(r"\1 from \2", folded))


def _named(folded: str) -> str:
    """Days and weeks by what they are called beside another."""
    folded = _SCRATCHED.sub("not ", folded.replace("semana santa", "week before easter"))
    folded = _FEAST_EVE.sub("the day before thanksgiving", _COMING_WEEK.sub("next week", folded))
    return _THE_ONE_AFTER.sub(_one_after, _THE_DAY_AFTER.sub(r"\1, day after tomorrow", folded))


def _one_after(match: re.Match[str]) -> str:
    which, what = match.groups()
    return f"not {which} {what}. " + (f"next {what}" if which == "this" else f"the {what} after next")


def _spoken_marks(folded: str) -> str:
    """ "Thursday comma after three", "friday question mark": the marks of somebody who speaks."""
    if not _SPOKEN_MARK.search(folded):
        return folded
    return _SPOKEN_MARK.sub(lambda match: _MARK_OF[(match.group(1) or match.group(2)).split()[0]], folded)


_SPOKEN_MARK = re.compile(
    r"\s+(question mark|exclamation (?:mark|point)|comma|coma|signo de interrogacion|new ?line)(?=\s|$)"
    r"|(?:(?<=day)|(?<=row)|(?<=[ap]m)|(?<=morning)|(?<=evening)|(?<=noon)|(?<=night)|(?<=you)|(?<=work)|(?<=works)|(?<=please)"
    r"|(?<=thanks)|(?<=fine)|(?<=\d)|(?<=\dth)|(?<=three)|(?<=thirty)|(?<=fifteen)|(?<=noon)|(?<=morning)|(?<=clock)|(?<=please)|(?<=lunch))\s+(period)(?=\s|$)"
)
"""A "period" only behind what ends such a sentence: a day, an hour, thanks; there are others."""
_MARK_OF = {
    "question": "?",
    "signo": "?",
    "exclamation": "!",
    "comma": ",",
    "coma": ",",
    "period": ".",
} | dict.fromkeys(("new", "newline"), ".")
_RANKED = re.compile(
    r"\b(?:1st|2nd|3rd|first|second|third|primera|segunda|tercera|backup) (?:choice|pick|option|preference|opcion)\b"
    r":?(?= (?:is |would be |seria )?(?:on |el )?(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom|tom|\d))"
)
"""Ranks that choose nothing from a list of ours: "1st choice thursday, 2nd choice friday"."""
_WILL_TELL = re.compile(
    r"\b(?:(?:i|we)(?:'?ll| will|'?m gonna| am gonna| am going to| gotta| have to| need to)|let me|imm?a)"
    r" (?:[a-z']+ ){0,5}?(?:call|text|txt|ring|message|msg|email|phone|let|get back (?:to|with))"
    r" (?:you|u|ya|yall|back)\b(?: (?:guys|all|back|up|know))*"
    r"|\b(?:(?:i|we)(?:'?ll| will| should| might)|(?:should|will|might))"
    r" (?:know|find out|hear)(?: (?:more|back|for sure))*\b"
    r"|\b(?:(?:get|see|have) my (?:work )?schedule|my (?:work )?schedule (?:comes out|is (?:out|posted)|gets posted))"
    r"(?= on| (?:mon|tues|wednes|thurs|fri|satur|sun)day| tomorrow)"
    r"|\b(?:yo )?(?:le|les|te|los|las) (?:aviso|llamo|marco|escribo|confirmo|hablo)"
    r"(?= (?:manana|hoy|el|al|luego|despues|mas|en|por|lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b)"
)
"""The customer's own call or text to come: "i'll call you monday", "le aviso mañana"."""
_PRINCIPIOS = re.compile(
    r"\b(?:a |para )?(?:principios|inicios|comienzos) de (?:la )?"
    r"(?=(?:otra|proxima|siguiente) semana|semana (?:que|q|entrante|proxima))"
)
_LETS = re.compile(r"(?<=[a-z\d]) (?:so |ok )?let'?s (?:just )?(?:say|do|go (?:with|for)|try|shoot for|aim for) (?=\S)")
"""What begins a wish behind what was refused: "skip wed lets say thurs"."""
_OTHER = re.compile(r"\botro (lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b")
_LETTERED = tuple(
    (re.compile(pattern), days_named)
    for pattern, days_named in (
        (r"(?<!next )(?<!this )\bm(?:on(?:days?)?)? ?(?:-|thru|through|to) ?f(?:ri(?:days?)?)?\b", " weekdays "),
        (r"\bm ?(?:-|thru|to) ?(?:th|thurs?)\b", " mondays, tuesdays, wednesdays, thursdays "),
        (r"\bm[/, &]*w[/, &]*f\b", " mondays, wednesdays, fridays "),
        (r"\bt(?:ue?)?[/&]?th\b", " tuesdays, thursdays "),
        (r"\bm[/&]w\b", " mondays, wednesdays "),
        (r"\bl ?(?:-|a) ?v\b", " weekdays "),
    )
)

_RESPELLED = re.compile(
    r"(?P<before>\bb4\b)"
    r"|(?P<after>\baft(?= \d))"
    r"|(?P<que>\bq(?= [a-z]))"
    r"|(?P<paral>\bpa'?l\b)|(?P<para>\bpa'?(?= [a-z]))"
    r"|(?P<finde>\bfin(?= (?:que|q) (?:viene|entra)\b))"
    r"|(?P<saint>\bst\.(?= ?pat))"
    r"|(?P<every>(?<![-/])(?<!to )(?<!thru )(?<!through )"
    r"\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}(?<!s)|tues|weds|thurs)"
    r"(?= (?:mornings|afternoons|evenings|eves|nights|nites)\b))"
    r"|(?P<ranked>\b1st(?= (?:appt|appointment|slot|opening|thing)\b))"
    r"|(?P<are>\br(?= (?:bad|no|not|out|fine|good|ok|best|better|great|open|free|both|always|never)\b))"
    r"|(?P<we>\bwe'(?:d|re)\b)"
    r"|(?P<dot>\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun)\.(?=\s?\d))"
    r"|(?P<small>\b(?:tard|noch)ecita\b)"
    r"|(?P<whose>\b(?!(?:it|that|what|when|there|here|let|where|how|who)'s)[a-z]{2,}(?<!day)(?<!manana)(?<!morrow)(?<!night)'s"
    r"(?= (?:at|on|in|this|next|tomorrow|tmrw|today|tonight|el|(?:mon|tues|wednes|thurs|fri|satur|sun)day|fri|sat) ?))"
)
"""Spellings that hide what was said: "b4", "we'd" (no wednesday), "nov. 4th", "nochecita", "prom's in may"."""
_RIGHT: dict[str, Callable[[re.Match[str]], str]] = {
    "before": lambda _: "before",
    "after": lambda _: "after",
    "que": lambda _: "que",
    "paral": lambda _: "para el",
    "para": lambda _: "para",
    "finde": lambda _: "finde",
    "saint": lambda _: "st",
    "every": lambda match: next((f"{day}s" for day in IN_ORDER if day.startswith(match.group()[:3])), match.group()),
    "ranked": lambda _: "first",
    "are": lambda _: "are",
    "we": lambda match: "we would" if match.group()[-1] == "d" else "we are",
    "dot": lambda match: match.group()[:-1] + " ",
    "small": lambda match: match.group().removesuffix("cita"),
    "whose": lambda match: match.group().removesuffix("'s") + " is",
}
_SPOKEN = tuple(
    (re.compile(rf"\b(?:{words})(?=\s(?:[ap]m\b|[ap]\.m|o'?clock|thirty\b))"), number)
    for words, number in (("to|too", "2"), ("for|fore", "4"), ("won", "1"), ("ate", "8"), ("tree", "3"), ("tin", "10"))
)
_AFTER_WORK = re.compile(
    r"\b(after|once|despues de|despues|cuando|ya que|en cuanto) (?=[a-z]*(?: [a-z]+){0,5} (?:at|a las?) \d)"
    r"(?:(?:i|we|he|she|they|my|the|que|del|de|el|la|mi) )*"
    r"(?:school|work|class|practice|church|shift|salga|salgo|sale|salen|llegue|llego|termine|acabe|regrese|trabajo|escuela"
    r"|get|gets|am|im|are|is)"
    r"(?: (?:lets?|gets?|get|is|im|am|off|out|over|done|ends?|del|de|la|el|mi|trabajo|trabajar|escuela|casa|a|from"
    r"|work))*"
    r" (?:at|a las?) (?=\d)"
)
_BEFORE_IT = re.compile(
    r"\b(before|antes de|after|despues de) "
    r"(?=(?:i|we|he|she|they|que)\b|(?<=before )(?:my|our|the)\b|(?<=de )(?:mi|la|el|[a-z]+r)\b)"
    r"(?:(?!(?:at|on|before|after|(?:week|holi)?(?:end|days?)|week|month|year|mes|semana|[a-z]+(?:day|es|ado|ingo))\b"
    r"|(?:a|las?) \d)[a-z']+ ){1,7}(?:at|a las?) (?=\d)"
)
"""What stands before an hour in "before i pick up my son at 2:30", "after i drop the kids off at 8"."""
_TILL_IT = re.compile(
    r"\b(before|until|till|til|antes de que|hasta que|once|after)"
    r" (?:(?!(?:at|or|and|but|if|before|after)\b)[a-z']+ ){1,5}?"
    r"(?:lands?|leaves?|moves?(?: (?:in|out))?|arrives?|go(?:es)? back|(?:gets?|comes?|be|are|is|am|im) back"
    r"|comes? off|hits?|rolls? in|comes? in|sets? in"
    r"|vacate|closes?|fl(?:y|ies) out|(?:is|are|am|im) (?:over|done|ready)|returns?|starts?|begins?"
    r"|ends?|expires?|visits?|llegan?|regresan?)"
    r" (?:on |the |el )*(?=\d{1,2}(?:st|nd|rd|th)\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
)
"""What stands before a day in "before my in laws land on the 25th", "until the kids go back the 9th"."""
_REACHES = {
    "once": "after",
    "cuando": "despues",
    "ya que": "despues",
    "en cuanto": "despues",
    "antes de que": "before",
    "hasta que": "until",
}
_MORNING = re.compile(
    r"(?<!unit )(?<!apt )(?<!suite )(?<!ste )(?<!room )(?<!#)(?<!apartment )(?<!apto )(?<!depto )(?<!bldg )"
    r"\b(\d{1,2}(?::\d\d)?)a\b"
)
_MILITARY = re.compile(r"\b([01]\d|2[0-3])([0-5]\d)\s?(?:hrs|hours|horas)\b")
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.((?:20)?\d\d)(?![\d.]*\d)")
_HOURS_H = re.compile(r"(?<![\d:.])(1\d|2[0-3]|[89])h\b")
_HOUR_ON = re.compile(r"(^|[.,!?;] ?)hour( and a half)? from now\b")
_WEEK_ON = re.compile(r"\b(a week) on ((?:mon|tues|wednes|thurs|fri|satur|sun)day)\b")
"""Other notations: "8a-10a", "1600 hrs", "11.06.26", "15h", "hour from now", the British "a week on monday"."""
_DAY_IS = re.compile(
    r"\b(\w+day|tomorrow|today|tonight|morning|afternoon|evening|week|weekend)'s"
    r"(?= (?:a |the |no |not |too |really |so |all |my )*"
    r"(?:holiday|out|full|bad|busy|tough|hard|off|crazy|nuts|good|fine|great|best|better|ok|okay|open|free|perfect|packed|booked"
    r"|impossible|late|early|soon|worst|easiest|ideal|rough|mess)\b)"
)
_TODAYS = re.compile(
    r"\b(?:(today|tomorrow|tonight)s(?= (?:good|fine|ok|okay|bad|out|best|better|great|perfect|free|open|no|not|too)\b)"
    r"|((?:mon|tues|wednes|thurs|fri|satur|sun)day)s(?= a (?:bank |federal |school |legal )?holiday\b))"
)
""" "Todays good until 4", "mondays a holiday": written without the mark."""
_PLUS = re.compile(r"(?<=[a-z]) ?\+ ?(?=(?:mon|tue|wed|thu|fri|sat|sun)(?:s|rs|urs?|nes|r)?(?:day)?s?\b)")
_COMING_WEEK = re.compile(r"\b(?:this |the )?(?:up)?coming week\b")
_FEAST_EVE = re.compile(r"\bthanksgiving eve\b")
_SCRATCHED = re.compile(
    r"\b(?:scratch|forget) (?=(?:the |on )?(?:mon|tues?|wed|thur?s?|fri|sat|sun|\d{1,2}(?:st|nd|rd|th)))"
)
_THE_ONE_AFTER = re.compile(
    r"\bnot (this|next) (week|weekend|month),? (?:but )?(?:rather )?(?:the )?"
    r"(?:following(?: one)?|one after(?: that)?|next one"
    r"|(?:week|weekend|month) after(?: that)?|next)(?=$|[.,!?]| (?:please|works|would|is|if|for|pls)\b)"
)
_THE_DAY_AFTER = re.compile(
    r"\b(not tomorrow|tomorrow(?: is)? no(?: good)?|cant(?: do)? tomorrow),? (?:but )?(?:the )?"
    r"(?:day after|next day|following day)"
    r"(?=$|[.,!?])"
)
"""What one after another is called beside it: "not tomorrow, the day after", "not next week, the week after"."""
_FIRST_OF = re.compile(r"\bfirst (?:part )?of (?=next week|the week)")
_NEXT_ONE = re.compile(r"\b(this) (weekend|week|month)(,? (?:but |maybe )?)(?:the )?next one\b")
_THE_DATE = re.compile(r"\b(despues|antes|a partir) del (\d{1,2})\b(?! ?(?:[ap]m|de \d))")
_YEARS_END = re.compile(
    r"\b(?:before|by) (?:the )?(?:end of (?:the |this )?year|years? end|year (?:ends|is (?:out|over|up)))\b"
    r"|\bantes de que (?:se )?(?:acabe|termine) el ano\b"
)
_MEANT = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\b(and|to|thru|through) (?:the )?end of (?:the |this )?year\b", r"\1 december 31st"),
        (r"\b(free|open|off|available|home|around|flexible) all week\b(?! (?:long|next))", r"\1 this week"),
        (r"\b(?:\d{1,2}|a few|a couple|half an) ?(?:min(?:ute)?s?|hours?|hrs?) (?:late|early|behind)\b", " x "),
        (r"\b(?:llego|llegar|llegamos|llegare|voy) (?:unos |como )?(?:\d{1,2} min(?:utos|s)? )?tarde\b", " x "),
        (r"\bsame day (?=next week|the (?:following|next) week|the week after)", "same time "),
        (r"\b(best|good|fine|works?|ok|easier|better|great|perfect|appt|thx) 4(?= (?:me|us|u|you)\b)", r"\1 for"),
        (r"\b(later|earlier|sooner) then (?=\d)", r"\1 than "),
        (r"\bof (?:the )?(?:new|next) year\b", "of january"),
    )
)
"""What is written otherwise than it is meant: "free all week", "best 4 me", "no later then 5", how late they come."""
_TWO = re.compile(r"\b2(morr?o?w?|moro|mrw|mro|day|nite|night)\b")
_TO = {"m": "tomorrow", "d": "today", "n": "tonight"}
