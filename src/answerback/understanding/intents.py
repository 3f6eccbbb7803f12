"""What a text wants: every list speaks with its weight, the question asked speaks too, the most wins.

It must never call a text an answer to a question that was not asked.
"""

from typing import NamedTuple, cast

from answerback.engine.reading import Asked, Intent, Slots
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
    if heard.plain.asks:
        scores["question"] = scores.get("question", 0.0) + _QUESTION_MARK
    _settle(heard, scores)
    answering = _answering(heard, asked, slots, scores)
    if answering is not None:
        return Wish(answering, _near(scores, answering), _answer_evidence(heard, asked, slots), 0.9)
    return _strongest(heard, scores, said, asked)


def _spoken(heard: Heard) -> tuple[dict[Intent, float], dict[Intent, Hit]]:
    scores: dict[Intent, float] = {}
    said: dict[Intent, Hit] = {}
    for label, intent, weight in _LISTS:
        hits = heard.all(label)
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
    if scores.get("question", 0.0) >= 3 and not heard.live("intents.problem@2"):
        scores["book"] = scores.get("book", 0.0) * 0.4
    if scores.get("reschedule") and scores.get("cancel"):
        scores["cancel"] *= 0.6
    if len(heard.words) > 5:
        scores.pop("help", None) if scores.get("help", 0.0) < 5 else None


def _answering(heard: Heard, asked: Asked, slots: Slots, scores: dict[Intent, float]) -> Intent | None:
    """The intent when the text takes up what was asked; None when it goes its own way."""
    other = max((score for intent, score in scores.items() if intent not in {"book", "ack", "answer", "other"}), default=0.0)
    short = len(heard.words) <= 6
    match asked.about:
        case "menu":
            return "answer" if slots.option and other < 5 else None
        case "location":
            return "answer" if (slots.zip or slots.city or slots.address) and other < 4 else None
        case "address":
            return "answer" if (slots.address or slots.zip or slots.city) and other < 4 else None
        case "name":
            return "answer" if slots.name and other < 5 else ("other" if heard.has("slots.unwilling") else None)
        case "time":
            flexible = slots.time or heard.has("slots.any_pref") or heard.has("urgency.can_wait") or heard.has("urgency.soon")
            return "answer" if flexible and other < 5 and not scores.get("cancel") else None
        case "contact_pref":
            wanted = slots.contact_pref or heard.has("slots.any_pref") or (slots.yes_no and short)
            strong = {intent for intent, score in scores.items() if score >= 4 and intent not in {"book", "callback"}}
            return "answer" if wanted and not strong else None
        case "urgent":
            strong = {intent for intent, score in scores.items() if score >= 3.5 and intent not in {"book", "answer", "other"}}
            return None if strong else ("answer" if heard.words else None)
        case "confirm":
            return _at_confirm(slots, scores)
        case "followup":
            return _at_followup(heard, slots, scores)
        case "review":
            return _at_review(heard, scores)
        case "link_sent":
            return "ack" if scores.get("ack") and other < 3 else None
        case "open" | "service":
            return None


def _at_confirm(slots: Slots, scores: dict[Intent, float]) -> Intent | None:
    if scores.get("complaint", 0.0) >= 4 or scores.get("wrong_number") or scores.get("vendor"):
        return None
    if slots.yes_no == "yes" and scores.get("reschedule", 0.0) < 4 and scores.get("cancel", 0.0) < 4:
        return "answer"
    if scores.get("reschedule", 0.0) >= 4 or (slots.time and (slots.yes_no == "no" or scores.get("cancel"))):
        return "reschedule"
    if scores.get("cancel"):
        return "cancel"
    return "answer" if slots.yes_no else None


def _at_followup(heard: Heard, slots: Slots, scores: dict[Intent, float]) -> Intent | None:
    strong = {intent for intent, score in scores.items() if score >= 4 and intent not in {"book", "decline", "reschedule", "cancel"}}
    if strong and slots.yes_no is None:
        return None
    if slots.yes_no == "yes" or heard.has("intents.still_need"):
        if heard.has("intents.complaint@4") and slots.yes_no is None:
            return None
        return "answer"
    if slots.yes_no == "no" or scores.get("decline", 0.0) >= 4:
        return None if strong - {"ack"} and "complaint" in strong else "decline"
    return None


def _at_review(heard: Heard, scores: dict[Intent, float]) -> Intent | None:
    if scores.get("complaint", 0.0) >= 4:
        return "complaint"
    if heard.has("intents.praise") and not heard.negated(heard.all("intents.praise")[0]):
        return "ack"
    return None


def _strongest(heard: Heard, scores: dict[Intent, float], said: dict[Intent, Hit], asked: Asked) -> Wish:
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], _BEATS.index(pair[0])))
    if not ranked or ranked[0][1] <= 0:
        return Wish("other", (), None, 0.2)
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if best == "cancel" and asked.about in {"open", "service"} and scores.get("decline", 0.0) >= score:
        best = "decline"
    words = f'"{heard.quote(said[best])}" says {_SAYS[best]}' if best in said else None
    return Wish(best, _near(scores, best), words, min(1.0, (score - second) / 4 + min(score, 4) / 8))


def _near(scores: dict[Intent, float], best: Intent) -> tuple[Intent, ...]:
    least = max(2.0, 0.7 * scores.get(best, 0.0))
    ranked = sorted((pair for pair in scores.items() if pair[0] != best and pair[1] >= least), key=lambda pair: -pair[1])
    return tuple(intent for intent, _ in ranked[:2])


def _answer_evidence(heard: Heard, asked: Asked, slots: Slots) -> str | None:
    values = (slots.option, slots.zip, slots.city, slots.address, slots.name, slots.time, slots.contact_pref, slots.yes_no)
    value = next((one for one in values if one), None)
    return f'"{value}" answers our question about {_ABOUT[asked.about]}' if value and heard.words else None


_ABOUT = {
    "open": "what is needed",
    "service": "the service",
    "urgent": "the urgency",
    "location": "the place",
    "address": "the address",
    "name": "the name",
    "time": "the time",
    "contact_pref": "call or link",
    "menu": "the choices",
    "confirm": "the appointment",
    "followup": "whether help is still needed",
    "link_sent": "the link",
    "review": "the visit",
}
_SAYS: dict[Intent, str] = {
    "book": "they want a job or a visit",
    "reschedule": "they want another time",
    "cancel": "they want to cancel",
    "existing": "it is about something already under way",
    "question": "it is a question",
    "complaint": "they are unhappy",
    "answer": "it answers our question",
    "callback": "they want to talk to a person",
    "decline": "they no longer need us",
    "ack": "it is thanks or an ok",
    "wrong_number": "they did not mean to reach us",
    "vendor": "they want to sell something",
    "job_seeker": "they are looking for work",
    "help": "they ask who we are",
    "opt_out": "they want no more texts",
    "other": "nothing in particular",
}
