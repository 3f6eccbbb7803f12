"""How soon somebody is needed, by what the text says: danger first, then denial, then words of haste or patience.

Real danger beats a polite "no rush"; "not urgent" beats a word that only sounds urgent.
"""

from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from answerback.engine.reading import Asked, Intent, Urgency
from answerback.engine.times import Times
from answerback.understanding import evidence
from answerback.understanding.hazards import Dangers, long_ago
from answerback.understanding.heard import Heard
from answerback.understanding.lexicon import WORDS
from answerback.understanding.phrases import Hit

_NO_URGENCY_OF_ITS_OWN: frozenset[Intent] = frozenset(
    {"reschedule", "cancel", "question", "existing", "complaint", "ack", "decline", "vendor", "job_seeker",
     "wrong_number", "help", "opt_out"}
)  # fmt: skip


_SETTLED: frozenset[Intent] = frozenset({"opt_out", "vendor", "job_seeker", "wrong_number", "decline"})


class Hurry(NamedTuple):
    """The urgency and the words that say so."""

    urgency: Urgency
    evidence: str | None


def hurry(heard: Heard, found: Dangers, *, asked: Asked, intent: Intent, yes_no: str | None) -> Hurry:
    """The urgency of a text, given what it wants and which dangers were found."""
    if found.hazards:
        return Hurry("emergency", None)
    if asked.about == "urgent" and (outright := _cannot_wait(heard)):
        return Hurry("emergency", evidence.hurries(heard.quote(outright), "cannot wait"))
    if found.plight and intent not in _SETTLED:
        return Hurry("emergency", evidence.is_plight(found.plight))
    if intent in {"opt_out", "vendor", "job_seeker", "wrong_number", "ack", "decline"}:
        return Hurry("unknown", None)
    serious = _serious(heard, asked, intent)
    if serious:
        return Hurry("emergency", evidence.hurries(heard.quote(serious), "emergency"))
    patient = heard.all("urgency.can_wait")
    if asked.about == "urgent":
        return _to_the_question(heard, patient, yes_no)
    if intent in _NO_URGENCY_OF_ITS_OWN or intent == "answer":
        return Hurry("unknown", None)
    return _of_wish(heard, patient)


def of_days(times: Times) -> Hurry:
    """The urgency of a wish by its days alone: today or tomorrow is soon, the day after or later can wait."""
    windows = times.windows if times.kind in {"windows", "point"} else ()
    if not windows:
        return Hurry("unknown", None)
    zone = ZoneInfo(times.zone)
    today = times.now.astimezone(zone).date()
    first = (windows[0].start.astimezone(zone).date() - today).days
    last = ((windows[-1].end - _MOMENT).astimezone(zone).date() - today).days
    if first > _TOMORROW or last > _WEEK:
        return Hurry("can_wait", evidence.LATER)
    return Hurry("soon", evidence.AT_ONCE) if last <= _TOMORROW else Hurry("unknown", None)


_TOMORROW, _WEEK = 1, 7
"""In days from today; "sometime before May" can wait, "before friday" leaves it open."""

_MOMENT = timedelta(minutes=1)


def _cannot_wait(heard: Heard) -> Hit | None:
    """ "No puede esperar" answers whether it can; "no, puede esperar" and "cant wait to see it" do not."""
    within = (
        hit
        for hit in heard.all("urgency.cannot_wait")
        if heard.words[hit.first].clause == heard.words[hit.last - 1].clause
        and heard.texts[max(hit.first - 1, 0) : hit.first + 1] != ["no", "es"]
        and heard.texts[hit.last : hit.last + 2] not in _TO_SEE
    )
    return next(within, None)


_TO_SEE = [["to", "see"], ["to", "meet"], ["to", "get"], ["to", "try"], ["to", "have"]]


def _serious(heard: Heard, asked: Asked, intent: Intent) -> Hit | None:
    """What is an emergency without being a danger to life: stranded, locked out, arrested, cold with a baby."""
    if intent not in {"question", "existing", "complaint", "reschedule", "cancel"}:
        for label in ("urgency.tooth", "urgency.stranded", "urgency.custody"):
            clear = heard.clear_of(label, ("urgency.unlike_stranded", "urgency.unlike_tooth"))
            live = [hit for hit in heard.live(label) if hit in clear and not long_ago(heard, hit)]
            if live and not (label == "urgency.stranded" and heard.has("urgency.can_wait")):
                return live[0]
        if heard.live("urgency.no_comfort") and heard.clear_of("urgency.fragile", ("urgency.unlike_stranded",)):
            return heard.all("urgency.no_comfort")[0]
    clear = heard.clear_of("urgency.emergency", ("urgency.unlike_emergency",))
    said = [hit for hit in heard.live("urgency.emergency") if hit in clear and not _denied(heard, hit)]
    if said and not heard.plain.asks and intent in {"book", "answer", "callback", "other", "existing"}:
        return said[0] if asked.about == "urgent" or not heard.has("urgency.can_wait") else None
    return None


def _denied(heard: Heard, hit: Hit) -> bool:
    return any(no.first <= hit.first < no.last for no in heard.all("urgency.can_wait")) or any(
        word in {"kinda", "kind", "sort", "semi", "somewhat", "pretty"}
        for word in heard.texts[max(0, hit.first - 2) : hit.first]
    )


def _to_the_question(heard: Heard, patient: list[Hit], yes_no: str | None) -> Hurry:
    if patient:
        return Hurry("can_wait", evidence.hurries(heard.quote(patient[0]), "can wait"))
    soon = heard.live("urgency.soon")
    if yes_no == "no":
        return Hurry("soon" if soon else "can_wait", evidence.SAID_NO)
    if soon:
        return Hurry("soon", evidence.hurries(heard.quote(soon[0]), "soon"))
    hedged = set(heard.texts) & {"kinda", "kind", "sort", "somewhat", "maybe", "mas", "pretty"}
    if yes_no == "yes" and not hedged and not _only_thanks(heard):
        return Hurry("emergency", evidence.SAID_YES)
    if hedged or heard.has("intents.problem@2"):
        return Hurry("soon", None)
    return Hurry("unknown", None)


def _only_thanks(heard: Heard) -> bool:
    """ "Ok thanks" is no yes to a question whether it is urgent; a thumb may be."""
    return all(word in _THANKS for word in heard.texts)


_THANKS = WORDS["weighing.thanks"] - {"thumbsup", "ya", "listo"}


def _of_wish(heard: Heard, patient: list[Hit]) -> Hurry:
    soon = heard.live("urgency.soon")
    explicit = [hit for hit in patient if hit.last - hit.first > 1 or not soon]
    if explicit and not (soon and explicit[0].first > soon[0].first and _time_only(heard, explicit[0])):
        return Hurry("can_wait", evidence.hurries(heard.quote(explicit[0]), "can wait"))
    if soon:
        return Hurry("soon", evidence.hurries(heard.quote(soon[0]), "soon"))
    comfort = heard.live("urgency.no_comfort") + heard.live("urgency.stuck_home")
    if comfort:
        return Hurry("soon", evidence.hurries(heard.quote(comfort[0]), "essential"))
    return Hurry("unknown", None)


def _time_only(heard: Heard, hit: Hit) -> bool:
    return heard.texts[hit.first] in {"next", "this", "on", "in", "by"}
