"""Does a text take up the question asked last? One small rule for each kind of question.

The question is the strongest clue there is: "78704" after "what zip?" needs no further thought. A rule gives way
(None) when the text clearly wants something else; it must never call a text an answer to a question that was not asked.
"""

from collections.abc import Callable

from answerback.engine.reading import Asked, AskedAbout, Intent, Slots
from answerback.understanding.heard import Heard

Scores = dict[Intent, float]
_Rule = Callable[[Heard, Slots, Scores], Intent | None]

_MILD: frozenset[Intent] = frozenset({"book", "ack", "answer", "other"})


def answering(heard: Heard, asked: Asked, slots: Slots, scores: Scores) -> Intent | None:
    """The intent when the text takes up what was asked; None when it goes its own way."""
    rule = _RULES.get(asked.about)
    return rule(heard, slots, scores) if rule else None


def _menu(_heard: Heard, slots: Slots, scores: Scores) -> Intent | None:
    return "answer" if slots.option and _other(scores) < 5 else None


def _place(_heard: Heard, slots: Slots, scores: Scores) -> Intent | None:
    return "answer" if (slots.zip or slots.city or slots.address) and _other(scores) < 4 else None


def _name(heard: Heard, slots: Slots, scores: Scores) -> Intent | None:
    if slots.name and _other(scores) < 5:
        return "answer"
    return "other" if heard.has("slots.unwilling") else None


def _time(heard: Heard, slots: Slots, scores: Scores) -> Intent | None:
    loose = any(heard.has(label) for label in ("slots.any_pref", "urgency.can_wait", "urgency.soon"))
    return "answer" if (slots.time or loose) and _other(scores) < 5 and not scores.get("cancel") else None


def _contact(heard: Heard, slots: Slots, scores: Scores) -> Intent | None:
    wanted = slots.contact_pref or heard.has("slots.any_pref") or (slots.yes_no and len(heard.words) <= 6)
    return "answer" if wanted and not _strong(scores, 4, {"book", "callback"}) else None


def _urgent(heard: Heard, _slots: Slots, scores: Scores) -> Intent | None:
    return "answer" if heard.words and not _strong(scores, 3.5, {"book", "answer", "other"}) else None


def _confirm(_heard: Heard, slots: Slots, scores: Scores) -> Intent | None:
    if scores.get("complaint", 0.0) >= 4 or scores.get("wrong_number") or scores.get("vendor"):
        return None
    moves, cancels = scores.get("reschedule", 0.0), scores.get("cancel", 0.0)
    if slots.yes_no == "yes" and moves < 4 and cancels < 4:
        return "answer"
    if moves >= 4 or (slots.time and (slots.yes_no == "no" or cancels)):
        return "reschedule"
    if cancels:
        return "cancel"
    return "answer" if slots.yes_no else None


def _followup(heard: Heard, slots: Slots, scores: Scores) -> Intent | None:
    strong = _strong(scores, 4, {"book", "decline", "reschedule", "cancel"})
    if strong and slots.yes_no is None:
        return None
    if slots.yes_no == "yes" or heard.has("intents.still_need"):
        return "answer"
    if slots.yes_no == "no" or scores.get("decline", 0.0) >= 4:
        return None if "complaint" in strong else "decline"
    return "answer" if slots.time or scores.get("book", 0.0) >= 1.5 else None


def _link_sent(_heard: Heard, _slots: Slots, scores: Scores) -> Intent | None:
    return "ack" if scores.get("ack") and _other(scores) < 3 else None


def _review(heard: Heard, _slots: Slots, scores: Scores) -> Intent | None:
    if scores.get("complaint", 0.0) >= 4:
        return "complaint"
    return "ack" if heard.live("intents.praise") else None


_RULES: dict[AskedAbout, _Rule] = {
    "menu": _menu,
    "location": _place,
    "address": _place,
    "name": _name,
    "time": _time,
    "contact_pref": _contact,
    "urgent": _urgent,
    "confirm": _confirm,
    "followup": _followup,
    "link_sent": _link_sent,
    "review": _review,
}


def _other(scores: Scores) -> float:
    """The weight of the strongest wish that is not simply going along."""
    return max((score for intent, score in scores.items() if intent not in _MILD), default=0.0)


def _strong(scores: Scores, least: float, besides: set[Intent]) -> set[Intent]:
    return {intent for intent, score in scores.items() if score >= least and intent not in besides}
