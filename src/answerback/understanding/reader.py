"""Reads one text: asks each part of the understanding in turn and puts a `Reading` together.

Safety first: opt-out and dangers are read before and apart from what the text wants, and nothing read later may take
them back. It must never act, guess a missing value, or fail on any text.
"""

from dataclasses import replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from answerback.engine.reading import Asked, Intent, Reading, Slots, Urgency, Vocabulary
from answerback.understanding import places
from answerback.understanding import slots as slot
from answerback.understanding.confidence import confidence
from answerback.understanding.corrections import corrects
from answerback.understanding.hazards import Dangers, dangers
from answerback.understanding.heard import Heard, hear
from answerback.understanding.intents import Wish, wish
from answerback.understanding.language import language
from answerback.understanding.offers import Found, service
from answerback.understanding.opt_out import opt_in, opt_out
from answerback.understanding.sensitive import sensitive
from answerback.understanding.urgency import hurry
from answerback.understanding.when import understand_times, wanted_time

_NO_SERVICE: frozenset[Intent] = frozenset(
    {"opt_out", "vendor", "job_seeker", "wrong_number", "ack", "help", "reschedule", "cancel", "complaint", "other"}
)
_NO_TIME: frozenset[Intent] = frozenset(
    {
        "opt_out",
        "vendor",
        "job_seeker",
        "wrong_number",
        "ack",
        "help",
        "existing",
        "cancel",
        "complaint",
        "decline",
        "question",
    }
)


def read(text: str, *, asked: Asked, vocabulary: Vocabulary, now: datetime, zone: ZoneInfo) -> Reading:
    """What this text means as an answer to what was asked, in the words of this business.

    `now` must carry a zone; `zone` is the business's own and settles what "tomorrow" means.
    """
    heard = hear(text, quoted=asked.question)
    if heard.plain.reaction:
        return Reading(
            intent="ack", language="en", confidence=0.95, evidence=("a phone's reaction, not words of their own",)
        )
    stop = opt_out(heard, asked)
    found = dangers(heard, vocabulary.industry)
    about = service(heard, vocabulary)
    answers = _answers(heard, asked, vocabulary, now, zone)
    wanted = _wanted(heard, asked, answers, about=about, found=found, stop=stop)
    kept = _kept(heard, asked, answers, intent=wanted.intent, now=now, zone=zone)
    pace = hurry(heard, found, asked=asked, intent=wanted.intent, yes_no=kept.yes_no)
    reading = _reading(heard, asked, vocabulary, stop=stop, found=found, about=about, wanted=wanted, kept=kept,
                       urgency=pace.urgency, urgency_evidence=pace.evidence)  # fmt: skip
    times = understand_times(text, now=now, zone=zone, language=reading.language, menu=asked.openings)
    return replace(reading, times=times, corrects=corrects(text))


def _reading(
    heard: Heard,
    asked: Asked,
    vocabulary: Vocabulary,
    *,
    stop: str | None,
    found: Dangers,
    about: Found | None,
    wanted: Wish,
    kept: Slots,
    urgency: Urgency,
    urgency_evidence: str | None,
) -> Reading:
    again = opt_in(heard) if stop is None else None
    tags = sensitive(heard, found, intent=wanted.intent, vocabulary=vocabulary)
    says = (
        *((f'"{stop}" asks for no more texts',) if stop else ()),
        *((f'"{again}" asks for texts again',) if again else ()),
        *found.evidence,
        *((urgency_evidence,) if urgency_evidence else ()),
        *((wanted.evidence,) if wanted.evidence and not stop else ()),
    )
    chosen = about.service if about and wanted.intent not in _NO_SERVICE else None
    if chosen and about:
        says = (*says, f'"{about.words}" points to the service')
    return Reading(
        intent=wanted.intent,
        also=wanted.also,
        urgency=urgency,
        sensitive=tags,
        hazards=found.hazards,
        opt_out=stop is not None,
        opt_in=again is not None,
        service=chosen,
        slots=kept,
        language=language(heard),
        confidence=confidence(
            heard,
            asked=asked,
            wanted=wanted,
            found=found,
            tags=tags,
            keyword=stop is not None and len(heard.words) <= 3,
        ),
        evidence=says,
    )


def _wanted(
    heard: Heard, asked: Asked, answers: Slots, *, about: Found | None, found: Dangers, stop: str | None
) -> Wish:
    if stop is not None:
        also: tuple[Intent, ...] = ("cancel",) if asked.about == "confirm" and "cancel" in heard.texts else ()
        return Wish("opt_out", also, None, 0.9)
    urgent = found.plight is not None or any(hazard != "self_harm" for hazard in found.hazards)
    named = about.service if about else None
    wanted = wish(heard, asked=asked, slots=answers, service=named, urgent=urgent)
    if "self_harm" in found.hazards and wanted.evidence is None and wanted.intent == "book":
        return wanted._replace(intent="other")
    return wanted


def _answers(heard: Heard, asked: Asked, vocabulary: Vocabulary, now: datetime, zone: ZoneInfo) -> Slots:
    """Everything the text could be answering with, before its intent is known."""
    when = wanted_time(heard, now=now, zone=zone, asked=asked.about == "time", moved=asked.about == "confirm")
    return Slots(
        name=slot.name(heard, asked),
        city=places.city(heard, asked, vocabulary),
        zip=places.zip_code(heard),
        address=places.address(heard, asked),
        time=when.words if when else None,
        date=when.date if when else None,
        phone=slot.phone(heard),
        contact_pref=slot.contact_pref(heard) if asked.about == "contact_pref" else None,
        yes_no=slot.yes_no(heard),
        option=slot.option(heard, asked) if asked.about == "menu" else None,
    )


def _kept(heard: Heard, asked: Asked, answers: Slots, *, intent: Intent, now: datetime, zone: ZoneInfo) -> Slots:
    """The answers that stand once the intent is known: no time of an old appointment, no yes to an open question."""
    when = None
    if intent not in _NO_TIME:
        when = wanted_time(heard, now=now, zone=zone, asked=asked.about == "time", moved=intent == "reschedule")
    quiet = intent in {"opt_out", "vendor", "wrong_number", "job_seeker"}
    yes_or_no = (
        asked.about in {"urgent", "confirm", "followup"}
        and not quiet
        and intent in {"answer", "decline", "reschedule", "cancel"}
    )
    return Slots(
        name=None if quiet else answers.name,
        city=None if quiet else answers.city,
        zip=None if quiet else answers.zip,
        address=None if quiet else answers.address,
        time=when.words if when else None,
        date=when.date if when else None,
        phone=None if quiet else answers.phone,
        contact_pref=answers.contact_pref
        or ("call" if intent == "callback" and slot.contact_pref(heard) == "call" else None),
        yes_no=_yes_or_no(answers, intent) if yes_or_no else None,
        option=answers.option,
    )


def _yes_or_no(answers: Slots, intent: Intent) -> Literal["yes", "no"] | None:
    """Who moves or cancels what we asked them to confirm has said no, whatever words they opened with."""
    return "no" if intent in {"reschedule", "cancel"} else answers.yes_no
