"""How sure we may be that acting on a whole reading is safe: one number over intent, opt-out, urgency, sensitivity.

A reading is safe only when all four are right, so one number is fitted to just that (logistic; `make train` writes
the constants into `data/confidence.json`, from texts by writers the heads that judged them had never read). It rests
on doubts: how far the five voices of the heads agree with what stands, and how near the next best lies. Below the
business's threshold a person takes over.
"""

from math import exp, log, prod

from answerback.engine.reading import Asked
from answerback.understanding.heads import HEADS, INTENTS, Judged
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import CONFIDENCE, LEXICON, SPELLER, WORDS
from answerback.understanding.meaning import has_point
from answerback.understanding.opt_out import looks_like_stop
from answerback.understanding.rules import Draft
from answerback.understanding.scenes import half_seen
from answerback.understanding.weighing import Weighed

_VAGUE = WORDS["confidence.vague"]
_SURE = 0.98
_MADE_UP = 0.5
"""From this share of words that no list, no text of ours and no dictionary holds, the rest says little."""
_DOUBTED = 0.9
"""The most where the lists heard several wishes, and first of all another one than what the reading holds."""
_VAGUELY = 0.5
_WANTED = {"location": ("city", "zip"), "address": ("address",), "name": ("name",), "menu": ("option",)}
_VOICES = ("facts", "letters", "meaning", "gist", "sequence")
_LONG = 12
_SHORT = 4


def confidence(heard: Heard, asked: Asked, draft: Draft, judged: Judged, weighed: Weighed) -> float:
    """A number from 0.02 to 0.98."""
    if draft.stop is not None and len(heard.words) <= _SHORT - 1:
        return _SURE
    known = features(heard, asked, draft, judged, weighed)
    total = CONFIDENCE["always"] + sum(CONFIDENCE.get(name, 0.0) * value for name, value in known.items())
    several = bool(draft.wanted.also) and draft.wanted.intent != weighed.intent
    little = _answers_vaguely(heard, asked, draft, weighed) or _made_up(known["unheard_words"], draft, weighed)
    most = _VAGUELY if little else _DOUBTED if several else _SURE
    return round(min(most, max(0.02, 1 / (1 + exp(-total)))), 2)


def _answers_vaguely(heard: Heard, asked: Asked, draft: Draft, weighed: Weighed) -> bool:
    """An answer without what was asked for, in words like "maybe"."""
    wanted = _WANTED.get(asked.about, ())
    given = any(getattr(draft.answers, name) is not None for name in wanted)
    return weighed.intent == "answer" and bool(wanted) and not given and not _VAGUE.isdisjoint(heard.texts)


def _made_up(unheard: float, draft: Draft, weighed: Weighed) -> bool:
    """Are most words none that we ever met, and is it no answer? A name or a street may well be new to us."""
    answered = weighed.intent == "answer" and any(getattr(draft.answers, name) is not None for name in _NEW_TO_US)
    return not answered and draft.stop is None and unheard >= _MADE_UP


_NEW_TO_US = ("name", "address", "city", "zip", "phone", "option")


def features(heard: Heard, asked: Asked, draft: Draft, judged: Judged, weighed: Weighed) -> dict[str, float]:
    """The facts the number rests on, each about -4 to 4."""
    danger = weighed.urgency == "emergency"
    return {
        **_of_intent(judged, weighed),
        **_of_voices(judged, weighed),
        **_of_all(judged, weighed),
        "danger": _odds(judged.danger if danger else 1 - judged.danger),
        "sensitive": _odds(judged.sensitive if weighed.tags else 1 - judged.sensitive),
        "stop": _odds(judged.stop if weighed.stop else 1 - judged.stop),
        "rule_intent": float(draft.wanted.intent == weighed.intent),
        "rule_danger": float((draft.pace.urgency == "emergency") == danger),
        "rule_sensitive": float(bool(draft.tags) == bool(weighed.tags)),
        "unknown_words": _unknown_share(heard),
        "unheard_words": _unheard_share(heard),
        "long": min(3.0, max(0, len(heard.words) - _LONG) / 10),
        "short_answer": float(weighed.intent == "answer" and len(heard.words) <= _SHORT and asked.about != "open"),
        "half_danger": 0.0 if danger else min(3.0, half_seen(heard)),
        "stop_word": float(not weighed.stop and looks_like_stop(heard)),
        "calmed": float(draft.found.calmed and not danger),
        "unsure": min(2.0, sum(word in _VAGUE for word in heard.texts)),
        "is_danger": float(danger),
        "is_sensitive": float(bool(weighed.tags)),
        "tag": 0.0 if weighed.tags else _odds(1 - max(judged.tags.values())),
        "soon": _odds(1 - judged.urgencies["emergency"]) if not danger else 0.0,
    }


def _of_intent(judged: Judged, weighed: Weighed) -> dict[str, float]:
    """How sure the heads are of what is wanted, and how far it leads the next best."""
    shares = sorted(judged.intents.values(), reverse=True)
    chosen = judged.intents[weighed.intent]
    other = shares[1] if shares[0] == chosen else shares[0]
    return {"intent": _odds(chosen), "lead": chosen - other, "ahead": _within(_odds(chosen) - _odds(other), 3.0)}


def _of_all(judged: Judged, weighed: Weighed) -> dict[str, float]:
    """How likely all four hold at once, and how sure the heads are of the one they doubt most."""
    each = (
        judged.intents[weighed.intent],
        judged.danger if weighed.urgency == "emergency" else 1 - judged.danger,
        judged.sensitive if weighed.tags else 1 - judged.sensitive,
        judged.stop if weighed.stop else 1 - judged.stop,
    )
    return {"together": _odds(prod(each)), "weakest": _odds(min(each))}


def _of_voices(judged: Judged, weighed: Weighed) -> dict[str, float]:
    """How far each voice by itself is for what stands: another intent than its own first, danger, anything grave."""
    made: dict[str, float] = {}
    place = INTENTS.index(weighed.intent)
    for voice, said in zip(_VOICES, judged.apart, strict=True):
        others = max(one for at, one in enumerate(said[: len(INTENTS)]) if at != place)
        made[f"{voice} intent"] = _within(said[place] - others, 3.0)
        danger, sensitive = said[HEADS.index("danger")], said[HEADS.index("sensitive")]
        made[f"{voice} danger"] = _within(danger if weighed.urgency == "emergency" else -danger, 4.0)
        made[f"{voice} sensitive"] = _within(sensitive if weighed.tags else -sensitive, 4.0)
    return made


def _within(value: float, most: float) -> float:
    return max(-most, min(most, value))


def _odds(share: float) -> float:
    """Log-odds, kept between -4 and 4."""
    share = min(0.982, max(0.018, share))
    return log(share / (1 - share))


def _unknown_share(heard: Heard) -> float:
    words = [word for word in heard.texts if word.isalpha() and len(word) > _SHORT - 1]
    if not words:
        return 0.0
    return sum(not (LEXICON.knows(word) or SPELLER.knows(word)) for word in words) / len(words)


def _unheard_share(heard: Heard) -> float:
    """The share of words that neither our lists nor the 18,000 words with a point know, nor are a slip away from."""
    words = [word for word in heard.texts if word.isalpha() and len(word) > 2]
    if not words:
        return 0.0
    return sum(not (has_point(word) or LEXICON.knows(word) or SPELLER.knows(word)) for word in words) / len(words)
