"""Limits and refusals in other words: "not until after 2", "be out of there by 4", "give me til 3", "the only bad day".

It must never touch what is told of somebody else ("they gave me til friday to pay").
"""

import re

from answerback.understanding.when.called_by import IN_ORDER, MONTHS, WEEKDAYS
from answerback.understanding.when.spanish_forms import DIAS
from answerback.understanding.when.wordings import Wording, put


def limits_told(folded: str) -> str:
    """The text with each such limit in the words that the grammar knows."""
    return put(folded, _SAID) if _SIGN.search(folded) else folded


_SIGN = re.compile(
    r"til|nothing|past|every|each|ings at|cualquier|out|gone|only|unico|nvm|mind|any |sea |between|ready by|after"
    r"|whenever|anytime|closed|lunch|latest|from (?:right )?now|by tonight|clos|from today|until"
    r"|early|late|weekend|next week|earliest|today,|tomorrow,"
    r"|esa fecha|ese dia|hasta|starts|begins|before|first thing|all |there by|than that|from that|\ba \w+day "
)
_DAY_CUT = r"(?:mon|tues?|wed|weds|thurs?|fri|sat|sun)"


def _each_week(match: re.Match[str]) -> str:
    """ "Only tues n thurs work for me" is so every week, as "only tuesdays and thursdays" is."""
    return f"only {_WHOLE[match[1][:3]]}s and {_WHOLE[match[2][:3]]}s"


_WHOLE = {day[:3]: day for day in IN_ORDER}
_HOUR = r"(?:\d{1,2}(?::\d\d)?|noon|one|two|three|four|five|six|seven|eight|nine|ten|eleven)"
_DATE = rf"(?:the \d{{1,2}}(?:st|nd|rd|th)|(?:{WEEKDAYS}|tomorrow)\b|{MONTHS} \d{{1,2}}|\d{{1,2}}/\d)"

_SAID: tuple[tuple[re.Pattern[str], Wording], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (rf"\bnot (?:un)?till? (?:after|past) (?={_HOUR}\b)", "not before "),
        (
            rf"\bnot (?:on )?({WEEKDAYS}|today|tomorrow) (?:un)?till? (?:after |past )?(?={_HOUR}\b)",
            r"\1 not before ",
        ),
        (r"\bany day else\b", "any other day"),
        (r"\b(?<!come )(?<!stop )(?<!swing )by tonight\b", "by the end of the day"),
        (rf"\bfrom (?:right )?now (?:to|till?|until) (?={_HOUR}\b)", "today until "),
        (r"\b(?:from )?(\d{1,2}(?: ?[ap]m)?|noon)(?: to |-)clos(?:e|ing)(?: time)?\b", r"from \1 until you close"),
        (r"\bbefore (the|this) month(?:'?s| is| has)? (?:over|out|ended|ends|done)\b", r"by the end of \1 month"),
        (
            (
                rf"\b(after {_HOUR}(?: ?[ap]m)?),? but (?:be )?(?:done|finished|gone|out(?: of here)?) (?:by|before) "
                rf"(?={_HOUR}\b)"
            ),
            r"\1 but before ",
        ),
        (
            rf"\b(?:the )?latest (?:i|we) can(?: do| make| manage| come| go)?(?: it)?(?: is|'s) (?={_DATE})",
            "no later than ",
        ),
        (rf"\b(?:any ?(?:day|time) )?from now(?: on)? (?:to|through|thru|till?|until) (?={_DATE})", "by "),
        (rf"\bnot here (?:un)?till? (?={_DATE})", "away until "),
        (
            (
                r"(?:^|(?<=[.,;!?] )|(?<=\bbut )|(?<=\bor ))an? ((?:satur|sun|mon|tues|wednes|thurs|fri)day)"
                r"(?= (?:would|will|works?|suits|is (?:best|better|good|fine|ok|perfect)))"
            ),
            r"any \1",
        ),
        (r"\b(?:any|every|each) (morning|afternoon|evening)(?= (?:at |around |about |@ ?)?\d)", r"any day \1"),
        (r"^(morning|afternoon|evening)s(?= (?:at|@) ?\d)", r"any day \1"),
        (
            (
                r"\b(?:can'?t|cannot|can not|won'?t|don'?t|never) (?:[a-z']+ ){1,5}?"
                rf"(?:un)?till? (?:after|past|about|around|like) (?={_HOUR}\b)"
            ),
            "not before ",
        ),
        (
            (
                r"(?:(?<=[.!?;]) |(?:,? and)?\b,? (?<!heard )(?<!got )(?<!still )(?<!had )(?<!did )|^)"
                rf"nothing (?:past|after) (?={_HOUR}\b(?!:)"
                r"(?! ?[ap]?m? or\b| (?:days?|weeks?|hours?|hrs|min|calls?|visits?|tries)))"
            ),
            ", only before ",
        ),
        (
            (
                r"\b(?:(?:i|we) )?(?:can'?t|cannot|can not|won'?t) (?:really |even )?"
                r"(?:be|get|come|do|meet|make|have|let|start|see|bring|drop|take|schedule|book|manage|open|swing)"
                r" (?:[a-z']+ ){0,3}?(?:un)?till? "
                rf"(?=(?:the )?\d{{1,2}}(?:st|nd|rd|th)\b|(?:{WEEKDAYS})\b|tomorrow|next week|\d{{1,2}}/\d)"
            ),
            "not until ",
        ),
        (
            rf"\b(?:be )?(?:out|gone)(?: of (?:there|here|the (?:house|office|shop)))? by (?={_HOUR}\b)",
            "leave by ",
        ),
        (
            (
                rf"(?<!only )(?<!they )(?<!ll )(?<!will )\bgive (?:me|us) (?:un)?till? (?:like |about )?({_HOUR})\b"
                r"(?: to (?:get|be) (?:home|there|here|back|ready|off)|(?! to\b| for\b))"
            ),
            r"after \1",
        ),
        (
            (
                rf"\b({WEEKDAYS})(?:'?s| is| are) (?:really |pretty much )?"
                r"(?:the|my|our) only (?:bad|busy|no) (?:day|one)\b"
            ),
            r"any day but \1",
        ),
        (
            rf"\b({DIAS}) es (?:el|mi) unico (?:dia )?(?:malo|que no (?:puedo|podemos))\b(?! faltar)",
            r"cualquier dia menos \1",
        ),
        (r"\b(?:nvm|never ?mind) about (?=today|tomorrow|tonight)", "forget "),
        (
            r"\bany ((?:satur|sun|mon|tues|wednes|thurs|fri)day) or ((?:satur|sun|mon|tues|wednes|thurs|fri)day)\b",
            r"\1s or \2s",
        ),
        (rf"(?<=\w)(?:,? and|,) nothing before (?={_HOUR}\b)", ", not before "),
        (
            (
                r"\b(?:can'?t|cannot|won'?t|don'?t) (?:leave|get (?:out of|off|away from)) (?:the |my )?"
                rf"(?:work|office|school|job|shop|store|daycare|class|site) (?:un)?till? (?={_HOUR}\b)"
            ),
            "not before ",
        ),
        (rf"\bor first thing (?:on )?({WEEKDAYS}|tomorrow)(?=\s*(?:$|[.,;!?\n]))", r"or \1 first thing"),
        (r"\bbefore ([4-8](?::\d\d)?)(?: ?pm)? tonight\b", r"before \1pm today"),
        (
            (
                rf"\b((?:{WEEKDAYS})s?|weekends?) (?:works?|is|are) (?:best|better|great|ideal|good|fine|perfect),?"
                rf" or (?:on )?(?:an? )?(weekday|(?:{WEEKDAYS}))s? (?=(?:after|before) \d)"
            ),
            r"\1 all day or \2s ",
        ),
        (r",? all (?=(?:after|before) \d)", " "),
        (
            rf"\b((?:we|i) (?:can|could)) (?:get|be|make it)(?: over)? there by (?={_HOUR}\b|\d{{3,4}}\b)",
            r"\1 be home by ",
        ),
        (r"\b(?:other than|aside from|apart from) that,?(?= )", "otherwise"),
        (r"\bque no sea antes de\b", "no antes de"),
        (
            (
                rf"\b(?:any ?time |some ?time )?between (?:now|today) and ({WEEKDAYS}|tomorrow)"
                rf" (?:at |by )?({_HOUR}(?: ?[ap]\.?m?)?)\b(?! (?:or|to|is)\b|-|:)"
            ),
            r"anytime until \1 \2",
        ),
        (
            (
                rf"\b(we|i|he|she|they) (?:could|can|will) be (?:all )?ready by (?={_HOUR}\b"
                r".*\bnot? (?:sooner|earlier|before)\b)"
            ),
            r"\1 will be home by ",
        ),
        (
            (
                r"(\b(?:before|by|until|till?) \d{1,2}(?::\d\d)?(?: ?[ap]m?)?,? (?:he|she|they|i|we)\b"
                r"(?: (?!so\b)[a-z']+){1,4}) after (?:that|then)\b"
            ),
            r"\1",
        ),
        (
            rf"\bafter (?:school|skool|work|class|practice|lunch|church) \((?:at )?({_HOUR}(?: ?[ap]m?)?)\)",
            r"after \1",
        ),
        (r"\bantes de (?:esa fecha|ese dia)\b", "antes de eso"),
        (r"\b(starts?|begins?) back(?: up)? (?=(?:on )?(?:the \d|\w+day\b))", r"\1 "),
        (
            r"\b(trabaj\w+|chamba|jale|oficina|ocupad[oa]) hasta (?:muy |bien |mas )?tarde\b",
            r"\1",
        ),
        (rf"\b({WEEKDAYS}|today|tomorrow) whenever(?=\s*(?:$|[.,;!\n]))", r"\1 anytime"),
        (
            r"\b((?:satur|sun|mon|tues|wednes|thurs|fri)days) whenever(?=\s*(?:$|[.,;!\n]))",
            r"\1 all day",
        ),
        (
            (
                rf"\b({WEEKDAYS}) (?:and|n|&) ({WEEKDAYS}) are (?:out|no good|bad|full|booked)(?: for (?:me|us))?"
                r" ((?:this |the )?(?:up)?coming week|next week)\b"
            ),
            r"cant do \1 and \2 of \3",
        ),
        (
            rf"\bonly ({_DAY_CUT})s? (?:and|n|&|\+) ({_DAY_CUT})s?(?= (?:work|for|r\b|are)|\s*(?:$|[.,;!\n]))",
            _each_week,
        ),
        (
            rf"\b((?:after|past) {_HOUR}(?: ?[ap]m)?),? or (?:on )?(?:an? )((?:satur|sun)day)\b",
            r"\1 on weekdays or \2s all day",
        ),
        (
            rf"\bearliest (?:i|we) can (?:do|come|make it|be there|get there)(?: on)? (?:any|most) days? is ({_HOUR})",
            r"any day after \1",
        ),
        (r"\bnothing (?:for|in|within) the next (?=\d{1,2} ?h(?:ou)?rs?\b)", "not within the next "),
        (
            (
                rf"\bclosed (?:on )?({WEEKDAYS}s?(?: (?:and|or|&|n) {WEEKDAYS}s?)?),? so (?:it |that )?"
                r"(?:can'?t|cannot|won'?t) (?:be|do|work) (?:then|those days|that day)\b"
            ),
            r"closed. not \1",
        ),
        (r"\blunch ?time \((\d{1,2} ?(?:-|to) ?\d{1,2})\)", r"from \1"),
        (rf"\b(?:any ?(?:day|time) )?after ({WEEKDAYS}) (?:of )?this week\b", r"this week after \1"),
        (
            (
                rf"\buntil ({WEEKDAYS}) (?:night|evening),? (?:and |so )?(?:any ?(?:time|day) )?after(?: that| then)?"
                r"(?=\s*(?:$|[.,;!]))"
            ),
            r"until \1, any time after \1",
        ),
        (rf"\bnot too (early|late) (?:on )?(tomorrow|today|{WEEKDAYS})\b", r"\2 not too \1"),
        (
            rf"\b(before {WEEKDAYS}),? (?:and )?(?:the )?weekends? (?:is|are|works?) (?:fine|ok|okay|good)?,? ?too\b",
            r"\1",
        ),
        (rf"\bfrom ({WEEKDAYS}) on(?:wards?)? next week\b", r"next week from \1 on"),
        (r"\bearliest (i|we) can manage is\b", r"earliest \1 can do is"),
        (r"\b(today|tomorrow), ((?:satur|sun|mon|tues|wednes|thurs|fri)day),(?= at \d)", r"\1 \2"),
        (rf"\bor any ?time (?:on )?({WEEKDAYS})(?=\s*(?:$|[.;!?\n]))", r"or \1 all day"),
        (rf"\bcualquier hora (?:el|del) ({DIAS})\b(?! al?\b)", r"el \1 todo el dia"),
    )
)
"""What is said, and how the grammar knows it."""
