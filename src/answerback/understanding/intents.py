"""What a text wants: every list speaks with its weight, the question asked speaks too, the most wins.

It must never call a text an answer to a question that was not asked.
"""

from typing import NamedTuple, cast

from answerback.engine.reading import Asked, Intent, Slots
from answerback.understanding.asked import answering
from answerback.understanding.evidence import answers, wishes
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import LEXICON_LABELS
from answerback.understanding.phrases import Hit

_LISTS: tuple[tuple[str, Intent, float], ...] = tuple(
    (label, cast("Intent", label.split(".")[1].split("@")[0].replace("problem", "book")), float(label.split("@")[1]))
    for label in LEXICON_LABELS
    if label.startswith("intents.") and "@" in label
)
_BEATS: tuple[Intent, ...] = (
    "vendor",
    "job_seeker",
    "wrong_number",
    "complaint",
    "cancel",
    "reschedule",
    "existing",
    "decline",
    "help",
    "callback",
    "question",
    "book",
    "answer",
    "ack",
    "other",
)
"""Who wins when two are equally strong: the rarer and plainer wish."""

_QUESTION_MARK = 1.5
_TOLD_WORDS = 4


class Wish(NamedTuple):
    """The intent, those that came near, its evidence, and how clear the lead was (0 to 1)."""

    intent: Intent
    also: tuple[Intent, ...]
    evidence: str | None
    lead: float


def wish(heard: Heard, *, asked: Asked, slots: Slots, service: str | None, urgent: bool) -> Wish:
    """The intent of a text that is neither an opt-out nor a phone's reaction."""
    scores, said = _spoken(heard)
    if service is not None:
        scores["book"] = scores.get("book", 0.0) + 1.5
    if urgent:
        scores["book"] = scores.get("book", 0.0) + 1.5
    if heard.plain.asks and heard.words:
        scores["question"] = scores.get("question", 0.0) + _QUESTION_MARK
    _settle(heard, scores)
    taken_up = answering(heard, asked, slots, scores)
    if taken_up is not None:
        return Wish(taken_up, _near(scores, taken_up), answers(slots, asked.about) if heard.words else None, 0.9)
    return _strongest(heard, scores, said, asked)


def _spoken(heard: Heard) -> tuple[dict[Intent, float], dict[Intent, Hit]]:
    scores: dict[Intent, float] = {}
    said: dict[Intent, Hit] = {}
    for label, intent, weight in _LISTS:
        hits = heard.clear_of(label, ("intents.own_fault",)) if intent == "complaint" else heard.all(label)
        if not hits:
            continue
        live = [hit for hit in hits if not (intent in {"complaint", "vendor"} and heard.negated(hit))]
        if live:
            scores[intent] = scores.get(intent, 0.0) + weight + 0.5 * (min(len(live), 3) - 1)
            said.setdefault(intent, live[0])
    return scores, said


def _settle(heard: Heard, scores: dict[Intent, float]) -> None:
    """What one wish says of another: praise with "again" is none; thanks at the end of a wish is manners."""
    if heard.has("intents.sarcasm"):
        scores["complaint"] = scores.get("complaint", 0.0) + 4
    if scores.get("ack") and any(score >= 2 for intent, score in scores.items() if intent != "ack"):
        scores["ack"] *= 0.3
    if (
        scores.get("other")
        and len(heard.words) > 3
        and any(score >= 2 for intent, score in scores.items() if intent != "other")
    ):
        scores["other"] *= 0.2
    if scores.get("question", 0.0) >= 3 and not heard.live("intents.problem@2"):
        scores["book"] = scores.get("book", 0.0) * 0.4
    if scores.get("reschedule") and scores.get("cancel"):
        scores["cancel"] *= 0.6


def _strongest(heard: Heard, scores: dict[Intent, float], said: dict[Intent, Hit], asked: Asked) -> Wish:
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], _BEATS.index(pair[0])))
    if not ranked or ranked[0][1] <= 0:
        return _told_only(heard, asked)
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if best == "cancel" and asked.about in {"open", "service"} and scores.get("decline", 0.0) >= score:
        best = "decline"
    words = wishes(heard.quote(said[best]), best) if best in said else None
    return Wish(best, _near(scores, best), words, min(1.0, (score - second) / 4 + min(score, 4) / 8))


def _told_only(heard: Heard, asked: Asked) -> Wish:
    """Who tells us something at length without a word of wishing most likely tells us what is wrong."""
    tells = asked.about in {"open", "service"} and len(heard.words) >= _TOLD_WORDS
    return Wish("book" if tells else "other", (), None, 0.1 if tells else 0.2)


def _near(scores: dict[Intent, float], best: Intent) -> tuple[Intent, ...]:
    least = max(2.0, 0.7 * scores.get(best, 0.0))
    ranked = sorted(
        (pair for pair in scores.items() if pair[0] != best and pair[1] >= least), key=lambda pair: -pair[1]
    )
    return tuple(intent for intent, _ in ranked[:2])
