"""How sure we may be that acting on a whole reading is safe: one number over intent, opt-out, urgency, sensitivity.

The rules are few and said aloud; the numbers are judgement, not calibration. Below the business's threshold a person
takes over, so doubt must lower it and nothing may raise it above what the words carry.
"""

from answerback.engine.reading import Asked, Intent
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import LEXICON, SPELLER
from answerback.understanding.opt_out import looks_like_stop

_SURE = 0.97


def confidence(
    heard: Heard, *, asked: Asked, intent: Intent, rivals: int, lead: float, calmed: bool, keyword: bool
) -> float:
    """A number from 0.05 to 0.97."""
    if keyword:
        return _SURE
    value = 0.55 + 0.4 * lead
    value -= 0.1 * rivals
    value -= 0.35 * _unknown_share(heard)
    value -= 0.15 if calmed else 0.0
    value -= 0.25 if looks_like_stop(heard) and intent != "opt_out" else 0.0
    value -= 0.2 if intent == "other" else 0.0
    value -= min(0.2, 0.01 * max(0, len(heard.words) - 12))
    value += 0.1 if intent == "answer" and len(heard.words) <= 4 and asked.about != "open" else 0.0
    return round(min(_SURE, max(0.05, value)), 2)


def _unknown_share(heard: Heard) -> float:
    words = [word for word in heard.texts if word.isalpha() and len(word) > 3]
    if not words:
        return 0.0
    return sum(not (LEXICON.knows(word) or SPELLER.knows(word)) for word in words) / len(words)
