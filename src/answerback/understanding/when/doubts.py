"""What a customer does not know themselves: an hour that hangs on something of theirs, a day still to be asked about.

It must never doubt a time because something else is unsure ("friday at 3, not sure what broke").
"""

import re
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from answerback.understanding.lexicon import WORDS
from answerback.understanding.when.pieces import Days, Element, Hours, Mark
from answerback.understanding.when.tokens import Token
from answerback.understanding.when.told import is_piece, split
from answerback.understanding.when.turns import CLAUSE_ENDS, HOURS, LEADS_IN, TIMES, behind_leads


def in_doubt(elements: Sequence[Element]) -> bool:
    """ "Tomorrow once the baby sleeps", "friday, not sure what time": they do not know the hour themselves."""
    for sentence in split(elements, {"stop"}):
        hours = any(isinstance(each, Hours) for each in sentence)
        named = False
        for place, each in enumerate(sentence):
            named = named or isinstance(each, Days | Hours)
            if not named or not isinstance(each, Mark):
                continue
            behind = _without_comma(sentence[place + 1 :])
            if each.kind == "depends" and not hours:
                return True
            if each.kind == "unsure" and not any(is_piece(other) for other in behind[: _first_end(behind)]):
                return True
    return False


def _without_comma(elements: Sequence[Element]) -> Sequence[Element]:
    """ "Tuesday i think, in the evening": a time right behind the comma goes on."""
    first = elements[0] if elements else None
    goes_on = isinstance(first, Mark) and first.kind == "comma" and len(elements) > 1 and is_piece(elements[1])
    return elements[1:] if goes_on else elements


def is_some_day(words: Sequence[Token]) -> bool:
    """ "Whenever i get paid" is no "whenever": the day hangs on it."""
    times = [each for each in words if each.kind in TIMES | _ANY]
    return bool(words) and words[0].text == "whenever" and times == [words[0]] and hangs_on_an_event(words)


_ANY = frozenset({"weekdays", "weekends", "anytime", "asap"})


def is_perhaps(words: Sequence[Token]) -> bool:
    """ "Have to ask my wife, maybe tuesday": a day named before who decides on it was asked."""
    asks = any(each.kind == "unsure" and _DECIDED & set(each.text.split()) for each in words)
    perhaps = next((at for at, each in enumerate(words) if each.text in _PERHAPS), None)
    # "let me check... yes tuesday works, maybe 3" is settled
    return asks and perhaps is not None and not any(each.kind == "good" for each in words[:perhaps])


def is_undecided(words: Sequence[Token]) -> bool:
    """ "Maybe some day next week", "could be monday, could be tuesday", "next week, no se que dia": they cannot say."""
    said = {each.text for each in words}
    kinds = {each.kind for each in words}
    perhaps = not said.isdisjoint(_PERHAPS | _UNKNOWN)
    if not perhaps and not kinds & TIMES:
        return False
    texts = " ".join(each.text for each in words)
    some_day = perhaps and not kinds & HOURS and _SOME_DAY.search(texts)
    if not kinds & _NAMED and (some_day or (kinds & {"week", "month"} and _WHICH_DAY.search(texts))):
        return True
    could_be = sum(_could_be(words, place) for place in range(1, len(words))) if _COULD_BE.search(texts) else 0
    wished = kinds & {"wish", "good"}
    return could_be > 1 or bool(kinds & _NAMED and not wished and _MAYBE_IT_WAS.search(texts))


def _could_be(words: Sequence[Token], place: int) -> bool:
    """ "Could be monday": what is broken "could be the fan"."""
    said = " ".join(each.text for each in words[place - 1 : place + 1])
    day = behind_leads(words, place + 1, LEADS_IN)
    return _COULD_BE.search(said) is not None and day < len(words) and words[day].kind in TIMES


_NAMED = frozenset({"dow", "ord", "date", "tomorrow", "today"})
_UNKNOWN = frozenset({"idk", "dunno", "no se"})
_SOME_DAY = re.compile(r"\b(?:some|one|algun|un) (?:day|dia)\b|\bsomeday\b")
_WHICH_DAY = re.compile(
    r"\b(?:no se|dont know|do not know|idk|dunno) (?:todavia |aun |yet )?(?:de )?(?:cual|que|which|what) (?:day|dia)\b"
)
_COULD_BE = re.compile(r"\b(?:(?:could|might|may) be|puede ser|podria ser)\b")
_MAYBE_IT_WAS = re.compile(r"\bor (?:maybe )?it was\b|\bo (?:tal vez |a lo mejor |quizas? )?(?:era|fue)\b")

_DECIDED = frozenset({"ask", "check", "preguntar", "consultar", "checar"})
_PERHAPS = frozenset({"maybe", "perhaps", "possibly", "probably", "tal vez", "quizas", "quiza", "a lo mejor"})


def _first_end(elements: Sequence[Element]) -> int:
    ends = (at for at, each in enumerate(elements) if isinstance(each, Mark) and each.kind in {"stop", "comma"})
    return next(ends, len(elements))


def hangs_on_an_event(words: Sequence[Token]) -> bool:
    """ "When my tax refund comes in", "lets do it after the baby comes": a day that nobody can name yet.

    So is every "when my mom gets back" that is the whole answer; "when it rains it leaks" tells.
    """
    if _is_before_a_thing(words):
        return True
    led = next((at for at, each in enumerate(words) if each.text in _ONCE | _WAITS), None)
    if led is None or not _opens(words, led):
        return False
    clause = words[led + 1 : led + 1 + _CLAUSE]
    end = next((at for at, each in enumerate(clause) if each.kind in CLAUSE_ENDS), len(clause))
    said = [each.text for each in clause[:end]]
    if any(text in _UNSCHEDULED for text in said):
        return True
    alone = 1 < end < _CLAUSE and len(words) <= led + 2 + end + _BEHIND
    return alone and said[0].split()[0] not in _ASKING and not _AGAIN & set(said[2:])


def _is_before_a_thing(words: Sequence[Token]) -> bool:
    """ "Before the holiday", "not before the clocks change", and nothing else: of which day, they have not said."""
    said = [each for each in words if each.kind not in CLAUSE_ENDS | {"fill", "noise"}]
    if not 1 < len(said) <= _THING or not said[0].text.startswith(("before", "not before", "antes de", "no antes de")):
        return False
    named = said[1].kind in {"the", "my"} or said[0].text.endswith((" la", " el", " del"))
    return named and not any(each.kind in TIMES | _ANY | {"wish", "past"} or each.text in _WAS for each in said)


_THING = 4
_WAS = frozenset({"was", "were", "had", "came", "did"})


def _opens(words: Sequence[Token], led: int) -> bool:
    """Does nothing else stand before it? "Gotta wait til i get paid" waits for what happens; "dont wait" does not."""
    if words[led].text in _WAITS:
        refused = any(each.text in {"it", "dont", "not"} or each.kind in {"not", "no"} for each in words[:led])
        return not refused and any(each.kind == "happening" for each in words[led:])
    return all(each.kind in _BESIDE for each in words[:led])


_CLAUSE = 8
_BEHIND = 5
_ASKING = frozenset(
    {"can", "could", "do", "does", "did", "is", "are", "will", "would", "u", "you", "should", "puede", "pueden"}
)
_AGAIN = frozenset({"it", "they", "there", "she", "he", "water", "i", "we"})
"""Who or what a second clause speaks of."""


_ONCE = frozenset(
    {
        "when",
        "once",
        "after",
        "until",
        "til",
        "till",
        "as soon as",
        "cuando",
        "despues",
        "despues de",
        "hasta",
        "luego",
        "luego de",
        "whenever",
    }
)
_WAITS = frozenset(f"{waits} {until}" for waits in ("wait", "hold off") for until in ("til", "till", "until"))
_BESIDE = frozenset({"fill", "good", "wish", "not", "no", "vague_day", "noise", "any", "move"})
_UNSCHEDULED = WORDS["when.unscheduled"]


def are_both_needed(text: str) -> bool:
    """ "My husband can do thurs or fri, i can do fri or sat, we both need to be there": when both can is asked."""
    return bool(_BOTH.search(text) and _SOMEBODY.search(text))


_BOTH = re.compile(
    r"\bboth (?:of us )?(?:have|need|want|got) to be (?:there|here|in|home|present)\b"
    r"|\b(?:tenemos|tienen|debemos|hay) que estar (?:los|las) dos\b"
    r"|\b(?:los|las) dos (?:tenemos|tienen|debemos) que estar\b"
)


_SOMEBODY = re.compile(
    r"\bmy [a-z]+ (?:is |can |is only |can only )?(?:do |free |home )?(?:from )?"
    r"(?:\d|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b)"
    r"|\bmi [a-z]+ puede\b"
)
""" "My tenant friday and saturday": another's times."""


def names_another_zone(text: str, now: datetime) -> bool:
    """ "Thursday 3pm eastern time", said to a business in Chicago: whose clock that is has to be asked."""
    found = _ZONE.search(text)
    if found is None:
        return False
    named = ZoneInfo(_ZONES[next(each for each in found.groups() if each)[0].lower()])
    return now.astimezone(named).utcoffset() != now.utcoffset()


_ZONE = re.compile(
    r"(?:\b\d{1,2}(?::\d\d)?|[aApP]\.?[mM]) ?(?:([ECMP][SD]T)\b"
    r"|((?i:eastern|central|mountain|pacific))(?i: standard| daylight)?(?i: time)\b)"
    r"|[aApP]\.?[mM] ((?i:eastern|central|mountain|pacific))\b"
)
_ZONES = {"e": "America/New_York", "c": "America/Chicago", "m": "America/Denver", "p": "America/Los_Angeles"}


def is_for_others_to_know(text: str) -> bool:
    """ "It would have to be once im back", "the day you mentioned": a day that is named nowhere."""
    return bool(_KNOWN_ELSEWHERE.search(text))


_KNOWN_ELSEWHERE = re.compile(
    r"\b(?:has|have|needs?|gotta) (?:to )?be (?:once|after|when)"
    r" (?:i|im|i'm|we|were|we're|he|hes|she|shes|they|my)\b"
    r"|\b(?:do|take|works?|for|on) (?:the|that) (?:day|date) (?:you|u|yall) (?:guys )?"
    r"(?:mentioned|said|told|suggested)\b"
    r"|\b(?:the|that) (?:day|date) (?:you|u|yall) (?:guys )?(?:mentioned|said|told me|suggested)"
    r" (?:works?|is (?:good|fine|ok|great|perfect))"
    r"|(?:^|[.!,\n] ?)\W*(?:whatever|whenever|when) (?:time |day )?(?:my \w+|we|he|she|they|you|u) (?:all )?"
    r"(?:told|said|agreed|discussed|talked about|picked|arranged)\b"
    r"|\bel dia que (?:me )?(?:dijo|dijiste|dijeron|menciono|mencionaste) (?:esta bien|me queda|puedo|me sirve)"
)


def is_told_of_the_rest(text: str) -> bool:
    """ "Mornings mon to wed, evenings the rest of the week", "not in the morning unless it's a tuesday": who has other
    hours is asked which days those are.
    """
    return bool(_THE_REST.search(text) or _UNLESS.search(text))


_PART = r"(?:mornings?|afternoons?|evenings?|(?:after|before) \d+(?::\d\d)?)"
_THE_REST = re.compile(rf"\b{_PART}\b[^.;]{{3,40}}(?:,| and) {_PART} (?:for |on )?(?:the )?rest of (?:the|that) week")
_UNLESS = re.compile(
    r"\bnot in the (?:morning|afternoon|evening) unless it'?s\b|\bunless it'?s [^.;]{2,30}, then\b|\beven then\b"
    r"|\bsalvo que sea\b[^.;]{2,30}\bno (?:puedo|podemos)\b|\bno (?:puedo|podemos)\b[^.;]{0,20}\bsalvo que sea\b"
    r"|\bno (?:puedo|podemos)\b[^.;]{0,20}\ba (?:menos|no ser) que\b"
)
