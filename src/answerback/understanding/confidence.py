"""How sure we may be that acting on a whole reading is safe: one number over intent, opt-out, urgency, sensitivity.

A reading is safe only when all four are right, so one number is fitted to just that (logistic, constants in
`data/confidence.json`). Every feature is a plain fact of the reading. Below the business's threshold a person takes
over, so a fact that speaks of doubt may never raise the number.
"""

from math import exp

from answerback.engine.reading import Asked, Sensitive
from answerback.understanding.hazards import Dangers
from answerback.understanding.heard import Heard
from answerback.understanding.intents import Wish
from answerback.understanding.lexicon import CONFIDENCE, LEXICON, SPELLER, WORDS
from answerback.understanding.opt_out import looks_like_stop
from answerback.understanding.scenes import half_seen

_VAGUE = WORDS["confidence.vague"]
_PLAIN_QUESTIONS = frozenset({"location", "address", "name", "time", "contact_pref", "menu", "urgent"})
_SURE = 0.97
_LONG = 12
_SHORT = 4


def confidence(
    heard: Heard, *, asked: Asked, wanted: Wish, found: Dangers, tags: tuple[Sensitive, ...], keyword: bool
) -> float:
    """A number from 0.02 to 0.97."""
    if keyword:
        return _SURE
    facts = features(heard, asked=asked, wanted=wanted, found=found, tags=tags)
    total = CONFIDENCE["always"] + sum(CONFIDENCE[name] * value for name, value in facts.items())
    return round(min(_SURE, max(0.02, 1 / (1 + exp(-total)))), 2)


def features(
    heard: Heard, *, asked: Asked, wanted: Wish, found: Dangers, tags: tuple[Sensitive, ...]
) -> dict[str, float]:
    """The facts the number rests on, each 0 to 1 or a small count."""
    danger = bool(found.hazards or found.plight)
    return {
        "lead": wanted.lead,
        "rivals": min(2.0, len(wanted.also)),
        "unknown_words": _unknown_share(heard),
        "long": min(3.0, max(0, len(heard.words) - _LONG) / 10),
        "short_answer": float(wanted.intent == "answer" and len(heard.words) <= _SHORT and asked.about != "open"),
        "taken_up": float(wanted.intent == "answer"),
        "nothing_said": float(wanted.evidence is None and wanted.intent in {"book", "other"}),
        "calmed": float(found.calmed and not danger),
        "half_danger": 0.0 if danger else min(3.0, half_seen(heard)),
        "stop_word": float(wanted.intent != "opt_out" and looks_like_stop(heard)),
        "explained": _explained_share(heard),
        "asks": float(heard.plain.asks),
        "unsure": min(2.0, sum(word in _VAGUE for word in heard.texts)),
        "off_question": float(asked.about in _PLAIN_QUESTIONS and wanted.intent not in {"answer", "opt_out"}),
        "danger": float(danger),
        "tags": min(2.0, len(tags)),
    }


def _unknown_share(heard: Heard) -> float:
    words = [word for word in heard.texts if word.isalpha() and len(word) > _SHORT - 1]
    if not words:
        return 0.0
    return sum(not (LEXICON.knows(word) or SPELLER.knows(word)) for word in words) / len(words)


def _explained_share(heard: Heard) -> float:
    """The share of the words that some list of wishes, services, hurry or answers knows what to do with."""
    if not heard.words:
        return 0.0
    lists = (hits for label, hits in heard.hits.items() if not label.startswith(("scenes.", "hazards.")))
    places = {place for hits in lists for hit in hits for place in range(hit.first, hit.last)}
    return len(places) / len(heard.words)
