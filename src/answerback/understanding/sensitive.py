"""What a person should see at once: health, law, self-harm, complaints, minors, violence."""

from answerback.engine.reading import Intent, Sensitive, Vocabulary
from answerback.understanding.hazards import Dangers
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import WORDS

_CARE = frozenset({"clinic", "dental", "medspa", "vet", "med_spa", "dental_clinic"})
_LAW_CLAIMS = frozenset({"lawyer", "attorney", "divorce", "custody", "visa", "bankruptcy", "abogado"})
_TELLING: frozenset[Intent] = frozenset({"book", "question", "complaint", "answer", "other", "callback"})
_OF_ONESELF = frozenset({"i", "im", "am", "have", "my", "got", "tengo", "estoy", "mi", "since", "after", "while"})
_FACTS = WORDS["sensitive.facts"]


def sensitive(
    heard: Heard, found: Dangers, *, intent: Intent, vocabulary: Vocabulary, plain: tuple[Sensitive, ...]
) -> tuple[Sensitive, ...]:
    """The tags of a text, most pressing first; `plain` are those beyond doubt."""
    if intent in {"vendor", "job_seeker", "wrong_number", "ack"} and not found.hazards and not found.tags:
        return ("minor",) if intent == "job_seeker" and _minor(heard) else ()
    tags: list[Sensitive] = []
    if "self_harm" in found.hazards:
        tags.append("self_harm")
    if "violence" in found.hazards or (intent != "opt_out" and heard.live("sensitive.safety")):
        tags.append("safety")
    if _medical(heard, found, intent, vocabulary):
        tags.append("medical")
    if _legal(heard, vocabulary, intent):
        tags.append("legal")
    if _minor(heard):
        tags.append("minor")
    if intent == "complaint":
        tags.append("complaint")
    return tuple(dict.fromkeys((*tags, *found.tags, *plain)))


def plainly(heard: Heard, found: Dangers, vocabulary: Vocabulary) -> tuple[Sensitive, ...]:
    """The tags that a text's words leave no doubt of, whatever they resemble."""
    tags: list[Sensitive] = list(found.tags) if found.sure else []
    if heard.live("sensitive.hands_on"):
        tags.append("safety")
    if heard.live("sensitive.with_child") and vocabulary.industry != "vet":
        tags.append("medical")
    if heard.live("sensitive.legal_threat") or ("law" in vocabulary.industry and heard.live("sensitive.law_at_stake")):
        tags.append("legal")
    return tuple(tags)


def _medical(heard: Heard, found: Dangers, intent: Intent, vocabulary: Vocabulary) -> bool:
    if vocabulary.industry == "vet":
        return False
    if "medical_emergency" in found.hazards:
        return True
    hits = heard.live("sensitive.medical")
    if not hits:
        return False
    return (
        vocabulary.industry not in _CARE
        or intent in {"existing", "question", "answer", "complaint"}
        or _personal(heard)
    )


def _personal(heard: Heard) -> bool:
    """More than the plain reason for a visit: two medical facts, or one told of oneself."""
    hits = heard.all("sensitive.medical")
    told = len(hits) > 1 or any(hit.last - hit.first > 1 for hit in hits)
    return told or bool(_OF_ONESELF & set(heard.texts))


def _legal(heard: Heard, vocabulary: Vocabulary, intent: Intent) -> bool:
    clear = heard.clear_of("sensitive.legal", ("sensitive.legal_not",))
    hits = [hit for hit in heard.live("sensitive.legal") if hit in clear]
    if "law" not in vocabulary.industry:
        return bool(hits)
    if _told_the_firm(heard, intent):
        return True
    if not hits:
        return False
    if intent not in _TELLING:
        return False
    told = bool(_FACTS & set(heard.texts)) and len(heard.words) > 4
    words = {heard.texts[hit.first] for hit in hits}
    return told and bool(words - _LAW_CLAIMS)


def _told_the_firm(heard: Heard, intent: Intent) -> bool:
    """To a law firm nearly every story is a legal matter: somebody, and something that happened to them."""
    return (
        intent in _TELLING
        and heard.has("sensitive.law_told")
        and bool(heard.live("sensitive.law_event"))
        and len(heard.words) > 4
    )


def _minor(heard: Heard) -> bool:
    if heard.clear_of("sensitive.minor", ("sensitive.minor_not",)):
        return True
    children = heard.all("sensitive.child")
    harms = heard.live("sensitive.child_harm")
    return any(abs(child.first - harm.first) <= 6 for child in children for harm in harms)
