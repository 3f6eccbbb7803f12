"""Wishes for the soonest there is: "how soon can someone get here", "next slot u have", "urgent, water everywhere".

They are spelled as the grammar knows them ("asap") before a text is cut into tokens; `soonest_spanish` has those in
Spanish. It must never take what somebody asks about ("is it urgent to change it?"), refuses ("not urgent") or does
themselves ("can i pay right away") for one.
"""

import re

from answerback.understanding.when.soonest_spanish import SPANISH
from answerback.understanding.when.wordings import put


def soonest(folded: str) -> str:
    """The text with each wish for the soonest in plain words."""
    return put(folded, (*_ENGLISH, *SPANISH)) if _SIGN.search(folded) else folded


_SIGN = re.compile(
    r"\b(?:esta|how|soon|soonest|earliest|quick|quickly|quickest|fast|fastest|next|first|nearest|closest|now|right|once"
    r"|urgent|urgently|emergency|stat|pronto|hurry|double|delay|minute|moment|second|drop|chop|open|straight"
    r"|tan|lo|la|el|de|en|cuanto|apenas|bien|mientras|entre|luego|urg\w+|emergencia|urgencia|ya|ahor\w+|con|al"
    r"|volando|corriendo|rapid\w+|primer\w*|proxim\w+|siguiente|mas|nomas|cuando)\b"
)
_ENDS = r"(?=\s*(?:$|[.,;:!?\n)]|(?:please|pls|plz|if)\b))"
_BEGINS = r"(?:(?<=[.,;:!?\n(]) ?|^)(?:(?:ok|okay|so|yes|yeah|please|hi|hey|hola|bueno|pues|oiga|por favor) )*"
_ANYONE = r"(?:some|any)(?:one|body)"
_WHO = rf"(?:you guys|you all|you|u|ya|y'?all|they|he|she|{_ANYONE}|(?:a|an|the|your|ur) [a-z]+)"
_HELPER = (
    r"(?:techs?|technicians?|plumbers?|electricians?|guys?|crew|team|drivers?|handyman|locksmith|mechanic|doctor|vet"
    r"|dentist|sitter|walker|groomer|cleaners?|painter|roofer|installer|inspector|stylist|truck)"
)
_YOU = rf"(?:you guys|you all|you|u|ya|y'?all|they|{_ANYONE})"
_HERE = r"(?: (?:out|over|right|here|by|there|in|on|it|me|us|done|this|someone|somebody|anyone)\b)"
_COME = (
    r"(?:get|come|be|make|send|have|fit|squeeze|do|see|show|arrive|reach|dispatch|take|start|fix|help|stop|swing"
    r"|drop|deliver|tow|look|respond|schedule|book|repair)"
)
_ROOM = r"(?:time slots?|slots?|spots?|openings?|availability|windows?)"
_VISIT = rf"(?:{_ROOM}|appointments?|appts?|apt|times?|dates?|days?|one|visit)"
_WHATS = (
    r"\b(?:(?:what|when)(?:'?s| is| are| would be)? |(?:do (?:you|u|yall) have )|(?:ill|i'll) take )?"
    r"(?:your |ur |the |a |y'?all'?s )?(?:very )?"
)
_HAVE = (
    rf"(?: (?:that |which )?(?:{_YOU}|(?:is|are)(?= (?:open|free|available))|theres|there is)(?:'?ve|'?s|'?re)?"
    r"(?: (?:(?:have|has|got)(?! to\b)|can|could|are|is|be|available|free|open|come|get|do|make|offer"
    r"|here|out|over|it|me|us|in"
    r"|send|someone|somebody|fit|squeeze|see|left)\b)*)"
)
_NOT_THEIRS = r"(?! (?:i|we|i'm|im|is (?:at )?\d|that works for (?:me|us))\b)"
_VERY = r"(?:an? |very |super |really |so |pretty |kinda |kind of |quite |extremely |somewhat |absolutely |real )*"
_NOT = "".join(
    rf"(?<!{word} )"
    for word in (
        "not",
        "not an",
        "isnt",
        "isn't",
        "if",
        "if its",
        "not that",
        "isnt an",
        "is it",
        "is this",
        "is",
        "no",
    )
)
_CARE = (
    r"(?! (?:care|clinics?|rooms?|shut|exits?|lights?|vets?|fund|number|line|contacts?|services?|brakes?|calls?|fees?"
    r"|rates?|power|plumb\w+|visits?|hours|to|for|that|if|or)\b)"
)

_ENGLISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # What is asked about, and what they do themselves.
        (
            (
                r"\bhow (?:soon|early|fast|quickly|late)"
                r" (?=(?:should|must|do (?:i|we)|does|did|after|before|will (?:it|i|we|the))\b)"
            ),
            "how ",
        ),
        (
            (
                r"\b((?:can|could|do|should|must|may) (?:i|we) (?:have to |need to )?"
                r"(?:pay|call|talk|text|cancel|reset|use|turn|run|shower|eat|drive|sell)\b[^.,;!?\n]*?)"
                r" (?:right away|right now|now|asap|immediately)\b"
            ),
            r"\1",
        ),
        (r"\bwhen you open (?=(?:it|the|my|that|them)\b)", "x "),
        # How soon it can be.
        (
            (
                rf"\bhow (?:soon|fast|quick|quickly) (?:can|could|will|would|might) {_WHO}"
                rf" (?:be able to |possibly |please )?{_COME}\b{_HERE}*+(?! (?:once|after|when|if)\b)"
            ),
            " asap ",
        ),
        (
            rf"\bhow early (?:can|could|will|would) {_WHO} (?:be able to |possibly )?{_COME}\b{_HERE}*",
            " as early as possible ",
        ),
        (
            (
                r"\bhow (?:soon|fast|quick|quickly) (?:can|could) (?:i|we) (?:get|be|come|book|schedule"
                r"|have|make|bring)\b"
                r"(?: (?:in|seen|it|an?|someone|somebody|help|this|over|here|out|appointment|appt|visit"
                r"|plumber|tech)\b)*"
            ),
            " asap ",
        ),
        (r"\bhow (?:soon|fast|quick|quickly)(?= ?(?:\?|$))", " asap "),
        # The next there is.
        (
            (
                rf"{_WHATS}(?:earliest|soonest|quickest|fastest)(?: possible| available| open| free| next)?"
                rf"(?: {_VISIT})?(?: possible| available)?{_HAVE}{_NOT_THEIRS}"
            ),
            " earliest available ",
        ),
        (
            (
                rf"{_WHATS}(?:earliest|soonest|quickest) (?:possible |available |open |free )?{_VISIT}"
                rf"(?: possible| available)?\b{_NOT_THEIRS}"
            ),
            " earliest available ",
        ),
        (
            (
                rf"{_WHATS}(?:next|first|nearest|closest) (?:(?:available|open|free) {_VISIT}|available|{_ROOM}"
                rf"|{_VISIT} (?:thats |that is |that's )?(?:available|open|free))(?: available| open"
                rf"| possible)?(?:{_HAVE})?\b"
            ),
            " first available ",
        ),
        (
            (
                rf"\b(?:the |your )?(?:next|first|nearest|closest) (?:{_VISIT}|thing)(?: that)? {_YOU}(?:'?ve)?"
                r" (?:have|got|can)\b(?! to\b)(?: (?:got|do|open|available|free|get|come|me|us|here|out)\b)*"
            ),
            " first available ",
        ),
        # As soon as it can be.
        (
            (
                r"\b(?:as )?(?:soon|quick|quickly|fast) as (?:is )?(?:humanly |reasonably |physically |realistically )?"
                r"(?:possible|works|possibly can|can be|poss)\b"
            ),
            " asap ",
        ),
        (r"\b(?:the )?soonest (?:humanly )?(?:possible|works)\b", " asap "),
        (
            (
                r"\b(?:as (?:soon|early) as|soon as|right when|when|once|the (?:minute|moment|second))"
                r" (?:you guys|you|u|yall|y'all)(?:'re| are|re)? (?:open(?: up)?|opens?)\b(?! (?:it|the|my|that)\b)"
            ),
            " first thing ",
        ),
        (
            (
                rf"\b(?:as soon as|soon as|the (?:minute|moment|second)) (?:{_YOU}|(?:a|an|the|your|ur) {_HELPER})"
                r"(?:'?s|'?re| is| are| can| could| has| have| gets?| becomes?)"
                r"(?: (?:free|available|able(?: to)?|open|ready|an? (?:chance|spot|slot|opening|minute"
                r"|tech|appointment)"
                r"|someone|somebody|room|time|come|get|here|up|out|over|make|it|be|send)\b)*"
            ),
            " asap ",
        ),
        (
            (
                rf"{_BEGINS}(?:whatever|whichever)(?:'?s| is| comes) (?:the )?(?:sooner|soonest|earliest"
                rf"|quickest|fastest)"
                r"(?=\s*(?:$|[.,!?;]))"
            ),
            " asap ",
        ),
        # At once.
        (
            (
                rf"{_BEGINS}(?:i(?:'d| would)? (?:like|need|want) )?(?:a )?same[- ]day(?: service"
                rf"| appointment| appt| visit)?"
                r"(?: (?:please|if possible|if you can|if u can|works|would be great|is best"
                r"|is ideal))*(?=\s*(?:$|[.,!]))"
            ),
            " today ",
        ),
        (
            (
                rf"{_BEGINS}(?:stat|pronto|on the double|chop chop|quick|hurry|hurry up|please hurry)"
                r"(?: please| pls| plz| por favor| porfa\w*)?(?= ?(?:$|[.,!?;\n]))"
            ),
            " asap ",
        ),
        (
            rf"\b((?:send|come|here|help|someone|somebody) )(?:stat|pronto|on the double){_ENDS}",
            r"\1asap ",
        ),
        (r"\bplease hurry\b|\bhurry please\b|\bdrop everything\b", " asap "),
        (r"\bwithout (?:any )?(?:further )?delay\b|\bstraight ?away\b", " asap "),
        (r"\bright this (?:moment|instant)\b", " right now "),
        (
            (
                rf"(?<!not )(?<!dont )(?<!don't )(?<!to )\b(come|get here|get (?:over|out) here|be here|send {_WHO}"
                rf"|need (?:{_ANYONE}|help|you|u|yall|an? [a-z]+)(?: (?:to come|out|over|here))*)"
                rf" (?:right over|now|quick|quickly|fast){_ENDS}"
            ),
            r"\1 right now ",
        ),
        (
            (
                r"\bwho ?ever (?:can )?(?:get|come|be|is|gets|comes)(?: (?:here|out|over))*"
                r" (?:the )?(?:fastest|soonest|first|quickest|closest|nearest)\b(?! thing)"
            ),
            " asap ",
        ),
        # It is urgent.
        (
            (
                rf"{_NOT}\b(?:it'?s|it is|this is|that'?s|there'?s|we have|i have|have|got|we got) {_VERY}"
                rf"(?:urgent|emergency)\b{_CARE}"
            ),
            " asap ",
        ),
        (
            rf"{_BEGINS}{_VERY}(?:urgent|emergency|urgently)(?= ?(?:$|[.,;:!\n]| (?:please|pls|plz|need)\b))",
            " asap ",
        ),
        (r"\b(need [a-z ]{3,25}?) urgently\b", r"\1 asap "),
        (r"(?<!not )\burgently (?=need)", "asap "),
    )
)
"""What is said, and how the grammar knows it."""
