"""Weighs what the rules found against what the trained heads say: one intent, one urgency, the tags, the stop.

For safety either may say so: a danger the rules name stands unless the heads are all but certain it is none, and one
the heads see stands without any rule. Opt-out only adds up: nothing here takes a stop back.
"""

from typing import NamedTuple

from answerback.engine.reading import LIFE_SAFETY, Asked, Hazard, Intent, Sensitive, Urgency
from answerback.understanding import evidence
from answerback.understanding.heads import TAGS, URGENCIES, Judged
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import THRESHOLDS, WORDS
from answerback.understanding.normalise import fold_plain
from answerback.understanding.opt_out import speaks_of_texts
from answerback.understanding.phrases import Hit
from answerback.understanding.rules import Draft

_HAZARD_OF: dict[Sensitive, Hazard] = {
    "self_harm": "self_harm",
    "safety": "violence",
    "medical": "medical_emergency",
}
_FEW = 3
_TIE = 0.97
_RIDES = 0.8
_LAST: tuple[Sensitive, ...] = ("self_harm", "safety", "medical", "legal", "minor", "complaint")


class Weighed(NamedTuple):
    """What stands, and in plain words what the trained heads added to the rules' evidence."""

    intent: Intent
    also: tuple[Intent, ...]
    urgency: Urgency
    tags: tuple[Sensitive, ...]
    hazards: tuple[Hazard, ...]
    stop: bool
    added: tuple[str, ...]


def weigh(heard: Heard, asked: Asked, draft: Draft, judged: Judged) -> Weighed:
    """What stands of the draft and the judgement; a number, a sign or thanks alone are left to rules."""
    if all(_says_nothing(word.text) for word in heard.words) or _only_a_number_anew(heard):
        return _by_rules(draft)
    if _only_praise(heard, asked, draft):
        return _by_rules(draft)._replace(intent="ack", also=(), tags=())
    if _only_thanks(heard) and draft.stop is None:
        plain = draft.wanted.intent if draft.wanted.intent == "answer" else "ack"
        return _by_rules(draft)._replace(intent=plain, tags=())
    if _only_sounds_grave(heard, draft, judged):
        judged = _without_self_harm(heard, judged)
    if _is_expected(heard, draft, judged):
        judged = _unafraid(judged)
    stop = draft.stop is not None or _stops(heard, judged)
    intent, also = _intent(heard, asked, draft, judged, stop=stop)
    emergency = _emergency(heard, asked, draft, judged) and not _waits(asked, draft)
    tags = _tags(draft, judged, intent=intent)
    hazards = _hazards(draft, tags, emergency=emergency)
    return Weighed(
        intent=intent,
        also=also,
        urgency="emergency" if emergency else _pace(draft, judged),
        tags=tags,
        hazards=hazards,
        stop=stop,
        added=tuple(_added(draft, stop=stop, emergency=emergency, tags=tags, intent=intent)),
    )


def _says_nothing(word: str) -> bool:
    return word.isdecimal() or not any(map(str.isalnum, word))


def _only_a_number_anew(heard: Heard) -> bool:
    """Is it a number said again and nothing else ("sorry, I meant 78704")? "Perdón" alone can be a farewell."""
    words = [word.text for word in heard.words]
    return any(map(str.isdecimal, words)) and all(_says_nothing(word) or word in _ANEW for word in words)


_ANEW = WORDS["weighing.anew"]


def _only_thanks(heard: Heard) -> bool:
    """Is every word one of thanks or praise ("perfect, thanks again")? Thanks "for everything" are not so plain."""
    return all(word.text in _THANKS for word in heard.words) and any(word.text in _THANKING for word in heard.words)


_THANKS = WORDS["weighing.thanks"]
_THANKING = frozenset(["gracias", "thank", "thanks", "thx", "ty", "lovesign"])


def _only_praise(heard: Heard, asked: Asked, draft: Draft) -> bool:
    """Asked how it was, is there a word of praise, and no word that says anything else?"""
    if asked.about != "review" or draft.stop is not None or draft.found.hazards or heard.plain.asks:
        return False
    if heard.has("intents.sarcasm") or draft.wanted.intent not in {"ack", "answer", "other"}:
        return False
    words = {word.text for word in heard.words}
    praised = words & _PRAISE
    return bool(praised) and words <= _PRAISE | _BESIDE_PRAISE and not any(map(heard.negated, _hits_of_praise(heard)))


def _hits_of_praise(heard: Heard) -> list[Hit]:
    return [Hit("praise", at, at + 1) for at, word in enumerate(heard.words) if word.text in _PRAISE]


_PRAISE = WORDS["weighing.praise"]
_BESIDE_PRAISE = WORDS["weighing.beside_praise"]


def _waits(asked: Asked, draft: Draft) -> bool:
    """Who says that it can wait when asked just that has said so, where no rule knows a danger in the text."""
    known = draft.found.hazards or draft.found.plight
    return asked.about == "urgent" and draft.pace.urgency == "can_wait" and not known


def _by_rules(draft: Draft) -> Weighed:
    emergency = draft.pace.urgency == "emergency"
    return Weighed(
        intent="opt_out" if draft.stop is not None else draft.wanted.intent,
        also=draft.wanted.also,
        urgency=draft.pace.urgency,
        tags=draft.tags,
        hazards=draft.found.hazards if emergency else (),
        stop=draft.stop is not None,
        added=(),
    )


def _stops(heard: Heard, judged: Judged) -> bool:
    """A wish for no more texts in words no list holds; look-alikes and what names no texts are believed less."""
    if heard.has("opt_out.calls_only") or heard.has("opt_out.elsewhere"):
        return False
    alike = heard.has("opt_out.unlike") or len(heard.words) < _FEW
    doubtful = heard.plain.asks or not speaks_of_texts(heard)
    return judged.stop > THRESHOLDS["stop_unlike" if alike else "stop_doubtful" if doubtful else "stop"]


def _never(heard: Heard, asked: Asked, draft: Draft) -> set[Intent]:
    """What it cannot be: stops stand apart, who keeps a visit cancels none, who still needs us declines nothing."""
    never: set[Intent] = {"opt_out"}
    if _keeps(heard):
        never |= {"cancel", "decline"} if _DECLINED.isdisjoint(heard.texts) else {"cancel"}
    if "no need to reschedule" in heard.bare and _MOVED.isdisjoint(heard.texts):
        never |= {"reschedule", "cancel"}
    if asked.about == "followup" and draft.answers.yes_no == "yes":
        short: set[Intent] = {"complaint", "existing"} if len(heard.words) <= _SHORT else set()
        never |= {"decline", "wrong_number", *short}
    elif asked.about == "followup" and heard.has("slots.drops"):
        never |= {"answer"}
    if heard.has("intents.sarcasm"):
        never |= {"ack"}
    if draft.wanted.intent == "book" and "scratch" in heard.texts and heard.has("slots.no"):
        never |= {"cancel", "reschedule"}  # "Thursday, no scratch that, friday" takes back a day and no visit.
    if asked.about == "name" and draft.answers.name and _goes_by(heard):
        never |= {"callback", "wrong_number"}
    if "quien sabe" in heard.bare:  # It says "no idea" and asks nobody who we are.
        never |= {"help", "wrong_number", "decline"} if len(heard.words) <= _FEW else {"help"}
    return never


_DECLINED = frozenset({"thanks", "hired"})
_MOVED = frozenset({"cancel", "move", "switch"})
_SHORT = 4
"""So short, "no one came" only says that they still need us."""


def _goes_by(heard: Heard) -> bool:
    """ "Just call me Ish", "not Mike, its Mark" give the name that was asked for."""
    return {"call", "me"} <= set(heard.texts) or bool(_CORRECTED & set(heard.texts))


_CORRECTED = frozenset(["not", "no", "sorry", "typo", "oops", "meant", "perdon"])


def _keeps(heard: Heard) -> bool:
    """ "Please dont cancel my appointment" keeps it; "if you dont cancel it" does not."""
    return any(
        not heard.texts[max(hit.first - 1, 0)].startswith(("you", "u", "why", "they", "porque"))
        for hit in heard.all("intents.keeps")
    )


def _intent(
    heard: Heard, asked: Asked, draft: Draft, judged: Judged, *, stop: bool
) -> tuple[Intent, tuple[Intent, ...]]:
    if stop:
        return "opt_out", ("cancel",) if draft.wanted.also == ("cancel",) and asked.about == "confirm" else ()
    if heard.bare in _HELP:
        return "help", ()  # The heads take "ayuda" for a wish; carriers' rules want the word by itself answered.
    never = _never(heard, asked, draft)
    ranked = sorted(((share, intent) for intent, share in judged.intents.items() if intent not in never), reverse=True)
    best, first = ranked[0]
    if judged.intents[draft.wanted.intent] > _TIE * best and draft.wanted.intent not in never:
        first = draft.wanted.intent  # In a tie the rules decide.
    if first == "question" and judged.intents["answer"] > _RIDES * best and heard.live("intents.asks_too"):
        first = "answer"  # "No it can wait. do you guys take cards?" answers first.
    return first, tuple(intent for share, intent in ranked[:3] if share > 0.25 * best and intent != first)[:2]


_HELP = WORDS["weighing.help"]


def _emergency(heard: Heard, asked: Asked, draft: Draft, judged: Judged) -> bool:
    """Either may say so; the heads outvote a rule only when they are fairly sure, least of all a yes to just that."""
    if "self_harm" in draft.found.hazards:
        return True
    if max(judged.tags["self_harm"], judged.tags["safety"]) > THRESHOLDS["grave_sure"]:
        return judged.danger > THRESHOLDS["danger_grave"]  # Such a thing is always an emergency: one sign is enough.
    if draft.pace.urgency == "emergency" and asked.about == "urgent" and heard.has("urgency.cannot_wait"):
        return True  # "No puede esperar" sounds calm to the heads, and answers just what was asked.
    place = _place(heard, draft)
    if draft.pace.urgency == "emergency" and not (place and not draft.found.hazards and _PLACED & set(heard.texts)):
        return judged.danger > THRESHOLDS[_veto(asked, draft)]
    alike = any(label.startswith(("hazards.unlike", "urgency.unlike")) for label in heard.hits)
    if draft.found.calmed or alike or place:
        sounded = heard.has("hazards.unlike_self_harm") and not judged.tags["self_harm"]
        # "Gas water heater is leaking, water is off."
        over = alike and bool(heard.live("hazards.over")) and not heard.live("hazards.still")
        return judged.danger > THRESHOLDS["grave_unlike" if sounded else "danger_over" if over else "danger_calmed"]
    return judged.danger > THRESHOLDS["danger" if _is_of_somebody(judged) else "danger_of_things"]


def _is_of_somebody(judged: Judged) -> bool:
    """May somebody be hurt or ill? Of things alone more is told that only sounds like a danger."""
    return max(judged.tags[tag] for tag in _OF_PEOPLE) > THRESHOLDS["somebody"]


_OF_PEOPLE: tuple[Sensitive, ...] = ("self_harm", "safety", "medical", "minor")


def _veto(asked: Asked, draft: Draft) -> str:
    """By which threshold the heads outvote the rules: life at stake, a yes to whether it is urgent, anything else."""
    if draft.found.sure:
        return "danger_veto_sure"
    if LIFE_SAFETY & set(draft.found.hazards):
        return "danger_veto_life"
    return "danger_veto_asked" if asked.about == "urgent" else "danger_veto"


def _place(heard: Heard, draft: Draft) -> bool:
    """Is it a town and nothing else ("up in Sparks, 89436")? That is no danger, whatever was asked."""
    if draft.answers.city is None:
        return False
    city = fold_plain(draft.answers.city).split()
    return all(word in city or word in _WHERE or word.isdecimal() for word in heard.texts)


_WHERE = WORDS["weighing.where"]
_PLACED = frozenset({"in", "en", "near", "from"})
"""With one of these a town is named; "Socorro!" alone may be a cry for help."""


def _pace(draft: Draft, judged: Judged) -> Urgency:
    """Words of haste or patience that a list holds are believed before a resemblance; in doubt it can be asked."""
    if draft.pace.urgency in {"soon", "can_wait"} and judged.urgencies[draft.pace.urgency] > THRESHOLDS["pace_said"]:
        return draft.pace.urgency
    best: Urgency = max((one for one in URGENCIES if one != "emergency"), key=lambda one: judged.urgencies[one])
    return best if judged.urgencies[best] > THRESHOLDS["pace"] else "unknown"


def _tags(draft: Draft, judged: Judged, *, intent: Intent) -> tuple[Sensitive, ...]:
    """A complaint is always one; every other tag stands on the heads, or on a rule that they do not rule out."""
    found: set[Sensitive] = {tag for tag in TAGS if tag != "complaint" and judged.tags[tag] > _needed(tag, draft)}
    if "self_harm" in draft.found.hazards:
        found.add("self_harm")
    found |= set(draft.plain)
    if intent == "complaint":
        found.add("complaint")
    likeliest = max(TAGS, key=lambda tag: judged.tags[tag])
    if (
        not found
        and judged.sensitive > THRESHOLDS["sensitive"]
        and (likeliest != "complaint" or likeliest in draft.tags)
    ):
        found.add(likeliest)
    return tuple(tag for tag in _LAST if tag in found)


def _only_sounds_grave(heard: Heard, draft: Draft, judged: Judged) -> bool:
    """ "End of the month is better", "i wont be there friday": a little like self-harm, by no rule, and no danger."""
    if "self_harm" in draft.tags:
        return False
    sounds = judged.tags["self_harm"]
    if heard.has("hazards.unlike_self_harm"):
        return sounds < THRESHOLDS["grave_unlike"]
    return sounds < THRESHOLDS["grave_alone"] and judged.danger < THRESHOLDS["grave_harmless"]


def _without_self_harm(heard: Heard, judged: Judged) -> Judged:
    tags = judged.tags | {"self_harm": 0.0}
    plainly = heard.has("hazards.unlike_self_harm")
    return judged._replace(tags=tags, sensitive=min(judged.sensitive, max(tags.values()) if plainly else 1.0))


def _is_expected(heard: Heard, draft: Draft, judged: Judged) -> bool:
    """Is it our own man who sits outside, or their husband, and no word of fear beside it?"""
    if draft.found.hazards or draft.found.plight or "safety" in draft.tags or not _FEAR.isdisjoint(heard.texts):
        return False
    return heard.has("hazards.unlike_present") and judged.tags["safety"] < THRESHOLDS["expected"]


def _unafraid(judged: Judged) -> Judged:
    """Without what "outside" alone sounds like; a danger the heads are all but certain of stays."""
    danger = judged.danger if judged.danger > THRESHOLDS["expected_danger"] else 0.0
    tags = judged.tags | {"safety": 0.0}
    return judged._replace(tags=tags, danger=danger, sensitive=min(judged.sensitive, max(tags.values())))


_FEAR = WORDS["weighing.fear"]


def _needed(tag: Sensitive, draft: Draft) -> float:
    if tag in {"self_harm", "safety"}:
        return THRESHOLDS["grave_said"] if tag in draft.tags else THRESHOLDS["grave"]
    return THRESHOLDS["tag_said"] if tag in draft.tags else THRESHOLDS["tag"]


def _hazards(draft: Draft, tags: tuple[Sensitive, ...], *, emergency: bool) -> tuple[Hazard, ...]:
    if not emergency:
        return ()
    more = (_HAZARD_OF[tag] for tag in tags if tag in _HAZARD_OF and (tag != "medical" or not draft.found.hazards))
    return tuple(dict.fromkeys((*draft.found.hazards, *more)))


def _added(draft: Draft, *, stop: bool, emergency: bool, tags: tuple[Sensitive, ...], intent: Intent) -> list[str]:
    """What stands though no single phrase says so, told as what it is: a resemblance."""
    said: list[str] = []
    if stop and draft.stop is None:
        said.append(evidence.LIKE_STOP)
    if emergency and draft.pace.urgency != "emergency":
        said.append(evidence.LIKE_EMERGENCY)
    said += [evidence.resembles(tag) for tag in tags if tag not in draft.tags and tag != "complaint"]
    if intent not in {draft.wanted.intent, "opt_out"}:
        said.append(evidence.resembles(intent))
    return said
