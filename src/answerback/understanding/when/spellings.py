"""Days as they are misspelled, cut short and lettered: "tmro", "sa/su", "fri's good", "lu-ju", "mtw".

It puts the plain word in their place before anything else is read. A spelling that may be two days ("thuesday") names
both and asks. It must never take an everyday word for a day.
"""

import re
from collections.abc import Callable

from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import put

MORE: dict[str, tuple[str, ...]] = {
    "overmorrow": ("overmorrow",),
    "tomorrow": ("on the morrow", "the morrow"),
    "dow:2": ("hump day", "humpday"),
    "dows:0": ("mons",),
    "dows:4": ("fris",),
    "part:mid_afternoon": (
        *("mid afternoon", "midafternoon", "middle of the afternoon", "the middle of the afternoon"),
        *("media tarde", "a media tarde", "a mitad de la tarde", "a mitad de tarde"),
    ),
    "part:brunch": ("brunch time", "brunchtime", "around brunch", "hora del brunch"),
    "part:dinner": (
        *("suppertime", "around supper", "around suppertime", "hora de cenar", "a la hora de cenar"),
        *("dinner hour", "supper hour"),
    ),
    "part:lunch": ("lunchtimes", "lunch times", "lunch hours", "a la hora de almorzar", "hora de almorzar"),
    "part:business": (
        *("daylight hours", "in daylight hours", "during daylight hours", "in daylight", "during daylight"),
        *("in the daylight", "horas de luz", "con luz de dia", "con la luz del dia", "mientras haya luz"),
    ),
    "part:after_work": ("after the workday", "after my workday", "after my work day", "after workday"),
    "part:eod": (
        *("end of the workday", "end of the work day", "end of workday", "end of my workday", "end of my work day"),
        *("end of the business day", "end of business day", "fin de la jornada", "final de la jornada"),
        *("al final de la jornada", "al fin de la jornada"),
    ),
    "part:first_thing": (
        *("early bird slot", "early bird appointment", "early bird appt", "early bird spot", "early bird time"),
        *("the early bird slot", "early bird opening"),
    ),
    "weekdays": ("dias laborables", "dia laborable", "weekdys", "wkdys"),
    "weekends": ("los fds",),
    "except": (
        *("excl", "excludes", "not including", "with the exception of", "exceptuando", "excluyendo", "descontando"),
        *("sin incluir", "a excepcion de", "a excepcion del", "con la excepcion de"),
        *("con la excepcion del", "exepto", "exeto", "eccepto"),
    ),
    "noise": ("inclusive", "inclusively", "tom morrow here", "una de dos"),
}
"""Phrases by the kind of their token, beside those of the word list of times."""

_MEANT = {
    "monday": "mundy mondee mundee mnday mondya moday monady mondayy monnday modnay mondey",
    "tuesday": (
        "tuesaday toosday toosdee chewsday choosday tewsday tusday tuseday teusday tuesdee tuesay tusdy tuedsay tuesady"
        " tuezday tuezdy tuesdayy tuesd teusdy tuesdya tuesdey tuesdat"
    ),
    "wednesday": (
        "wedn wednes wedsday wenzday wenzdy wenzdee wenesday wedneday wedenesday wednesdee wendsay wdnesday wednesay"
        " wednedsay weddsday wedensday wednesdya wenday whensday wednsday wedsnday wedesday wensdee wedday weddy"
    ),
    "thursday": (
        "thrs thurz thurdsay thirsday thersday thusday thrusday thursdee thrsday thursdya thurstday thrsdy thurss"
        " thursd thurdsy thurzday thrusdy therzday"
    ),
    "friday": "frieday firday fridee fridya frday friyay frydy fridayy fridy fryday fridey",
    "saturday": (
        "sat'day satdy satday satruday saturdee satuday satrday sturday caturday satudray saterdy satrdy sataday"
        " saturdayy saturdya saturady saterdee"
    ),
    "sunday": "snday sundee sudnay sunady sundy sunnday sundya sundayy sunda sundey",
    "lunes": "lunez luness lunies lune",
    "martes": "martez martess maertes",
    "miercoles": "miercole miercolez mircoles miercles miecoles miercols miercolees",
    "jueves": "jueve juevez juebez guebes juev jeuves juves",
    "viernes": "vierns vierrnes bierne viernez vier viernees",
    "sabado": "sabdo sabadito sabdado",
    "domingo": "domigo domnigo dominguito dominog",
    "january": "janurary januray janaury januery jannuary",
    "february": "febuary feburary febrary febuery feberuary",
    "september": "septmber setember sepember septembr septemeber",
    "october": "ocotber ocober octobr octorber",
    "november": "novemeber novmber novembr noveber novemer",
    "december": "decemeber decmber desember decembr deciember decemer",
    "noviembre": "nobiembre noviemre novimbre",
    "diciembre": "disiembre diciembr dicimbre diziembre",
    "tomorrow": (
        "tmro tmrrw tomoz tomz tmoz 2moz tomorrah tomorra tomora tmrrow 2mor 2mora tommrow tomorrw tomorrown tomarrow"
        " tomarow tommarow tommoro tmora tomorroww tmrww tomrrow tommorw tmorro tmrwo tomorrrow tomrorow tomororw"
    ),
    "today": "tdy tody 2dy todai todayy tooday tuday taday todat",
    "tonight": "tnite tnight tonght toniht 2nt",
    "weekend": "weekened weekned wekend weeekend weekind wkened weeknd",
    "afternoon": "aft'noon aftnoon afternoo afternon aftenoon afernoon",
    "evening": "ev'ning evnin evning eveing",
    "fin de semana": "fds",
    "pasado manana": "pasadomanana pasao-manana",
}
_WHOLE = {wrong: right for right, spellings in _MEANT.items() for wrong in spellings.split()}
_WORD = re.compile(r"(?<![\w/@.'-])(?:(?:sat|aft|ev)'(?:day|noon|ning)|[a-z\d]+[a-z])(?![\w@])")

_SHORT = r"mon|tues?|weds?|thur?s?|fri|sat|sun"
_NAMES = (
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day|{_SHORT}|tomorrow|tmrw|tmr|tmw|today|tonight|weekend|wknd|nite|noon"
)
_SAID_OF = (
    r"(?:a |the |no |not |too |really |so |all |my |still |probably |def |definitely |also )*"
    r"(?:no|not|out|full|bad|busy|tough|hard|off|crazy|nuts|good|fine|great|best|better|ok|okay|open|free|perfect|packed"
    r"|booked|impossible|late|early|worst|easiest|ideal|rough|alright|cool|gonna|doable|possible|easier|wide|clear)\b"
)


def respelled(folded: str) -> str:
    """The text with each misspelled, shortened or lettered day in plain words."""
    folded = _WORD.sub(lambda match: _WHOLE.get(match[0], match[0]), folded)
    return put(folded, _PAIRS)


_LETTER = {
    **dict.fromkeys(("m", "mo", "mon"), "monday"),
    **dict.fromkeys(("t", "tu", "tue", "tues"), "tuesday"),
    **dict.fromkeys(("w", "we", "wed", "weds"), "wednesday"),
    **dict.fromkeys(("th", "thu", "thur", "thurs", "r"), "thursday"),
    **dict.fromkeys(("f", "fr", "fri"), "friday"),
    **dict.fromkeys(("sa", "sat"), "saturday"),
    **dict.fromkeys(("su", "sun"), "sunday"),
}
_LETRA = {
    **dict.fromkeys(("l", "lu", "lun"), "lunes"),
    "s": "sabado",
    **dict.fromkeys(("ma", "mar", "mart"), "martes"),
    **dict.fromkeys(("mi", "mie"), "miercoles"),
    **dict.fromkeys(("j", "ju", "jue"), "jueves"),
    **dict.fromkeys(("v", "vi", "vie"), "viernes"),
    **dict.fromkeys(("sa", "sab"), "sabado"),
    **dict.fromkeys(("do", "dom"), "domingo"),
}


def _every(match: re.Match[str]) -> str:
    """ "Sa/su", "mtw": the days of every week."""
    return " " + " and ".join(f"{_LETTER[each]}s" for each in _LETTERS.findall(match[0])) + " "


def _these(match: re.Match[str]) -> str:
    """ "Tu or th", "mi, ju o vi": each day whole, what stands between them stays."""
    letters = _LETRA if match.lastgroup == "es" else _LETTER
    return re.sub(r"[a-z]+", lambda each: letters.get(each[0], each[0]), match[0])


_DAY = (
    r"(?:the |on |el |los )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mons?|tues?|weds?|thur?s?|fris?|sats?|suns?"
    r"|lunes|martes|miercoles|jueves|viernes|sabados?|domingos?|weekends?|\d{1,2}(?:st|nd|rd|th))\b"
)
_AND = r"( and | or | ?& ?|, ?| ?/ ?)"
_FULL = {
    "tues": "tuesdays",
    "weds": "wednesdays",
    "thurs": "thursdays",
    "sat": "saturdays",
    "sun": "sundays",
}
_LETTERS = re.compile(r"th(?:ur?s?)?|tue?s?|sat?|sun?|mon?|weds?|we|fri?|[mtwrf]")
_TWO = r"(?:mo|tu|th|fr|sa|su)"
_ONE = rf"(?:{_TWO}|m|t|w|f)"
_DIA = r"(?:lun?|ma|mart?|mie?|jue?|vie?|sab?|dom?)"
_PLAIN_DIA = r"(?:lun?|jue?|vie|sab|mart|mie)"
_LINK = r"(?: ?, ?| ?& ?| or | and | n )"
_BEHIND_DIA = r"(?:manana|despues|antes|en|por|a|de|del|o|y|si|esta|puedo|me|al|mas)\b"
_ENLACE = r"(?: ?, ?| ?/ ?| o | y | u | e |, ?(?:o|y) )"
_PAIRS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"\bthu(?:e|es)s?day\b", "maybe tuesday maybe thursday, not sure which"),
        (r"\bdis (?=(?:morn|aft|eve|week|mon|tue|wed|thu|fri|sat|sun))", "this "),
        (rf"\b({_NAMES})'ll (?=\w)|\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)ll (?=\w)", r"\1\2 will "),
        (rf"\b({_NAMES})'d (?=\w)", r"\1 would "),
        (rf"(?<!the )\b(?!sun's out)({_NAMES})'s(?= {_SAID_OF})", r"\1 is"),
        (r"\bpasa(?:d?o|o) manana\b", "pasado manana"),
        (r"\b(?<!of the )(?<!of )mid ?-?week(?= (?:next|of|this)\b)", "middle of"),
        (r"\bmid ?-?week\b,? ?(?=next week)", "middle of "),
        (r"\b(next|this) week,? (?:like |maybe |around )?mid ?-?week\b", r"middle of \1 week"),
        (r"\b(?:in the |around )?mid ?-?week\b", "middle of the week"),
        (r"\ba (?:media|mediados de) semana,? (?=(?:de )?(?:la (?:proxima|otra)|esta) semana\b)", "a mitad de "),
        (r"\ba media semana\b|\ba mediados de semana\b", "a mitad de la semana"),
        (r"(?<!or )\blater (?:on )?(?=(?:in )?(?:the )?next (?:week|month)\b)", "late "),
        (r"\bmas tarde (?=(?:en )?la (?:proxima|otra) semana\b|la semana (?:que|q) )", "a finales de "),
        (r"\b(?:excl|exc)\.? (?=[a-z])", "except "),
        (r"\bquat(?:e|o)?r (?=(?:past|to|til|after|of)\b)", "quarter "),
        # What is refused after an "and" is refused for itself: "no fridays and not before 3".
        (
            (
                r"\band (?:(?:i |we )?(?:ca ?n'?t|cannot|can not) (?:do |make |come )?(?:anything |any ?time )|not )"
                r"(?=(?:before|after|until|till?) \d)"
            ),
            ". not ",
        ),
        (r"\b(come|stop|swing|drop) by (?=noon\b)", r"\1 over by "),
        (
            (
                r"\b(?:tomm?orr?ow|tomm?orr?o|tmrw|tmw)'?s\b"
                r"(?= (?:fine|good|ok|okay|great|perfect|better|best|bad|out|no|not)\b)"
            ),
            "tomorrow is",
        ),
        # "Pasar" by itself is to come by; a visit is what one "pasa" to another day.
        (
            (
                r"\b(puedo|podemos|podria|podriamos|pueden?|podrian|voy a|vamos a|quiero|queremos|quisiera"
                r"|quisieramos|me gustaria|alcanzo a) pasar\b"
                rf"(?= (?:(?:el|este|los) (?:proximo )?(?:{DIAS})|hoy|manana|entre|de \d|a las? \d|despues|antes|por"
                r"|mas tarde|a (?:dejar|recoger|ver|buscar|pagar)[a-z]*)|\s*(?:$|[.,;!?\n]))"
                rf"(?![^.;!?\n]* (?:al?|para) (?:el |la )?(?:{DIAS}|manana|proxim))"
            ),
            r"\1 venir",
        ),
        (r"\b(podrian?|pueden?) ((?:el|la|los|las|un|una|su|sus) \w+) pasar\b", r"\1 pasar \2"),
        (
            (
                rf"\b(\w*days?|week|month|mornings?|afternoons?|evenings?|nights?|any ?time|{_SHORT}|weekends?|works)"
                rf",? (?:bar|save)(?: for| only)? (?={_DAY})"
            ),
            r"\1 except ",
        ),
        (rf"\b(?:unless|a menos que)(?: it'?s| it is| thats| sean?)(?: an?| on| un| en)? (?={_DAY})", "except "),
        (r"\bningun (?:fin de semana|finde)\b", "no los fines de semana"),
        (r"\bningun dia (?:habil|entre semana)\b", "no entre semana"),
        (r"\bningun dia de (?=la (?:proxima|otra) semana|esta semana|la semana (?:que|q) )", "no "),
        (r"\bninguna (manana|tarde|noche)\b(?: (?:puedo|podemos|me sirve|me queda))?", r"no por las \1s"),
        (r"\bno (weekday|weekend|morning|afternoon|evening)s? (?:works?|will work|is good)\b", r"no \1s"),
        (r"\bnone of the (weekday|weekend|morning|afternoon|evening)s(?: works?| will work)?\b", r"no \1s"),
        (rf"\b(mons|fris){_AND}(tues|weds|thurs)\b", lambda match: match[1] + match[2] + _FULL[match[3]]),
        (rf"\b(tues|weds|thurs){_AND}(?=(?:mons|fris|sats|suns)\b)", lambda match: _FULL[match[1]] + match[2]),
        (r"\b(sat|sun)s(?= (?:and|or|&|only|works?|are)\b)", lambda match: _FULL[match[1]]),
        (r"(?:(?<=\band )|(?<=\bor )|(?<=& )|(?<=\bonly ))(sat|sun)s\b", lambda match: _FULL[match[1]]),
        (
            r"\blos (lun|mar|mie|jue|vie|sab|dom)\b",
            lambda match: f"los {_LETRA[match[1]]}{'s' * match[1].startswith(('sab', 'dom'))}",
        ),
        (r"(?<=\d) u (?=(?:8|11|once|ocho)\b)", " o "),
        (r"\b(lunes|martes|miercoles|jueves|viernes|sabado|domingo) mal(?=\s*(?:$|[.,;]))", r"\1 no puedo"),
        (r"(?<![\w/'-])(?P<es>sa(?: o | y |/)do)(?![\w/'-])", _these),
        (r"\bpuros (?=(?:lunes|martes|miercoles|jueves|viernes|sabados|domingos)\b)", "solo los "),
        (rf"\bsat (?=(?:thru|through|to) {_DAY})", "saturday "),
        # lettered days
        (r"\b(?:mtwtf|mtwthf|mtwrf)\b", " weekdays "),
        (r"\b(?:mtwthf?|mtwr|mtw|mtth|mwth|mthf|twthf?|twf|tthf|wthf|mtwf)\b", _every),
        (rf"(?<![\w/])(?:{_TWO}|m|tue?s?|w|thurs?|f)(?:/(?:{_TWO}|m|t|w|thurs?|f)){{2,}}(?![\w/])", _every),
        (r"(?<![\w/])(?:sa/su|tu/th?|th/f|m/w|m/th|mo/we|tu/fr|mo/th|we/fr|th/sa|fr/sa|w/fr?)(?![\w/])", _every),
        (
            rf"(?<![\w/'-])(?!m-th\b)({_TWO}|we|w|m)(?:-| thru )({_TWO}|we|sat|sun)(?![\w/'-])",
            _these,
        ),
        (r"(?<![\w/'-])f-(?:sun?|sat?)(?![\w/'-])", _these),
        (r"(?<![\w/'-])m-w-f(?![\w/'-])", " mondays and wednesdays and fridays "),
        (r"(?<![\w/'-])t,? ?(?:& ?|and )?th(?![\w/'-])", " tuesdays and thursdays "),
        (r"(?<![\w/'-])l ?[,/-]? ?m ?(?:[,/-]|y|o)? ?v(?![\w/'-])", " los lunes y los miercoles y los viernes "),
        (rf"(?<!\S)([1-4])\) ?(?={_DAY})", lambda match: "" if match[1] == "1" else "or "),
        (r"(?<![\w/'-])w-f(?![\w/-])", "wednesday-friday"),
        (rf"(?<![\w/'-])(?:{_ONE}{_LINK}){{1,6}}{_TWO}(?![\w/'-])", _these),
        (rf"(?<![\w/'-]){_TWO}(?:{_LINK}{_ONE}){{1,6}}(?![\w/'-])", _these),
        (r"(?<![\w/'-])(?:m,? ?)?(?:t,? ?)?w,? (?:or|and|&) f(?![\w/'-])", _these),
        (
            (
                rf"(?<![\w/'-])(?P<es>(?:{_DIA}{_ENLACE})*(?:{_PLAIN_DIA}{_ENLACE}{_DIA}|{_DIA}{_ENLACE}{_PLAIN_DIA})"
                rf"(?:{_ENLACE}{_DIA})*)(?![\w/'-])(?!(?<=\bmi) (?!{_BEHIND_DIA})[a-z])"
            ),
            _these,
        ),
        (
            (
                r"(?<![\w/'-])(?P<es>(?:(?:lu|ju|l|mar|jue|lun|mie) a |(?:lu|ma|mi|ju|vi|l|mar|jue|lun|mie)-)"
                r"(?:ma|mi|ju|vi|sa|do|j|v|s|jue|vie|sab|dom))(?![\w/'-])"
            ),
            _these,
        ),
    )
)
